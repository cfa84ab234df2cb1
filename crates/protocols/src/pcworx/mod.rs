//! PCWorx: how Phoenix Contact's engineering tool opens a session with an ILC controller and asks
//! what it is; TCP 1962.
//!
//! Every message has a direction, a service, its whole length and a sequence number.

mod spec;

use crate::common::text::{is_text, until_nul};
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Role, Spec, Status};

/// The PCWorx dissector.
#[derive(Debug)]
pub struct Pcworx;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// Bytes that are no message were passed over, and it was said.
    lost: [bool; 2],
}

/// The server's name in the first message of a session.
const SERVER: &[u8] = b"IBETH01N0_M";

/// Direction, service, length: `None` where that cannot be.
fn head(bytes: &[u8]) -> Option<(bool, u8, usize)> {
    let mut at = Cursor::new(bytes);
    let (direction, service, length) = (at.u8()?, at.u8()?, at.be16()?);
    let fits = matches!(direction, 0x01 | 0x81)
        && matches!(service, 1..=0x10)
        && (12..=8_000).contains(&length);
    fits.then(|| (direction == 0x81, service, usize::from(length)))
}

impl Dissector for Pcworx {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    /// The server's name proves a first message anywhere; on the port a header is enough.
    fn probe(hint: &Hint<'_>, bytes: &[u8]) -> Probe {
        if hint.datagram || !matches!(bytes.first(), None | Some(0x01 | 0x81)) {
            return Probe::No;
        }
        if bytes.len() < 4 {
            return Probe::Maybe { need: 4 };
        }
        match head(bytes) {
            Some((_, 1 | 2 | 5 | 6, _)) if hint.bound => Probe::Sure,
            Some((false, 1, 26)) if bytes.len() < 26 => Probe::Maybe { need: 26 },
            Some((false, 1, 26)) if bytes.get(14..25) == Some(SERVER) => Probe::Sure,
            _ => Probe::No,
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        if bytes.is_empty() {
            return Step::Took { bytes: 0 };
        }
        let side = cx.dir().index();
        let Some((answers, service, length)) = head(bytes) else {
            if bytes.len() < 4 && !cx.cut() {
                return Step::Need { took: 0, more: 4usize.saturating_sub(bytes.len()) };
            }
            if let Some(lost) = flow.lost.get_mut(side).filter(|lost| !**lost)
                && !cx.cut()
            {
                *lost = true;
                cx.fault(spec::BAD_HEADER, bytes.get(..4).unwrap_or(bytes));
            }
            return Step::Resync { took: bytes.len() };
        };
        let message = match bytes.get(..length) {
            Some(message) => message,
            None if cx.cut() => bytes,
            None => return Step::Need { took: 0, more: length.saturating_sub(bytes.len()) },
        };
        if let Some(lost) = flow.lost.get_mut(side) {
            *lost = false;
        }
        say(cx, answers, service, message);
        Step::Took { bytes: length }
    }
}

/// Says a message. A request of service 5 has the number of what it asks for behind its length.
fn say(cx: &mut Cx<'_>, answers: bool, service: u8, message: &[u8]) {
    let number = |at: usize| Cursor::new(message.get(at..).unwrap_or(&[])).be16();
    let sub = if service == 5 && !answers { number(18) } else { None };
    // One request of a service waits at a time.
    let tx = u64::from(service);
    let sub = sub.or_else(|| cx.pending(tx).filter(|_| answers).and_then(|asked| asked.sub));
    cx.op(&Op {
        sub,
        tx: Some(tx),
        status: if answers { Status::Ok } else { Status::None },
        ..Op::new(u32::from(service), if answers { Role::Response } else { Role::Request }, message)
    });
    // The answer to 0x0295: fields of text at fixed places.
    if answers && service == 6 && number(24) == Some(0x8295) {
        let field = |at: usize, len: usize| {
            until_nul(Cursor::new(message.get(at..).unwrap_or(&[])).take_up_to(len))
        };
        let fields = [
            (30, 36, spec::MODEL),
            (66, 12, spec::FIRMWARE),
            (79, 12, spec::BUILD),
            (152, 12, spec::ORDER),
        ];
        for (at, len, attribute) in fields {
            let value = field(at, len);
            if is_text(value) {
                cx.attr(attribute, value);
            }
        }
        cx.attr(spec::VENDOR, b"Phoenix Contact");
    }
}
