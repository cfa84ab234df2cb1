//! Channels and the services in them. Numbers are little-endian.

use super::spec;
use crate::common::text::{is_text, until_nul};
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Role, Status, Target, Value};

/// Marks a service's data.
const SERVICE: u16 = 0xcd55;
/// Marks a service's data that are encrypted.
const ENCRYPTED: u16 = 0x7557;
/// Tags of one message that are looked at.
const TAGS_MAX: usize = 64;

/// A packet of the channel layer.
pub(super) fn channel(cx: &mut Cx<'_>, payload: &[u8], whole: &[u8]) -> Option<()> {
    let mut at = Cursor::new(payload);
    let command = at.u8()?;
    let flags = at.u8()?;
    match command {
        1 => {
            let channel = at.le16()?;
            at.skip(8)?;
            if flags & 1 == 0 {
                // Not the first block of its message: what it is was said with the first.
                return Some(());
            }
            // Length and checksum of the whole message.
            at.skip(8)?;
            service(cx, channel, flags, at.rest(), whole)
        }
        2 | 3 => {
            let channel = at.le16()?;
            let code = spec::CHANNEL | u32::from(command);
            let unit = Some(u32::from(channel));
            cx.op(&Op { unit, ..Op::new(code, Role::Event, whole) });
            Some(())
        }
        // Bit 6 marks a request of the channel's own management.
        0x80.. => {
            let asks = command & 0x40 != 0;
            let code = spec::CHANNEL | 0x40 | u32::from(command & 0x3f);
            cx.op(&Op {
                tx: Some(1 << 63 | u64::from(command & 0x3f)),
                ..Op::new(code, if asks { Role::Request } else { Role::Response }, whole)
            });
            Some(())
        }
        _ => None,
    }
}

/// Protocol, header length, group, command, session, length, then tags. The highest bit of the
/// group marks an answer.
fn service(cx: &mut Cx<'_>, channel: u16, flags: u8, data: &[u8], whole: &[u8]) -> Option<()> {
    let mut at = Cursor::new(data);
    let (protocol, header) = (at.le16()?, at.le16()?);
    let unit = Some(u32::from(channel));
    if protocol == ENCRYPTED {
        let role = if flags & 0x80 != 0 { Role::Request } else { Role::Response };
        let tx = Some(u64::from(channel) << 32);
        cx.op(&Op { tx, unit, ..Op::new(spec::CHANNEL | 0x7f, role, whole) });
        return Some(());
    }
    if protocol != SERVICE {
        return None;
    }
    let mut head = Cursor::new(at.take(usize::from(header))?);
    let (group, command) = (head.le16()?, head.le16()?);
    let answers = group & 0x80 != 0;
    let group = u32::from(group & 0x7f);
    // One service of a kind runs in a channel at a time.
    let tx = u64::from(channel) << 32 | u64::from(group) << 16 | u64::from(command);
    cx.op(&Op {
        sub: Some(command),
        tx: Some(tx),
        unit,
        status: if answers { status(group, command, at.rest()) } else { Status::None },
        ..Op::new(group, if answers { Role::Response } else { Role::Request }, whole)
    });
    if !answers && matches!((group, command), (1, 2 | 8)) {
        user(cx, at.rest());
    }
    // Log-ins have passwords in them; names are said for applications, files and the shell.
    if !answers && matches!(group, 2 | 8 | 0x11) {
        name(cx, at.rest());
    }
    Some(())
}

/// A tag: id and length in groups of seven bits, value.
fn tag<'p>(at: &mut Cursor<'p>) -> Option<(u32, &'p [u8])> {
    let (id, length) = (number(at)?, number(at)?);
    Some((id, at.take(vocab::sat_usize(u64::from(length)))?))
}

fn number(at: &mut Cursor<'_>) -> Option<u32> {
    let mut value = 0u32;
    for shift in [0, 7, 14, 21] {
        let byte = at.u8()?;
        value |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

/// What the answer to a log-in says: tag 0x20 within 0x82. Other services have no common place.
fn status(group: u32, command: u16, tags: &[u8]) -> Status {
    if (group, command) != (1, 2) {
        return Status::None;
    }
    let mut at = Cursor::new(tags);
    for _ in 0..TAGS_MAX {
        let Some((id, value)) = tag(&mut at) else { break };
        // Bit 7 of an id marks that its value is tags again.
        if id & 0x7f == 2 {
            let mut inner = Cursor::new(value);
            while let Some((id, value)) = tag(&mut inner) {
                match (id, value) {
                    (0x20, &[0, 0]) => return Status::Ok,
                    (0x20, &[low, high]) => {
                        return Status::Error(u32::from(u16::from_le_bytes([low, high])));
                    }
                    _ => {}
                }
            }
        }
    }
    Status::None
}

/// Who logs in to the device: tag 0x10 within 0x81. The password beside it is not said.
fn user(cx: &mut Cx<'_>, tags: &[u8]) {
    let mut at = Cursor::new(tags);
    for _ in 0..TAGS_MAX {
        let Some((id, value)) = tag(&mut at) else { return };
        if id & 0x7f == 1
            && let Some((0x10, name)) = tag(&mut Cursor::new(value))
        {
            let name = until_nul(name);
            if is_text(name) {
                cx.attr(spec::USER, name);
            }
        }
    }
}

/// The first text in the tags, if there is one.
fn name(cx: &mut Cx<'_>, tags: &[u8]) {
    let near = tags.get(..256).unwrap_or(tags);
    let printable = |byte: &u8| byte.is_ascii_graphic() || *byte == b' ';
    let text = near.split(|byte| !printable(byte)).find(|run| run.len() >= 4);
    if let Some(name) = text {
        cx.item(Target { area: spec::NAMED, index: 0, count: 1, extra: 0, name }, Value::None);
    }
}
