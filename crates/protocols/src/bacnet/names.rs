//! How engineers write objects and properties: `analog-input,3 present-value`.
//! ASHRAE 135-2020 clause 21, BACnetObjectType.

use super::properties;
use core::fmt;
use vocab::{Area, Target};

/// The object type of a device. Clause 12.11.
pub(super) const DEVICE: u32 = 8;
/// No property: the object as a whole is meant.
pub(super) const NO_PROPERTY: u32 = u32::MAX;
/// No array index, or no number within a list.
const NONE: u16 = u16::MAX;

/// An object's type. Clause 20.2.14: the high 10 bits.
pub(super) const fn kind(object: u32) -> u32 {
    object >> 22
}

/// An object's instance number. Clause 20.2.14: the low 22 bits.
pub(super) const fn instance(object: u32) -> u32 {
    object & 0x003f_ffff
}

/// A property of an object, or one element of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reference {
    /// Object identifier.
    pub(super) object: u32,
    /// Property identifier, or `NO_PROPERTY`.
    pub(super) property: u32,
    /// Array index.
    pub(super) index: Option<u64>,
}

impl Reference {
    /// An object as a whole.
    pub(super) const fn object(object: u32) -> Self {
        Self { object, property: NO_PROPERTY, index: None }
    }

    /// A property, whole.
    pub(super) const fn property(object: u32, property: u32) -> Self {
        Self { object, property, index: None }
    }

    /// Numbers for arguments: object type, instance, property, and a fourth.
    pub(super) fn args(&self, fourth: u64) -> [u64; 4] {
        [
            u64::from(kind(self.object)),
            u64::from(instance(self.object)),
            u64::from(self.property),
            fourth,
        ]
    }

    /// The target; `ordinal` counts the values of a list from 1 where there are several.
    pub(super) fn target(&self, ordinal: Option<u16>) -> Target<'static> {
        let index = self.index.map_or(NONE, |n| vocab::sat_u16(vocab::sat_usize(n)));
        let index = u64::from(index) << 16 | u64::from(ordinal.unwrap_or(NONE));
        Target {
            area: OBJECT,
            index: index << 32 | u64::from(self.object),
            count: 1,
            extra: self.property,
            name: &[],
        }
    }
}

/// Objects with their properties. The index holds, from the low bits up, the object identifier,
/// the number within a list, and the array index; `extra` is the property.
pub(super) const OBJECT: &Area = &Area::shown(1, "object", show);

fn show(target: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    show_object(vocab::low_u32(target.index), out)?;
    let ordinal = vocab::low_u16(target.index >> 32);
    let index = vocab::low_u16(target.index >> 48);
    if target.extra != NO_PROPERTY {
        match properties::name(target.extra) {
            Some(name) => write!(out, " {name}")?,
            None => write!(out, " property-{}", target.extra)?,
        }
    }
    if index != NONE {
        write!(out, "[{index}]")?;
    }
    if ordinal != NONE {
        write!(out, "#{ordinal}")?;
    }
    Ok(())
}

/// Writes an object identifier: `analog-input,3`.
pub(super) fn show_object(object: u32, out: &mut dyn fmt::Write) -> fmt::Result {
    let at = vocab::sat_usize(u64::from(kind(object)));
    match OBJECT_TYPES.get(at) {
        Some(name) => write!(out, "{name},{}", instance(object)),
        None => write!(out, "type-{},{}", kind(object), instance(object)),
    }
}

/// By number.
#[rustfmt::skip]
static OBJECT_TYPES: &[&str] = &[
    "analog-input", "analog-output", "analog-value", "binary-input", "binary-output",
    "binary-value", "calendar", "command", "device", "event-enrollment", "file", "group", "loop",
    "multi-state-input", "multi-state-output", "notification-class", "program", "schedule",
    "averaging", "multi-state-value", "trend-log", "life-safety-point", "life-safety-zone",
    "accumulator", "pulse-converter", "event-log", "global-group", "trend-log-multiple",
    "load-control", "structured-view", "access-door", "timer", "access-credential", "access-point",
    "access-rights", "access-user", "access-zone", "credential-data-input", "network-security",
    "bitstring-value", "characterstring-value", "datepattern-value", "date-value",
    "datetimepattern-value", "datetime-value", "integer-value", "large-analog-value",
    "octetstring-value", "positive-integer-value", "timepattern-value", "time-value",
    "notification-forwarder", "alert-enrollment", "channel", "lighting-output",
    "binary-lighting-output", "network-port", "elevator-group", "escalator", "lift", "staging",
    "audit-log", "audit-reporter", "color", "color-temperature",
];

#[cfg(test)]
mod tests {
    use super::*;
    extern crate std;
    use std::format;

    #[test]
    fn targets_read_as_engineers_write_them() {
        let sensor = Reference::property(3, 85);
        assert_eq!(format!("{}", sensor.target(None)), "analog-input,3 present-value");
        let slot = Reference { object: 1 << 22 | 7, property: 87, index: Some(16) };
        assert_eq!(format!("{}", slot.target(None)), "analog-output,7 priority-array[16]");
        let list = Reference::property(8 << 22 | 0xc, 76);
        assert_eq!(format!("{}", list.target(Some(2))), "device,12 object-list#2");
        assert_eq!(format!("{}", Reference::object(200 << 22 | 1).target(None)), "type-200,1");
        let own = Reference::property(0, 600);
        assert_eq!(format!("{}", own.target(None)), "analog-input,0 property-600");
    }
}
