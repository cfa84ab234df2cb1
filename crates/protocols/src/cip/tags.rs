//! Tags of controllers: reading, writing, and listing them. 1756-PM020 (Logix 5000 Controllers
//! Data Access); other makers use the same services.

use super::answer::{Answer, unread};
use super::path::{self, Path};
use super::{classes, spec, values};
use crate::common::text::Line;
use core::fmt::Write;
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Status, Target, Value};

/// Elements of an answer or request that are said one by one; more are said as bytes.
const ELEMENTS_MAX: usize = 64;
/// The index of a tag that is not an element of an array.
pub(super) const WHOLE: u64 = u64::MAX;

/// Type, handle of a structure, and what follows.
struct Typed<'p> {
    kind: u16,
    handle: u16,
    rest: Cursor<'p>,
}

fn typed(data: &[u8]) -> Option<Typed<'_>> {
    let mut at = Cursor::new(data);
    let kind = at.le16()?;
    let handle = if kind == values::STRUCTURE { at.le16()? } else { 0 };
    Some(Typed { kind, handle, rest: at })
}

/// Says a request of a tag service.
pub(super) fn request(cx: &mut Cx<'_>, op: &mut Op<'_>, path: &Path<'_>, data: &[u8]) {
    let mut at = Cursor::new(data);
    let [class, instance, ..] = op.args.unwrap_or_default();
    let mut written = None;
    let mut short = false;
    let (a, b) = match op.code {
        0x4c => (at.le16().map(u64::from), Some(0)),
        0x52 => (at.le16().map(u64::from), at.le32().map(u64::from)),
        0x4d | 0x53 => {
            written = typed(data);
            let counted = written.as_mut().and_then(|w| w.rest.le16()).map(u64::from);
            let from = match (op.code, written.as_mut()) {
                (0x53, Some(w)) => w.rest.le32().map(u64::from),
                _ => Some(0),
            };
            (counted, from)
        }
        // Read-Modify-Write: bytes of each mask, bits to set, bits to keep.
        0x4e => {
            let len = at.le16().map_or(0, usize::from);
            (at.take(len).map(values::uint), at.take(len).map(values::uint))
        }
        // Get_Instance_Attribute_List: how many attributes, which.
        _ => {
            let count = at.le16().map(u64::from);
            let numbers = at.rest().chunks_exact(2).take(4).rev();
            let packed = numbers.fold(0, |n, pair| n << 16 | values::uint(pair));
            (count, Some(packed))
        }
    };
    short |= a.is_none() || b.is_none();
    op.args = Some([class, instance, a.unwrap_or(0), b.unwrap_or(0)]);
    cx.op(op);
    if let Some(tx) = op.tx.filter(|_| !path.is_plain()) {
        cx.note(tx, path.raw);
    }
    if short && !cx.cut() {
        cx.fault(spec::BAD_TAG_DATA, data);
    }
    match &written {
        Some(w) => say(cx, path, w, vocab::sat_usize(b.unwrap_or(0))),
        None if op.code == 0x55 => {}
        None => {
            let count = if op.code == 0x4e { 1 } else { vocab::low_u32(a.unwrap_or(0)) };
            let at = if count > 1 { 0 } else { WHOLE };
            with_target(path, at, count, &mut |target| cx.item(target, Value::None));
        }
    }
}

/// Says an answer of a tag service.
pub(super) fn answer<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, answer: &Answer<'p>) {
    let data = answer.data;
    let Some(path) = &answer.path else {
        match typed(data).filter(|_| matches!(op.code, 0x4c | 0x52)) {
            Some(w) if values::size(w.kind) == Some(w.rest.len()) => {
                op.value = values::value(w.kind, w.rest.rest());
                cx.op(op);
            }
            _ => unread(cx, op, data),
        }
        return;
    };
    cx.op(op);
    if !answer.fine {
        with_target(path, WHOLE, 1, &mut |target| {
            cx.item_status(target, Value::None, op.status);
        });
        return;
    }
    let [_, _, _, from] = op.args.unwrap_or_default();
    match op.code {
        0x4c | 0x52 => {
            if let Some(w) = typed(data) {
                let from = if op.code == 0x52 { vocab::sat_usize(from) } else { 0 };
                say(cx, path, &w, from);
            }
        }
        0x55 => symbols(cx, from, data),
        _ => {}
    }
}

/// Says the elements of a value that begins `from` bytes into the tag.
fn say(cx: &mut Cx<'_>, path: &Path<'_>, w: &Typed<'_>, from: usize) {
    let bytes = w.rest.rest();
    let size = values::size(w.kind);
    match size {
        Some(size) if bytes.len() <= size.saturating_mul(ELEMENTS_MAX) => {
            let first = from.checked_div(size).unwrap_or(0);
            let single = bytes.len() <= size && first == 0;
            for (number, element) in bytes.chunks_exact(size).enumerate() {
                let at = if single { WHOLE } else { position(first.saturating_add(number)) };
                with_target(path, at, 1, &mut |target| {
                    let target = Target { extra: u32::from(w.kind), ..target };
                    cx.item(target, values::value(w.kind, element));
                });
            }
        }
        _ => {
            let first = from.checked_div(size.unwrap_or(usize::MAX)).unwrap_or(0);
            let count = bytes.len().checked_div(size.unwrap_or(usize::MAX)).unwrap_or(0);
            let value = match w.handle {
                values::STRING_HANDLE if from == 0 => Value::Text(string(bytes)),
                _ => Value::Bytes(bytes),
            };
            let at = if count == 0 { WHOLE } else { position(first) };
            with_target(path, at, vocab::sat_u32(count.max(1)), &mut |target| {
                let extra = u32::from(w.handle) << 16 | u32::from(w.kind);
                cx.item(Target { extra, ..target }, value);
            });
        }
    }
}

fn position(number: usize) -> u64 {
    u64::from(vocab::sat_u32(number))
}

/// The predefined string: its length in 32 bits, its characters.
fn string(bytes: &[u8]) -> &[u8] {
    let mut at = Cursor::new(bytes);
    let len = at.le32().map_or(0, |n| vocab::sat_usize(u64::from(n)));
    at.take_up_to(len)
}

/// Gives the target of a tag to `read`: element `at` of what the path names, or all of it.
fn with_target(path: &Path<'_>, at: u64, count: u32, read: &mut dyn FnMut(Target<'_>)) {
    // An element at the path's end is where the counting starts.
    let (stem, start) = match path.members {
        1 => (path.stem, u64::from(path.member)),
        _ => (path.raw, WHOLE),
    };
    let index = match (start, at) {
        (WHOLE, _) => at,
        (start, WHOLE) => start,
        (start, at) => start.saturating_add(at),
    };
    let mut target = spec::tag(path.symbol);
    (target.index, target.count) = (index, count);
    if path.levels == 1 && !path.symbol.is_empty() && path.members <= 1 && path.class.is_none() {
        read(target);
        return;
    }
    let mut line = Line::<200>::default();
    // Too long a name is cut off.
    match (path.class, path.instance) {
        (Some(class), Some(instance)) if stem.is_empty() => {
            classes::write(class, &mut line).unwrap_or_default();
            write!(line, "[{instance}]").unwrap_or_default();
        }
        _ => path::write(stem, &mut line).unwrap_or_default(),
    }
    read(Target { name: line.bytes(), ..target });
}

/// Answer to Get_Instance_Attribute_List of symbols: for each its instance and the attributes
/// that were asked for, of which the name and the type are read.
fn symbols(cx: &mut Cx<'_>, asked: u64, data: &[u8]) {
    let mut at = Cursor::new(data);
    while at.skip(4).is_some() {
        let mut name: &[u8] = &[];
        let mut kind = 0;
        for place in 0..4u32 {
            let shift = place.saturating_mul(16);
            let number = vocab::low_u16(asked.checked_shr(shift).unwrap_or(0));
            let read = match number {
                0 => break,
                1 => at.le16().and_then(|len| at.take(usize::from(len))).map(|text| name = text),
                2 => at.le16().map(|number| kind = number),
                7 | 10 => at.skip(if number == 7 { 2 } else { 1 }),
                3 | 5 | 6 | 9 => at.skip(4),
                8 => at.skip(12),
                _ => None,
            };
            if read.is_none() {
                return;
            }
        }
        if name.is_empty() {
            return;
        }
        let target = Target { extra: u32::from(kind), ..spec::tag(name) };
        cx.item_status(target, Value::None, Status::None);
    }
}
