//! Cyclic and change-driven reading, and what programs send each other.

use super::address::{self, Address};
use super::userdata::Part;
use super::variables::{self, Note, next_item, noted};
use super::wire::Unit;
use super::{clock, spec};
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Role, Target, Value};

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

/// Group 15, files of numerical controllers: the name where it is text.
pub(super) fn file<'p>(cx: &mut Cx<'_>, op: &Op<'p>, part: &Part<'p>) {
    cx.op(op);
    if op.role == Role::Request && crate::common::text::is_text(part.content) {
        let name = part.content;
        cx.item(Target { area: address::FILE, index: 0, count: 1, extra: 0, name }, Value::None);
    }
}
