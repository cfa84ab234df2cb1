//! SMB1's three kinds of transaction: named pipes, file information, and NT's own. MS-CIFS
//! §2.2.5, §2.2.6, §2.2.7.

use super::block::{Block, Texts};
use super::pipes;
use super::smb1::{Command, Detail};
use super::spec::{FILE, PIPE};
use decode::Cursor;

/// Where a transaction's parameters and data are, and its setup words.
struct Parts<'p> {
    parameters: (u64, u64),
    data: (u64, u64),
    setup: &'p [u8],
}

/// A request's parts. MS-CIFS §2.2.4.33.1, §2.2.4.46.1, §2.2.4.62.1.
fn parts<'p>(block: &Block<'p>, code: u8) -> Option<Parts<'p>> {
    if code == 0xa0 {
        let long = |at: usize| block.long(at).map(u64::from);
        // The function stands where the others have their setup words.
        let setup = block.words.get(36..)?;
        return Some(Parts {
            parameters: (long(23)?, long(19)?),
            data: (long(31)?, long(27)?),
            setup,
        });
    }
    let word = |at: usize| block.word(at).map(u64::from);
    let setup = block.words.get(28..)?;
    Some(Parts { parameters: (word(20)?, word(18)?), data: (word(24)?, word(22)?), setup })
}

/// What a request says.
pub(super) fn request(command: &Command<'_>) -> Detail {
    let block = &command.block;
    let Some(parts) = parts(block, command.code) else { return Detail::default() };
    let mut setup = Cursor::new(parts.setup);
    let sub = setup.le16();
    let handle = setup.le16().map(u64::from);
    match (command.code, sub) {
        (0x25, _) => {
            // The name of all pipes says nothing.
            let name = block.texts(block.bytes_at).next();
            let bare = pipes::pipe_name(name.bytes(), false);
            let named = bare.is_some_and(|bare| !bare.is_empty());
            let name = if named { Some((PIPE, strip(&name))) } else { None };
            let args = handle.map(|handle| [0, 0, handle, 0]);
            Detail { sub, args, name, handle }
        }
        (0x32, Some(sub)) => Detail { sub: Some(sub), ..path(block, &parts, sub) },
        _ => Detail { sub, ..Detail::default() },
    }
}

/// A pipe's name without `\PIPE\`.
fn strip(name: &super::block::Text) -> super::block::Text {
    let bare = pipes::pipe_name(name.bytes(), true).unwrap_or(&[]);
    super::block::Text::of(format_args!("{}", core::str::from_utf8(bare).unwrap_or("")))
}

/// The path or the handle in the parameters of a TRANSACTION2 request. MS-CIFS §2.2.6.
fn path(block: &Block<'_>, parts: &Parts<'_>, sub: u16) -> Detail {
    // Bytes of the fixed parameters before the path.
    let before = match sub {
        0x00 => 28,
        0x01 => 12,
        0x05 | 0x06 => 6,
        0x0d => 4,
        0x10 => 2,
        0x07 | 0x08 => {
            let (at, len) = parts.parameters;
            let handle = Cursor::new(block.message.part(at, len)).le16().map(u64::from);
            return Detail { handle, ..Detail::default() };
        }
        _ => return Detail::default(),
    };
    let (at, len) = parts.parameters;
    let unicode = block.is_unicode();
    let mut texts =
        Texts::of(&block.message, at.saturating_add(before), len.saturating_sub(before), unicode);
    Detail { name: Some((FILE, texts.unaligned())), ..Detail::default() }
}

/// The data of a named pipe's transaction with the handle of a request. MS-CIFS §2.2.5.6.
pub(super) fn call<'p>(command: &Command<'p>) -> Option<(u64, &'p [u8])> {
    let block = &command.block;
    if command.header.is_response() {
        let (size, at) = (u64::from(block.word(12)?), u64::from(block.word(14)?));
        return Some((0, pipes::data(&block.message, at, size)?));
    }
    let parts = parts(block, command.code)?;
    let mut setup = Cursor::new(parts.setup);
    let _function = setup.le16()?;
    let handle = u64::from(setup.le16()?);
    let (at, size) = parts.data;
    Some((handle, pipes::data(&block.message, at, size)?))
}
