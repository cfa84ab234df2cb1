//! Security tokens: what a mechanism says, out of its GSS-API and SPNEGO wrapping. RFC 2743 §3.1,
//! RFC 4178 §4.2.

use super::ber;
use decode::Cursor;

/// The mechanism's own token inside `blob`; the blob itself where it is not wrapped.
pub fn unwrap(blob: &[u8]) -> &[u8] {
    match blob.first() {
        Some(0x60) => initial(blob),
        Some(0xa0 | 0xa1) => negotiation(blob),
        _ => Some(blob),
    }
    .unwrap_or(&[])
}

/// InitialContextToken: the mechanism's number, then its token. RFC 2743 §3.1.
fn initial(blob: &[u8]) -> Option<&[u8]> {
    let mut at = Cursor::new(ber::next_lax(&mut Cursor::new(blob))?.content);
    ber::next(&mut at).filter(|oid| oid.first == 0x06)?;
    match at.peek()? {
        0xa0 | 0xa1 => negotiation(at.rest()),
        _ => Some(at.rest()),
    }
}

/// NegTokenInit's mechToken or NegTokenResp's responseToken: both are field 2. RFC 4178 §4.2.
fn negotiation(blob: &[u8]) -> Option<&[u8]> {
    let choice = ber::next_lax(&mut Cursor::new(blob))?;
    let fields = ber::next_lax(&mut Cursor::new(choice.content))?;
    let mut at = Cursor::new(fields.content);
    while let Some(field) = ber::next_lax(&mut at) {
        if field.first == 0xa2 {
            let token = ber::next_lax(&mut Cursor::new(field.content))?;
            return Some(token.content).filter(|_| token.first == 0x04);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_come_out_of_their_wrapping() {
        let bare = b"NTLMSSP\0";
        assert_eq!(unwrap(bare), bare);
        let response = [0xa1, 7, 0x30, 5, 0xa2, 3, 0x04, 1, b'x'];
        assert_eq!(unwrap(&response), b"x");
        let initial = [0x60, 13, 0x06, 2, 0x2b, 6, 0xa0, 7, 0x30, 5, 0xa2, 3, 0x04, 1, b'y'];
        assert_eq!(unwrap(&initial), b"y");
        assert_eq!(unwrap(&[0x60, 4, 0x06, 1, 1, b'z']), b"z", "without negotiation");
        assert_eq!(unwrap(&[0xa1, 0x30]), b"");
    }
}
