//! NTLMSSP: what a Windows login tells of both ends. MS-NLMP (revision 37).
//!
//! Carried by SMB, HTTP, DCE/RPC, LDAP, TDS and others; a protocol that does hands the token to
//! [`say`] and lists [`ATTRIBUTES`] among its own. Responses to challenges are never looked at.

use super::gss;
use super::text::Line;
use decode::Cursor;
use dissect::Cx;
use vocab::{AttrSpec, Attribute};

/// What every NTLMSSP message starts with. MS-NLMP §2.2.1.
const SIGNATURE: &[u8] = b"NTLMSSP\0";
/// NTLMSSP_NEGOTIATE_UNICODE. MS-NLMP §2.2.2.5.
const UNICODE: u32 = 0x1;
/// NTLMSSP_NEGOTIATE_VERSION. MS-NLMP §2.2.2.5.
const VERSIONED: u32 = 0x0200_0000;

/// The server's NetBIOS name.
pub const COMPUTER: &AttrSpec = &pair(Attribute::Name, "NTLMSSP NetBIOS computer name");
/// The server's NetBIOS domain.
pub const DOMAIN: &AttrSpec = &pair(Attribute::Domain, "NTLMSSP NetBIOS domain name");
/// The server's DNS name.
pub const DNS_COMPUTER: &AttrSpec = &pair(Attribute::Name, "NTLMSSP DNS computer name");
/// The server's DNS domain.
pub const DNS_DOMAIN: &AttrSpec = &pair(Attribute::Domain, "NTLMSSP DNS domain name");
/// Version of the sender's operating system.
pub const VERSION: &AttrSpec =
    &AttrSpec::new(Attribute::Os, "NTLMSSP version", 75, "MS-NLMP §2.2.2.10");
/// The client's own name.
pub const WORKSTATION: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "NTLMSSP workstation", 80, "MS-NLMP §2.2.1.3");
/// Who logs in.
pub const USER: &AttrSpec =
    &AttrSpec::new(Attribute::User, "NTLMSSP user name", 90, "MS-NLMP §2.2.1.3");
/// The domain that knows the user.
pub const USER_DOMAIN: &AttrSpec =
    &AttrSpec::new(Attribute::Domain, "NTLMSSP user's domain", 60, "MS-NLMP §2.2.1.3");

const fn pair(attr: Attribute, source: &'static str) -> AttrSpec {
    AttrSpec::new(attr, source, 95, "MS-NLMP §2.2.2.1")
}

/// Everything that [`say`] may say.
pub const ATTRIBUTES: [&AttrSpec; 8] =
    [COMPUTER, DOMAIN, DNS_COMPUTER, DNS_DOMAIN, VERSION, WORKSTATION, USER, USER_DOMAIN];

/// Says what the token inside a security blob tells of its sender. Other mechanisms say nothing.
pub fn say(cx: &mut Cx<'_>, blob: &[u8]) {
    let message = gss::unwrap(blob);
    let mut at = Cursor::new(message);
    if at.take(SIGNATURE.len()) != Some(SIGNATURE) {
        return;
    }
    // A message without what it must have says nothing: who carries it reports the fault.
    let _ = match at.le32() {
        Some(1) => negotiate(cx, message, at),
        Some(2) => challenge(cx, message, at),
        Some(3) => authenticate(cx, message, at),
        _ => None,
    };
}

/// A field's place: length, room, offset from the message's start. MS-NLMP §2.2.1.
fn field<'p>(message: &'p [u8], at: &mut Cursor<'p>) -> Option<&'p [u8]> {
    let (len, _room, offset) = (at.le16()?, at.le16()?, at.le32()?);
    let start = vocab::sat_usize(u64::from(offset));
    let end = start.saturating_add(usize::from(len));
    Some(message.get(start..end).unwrap_or(&[]))
}

/// NEGOTIATE_MESSAGE: its names are in the OEM character set. MS-NLMP §2.2.1.1.
fn negotiate<'p>(cx: &mut Cx<'_>, message: &'p [u8], mut at: Cursor<'p>) -> Option<()> {
    let flags = at.le32()?;
    let domain = field(message, &mut at)?;
    let workstation = field(message, &mut at)?;
    cx.attr(WORKSTATION, Line::<64>::of_latin1(workstation).bytes());
    cx.attr(USER_DOMAIN, Line::<64>::of_latin1(domain).bytes());
    version(cx, flags, at)
}

/// CHALLENGE_MESSAGE. MS-NLMP §2.2.1.2.
fn challenge<'p>(cx: &mut Cx<'_>, message: &'p [u8], mut at: Cursor<'p>) -> Option<()> {
    let _target = field(message, &mut at)?;
    let flags = at.le32()?;
    // The challenge, and eight reserved bytes.
    at.skip(16)?;
    let mut pairs = Cursor::new(field(message, &mut at)?);
    while let (Some(id @ 1..), Some(len)) = (pairs.le16(), pairs.le16()) {
        let value = pairs.take(usize::from(len))?;
        let spec = match id {
            1 => COMPUTER,
            2 => DOMAIN,
            3 => DNS_COMPUTER,
            4 => DNS_DOMAIN,
            _ => continue,
        };
        // Always Unicode here, whatever the flags say.
        cx.attr(spec, Line::<256>::of_utf16le(value).bytes());
    }
    version(cx, flags, at)
}

/// AUTHENTICATE_MESSAGE; the responses and the session key are passed over. MS-NLMP §2.2.1.3.
fn authenticate<'p>(cx: &mut Cx<'_>, message: &'p [u8], mut at: Cursor<'p>) -> Option<()> {
    at.skip(16)?;
    let domain = field(message, &mut at)?;
    let user = field(message, &mut at)?;
    let workstation = field(message, &mut at)?;
    at.skip(8)?;
    let flags = at.le32()?;
    let text = |bytes: &[u8]| {
        if flags & UNICODE != 0 {
            Line::<256>::of_utf16le(bytes)
        } else {
            Line::<256>::of_latin1(bytes)
        }
    };
    cx.attr(USER_DOMAIN, text(domain).bytes());
    cx.attr(USER, text(user).bytes());
    cx.attr(WORKSTATION, text(workstation).bytes());
    version(cx, flags, at)
}

/// VERSION: major, minor, build. Zero where the sender does not tell. MS-NLMP §2.2.2.10.
fn version(cx: &mut Cx<'_>, flags: u32, mut at: Cursor<'_>) -> Option<()> {
    let (major, minor, build) = (at.u8()?, at.u8()?, at.le16()?);
    if flags & VERSIONED != 0 && major != 0 {
        cx.attr(VERSION, crate::line!("{major}.{minor}.{build}").bytes());
    }
    Some(())
}
