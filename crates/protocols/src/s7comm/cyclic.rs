//! Cyclic and change-driven reading, and what programs send each other.

use super::address::{self, Address};
use super::userdata::Part;
use super::variables::{self, Note, next_item, noted};
use super::wire::Unit;
use super::{clock, spec};
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Role, Target, Value};

/// Function that reads a record.
const RECORD: u8 = 8;

/// Group 2. Requests: number of items, time base, factor, addresses. Answers and pushes: number
/// of items, data units.
pub(super) fn say<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, part: &Part<'p>) {
    let mut at = Cursor::new(part.content);
    let job = u64::from(part.head.sequence);
    if part.head.function == 4 {
        // Function, job.
        let job = part.content.get(1).map_or(job, |job| u64::from(*job));
        op.args = Some([job, 0, 0, 0]);
        cx.op(op);
        return;
    }
    if part.head.function == RECORD {
        record(cx, op, part);
        return;
    }
    let count = if part.content.is_empty() { 0 } else { at.be16().unwrap_or(0) };
    if op.role == Role::Request {
        let (base, factor) = (at.u8().unwrap_or(0), at.u8().unwrap_or(0));
        op.args = Some([job, u64::from(count), u64::from(base), u64::from(factor)]);
        cx.op(op);
        let mut note = Note::EMPTY;
        for index in 0..count {
            let Some(inner) = next_item(&mut at) else {
                part.message.broken(cx, spec::BAD_ITEM, at.all());
                break;
            };
            variables::say(cx, u64::from(index), Some(inner), None);
            note.add(inner);
        }
        if let Some(tx) = op.tx {
            cx.note(tx, note.bytes());
        }
        return;
    }
    op.args = Some([job, u64::from(count), 0, 0]);
    let mut note = [0; 240];
    let kept = op.tx.map_or(0, |tx| cx.noted(tx, &mut note));
    cx.op(op);
    let mut addresses = Cursor::new(note.get(..kept).unwrap_or(&[]));
    for index in 0..count {
        let Some(unit) = Unit::next(&mut at) else {
            part.message.broken(cx, spec::BAD_ITEM, at.all());
            break;
        };
        variables::say(cx, u64::from(index), noted(&mut addresses), Some(&unit));
    }
}

/// Reading a record: a byte, number of items (one), address. The answer: the same bytes, return
/// code, transport size where it is good, status with its length, length of the record, record.
fn record<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, part: &Part<'p>) {
    let mut at = Cursor::new(part.content);
    at.take_up_to(1);
    let count = at.u8().unwrap_or(0);
    op.args = Some([u64::from(part.head.sequence), u64::from(count), 0, 0]);
    let mut note = [0; 240];
    let kept = match (op.role, op.tx) {
        (Role::Response, Some(tx)) => cx.noted(tx, &mut note),
        _ => 0,
    };
    cx.op(op);
    if count == 0 {
        return;
    }
    if op.role == Role::Request {
        let Some(inner) = next_item(&mut at) else {
            part.message.broken(cx, spec::BAD_ITEM, at.all());
            return;
        };
        variables::say(cx, 0, Some(inner), None);
        let mut note = Note::EMPTY;
        note.add(inner);
        if let Some(tx) = op.tx {
            cx.note(tx, note.bytes());
        }
        return;
    }
    let Some(code) = at.u8() else { return };
    let mut content: &[u8] = &[];
    if code == 0xff {
        at.take_up_to(1);
        let status = at.u8().unwrap_or(0);
        at.take_up_to(usize::from(status.max(1)));
        let length = at.be16().unwrap_or(0);
        content = at.take_up_to(usize::from(length));
    }
    let unit = Unit { code, size: 9, content, short: false };
    let mut addresses = Cursor::new(note.get(..kept).unwrap_or(&[]));
    variables::say(cx, 0, noted(&mut addresses), Some(&unit));
}

/// Group 6, data between programs: address with the receiver's number, length, bytes.
pub(super) fn send<'p>(cx: &mut Cx<'_>, op: &Op<'p>, part: &Part<'p>) {
    cx.op(op);
    let mut at = Cursor::new(part.content);
    if let Some(address) = next_item(&mut at).and_then(Address::read) {
        at.take_up_to(2);
        cx.item(address.target, Value::Bytes(at.rest()));
    }
}

/// Group 7, the clock.
pub(super) fn time<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, part: &Part<'p>) {
    op.value = clock::content(part.content);
    cx.op(op);
}

/// Group 15, files of numerical controllers. Those who ask name the file, to read it behind two
/// bytes; the first piece has length and time in digits and the path up to a line feed.
pub(super) fn file<'p>(cx: &mut Cx<'_>, op: &Op<'p>, part: &Part<'p>) {
    cx.op(op);
    let name = match (op.role, part.head.function) {
        (Role::Request, 1) => part.content,
        (Role::Request, 6) => part.content.get(2..).unwrap_or(&[]),
        (Role::Response | Role::Event, 2 | 6 | 7) => path(part.content),
        _ => return,
    };
    if !name.is_empty() && crate::common::text::is_text(name) {
        cx.item(Target { area: address::FILE, index: 0, count: 1, extra: 0, name }, Value::None);
    }
}

/// The path in the first piece of a file: two bytes, length (8 digits or blanks), time (16), path.
fn path(content: &[u8]) -> &[u8] {
    let Some((head, rest)) = content.get(2..).and_then(|file| file.split_at_checked(24)) else {
        return &[];
    };
    if !head.iter().all(|byte| byte.is_ascii_digit() || *byte == b' ') {
        return &[];
    }
    rest.iter().position(|byte| *byte == b'\n').and_then(|end| rest.get(..end)).unwrap_or(&[])
}
