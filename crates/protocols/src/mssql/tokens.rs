//! What a server's answer begins with: options before a login, tokens behind it.

use super::spec;
use crate::common::ntlmssp;
use crate::common::text::Line;
use decode::Cursor;
use dissect::Cx;

/// Tokens whose length follows in two bytes. MS-TDS §2.2.7.
const ERROR: u8 = 0xaa;
const INFO: u8 = 0xab;
const LOGIN_ACKNOWLEDGED: u8 = 0xad;
const ENVIRONMENT: u8 = 0xe3;
const SSPI: u8 = 0xed;
/// Tokens before the first of another kind that are read.
const TOKENS_MAX: usize = 24;

/// Options instead of tokens: the first is the version, 6 bytes long. MS-TDS §2.2.6.5.
pub(super) fn is_prelogin(body: &[u8]) -> bool {
    matches!(body, [0, 0, 6..=64, 0, 6, ..])
}

/// Says the version in the options. MS-TDS §2.2.6.5.
pub(super) fn prelogin(cx: &mut Cx<'_>, body: &[u8]) {
    let &[0, high, low, 0, 6, ..] = body else { return };
    let start = usize::from(u16::from_be_bytes([high, low]));
    let mut at = Cursor::new(body.get(start..).unwrap_or(&[]));
    if let (Some(major), Some(minor), Some(build)) = (at.u8(), at.u8(), at.be16()) {
        cx.attr(spec::VERSION, crate::line!("{major}.{minor}.{build}").bytes());
    }
}

/// The tokens that come first, as far as they have a length.
fn each(body: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    let mut at = Cursor::new(body);
    let tokens = core::iter::from_fn(move || {
        let kind = at.u8()?;
        if !matches!(kind, ERROR | INFO | LOGIN_ACKNOWLEDGED | ENVIRONMENT | SSPI) {
            return None;
        }
        let length = at.le16()?;
        Some((kind, at.take_up_to(usize::from(length))))
    });
    tokens.take(TOKENS_MAX)
}

/// The number of the first error. MS-TDS §2.2.7.10.
pub(super) fn error(body: &[u8]) -> Option<u32> {
    let (_, content) = each(body).find(|(kind, _)| *kind == ERROR)?;
    Cursor::new(content).le32()
}

/// Says what a successful login tells of the server, and the step of one that goes on.
/// MS-TDS §2.2.7.14, §2.2.7.22.
pub(super) fn login(cx: &mut Cx<'_>, body: &[u8]) {
    for (kind, content) in each(body) {
        match kind {
            SSPI => ntlmssp::say(cx, content),
            LOGIN_ACKNOWLEDGED => {
                program(cx, Cursor::new(content));
            }
            _ => {}
        }
    }
}

/// The server's program with its version.
fn program(cx: &mut Cx<'_>, mut at: Cursor<'_>) -> Option<()> {
    // Interface and version of the protocol.
    at.skip(5)?;
    let length = at.u8()?;
    let name = Line::<64>::of_utf16le(at.take(usize::from(length).saturating_mul(2))?);
    let (major, minor, build) = (at.u8()?, at.u8()?, at.be16()?);
    let name = core::str::from_utf8(name.bytes()).unwrap_or("");
    cx.attr(spec::PROGRAM, crate::line!("{name} {major}.{minor}.{build}").bytes());
    Some(())
}
