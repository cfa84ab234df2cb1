//! LonTalk over IP: the packets of a channel, and the messages between nodes inside them.

mod message;
mod operations;
mod spec;

use crate::common::text::Line;
use crate::line;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Proof, Role, Spec, Status, Value};

/// Bytes of the header without its extension. ISO/IEC 14908-4:2012 §8.1.
const HEADER: usize = 20;
/// Longest packet.
const PACKET_MAX: usize = 2_047;

/// The LonTalk dissector.
#[derive(Debug)]
pub struct Lontalk;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// The bytes before these were no message: that was said once.
    lost: bool,
}

impl Flow {
    /// Says once that the bytes are no message.
    fn lose(&mut self, cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
        if !core::mem::replace(&mut self.lost, true) {
            cx.fault(spec::BAD_HEADER, bytes);
        }
        Step::Resync { took: bytes.len() }
    }
}

/// The header of every packet. §8.1.
struct Header {
    /// Bytes of the whole packet.
    size: usize,
    /// Packet type; its bit for vendors' own packets is in the version.
    kind: u8,
    /// A vendor's own packet.
    private: bool,
    /// Where the content starts.
    start: usize,
}

impl Header {
    /// `None` when it is not all there, or is no header.
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        let (size, version, kind, extension) = (at.be16()?, at.u8()?, at.u8()?, at.u8()?);
        let start = HEADER.saturating_add(usize::from(extension).saturating_mul(4));
        let size = usize::from(size);
        // Version 1; 0 was the first. Bits 5 and 6 are always 0.
        let fits = version & 0x7f <= 1 && (start..=PACKET_MAX).contains(&size);
        at.skip(HEADER.saturating_sub(5))?;
        if fits { Some(Self { size, kind, private: version & 0x80 != 0, start }) } else { None }
    }
}

impl Header {
    /// The version in use, and a packet that it has. §8.1.
    fn is_known(&self, head: &[u8]) -> bool {
        let version = head.get(2).is_some_and(|version| version & 0x7f == 1);
        version && (self.private || spec::SPEC.operation(u32::from(self.kind), None).is_some())
    }
}

impl Dissector for Lontalk {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        match Header::read(head) {
            Some(header) if hint.datagram && header.size != head.len() => Probe::No,
            // A stream may be anybody's: only the version in use and a packet that it knows.
            Some(header) if !hint.datagram && !header.is_known(head) => Probe::No,
            Some(_) => Probe::Sure,
            None if head.len() < HEADER && !hint.datagram => match head {
                [] | [0..=7] | [0..=7, _] | [0..=7, _, 0 | 1 | 0x80 | 0x81, ..] => {
                    Probe::Maybe { need: HEADER }
                }
                _ => Probe::No,
            },
            None => Probe::No,
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let stream = matches!(input, Input::Stream(_)) && !cx.cut();
        if bytes.is_empty() {
            return Step::Took { bytes: 0 };
        }
        if bytes.len() < HEADER && stream {
            return Step::Need { took: 0, more: HEADER.saturating_sub(bytes.len()) };
        }
        let Some(header) = Header::read(bytes) else {
            return flow.lose(cx, bytes);
        };
        flow.lost = false;
        let whole = match bytes.get(..header.size) {
            Some(whole) => whole,
            None if stream => {
                return Step::Need { took: 0, more: header.size.saturating_sub(bytes.len()) };
            }
            None => bytes,
        };
        if !stream && !cx.cut() && header.size != bytes.len() {
            cx.fault(spec::BAD_HEADER, bytes.get(..2).unwrap_or(&[]));
        }
        say(cx, &header, whole, Cursor::new(whole.get(header.start..).unwrap_or(&[])));
        Step::Took { bytes: header.size }
    }
}

/// A packet by its type. §8. Both ends of a channel send all of them: none tells who serves.
fn say(cx: &mut Cx<'_>, header: &Header, whole: &[u8], at: Cursor<'_>) {
    let code = u32::from(header.kind);
    let role = match header.kind {
        0x60..=0x6f => Role::Request,
        0x07 | 0x70..=0x7e => Role::Response,
        _ => Role::Event,
    };
    let op = Op { proof: Proof::Context, ..Op::new(code, role, whole) };
    let told = match header.kind {
        0x01 if !header.private => message::say(cx, &op, at),
        0x03 | 0x71 if !header.private => registration(cx, &op, at),
        0x07 if !header.private => acknowledgement(cx, op, at),
        0x60..=0x6f if !header.private => request(cx, op, at),
        _ => {
            cx.op(&op);
            Some(())
        }
    };
    if told.is_none() && !cx.cut() {
        cx.fault(spec::BAD_PACKET, whole);
    }
}

/// Time, reason, number of the request.
fn request(cx: &mut Cx<'_>, mut op: Op<'_>, mut at: Cursor<'_>) -> Option<()> {
    let number = at.skip(5).and_then(|()| at.be16()).map(u64::from);
    op.args = number.map(|number| [number, 0, 0, 0]);
    op.tx = number;
    cx.op(&op);
    number.map(|_| ())
}

/// Time, how it ended, number of the request.
fn acknowledgement(cx: &mut Cx<'_>, mut op: Op<'_>, mut at: Cursor<'_>) -> Option<()> {
    let code = at.skip(4).and_then(|()| at.u8());
    let number = at.be16().map(u64::from);
    op.args = number.map(|number| [number, 0, 0, 0]);
    op.tx = number;
    op.status = match code {
        Some(0) => Status::Ok,
        Some(code) => Status::Error(u32::from(code)),
        None => Status::None,
    };
    cx.op(&op);
    number.map(|_| ())
}

/// What a device tells of itself, or is told: after fixed fields its multicast addresses, unique
/// node identifiers and name.
fn registration(cx: &mut Cx<'_>, op: &Op<'_>, mut at: Cursor<'_>) -> Option<()> {
    cx.op(op);
    at.skip(8)?;
    let addresses = usize::from(at.u8()?);
    at.skip(3)?;
    let identifiers = usize::from(at.be16()?);
    at.skip(34)?;
    at.skip(addresses.saturating_mul(8))?;
    let identifiers = at.take(identifiers)?;
    let len = usize::from(at.u8()?);
    let name = at.take(len)?;
    // Only a registration comes from the device that it is about.
    if op.code == 3 {
        for identifier in identifiers.chunks_exact(6) {
            cx.attr(spec::CHANNEL_NEURON, hex(identifier).bytes());
        }
        cx.attr(spec::CHANNEL_NAME, name);
    }
    Some(())
}

/// Identifiers are written in hexadecimal without blanks.
fn hex(bytes: &[u8]) -> Line<64> {
    line!("{}", Value::Bytes(bytes))
}
