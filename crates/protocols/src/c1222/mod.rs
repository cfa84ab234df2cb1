//! ANSI C12.22: reading and writing the tables of electricity, gas and water meters over networks.

mod acse;
mod epsem;
mod spec;
mod tables;

use crate::common::ber;
use acse::Envelope;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Spec, Subject};

/// Longest message taken for C12.22; the standard bounds it by agreement only.
const MESSAGE_MAX: usize = 16_384;
/// Longest message that is recognised on ports of others.
const STRICT_MAX: usize = 1_000;

/// The ANSI C12.22 dissector.
#[derive(Debug)]
pub struct C1222;

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
            cx.fault(spec::BAD_ACSE, bytes);
        }
        Step::Resync { took: bytes.len() }
    }
}

impl Dissector for C1222 {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    /// On its own port the tag, a length and the first element are enough; elsewhere the whole
    /// message must be sound, with services.
    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        let len = match Length::read(head) {
            Length::Is(len) => len,
            Length::Needs(_) if hint.datagram => return Probe::No,
            Length::Needs(need) => return Probe::Maybe { need },
            Length::Not => return Probe::No,
        };
        if hint.bound {
            return Probe::Sure;
        }
        if len.total > STRICT_MAX {
            return Probe::No;
        }
        let Some(content) = head.get(len.header..len.total) else {
            return if hint.datagram { Probe::No } else { Probe::Maybe { need: len.total } };
        };
        let envelope = Envelope::read(content);
        let services = envelope.epsem.is_some_and(epsem::is_sound);
        let alone = !hint.datagram || len.total == head.len();
        if envelope.sound && services && alone { Probe::Sure } else { Probe::No }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        if bytes.is_empty() {
            return Step::Took { bytes: 0 };
        }
        let len = match Length::read(bytes) {
            Length::Is(len) => len,
            Length::Needs(need) if !cx.cut() && matches!(input, Input::Stream(_)) => {
                return Step::Need { took: 0, more: need.saturating_sub(bytes.len()).max(1) };
            }
            Length::Needs(_) | Length::Not => return flow.lose(cx, bytes),
        };
        let message = match bytes.get(..len.total) {
            Some(message) => message,
            None if cx.cut() => bytes,
            None if matches!(input, Input::Stream(_)) => {
                return Step::Need { took: 0, more: len.total.saturating_sub(bytes.len()) };
            }
            None => {
                cx.fault(spec::BAD_ACSE, bytes);
                bytes
            }
        };
        flow.lost = false;
        say(cx, message, message.get(len.header..).unwrap_or(&[]));
        Step::Took { bytes: len.total }
    }
}

/// How long a message is.
struct Lengths {
    header: usize,
    total: usize,
}

/// What its beginning says of it.
enum Length {
    Is(Lengths),
    /// This many bytes in all would tell.
    Needs(usize),
    /// No such message.
    Not,
}

impl Length {
    /// Tag, length and the tag of the first element. IEEE 1703-2012 §5.3.4.
    fn read(head: &[u8]) -> Self {
        let mut at = Cursor::new(head);
        match at.u8() {
            Some(acse::TAG) => {}
            Some(_) => return Self::Not,
            None => return Self::Needs(3),
        }
        let bytes = match at.peek() {
            Some(0x80 | 0x84..) => return Self::Not,
            Some(long @ 0x81..) => usize::from(long & 0x7f),
            Some(_) => 0,
            None => return Self::Needs(3),
        };
        let header = bytes.saturating_add(2);
        let Some(len) = ber::length(&mut at) else {
            return Self::Needs(header.saturating_add(1));
        };
        let total = header.saturating_add(len);
        match at.peek() {
            _ if !(2..=MESSAGE_MAX).contains(&len) => Self::Not,
            Some(tag) if !acse::is_element(tag) => Self::Not,
            Some(_) => Self::Is(Lengths { header, total }),
            None => Self::Needs(header.saturating_add(1)),
        }
    }
}

/// One message.
fn say(cx: &mut Cx<'_>, whole: &[u8], content: &[u8]) {
    let envelope = Envelope::read(content);
    epsem::say(cx, &envelope, whole);
    if let Some(title) = &envelope.calling {
        cx.attr(spec::AP_TITLE, acse::title(title).bytes());
    }
    if let Some(title) = &envelope.called {
        cx.attr_of(Subject::Receiver, spec::CALLED_TITLE, acse::title(title).bytes());
    }
    if !envelope.sound && !cx.cut() {
        cx.fault(spec::BAD_ACSE, content);
    }
}
