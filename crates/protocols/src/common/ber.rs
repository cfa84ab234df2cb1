//! ASN.1 basic encoding rules: tag, length, content. ITU-T X.690 §8.1.

use decode::Cursor;

/// A tag, its class and form bits kept in the first byte as sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tlv<'p> {
    /// The first identifier byte: class (2 bits), constructed (1 bit), number (5 bits).
    pub first: u8,
    /// The tag number; differs from the low bits of `first` only in the long form.
    pub number: u32,
    /// The content.
    pub content: &'p [u8],
}

impl Tlv<'_> {
    /// The content is a sequence of elements.
    pub const fn is_constructed(&self) -> bool {
        self.first & 0x20 != 0
    }

    /// The content as an unsigned number; `None` beyond 64 bits or empty.
    pub fn uint(&self) -> Option<u64> {
        let bytes = match *self.content {
            [0, ref rest @ ..] if !rest.is_empty() => rest,
            _ => self.content,
        };
        if bytes.is_empty() || bytes.len() > 8 {
            return None;
        }
        Some(bytes.iter().fold(0, |n, b| n << 8 | u64::from(*b)))
    }

    /// The content as a signed number in two's complement.
    pub fn int(&self) -> Option<i64> {
        let (first, rest) = self.content.split_first()?;
        if rest.len() > 7 {
            return None;
        }
        let start = i64::from(i8::from_be_bytes([*first]));
        Some(rest.iter().fold(start, |n, b| n << 8 | i64::from(*b)))
    }
}

/// Reads one element. `None` when its identifier, length or content is not all there, or the
/// length is indefinite or needs more than four bytes.
pub fn next<'p>(at: &mut Cursor<'p>) -> Option<Tlv<'p>> {
    let mut probe = *at;
    let (first, number) = tag(&mut probe)?;
    let len = length(&mut probe)?;
    let content = probe.take(len)?;
    *at = probe;
    Some(Tlv { first, number, content })
}

/// Reads one element, cut off by the end of the bytes if need be.
pub fn next_lax<'p>(at: &mut Cursor<'p>) -> Option<Tlv<'p>> {
    let mut probe = *at;
    let (first, number) = tag(&mut probe)?;
    let len = length(&mut probe)?;
    let content = probe.take_up_to(len);
    *at = probe;
    Some(Tlv { first, number, content })
}

/// Reads an identifier. X.690 §8.1.2.
pub fn tag(at: &mut Cursor<'_>) -> Option<(u8, u32)> {
    let first = at.u8()?;
    if first & 0x1f != 0x1f {
        return Some((first, u32::from(first & 0x1f)));
    }
    let mut number = 0u32;
    for _ in 0..4 {
        let byte = at.u8()?;
        number = number << 7 | u32::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((first, number));
        }
    }
    None
}

/// Reads a definite length. X.690 §8.1.3.
pub fn length(at: &mut Cursor<'_>) -> Option<usize> {
    let first = at.u8()?;
    if first < 0x80 {
        return Some(usize::from(first));
    }
    let count = usize::from(first & 0x7f);
    if count == 0 || count > 4 {
        return None;
    }
    Some(at.take(count)?.iter().fold(0usize, |n, b| n << 8 | usize::from(*b)))
}

/// The elements of a constructed content, until one cannot be read.
pub fn each<'p>(content: &'p [u8]) -> impl Iterator<Item = Tlv<'p>> {
    let mut at = Cursor::new(content);
    core::iter::from_fn(move || if at.is_empty() { None } else { next(&mut at) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_numbers() {
        let mut at = Cursor::new(&[0x81, 0x81, 0x02, 0x01, 0x00, 0x9f, 0x4a, 0x00]);
        let tlv = next(&mut at).unwrap();
        assert_eq!((tlv.first, tlv.number, tlv.uint()), (0x81, 1, Some(0x100)));
        let tlv = next(&mut at).unwrap();
        assert_eq!((tlv.number, tlv.content.len()), (74, 0));
        assert!(next(&mut Cursor::new(&[0x30, 0x05, 0x01])).is_none(), "content is not all there");
        assert!(next(&mut Cursor::new(&[0x30, 0x80, 0, 0])).is_none(), "indefinite length");
        let minus = Tlv { first: 2, number: 2, content: &[0xff, 0x7f] };
        assert_eq!(minus.int(), Some(-129));
    }
}
