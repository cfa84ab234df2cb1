//! SMB1 commands on files and directories: what they name and how they open. MS-CIFS §2.2.4.

use super::block::{Block, Text};
use super::smb1::{Command, Detail};
use super::spec::FILE;
use dissect::Cx;
use vocab::{Target, Value};

/// What a request's words and bytes say.
pub(super) fn request(command: &Command<'_>) -> Detail {
    let block = &command.block;
    match command.code {
        0x00..=0x03 | 0x06..=0x09 | 0x0e..=0x10 | 0x81..=0x83 | 0xa5 | 0xc0 => buffered(block),
        0x04 | 0x05 => of_handle(block.word(0)),
        0x0a..=0x0d | 0x13 | 0x14 | 0x1a..=0x1e | 0x22 | 0x23 | 0x2c => {
            Detail { handle: block.word(0).map(u64::from), ..Detail::default() }
        }
        0x2d => {
            Detail { name: Some((FILE, block.texts(block.bytes_at).next())), ..Detail::default() }
        }
        0x2e => range(block, 10).unwrap_or_default(),
        0x2f => range(block, 20).unwrap_or_default(),
        0xa2 => create(block).unwrap_or_default(),
        _ => Detail::default(),
    }
}

fn of_handle(handle: Option<u16>) -> Detail {
    let handle = handle.map(u64::from);
    Detail { args: handle.map(|handle| [handle, 0, 0, 0]), handle, ..Detail::default() }
}

/// A name behind a byte that says that it is one. MS-CIFS §2.2.1.1.4: buffer format 4.
fn buffered(block: &Block<'_>) -> Detail {
    let mut texts = block.texts(block.bytes_at);
    let name = if texts.byte() == Some(4) { Some((FILE, texts.next())) } else { None };
    Detail { name, ..Detail::default() }
}

/// Says the second name of a renaming. MS-CIFS §2.2.4.8.1, §2.2.4.66.1.
pub(super) fn new_name(cx: &mut Cx<'_>, command: &Command<'_>) {
    let block = &command.block;
    let mut texts = block.texts(block.bytes_at);
    if texts.byte() == Some(4) {
        texts.next();
        if texts.byte() == Some(4) {
            let name = texts.next();
            let target = Target { area: FILE, index: 0, count: 0, extra: 0, name: name.bytes() };
            cx.item(target, Value::None);
        }
    }
}

/// Reading and writing: handle, offset, and the length at its own place. MS-CIFS §2.2.4.42.1,
/// §2.2.4.43.1.
fn range(block: &Block<'_>, length_at: usize) -> Option<Detail> {
    let (handle, low) = (u64::from(block.word(4)?), block.long(6)?);
    // The offset's upper half is in the longer variants only.
    let high_at = if length_at == 10 { 20 } else { 24 };
    let high = block.long(high_at).unwrap_or(0);
    let offset = u64::from(high) << 32 | u64::from(low);
    let length = u64::from(block.word(length_at)?);
    let args = Some([offset, length, handle, 0]);
    Some(Detail { args, handle: Some(handle), ..Detail::default() })
}

/// NT_CREATE_ANDX. MS-CIFS §2.2.4.64.1.
fn create(block: &Block<'_>) -> Option<Detail> {
    let (access, disposition) = (block.long(15)?, block.long(35)?);
    let options = block.long(39)?;
    let args = Some([u64::from(access), u64::from(disposition), u64::from(options), 0]);
    let name: Text = block.texts(block.bytes_at).next();
    let sub = Some(vocab::low_u16(u64::from(disposition)));
    Some(Detail { sub, args, name: Some((FILE, name)), handle: None })
}
