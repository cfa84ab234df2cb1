//! DoIP: diagnosis of vehicles and machines over IP. A tester finds them, opens a route to their
//! control units and speaks UDS with those: reads and writes data, resets, loads programs.

mod identity;
mod spec;
mod statuses;
mod uds;
mod wire;

use crate::common::pieces;
use crate::line;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Proof, Role, Spec, Status};
use wire::{HEADER_LEN, Header, kind};

/// Bytes of a message up to which all of it is read.
const WHOLE_MAX: usize = 8_192;
/// Bytes that are read of larger messages.
const PART_MAX: usize = 512;

/// The DoIP dissector.
#[derive(Debug)]
pub struct Doip;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// The logical address of the entity that a route was opened to.
    entity: Option<u16>,
}

impl Dissector for Doip {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        let Some(header) = Header::read(head) else {
            let starts = match *head {
                [version, inverse, ..] => {
                    version ^ inverse == 0xff && matches!(version, 1..=4 | 0xff)
                }
                _ => true,
            };
            return if starts { Probe::Maybe { need: HEADER_LEN } } else { Probe::No };
        };
        let fits = match header.has_length() {
            Some(fits) => fits && (!hint.datagram || header.total() <= head.len()),
            None => hint.bound,
        };
        if header.has_version() && fits { Probe::Sure } else { Probe::No }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        match input {
            Input::Stream(bytes) if !bytes.is_empty() => {
                one(flow, cx, bytes).unwrap_or_else(|wait| wait)
            }
            Input::Datagram(bytes) => {
                let mut rest = bytes;
                while !rest.is_empty() {
                    let Ok(Step::Took { bytes: took }) = one(flow, cx, rest) else { break };
                    rest = rest.get(took..).unwrap_or(&[]);
                }
                Step::Took { bytes: bytes.len() }
            }
            _ => Step::Took { bytes: 0 },
        }
    }
}

/// One message; `Err` asks for more bytes.
fn one(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Result<Step, Step> {
    let head = pieces::first(cx, bytes, HEADER_LEN)?;
    let Some(header) = Header::read(head) else { return Ok(Step::Took { bytes: bytes.len() }) };
    if !header.has_version() {
        cx.fault(spec::BAD_INVERSE, head);
        return Ok(Step::NotMine);
    }
    let total = header.total();
    let want = if total <= WHOLE_MAX { total } else { PART_MAX };
    let message = match bytes.get(..want) {
        Some(message) => message,
        None if !cx.is_tcp() || cx.cut() => bytes,
        None => return Err(Step::Need { took: 0, more: want.saturating_sub(bytes.len()) }),
    };
    let content = message.get(HEADER_LEN..).unwrap_or(&[]);
    say(flow, cx, &header, message, content);
    let short = want == total && message.len() < total;
    if !cx.cut() && (short || header.has_length() == Some(false)) {
        cx.fault(spec::BAD_LENGTH, head);
    }
    Ok(Step::Took { bytes: total })
}

/// What pairs answers with requests of each kind, one at a time.
fn key(kind: u16) -> u64 {
    u64::from(kind) << 32
}

/// Says a message.
fn say(flow: &mut Flow, cx: &mut Cx<'_>, header: &Header, message: &[u8], content: &[u8]) {
    let code = u32::from(header.kind);
    let mut at = Cursor::new(content);
    let request = Op::new(code, Role::Request, message);
    let answer = Op { status: Status::Ok, ..Op::new(code, Role::Response, message) };
    match header.kind {
        kind::NACK => {
            let code = at.u8();
            let args = code.map(|code| [u64::from(code), 0, 0, 0]);
            let status = code.map_or(Status::None, |code| Status::Error(spec::error(0, code)));
            cx.op(&Op { args, status, ..answer });
        }
        kind::IDENTIFY..=kind::IDENTIFY_VIN => {
            cx.op(&Op { tx: Some(key(kind::IDENTIFY)), ..request });
        }
        kind::ANNOUNCE => {
            // Unasked when an entity starts, else an answer. ISO 13400-2:2019 §7.4.
            let tx = Some(key(kind::IDENTIFY)).filter(|tx| cx.pending(*tx).is_some());
            let role = if tx.is_some() { Role::Response } else { Role::Event };
            cx.op(&Op { tx, role, ..answer });
            identity::announcement(cx, content);
        }
        kind::ACTIVATE | kind::ACTIVATED => routing(flow, cx, header.kind, message, content),
        // The entity asks whether the tester is there: the tester stays the client.
        kind::ALIVE_CHECK => cx.op(&Op { proof: Proof::Context, ..request }),
        kind::ALIVE => {
            let args = at.be16().map(|address| [u64::from(address), 0, 0, 0]);
            cx.op(&Op { args, proof: Proof::Context, ..answer });
        }
        kind::STATUS_REQUEST | kind::POWER_REQUEST => {
            cx.op(&Op { tx: Some(key(header.kind)), ..request });
        }
        kind::STATUS => {
            let fields = || Some((at.u8()?, at.u8()?, at.u8()?));
            let args =
                { fields }().map(|(node, max, open)| [node.into(), max.into(), open.into(), 0]);
            cx.op(&Op { tx: Some(key(kind::STATUS_REQUEST)), args, ..answer });
            match content.first() {
                Some(0) => cx.attr(spec::NODE, b"DoIP gateway"),
                Some(1) => cx.attr(spec::NODE, b"DoIP node"),
                _ => {}
            }
        }
        kind::POWER => {
            let args = at.u8().map(|mode| [u64::from(mode), 0, 0, 0]);
            cx.op(&Op { tx: Some(key(kind::POWER_REQUEST)), args, ..answer });
        }
        kind::DIAGNOSTIC => uds::say(flow, cx, message, content),
        kind::ACK | kind::DIAGNOSTIC_NACK => {
            uds::acknowledged(cx, header.kind, message, content);
        }
        _ => cx.op(&Op { proof: Proof::Context, role: Role::Event, ..request }),
    }
}

/// A tester opens a route. ISO 13400-2:2019 §7.5.
fn routing(flow: &mut Flow, cx: &mut Cx<'_>, kind: u16, message: &[u8], content: &[u8]) {
    let mut at = Cursor::new(content);
    let tx = Some(key(kind::ACTIVATE));
    if kind == kind::ACTIVATE {
        let fields = || Some([u64::from(at.be16()?), u64::from(at.u8()?), 0, 0]);
        let args = { fields }();
        cx.op(&Op { tx, args, ..Op::new(u32::from(kind), Role::Request, message) });
        return;
    }
    let fields = || Some((at.be16()?, at.be16()?, at.u8()?));
    let read = { fields }();
    let mut op = Op { tx, ..Op::new(u32::from(kind), Role::Response, message) };
    if let Some((tester, entity, code)) = read {
        op.args = Some([u64::from(tester), u64::from(entity), u64::from(code), 0]);
        let opened = matches!(code, 0x10 | 0x11);
        op.status =
            if opened { Status::Ok } else { Status::Error(spec::error(kind::ACTIVATED, code)) };
        flow.entity = Some(entity);
        cx.op(&op);
        cx.attr(spec::LOGICAL, line!("0x{entity:04x}").bytes());
    } else {
        cx.op(&op);
    }
}
