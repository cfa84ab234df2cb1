//! Handshake messages: what is offered, what is chosen, who the server is.

use super::spec;
use crate::common::text::Line;
use crate::common::x509::{self, Certificate};
use crate::common::{ber::Tlv, lines};
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Role, Subject, Target, Value};

/// Names of a certificate that are said.
const NAMES_MAX: usize = 16;

/// What a hello says.
#[derive(Debug, Default)]
struct Hello<'p> {
    version: u16,
    /// Cipher suites offered, or the one chosen.
    suite: u16,
    server_name: &'p [u8],
    /// Names of protocols, each behind its length.
    protocols: &'p [u8],
}

/// Says a message. `body` is `None` for one too long to be read.
pub(super) fn say(cx: &mut Cx<'_>, kind: u8, body: Option<&[u8]>) {
    let bytes = body.unwrap_or(&[]);
    let mut op = Op::new(u32::from(kind), Role::Event, bytes);
    match kind {
        1 | 2 => {
            op.role = if kind == 1 { Role::Request } else { Role::Response };
            op.tx = Some(0);
            let hello = if kind == 1 { client_hello(bytes) } else { server_hello(bytes) };
            op.args = hello.as_ref().map(|h| [u64::from(h.version), u64::from(h.suite), 0, 0]);
            cx.op(&op);
            match hello {
                Some(hello) => said(cx, &hello),
                None => malformed(cx, body),
            }
        }
        11 => certificates(cx, op, body),
        _ => cx.op(&op),
    }
}

fn malformed(cx: &mut Cx<'_>, body: Option<&[u8]>) {
    if let Some(body) = body.filter(|_| !cx.cut()) {
        cx.fault(spec::BAD_HANDSHAKE, body);
    }
}

fn said(cx: &mut Cx<'_>, hello: &Hello<'_>) {
    let target = |area, name| Target { area, index: 0, count: 0, extra: 0, name };
    if !hello.server_name.is_empty() {
        cx.item(target(spec::SERVER_NAME, hello.server_name), Value::None);
    }
    let mut at = Cursor::new(hello.protocols);
    while let Some(name) = at.u8().and_then(|len| at.take(usize::from(len))) {
        cx.item(target(spec::PROTOCOL, name), Value::None);
    }
    if let Some(name) = lines::host_name(hello.server_name) {
        cx.attr_of(Subject::Receiver, spec::ASKED_NAME, name);
    }
}

/// RFC 5246 §7.4.1.2, RFC 8446 §4.1.2.
fn client_hello(body: &[u8]) -> Option<Hello<'_>> {
    let mut at = Cursor::new(body);
    let mut hello = Hello { version: at.be16()?, ..Hello::default() };
    at.skip(32)?;
    vector8(&mut at)?;
    hello.suite = vocab::sat_u16(vector16(&mut at)?.len() >> 1);
    vector8(&mut at)?;
    extensions(&mut at, |kind, content| {
        let mut at = Cursor::new(content);
        match kind {
            0 => hello.server_name = server_name(at)?,
            16 => hello.protocols = vector16(&mut at)?,
            43 => {
                let offered = vector8(&mut at)?.chunks_exact(2);
                let known = offered.filter_map(|pair| match *pair {
                    // Others than these are sent to keep servers tolerant. RFC 8701.
                    [3, low @ 0..=4] => Some(u16::from_be_bytes([3, low])),
                    _ => None,
                });
                hello.version = known.max().unwrap_or(hello.version);
            }
            _ => {}
        }
        Some(())
    })?;
    Some(hello)
}

/// RFC 5246 §7.4.1.3, RFC 8446 §4.1.3.
fn server_hello(body: &[u8]) -> Option<Hello<'_>> {
    let mut at = Cursor::new(body);
    let mut hello = Hello { version: at.be16()?, ..Hello::default() };
    at.skip(32)?;
    vector8(&mut at)?;
    hello.suite = at.be16()?;
    at.skip(1)?;
    extensions(&mut at, |kind, content| {
        let mut at = Cursor::new(content);
        match kind {
            16 => hello.protocols = vector16(&mut at)?,
            43 => hello.version = at.be16()?,
            _ => {}
        }
        Some(())
    })?;
    Some(hello)
}

/// Extensions, which may be left out altogether. RFC 5246 §7.4.1.4.
fn extensions<'p>(
    at: &mut Cursor<'p>,
    mut take: impl FnMut(u16, &'p [u8]) -> Option<()>,
) -> Option<()> {
    if at.is_empty() {
        return Some(());
    }
    let mut all = Cursor::new(vector16(at)?);
    while !all.is_empty() {
        let kind = all.be16()?;
        take(kind, vector16(&mut all)?)?;
    }
    Some(())
}

/// The first host name. RFC 6066 §3. A server's answer to it is empty.
fn server_name(mut at: Cursor<'_>) -> Option<&[u8]> {
    if at.is_empty() {
        return Some(&[]);
    }
    let mut list = Cursor::new(vector16(&mut at)?);
    let kind = list.u8()?;
    let name = vector16(&mut list)?;
    Some(if kind == 0 { name } else { &[] })
}

fn vector8<'p>(at: &mut Cursor<'p>) -> Option<&'p [u8]> {
    let len = at.u8()?;
    at.take(usize::from(len))
}

fn vector16<'p>(at: &mut Cursor<'p>) -> Option<&'p [u8]> {
    let len = at.be16()?;
    at.take(usize::from(len))
}

fn vector24<'p>(at: &mut Cursor<'p>) -> Option<&'p [u8]> {
    let len = at.be24()?;
    at.take(vocab::sat_usize(u64::from(len)))
}

/// A chain of certificates; the first is the sender's own. RFC 5246 §7.4.2.
fn certificates(cx: &mut Cx<'_>, mut op: Op<'_>, body: Option<&[u8]>) {
    let list = vector24(&mut Cursor::new(body.unwrap_or(&[])));
    let mut at = Cursor::new(list.unwrap_or(&[]));
    let first = vector24(&mut at);
    let rest = core::iter::from_fn(|| vector24(&mut at)).count();
    let count = rest.saturating_add(usize::from(first.is_some()));
    let certificate = first.and_then(Certificate::read);
    let (bits, own) = certificate
        .as_ref()
        .map_or((0, false), |certificate| (certificate.key_bits, certificate.is_self_signed()));
    if body.is_some() {
        op.args = Some([u64::from(vocab::sat_u32(count)), u64::from(bits), u64::from(own), 0]);
    }
    cx.op(&op);
    match certificate {
        Some(certificate) => subject(cx, &certificate),
        // A client without a certificate sends an empty list.
        None if first.is_some() || list.is_none() => malformed(cx, body),
        None => {}
    }
}

fn subject(cx: &mut Cx<'_>, certificate: &Certificate<'_>) {
    let name = text(certificate.subject.get(x509::COMMON_NAME));
    let organization = text(certificate.subject.get(x509::ORGANIZATION));
    let issuer = text(certificate.issuer.get(x509::COMMON_NAME));
    let field = |name: &'static str| Target {
        area: spec::CERTIFICATE,
        index: 0,
        count: 0,
        extra: 0,
        name: name.as_bytes(),
    };
    cx.item(field("subject"), Value::Text(name.bytes()));
    cx.item(field("issuer"), Value::Text(issuer.bytes()));
    cx.item(field("serial"), Value::Bytes(certificate.serial));
    if let Some(time) = certificate.not_before {
        cx.item(field("not_before"), Value::Time(time));
    }
    if let Some(time) = certificate.not_after {
        cx.item(field("not_after"), Value::Time(time));
    }
    match lines::host_name(name.bytes()) {
        Some(host) => cx.attr(spec::SUBJECT, host),
        None if is_prose(name.bytes()) => cx.attr(spec::SUBJECT_TEXT, name.bytes()),
        None => {}
    }
    cx.attr(spec::ORGANIZATION, organization.bytes());
    let serial = text(certificate.subject.get(x509::SERIAL_NUMBER));
    cx.attr(spec::SUBJECT_SERIAL, serial.bytes());
    for other in certificate.alternative_names().take(NAMES_MAX) {
        if other.first == 0x82 {
            cx.attr(spec::ALTERNATIVE, lines::host_name(other.content).unwrap_or(&[]));
        }
    }
}

/// Neither an address nor a pattern for many names.
fn is_prose(name: &[u8]) -> bool {
    name.iter().any(u8::is_ascii_alphabetic) && !name.contains(&b'*')
}

/// A string of any of the kinds that names use. RFC 5280 §4.1.2.4.
fn text(tlv: Option<Tlv<'_>>) -> Line<128> {
    match tlv {
        // BMPString.
        Some(Tlv { first: 0x1e, content, .. }) => Line::of_utf16be(content),
        Some(Tlv { content, .. }) => match core::str::from_utf8(content) {
            Ok(text) => Line::of(format_args!("{text}")),
            Err(_) => Line::of_latin1(content),
        },
        None => Line::default(),
    }
}
