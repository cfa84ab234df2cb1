//! DDS over RTPS: publishers send samples of topics to subscribers, without a broker. Robots,
//! vehicles, grids and ships use it.
//!
//! A message is a row of submessages. Participants announce themselves, then what they write and
//! read; built-in writers with fixed numbers carry that.

mod discovery;
mod spec;
mod wire;

use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Role, Spec, Target, Value};
use wire::{Header, Submessage};

const ACKNACK: u8 = 0x06;
const HEARTBEAT: u8 = 0x07;
const GAP: u8 = 0x08;
const NACK_FRAG: u8 = 0x12;
const HEARTBEAT_FRAG: u8 = 0x13;
const DATA: u8 = 0x15;
const DATA_FRAG: u8 = 0x16;
/// From here on submessages are a vendor's own. DDSI-RTPS 2.5 §9.4.5.1.1.
const VENDOR: u8 = 0x80;

/// The RTPS dissector.
#[derive(Debug)]
pub struct Rtps;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// The vendor said last, for each direction.
    vendors: [u16; 2],
}

impl Dissector for Rtps {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        if hint.datagram && Header::read(head).is_some() { Probe::Sure } else { Probe::No }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let Input::Datagram(bytes) = input else { return Step::Took { bytes: 0 } };
        let Some(header) = Header::read(bytes) else { return Step::NotMine };
        if let Some(said) = flow.vendors.get_mut(cx.dir().index())
            && *said != header.vendor
        {
            *said = header.vendor;
            if let Some(name) = spec::vendor(header.vendor) {
                cx.attr(spec::SOFTWARE, name.as_bytes());
            }
        }
        let mut at = Cursor::new(bytes.get(header.len..).unwrap_or(&[]));
        while !at.is_empty() {
            let left = at.rest();
            match Submessage::next(&mut at) {
                Some(submessage) => say(cx, header, &submessage),
                None if cx.cut() => break,
                None => {
                    cx.fault(spec::BAD_LENGTH, left);
                    break;
                }
            }
        }
        Step::Took { bytes: bytes.len() }
    }
}

/// Says one submessage.
fn say(cx: &mut Cx<'_>, header: Header, submessage: &Submessage<'_>) {
    let known = match submessage.id {
        // Version 1 lays out the rest in other ways.
        _ if header.major < 2 => None,
        DATA => Some(data(cx, header, submessage)),
        DATA_FRAG => Some(fragment(cx, submessage)),
        ACKNACK | HEARTBEAT | GAP | NACK_FRAG | HEARTBEAT_FRAG => Some(upkeep(cx, submessage)),
        _ => None,
    };
    if known.is_none() {
        let code = if submessage.id < VENDOR { submessage.id } else { VENDOR };
        cx.op(&Op::new(u32::from(code), Role::Event, submessage.bytes));
    }
    if cx.cut() {
        return;
    }
    if submessage.long {
        cx.fault(spec::BAD_LENGTH, submessage.bytes);
    } else if known == Some(false) {
        cx.fault(spec::BAD_SUBMESSAGE, submessage.bytes);
    }
}

fn op<'p>(submessage: &Submessage<'p>) -> Op<'p> {
    Op::new(u32::from(submessage.id), Role::Event, submessage.bytes)
}

/// Which samples there are, which are missing, which will never come. §9.4.5.2, §9.4.5.6, §9.4.5.7.
fn upkeep(cx: &mut Cx<'_>, submessage: &Submessage<'_>) -> bool {
    let mut at = submessage.reader();
    let mut fields = || {
        let (reader, writer) = (at.entity()?, at.entity()?);
        let first = at.sequence()?;
        let second = match submessage.id {
            ACKNACK | HEARTBEAT_FRAG | NACK_FRAG => u64::from(at.u32()?),
            _ => at.sequence()?,
        };
        Some([u64::from(writer), u64::from(reader), first, second])
    };
    let args = fields();
    cx.op(&Op { args, ..op(submessage) });
    args.is_some()
}

/// A piece of a large sample. §9.4.5.4.
fn fragment(cx: &mut Cx<'_>, submessage: &Submessage<'_>) -> bool {
    let mut at = submessage.reader();
    let mut fields = || {
        at.at.skip(4)?;
        let (reader, writer) = (at.entity()?, at.entity()?);
        let sequence = at.sequence()?;
        Some([u64::from(writer), u64::from(reader), sequence, u64::from(at.u32()?)])
    };
    let args = fields();
    cx.op(&Op { args, ..op(submessage) });
    if let Some([writer, ..]) = args {
        cx.item(writer_target(writer), Value::None);
    }
    args.is_some()
}

fn writer_target(writer: u64) -> Target<'static> {
    Target { area: spec::WRITER, index: writer, count: 1, extra: 0, name: &[] }
}

/// A sample. §9.4.5.3.
fn data(cx: &mut Cx<'_>, header: Header, submessage: &Submessage<'_>) -> bool {
    const INLINE_QOS: u8 = 0x02;
    const HAS_DATA: u8 = 0x04;
    const HAS_KEY: u8 = 0x08;
    let mut at = submessage.reader();
    let mut fields = || {
        let _extra_flags = at.u16()?;
        let to_qos = usize::from(at.u16()?);
        let mut rest = at;
        let (reader, writer) = (rest.entity()?, rest.entity()?);
        let sequence = rest.sequence()?;
        at.at.skip(to_qos)?;
        Some((writer, [u64::from(writer), u64::from(reader), sequence, 0]))
    };
    let Some((writer, args)) = fields() else {
        cx.op(&op(submessage));
        return false;
    };
    let built_in = discovery::kind(writer);
    let gone = submessage.has(HAS_KEY) && !submessage.has(HAS_DATA);
    let sub = if built_in.is_none() && gone { Some(spec::sub::DISPOSE) } else { built_in };
    cx.op(&Op { sub, args: Some(args), ..op(submessage) });
    if submessage.has(INLINE_QOS) {
        loop {
            match at.parameter() {
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(()) => {
                    if !cx.cut() && !submessage.long {
                        cx.fault(spec::BAD_PARAMETERS, submessage.bytes);
                    }
                    return true;
                }
            }
        }
    }
    // How the payload is encoded, in bytes of the same order always, and options. §10.2.
    let encoding = at.at.be16().filter(|_| submessage.has(HAS_DATA));
    at.at.skip(2);
    let payload = at.at.rest();
    match (built_in, encoding) {
        (Some(sub), Some(encoding)) if discovery::is_parameters(encoding) => {
            let whole = discovery::say(cx, header.vendor, sub, encoding, payload);
            if !whole && !cx.cut() && !submessage.long {
                cx.fault(spec::BAD_PARAMETERS, submessage.bytes);
            }
        }
        (Some(_), _) => {}
        (None, Some(_)) => cx.item(writer_target(u64::from(writer)), Value::Bytes(payload)),
        (None, None) => cx.item(writer_target(u64::from(writer)), Value::None),
    }
    true
}
