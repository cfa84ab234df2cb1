//! Requests: service, path, data. CIP Vol 1 §2-4.1.

use super::{Message, attributes, classes, manager, path::Path, pccc, rockwell, spec, tags};
use crate::cip::DEPTH_MAX;
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Role};

/// Says a request and the requests inside it.
pub(super) fn say(cx: &mut Cx<'_>, m: &Message<'_>) {
    let mut at = Cursor::new(m.bytes);
    let Some(service) = at.u8() else { return };
    let words = at.u8();
    let claimed = usize::from(words.unwrap_or(0)).saturating_mul(2);
    let raw = at.take_up_to(claimed);
    let path = Path::read(raw);
    let data = at.rest();
    let code = u32::from(service);
    let class = path.served_by();
    let number = |part: Option<u32>| part.map_or(0, u64::from);
    let mut op = Op {
        sub: spec::sub(code, class),
        tx: m.tx,
        unit: m.unit,
        args: (path.levels != 0).then_some([
            number(path.class),
            number(path.instance),
            number(path.attribute),
            0,
        ]),
        ..Op::new(code, Role::Request, m.bytes)
    };
    match (code, class) {
        (0x0a, _) => several(cx, m, &op, data),
        (0x52, Some(classes::CONNECTION_MANAGER)) => manager::send(cx, m, &mut op, data),
        (0x54 | 0x5b, Some(classes::CONNECTION_MANAGER)) => manager::open(cx, &mut op, data),
        (0x4e, Some(classes::CONNECTION_MANAGER)) => manager::close(cx, &mut op, data),
        (0x4b, Some(classes::PCCC)) => pccc::request(cx, &mut op, data),
        (0x4c..=0x4e | 0x52 | 0x53 | 0x55, Some(classes::SYMBOL)) => {
            tags::request(cx, &mut op, &path, data);
        }
        (0x4b.., Some(class)) if rockwell::takes(code, class) => {
            rockwell::request(cx, &mut op, &path, data);
        }
        _ => attributes::request(cx, &mut op, &path, data),
    }
    if (words.is_none() || raw.len() < claimed || path.broken) && !cx.cut() {
        cx.fault(spec::BAD_PATH, raw);
    }
}

/// Multiple Service Packet: a count, an offset for each request from the count on, the requests.
/// CIP Vol 1 §.
fn several(cx: &mut Cx<'_>, m: &Message<'_>, op: &Op<'_>, data: &[u8]) {
    let count = Cursor::new(data).le16().map_or(0, u64::from);
    cx.op(&Op { args: Some([count, 0, 0, 0]), ..*op });
    each(cx, m, data, &mut |cx, inside| say(cx, inside));
}

/// Reads the messages of a Multiple Service Packet, requests or answers.
pub(super) fn each(
    cx: &mut Cx<'_>,
    m: &Message<'_>,
    data: &[u8],
    read: &mut dyn FnMut(&mut Cx<'_>, &Message<'_>),
) {
    let mut offsets = Cursor::new(data);
    let count = offsets.le16().map_or(0, usize::from);
    let list = offsets.take_up_to(count.saturating_mul(2));
    let mut whole = m.depth < DEPTH_MAX && list.len() == count.saturating_mul(2);
    let starts = list.chunks_exact(2).map(|pair| match *pair {
        [low, high] => usize::from(u16::from_le_bytes([low, high])),
        _ => usize::MAX,
    });
    let ends = starts.clone().skip(1).chain([data.len()]);
    // Messages follow each other: no byte is read twice.
    let mut reached = count.saturating_mul(2).saturating_add(2);
    for (index, (start, end)) in starts.zip(ends).enumerate() {
        let end = end.min(data.len());
        let message = data.get(start..end).filter(|_| start >= reached && m.depth < DEPTH_MAX);
        match message.filter(|bytes| !bytes.is_empty()) {
            Some(bytes) => {
                reached = end;
                read(cx, &m.inside(index, bytes));
            }
            None => whole = false,
        }
    }
    if !whole && !cx.cut() {
        cx.fault(spec::BAD_PACKET, data);
    }
}
