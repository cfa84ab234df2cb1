//! SMB1's parameter and data blocks, and the text in them.

use super::wire::{Header1, Message};
use crate::common::text::Line;
use decode::Cursor;

/// A name or path; longer ones are cut.
pub(super) type Text = Line<256>;

/// Words and bytes of one command. MS-CIFS §2.2.3.2, §2.2.3.3.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block<'p> {
    pub(super) message: Message<'p>,
    /// The parameter words.
    pub(super) words: &'p [u8],
    /// Where the data bytes start in the message.
    pub(super) bytes_at: usize,
    /// Where they end.
    bytes_end: usize,
    unicode: bool,
}

impl<'p> Block<'p> {
    /// The block at `start`; `None` when its words are not all there.
    pub(super) fn read(message: &Message<'p>, header: &Header1, start: usize) -> Option<Self> {
        let mut at = Cursor::new(message.bytes.get(start..)?);
        let count = at.u8()?;
        let words = at.take(usize::from(count).saturating_mul(2))?;
        let count = at.le16()?;
        let bytes_at = start.saturating_add(at.position());
        let bytes_end = bytes_at.saturating_add(usize::from(count)).min(message.bytes.len());
        Some(Self { message: *message, words, bytes_at, bytes_end, unicode: header.is_unicode() })
    }

    /// Its text is Unicode.
    pub(super) fn is_unicode(&self) -> bool {
        self.unicode
    }

    /// How many parameter words there are: it tells variants of a command apart.
    pub(super) fn word_count(&self) -> usize {
        self.words.len() >> 1
    }

    /// The number at a byte offset of the words.
    pub(super) fn word(&self, offset: usize) -> Option<u16> {
        Cursor::new(self.words.get(offset..)?).le16()
    }

    /// The four-byte number at a byte offset of the words.
    pub(super) fn long(&self, offset: usize) -> Option<u32> {
        Cursor::new(self.words.get(offset..)?).le32()
    }

    /// The data bytes.
    pub(super) fn bytes(&self) -> &'p [u8] {
        self.message.bytes.get(self.bytes_at..self.bytes_end).unwrap_or(&[])
    }

    /// The text in the data bytes from an offset of the message on.
    pub(super) fn texts(&self, at: usize) -> Texts<'p> {
        let bytes = self.message.bytes.get(..self.bytes_end).unwrap_or(&[]);
        Texts { bytes, at: at.max(self.bytes_at), unicode: self.unicode }
    }
}

/// Strings one after the other. Unicode ones start at an even offset from the header's start.
/// MS-CIFS §2.2.1.1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Texts<'p> {
    bytes: &'p [u8],
    at: usize,
    unicode: bool,
}

impl<'p> Texts<'p> {
    /// Text at `at` of the message, up to the message's end.
    pub(super) fn of(message: &Message<'p>, at: u64, len: u64, unicode: bool) -> Self {
        let end = vocab::sat_usize(at.saturating_add(len)).min(message.bytes.len());
        let bytes = message.bytes.get(..end).unwrap_or(&[]);
        Self { bytes, at: vocab::sat_usize(at), unicode }
    }

    fn rest(&self) -> &'p [u8] {
        self.bytes.get(self.at..).unwrap_or(&[])
    }

    /// Passes over bytes.
    pub(super) fn skip(&mut self, len: usize) {
        self.at = self.at.saturating_add(len);
    }

    /// The next byte, passed over.
    pub(super) fn byte(&mut self) -> Option<u8> {
        let byte = self.rest().first().copied();
        self.skip(1);
        byte
    }

    /// The next string in the message's own encoding, aligned.
    pub(super) fn next(&mut self) -> Text {
        if self.unicode && self.at & 1 != 0 {
            self.skip(1);
        }
        self.unaligned()
    }

    /// The next string in the message's own encoding, wherever it starts.
    pub(super) fn unaligned(&mut self) -> Text {
        if !self.unicode {
            return Text::of_latin1(self.oem());
        }
        let rest = self.rest();
        let units = rest.chunks_exact(2).take_while(|unit| *unit != [0, 0]).count();
        let len = units.saturating_mul(2);
        self.skip(len.saturating_add(2));
        Text::of_utf16le(rest.get(..len).unwrap_or(&[]))
    }

    /// The next string in the OEM character set, which some fields always use.
    pub(super) fn oem(&mut self) -> &'p [u8] {
        let rest = self.rest();
        let text = crate::common::text::until_nul(rest);
        self.skip(text.len().saturating_add(1));
        text
    }
}
