//! What a controller tells of itself.

use super::spec;
use crate::common::text::{is_text, until_nul};
use crate::line;
use decode::Cursor;
use dissect::Cx;

/// Answer to read id (0x02): range, id, model, firmware, patch, internal revision, hardware id,
/// crash code, then the device's name with its length.
pub(super) fn id(cx: &mut Cx<'_>, data: &[u8]) {
    let mut at = Cursor::new(data);
    let parsed = (|| {
        at.skip(8)?;
        let &[minor, major] = at.chunk()?;
        at.skip(4)?;
        let hardware = at.le16()?;
        at.skip(4)?;
        let len = at.u8()?;
        Some((major, minor, hardware, at.take_up_to(usize::from(len))))
    })();
    let Some((major, minor, hardware, name)) = parsed else {
        if !cx.cut() {
            cx.fault(spec::BAD_BODY, data);
        }
        return;
    };
    let name = until_nul(name);
    if is_text(name) {
        cx.attr(spec::PRODUCT, name);
    }
    // The version is two bytes in binary coded decimal: 0x02, 0x70 is V2.70.
    cx.attr(spec::FIRMWARE, line!("V{major:x}.{minor:02x}").bytes());
    if hardware != 0 {
        cx.attr(spec::HARDWARE, line!("0x{hardware:04x}").bytes());
    }
}

/// Answer to read project info (0x03) with subcode 0: revisions, times of the builds, version,
/// then the project's name with its length.
pub(super) fn project(cx: &mut Cx<'_>, data: &[u8]) {
    let mut at = Cursor::new(data);
    let Some(len) = at.skip(38).and_then(|()| at.u8()) else { return };
    if usize::from(len) != at.rest().len() {
        return;
    }
    let name = until_nul(at.rest());
    if is_text(name) {
        cx.attr(spec::APPLICATION, name);
    }
}

/// Answer to read card info (0x06): the longest text in it names the card.
pub(super) fn card(cx: &mut Cx<'_>, data: &[u8]) {
    let printable = |b: &u8| b.is_ascii_graphic() || *b == b' ';
    let longest = data.split(|b| !printable(b)).max_by_key(|run| run.len()).unwrap_or(&[]);
    if longest.len() >= 6 {
        cx.attr(spec::CARD, longest);
    }
}

/// Request to take the reservation (0x10): four bytes, then the owner's name with its length.
pub(super) fn owner(cx: &mut Cx<'_>, data: &[u8]) {
    let mut at = Cursor::new(data);
    let Some(len) = at.skip(4).and_then(|()| at.u8()) else { return };
    let name = until_nul(at.take_up_to(usize::from(len)));
    if is_text(name) {
        cx.attr(spec::OWNER, name);
    }
}
