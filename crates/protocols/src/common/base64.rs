//! Base 64. RFC 4648 §4.

/// Decodes up to the first character that is none of the alphabet, as much as fits `out`.
pub fn decode<'o>(text: &[u8], out: &'o mut [u8]) -> &'o [u8] {
    let mut len = 0usize;
    let mut bits = 0u32;
    let mut held = 0u32;
    for digit in text.iter().map_while(|b| digit(*b)) {
        bits = bits << 6 | u32::from(digit);
        held = held.saturating_add(6);
        if held >= 8 {
            held = held.saturating_sub(8);
            let Some(place) = out.get_mut(len) else { break };
            *place = vocab::low_u8(u64::from(bits >> held));
            len = len.saturating_add(1);
        }
    }
    out.get(..len).unwrap_or(&[])
}

fn digit(c: u8) -> Option<u8> {
    match c {
        b'A'..=b'Z' => Some(c.wrapping_sub(b'A')),
        b'a'..=b'z' => Some(c.wrapping_sub(b'a').wrapping_add(26)),
        b'0'..=b'9' => Some(c.wrapping_sub(b'0').wrapping_add(52)),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_of_the_standard() {
        let mut out = [0; 8];
        assert_eq!(decode(b"Zm9vYmFy", &mut out), b"foobar");
        assert_eq!(decode(b"Zm9vYg==", &mut out), b"foob");
        assert_eq!(decode(b"Zg==", &mut out), b"f");
        assert_eq!(decode(b"", &mut out), b"");
        assert_eq!(decode(b"Zm9vYmFyZm9vYmFy", &mut out), b"foobarfo", "what fits");
    }
}
