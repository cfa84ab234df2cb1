//! Information elements: what one object of a type holds.

use super::status::{self, COMMON, ELAPSED_INVALID, INVALID, OVERFLOW};
use super::time;
use decode::Cursor;
use vocab::{Status, Value};

/// The elements of one object, without its time tag. IEC 60870-5-101:2003 §7.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Element {
    /// SIQ.
    Single,
    /// DIQ.
    Double,
    /// VTI, QDS.
    Step,
    /// BSI, QDS; also SCD, QDS: 16 states, then which of them changed. §7.2.6.13, §7.2.6.40.
    Bits,
    /// NVA, QDS.
    Normalized,
    /// SVA, QDS.
    Scaled,
    /// IEEE STD 754, QDS.
    Float,
    /// BCR.
    Counter,
    /// SEP, CP16Time2a.
    ProtectionEvent,
    /// SPE, QDP, CP16Time2a.
    ProtectionStart,
    /// OCI, QDP, CP16Time2a.
    ProtectionOutput,
    /// NVA alone.
    Bare,
    /// SCO.
    SingleCommand,
    /// DCO or RCO.
    DoubleCommand,
    /// NVA, QOS.
    SetNormalized,
    /// SVA, QOS.
    SetScaled,
    /// IEEE STD 754, QOS.
    SetFloat,
    /// BSI alone.
    SetBits,
    /// NVA, QPM.
    ParameterNormalized,
    /// SVA, QPM.
    ParameterScaled,
    /// IEEE STD 754, QPM.
    ParameterFloat,
    /// One octet: COI, QOI, QCC, QRP, QPA.
    Qualifier,
    /// The address alone.
    Nothing,
    /// CP56Time2a as the value.
    Clock,
    /// FBP, or TSC: a number of 16 bits that is sent back.
    Pattern,
    /// CP16Time2a.
    Delay,
}

/// The time tag behind the elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    /// None.
    Bare,
    /// CP24Time2a.
    Short,
    /// CP56Time2a.
    Full,
}

/// What one object of a type holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout {
    /// The elements.
    pub(crate) element: Element,
    /// The time tag.
    pub(crate) tag: Tag,
}

/// What an object says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading<'p> {
    /// Its value.
    pub(crate) value: Value<'p>,
    /// Its quality.
    pub(crate) status: Status,
    /// Its qualifier without the select bit.
    pub(crate) qualifier: u8,
    /// Select, not execute (S/E = 1). §7.2.6.26, §7.2.6.39.
    pub(crate) select: bool,
    /// How long protection took, in milliseconds.
    pub(crate) elapsed: Option<u16>,
    /// Its time tag.
    pub(crate) tag: time::Tag,
}

/// The layout of a type; `None` where it is not defined or its objects vary in length.
pub(crate) fn layout(kind: u8) -> Option<Layout> {
    use Element as E;
    let (element, tag) = match kind {
        1 => (E::Single, Tag::Bare),
        2 => (E::Single, Tag::Short),
        30 => (E::Single, Tag::Full),
        3 => (E::Double, Tag::Bare),
        4 => (E::Double, Tag::Short),
        31 => (E::Double, Tag::Full),
        5 => (E::Step, Tag::Bare),
        6 => (E::Step, Tag::Short),
        32 => (E::Step, Tag::Full),
        7 | 20 => (E::Bits, Tag::Bare),
        8 => (E::Bits, Tag::Short),
        33 => (E::Bits, Tag::Full),
        9 => (E::Normalized, Tag::Bare),
        10 => (E::Normalized, Tag::Short),
        34 => (E::Normalized, Tag::Full),
        11 => (E::Scaled, Tag::Bare),
        12 => (E::Scaled, Tag::Short),
        35 => (E::Scaled, Tag::Full),
        13 => (E::Float, Tag::Bare),
        14 => (E::Float, Tag::Short),
        36 => (E::Float, Tag::Full),
        15 => (E::Counter, Tag::Bare),
        16 => (E::Counter, Tag::Short),
        37 => (E::Counter, Tag::Full),
        17 => (E::ProtectionEvent, Tag::Short),
        38 => (E::ProtectionEvent, Tag::Full),
        18 => (E::ProtectionStart, Tag::Short),
        39 => (E::ProtectionStart, Tag::Full),
        19 => (E::ProtectionOutput, Tag::Short),
        40 => (E::ProtectionOutput, Tag::Full),
        21 => (E::Bare, Tag::Bare),
        45 => (E::SingleCommand, Tag::Bare),
        58 => (E::SingleCommand, Tag::Full),
        46 | 47 => (E::DoubleCommand, Tag::Bare),
        59 | 60 => (E::DoubleCommand, Tag::Full),
        48 => (E::SetNormalized, Tag::Bare),
        61 => (E::SetNormalized, Tag::Full),
        49 => (E::SetScaled, Tag::Bare),
        62 => (E::SetScaled, Tag::Full),
        50 => (E::SetFloat, Tag::Bare),
        63 => (E::SetFloat, Tag::Full),
        51 => (E::SetBits, Tag::Bare),
        64 => (E::SetBits, Tag::Full),
        70 | 100 | 101 | 105 | 113 => (E::Qualifier, Tag::Bare),
        102 => (E::Nothing, Tag::Bare),
        103 => (E::Clock, Tag::Bare),
        104 => (E::Pattern, Tag::Bare),
        107 => (E::Pattern, Tag::Full),
        106 => (E::Delay, Tag::Bare),
        110 => (E::ParameterNormalized, Tag::Bare),
        111 => (E::ParameterScaled, Tag::Bare),
        112 => (E::ParameterFloat, Tag::Bare),
        _ => return None,
    };
    Some(Layout { element, tag })
}

impl Layout {
    /// Bytes of one object behind its address.
    pub(crate) fn size(self) -> usize {
        use Element as E;
        let tag = match self.tag {
            Tag::Bare => 0usize,
            Tag::Short => 3,
            Tag::Full => 7,
        };
        let elements = match self.element {
            E::Nothing => 0usize,
            E::Single | E::Double | E::SingleCommand | E::DoubleCommand | E::Qualifier => 1,
            E::Step | E::Bare | E::Pattern | E::Delay => 2,
            E::Normalized
            | E::Scaled
            | E::ProtectionEvent
            | E::SetNormalized
            | E::SetScaled
            | E::ParameterNormalized
            | E::ParameterScaled => 3,
            E::SetBits | E::ProtectionStart | E::ProtectionOutput => 4,
            E::Bits | E::Float | E::Counter | E::SetFloat | E::ParameterFloat => 5,
            E::Clock => 7,
        };
        elements.saturating_add(tag)
    }

    /// Reads one object behind its address.
    pub(crate) fn read<'p>(self, at: &mut Cursor<'p>) -> Option<Reading<'p>> {
        let mut reading = elements(self.element, at)?;
        reading.tag = match self.tag {
            Tag::Bare => time::Tag::None,
            Tag::Short => time::Tag::short(*at.chunk()?),
            Tag::Full => time::Tag::full(*at.chunk()?),
        };
        Some(reading)
    }
}

/// A value with nothing else.
fn plain(value: Value<'_>) -> Reading<'_> {
    Reading {
        value,
        status: Status::None,
        qualifier: 0,
        select: false,
        elapsed: None,
        tag: time::Tag::None,
    }
}

/// A value with its quality bits.
fn of_quality(value: Value<'_>, bits: u8) -> Reading<'_> {
    Reading { status: status::quality(bits), ..plain(value) }
}

/// A value to be set with QOS: qualifier, select. §7.2.6.39.
fn to_set(value: Value<'_>, qos: u8) -> Reading<'_> {
    Reading { qualifier: qos & 0x7f, select: qos & 0x80 != 0, ..plain(value) }
}

/// A value with a qualifier of eight bits.
fn qualified(value: Value<'_>, qualifier: u8) -> Reading<'_> {
    Reading { qualifier, ..plain(value) }
}

/// NVA: a fraction from -1 to just below 1. §7.2.6.6.
fn normalized(at: &mut Cursor<'_>) -> Option<Value<'static>> {
    let raw = i16::from_le_bytes(*at.chunk()?);
    Some(Value::Real(f64::from(raw) / 32_768.0))
}

/// SVA: a whole number. §7.2.6.7.
fn scaled(at: &mut Cursor<'_>) -> Option<Value<'static>> {
    Some(Value::Int(i64::from(i16::from_le_bytes(*at.chunk()?))))
}

/// A short floating-point number. §7.2.6.8.
fn float(at: &mut Cursor<'_>) -> Option<Value<'static>> {
    Some(Value::Real(f64::from(f32::from_le_bytes(*at.chunk()?))))
}

/// BSI: 32 bits, the lowest first. §7.2.6.13.
fn bits<'p>(at: &mut Cursor<'p>) -> Option<Value<'p>> {
    Some(Value::Bits(at.take(4)?, 32))
}

/// The elements without the time tag.
fn elements<'p>(element: Element, at: &mut Cursor<'p>) -> Option<Reading<'p>> {
    use Element as E;
    Some(match element {
        E::Single => {
            let siq = at.u8()?;
            of_quality(Value::Bool(siq & 1 != 0), siq & COMMON)
        }
        E::Double => {
            let diq = at.u8()?;
            of_quality(Value::Uint(u64::from(diq & 3)), diq & COMMON)
        }
        // VTI: seven bits, signed, and one for a passing state. §7.2.6.5.
        E::Step => {
            let vti = at.u8()?;
            let position = i8::from_le_bytes([vti << 1]) >> 1;
            of_quality(Value::Int(i64::from(position)), described(at)?)
        }
        E::Bits => of_quality(bits(at)?, described(at)?),
        E::Normalized => of_quality(normalized(at)?, described(at)?),
        E::Scaled => of_quality(scaled(at)?, described(at)?),
        E::Float => of_quality(float(at)?, described(at)?),
        E::Counter => counter(at)?,
        E::ProtectionEvent | E::ProtectionStart | E::ProtectionOutput => protection(element, at)?,
        E::Bare => plain(normalized(at)?),
        // SCO and DCO: state, qualifier of five bits, select. §7.2.6.15, §7.2.6.26.
        E::SingleCommand => {
            let sco = at.u8()?;
            Reading { qualifier: sco >> 2 & 0x1f, ..to_set(Value::Bool(sco & 1 != 0), sco) }
        }
        E::DoubleCommand => {
            let dco = at.u8()?;
            let state = Value::Uint(u64::from(dco & 3));
            Reading { qualifier: dco >> 2 & 0x1f, ..to_set(state, dco) }
        }
        E::SetNormalized => to_set(normalized(at)?, at.u8()?),
        E::SetScaled => to_set(scaled(at)?, at.u8()?),
        E::SetFloat => to_set(float(at)?, at.u8()?),
        E::SetBits => plain(bits(at)?),
        E::ParameterNormalized => qualified(normalized(at)?, at.u8()?),
        E::ParameterScaled => qualified(scaled(at)?, at.u8()?),
        E::ParameterFloat => qualified(float(at)?, at.u8()?),
        E::Qualifier => qualified(Value::None, at.u8()?),
        E::Nothing => plain(Value::None),
        E::Clock => match time::Tag::full(*at.chunk()?) {
            tag @ time::Tag::Full { at: Some(at), .. } => Reading { tag, ..plain(Value::Time(at)) },
            tag => Reading { tag, ..plain(Value::None) },
        },
        E::Pattern | E::Delay => plain(Value::Uint(u64::from(at.le16()?))),
    })
}

/// QDS: the common quality bits and overflow. §7.2.6.3.
fn described(at: &mut Cursor<'_>) -> Option<u8> {
    Some(at.u8()? & (COMMON | OVERFLOW))
}

/// BCR: a signed counter, then sequence number, carry, adjusted, invalid. §7.2.6.9.
fn counter<'p>(at: &mut Cursor<'p>) -> Option<Reading<'p>> {
    let count = i32::from_le_bytes(*at.chunk()?);
    let notes = at.u8()?;
    let carry = if notes & 0x20 != 0 { OVERFLOW } else { 0 };
    let quality = notes & INVALID | carry;
    Some(Reading { qualifier: notes & 0x1f, ..of_quality(Value::Int(i64::from(count)), quality) })
}

/// Events of protection equipment with how long they took. §7.2.6.4, §7.2.6.10 to §7.2.6.12.
fn protection<'p>(element: Element, at: &mut Cursor<'p>) -> Option<Reading<'p>> {
    let quality = COMMON | ELAPSED_INVALID;
    let mut reading = match element {
        Element::ProtectionEvent => {
            let sep = at.u8()?;
            of_quality(Value::Uint(u64::from(sep & 3)), sep & quality)
        }
        Element::ProtectionStart => {
            let starts = Value::Bits(at.take(1)?, 6);
            of_quality(starts, at.u8()? & quality)
        }
        _ => {
            let circuits = Value::Bits(at.take(1)?, 4);
            of_quality(circuits, at.u8()? & quality)
        }
    };
    reading.elapsed = Some(at.le16()?);
    Some(reading)
}
