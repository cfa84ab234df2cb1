//! OPC UA Binary: the built-in types. OPC 10000-6 §5.2.2.

use super::node::NodeId;
use decode::Cursor;
use vocab::{Ts, Value};

/// Values inside values that are followed: as many as every decoder must take. §5.1.10.
const DEPTH_MAX: u8 = 100;
/// 100-nanosecond steps from 1601 to 1970.
const EPOCH: i64 = 116_444_736_000_000_000;

/// String, ByteString, XmlElement: a length of -1 is null, shown as empty. §5.2.2.4, §5.2.2.7.
pub(super) fn string<'p>(at: &mut Cursor<'p>) -> Option<&'p [u8]> {
    match count(at)? {
        0 => Some(&[]),
        len => at.take(vocab::sat_usize(u64::from(len))),
    }
}

/// A number of elements: below 0 means null, which is as good as none. §5.2.5.
pub(super) fn count(at: &mut Cursor<'_>) -> Option<u32> {
    let count = i32::from_le_bytes(*at.chunk()?);
    Some(u32::try_from(count).unwrap_or(0))
}

/// Boolean. §5.2.2.1.
pub(super) fn boolean(at: &mut Cursor<'_>) -> Option<bool> {
    Some(at.u8()? != 0)
}

/// Double. §5.2.2.3.
pub(super) fn double(at: &mut Cursor<'_>) -> Option<f64> {
    Some(f64::from_le_bytes(*at.chunk()?))
}

/// A duration in milliseconds, as a whole number.
pub(super) fn milliseconds(at: &mut Cursor<'_>) -> Option<u64> {
    let length = core::time::Duration::try_from_secs_f64(double(at)? / 1_000.0);
    Some(length.map_or(0, |length| u64::try_from(length.as_millis()).unwrap_or(u64::MAX)))
}

/// DateTime. §5.2.2.5.
pub(super) fn time(at: &mut Cursor<'_>) -> Option<Ts> {
    let steps = i64::from_le_bytes(*at.chunk()?);
    Some(Ts(steps.saturating_sub(EPOCH).saturating_mul(100)))
}

/// QualifiedName: its text. §5.2.2.13.
pub(super) fn qualified_name<'p>(at: &mut Cursor<'p>) -> Option<&'p [u8]> {
    at.skip(2)?;
    string(at)
}

/// LocalizedText: its text. §5.2.2.14.
pub(super) fn localized_text<'p>(at: &mut Cursor<'p>) -> Option<&'p [u8]> {
    let present = at.u8()?;
    if present & 1 != 0 {
        string(at)?;
    }
    if present & 2 != 0 { string(at) } else { Some(&[]) }
}

/// An array whose elements are passed over.
pub(super) fn skip_array(
    at: &mut Cursor<'_>,
    mut element: impl FnMut(&mut Cursor<'_>) -> Option<()>,
) -> Option<()> {
    for _ in 0..count(at)? {
        element(at)?;
    }
    Some(())
}

/// Passes over an array of strings.
pub(super) fn skip_strings(at: &mut Cursor<'_>) -> Option<()> {
    skip_array(at, |at| string(at).map(|_| ()))
}

/// DiagnosticInfo: passed over. §5.2.2.12.
fn skip_diagnostic(at: &mut Cursor<'_>, depth: u8) -> Option<()> {
    if depth > DEPTH_MAX {
        return None;
    }
    let present = at.u8()?;
    for bit in [1, 2, 4, 8] {
        if present & bit != 0 {
            at.skip(4)?;
        }
    }
    if present & 0x10 != 0 {
        string(at)?;
    }
    if present & 0x20 != 0 {
        at.skip(4)?;
    }
    if present & 0x40 != 0 {
        skip_diagnostic(at, depth.saturating_add(1))?;
    }
    Some(())
}

/// DiagnosticInfo of a header.
pub(super) fn diagnostic(at: &mut Cursor<'_>) -> Option<()> {
    skip_diagnostic(at, 0)
}

/// ExtensionObject: a structure with its type. §5.2.2.15.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extension<'p> {
    /// The type's number among the standard's; 0 for others.
    pub(super) kind: u32,
    /// The encoded structure.
    pub(super) body: &'p [u8],
}

impl<'p> Extension<'p> {
    /// Reads a structure.
    pub(super) fn read(at: &mut Cursor<'p>) -> Option<Self> {
        let node = NodeId::read(at)?;
        let body = match at.u8()? {
            0 => &[],
            1 | 2 => string(at)?,
            _ => return None,
        };
        Some(Self { kind: node.standard().unwrap_or(0), body })
    }
}

/// One value of a built-in type.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scalar<'p> {
    /// Plain.
    Plain(Value<'p>),
    /// A node's name.
    Node(NodeId<'p>),
    /// 16 bytes.
    Guid(&'p [u8]),
    /// A structure.
    Extension(Extension<'p>),
}

impl<'p> Scalar<'p> {
    /// Reads a value of a built-in type by its number. §5.1.2, table 1.
    fn read(kind: u8, at: &mut Cursor<'p>, depth: u8) -> Option<Self> {
        if depth > DEPTH_MAX {
            return None;
        }
        Some(Self::Plain(match kind {
            1 => Value::Bool(boolean(at)?),
            2 => Value::Int(i64::from(i8::from_le_bytes(*at.chunk()?))),
            3 => Value::Uint(u64::from(at.u8()?)),
            4 => Value::Int(i64::from(i16::from_le_bytes(*at.chunk()?))),
            5 => Value::Uint(u64::from(at.le16()?)),
            6 => Value::Int(i64::from(i32::from_le_bytes(*at.chunk()?))),
            // UInt32, StatusCode.
            7 | 19 => Value::Uint(u64::from(at.le32()?)),
            8 => Value::Int(i64::from_le_bytes(*at.chunk()?)),
            9 => Value::Uint(at.le64()?),
            10 => Value::Real(f64::from(f32::from_le_bytes(*at.chunk()?))),
            11 => Value::Real(double(at)?),
            // String, XmlElement.
            12 | 16 => Value::Text(string(at)?),
            13 => Value::Time(time(at)?),
            14 => return Some(Self::Guid(at.take(16)?)),
            17 => return Some(Self::Node(NodeId::read(at)?)),
            18 => return Some(Self::Node(NodeId::read_expanded(at)?)),
            20 => Value::Text(qualified_name(at)?),
            21 => Value::Text(localized_text(at)?),
            22 => return Some(Self::Extension(Extension::read(at)?)),
            23 => {
                DataValue::read_at(at, depth.saturating_add(1))?;
                Value::None
            }
            24 => return inner(at, depth.saturating_add(1)),
            25 => {
                skip_diagnostic(at, depth.saturating_add(1))?;
                Value::None
            }
            // ByteString, and numbers kept for later, which are written as one. §5.1.2.
            15 | 26..=31 => Value::Bytes(string(at)?),
            _ => return None,
        }))
    }
}

/// A Variant inside an array of Variants; arrays in there are passed over.
fn inner<'p>(at: &mut Cursor<'p>, depth: u8) -> Option<Scalar<'p>> {
    match Variant::read_at(at, depth)? {
        Variant::Scalar(scalar) => Some(scalar),
        Variant::Null | Variant::Array(_) => Some(Scalar::Plain(Value::None)),
    }
}

/// The elements of an array in a Variant.
#[derive(Clone, Copy, Debug)]
pub(super) struct Elements<'p> {
    /// Number of the built-in type.
    pub(super) kind: u8,
    /// How many.
    pub(super) count: u32,
    /// Encoded one after the other.
    pub(super) bytes: &'p [u8],
}

impl<'p> Elements<'p> {
    /// The elements in turn.
    pub(super) fn each(self) -> impl Iterator<Item = Scalar<'p>> {
        let mut at = Cursor::new(self.bytes);
        (0..self.count).map_while(move |_| Scalar::read(self.kind, &mut at, 0))
    }
}

/// A value of any built-in type, or an array of them. §5.2.2.16.
#[derive(Clone, Copy, Debug)]
pub(super) enum Variant<'p> {
    /// None.
    Null,
    /// One.
    Scalar(Scalar<'p>),
    /// Several.
    Array(Elements<'p>),
}

impl<'p> Variant<'p> {
    /// Reads a value.
    pub(super) fn read(at: &mut Cursor<'p>) -> Option<Self> {
        Self::read_at(at, 0)
    }

    fn read_at(at: &mut Cursor<'p>, depth: u8) -> Option<Self> {
        let encoding = at.u8()?;
        let kind = encoding & 0x3f;
        if encoding & 0x80 == 0 {
            return match kind {
                0 => Some(Self::Null),
                kind => Scalar::read(kind, at, depth).map(Self::Scalar),
            };
        }
        let count = count(at)?;
        let before = at.rest();
        for _ in 0..count {
            Scalar::read(kind, at, depth)?;
        }
        let len = before.len().saturating_sub(at.len());
        let bytes = before.get(..len)?;
        if encoding & 0x40 != 0 {
            skip_array(at, |at| at.skip(4))?;
        }
        Some(Self::Array(Elements { kind, count, bytes }))
    }
}

/// A value with its status. §5.2.2.17.
#[derive(Clone, Copy, Debug)]
pub(super) struct DataValue<'p> {
    /// The value.
    pub(super) value: Variant<'p>,
    /// Its status; 0 is good.
    pub(super) status: u32,
}

impl<'p> DataValue<'p> {
    /// Reads a value with its status and times.
    pub(super) fn read(at: &mut Cursor<'p>) -> Option<Self> {
        Self::read_at(at, 0)
    }

    fn read_at(at: &mut Cursor<'p>, depth: u8) -> Option<Self> {
        let present = at.u8()?;
        let value = if present & 1 != 0 { Variant::read_at(at, depth)? } else { Variant::Null };
        let status = if present & 2 != 0 { at.le32()? } else { 0 };
        // Source time, its fraction, server time, its fraction.
        for (bit, size) in [(4, 8), (0x10, 2), (8, 8), (0x20, 2)] {
            if present & bit != 0 {
                at.skip(size)?;
            }
        }
        Some(Self { value, status })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Arrays of one Variant that hold an array of one Variant, and so on, down to a byte.
    fn nested(levels: usize) -> Option<()> {
        let mut bytes = [0u8; 600];
        for part in bytes.chunks_exact_mut(5).take(levels) {
            part.copy_from_slice(&[0x98, 1, 0, 0, 0]);
        }
        let end = levels.saturating_mul(5);
        bytes.get_mut(end..).unwrap().get_mut(..2).unwrap().copy_from_slice(&[3, 7]);
        Variant::read(&mut Cursor::new(&bytes)).map(|_| ())
    }

    #[test]
    fn values_in_values_end() {
        assert!(nested(90).is_some());
        assert!(nested(110).is_none());
        // A count that no message can hold.
        assert!(Variant::read(&mut Cursor::new(&[0x81, 0xff, 0xff, 0xff, 0x7f, 1])).is_none());
    }
}
