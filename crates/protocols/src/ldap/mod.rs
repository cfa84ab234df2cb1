//! LDAP: directories, on Windows the domain's controllers. Who logs in, what is searched and
//! changed, what the server says of itself.

mod messages;
mod spec;

use crate::common::{ber, pieces};
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use messages::Message;
use vocab::Spec;

/// Bytes of a message that are read.
const MESSAGE_MAX: usize = 8_192;
/// Bytes that tell a message's length, its number and its operation.
const HEAD: usize = 14;

/// The LDAP dissector.
#[derive(Debug)]
pub struct Ldap;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// The client asked for encryption.
    asked_tls: bool,
}

impl Dissector for Ldap {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    /// A sequence that begins with a number and an operation. RFC 4511 §4.1.1.
    fn probe(_hint: &Hint<'_>, head: &[u8]) -> Probe {
        match head.first() {
            None => return Probe::Maybe { need: HEAD },
            Some(0x30) => {}
            Some(_) => return Probe::No,
        }
        let mut at = Cursor::new(head);
        let mut read = || {
            ber::tag(&mut at)?;
            let length = ber::length(&mut at)?;
            let number = ber::next(&mut at)?;
            Some((length, number, at.peek()?))
        };
        match read() {
            Some((length, number, tag)) => {
                let numbered = number.first == 0x02 && number.content.len() <= 4;
                let known = matches!(tag, 0x60..=0x79 | 0x42 | 0x4a | 0x50);
                if numbered && known && length >= 5 { Probe::Sure } else { Probe::No }
            }
            None if head.len() < HEAD => Probe::Maybe { need: HEAD },
            None => Probe::No,
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        if bytes.is_empty() {
            return Step::Took { bytes: 0 };
        }
        one(flow, cx, bytes).unwrap_or_else(|wait| wait)
    }
}

/// One message. `Err` asks for more bytes.
fn one(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Result<Step, Step> {
    // Behind a login messages may be wrapped, with a length before them. RFC 4422 §3.7.
    if bytes.first() != Some(&0x30) {
        return Ok(Step::NotMine);
    }
    let head = pieces::first(cx, bytes, 6.min(least(bytes)))?;
    let mut at = Cursor::new(head);
    let Some(length) = ber::tag(&mut at).and_then(|_| ber::length(&mut at)) else {
        if cx.cut() {
            return Ok(Step::Took { bytes: bytes.len() });
        }
        cx.fault(spec::BAD_MESSAGE, head);
        return Ok(Step::NotMine);
    };
    let total = at.position().saturating_add(length);
    let whole = pieces::first(cx, bytes, total.min(MESSAGE_MAX))?;
    let Some(message) = Message::read(whole) else {
        if !cx.cut() {
            cx.fault(spec::BAD_MESSAGE, whole);
        }
        return Ok(Step::Took { bytes: total });
    };
    if message.code == spec::EXTENDED {
        flow.asked_tls = message.asks_for_tls();
    }
    let done = message.say(cx);
    let encrypts = message.code == spec::EXTENDED_ANSWER && flow.asked_tls && done;
    Ok(if encrypts { Step::NotMine } else { Step::Took { bytes: total } })
}

/// Bytes of the tag and the length, from the length's first byte. X.690 §8.1.3.
fn least(bytes: &[u8]) -> usize {
    match bytes.get(1) {
        Some(first @ 0x80..) => usize::from(first & 0x7f).saturating_add(2),
        _ => 2,
    }
}
