//! Headers, numbers and parameter lists as they stand on the wire.

use decode::Cursor;

/// What every message begins with. DDSI-RTPS 2.5 §9.4.4.
pub(super) const MAGIC: &[u8; 4] = b"RTPS";

/// The header of a message.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header {
    /// First number of the version: 1 or 2.
    pub(super) major: u8,
    /// Who wrote the implementation.
    pub(super) vendor: u16,
    /// Bytes of the header: the prefix of the sender's name grew with version 2.
    pub(super) len: usize,
}

impl Header {
    /// DDSI-RTPS 2.5 §9.4.4; RTPS 1.2 §8.2.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        if at.chunk::<4>()? != MAGIC {
            return None;
        }
        let (major, minor, vendor) = (at.u8()?, at.u8()?, at.be16()?);
        let prefix = match (major, minor) {
            (1, _) => 8,
            (2, 0..=15) => 12,
            _ => return None,
        };
        at.skip(prefix)?;
        Some(Self { major, vendor, len: at.position() })
    }
}

/// Reads numbers in the byte order that the sender chose.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'p> {
    pub(super) at: Cursor<'p>,
    little: bool,
}

impl<'p> Reader<'p> {
    pub(super) fn new(bytes: &'p [u8], little: bool) -> Self {
        Self { at: Cursor::new(bytes), little }
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        if self.little { self.at.le16() } else { self.at.be16() }
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        if self.little { self.at.le32() } else { self.at.be32() }
    }

    /// An entity's number: bytes, not a number of the sender's order. §9.3.1.2.
    pub(super) fn entity(&mut self) -> Option<u32> {
        self.at.be32()
    }

    /// A sequence number: its high half first. §9.3.2.
    pub(super) fn sequence(&mut self) -> Option<u64> {
        let high = self.u32()?;
        Some(u64::from(high) << 32 | u64::from(self.u32()?))
    }

    /// Text with its length, which counts the NUL at the end. CDR, §10.2.
    pub(super) fn string(&mut self) -> Option<&'p [u8]> {
        let len = vocab::sat_usize(u64::from(self.u32()?));
        let text = self.at.take(len)?;
        // Texts are padded to four bytes, but for the last.
        self.at.take_up_to(len.wrapping_neg() & 3);
        Some(text.strip_suffix(b"\0").unwrap_or(text))
    }

    /// Bytes with their length.
    pub(super) fn octets(&mut self) -> Option<&'p [u8]> {
        let len = vocab::sat_usize(u64::from(self.u32()?));
        self.at.take(len)
    }

    /// The next parameter; `Ok(None)` at the end of the list, `Err` where it does not fit. §9.4.2.11.
    pub(super) fn parameter(&mut self) -> Result<Option<(u16, Reader<'p>)>, ()> {
        const SENTINEL: u16 = 1;
        let mut next = || {
            let id = self.u16()?;
            if id == SENTINEL {
                self.u16();
                return Some(None);
            }
            let len = usize::from(self.u16()?);
            Some(Some((id, Reader::new(self.at.take(len)?, self.little))))
        };
        next().ok_or(())
    }
}

/// A submessage.
#[derive(Clone, Copy, Debug)]
pub(super) struct Submessage<'p> {
    pub(super) id: u8,
    pub(super) flags: u8,
    /// With its header.
    pub(super) bytes: &'p [u8],
    pub(super) content: &'p [u8],
    /// Its length runs over the end.
    pub(super) long: bool,
}

impl<'p> Submessage<'p> {
    /// The next submessage. §9.4.5.1.
    pub(super) fn next(at: &mut Cursor<'p>) -> Option<Self> {
        const PAD: u8 = 0x01;
        const INFO_TS: u8 = 0x09;
        let start = at.rest();
        let (id, flags) = (at.u8()?, at.u8()?);
        let len = if flags & 1 != 0 { at.le16()? } else { at.be16()? };
        // A length of 0 in the last submessage: to the end of the message. §9.4.5.1.3.
        let to_end = len == 0 && id != PAD && id != INFO_TS;
        let len = if to_end { at.len() } else { usize::from(len) };
        let long = len > at.len();
        let content = at.take_up_to(len);
        let bytes = start.get(..content.len().saturating_add(4)).unwrap_or(start);
        Some(Self { id, flags, bytes, content, long })
    }

    pub(super) fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    pub(super) fn reader(&self) -> Reader<'p> {
        Reader::new(self.content, self.has(1))
    }
}
