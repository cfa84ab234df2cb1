//! Connection Manager: connections opened and closed, messages passed on. CIP Vol 1 §3-5.5.

use super::answer::Answer;
use super::path::{self, Path, Route, Segment, Segments};
use super::{DEPTH_MAX, Flow, Message, classes, request, spec};
use crate::common::text::Line;
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Part, Subject, Target, Value};

/// Time-out of a request: a tick of 2^n milliseconds, and how many. §3-5.5.1.3.
fn timeout_ms(at: &mut Cursor<'_>) -> u64 {
    let tick = at.u8().unwrap_or(0) & 0x0f;
    at.u8().map_or(0, u64::from) << tick
}

/// Unconnected Send: a request that is passed on along a route. §3-5.5.4.
pub(super) fn send(cx: &mut Cx<'_>, m: &Message<'_>, op: &mut Op<'_>, data: &[u8]) {
    let mut at = Cursor::new(data);
    op.args = Some([timeout_ms(&mut at), 0, 0, 0]);
    // The answer is that of the request inside.
    op.tx = None;
    let claimed = at.le16().map_or(0, usize::from);
    let inner = at.take_up_to(claimed);
    at.take_up_to(claimed & 1);
    let words = at.u8().map_or(0, usize::from).saturating_mul(2);
    at.skip(1);
    let route = Route::read(at.take_up_to(words));
    op.unit = route.unit().or(m.unit);
    cx.op(op);
    let complete = !inner.is_empty() && inner.len() == claimed && route.raw.len() == words;
    if !(complete && m.depth < DEPTH_MAX || cx.cut()) {
        cx.fault(spec::BAD_SEND, data);
    }
    if inner.is_empty() || m.depth >= DEPTH_MAX {
        return;
    }
    let inside =
        Message { bytes: inner, tx: m.tx, unit: op.unit, depth: m.depth.saturating_add(1) };
    request::say(cx, &inside);
    if to_identity(inner) {
        address(cx, inside.unit, &route);
    }
}

/// The request is for what a device is.
fn to_identity(request: &[u8]) -> bool {
    matches!(request, [_, words, 0x20, 0x01, ..] if *words >= 2)
}

/// Says how a part is reached.
fn address(cx: &mut Cx<'_>, unit: Option<u32>, route: &Route<'_>) {
    if let Some(number) = unit {
        let mut line = Line::<120>::default();
        // Too long a route is cut off.
        route.write(&mut line).unwrap_or_default();
        let part = Part { kind: path::unit_kind(number), number };
        cx.attr_of(Subject::ReceiverPart(part), spec::ROUTE, line.bytes());
    }
}

fn connection(id: u32) -> Target<'static> {
    Target { area: spec::CONNECTION, index: u64::from(id), count: 1, extra: 0, name: &[] }
}

/// Forward_Open and Large_Forward_Open. §3-5.5.2.
pub(super) fn open(cx: &mut Cx<'_>, op: &mut Op<'_>, data: &[u8]) {
    let mut at = Cursor::new(data);
    let Some(open) = Open::read(&mut at, op.code == 0x5b) else {
        op.args = None;
        cx.op(op);
        if !cx.cut() {
            cx.fault(spec::BAD_OPEN, data);
        }
        return;
    };
    let words = usize::from(open.path_words).saturating_mul(2);
    let raw = at.take_up_to(words);
    let route = Route::read(raw);
    let application = Path::read(route.rest);
    op.args = Some([
        u64::from(open.serial),
        u64::from(open.vendor),
        u64::from(open.originator),
        u64::from(open.transport),
    ]);
    op.unit = route.unit().or(op.unit);
    cx.op(op);
    if let Some(tx) = op.tx {
        // Class 2 and 3 to another object than the router have neither service nor path.
        let router = application.class == Some(classes::MESSAGE_ROUTER);
        cx.note(tx, &[u8::from(!router && open.transport & 0x0f > 1)]);
    }
    if (raw.len() < words || application.broken) && !cx.cut() {
        cx.fault(spec::BAD_OPEN, raw);
    }
    let wanted = [(open.to_target, open.to_target_us), (open.to_originator, open.to_originator_us)];
    // Identifiers that the target will choose are 0.
    for (id, interval_us) in wanted.into_iter().filter(|(id, _)| *id != 0) {
        cx.item(connection(id), Value::Uint(u64::from(interval_us)));
    }
    ends(cx, route.rest);
    address(cx, op.unit.filter(|_| !route.raw.is_empty()), &route);
}

/// Fields of a request to open a connection. CIP Vol 1 table 3-5.17.
struct Open {
    to_target: u32,
    to_originator: u32,
    serial: u16,
    vendor: u16,
    originator: u32,
    to_target_us: u32,
    to_originator_us: u32,
    transport: u8,
    path_words: u8,
}

impl Open {
    fn read(at: &mut Cursor<'_>, large: bool) -> Option<Self> {
        let parameters = if large { 4 } else { 2 };
        at.skip(2)?;
        let (to_target, to_originator) = (at.le32()?, at.le32()?);
        let (serial, vendor, originator) = (at.le16()?, at.le16()?, at.le32()?);
        // Time-out multiplier, reserved.
        at.skip(4)?;
        let to_target_us = at.le32()?;
        at.skip(parameters)?;
        let to_originator_us = at.le32()?;
        at.skip(parameters)?;
        Some(Self {
            to_target,
            to_originator,
            serial,
            vendor,
            originator,
            to_target_us,
            to_originator_us,
            transport: at.u8()?,
            path_words: at.u8()?,
        })
    }
}

/// What a connection joins: objects, connection points, tags, with configuration data.
fn ends(cx: &mut Cx<'_>, raw: &[u8]) {
    let mut class = None;
    let mut configured = None;
    for segment in Segments::new(raw) {
        match segment {
            Segment::Class(number) => class = Some(number),
            Segment::Instance(number) | Segment::Point(number) => {
                let object = (class.unwrap_or(classes::ASSEMBLY), number);
                configured = configured.or(Some(object));
                cx.item(spec::object(object.0, Some(number), None), Value::None);
            }
            // The first object is the one that is configured.
            Segment::Data(data) => {
                if let Some((class, number)) = configured {
                    cx.item(spec::object(class, Some(number), None), Value::Bytes(data));
                }
            }
            Segment::Symbol(name) => cx.item(spec::tag(name), Value::None),
            Segment::Network(0x10, data) => {
                let target = Target {
                    area: spec::SAFETY,
                    index: u64::from(data.first().copied().unwrap_or(0)),
                    count: 1,
                    extra: 0,
                    name: &[],
                };
                cx.item(target, Value::Bytes(data));
            }
            Segment::Port(..)
            | Segment::Member(_)
            | Segment::Attribute(_)
            | Segment::Key(_)
            | Segment::Network(..) => {}
        }
    }
}

/// Forward_Close. §3-5.5.3.
pub(super) fn close(cx: &mut Cx<'_>, op: &mut Op<'_>, data: &[u8]) {
    let mut at = Cursor::new(data);
    timeout_ms(&mut at);
    let (Some(serial), Some(vendor), Some(originator)) = (at.le16(), at.le16(), at.le32()) else {
        op.args = None;
        cx.op(op);
        if !cx.cut() {
            cx.fault(spec::BAD_OPEN, data);
        }
        return;
    };
    op.args = Some([u64::from(serial), u64::from(vendor), u64::from(originator), 0]);
    let words = at.u8().map_or(0, usize::from).saturating_mul(2);
    at.skip(1);
    op.unit = Route::read(at.take_up_to(words)).unit().or(op.unit);
    cx.op(op);
}

/// Answer to Forward_Open: the identifiers that the connection's messages will carry.
pub(super) fn opened(flow: &mut Flow, cx: &mut Cx<'_>, op: &mut Op<'_>, answer: &Answer<'_>) {
    let mut at = Cursor::new(answer.data);
    let (true, Some(to_target), Some(to_originator)) = (answer.fine, at.le32(), at.le32()) else {
        cx.op(op);
        return;
    };
    if op.args.is_none()
        && let (Some(serial), Some(vendor), Some(originator)) = (at.le16(), at.le16(), at.le32())
    {
        op.args = Some([u64::from(serial), u64::from(vendor), u64::from(originator), 0]);
    } else {
        at.skip(8);
    }
    cx.op(op);
    let raw = answer.note.first() == Some(&1);
    flow.links.open(to_target, to_originator, op.unit, raw);
    // The intervals that both will keep, in microseconds.
    let interval = |n: Option<u32>| n.map_or(Value::None, |n| Value::Uint(u64::from(n)));
    let (there, back) = (interval(at.le32()), interval(at.le32()));
    cx.item(connection(to_target), there);
    cx.item(connection(to_originator), back);
}
