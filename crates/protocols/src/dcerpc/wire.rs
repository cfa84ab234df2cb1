//! Numbers and identifiers in the byte order that a message names. C706 §14.1.

use decode::Cursor;

/// The first two bytes of the data representation label: byte order and characters, floats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Order {
    pub(super) little: bool,
}

impl Order {
    /// From the label; `None` for labels that do not exist.
    pub(super) fn read(label: [u8; 2]) -> Option<Self> {
        let [order, floats] = label;
        match (order, floats) {
            (0x00 | 0x01, 0..=3) => Some(Self { little: false }),
            (0x10 | 0x11, 0..=3) => Some(Self { little: true }),
            _ => None,
        }
    }

    pub(super) fn u16(self, at: &mut Cursor<'_>) -> Option<u16> {
        if self.little { at.le16() } else { at.be16() }
    }

    pub(super) fn u32(self, at: &mut Cursor<'_>) -> Option<u32> {
        if self.little { at.le32() } else { at.be32() }
    }

    /// An identifier as a number, first digit highest.
    pub(super) fn uuid(self, at: &mut Cursor<'_>) -> Option<u128> {
        let bytes: &[u8; 16] = at.chunk()?;
        let [a, b, c, d, e, f, g, h, rest @ ..] = *bytes;
        let [i, j, k, l, m, n, o, p] = rest;
        Some(u128::from_be_bytes(if self.little {
            [d, c, b, a, f, e, h, g, i, j, k, l, m, n, o, p]
        } else {
            *bytes
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_in_both_orders() {
        let big = *b"\xde\xa0\x00\x01\x6c\x97\x11\xd1\x82\x71\x00\xa0\x24\x42\xdf\x7d";
        let little = *b"\x01\x00\xa0\xde\x97\x6c\xd1\x11\x82\x71\x00\xa0\x24\x42\xdf\x7d";
        let read = |order: u8, bytes| Order::read([order, 0])?.uuid(&mut Cursor::new(bytes));
        assert_eq!(read(0x00, &big), read(0x10, &little));
        assert_eq!(Order::read([0x20, 0]), None);
        assert_eq!(Order::read([0x10, 9]), None);
    }
}
