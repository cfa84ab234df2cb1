//! Lines of text protocols.

/// A line without its end, and how many bytes it takes with it. The end is LF, with or without CR.
/// `None` when no LF is among the first `max` bytes.
pub fn next(bytes: &[u8], max: usize) -> Option<(&[u8], usize)> {
    let window = bytes.get(..max).unwrap_or(bytes);
    let end = window.iter().position(|b| *b == b'\n')?;
    let line = window.get(..end)?;
    Some((line.strip_suffix(b"\r").unwrap_or(line), end.saturating_add(1)))
}

/// Without blanks and tabs at both ends.
pub fn trim(text: &[u8]) -> &[u8] {
    text.trim_ascii()
}

/// The text before the first `mark` and the text behind it.
pub fn split(text: &[u8], mark: u8) -> Option<(&[u8], &[u8])> {
    let at = text.iter().position(|b| *b == mark)?;
    Some((text.get(..at)?, text.get(at.saturating_add(1)..)?))
}

/// A decimal number and nothing else; `None` beyond 64 bits too.
pub fn decimal(text: &[u8]) -> Option<u64> {
    let digits = !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    core::str::from_utf8(text).ok().filter(|_| digits)?.parse().ok()
}

/// Starts with `prefix`, whatever the case of letters.
pub fn starts(text: &[u8], prefix: &[u8]) -> bool {
    text.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix))
}

/// A host name without its port, brackets kept out. `None` for addresses: they name nobody.
pub fn host_name(authority: &[u8]) -> Option<&[u8]> {
    let name = split(authority, b':').map_or(authority, |(name, _)| name);
    let address = name.iter().all(|b| b.is_ascii_digit() || *b == b'.');
    let plain = name.iter().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(b));
    if name.is_empty() || address || !plain { None } else { Some(name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_with_or_without_cr() {
        assert_eq!(next(b"220 hi\r\nx", 80), Some((&b"220 hi"[..], 8)));
        assert_eq!(next(b"\nx", 80), Some((&b""[..], 1)));
        assert_eq!(next(b"no end", 80), None);
        assert_eq!(next(b"far end\n", 4), None);
    }

    #[test]
    fn numbers_and_hosts() {
        assert_eq!(decimal(b"007"), Some(7));
        assert_eq!(decimal(b""), None);
        assert_eq!(decimal(b"+7"), None);
        assert_eq!(decimal(b"99999999999999999999"), None);
        assert_eq!(host_name(b"plc-3.example:8080"), Some(&b"plc-3.example"[..]));
        assert_eq!(host_name(b"10.0.0.5:80"), None);
        assert_eq!(host_name(b"[fe80::1]"), None);
        assert!(starts(b"Content-Length: 3", b"content-length:"));
    }
}
