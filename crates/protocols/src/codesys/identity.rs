//! The name service: who is there, and who a node is.

use super::spec;
use crate::common::text::{Line, is_text, until_nul};
use crate::line;
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Role, Status};

/// Answer that names a node.
const IDENTIFICATION: u16 = 0xc280;

/// Package type, version, request id; then of an identification the node.
pub(super) fn say(cx: &mut Cx<'_>, payload: &[u8], whole: &[u8]) -> Option<()> {
    let mut at = Cursor::new(payload);
    let (kind, version, request) = (at.le16()?, at.le16()?, at.le32()?);
    let answers = kind == IDENTIFICATION;
    cx.op(&Op {
        tx: Some(u64::from(request)),
        status: if answers { Status::Ok } else { Status::None },
        ..Op::new(
            spec::NAME_SERVICE | u32::from(kind & 0xff),
            if answers { Role::Response } else { Role::Request },
            whole,
        )
    });
    if answers && version == 0x0400 { node(cx, at) } else { Some(()) }
}

/// Node info 4.0: fixed fields with the lengths of the texts, then the parent's address, names in
/// UTF-16 with a NUL each, serial number.
fn node(cx: &mut Cx<'_>, mut at: Cursor<'_>) -> Option<()> {
    // Channels, byte order, address difference.
    at.skip(4)?;
    let parent = at.le16()?;
    let (node, device, vendor) = (at.le16()?, at.le16()?, at.le16()?);
    // Type and id of the target.
    at.skip(8)?;
    let version = at.le32()?.to_be_bytes();
    at.skip(4)?;
    let serial = at.u8()?;
    // Length of the maker's data, block driver, reserved.
    at.skip(11)?;
    at.skip(usize::from(parent))?;
    for (length, attribute) in [(node, spec::NAME), (device, spec::PRODUCT), (vendor, spec::VENDOR)]
    {
        let text = at.take(usize::from(length).saturating_mul(2))?;
        at.skip(2)?;
        cx.attr(attribute, Line::<128>::of_utf16le(text).bytes());
    }
    let [a, b, c, d] = version;
    cx.attr(spec::VERSION, line!("{a}.{b}.{c}.{d}").bytes());
    let serial = until_nul(at.take_up_to(usize::from(serial)));
    if is_text(serial) {
        cx.attr(spec::SERIAL, serial);
    }
    Some(())
}
