//! Blocks: type, length, version, content. IEC 61158-6-10:2019 §5.2.

use super::spec;
use decode::Cursor;
use dissect::Cx;
use vocab::Target;

/// A block; numbers in it have their high byte first, whatever the call says.
#[derive(Clone, Copy)]
pub(super) struct Block<'p> {
    pub(super) kind: u16,
    /// Version low byte; the high one is 1.
    pub(super) version: u8,
    /// Behind the version.
    pub(super) content: &'p [u8],
    pub(super) whole: &'p [u8],
}

impl<'p> Block<'p> {
    /// The next block; `None` at the end or where one is not all there.
    pub(super) fn read(at: &mut Cursor<'p>) -> Option<Self> {
        let mut probe = *at;
        let (kind, length) = (probe.be16()?, probe.be16()?);
        let &[_, version] = probe.chunk()?;
        let content = probe.take(usize::from(length).checked_sub(2)?)?;
        let whole = at.take(usize::from(length).saturating_add(4))?;
        Some(Self { kind, version, content, whole })
    }

    /// The content, to read.
    pub(super) fn cursor(&self) -> Cursor<'p> {
        Cursor::new(self.content)
    }

    /// Bytes to pass over so that the next field of the content is aligned to four bytes, counted
    /// from the start of the block.
    pub(super) fn align(at: &mut Cursor<'_>) {
        let pad = at.position().saturating_add(6).wrapping_neg() & 3;
        at.take_up_to(pad);
    }
}

/// Reads blocks one after the other. A block that is not all there is a fault, unless the rest is
/// padding.
pub(super) fn each<'p>(
    cx: &mut Cx<'_>,
    mut at: Cursor<'p>,
    mut say: impl FnMut(&mut Cx<'_>, &Block<'p>) -> Option<()>,
) {
    while let Some(block) = Block::read(&mut at) {
        if say(cx, &block).is_none() && !cx.cut() {
            cx.fault(spec::BAD_BLOCK, block.whole);
        }
    }
    if at.rest().iter().any(|b| *b != 0) && !cx.cut() {
        cx.fault(spec::BAD_BLOCK, at.rest());
    }
}

/// A slot and a subslot as a target.
pub(super) fn place(api: u32, slot: u16, subslot: u16) -> Target<'static> {
    Target {
        area: spec::PLACE,
        index: u64::from(slot) << 16 | u64::from(subslot),
        count: 1,
        extra: api,
        name: &[],
    }
}
