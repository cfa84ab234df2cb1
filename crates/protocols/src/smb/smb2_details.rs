//! What the fixed parts of SMB2 commands say. MS-SMB2 §2.2.

use super::block::Text;
use super::smb2;
use super::spec::{self, FILE, SHARE};
use super::wire::{Header2, Message};
use crate::common::ntlmssp;
use decode::Cursor;
use dissect::Cx;
use vocab::{Area, AttrSpec, Target, Value};

/// Share type of named pipes. MS-SMB2 §2.2.10.
const SHARE_TYPE_PIPE: u8 = 2;

/// What a message says.
#[derive(Debug, Default)]
pub(super) struct Detail {
    /// The subcode of its operation.
    pub(super) sub: Option<u16>,
    /// The operation's arguments.
    pub(super) args: Option<[u64; 4]>,
    /// What it names.
    pub(super) name: Option<(&'static Area, Text)>,
    /// The open file that it uses, or that the answer opens.
    pub(super) handle: Option<u64>,
}

/// Reads a message; what is not there stays unsaid.
pub(super) fn read(header: &Header2, message: &Message<'_>) -> Detail {
    let body = message.bytes.get(Header2::LEN..).unwrap_or(&[]);
    // An error has a body of its own, 9 bytes by its own account. MS-SMB2 §2.2.2.
    let is_error = header.is_response() && Cursor::new(body).le16() == Some(9);
    let at = Cursor::new(body);
    let detail = match (header.command, header.is_response()) {
        _ if is_error => None,
        (smb2::NEGOTIATE, true) => chosen(at),
        (smb2::TREE_CONNECT, false) => share(message, at),
        (smb2::CREATE, false) => create(message, at),
        (smb2::CREATE, true) => handle(at, 64).map(|detail| Detail { args: None, ..detail }),
        (smb2::CLOSE | 7 | 10 | 14 | 15, false) => handle(at, 8),
        (smb2::READ | smb2::WRITE, false) => range(at),
        (smb2::IOCTL, _) => control(at),
        (16, false) => info(at, 24, true),
        (17, false) => info(at, 16, false),
        _ => None,
    };
    detail.unwrap_or_default()
}

/// The volatile half of a handle: it is what the server looks up. MS-SMB2 §2.2.14.1.
fn file_id(at: &mut Cursor<'_>) -> Option<u64> {
    let (_persistent, volatile) = (at.le64()?, at.le64()?);
    Some(volatile)
}

/// A message with a handle at an offset of its body.
fn handle(mut at: Cursor<'_>, offset: usize) -> Option<Detail> {
    at.skip(offset)?;
    let handle = file_id(&mut at)?;
    Some(Detail { args: Some([handle, 0, 0, 0]), handle: Some(handle), ..Detail::default() })
}

/// Dialect, security mode, capabilities. MS-SMB2 §2.2.4.
fn chosen(mut at: Cursor<'_>) -> Option<Detail> {
    at.skip(2)?;
    let (mode, dialect) = (at.le16()?, at.le16()?);
    // Count of contexts, and the server's GUID.
    at.skip(18)?;
    let capabilities = at.le32()?;
    let args = [u64::from(dialect), u64::from(mode), u64::from(capabilities), 0];
    Some(Detail { args: Some(args), ..Detail::default() })
}

/// Text at an offset from the header. Always Unicode. MS-SMB2 §2.2.
fn text(message: &Message<'_>, offset: u16, len: u16) -> Text {
    Text::of_utf16le(message.part(u64::from(offset), u64::from(len)))
}

/// MS-SMB2 §2.2.9.
fn share(message: &Message<'_>, mut at: Cursor<'_>) -> Option<Detail> {
    at.skip(4)?;
    let (offset, len) = (at.le16()?, at.le16()?);
    Some(Detail { name: Some((SHARE, text(message, offset, len))), ..Detail::default() })
}

/// MS-SMB2 §2.2.13.
fn create(message: &Message<'_>, mut at: Cursor<'_>) -> Option<Detail> {
    at.skip(24)?;
    let access = at.le32()?;
    // Attributes and sharing.
    at.skip(8)?;
    let (disposition, options) = (at.le32()?, at.le32()?);
    let (offset, len) = (at.le16()?, at.le16()?);
    Some(Detail {
        sub: Some(vocab::low_u16(u64::from(disposition))),
        args: Some([u64::from(access), u64::from(disposition), u64::from(options), 0]),
        name: Some((FILE, text(message, offset, len))),
        handle: None,
    })
}

/// Reading and writing alike: length, offset, handle. MS-SMB2 §2.2.19, §2.2.21.
fn range(mut at: Cursor<'_>) -> Option<Detail> {
    at.skip(4)?;
    let (length, offset) = (at.le32()?, at.le64()?);
    let handle = file_id(&mut at)?;
    let args = Some([offset, u64::from(length), handle, 0]);
    Some(Detail { args, handle: Some(handle), ..Detail::default() })
}

/// MS-SMB2 §2.2.31, §2.2.32.
fn control(mut at: Cursor<'_>) -> Option<Detail> {
    at.skip(4)?;
    let code = at.le32()?;
    let handle = file_id(&mut at)?;
    let args = Some([u64::from(code), handle, 0, 0]);
    Some(Detail { args, handle: Some(handle), ..Detail::default() })
}

/// What is asked of or set on a file. MS-SMB2 §2.2.37, §2.2.39.
fn info(mut at: Cursor<'_>, handle_at: usize, is_query: bool) -> Option<Detail> {
    at.skip(2)?;
    let (kind, class) = (at.u8()?, at.u8()?);
    at.skip(handle_at.checked_sub(4)?)?;
    let handle = file_id(&mut at)?;
    // Renaming and deleting are settings of a file.
    let sub = if is_query { None } else { Some(u16::from_be_bytes([kind, class])) };
    let args = Some([u64::from(kind), u64::from(class), handle, 0]);
    Some(Detail { sub, args, handle: Some(handle), ..Detail::default() })
}

/// Says the name that a file is given. MS-SMB2 §2.2.39, MS-FSCC §2.4.42.2.
pub(super) fn new_name(cx: &mut Cx<'_>, message: &Message<'_>) {
    let mut at = Cursor::new(message.part(68, 6));
    let (Some(_size), Some(offset)) = (at.le32(), at.le16()) else { return };
    // Whether to replace, a root directory, and the name's length come before it.
    let start = u64::from(offset).saturating_add(20);
    let len = Cursor::new(message.part(start.saturating_sub(4), 4)).le32().unwrap_or(0);
    let name = Text::of_utf16le(message.part(start, u64::from(len)));
    let target = Target { area: FILE, index: 0, count: 0, extra: 0, name: name.bytes() };
    cx.item(target, Value::None);
}

/// The security blob of a message whose body has its offset and length at `place`. MS-SMB2 §2.2.5,
/// §2.2.6.
pub(super) fn blob<'p>(message: &Message<'p>, place: usize) -> &'p [u8] {
    let body = message.bytes.get(Header2::LEN..).unwrap_or(&[]);
    let mut at = Cursor::new(body.get(place..).unwrap_or(&[]));
    let (Some(offset), Some(len)) = (at.le16(), at.le16()) else { return &[] };
    message.part(u64::from(offset), u64::from(len))
}

/// The dialects and the GUID of a client that negotiates. MS-SMB2 §2.2.3.
pub(super) fn client(cx: &mut Cx<'_>, message: &Message<'_>) {
    let count = Cursor::new(message.part(66, 2)).le16().unwrap_or(0);
    let mut at = Cursor::new(message.part(100, u64::from(count).saturating_mul(2)));
    while let Some(dialect) = at.le16() {
        let name = match dialect {
            0x0202 => "SMB 2.0.2",
            0x0210 => "SMB 2.1",
            0x0300 => "SMB 3.0",
            0x0302 => "SMB 3.0.2",
            0x0311 => "SMB 3.1.1",
            _ => continue,
        };
        let name = name.as_bytes();
        let target =
            Target { area: spec::DIALECT, index: u64::from(dialect), count: 0, extra: 0, name };
        cx.item(target, Value::None);
    }
    guid(cx, spec::CLIENT_GUID, message.part(76, 16));
}

/// What the server tells of itself. MS-SMB2 §2.2.4.
pub(super) fn server(cx: &mut Cx<'_>, message: &Message<'_>) {
    guid(cx, spec::SERVER_GUID, message.part(72, 16));
    ntlmssp::say(cx, blob(message, 56));
}

/// Says a GUID as people write it. MS-DTYP §2.3.4.2. Zero names nobody.
pub(super) fn guid(cx: &mut Cx<'_>, spec: &'static AttrSpec, bytes: &[u8]) {
    let mut at = Cursor::new(bytes);
    let (Some(a), Some(b), Some(c), Some(rest)) = (at.le32(), at.le16(), at.le16(), at.be64())
    else {
        return;
    };
    if (a, rest) != (0, 0) {
        let text = crate::line!(
            "{a:08x}-{b:04x}-{c:04x}-{:04x}-{:012x}",
            rest >> 48,
            rest & 0xffff_ffff_ffff
        );
        cx.attr(spec, text.bytes());
    }
}

/// The share connected to is the server's pipes. MS-SMB2 §2.2.10.
pub(super) fn is_pipes(message: &Message<'_>) -> bool {
    message.bytes.get(Header2::LEN.saturating_add(2)) == Some(&SHARE_TYPE_PIPE)
}
