//! Transfers of objects, in asynchronous messages and in UDP. EPSG DS 301 §6.3.2.

use super::spec;
use crate::common::text::until_nul;
use crate::line;
use decode::Cursor;
use dissect::{Cx, Pending};
use vocab::{Op, Role, Status, Target, Value};

/// Flags of the command layer. §6.3.2.4.1.
const RESPONSE: u8 = 0x80;
const ABORT: u8 = 0x40;
const SEGMENTATION: u8 = 0x30;
const FIRST_SEGMENT: u8 = 0x10;

/// Commands. §6.3.2.4.2.
const WRITE_BY_INDEX: u8 = 0x01;
const WRITE_BY_NAME: u8 = 0x05;
const READ_BY_NAME: u8 = 0x06;

/// The command layer behind the sequence layer.
struct Command<'p> {
    transaction: u8,
    flags: u8,
    number: u8,
    content: &'p [u8],
}

impl<'p> Command<'p> {
    /// `None` where only the sequence is kept up: nothing follows, or nothing but padding.
    fn read(mut at: Cursor<'p>) -> Option<Self> {
        let &[_, transaction, flags, number] = at.chunk()?;
        let size = at.le16()?;
        at.skip(2)?;
        if number == 0 && size == 0 {
            return None;
        }
        if flags & SEGMENTATION == FIRST_SEGMENT {
            // The size of the whole transfer.
            at.skip(4)?;
        }
        let content = at.take_up_to(usize::from(size));
        Some(Self { transaction, flags, number, content })
    }

    /// Index and subindex, at the start of requests by index.
    fn object(&self) -> Option<u64> {
        let &[low, high, sub, ..] = self.content else { return None };
        let by_index = matches!(self.number, 1..=4) && self.flags & RESPONSE == 0;
        let middle = self.flags & SEGMENTATION > FIRST_SEGMENT;
        let object = u64::from(u16::from_le_bytes([low, high])) << 8 | u64::from(sub);
        if by_index && !middle { Some(object) } else { None }
    }
}

/// Says the sequence layer or the command behind it.
pub(super) fn say(cx: &mut Cx<'_>, mut op: Op<'_>, content: &[u8]) {
    let mut at = Cursor::new(content);
    let [destination, source, ..] = op.args.unwrap_or_default();
    // Receive sequence, send sequence, reserved.
    let command = at.skip(4).and_then(|()| Command::read(at));
    let Some(command) = command else {
        cx.op(&op);
        return;
    };
    let key = u64::from(command.transaction) | 1 << 8;
    let answer = command.flags & RESPONSE != 0;
    let asked = cx.pending(key).filter(|_| answer);
    let object = command.object().or(asked.map(|Pending { args: [_, _, object, _], .. }| object));
    op.role = if answer { Role::Response } else { Role::Request };
    op.tx = Some(key);
    // An abort need not repeat what it aborts.
    op.sub = match asked {
        Some(request) if command.number == 0 => request.sub,
        _ => Some(u16::from_be_bytes([5, command.number])),
    };
    let transaction = u64::from(command.transaction);
    op.args = Some([destination, source, object.unwrap_or(0), transaction]);
    if answer {
        op.status = Status::Ok;
    }
    if let (ABORT, Some(code)) = (command.flags & ABORT, command.content.first_chunk()) {
        op.status = Status::Error(u32::from_le_bytes(*code));
    }
    cx.op(&op);
    let failed = matches!(op.status, Status::Error(_));
    if let Some(object) = object {
        item(cx, &command, object, answer && !failed);
    } else if matches!(command.number, WRITE_BY_NAME | READ_BY_NAME) && !answer {
        let name = until_nul(command.content);
        let target = Target { area: spec::NAMED, index: 0, count: 1, extra: 0, name };
        cx.item(target, Value::None);
    }
}

/// What is written stands behind the object, what is read is the answer's content.
fn item(cx: &mut Cx<'_>, command: &Command<'_>, object: u64, read: bool) {
    let target = Target { area: spec::OBJECT, index: object, count: 1, extra: 0, name: &[] };
    let writes = command.number & 1 != 0;
    let value = match (read, writes) {
        (true, false) => command.content,
        (false, true) if command.flags & (RESPONSE | ABORT) == 0 => {
            command.content.get(4..).unwrap_or(&[])
        }
        _ => &[],
    };
    cx.item(target, if value.is_empty() { Value::None } else { Value::Bytes(value) });
    if read && command.number == WRITE_BY_INDEX.wrapping_add(1) {
        identity(cx, object, value);
    }
}

/// What a node tells of itself. EPSG DS 301 §7.2.2.
fn identity(cx: &mut Cx<'_>, object: u64, value: &[u8]) {
    let number = value.first_chunk().map(|bytes| u32::from_le_bytes(*bytes));
    match (object >> 8, object & 0xff, number) {
        (0x1008, 0, _) => cx.attr(spec::OBJECT_NAME, until_nul(value)),
        (0x1009, 0, _) => cx.attr(spec::OBJECT_HARDWARE, until_nul(value)),
        (0x100a, 0, _) => cx.attr(spec::OBJECT_SOFTWARE, until_nul(value)),
        (0x1018, 1, Some(n)) => cx.attr(spec::OBJECT_VENDOR, line!("0x{n:08x}").bytes()),
        (0x1018, 2, Some(n)) => cx.attr(spec::OBJECT_PRODUCT, line!("0x{n:08x}").bytes()),
        (0x1018, 4, Some(n @ 1..)) => cx.attr(spec::OBJECT_SERIAL, line!("{n}").bytes()),
        _ => {}
    }
}
