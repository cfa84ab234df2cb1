//! SMB2 and SMB3 messages: one, or several compounded in one packet. MS-SMB2 §2.2.

use super::operations::{OPEN_PIPE, PIPE_CALL, SMB2};
use super::pipes::{self, RPC_HEAD, pipe_name};
use super::smb2_details::{self as details, Detail};
use super::wire::{Header2, Message};
use super::{Flow, HEAD, READ_MAX, spec};
use crate::common::ntlmssp;
use decode::Cursor;
use dissect::Cx;
use vocab::{Area, Dir, Op, Role, Status, Target, Value};

/// Messages of one compound that are read.
const COMPOUND_MAX: usize = 64;
/// Commands by number.
pub(super) const NEGOTIATE: u16 = 0;
pub(super) const SESSION_SETUP: u16 = 1;
pub(super) const TREE_CONNECT: u16 = 3;
pub(super) const CREATE: u16 = 5;
pub(super) const CLOSE: u16 = 6;
pub(super) const READ: u16 = 8;
pub(super) const WRITE: u16 = 9;
pub(super) const IOCTL: u16 = 11;
const SET_INFO: u16 = 17;
/// Subcode of setting a file's name: FileRenameInformation. MS-FSCC §2.4.
const RENAME: u16 = 0x010a;
/// A pipe is written and read at once. MS-SMB2 §2.2.31.
const PIPE_TRANSCEIVE: u32 = 0x0011_c017;

/// How many bytes of a message are worth waiting for, from its first bytes: what is written to or
/// read from files is passed over.
pub(super) fn wanted(flow: &Flow, dir: Dir, head: &[u8], length: usize) -> usize {
    let Some(header) = Header2::read(head) else { return length.min(HEAD) };
    let some = length.min(READ_MAX);
    if header.next != 0 {
        return some;
    }
    let body = Cursor::new(head.get(Header2::LEN..).unwrap_or(&[]));
    match data_place(&header, body) {
        Some((offset, size)) if header.command != IOCTL => {
            let (offset, size) = (vocab::sat_usize(offset), vocab::sat_usize(size));
            // Data behind what is here has room for a call's header looked at first.
            if offset.saturating_add(RPC_HEAD) > head.len().min(length) {
                return length.min(HEAD);
            }
            pipes::wanted(flow, dir, head, offset, size, length)
        }
        Some((offset, size)) => {
            let end = vocab::sat_usize(offset.saturating_add(size));
            end.clamp(some, length.min(65_536).max(some))
        }
        None => some,
    }
}

/// Where the data of a message that may carry a call is: offset from the header, length.
/// MS-SMB2 §2.2.20, §2.2.21, §2.2.31, §2.2.32.
fn data_place(header: &Header2, mut body: Cursor<'_>) -> Option<(u64, u64)> {
    match (header.command, header.is_response()) {
        (READ, true) => {
            body.skip(2)?;
            let offset = body.u8()?;
            body.skip(1)?;
            Some((u64::from(offset), u64::from(body.le32()?)))
        }
        (WRITE, false) => {
            body.skip(2)?;
            Some((u64::from(body.le16()?), u64::from(body.le32()?)))
        }
        (IOCTL, response) => {
            body.skip(4)?;
            let code = body.le32()?;
            // The handle, then input and output as offset and length.
            body.skip(16)?;
            let input = (u64::from(body.le32()?), u64::from(body.le32()?));
            if !response {
                return Some(input).filter(|_| code == PIPE_TRANSCEIVE);
            }
            let output = (u64::from(body.le32()?), u64::from(body.le32()?));
            Some(output).filter(|_| code == PIPE_TRANSCEIVE)
        }
        _ => None,
    }
}

/// Says a packet's messages.
pub(super) fn say(flow: &mut Flow, cx: &mut Cx<'_>, packet: &Message<'_>) {
    let mut rest = *packet;
    for _ in 0..COMPOUND_MAX {
        let Some(header) = Header2::read(rest.bytes) else {
            if rest.is_whole() && !cx.cut() {
                cx.fault(spec::BAD_STRUCTURE, rest.bytes);
            }
            return;
        };
        let next = vocab::sat_usize(u64::from(header.next));
        let length = if next == 0 { rest.length } else { next.min(rest.length) };
        let one = Message { bytes: rest.bytes.get(..length).unwrap_or(rest.bytes), length };
        say_one(flow, cx, &header, &one);
        if next == 0 {
            return;
        }
        let Some(bytes) = rest.bytes.get(next..).filter(|_| next >= Header2::LEN) else {
            if rest.is_whole() && !cx.cut() {
                cx.fault(spec::BAD_CHAIN, rest.bytes.get(20..24).unwrap_or(&[]));
            }
            return;
        };
        rest = Message { bytes, length: rest.length.saturating_sub(next) };
    }
}

fn say_one(flow: &mut Flow, cx: &mut Cx<'_>, header: &Header2, message: &Message<'_>) {
    let code = SMB2.saturating_add(u32::from(header.command));
    let pdu = match header.command {
        SESSION_SETUP => message.bytes.get(..Header2::LEN).unwrap_or(message.bytes),
        _ => message.bytes,
    };
    let mut op = Op::new(code, Role::Request, pdu);
    let detail = details::read(header, message);
    if header.is_unasked() {
        op.role = Role::Event;
        cx.op(&op);
    } else if header.is_response() {
        op.role = Role::Response;
        answer(flow, cx, header, message, &detail, op);
    } else {
        request(flow, cx, header, message, detail, op);
    }
}

fn request(
    flow: &mut Flow,
    cx: &mut Cx<'_>,
    header: &Header2,
    message: &Message<'_>,
    mut detail: Detail,
    mut op: Op<'_>,
) {
    // A cancel has the number of what it cancels, and no answer. MS-SMB2 §3.2.4.24.
    op.tx = if header.command == 0x0c { None } else { Some(header.id) };
    if header.command == CREATE {
        mark_pipe(flow, header, &mut detail);
    }
    let call = call_data(header, message);
    if header.command == WRITE && call.is_some_and(|data| pipes::is_call(flow, cx.dir(), data)) {
        detail.sub = Some(PIPE_CALL);
    }
    op.sub = detail.sub;
    op.args = detail.args;
    cx.op(&op);
    say_target(flow, cx, &detail);
    match (header.command, &detail.name) {
        (CREATE, Some((_, name))) => cx.note(header.id, name.bytes()),
        (CLOSE, _) => flow.open.close(detail.handle.unwrap_or(0)),
        (NEGOTIATE, _) => details::client(cx, message),
        (SESSION_SETUP, _) => ntlmssp::say(cx, details::blob(message, 12)),
        (SET_INFO, _) if detail.sub == Some(RENAME) => details::new_name(cx, message),
        (TREE_CONNECT, Some((_, path))) => super::smb1_login::share_host(cx, path),
        _ => {}
    }
    if let Some(data) = call {
        pipes::carry(flow, cx, detail.handle.unwrap_or(0), data);
    }
}

/// Opening a pipe is no opening of a file.
fn mark_pipe(flow: &Flow, header: &Header2, detail: &mut Detail) {
    let in_pipes_tree = header.tree.is_some() && flow.pipes_tree == header.tree;
    let Some((area, name)) = &mut detail.name else { return };
    if pipe_name(name.bytes(), in_pipes_tree).is_some() {
        *area = spec::PIPE;
        detail.sub = Some(OPEN_PIPE);
    }
}

/// Says what the operation touches: what it names, or the open file.
fn say_target(flow: &Flow, cx: &mut Cx<'_>, detail: &Detail) {
    let named = detail.name.as_ref().map(|(area, name)| (*area, name.bytes()));
    let open = detail.handle.and_then(|handle| flow.open.name(handle)).map(|(name, is_pipe)| {
        let area: &'static Area = if is_pipe { spec::PIPE } else { spec::FILE };
        (area, name)
    });
    if let Some((area, name)) = named.or(open).filter(|(_, name)| !name.is_empty()) {
        cx.item(Target { area, index: 0, count: 0, extra: 0, name }, Value::None);
    }
}

fn answer(
    flow: &mut Flow,
    cx: &mut Cx<'_>,
    header: &Header2,
    message: &Message<'_>,
    detail: &Detail,
    mut op: Op<'_>,
) {
    let asked = cx.pending(header.id);
    op.sub = asked.and_then(|asked| asked.sub);
    op.args = detail.args;
    if header.is_interim() {
        cx.op(&op);
        return;
    }
    op.tx = Some(header.id);
    op.status = header.ended();
    let ok = op.status == Status::Ok;
    if header.command == CREATE && ok {
        let mut name = [0; 240];
        let len = cx.noted(header.id, &mut name);
        let handle = detail.handle.unwrap_or(0);
        flow.open.set(handle, name.get(..len).unwrap_or(&[]), op.sub == Some(OPEN_PIPE));
    }
    cx.op(&op);
    match header.command {
        NEGOTIATE if ok => details::server(cx, message),
        SESSION_SETUP => ntlmssp::say(cx, details::blob(message, 4)),
        TREE_CONNECT if ok && details::is_pipes(message) => flow.pipes_tree = header.tree,
        _ => {}
    }
    if let Some(data) = call_data(header, message) {
        let handle = asked.and_then(|asked| asked.args.get(2).copied()).unwrap_or(0);
        pipes::carry(flow, cx, detail.handle.unwrap_or(handle), data);
    }
}

/// Data that may be a remote procedure call.
fn call_data<'p>(header: &Header2, message: &Message<'p>) -> Option<&'p [u8]> {
    let body = Cursor::new(message.bytes.get(Header2::LEN..)?);
    let (offset, size) = data_place(header, body)?;
    pipes::data(message, offset, size)
}
