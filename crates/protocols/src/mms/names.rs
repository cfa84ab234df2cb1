//! Names of objects, and how an engineer writes them.

use super::wire;
use crate::common::ber::Tlv;
use crate::common::text::Line;
use core::fmt::{self, Write};
use vocab::{Target, Value};

/// A name as text: `domain/item`, components of an alternate access behind it.
pub(crate) type Name = Line<200>;

/// An object's name. ISO 9506-2 §7.5.2 ObjectName.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ObjectName<'p> {
    /// Empty for names of the whole device and of the association.
    pub(crate) domain: &'p [u8],
    pub(crate) item: &'p [u8],
    /// It is known to this association alone: `@` before the name.
    pub(crate) of_association: bool,
}

impl<'p> ObjectName<'p> {
    /// The name in a choice's element.
    pub(crate) fn read(tlv: &Tlv<'p>) -> Option<Self> {
        match tlv.first {
            0x80 => Some(Self { item: tlv.content, ..Self::default() }),
            0x82 => Some(Self { item: tlv.content, of_association: true, ..Self::default() }),
            0xa1 => {
                let mut parts = wire::lax(tlv.content).filter(|part| part.first == 0x1a);
                let domain = parts.next()?.content;
                let item = parts.next().map_or(&[][..], |part| part.content);
                Some(Self { domain, item, of_association: false })
            }
            _ => None,
        }
    }

    /// The name as text.
    pub(crate) fn text(&self) -> Name {
        let mut text = Name::default();
        text.push(self.domain);
        match (self.domain, self.of_association) {
            ([], false) => {}
            ([], true) => text.push(b"@"),
            _ => text.push(b"/"),
        }
        text.push(self.item);
        text
    }
}

/// Functional constraints. IEC 61850-7-2 Table 20, IEC 61850-8-1:2011 §7.3.
const CONSTRAINTS: [&[u8; 2]; 20] = [
    b"ST", b"MX", b"CO", b"SP", b"SV", b"CF", b"DC", b"SG", b"SE", b"EX", b"BR", b"RP", b"LG",
    b"GO", b"GS", b"MS", b"US", b"SR", b"OR", b"BL",
];

/// Logical node, functional constraint and the rest of an item's name of IEC 61850.
pub(crate) fn parts(item: &[u8]) -> Option<(&[u8], [u8; 2], &[u8])> {
    let mut parts = item.splitn(3, |byte| *byte == b'$');
    let (node, constraint) = (parts.next()?, parts.next()?);
    let constraint: [u8; 2] = constraint.try_into().ok()?;
    let rest = parts.next().unwrap_or(&[]);
    CONSTRAINTS.contains(&&constraint).then_some((node, constraint, rest))
}

/// Domain and item of a name as text.
pub(crate) fn split(name: &[u8]) -> (&[u8], &[u8]) {
    match name.iter().position(|byte| *byte == b'/') {
        Some(at) => name
            .split_at_checked(at)
            .map_or((&[], name), |(domain, item)| (domain, item.get(1..).unwrap_or(&[]))),
        None => (&[], name),
    }
}

/// Prints a name as IEC 61850 tools do: `IED1LD0/XCBR1.Pos.stVal[ST]`, from
/// `IED1LD0/XCBR1$ST$Pos$stVal`; a leaf of a structure behind a colon. Other names as they are.
pub(crate) fn show(t: &Target<'_>, out: &mut dyn Write) -> fmt::Result {
    let (domain, item) = split(t.name);
    match parts(item) {
        Some((node, [a, b], rest)) => {
            if !domain.is_empty() {
                write!(out, "{}/", Value::Text(domain))?;
            }
            write!(out, "{}", Value::Text(node))?;
            for part in rest.split(|byte| *byte == b'$').filter(|part| !part.is_empty()) {
                write!(out, ".{}", Value::Text(part))?;
            }
            write!(out, "[{}{}]", char::from(a), char::from(b))?;
        }
        None => write!(out, "{}", Value::Text(t.name))?,
    }
    if t.extra > 0 { write!(out, ":{}", t.extra) } else { Ok(()) }
}

/// Prints a named list or data set: `IED1LD0/LLN0.Measurements`; an entry behind it.
pub(crate) fn show_list(t: &Target<'_>, out: &mut dyn Write) -> fmt::Result {
    let (domain, item) = split(t.name);
    if !domain.is_empty() {
        write!(out, "{}/", Value::Text(domain))?;
    }
    let mut dot = "";
    for part in item.split(|byte| *byte == b'$') {
        write!(out, "{dot}{}", Value::Text(part))?;
        dot = ".";
    }
    if t.index > 0 {
        write!(out, "[{}]", t.index.saturating_sub(1))?;
    }
    if t.extra > 0 { write!(out, ":{}", t.extra) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_parts() {
        assert_eq!(parts(b"XCBR1$CO$Pos$Oper"), Some((&b"XCBR1"[..], *b"CO", &b"Pos$Oper"[..])));
        assert_eq!(parts(b"LLN0$ST"), Some((&b"LLN0"[..], *b"ST", &b""[..])));
        assert_eq!(parts(b"LLN0$dataset"), None);
        assert_eq!(split(b"a/b/c"), (&b"a"[..], &b"b/c"[..]));
        assert_eq!(split(b"b"), (&b""[..], &b"b"[..]));
    }
}
