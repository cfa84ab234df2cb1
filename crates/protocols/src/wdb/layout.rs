//! How a session writes its parameters. Agents of Tornado (VxWorks 5) and those of VxWorks 6 have
//! the same program, version and procedures, and structures of other shape.

use super::{padded, spec};
use decode::Cursor;

/// Words of a core behind its first: tool and memory context; later the size of pointers as well.
const CORE_WORDS: core::ops::RangeInclusive<u32> = 2..=3;
/// Most words that a context may have.
const CONTEXT_WORDS_MAX: u32 = 8;

/// The layouts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Layout {
    /// Parameters stand alone. wdb.h of Tornado 2.2.
    #[default]
    Plain,
    /// A core stands before them, memory has options and contexts a list. wdb.h of VxWorks 6.
    WithCore,
}

impl Layout {
    /// What a call tells of its session: how it connects, or the length of a range of memory.
    pub(super) fn of(procedure: u32, data: &[u8]) -> Option<Self> {
        match procedure {
            1 => Some(Self::Plain),
            spec::CONNECT_NAMED | spec::INFO_GET => Some(Self::WithCore),
            10 | 12..=16 => {
                let words = Cursor::new(data).be32()?;
                let later = 4usize.saturating_mul(vocab::sat_usize(u64::from(words)));
                match data.len() {
                    12 => Some(Self::Plain),
                    length if CORE_WORDS.contains(&words) && length == later.saturating_add(20) => {
                        Some(Self::WithCore)
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Passes over the core. wdb.h, `WDB_CORE`: how many words follow, tool, memory context.
    pub(super) fn core(self, at: &mut Cursor<'_>) -> Option<()> {
        if self == Self::Plain || at.rest().is_empty() {
            return Some(());
        }
        let words = at.be32().filter(|words| CORE_WORDS.contains(words))?;
        at.skip(4usize.saturating_mul(vocab::sat_usize(u64::from(words))))
    }

    fn options(self, at: &mut Cursor<'_>) -> Option<()> {
        if self == Self::WithCore { at.skip(4) } else { Some(()) }
    }

    /// A range of memory: address, bytes, parameter. wdb.h, `WDB_MEM_REGION`.
    pub(super) fn region(self, at: &mut Cursor<'_>) -> Option<[u32; 3]> {
        self.options(at)?;
        Some([at.be32()?, at.be32()?, at.be32()?])
    }

    /// Bytes for an address. wdb.h, `WDB_MEM_XFER`: number of bytes, address, content with its
    /// length.
    pub(super) fn transfer<'p>(self, at: &mut Cursor<'p>) -> Option<(u32, u32, &'p [u8])> {
        let [count, address, length] = self.region(at)?;
        let all = at.take(padded(length))?;
        let content = Cursor::new(all).take_up_to(vocab::sat_usize(u64::from(count.min(length))));
        Some((address, count, content))
    }

    /// A context: its kind, and its number, in a list the last. wdb.h, `WDB_CTX`.
    pub(super) fn context(self, at: &mut Cursor<'_>) -> Option<(u32, u32)> {
        let kind = at.be32()?;
        if self == Self::Plain {
            return Some((kind, at.be32()?));
        }
        // How many there are stands twice: in the structure, and before the list.
        at.skip(4)?;
        let count = at.be32().filter(|count| *count <= CONTEXT_WORDS_MAX)?;
        let mut number = 0;
        for _ in 0..count {
            number = at.be32()?;
        }
        Some((kind, number))
    }
}
