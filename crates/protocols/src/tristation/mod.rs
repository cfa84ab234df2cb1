//! TriStation: how engineering workstations program, run and watch Triconex safety controllers.
//!
//! The protocol that the TRITON malware spoke: everything it did to a controller (attach, status,
//! upload, download of a change, run, and the commands of its implant) is told apart here.

mod contents;
mod modules;
mod spec;

use crate::common::crc::crc16;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Role, Spec, Status};

/// Type of the messages that carry a command or its answer.
const COMMAND: u8 = 5;
/// Bytes before a message's content: type, channel, length.
const HEADER_LEN: usize = 4;
/// Bytes before a command's data: direction, connection, function, sequence, a spare word,
/// checksum, length.
const COMMAND_LEN: usize = 10;
/// The function that rejects a command.
const REJECTED: u8 = 100;
/// The function behind which the TRITON implant waits.
const GET_MP_STATUS: u8 = 29;

/// The TriStation dissector.
#[derive(Debug)]
pub struct Tristation;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow;

impl Dissector for Tristation {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    /// Type, length and checksum must fit. Elsewhere than on its own port a message without
    /// content is too little.
    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        let &[kind @ 1..=11, _, low, high, ..] = head else { return Probe::No };
        let length = usize::from(u16::from_le_bytes([low, high]));
        let fits = head.len() == length.saturating_add(HEADER_LEN + 2);
        let has_command = kind == COMMAND && length >= COMMAND_LEN;
        let convincing = has_command || hint.bound && length == 0;
        if hint.datagram && fits && convincing && is_checked(head) {
            Probe::Sure
        } else {
            Probe::No
        }
    }

    fn step(_flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        if bytes.is_empty() {
            return Step::Took { bytes: 0 };
        }
        message(cx, bytes);
        Step::Took { bytes: bytes.len() }
    }
}

/// The last two bytes are the CRC-16 of those before them.
fn is_checked(bytes: &[u8]) -> bool {
    bytes
        .split_last_chunk()
        .is_some_and(|(before, sum)| crc16(0, before.iter().copied()) == u16::from_le_bytes(*sum))
}

fn message(cx: &mut Cx<'_>, bytes: &[u8]) {
    let mut at = Cursor::new(bytes);
    let Some(kind) = at.u8() else { return };
    let length = at.skip(1).and_then(|()| at.le16()).map(usize::from);
    let content = length.map_or(at.rest(), |length| at.take_up_to(length));
    if kind != COMMAND {
        let asks = matches!(kind, 1 | 4 | 6);
        let status = match (kind, asks) {
            (_, true) => Status::None,
            (7..=11, _) => Status::Error(kind.into()),
            _ => Status::Ok,
        };
        let role = if asks { Role::Request } else { Role::Response };
        let code = spec::LINK.saturating_add(kind.into());
        // 1 is answered by 2, 4 by 3.
        let pair = match kind {
            1 | 2 => Some(0x100),
            3 | 4 => Some(0x101),
            _ => None,
        };
        cx.op(&Op { tx: pair, status, ..Op::new(code, role, bytes) });
    } else if command(cx, bytes, content).is_none() && !cx.cut() {
        cx.fault(spec::SHORT, bytes);
    }
    let fits = length.is_some_and(|length| bytes.len() == length.saturating_add(HEADER_LEN + 2));
    if cx.cut() {
        return;
    }
    if !fits {
        cx.fault(spec::BAD_LENGTH, bytes.get(2..4).unwrap_or(bytes));
    } else if !is_checked(bytes) {
        cx.fault(spec::BAD_CRC, bytes.get(bytes.len().saturating_sub(2)..).unwrap_or(bytes));
    }
}

/// A command or its answer; `None` when it is too short for one.
fn command(cx: &mut Cx<'_>, whole: &[u8], content: &[u8]) -> Option<()> {
    let mut at = Cursor::new(content);
    let asks = at.u8()? == 0;
    at.skip(1)?;
    let function = at.u8()?;
    let sequence = at.u8();
    at.skip(2);
    let sum = at.le16();
    let length = at.le16();
    let data = at.rest();
    let summary = contents::Summary::read(function, asks, data);
    let op = Op {
        sub: summary.sub,
        tx: sequence.map(u64::from),
        args: summary.args,
        status: match (asks, function) {
            (true, _) => Status::None,
            (false, REJECTED) => Status::Error(summary.reason()),
            (false, _) => Status::Ok,
        },
        ..Op::new(function.into(), if asks { Role::Request } else { Role::Response }, whole)
    };
    cx.op(&op);
    contents::say(cx, function, asks, data, &summary);
    let (sum, length) = (sum?, length?);
    if usize::from(length) != content.len() && !cx.cut() {
        cx.fault(spec::BAD_LENGTH, content.get(8..10).unwrap_or(content));
    } else if sum != checksum(content, length) && !cx.cut() {
        cx.fault(spec::BAD_CHECKSUM, content.get(6..8).unwrap_or(content));
    }
    Some(())
}

/// All bytes of a command but the checksum, and its length once more.
fn checksum(content: &[u8], length: u16) -> u16 {
    content.iter().enumerate().fold(length, |sum, (at, byte)| match at {
        6 | 7 => sum,
        _ => sum.wrapping_add(u16::from(*byte)),
    })
}
