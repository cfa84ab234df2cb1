//! Values of the application types. ASHRAE 135-2020 clause 20.2.

use super::names::show_object;
use super::tag::Element;
use crate::common::text::Line;
use core::fmt::{self, Write as _};
use vocab::Value;

/// Room for a text or another value that is not sent as it is shown.
pub(super) type Scratch = Line<256>;

/// An element's value. Context tags do not tell the type: their bytes are shown.
pub(super) fn of<'a>(element: &Element<'a>, scratch: &'a mut Scratch) -> Value<'a> {
    let bytes = element.content;
    let or_bytes = |value: Option<Value<'a>>| value.unwrap_or(Value::Bytes(bytes));
    if element.context {
        return Value::Bytes(bytes);
    }
    match element.number {
        0 => Value::Text(b"null"),
        1 => Value::Bool(element.low != 0),
        2 | 9 => or_bytes(element.uint().map(Value::Uint)),
        3 => or_bytes(element.int().map(Value::Int)),
        4 => or_bytes(bytes.try_into().ok().map(|b| Value::Real(f64::from(f32::from_be_bytes(b))))),
        5 => or_bytes(bytes.try_into().ok().map(|b| Value::Real(f64::from_be_bytes(b)))),
        7 => Value::Text(text(bytes, scratch)),
        8 => or_bytes(bits(bytes)),
        10..=12 => shown(element, scratch),
        _ => Value::Bytes(bytes),
    }
}

/// A value with a context tag, where the property tells its type; `None` elsewhere.
pub(super) fn of_property<'a>(
    property: u32,
    element: &Element<'a>,
    scratch: &'a mut Scratch,
) -> Option<Value<'a>> {
    match property {
        _ if !element.context => None,
        // Controlled and manipulated variables, group and zone members, logged properties,
        // subordinates.
        19 | 53 | 54 | 60 | 78 | 132 | 159 | 165 | 211 => reference(element, scratch),
        131 => logged(element),
        _ => None,
    }
}

/// A part of a reference: object and device identifiers have four bytes, property and index
/// fewer. Clause 21, BACnetObjectPropertyReference, BACnetDeviceObjectReference and their like.
fn reference<'a>(element: &Element<'a>, scratch: &'a mut Scratch) -> Option<Value<'a>> {
    match element.object() {
        Some(object) => show_object(object, scratch).ok().map(|()| Value::Text(scratch.bytes())),
        None => element.uint().map(Value::Uint),
    }
}

/// A logged value, or the status flags behind it. Clause 21, BACnetLogRecord.
fn logged<'a>(element: &Element<'a>) -> Option<Value<'a>> {
    let bytes = element.content;
    match (element.number, bytes.len()) {
        (1, 1) => Some(Value::Bool(bytes != [0])),
        // A real number, or the change of the clock in seconds.
        (2 | 9, 4) => real(bytes),
        (0 | 2 | 6, _) => bits(bytes),
        (3 | 4, _) => element.uint().map(Value::Uint),
        (5, _) => element.int().map(Value::Int),
        _ => None,
    }
}

fn real(bytes: &[u8]) -> Option<Value<'_>> {
    bytes.try_into().ok().map(|b| Value::Real(f64::from(f32::from_be_bytes(b))))
}

/// The first byte says how many bits of the last one are unused. Clause 20.2.10.
fn bits(bytes: &[u8]) -> Option<Value<'_>> {
    let (unused, bits) = bytes.split_first()?;
    let all = vocab::sat_u32(bits.len().saturating_mul(8));
    Some(Value::BitString(bits, all.saturating_sub(u32::from(*unused))))
}

/// Dates, times and object identifiers as text.
fn shown<'a>(element: &Element<'a>, scratch: &'a mut Scratch) -> Value<'a> {
    let written = match (element.number, element.content) {
        (10, &[a, b, c, d]) => date([a, b, c, d], scratch),
        (11, &[a, b, c, d]) => time([a, b, c, d], scratch),
        (12, &[a, b, c, d]) => show_object(u32::from_be_bytes([a, b, c, d]), scratch),
        _ => Err(fmt::Error),
    };
    if written.is_ok() { Value::Text(scratch.bytes()) } else { Value::Bytes(element.content) }
}

/// A date and a time behind each other as text, of application values; `None` if they are not.
pub(super) fn date_time(day: &[u8], hour: &[u8]) -> Option<Scratch> {
    let mut out = Scratch::default();
    date(*day.first_chunk()?, &mut out).ok()?;
    out.write_char(' ').ok()?;
    time(*hour.first_chunk()?, &mut out).ok()?;
    Some(out)
}

/// Year since 1900, month, day, day of the week; 255 is any. Clause 20.2.12.
fn date([year, month, day, weekday]: [u8; 4], out: &mut Scratch) -> fmt::Result {
    match year {
        255 => out.write_char('*')?,
        _ => write!(out, "{}", u16::from(year).saturating_add(1900))?,
    }
    out.write_char('-')?;
    number(month, out)?;
    out.write_char('-')?;
    number(day, out)?;
    // The weekday follows from a whole date.
    if (1..=7).contains(&weekday) && [year, month, day].contains(&255) {
        write!(out, " weekday {weekday}")?;
    }
    Ok(())
}

/// Hour, minute, second, hundredths; 255 is any. Clause 20.2.13.
fn time([hour, minute, second, hundredths]: [u8; 4], out: &mut Scratch) -> fmt::Result {
    number(hour, out)?;
    out.write_char(':')?;
    number(minute, out)?;
    out.write_char(':')?;
    number(second, out)?;
    out.write_char('.')?;
    number(hundredths, out)
}

fn number(n: u8, out: &mut Scratch) -> fmt::Result {
    if n == 255 { out.write_char('*') } else { write!(out, "{n:02}") }
}

/// A character string, whose first byte is its character set, as UTF-8. Clause 20.2.9.
pub(super) fn text<'a>(content: &'a [u8], scratch: &'a mut Scratch) -> &'a [u8] {
    let Some((set, text)) = content.split_first() else { return &[] };
    *scratch = match set {
        // Microsoft DBCS: a code page, then the text.
        1 => return text.get(2..).unwrap_or(&[]),
        3 => utf32(text),
        4 => Scratch::of_utf16be(text),
        5 => Scratch::of_latin1(text),
        // 0 is UTF-8, ASCII in old editions; 2 is JIS X 0208.
        _ => return text,
    };
    scratch.bytes()
}

/// UTF-32 with the high byte first, up to a NUL.
fn utf32(text: &[u8]) -> Scratch {
    let mut line = Scratch::default();
    for unit in text.chunks_exact(4) {
        let unit = unit.iter().fold(0u32, |n, b| n << 8 | u32::from(*b));
        let c = char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER);
        if c == '\0' || line.write_char(c).is_err() {
            break;
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use decode::Cursor;
    extern crate std;
    use std::string::{String, ToString};

    fn shown(bytes: &[u8]) -> String {
        let mut scratch = Scratch::default();
        of(&Element::next(&mut Cursor::new(bytes)).unwrap(), &mut scratch).to_string()
    }

    #[test]
    fn the_examples_of_the_standard() {
        // Clauses 20.2.2 to 20.2.14.
        assert_eq!(shown(&[0x00]), "null");
        assert_eq!(shown(&[0x10]), "false");
        assert_eq!(shown(&[0x21, 0x48]), "72");
        assert_eq!(shown(&[0x31, 0x48]), "72");
        assert_eq!(shown(&[0x44, 0x42, 0x90, 0x00, 0x00]), "72");
        assert_eq!(shown(&[0x55, 0x08, 0x40, 0x52, 0, 0, 0, 0, 0, 0]), "72");
        assert_eq!(shown(&[0x63, 0x12, 0x34, 0xff]), "1234ff");
        assert_eq!(shown(&[0x82, 0x03, 0xa8]), "10101");
        assert_eq!(shown(&[0x91, 0x00]), "0");
        assert_eq!(shown(&[0xa4, 0x5b, 0x01, 0x18, 0x04]), "1991-01-24");
        assert_eq!(shown(&[0xb4, 0x11, 0x23, 0x2d, 0x11]), "17:35:45.17");
        assert_eq!(shown(&[0xc4, 0x00, 0xc0, 0x00, 0x0f]), "binary-input,15");
    }

    #[test]
    fn texts_in_all_character_sets() {
        let text = |bytes: &[u8]| {
            let mut scratch = Scratch::default();
            String::from_utf8(super::text(bytes, &mut scratch).to_vec()).unwrap()
        };
        assert_eq!(text(b"\x00AHU"), "AHU");
        assert_eq!(text(b"\x01\x03\x52AHU"), "AHU");
        assert_eq!(text(b"\x03\0\0\0A\0\x01\xf3\x21"), "A\u{1f321}");
        assert_eq!(text(b"\x04\0K\0\xfc"), "Kü");
        assert_eq!(text(b"\x05K\xfc"), "Kü");
        assert_eq!(text(b""), "");
    }

    #[test]
    fn patterns_have_stars() {
        assert_eq!(shown(&[0xa4, 0xff, 0x0c, 0x18, 0xff]), "*-12-24");
        assert_eq!(shown(&[0xa4, 0xff, 0xff, 0xff, 0x01]), "*-*-* weekday 1");
        assert_eq!(shown(&[0xb4, 0x0c, 0xff, 0xff, 0xff]), "12:*:*.*");
    }
}
