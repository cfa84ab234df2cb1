//! Remote device management, files and virtual terminals. ASHRAE 135-2020 clauses 14, 16, 17.

use super::names::{DEVICE, Reference, instance, kind};
use super::service::Call;
use super::tag::{Element, Fields};
use super::value::{self, Scratch};
use super::{identity, operations, spec};
use dissect::Cx;
use vocab::{Op, Target, Value};

/// The number of an application value, where it is next.
fn number(fields: &mut Fields<'_>, kind: u8) -> Option<u64> {
    fields.application(kind)?.uint()
}

/// A position in a file: signed, -1 is its end. Clauses 14.1, 14.2.
fn position(fields: &mut Fields<'_>) -> Option<u64> {
    Some(fields.application(3)?.int()?.cast_unsigned())
}

/// The file, then where to begin: bytes between tags 0, records between tags 1. Clause 14.
pub(super) fn file(cx: &mut Cx<'_>, call: &Call<'_, '_>, mut fields: Fields<'_>) -> Option<()> {
    let object = fields.application(12).and_then(|element| element.object());
    let bytes = fields.inside(0);
    let (mut part, records) = match bytes.or_else(|| fields.inside(1)) {
        Some(part) => (part, bytes.is_none()),
        None => (Fields::new(&[]), false),
    };
    let start = position(&mut part);
    let mut data = part;
    let count = number(&mut part, 2);
    if count.is_some() {
        data = part;
    }
    let data = data.application(6).map(|element| element.content);
    let count = count.or(data.map(|data| u64::from(vocab::sat_u32(data.len())))).unwrap_or(0);
    let file = object.map(|object| u64::from(instance(object)));
    call.say(cx, file.map(|file| [file, start.unwrap_or(0), count, u64::from(records)]));
    cx.item(Reference::object(object?).target(None), data.map_or(Value::None, Value::Bytes));
    start.map(|_| ())
}

/// Whether this is the end, then the bytes or records read; or where writing began. The file is
/// that of the request. Clause 14.
pub(super) fn file_answer(
    cx: &mut Cx<'_>,
    call: &Call<'_, '_>,
    mut fields: Fields<'_>,
) -> Option<()> {
    let end = fields.application(1);
    let file = call.op.args.map(|[file, ..]| FILE << 22 | vocab::low_u32(file));
    let bytes = fields.inside(0);
    let part = bytes.or_else(|| fields.inside(1));
    call.say(cx, None);
    if end.is_none() {
        // Written: only the position follows.
        return fields.context(0).or_else(|| fields.context(1)).map(|_| ());
    }
    let mut part = part?;
    position(&mut part)?;
    number(&mut part, 2);
    while let (Some(data), Some(file)) = (part.application(6), file) {
        cx.item(Reference::object(file).target(None), Value::Bytes(data.content));
    }
    Some(())
}

/// The object type of a file. Clause 12.13.
const FILE: u32 = 10;

/// How long, what, with which password. Clause 16.1.
pub(super) fn communication(
    cx: &mut Cx<'_>,
    call: &Call<'_, '_>,
    mut fields: Fields<'_>,
) -> Option<()> {
    let (minutes, state) = (fields.uint(0), fields.uint(1));
    let password = u64::from(fields.context(2).is_some());
    call.say(cx, state.map(|state| [state, minutes.unwrap_or(0), password, 0]));
    state.map(|_| ())
}

/// What, with which password. What is the subcode, so that starting and replacing the program
/// are told apart. Clause 16.4.
pub(super) fn reinitialize(
    cx: &mut Cx<'_>,
    call: &Call<'_, '_>,
    mut fields: Fields<'_>,
) -> Option<()> {
    let state = fields.uint(0);
    let password = u64::from(fields.context(1).is_some());
    let low = state.filter(|state| *state <= 0xff).map(vocab::low_u16);
    let sub = low.map(|low| operations::REINITIALIZE | low);
    let args = state.map(|state| [state, password, 0, 0]);
    cx.op(&Op { sub, args, ..call.op });
    state.map(|_| ())
}

/// Maker, the maker's service number, parameters between tags 2. Clauses 16.2, 16.3.
pub(super) fn private(cx: &mut Cx<'_>, call: &Call<'_, '_>, mut fields: Fields<'_>) -> Option<()> {
    let (vendor, service) = (fields.uint(0), fields.uint(1));
    let args = vendor.zip(service).map(|(vendor, service)| [vendor, service, 0, 0]);
    // Between the tags stands what the maker likes, not always tagged.
    let parameters = match fields.rest() {
        [0x2e, inner @ .., 0x2f] => inner,
        _ => &[],
    };
    let value = if parameters.is_empty() { Value::None } else { Value::Bytes(parameters) };
    call.say_value(cx, args, value);
    args.map(|_| ())
}

/// Who, of which class, how urgent, and the message. Clauses 16.5, 16.6.
pub(super) fn text(cx: &mut Cx<'_>, call: &Call<'_, '_>, mut fields: Fields<'_>) -> Option<()> {
    let from = fields.object(0);
    fields.inside(1);
    let urgent = fields.uint(2);
    let message = fields.context(3);
    let device = from.map(|from| u64::from(instance(from)));
    let mut scratch = Scratch::default();
    let bytes = message.map_or(&[][..], |element| element.content);
    let value = Value::Text(value::text(bytes, &mut scratch));
    call.say_value(cx, device.map(|device| [device, urgent.unwrap_or(0), 0, 0]), value);
    message.map(|_| ())
}

/// Opening answers with a session, data goes to one. Clauses 17.2 to 17.4.
pub(super) fn terminal(cx: &mut Cx<'_>, call: &Call<'_, '_>, mut fields: Fields<'_>) -> Option<()> {
    // Opening: the terminal's class first.
    fields.application(9);
    let session = number(&mut fields, 2);
    let data = fields.application(6).map_or(Value::None, |data| Value::Bytes(data.content));
    call.say_value(cx, session.map(|session| [session, 0, 0, 0]), data);
    if call.answers() { Some(()) } else { session.map(|_| ()) }
}

/// Device, longest message, segmentation, maker. Clause 16.10.
pub(super) fn i_am(cx: &mut Cx<'_>, call: &Call<'_, '_>, mut fields: Fields<'_>) -> Option<()> {
    let device = fields.application(12).and_then(|element| element.object());
    let longest = number(&mut fields, 2);
    let segmentation = number(&mut fields, 9);
    let vendor = number(&mut fields, 2);
    let args = device.map(|device| {
        let instance = u64::from(instance(device));
        [instance, longest.unwrap_or(0), segmentation.unwrap_or(0), vendor.unwrap_or(0)]
    });
    call.say(cx, args);
    let device = device.filter(|device| kind(*device) == DEVICE)?;
    identity::number(cx, call.route, spec::INSTANCE, device);
    identity::vendor(cx, call.route, spec::I_AM_VENDOR, vendor);
    vendor.map(|_| ())
}

/// Device, object, the object's name. Clause 16.9.
pub(super) fn i_have(cx: &mut Cx<'_>, call: &Call<'_, '_>, mut fields: Fields<'_>) -> Option<()> {
    let device = fields.application(12).and_then(|element| element.object());
    let object = fields.application(12).and_then(|element| element.object());
    let name = fields.application(7);
    let args = device.zip(object).map(|(device, object)| {
        let [kind, number, ..] = Reference::object(object).args(0);
        [u64::from(instance(device)), kind, number, 0]
    });
    call.say(cx, args);
    let (device, object) = (device?, object?);
    let mut scratch = Scratch::default();
    let name = text_of(name?, &mut scratch);
    cx.item(Reference::property(object, OBJECT_NAME).target(None), Value::Text(name));
    identity::number(cx, call.route, spec::HAVE_INSTANCE, device);
    let own = kind(object) == DEVICE;
    call.route.attr(cx, if own { spec::DEVICE_NAME } else { spec::HAVE_NAME }, name);
    Some(())
}

/// The property object-name. Clause 12.1.2.
const OBJECT_NAME: u32 = 77;

fn text_of<'a>(element: Element<'a>, scratch: &'a mut Scratch) -> &'a [u8] {
    value::text(element.content, scratch)
}

/// From and up to which device instance; without both, everybody. Clause 16.10.
pub(super) fn who_is(cx: &mut Cx<'_>, call: &Call<'_, '_>, mut fields: Fields<'_>) -> Option<()> {
    let (low, high) = (fields.uint(0), fields.uint(1));
    call.say(cx, low.zip(high).map(|(low, high)| [low, high, 0, 0]));
    // Both or none.
    if low.is_some() == high.is_some() { Some(()) } else { None }
}

/// From and up to which device instance, then an object or its name. Clause 16.9.
pub(super) fn who_has(cx: &mut Cx<'_>, call: &Call<'_, '_>, mut fields: Fields<'_>) -> Option<()> {
    let (low, high) = (fields.uint(0), fields.uint(1));
    call.say(cx, low.zip(high).map(|(low, high)| [low, high, 0, 0]));
    if let Some(object) = fields.object(2) {
        cx.item(Reference::object(object).target(None), Value::None);
        return Some(());
    }
    let mut scratch = Scratch::default();
    let name = text_of(fields.context(3)?, &mut scratch);
    let target = Target { area: spec::OBJECT_NAMED, index: 0, count: 1, extra: 0, name };
    cx.item(target, Value::None);
    Some(())
}

/// Date and time. Clauses 16.7, 16.8.
pub(super) fn time(cx: &mut Cx<'_>, call: &Call<'_, '_>, mut fields: Fields<'_>) -> Option<()> {
    let (day, hour) = (fields.application(10), fields.application(11));
    let text = day.zip(hour).and_then(|(d, h)| value::date_time(d.content, h.content));
    match &text {
        Some(text) => call.say_value(cx, None, Value::Text(text.bytes())),
        None => call.say(cx, None),
    }
    text.map(|_| ())
}

/// Group, priority, then channels with values. Clause 15.11.
pub(super) fn write_group(
    cx: &mut Cx<'_>,
    call: &Call<'_, '_>,
    mut fields: Fields<'_>,
) -> Option<()> {
    let (group, priority) = (fields.uint(0), fields.uint(1));
    call.say(cx, group.zip(priority).map(|(group, priority)| [group, priority, 0, 0]));
    let mut list = fields.inside(2)?;
    while !list.is_empty() {
        let channel = list.uint(0)?;
        // A priority of its own.
        list.context(1);
        let mut scratch = Scratch::default();
        let element = list.any()?;
        let area = spec::CHANNEL;
        let target = Target { area, index: channel, count: 1, extra: 0, name: &[] };
        cx.item(target, value::of(&element, &mut scratch));
    }
    Some(())
}

/// Maker, model, serial number: a device without a number asks for one. Clause 16.11.
pub(super) fn who_am_i(cx: &mut Cx<'_>, call: &Call<'_, '_>, mut fields: Fields<'_>) -> Option<()> {
    let vendor = number(&mut fields, 2);
    let (model, serial) = (fields.application(7), fields.application(7));
    call.say(cx, vendor.map(|vendor| [vendor, 0, 0, 0]));
    identity::vendor(cx, call.route, spec::I_AM_VENDOR, vendor);
    let mut scratch = Scratch::default();
    call.route.attr(cx, spec::WHO_AM_I_MODEL, text_of(model?, &mut scratch));
    call.route.attr(cx, spec::WHO_AM_I_SERIAL, text_of(serial?, &mut scratch));
    Some(())
}

/// Maker, model, serial number of the device that gets a number or an address. Clause 16.11.
pub(super) fn you_are(cx: &mut Cx<'_>, call: &Call<'_, '_>, mut fields: Fields<'_>) -> Option<()> {
    let vendor = number(&mut fields, 2);
    let (_model, serial) = (fields.application(7), fields.application(7));
    let device = fields.application(12).and_then(|element| element.object());
    let mut scratch = Scratch::default();
    let serial = serial.map_or(Value::None, |serial| Value::Text(text_of(serial, &mut scratch)));
    call.say_value(cx, vendor.map(|vendor| [vendor, 0, 0, 0]), serial);
    if let Some(device) = device {
        cx.item(Reference::object(device).target(None), Value::None);
    }
    vendor.map(|_| ())
}
