//! The object library: what the objects of each group and variation look like and which kind of
//! point they speak of. IEEE 1815-2012 Annex A.

use super::names::Flags;
use core::fmt;
use vocab::{Area, Target};

/// In `Target::extra`: the item is the time of the value just said.
pub(super) const TIME: u32 = 0x1_0000;

pub(super) const ATTRIBUTE: &Area = &Area::shown(1, "device_attribute", show_attribute);
const BINARY_INPUT: &Area = &Area::shown(2, "binary_input", show_point).ranging();
const DOUBLE_BIT_INPUT: &Area = &Area::shown(3, "double_bit_input", show_point).ranging();
pub(super) const BINARY_OUTPUT: &Area = &Area::shown(4, "binary_output", show_point).ranging();
const COUNTER: &Area = &Area::shown(5, "counter", show_point).ranging();
const FROZEN_COUNTER: &Area = &Area::shown(6, "frozen_counter", show_point).ranging();
const ANALOG_INPUT: &Area = &Area::shown(7, "analog_input", show_point).ranging();
const FROZEN_ANALOG: &Area = &Area::shown(8, "frozen_analog_input", show_point).ranging();
const DEADBAND: &Area = &Area::shown(9, "analog_deadband", show_point).ranging();
pub(super) const ANALOG_OUTPUT: &Area = &Area::shown(10, "analog_output", show_point).ranging();
const CLOCK: &Area = &Area::shown(11, "time", show_point).ranging();
const CLASS: &Area = &Area::shown(12, "class", show_class);
pub(super) const FILE: &Area = &Area::shown(13, "file", show_file);
const INDICATION: &Area = &Area::shown(14, "internal_indication", show_point).ranging();
const STORAGE: &Area = &Area::shown(15, "device_storage", show_point).ranging();
pub(super) const DATA_SET: &Area = &Area::shown(16, "data_set", show_point).ranging();
const APPLICATION: &Area = &Area::shown(17, "application", show_point).ranging();
const OTHER_NUMBER: &Area = &Area::shown(18, "number", show_point).ranging();
const OCTET_STRING: &Area = &Area::shown(19, "octet_string", show_point).ranging();
const TERMINAL: &Area = &Area::shown(20, "virtual_terminal", show_point).ranging();
pub(super) const SECURITY: &Area = &Area::shown(21, "security_user", show_user);
const STATISTIC: &Area = &Area::shown(22, "security_statistic", show_point).ranging();

/// All kinds of points.
pub(super) const AREAS: &[&Area] = &[
    ATTRIBUTE,
    BINARY_INPUT,
    DOUBLE_BIT_INPUT,
    BINARY_OUTPUT,
    COUNTER,
    FROZEN_COUNTER,
    ANALOG_INPUT,
    FROZEN_ANALOG,
    DEADBAND,
    ANALOG_OUTPUT,
    CLOCK,
    CLASS,
    FILE,
    INDICATION,
    STORAGE,
    DATA_SET,
    APPLICATION,
    OTHER_NUMBER,
    OCTET_STRING,
    TERMINAL,
    SECURITY,
    STATISTIC,
];

/// `binary_input[3] g2v2`, `analog_input[0..9] g30v5`, `counter[*] g20v0` for all of them.
fn show_point(target: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    let Target { area, count, extra, .. } = *target;
    match count {
        0 => write!(out, "{}[*]", area.key)?,
        _ => write!(out, "{}[{}]", area.key, target.positions())?,
    }
    write!(out, " g{}v{}", extra >> 8 & 0xff, extra & 0xff)?;
    if extra & TIME == 0 { Ok(()) } else { out.write_str(" time") }
}

/// `class[1]`: events of class 1; class 0 are all present values. A.26.
fn show_class(target: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "{}[{}]", target.area.key, target.index)
}

/// `device_attribute[252]`, with the set where it is not the standard's own. A.1.
fn show_attribute(target: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "{}[{}]", target.area.key, target.index)?;
    if target.extra == 0 { Ok(()) } else { write!(out, " set {}", target.extra) }
}

/// The file's name, or its handle.
fn show_file(target: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    match core::str::from_utf8(target.name) {
        Ok("") | Err(_) => write!(out, "{}[0x{:x}]", target.area.key, target.index),
        Ok(name) => write!(out, "{} {name}", target.area.key),
    }
}

/// The user's name where it is told, else the number.
fn show_user(target: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    match core::str::from_utf8(target.name) {
        Ok("") | Err(_) => show_point(target, out),
        Ok(name) => write!(out, "{} {name}", target.area.key),
    }
}

/// Which points a group speaks of; `None` for groups the standard does not have.
pub(super) fn area(group: u8) -> Option<&'static Area> {
    Some(match group {
        0 => ATTRIBUTE,
        1 | 2 => BINARY_INPUT,
        3 | 4 => DOUBLE_BIT_INPUT,
        10..=13 => BINARY_OUTPUT,
        20 | 22 => COUNTER,
        21 | 23 => FROZEN_COUNTER,
        30 | 32 => ANALOG_INPUT,
        31 | 33 => FROZEN_ANALOG,
        34 => DEADBAND,
        40..=43 => ANALOG_OUTPUT,
        50..=52 => CLOCK,
        60 => CLASS,
        70 => FILE,
        80 => INDICATION,
        81..=83 => STORAGE,
        85..=88 => DATA_SET,
        90 | 91 => APPLICATION,
        100..=102 => OTHER_NUMBER,
        110 | 111 => OCTET_STRING,
        112 | 113 => TERMINAL,
        120 => SECURITY,
        121 | 122 => STATISTIC,
        _ => return None,
    })
}

/// How a number is encoded; the low byte comes first. §11.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    U8,
    U16,
    U32,
    I16,
    I32,
    F32,
    F64,
    /// Decimal digits of four bits, this many bytes.
    Bcd(u8),
}

impl Number {
    /// Bytes of it.
    pub(super) fn size(self) -> usize {
        match self {
            Self::U8 => 1,
            Self::U16 | Self::I16 => 2,
            Self::U32 | Self::I32 | Self::F32 => 4,
            Self::F64 => 8,
            Self::Bcd(bytes) => usize::from(bytes),
        }
    }
}

/// The time behind a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stamp {
    None,
    /// Milliseconds since 1970, 48 bits. §11.3.4.
    Absolute,
    /// Milliseconds since the common time of occurrence, 16 bits. A.24.
    Relative,
}

impl Stamp {
    /// Bytes of it.
    pub(super) fn size(self) -> usize {
        match self {
            Self::None => 0,
            Self::Absolute => 6,
            Self::Relative => 2,
        }
    }
}

/// What an object is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Nothing: the header says it all.
    Empty,
    /// One bit each, packed.
    Bits,
    /// Two bits each, packed.
    Pairs,
    /// Flags with the state in the highest bit.
    State(Flags, Stamp),
    /// Flags with the state in the two highest bits.
    DoubleState(Stamp),
    /// Flags where there are any, the number, the time.
    Value(Option<Flags>, Number, Stamp),
    /// What an output is set to, and how that ended.
    Command(Number),
    /// How the setting of an output ended, what it was set to, when.
    CommandEvent(Number, Stamp),
    /// How the switching of an output ended with the state it was set to, when.
    CommandState(Stamp),
    /// Control relay output block, also for a pattern.
    RelayBlock,
    /// A time, and this many bytes about repeating it.
    Time(u8),
    /// A flag byte, an association, a count, the time.
    Statistic(Stamp),
    /// A byte string as long as the variation says.
    Octets,
    /// A device attribute: type, length, content.
    Attribute,
    /// Several fields of this many bytes in all.
    Fields(u8),
    /// Length told by the qualifier alone.
    Sized,
}

impl Shape {
    /// Bytes of one object; `None` where only the object itself or its qualifier tells.
    pub(super) fn size(self, variation: u8) -> Option<usize> {
        Some(match self {
            Self::Empty => 0,
            Self::Bits | Self::Pairs | Self::Attribute | Self::Sized => return None,
            Self::State(_, time) | Self::DoubleState(time) | Self::CommandState(time) => {
                time.size().saturating_add(1)
            }
            Self::Value(flags, number, time) => usize::from(flags.is_some())
                .saturating_add(number.size())
                .saturating_add(time.size()),
            Self::Command(number) => number.size().saturating_add(1),
            Self::CommandEvent(number, time) => {
                number.size().saturating_add(time.size()).saturating_add(1)
            }
            Self::RelayBlock => 11,
            Self::Time(more) => usize::from(more).saturating_add(6),
            Self::Statistic(time) => time.size().saturating_add(7),
            Self::Octets => usize::from(variation),
            Self::Fields(size) => usize::from(size),
        })
    }
}

/// What the objects of a group and variation are made of; `None` where the standard has none.
pub(super) fn shape(group: u8, variation: u8) -> Option<Shape> {
    use Flags::{Analog, Binary, Output};
    use Number::{Bcd, F32, U8, U16, U32};
    use Shape::{Bits, Command, CommandState, DoubleState, Fields, Pairs, RelayBlock, Sized};
    use Shape::{State, Time, Value};
    use Stamp::{Absolute, None as No, Relative};
    Some(match (group, variation) {
        (0, _) => Shape::Attribute,
        (1 | 10 | 80, 1) | (12, 3) => Bits,
        (1, 2) | (2, 1) => State(Binary, No),
        (2, 2) => State(Binary, Absolute),
        (2, 3) => State(Binary, Relative),
        (3, 1) => Pairs,
        (3, 2) | (4, 1) => DoubleState(No),
        (4, 2) => DoubleState(Absolute),
        (4, 3) => DoubleState(Relative),
        (10, 2) | (11, 1) => State(Output, No),
        (11, 2) => State(Output, Absolute),
        (12, 1 | 2) => RelayBlock,
        (13, 1) => CommandState(No),
        (13, 2) => CommandState(Absolute),
        (20..=23, _) => return counter(group, variation),
        (30..=33, _) => return analog(group, variation),
        (34, 1) | (52, 1 | 2) => Value(None, U16, No),
        (34, 2) => Value(None, U32, No),
        (34, 3) => Value(None, F32, No),
        (40, 1..=4) => Value(Some(Analog), output_number(variation)?, No),
        (41, 1..=4) => Command(output_number(variation)?),
        (42, 1..=8) => return analog(42, variation),
        (43, 1..=8) => return command_event(variation),
        (50, 1 | 3) | (51, 1 | 2) => Time(0),
        (50, 2) => Time(4),
        (50, 4) => Time(5),
        (60, 1..=4) => Shape::Empty,
        (81, 1) => Fields(3),
        (86, 2) | (102, 1) => Value(None, U8, No),
        (70, 1..=8)
        | (82 | 85 | 87 | 88 | 90 | 91, 1)
        | (83, 1 | 2)
        | (86, 1 | 3)
        | (120, 1 | 2 | 5..=15) => Sized,
        (101, 1) => Value(None, Bcd(2), No),
        (101, 2) => Value(None, Bcd(4), No),
        (101, 3) => Value(None, Bcd(8), No),
        (110..=113, _) => Shape::Octets,
        (120, 3) => Fields(6),
        (120, 4) => Fields(2),
        (121 | 122, 1) => Shape::Statistic(No),
        (122, 2) => Shape::Statistic(Absolute),
        _ => return None,
    })
}

/// Counters: odd variations have 32 bits, even ones 16. A.10 to A.13.
fn counter(group: u8, variation: u8) -> Option<Shape> {
    let (with_flags, last) = match group {
        20 => (4, 8),
        21 => (8, 12),
        _ => (8, 8),
    };
    let flags = match variation {
        0 => return None,
        v if v <= with_flags => Some(Flags::Counter),
        v if v <= last => None,
        _ => return None,
    };
    let number = if variation & 1 == 1 { Number::U32 } else { Number::U16 };
    let timed = group != 20 && (5..=8).contains(&variation);
    let time = if timed { Stamp::Absolute } else { Stamp::None };
    Some(Shape::Value(flags, number, time))
}

/// Analog values, static ones and events. A.14 to A.17, A.21.
fn analog(group: u8, variation: u8) -> Option<Shape> {
    use Number::{F32, F64, I16, I32};
    use Stamp::{Absolute, None as No};
    let flags = Some(Flags::Analog);
    let (flags, number, time) = match (group, variation) {
        (_, 1) => (flags, I32, No),
        (_, 2) => (flags, I16, No),
        (30, 3) | (31, 5) => (None, I32, No),
        (30, 4) | (31, 6) => (None, I16, No),
        (30 | 32 | 33 | 42, 5) | (31, 7) => (flags, F32, No),
        (30 | 32 | 33 | 42, 6) | (31, 8) => (flags, F64, No),
        (31 | 32 | 33 | 42, 3) => (flags, I32, Absolute),
        (31 | 32 | 33 | 42, 4) => (flags, I16, Absolute),
        (32 | 33 | 42, 7) => (flags, F32, Absolute),
        (32 | 33 | 42, 8) => (flags, F64, Absolute),
        _ => return None,
    };
    Some(Shape::Value(flags, number, time))
}

/// What an analog output is set to. A.19, A.20.
fn output_number(variation: u8) -> Option<Number> {
    Some(match variation {
        1 => Number::I32,
        2 => Number::I16,
        3 => Number::F32,
        4 => Number::F64,
        _ => return None,
    })
}

/// That an analog output was set. A.22.
fn command_event(variation: u8) -> Option<Shape> {
    use Number::{F32, F64, I16, I32};
    use Stamp::{Absolute, None as No};
    let (number, time) = match variation {
        1 => (I32, No),
        2 => (I16, No),
        3 => (I32, Absolute),
        4 => (I16, Absolute),
        5 => (F32, No),
        6 => (F64, No),
        7 => (F32, Absolute),
        8 => (F64, Absolute),
        _ => return None,
    };
    Some(Shape::CommandEvent(number, time))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_the_object_library() {
        let size = |group, variation| shape(group, variation).and_then(|s| s.size(variation));
        let expected = [
            ((1, 2), 1),
            ((2, 2), 7),
            ((2, 3), 3),
            ((4, 2), 7),
            ((12, 1), 11),
            ((13, 2), 7),
            ((20, 1), 5),
            ((20, 6), 2),
            ((21, 5), 11),
            ((21, 10), 2),
            ((22, 6), 9),
            ((30, 4), 2),
            ((30, 6), 9),
            ((31, 3), 11),
            ((32, 7), 11),
            ((33, 8), 15),
            ((34, 3), 4),
            ((40, 2), 3),
            ((41, 4), 9),
            ((42, 4), 9),
            ((43, 3), 11),
            ((50, 1), 6),
            ((50, 4), 11),
            ((52, 2), 2),
            ((81, 1), 3),
            ((101, 3), 8),
            ((110, 9), 9),
            ((120, 3), 6),
            ((121, 1), 7),
            ((122, 2), 13),
        ];
        for ((group, variation), bytes) in expected {
            assert_eq!(size(group, variation), Some(bytes), "g{group}v{variation}");
        }
        for (group, variation) in [(1, 3), (20, 9), (22, 9), (30, 7), (40, 5), (60, 5), (255, 1)] {
            assert_eq!(shape(group, variation), None, "g{group}v{variation}");
        }
    }
}
