//! GOOSE: events of protection and control devices, multicast on Ethernet.

mod spec;

use crate::common::{ber, mms};
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Role, Spec, Target, Value};

/// The GOOSE dissector.
#[derive(Debug)]
pub struct Goose;

impl Dissector for Goose {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(_hint: &Hint<'_>, head: &[u8]) -> Probe {
        if head.len() >= 8 { Probe::Sure } else { Probe::No }
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let Some(frame) = Frame::read(bytes) else { return Step::NotMine };
        frame.say(cx, bytes);
        Step::Took { bytes: bytes.len() }
    }
}

/// The header behind the EtherType. IEC 61850-8-1:2011 Annex C.
struct Frame<'p> {
    appid: u16,
    length: u16,
    apdu: &'p [u8],
}

impl<'p> Frame<'p> {
    fn read(bytes: &'p [u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        let (appid, length) = (at.be16()?, at.be16()?);
        at.skip(4)?;
        // The length counts from the APPID on.
        let apdu = at.take_up_to(usize::from(length).saturating_sub(8));
        Some(Self { appid, length, apdu })
    }

    fn say(&self, cx: &mut Cx<'_>, whole: &[u8]) {
        let short = self.apdu.len().saturating_add(8) < usize::from(self.length);
        if (short || self.length < 8) && !cx.cut() {
            cx.fault(spec::BAD_LENGTH, whole.get(2..4).unwrap_or(&[]));
        }
        let mut op = Op::new(0, Role::Event, whole);
        let mut at = Cursor::new(self.apdu);
        let pdu = ber::next_lax(&mut at).filter(|tlv| tlv.first == 0x61);
        let Some(pdu) = pdu else {
            cx.op(&op);
            cx.fault(spec::NOT_A_PDU, self.apdu);
            return;
        };
        let fields = Fields::read(pdu.content);
        op.args = Some([u64::from(self.appid), fields.st_num, fields.sq_num, fields.conf_rev]);
        cx.op(&op);
        let block = Target {
            area: spec::CONTROL_BLOCK,
            index: u64::from(self.appid),
            count: 1,
            extra: 0,
            name: fields.control_block,
        };
        cx.item(block, fields.time);
        cx.attr(spec::REFERENCE, fields.control_block);
        cx.attr(spec::ID, fields.id);
        if fields.seen != MANDATORY && !cx.cut() {
            cx.fault(spec::MISSING_FIELD, pdu.content);
        }
        let entries = say_entries(cx, fields.all_data);
        if fields.seen & ENTRIES != 0 && entries != fields.entries && !cx.cut() {
            cx.fault(spec::ENTRY_COUNT, pdu.content);
        }
    }
}

/// The fields that must be there: all but goID, simulation and ndsCom. IEC 61850-8-1:2011 §A.
const MANDATORY: u16 = 0b1101_0111_0111;
/// The bit of numDatSetEntries.
const ENTRIES: u16 = 1 << 10;

/// The fields of a GOOSE PDU. IEC 61850-8-1:2011 Annex A, IECGoosePdu.
#[derive(Default)]
struct Fields<'p> {
    seen: u16,
    control_block: &'p [u8],
    id: &'p [u8],
    time: Value<'p>,
    st_num: u64,
    sq_num: u64,
    conf_rev: u64,
    entries: u64,
    all_data: &'p [u8],
}

impl<'p> Fields<'p> {
    fn read(content: &'p [u8]) -> Self {
        let mut fields = Self::default();
        let mut at = Cursor::new(content);
        while let Some(tlv) = ber::next_lax(&mut at) {
            let number = tlv.uint().unwrap_or(0);
            match tlv.number {
                0 => fields.control_block = tlv.content,
                3 => fields.id = tlv.content,
                4 => fields.time = mms::utc_time(tlv.content),
                5 => fields.st_num = number,
                6 => fields.sq_num = number,
                8 => fields.conf_rev = number,
                10 => fields.entries = number,
                11 => fields.all_data = tlv.content,
                _ => {}
            }
            if let Some(bit) = 1u16.checked_shl(tlv.number) {
                // goID, simulation and ndsCom may be left out.
                fields.seen |= bit & MANDATORY;
            }
        }
        fields
    }
}

/// Most leaves said of one message.
const LEAVES_MAX: u32 = 256;

/// Says the leaves of a data set in order; returns how many entries it has.
fn say_entries(cx: &mut Cx<'_>, all_data: &[u8]) -> u64 {
    let (mut entries, mut leaf) = (0u64, 0u32);
    let mut at = Cursor::new(all_data);
    for entry in mms::entries(&mut at) {
        mms::leaves(&entry, &mut |_, tlv| {
            if leaf < LEAVES_MAX {
                let index = u64::from(leaf);
                let target = Target { area: spec::ENTRY, index, count: 1, extra: 0, name: &[] };
                cx.item(target, mms::value(tlv));
            } else if leaf == LEAVES_MAX {
                // The rest is there all the same: all entries as they came.
                let target = Target {
                    area: spec::ENTRY,
                    index: u64::from(leaf),
                    count: 0,
                    extra: 0,
                    name: &[],
                };
                cx.item(target, Value::Bytes(all_data));
            }
            leaf = leaf.saturating_add(1);
        });
        entries = entries.saturating_add(1);
    }
    if !at.is_empty() && !cx.cut() {
        cx.fault(spec::BAD_DATA, at.rest());
    }
    entries
}
