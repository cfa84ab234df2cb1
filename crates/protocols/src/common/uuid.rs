//! Universally unique identifiers as text. RFC 9562 §4.

use super::text::Line;

/// `dea00001-6c97-11d1-8271-00a02442df7d`; with `little`, the first three fields have their low
/// byte first, as DCE RPC sends them in that data representation.
pub fn text(bytes: &[u8; 16], little: bool) -> Line<36> {
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = *bytes;
    let (time, mid, high) =
        if little { ([d, c, b, a], [f, e], [h, g]) } else { ([a, b, c, d], [e, f], [g, h]) };
    Line::of(format_args!(
        "{:08x}-{:04x}-{:04x}-{i:02x}{j:02x}-{k:02x}{l:02x}{m:02x}{n:02x}{o:02x}{p:02x}",
        u32::from_be_bytes(time),
        u16::from_be_bytes(mid),
        u16::from_be_bytes(high),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_byte_orders() {
        let big = *b"\xde\xa0\x00\x01\x6c\x97\x11\xd1\x82\x71\x00\xa0\x24\x42\xdf\x7d";
        let little = *b"\x01\x00\xa0\xde\x97\x6c\xd1\x11\x82\x71\x00\xa0\x24\x42\xdf\x7d";
        let expected = b"dea00001-6c97-11d1-8271-00a02442df7d";
        assert_eq!(text(&big, false).bytes(), expected);
        assert_eq!(text(&little, true).bytes(), expected);
    }
}
