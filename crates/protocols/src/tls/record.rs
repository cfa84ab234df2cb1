//! Records: what everything is carried in, and how a stream of them is recognised.

use decode::Cursor;
use dissect::{Hint, Probe};

/// A record's header in bytes.
pub(super) const HEADER: usize = 5;
/// Most bytes behind a header: content, and what compression and encryption add. RFC 5246 §6.2.3.
const LENGTH_MAX: usize = 18_432;
/// Bytes that a probe asks for at most.
const PROBE_MAX: usize = 1_000;

/// Content types. RFC 5246 §6.2.1, RFC 6520 §3.
pub(super) const CHANGE_CIPHER_SPEC: u8 = 20;
pub(super) const ALERT: u8 = 21;
pub(super) const HANDSHAKE: u8 = 22;
pub(super) const APPLICATION_DATA: u8 = 23;

/// A record's header. RFC 5246 §6.2.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) kind: u8,
    version: u16,
    /// Bytes that follow.
    pub(super) length: usize,
}

impl Record {
    /// `None` when the header is not all there.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        let (kind, version, length) = (at.u8()?, at.be16()?, at.be16()?);
        Some(Self { kind, version, length: usize::from(length) })
    }

    /// Known type, version 3.0 to 3.4, a length that is allowed; empty only as data.
    pub(super) fn is_plausible(&self) -> bool {
        (CHANGE_CIPHER_SPEC..=24).contains(&self.kind)
            && (0x0300..=0x0304).contains(&self.version)
            && self.length <= LENGTH_MAX
            && (self.length > 0 || self.kind == APPLICATION_DATA)
    }

    /// Bytes of the whole record.
    pub(super) fn total(&self) -> usize {
        self.length.saturating_add(HEADER)
    }
}

/// On its own ports a record's header is enough. Elsewhere a hello must follow it, or a second
/// record of the same version behind the first.
pub(super) fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
    match *head {
        []
        | [CHANGE_CIPHER_SPEC..=24]
        | [CHANGE_CIPHER_SPEC..=24, 3]
        | [CHANGE_CIPHER_SPEC..=24, 3, 0..=4, ..] => {}
        [0x80..=0xff, ..] => return probe_version2(head),
        _ => return Probe::No,
    }
    let Some(record) = Record::read(head) else { return Probe::Maybe { need: HEADER } };
    if !record.is_plausible() {
        return Probe::No;
    }
    if hint.bound {
        return Probe::Sure;
    }
    let body = head.get(HEADER..).unwrap_or(&[]);
    if record.kind == HANDSHAKE {
        // A client's or server's hello: type, a length of three bytes, a version.
        match *body {
            [1 | 2, 0, _, _, 3, 0..=3, ..] => return Probe::Sure,
            [] | [1 | 2] | [1 | 2, 0] | [1 | 2, 0, _] | [1 | 2, 0, _, _] | [1 | 2, 0, _, _, 3] => {
                return Probe::Maybe { need: HEADER.saturating_add(6) };
            }
            _ => {}
        }
    }
    let need = record.total().saturating_add(HEADER);
    if need > PROBE_MAX {
        return Probe::No;
    }
    match head.get(record.total()..).and_then(Record::read) {
        None => Probe::Maybe { need },
        Some(next) if next.is_plausible() && next.version == record.version => Probe::Sure,
        Some(_) => Probe::No,
    }
}

/// A client's hello in the form of version 2. RFC 5246 §E.2.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hello2 {
    /// The version that it offers.
    pub(super) version: u16,
    /// How many cipher suites it offers.
    pub(super) suites: u16,
    /// Bytes with its header.
    pub(super) total: usize,
}

impl Hello2 {
    /// Bytes that tell whether it is one.
    pub(super) const HEAD: usize = 11;

    /// `None` when it is not all there or the parts do not fill it.
    pub(super) fn read(head: &[u8]) -> Option<Self> {
        let mut at = Cursor::new(head);
        let length = at.be16()? & 0x7fff;
        let (kind, version) = (at.u8()?, at.be16()?);
        let (suites, session, challenge) = (at.be16()?, at.be16()?, at.be16()?);
        let parts = suites.checked_add(session)?.checked_add(challenge)?.checked_add(9)?;
        let known = kind == 1 && matches!(version, 0x0002 | 0x0300..=0x0303);
        let sizes = suites % 3 == 0 && suites > 0 && (16..=32).contains(&challenge);
        let total = usize::from(length).saturating_add(2);
        let whole = known && sizes && parts == length;
        if whole { Some(Self { version, suites: suites.checked_div(3)?, total }) } else { None }
    }
}

fn probe_version2(head: &[u8]) -> Probe {
    match *head {
        [0x80..=0xff] | [0x80..=0xff, _] | [0x80..=0xff, _, 1] | [0x80..=0xff, _, 1, 0 | 3] => {
            Probe::Maybe { need: Hello2::HEAD }
        }
        [0x80..=0xff, _, 1, 0 | 3, ..] if head.len() < Hello2::HEAD => {
            Probe::Maybe { need: Hello2::HEAD }
        }
        _ if Hello2::read(head).is_some() => Probe::Sure,
        _ => Probe::No,
    }
}
