//! PostgreSQL: who logs in to which database of which server. Statements and rows pass by.

mod spec;

use crate::common::pieces;
use crate::common::text::until_nul;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Role, Spec, Status, Target, Value};

/// A message's type and length. PostgreSQL §55.1.
const HEADER: usize = 5;
/// Bytes of a message that are read.
const MESSAGE_MAX: usize = 1_024;
/// Largest message that is taken for one.
const LENGTH_MAX: u32 = 0x3fff_ffff;
/// Codes where a version would be. PostgreSQL §55.7.
const VERSION_3: u32 = 0x0003_0000;
const CANCEL: u32 = 80_877_102;
const TLS: u32 = 80_877_103;
const GSS: u32 = 80_877_104;

/// The PostgreSQL dissector.
#[derive(Debug)]
pub struct Postgresql;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// The client asked for encryption: one byte answers.
    is_asked: bool,
}

impl Dissector for Postgresql {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    /// A start with its version, or a request to encrypt; on its own port any message.
    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        if head.first().is_some_and(|first| *first != 0) {
            return if hint.bound { probe_typed(head) } else { Probe::No };
        }
        let mut at = Cursor::new(head);
        match (at.be32(), at.be32()) {
            (Some(8), Some(TLS | GSS)) | (Some(16), Some(CANCEL)) => Probe::Sure,
            (Some(9..=10_000), Some(VERSION_3)) => match at.peek() {
                // The first parameter's name.
                Some(b'a'..=b'z' | b'_') => Probe::Sure,
                Some(_) => Probe::No,
                None => Probe::Maybe { need: 9 },
            },
            (None | Some(8..=10_000), None) if head.len() < 8 => Probe::Maybe { need: 8 },
            _ => Probe::No,
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let step = match bytes.first() {
            None => Ok(Step::Took { bytes: 0 }),
            Some(0) => start(flow, cx, bytes),
            Some(b'S' | b'N' | b'G') if flow.is_asked && cx.from_client() != Some(true) => {
                flow.is_asked = false;
                Ok(encryption(cx, bytes))
            }
            Some(_) => typed(cx, bytes),
        };
        step.unwrap_or_else(|wait| wait)
    }
}

fn probe_typed(head: &[u8]) -> Probe {
    let known = b"BCDEFGHIKNPQRSTVWXZcdfnpst123";
    let mut at = Cursor::new(head);
    match (at.u8(), at.be32()) {
        (Some(kind), _) if !known.contains(&kind) => Probe::No,
        (_, Some(4..=0x00ff_ffff)) => Probe::Sure,
        (_, Some(_)) => Probe::No,
        (_, None) => Probe::Maybe { need: HEADER },
    }
}

/// A message without a type: length and code. `Err` asks for more bytes.
fn start(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Result<Step, Step> {
    let head = pieces::first(cx, bytes, 8)?;
    let mut at = Cursor::new(head);
    let (Some(length), Some(code)) = (at.be32(), at.be32()) else {
        return Ok(Step::Took { bytes: bytes.len() });
    };
    if !(8..=10_000).contains(&length) {
        cx.fault(spec::BAD_LENGTH, head);
        return Ok(Step::NotMine);
    }
    let total = vocab::sat_usize(u64::from(length));
    let whole = pieces::first(cx, bytes, total.min(MESSAGE_MAX))?;
    let code = match code {
        TLS => spec::TLS_REQUEST,
        GSS => spec::GSS_REQUEST,
        CANCEL => spec::CANCEL,
        _ => spec::STARTUP,
    };
    flow.is_asked = matches!(code, spec::TLS_REQUEST | spec::GSS_REQUEST);
    // A cancellation holds a secret key, and nobody answers it.
    let tx = if code == spec::CANCEL { None } else { Some(0) };
    cx.op(&Op { tx, ..Op::new(code, Role::Request, head) });
    if code == spec::STARTUP {
        parameters(cx, whole.get(8..).unwrap_or(&[]));
    }
    Ok(Step::Took { bytes: total })
}

/// Names and values in turn, each ended by a NUL. PostgreSQL §55.7 StartupMessage.
fn parameters(cx: &mut Cx<'_>, bytes: &[u8]) {
    let mut texts = bytes.split(|b| *b == 0);
    while let (Some(name @ [_, ..]), Some(value)) = (texts.next(), texts.next()) {
        match name {
            b"user" => cx.attr(spec::USER, value),
            b"application_name" => cx.attr(spec::APPLICATION, value),
            b"database" => {
                let target =
                    Target { area: spec::DATABASE, index: 0, count: 0, extra: 0, name: value };
                cx.item(target, Value::None);
            }
            _ => {}
        }
    }
}

/// One byte: yes, and something else follows; or no. PostgreSQL §55.2.10.
fn encryption(cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    let answer = bytes.get(..1).unwrap_or(bytes);
    let code = cx.pending(0).map_or(spec::TLS_REQUEST, |asked| asked.code);
    let op = Op::new(code, Role::Response, answer);
    cx.op(&Op { tx: Some(0), status: Status::Ok, ..op });
    if answer == b"N" { Step::Took { bytes: 1 } } else { Step::NotMine }
}

/// A message with a type. `Err` asks for more bytes.
fn typed(cx: &mut Cx<'_>, bytes: &[u8]) -> Result<Step, Step> {
    let head = pieces::first(cx, bytes, HEADER)?;
    let mut at = Cursor::new(head);
    let (Some(kind), Some(length)) = (at.u8(), at.be32()) else {
        return Ok(Step::Took { bytes: bytes.len() });
    };
    if !(4..=LENGTH_MAX).contains(&length) {
        cx.fault(spec::BAD_LENGTH, head);
        return Ok(Step::NotMine);
    }
    let total = vocab::sat_usize(u64::from(length)).saturating_add(1);
    match (cx.from_client(), kind) {
        (Some(true) | None, b'Q' | b'F' | b'p') => {
            // Statements and passwords are not kept.
            let code = u32::from(kind);
            cx.op(&Op { tx: Some(0), ..Op::new(code, Role::Request, head) });
        }
        (Some(true), b'S') => {
            cx.op(&Op { tx: Some(0), ..Op::new(u32::from(kind), Role::Request, head) });
        }
        (Some(true) | None, b'P' | b'X') => {
            cx.op(&Op::new(u32::from(kind), Role::Request, head));
        }
        (Some(false) | None, b'R' | b'S' | b'E' | b'Z') => {
            let whole = pieces::first(cx, bytes, total.min(MESSAGE_MAX))?;
            from_server(cx, kind, whole);
        }
        _ => {}
    }
    Ok(Step::Took { bytes: total })
}

/// What a server says. PostgreSQL §55.7.
fn from_server(cx: &mut Cx<'_>, kind: u8, whole: &[u8]) {
    let body = whole.get(HEADER..).unwrap_or(&[]);
    match kind {
        b'R' => {
            let method = Cursor::new(body).be32().unwrap_or(0);
            let pdu = whole.get(..HEADER.saturating_add(4)).unwrap_or(whole);
            let op = Op::new(u32::from(b'R'), Role::Event, pdu);
            cx.op(&Op { args: Some([u64::from(method), 0, 0, 0]), ..op });
        }
        b'S' => {
            let name = until_nul(body);
            if name == b"server_version" {
                let rest = body.get(name.len().saturating_add(1)..).unwrap_or(&[]);
                cx.attr(spec::VERSION, until_nul(rest));
            }
        }
        b'E' => answer(cx, whole, Status::Error(state(body))),
        _ => answer(cx, whole, Status::Ok),
    }
}

/// Ends what was asked for last.
fn answer(cx: &mut Cx<'_>, whole: &[u8], status: Status) {
    if let Some(asked) = cx.pending(0) {
        let op = Op::new(asked.code, Role::Response, whole);
        cx.op(&Op { tx: Some(0), status, ..op });
    }
}

/// The error's state out of its fields: a letter, then text ended by a NUL. PostgreSQL §55.8.
fn state(body: &[u8]) -> u32 {
    let fields = body.split(|b| *b == 0);
    let mut states = fields.filter_map(|field| field.strip_prefix(b"C"));
    states.find_map(|text| <[u8; 5]>::try_from(text).ok()).map_or(0, spec::state)
}
