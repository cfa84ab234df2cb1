//! Text built in a fixed buffer: for values that devices send as numbers or in other encodings.

use core::fmt::{self, Write as _};

/// Text of at most `N` bytes; what does not fit is cut off at a character.
#[derive(Clone, Copy)]
pub struct Line<const N: usize> {
    bytes: [u8; N],
    len: usize,
}

impl<const N: usize> Default for Line<N> {
    fn default() -> Self {
        Self { bytes: [0; N], len: 0 }
    }
}

impl<const N: usize> fmt::Debug for Line<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(core::str::from_utf8(self.bytes()).unwrap_or(""), f)
    }
}

impl<const N: usize> Line<N> {
    /// The text of format arguments.
    pub fn of(args: fmt::Arguments<'_>) -> Self {
        let mut line = Self::default();
        // Too long a text is cut off; that is all that can go wrong.
        fmt::write(&mut line, args).unwrap_or_default();
        line
    }

    /// UTF-16 with the low byte first, up to a NUL.
    pub fn of_utf16le(bytes: &[u8]) -> Self {
        let units = bytes.chunks_exact(2).map(|pair| match *pair {
            [low, high] => u16::from_le_bytes([low, high]),
            _ => 0,
        });
        Self::of_chars(core::char::decode_utf16(units.take_while(|unit| *unit != 0)))
    }

    /// UTF-16 with the high byte first, up to a NUL.
    pub fn of_utf16be(bytes: &[u8]) -> Self {
        let units = bytes.chunks_exact(2).map(|pair| match *pair {
            [high, low] => u16::from_be_bytes([high, low]),
            _ => 0,
        });
        Self::of_chars(core::char::decode_utf16(units.take_while(|unit| *unit != 0)))
    }

    /// ISO 8859-1, up to a NUL.
    pub fn of_latin1(bytes: &[u8]) -> Self {
        let chars = bytes.iter().take_while(|b| **b != 0).map(|b| Ok(char::from(*b)));
        Self::of_chars(chars)
    }

    fn of_chars(chars: impl Iterator<Item = Result<char, core::char::DecodeUtf16Error>>) -> Self {
        let mut line = Self::default();
        for c in chars {
            let mut utf8 = [0; 4];
            let text = c.unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut utf8);
            if fmt::Write::write_str(&mut line, text).is_err() {
                break;
            }
        }
        line
    }

    /// Appends what is text of some bytes, as far as there is room.
    pub fn push(&mut self, bytes: &[u8]) {
        let copied = if bytes.is_ascii() { self.copy(bytes) } else { None };
        if copied.is_none() {
            // Too long a text is cut off; that is all that can go wrong.
            let mut chunks = bytes.utf8_chunks();
            chunks.try_for_each(|chunk| self.write_str(chunk.valid())).unwrap_or_default();
        }
    }

    /// Appends bytes where there is room for all of them.
    fn copy(&mut self, bytes: &[u8]) -> Option<()> {
        let end = self.len.saturating_add(bytes.len());
        self.bytes.get_mut(self.len..end)?.copy_from_slice(bytes);
        self.len = end;
        Some(())
    }

    /// The text.
    pub fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or(&[])
    }
}

impl<const N: usize> fmt::Write for Line<N> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.copy(text.as_bytes()).is_some() {
            return Ok(());
        }
        for c in text.chars() {
            let end = self.len.saturating_add(c.len_utf8());
            let Some(place) = self.bytes.get_mut(self.len..end) else { return Err(fmt::Error) };
            c.encode_utf8(place);
            self.len = end;
        }
        Ok(())
    }
}

/// Formats into a [`Line`] of 64 bytes.
#[macro_export]
macro_rules! line {
    ($($arg:tt)*) => {
        $crate::common::text::Line::<64>::of(::core::format_args!($($arg)*))
    };
}

/// The bytes before the first NUL.
pub fn until_nul(bytes: &[u8]) -> &[u8] {
    bytes.split(|b| *b == 0).next().unwrap_or(bytes)
}

/// Printable ASCII or UTF-8 throughout, apart from padding: may be shown as text.
pub fn is_text(bytes: &[u8]) -> bool {
    core::str::from_utf8(bytes)
        .is_ok_and(|text| !text.is_empty() && text.chars().all(|c| !c.is_control()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_appended_as_far_as_they_are_text() {
        let mut line = Line::<8>::default();
        line.push(b"ab");
        line.push(b"\xffc\xc3\xa9");
        assert_eq!(line.bytes(), "abcé".as_bytes());
        line.push(b"0123456");
        assert_eq!(line.bytes(), "abcé012".as_bytes());
    }

    #[test]
    fn lines_are_cut_at_a_character() {
        assert_eq!(Line::<4>::of(format_args!("ab{}", "çd")).bytes(), "abç".as_bytes());
        assert_eq!(Line::<16>::of_utf16le(&[b'A', 0, b'B', 0, 0, 0, b'C', 0]).bytes(), b"AB");
        assert_eq!(Line::<16>::of_latin1(&[0xe9, b'x']).bytes(), "éx".as_bytes());
        assert_eq!(line!("0x{:04x}", 7).bytes(), b"0x0007");
    }
}
