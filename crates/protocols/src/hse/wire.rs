//! The message of the field device access agent: header, body, trailer. FF-588-1.3 §6.3, §6.4.

use super::spec::SPEC;
use decode::Cursor;
use dissect::Probe;

/// Version, options, protocol and type, service, address, length. §6.3.
pub(super) const HEADER_LEN: usize = 12;
/// Longest message that is taken for one.
const LENGTH_MAX: u32 = 65_535;

/// Type of a message. §6.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Request,
    Response,
    Error,
}

/// A message.
#[derive(Clone, Copy, Debug)]
pub(super) struct Message<'p> {
    /// Protocol (1 FDA, 2 SM, 3 FMS, 4 LAN redundancy) in the high octet, service as sent with its
    /// confirmed flag in the low one.
    pub(super) code: u32,
    pub(super) kind: Kind,
    /// FDA address.
    pub(super) address: u32,
    /// Bytes in all.
    pub(super) total: usize,
    /// Pairs answers with requests. §6.4.
    pub(super) invoke: Option<u32>,
    /// Between header and trailer; shorter where bytes are missing.
    pub(super) body: &'p [u8],
}

impl<'p> Message<'p> {
    /// The message at the start; `None` where the header is none or not all there.
    pub(super) fn read(bytes: &'p [u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        let &[version, options, protocol, service] = at.chunk()?;
        let (address, length) = (at.be32()?, at.be32()?);
        let kind = match protocol & 3 {
            0 => Kind::Request,
            1 => Kind::Response,
            2 => Kind::Error,
            _ => return None,
        };
        // Unconfirmed services have no answers; bit 4 of the options is reserved.
        let confirmed = service & 0x80 != 0;
        let possible = confirmed || kind == Kind::Request;
        let protocols = matches!(protocol >> 2, 1..=4);
        if version != 1 || options & 0x10 != 0 || !possible || !protocols || length > LENGTH_MAX {
            return None;
        }
        let total = vocab::sat_usize(u64::from(length));
        let trailer = trailer_len(options);
        let padding = usize::from(options & 7);
        let end = total.checked_sub(trailer)?;
        let body_end = end.checked_sub(padding).filter(|end| *end >= HEADER_LEN)?;
        let body = bytes.get(HEADER_LEN..body_end.min(bytes.len())).unwrap_or(&[]);
        let invoke = if options & 0x40 != 0 {
            // Behind the message number, if there is one.
            let skip = if options & 0x80 != 0 { 4usize } else { 0 };
            bytes.get(end.saturating_add(skip)..).and_then(|rest| Cursor::new(rest).be32())
        } else {
            None
        };
        let code = u32::from(protocol >> 2) << 8 | u32::from(service);
        Some(Self { code, kind, address, total, invoke, body })
    }

    /// The service is a confirmed one.
    pub(super) fn confirmed(&self) -> bool {
        self.code & 0x80 != 0
    }
}

/// Message number, invoke id, time stamp, extended control, as the options say. §6.4.
fn trailer_len(options: u8) -> usize {
    [(0x80, 4usize), (0x40, 4), (0x20, 8), (0x08, 4)]
        .into_iter()
        .filter(|(bit, _)| options & bit != 0)
        .fold(0, |sum, (_, len)| sum.saturating_add(len))
}

/// A header with a known service; of a datagram the length must be its own.
pub(super) fn probe(datagram: bool, head: &[u8]) -> Probe {
    if head.first().is_some_and(|version| *version != 1) {
        return Probe::No;
    }
    if head.len() < HEADER_LEN {
        return Probe::Maybe { need: HEADER_LEN };
    }
    match Message::read(head) {
        Some(message) if SPEC.operation(message.code, None).is_some() => {
            if !datagram || message.total == head.len() { Probe::Sure } else { Probe::No }
        }
        _ => Probe::No,
    }
}
