//! LOGIN7: who logs in, from where, with which program. MS-TDS §2.2.6.4.

use super::spec;
use crate::common::text::Line;
use crate::common::{lines, ntlmssp};
use decode::Cursor;
use dissect::Cx;
use vocab::{AttrSpec, Subject, Target, Value};

/// Where the places of the texts begin.
const PLACES: usize = 36;

/// Says a login, behind the packet's header. The password is passed over.
pub(super) fn say(cx: &mut Cx<'_>, body: &[u8]) -> Option<()> {
    let mut at = Cursor::new(body.get(PLACES..)?);
    let mut texts = [Line::<128>::default(); 9];
    for text in &mut texts {
        let (offset, length) = (at.le16()?, at.le16()?);
        *text = Line::of_utf16le(part(body, offset, u32::from(length).saturating_mul(2)));
    }
    // The password is the third: in clear but for a fixed pattern. The sixth holds no text.
    let [host, user, _, application, server, _, _, _, database] = &texts;
    let mut say = |spec: &'static AttrSpec, text: &Line<128>| cx.attr(spec, text.bytes());
    say(spec::HOST, host);
    say(spec::USER, user);
    say(spec::APPLICATION, application);
    let address = server.bytes().split(|b| matches!(b, b'\\' | b',')).next().unwrap_or(&[]);
    let address = address.strip_prefix(b"tcp:").unwrap_or(address);
    if let Some(name) = lines::host_name(address) {
        cx.attr_of(Subject::Receiver, spec::SERVER, name);
    }
    if !database.bytes().is_empty() {
        let name = database.bytes();
        let target = Target { area: spec::DATABASE, index: 0, count: 0, extra: 0, name };
        cx.item(target, Value::None);
    }
    // The client's hardware address, then a token of a security mechanism.
    at.skip(6)?;
    let (offset, length) = (at.le16()?, at.le16()?);
    ntlmssp::say(cx, part(body, offset, u32::from(length)));
    Some(())
}

fn part(body: &[u8], offset: u16, length: u32) -> &[u8] {
    let start = usize::from(offset);
    let end = start.saturating_add(vocab::sat_usize(u64::from(length)));
    body.get(start..end).unwrap_or(&[])
}
