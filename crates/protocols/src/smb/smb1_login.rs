//! SMB1's negotiation, login and connecting to a share: who the two ends are. MS-CIFS §2.2.4.52,
//! §2.2.4.53, §2.2.4.55 with the extended security of MS-SMB §2.2.4.5, §2.2.4.6.

use super::block::{Block, Text};
use super::smb1::{Command, Detail};
use super::spec;
use crate::common::{lines, ntlmssp};
use decode::Cursor;
use dissect::Cx;
use vocab::{Subject, Target, Value};

/// CAP_EXTENDED_SECURITY. MS-SMB §2.2.4.5.2.1.
const EXTENDED_SECURITY: u32 = 0x8000_0000;
/// Dialects of one request that are said.
const DIALECTS_MAX: usize = 16;

/// The dialects that a client offers: each behind a byte 2. MS-CIFS §2.2.4.52.1.
pub(super) fn dialects(cx: &mut Cx<'_>, command: &Command<'_>) {
    let names = command.block.bytes().split(|b| *b == 0);
    for name in names.filter_map(|name| name.strip_prefix(b"\x02")).take(DIALECTS_MAX) {
        let target = Target { area: spec::DIALECT, index: 0, count: 0, extra: 0, name };
        cx.item(target, Value::None);
    }
}

/// The dialect by its place in the request, security mode, capabilities.
pub(super) fn chosen(command: &Command<'_>) -> Option<[u64; 4]> {
    let block = &command.block;
    let dialect = u64::from(block.word(0)?);
    let mode = block.words.get(2).copied().unwrap_or(0);
    let capabilities = block.long(19).unwrap_or(0);
    Some([dialect, u64::from(mode), u64::from(capabilities), 0])
}

/// What the server tells of itself when it chooses a dialect. MS-CIFS §2.2.4.52.2: the names are
/// not aligned.
pub(super) fn server(cx: &mut Cx<'_>, command: &Command<'_>) {
    let block = &command.block;
    if block.word_count() != 17 {
        return;
    }
    if block.long(19).unwrap_or(0) & EXTENDED_SECURITY != 0 {
        let (guid, blob) = block.bytes().split_at_checked(16).unwrap_or((&[], &[]));
        super::smb2_details::guid(cx, spec::SERVER_GUID, guid);
        ntlmssp::say(cx, blob);
        return;
    }
    let challenge = block.words.get(33).copied().unwrap_or(0);
    let mut texts = block.texts(block.bytes_at.saturating_add(usize::from(challenge)));
    cx.attr(spec::SERVER_DOMAIN, texts.unaligned().bytes());
    cx.attr(spec::SERVER_NAME, texts.unaligned().bytes());
}

/// A login. Passwords and their hashes are passed over. MS-CIFS §2.2.4.53.1, MS-SMB §2.2.4.6.1.
pub(super) fn request(cx: &mut Cx<'_>, command: &Command<'_>) {
    let block = &command.block;
    let secret = |at: usize| usize::from(block.word(at).unwrap_or(0));
    let passwords = match block.word_count() {
        10 => secret(14),
        13 => secret(14).saturating_add(secret(16)),
        12 => {
            blob(cx, block, secret(14));
            return;
        }
        _ => return,
    };
    let mut texts = block.texts(block.bytes_at.saturating_add(passwords));
    cx.attr(spec::ACCOUNT, texts.next().bytes());
    cx.attr(spec::PRIMARY_DOMAIN, texts.next().bytes());
    cx.attr(spec::NATIVE_OS, texts.next().bytes());
    cx.attr(spec::NATIVE_LAN_MANAGER, texts.next().bytes());
}

/// The answer to a login. MS-CIFS §2.2.4.53.2, MS-SMB §2.2.4.6.2.
pub(super) fn answer(cx: &mut Cx<'_>, command: &Command<'_>) {
    let block = &command.block;
    match block.word_count() {
        3 => {
            let mut texts = block.texts(block.bytes_at);
            cx.attr(spec::NATIVE_OS, texts.next().bytes());
            cx.attr(spec::NATIVE_LAN_MANAGER, texts.next().bytes());
            cx.attr(spec::PRIMARY_DOMAIN, texts.next().bytes());
        }
        4 => blob(cx, block, usize::from(block.word(6).unwrap_or(0))),
        _ => {}
    }
}

/// A security blob, then the names of the system.
fn blob(cx: &mut Cx<'_>, block: &Block<'_>, len: usize) {
    let bytes = block.bytes();
    ntlmssp::say(cx, bytes.get(..len).unwrap_or(bytes));
    let mut texts = block.texts(block.bytes_at.saturating_add(len));
    cx.attr(spec::NATIVE_OS, texts.next().bytes());
    cx.attr(spec::NATIVE_LAN_MANAGER, texts.next().bytes());
    cx.attr(spec::PRIMARY_DOMAIN, texts.next().bytes());
}

/// The share that a client connects to. MS-CIFS §2.2.4.50.1, §2.2.4.55.1.
pub(super) fn share(command: &Command<'_>) -> Detail {
    let block = &command.block;
    let name = if command.code == 0x70 {
        let mut texts = block.texts(block.bytes_at);
        if texts.byte() == Some(4) { Text::of_latin1(texts.oem()) } else { Text::default() }
    } else {
        let password = usize::from(block.word(6).unwrap_or(0));
        block.texts(block.bytes_at.saturating_add(password)).next()
    };
    Detail { name: Some((spec::SHARE, name)), ..Detail::default() }
}

/// The server's name out of `\\name\share`.
pub(super) fn share_host(cx: &mut Cx<'_>, path: &Text) {
    let Some(rest) = path.bytes().strip_prefix(b"\\\\") else { return };
    let host = lines::split(rest, b'\\').map(|(host, _)| host).and_then(lines::host_name);
    if let Some(host) = host {
        cx.attr_of(Subject::Receiver, spec::SHARE_HOST, host);
    }
}

/// The answer says that the share is the server's pipes. MS-CIFS §2.2.4.55.2: the service's name
/// is never Unicode.
pub(super) fn is_pipes(command: &Command<'_>) -> bool {
    Cursor::new(command.block.bytes()).take(3) == Some(b"IPC")
}
