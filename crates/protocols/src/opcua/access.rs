//! Reading, writing, history, methods: attributes of nodes with their values.
//! OPC 10000-4 §5.10, §5.11.

use super::encoding::{
    DataValue, Extension, Scalar, Variant, count, qualified_name, skip_array, string,
};
use super::node::{NodeId, VALUE};
use super::service::{Noted, Notes, node_with_bytes};
use super::{identity, node, spec, status};
use decode::Cursor;
use dissect::Cx;
use vocab::{Area, Status, Target, Value};

/// Elements of an array that are shown.
const ELEMENTS_MAX: usize = 32;
/// Attribute of a note that names a method.
const METHOD: u32 = 0;
/// Binary encoding of HistoryData. OPC 10000-11 §6.6.2.
const HISTORY_DATA: u32 = 658;
/// Binary encodings of history updates that begin with a node's name. OPC 10000-11 §6.9.
const HISTORY_UPDATES: [u32; 6] = [682, 685, 688, 691, 694, 11300];

/// What a value belongs to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place<'n> {
    /// An attribute of a node, from an element on.
    Node(NodeId<'n>, u32, u32),
    /// The position in a list, where the node is not known.
    Nth(&'static Area, u32),
}

impl<'n> Place<'n> {
    /// The next node that the request named, else the position in the answer.
    pub(super) fn of(note: &mut Noted<'n>, nth: u32) -> Self {
        match note.next() {
            Some((node, attribute, first)) => Self::Node(node, attribute, first),
            None => Self::Nth(spec::RESULT, nth),
        }
    }

    /// As a target; `element` counts in an array, from 1.
    pub(super) fn target(self, element: u32) -> Target<'n> {
        match self {
            Self::Node(node, attribute, _) if element == 0 => node.target(attribute, 0),
            Self::Node(node, attribute, first) => {
                node.target(attribute, element.saturating_add(first))
            }
            Self::Nth(area, nth) => {
                let index = u64::from(nth);
                Target { area, index, count: 1, extra: element << 16, name: &[] }
            }
        }
    }
}

/// Says a value of any type: arrays element by element, bytes at once.
pub(super) fn say_value(cx: &mut Cx<'_>, place: Place<'_>, value: &Variant<'_>, status: Status) {
    match *value {
        Variant::Null => cx.item_status(place.target(0), Value::None, status),
        Variant::Scalar(scalar) => say_scalar(cx, place.target(0), scalar, status),
        // Bytes.
        Variant::Array(elements) if elements.kind == 3 => {
            cx.item_status(place.target(0), Value::Bytes(elements.bytes), status);
        }
        Variant::Array(elements) if elements.count == 0 => {
            cx.item_status(place.target(0), Value::None, status);
        }
        Variant::Array(elements) => {
            let mut number = 0u32;
            for scalar in elements.each().take(ELEMENTS_MAX) {
                number = number.saturating_add(1);
                say_scalar(cx, place.target(number), scalar, status);
            }
            // What is too much to be said one by one is there all the same.
            let left = elements.count.saturating_sub(vocab::sat_u32(ELEMENTS_MAX));
            if left > 0 && number == vocab::sat_u32(ELEMENTS_MAX) {
                let rest = Target { count: left, ..place.target(number.saturating_add(1)) };
                cx.item_status(rest, Value::Bytes(elements.bytes), status);
            }
        }
    }
}

fn say_scalar(cx: &mut Cx<'_>, target: Target<'_>, scalar: Scalar<'_>, status: Status) {
    match scalar {
        Scalar::Plain(value) => cx.item_status(target, value, status),
        Scalar::Node(node) => {
            let text = crate::common::text::Line::<128>::of(format_args!("{node}"));
            cx.item_status(target, Value::Text(text.bytes()), status);
        }
        Scalar::Guid(bytes) => {
            let mut text = crate::common::text::Line::<64>::default();
            // It fits.
            node::guid(bytes, &mut text).unwrap_or_default();
            cx.item_status(target, Value::Text(text.bytes()), status);
        }
        Scalar::Extension(extension) => {
            cx.item_status(target, Value::Bytes(extension.body), status);
        }
    }
}

/// A node's attribute to be read or watched: node, attribute, range, encoding. OPC 10000-4 §7.29.
pub(super) fn read_value_id<'p>(at: &mut Cursor<'p>, notes: &mut Notes) -> Option<Place<'p>> {
    let (node, bytes) = node_with_bytes(at)?;
    let attribute = at.le32()?;
    let first = first_element(string(at)?);
    notes.add(attribute, first, bytes);
    qualified_name(at)?;
    Some(Place::Node(node, attribute, first))
}

/// The first element of a range like `4` or `4:7`; 0 where there is none. OPC 10000-4 §7.27.
fn first_element(range: &[u8]) -> u32 {
    let number = range.split(|byte| !byte.is_ascii_digit()).next().unwrap_or(&[]);
    let text = core::str::from_utf8(number).unwrap_or("");
    text.parse().unwrap_or(0)
}

/// Read. §5.10.2.
pub(super) fn read(cx: &mut Cx<'_>, key: u64, at: &mut Cursor<'_>) -> Option<()> {
    at.skip(12)?;
    let mut notes = Notes::new();
    for _ in 0..count(at)? {
        cx.item(read_value_id(at, &mut notes)?.target(0), Value::None);
    }
    notes.keep(cx, key);
    Some(())
}

/// Answer to read: values in the order of the nodes asked for.
pub(super) fn values(cx: &mut Cx<'_>, mut note: Noted<'_>, at: &mut Cursor<'_>) -> Option<()> {
    for nth in 0..count(at)? {
        let place = Place::of(&mut note, nth);
        let value = DataValue::read(at)?;
        say_value(cx, place, &value.value, status::of(value.status));
        let (node, attribute) = match place {
            Place::Node(node, attribute, _) => (node.standard().unwrap_or(0), attribute),
            Place::Nth(..) => (0, VALUE),
        };
        identity::of_value(cx, node, attribute, &value.value);
    }
    Some(())
}

/// Write. §5.10.4.
pub(super) fn write(cx: &mut Cx<'_>, key: u64, at: &mut Cursor<'_>) -> Option<()> {
    let mut notes = Notes::new();
    for _ in 0..count(at)? {
        let (node, bytes) = node_with_bytes(at)?;
        let attribute = at.le32()?;
        let first = first_element(string(at)?);
        notes.add(attribute, first, bytes);
        let value = DataValue::read(at)?;
        say_value(cx, Place::Node(node, attribute, first), &value.value, Status::None);
    }
    notes.keep(cx, key);
    Some(())
}

/// Results alone, in the order of what was asked for.
pub(super) fn statuses(cx: &mut Cx<'_>, mut note: Noted<'_>, at: &mut Cursor<'_>) -> Option<()> {
    for nth in 0..count(at)? {
        let place = Place::of(&mut note, nth);
        cx.item_status(place.target(0), Value::None, status::of(at.le32()?));
    }
    Some(())
}

/// Read history: details, times wanted, release, nodes. §5.10.3.
pub(super) fn history_read(cx: &mut Cx<'_>, key: u64, at: &mut Cursor<'_>) -> Option<()> {
    Extension::read(at)?;
    at.skip(5)?;
    let mut notes = Notes::new();
    for _ in 0..count(at)? {
        let (node, bytes) = node_with_bytes(at)?;
        notes.add(VALUE, 0, bytes);
        string(at)?;
        qualified_name(at)?;
        string(at)?;
        cx.item(node.target(VALUE, 0), Value::None);
    }
    notes.keep(cx, key);
    Some(())
}

/// Answer to read history: status, continuation, data.
pub(super) fn history(cx: &mut Cx<'_>, mut note: Noted<'_>, at: &mut Cursor<'_>) -> Option<()> {
    for nth in 0..count(at)? {
        let place = Place::of(&mut note, nth);
        let result = status::of(at.le32()?);
        string(at)?;
        let data = Extension::read(at)?;
        if data.kind != HISTORY_DATA {
            let value = if data.body.is_empty() { Value::None } else { Value::Bytes(data.body) };
            cx.item_status(place.target(0), value, result);
            continue;
        }
        let mut values = Cursor::new(data.body);
        for n in 0..count(&mut values)? {
            let value = DataValue::read(&mut values)?;
            if vocab::sat_usize(u64::from(n)) < ELEMENTS_MAX {
                say_value(cx, place, &value.value, status::of(value.status));
            }
        }
    }
    Some(())
}

/// Update history: what is inserted, replaced, deleted, by node. §5.10.5.
pub(super) fn history_update(cx: &mut Cx<'_>, at: &mut Cursor<'_>) -> Option<()> {
    for nth in 0..count(at)? {
        let details = Extension::read(at)?;
        let named = HISTORY_UPDATES.contains(&details.kind);
        let node = NodeId::read(&mut Cursor::new(details.body)).filter(|_| named);
        let place = node.map_or(Place::Nth(spec::RESULT, nth), |node| Place::Node(node, VALUE, 0));
        cx.item(place.target(0), Value::Bytes(details.body));
    }
    Some(())
}

/// Call: object, method, arguments. §5.11.2.
pub(super) fn call(cx: &mut Cx<'_>, key: u64, at: &mut Cursor<'_>) -> Option<()> {
    let mut notes = Notes::new();
    for _ in 0..count(at)? {
        let object = NodeId::read(at)?;
        let (method, bytes) = node_with_bytes(at)?;
        notes.add(METHOD, 0, bytes);
        let text = crate::common::text::Line::<128>::of(format_args!("{object}"));
        cx.item(method.target(METHOD, 0), Value::Text(text.bytes()));
        arguments(cx, spec::INPUT, at)?;
    }
    notes.keep(cx, key);
    Some(())
}

/// The arguments of a method.
fn arguments(cx: &mut Cx<'_>, area: &'static Area, at: &mut Cursor<'_>) -> Option<()> {
    for nth in 0..count(at)? {
        let value = Variant::read(at)?;
        say_value(cx, Place::Nth(area, nth), &value, Status::None);
    }
    Some(())
}

/// Answer to call: status, that of each argument, results.
pub(super) fn called(cx: &mut Cx<'_>, mut note: Noted<'_>, at: &mut Cursor<'_>) -> Option<()> {
    for nth in 0..count(at)? {
        let place = Place::of(&mut note, nth);
        let result = status::of(at.le32()?);
        skip_array(at, |at| at.skip(4))?;
        skip_array(at, super::encoding::diagnostic)?;
        cx.item_status(place.target(0), Value::None, result);
        arguments(cx, spec::OUTPUT, at)?;
    }
    Some(())
}
