//! The system status list: what a station is, and in which state.

use super::userdata::Part;
use super::{Flow, address, spec};
use crate::common::text::{is_text, until_nul};
use crate::line;
use decode::Cursor;
use dissect::Cx;
use vocab::{AttrSpec, Op, Role, Target, Value};

/// Longest list that is put together from pieces.
const LIST_MAX: usize = 32_768;

/// A list that comes in pieces.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pieces {
    /// What joins them; 0 while there are none.
    unit: u8,
    /// The list and its index.
    list: u32,
    /// The carrier's tag when they began: another one says that data was lost since.
    tag: u64,
}

/// Reads a list or its piece. Request: list, index; for a further piece nothing. Answer: list,
/// index, bytes of a record, number of records, records; a further piece goes on where the one
/// before ended.
pub(super) fn say<'p>(flow: &mut Flow, cx: &mut Cx<'_>, op: &mut Op<'p>, part: &Part<'p>) {
    let start = part.content.first_chunk::<4>().map(|list| u32::from_be_bytes(*list));
    if op.role == Role::Request {
        op.args = Some(match (part.head.long, start) {
            (true, _) => args(flow.pieces.list, 1),
            (false, list) => args(list.unwrap_or(0), 0),
        });
        cx.op(op);
        return;
    }
    let asked = op.tx.and_then(|tx| cx.pending(tx)).map(|asked| asked.args);
    let further = asked.map(|[_, _, further, _]| further == 1);
    let joined = flow.pieces.unit != 0
        && flow.pieces.unit == part.head.unit
        && flow.pieces.tag == cx.tag()
        && further != Some(false)
        && cx.stashed() > 0;
    if !joined {
        cx.drop_stash();
        flow.pieces = Pieces::default();
    }
    // The first piece was not seen when it was a further one that was asked for, or when this is
    // the last of several.
    let further = further == Some(true);
    let headless = !joined && (further || (part.head.unit != 0 && !part.head.more));
    let list = if joined { flow.pieces.list } else { start.unwrap_or(0) };
    op.args = if headless { asked } else { Some(args(list, u64::from(joined))) };
    cx.op(op);
    if headless {
        return;
    }
    if !joined && !part.head.more {
        read(cx, part.content, part);
        return;
    }
    flow.pieces = Pieces::default();
    if !cx.stash(part.content, LIST_MAX) {
        return;
    }
    if part.head.more {
        flow.pieces = Pieces { unit: part.head.unit, list, tag: cx.tag() };
    } else {
        cx.with_stash(|cx, bytes| read(cx, bytes, part));
    }
}

/// List, index, and whether this is about a further piece.
fn args(list: u32, further: u64) -> [u64; 4] {
    [u64::from(list >> 16), u64::from(list & 0xffff), further, 0]
}

/// A whole list.
fn read(cx: &mut Cx<'_>, content: &[u8], part: &Part<'_>) {
    let mut at = Cursor::new(content);
    let (Some(id), Some(index), Some(size), Some(count)) =
        (at.be16(), at.be16(), at.be16(), at.be16())
    else {
        return;
    };
    // The lowest byte is the list, the rest says of which parts of it this is an extract. An
    // extract with the highest four bits 0 is about the central unit.
    let record: fn(&mut Cx<'_>, &[u8]) = match (id & 0xff, id >> 8 & 15, index) {
        (0x11, 0 | 1, _) => module,
        (0x1c, 0..=2, _) => component,
        (0x24, 4, _) => mode,
        (0x32, 1, 4) => protection,
        _ => return,
    };
    if size == 0 {
        return;
    }
    let records = at.rest().chunks_exact(usize::from(size)).take(usize::from(count));
    if records.len() < usize::from(count) {
        part.message.broken(cx, spec::BAD_LIST, content);
    }
    for bytes in records {
        record(cx, bytes);
    }
}

/// Record of list 0x11: index, order number, module type, version in two words.
fn module(cx: &mut Cx<'_>, record: &[u8]) {
    let mut at = Cursor::new(record);
    let (Some(index), Some(order), Some(_)) = (at.be16(), at.take(20), at.be16()) else { return };
    let Some(&[first, second, third, fourth]) = at.chunk() else { return };
    // A letter, then numbers: `V3.2.6`.
    let letter = char::from(first);
    let lettered = letter.is_ascii_alphabetic();
    let version = line!("{letter}{second}.{third}.{fourth}");
    let plain = line!("{}", u16::from_be_bytes([first, second]));
    // 0 is no version.
    let plain = if (first, second) == (0, 0) { &[] } else { plain.bytes() };
    match index {
        1 => {
            cx.attr(spec::ORDER_NUMBER, order);
            cx.attr(spec::HARDWARE, plain);
        }
        6 => {
            cx.attr(spec::BASIC_ORDER_NUMBER, order);
            cx.attr(spec::BASIC_HARDWARE, plain);
        }
        7 if lettered => cx.attr(spec::FIRMWARE, version.bytes()),
        _ if !is_text(order) => {}
        // The boot loader and what else has a name instead of an order number.
        _ => {
            let name = core::str::from_utf8(order).unwrap_or("").trim_end();
            if lettered && !name.is_empty() {
                let text = core::str::from_utf8(version.bytes()).unwrap_or("");
                cx.attr(spec::EXTENSION, line!("{name} {text}").bytes());
            } else {
                cx.attr(spec::EXTENSION, name.as_bytes());
            }
        }
    }
}

/// Record of list 0x1c: index, text.
fn component(cx: &mut Cx<'_>, record: &[u8]) {
    let mut at = Cursor::new(record);
    let Some(index) = at.be16() else { return };
    // The upper byte counts the central units of a redundant station.
    let attribute: &'static AttrSpec = match index & 0xff {
        1 => spec::SYSTEM_NAME,
        2 => spec::MODULE_NAME,
        3 => spec::PLANT,
        4 => spec::COPYRIGHT,
        5 => spec::SERIAL,
        7 => spec::MODEL,
        8 => spec::CARD,
        9 => {
            // Number of the maker in the PROFIBUS and PROFINET organisation's list.
            match at.be16() {
                Some(42) => cx.attr(spec::MAKER, b"Siemens"),
                Some(number @ 1..) => cx.attr(spec::MAKER, line!("{number}").bytes()),
                _ => {}
            }
            return;
        }
        10 => spec::OEM,
        11 => spec::LOCATION,
        _ => return,
    };
    // Names have 24 characters, most others 32 with fill bytes behind a NUL.
    let text = until_nul(at.rest());
    cx.attr(attribute, text);
}

fn state(name: &'static [u8]) -> Target<'static> {
    Target { area: address::STATE, index: 0, count: 1, extra: 0, name }
}

/// Record of list 0x24, extract 4: event, a byte, state in the lowest four bits.
fn mode(cx: &mut Cx<'_>, record: &[u8]) {
    let Some(byte) = record.get(3) else { return };
    let text: &[u8] = match byte & 15 {
        1 => b"stop (update)",
        2 => b"stop (memory reset)",
        3 => b"stop (self-initialisation)",
        4 => b"stop",
        5 => b"cold or warm restart",
        7 => b"hot restart",
        8 => b"run",
        9 => b"run (redundant)",
        10 => b"hold",
        11 => b"link-up",
        12 => b"update",
        13 => b"defective",
        14 => b"self-test",
        15 => b"no power",
        _ => return,
    };
    cx.item(state(b"operating_mode"), Value::Text(text));
}

/// Record of list 0x32, index 4: index, protection by the mode selector, by a password, valid
/// level, position of the mode selector.
fn protection(cx: &mut Cx<'_>, record: &[u8]) {
    let mut at = Cursor::new(record);
    let (Some(_), Some(_), Some(_), Some(level), Some(selector)) =
        (at.be16(), at.be16(), at.be16(), at.be16(), at.be16())
    else {
        return;
    };
    cx.item(state(b"protection_level"), Value::Uint(u64::from(level)));
    let text: &[u8] = match selector {
        1 => b"run",
        2 => b"run-p",
        3 => b"stop",
        4 => b"memory reset",
        _ => return,
    };
    cx.item(state(b"mode_selector"), Value::Text(text));
}
