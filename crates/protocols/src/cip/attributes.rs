//! Services that read and write attributes, and all that nobody else reads. CIP Vol 1 App. A.

use super::answer::{Answer, unread};
use super::objects::{Kind, known};
use super::path::{self, Path};
use super::{classes, identity, spec};
use crate::common::text::Line;
use core::fmt::Write;
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Status, Target, Value};

/// Says an object, or an attribute of it, with its value.
pub(super) fn item(
    cx: &mut Cx<'_>,
    path: &Path<'_>,
    attribute: Option<u32>,
    value: Value<'_>,
    status: Status,
) {
    if let (Some(class), true) = (path.class, path.is_plain()) {
        cx.item_status(spec::object(class, path.instance, attribute), value, status);
        return;
    }
    if path.levels == 0 {
        return;
    }
    let mut line = Line::<200>::default();
    // Too long a path is cut off.
    path::write(path.raw, &mut line).unwrap_or_default();
    if let Some(number) = attribute.filter(|_| path.attribute.is_none()) {
        write!(line, ".{number}").unwrap_or_default();
    }
    let target = Target { area: spec::PATH, index: 0, count: 0, extra: 0, name: line.bytes() };
    cx.item_status(target, value, status);
}

/// The type of an attribute; those of classes, instance 0, are not listed.
fn kind(path: &Path<'_>, number: u32) -> Option<Kind> {
    let class = path.class.filter(|_| path.is_plain() && path.instance != Some(0))?;
    known(class, number).map(|(_, kind)| kind)
}

/// Says an attribute with the value in `bytes`.
fn attribute(cx: &mut Cx<'_>, path: &Path<'_>, number: u32, bytes: &[u8], status: Status) {
    match kind(path, number) {
        Some(kind) => kind.with_value(bytes, &mut |value| {
            item(cx, path, Some(number), value, status);
        }),
        None => item(cx, path, Some(number), Value::Bytes(bytes), status),
    }
}

/// Reads a list of attribute numbers and values: a count, then for each its number, in answers
/// its status, and its value. Behind a value of unknown length nothing can be told apart.
fn list(
    cx: &mut Cx<'_>,
    path: &Path<'_>,
    data: &[u8],
    answers: bool,
    read: &mut dyn FnMut(&mut Cx<'_>, u32, &[u8]),
) {
    let mut at = Cursor::new(data);
    let count = at.le16().map_or(0, usize::from);
    for left in (0..count).rev() {
        let from_here = at.rest();
        let Some(number) = at.le16().map(u32::from) else { break };
        let mut status = Status::None;
        if answers {
            match at.le16() {
                Some(0) => {}
                Some(code) => {
                    item(cx, path, Some(number), Value::None, Status::Error(u32::from(code)));
                    continue;
                }
                None => break,
            }
            status = Status::Ok;
        }
        let last = (left == 0).then_some(Kind::Rest);
        let Some(bytes) = kind(path, number).or(last).and_then(|kind| kind.take(&mut at)) else {
            item(cx, path, None, Value::Bytes(from_here), status);
            return;
        };
        attribute(cx, path, number, bytes, status);
        read(cx, number, bytes);
    }
}

/// Says a request.
pub(super) fn request(cx: &mut Cx<'_>, op: &mut Op<'_>, path: &Path<'_>, data: &[u8]) {
    // What the service is called with, where it is a number.
    let byte = || data.first().map_or(0, |b| u64::from(*b));
    if let (0x05, Some([class, instance, ..])) = (op.code, op.args) {
        op.args = Some([class, instance, byte(), 0]);
    }
    cx.op(op);
    if let Some(tx) = op.tx.filter(|_| !path.is_plain()) {
        cx.note(tx, path.raw);
    }
    let whole = if data.is_empty() { Value::None } else { Value::Bytes(data) };
    match (op.code, path.attribute) {
        (0x10, Some(number)) => attribute(cx, path, number, data, Status::None),
        (0x04, _) => list(cx, path, data, false, &mut |_, _, _| {}),
        (0x03, _) => {
            let mut at = Cursor::new(data);
            for _ in 0..at.le16().unwrap_or(0) {
                let Some(number) = at.le16() else { break };
                item(cx, path, Some(u32::from(number)), Value::None, Status::None);
            }
        }
        (_, number) => item(cx, path, number, whole, Status::None),
    }
}

/// Says an answer.
pub(super) fn answer<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, answer: &Answer<'p>) {
    let Some(path) = &answer.path else {
        unread(cx, op, answer.data);
        return;
    };
    cx.op(op);
    let data = answer.data;
    if data.is_empty() || !answer.fine && op.code != 0x03 {
        return;
    }
    let of = answer.message.sender();
    let instance = path.class.filter(|_| path.is_plain() && path.instance != Some(0));
    match (op.code, path.attribute, instance) {
        (0x01, _, Some(class)) if identity::is_told_by(class) => {
            identity::all(cx, of, path, data);
        }
        (0x0e, Some(number), class) => {
            attribute(cx, path, number, data, Status::None);
            if let Some(class) = class {
                identity::one(cx, of, class, number, data);
            }
        }
        (0x03, _, class) => list(cx, path, data, true, &mut |cx, number, bytes| {
            if let Some(class) = class {
                identity::one(cx, of, class, number, bytes);
            }
        }),
        // Writing is answered with a status for each attribute.
        (0x04, ..) => {}
        (_, number, _) => item(cx, path, number, Value::Bytes(data), Status::None),
    }
}

/// Says the attributes of Get_Attributes_All, in their order, as long as their types are known.
pub(super) fn in_order(
    cx: &mut Cx<'_>,
    path: &Path<'_>,
    data: &[u8],
    numbers: core::ops::RangeInclusive<u32>,
    read: &mut dyn FnMut(&mut Cx<'_>, u32, &[u8]),
) {
    let class = path.class.unwrap_or(classes::IDENTITY);
    let mut at = Cursor::new(data);
    for number in numbers {
        let bytes = known(class, number).and_then(|(_, kind)| kind.take(&mut at));
        let Some(bytes) = bytes.filter(|_| !data.is_empty()) else { break };
        attribute(cx, path, number, bytes, Status::None);
        read(cx, number, bytes);
    }
}
