//! The fixed header and the encodings that all packets share.

use decode::Cursor;

/// Packet types. MQTT 3.1.1 §2.2.1.
pub(super) const CONNECT: u8 = 1;
pub(super) const CONNACK: u8 = 2;
pub(super) const PUBLISH: u8 = 3;
pub(super) const PUBACK: u8 = 4;
pub(super) const PUBREC: u8 = 5;
pub(super) const PUBREL: u8 = 6;
pub(super) const PUBCOMP: u8 = 7;
pub(super) const SUBSCRIBE: u8 = 8;
pub(super) const SUBACK: u8 = 9;
pub(super) const UNSUBSCRIBE: u8 = 10;
pub(super) const UNSUBACK: u8 = 11;
pub(super) const PINGREQ: u8 = 12;
pub(super) const PINGRESP: u8 = 13;
pub(super) const DISCONNECT: u8 = 14;

/// The fixed header. MQTT 3.1.1 §2.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) kind: u8,
    pub(super) flags: u8,
    /// Bytes of the header itself.
    pub(super) len: usize,
    /// Bytes that follow.
    pub(super) remaining: usize,
}

/// What came of reading a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Read {
    Header(Header),
    /// Not all there.
    Short,
    /// A remaining length of more than four bytes.
    Bad,
}

impl Header {
    pub(super) fn read(bytes: &[u8]) -> Read {
        let mut at = Cursor::new(bytes);
        let Some(first) = at.u8() else { return Read::Short };
        let Some(remaining) = varint(&mut at) else {
            return if bytes.len() < 5 { Read::Short } else { Read::Bad };
        };
        Read::Header(Self {
            kind: first >> 4,
            flags: first & 0x0f,
            len: at.position(),
            remaining: vocab::sat_usize(u64::from(remaining)),
        })
    }

    /// Bytes of the whole packet.
    pub(super) fn total(&self) -> usize {
        self.len.saturating_add(self.remaining)
    }

    /// The flags that the type demands. MQTT 3.1.1 §2.2.2; publishing has flags of its own, and no
    /// quality of service 3. In 3.1 requests to release and subscribe may be marked duplicates.
    pub(super) fn has_valid_flags(&self) -> bool {
        match self.kind {
            PUBLISH => self.flags & 6 != 6,
            PUBREL | SUBSCRIBE | UNSUBSCRIBE => self.flags & !8 == 2,
            _ => self.flags == 0,
        }
    }

    /// Type, flags and length go together. Acknowledgements with long reasons are not expected
    /// where a session is joined.
    pub(super) fn is_plausible(&self) -> bool {
        let length = match self.kind {
            CONNECT => self.remaining >= 12,
            CONNACK => (2..=512).contains(&self.remaining),
            PUBACK | PUBREC | PUBREL | PUBCOMP | UNSUBACK => (2..=4).contains(&self.remaining),
            PUBLISH => self.remaining >= 3,
            SUBACK => (3..=64).contains(&self.remaining),
            SUBSCRIBE => self.remaining >= 6,
            UNSUBSCRIBE => self.remaining >= 5,
            PINGREQ | PINGRESP => self.remaining == 0,
            DISCONNECT | 15 => self.remaining <= 2,
            _ => false,
        };
        length && self.has_valid_flags()
    }
}

/// A variable byte integer of up to four bytes. MQTT 3.1.1 §2.2.3.
pub(super) fn varint(at: &mut Cursor<'_>) -> Option<u32> {
    let mut value = 0u32;
    for shift in [0, 7, 14, 21] {
        let byte = at.u8()?;
        value |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

/// Text or bytes behind their length. MQTT 3.1.1 §1.5.3.
pub(super) fn string<'p>(at: &mut Cursor<'p>) -> Option<&'p [u8]> {
    let len = at.be16()?;
    at.take(usize::from(len))
}

/// The properties of version 5; none before. MQTT 5 §2.2.2.
pub(super) fn properties<'p>(at: &mut Cursor<'p>, version: u8) -> Option<&'p [u8]> {
    if version < 5 {
        return Some(&[]);
    }
    let len = varint(at)?;
    at.take(vocab::sat_usize(u64::from(len)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_the_standards_examples() {
        let read = |bytes: &[u8]| varint(&mut Cursor::new(bytes));
        assert_eq!(read(&[0x7f]), Some(127));
        assert_eq!(read(&[0xff, 0x7f]), Some(16_383));
        assert_eq!(read(&[0x80, 0x80, 0x80, 0x01]), Some(2_097_152));
        assert_eq!(read(&[0x80, 0x80, 0x80, 0x80, 0x01]), None);
    }
}
