//! GE SRTP: how tools and panels read and write memory of GE (Emerson) controllers, load programs
//! and run or stop them; service requests in mailbox messages over TCP.
//!
//! Every message has a header of 56 bytes; longer data follow it as so-called text.

mod spec;

use crate::common::text::{is_text, until_nul};
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Role, Spec, Status, Target, Value};

/// The GE SRTP dissector.
#[derive(Debug)]
pub struct Gesrtp;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// Bytes that are no message were passed over, and it was said.
    lost: [bool; 2],
    vendor_said: bool,
}

/// A session begins with zeros, and its answer has them where requests have their times: others'
/// small numbers do not fit.
fn begins(head: &[u8]) -> bool {
    let zeros = |part: Option<&[u8]>| part.is_some_and(|part| part.iter().all(|b| *b == 0));
    match head {
        [0, 0, ..] => zeros(head.get(..HEADER)),
        [1, 0, ..] => zeros(head.get(2..8)) && zeros(head.get(10..26)),
        _ => true,
    }
}

/// Bytes of the header.
const HEADER: usize = 56;
/// Longest text.
const TEXT_MAX: u16 = 8_192;
/// Service requests go to this mailbox and are answered from it.
const MAILBOX: [u8; 4] = [0x10, 0x0e, 0, 0];

/// A message.
#[derive(Clone, Copy, Debug)]
struct Message<'p> {
    /// 0 begins a session, 1 answers, 2 requests, 3 responds.
    kind: u16,
    sequence: u16,
    /// 0xc0 short request, 0x80 long request; 0xd4, 0x94 answers, 0xd1 an error.
    mailbox: u8,
    source: [u8; 4],
    target: [u8; 4],
    /// The fourteen bytes of the request or answer.
    body: &'p [u8],
    text_len: u16,
    text: &'p [u8],
}

impl<'p> Message<'p> {
    fn read(bytes: &'p [u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        let (kind, sequence, text_len) = (at.le16()?, at.le16()?, at.le16()?);
        at.skip(25)?;
        let mailbox = at.u8()?;
        let (source, target) = (*at.chunk()?, *at.chunk()?);
        at.skip(2)?;
        let body = at.take(14)?;
        Some(Self { kind, sequence, mailbox, source, target, body, text_len, text: at.rest() })
    }

    fn total(&self) -> usize {
        usize::from(self.text_len).saturating_add(HEADER)
    }

    fn is_plausible(&self, bound: bool) -> bool {
        match (self.kind, self.mailbox) {
            (0, 0) | (1, _) => bound && self.text_len == 0,
            (2, 0xc0 | 0x80) => {
                let known = self
                    .service()
                    .is_some_and(|(code, _)| spec::SPEC.operation(u32::from(code), None).is_some());
                known && (bound || self.target == MAILBOX) && self.text_len <= TEXT_MAX
            }
            (3, 0xd4 | 0x94 | 0xd1) => {
                (bound || self.source == MAILBOX) && self.text_len <= TEXT_MAX
            }
            _ => false,
        }
    }

    /// The service with what follows it: in long requests it stands eight bytes later.
    fn service(&self) -> Option<(u8, Cursor<'p>)> {
        let mut at = Cursor::new(self.body);
        if self.mailbox == 0x80 {
            at.skip(8)?;
        }
        Some((at.u8()?, at))
    }
}

impl Dissector for Gesrtp {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        if hint.datagram || !matches!(head, [] | [0..=3] | [0..=3, 0, ..]) {
            return Probe::No;
        }
        match Message::read(head) {
            Some(message) if message.is_plausible(hint.bound) && begins(head) => Probe::Sure,
            Some(_) => Probe::No,
            None => Probe::Maybe { need: HEADER },
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        if bytes.is_empty() {
            return Step::Took { bytes: 0 };
        }
        let side = cx.dir().index();
        let Some(head) = Message::read(bytes) else {
            if cx.cut() {
                return Step::Took { bytes: bytes.len() };
            }
            return Step::Need { took: 0, more: HEADER.saturating_sub(bytes.len()).max(1) };
        };
        if head.kind > 3 || head.text_len > TEXT_MAX {
            if let Some(lost) = flow.lost.get_mut(side).filter(|lost| !**lost)
                && !cx.cut()
            {
                *lost = true;
                cx.fault(spec::BAD_HEADER, bytes.get(..HEADER).unwrap_or(bytes));
            }
            return Step::Resync { took: bytes.len() };
        }
        let total = head.total();
        let whole = match bytes.get(..total) {
            Some(whole) => whole,
            None if cx.cut() => bytes,
            None => return Step::Need { took: 0, more: total.saturating_sub(bytes.len()) },
        };
        if let Some(lost) = flow.lost.get_mut(side) {
            *lost = false;
        }
        if let Some(message) = Message::read(whole) {
            say(flow, cx, &message, whole);
        }
        Step::Took { bytes: total }
    }
}

/// Says a message.
fn say(flow: &mut Flow, cx: &mut Cx<'_>, message: &Message<'_>, whole: &[u8]) {
    let tx = Some(u64::from(message.sequence));
    match (message.kind, message.mailbox) {
        (0, _) => cx.op(&Op { tx: Some(1 << 63), ..Op::new(spec::INIT, Role::Request, whole) }),
        (1, _) => {
            let status = Status::Ok;
            let tx = Some(1 << 63);
            cx.op(&Op { tx, status, ..Op::new(spec::INIT, Role::Response, whole) });
        }
        (2, 0xc0 | 0x80) => request(cx, message, Op { tx, ..Op::new(0, Role::Request, whole) }),
        (3, 0xd4 | 0x94 | 0xd1) => {
            answer(flow, cx, message, Op { tx, ..Op::new(0, Role::Response, whole) });
        }
        _ => cx.fault(spec::UNKNOWN, whole.get(..HEADER).unwrap_or(whole)),
    }
}

/// The bytes that belong to so many elements: words, bytes, or bits.
fn elements(selector: u8, count: u16, data: &[u8]) -> Value<'_> {
    let count = usize::from(count);
    let wanted = match selector {
        0x08 | 0x0a | 0x0c => count.saturating_mul(2),
        0x46..=0x56 => count.div_ceil(8),
        _ => count,
    };
    Value::Bytes(data.get(..wanted).unwrap_or(data))
}

fn target(selector: u8, offset: u16, count: u16) -> Target<'static> {
    Target {
        area: spec::MEMORY,
        index: u64::from(offset),
        count: u32::from(count),
        extra: u32::from(selector),
        name: &[],
    }
}

/// A request: service, then of memory services selector, offset, count.
fn request<'p>(cx: &mut Cx<'_>, message: &Message<'p>, mut op: Op<'p>) {
    let Some((code, mut at)) = message.service() else { return };
    op.code = u32::from(code);
    match code {
        0x04..=0x09 | 0x44 => {
            let place = (|| Some((at.u8()?, at.le16()?, at.le16()?)))();
            op.args = place.map(|(s, o, c)| [u64::from(s), u64::from(o), u64::from(c), 0]);
            cx.op(&op);
            let writes = matches!(code, 7..=9);
            // Short requests have up to six bytes of data in the header.
            let data = match (message.mailbox, message.text) {
                (0x80, text) => text,
                _ => at.rest(),
            };
            if let Some((selector, offset, count)) = place {
                let value = if writes { elements(selector, count, data) } else { Value::None };
                cx.item(target(selector, offset, count), value);
            }
        }
        0x23 => {
            op.args = at.u8().map(|state| [u64::from(state), 0, 0, 0]);
            cx.op(&op);
        }
        // Passwords are not said.
        0x20 | 0x21 => cx.op(&op),
        _ => {
            if !message.text.is_empty() {
                op.value = Value::Bytes(message.text);
            }
            cx.op(&op);
        }
    }
}

/// An answer: status and minor status, then data in the header, or as text.
fn answer<'p>(flow: &mut Flow, cx: &mut Cx<'_>, message: &Message<'p>, mut op: Op<'p>) {
    let asked = op.tx.and_then(|tx| cx.pending(tx));
    let &[status, minor, ref inline @ ..] = message.body else { return };
    op.code = asked.map_or(0, |asked| asked.code);
    op.args = asked.map(|asked| asked.args);
    op.status = match (message.mailbox, status) {
        (0xd1, _) | (_, 1..) => Status::Error(u32::from(status) << 8 | u32::from(minor)),
        _ => Status::Ok,
    };
    let data = if message.text.is_empty() { inline.get(..6).unwrap_or(&[]) } else { message.text };
    let done = op.status == Status::Ok && asked.is_some();
    let memory = matches!(op.code, 4..=9 | 0x44);
    if done && !memory && !matches!(op.code, 0x20 | 0x21) {
        op.value = Value::Bytes(data);
    }
    cx.op(&op);
    let Some(asked) = asked.filter(|_| done) else { return };
    if !flow.vendor_said {
        flow.vendor_said = true;
        cx.attr(spec::VENDOR, b"GE");
    }
    match op.code {
        4..=6 => {
            let [selector, offset, count, _] = asked.args;
            let (selector, count) = (vocab::low_u8(selector), vocab::low_u16(count));
            let place = target(selector, vocab::low_u16(offset), count);
            cx.item(place, elements(selector, count, data));
        }
        0x03 | 0x43 if !message.text.is_empty() => {
            let name = until_nul(data.get(..8).unwrap_or(data));
            let attribute = if op.code == 3 { spec::PROGRAM } else { spec::NAME };
            if is_text(name) {
                cx.attr(attribute, name);
            }
        }
        _ => {}
    }
}
