//! Elementary data types. CIP Vol 1 App. C, §C-6.1.

use vocab::Value;

/// Type of a structure in tag services, its handle behind it. 1756-PM020, Tag Type.
pub(super) const STRUCTURE: u16 = 0x02a0;
/// Handle of the predefined string structure: a 32-bit length and 82 characters.
pub(super) const STRING_HANDLE: u16 = 0x0fce;

/// Bytes of an element of a type; `None` for types without a fixed size.
pub(super) const fn size(kind: u16) -> Option<usize> {
    Some(match kind {
        0xc1 | 0xc2 | 0xc6 | 0xd1 => 1,
        0xc3 | 0xc7 | 0xd2 | 0xcd | 0xd8 => 2,
        0xc4 | 0xc8 | 0xca | 0xd3 | 0xcc | 0xce | 0xd6 | 0xdb => 4,
        0xc5 | 0xc9 | 0xcb | 0xd4 | 0xd7 => 8,
        _ => return None,
    })
}

/// The type has a number of its own in the standard.
pub(super) const fn is_type(kind: u16) -> bool {
    matches!(kind, 0xc1..=0xde | STRUCTURE)
}

/// The value of an element.
pub(super) fn value(kind: u16, bytes: &[u8]) -> Value<'_> {
    let uint = bytes.iter().rev().fold(0u64, |n, b| n << 8 | u64::from(*b));
    match (kind, bytes) {
        (0xc1, _) => Value::Bool(uint != 0),
        (0xc2, &[b]) => Value::Int(i64::from(i8::from_le_bytes([b]))),
        (0xc3 | 0xd8, &[a, b]) => Value::Int(i64::from(i16::from_le_bytes([a, b]))),
        (0xc4 | 0xcc | 0xd6 | 0xdb, &[a, b, c, d]) => {
            Value::Int(i64::from(i32::from_le_bytes([a, b, c, d])))
        }
        (0xc5 | 0xd7, &[a, b, c, d, e, f, g, h]) => {
            Value::Int(i64::from_le_bytes([a, b, c, d, e, f, g, h]))
        }
        (0xca, &[a, b, c, d]) => Value::Real(f64::from(f32::from_le_bytes([a, b, c, d]))),
        (0xcb, &[a, b, c, d, e, f, g, h]) => {
            Value::Real(f64::from_le_bytes([a, b, c, d, e, f, g, h]))
        }
        (0xc6..=0xc9 | 0xcd | 0xce | 0xd1..=0xd4, _) => Value::Uint(uint),
        _ => Value::Bytes(bytes),
    }
}

/// A number of up to eight bytes, low byte first.
pub(super) fn uint(bytes: &[u8]) -> u64 {
    bytes.iter().take(8).rev().fold(0u64, |n, b| n << 8 | u64::from(*b))
}
