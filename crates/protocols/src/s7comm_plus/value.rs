//! Numbers of variable length, and values behind flags and type.

use decode::Cursor;
use vocab::{Ts, Value};

/// Structures inside each other.
const DEPTH_MAX: u8 = 8;

/// A number in groups of seven bits, highest first; the highest bit of a byte says that another
/// follows. At most five bytes.
pub(super) fn number(at: &mut Cursor<'_>) -> Option<u32> {
    let mut number = 0u32;
    for _ in 0..5 {
        let byte = at.u8()?;
        number = number << 7 | u32::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(number)
}

/// The same with up to nine bytes, of which the ninth has eight bits.
pub(super) fn long(at: &mut Cursor<'_>) -> Option<u64> {
    let mut number = 0u64;
    for _ in 0..8 {
        let byte = at.u8()?;
        number = number << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    Some(number << 8 | u64::from(at.u8()?))
}

/// The signed form: bit 6 of the first byte is the sign.
fn signed(at: &mut Cursor<'_>) -> Option<i64> {
    let first = at.peek()?;
    let start = *at;
    let number = long(at)?;
    if first & 0x40 == 0 {
        return Some(i64::from_ne_bytes(number.to_ne_bytes()));
    }
    // The bits above those sent are ones.
    let bytes = start.len().saturating_sub(at.len());
    let sent = if bytes == 9 { 64 } else { u32::try_from(bytes).unwrap_or(8).saturating_mul(7) };
    let above = u64::MAX.checked_shl(sent).unwrap_or(0);
    Some(i64::from_ne_bytes((number | above).to_ne_bytes()))
}

/// A value: flags, type, content. Arrays, structures and unknown contents come as their bytes.
/// `None` when it is not all there or its type is unknown.
pub(super) fn read<'p>(at: &mut Cursor<'p>) -> Option<Value<'p>> {
    nested(at, 0)
}

fn nested<'p>(at: &mut Cursor<'p>, depth: u8) -> Option<Value<'p>> {
    let (flags, kind) = (at.u8()?, at.u8()?);
    let start = at.rest();
    let left = at.len();
    if flags & 0x70 == 0 {
        return scalar(at, kind, depth);
    }
    if flags & 0x40 != 0 {
        // Sparse array: key and element until a key of 0.
        while number(at)? != 0 {
            scalar(at, kind, depth)?;
        }
    } else {
        let count = number(at)?;
        for _ in 0..count {
            let before = at.len();
            scalar(at, kind, depth)?;
            // Elements without bytes would go on for ever.
            if at.len() == before {
                return None;
            }
        }
    }
    Some(Value::Bytes(start.get(..left.saturating_sub(at.len())).unwrap_or(&[])))
}

/// One value of a type.
fn scalar<'p>(at: &mut Cursor<'p>, kind: u8, depth: u8) -> Option<Value<'p>> {
    Some(match kind {
        0x00 => Value::None,
        0x01 => Value::Bool(at.u8()? != 0),
        0x02 | 0x0a => Value::Uint(u64::from(at.u8()?)),
        0x03 | 0x0b => Value::Uint(u64::from(at.be16()?)),
        0x04 | 0x13 | 0x16 => Value::Uint(u64::from(number(at)?)),
        0x05 => Value::Uint(long(at)?),
        0x06 => Value::Int(i64::from(i8::from_be_bytes(*at.chunk()?))),
        0x07 => Value::Int(i64::from(i16::from_be_bytes(*at.chunk()?))),
        0x08 | 0x09 | 0x11 => Value::Int(signed(at)?),
        0x0c | 0x12 => Value::Uint(u64::from(at.be32()?)),
        0x0d => Value::Uint(at.be64()?),
        0x0e => Value::Real(f64::from(f32::from_bits(at.be32()?))),
        0x0f => Value::Real(f64::from_bits(at.be64()?)),
        0x10 => Value::Time(Ts(vocab::sat_i64(at.be64()?))),
        // Blobs of a root object have a form of their own.
        0x14 => {
            number(at).filter(|root| *root == 0)?;
            let length = number(at)?;
            Value::Bytes(at.take(vocab::sat_usize(u64::from(length)))?)
        }
        0x15 => {
            let length = number(at)?;
            Value::Text(at.take(vocab::sat_usize(u64::from(length)))?)
        }
        0x17 if depth < DEPTH_MAX => return structure(at, depth),
        _ => return None,
    })
}

/// A structure: number, then members until one of number 0. Some numbers mean that the content
/// is packed: time, flags, length, bytes.
fn structure<'p>(at: &mut Cursor<'p>, depth: u8) -> Option<Value<'p>> {
    let whole = at.rest();
    let left = at.len();
    let id = at.be32()?;
    if matches!(id >> 24, 0x02 | 0x90..=0x9f) {
        at.skip(8)?;
        let flags = number(at)?;
        let mut length = number(at)?;
        if flags & 0x400 != 0 {
            length = number(at)?;
        }
        at.skip(vocab::sat_usize(u64::from(length)))?;
    } else {
        while number(at)? != 0 {
            nested(at, depth.saturating_add(1))?;
        }
    }
    Some(Value::Bytes(whole.get(..left.saturating_sub(at.len())).unwrap_or(&[])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_variable_length() {
        assert_eq!(number(&mut Cursor::new(&[0x82, 0x32])), Some(306));
        assert_eq!(number(&mut Cursor::new(&[0x88, 0xd0, 0xb8, 0x80, 0x06])), Some(0x8a0e_0006));
        assert_eq!(long(&mut Cursor::new(&[0xff; 9])), Some(u64::MAX));
        assert_eq!(number(&mut Cursor::new(&[0x80])), None);
        // -1234567 and -255, long and short.
        let of = |bytes: &[u8]| signed(&mut Cursor::new(bytes));
        assert_eq!(of(&[0xff, 0xb4, 0xd2, 0x79]), Some(-1_234_567));
        assert_eq!(of(&[0xfe, 0x01]), Some(-255));
        assert_eq!(of(&[0x3f]), Some(63));
        assert_eq!(of(&[0x7f]), Some(-1));
    }

    #[test]
    fn values_behind_flags_and_type() {
        let of = |bytes: &[u8]| read(&mut Cursor::new(bytes)).is_some();
        assert!(of(&[0x00, 0x17, 0, 0, 1, 0x3a, 0x82, 0x3b, 0, 4, 0x84, 0, 0]));
        assert!(of(&[0x20, 0x04, 2, 1, 2]));
        assert!(!of(&[0x10, 0x00, 0x8f, 0xff, 0x7f]), "elements without bytes");
        assert!(!of(&[0x00, 0x15, 5, b'a']), "text is not all there");
    }
}
