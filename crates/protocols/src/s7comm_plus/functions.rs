//! What requests, answers and notifications say.

use super::value::{self, long, number};
use super::wire::{Head, NOTIFICATION, REQUEST};
use super::{address, object, spec};
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Role, Status, Target, Value};

/// Says a message; false when it does not begin with a head.
pub(super) fn say(cx: &mut Cx<'_>, message: &[u8], whole: &[u8]) -> bool {
    let mut at = Cursor::new(message);
    let Some(head) = Head::read(&mut at) else { return false };
    match head.opcode {
        NOTIFICATION => notification(cx, at, whole),
        REQUEST => request(cx, &head, at, whole),
        _ => answer(cx, &head, at, whole),
    }
    true
}

fn request(cx: &mut Cx<'_>, head: &Head, mut at: Cursor<'_>, whole: &[u8]) {
    let mut op = Op::new(u32::from(head.function), Role::Request, whole);
    op.tx = Some(u64::from(head.sequence));
    // Sequences begin without an object.
    let object = match head.function {
        0x0556 | 0x0560 | 0x05b3 => 0,
        _ => u64::from(at.be32().unwrap_or(0)),
    };
    let args = [u64::from(head.session), object, 0, 0];
    op.args = Some(args);
    match head.function {
        0x04ca | 0x0556 => {
            cx.op(&op);
            let session = (head.function == 0x04ca).then_some(op.role);
            say_objects(cx, &mut at, session);
        }
        0x04f2 => set_variable(cx, &mut op, args, at),
        0x0542 if object != 0 => set_attributes(cx, &mut op, args, at),
        0x0542 | 0x054c => variables(cx, &mut op, args, at),
        0x04fc | 0x0586 => get_attribute(cx, &mut op, args, at),
        _ => cx.op(&op),
    }
}

/// Objects behind a few numbers: the first start of one begins them.
fn say_objects(cx: &mut Cx<'_>, at: &mut Cursor<'_>, session: Option<Role>) {
    /// Bytes before the first object: a value, a word, a count.
    const BEFORE_MAX: usize = 16;
    let skip = at.rest().iter().take(BEFORE_MAX).position(|byte| *byte == 0xa1);
    if let Some(skip) = skip {
        at.take_up_to(skip);
        object::say(cx, at, session);
    }
}

/// Values that are secrets stay out.
fn shown(attribute: u32, value: Value<'_>) -> Value<'_> {
    if matches!(attribute, 303 | 304 | 1830 | 1846) { Value::None } else { value }
}

/// Count, then attribute and value.
fn set_variable<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, args: [u64; 4], mut at: Cursor<'p>) {
    let [session, target, ..] = args;
    let count = number(&mut at).unwrap_or(0);
    let attribute = number(&mut at).unwrap_or(0);
    op.args = Some([session, target, u64::from(count), u64::from(attribute)]);
    cx.op(op);
    if let Some(value) = value::read(&mut at) {
        cx.item(address::attribute(target, attribute), shown(attribute, value));
    }
}

/// Number of values, number of attributes, attributes; then number and value each.
fn set_attributes<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, args: [u64; 4], mut at: Cursor<'p>) {
    let [session, target, ..] = args;
    let (_, count) = (number(&mut at), number(&mut at).unwrap_or(0));
    op.args = Some([session, target, u64::from(count), 0]);
    cx.op(op);
    let mut attributes = at;
    for _ in 0..count {
        if number(&mut at).is_none() {
            return;
        }
    }
    for _ in 0..count {
        let (Some(attribute), Some(_)) = (number(&mut attributes), number(&mut at)) else { return };
        let Some(value) = value::read(&mut at) else { return };
        cx.item(address::attribute(target, attribute), shown(attribute, value));
    }
}

/// Number of addresses, number of fields, addresses; to write, number and value each.
fn variables<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, args: [u64; 4], mut at: Cursor<'p>) {
    let [session, ..] = args;
    let (count, _) = (number(&mut at).unwrap_or(0), number(&mut at));
    op.args = Some([session, 0, u64::from(count), 0]);
    cx.op(op);
    let (mut addresses, left) = (at, at.len());
    for _ in 0..count {
        if address::variable(&mut at).is_none() {
            return;
        }
    }
    let bytes = addresses.rest().get(..left.saturating_sub(at.len())).unwrap_or(&[]);
    if let Some(tx) = op.tx {
        cx.note(tx, bytes);
    }
    for _ in 0..count {
        let Some(target) = address::variable(&mut addresses) else { return };
        let value = match op.code {
            0x0542 => number(&mut at).and_then(|_| value::read(&mut at)),
            _ => Some(Value::None),
        };
        cx.item(target, value.unwrap_or_default());
    }
}

/// An array of attributes, behind its flags, type and count.
fn get_attribute<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, args: [u64; 4], mut at: Cursor<'p>) {
    let [session, target, ..] = args;
    if op.code == 0x0586 {
        at.take_up_to(2);
    }
    let count = number(&mut at).unwrap_or(0);
    let attribute = number(&mut at).unwrap_or(0);
    op.args = Some([session, target, u64::from(count), u64::from(attribute)]);
    cx.op(op);
    cx.item(address::attribute(target, attribute), Value::None);
}

/// The result: its low 16 bits are a number that is negative where something went wrong, and
/// else 0 or a remark.
fn status(result: u64) -> Status {
    let code = vocab::low_u16(result);
    if code < 0x8000 { Status::Ok } else { Status::Error(u32::from(code)) }
}

fn answer(cx: &mut Cx<'_>, head: &Head, mut at: Cursor<'_>, whole: &[u8]) {
    let mut op = Op::new(u32::from(head.function), Role::Response, whole);
    let tx = u64::from(head.sequence);
    op.tx = Some(tx);
    let asked = cx.pending(tx).filter(|asked| asked.code == op.code);
    op.args = asked.map(|asked| asked.args);
    op.status = long(&mut at).map_or(Status::None, status);
    let mut note = [0; 240];
    let kept = if asked.is_some() { cx.noted(tx, &mut note) } else { 0 };
    cx.op(&op);
    let [_, target, _, attribute] = op.args.unwrap_or_default();
    match head.function {
        0x04ca => {
            let count = at.u8().unwrap_or(0);
            for _ in 0..count {
                if number(&mut at).is_none() {
                    return;
                }
            }
            object::say(cx, &mut at, Some(op.role));
        }
        0x04bb => {
            at.take_up_to(4);
            say_objects(cx, &mut at, None);
        }
        0x054c => values(cx, at, note.get(..kept).unwrap_or(&[])),
        0x0542 => results(cx, &mut at, note.get(..kept).unwrap_or(&[])),
        0x04fc | 0x0586 => {
            at.take_up_to(1);
            let Some(value) = value::read(&mut at) else { return };
            let attribute = vocab::low_u32(attribute);
            if asked.is_some() {
                cx.item(address::attribute(target, attribute), shown(attribute, value));
            }
            if let Value::Bytes(blob) = value {
                object::identification(cx, blob);
            }
        }
        _ => {}
    }
}

/// The target of a number that counts addresses from 1; addresses are read forward.
struct Targets<'p> {
    at: Cursor<'p>,
    last: Option<Target<'p>>,
    count: u32,
}

impl<'p> Targets<'p> {
    fn new(note: &'p [u8]) -> Self {
        Self { at: Cursor::new(note), last: None, count: 0 }
    }

    fn get(&mut self, wanted: u32) -> Target<'p> {
        while self.count < wanted {
            self.last = address::variable(&mut self.at);
            self.count = if self.last.is_some() { self.count.saturating_add(1) } else { u32::MAX };
        }
        let known = self.last.filter(|_| self.count == wanted);
        known.unwrap_or_else(|| address::item(wanted))
    }
}

/// Number and value until a number of 0, then the failures.
fn values(cx: &mut Cx<'_>, mut at: Cursor<'_>, note: &[u8]) {
    let mut targets = Targets::new(note);
    while let Some(wanted) = number(&mut at).filter(|wanted| *wanted != 0) {
        let Some(value) = value::read(&mut at) else { return };
        cx.item_status(targets.get(wanted), value, Status::Ok);
    }
    results(cx, &mut at, note);
}

/// Number and result until a number of 0.
fn results(cx: &mut Cx<'_>, at: &mut Cursor<'_>, note: &[u8]) {
    let mut targets = Targets::new(note);
    while let Some(wanted) = number(at).filter(|wanted| *wanted != 0) {
        let Some(result) = long(at) else { return };
        cx.item_status(targets.get(wanted), Value::None, status(result));
    }
}

/// Subscription, three words, credit, sequence, counter; then a mark, a reference and a value
/// each, until a mark of 0.
fn notification(cx: &mut Cx<'_>, mut at: Cursor<'_>, whole: &[u8]) {
    let mut op = Op::new(spec::NOTIFY, Role::Event, whole);
    let subscription = at.be32().unwrap_or(0);
    at.take_up_to(6);
    let credit = at.u8().unwrap_or(0);
    let sequence = number(&mut at).unwrap_or(0);
    op.args = Some([u64::from(subscription), u64::from(credit), u64::from(sequence), 0]);
    cx.op(&op);
    // Newer stations put a time of eight bytes, beginning with 0, before the counter.
    if at.u8() == Some(0) && at.skip(8).is_none() {
        return;
    }
    while let Some(mark) = at.u8().filter(|mark| *mark != 0) {
        let reference = match mark {
            0x9b => number(&mut at),
            _ => at.be32(),
        };
        let Some(reference) = reference else { return };
        match mark {
            0x92 | 0x9b => {
                let Some(value) = value::read(&mut at) else { return };
                cx.item_status(address::item(reference), value, Status::Ok);
            }
            0x03 | 0x13 => {
                let status = Status::Error(u32::from(mark));
                cx.item_status(address::item(reference), Value::None, status);
            }
            0x9c => {}
            _ => return,
        }
    }
}
