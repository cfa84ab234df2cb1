//! Open files, and the remote procedure calls that go through named pipes.

use super::Flow;
use super::wire::Message;
use dissect::Cx;
use vocab::{Dir, sat_u8, sat_u32, sat_usize};

/// Bytes of an open file's name that are kept.
const NAME: usize = 64;
/// Bytes of the fixed header of a connection-oriented DCE/RPC message. C706 §12.6.1.
pub(super) const RPC_HEAD: usize = 16;
/// Bytes of a call that are put together at most: its length has 16 bits.
const RPC_MAX: usize = 65_535;

/// Names of pipes that Windows services listen on, whatever tree they are opened in.
const SERVICES: [&[u8]; 22] = [
    b"atsvc",
    b"browser",
    b"epmapper",
    b"eventlog",
    b"initshutdown",
    b"keysvc",
    b"lsarpc",
    b"lsass",
    b"msgsvc",
    b"netdfs",
    b"netlogon",
    b"ntsvcs",
    b"protected_storage",
    b"router",
    b"samr",
    b"scerpc",
    b"spoolss",
    b"srvsvc",
    b"svcctl",
    b"trkwks",
    b"winreg",
    b"wkssvc",
];

/// The pipe's name without its root; `None` when the name is a file's.
pub(super) fn pipe_name(name: &[u8], in_pipes_tree: bool) -> Option<&[u8]> {
    let bare = name.strip_prefix(b"\\").unwrap_or(name);
    let root = bare.get(..5).is_some_and(|head| head.eq_ignore_ascii_case(b"PIPE\\"));
    let bare = if root { bare.get(5..)? } else { bare };
    let known = SERVICES.iter().any(|service| service.eq_ignore_ascii_case(bare));
    if root || known || in_pipes_tree { Some(bare) } else { None }
}

/// The file or pipe opened last.
#[derive(Clone, Copy, Debug)]
pub(super) struct OpenFile {
    handle: u64,
    len: u8,
    is_pipe: bool,
    name: [u8; NAME],
}

impl Default for OpenFile {
    fn default() -> Self {
        Self { handle: 0, len: 0, is_pipe: false, name: [0; NAME] }
    }
}

impl OpenFile {
    /// The name behind a handle with whether it is a pipe's.
    pub(super) fn name(&self, handle: u64) -> Option<(&[u8], bool)> {
        let name = self.name.get(..usize::from(self.len))?;
        if name.is_empty() || self.handle != handle { None } else { Some((name, self.is_pipe)) }
    }

    /// Remembers a name; of a long one the end, which tells most.
    pub(super) fn set(&mut self, handle: u64, name: &[u8], is_pipe: bool) {
        let tail = name.get(name.len().saturating_sub(NAME)..).unwrap_or(name);
        *self = Self { handle, len: sat_u8(tail.len()), is_pipe, name: [0; NAME] };
        if let Some(place) = self.name.get_mut(..tail.len()) {
            place.copy_from_slice(tail);
        }
    }

    /// Forgets a file that is closed.
    pub(super) fn close(&mut self, handle: u64) {
        if self.handle == handle {
            self.len = 0;
        }
    }
}

/// A call whose end is still to come in this direction.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Part {
    handle: u64,
    missing: u32,
}

/// Length of the DCE/RPC message that starts here; `None` when none does. C706 §12.6.3.1:
/// version 5.0 or 5.1, a known type, a data representation that exists.
fn rpc_length(data: &[u8]) -> Option<usize> {
    let &[5, 0 | 1, kind, _, order, 0..=3, 0, 0, a, b, ..] = data.get(..RPC_HEAD)? else {
        return None;
    };
    let length = match order {
        0x10 => u16::from_le_bytes([a, b]),
        0x00 => u16::from_be_bytes([a, b]),
        _ => return None,
    };
    if kind <= 19 && usize::from(length) >= RPC_HEAD { Some(usize::from(length)) } else { None }
}

/// Data that a pipe carries: a call starts here, or goes on.
pub(super) fn is_call(flow: &Flow, dir: Dir, head: &[u8]) -> bool {
    let part = flow.parts.get(dir.index());
    rpc_length(head).is_some() || part.is_some_and(|part| part.missing > 0)
}

/// How many bytes of a message that carries data at `offset` are worth waiting for: all of it for
/// a call, else what was looked at already.
pub(super) fn wanted(
    flow: &Flow,
    dir: Dir,
    head: &[u8],
    offset: usize,
    data: usize,
    length: usize,
) -> usize {
    let looked_at = head.len().min(length);
    let all = offset.saturating_add(data).min(length);
    let call = head.get(offset..).is_some_and(|data| is_call(flow, dir, data));
    if call && all <= RPC_MAX { all.max(looked_at) } else { looked_at }
}

/// Hands down what a pipe carries, calls in pieces put together. True when it was a call.
pub(super) fn carry(flow: &mut Flow, cx: &mut Cx<'_>, handle: u64, data: &[u8]) -> bool {
    let Some(part) = flow.parts.get_mut(cx.dir().index()) else { return false };
    if part.missing > 0 && part.handle == handle {
        let fits = sat_usize(u64::from(part.missing)).min(data.len());
        part.missing = part.missing.saturating_sub(sat_u32(fits));
        if !cx.stash(data.get(..fits).unwrap_or(data), RPC_MAX) {
            *part = Part::default();
        } else if part.missing == 0 {
            cx.with_stash(|cx, call| cx.hand_down(0, call, handle));
        }
        return true;
    }
    let Some(length) = rpc_length(data) else { return false };
    cx.drop_stash();
    let missing = length.saturating_sub(data.len());
    if missing == 0 {
        *part = Part::default();
        cx.hand_down(0, data, handle);
    } else if cx.stash(data, RPC_MAX) {
        *part = Part { handle, missing: sat_u32(missing) };
    }
    true
}

/// Data of a message, when all of it is there.
pub(super) fn data<'p>(message: &Message<'p>, offset: u64, length: u64) -> Option<&'p [u8]> {
    let data = message.part(offset, length);
    if data.is_empty() || data.len() < sat_usize(length) { None } else { Some(data) }
}
