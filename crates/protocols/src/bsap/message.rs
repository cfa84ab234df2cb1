//! Messages of applications, whichever way they came: remote database access with its signals.
//! BSAP D4052.

use super::spec;
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Proof, Role, Status, Target, Value};

/// Who sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The master, or a program of the office.
    Office,
    /// A node in the field.
    Field,
}

/// A message with what its carrier told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Message<'p> {
    /// Evidence.
    pub(super) whole: &'p [u8],
    pub(super) origin: Origin,
    /// The application function that is asked or answers; 0 where it is not told.
    pub(super) function: u8,
    /// Pairs an answer with its request.
    pub(super) tx: u64,
    /// The node's address, where it is told.
    pub(super) unit: Option<u32>,
    /// What follows the header.
    pub(super) body: &'p [u8],
}

/// Says a message. Answers the unit of the request where this answers one.
pub(super) fn say(cx: &mut Cx<'_>, m: &Message<'_>) -> Option<u32> {
    match (m.origin, m.function) {
        (Origin::Office, spec::RDB) => request(cx, m),
        (Origin::Field, spec::RDB | 0) => return answer(cx, m),
        (_, function) => other(cx, m, function),
    }
    None
}

fn op<'p>(m: &Message<'p>, code: u32, role: Role) -> Op<'p> {
    Op { tx: Some(m.tx), unit: m.unit, proof: Proof::Content, ..Op::new(code, role, m.whole) }
}

/// Messages of other functions: named, with their body as value.
fn other(cx: &mut Cx<'_>, m: &Message<'_>, function: u8) {
    let asked = cx.pending(m.tx);
    let mut at = Cursor::new(m.body);
    let (code, role) = match (m.origin, asked) {
        (Origin::Office, _) if function == spec::RDB_EXTENSION => {
            let extension = at.le16().map_or(0, u32::from);
            (spec::EXTENSION | extension, Role::Request)
        }
        (Origin::Office, _) => (spec::APPLICATION | u32::from(function), Role::Request),
        (Origin::Field, Some(request)) => (request.code, Role::Response),
        // Alarms and reports come unasked.
        (Origin::Field, None) => (spec::APPLICATION | u32::from(function), Role::Event),
    };
    let body = at.rest();
    let value = if body.is_empty() { Value::None } else { Value::Bytes(body) };
    let op = op(m, code, role);
    let tx = op.tx.filter(|_| role != Role::Event);
    cx.op(&Op { value, tx, ..op });
}

/// A request to the remote database.
fn request(cx: &mut Cx<'_>, m: &Message<'_>) {
    let mut at = Cursor::new(m.body);
    let Some(function) = at.u8() else {
        cx.op(&op(m, spec::APPLICATION | u32::from(spec::RDB), Role::Request));
        return cut(cx, m);
    };
    let select = Select::read(function, &mut at);
    let args = select.map(|select| [u64::from(select.count), u64::from(select.security), 0, 0]);
    cx.op(&Op { args, ..op(m, u32::from(function), Role::Request) });
    cx.note(m.tx, m.body);
    match (function, select) {
        (0x00 | 0x02 | 0x04 | 0x06 | 0x80 | 0x84, Some(select)) => {
            for _ in 0..select.count {
                let Some(target) = select.target(&mut at) else { return cut(cx, m) };
                if !select.writes() {
                    cx.item(target, Value::None);
                    continue;
                }
                let Some(value) = written(&mut at) else { return };
                cx.item(target, value);
            }
        }
        (0x00 | 0x02 | 0x04 | 0x06 | 0x80 | 0x84, None) => cut(cx, m),
        (0x0c..=0x0f | 0x8c | 0x8d, _) => {}
        _ => cx.fault(spec::UNKNOWN_FUNCTION, m.body.get(..1).unwrap_or(&[])),
    }
}

fn cut(cx: &mut Cx<'_>, m: &Message<'_>) {
    if !cx.cut() {
        cx.fault(spec::BODY_CUT, m.body);
    }
}

/// An answer of the remote database: error byte, number of elements, elements.
fn answer(cx: &mut Cx<'_>, m: &Message<'_>) -> Option<u32> {
    let asked = cx.pending(m.tx);
    let mut note = [0; 240];
    let noted = cx.noted(m.tx, &mut note);
    let mut at = Cursor::new(m.body);
    let error = at.u8();
    let count = at.u8();
    let code = asked.map_or(spec::APPLICATION | u32::from(spec::RDB), |request| request.code);
    let unit = m.unit.or(asked.and_then(|request| request.unit));
    let status = match error {
        Some(0) => Status::Ok,
        Some(error) => Status::Error(u32::from(error)),
        None => Status::None,
    };
    cx.op(&Op {
        unit,
        status,
        args: asked.map(|request| request.args),
        ..op(m, code, Role::Response)
    });
    if error.is_none() {
        cut(cx, m);
    }
    if let (Some(0), Some(count)) = (error, count) {
        let mut names = Cursor::new(note.get(..noted).unwrap_or(&[]));
        let function = names.u8().unwrap_or(0xff);
        if let Some(select) = Select::read(function, &mut names).filter(|s| !s.writes()) {
            elements(cx, select, &mut names, &mut at, count);
        }
    }
    asked.and(unit)
}

/// The values of an answer, with the targets of its request.
fn elements(
    cx: &mut Cx<'_>,
    select: Select,
    names: &mut Cursor<'_>,
    at: &mut Cursor<'_>,
    count: u8,
) {
    // Without a type the size tells: a logical value has 1 byte, an analog one 4.
    let each = at.len().checked_div(usize::from(count)).unwrap_or(0);
    let size = each.saturating_sub(select.size_behind());
    for _ in 0..count {
        let Some(target) = select.target(names) else { return };
        let Some(value) = select.value(at, size) else { return };
        cx.item(target, value);
    }
}

/// What a request asks of each signal, and of how many. D4052, field select bytes.
#[derive(Clone, Copy, Debug)]
struct Select {
    function: u8,
    /// The first and the second field select byte.
    fields: [u8; 2],
    security: u8,
    count: u8,
}

impl Select {
    /// Reads what stands between function and signals; `None` for other functions.
    fn read(function: u8, at: &mut Cursor<'_>) -> Option<Self> {
        let mut select = Self { function, fields: [0; 2], security: 0, count: 0 };
        if !matches!(function, 0x00 | 0x02 | 0x04 | 0x06 | 0x80 | 0x84) {
            return None;
        }
        if !select.writes() {
            // One bit for each field select byte that follows.
            let which = at.u8()?;
            for bit in 0..8u32 {
                if which >> bit & 1 == 1 {
                    let fields = at.u8()?;
                    match select.fields.get_mut(vocab::sat_usize(u64::from(bit))) {
                        Some(place) => *place = fields,
                        // Fields of further bytes are not known.
                        None => select.fields = [0xff; 2],
                    }
                }
            }
        }
        if select.is_by_address() {
            // Version of the master signal directory.
            at.skip(2)?;
        }
        select.security = at.u8()?;
        select.count = at.u8()?;
        Some(select)
    }

    fn writes(self) -> bool {
        self.function & 0x80 != 0
    }

    fn is_by_address(self) -> bool {
        self.function & 0x04 == 0
    }

    /// The next signal.
    fn target<'p>(self, at: &mut Cursor<'p>) -> Option<Target<'p>> {
        let mut target = Target { area: spec::SIGNAL, index: 0, count: 1, extra: 0, name: &[] };
        if self.is_by_address() {
            target.index = u64::from(at.le16()?);
        } else {
            let len = at.rest().iter().position(|byte| *byte == 0)?;
            target.name = at.take(len)?;
            at.skip(1)?;
        }
        Some(target)
    }

    /// Bytes behind the value: address and version of the directory.
    fn size_behind(self) -> usize {
        let [first, second] = self.fields;
        let two = |there: bool| if there { 2usize } else { 0 };
        let ahead = usize::from(first & 0x80 != 0);
        two(first & 0x10 != 0).wrapping_add(two(second & 0x01 != 0)).wrapping_add(ahead)
    }

    /// The next element's value; `None` where fields are asked that are not read here.
    fn value(self, at: &mut Cursor<'_>, size: usize) -> Option<Value<'static>> {
        let [first, second] = self.fields;
        if first & 0x2f != 0 || second & 0xfe != 0 || first & 0x40 == 0 {
            return None;
        }
        let kind = if first & 0x80 != 0 { Some(at.u8()? & 0x03) } else { None };
        let value = match (kind, size) {
            (Some(0), _) | (None, 1) => Value::Bool(at.u8()? != 0),
            (Some(2), _) | (None, 4) => Value::Real(f64::from(f32::from_bits(at.le32()?))),
            _ => return None,
        };
        at.skip(if first & 0x10 != 0 { 2 } else { 0 })?;
        at.skip(if second & 0x01 != 0 { 2 } else { 0 })?;
        Some(value)
    }
}

/// What is written to a signal: a descriptor and, for analog values, the number. `None` where the
/// descriptor is another.
fn written(at: &mut Cursor<'_>) -> Option<Value<'static>> {
    Some(match at.u8()? {
        0x09 => Value::Bool(true),
        0x0a => Value::Bool(false),
        0x0b => Value::Real(f64::from(f32::from_bits(at.le32()?))),
        _ => return None,
    })
}
