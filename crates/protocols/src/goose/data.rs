//! Data values as MMS and GOOSE encode them. ISO 9506-2 Data, IEC 61850-8-1:2011 §8.1.3.

use super::spec;
use crate::common::ber::{self, Tlv};
use decode::Cursor;
use dissect::Cx;
use vocab::{Target, Ts, Value};

/// Structures inside structures; IEC 61850 nests less.
const DEPTH_MAX: usize = 6;
/// Most leaves said of one message.
const LEAVES_MAX: u32 = 256;

/// Says the leaves of a data set in order; returns how many entries it has.
pub(super) fn say(cx: &mut Cx<'_>, all_data: &[u8]) -> u64 {
    let mut entries = 0u64;
    let mut leaf = 0u32;
    let mut at = Cursor::new(all_data);
    while !at.is_empty() {
        let Some(tlv) = ber::next(&mut at) else {
            if !cx.cut() {
                cx.fault(spec::BAD_DATA, at.rest());
            }
            break;
        };
        say_one(cx, &tlv, DEPTH_MAX, &mut leaf);
        entries = entries.saturating_add(1);
    }
    entries
}

fn say_one(cx: &mut Cx<'_>, tlv: &Tlv<'_>, depth: usize, leaf: &mut u32) {
    if tlv.is_constructed() {
        if let Some(depth) = depth.checked_sub(1) {
            ber::each(tlv.content).for_each(|inner| say_one(cx, &inner, depth, leaf));
        }
        return;
    }
    if *leaf >= LEAVES_MAX {
        return;
    }
    let target =
        Target { area: spec::ENTRY, index: u64::from(*leaf), count: 1, extra: 0, name: &[] };
    *leaf = leaf.saturating_add(1);
    cx.item(target, value(tlv));
}

/// A leaf's value by its context tag.
pub(super) fn value<'p>(tlv: &Tlv<'p>) -> Value<'p> {
    let content = tlv.content;
    match tlv.number {
        3 => Value::Bool(content.iter().any(|b| *b != 0)),
        4 => match content.split_first() {
            // The first byte says how many bits of the last one are unused.
            Some((unused, bits)) => {
                let all = vocab::sat_u32(bits.len().saturating_mul(8));
                Value::BitString(bits, all.saturating_sub(u32::from(*unused)))
            }
            None => Value::None,
        },
        5 => tlv.int().map_or(Value::Bytes(content), Value::Int),
        6 => tlv.uint().map_or(Value::Bytes(content), Value::Uint),
        7 => real(content),
        10 | 16 => Value::Text(content),
        17 => utc_time(content),
        _ => Value::Bytes(content),
    }
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
pub(super) fn utc_time(content: &[u8]) -> Value<'_> {
    let [a, b, c, d, e, f, g, _quality] = *content else { return Value::None };
    let seconds = i64::from(u32::from_be_bytes([a, b, c, d]));
    let fraction = u64::from(u32::from_be_bytes([0, e, f, g]));
    let nanos = fraction.saturating_mul(1_000_000_000) >> 24;
    Value::Time(Ts::new(seconds, vocab::low_u32(nanos)))
}
