//! DNS: who asks for which name, and the names of the plant's own hosts.

pub(crate) mod say;
pub(crate) mod spec;

use crate::common::domain::{self, Header};
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Role, Spec};

/// The DNS dissector.
#[derive(Debug)]
pub struct Dns;

impl Dissector for Dns {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        if hint.datagram {
            return if is_message(head) { Probe::Sure } else { Probe::No };
        }
        // Two bytes of length, then the header. RFC 1035 §4.2.2.
        let Some((len, rest)) = head.split_first_chunk::<2>() else {
            return Probe::Maybe { need: 14 };
        };
        let len = usize::from(u16::from_be_bytes(*len));
        if len < Header::LEN {
            return Probe::No;
        }
        match Header::read(rest) {
            None => Probe::Maybe { need: 14 },
            Some(header)
                if !is_plausible(&header) || header.counts == [0; 4] || !header.fits(len) =>
            {
                Probe::No
            }
            // As many bytes as the first label may take.
            Some(_) if rest.len() < len.min(Header::LEN + 64) => {
                Probe::Maybe { need: len.min(Header::LEN + 64).saturating_add(2) }
            }
            Some(_) if is_message(rest.get(..len).unwrap_or(rest)) => Probe::Sure,
            Some(_) => Probe::No,
        }
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        match input {
            Input::Datagram(bytes) => {
                if say_message(cx, bytes) {
                    Step::Took { bytes: bytes.len() }
                } else {
                    Step::NotMine
                }
            }
            Input::Stream(bytes) => stream(cx, bytes),
            Input::Gap { .. } | Input::End => Step::Took { bytes: 0 },
        }
    }
}

/// Messages of a stream, each with its length before it.
fn stream(cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    let Some((len, rest)) = bytes.split_first_chunk::<2>() else {
        return Step::Need { took: 0, more: 2usize.saturating_sub(bytes.len()) };
    };
    let len = usize::from(u16::from_be_bytes(*len));
    if len < Header::LEN {
        cx.fault(spec::BAD_LENGTH, bytes.get(..2).unwrap_or(&[]));
        return Step::Resync { took: 2 };
    }
    let message = match rest.get(..len) {
        Some(message) => message,
        None if cx.cut() => rest,
        None => return Step::Need { took: 0, more: len.saturating_sub(rest.len()) },
    };
    say_message(cx, message);
    Step::Took { bytes: len.saturating_add(2) }
}

/// A header whose fields have values that are assigned.
pub(crate) fn is_plausible(header: &Header) -> bool {
    let [questions, ..] = header.counts;
    // The bit between RA and AD is reserved and zero. RFC 2535 §6.1.
    let reserved = header.flags & 0x0040 != 0;
    matches!(header.opcode(), 0..=2 | 4..=6) && !reserved && questions <= 255
}

/// A whole message: a plausible header, and a first name that can be read.
pub(crate) fn is_message(bytes: &[u8]) -> bool {
    let Some(header) = Header::read(bytes) else { return false };
    let mut at = Cursor::new(bytes);
    let named = at.skip(Header::LEN).is_some()
        && (header.counts == [0; 4] || domain::first_label(bytes, &mut at).is_some());
    is_plausible(&header) && named
}

fn say_message(cx: &mut Cx<'_>, message: &[u8]) -> bool {
    let Some(header) = Header::read(message) else { return false };
    let role = if header.is_response() { Role::Response } else { Role::Request };
    let mut op = Op::new(header.opcode(), role, message);
    op.tx = Some(u64::from(header.id));
    op.args = Some(say::arguments(&header));
    op.status = say::status(&header);
    cx.op(&op);
    say::entries(cx, &spec::PROFILE, &header, message, |_, _| {});
    true
}
