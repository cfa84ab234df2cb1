//! Functions with the addresses and values that they carry. Numbers are little-endian.

use super::{identity, spec};
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Target, Value};

/// Says a request with what it touches.
pub(super) fn request<'p>(cx: &mut Cx<'_>, mut op: Op<'p>, function: u8, data: &'p [u8]) {
    let tag = cx.tag();
    let mut at = Cursor::new(data);
    match function {
        0x10 => {
            cx.op(&op);
            identity::owner(cx, data);
        }
        0x20 | 0x21 => memory(cx, &mut op, at),
        0x22 | 0x23 => variables(cx, &mut op, function, data),
        0x24 | 0x25 => {
            op.args = at.u8().map(|count| [u64::from(count), 0, 0, 0]);
            cx.op(&op);
            places(cx, function, data);
        }
        0x31 | 0x34 => {
            let block = at.skip(2).and_then(|()| at.le16());
            let bytes = if function == 0x31 { at.le16() } else { None };
            op.args = block.map(|block| [u64::from(block), bytes.map_or(0, u64::from), 0, 0]);
            cx.op(&op);
            if let Some(block) = block {
                cx.item(target(spec::PROJECT, u64::from(block), 1, 0), bytes_value(at.rest()));
            }
        }
        0x50 => {
            op.sub = op.sub.or_else(|| forcing(data));
            cx.op(&op);
        }
        _ => {
            if !data.is_empty() {
                op.value = Value::Bytes(data);
            }
            cx.op(&op);
        }
    }
    // Values in the answer stand in the order of the request.
    if function == 0x22 {
        cx.note(tag, data);
    }
}

fn target(area: &'static vocab::Area, index: u64, count: u32, extra: u32) -> Target<'static> {
    Target { area, index, count, extra, name: &[] }
}

fn bytes_value(bytes: &[u8]) -> Value<'_> {
    if bytes.is_empty() { Value::None } else { Value::Bytes(bytes) }
}

fn bad(cx: &mut Cx<'_>, data: &[u8]) {
    if !cx.cut() {
        cx.fault(spec::BAD_BODY, data);
    }
}

/// Range, block, offset, a word of unknown meaning, number of bytes; data when written.
fn memory(cx: &mut Cx<'_>, op: &mut Op<'_>, mut at: Cursor<'_>) {
    let parsed = (|| Some((at.u8()?, at.le16()?, at.le16()?, at.le16()?, at.le16()?)))();
    let Some((range, block, offset, _, bytes)) = parsed else {
        cx.op(op);
        bad(cx, at.all());
        return;
    };
    op.args = Some([u64::from(range), u64::from(block), u64::from(offset), u64::from(bytes)]);
    cx.op(op);
    let extra = u32::from(range) << 16 | u32::from(block);
    let place = target(spec::BLOCKS, u64::from(offset), u32::from(bytes), extra);
    cx.item(place, bytes_value(at.rest()));
}

/// A variable: kind (high half: an array; low half: size), block, 1, base, offset, length of an
/// array.
struct Variable {
    block: u16,
    address: u64,
    count: u16,
    size: usize,
}

impl Variable {
    fn read(at: &mut Cursor<'_>) -> Option<Self> {
        let kind = at.u8()?;
        let block = at.le16()?;
        at.skip(1)?;
        let (base, offset) = (at.le16()?, at.u8()?);
        let array = kind >> 4 != 0;
        let count = if array { at.le16()? } else { 1 };
        // Sizes: 1 is a byte, 2 a word, 3 a double word, 4 eight bytes.
        let each = match kind & 0x0f {
            0 | 1 => 1usize,
            2 => 2,
            3 => 4,
            _ => 8,
        };
        let address = u64::from(base).saturating_add(u64::from(offset));
        Some(Self { block, address, count, size: each.saturating_mul(usize::from(count)) })
    }

    fn target(&self) -> Target<'static> {
        target(spec::VARIABLE, self.address, u32::from(self.count), u32::from(self.block))
    }
}

/// A number of 1, 2, 4 or 8 bytes, low byte first; else, and for arrays, the bytes.
fn number(bytes: &[u8], count: u16) -> Value<'_> {
    match bytes.len() {
        _ if count > 1 => Value::Bytes(bytes),
        1 | 2 | 4 | 8 => Value::Uint(bytes.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b))),
        0 => Value::None,
        _ => Value::Bytes(bytes),
    }
}

/// Checksum of the project, number of variables, variables; each with its value when written.
fn variables(cx: &mut Cx<'_>, op: &mut Op<'_>, function: u8, data: &[u8]) {
    let mut at = Cursor::new(data);
    let (Some(crc), Some(count)) = (at.le32(), at.u8()) else {
        cx.op(op);
        return bad(cx, data);
    };
    op.args = Some([u64::from(crc), u64::from(count), 0, 0]);
    cx.op(op);
    for _ in 0..count {
        let Some(variable) = Variable::read(&mut at) else { return bad(cx, data) };
        let value = match function {
            0x23 => number(at.take_up_to(variable.size), variable.count),
            _ => Value::None,
        };
        cx.item(variable.target(), value);
    }
}

/// Number of places, each with kind (0 coil, 1 register), two bytes of unknown meaning, number and
/// count. Values of a writing request stand behind the places.
fn places(cx: &mut Cx<'_>, function: u8, data: &[u8]) {
    let mut at = Cursor::new(data);
    let Some(count) = at.u8() else { return bad(cx, data) };
    for _ in 0..count {
        let parsed = (|| {
            let kind = at.u8()?;
            at.skip(2)?;
            Some((kind, at.le16()?, at.le16()?))
        })();
        let Some((kind, first, count)) = parsed else {
            // Only the reading form is known for certain.
            if function == 0x24 {
                bad(cx, data);
            }
            return;
        };
        let area = if kind == 0 { spec::COILS } else { spec::REGISTERS };
        cx.item(target(area, u64::from(first), u32::from(count), 0), Value::None);
    }
}

/// What a monitoring request does to an output, if it is one that forces: the action stands in a
/// fixed frame.
fn forcing(data: &[u8]) -> Option<u16> {
    data.windows(7).find_map(|window| match window {
        &[0x0b, 0x00, 0x01, action @ 2..=4, 0x05, 0x01, 0x04] => Some(u16::from(action)),
        _ => None,
    })
}

/// The value of an answer as a whole.
pub(super) fn answered(function: u32, data: &[u8]) -> Value<'_> {
    match function {
        // Memory and variables are said with their places.
        0x20 | 0x22 => Value::None,
        _ => bytes_value(data),
    }
}

/// What an answer read, with the places of its request: its arguments, and for variables the
/// request itself.
pub(super) fn answer_items(
    cx: &mut Cx<'_>,
    function: u32,
    args: [u64; 4],
    noted: &[u8],
    data: &[u8],
) {
    let mut at = Cursor::new(data);
    match function {
        0x20 => {
            let [range, block, offset, _] = args;
            let Some(bytes) = at.skip(1).and_then(|()| at.le16()) else { return bad(cx, data) };
            let extra = vocab::low_u32(range << 16 | block);
            let place = target(spec::BLOCKS, offset, u32::from(bytes), extra);
            cx.item(place, bytes_value(at.take_up_to(usize::from(bytes))));
        }
        0x22 => {
            let mut asked = Cursor::new(noted);
            let Some(count) = asked.skip(4).and_then(|()| asked.u8()) else { return };
            for _ in 0..count {
                let Some(variable) = Variable::read(&mut asked) else { return };
                let Some(bytes) = at.take(variable.size) else { return };
                cx.item(variable.target(), number(bytes, variable.count));
            }
        }
        0x34 => {
            let [block, ..] = args;
            cx.item(target(spec::PROJECT, block, 1, 0), Value::None);
        }
        _ => {}
    }
}
