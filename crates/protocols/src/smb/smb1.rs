//! SMB1 messages: one or several commands under one header.

use super::block::{Block, Text};
use super::pipes::{self, pipe_name};
use super::wire::{Header1, Message};
use super::{Flow, HEAD, READ_MAX, smb1_files, smb1_login, smb1_transactions, spec};
use decode::Cursor;
use dissect::Cx;
use vocab::{Area, Dir, Op, Role, Status, Target, Value};

/// Commands of one message that are read.
const CHAIN_MAX: usize = 8;
/// No further command. MS-CIFS §2.2.3.4.
const NO_ANDX: u8 = 0xff;

/// What a command's words and bytes say.
#[derive(Debug, Default)]
pub(super) struct Detail {
    /// The subcode of its operation.
    pub(super) sub: Option<u16>,
    /// The operation's arguments.
    pub(super) args: Option<[u64; 4]>,
    /// What it names.
    pub(super) name: Option<(&'static Area, Text)>,
    /// The open file that it uses.
    pub(super) handle: Option<u64>,
}

/// The command at hand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Command<'p> {
    pub(super) header: Header1,
    /// Its number: the header's, or that of a further command in the chain.
    pub(super) code: u8,
    pub(super) block: Block<'p>,
    /// What pairs its answer with it.
    pub(super) tx: u64,
}

/// How many bytes of a message are worth waiting for, from its first bytes: what is written to or
/// read from files is passed over.
pub(super) fn wanted(flow: &Flow, dir: Dir, head: &[u8], length: usize) -> usize {
    let Some(header) = Header1::read(head) else { return length.min(HEAD) };
    let word = |at: usize| Cursor::new(head.get(at..).unwrap_or(&[])).le16().map(usize::from);
    // Offsets of the data's length and place behind the header. MS-CIFS §2.2.4.42, §2.2.4.43.
    let places = match (header.command, header.is_response()) {
        (0x2e, true) => (43, 45),
        (0x2f, false) => (53, 55),
        (0x0a..=0x0b | 0x13..=0x14 | 0x1a..=0x1e | 0x2c | 0xc1, _) => return length.min(HEAD),
        // Calls through pipes may be as long as a message.
        (0x25, _) => return length.min(65_536),
        _ => return length.min(READ_MAX),
    };
    let (size, offset) = (word(places.0).unwrap_or(0), word(places.1).unwrap_or(0));
    pipes::wanted(flow, dir, head, offset, size, length)
}

/// Says a message.
pub(super) fn say(flow: &mut Flow, cx: &mut Cx<'_>, message: &Message<'_>) {
    let Some(header) = Header1::read(message.bytes) else {
        malformed(cx, message);
        return;
    };
    let (mut code, mut start) = (header.command, Header1::LEN);
    for _ in 0..CHAIN_MAX {
        let Some(block) = Block::read(message, &header, start) else {
            say_bare(cx, message, &header, code);
            return;
        };
        let command = Command { header, code, block, tx: header.tx(code) };
        say_one(flow, cx, &command);
        match next(cx, &command) {
            Some((next, at)) => (code, start) = (next, at),
            None => return,
        }
    }
}

/// A command whose words are not there: interim answers have none, others are malformed.
fn say_bare(cx: &mut Cx<'_>, message: &Message<'_>, header: &Header1, code: u8) {
    let role = if header.is_response() { Role::Response } else { Role::Request };
    cx.op(&Op { tx: Some(header.tx(code)), ..Op::new(u32::from(code), role, message.bytes) });
    malformed(cx, message);
}

fn malformed(cx: &mut Cx<'_>, message: &Message<'_>) {
    if message.is_whole() && !cx.cut() {
        cx.fault(spec::BAD_STRUCTURE, message.bytes);
    }
}

/// The command behind this one, where both are of the kind that chains. MS-CIFS §2.2.3.4.
fn next(cx: &mut Cx<'_>, command: &Command<'_>) -> Option<(u8, usize)> {
    let chains = matches!(command.code, 0x24 | 0x2d | 0x2e | 0x2f | 0x73 | 0x74 | 0x75 | 0xa2);
    let &[code, _, low, high, ..] = command.block.words else { return None };
    if !chains || code == NO_ANDX {
        return None;
    }
    let at = usize::from(u16::from_le_bytes([low, high]));
    // Further on, inside the message: anything else would go round in circles.
    if at <= command.block.bytes_at || at >= command.block.message.length {
        // Servers answer failures, and the last of a chain, with a rest of the request's words.
        if !command.header.is_response() && !cx.cut() {
            cx.fault(spec::BAD_CHAIN, command.block.words);
        }
        return None;
    }
    Some((code, at))
}

fn say_one(flow: &mut Flow, cx: &mut Cx<'_>, command: &Command<'_>) {
    let header = &command.header;
    let mut op = Op::new(u32::from(command.code), Role::Request, evidence(command));
    if header.is_oplock_break() {
        op.role = Role::Event;
        cx.op(&op);
    } else if header.is_response() {
        op.role = Role::Response;
        op.status = header.ended();
        op.tx = Some(command.tx);
        answer(flow, cx, command, op);
    } else {
        op.tx = Some(command.tx);
        request(flow, cx, command, op);
    }
}

/// What is kept as evidence: of logins and of connecting to a share, where passwords are, the
/// header alone.
fn evidence<'p>(command: &Command<'p>) -> &'p [u8] {
    let bytes = command.block.message.bytes;
    let secret = matches!(command.header.command, 0x70 | 0x73 | 0x75);
    if secret { bytes.get(..Header1::LEN).unwrap_or(bytes) } else { bytes }
}

fn request(flow: &mut Flow, cx: &mut Cx<'_>, command: &Command<'_>, mut op: Op<'_>) {
    let mut detail = match command.code {
        0x25 | 0x32 | 0xa0 => smb1_transactions::request(command),
        0x70 | 0x75 => smb1_login::share(command),
        _ => smb1_files::request(command),
    };
    if command.code == 0xa2 || command.code == 0x2d {
        mark_pipe(flow, command, &mut detail);
    }
    op.sub = detail.sub;
    op.args = detail.args;
    let call = call_data(command);
    if command.code == 0x2f && call.is_some_and(|(_, data)| pipes::is_call(flow, cx.dir(), data)) {
        op.sub = Some(super::operations::PIPE_CALL);
    }
    cx.op(&op);
    say_target(flow, cx, &detail);
    match (command.code, &detail.name) {
        (0x2d | 0xa2, Some((_, name))) => cx.note(command.tx, name.bytes()),
        (0x07 | 0xa5, _) => smb1_files::new_name(cx, command),
        (0x04, _) => flow.open.close(detail.handle.unwrap_or(0)),
        (0x1a | 0x1d, _) => flow.raw = true,
        (0x72, _) => smb1_login::dialects(cx, command),
        (0x73, _) => smb1_login::request(cx, command),
        (0x70 | 0x75, Some((_, path))) => smb1_login::share_host(cx, path),
        _ => {}
    }
    if let Some((handle, data)) = call {
        pipes::carry(flow, cx, handle, data);
    }
}

/// Opening a pipe is no opening of a file.
fn mark_pipe(flow: &Flow, command: &Command<'_>, detail: &mut Detail) {
    let in_pipes_tree = flow.pipes_tree == Some(u32::from(command.header.tree));
    let Some((_, name)) = &detail.name else { return };
    if let Some(bare) = pipe_name(name.bytes(), in_pipes_tree) {
        let text = core::str::from_utf8(bare).unwrap_or("");
        detail.name = Some((spec::PIPE, Text::of(format_args!("{text}"))));
        detail.sub = detail.sub.map(|_| super::operations::OPEN_PIPE);
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

fn answer(flow: &mut Flow, cx: &mut Cx<'_>, command: &Command<'_>, mut op: Op<'_>) {
    let asked = cx.pending(command.tx);
    op.sub = asked.and_then(|asked| asked.sub);
    let ok = op.status == Status::Ok;
    let handle = asked.map_or(0, |asked| asked.args.get(2).copied().unwrap_or(0));
    match command.code {
        0x72 => op.args = smb1_login::chosen(command),
        0xa2 | 0x2d if ok => opened(flow, cx, command),
        _ => {}
    }
    cx.op(&op);
    match command.code {
        0x72 if ok => smb1_login::server(cx, command),
        0x73 => smb1_login::answer(cx, command),
        0x75 if ok && smb1_login::is_pipes(command) => {
            flow.pipes_tree = Some(u32::from(command.header.tree));
        }
        _ => {}
    }
    if let Some((known, data)) = call_data(command) {
        pipes::carry(flow, cx, if known == 0 { handle } else { known }, data);
    }
}

/// Remembers the name of the file that the answer gives a handle. MS-CIFS §2.2.4.64.2, §2.2.4.41.2.
fn opened(flow: &mut Flow, cx: &Cx<'_>, command: &Command<'_>) {
    let offset = if command.code == 0xa2 { 5 } else { 4 };
    let Some(handle) = command.block.word(offset) else { return };
    let mut name = [0; 240];
    let len = cx.noted(command.tx, &mut name);
    let is_pipe =
        cx.pending(command.tx).and_then(|asked| asked.sub) == Some(super::operations::OPEN_PIPE);
    flow.open.set(u64::from(handle), name.get(..len).unwrap_or(&[]), is_pipe);
}

/// Data that may be a remote procedure call, with the handle where the message tells it.
fn call_data<'p>(command: &Command<'p>) -> Option<(u64, &'p [u8])> {
    let block = &command.block;
    match (command.code, command.header.is_response()) {
        (0x25, _) => smb1_transactions::call(command),
        (0x2e, true) => {
            let (size, at) = (u64::from(block.word(10)?), u64::from(block.word(12)?));
            Some((0, pipes::data(&block.message, at, size)?))
        }
        (0x2f, false) => {
            let (size, at) = (u64::from(block.word(20)?), u64::from(block.word(22)?));
            Some((u64::from(block.word(4)?), pipes::data(&block.message, at, size)?))
        }
        _ => None,
    }
}
