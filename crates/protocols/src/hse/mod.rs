//! HSE: Foundation Fieldbus over Ethernet. Hosts and linking devices open sessions, read and write
//! function blocks by index, load domains, start and stop programs, give devices their tags.

mod spec;
mod wire;

use crate::common::lines;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Proof, Role, Spec, Status, Target, Value};
use wire::{HEADER_LEN, Kind, Message};

/// Most objects that are said of one message.
const INDEXES_MAX: u32 = 256;

/// The HSE dissector.
#[derive(Debug)]
pub struct Hse;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow;

impl Dissector for Hse {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        wire::probe(hint.datagram, head)
    }

    fn step(_flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        match input {
            Input::Stream(bytes) => stream(cx, bytes),
            Input::Datagram(bytes) => {
                let mut rest = bytes;
                while !rest.is_empty() {
                    let Some(message) = Message::read(rest) else {
                        if !cx.cut() {
                            cx.fault(spec::BAD_HEADER, rest.get(..HEADER_LEN).unwrap_or(rest));
                        }
                        break;
                    };
                    let (whole, later) =
                        rest.split_at_checked(message.total).unwrap_or((rest, &[]));
                    say(cx, &message, whole);
                    rest = later;
                }
                Step::Took { bytes: bytes.len() }
            }
            Input::Gap { .. } | Input::End => Step::Took { bytes: 0 },
        }
    }
}

/// The next message of a stream.
fn stream(cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    if bytes.len() < HEADER_LEN {
        let more = HEADER_LEN.saturating_sub(bytes.len());
        return if cx.cut() {
            Step::Took { bytes: bytes.len() }
        } else {
            Step::Need { took: 0, more }
        };
    }
    let Some(message) = Message::read(bytes) else {
        cx.fault(spec::BAD_HEADER, bytes.get(..HEADER_LEN).unwrap_or(bytes));
        return Step::NotMine;
    };
    if bytes.len() < message.total && !cx.cut() {
        return Step::Need { took: 0, more: message.total.saturating_sub(bytes.len()) };
    }
    say(cx, &message, bytes.get(..message.total).unwrap_or(bytes));
    Step::Took { bytes: message.total }
}

/// Says a message. FF-588-1.3 §6.3.
fn say(cx: &mut Cx<'_>, message: &Message<'_>, whole: &[u8]) {
    let tx = Some(u64::from(message.code) << 32 | u64::from(message.invoke.unwrap_or(0)));
    let mut op = Op { unit: Some(message.address), ..Op::new(message.code, Role::Event, whole) };
    match message.kind {
        // Unconfirmed services report, ask and answer all stations.
        Kind::Request if !message.confirmed() => op.proof = Proof::Context,
        Kind::Request => (op.role, op.tx) = (Role::Request, tx),
        Kind::Response => (op.role, op.tx, op.status) = (Role::Response, tx, Status::Ok),
        Kind::Error => {
            (op.role, op.tx) = (Role::Response, tx);
            op.status = Status::Error(match refusal(message) {
                Some([class, code, ..]) => u32::from(*class) << 8 | u32::from(*code),
                _ => 0,
            });
        }
    }
    let done = match message.kind {
        Kind::Request => request(cx, op, message),
        Kind::Response => response(cx, op, message),
        Kind::Error => {
            cx.op(&op);
            refusal(message).and_then(|body| body.get(..4)).map(|_| ())
        }
    };
    if whole.len() < message.total && !cx.cut() {
        cx.fault(spec::BAD_LENGTH, whole.get(8..HEADER_LEN).unwrap_or(whole));
    } else if done.is_none() && !cx.cut() {
        cx.fault(spec::SHORT, message.body);
    }
}

/// Class, code and what follows them. Where a program does not start, stop, resume or reset its state
/// stands before, and the index where a dictionary cannot be ended. FF-588-1.3 §6.5.3.
fn refusal<'p>(message: &Message<'p>) -> Option<&'p [u8]> {
    let before = if matches!(message.code, 0x393..=0x396 | 0x39e) { 4 } else { 0 };
    message.body.get(before..)
}

/// An object of the dictionary as a target; sub-indices count from 1.
fn object(index: u32, sub: u32) -> Target<'static> {
    Target { area: spec::OBJECT, index: u64::from(index), count: 1, extra: sub, name: &[] }
}

/// A device's tag as a target.
fn tag(name: &[u8]) -> Target<'_> {
    Target { area: spec::TAG, index: 0, count: 1, extra: 0, name }
}

/// A value of the function block that is read or written.
fn value(bytes: &[u8]) -> Value<'_> {
    if bytes.is_empty() { Value::None } else { Value::Bytes(bytes) }
}

/// A name of 32 characters, filled with blanks. FF-588-1.3 §6.2.
fn name<'p>(at: &mut Cursor<'p>) -> Option<&'p [u8]> {
    Some(lines::trim(crate::common::text::until_nul(at.take(32)?)))
}

/// What is asked for or reported.
fn request<'p>(cx: &mut Cx<'_>, mut op: Op<'p>, message: &Message<'p>) -> Option<()> {
    let mut at = Cursor::new(message.body);
    let index = at.be32();
    match message.code {
        // Reads, writes, reports and events with a sub-index or an event number behind the index.
        0x3d2 | 0x3d3 | 0x310 | 0x312 | 0x302 | 0x399 => {
            let found = index.zip(at.be32());
            op.args = found.map(|(index, sub)| [u64::from(index), u64::from(sub), 0, 0]);
            cx.op(&op);
            let (index, sub) = found?;
            cx.item(object(index, sub), value(at.rest()));
        }
        // Variables of a new list, domains of a new program: how many, and which.
        0x387 | 0x391 => {
            cx.op(&op);
            // A flag stands before the number of domains.
            let count =
                index.map(|word| if message.code == 0x391 { word & 0xffff } else { word })?;
            for _ in 0..count.min(INDEXES_MAX) {
                cx.item(object(at.be32()?, 0), Value::None);
            }
        }
        0x382..=0x384 | 0x388..=0x390 | 0x392..=0x398 | 0x39f..=0x3a1 | 0x300 | 0x311 => {
            let index = if message.code == 0x384 { at.be32() } else { index };
            op.args = index.map(|index| [u64::from(index), 0, 0, 0]);
            cx.op(&op);
            cx.item(object(index?, 0), value(at.rest()));
        }
        // Clear address, set and clear assignment: which device, which tag it has or gets.
        0x28c | 0x28e | 0x28f => {
            let mut at = Cursor::new(message.body);
            let (device, given) = (name(&mut at), name(&mut at));
            cx.op(&op);
            cx.item(tag(given?), Value::Text(device?));
        }
        0x201 => {
            // Kind of query, reserved, number.
            cx.op(&op);
            at.skip(4)?;
            cx.item(tag(name(&mut at)?), Value::None);
        }
        0x210 => {
            cx.op(&op);
            device(cx, message.body)?;
        }
        0x401 => {
            // Device index, interfaces, interval.
            cx.op(&op);
            at.skip(4)?;
            cx.attr(spec::DIAGNOSED, name(&mut at)?);
        }
        0x181 => {
            // Session index, buffer size, message length, use of configuration, close time.
            let rest = at.be32().zip(at.be32());
            let used = at.skip(1).and_then(|()| at.u8());
            op.args = index.zip(rest).zip(used).map(|((session, (buffer, length)), used)| {
                [u64::from(session), u64::from(buffer), u64::from(length), u64::from(used)]
            });
            cx.op(&op);
            op.args?;
        }
        _ => cx.op(&op),
    }
    Some(())
}

/// What is answered.
fn response<'p>(cx: &mut Cx<'_>, mut op: Op<'p>, message: &Message<'p>) -> Option<()> {
    let asked = op.tx.and_then(|tx| cx.pending(tx));
    op.args = asked.map(|asked| asked.args);
    cx.op(&op);
    match message.code {
        0x283 => device(cx, message.body),
        0x381 => {
            let mut at = Cursor::new(message.body);
            cx.attr(spec::VENDOR, name(&mut at)?);
            cx.attr(spec::MODEL, name(&mut at)?);
            cx.attr(spec::REVISION, name(&mut at)?);
            Some(())
        }
        0x382 | 0x3d2 => {
            if let Some(asked) = asked {
                let [index, sub, ..] = asked.args.map(vocab::low_u32);
                cx.item(object(index, sub), value(message.body));
            }
            Some(())
        }
        _ => Some(()),
    }
}

/// SM identify and device annunciation: states, kind, index, address, identifier, tag.
/// FF-588-1.3 §6.5.2.3, §6.5.2.7.
fn device(cx: &mut Cx<'_>, body: &[u8]) -> Option<()> {
    let mut at = Cursor::new(body);
    at.skip(1)?;
    let kind = at.u8()?;
    // Redundancy, duplicates, index, largest index, address.
    at.skip(22)?;
    let (identifier, tag) = (name(&mut at)?, name(&mut at)?);
    cx.attr(spec::DEVICE_ID, identifier);
    cx.attr(spec::PD_TAG, tag);
    let kinds: [(u8, &[u8]); 4] = [
        (0x80, b"HSE linking device"),
        (0x40, b"HSE I/O gateway"),
        (0x20, b"HSE field device"),
        (0x10, b"H1 device"),
    ];
    for (_, text) in kinds.iter().filter(|(bit, _)| kind & bit != 0) {
        cx.attr(spec::KIND, text);
    }
    Some(())
}
