//! HiSLIP: how computers speak to measuring instruments: two connections, one for commands and
//! their answers, one for everything that must not wait behind them. The commands are SCPI text.

mod scpi;
mod spec;

use crate::common::pieces;
use crate::common::text::is_text;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Proof, Role, Spec, Status, Target, Value};

/// Bytes of the header. IVI-6.1 rev. 2.0 §2.3.
const HEADER_LEN: usize = 16;
/// Bytes of a message up to which all of it is read.
const WHOLE_MAX: usize = 4_096;
/// Bytes that are read of larger messages: traces and pictures.
const PART_MAX: usize = 512;
/// Commands of one message that are said.
const COMMANDS_MAX: usize = 32;

/// Message types. Table 4.
mod kind {
    pub(super) const INITIALIZE: u8 = 0;
    pub(super) const FATAL_ERROR: u8 = 2;
    pub(super) const ERROR: u8 = 3;
    pub(super) const LOCK: u8 = 4;
    pub(super) const LOCK_RESPONSE: u8 = 5;
    pub(super) const DATA: u8 = 6;
    pub(super) const DATA_END: u8 = 7;
    pub(super) const INTERRUPTED: u8 = 13;
    pub(super) const ASYNC_INTERRUPTED: u8 = 14;
    pub(super) const ASYNC_INITIALIZE_RESPONSE: u8 = 18;
    pub(super) const SERVICE_REQUEST: u8 = 20;
    pub(super) const LAST: u8 = 38;
    pub(super) const VENDOR: u8 = 128;
}

/// The HiSLIP dissector.
#[derive(Debug)]
pub struct Hislip;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow;

/// The header.
#[derive(Clone, Copy, Debug)]
struct Header {
    kind: u8,
    control: u8,
    parameter: u32,
    len: u64,
}

impl Header {
    /// §2.3, table 3.
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        if at.chunk()? != b"HS" {
            return None;
        }
        Some(Self { kind: at.u8()?, control: at.u8()?, parameter: at.be32()?, len: at.be64()? })
    }

    fn is_known(&self) -> bool {
        self.kind <= kind::LAST || self.kind >= kind::VENDOR
    }

    /// Who sends messages of this type, and the type that they answer. Table 4.
    fn answers(&self) -> Option<u8> {
        match self.kind {
            1 | kind::LOCK_RESPONSE | 11 | 16 | 18 | 22 | 25 | 27 | 30 | 33 | 35 => {
                Some(self.kind.wrapping_sub(1))
            }
            9 => Some(8),
            23 => Some(19),
            38 => Some(36),
            _ => None,
        }
    }
}

impl Dissector for Hislip {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        let starts = head.iter().zip(b"HS").all(|(byte, wanted)| byte == wanted);
        if hint.datagram || !starts {
            return Probe::No;
        }
        if head.len() < HEADER_LEN {
            return Probe::Maybe { need: HEADER_LEN };
        }
        match Header::read(head) {
            // Lengths are of 64 bits; nobody sends more than this at once.
            Some(header) if header.is_known() && header.len < 1 << 40 => Probe::Sure,
            _ => Probe::No,
        }
    }

    fn step(_flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        match input.bytes() {
            [] => Step::Took { bytes: 0 },
            bytes => one(cx, bytes).unwrap_or_else(|wait| wait),
        }
    }
}

/// One message; `Err` asks for more bytes.
fn one(cx: &mut Cx<'_>, bytes: &[u8]) -> Result<Step, Step> {
    let head = pieces::first(cx, bytes, HEADER_LEN)?;
    let Some(header) = Header::read(head) else {
        if head.len() == HEADER_LEN {
            cx.fault(spec::BAD_PROLOGUE, head);
            return Ok(Step::NotMine);
        }
        return Ok(Step::Took { bytes: bytes.len() });
    };
    let total = vocab::sat_usize(header.len).saturating_add(HEADER_LEN);
    let want = if total <= WHOLE_MAX { total } else { PART_MAX };
    let message = pieces::first(cx, bytes, want)?;
    let payload = message.get(HEADER_LEN..).unwrap_or(&[]);
    match header.kind {
        kind::DATA | kind::DATA_END => data(cx, &header, message, payload),
        _ => other(cx, &header, message, payload),
    }
    if !header.is_known() {
        cx.fault(spec::BAD_TYPE, head);
    }
    Ok(Step::Took { bytes: total })
}

fn op<'p>(header: &Header, role: Role, message: &'p [u8]) -> Op<'p> {
    let args = [u64::from(header.control), u64::from(header.parameter), header.len, 0];
    let code = u32::from(if header.kind < kind::VENDOR { header.kind } else { kind::VENDOR });
    Op { args: Some(args), ..Op::new(code, role, message) }
}

/// All messages but data.
fn other(cx: &mut Cx<'_>, header: &Header, message: &[u8], payload: &[u8]) {
    let error = |code: u8| Status::Error(u32::from(header.kind) << 8 | u32::from(code));
    let mut op = match (header.answers(), header.kind) {
        (Some(asked), _) => Op {
            tx: Some(u64::from(asked) << 32),
            status: Status::Ok,
            ..op(header, Role::Response, message)
        },
        (None, kind::FATAL_ERROR | kind::ERROR) => Op {
            proof: Proof::Context,
            status: error(header.control),
            ..op(header, Role::Response, message)
        },
        (None, kind::INTERRUPTED | kind::ASYNC_INTERRUPTED | kind::SERVICE_REQUEST) => {
            op(header, Role::Event, message)
        }
        // Exchanges of a login go both ways; so may what vendors add.
        (None, 37 | kind::VENDOR..) => {
            Op { proof: Proof::Context, ..op(header, Role::Event, message) }
        }
        (None, asked) => {
            let waits = !matches!(asked, 12 | 28 | 31);
            let tx = Some(u64::from(asked) << 32).filter(|_| waits);
            Op { tx, ..op(header, Role::Request, message) }
        }
    };
    if header.kind == kind::LOCK_RESPONSE && matches!(header.control, 0 | 3) {
        op.status = error(header.control);
    }
    cx.op(&op);
    let server =
        matches!(header.kind, kind::INTERRUPTED | kind::ASYNC_INTERRUPTED | kind::SERVICE_REQUEST);
    if server {
        cx.settle(false);
    }
    match header.kind {
        // A name of a device, a name of a lock, the text of an error.
        kind::INITIALIZE | kind::LOCK | kind::ERROR | kind::FATAL_ERROR if is_text(payload) => {
            let name = payload;
            cx.item(Target { area: spec::DEVICE, index: 0, count: 0, extra: 0, name }, Value::None);
        }
        kind::ASYNC_INITIALIZE_RESPONSE => {
            // Two letters in the lower half of the parameter. §6.2, table 12.
            let [.., a, b] = header.parameter.to_be_bytes();
            if a.is_ascii_graphic() && b.is_ascii_graphic() {
                cx.attr(spec::VENDOR_ID, &[a, b]);
            }
        }
        _ => {}
    }
}

/// Commands one way, answers the other; the number of the message pairs them. §3.1.
fn data(cx: &mut Cx<'_>, header: &Header, message: &[u8], payload: &[u8]) {
    let tx = 1 << 40 | u64::from(header.parameter);
    if cx.from_client() == Some(false) {
        answer(cx, header, tx, message, payload);
        return;
    }
    let text = payload.trim_ascii_end();
    let readable = is_text(text);
    let sub = if readable { Some(scpi::sub_of(text)) } else { None };
    let asks = readable && text.contains(&b'?');
    cx.op(&Op {
        sub,
        tx: Some(tx).filter(|_| asks),
        proof: Proof::Context,
        ..op(header, Role::Request, message)
    });
    if !readable {
        return;
    }
    cx.note(tx, text);
    for command in scpi::commands(text).take(COMMANDS_MAX) {
        let (name, value) = scpi::parts(command);
        let value = if value.is_empty() { Value::None } else { Value::Text(value) };
        cx.item(Target { area: spec::SCPI, index: 0, count: 0, extra: 0, name }, value);
    }
}

fn answer(cx: &mut Cx<'_>, header: &Header, tx: u64, message: &[u8], payload: &[u8]) {
    let pending = cx.pending(tx);
    let mut asked = [0; 240];
    let len = cx.noted(tx, &mut asked);
    let asked = asked.get(..len).unwrap_or(&[]);
    // An answer in several messages ends with the last one.
    let ends = header.kind == kind::DATA_END;
    cx.op(&Op {
        sub: pending.and_then(|pending| pending.sub),
        tx: Some(tx).filter(|_| ends),
        proof: Proof::Context,
        status: Status::Ok,
        ..op(header, Role::Response, message)
    });
    let text = payload.trim_ascii_end();
    let value = if is_text(text) { Value::Text(text) } else { Value::Bytes(payload) };
    cx.item(Target { area: spec::SCPI, index: 0, count: 0, extra: 0, name: asked }, value);
    if is_text(text) && !cx.cut() {
        scpi::identity(cx, asked, text);
    }
}
