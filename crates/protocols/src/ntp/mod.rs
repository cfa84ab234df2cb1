//! NTP: who sets its clock by whom. Its control messages also read and change a server's settings.

mod spec;

use crate::common::address;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Proof, Role, Spec, Status, Value};

/// Bytes of a time message without extensions. RFC 5905 §7.3.
const TIME_LEN: usize = 48;
/// Bytes of a control message's header. RFC 9327 §2.
const CONTROL_LEN: usize = 12;
/// Bytes of a private message's header.
const PRIVATE_LEN: usize = 8;

/// The NTP dissector.
#[derive(Debug)]
pub struct Ntp;

impl Dissector for Ntp {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(_hint: &Hint<'_>, head: &[u8]) -> Probe {
        let Some(first) = head.first() else { return Probe::No };
        let enough = match first & 7 {
            6 => CONTROL_LEN,
            7 => PRIVATE_LEN,
            _ => TIME_LEN,
        };
        // Versions 1 to 4 are in use.
        let known = matches!(first >> 3 & 7, 1..=4);
        if known && head.len() >= enough { Probe::Sure } else { Probe::No }
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let said = match bytes.first().map(|first| first & 7) {
            Some(6) => control(cx, bytes),
            Some(7) => private(cx, bytes),
            Some(mode) => time(cx, bytes, mode),
            None => None,
        };
        if said.is_some() {
            return Step::Took { bytes: bytes.len() };
        }
        if !cx.cut() {
            cx.fault(spec::BAD_LENGTH, bytes);
        }
        Step::Resync { took: bytes.len() }
    }
}

/// The version in a message's first byte.
fn version(bytes: &[u8]) -> u64 {
    bytes.first().map_or(0, |first| u64::from(first >> 3 & 7))
}

/// A time message. RFC 5905 §7.3.
fn time(cx: &mut Cx<'_>, bytes: &[u8], mode: u8) -> Option<()> {
    let mut at = Cursor::new(bytes);
    let &[_, stratum, poll, _] = at.chunk()?;
    at.skip(8)?; // root delay and dispersion
    let reference: &[u8; 4] = at.chunk()?;
    at.skip(8)?; // when the clock was last set
    let (origin, _received, sent) = (at.be64()?, at.be64()?, at.be64()?);
    let role = match mode {
        // A version 1 client has mode 0. RFC 1305 Appendix B tells by the port.
        0 if cx.from_client() == Some(false) => Role::Response,
        0 | 1 | 3 => Role::Request,
        2 | 4 => Role::Response,
        _ => Role::Event,
    };
    let mut op = Op::new(u32::from(mode), role, bytes);
    let id = u64::from(u32::from_be_bytes(*reference));
    op.args = Some([version(bytes), u64::from(stratum), u64::from(poll), id]);
    // The answer gives back the time at which the question was sent. RFC 5905 §8.
    op.tx = match role {
        Role::Request if sent != 0 => Some(sent),
        Role::Response => Some(origin),
        _ => None,
    };
    if mode == 0 {
        op.proof = Proof::Context;
    }
    cx.op(&op);
    if matches!(mode, 4 | 5) {
        cx.attr(spec::ROLE, b"time-server");
        say_reference(cx, stratum, reference);
    }
    Some(())
}

/// From stratum 2 on, the reference is the IPv4 address of the server's own server; below, four
/// letters for the kind of clock. RFC 5905 §7.3. Over IPv6 it is a hash.
fn say_reference(cx: &mut Cx<'_>, stratum: u8, reference: &[u8; 4]) {
    if (2..=15).contains(&stratum) && cx.headers().ip_version == 4 {
        cx.item(address::target(spec::REFERENCE, reference), Value::None);
    }
}

/// A control message. RFC 9327 §2.
fn control(cx: &mut Cx<'_>, bytes: &[u8]) -> Option<()> {
    let mut at = Cursor::new(bytes);
    let &[_, flags] = at.chunk()?;
    let (sequence, status) = (at.be16()?, at.be16()?);
    let (association, _offset, count) = (at.be16()?, at.be16()?, at.be16()?);
    let data = at.take_up_to(usize::from(count));
    let answers = flags & 0x80 != 0;
    let opcode = flags & 0x1f;
    let mut op = Op::new(6, if answers { Role::Response } else { Role::Request }, bytes);
    op.sub = Some(u16::from(opcode));
    op.args = Some([version(bytes), u64::from(sequence), u64::from(association), 0]);
    op.tx = Some(u64::from(sequence));
    if answers {
        let failed = flags & 0x40 != 0;
        op.status = if failed { Status::Error(u32::from(status >> 8)) } else { Status::Ok };
    }
    op.value = if data.is_empty() { Value::None } else { Value::Text(data) };
    cx.op(&op);
    if data.len() < usize::from(count) && !cx.cut() {
        cx.fault(spec::BAD_CONTROL, bytes);
    }
    // System variables are those of association 0.
    if answers && opcode == 2 && association == 0 {
        variables(cx, data);
    }
    Some(())
}

/// `name=value` pairs with commas between them; texts stand in quotes.
fn variables(cx: &mut Cx<'_>, data: &[u8]) {
    let mut quoted = false;
    let pairs = data.split(|byte| {
        quoted ^= *byte == b'"';
        *byte == b',' && !quoted
    });
    for pair in pairs {
        let pair = pair.trim_ascii();
        let mut halves = pair.splitn(2, |byte| *byte == b'=');
        let (Some(name), Some(value)) = (halves.next(), halves.next()) else { continue };
        let value = value.strip_prefix(b"\"").unwrap_or(value);
        let value = value.strip_suffix(b"\"").unwrap_or(value);
        match name {
            b"version" => cx.attr(spec::SOFTWARE, value),
            b"system" => cx.attr(spec::SYSTEM, value),
            b"processor" => cx.attr(spec::PROCESSOR, value),
            _ => {}
        }
    }
}

/// A message of the reference implementation's own: flags, sequence, implementation, request.
fn private(cx: &mut Cx<'_>, bytes: &[u8]) -> Option<()> {
    let mut at = Cursor::new(bytes);
    let &[first, sequence, implementation, request] = at.chunk()?;
    let error = at.be16()? >> 12;
    let answers = first & 0x80 != 0;
    let mut op = Op::new(7, if answers { Role::Response } else { Role::Request }, bytes);
    op.sub = Some(u16::from(request));
    let sequence = u64::from(sequence & 0x7f);
    op.args = Some([version(bytes), sequence, u64::from(implementation), 0]);
    op.tx = Some(sequence << 8 | u64::from(request));
    if answers {
        op.status = if error == 0 { Status::Ok } else { Status::Error(u32::from(error)) };
    }
    cx.op(&op);
    Some(())
}
