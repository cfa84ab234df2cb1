//! Reading and writing variables: functions 4 and 5.

use super::address::{Address, kind};
use super::wire::Unit;
use super::{Message, clock, spec};
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Status, Value};

/// Syntax of an address of several places in data blocks.
const DBREAD: u8 = 0xb0;

/// The next item of the form `12`, length, address: what follows the length. Behind an item of
/// odd length stands a fill byte, unless it is the last.
pub(super) fn next_item<'p>(at: &mut Cursor<'p>) -> Option<&'p [u8]> {
    if matches!(at.rest(), [0, 0x12, ..]) {
        at.skip(1)?;
    }
    at.u8().filter(|mark| *mark == 0x12)?;
    let length = at.u8()?;
    at.take(usize::from(length))
}

/// Addresses of a request, kept for its answer: variables as they are (they begin with `10`),
/// others behind a length with its highest bit set.
pub(super) struct Note {
    bytes: [u8; 240],
    len: usize,
    full: bool,
}

impl Note {
    pub(super) const EMPTY: Self = Self { bytes: [0; 240], len: 0, full: false };

    /// The addresses so far.
    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or(&[])
    }

    /// Answers go by the order of addresses: after one that does not fit none is added.
    pub(super) fn add(&mut self, inner: &[u8]) {
        let variable = inner.len() == 10 && inner.first() == Some(&0x10);
        let start = if variable { self.len } else { self.len.saturating_add(1) };
        let end = start.saturating_add(inner.len());
        let mark = u8::try_from(inner.len()).ok().filter(|len| *len < 0x80);
        let (Some(mark), Some(room), false) = (mark, self.bytes.get_mut(self.len..end), self.full)
        else {
            self.full = true;
            return;
        };
        if let Some((first, rest)) = room.split_first_mut().filter(|_| !variable) {
            *first = mark | 0x80;
            rest.copy_from_slice(inner);
        } else if variable {
            room.copy_from_slice(inner);
        }
        self.len = end;
    }
}

/// The next address of a note.
pub(super) fn noted<'p>(at: &mut Cursor<'p>) -> Option<&'p [u8]> {
    match at.peek()? {
        0x10 => at.take(10),
        mark if mark & 0x80 != 0 => {
            at.u8()?;
            at.take(usize::from(mark & 0x7f))
        }
        _ => None,
    }
}

/// A value as its address types it.
pub(super) fn value<'p>(kind: u8, count: u32, unit: &Unit<'p>) -> Value<'p> {
    let content = unit.content;
    if content.is_empty() {
        return Value::None;
    }
    let number = |n: usize| content.iter().take(n).fold(0u32, |n, b| n << 8 | u32::from(*b));
    let signed = |n: u32| i64::from(i32::from_be_bytes(n.to_be_bytes()));
    match (kind, count, content.len()) {
        (kind::BIT, 1, 1) => Value::Bool(number(1) & 1 != 0),
        (kind::BYTE, 1, 1) => Value::Uint(u64::from(number(1))),
        (kind::CHAR, _, _) => Value::Text(content),
        (kind::INT, 1, 2) => Value::Int(signed(number(2) << 16) >> 16),
        (kind::WORD | kind::DATE | kind::S5TIME | kind::COUNTER | kind::TIMER, 1, 2) => {
            Value::Uint(u64::from(number(2)))
        }
        (kind::WORD | kind::INT | kind::COUNTER | kind::TIMER, _, _) => Value::Words(content),
        (kind::DINT | kind::TIME, 1, 4) => Value::Int(signed(number(4))),
        (kind::REAL, 1, 4) => Value::Real(f64::from(f32::from_bits(number(4)))),
        (kind::DWORD | kind::TIME_OF_DAY, 1, 4) => Value::Uint(u64::from(number(4))),
        (kind::DATE_AND_TIME, 1, 8) => clock::value(content),
        // No address: what the transport size says.
        (0, _, 1) if unit.size == 3 => Value::Bool(number(1) & 1 != 0),
        (0, _, 4) if unit.size == 7 => Value::Real(f64::from(f32::from_bits(number(4)))),
        _ => Value::Bytes(content),
    }
}

/// Says one place, or each place of an address of several.
pub(super) fn say(cx: &mut Cx<'_>, index: u64, inner: Option<&[u8]>, unit: Option<&Unit<'_>>) {
    if let Some([DBREAD, _, places @ ..]) = inner {
        say_places(cx, places, unit);
        return;
    }
    let address = inner.and_then(Address::read).unwrap_or_else(|| Address::item(index));
    let (value, status) = match unit {
        Some(unit) => (value(address.kind, address.target.count, unit), unit.status()),
        None => (Value::None, Status::None),
    };
    cx.item_status(address.target, value, status);
}

/// Places of the form bytes, data block, start; an answer has a return code before each place's
/// bytes.
fn say_places(cx: &mut Cx<'_>, places: &[u8], unit: Option<&Unit<'_>>) {
    let mut at = Cursor::new(places);
    let mut content = Cursor::new(unit.map_or(&[][..], |unit| unit.content));
    while let (Some(count), Some(block), Some(start)) = (at.u8(), at.be16(), at.be16()) {
        let target = Address::bytes(block, start, count).target;
        let Some(code) = content.u8() else {
            cx.item(target, Value::None);
            continue;
        };
        let bytes = if code == 0xff { content.take_up_to(usize::from(count)) } else { &[] };
        let place = Unit { code, size: 9, content: bytes, short: false };
        cx.item_status(target, value(kind::BYTE, u32::from(count), &place), place.status());
    }
}

/// A job: function, number of items, items; to write, a data unit each.
pub(super) fn request<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, m: &Message<'p>) {
    let mut at = Cursor::new(m.header.parameters);
    at.take_up_to(1);
    let count = at.u8().unwrap_or(0);
    op.args = Some([u64::from(count), 0, 0, 0]);
    cx.op(op);
    let mut note = Note::EMPTY;
    let mut data = Cursor::new(m.header.data);
    for index in 0..count {
        let Some(inner) = next_item(&mut at) else {
            m.broken(cx, spec::BAD_ITEM, at.all());
            break;
        };
        let unit = if op.code == 5 { Unit::next(&mut data) } else { None };
        if op.code == 5 && unit.is_none_or(|unit| unit.short) {
            m.broken(cx, spec::BAD_ITEM, data.all());
        }
        // What is to be written has no return code yet.
        let unit = unit.map(|unit| Unit { code: 0, ..unit });
        say(cx, u64::from(index), Some(inner), unit.as_ref());
        note.add(inner);
    }
    if let Some(tx) = op.tx {
        cx.note(tx, note.bytes());
    }
}

/// An answer: function, number of items; data units when reading, return codes when writing.
pub(super) fn answer<'p>(cx: &mut Cx<'_>, op: &mut Op<'p>, m: &Message<'p>) {
    let count = m.header.parameters.get(1).copied().unwrap_or(0);
    op.args = Some([u64::from(count), 0, 0, 0]);
    let mut note = [0; 240];
    let asked = op.tx.filter(|tx| cx.pending(*tx).is_some_and(|asked| asked.code == op.code));
    let len = asked.map_or(0, |tx| cx.noted(tx, &mut note));
    cx.op(op);
    let mut addresses = Cursor::new(note.get(..len).unwrap_or(&[]));
    let mut data = Cursor::new(m.header.data);
    for index in 0..count {
        let unit = match op.code {
            4 => Unit::next(&mut data),
            _ => data.u8().map(|code| Unit { code, size: 0, content: &[], short: false }),
        };
        let Some(unit) = unit else {
            if m.header.error == 0 {
                m.broken(cx, spec::BAD_ITEM, data.all());
            }
            break;
        };
        if unit.short {
            m.broken(cx, spec::BAD_ITEM, data.all());
        }
        say(cx, u64::from(index), noted(&mut addresses), Some(&unit));
    }
}
