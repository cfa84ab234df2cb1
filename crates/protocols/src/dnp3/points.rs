//! Objects of fixed size: a value with its quality and time, a control with its outcome. IEEE
//! 1815-2012 Annex A.

use super::names::{control_status, quality};
use super::objects::Walk;
use super::sized;
use super::table::{self, Number, Shape, Stamp};
use crate::common::text::{Line, is_text};
use core::fmt::Write;
use decode::Cursor;
use dissect::Cx;
use vocab::{Status, Target, Ts, Value};

/// Says one object.
pub(super) fn say(
    walk: &mut Walk,
    cx: &mut Cx<'_>,
    target: Target<'_>,
    shape: Shape,
    object: &[u8],
) {
    if target.area.id == table::SECURITY.id {
        sized::say(walk, cx, target, object);
        return;
    }
    if shape == Shape::RelayBlock {
        relay_block(walk, cx, target, object);
        return;
    }
    if !cx.wants_values() {
        cx.item(target, Value::None);
        return;
    }
    let mut at = Cursor::new(object);
    let Some((value, status, stamp)) = read(walk, &mut at, shape) else { return };
    cx.item_status(target, value, status);
    if let Value::Time(time) = value
        && target.extra >> 8 == 51
    {
        walk.occurred = Some(time);
    }
    if let Some(time) = time(&mut at, stamp, walk.occurred) {
        let target = Target { extra: target.extra | table::TIME, ..target };
        cx.item(target, Value::Time(time));
    }
}

/// Value, quality or outcome, and the time that is still to be read.
fn read<'p>(walk: &Walk, at: &mut Cursor<'p>, shape: Shape) -> Option<(Value<'p>, Status, Stamp)> {
    let none = Status::None;
    Some(match shape {
        Shape::State(kind, stamp) => {
            let flags = at.u8()?;
            (Value::Bool(flags & 0x80 != 0), quality(flags, kind), stamp)
        }
        Shape::DoubleState(stamp) => {
            let flags = at.u8()?;
            let state = Value::Uint(u64::from(flags >> 6));
            (state, quality(flags, super::names::Flags::Binary), stamp)
        }
        Shape::Value(kind, encoding, stamp) => {
            let status = match kind {
                Some(kind) => quality(at.u8()?, kind),
                None => none,
            };
            (number(at, encoding)?, status, stamp)
        }
        Shape::Command(encoding) => {
            let value = number(at, encoding)?;
            let status = at.u8()?;
            let told = walk.is_response() || status != 0;
            (value, if told { control_status(status) } else { none }, Stamp::None)
        }
        Shape::CommandEvent(encoding, stamp) => {
            let status = control_status(at.u8()?);
            (number(at, encoding)?, status, stamp)
        }
        Shape::CommandState(stamp) => {
            let octet = at.u8()?;
            (Value::Bool(octet & 0x80 != 0), control_status(octet), stamp)
        }
        Shape::Time(_) => (Value::Time(absolute(at)?), none, Stamp::None),
        Shape::Statistic(stamp) => {
            let flags = at.u8()?;
            at.skip(2)?;
            let count = Value::Uint(u64::from(at.le32()?));
            (count, quality(flags, super::names::Flags::Counter), stamp)
        }
        Shape::Octets => (text_or_bytes(at.rest()), none, Stamp::None),
        _ => (Value::Bytes(at.rest()), none, Stamp::None),
    })
}

/// Text where it may be shown as such.
pub(super) fn text_or_bytes(bytes: &[u8]) -> Value<'_> {
    if is_text(bytes) { Value::Text(bytes) } else { Value::Bytes(bytes) }
}

/// A number, low byte first. §11.3.
fn number(at: &mut Cursor<'_>, encoding: Number) -> Option<Value<'static>> {
    Some(match encoding {
        Number::U8 => Value::Uint(u64::from(at.u8()?)),
        Number::U16 => Value::Uint(u64::from(at.le16()?)),
        Number::U32 => Value::Uint(u64::from(at.le32()?)),
        Number::I16 => Value::Int(i64::from(at.le16()?.cast_signed())),
        Number::I32 => Value::Int(i64::from(at.le32()?.cast_signed())),
        Number::F32 => Value::Real(f64::from(f32::from_bits(at.le32()?))),
        Number::F64 => Value::Real(f64::from_bits(at.le64()?)),
        Number::Bcd(bytes) => {
            let digits = at.take(usize::from(bytes))?.iter().rev();
            let digits = digits.flat_map(|byte| [byte >> 4, byte & 0x0f]);
            Value::Uint(
                digits.fold(0, |n: u64, digit| {
                    n.wrapping_mul(10).wrapping_add(u64::from(digit.min(9)))
                }),
            )
        }
    })
}

/// Milliseconds since 1970, 48 bits. §11.3.4.
pub(super) fn absolute(at: &mut Cursor<'_>) -> Option<Ts> {
    let [a, b, c, d, e, f] = *at.chunk::<6>()?;
    let milliseconds = i64::from_le_bytes([a, b, c, d, e, f, 0, 0]);
    Some(Ts(milliseconds.saturating_mul(1_000_000)))
}

/// The time behind a value; a relative one counts from the common time of occurrence.
fn time(at: &mut Cursor<'_>, stamp: Stamp, occurred: Option<Ts>) -> Option<Ts> {
    match stamp {
        Stamp::None => None,
        Stamp::Absolute => absolute(at),
        Stamp::Relative => {
            let later = i64::from(at.le16()?).saturating_mul(1_000_000);
            Some(Ts(occurred?.0.saturating_add(later)))
        }
    }
}

/// A control relay output block: what the relay does, which of a pair, how often, how long; in an
/// answer how that ended. A.8.1.
fn relay_block(walk: &Walk, cx: &mut Cx<'_>, target: Target<'_>, object: &[u8]) {
    let mut at = Cursor::new(object);
    let (Some(code), Some(count), Some(on), Some(off), Some(status)) =
        (at.u8(), at.u8(), at.le32(), at.le32(), at.u8())
    else {
        return;
    };
    let told = walk.is_response() || status != 0;
    let status = if told { control_status(status) } else { Status::None };
    let line = block_text(code, count, on, off);
    cx.item_status(target, Value::Text(line.bytes()), status);
}

/// `pulse_on close count=2 on=500ms off=100ms`.
fn block_text(code: u8, count: u8, on: u32, off: u32) -> Line<96> {
    let operation = match code & 0x0f {
        0 => "nul",
        1 => "pulse_on",
        2 => "pulse_off",
        3 => "latch_on",
        4 => "latch_off",
        _ => "undefined",
    };
    let relay = match code >> 6 {
        0 => "",
        1 => " close",
        2 => " trip",
        _ => " reserved",
    };
    let queue = if code & 0x10 == 0 { "" } else { " queue" };
    let clear = if code & 0x20 == 0 { "" } else { " clear" };
    let mut line = Line::default();
    // What does not fit is cut off; all of it fits.
    write!(line, "{operation}{relay}{queue}{clear} count={count} on={on}ms off={off}ms")
        .unwrap_or_default();
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_digits() {
        let value = number(&mut Cursor::new(&[0x34, 0x12]), Number::Bcd(2));
        assert_eq!(value, Some(Value::Uint(1234)));
    }

    #[test]
    fn blocks_in_words() {
        assert_eq!(block_text(0x41, 1, 100, 0).bytes(), b"pulse_on close count=1 on=100ms off=0ms");
        assert_eq!(
            block_text(0xb4, 0, 0, 0).bytes(),
            b"latch_off trip queue clear count=0 on=0ms off=0ms"
        );
        let longest = block_text(0xff, 255, u32::MAX, u32::MAX);
        assert!(longest.bytes().ends_with(b"ms"), "{longest:?}");
    }
}
