//! The envelope: association control elements around the services. IEEE 1703-2012 §5.3.4.

use crate::common::ber::{self, Tlv};
use crate::common::text::Line;
use core::fmt::Write as _;
use decode::Cursor;

/// The first byte of every message. §5.3.4.
pub(super) const TAG: u8 = 0x60;
/// Application context.
const CONTEXT: u8 = 0xa1;
/// Called AP title, AE qualifier and invocation identifier.
const CALLED: u8 = 0xa2;
const CALLED_INVOCATION: u8 = 0xa4;
/// The same of the caller.
const CALLING: u8 = 0xa6;
const CALLING_QUALIFIER: u8 = 0xa7;
const CALLING_INVOCATION: u8 = 0xa8;
/// Name of the authentication mechanism, and its value.
const MECHANISM: u8 = 0x8b;
const AUTHENTICATION: u8 = 0xac;
/// The services.
const INFORMATION: u8 = 0xbe;

/// An element that a message may have. §5.3.4.
pub(super) const fn is_element(tag: u8) -> bool {
    matches!(
        tag,
        CONTEXT
            | CALLED
            | CALLED_INVOCATION
            | CALLING
            | CALLING_QUALIFIER
            | CALLING_INVOCATION
            | MECHANISM
            | AUTHENTICATION
            | INFORMATION
    )
}

/// What a message's envelope says.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Envelope<'p> {
    /// Who is meant.
    pub(super) called: Option<Tlv<'p>>,
    /// Who sends.
    pub(super) calling: Option<Tlv<'p>>,
    /// The sender's number of the message.
    pub(super) invocation: Option<u64>,
    /// The number of the message that this one answers.
    pub(super) answered: Option<u64>,
    /// The services with their control byte.
    pub(super) epsem: Option<&'p [u8]>,
    /// Every element could be read and is one of those that are defined.
    pub(super) sound: bool,
}

impl<'p> Envelope<'p> {
    /// The elements of a message, `content` being what the first tag encloses.
    pub(super) fn read(content: &'p [u8]) -> Self {
        let mut envelope = Self { sound: true, ..Self::default() };
        let mut at = Cursor::new(content);
        while !at.is_empty() {
            let mut whole = at;
            envelope.sound &= ber::next(&mut whole).is_some();
            let Some(element) = ber::next_lax(&mut at).filter(|tlv| is_element(tlv.first)) else {
                envelope.sound = false;
                break;
            };
            let mut inner = Cursor::new(element.content);
            match element.first {
                CALLED => envelope.called = ber::next(&mut inner),
                CALLING => envelope.calling = ber::next(&mut inner),
                CALLED_INVOCATION => envelope.answered = number(&mut inner),
                CALLING_INVOCATION => envelope.invocation = number(&mut inner),
                INFORMATION => envelope.epsem = information(inner),
                _ => {}
            }
        }
        envelope
    }
}

/// An invocation identifier; of long ones the last eight bytes. §5.3.4.9, §5.3.4.10.
fn number(at: &mut Cursor<'_>) -> Option<u64> {
    let number = ber::next(at)?;
    Some(number.content.iter().fold(0, |n, b| n << 8 | u64::from(*b)))
}

/// An external value, perhaps with an indirect reference, then the services as octets. §5.3.4.11.
fn information(mut at: Cursor<'_>) -> Option<&[u8]> {
    let external = ber::next_lax(&mut at).filter(|tlv| tlv.first == 0x28)?;
    let mut inner = Cursor::new(external.content);
    while let Some(element) = ber::next_lax(&mut inner) {
        if element.first == 0x81 {
            return Some(element.content);
        }
    }
    None
}

/// An application title as people write it: numbers with dots, a leading dot where it is relative
/// to the root of C12.22. §5.2.4.
pub(super) fn title(tlv: &Tlv<'_>) -> Line<96> {
    let mut line = Line::default();
    let mut number = 0u64;
    let mut first = tlv.first == 0x06;
    for byte in tlv.content {
        number = number << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 != 0 {
            continue;
        }
        // ITU-T X.690 §8.19: the first byte of an absolute identifier holds two numbers.
        let written = if first {
            let top = number.checked_div(40).unwrap_or(0).min(2);
            write!(line, "{top}.{}", number.saturating_sub(top.saturating_mul(40)))
        } else {
            write!(line, ".{number}")
        };
        if written.is_err() {
            break;
        }
        (number, first) = (0, false);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_absolute_and_relative() {
        let tlv = |first, content| Tlv { first, number: 0, content };
        let absolute = [0x2b, 6, 1, 4, 1, 0x82, 0x85, 0x63];
        assert_eq!(title(&tlv(0x06, &absolute)).bytes(), b"1.3.6.1.4.1.33507");
        assert_eq!(title(&tlv(0x80, &[0x7b, 0xc1, 0x75])).bytes(), b".123.8437");
    }
}
