//! DLMS/COSEM: reading and controlling meters, in the wrapper for TCP and UDP or in HDLC frames.

mod acse;
mod data;
mod hdlc;
mod operations;
mod service;
mod spec;

use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use hdlc::Frame;
use service::Message;
use vocab::{FaultSpec, Spec};

/// Bytes of the wrapper. IEC 62056-4-7:2015 §5.2.
const WRAPPER: usize = 8;
/// Its version.
const VERSION: u16 = 1;
/// Longest message that is taken for one on ports of others.
const STRICT_MAX: usize = 1_000;
/// Most bytes of a message in HDLC frames.
const MESSAGE_MAX: usize = 64 << 10;

/// The DLMS/COSEM dissector.
#[derive(Debug)]
pub struct Dlms;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// A value that comes in blocks.
    block: service::Blocks,
    /// Messages come in HDLC frames.
    framed: bool,
    /// The bytes before these were no message: that was said once.
    lost: bool,
    /// Bytes of a message in HDLC frames are kept, for each direction.
    pieces: [bool; 2],
}

impl Flow {
    fn is_framed(&self, first: u8) -> bool {
        self.framed || first == hdlc::FLAG
    }

    /// Says once that the bytes are no message.
    fn lose(&mut self, cx: &mut Cx<'_>, fault: &'static FaultSpec, bytes: &[u8]) -> Step {
        if !core::mem::replace(&mut self.lost, true) {
            cx.fault(fault, bytes);
        }
        Step::Resync { took: bytes.len() }
    }
}

/// The wrapper. IEC 62056-4-7:2015 §5.2.
struct Wrapper {
    source: u16,
    destination: u16,
    length: u16,
}

impl Wrapper {
    /// `None` also for another version.
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        if at.be16()? != VERSION {
            return None;
        }
        Some(Self { source: at.be16()?, destination: at.be16()?, length: at.be16()? })
    }

    fn total(&self) -> usize {
        usize::from(self.length).saturating_add(WRAPPER)
    }

    /// Both ends in one number, whatever the direction.
    fn ends(&self) -> u64 {
        let (low, high) = (self.source.min(self.destination), self.source.max(self.destination));
        u64::from(high) << 16 | u64::from(low)
    }
}

impl Dissector for Dlms {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    /// On its own port the wrapper and a tag are enough; elsewhere only the messages that open an
    /// association, whole, or HDLC frames with their checksum.
    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        if head.first() == Some(&hdlc::FLAG) && !hint.datagram {
            return match hdlc::frame(head) {
                Frame::Whole(..) => Probe::Sure,
                Frame::Needs(need) => Probe::Maybe { need },
                Frame::Bad(_) | Frame::Not => Probe::No,
            };
        }
        if head.len() <= WRAPPER {
            let fits = matches!(head, [] | [0] | [0, 1, ..]) && !hint.datagram;
            return if fits { Probe::Maybe { need: WRAPPER + 1 } } else { Probe::No };
        }
        let tag = head.get(WRAPPER).copied().unwrap_or(0);
        let known = service::is_known(tag);
        let Some(wrapper) = Wrapper::read(head).filter(|w| w.length > 0 && known) else {
            return Probe::No;
        };
        if hint.bound {
            return Probe::Sure;
        }
        let total = wrapper.total();
        if hint.datagram || total > STRICT_MAX || !matches!(tag, 96 | 97) {
            return Probe::No;
        }
        let Some(pdu) = head.get(WRAPPER..total) else { return Probe::Maybe { need: total } };
        let mut at = Cursor::new(pdu);
        let fits = crate::common::ber::next(&mut at).is_some() && at.is_empty();
        if fits { Probe::Sure } else { Probe::No }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let stream = matches!(input, Input::Stream(_)) && !cx.cut();
        match bytes.first() {
            None => Step::Took { bytes: 0 },
            Some(first) if matches!(input, Input::Stream(_)) && flow.is_framed(*first) => {
                flow.framed = true;
                framed(flow, cx, bytes)
            }
            Some(_) => wrapped(flow, cx, bytes, stream),
        }
    }
}

/// A message in the wrapper.
fn wrapped(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8], stream: bool) -> Step {
    if bytes.len() <= WRAPPER && stream {
        return Step::Need { took: 0, more: WRAPPER.saturating_add(1).saturating_sub(bytes.len()) };
    }
    let Some(wrapper) = Wrapper::read(bytes).filter(|wrapper| wrapper.length > 0) else {
        return flow.lose(cx, spec::BAD_WRAPPER, bytes);
    };
    flow.lost = false;
    let total = wrapper.total();
    let whole = match bytes.get(..total) {
        Some(whole) => whole,
        None if stream => return Step::Need { took: 0, more: total.saturating_sub(bytes.len()) },
        None => bytes,
    };
    if !stream && !cx.cut() && total != bytes.len() {
        cx.fault(spec::BAD_WRAPPER, bytes);
    }
    let apdu = whole.get(WRAPPER..).unwrap_or(&[]);
    service::say(flow, cx, &Message { whole, apdu, ends: wrapper.ends() });
    Step::Took { bytes: total }
}

/// A message, or a piece of one, in an HDLC frame.
fn framed(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    let (body, total) = match hdlc::frame(bytes) {
        Frame::Whole(body, total) => (body, total),
        Frame::Bad(total) => {
            cx.fault(spec::BAD_FRAME, bytes);
            return Step::Resync { took: total };
        }
        Frame::Needs(need) if !cx.cut() => {
            return Step::Need { took: 0, more: need.saturating_sub(bytes.len()).max(1) };
        }
        Frame::Needs(_) | Frame::Not => {
            // Flags may fill the time between frames.
            if bytes.starts_with(&[hdlc::FLAG, hdlc::FLAG]) {
                return Step::Took { bytes: 1 };
            }
            return flow.lose(cx, spec::BAD_FRAME, bytes);
        }
    };
    flow.lost = false;
    let whole = bytes.get(..total).unwrap_or(bytes);
    let index = cx.dir().index();
    let kept = flow.pieces.get(index).copied().unwrap_or(false);
    if body.more || kept {
        let stashed = !body.message.is_empty() && cx.stash(body.message, MESSAGE_MAX);
        if let Some(place) = flow.pieces.get_mut(index) {
            *place = body.more && stashed;
        }
        if !body.more && stashed {
            cx.with_stash(|cx, apdu| {
                service::say(flow, cx, &Message { whole, apdu, ends: 0 });
            });
        }
    } else if !body.message.is_empty() {
        service::say(flow, cx, &Message { whole, apdu: body.message, ends: 0 });
    }
    Step::Took { bytes: total }
}
