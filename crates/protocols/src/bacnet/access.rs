//! Objects and their properties. ASHRAE 135-2020 clause 15.

use super::names::Reference;
use super::service::Call;
use super::tag::Fields;
use dissect::Cx;
use vocab::{Status, Value};

impl<'p> Fields<'p> {
    /// Property and array index with these context tags. Clause 21, BACnetPropertyReference.
    pub(super) fn property(&mut self, object: u32, tag: u8) -> Option<Reference> {
        let property = vocab::low_u32(self.uint(tag)?);
        Some(Reference { object, property, index: self.uint(tag.saturating_add(1)) })
    }

    /// Object, property, array index with the context tags 0 to 2.
    fn reference(&mut self) -> Option<Reference> {
        let object = self.object(0)?;
        self.property(object, 1)
    }
}

fn args(reference: Option<Reference>) -> Option<[u64; 4]> {
    reference.map(|r| r.args(r.index.unwrap_or(0)))
}

/// Clause 15.5.
pub(super) fn read(cx: &mut Cx<'_>, call: &Call<'_, '_>, mut fields: Fields<'_>) -> Option<()> {
    let reference = fields.reference();
    call.say(cx, args(reference));
    cx.item(reference?.target(None), Value::None);
    Some(())
}

/// Object, property, index, and the value between tags 3. Clause 15.5.
pub(super) fn read_answer(
    cx: &mut Cx<'_>,
    call: &Call<'_, '_>,
    mut fields: Fields<'_>,
) -> Option<()> {
    let reference = fields.reference();
    call.say(cx, args(reference));
    call.values(cx, reference?, fields.inside(3)?);
    Some(())
}

/// Object, property, index, value, priority. Clause 15.9.
pub(super) fn write(cx: &mut Cx<'_>, call: &Call<'_, '_>, mut fields: Fields<'_>) -> Option<()> {
    let reference = fields.reference();
    let values = fields.inside(3);
    let priority = fields.uint(4).unwrap_or(0);
    call.say(cx, reference.map(|r| r.args(priority)));
    call.values(cx, reference?, values?);
    Some(())
}

/// How many objects and properties a list names. Clauses 15.7, 15.10.
fn count(mut fields: Fields<'_>) -> [u64; 4] {
    let (mut objects, mut properties) = (0u64, 0u64);
    while fields.object(0).is_some() {
        objects = objects.saturating_add(1);
        let Some(mut list) = fields.inside(1) else { break };
        while let Some(element) = list.any() {
            properties = properties.saturating_add(u64::from(element.is_context(0)));
            // A value may hold anything.
            list.inside(2);
        }
    }
    [objects, properties, 0, 0]
}

/// Objects, each with the properties asked for. Clause 15.7.
pub(super) fn read_multiple(
    cx: &mut Cx<'_>,
    call: &Call<'_, '_>,
    mut fields: Fields<'_>,
) -> Option<()> {
    call.say(cx, Some(count(fields)));
    while !fields.is_empty() {
        let object = fields.object(0)?;
        let mut list = fields.inside(1)?;
        while !list.is_empty() {
            cx.item(list.property(object, 0)?.target(None), Value::None);
        }
    }
    Some(())
}

/// Objects, each with properties and their values or errors. Clause 15.7.
pub(super) fn read_multiple_answer(
    cx: &mut Cx<'_>,
    call: &Call<'_, '_>,
    mut fields: Fields<'_>,
) -> Option<()> {
    call.say(cx, None);
    while !fields.is_empty() {
        let object = fields.object(0)?;
        let mut list = fields.inside(1)?;
        while !list.is_empty() {
            let reference = list.property(object, 2)?;
            if let Some(values) = list.inside(4) {
                call.values(cx, reference, values);
            } else {
                let (_class, code) = list.inside(5)?.error()?;
                let status = Status::Error(vocab::low_u32(code));
                cx.item_status(reference.target(None), Value::None, status);
            }
        }
    }
    Some(())
}

/// Objects, each with properties, values and priorities. Clause 15.10.
pub(super) fn write_multiple(
    cx: &mut Cx<'_>,
    call: &Call<'_, '_>,
    mut fields: Fields<'_>,
) -> Option<()> {
    call.say(cx, Some(count(fields)));
    while !fields.is_empty() {
        let object = fields.object(0)?;
        let mut list = fields.inside(1)?;
        while !list.is_empty() {
            let reference = list.property(object, 0)?;
            call.values(cx, reference, list.inside(2)?);
            list.context(3);
        }
    }
    Some(())
}

/// Elements that a list gains or loses. Clauses 15.1, 15.2.
pub(super) fn list_element(
    cx: &mut Cx<'_>,
    call: &Call<'_, '_>,
    mut fields: Fields<'_>,
) -> Option<()> {
    let reference = fields.reference();
    call.say(cx, args(reference));
    call.values(cx, reference?, fields.inside(3)?);
    Some(())
}

/// A new object, by type or by identifier, with its first values. Clause 15.3.
pub(super) fn create(cx: &mut Cx<'_>, call: &Call<'_, '_>, mut fields: Fields<'_>) -> Option<()> {
    let mut which = fields.inside(0).unwrap_or(Fields::new(&[]));
    let object = which.object(1);
    let kind = which.uint(0).or(object.map(|object| u64::from(object >> 22)));
    let instance = object.map_or(0, |object| u64::from(object & 0x003f_ffff));
    call.say(cx, kind.map(|kind| [kind, instance, 0, 0]));
    // Without an instance the device chooses one: the answer tells.
    let object = object.or_else(|| Some(vocab::low_u32(kind?) << 22));
    let object = object?;
    cx.item(Reference::object(object).target(None), Value::None);
    let mut values = fields.inside(1).unwrap_or(Fields::new(&[]));
    while !values.is_empty() {
        let reference = values.property(object, 0)?;
        call.values(cx, reference, values.inside(2)?);
        values.context(3);
    }
    Some(())
}

/// The object that was made. Clause 15.3.
pub(super) fn created(cx: &mut Cx<'_>, call: &Call<'_, '_>, mut fields: Fields<'_>) -> Option<()> {
    let object = fields.application(12).and_then(|element| element.object());
    whole_object(cx, call, object)
}

/// Clause 15.4.
pub(super) fn delete(cx: &mut Cx<'_>, call: &Call<'_, '_>, mut fields: Fields<'_>) -> Option<()> {
    let object = fields.application(12).and_then(|element| element.object());
    whole_object(cx, call, object)
}

fn whole_object(cx: &mut Cx<'_>, call: &Call<'_, '_>, object: Option<u32>) -> Option<()> {
    let reference = object.map(Reference::object);
    call.say(cx, reference.map(|r| r.args(0)));
    cx.item(reference?.target(None), Value::None);
    Some(())
}

/// A part of a list: by position, sequence number or time. Clause 15.8.
pub(super) fn read_range(cx: &mut Cx<'_>, call: &Call<'_, '_>, fields: Fields<'_>) -> Option<()> {
    read(cx, call, fields)
}

/// Object, property, index, flags, how many, the records, the first one's number. Clause 15.8.
pub(super) fn read_range_answer(
    cx: &mut Cx<'_>,
    call: &Call<'_, '_>,
    mut fields: Fields<'_>,
) -> Option<()> {
    let reference = fields.reference();
    let _flags = fields.context(3);
    let count = fields.uint(4);
    call.say_value(cx, args(reference), count.map_or(Value::None, Value::Uint));
    count?;
    if let Some(records) = fields.inside(5) {
        call.values(cx, reference?, records);
    }
    Some(())
}
