//! TFTP: how devices without a disk fetch their programs, and how firmware and configurations are
//! loaded into many that have one. There is no login.
//!
//! A request goes to port 69; the transfer runs between two other ports.

mod spec;

use crate::common::lines;
use crate::common::text::is_text;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Proof, Role, Spec, Status, Target, Value};

/// Packet types. RFC 1350 §5, RFC 2347.
mod kind {
    pub(super) const READ: u16 = 1;
    pub(super) const WRITE: u16 = 2;
    pub(super) const DATA: u16 = 3;
    pub(super) const ACK: u16 = 4;
    pub(super) const ERROR: u16 = 5;
    pub(super) const OPTIONS: u16 = 6;
}

/// Bytes of a full block where nothing else was agreed on, with its header. RFC 1350 §2.
const FULL: usize = 516;
/// Options of one packet that are read.
const OPTIONS_MAX: usize = 16;

/// The TFTP dissector.
#[derive(Debug)]
pub struct Tftp;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow;

/// Text up to a NUL.
fn string<'p>(at: &mut Cursor<'p>) -> Option<&'p [u8]> {
    let end = at.rest().iter().position(|byte| *byte == 0)?;
    let text = at.take(end)?;
    at.skip(1)?;
    Some(text)
}

fn is_mode(mode: &[u8]) -> bool {
    [&b"octet"[..], b"netascii", b"mail"].iter().any(|known| mode.eq_ignore_ascii_case(known))
}

/// Options that anybody knows. RFC 2348, RFC 2349, RFC 7440.
fn is_option(name: &[u8]) -> bool {
    [&b"blksize"[..], b"tsize", b"timeout", b"windowsize"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

/// A request, options or an error hold enough text to be sure on any port; of blocks only the
/// first of a transfer that fills its size does.
fn is_certain(bytes: &[u8]) -> Option<bool> {
    let mut at = Cursor::new(bytes);
    Some(match at.be16()? {
        kind::READ | kind::WRITE => is_text(string(&mut at)?) && is_mode(string(&mut at)?),
        kind::DATA => at.be16()? == 1 && bytes.len() == FULL,
        kind::ERROR => {
            let code = at.be16()?;
            let text = string(&mut at)?;
            code <= 8 && text.len() >= 4 && is_text(text) && at.is_empty()
        }
        kind::OPTIONS => is_option(string(&mut at)?) && lines::decimal(string(&mut at)?).is_some(),
        _ => false,
    })
}

impl Dissector for Tftp {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        let plain = matches!(*head, [0, 3, _, _, ..] | [0, 4, _, _]);
        let sure = is_certain(head).unwrap_or(false) || (hint.bound && plain);
        if hint.datagram && sure { Probe::Sure } else { Probe::No }
    }

    fn step(_flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        if !bytes.is_empty() && say(cx, bytes).is_none() && !cx.cut() {
            cx.fault(spec::BAD_PACKET, bytes);
        }
        Step::Took { bytes: bytes.len() }
    }
}

/// Says a packet; `None` where it does not hold together.
fn say(cx: &mut Cx<'_>, bytes: &[u8]) -> Option<()> {
    let mut at = Cursor::new(bytes);
    let kind = at.be16()?;
    let code = u32::from(kind);
    let event = Op { proof: Proof::Context, ..Op::new(code, Role::Event, bytes) };
    match kind {
        kind::READ | kind::WRITE => {
            cx.op(&Op::new(code, Role::Request, bytes));
            let name = string(&mut at)?;
            let mode = string(&mut at)?;
            let target = Target { area: spec::FILE, index: 0, count: 0, extra: 0, name };
            cx.item(target, Value::Text(mode));
            options(cx, &mut at)
        }
        kind::DATA => {
            let block = at.be16()?;
            let len = u64::from(vocab::sat_u32(at.len()));
            cx.op(&Op { args: Some([u64::from(block), len, 0, 0]), ..event });
            Some(())
        }
        kind::ACK => {
            let block = at.be16()?;
            cx.op(&Op { args: Some([u64::from(block), 0, 0, 0]), ..event });
            Some(())
        }
        kind::ERROR => {
            let error = at.be16()?;
            let text = string(&mut at).unwrap_or(at.rest());
            cx.op(&Op {
                args: Some([u64::from(error), 0, 0, 0]),
                status: Status::Error(u32::from(error)),
                value: if text.is_empty() { Value::None } else { Value::Text(text) },
                ..event
            });
            Some(())
        }
        kind::OPTIONS => {
            // Only a server agrees to options. RFC 2347.
            cx.op(&Op { status: Status::Ok, ..Op::new(code, Role::Response, bytes) });
            options(cx, &mut at)
        }
        _ => {
            cx.op(&event);
            None
        }
    }
}

/// Names and values in turn. RFC 2347.
fn options(cx: &mut Cx<'_>, at: &mut Cursor<'_>) -> Option<()> {
    for _ in 0..OPTIONS_MAX {
        if at.is_empty() {
            break;
        }
        let name = string(at)?;
        let value = string(at)?;
        let target = Target { area: spec::OPTION, index: 0, count: 0, extra: 0, name };
        cx.item(target, Value::Text(value));
    }
    Some(())
}
