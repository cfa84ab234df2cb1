//! The parts that all frames have.

use decode::Cursor;
use dissect::Probe;

/// Bytes before the content: SYNC, FRAMESIZE, IDCODE, SOC, FRACSEC. IEEE C37.118.2-2011 §6.2.
pub(super) const HEADER_LEN: usize = 14;
/// The shortest frame: header and checksum.
const FRAME_MIN: u16 = 16;
/// First byte of every frame.
pub(super) const SYNC: u8 = 0xaa;

/// What a frame is. §6.2, SYNC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Measurements.
    Data,
    /// Text for people.
    Header,
    /// What a PMU can measure.
    Configuration1,
    /// What the data frames hold.
    Configuration2,
    /// From the one who receives data.
    Command,
    /// The same as [`Self::Configuration2`], extended.
    Configuration3,
}

impl Kind {
    /// From the second byte: a bit that is 0, three for the kind, four for the version.
    fn read(byte: u8) -> Option<Self> {
        let kind = match byte >> 4 {
            0 => Self::Data,
            1 => Self::Header,
            2 => Self::Configuration1,
            3 => Self::Configuration2,
            4 => Self::Command,
            5 => Self::Configuration3,
            _ => return None,
        };
        // 1 is C37.118-2005, 2 is C37.118.2-2011.
        (1..=3).contains(&(byte & 0x0f)).then_some(kind)
    }

    /// The number in SYNC.
    pub(super) fn code(self) -> u32 {
        match self {
            Self::Data => 0,
            Self::Header => 1,
            Self::Configuration1 => 2,
            Self::Configuration2 => 3,
            Self::Command => 4,
            Self::Configuration3 => 5,
        }
    }
}

/// The header of a frame. §6.2.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header {
    /// What it is.
    pub(super) kind: Kind,
    /// Bytes of the whole frame.
    pub(super) size: u16,
    /// The stream it belongs to, or the one commanded.
    pub(super) id: u16,
    /// Seconds since 1970.
    pub(super) second: u32,
    /// Leap second flags and how good the clock is.
    pub(super) quality: u8,
    /// Fraction of the second, in parts of TIME_BASE.
    pub(super) fraction: u32,
}

impl Header {
    /// The header at the start of a frame.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        at.skip(1)?;
        Some(Self {
            kind: Kind::read(at.u8()?)?,
            size: at.be16()?,
            id: at.be16()?,
            second: at.be32()?,
            quality: at.u8()?,
            fraction: at.be24()?,
        })
    }
}

/// The length of the frame that starts here, as far as its first four bytes allow one; `Err` says
/// whether more bytes may help.
pub(super) fn size(head: &[u8]) -> Result<usize, bool> {
    match *head {
        [SYNC, kind, high, low, ..] => {
            let size = u16::from_be_bytes([high, low]);
            let fits = Kind::read(kind).is_some() && size >= FRAME_MIN;
            if fits { Ok(usize::from(size)) } else { Err(false) }
        }
        [SYNC, kind, ..] => Err(Kind::read(kind).is_some()),
        [SYNC] | [] => Err(true),
        _ => Err(false),
    }
}

/// On the protocol's own port the first four bytes are enough; elsewhere, and in a datagram, the
/// frame must be whole and its checksum right.
pub(super) fn probe(bound: bool, datagram: bool, head: &[u8]) -> Probe {
    let size = match size(head) {
        Ok(size) => size,
        Err(true) => return Probe::Maybe { need: 4 },
        Err(false) => return Probe::No,
    };
    if bound && !datagram {
        return Probe::Sure;
    }
    match head.get(..size) {
        Some(frame) if has_checksum(frame) => Probe::Sure,
        Some(_) => Probe::No,
        None => Probe::Maybe { need: size },
    }
}

/// CHK, the last two bytes, is the CRC-CCITT of all before. §6.2, Annex B.
pub(super) fn has_checksum(frame: &[u8]) -> bool {
    match frame.split_last_chunk::<2>() {
        Some((body, sum)) => crc(body) == u16::from_be_bytes(*sum),
        None => false,
    }
}

/// Polynomial x^16 + x^12 + x^5 + 1, highest bit first, from 0xffff.
fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xffff, |crc, byte| {
        let index = crc.to_be_bytes().first().map_or(0, |high| high ^ byte);
        crc << 8 ^ TABLE.get(usize::from(index)).copied().unwrap_or(0)
    })
}

/// What each value of a byte does to the CRC.
static TABLE: [u16; 256] = table();

const fn table() -> [u16; 256] {
    let mut table = [0u16; 256];
    let mut rest: &mut [u16] = &mut table;
    let mut byte = 0u16;
    while let Some((place, later)) = rest.split_first_mut() {
        let mut crc = byte << 8;
        let mut bit = 0u8;
        while bit < 8 {
            crc = if crc & 0x8000 != 0 { crc << 1 ^ 0x1021 } else { crc << 1 };
            bit = bit.saturating_add(1);
        }
        *place = crc;
        byte = byte.saturating_add(1);
        rest = later;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crc_of_known_text() {
        // The check value of CRC-16/IBM-3740, which is this CRC.
        assert_eq!(crc(b"123456789"), 0x29b1);
    }
}
