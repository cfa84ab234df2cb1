//! MySQL and MariaDB: the server greets with its version, the client logs in, commands follow.
//! Statements and rows pass by.

mod spec;

use crate::common::pieces;
use crate::common::text::until_nul;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Role, Spec, Status, Target, Value};

/// A packet's header: length and number. Protocol::Packet.
const HEADER: usize = 4;
/// Bytes of a packet that are read.
const PACKET_MAX: usize = 1_024;
/// Bytes of a version that a probe accepts.
const VERSION_MAX: usize = 80;
/// CLIENT_CONNECT_WITH_DB, CLIENT_PROTOCOL_41, CLIENT_SSL, CLIENT_SECURE_CONNECTION,
/// CLIENT_PLUGIN_AUTH_LENENC_CLIENT_DATA. Capabilities Flags.
const WITH_DATABASE: u32 = 0x8;
const PROTOCOL_41: u32 = 0x200;
const TLS: u32 = 0x800;
const SECURE: u32 = 0x8000;
const LONG_PROOF: u32 = 0x20_0000;

/// The MySQL dissector.
#[derive(Debug)]
pub struct Mysql;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// The server greeted and the client has not logged in.
    is_greeted: bool,
}

impl Dissector for Mysql {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    /// A greeting anywhere; on its own port a login or a command too.
    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        let mut at = Cursor::new(head);
        let (Some(length), Some(number)) = (at.le24(), at.u8()) else {
            return Probe::Maybe { need: HEADER.saturating_add(1) };
        };
        let Some(first) = at.peek() else {
            let may = length > 0 && number <= 1;
            return if may { Probe::Maybe { need: 5 } } else { Probe::No };
        };
        match (number, first) {
            (0, 10) => probe_greeting(length, at.rest().get(1..).unwrap_or(&[])),
            (0, 1..=0x1f) if hint.bound && length > 0 => probe_command(first, length, at.rest()),
            (1, _) if hint.bound && (32..=1_024).contains(&length) => probe_login(at.rest()),
            // An answer: done, refused, or how many columns follow.
            (1, 0) if hint.bound && (7..=64).contains(&length) => Probe::Sure,
            (1, 0xff) if hint.bound && (9..=512).contains(&length) => Probe::Sure,
            (1, 1..) if hint.bound && length == 1 => Probe::Sure,
            _ => Probe::No,
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        if bytes.is_empty() {
            return Step::Took { bytes: 0 };
        }
        one(flow, cx, bytes).unwrap_or_else(|wait| wait)
    }
}

/// Commands that have nothing behind them, and those whose text shows. Protocol::COM_QUERY and
/// others.
fn probe_command(command: u8, length: u32, rest: &[u8]) -> Probe {
    let text = match rest.get(1) {
        None if length > 1 => return Probe::Maybe { need: 6 },
        None => false,
        Some(first) => matches!(first, b' '..=b'~' | b'\t' | b'\r' | b'\n'),
    };
    let fits = match command {
        // Quit, statistics, processes, debug, ping, reset.
        1 | 9 | 10 | 13 | 14 | 31 => length == 1,
        // A database, a statement, fields, to prepare.
        2..=6 | 22 => text && length <= 0x0f_ffff,
        12 | 25 | 26 => length == 5,
        23 => (10..=0x0f_ffff).contains(&length),
        28 => length == 9,
        _ => (1..=1_024).contains(&length),
    };
    if fits { Probe::Sure } else { Probe::No }
}

/// Capabilities, the largest packet, the character set, and the filler. Protocol::HandshakeResponse41.
fn probe_login(rest: &[u8]) -> Probe {
    match rest.get(9..28) {
        None => Probe::Maybe { need: HEADER.saturating_add(28) },
        Some(filler) if filler.iter().all(|b| *b == 0) => Probe::Sure,
        Some(_) => Probe::No,
    }
}

/// A version as text, a NUL, and the filler that follows thread and salt. Protocol::HandshakeV10.
fn probe_greeting(length: u32, rest: &[u8]) -> Probe {
    let window = rest.get(..VERSION_MAX).unwrap_or(rest);
    let end = window.iter().position(|b| *b == 0);
    let version = window.get(..end.unwrap_or(window.len())).unwrap_or(window);
    let plain = version.iter().all(u8::is_ascii_graphic);
    let digit = version.first().is_none_or(u8::is_ascii_digit);
    if !plain || !digit || !(20..=512).contains(&length) {
        return Probe::No;
    }
    // Thread number (4 bytes) and salt (8) come before the filler.
    match end.filter(|end| *end > 0).map(|end| end.saturating_add(13)) {
        Some(filler) => match rest.get(filler) {
            Some(0) => Probe::Sure,
            Some(_) => Probe::No,
            None => Probe::Maybe { need: filler.saturating_add(HEADER + 2) },
        },
        None if end.is_none() && window.len() < VERSION_MAX => {
            Probe::Maybe { need: rest.len().saturating_add(HEADER + 2) }
        }
        None => Probe::No,
    }
}

/// One packet. `Err` asks for more bytes.
fn one(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Result<Step, Step> {
    let head = pieces::first(cx, bytes, HEADER)?;
    let mut at = Cursor::new(head);
    let (Some(length), Some(number)) = (at.le24(), at.u8()) else {
        return Ok(Step::Took { bytes: bytes.len() });
    };
    let total = vocab::sat_usize(u64::from(length)).saturating_add(HEADER);
    let whole = pieces::first(cx, bytes, total.min(PACKET_MAX))?;
    let body = whole.get(HEADER..).unwrap_or(&[]);
    let from_client = cx.from_client().unwrap_or(number == 0 && body.first() != Some(&10));
    match (from_client, number, body.first()) {
        (_, _, None) => {}
        (false, 0, Some(10)) => greeting(flow, cx, whole, body),
        (false, ..) => answer(cx, whole, body),
        (true, 1.., _) if flow.is_greeted => {
            flow.is_greeted = false;
            if login(cx, whole, body) {
                return Ok(Step::NotMine);
            }
        }
        (true, 0, Some(command)) => {
            // A statement may hold anything: the header is evidence.
            let tx = if matches!(command, 0x01 | 0x18 | 0x19) { None } else { Some(0) };
            cx.op(&Op { tx, ..Op::new(u32::from(*command), Role::Request, head) });
        }
        _ => {}
    }
    Ok(Step::Took { bytes: total })
}

/// Protocol::HandshakeV10.
fn greeting(flow: &mut Flow, cx: &mut Cx<'_>, whole: &[u8], body: &[u8]) {
    flow.is_greeted = true;
    cx.op(&Op::new(spec::GREETING, Role::Event, whole));
    let version = until_nul(body.get(1..).unwrap_or(&[]));
    if version.len().saturating_add(1) >= body.len() && !cx.cut() {
        cx.fault(spec::BAD_GREETING, whole);
    }
    cx.attr(spec::VERSION, version);
}

/// A login, or the request to encrypt first: then true. Proofs are not kept.
/// Protocol::HandshakeResponse41, Protocol::SSLRequest.
fn login(cx: &mut Cx<'_>, whole: &[u8], body: &[u8]) -> bool {
    let mut at = Cursor::new(body);
    let flags = at.le32().unwrap_or(0);
    let encrypts = flags & TLS != 0 && body.len() == 32;
    let code = if encrypts { spec::START_TLS } else { spec::LOGIN };
    let pdu = whole.get(..HEADER).unwrap_or(&[]);
    let mut op = Op::new(code, Role::Request, pdu);
    op.tx = if encrypts { None } else { Some(0) };
    op.args = Some([u64::from(flags), 0, 0, 0]);
    cx.op(&op);
    if !encrypts && flags & PROTOCOL_41 != 0 {
        names(cx, flags, at);
    }
    encrypts
}

/// User and database, with the proof between them passed over.
fn names(cx: &mut Cx<'_>, flags: u32, mut at: Cursor<'_>) -> Option<()> {
    // Largest packet, character set, filler.
    at.skip(28)?;
    let user = until_nul(at.rest());
    at.skip(user.len().saturating_add(1))?;
    cx.attr(spec::USER, user);
    let proof = if flags & (SECURE | LONG_PROOF) != 0 {
        usize::from(at.u8()?)
    } else {
        until_nul(at.rest()).len().saturating_add(1)
    };
    at.skip(proof)?;
    let name = until_nul(at.rest());
    if flags & WITH_DATABASE != 0 && !name.is_empty() {
        let target = Target { area: spec::DATABASE, index: 0, count: 0, extra: 0, name };
        cx.item(target, Value::None);
    }
    Some(())
}

/// The first packet of an answer; rows that follow say nothing. Generic Response Packets.
fn answer(cx: &mut Cx<'_>, whole: &[u8], body: &[u8]) {
    let Some(asked) = cx.pending(0) else { return };
    let is_login = asked.code == spec::LOGIN;
    let mut op = Op { tx: Some(0), ..Op::new(asked.code, Role::Response, whole) };
    op.status = match *body {
        [0xff, low, high, ..] => Status::Error(u32::from(u16::from_le_bytes([low, high]))),
        // A login goes on: another method, or more of this one.
        [0x01 | 0xfe, ..] if is_login => return,
        _ => Status::Ok,
    };
    op.pdu = whole.get(..HEADER.saturating_add(9)).unwrap_or(whole);
    cx.op(&op);
}
