//! The block-structured capture format. draft-ietf-opsawg-pcapng.

use crate::file::{Scan, Stopped};
use crate::pcap::RECORD_MAX;
use decode::{Cursor, LinkType};
use vocab::Ts;

/// First bytes of a file: the section header's block type, the same in both byte orders.
pub(crate) const MAGIC: [u8; 4] = [0x0a, 0x0d, 0x0d, 0x0a];
/// Most interfaces of a section.
const INTERFACES_MAX: usize = 65_536;

/// A described interface.
#[derive(Clone, Copy, Debug)]
struct Interface {
    link: LinkType,
    /// Units of a second in the timestamps.
    units: u64,
    /// Seconds to add.
    offset_s: i64,
    snaplen: u32,
    fcs: u32,
}

/// The state of the section at hand.
#[derive(Debug, Default)]
pub(crate) struct Pcapng {
    little: bool,
    interfaces: Vec<Interface>,
    last: Ts,
}

/// A cursor that knows the section's byte order.
struct Fields<'p> {
    at: Cursor<'p>,
    little: bool,
}

impl Fields<'_> {
    fn u16(&mut self) -> Option<u16> {
        if self.little { self.at.le16() } else { self.at.be16() }
    }
    fn u32(&mut self) -> Option<u32> {
        if self.little { self.at.le32() } else { self.at.be32() }
    }
}

impl Pcapng {
    /// Reads the blocks of `bytes`; stops before the first that is not all there.
    pub(crate) fn scan(&mut self, bytes: &[u8], out: &mut Scan<'_>) -> Result<usize, Stopped> {
        let mut at = 0usize;
        while let Some(block) = bytes.get(at..).filter(|rest| rest.len() >= 12) {
            let kind = Fields { at: Cursor::new(block), little: self.little }.u32().unwrap_or(0);
            if block.starts_with(&MAGIC) {
                self.section(block, at, out)?;
            }
            let mut fields = Fields { at: Cursor::new(block), little: self.little };
            fields.u32();
            let len = fields.u32().unwrap_or(0);
            if len < 12 || !len.is_multiple_of(4) || len > RECORD_MAX + 4096 {
                return Err(out.stopped(at, format!("a block claims {len} bytes")));
            }
            let Some(block) = block.get(..len as usize) else { return Ok(at) };
            let body = Fields {
                at: Cursor::new(block.get(8..block.len() - 4).unwrap_or(&[])),
                little: self.little,
            };
            match kind {
                1 => self.interface(body, at, out)?,
                2 => self.packet(body, true, at, out)?,
                3 => self.simple(body, at, out)?,
                6 => self.packet(body, false, at, out)?,
                // Names, statistics, secrets, custom and unknown blocks carry no frames.
                _ => {}
            }
            at += len as usize;
        }
        Ok(at)
    }

    /// Section header block: byte order; interfaces start again. §4.1.
    fn section(&mut self, block: &[u8], at: usize, out: &Scan<'_>) -> Result<(), Stopped> {
        self.little = match block.get(8..12) {
            Some([0x4d, 0x3c, 0x2b, 0x1a]) => true,
            Some([0x1a, 0x2b, 0x3c, 0x4d]) => false,
            _ => return Err(out.stopped(at, "a section without byte-order mark".into())),
        };
        self.interfaces.clear();
        Ok(())
    }

    /// Interface description block. §4.2.
    fn interface(
        &mut self,
        mut body: Fields<'_>,
        at: usize,
        out: &Scan<'_>,
    ) -> Result<(), Stopped> {
        let (Some(link), Some(_), Some(snaplen)) = (body.u16(), body.u16(), body.u32()) else {
            return Err(out.stopped(at, "an interface description is too short".into()));
        };
        if self.interfaces.len() >= INTERFACES_MAX {
            return Err(out.stopped(at, "more than 65,536 interfaces in a section".into()));
        }
        let mut interface =
            Interface { link: LinkType(link), units: 1_000_000, offset_s: 0, snaplen, fcs: 0 };
        while let (Some(code @ 1..), Some(len)) = (body.u16(), body.u16()) {
            let Some(value) = body.at.take(usize::from(len)) else { break };
            body.at.take_up_to((4 - usize::from(len) % 4) % 4);
            match (code, value) {
                (9, [resolution, ..]) => interface.units = units(*resolution),
                (13, [fcs, ..]) => interface.fcs = u32::from(*fcs).min(16),
                (14, &[a, b, c, d, e, f, g, h]) => {
                    let raw = [a, b, c, d, e, f, g, h];
                    interface.offset_s =
                        if self.little { i64::from_le_bytes(raw) } else { i64::from_be_bytes(raw) };
                }
                _ => {}
            }
        }
        self.interfaces.push(interface);
        Ok(())
    }

    /// Enhanced packet block (§4.3), or the obsolete packet block with a drop count (Appendix A).
    fn packet(
        &mut self,
        mut body: Fields<'_>,
        old: bool,
        at: usize,
        out: &mut Scan<'_>,
    ) -> Result<(), Stopped> {
        let number = if old {
            let number = body.u16().map(u32::from);
            body.u16();
            number
        } else {
            body.u32()
        };
        let (Some(number), Some(high), Some(low), Some(len), Some(wire)) =
            (number, body.u32(), body.u32(), body.u32(), body.u32())
        else {
            return Err(out.stopped(at, "a packet block is too short".into()));
        };
        let Some(interface) = self.interfaces.get(number as usize) else {
            return Err(out.stopped(at, format!("a packet of undescribed interface {number}")));
        };
        let start = at + 8 + body.at.position();
        if body.at.len() < len as usize {
            return Err(out.stopped(at, format!("a packet of {len} bytes in a shorter block")));
        }
        self.last = interface.time(u64::from(high) << 32 | u64::from(low));
        let fcs = interface.fcs.min(len);
        out.push(self.last, start, len - fcs, wire.max(len) - fcs, interface.link);
        Ok(())
    }

    /// Simple packet block: first interface, no time. §4.4.
    fn simple(
        &mut self,
        mut body: Fields<'_>,
        at: usize,
        out: &mut Scan<'_>,
    ) -> Result<(), Stopped> {
        let (Some(wire), Some(interface)) = (body.u32(), self.interfaces.first()) else {
            return Err(out.stopped(at, "a simple packet before any interface".into()));
        };
        let snaplen = if interface.snaplen == 0 { u32::MAX } else { interface.snaplen };
        let len = wire.min(snaplen).min(vocab::sat_u32(body.at.len()));
        out.push(self.last, at + 12, len, wire.max(len), interface.link);
        Ok(())
    }
}

impl Interface {
    fn time(&self, units: u64) -> Ts {
        let seconds = (units / self.units).cast_signed();
        let rest = u128::from(units % self.units) * 1_000_000_000 / u128::from(self.units);
        let nanos = u32::try_from(rest).unwrap_or(0);
        Ts::new(seconds.saturating_add(self.offset_s), nanos)
    }
}

/// Units of a second: a power of ten, or of two when the highest bit is set. §4.2, `if_tsresol`.
fn units(resolution: u8) -> u64 {
    let power = u32::from(resolution & 0x7f);
    let base: u64 = if resolution & 0x80 == 0 { 10 } else { 2 };
    base.checked_pow(power).unwrap_or(1_000_000)
}
