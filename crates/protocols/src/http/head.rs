//! The head of a message: its start line and the fields that matter here.

use super::spec::{METHODS, OTHER};
use crate::common::lines;

/// Bytes of a head that are read at most.
pub(super) const HEAD_MAX: usize = 8_192;
/// Bytes of a path that are said.
const PATH_MAX: usize = 120;

/// The first line. RFC 9112 §3, §4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start<'p> {
    /// Method's number, path, and whether what follows is HTTP/1.
    Request { code: u32, path: &'p [u8], is_http1: bool },
    /// The answer's status.
    Response { status: u16 },
}

impl<'p> Start<'p> {
    /// `None` when the line is neither.
    pub(super) fn read(line: &'p [u8]) -> Option<Self> {
        if line.starts_with(b"HTTP/") {
            let (_, rest) = lines::split(line, b' ')?;
            let (digits, rest) = rest.split_at_checked(3)?;
            let status = u16::try_from(lines::decimal(digits)?).ok()?;
            let ends = rest.first().is_none_or(|b| *b == b' ');
            return if ends { Some(Self::Response { status }) } else { None };
        }
        let (method, rest) = lines::split(line, b' ')?;
        let space = rest.iter().rposition(|b| *b == b' ')?;
        let (target, version) = (rest.get(..space)?, rest.get(space..)?);
        if !version.starts_with(b" HTTP/") {
            return None;
        }
        let code = METHODS.iter().find(|(name, _)| *name == method).map_or(OTHER, |m| m.1);
        let path = lines::split(target, b'?').map_or(target, |(path, _)| path);
        let path = path.get(..PATH_MAX).unwrap_or(path);
        Some(Self::Request { code, path, is_http1: version.starts_with(b" HTTP/1.") })
    }
}

/// How many bytes a head takes with the empty line that ends it; `None` when it does not end
/// within the first [`HEAD_MAX`] bytes.
pub(super) fn length(bytes: &[u8]) -> Option<usize> {
    let window = bytes.get(..HEAD_MAX).unwrap_or(bytes);
    let mut at = 0usize;
    loop {
        let rest = window.get(at..)?;
        at = at.saturating_add(rest.iter().position(|b| *b == b'\n')?).saturating_add(1);
        let empty = match *window.get(at..)? {
            [b'\n', ..] => 1,
            [b'\r', b'\n', ..] => 2,
            _ => continue,
        };
        return Some(at.saturating_add(empty));
    }
}

/// The fields that matter here, as sent.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fields<'p> {
    /// Bytes of the content. RFC 9112 §6.2.
    pub(super) length: Option<u64>,
    /// The content's length is stated twice differently, or is no number.
    pub(super) bad_length: Option<&'p [u8]>,
    /// The content comes in chunks. RFC 9112 §6.1.
    pub(super) chunked: bool,
    /// What the content is. RFC 9110 §8.3.
    pub(super) content_type: &'p [u8],
    /// The content is compressed, or coded otherwise. RFC 9110 §8.4.
    pub(super) coded: bool,
    pub(super) host: &'p [u8],
    pub(super) user_agent: &'p [u8],
    pub(super) server: &'p [u8],
    pub(super) powered_by: &'p [u8],
    /// Credentials for a server or a proxy.
    pub(super) authorization: &'p [u8],
    /// What a server or proxy asks of credentials: the first challenge with a realm.
    pub(super) realm: &'p [u8],
    /// A challenge with a token of a security mechanism.
    pub(super) challenge: &'p [u8],
}

impl<'p> Fields<'p> {
    /// Reads the lines behind the first.
    pub(super) fn read(mut rest: &'p [u8]) -> Self {
        let mut fields = Self::default();
        while let Some((line, taken)) = lines::next(rest, rest.len()) {
            rest = rest.get(taken..).unwrap_or(&[]);
            if let Some((name, value)) = lines::split(line, b':') {
                fields.take(name, lines::trim(value));
            }
        }
        fields
    }

    fn take(&mut self, name: &'p [u8], value: &'p [u8]) {
        let is = |known: &[u8]| name.eq_ignore_ascii_case(known);
        if is(b"content-length") {
            let number = lines::decimal(value);
            if number.is_none() || self.length.is_some_and(|before| Some(before) != number) {
                self.bad_length = Some(value);
            }
            self.length = number;
        } else if is(b"transfer-encoding") {
            self.chunked = value.len() >= 7
                && lines::starts(
                    value.get(value.len().saturating_sub(7)..).unwrap_or(&[]),
                    b"chunked",
                );
        } else if is(b"content-type") {
            self.content_type = value;
        } else if is(b"content-encoding") {
            self.coded = !lines::starts(value, b"identity");
        } else if is(b"host") {
            self.host = value;
        } else if is(b"user-agent") {
            self.user_agent = value;
        } else if is(b"server") {
            self.server = value;
        } else if is(b"x-powered-by") {
            self.powered_by = value;
        } else if is(b"authorization") || is(b"proxy-authorization") {
            self.authorization = value;
        } else if is(b"www-authenticate") || is(b"proxy-authenticate") {
            self.take_challenge(value);
        }
    }

    fn take_challenge(&mut self, value: &'p [u8]) {
        if lines::starts(value, b"ntlm ") || lines::starts(value, b"negotiate ") {
            self.challenge = value;
        } else if self.realm.is_empty() {
            self.realm = parameter(value, b"realm=\"").unwrap_or(&[]);
        }
    }
}

/// A quoted parameter; `name` with its equals sign and quote. RFC 9110 §11.2.
pub(super) fn parameter<'p>(value: &'p [u8], name: &[u8]) -> Option<&'p [u8]> {
    let mut starts = value.windows(name.len());
    let at = starts.position(|window| window.eq_ignore_ascii_case(name))?;
    lines::split(value.get(at.saturating_add(name.len())..)?, b'"').map(|(text, _)| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn start_lines() {
        let read = Start::read(b"GET /a/b?c=d HTTP/1.1");
        assert_eq!(read, Some(Start::Request { code: 1, path: b"/a/b", is_http1: true }));
        assert_eq!(Start::read(b"HTTP/1.0 404"), Some(Start::Response { status: 404 }));
        assert_eq!(Start::read(b"HTTP/1.1 20 OK"), None);
        assert_eq!(Start::read(b"OPTIONS sip:x SIP/2.0"), None);
        assert_eq!(length(b"A\r\nB: c\r\n\r\nxx"), Some(11));
        assert_eq!(length(b"A\n\n"), Some(3));
        assert_eq!(length(b"A\r\nB: c\r\n"), None);
        assert_eq!(parameter(b"Basic Realm=\"PLC 3\", x", b"realm=\""), Some(&b"PLC 3"[..]));
    }
}
