//! Names of nodes: numbers, texts, GUIDs and bytes within a namespace. OPC 10000-3 §8.2.

use super::spec;
use core::fmt;
use decode::Cursor;
use vocab::{Area, Target, Value};

/// The attribute that most messages are about. OPC 10000-6 Annex A.1.
pub(super) const VALUE: u32 = 13;

/// A node's name. OPC 10000-6 §5.2.2.9.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NodeId<'p> {
    /// Namespace, number.
    Numeric(u16, u32),
    /// Namespace, text.
    Text(u16, &'p [u8]),
    /// Namespace, 16 bytes.
    Guid(u16, &'p [u8]),
    /// Namespace, any bytes.
    Opaque(u16, &'p [u8]),
}

impl<'p> NodeId<'p> {
    /// Reads a node's name.
    pub(super) fn read(at: &mut Cursor<'p>) -> Option<Self> {
        let encoding = at.u8()?;
        Self::read_as(encoding, at)
    }

    /// Reads a node's name that may lie in another server. OPC 10000-6 §5.2.2.10.
    pub(super) fn read_expanded(at: &mut Cursor<'p>) -> Option<Self> {
        let encoding = at.u8()?;
        let node = Self::read_as(encoding & 0x3f, at)?;
        if encoding & 0x80 != 0 {
            super::encoding::string(at)?;
        }
        if encoding & 0x40 != 0 {
            at.skip(4)?;
        }
        Some(node)
    }

    fn read_as(encoding: u8, at: &mut Cursor<'p>) -> Option<Self> {
        Some(match encoding {
            0 => Self::Numeric(0, u32::from(at.u8()?)),
            1 => Self::Numeric(u16::from(at.u8()?), u32::from(at.le16()?)),
            2 => Self::Numeric(at.le16()?, at.le32()?),
            3 => Self::Text(at.le16()?, super::encoding::string(at)?),
            4 => Self::Guid(at.le16()?, at.take(16)?),
            5 => Self::Opaque(at.le16()?, super::encoding::string(at)?),
            _ => return None,
        })
    }

    /// The number in the namespace of the standard.
    pub(super) fn standard(self) -> Option<u32> {
        match self {
            Self::Numeric(0, id) => Some(id),
            _ => None,
        }
    }

    /// An attribute of the node as a target; `element` counts in an array, from 1.
    pub(super) fn target(self, attribute: u32, element: u32) -> Target<'p> {
        let (area, namespace, id, name): (&'static Area, _, _, &'p [u8]) = match self {
            Self::Numeric(namespace, id) => (spec::NUMERIC, namespace, id, &[]),
            Self::Text(namespace, name) => (spec::TEXT, namespace, 0, name),
            Self::Guid(namespace, name) => (spec::GUID, namespace, 0, name),
            Self::Opaque(namespace, name) => (spec::OPAQUE, namespace, 0, name),
        };
        let index = u64::from(namespace) << 32 | u64::from(id);
        Target {
            area,
            index,
            count: 1,
            extra: attribute & 0xffff | element.min(0xffff) << 16,
            name,
        }
    }
}

impl fmt::Display for NodeId<'_> {
    /// As OPC 10000-6 §5.3.1.10 writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.target(VALUE, 0).fmt(f)
    }
}

/// The namespace, left out where it is that of the standard.
fn namespace(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    match t.index >> 32 {
        0 => Ok(()),
        n => write!(out, "ns={n};"),
    }
}

/// The place in an array, and the attribute where it is not the value.
fn suffix(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    if let Some(element) = (t.extra >> 16).checked_sub(1) {
        write!(out, "[{element}]")?;
    }
    let attribute = t.extra & 0xffff;
    let known = attribute.checked_sub(1).and_then(|at| ATTRIBUTES.get(vocab::sat_usize(at.into())));
    match known {
        _ if attribute == VALUE => Ok(()),
        Some(name) => write!(out, " {name}"),
        None if attribute == 0 => Ok(()),
        None => write!(out, " attribute_{attribute}"),
    }
}

/// `ns=2;i=1001`.
pub(super) fn show_numeric(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    namespace(t, out)?;
    write!(out, "i={}", t.index & 0xffff_ffff)?;
    suffix(t, out)
}

/// `ns=2;s=Tank.Level`.
pub(super) fn show_text(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    namespace(t, out)?;
    write!(out, "s={}", Value::Text(t.name))?;
    suffix(t, out)
}

/// `ns=2;g=09087e75-8e5e-499b-954f-f2a9603db28a`.
pub(super) fn show_guid(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    namespace(t, out)?;
    out.write_str("g=")?;
    guid(t.name, out)?;
    suffix(t, out)
}

/// `ns=2;b=M/RbKBsRVkePCePcx24oRA==`.
pub(super) fn show_opaque(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    namespace(t, out)?;
    out.write_str("b=")?;
    base64(t.name, out)?;
    suffix(t, out)
}

/// A GUID: a number of 32 bits and two of 16, low byte first, then eight bytes.
/// OPC 10000-6 §5.2.2.6.
pub(super) fn guid(bytes: &[u8], out: &mut dyn fmt::Write) -> fmt::Result {
    let mut at = Cursor::new(bytes);
    let (Some(a), Some(b), Some(c), Some(d)) = (at.le32(), at.le16(), at.le16(), at.take(2)) else {
        return write!(out, "{}", Value::Bytes(bytes));
    };
    write!(out, "{a:08x}-{b:04x}-{c:04x}-{}-{}", Value::Bytes(d), Value::Bytes(at.rest()))
}

/// Bytes as text. RFC 4648 §4.
fn base64(bytes: &[u8], out: &mut dyn fmt::Write) -> fmt::Result {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for part in bytes.chunks(3) {
        let bits = part.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte));
        let missing = 3usize.saturating_sub(part.len());
        let bits = if missing == 2 {
            bits << 16
        } else if missing == 1 {
            bits << 8
        } else {
            bits
        };
        let shifts = [18, 12, 6, 0];
        for (place, shift) in shifts.into_iter().enumerate() {
            let letter = LETTERS.get(vocab::sat_usize(u64::from(bits >> shift & 0x3f)));
            let padding = place.saturating_add(missing) > 3;
            let letter = letter.filter(|_| !padding).map_or('=', |letter| char::from(*letter));
            out.write_char(letter)?;
        }
    }
    Ok(())
}

/// Attributes by number, from 1. OPC 10000-6 Annex A.1.
static ATTRIBUTES: [&str; 27] = [
    "node_id",
    "node_class",
    "browse_name",
    "display_name",
    "description",
    "write_mask",
    "user_write_mask",
    "is_abstract",
    "symmetric",
    "inverse_name",
    "contains_no_loops",
    "event_notifier",
    "value",
    "data_type",
    "value_rank",
    "array_dimensions",
    "access_level",
    "user_access_level",
    "minimum_sampling_interval",
    "historizing",
    "executable",
    "user_executable",
    "data_type_definition",
    "role_permissions",
    "user_role_permissions",
    "access_restrictions",
    "access_level_ex",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_are_written_as_the_standard_does() {
        let shown = |node: NodeId<'_>| crate::line!("{node}").bytes().to_vec();
        assert_eq!(shown(NodeId::Numeric(0, 2258)), b"i=2258");
        assert_eq!(shown(NodeId::Text(2, b"Tank.Level")), b"ns=2;s=Tank.Level");
        assert_eq!(shown(NodeId::Opaque(1, b"any")), b"ns=1;b=YW55");
        assert_eq!(shown(NodeId::Opaque(1, b"a")), b"ns=1;b=YQ==");
        let guid = [0x75, 0x7e, 8, 9, 0x5e, 0x8e, 0x9b, 0x49, 0x95, 0x4f, 1, 2, 3, 4, 5, 6];
        assert_eq!(shown(NodeId::Guid(3, &guid)), b"ns=3;g=09087e75-8e5e-499b-954f-010203040506");
        assert_eq!(
            crate::line!("{}", NodeId::Numeric(1, 7).target(3, 0)).bytes(),
            b"ns=1;i=7 browse_name"
        );
        assert_eq!(crate::line!("{}", NodeId::Numeric(1, 7).target(13, 3)).bytes(), b"ns=1;i=7[2]");
    }
}
