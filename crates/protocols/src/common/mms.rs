//! Data values as MMS and GOOSE encode them. ISO 9506-2 §14.4.2 Data, IEC 61850-8-1:2011 §8.1.3.

use crate::common::ber::{self, Tlv};
use decode::Cursor;
use vocab::{Ts, Value};

/// Structures inside structures; IEC 61850 nests less.
const DEPTH_MAX: usize = 6;

/// Calls `say` for each leaf of a data value, in order, with the leaf's number from 0 on.
/// Elements nested too deep are left out.
pub fn leaves<'p>(data: &Tlv<'p>, say: &mut dyn FnMut(u32, &Tlv<'p>)) {
    let mut count = 0u32;
    walk(data, DEPTH_MAX, &mut count, say);
}

fn walk<'p>(data: &Tlv<'p>, depth: usize, count: &mut u32, say: &mut dyn FnMut(u32, &Tlv<'p>)) {
    if !data.is_constructed() {
        say(*count, data);
        *count = count.saturating_add(1);
        return;
    }
    if let Some(depth) = depth.checked_sub(1) {
        ber::each(data.content).for_each(|inner| walk(&inner, depth, count, say));
    }
}

/// A leaf's value by its context tag. ISO 9506-2 §14.4.2.
pub fn value<'p>(tlv: &Tlv<'p>) -> Value<'p> {
    let content = tlv.content;
    match tlv.number {
        3 => Value::Bool(content.iter().any(|b| *b != 0)),
        4 => bits(content),
        5 => tlv.int().map_or(Value::Bytes(content), Value::Int),
        6 => tlv.uint().map_or(Value::Bytes(content), Value::Uint),
        7 => real(content),
        10 | 16 => Value::Text(content),
        12 => binary_time(content),
        17 => utc_time(content),
        _ => Value::Bytes(content),
    }
}

/// A bit string: the first byte says how many bits of the last one are unused. X.690 §8.6.
pub fn bits(content: &[u8]) -> Value<'_> {
    let Some((unused, bits)) = content.split_first() else { return Value::None };
    let all = vocab::sat_u32(bits.len().saturating_mul(8));
    Value::BitString(bits, all.saturating_sub(u32::from(*unused)))
}

/// One bit of a bit string; bits that are not there are false.
pub fn bit(content: &[u8], number: usize) -> bool {
    let byte = content.get((number >> 3).saturating_add(1)).copied().unwrap_or(0);
    byte & 0x80_u8.wrapping_shr(vocab::sat_u32(number & 7)) != 0
}

/// Exponent width, then an IEEE 754 number. ISO 9506-2 FloatingPoint.
fn real(content: &[u8]) -> Value<'_> {
    match *content {
        [8, a, b, c, d] => Value::Real(f64::from(f32::from_be_bytes([a, b, c, d]))),
        [11, a, b, c, d, e, f, g, h] => Value::Real(f64::from_be_bytes([a, b, c, d, e, f, g, h])),
        _ => Value::Bytes(content),
    }
}

/// Seconds, a 24-bit fraction, quality. IEC 61850-8-1:2011 §8.1.3.7.
pub fn utc_time(content: &[u8]) -> Value<'_> {
    let [a, b, c, d, e, f, g, _quality] = *content else { return Value::None };
    let seconds = i64::from(u32::from_be_bytes([a, b, c, d]));
    let fraction = u64::from(u32::from_be_bytes([0, e, f, g]));
    let nanos = fraction.saturating_mul(1_000_000_000) >> 24;
    Value::Time(Ts::new(seconds, vocab::low_u32(nanos)))
}

/// Milliseconds of the day, days since 1984-01-01. ISO 9506-2 TimeOfDay.
pub fn binary_time(content: &[u8]) -> Value<'_> {
    let [a, b, c, d, days_high, days_low] = *content else { return Value::Bytes(content) };
    let ms = u32::from_be_bytes([a, b, c, d]);
    let days = i64::from(u16::from_be_bytes([days_high, days_low]));
    // 5,113 days lie between 1970 and 1984.
    let seconds = days.saturating_add(5_113).saturating_mul(86_400);
    let seconds = seconds.saturating_add(i64::from(ms / 1_000));
    Value::Time(Ts::new(seconds, (ms % 1_000).saturating_mul(1_000_000)))
}

/// The elements of an encoded list of data, until one is not all there; the rest is left in `at`.
pub fn entries<'p>(at: &mut Cursor<'p>) -> impl Iterator<Item = Tlv<'p>> {
    core::iter::from_fn(move || if at.is_empty() { None } else { ber::next(at) })
}
