//! The header that stands before every payload. ISO 13400-2:2019 §9.2.

use decode::Cursor;

/// Bytes of the header.
pub(super) const HEADER_LEN: usize = 8;

/// Payload types. Table 17.
pub(super) mod kind {
    pub(in super::super) const NACK: u16 = 0x0000;
    pub(in super::super) const IDENTIFY: u16 = 0x0001;
    pub(in super::super) const IDENTIFY_VIN: u16 = 0x0003;
    pub(in super::super) const ANNOUNCE: u16 = 0x0004;
    pub(in super::super) const ACTIVATE: u16 = 0x0005;
    pub(in super::super) const ACTIVATED: u16 = 0x0006;
    pub(in super::super) const ALIVE_CHECK: u16 = 0x0007;
    pub(in super::super) const ALIVE: u16 = 0x0008;
    pub(in super::super) const STATUS_REQUEST: u16 = 0x4001;
    pub(in super::super) const STATUS: u16 = 0x4002;
    pub(in super::super) const POWER_REQUEST: u16 = 0x4003;
    pub(in super::super) const POWER: u16 = 0x4004;
    pub(in super::super) const DIAGNOSTIC: u16 = 0x8001;
    pub(in super::super) const ACK: u16 = 0x8002;
    pub(in super::super) const DIAGNOSTIC_NACK: u16 = 0x8003;
}

/// The header.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header {
    version: u8,
    inverse: u8,
    pub(super) kind: u16,
    pub(super) len: u32,
}

impl Header {
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        Some(Self { version: at.u8()?, inverse: at.u8()?, kind: at.be16()?, len: at.be32()? })
    }

    /// Editions 2010 to 2019, those to come, and the one that stands for all of them.
    pub(super) fn has_version(&self) -> bool {
        self.version ^ self.inverse == 0xff && matches!(self.version, 1..=4 | 0xff)
    }

    /// The length that the payload type asks for; `None` for types that are not known.
    pub(super) fn has_length(&self) -> Option<bool> {
        Some(match (self.kind, self.len) {
            (kind::NACK | kind::POWER, len) => len == 1,
            (
                kind::IDENTIFY | kind::ALIVE_CHECK | kind::STATUS_REQUEST | kind::POWER_REQUEST,
                len,
            ) => len == 0,
            (0x0002, len) => len == 6,
            (kind::IDENTIFY_VIN, len) => len == 17,
            (kind::ANNOUNCE, len) => matches!(len, 32 | 33),
            (kind::ACTIVATE, len) => matches!(len, 7 | 11),
            (kind::ACTIVATED, len) => matches!(len, 9 | 13),
            (kind::ALIVE, len) => len == 2,
            (kind::STATUS, len) => matches!(len, 3 | 7),
            (kind::DIAGNOSTIC | kind::ACK | kind::DIAGNOSTIC_NACK, len) => len >= 5,
            _ => return None,
        })
    }

    /// Bytes of the message.
    pub(super) fn total(&self) -> usize {
        vocab::sat_usize(u64::from(self.len)).saturating_add(HEADER_LEN)
    }
}
