//! Targets: variables, and attributes of objects.

use super::value::number;
use core::fmt::{Result, Write};
use decode::Cursor;
use vocab::{Area, Target};

/// A variable: index is the symbol's checksum, `extra` the area, name the path of numbers.
pub(super) const VARIABLE: &Area = &Area::shown(1, "variable", show_variable);
/// An attribute of an object: index is the object, `extra` the attribute.
pub(super) const ATTRIBUTE: &Area = &Area::shown(2, "attribute", show_attribute);
/// An object by its class: index is the class.
pub(super) const CLASS: &Area = &Area::shown(3, "class", show_class);
/// A value of a subscription, by the number that the client gave it.
pub(super) const ITEM: &Area = &Area::indexed(4, "item");

/// Marker of a path that is an offset, a length and, for a bit, its position: data blocks that
/// are not optimised, and memory.
const CLASSIC: u32 = 3;

/// The address at the cursor: checksum, area, number of steps, value sort, steps.
pub(super) fn variable<'p>(at: &mut Cursor<'p>) -> Option<Target<'p>> {
    let (checksum, area, count) = (number(at)?, number(at)?, number(at)?);
    // The first step says which value: actual or initial.
    number(at)?;
    let path = at.rest();
    let left = at.len();
    for _ in 1..count {
        number(at)?;
    }
    let name = path.get(..left.saturating_sub(at.len())).unwrap_or(&[]);
    Some(Target { area: VARIABLE, index: u64::from(checksum), count: 1, extra: area, name })
}

/// An attribute of an object.
pub(super) fn attribute(object: u64, attribute: u32) -> Target<'static> {
    Target { area: ATTRIBUTE, index: object, count: 1, extra: attribute, name: &[] }
}

/// An object of a class.
pub(super) fn class(class: u32) -> Target<'static> {
    Target { area: CLASS, index: u64::from(class), count: 1, extra: 0, name: &[] }
}

/// A value of a subscription.
pub(super) fn item(reference: u32) -> Target<'static> {
    Target { area: ITEM, index: u64::from(reference), count: 1, extra: 0, name: &[] }
}

/// An absolute address as engineers write it, `DB1.DBX4.0` or `MW20`; a symbol by its checksum
/// and path.
fn show_variable(t: &Target<'_>, out: &mut dyn Write) -> Result {
    let block = matches!(t.extra >> 16, 0x8a0e);
    match t.extra {
        80 => out.write_str("I")?,
        81 => out.write_str("Q")?,
        82 => out.write_str("M")?,
        83 => out.write_str("C")?,
        84 => out.write_str("T")?,
        _ if block => write!(out, "DB{}", t.extra & 0xffff)?,
        other => write!(out, "area 0x{other:08x}")?,
    }
    let mut at = Cursor::new(t.name);
    if number(&mut at) == Some(CLASSIC)
        && let (Some(offset), Some(length)) = (number(&mut at), number(&mut at))
    {
        let prefix = if block { ".DB" } else { "" };
        return match (number(&mut at), length) {
            (Some(bit), _) if block => write!(out, "{prefix}X{offset}.{bit}"),
            (Some(bit), _) => write!(out, "{offset}.{bit}"),
            (None, 1) => write!(out, "{prefix}B{offset}"),
            (None, 2) => write!(out, "{prefix}W{offset}"),
            (None, 4) => write!(out, "{prefix}D{offset}"),
            (None, _) => write!(out, "{prefix}B{offset} BYTE {length}"),
        };
    }
    if t.index != 0 {
        write!(out, " symbol 0x{:08x}", t.index)?;
    }
    let mut at = Cursor::new(t.name);
    let mut separator = " path ";
    while let Some(step) = number(&mut at) {
        write!(out, "{separator}{step}")?;
        separator = ".";
    }
    Ok(())
}

/// Names of objects that every station has.
fn object_name(object: u64) -> Option<&'static str> {
    Some(match object {
        1 => "ASRoot",
        2 => "HWConfiguration",
        3 => "PLCProgram",
        8 => "AlarmSubsystem",
        48 => "CPU",
        50 => "CPUCommon",
        51 => "CardReaderWriter",
        52 => "CPUexecUnit",
        53 => "WebServer",
        54 => "CPUDisplay",
        285 => "ServerSessionContainer",
        _ => return None,
    })
}

/// Names of attributes that matter to security or name things.
fn attribute_name(attribute: u32) -> Option<&'static str> {
    Some(match attribute {
        super::spec::NAME => "name",
        303 => "legitimation challenge",
        304 => "legitimation response",
        super::spec::SESSION_VERSION => "session version",
        1041 => "subscription active",
        1049 => "subscription cycle",
        1053 => "subscription credit",
        1830 => "session key",
        1842 => "effective protection level",
        1843 => "active protection level",
        1846 => "legitimate",
        super::spec::OPERATING_STATE => "operating state request",
        super::spec::IDENTIFICATION => "identification",
        _ => return None,
    })
}

fn show_attribute(t: &Target<'_>, out: &mut dyn Write) -> Result {
    match object_name(t.index) {
        Some(name) => out.write_str(name)?,
        None => write!(out, "object 0x{:x}", t.index)?,
    }
    match attribute_name(t.extra) {
        Some(name) => write!(out, " {name}"),
        None => write!(out, " attribute {}", t.extra),
    }
}

fn show_class(t: &Target<'_>, out: &mut dyn Write) -> Result {
    let name = match t.index {
        255 => "Subscriptions",
        284 => "ServerSessionContainer",
        287 => "ServerSession",
        1001 => "Subscription",
        2520 => "PLCProgram",
        2574 => "DataBlock",
        2681 => "Alarm",
        other => return write!(out, "class {other}"),
    };
    out.write_str(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line;

    #[test]
    fn addresses_are_absolute_or_symbols() {
        let shown = |bytes: &[u8]| variable(&mut Cursor::new(bytes)).map(|t| line!("{t}"));
        let of = |bytes: &[u8], text: &str| {
            assert_eq!(shown(bytes).unwrap_or_default().bytes(), text.as_bytes());
        };
        of(&[0, 0x52, 5, 0x9d, 0x18, 3, 0, 1, 7], "M0.7");
        of(&[0, 0x52, 4, 0x9d, 0x18, 3, 20, 2], "MW20");
        of(&[0, 0x88, 0xd0, 0xb8, 0x80, 6, 4, 0x93, 0x76, 3, 4, 4], "DB6.DBD4");
        of(
            &[0x84, 0xd2, 0x09, 0x88, 0xd0, 0xb8, 0x80, 6, 2, 0x93, 0x76, 22],
            "DB6 symbol 0x00012909 path 22",
        );
    }
}
