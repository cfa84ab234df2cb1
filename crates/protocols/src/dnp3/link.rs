//! The data link layer: frames of at most 292 bytes with a checksum over every 16. IEEE 1815-2012
//! §9.

use decode::Cursor;

/// What every frame starts with. §9.2.4.1.1.
const START: [u8; 2] = [0x05, 0x64];
/// Bytes of a header with its checksum. §9.2.4.1.
pub(super) const HEADER: usize = 10;
/// Most bytes of user data in a frame: the length octet counts 5 of the header. §9.2.4.1.2.
pub(super) const USER_MAX: usize = 250;
/// Bytes of user data that one checksum covers. §9.2.4.2.
const BLOCK: usize = 16;

/// The header of a frame. §9.2.4.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// Bytes that follow the length octet, checksums not counted: 5 to 255. §9.2.4.1.2.
    pub(super) length: u8,
    /// Direction, primary, frame count and function. §9.2.4.1.3.
    pub(super) control: u8,
    /// Where the frame goes. §9.2.4.1.4.
    pub(super) destination: u16,
    /// Where it comes from. §9.2.4.1.5.
    pub(super) source: u16,
    /// The checksum over the header is right. §9.2.4.1.6.
    pub(super) crc_right: bool,
}

impl Header {
    /// The header at the start of `bytes`; `None` when it is not all there or does not start as
    /// frames do.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let head = bytes.first_chunk::<8>()?;
        let mut at = Cursor::new(bytes);
        if *at.chunk::<2>()? != START {
            return None;
        }
        let (length, control) = (at.u8()?, at.u8()?);
        let (destination, source) = (at.le16()?, at.le16()?);
        let crc_right = at.le16()? == crc(head);
        Some(Self { length, control, destination, source, crc_right })
    }

    /// Bytes of user data. §9.2.4.1.2.
    pub(super) fn user_len(&self) -> usize {
        usize::from(self.length).saturating_sub(5)
    }

    /// Bytes of the whole frame with all checksums.
    pub(super) fn total(&self) -> usize {
        let user = self.user_len();
        let sums = user.div_ceil(BLOCK).saturating_mul(2);
        HEADER.saturating_add(user).saturating_add(sums)
    }

    /// DIR: the frame comes from a master. §9.2.4.1.3.
    pub(super) fn is_from_master(&self) -> bool {
        self.control & 0x80 != 0
    }

    /// PRM: the frame starts a transaction. §9.2.4.1.3.
    pub(super) fn is_primary(&self) -> bool {
        self.control & 0x40 != 0
    }

    /// The function. §9.2.4.1.3.
    pub(super) fn function(&self) -> u8 {
        self.control & 0x0f
    }

    /// Confirmed or unconfirmed user data: carries a transport segment. §9.2.6.
    pub(super) fn has_data(&self) -> bool {
        self.is_primary() && matches!(self.function(), 3 | 4)
    }

    /// The function is one of the standard, obsolete ones included. §9.2.6, §9.2.7.
    pub(super) fn is_known(&self) -> bool {
        if self.is_primary() {
            matches!(self.function(), 0..=4 | 9)
        } else {
            matches!(self.function(), 0 | 1 | 11 | 14 | 15)
        }
    }
}

/// Where the next frame may start: at 0 when it does right here, at the end when nowhere.
pub(super) fn find_start(bytes: &[u8]) -> usize {
    let [first, _] = START;
    let starts = |pair: &[u8]| pair == START;
    match bytes.windows(2).position(starts) {
        Some(at) => at,
        None if bytes.last() == Some(&first) => bytes.len().saturating_sub(1),
        None => bytes.len(),
    }
}

/// User data without its checksums.
pub(super) struct UserData {
    room: [u8; USER_MAX],
    len: usize,
    /// Every checksum is right. §9.2.4.2.
    pub(super) crc_right: bool,
    /// All of it is there.
    pub(super) whole: bool,
}

impl UserData {
    /// Takes `len` bytes of user data from the blocks behind a header.
    pub(super) fn read(blocks: &[u8], len: usize) -> Self {
        let mut out = Self { room: [0; USER_MAX], len: 0, crc_right: true, whole: true };
        let mut at = Cursor::new(blocks);
        let len = len.min(USER_MAX);
        while out.len < len && out.whole {
            let want = len.saturating_sub(out.len).min(BLOCK);
            let block = at.take_up_to(want);
            let end = out.len.saturating_add(block.len());
            if let Some(room) = out.room.get_mut(out.len..end) {
                room.copy_from_slice(block);
            }
            out.len = end;
            let sum = at.le16();
            out.whole = block.len() == want && sum.is_some();
            out.crc_right &= sum.is_none_or(|sum| sum == crc(block));
        }
        out
    }

    /// The bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        self.room.get(..self.len).unwrap_or(&[])
    }
}

/// The checksum: x^16 + x^13 + x^12 + x^11 + x^10 + x^8 + x^6 + x^5 + x^2 + 1, sent low byte
/// first, inverted. §9.2.4.3.
pub(super) fn crc(bytes: &[u8]) -> u16 {
    !bytes.iter().fold(0u16, |crc, byte| {
        let [low, high] = crc.to_le_bytes();
        let step = TABLE.get(usize::from(low ^ byte)).copied().unwrap_or(0);
        step ^ u16::from(high)
    })
}

/// The checksum's change for every byte.
static TABLE: [u16; 256] = table();

const fn table() -> [u16; 256] {
    let mut table = [0; 256];
    let mut rest: &mut [u16] = &mut table;
    let mut byte = 0u16;
    while let Some((entry, others)) = rest.split_first_mut() {
        let mut crc = byte;
        let mut bit = 0;
        while bit < 8u32 {
            crc = if crc & 1 == 0 { crc >> 1 } else { crc >> 1 ^ 0xa6bc };
            bit = bit.wrapping_add(1);
        }
        *entry = crc;
        rest = others;
        byte = byte.wrapping_add(1);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksum_of_a_link_reset() {
        // Reset of the link states of station 1 by station 1024.
        assert_eq!(
            crc(&[0x05, 0x64, 0x05, 0xc0, 0x01, 0x00, 0x00, 0x04]).to_le_bytes(),
            [0xe9, 0x21]
        );
    }

    #[test]
    fn lengths_count_blocks() {
        let header =
            |length| Header { length, control: 0, destination: 0, source: 0, crc_right: true };
        assert_eq!(header(5).total(), 10);
        assert_eq!(header(6).total(), 13);
        assert_eq!(header(21).total(), 28);
        assert_eq!(header(22).total(), 31);
        assert_eq!(header(255).total(), 292, "the largest frame of the standard");
    }

    #[test]
    fn starts_are_found() {
        assert_eq!(find_start(&[5, 0x64, 1]), 0);
        assert_eq!(find_start(&[1, 5, 0x64]), 1);
        assert_eq!(find_start(&[1, 2, 5]), 2, "the second byte may follow");
        assert_eq!(find_start(&[5, 5, 1]), 3);
    }
}
