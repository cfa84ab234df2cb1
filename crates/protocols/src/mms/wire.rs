//! Protocol data units. ISO 9506-2 §7.

use crate::common::ber::{self, Tlv};
use decode::Cursor;
use vocab::Role;

/// A unit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pdu<'p> {
    /// Pairs an answer with its request. ISO 9506-2 §7.2.
    pub(crate) invoke: Option<u64>,
    pub(crate) body: Body<'p>,
    /// The length promises more than there is.
    pub(crate) short: bool,
}

/// What a unit is. ISO 9506-2 §7.1.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Body<'p> {
    Request { service: Service<'p> },
    Response { service: Service<'p> },
    Error { error: &'p [u8] },
    Unconfirmed { service: Service<'p> },
    Reject { kind: u8, reason: u32 },
    Cancel { role: Role, error: Option<&'p [u8]> },
    Initiate { role: Role, error: Option<&'p [u8]>, detail: [u64; 4] },
    Conclude { role: Role, error: Option<&'p [u8]> },
}

/// A service with its arguments or results.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Service<'p> {
    /// The tag that names it. ISO 9506-2 §7.4.
    pub(crate) number: u32,
    /// The number below that: additional services.
    pub(crate) additional: Option<u16>,
    pub(crate) content: &'p [u8],
}

impl<'p> Service<'p> {
    /// The first service among the elements; a list of modifiers may stand before it.
    fn read(at: &mut Cursor<'p>) -> Option<Self> {
        loop {
            let tlv = ber::next_lax(at)?;
            if tlv.first >> 6 != 2 {
                continue;
            }
            if tlv.number == ADDITIONAL
                && let Some(inner) = ber::next_lax(&mut Cursor::new(tlv.content))
            {
                let additional = Some(vocab::low_u16(u64::from(inner.number)));
                return Some(Self { number: ADDITIONAL, additional, content: inner.content });
            }
            return Some(Self { number: tlv.number, additional: None, content: tlv.content });
        }
    }

    /// The elements of the content.
    pub(crate) fn fields(&self) -> impl Iterator<Item = Tlv<'p>> {
        lax(self.content)
    }

    /// The content of the element with this first byte.
    pub(crate) fn field(&self, first: u8) -> Option<Tlv<'p>> {
        self.fields().find(|tlv| tlv.first == first)
    }
}

/// The tag of additional services. ISO 9506-2 §7.4.
pub(crate) const ADDITIONAL: u32 = 78;

/// Elements, the last one cut off by the end if need be.
pub(crate) fn lax(content: &[u8]) -> impl Iterator<Item = Tlv<'_>> {
    let mut at = Cursor::new(content);
    core::iter::from_fn(move || ber::next_lax(&mut at))
}

impl<'p> Pdu<'p> {
    /// The unit at the start of `bytes`; `None` when it is none.
    pub(crate) fn read(bytes: &'p [u8]) -> Option<Self> {
        let mut probe = Cursor::new(bytes);
        ber::tag(&mut probe)?;
        let length = ber::length(&mut probe)?;
        let short = probe.len() < length;
        let tlv = ber::next_lax(&mut Cursor::new(bytes))?;
        let mut at = Cursor::new(tlv.content);
        let mut invoke = None;
        let body = match tlv.first {
            0xa0 | 0xa1 => {
                invoke = ber::next_lax(&mut at).filter(|tlv| tlv.first == 2)?.uint();
                let service = Service::read(&mut at)?;
                if tlv.first == 0xa0 {
                    Body::Request { service }
                } else {
                    Body::Response { service }
                }
            }
            0xa2 => {
                let error;
                (invoke, error) = refusal(tlv.content, 0xa2);
                Body::Error { error }
            }
            0xa3 => Body::Unconfirmed { service: Service::read(&mut at)? },
            0xa4 => {
                let (mut kind, mut reason) = (0, 0);
                for field in lax(tlv.content) {
                    if field.first == 0x80 {
                        invoke = field.uint();
                    } else {
                        kind = vocab::low_u8(u64::from(field.number));
                        reason = vocab::low_u32(field.uint().unwrap_or(0)) & 15;
                    }
                }
                Body::Reject { kind, reason }
            }
            0x85 | 0x86 => {
                invoke = tlv.uint();
                let role = if tlv.first == 0x85 { Role::Request } else { Role::Response };
                Body::Cancel { role, error: None }
            }
            0xa7 => {
                let error;
                (invoke, error) = refusal(tlv.content, 0xa1);
                Body::Cancel { role: Role::Response, error: Some(error) }
            }
            0xa8 | 0xa9 => {
                let role = if tlv.first == 0xa8 { Role::Request } else { Role::Response };
                Body::Initiate { role, error: None, detail: detail(tlv.content) }
            }
            0xaa => {
                let error = Some(tlv.content);
                Body::Initiate { role: Role::Response, error, detail: [0; 4] }
            }
            0x8b => Body::Conclude { role: Role::Request, error: None },
            0x8c => Body::Conclude { role: Role::Response, error: None },
            0xad => Body::Conclude { role: Role::Response, error: Some(tlv.content) },
            _ => return None,
        };
        Some(Self { invoke, body, short })
    }
}

/// Whose request is refused, and the error behind the tag `first`.
fn refusal(content: &[u8], first: u8) -> (Option<u64>, &[u8]) {
    let (mut invoke, mut error): (Option<u64>, &[u8]) = (None, &[]);
    for field in lax(content) {
        if field.first == 0x80 {
            invoke = field.uint();
        } else if field.first == first {
            error = field.content;
        }
    }
    (invoke, error)
}

/// Size of a unit, services outstanding both ways, version. ISO 9506-2 §8.
fn detail(content: &[u8]) -> [u64; 4] {
    let mut all = [0; 4];
    let [size, calling, called, version] = &mut all;
    for field in lax(content) {
        let number = field.uint().unwrap_or(0);
        match field.first {
            0x80 => *size = number,
            0x81 => *calling = number,
            0x82 => *called = number,
            0xa4 => {
                let first = lax(field.content).find(|tlv| tlv.first == 0x80);
                *version = first.and_then(|tlv| tlv.uint()).unwrap_or(0);
            }
            _ => {}
        }
    }
    all
}

/// Do these bytes look like one whole unit, without anybody having said so?
pub(crate) fn is_pdu(bytes: &[u8]) -> bool {
    let mut at = Cursor::new(bytes);
    let Some(tlv) = ber::next(&mut at) else { return false };
    if !at.is_empty() {
        return false;
    }
    let mut inner = Cursor::new(tlv.content);
    let first = ber::next(&mut inner);
    match (tlv.first, first) {
        // Invoke id, then a service whose content fills the unit.
        (0xa0 | 0xa1, Some(Tlv { first: 2, content, .. })) => {
            matches!(content.len(), 1..=5)
                && ber::next(&mut inner).is_none_or(|tlv| tlv.first >> 6 == 2)
                && inner.is_empty()
        }
        (0xa3, Some(Tlv { first: 0xa0..=0xa2, .. })) => inner.is_empty(),
        (0xa2 | 0xa4 | 0xa7, Some(Tlv { first: 0x80..=0x8b, .. }))
        | (0xaa | 0xad, Some(Tlv { first: 0x81 | 0xa0, .. })) => ber_fills(tlv.content),
        (0xa8 | 0xa9, Some(_)) => {
            ber::each(tlv.content).any(|tlv| tlv.first == 0xa4) && ber_fills(tlv.content)
        }
        (0x85 | 0x86, _) => matches!(tlv.content.len(), 1..=5),
        (0x8b | 0x8c, _) => tlv.content.is_empty(),
        _ => false,
    }
}

/// Elements fill the bytes.
fn ber_fills(content: &[u8]) -> bool {
    let mut at = Cursor::new(content);
    while !at.is_empty() {
        if ber::next(&mut at).is_none() {
            return false;
        }
    }
    true
}
