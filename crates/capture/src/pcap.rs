//! The classic capture format: a file header, then records. draft-ietf-opsawg-pcap.

use crate::file::{Scan, Stopped};
use decode::{Cursor, LinkType};
use vocab::Ts;

/// Bytes of the file header.
pub(crate) const FILE_HEADER: usize = 24;
/// Largest record taken for real.
pub(crate) const RECORD_MAX: u32 = 16 << 20;

/// How records of this file are written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pcap {
    little: bool,
    /// Nanoseconds per unit of the second time field.
    unit_ns: u32,
    /// Bytes of a record header: 16, or 24 in the variant that Linux once wrote.
    header: usize,
    link: LinkType,
    /// Bytes of frame check sequence at each frame's end.
    fcs: u32,
}

impl Pcap {
    /// From the file header; `None` when these are not its first bytes.
    pub(crate) fn read(head: &[u8; FILE_HEADER]) -> Option<Self> {
        let mut at = Cursor::new(head);
        let (little, magic) = match at.be32()? {
            magic @ (0xa1b2_c3d4 | 0xa1b2_3c4d | 0xa1b2_cd34) => (false, magic),
            magic => (true, magic.swap_bytes()),
        };
        let (unit_ns, header) = match magic {
            0xa1b2_c3d4 => (1_000, 16),
            0xa1b2_3c4d => (1, 16),
            0xa1b2_cd34 => (1_000, 24),
            _ => return None,
        };
        at.skip(16)?;
        let field = if little { at.le32()? } else { at.be32()? };
        // Upper half: the F bit says that its three top bits count FCS words.
        let fcs = if field & 0x0400_0000 != 0 { field >> 28 << 1 } else { 0 };
        Some(Self { little, unit_ns, header, link: LinkType(vocab::low_u16(field.into())), fcs })
    }

    /// Finds the records of `bytes`; stops before the first that is not all there.
    pub(crate) fn scan(&self, bytes: &[u8], out: &mut Scan<'_>) -> Result<usize, Stopped> {
        let mut at = 0usize;
        loop {
            let mut cursor = Cursor::new(bytes.get(at..).unwrap_or(&[]));
            let number = |c: &mut Cursor<'_>| if self.little { c.le32() } else { c.be32() };
            let (Some(seconds), Some(fraction), Some(len), Some(wire)) = (
                number(&mut cursor),
                number(&mut cursor),
                number(&mut cursor),
                number(&mut cursor),
            ) else {
                return Ok(at);
            };
            if len > RECORD_MAX {
                return Err(out.stopped(at, format!("a record claims {len} bytes")));
            }
            let start = at + self.header;
            let end = start + len as usize;
            if end > bytes.len() {
                return Ok(at);
            }
            let nanos = u64::from(fraction) * u64::from(self.unit_ns);
            let time = Ts(i64::from(seconds) * 1_000_000_000 + nanos.cast_signed());
            let fcs = self.fcs.min(len);
            out.push(time, start, len - fcs, wire.max(len) - fcs, self.link);
            at = end;
        }
    }
}
