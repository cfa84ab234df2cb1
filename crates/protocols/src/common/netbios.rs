//! NetBIOS names. RFC 1001 §14.1, RFC 1002 §4.1.

use core::fmt;
use vocab::{Area, Target};

/// A name: fifteen characters, padded with blanks, and a number for the kind of service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NetbiosName([u8; 16]);

impl NetbiosName {
    /// From its sixteen bytes.
    pub const fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// From the label that carries it: two letters `A` to `P` for each byte.
    pub fn decode(label: &[u8]) -> Option<Self> {
        let pairs = label.as_chunks::<2>().0;
        let mut name = [0; 16];
        if label.len() != 32 {
            return None;
        }
        for (place, [high, low]) in name.iter_mut().zip(pairs) {
            let nibble = |letter: u8| letter.checked_sub(b'A').filter(|n| *n < 16);
            *place = nibble(*high)? << 4 | nibble(*low)?;
        }
        Some(Self(name))
    }

    /// The characters without padding.
    pub fn text(&self) -> &[u8] {
        let [text @ .., _] = &self.0;
        crate::common::text::until_nul(text).trim_ascii_end()
    }

    /// The kind of service: 0x00 workstation, 0x20 file server, 0x1b to 0x1e browsing.
    pub const fn suffix(&self) -> u8 {
        let [.., suffix] = self.0;
        suffix
    }

    /// The name as the target of an operation.
    pub fn target(&self, area: &'static Area) -> Target<'_> {
        Target { area, index: 0, count: 1, extra: u32::from(self.suffix()), name: self.text() }
    }
}

/// An area whose targets are NetBIOS names.
pub const fn area(id: u8, key: &'static str) -> Area {
    Area::shown(id, key, show)
}

/// `PLC-3<20>`.
fn show(target: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    for chunk in target.name.utf8_chunks() {
        chunk.valid().chars().filter(|c| !c.is_control()).try_for_each(|c| out.write_char(c))?;
    }
    write!(out, "<{:02x}>", target.extra)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line;

    const NAME: &Area = &area(1, "name");

    #[test]
    fn names_are_decoded() {
        let name = NetbiosName::decode(b"FAEMEDCNDDCACACACACACACACACACACA").unwrap();
        assert_eq!((name.text(), name.suffix()), (&b"PLC-3"[..], 0x20));
        assert_eq!(line!("{}", name.target(NAME)).bytes(), b"PLC-3<20>");
        assert_eq!(NetbiosName::decode(b"FAEM"), None, "too short");
        assert_eq!(NetbiosName::decode(&[b'Q'; 32]), None, "a letter outside the alphabet");
    }
}
