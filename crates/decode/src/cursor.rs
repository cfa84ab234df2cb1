//! A reading position in untrusted bytes: every read says whether there was enough.

/// Reads big- and little-endian numbers and slices from the front of a slice; never panics.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'p> {
    all: &'p [u8],
    rest: &'p [u8],
}

macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident -> $type:ty = $from:ident;)*) => {$(
        $(#[$doc])*
        #[inline]
        pub fn $name(&mut self) -> Option<$type> {
            let (head, rest) = self.rest.split_first_chunk()?;
            self.rest = rest;
            Some(<$type>::$from(*head))
        }
    )*};
}

impl<'p> Cursor<'p> {
    /// At the first byte.
    #[inline]
    pub const fn new(bytes: &'p [u8]) -> Self {
        Self { all: bytes, rest: bytes }
    }

    numbers! {
        /// One byte.
        u8 -> u8 = from_be_bytes;
        /// Two bytes, high byte first.
        be16 -> u16 = from_be_bytes;
        /// Four bytes, high byte first.
        be32 -> u32 = from_be_bytes;
        /// Eight bytes, high byte first.
        be64 -> u64 = from_be_bytes;
        /// Two bytes, low byte first.
        le16 -> u16 = from_le_bytes;
        /// Four bytes, low byte first.
        le32 -> u32 = from_le_bytes;
        /// Eight bytes, low byte first.
        le64 -> u64 = from_le_bytes;
    }

    /// Three bytes, high byte first.
    #[inline]
    pub fn be24(&mut self) -> Option<u32> {
        let [a, b, c] = *self.chunk()?;
        Some(u32::from_be_bytes([0, a, b, c]))
    }

    /// Three bytes, low byte first.
    #[inline]
    pub fn le24(&mut self) -> Option<u32> {
        let [a, b, c] = *self.chunk()?;
        Some(u32::from_le_bytes([a, b, c, 0]))
    }

    /// `N` bytes as an array.
    #[inline]
    pub fn chunk<const N: usize>(&mut self) -> Option<&'p [u8; N]> {
        let (head, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(head)
    }

    /// `len` bytes; stays where it is when there are fewer.
    #[inline]
    pub fn take(&mut self, len: usize) -> Option<&'p [u8]> {
        let (head, rest) = self.rest.split_at_checked(len)?;
        self.rest = rest;
        Some(head)
    }

    /// As many of `len` bytes as there are.
    #[inline]
    pub fn take_up_to(&mut self, len: usize) -> &'p [u8] {
        let (head, rest) = self.rest.split_at_checked(len).unwrap_or((self.rest, &[]));
        self.rest = rest;
        head
    }

    /// Passes over `len` bytes; stays where it is when there are fewer.
    #[inline]
    pub fn skip(&mut self, len: usize) -> Option<()> {
        self.take(len).map(|_| ())
    }

    /// What is not read yet.
    #[inline]
    pub const fn rest(&self) -> &'p [u8] {
        self.rest
    }

    /// Everything from the start.
    #[inline]
    pub const fn all(&self) -> &'p [u8] {
        self.all
    }

    /// What was read so far.
    #[inline]
    pub fn done(&self) -> &'p [u8] {
        self.all.get(..self.position()).unwrap_or(self.all)
    }

    /// How many bytes were read.
    #[inline]
    pub const fn position(&self) -> usize {
        self.all.len().saturating_sub(self.rest.len())
    }

    /// How many bytes are left.
    #[inline]
    pub const fn len(&self) -> usize {
        self.rest.len()
    }

    /// Nothing is left.
    #[inline]
    pub const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next byte without passing over it.
    #[inline]
    pub fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_in_order_and_says_when_short() {
        let mut c = Cursor::new(&[1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert_eq!(c.u8(), Some(1));
        assert_eq!(c.be16(), Some(0x0203));
        assert_eq!(c.le24(), Some(0x06_05_04));
        assert_eq!(c.position(), 6);
        assert_eq!(c.be32(), None);
        assert_eq!(c.rest(), [7, 8, 9], "a read that fails consumes nothing");
        assert_eq!(c.take(4), None);
        assert_eq!(c.take_up_to(4), [7, 8, 9]);
        assert!(c.is_empty());
        assert_eq!(c.done().len(), 9);
    }
}
