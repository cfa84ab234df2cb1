//! Which variables a service touches. ISO 9506-2 §14.

use super::names::{Name, ObjectName};
use super::wire;
use crate::common::ber::Tlv;
use crate::common::text::Line;
use vocab::Value;

/// What a service touches. ISO 9506-2 §14.5.2 VariableAccessSpecification.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Access<'p> {
    /// Single variables: the encoded list.
    Variables(&'p [u8]),
    /// A named list, a data set.
    List(ObjectName<'p>),
}

impl<'p> Access<'p> {
    /// The specification in a choice's element.
    pub(crate) fn read(tlv: &Tlv<'p>) -> Option<Self> {
        match tlv.first {
            0xa0 => Some(Self::Variables(tlv.content)),
            0xa1 => {
                let name = wire::lax(tlv.content).next()?;
                Some(Self::List(ObjectName::read(&name)?))
            }
            _ => None,
        }
    }
}

/// A variable. ISO 9506-2 §14.5.3 VariableSpecification.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Variable<'p> {
    /// By name, with the encoded alternate access if there is one.
    Named(ObjectName<'p>, &'p [u8]),
    /// By number.
    Numbered(u64),
    /// By an address that the device understands.
    Symbolic(&'p [u8]),
    /// Any other.
    Other,
}

impl<'p> Variable<'p> {
    /// The variable in an element of a list: a sequence of it and its alternate access.
    pub(crate) fn read(tlv: &Tlv<'p>) -> Self {
        let mut variable = Self::Other;
        for field in wire::lax(tlv.content) {
            match field.first {
                0xa0 => {
                    let name = wire::lax(field.content).next();
                    if let Some(name) = name.and_then(|name| ObjectName::read(&name)) {
                        variable = Self::Named(name, &[]);
                    }
                }
                0xa1 | 0xa2 => variable = Self::address(&field),
                0xa5 => {
                    if let Self::Named(name, _) = variable {
                        variable = Self::Named(name, field.content);
                    }
                }
                _ => {}
            }
        }
        variable
    }

    /// An address, alone or in a description. ISO 9506-2 §14.3.1.
    pub(crate) fn address(field: &Tlv<'p>) -> Self {
        let mut inner = wire::lax(field.content).next();
        if let Some(description) = inner.filter(|tlv| tlv.first == 0xa0) {
            inner = wire::lax(description.content).next();
        }
        match inner {
            Some(tlv) if tlv.first == 0x80 => Self::Numbered(tlv.uint().unwrap_or(0)),
            Some(tlv) if matches!(tlv.first, 0x81 | 0x82) => Self::Symbolic(tlv.content),
            _ => Self::Other,
        }
    }

    /// Its name as text; empty where it has none.
    pub(crate) fn text(&self) -> Name {
        match *self {
            Self::Named(name, access) => {
                let mut text = name.text();
                append(&mut text, access, 4);
                text
            }
            Self::Numbered(number) => Name::of(format_args!("address[{number}]")),
            Self::Symbolic(address) => {
                if crate::common::text::is_text(address) {
                    let mut name = Name::default();
                    name.push(address);
                    name
                } else {
                    Name::of(format_args!("address[{}]", Value::Bytes(address)))
                }
            }
            Self::Other => Name::default(),
        }
    }
}

/// Appends the components that an alternate access picks. ISO 9506-2 §14.4.4.
fn append(name: &mut Line<200>, access: &[u8], depth: usize) {
    use core::fmt::Write;
    let Some(depth) = depth.checked_sub(1) else { return };
    for field in wire::lax(access) {
        // Too long a name is cut off.
        let wrote = match field.first {
            0x80 | 0x81 if !field.content.is_empty() && is_component(field.content) => {
                name.push(b"$");
                name.push(field.content);
                Ok(())
            }
            0x81 | 0x82 if field.content.len() <= 4 => {
                write!(name, "({})", field.uint().unwrap_or(0))
            }
            0xa0..=0xa5 | 0x30 => {
                append(name, field.content, depth);
                Ok(())
            }
            _ => Ok(()),
        };
        wrote.unwrap_or_default();
    }
}

/// Component names begin with a letter; an index is a number.
fn is_component(content: &[u8]) -> bool {
    content.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'$')
}

/// The variables of an encoded list.
pub(crate) fn each(list: &[u8]) -> impl Iterator<Item = Variable<'_>> {
    wire::lax(list).filter(|tlv| tlv.first == 0x30).map(|tlv| Variable::read(&tlv))
}

/// How a variable was accessed. ISO 9506-2 §14.4.3 DataAccessError.
pub(crate) fn access_error(tlv: &Tlv<'_>) -> u32 {
    vocab::low_u32(tlv.uint().unwrap_or(0)) & 0xff
}
