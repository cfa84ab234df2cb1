//! Object identifiers. ITU-T X.690 §8.19.

use core::fmt;
use vocab::Target;

/// Prints a target whose name holds an encoded object identifier.
pub fn show(target: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "{}", Oid(target.name))
}

/// An encoded object identifier; prints itself as numbers with dots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Oid<'p>(pub &'p [u8]);

impl fmt::Display for Oid<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut number = 0u64;
        let mut first = true;
        for byte in self.0 {
            number = number << 7 | u64::from(byte & 0x7f);
            if byte & 0x80 != 0 {
                continue;
            }
            if first {
                // The first number holds two: 40 times the root, plus the next.
                let root = (number / 40).min(2);
                write!(f, "{root}.{}", number.saturating_sub(root.saturating_mul(40)))?;
                first = false;
            } else {
                write!(f, ".{number}")?;
            }
            number = 0;
        }
        Ok(())
    }
}

/// The first number of encoded numbers.
pub fn number(bytes: &[u8]) -> Option<u32> {
    let mut number = 0u32;
    for byte in bytes {
        number = number << 7 | u32::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line;

    #[test]
    fn numbers_with_dots() {
        assert_eq!(line!("{}", Oid(&[0x2b, 6, 1, 4, 1, 0xa1, 0x69])).bytes(), b"1.3.6.1.4.1.4329");
        assert_eq!(line!("{}", Oid(&[0x88, 0x37])).bytes(), b"2.999");
        assert_eq!(line!("{}", Oid(&[0])).bytes(), b"0.0");
        assert_eq!(line!("{}", Oid(&[0x2b, 0x81])).bytes(), b"1.3", "a number without its end");
        assert_eq!(number(&[0x87, 0x69, 1]), Some(1001));
        assert_eq!(number(&[0x87]), None);
    }
}
