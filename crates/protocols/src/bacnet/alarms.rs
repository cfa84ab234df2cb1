//! Alarms, events and changes of value. ASHRAE 135-2020 clause 13.

use super::names::{Reference, instance};
use super::service::Call;
use super::tag::Fields;
use super::value::{Scratch, text};
use super::{identity, spec};
use dissect::Cx;
use vocab::Value;

fn number(object: Option<u32>) -> u64 {
    object.map_or(0, |object| u64::from(instance(object)))
}

/// The device that notifies tells its own number.
fn device(cx: &mut Cx<'_>, call: &Call<'_, '_>, device: Option<u32>) {
    if let Some(device) = device {
        identity::number(cx, call.route, spec::NOTIFY_INSTANCE, device);
    }
}

/// Process, object, state, time stamp, who acknowledges. Clause 13.5.
pub(super) fn acknowledge(
    cx: &mut Cx<'_>,
    call: &Call<'_, '_>,
    mut fields: Fields<'_>,
) -> Option<()> {
    let (process, object) = (fields.uint(0), fields.object(1));
    let state = fields.uint(2);
    fields.inside(3);
    let source = fields.context(4).map_or(&[][..], |element| element.content);
    call.say(cx, process.map(|process| [process, state.unwrap_or(0), 0, 0]));
    let mut scratch = Scratch::default();
    let source = text(source, &mut scratch);
    cx.item(Reference::object(object?).target(None), Value::Text(source));
    state.map(|_| ())
}

/// Process, device, object, time left, properties with values. Clauses 13.6, 13.7.
pub(super) fn cov(cx: &mut Cx<'_>, call: &Call<'_, '_>, mut fields: Fields<'_>) -> Option<()> {
    let (process, from, object) = (fields.uint(0), fields.object(1), fields.object(2));
    let lifetime = fields.uint(3).unwrap_or(0);
    call.say(cx, process.map(|process| [process, number(from), lifetime, 0]));
    device(cx, call, from);
    values(cx, call, object?, fields.inside(4)?)
}

/// Properties with values, each with an array index, a priority or a time where it has one.
/// Clause 21, BACnetPropertyValue.
fn values(cx: &mut Cx<'_>, call: &Call<'_, '_>, object: u32, mut list: Fields<'_>) -> Option<()> {
    while !list.is_empty() {
        let property = list.property(object, 0)?;
        call.values(cx, property, list.inside(2)?);
        list.context(3);
    }
    Some(())
}

/// Process, device, time left, time stamp, and the values object by object. Clauses 13.17, 13.18.
pub(super) fn cov_multiple(
    cx: &mut Cx<'_>,
    call: &Call<'_, '_>,
    mut fields: Fields<'_>,
) -> Option<()> {
    let (process, from) = (fields.uint(0), fields.object(1));
    let lifetime = fields.uint(2).unwrap_or(0);
    call.say(cx, process.map(|process| [process, number(from), lifetime, 0]));
    device(cx, call, from);
    fields.inside(3);
    let mut list = fields.inside(4)?;
    while !list.is_empty() {
        let object = list.object(0)?;
        let inner = list.inside(1)?;
        values(cx, call, object, inner)?;
    }
    Some(())
}

/// Process, device, object, time stamp, class, priority, type, text, and the states. Clauses 13.8,
/// 13.9.
pub(super) fn event(cx: &mut Cx<'_>, call: &Call<'_, '_>, mut fields: Fields<'_>) -> Option<()> {
    let (_process, from, object) = (fields.uint(0), fields.object(1), fields.object(2));
    fields.inside(3);
    let (_class, priority, kind) = (fields.uint(4), fields.uint(5), fields.uint(6));
    let message = fields.context(7).map_or(&[][..], |element| element.content);
    let (_notify, _ack, _state) = (fields.uint(8), fields.context(9), fields.uint(10));
    let state = fields.uint(11);
    let args = [number(from), kind.unwrap_or(0), state.unwrap_or(0), priority.unwrap_or(0)];
    let mut scratch = Scratch::default();
    let message = text(message, &mut scratch);
    call.say_value(cx, Some(args), shown(message));
    device(cx, call, from);
    cx.item(Reference::object(object?).target(None), Value::None);
    kind.zip(state).map(|_| ())
}

fn shown(text: &[u8]) -> Value<'_> {
    if text.is_empty() { Value::None } else { Value::Text(text) }
}

/// Process, object, confirmed or not, lifetime; then for a single property which one. Without
/// the last two the subscription ends. Clauses 13.14, 13.15.
pub(super) fn subscribe(
    cx: &mut Cx<'_>,
    call: &Call<'_, '_>,
    mut fields: Fields<'_>,
) -> Option<()> {
    let (process, object) = (fields.uint(0), fields.object(1));
    let (confirmed, lifetime) = (fields.uint(2), fields.uint(3));
    let args = |process| [process, confirmed.unwrap_or(0), lifetime.unwrap_or(0), 0];
    call.say(cx, process.map(args));
    let object = object?;
    let property = fields.inside(4).and_then(|mut inner| inner.property(object, 0));
    let reference = property.unwrap_or(Reference::object(object));
    cx.item(reference.target(None), Value::None);
    process.map(|_| ())
}

/// Process, confirmed or not, lifetime, longest delay, and the properties object by object.
/// Clause 13.16.
pub(super) fn subscribe_multiple(
    cx: &mut Cx<'_>,
    call: &Call<'_, '_>,
    mut fields: Fields<'_>,
) -> Option<()> {
    let (process, confirmed) = (fields.uint(0), fields.uint(1));
    let (lifetime, _delay) = (fields.uint(2), fields.uint(3));
    let args = |process| [process, confirmed.unwrap_or(0), lifetime.unwrap_or(0), 0];
    call.say(cx, process.map(args));
    let mut list = fields.inside(4)?;
    while !list.is_empty() {
        let object = list.object(0)?;
        let mut properties = list.inside(1)?;
        while !properties.is_empty() {
            let reference = properties.inside(0)?.property(object, 0)?;
            cx.item(reference.target(None), Value::None);
            // Increment and time stamps.
            properties.context(1);
            properties.context(2);
        }
    }
    process.map(|_| ())
}

/// Process, who asks, operation, object. Clause 13.13.
pub(super) fn life_safety(
    cx: &mut Cx<'_>,
    call: &Call<'_, '_>,
    mut fields: Fields<'_>,
) -> Option<()> {
    let process = fields.uint(0);
    let source = fields.context(1).map_or(&[][..], |element| element.content);
    let (operation, object) = (fields.uint(2), fields.object(3));
    let mut scratch = Scratch::default();
    let source = text(source, &mut scratch);
    let args = operation.map(|operation| [process.unwrap_or(0), operation, 0, 0]);
    call.say_value(cx, args, shown(source));
    if let Some(object) = object {
        cx.item(Reference::object(object).target(None), Value::None);
    }
    operation.map(|_| ())
}

/// Objects in alarm, or that watch for events: identifier, then other values up to the next
/// identifier. The state is the property event-state. Clauses 13.10, 13.11.
pub(super) fn summary(cx: &mut Cx<'_>, call: &Call<'_, '_>, mut fields: Fields<'_>) -> Option<()> {
    call.say(cx, None);
    while !fields.is_empty() {
        let object = fields.application(12)?.object()?;
        let first = fields.application(9)?.uint()?;
        // Of an enrollment the type comes first.
        let state = fields.application(9).and_then(|element| element.uint()).unwrap_or(first);
        cx.item(Reference::property(object, EVENT_STATE).target(None), Value::Uint(state));
        // What was acknowledged; priority and class.
        fields.application(8);
        fields.application(2);
        fields.application(2);
    }
    Some(())
}

/// The property that says in which state an object's event detection is. Clause 12.2.
const EVENT_STATE: u32 = 36;

/// Objects with event states, then whether there are more. Clause 13.12.
pub(super) fn event_information(
    cx: &mut Cx<'_>,
    call: &Call<'_, '_>,
    mut fields: Fields<'_>,
) -> Option<()> {
    call.say(cx, None);
    let mut list = fields.inside(0)?;
    while !list.is_empty() {
        let (object, state) = (list.object(0)?, list.uint(1)?);
        cx.item(Reference::property(object, EVENT_STATE).target(None), Value::Uint(state));
        // Acknowledged, time stamps, notify type, enabled, priorities.
        list.context(2);
        list.inside(3);
        list.context(4);
        list.context(5);
        list.inside(6);
    }
    Some(())
}
