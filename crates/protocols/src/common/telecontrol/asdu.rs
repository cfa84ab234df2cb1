//! The ASDU: one operation with its objects.

use super::element::{self, Layout, Reading};
use super::head::{Asdu, Widths};
use super::{Stations, file, spec, status, time};
use decode::Cursor;
use dissect::Cx;
use vocab::{Dir, Op, Proof, Role, Status, Target, Value};

/// Type of the read command, which asks for one object.
const READ: u8 = 102;
/// Type of the command that calls a file.
const CALL_FILE: u8 = 122;

/// Says an ASDU, the `body` of the message `whole`.
pub(crate) fn say(
    stations: &mut Stations,
    cx: &mut Cx<'_>,
    whole: &[u8],
    body: &[u8],
    widths: Widths,
) {
    let mut at = Cursor::new(body);
    let Some(head) = Asdu::read(&mut at, widths) else {
        // A type is enough to count it.
        if let Some(&kind) = at.all().first() {
            let cause = at.all().get(2).map(|cause| u16::from(cause & 0x3f));
            let op = Op::new(u32::from(kind), Role::Event, whole);
            cx.op(&Op { sub: cause, proof: Proof::Context, ..op });
        }
        if !cx.cut() {
            cx.fault(spec::SHORT, whole);
        }
        return;
    };
    let (role, proof) = role(head.kind, head.cause);
    let mut op = Op {
        sub: Some(u16::from(head.cause)),
        proof,
        unit: Some(u32::from(head.address)),
        status: answer_status(&head, role),
        ..Op::new(u32::from(head.kind), role, whole)
    };
    let object = widths.object(&mut { at }).unwrap_or(0);
    op.tx = pair_key(cx, &head, role, object);
    let fits = match (head.kind, element::layout(head.kind)) {
        (120..=127, _) => {
            files(cx, &mut op, &head, at);
            true
        }
        (_, Some(layout)) => objects(cx, &mut op, &head, layout, at),
        (_, None) => {
            op.args = Some(args(&head, None));
            cx.op(&op);
            is_named(head.kind)
        }
    };
    check(cx, &head, body);
    if fits && tells_station(&head, role) && stations.is_new(head.address) {
        cx.attr(spec::STATION, crate::line!("{}", head.address).bytes());
    }
}

/// Types whose objects vary in length, that are known by name alone, or that are free for private
/// use. IEC 60870-5-101:2003 §7.2.1.1.
fn is_named(kind: u8) -> bool {
    matches!(kind, 41 | 81..=87 | 90..=95 | 120..=255)
}

/// Who sends this, by type and cause of transmission. IEC 60870-5-101:2003 §7.2.3, table 14.
fn role(kind: u8, cause: u8) -> (Role, Proof) {
    match (kind, cause) {
        (81 | 83 | 84 | 86 | 90 | 91 | 93 | 94, _) => (Role::Request, Proof::Context),
        (82 | 85 | 87 | 92 | 95, _) => (Role::Response, Proof::Context),
        (120..=127, _) => file::role(kind, cause),
        (45..=69 | 100..=119, 5 | 6 | 8) => (Role::Request, Proof::Content),
        // Confirmations, terminations, commands sent back because they are not known; what a read
        // command, an interrogation, a counter interrogation asked for.
        (_, 5 | 7 | 9 | 10 | 20..=41 | 44..=47) => (Role::Response, Proof::Content),
        (_, 6 | 8) => (Role::Request, Proof::Context),
        _ => (Role::Event, Proof::Context),
    }
}

/// How a command ended, where the ASDU says.
fn answer_status(head: &Asdu, role: Role) -> Status {
    match (role, head.cause) {
        (Role::Response, cause @ 44..=47) => Status::Error(u32::from(cause)),
        (Role::Response, cause @ (7 | 9 | 10)) if head.negative => Status::Error(u32::from(cause)),
        (Role::Response, 7 | 9 | 10) => Status::Ok,
        _ => Status::None,
    }
}

/// What pairs a confirmation with its command: type, station, object, who asks, and whether the
/// command is to be broken off.
fn key(asks: Dir, kind: u8, address: u16, object: u32, breaks_off: bool) -> u64 {
    let (asks, breaks_off) = (u64::from(asks == Dir::Up), u64::from(breaks_off));
    let object = u64::from(object) | u64::from(address) << 24;
    breaks_off << 49 | asks << 48 | u64::from(kind) << 40 | object
}

/// The key of a command and of the first answer to it; `None` for what answers nothing, for a
/// termination, which follows its confirmation, and for interrogated data, which are many.
fn pair_key(cx: &Cx<'_>, head: &Asdu, role: Role, object: u32) -> Option<u64> {
    let kind = match (head.kind, head.cause) {
        (81..=95, _) => return None,
        (120..=127, _) => CALL_FILE,
        (1..=44, 5) => READ,
        (_, 5..=9 | 44..=47) => head.kind,
        _ => return None,
    };
    let breaks_off = matches!(head.cause, 8 | 9);
    match role {
        Role::Event => None,
        Role::Request => Some(key(cx.dir(), kind, head.address, object, breaks_off)),
        Role::Response => {
            let asks = cx.dir().flip();
            let own = key(asks, kind, head.address, object, breaks_off);
            // Sent back as unknown, or answered by one of all stations.
            let off = key(asks, kind, head.address, object, head.cause >= 44);
            let all = key(asks, kind, head.all(), object, breaks_off);
            [own, off, all].into_iter().find(|key| cx.pending(*key).is_some())
        }
    }
}

/// The sender is the station that the common address names.
fn tells_station(head: &Asdu, role: Role) -> bool {
    let monitors = matches!(head.kind, 1..=44 | 70);
    let confirms = role == Role::Response && matches!(head.cause, 7 | 9 | 10) && !head.negative;
    (monitors || confirms) && head.address != 0 && !head.is_for_all()
}

/// Types and causes that the standard keeps for later editions.
fn check(cx: &mut Cx<'_>, head: &Asdu, body: &[u8]) {
    if !is_named(head.kind) && element::layout(head.kind).is_none() {
        cx.fault(spec::UNKNOWN_TYPE, body.get(..1).unwrap_or(&[]));
    }
    if matches!(head.cause, 0 | 17..=19 | 42 | 43) {
        cx.fault(spec::BAD_CAUSE, body.get(2..3).unwrap_or(&[]));
    }
}

/// An ASDU of file transfer.
fn files<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, head: &Asdu, at: Cursor<'p>) {
    let mut rest = at;
    let Some(file) = file::read(head, &mut rest) else {
        cx.op(op);
        if !cx.cut() {
            cx.fault(spec::BAD_OBJECTS, at.rest());
        }
        return;
    };
    op.args = Some(file.args);
    if op.status == Status::None {
        op.status = file.status;
    }
    cx.op(op);
    if head.kind == 126 {
        let mut entries = at;
        let object = head.widths.object(&mut entries).unwrap_or(0);
        file::directory(cx, head.address, object, entries);
        return;
    }
    file::say(cx, head.address, &file);
    if !rest.is_empty() {
        cx.fault(spec::BAD_OBJECTS, rest.rest());
    }
}

/// An ASDU whose objects have one length; says whether they fill it.
fn objects<'p>(
    cx: &mut Cx<'_>,
    op: &mut Op<'p>,
    head: &Asdu,
    layout: Layout,
    mut at: Cursor<'p>,
) -> bool {
    let fits = at.len() == expected(head, layout);
    let first = if fits { first(at, layout, head.widths) } else { None };
    op.args = Some(args(head, first.as_ref()));
    let system = matches!(head.kind, 70 | 100 | 101 | 103..=107);
    if system && let Some(first) = first {
        op.value = first.value;
    }
    cx.op(op);
    if !fits {
        if !cx.cut() {
            cx.fault(spec::BAD_OBJECTS, at.rest());
        }
        return false;
    }
    if system {
        check_time(cx, first.map_or(time::Tag::None, |first| first.tag), at.rest());
        return true;
    }
    let mut object = 0u32;
    for count in 0..head.count {
        if count == 0 || !head.sequence {
            object = head.widths.object(&mut at).unwrap_or(0);
        } else {
            object = object.saturating_add(1);
        }
        let Some(reading) = layout.read(&mut at) else { return true };
        say_object(cx, head.address, object, &reading);
        check_time(cx, reading.tag, at.done());
    }
    true
}

/// Bytes of all objects. IEC 60870-5-101:2003 §7.2.2.1.
fn expected(head: &Asdu, layout: Layout) -> usize {
    let count = usize::from(head.count);
    let addresses = match (head.count, head.sequence) {
        (0, _) => 0,
        (_, true) => 1,
        (_, false) => count,
    };
    let width = usize::from(head.widths.object);
    count.saturating_mul(layout.size()).saturating_add(addresses.saturating_mul(width))
}

/// The first object.
fn first(mut at: Cursor<'_>, layout: Layout, widths: Widths) -> Option<Reading<'_>> {
    widths.object(&mut at)?;
    layout.read(&mut at)
}

/// The arguments, as the specification names them for the type.
fn args(head: &Asdu, first: Option<&Reading<'_>>) -> [u64; 4] {
    let originator = u64::from(head.originator);
    let qualifier = first.map_or(0, |first| u64::from(first.qualifier));
    let select = first.is_some_and(|first| first.select);
    match head.kind {
        1..=44 => {
            let count = u64::from(head.count);
            [count, originator, u64::from(head.sequence), u64::from(head.test)]
        }
        _ => [originator, qualifier, u64::from(select), u64::from(head.test)],
    }
}

/// Says an object: its value with its quality, how long it took, its time.
fn say_object(cx: &mut Cx<'_>, address: u16, object: u32, reading: &Reading<'_>) {
    let target = Target {
        area: spec::OBJECT,
        index: u64::from(object),
        count: 1,
        extra: u32::from(address),
        name: &[],
    };
    cx.item_status(target, reading.value, reading.status);
    if !cx.wants_values() {
        return;
    }
    if let Some(elapsed) = reading.elapsed {
        cx.item(Target { area: spec::ELAPSED, ..target }, Value::Uint(u64::from(elapsed)));
    }
    let clock = |invalid: bool| status::quality(if invalid { status::INVALID } else { 0 });
    match reading.tag {
        time::Tag::InHour { ms, invalid } => {
            let target = Target { area: spec::TIME_IN_HOUR, ..target };
            cx.item_status(target, Value::Uint(u64::from(ms)), clock(invalid));
        }
        time::Tag::Full { at: Some(at), invalid } => {
            let target = Target { area: spec::TIME, ..target };
            cx.item_status(target, Value::Time(at), clock(invalid));
        }
        time::Tag::Full { at: None, .. } | time::Tag::None => {}
    }
}

/// A date that is none, from a station that trusts its clock.
fn check_time(cx: &mut Cx<'_>, tag: time::Tag, bytes: &[u8]) {
    if matches!(tag, time::Tag::Full { at: None, invalid: false }) {
        cx.fault(spec::BAD_TIME, bytes);
    }
}

/// A type that is defined, a cause that is, and objects that fill the ASDU: for probes, and to tell
/// the sizes that a system has chosen.
pub(crate) fn is_consistent(body: &[u8], widths: Widths) -> bool {
    let mut at = Cursor::new(body);
    let Some(head) = Asdu::read(&mut at, widths) else { return false };
    let cause = matches!(head.cause, 1..=16 | 20..=41 | 44..=47);
    let objects = match (head.kind, element::layout(head.kind)) {
        (120..=125 | 127, _) => {
            file::read(&head, &mut at).is_some() && at.is_empty() && head.count == 1
        }
        (_, Some(layout)) => head.count > 0 && at.len() == expected(&head, layout),
        _ => false,
    };
    cause && objects
}
