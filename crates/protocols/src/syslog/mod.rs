//! Syslog: messages that devices send to a collector. The host name in them may be that of a
//! device behind a relay, so it weighs little.

mod spec;
mod text;

use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use text::Message;
use vocab::{Op, Role, Spec, Value};

/// Longest message read over TCP. RFC 5424 §6.1 asks for 2,048.
const MESSAGE_MAX: usize = 16_384;

/// The syslog dissector.
#[derive(Debug)]
pub struct Syslog;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// Sum over host and program said last, so that they are not said with each message.
    said: u64,
}

impl Dissector for Syslog {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        if hint.datagram {
            // What goes to this port is a message, even without a priority. RFC 3164 §4.
            let plain = !hint.from_server && text::is_plain(head);
            let sure = text::priority(head).is_some() || plain;
            return if sure { Probe::Sure } else { Probe::No };
        }
        probe_stream(head)
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        match input {
            Input::Datagram(bytes) => {
                let plain = text::is_plain(bytes).then(|| Message::plain(bytes));
                let Some(message) = Message::read(bytes).or(plain) else { return Step::NotMine };
                say(flow, cx, &message, bytes);
                Step::Took { bytes: bytes.len() }
            }
            Input::Stream(bytes) => stream(flow, cx, bytes),
            Input::Gap { .. } | Input::End => Step::Took { bytes: 0 },
        }
    }
}

/// A priority, with the length of the message before it or not. RFC 6587 §3.4.
fn probe_stream(head: &[u8]) -> Probe {
    let digits = head.iter().take_while(|b| b.is_ascii_digit()).count();
    let message = match head.get(digits..) {
        Some([b' ', message @ ..]) if (1..=5).contains(&digits) => message,
        Some([]) if digits <= 5 => return Probe::Maybe { need: head.len().saturating_add(1) },
        _ if digits == 0 => head,
        _ => return Probe::No,
    };
    if text::priority(message).is_some() {
        return Probe::Sure;
    }
    let open = message.len() < 5
        && message.iter().enumerate().all(|(i, b)| match i {
            0 => *b == b'<',
            _ => b.is_ascii_digit(),
        });
    if open { Probe::Maybe { need: head.len().saturating_add(1) } } else { Probe::No }
}

/// Messages of a stream: each with its length before it, or each with a line end behind it. What
/// is neither is passed over as a line.
fn stream(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let counted = match bytes.get(digits..) {
        Some([]) if digits < 6 && !cx.cut() => return Step::Need { took: 0, more: 1 },
        Some([b' ', ..]) => (1..=5).contains(&digits),
        // Line ends between messages.
        Some([b'\n' | b'\r' | 0, ..]) if digits == 0 => return Step::Took { bytes: 1 },
        _ => false,
    };
    let (start, end) = if counted {
        let len = text::decimal(bytes.get(..digits).unwrap_or(&[])).unwrap_or(0);
        let start = digits.saturating_add(1);
        (start, start.saturating_add(vocab::sat_usize(u64::from(len))))
    } else {
        match bytes.iter().position(|b| matches!(b, b'\n' | 0)) {
            Some(end) => (0, end),
            None if bytes.len() > MESSAGE_MAX || cx.cut() => (0, bytes.len()),
            None => return Step::Need { took: 0, more: 1 },
        }
    };
    let message = match bytes.get(start..end) {
        _ if end.saturating_sub(start) > MESSAGE_MAX => {
            cx.fault(spec::BAD_FRAME, bytes.get(..8).unwrap_or(bytes));
            return Step::Resync { took: bytes.len().max(1) };
        }
        Some(message) => message,
        None if cx.cut() => bytes.get(start..).unwrap_or(&[]),
        None => return Step::Need { took: 0, more: end.saturating_sub(bytes.len()) },
    };
    match Message::read(message) {
        Some(read) => say(flow, cx, &read, message),
        None => cx.fault(spec::BAD_FRAME, bytes.get(..8).unwrap_or(bytes)),
    }
    Step::Took { bytes: end.max(1) }
}

fn say(flow: &mut Flow, cx: &mut Cx<'_>, message: &Message<'_>, bytes: &[u8]) {
    let mut op = Op::new(0, Role::Event, bytes);
    op.args = message.priority.map(|priority| {
        let version = u64::from(message.version);
        [u64::from(priority >> 3), u64::from(priority & 7), version, 0]
    });
    op.value = Value::Text(message.text.trim_ascii_end());
    cx.op(&op);
    if !message.has_valid_priority() {
        cx.fault(spec::BAD_PRIORITY, bytes.get(..5).unwrap_or(bytes));
    }
    let sum = sum(message.host) ^ sum(message.program).rotate_left(1);
    if sum != flow.said {
        flow.said = sum;
        cx.attr(spec::HOST, message.host);
        cx.attr(spec::PROGRAM, message.program);
    }
}

/// FNV-1a; 0 of nothing.
fn sum(bytes: &[u8]) -> u64 {
    if bytes.is_empty() {
        return 0;
    }
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
