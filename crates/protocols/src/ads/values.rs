//! Places with their values.

use super::spec;
use vocab::{Target, Value};

/// A place by index group and offset.
pub(super) fn place(group: u32, offset: u32, length: u32) -> Target<'static> {
    let area = match group {
        0xf005 | 0xf006 => spec::SYMBOL_HANDLE,
        _ => spec::PLACE,
    };
    Target { area, index: u64::from(offset), count: length, extra: group, name: &[] }
}

/// A number of 1, 2, 4 or 8 bytes, low byte first; else the bytes.
pub(super) fn value(bytes: &[u8]) -> Value<'_> {
    match bytes.len() {
        0 => Value::None,
        1 | 2 | 4 | 8 => Value::Uint(bytes.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b))),
        _ => Value::Bytes(bytes),
    }
}
