//! Test functions of engineering tools: variable tables, forcing, jobs, and lists of blocks.

use super::address::{self, Address, kind};
use super::userdata::Part;
use super::wire::Unit;
use super::{jobs, spec, variables};
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Role, Status, Target, Value};

/// Group 1. A request has sizes, parameters and, for variables, a table; the station announces
/// what it finds.
pub(super) fn say<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, part: &Part<'p>) {
    op.args = Some([u64::from(part.head.sequence), 0, 0, 0]);
    let mut at = Cursor::new(part.content);
    let (Some(size), Some(_data)) = (at.be16(), at.be16()) else {
        cx.op(op);
        return;
    };
    let Some(parameters) = at.take(usize::from(size)) else {
        cx.op(op);
        part.message.broken(cx, spec::BAD_ITEM, part.content);
        return;
    };
    match (part.head.function, op.role) {
        (2 | 8 | 9, Role::Request) => table(cx, op, part, at),
        (2, Role::Event | Role::Response) => values(cx, op, part, at),
        (8 | 9, Role::Event | Role::Response) => results(cx, op, part, at),
        _ => jobs::say(cx, op, part, parameters, at),
    }
}

/// An entry of a variable table: area and size, repetition or bit, data block, start.
fn entry(at: &mut Cursor<'_>) -> Option<Address<'static>> {
    let (area, factor, block, start) = (at.u8()?, at.u8()?, at.be16()?, at.be16()?);
    let place = match area >> 4 {
        0 => 0x83,
        1 => 0x81,
        2 => 0x82,
        3 => 0x80,
        5 => 0x1d,
        6 => 0x1c,
        7 => 0x84,
        _ => 0,
    };
    let bits = u32::from(start) << 3;
    Some(match area & 15 {
        0 => Address::any(place, kind::BIT, 1, block, bits | u32::from(factor & 7)),
        1 => Address::any(place, kind::BYTE, u16::from(factor), block, bits),
        2 => Address::any(place, kind::WORD, u16::from(factor), block, bits),
        3 => Address::any(place, kind::DWORD, u16::from(factor), block, bits),
        // Timers and counters are counted, not addressed in bytes.
        _ if place == 0x1d => Address::any(place, kind::TIMER, 1, 0, u32::from(start)),
        _ => Address::any(place, kind::COUNTER, 1, 0, u32::from(start)),
    })
}

/// A variable table as request.
fn table<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, part: &Part<'p>, at: Cursor<'p>) {
    let count = at.rest().first_chunk().map_or(0, |count| u16::from_be_bytes(*count));
    op.args = Some([u64::from(part.head.sequence), u64::from(count), 0, 0]);
    cx.op(op);
    rows(cx, part, part.head.function, at);
}

/// Number of entries, entries; to modify and force, a data unit each.
pub(super) fn rows<'p>(cx: &mut Cx<'_>, part: &Part<'p>, function: u8, mut at: Cursor<'p>) {
    let count = at.be16().unwrap_or(0);
    let mut entries = Cursor::new(at.take_up_to(usize::from(count).saturating_mul(6)));
    for _ in 0..count {
        let Some(address) = entry(&mut entries) else {
            part.message.broken(cx, spec::BAD_ITEM, at.all());
            break;
        };
        let unit = if function == 2 { None } else { Unit::next(&mut at) };
        let value = unit.map_or(Value::None, |unit| {
            variables::value(address.kind, address.target.count, &unit)
        });
        cx.item(address.target, value);
    }
}

/// Number of entries, a data unit each. The table they belong to is not in the message.
fn values<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, part: &Part<'p>, mut at: Cursor<'p>) {
    let count = at.be16().unwrap_or(0);
    op.args = Some([u64::from(part.head.sequence), u64::from(count), 0, 0]);
    cx.op(op);
    for index in 0..count {
        let Some(unit) = Unit::next(&mut at) else {
            part.message.broken(cx, spec::BAD_ITEM, at.all());
            break;
        };
        variables::say(cx, u64::from(index), None, Some(&unit));
    }
}

/// Number of entries, a return code each.
fn results<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, part: &Part<'p>, mut at: Cursor<'p>) {
    let count = at.be16().unwrap_or(0);
    op.args = Some([u64::from(part.head.sequence), u64::from(count), 0, 0]);
    cx.op(op);
    for index in 0..count {
        let Some(code) = at.u8() else { break };
        let status = if code == 0xff { Status::Ok } else { Status::Error(u32::from(code)) };
        cx.item_status(Address::item(u64::from(index)).target, Value::None, status);
    }
}

/// A block type in two hexadecimal digits.
fn type_of(text: [u8; 2]) -> Option<u8> {
    let [high, low] = text.map(|digit| char::from(digit).to_digit(16));
    Some(vocab::low_u8(u64::from(high?) << 4 | u64::from(low?)))
}

/// Group 3, what blocks there are.
pub(super) fn blocks<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, part: &Part<'p>) {
    let asked = op.tx.and_then(|tx| cx.pending(tx)).map(|asked| asked.args);
    let content = part.content;
    match (part.head.function, op.role) {
        (1, Role::Response) => {
            cx.op(op);
            for entry in content.chunks_exact(4) {
                let [a, b, high, low] = *entry else { break };
                let Some(kind) = type_of([a, b]) else { break };
                let target = Target { count: 0, ..address::block(kind, 0) };
                cx.item(target, Value::Uint(u64::from(u16::from_be_bytes([high, low]))));
            }
        }
        (2, Role::Request) => {
            let kind = content.first_chunk::<2>().and_then(|text| type_of(*text)).unwrap_or(0);
            op.args = Some([u64::from(kind), 0, 0, 0]);
            cx.op(op);
        }
        (2, Role::Response) => {
            let [kind, ..] = asked.unwrap_or_default();
            op.args = asked;
            cx.op(op);
            // Number, flags, language.
            for entry in content.chunks_exact(4).filter(|_| kind != 0) {
                let [high, low, _, _] = *entry else { break };
                let number = u64::from(u16::from_be_bytes([high, low]));
                cx.item(address::block(vocab::low_u8(kind), number), Value::None);
            }
        }
        (3, Role::Request) => {
            // Type, five digits, file system.
            let kind = content.first_chunk::<2>().and_then(|text| type_of(*text)).unwrap_or(0);
            let number = content.get(2..7).and_then(|text| core::str::from_utf8(text).ok());
            let number = number.and_then(|text| text.parse().ok()).unwrap_or(0);
            op.args = Some([u64::from(kind), number, 0, 0]);
            cx.op(op);
            cx.item(address::block(kind, number), Value::None);
        }
        (3, Role::Response) => {
            op.args = asked;
            cx.op(op);
            info(cx, content);
        }
        _ => cx.op(op),
    }
}

/// A block's description: header, author, family, name, version.
fn info(cx: &mut Cx<'_>, content: &[u8]) {
    // Two bytes, length, three constants, a byte, flags; then language, sort, number.
    let mut at = Cursor::new(content);
    let Some(&[_language, sort]) = at.skip(10).and_then(|()| at.chunk()) else { return };
    let Some(number) = at.be16() else { return };
    cx.item(address::block(sort, u64::from(number)), Value::None);
    // Load memory, protection, time of code, time of interface, lengths of the parts.
    if at.skip(4 + 4 + 6 + 6 + 8).is_none() {
        return;
    }
    for spec in [spec::BLOCK_AUTHOR, spec::BLOCK_FAMILY, spec::BLOCK_NAME] {
        let Some(text) = at.chunk::<8>() else { return };
        cx.attr(spec, text);
    }
}
