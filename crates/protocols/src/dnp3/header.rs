//! Object headers: which objects follow, and how many. IEEE 1815-2012 §4.2.2.7.

use super::spec;
use decode::Cursor;
use vocab::FaultSpec;

/// What stands before each object. §4.2.2.7.3.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prefix {
    /// Nothing.
    None,
    /// Its index, of this many bytes.
    Index(u8),
    /// Its size, of this many bytes.
    Size(u8),
}

/// Which objects, or how many. §4.2.2.7.3.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Range {
    /// All there are.
    All,
    /// From this index, so many.
    Span(u64, u64),
    /// So many.
    Count(u64),
}

/// An object header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) group: u8,
    pub(super) variation: u8,
    pub(super) qualifier: u8,
    pub(super) prefix: Prefix,
    pub(super) range: Range,
}

impl Header {
    /// Reads a header; says which rule is broken where that cannot be.
    pub(super) fn read(at: &mut Cursor<'_>) -> Result<Self, &'static FaultSpec> {
        let (Some(group), Some(variation), Some(qualifier)) = (at.u8(), at.u8(), at.u8()) else {
            return Err(spec::TRAILING);
        };
        let prefix = match qualifier >> 4 {
            0 => Prefix::None,
            1 => Prefix::Index(1),
            2 => Prefix::Index(2),
            3 => Prefix::Index(4),
            4 => Prefix::Size(1),
            5 => Prefix::Size(2),
            6 => Prefix::Size(4),
            _ => return Err(spec::BAD_QUALIFIER),
        };
        let range = Self::range(qualifier & 0x0f, at)?;
        let fits = match (prefix, range) {
            (Prefix::Index(_), Range::Count(_)) => qualifier & 0x0f != 0x0b,
            (Prefix::Size(_), Range::Count(_)) => qualifier & 0x0f == 0x0b,
            (Prefix::None, _) => qualifier != 0x0b,
            _ => false,
        };
        if !fits {
            return Err(spec::BAD_QUALIFIER);
        }
        Ok(Self { group, variation, qualifier, prefix, range })
    }

    /// The range field. §4.2.2.7.3.3.
    fn range(code: u8, at: &mut Cursor<'_>) -> Result<Range, &'static FaultSpec> {
        let width = match code {
            0 | 3 | 7 | 11 => 1,
            1 | 4 | 8 => 2,
            2 | 5 | 9 => 4,
            6 => return Ok(Range::All),
            _ => return Err(spec::BAD_QUALIFIER),
        };
        let Some(first) = number(at, width) else { return Err(spec::OBJECT_CUT) };
        if code > 6 {
            return Ok(Range::Count(first));
        }
        let Some(last) = number(at, width) else { return Err(spec::OBJECT_CUT) };
        match last.checked_sub(first) {
            Some(more) => Ok(Range::Span(first, more.saturating_add(1))),
            None => Err(spec::BAD_RANGE),
        }
    }

    /// How many objects; 0 for all there are.
    pub(super) fn quantity(&self) -> u64 {
        match self.range {
            Range::All => 0,
            Range::Span(_, count) | Range::Count(count) => count,
        }
    }

    /// The first index; 0 where objects are counted.
    pub(super) fn first(&self) -> u64 {
        match self.range {
            Range::Span(first, _) => first,
            Range::All | Range::Count(_) => 0,
        }
    }

    /// The index of the object at hand, the `nth` of them: read where one stands before it.
    pub(super) fn index(&self, at: &mut Cursor<'_>, nth: u64) -> Result<u64, &'static FaultSpec> {
        match self.prefix {
            Prefix::Index(width) => number(at, width).ok_or(spec::OBJECT_CUT),
            Prefix::None | Prefix::Size(_) => Ok(self.first().saturating_add(nth)),
        }
    }

    /// Group and variation in one number.
    pub(super) fn kind(&self) -> u32 {
        u32::from(self.group) << 8 | u32::from(self.variation)
    }
}

/// A number of `width` bytes, low byte first.
pub(super) fn number(at: &mut Cursor<'_>, width: u8) -> Option<u64> {
    let bytes = at.take(usize::from(width))?;
    Some(bytes.iter().rev().fold(0, |n, byte| n << 8 | u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<(Prefix, Range), &'static str> {
        let header = Header::read(&mut Cursor::new(bytes)).map_err(|fault| fault.key)?;
        Ok((header.prefix, header.range))
    }

    #[test]
    fn qualifiers() {
        assert_eq!(read(&[1, 2, 0x00, 3, 9]), Ok((Prefix::None, Range::Span(3, 7))));
        assert_eq!(read(&[1, 2, 0x01, 0, 1, 0, 2]), Ok((Prefix::None, Range::Span(256, 257))));
        assert_eq!(read(&[60, 1, 0x06]), Ok((Prefix::None, Range::All)));
        assert_eq!(read(&[60, 2, 0x08, 1, 1]), Ok((Prefix::None, Range::Count(257))));
        assert_eq!(read(&[12, 1, 0x28, 1, 0]), Ok((Prefix::Index(2), Range::Count(1))));
        assert_eq!(read(&[70, 3, 0x5b, 1]), Ok((Prefix::Size(2), Range::Count(1))));
    }

    #[test]
    fn broken_headers() {
        assert_eq!(read(&[1, 2]), Err("trailing_bytes"));
        assert_eq!(read(&[1, 2, 0x00, 3]), Err("object_beyond_message"));
        assert_eq!(read(&[1, 2, 0x00, 3, 2]), Err("range_ends_before_start"));
        for qualifier in [0x0a, 0x0b, 0x0c, 0x10, 0x1b, 0x46, 0x57, 0x70, 0x80, 0xff] {
            let bytes = [1, 2, qualifier, 0, 0, 0, 0, 0, 0, 0, 0];
            assert_eq!(read(&bytes), Err("unknown_qualifier"), "{qualifier:02x}");
        }
    }
}
