//! Group 4 apart from the system status list: messages and alarms.

use super::address::Address;
use super::userdata::Part;
use super::variables::next_item;
use super::wire::Unit;
use super::{address, clock, spec};
use crate::common::text::until_nul;
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Role, Status, Target, Value};

fn alarm(number: u32) -> Target<'static> {
    Target { area: address::ALARM, index: u64::from(number), count: 1, extra: 0, name: &[] }
}

/// A message of this group.
pub(super) fn say<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, part: &Part<'p>) {
    match (part.head.function, op.role) {
        (2, Role::Request) => subscribe(cx, op, part),
        (3, _) => diagnostic(cx, op, part),
        (0x13, Role::Request) => query(cx, op, part),
        (0x13, Role::Response) => found(cx, op, part),
        (2, _) | (_, Role::Response) => cx.op(op),
        (_, Role::Event) => indication(cx, op, part),
        (_, Role::Request) => objects(cx, op, part),
    }
}

/// Message service: events wanted, a byte, the receiver's name.
fn subscribe<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, part: &Part<'p>) {
    let mut at = Cursor::new(part.content);
    if let Some(events) = at.u8() {
        op.args = Some([u64::from(events), 0, 0, 0]);
        at.take_up_to(1);
        op.value = Value::Text(until_nul(at.take_up_to(8)));
    }
    cx.op(op);
    // Kind of messages and, for those of programs, how many, and their numbers.
    at.take_up_to(2);
    while let Some(address) = next_item(&mut at).and_then(Address::read) {
        cx.item(address.target, Value::None);
    }
}

/// Diagnostic message: event, priority class, block, data identifications, information, time.
fn diagnostic<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, part: &Part<'p>) {
    let event = part.content.first_chunk::<2>().map_or(0, |event| u16::from_be_bytes(*event));
    op.args = Some([u64::from(event), 0, 0, 0]);
    op.value = part.content.get(12..).map_or(Value::None, clock::value);
    cx.op(op);
}

/// Function of a scan's indication.
const SCAN: u8 = 9;
/// Syntax of a query.
const QUERY: u8 = 0x1a;

/// What a query asks for: function, number of objects, then `12`, length, syntax, a byte, kind of
/// query, a byte, kind of alarms (query 1) or an alarm's number (3).
fn query<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, part: &Part<'p>) {
    let asked = part.content.get(2..).and_then(|rest| next_item(&mut Cursor::new(rest)));
    let Some(&[QUERY, _, kind, _, a, b, c, d]) = asked else { return cx.op(op) };
    let number = u32::from_be_bytes([a, b, c, d]);
    op.args = Some([u64::from(kind), if kind == 1 { u64::from(number) } else { 0 }, 0, 0]);
    cx.op(op);
    if kind == 3 {
        cx.item(alarm(number), Value::None);
    }
}

/// Function, number of objects, objects.
fn objects<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, part: &Part<'p>) {
    cx.op(op);
    let mut at = Cursor::new(part.content);
    let (Some(_), Some(count)) = (at.u8(), at.u8()) else { return };
    for _ in 0..count {
        let Some(inner) = next_item(&mut at) else {
            part.message.broken(cx, spec::BAD_ITEM, at.all());
            break;
        };
        object(cx, inner);
    }
}

/// Syntax, number of values or kind of query, alarm number, state. Returns how many values follow.
fn object(cx: &mut Cx<'_>, inner: &[u8]) -> u8 {
    let mut at = Cursor::new(inner);
    let (Some(syntax), Some(values)) = (at.u8(), at.u8()) else { return 0 };
    if syntax == QUERY {
        return 0;
    }
    if let Some(number) = at.be32() {
        let state = at.u8().map_or(Value::None, |state| Value::Uint(u64::from(state)));
        cx.item(alarm(number), state);
    }
    values
}

/// Time, function, number of objects, objects each with their values.
fn indication<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, part: &Part<'p>) {
    let mut at = Cursor::new(part.content);
    // A scan has two bytes more before the time and behind it.
    let scan = if part.head.function == SCAN { 2 } else { 0 };
    at.take_up_to(scan);
    op.value = at.take(8).map_or(Value::None, clock::value);
    cx.op(op);
    at.take_up_to(scan);
    let (Some(_), Some(count)) = (at.u8(), at.u8()) else { return };
    for _ in 0..count {
        let Some(inner) = next_item(&mut at) else {
            part.message.broken(cx, spec::BAD_ITEM, at.all());
            break;
        };
        for _ in 0..object(cx, inner) {
            if Unit::next(&mut at).is_none() {
                break;
            }
        }
    }
}

/// Answer to a query: function, number, return code, transport size, length, then records of
/// a length, two bytes, kind, alarm number, a byte, state.
fn found<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, part: &Part<'p>) {
    cx.op(op);
    let mut at = Cursor::new(part.content.get(2..).unwrap_or(&[]));
    let (Some(0xff), Some(_), Some(length)) = (at.u8(), at.u8(), at.be16()) else { return };
    let mut at = Cursor::new(at.take_up_to(usize::from(length)));
    while let Some(length) = at.u8() {
        let mut record = Cursor::new(at.take_up_to(usize::from(length).saturating_add(1)));
        let (Some(_), Some(number), Some(_), Some(state)) =
            (record.be24(), record.be32(), record.u8(), record.u8())
        else {
            break;
        };
        cx.item_status(alarm(number), Value::Uint(u64::from(state)), Status::None);
    }
}
