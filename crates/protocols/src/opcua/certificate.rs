//! Application certificates: the names in them. ITU-T X.509 §7.2, OPC 10000-6 §6.2.2.

use super::spec;
use crate::common::ber::{self, Tlv};
use crate::common::text::is_text;
use decode::Cursor;
use dissect::Cx;
use vocab::Subject;

/// commonName, 2.5.4.3.
const COMMON_NAME: &[u8] = &[0x55, 4, 3];
/// organizationName, 2.5.4.10.
const ORGANIZATION: &[u8] = &[0x55, 4, 10];
/// subjectAltName, 2.5.29.17.
const ALTERNATIVE_NAMES: &[u8] = &[0x55, 0x1d, 17];

/// Says the names of a certificate; of a chain, those of the first.
pub(super) fn say(cx: &mut Cx<'_>, of: Subject, der: &[u8]) {
    if !der.is_empty() {
        // What cannot be read says nothing; the certificate is not the protocol's own.
        read(cx, of, der);
    }
}

fn read(cx: &mut Cx<'_>, of: Subject, der: &[u8]) -> Option<()> {
    let certificate = ber::next(&mut Cursor::new(der)).filter(|tlv| tlv.first == 0x30)?;
    let body = ber::each(certificate.content).next().filter(|tlv| tlv.first == 0x30)?;
    let mut fields = ber::each(body.content);
    let mut field = fields.next()?;
    // The version may be left out.
    if field.first == 0xa0 {
        field = fields.next()?;
    }
    // The serial number was read; algorithm, issuer, validity, subject, key follow.
    let subject = fields.nth(3).filter(|tlv| tlv.first == 0x30 && field.first == 2)?;
    for name in ber::each(subject.content).flat_map(|set| ber::each(set.content)) {
        if let Some((kind, text)) = pair(&name) {
            match kind {
                COMMON_NAME => cx.attr_of(of, spec::CERTIFICATE_NAME, text),
                ORGANIZATION => cx.attr_of(of, spec::CERTIFICATE_ORGANIZATION, text),
                _ => {}
            }
        }
    }
    let extensions = fields.find(|tlv| tlv.first == 0xa3)?;
    let list = ber::each(extensions.content).next()?;
    for extension in ber::each(list.content) {
        alternative_names(cx, of, &extension);
    }
    Some(())
}

/// A type with its text.
fn pair<'p>(tlv: &Tlv<'p>) -> Option<(&'p [u8], &'p [u8])> {
    let mut parts = ber::each(tlv.content);
    let (kind, text) = (parts.next()?, parts.next()?);
    (kind.first == 6 && is_text(text.content)).then_some((kind.content, text.content))
}

/// The host names among the alternative names. RFC 5280 §4.2.1.6.
fn alternative_names(cx: &mut Cx<'_>, of: Subject, extension: &Tlv<'_>) {
    let mut parts = ber::each(extension.content);
    if parts.next().map(|kind| kind.content) != Some(ALTERNATIVE_NAMES) {
        return;
    }
    // The criticality may be left out.
    let names = parts.find(|tlv| tlv.first == 4).and_then(|value| ber::each(value.content).next());
    for name in ber::each(names.map_or(&[], |names| names.content)) {
        if name.first == 0x82 && is_text(name.content) {
            cx.attr_of(of, spec::CERTIFICATE_HOST, name.content);
        }
    }
}
