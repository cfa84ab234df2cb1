//! Data as DLMS encodes it, and what names a meter. IEC 62056-5-3:2017 §9.5, Data.

use super::spec;
use crate::common::text::{Line, is_text};
use crate::line;
use core::fmt::Write as _;
use decode::Cursor;
use dissect::Cx;
use vocab::{Role, Target, Value};

/// Structures inside structures; objects nest less.
const DEPTH_MAX: usize = 8;
/// Most values of one attribute that are said.
const VALUES_MAX: u16 = 512;

/// An attribute or method of an object. §9.5, Cosem-Attribute-Descriptor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Descriptor {
    /// Class.
    pub(super) class: u16,
    /// Logical name, first value highest.
    pub(super) name: u64,
    /// Attribute, or method.
    pub(super) member: u8,
}

impl Descriptor {
    /// Class, logical name, attribute or method: nine bytes.
    pub(super) fn read(at: &mut Cursor<'_>) -> Option<Self> {
        let class = at.be16()?;
        let &[a, b, c, d, e, f] = at.chunk()?;
        let name = u64::from_be_bytes([0, 0, a, b, c, d, e, f]);
        Some(Self { class, name, member: at.u8()? })
    }

    pub(super) fn args(self) -> [u64; 4] {
        [u64::from(self.class), self.name, u64::from(self.member), 0]
    }

    pub(super) fn of_args([class, name, member, _]: [u64; 4]) -> Self {
        Self { class: vocab::low_u16(class), name, member: vocab::low_u8(member) }
    }

    pub(super) fn target(self, method: bool, ordinal: u16) -> Target<'static> {
        let extra = u32::from(self.member) | if method { 0x100 } else { 0 };
        let index = u64::from(ordinal) << 48 | self.name;
        Target { area: spec::OBJECT, index, count: 1, extra, name: &[] }
    }
}

/// A length: one byte, or how many bytes it has.
pub(super) fn length(at: &mut Cursor<'_>) -> Option<usize> {
    crate::common::ber::length(at)
}

/// Says the values of an attribute one by one; names the meter where one does. `None` when the
/// data is not all there or has an unknown type.
pub(super) fn say(
    cx: &mut Cx<'_>,
    of: Descriptor,
    role: Role,
    method: bool,
    at: &mut Cursor<'_>,
) -> Option<()> {
    let constructed = matches!(at.peek(), Some(1 | 2));
    let mut said = 0u16;
    walk(at, DEPTH_MAX, &mut |value| {
        said = said.saturating_add(1);
        if said <= VALUES_MAX {
            let ordinal = if constructed { said } else { 0 };
            cx.item(of.target(method, ordinal), value);
        }
        if !constructed && role == Role::Response {
            identity(cx, of, value);
        }
    })
}

/// Reads one value, and those inside it.
fn walk(at: &mut Cursor<'_>, depth: usize, tell: &mut dyn FnMut(Value<'_>)) -> Option<()> {
    let kind = at.u8()?;
    match kind {
        1 | 2 => {
            let depth = depth.checked_sub(1)?;
            for _ in 0..length(at)? {
                walk(at, depth, tell)?;
            }
        }
        // A compact array: one description for all elements, then their bytes.
        19 => {
            description(at, depth)?;
            let len = length(at)?;
            tell(Value::Bytes(at.take(len)?));
        }
        25 => date_time(at.take(12)?, tell),
        _ => tell(primitive(kind, at)?),
    }
    Some(())
}

/// A type description. §9.5, TypeDescription.
fn description(at: &mut Cursor<'_>, depth: usize) -> Option<()> {
    let depth = depth.checked_sub(1)?;
    match at.u8()? {
        1 => {
            at.skip(2)?;
            description(at, depth)
        }
        2 => {
            for _ in 0..length(at)? {
                description(at, depth)?;
            }
            Some(())
        }
        _ => Some(()),
    }
}

fn primitive<'p>(kind: u8, at: &mut Cursor<'p>) -> Option<Value<'p>> {
    Some(match kind {
        0 => Value::None,
        3 => Value::Bool(at.u8()? != 0),
        4 => {
            let bits = length(at)?;
            Value::BitString(at.take(bits.div_ceil(8))?, vocab::sat_u32(bits))
        }
        5 => Value::Int(i64::from(at.be32()?.cast_signed())),
        6 => Value::Uint(u64::from(at.be32()?)),
        9 => {
            let len = length(at)?;
            let bytes = at.take(len)?;
            if bytes.len() > 2 && is_text(bytes) { Value::Text(bytes) } else { Value::Bytes(bytes) }
        }
        10 | 12 => {
            let len = length(at)?;
            Value::Text(at.take(len)?)
        }
        15 => Value::Int(i64::from(at.u8()?.cast_signed())),
        16 => Value::Int(i64::from(at.be16()?.cast_signed())),
        13 | 17 | 22 => Value::Uint(u64::from(at.u8()?)),
        18 => Value::Uint(u64::from(at.be16()?)),
        20 => Value::Int(at.be64()?.cast_signed()),
        21 => Value::Uint(at.be64()?),
        23 => Value::Real(f64::from(f32::from_bits(at.be32()?))),
        24 => Value::Real(f64::from_bits(at.be64()?)),
        26 => Value::Bytes(at.take(5)?),
        27 => Value::Bytes(at.take(4)?),
        _ => return None,
    })
}

/// Year, month, day, weekday, hour, minute, second, and more that is left out. §9.5; 255 is not
/// told.
fn date_time(bytes: &[u8], tell: &mut dyn FnMut(Value<'_>)) {
    let &[y0, y1, month, day, _, hour, minute, second, ..] = bytes else { return };
    let year = u16::from_be_bytes([y0, y1]);
    let text = line!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}");
    tell(Value::Text(text.bytes()));
}

/// Objects whose value names the meter. IEC 62056-6-1:2017 §6.
fn identity(cx: &mut Cx<'_>, of: Descriptor, value: Value<'_>) {
    if of.member != 2 {
        return;
    }
    let attribute = match of.name {
        0x0000_2a00_00ff => spec::LOGICAL_NAME,
        0x0000_6001_00ff => spec::DEVICE_ID,
        0x0100_0002_00ff => spec::FIRMWARE,
        _ => return,
    };
    let text = line!("{value}");
    cx.attr(attribute, text.bytes());
}

/// A system title names its owner: three letters of the maker, then five bytes of the maker's
/// own. IEC 62056-5-3:2017 §5.3.4.8.1.
pub(super) fn system_title(cx: &mut Cx<'_>, title: &[u8]) {
    let Some((maker, number)) = title.split_first_chunk::<3>().filter(|_| title.len() == 8) else {
        return;
    };
    if !maker.iter().all(u8::is_ascii_alphanumeric) {
        return;
    }
    let mut text = Line::<64>::default();
    let letters = core::str::from_utf8(maker).unwrap_or("");
    if write!(text, "{letters}{}", Value::Bytes(number)).is_ok() {
        cx.attr(spec::SYSTEM_TITLE, text.bytes());
        cx.attr(spec::MAKER, maker);
    }
}
