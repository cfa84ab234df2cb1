//! A command's data: what is read and written, and who answers.

use super::layout::{self, Field};
use super::spec;
use crate::common::text::{Line, until_nul};
use core::fmt::Write;
use decode::Cursor;
use dissect::Cx;
use vocab::{AttrSpec, Subject, Target, Value};

/// Device variables of one message.
const SLOTS_MAX: usize = 8;

/// What a field is about, from the fields before it.
#[derive(Clone, Copy, Debug, Default)]
struct About {
    /// The last unit code, one higher.
    unit: u32,
    /// The last device variable.
    variable: u64,
}

/// Says the values in a command's data.
pub(super) fn values(cx: &mut Cx<'_>, command: u16, asks: bool, data: &[u8]) {
    let layout = layout::of(command, asks);
    let mut at = Cursor::new(data);
    let mut about = About::default();
    if !layout.head.iter().all(|field| say(cx, &mut at, &mut about, *field)) {
        return;
    }
    for _ in 0..SLOTS_MAX {
        // Command 9 ends with a time of four bytes: less than one more variable.
        if at.is_empty() || layout.slots.len() > 1 && at.len() < 6 {
            break;
        }
        // A lone code asks for a variable.
        if let [Field::Code] = layout.slots {
            let Some(code) = at.u8() else { break };
            cx.item(variable(code.into(), 0), Value::None);
            continue;
        }
        if !layout.slots.iter().all(|field| say(cx, &mut at, &mut about, *field)) {
            break;
        }
    }
    if let [Field::Code] = layout.head {
        cx.item(variable(about.variable, 0), Value::None);
    }
}

/// Says one field; false when it is not there.
fn say(cx: &mut Cx<'_>, at: &mut Cursor<'_>, about: &mut About, field: Field) -> bool {
    read(cx, at, about, field).is_some()
}

fn read(cx: &mut Cx<'_>, at: &mut Cursor<'_>, about: &mut About, field: Field) -> Option<()> {
    match field {
        Field::Unit => about.unit = u32::from(at.u8()?).saturating_add(1),
        Field::Code => about.variable = u64::from(at.u8()?),
        Field::Class => at.skip(1)?,
        Field::Skip(count) => at.skip(usize::from(count))?,
        Field::Variable => {
            let value = float(at)?;
            cx.item(variable(about.variable, about.unit), value);
        }
        Field::Dynamic(number) => {
            let value = float(at)?;
            let area = spec::DYNAMIC_VARIABLE;
            let index = u64::from(number);
            cx.item(Target { area, index, count: 1, extra: about.unit, name: &[] }, value);
        }
        Field::Float(name) => {
            let value = float(at)?;
            // What is a current or a percentage, or a time, has its unit by definition.
            let unit = match name {
                "loop_current" | "fixed_current" | "measured_current" => 40,
                "percent_of_range" => 58,
                "damping" => 52,
                _ => about.unit,
            };
            parameter(cx, name, unit, value);
        }
        Field::Byte(name) => parameter(cx, name, 0, Value::Uint(at.u8()?.into())),
        Field::Word(name) => parameter(cx, name, 0, Value::Uint(at.be16()?.into())),
        Field::Number(name) => parameter(cx, name, 0, Value::Uint(at.be24()?.into())),
        Field::Packed(name, len) => {
            let text = unpack(at.take(usize::from(len))?);
            parameter(cx, name, 0, Value::Text(text.bytes().trim_ascii_end()));
        }
        Field::Text(name, len) => {
            let text = Line::<64>::of_latin1(at.take(usize::from(len))?);
            parameter(cx, name, 0, Value::Text(text.bytes()));
        }
        Field::Date(name) => {
            let text = date(*at.chunk()?);
            parameter(cx, name, 0, Value::Text(text.bytes()));
        }
    }
    Some(())
}

fn float(at: &mut Cursor<'_>) -> Option<Value<'static>> {
    Some(Value::Real(f64::from(f32::from_be_bytes(*at.chunk()?))))
}

fn variable(index: u64, unit: u32) -> Target<'static> {
    Target { area: spec::DEVICE_VARIABLE, index, count: 1, extra: unit, name: &[] }
}

fn parameter(cx: &mut Cx<'_>, name: &'static str, unit: u32, value: Value<'_>) {
    let area = spec::PARAMETER;
    cx.item(Target { area, index: 0, count: 1, extra: unit, name: name.as_bytes() }, value);
}

/// Day, month and years since 1900, as a date.
fn date([day, month, year]: [u8; 3]) -> Line<64> {
    let year = u16::from(year).saturating_add(1_900);
    crate::line!("{year:04}-{month:02}-{day:02}")
}

/// Packed ASCII: characters of six bits, four in three bytes. HCF_SPEC-127 §5.1.1.
fn unpack(bytes: &[u8]) -> Line<64> {
    let mut line = Line::<64>::default();
    for three in bytes.chunks_exact(3) {
        let word = three.iter().fold(0u32, |word, byte| word << 8 | u32::from(*byte));
        for shift in [18, 12, 6, 0] {
            let low = vocab::low_u8(u64::from(word >> shift & 0x3f));
            let char = if low < 0x20 { low | 0x40 } else { low };
            // The line holds more than any packed text.
            line.write_char(char::from(char)).unwrap_or_default();
        }
    }
    line
}

/// Says what an answer tells of the device. HCF_SPEC-127 §6.1, §6.13, §6.14, §6.17, §6.21.
pub(super) fn identity(cx: &mut Cx<'_>, of: Subject, command: u16, data: &[u8]) {
    let mut at = Cursor::new(data);
    let packed = |cx: &mut Cx<'_>, spec: &'static AttrSpec, bytes: Option<&[u8]>| {
        if let Some(bytes) = bytes {
            cx.attr_of(of, spec, unpack(bytes).bytes().trim_ascii());
        }
    };
    match command {
        0 | 11 | 21 => {
            let _: Option<()> = device(cx, of, &mut at);
        }
        7 => {
            if let Some(address) = at.u8() {
                cx.attr_of(of, spec::ADDRESS, crate::line!("{address}").bytes());
            }
        }
        12 => packed(cx, spec::MESSAGE_TEXT, at.take(24)),
        13 => {
            packed(cx, spec::TAG, at.take(6));
            packed(cx, spec::DESCRIPTOR, at.take(12));
        }
        16 => {
            if let Some(number) = at.be24().filter(|number| *number != 0) {
                cx.attr_of(of, spec::ASSEMBLY, crate::line!("{number}").bytes());
            }
        }
        20 => {
            let text = Line::<64>::of_latin1(until_nul(at.take_up_to(32)));
            cx.attr_of(of, spec::LONG_TAG, text.bytes().trim_ascii());
        }
        _ => {}
    }
}

/// The unique identifier. HCF_SPEC-127 §6.1.
fn device(cx: &mut Cx<'_>, of: Subject, at: &mut Cursor<'_>) -> Option<()> {
    // 254 says that what follows is an expanded device type.
    at.u8().filter(|first| *first == 254)?;
    let kind = at.be16()?;
    at.skip(1)?;
    let universal = at.u8()?;
    let revision = at.u8()?;
    let software = at.u8()?;
    let hardware = at.u8()? >> 3;
    at.skip(1)?;
    let number = at.be24()?;
    // Response preambles, last device variable, change counter, extended status.
    let maker = at.skip(5).and_then(|()| at.be16());
    // Before revision 7 the type's high byte is the maker.
    let maker = maker.filter(|_| universal >= 7).unwrap_or(kind >> 8);
    cx.attr_of(of, spec::VENDOR, crate::line!("manufacturer id {maker}").bytes());
    let model = crate::line!("device type 0x{kind:04x} revision {revision}");
    cx.attr_of(of, spec::MODEL, model.bytes());
    cx.attr_of(of, spec::SERIAL, crate::line!("{number:06x}").bytes());
    cx.attr_of(of, spec::FIRMWARE, crate::line!("{software}").bytes());
    cx.attr_of(of, spec::HARDWARE, crate::line!("{hardware}").bytes());
    Some(())
}

#[cfg(test)]
mod tests {
    use super::unpack;

    #[test]
    fn packed_text() {
        // T (0x14), I (0x09), C (0x03), 1 (0x31).
        assert_eq!(unpack(&[0x50, 0x90, 0xf1]).bytes(), b"TIC1");
        assert_eq!(unpack(&[0; 3]).bytes(), b"@@@@");
    }
}
