//! TLS: the handshake in clear tells who the server is, what the client wants, and how strong the
//! connection is; what follows is encrypted and passes by.

mod handshake;
mod record;
mod spec;

use crate::common::pieces;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use record::{ALERT, APPLICATION_DATA, CHANGE_CIPHER_SPEC, HANDSHAKE, HEADER, Hello2, Record};
use vocab::{Op, Proof, Role, Spec, Status, sat_u32, sat_usize};

/// Bytes of a handshake message that are put together at most.
const MESSAGE_MAX: usize = 32_768;
/// A handshake message's header: type and length. RFC 5246 §7.4.
const MESSAGE_HEADER: usize = 4;

/// The TLS dissector.
#[derive(Debug)]
pub struct Tls;

/// One direction.
#[derive(Clone, Copy, Debug, Default)]
struct Half {
    /// What follows is encrypted.
    encrypted: bool,
    /// Data was seen.
    data: bool,
    /// Bytes of a handshake message still to come in further records.
    missing: u32,
    /// They are too many to be read.
    too_long: bool,
}

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    halves: [Half; 2],
}

impl Dissector for Tls {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        record::probe(hint, head)
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let Some(half) = flow.halves.get_mut(cx.dir().index()) else { return Step::NotMine };
        let bytes = input.bytes();
        if bytes.is_empty() {
            half.missing = 0;
            cx.drop_stash();
            return Step::Took { bytes: 0 };
        }
        one(half, cx, bytes).unwrap_or_else(|wait| wait)
    }
}

/// One record. `Err` asks for more bytes.
fn one(half: &mut Half, cx: &mut Cx<'_>, bytes: &[u8]) -> Result<Step, Step> {
    if bytes.first().is_some_and(|first| first & 0x80 != 0) {
        return hello2(cx, bytes);
    }
    let head = pieces::first(cx, bytes, HEADER)?;
    let Some(record) = Record::read(head) else { return Ok(Step::Took { bytes: bytes.len() }) };
    if !record.is_plausible() {
        cx.fault(spec::BAD_RECORD, head);
        return Ok(Step::NotMine);
    }
    let code = spec::RECORD.saturating_add(u32::from(record.kind));
    match record.kind {
        APPLICATION_DATA => {
            if !core::mem::replace(&mut half.data, true) {
                event(cx, code, head, None);
            }
        }
        CHANGE_CIPHER_SPEC => {
            half.encrypted = true;
            event(cx, code, head, None);
        }
        ALERT => {
            let whole = pieces::first(cx, bytes, record.total().min(HEADER.saturating_add(3)))?;
            alert(half, cx, &record, whole);
        }
        HANDSHAKE => {
            let start = record.total().min(HEADER.saturating_add(MESSAGE_HEADER));
            let head = pieces::first(cx, bytes, start)?;
            if half.encrypted && !is_hello(&record, head) {
                event(cx, code, head, None);
            } else {
                let whole = pieces::first(cx, bytes, record.total())?;
                fragment(half, cx, whole.get(HEADER..).unwrap_or(&[]));
            }
        }
        _ => {
            let whole = pieces::first(cx, bytes, record.total().min(HEADER.saturating_add(3)))?;
            heartbeat(half, cx, &record, whole);
        }
    }
    Ok(Step::Took { bytes: record.total() })
}

/// Something that neither asks nor answers.
fn event(cx: &mut Cx<'_>, code: u32, pdu: &[u8], args: Option<[u64; 4]>) {
    cx.op(&Op { args, proof: Proof::Context, ..Op::new(code, Role::Event, pdu) });
}

/// A hello fills its record: in version 1.3 a second one may follow what looks like the change to
/// encryption. RFC 8446 §D.4.
fn is_hello(record: &Record, head: &[u8]) -> bool {
    let mut at = Cursor::new(head.get(HEADER..).unwrap_or(&[]));
    let (kind, length) = (at.u8(), at.be24());
    let length = length.map(|length| sat_usize(u64::from(length)).saturating_add(MESSAGE_HEADER));
    matches!(kind, Some(1 | 2)) && length == Some(record.length)
}

/// A client's hello in the form of version 2. RFC 5246 §E.2.
fn hello2(cx: &mut Cx<'_>, bytes: &[u8]) -> Result<Step, Step> {
    let head = pieces::first(cx, bytes, Hello2::HEAD)?;
    let Some(hello) = Hello2::read(head) else {
        cx.fault(spec::BAD_RECORD, head);
        return Ok(Step::NotMine);
    };
    let args = Some([u64::from(hello.version), u64::from(hello.suites), 0, 0]);
    cx.op(&Op { tx: Some(0), args, ..Op::new(1, Role::Request, head) });
    Ok(Step::Took { bytes: hello.total })
}

/// RFC 5246 §7.2. Encrypted ones are longer than two bytes.
fn alert(half: &Half, cx: &mut Cx<'_>, record: &Record, whole: &[u8]) {
    let code = spec::RECORD.saturating_add(u32::from(ALERT));
    let mut op = Op { proof: Proof::Context, ..Op::new(code, Role::Event, whole) };
    if let (&[.., level, description], 2, false) = (whole, record.length, half.encrypted) {
        op.args = Some([u64::from(level), u64::from(description), 0, 0]);
        // Closing, and giving up by the user's wish, are no failures.
        if level == 2 {
            op.status = Status::Error(u32::from(description));
        }
    }
    cx.op(&op);
}

/// A request that claims more payload than it has, to be given what is not its own. RFC 6520 §4.
fn heartbeat(half: &Half, cx: &mut Cx<'_>, record: &Record, whole: &[u8]) {
    let code = spec::RECORD.saturating_add(u32::from(record.kind));
    event(cx, code, whole, None);
    if let (false, &[.., 1, high, low]) = (half.encrypted, whole) {
        let claimed = usize::from(u16::from_be_bytes([high, low])).saturating_add(3);
        if claimed > record.length {
            cx.fault(spec::OVERREAD, whole);
        }
    }
}

/// The content of a handshake record: messages, or a piece of one.
fn fragment(half: &mut Half, cx: &mut Cx<'_>, content: &[u8]) {
    if half.missing == 0 {
        messages(half, cx, content);
        return;
    }
    let fits = sat_usize(u64::from(half.missing)).min(content.len());
    let (piece, rest) = content.split_at_checked(fits).unwrap_or((content, &[]));
    half.missing = half.missing.saturating_sub(sat_u32(fits));
    if !half.too_long && !cx.stash(piece, MESSAGE_MAX) {
        half.too_long = true;
    }
    if half.missing == 0 {
        if !half.too_long {
            // A header in pieces may ask for more.
            cx.with_stash(|cx, message| messages(half, cx, message));
        }
        half.too_long &= half.missing > 0;
        if half.missing == 0 {
            messages(half, cx, rest);
        } else {
            fragment(half, cx, rest);
        }
    }
}

/// Says whole messages; keeps the beginning of one whose end is in the next record.
fn messages(half: &mut Half, cx: &mut Cx<'_>, content: &[u8]) {
    let mut at = Cursor::new(content);
    while !at.is_empty() {
        let start = at.rest();
        let (Some(kind), Some(length)) = (at.u8(), at.be24()) else {
            keep(half, cx, start, MESSAGE_HEADER.saturating_sub(start.len()));
            return;
        };
        let length = sat_usize(u64::from(length));
        let Some(body) = at.take(length) else {
            let missing = length.saturating_sub(at.len());
            if length > MESSAGE_MAX || cx.cut() {
                handshake::say(cx, kind, if cx.cut() { Some(at.rest()) } else { None });
                half.too_long = true;
                half.missing = sat_u32(missing);
            } else {
                keep(half, cx, start, missing);
            }
            return;
        };
        handshake::say(cx, kind, Some(body));
    }
}

fn keep(half: &mut Half, cx: &mut Cx<'_>, start: &[u8], missing: usize) {
    half.too_long = !cx.stash(start, MESSAGE_MAX);
    half.missing = sat_u32(missing);
}
