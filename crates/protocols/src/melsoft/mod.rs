//! MELSOFT direct connection: how GX Works and other tools of Mitsubishi reach a controller to
//! program it; over UDP 5560 and TCP 5562. Commands resemble those of the MC protocol.
//!
//! `0x57` asks, `0xd7` answers; `0x5a` and `0xda` find and open a connection.

mod spec;

use crate::common::text::{Line, is_text};
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Role, Spec, Status, Target, Value};

/// The MELSOFT dissector.
#[derive(Debug)]
pub struct Melsoft;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// Bytes that are no message were passed over, and it was said.
    lost: [bool; 2],
}

/// Bytes up to the command header.
const HEADER: usize = 0x15;

/// What stands at the start of some bytes: a message of so many bytes, or so many are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    Command(usize),
    Connect(usize),
    Open(usize),
    None,
}

/// Headers are `57` or `d7`, then 0 or 1, a sequence number, and `11 11 07` or `11 11 7f` at 5;
/// the length stands at 0x13. The command header begins with `1c` or `9c`, its length 0x16 or
/// 0x18 at 2.
fn find(bytes: &[u8]) -> Found {
    let (asks, connect) = match bytes.first() {
        Some(0x57) => (true, false),
        Some(0xd7) => (false, false),
        Some(0x5a) => (true, true),
        Some(0xda) => (false, true),
        Some(_) => return Found::None,
        None => return Found::Open(1),
    };
    if connect {
        return match (asks, bytes.get(1..4)) {
            (_, None) => Found::Open(4),
            (true, Some([0, 0, _])) => Found::Connect(4),
            (false, Some([0, 0, 1])) => Found::Connect(14),
            (false, Some([0, 0, 0xff])) => Found::Connect(28),
            _ => Found::None,
        };
    }
    let fixed = if asks { [0x11, 0x11, 0x07] } else { [0x11, 0x11, 0x7f] };
    let known = bytes.get(1).is_none_or(|version| *version <= 1)
        && bytes.iter().skip(5).zip(fixed).all(|(byte, wanted)| *byte == wanted);
    if !known {
        return Found::None;
    }
    let Some(&[low, high, kind, _, size]) = bytes.get(0x13..0x18) else {
        return Found::Open(0x18);
    };
    let length = usize::from(u16::from_le_bytes([low, high]));
    let (wanted, least) = if asks { ((0x1c, 0x16), 30usize) } else { ((0x9c, 0x18), 32) };
    if (kind, size) != wanted || !(least..=8_000).contains(&length) {
        return Found::None;
    }
    Found::Command(length.saturating_add(HEADER))
}

impl Dissector for Melsoft {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        match find(head) {
            Found::Command(total) if !hint.datagram || total == head.len() => Probe::Sure,
            Found::Connect(total) if hint.bound && total <= head.len() => Probe::Sure,
            Found::Connect(total) if hint.bound && !hint.datagram => Probe::Maybe { need: total },
            Found::Open(need) if !hint.datagram => Probe::Maybe { need },
            _ => Probe::No,
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        if bytes.is_empty() {
            return Step::Took { bytes: 0 };
        }
        let datagram = matches!(input, Input::Datagram(_));
        let (total, connect) = match find(bytes) {
            Found::Command(total) => (total, false),
            Found::Connect(total) => (total, true),
            Found::Open(need) if !datagram && !cx.cut() => {
                return Step::Need { took: 0, more: need.saturating_sub(bytes.len()).max(1) };
            }
            Found::Open(_) | Found::None => return lost(flow, cx, bytes),
        };
        let message = match bytes.get(..total) {
            Some(message) => message,
            None if cx.cut() => bytes,
            None if datagram => {
                cx.fault(spec::BAD_LENGTH, bytes);
                bytes
            }
            None => return Step::Need { took: 0, more: total.saturating_sub(bytes.len()) },
        };
        if let Some(lost) = flow.lost.get_mut(cx.dir().index()) {
            *lost = false;
        }
        if connect {
            open(cx, message);
        } else {
            command(cx, message).unwrap_or(());
        }
        Step::Took { bytes: total }
    }
}

/// Bytes that are no message.
fn lost(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    if let Some(lost) = flow.lost.get_mut(cx.dir().index()).filter(|lost| !**lost)
        && !cx.cut()
    {
        *lost = true;
        cx.fault(spec::BAD_HEADER, bytes.get(..0x18).unwrap_or(bytes));
    }
    Step::Resync { took: bytes.len() }
}

/// A message that finds a controller or opens a connection.
fn open(cx: &mut Cx<'_>, message: &[u8]) {
    let &[kind, _, _, what, ..] = message else { return };
    let answers = kind == 0xda;
    let key = 1 << 63 | u64::from(what);
    cx.op(&Op {
        tx: Some(key),
        status: if answers { Status::Ok } else { Status::None },
        ..Op::new(
            spec::CONNECT | u32::from(what),
            if answers { Role::Response } else { Role::Request },
            message,
        )
    });
}

/// A command: header, command header, command, reference, two bytes of length, data.
fn command(cx: &mut Cx<'_>, message: &[u8]) -> Option<()> {
    let mut at = Cursor::new(message);
    let answers = at.u8()? == 0xd7;
    at.skip(HEADER.saturating_sub(1))?;
    let mut status = Status::None;
    if answers {
        at.skip(4)?;
        status = match at.le16()? {
            0 => Status::Ok,
            error => Status::Error(u32::from(error)),
        };
        at.skip(20)?;
    } else {
        at.skip(24)?;
    }
    let (code, reference) = (u32::from(at.be16()?), at.le16()?);
    at.skip(2)?;
    let data = at.rest();
    // Passwords and their digests are not said.
    let secret = matches!(code, 0x0131..=0x0134 | 0x1133 | 0x01a0);
    cx.op(&Op {
        tx: Some(u64::from(code) << 16 | u64::from(reference)),
        args: Some([vocab::sat_u32(data.len()).into(), 0, 0, 0]),
        status,
        value: if data.is_empty() || secret { Value::None } else { Value::Bytes(data) },
        ..Op::new(code, if answers { Role::Response } else { Role::Request }, message)
    });
    match (code, answers) {
        (0x0121, true) => {
            let name = Cursor::new(data).take_up_to(16);
            let name = crate::common::text::until_nul(name).trim_ascii();
            if is_text(name) {
                cx.attr(spec::MODEL, name);
                cx.attr(spec::VENDOR, b"Mitsubishi Electric");
            }
        }
        (0x0131, false) => {
            let user = Line::<64>::of_utf16le(Cursor::new(data).take_up_to(40));
            cx.attr(spec::USER, user.bytes());
        }
        (0x1824..=0x1887, false) => file(cx, data),
        _ => {}
    }
    Some(())
}

/// The path in a file command: UTF-16 that begins with `$`, its length in bytes before it.
fn file(cx: &mut Cx<'_>, data: &[u8]) {
    let starts = |window: &[u8]| matches!(window, [length, 0, b'$', 0] if *length >= 4);
    let Some(start) = data.windows(4).position(starts) else { return };
    let mut at = Cursor::new(data);
    let Some(length) = at.skip(start).and_then(|()| at.le16()) else { return };
    let path = Line::<96>::of_utf16le(at.take_up_to(usize::from(length)));
    let target = Target { area: spec::FILE, index: 0, count: 1, extra: 0, name: path.bytes() };
    cx.item(target, Value::None);
}
