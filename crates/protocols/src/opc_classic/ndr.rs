//! Arguments of calls as DCOM lays them out. C706 §14; MS-DCOM §2.2.13.

use crate::common::text::Line;
use decode::Cursor;

/// Reads arguments; places count from the start of the call's body.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'p> {
    at: Cursor<'p>,
    little: bool,
}

impl<'p> Reader<'p> {
    pub(super) fn new(bytes: &'p [u8], little: bool) -> Self {
        Self { at: Cursor::new(bytes), little }
    }

    /// Four bytes as a number.
    pub(super) fn number(&self, bytes: [u8; 4]) -> u32 {
        if self.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) }
    }

    /// Numbers stand at multiples of their size. C706 §14.2.2.
    pub(super) fn align(&mut self) {
        self.at.take_up_to(self.at.position().wrapping_neg() & 3);
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.align();
        if self.little { self.at.le32() } else { self.at.be32() }
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        if self.little { self.at.le16() } else { self.at.be16() }
    }

    pub(super) fn skip(&mut self, len: u32) -> Option<()> {
        self.at.skip(vocab::sat_usize(u64::from(len)))
    }

    /// A part of its own.
    pub(super) fn take(&mut self, len: u32) -> Option<Self> {
        let part = self.at.take(vocab::sat_usize(u64::from(len)))?;
        Some(Self { at: Cursor::new(part), little: self.little })
    }

    /// What goes before the arguments of a call: version, flags, causality; `None` with
    /// extensions. MS-DCOM §2.2.13.3.
    pub(super) fn this(&mut self) -> Option<()> {
        self.skip(28)?;
        (self.u32()? == 0).then_some(())
    }

    /// What goes before the results. MS-DCOM §2.2.13.4.
    pub(super) fn that(&mut self) -> Option<()> {
        self.skip(4)?;
        (self.u32()? == 0).then_some(())
    }

    /// Text of 16-bit characters with its sizes. C706 §14.3.4.2.
    pub(super) fn string(&mut self) -> Option<Line<240>> {
        let _most = self.u32()?;
        let _start = self.u32()?;
        let len = vocab::sat_usize(u64::from(self.u32()?)).checked_mul(2)?;
        let bytes = self.at.take(len)?;
        Some(if self.little { Line::of_utf16le(bytes) } else { Line::of_utf16be(bytes) })
    }
}
