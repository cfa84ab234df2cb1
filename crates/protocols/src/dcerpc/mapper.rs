//! The endpoint mapper: where an interface listens. C706 appendix L (towers) and O.
//!
//! PROFINET devices answer with a line that names them. IEC 61158-6-10:2019 §4.10.3.

use super::wire::Order;
use super::{connectionless, name_of, spec};
use crate::common::text::Line;
use crate::line;
use decode::Cursor;
use dissect::Cx;
use vocab::{Subject, Target, Value};

/// Calls of the mapper.
const LOOKUP: u16 = 2;
const MAP: u16 = 3;
/// Most entries of one answer that are read.
const ENTRIES_MAX: u32 = 64;

/// Says a call of the mapper or its answer; what cannot be read is left out.
pub(super) fn say(cx: &mut Cx<'_>, order: Order, call: u16, answer: bool, body: &[u8]) {
    let at = Cursor::new(body);
    let _end = match (call, answer) {
        (LOOKUP, true) => entries(cx, order, at),
        (MAP, true) => towers(cx, order, at),
        _ => None,
    };
}

/// Entries: object, tower, annotation.
fn entries(cx: &mut Cx<'_>, order: Order, mut at: Cursor<'_>) -> Option<()> {
    // Context handle, count, then the array's own size, offset and count.
    at.skip(20)?;
    let count = order.u32(&mut at)?;
    at.skip(12)?;
    for _ in 0..count.min(ENTRIES_MAX) {
        let object = order.uuid(&mut at)?;
        at.skip(8)?;
        let length = vocab::sat_usize(u64::from(order.u32(&mut at)?));
        let annotation = at.take(length)?;
        at.take_up_to(length.wrapping_neg() & 3);
        if object >> 48 == 0xdea0_0000_6c97_11d1_8271 {
            connectionless::say_object(cx, Subject::Sender, object);
            device(cx, annotation);
        }
    }
    Some(())
}

/// 25 characters device type, 20 order identifier, 5 hardware revision, 1 and 9 software
/// revision, blanks between the first four. IEC 61158-6-10:2019 §4.10.3.
fn device(cx: &mut Cx<'_>, line: &[u8]) {
    let column = |from: usize, to: usize| line.get(from..to).unwrap_or(&[]);
    cx.attr(spec::STATION_TYPE, column(0, 25));
    cx.attr(spec::ORDER, column(26, 46));
    cx.attr(spec::HARDWARE, column(47, 52));
    let number = |from: usize| {
        let digits = column(from, from.saturating_add(3));
        core::str::from_utf8(digits).ok()?.trim().parse::<u8>().ok()
    };
    if let (&[prefix], Some(a), Some(b), Some(c)) =
        (column(53, 54), number(54), number(57), number(60))
    {
        cx.attr(spec::FIRMWARE, line!("{}{a}.{b}.{c}", char::from(prefix)).bytes());
    }
}

/// Towers of an answer to a map call: the interface with the port where it listens.
fn towers(cx: &mut Cx<'_>, order: Order, mut at: Cursor<'_>) -> Option<()> {
    at.skip(20)?;
    let count = order.u32(&mut at)?.min(ENTRIES_MAX);
    at.skip(12)?;
    // One reference each, then the towers themselves.
    at.skip(vocab::sat_usize(u64::from(count).saturating_mul(4)))?;
    for _ in 0..count {
        at.skip(4)?;
        let length = vocab::sat_usize(u64::from(order.u32(&mut at)?));
        tower(cx, at.take(length)?);
        at.take_up_to(length.wrapping_neg() & 3);
    }
    Some(())
}

/// Floors: protocol on the left, address on the right; lengths and identifiers low byte first.
fn tower(cx: &mut Cx<'_>, bytes: &[u8]) -> Option<()> {
    let mut at = Cursor::new(bytes);
    let little = Order { little: true };
    let mut interface = None;
    for _ in 0..at.le16()? {
        let length = usize::from(at.le16()?);
        let mut left = Cursor::new(at.take(length)?);
        let length = usize::from(at.le16()?);
        let right = at.take(length)?;
        match (left.u8()?, right) {
            (0x0d, _) if interface.is_none() => interface = little.uuid(&mut left),
            (0x07, [high, low]) => listens(cx, interface?, "tcp", [*high, *low]),
            (0x08, [high, low]) => listens(cx, interface?, "udp", [*high, *low]),
            _ => {}
        }
    }
    Some(())
}

fn listens(cx: &mut Cx<'_>, interface: u128, transport: &str, port: [u8; 2]) {
    let mut text = Line::default();
    let name = name_of(interface, &mut text);
    let value = line!("{transport}/{}", u16::from_be_bytes(port));
    let target = Target { area: spec::ENDPOINT, index: 0, count: 1, extra: 0, name };
    cx.item(target, Value::Text(value.bytes()));
}
