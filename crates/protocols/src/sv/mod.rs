//! Sampled Values: currents and voltages of a substation's process bus, multicast on Ethernet.
//!
//! A frame holds one or more samples (ASDU) of streams. Their values are instantaneous numbers whose
//! meaning the configuration gives; they are said as bytes, the stream as a target by its name.

mod spec;

use crate::common::ber;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Role, Spec, Target, Value};

/// The Sampled Values dissector.
#[derive(Debug)]
pub struct Sv;

/// Samples said of one frame at most.
const SAMPLES_MAX: usize = 16;

impl Dissector for Sv {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(_hint: &Hint<'_>, head: &[u8]) -> Probe {
        if head.len() >= 8 { Probe::Sure } else { Probe::No }
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let mut at = Cursor::new(bytes);
        // APPID, length from the APPID on, two reserved words. IEC 61850-9-2:2011 §5.3.3.4.
        let (Some(appid), Some(length), Some(())) = (at.be16(), at.be16(), at.skip(4)) else {
            return Step::NotMine;
        };
        let pdu = at.take_up_to(usize::from(length).saturating_sub(8));
        let short = pdu.len().saturating_add(8) < usize::from(length);
        if (short || length < 8) && !cx.cut() {
            cx.fault(spec::BAD_LENGTH, bytes.get(2..4).unwrap_or(&[]));
        }
        say(cx, u64::from(appid), pdu, bytes);
        Step::Took { bytes: bytes.len() }
    }
}

/// A sample of a stream. IEC 61850-9-2:2011 §8.5.2 ASDU.
#[derive(Clone, Copy, Default)]
struct Sample<'p> {
    id: Option<&'p [u8]>,
    count: Option<u64>,
    revision: Option<u64>,
    synchronised: Option<u64>,
    values: Option<&'p [u8]>,
}

impl<'p> Sample<'p> {
    fn read(content: &'p [u8]) -> Self {
        let mut sample = Self::default();
        let mut at = Cursor::new(content);
        while let Some(tlv) = ber::next_lax(&mut at) {
            match tlv.first {
                0x80 => sample.id = Some(tlv.content),
                0x82 => sample.count = tlv.uint(),
                0x83 => sample.revision = tlv.uint(),
                0x85 => sample.synchronised = tlv.uint(),
                0x87 => sample.values = Some(tlv.content),
                _ => {}
            }
        }
        sample
    }

    /// The fields that must be there are.
    fn is_whole(&self) -> bool {
        self.id.is_some()
            && self.count.is_some()
            && self.revision.is_some()
            && self.synchronised.is_some()
            && self.values.is_some()
    }
}

/// Says a frame: one event, its samples as targets.
fn say(cx: &mut Cx<'_>, appid: u64, pdu: &[u8], whole: &[u8]) {
    let mut op = Op::new(0, Role::Event, whole);
    let outer = ber::next_lax(&mut Cursor::new(pdu)).filter(|tlv| tlv.first == 0x60);
    let Some(outer) = outer else {
        op.args = Some([appid, 0, 0, 0]);
        cx.op(&op);
        if !cx.cut() {
            cx.fault(spec::NOT_A_PDU, pdu);
        }
        return;
    };
    let (mut stated, mut sequence): (u64, &[u8]) = (0, &[]);
    let mut at = Cursor::new(outer.content);
    while let Some(tlv) = ber::next_lax(&mut at) {
        match tlv.first {
            0x80 => stated = tlv.uint().unwrap_or(0),
            0xa2 => sequence = tlv.content,
            _ => {}
        }
    }
    let mut samples = [Sample::default(); SAMPLES_MAX];
    let (mut count, mut whole_ones) = (0u64, true);
    let mut at = Cursor::new(sequence);
    while let Some(tlv) = ber::next_lax(&mut at) {
        if tlv.first != 0x30 {
            continue;
        }
        let sample = Sample::read(tlv.content);
        whole_ones &= sample.is_whole();
        if let Some(place) = samples.get_mut(vocab::sat_usize(count)) {
            *place = sample;
        }
        count = count.saturating_add(1);
    }
    let first = samples.first().copied().unwrap_or_default();
    let number = |field: Option<u64>| field.unwrap_or(0);
    op.args =
        Some([appid, number(first.count), number(first.revision), number(first.synchronised)]);
    cx.op(&op);
    for sample in samples.iter().take(vocab::sat_usize(count)) {
        let name = sample.id.unwrap_or(&[]);
        let value = sample.values.map_or(Value::None, Value::Bytes);
        cx.item(Target { area: spec::STREAM, index: 0, count: 1, extra: 0, name }, value);
        cx.attr(spec::ID, name);
    }
    if cx.cut() {
        return;
    }
    if !whole_ones {
        cx.fault(spec::MISSING_FIELD, sequence);
    }
    if count != stated {
        cx.fault(spec::ASDU_COUNT, outer.content);
    }
}
