//! SSH: both sides name their program, offer their algorithms, and exchange keys; from then on
//! everything is encrypted and passes by.

mod spec;

use crate::common::{lines, pieces};
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Proof, Role, Spec, Status, Target, Value};

/// Bytes of an identification line at most, and room for other lines before it.
const LINE_MAX: usize = 1_024;
/// Bytes after which a probe decides.
const PROBE_MAX: usize = 900;
/// Bytes of a packet at most. RFC 4253 §6.1.
const PACKET_MAX: usize = 35_000;
/// Bytes of a packet before its payload with the message number behind them: length, padding's
/// length. RFC 4253 §6.
const HEADER: usize = 6;

/// The SSH dissector.
#[derive(Debug)]
pub struct Ssh;

/// What comes next in one direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Next {
    /// The identification line.
    #[default]
    Line,
    /// A packet in clear.
    Packet,
    /// Nothing that can be read.
    Rest,
}

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    next: [Next; 2],
}

impl Dissector for Ssh {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        match *head {
            [b'S', b'S', b'H', b'-', b'1' | b'2', b'.', ..] => Probe::Sure,
            []
            | [b'S']
            | [b'S', b'S']
            | [b'S', b'S', b'H']
            | [b'S', b'S', b'H', b'-']
            | [b'S', b'S', b'H', b'-', b'1' | b'2'] => Probe::Maybe { need: 6 },
            _ if hint.bound => probe_bound(head),
            _ => Probe::No,
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let Some(next) = flow.next.get_mut(cx.dir().index()) else { return Step::NotMine };
        if let Input::Gap { .. } = input {
            *next = if *next == Next::Line { Next::Line } else { Next::Rest };
        }
        let bytes = input.bytes();
        if bytes.is_empty() {
            return Step::Took { bytes: 0 };
        }
        if bytes.first() == Some(&0) && *next == Next::Line {
            // Joined behind the identification.
            *next = Next::Packet;
        }
        match *next {
            Next::Line => line(next, cx, bytes),
            Next::Packet => packet(next, cx, bytes).unwrap_or_else(|wait| wait),
            Next::Rest => Step::Took { bytes: usize::MAX },
        }
    }
}

/// On its own port: the first packets, or lines of a server before its identification.
fn probe_bound(head: &[u8]) -> Probe {
    match *head {
        // A length below 65,536, the padding's length, a message of the key exchange.
        [0, 0, _, _, 4..=255, 20 | 21 | 30..=34, ..] => return Probe::Sure,
        [0] | [0, 0] | [0, 0, _] | [0, 0, _, _] | [0, 0, _, _, 4..=255] => {
            return Probe::Maybe { need: HEADER };
        }
        _ => {}
    }
    let window = head.get(..PROBE_MAX).unwrap_or(head);
    let mark = b"\nSSH-";
    let before = window.windows(mark.len()).position(|found| found == mark);
    let text = before.and_then(|before| window.get(..before)).unwrap_or(window);
    if text.iter().any(|b| b.is_ascii_control() && !b.is_ascii_whitespace()) {
        Probe::No
    } else if before.is_some() {
        Probe::Sure
    } else if window.len() < PROBE_MAX {
        Probe::Maybe { need: head.len().saturating_add(1) }
    } else {
        Probe::No
    }
}

/// The identification, or a line that a server sends before it. RFC 4253 §4.2.
fn line(next: &mut Next, cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    let Some((line, taken)) = lines::next(bytes, LINE_MAX) else {
        if bytes.len() < LINE_MAX && !cx.cut() {
            return Step::Need { took: 0, more: 1 };
        }
        if !cx.cut() {
            cx.fault(spec::LINE_TOO_LONG, bytes);
        }
        *next = Next::Rest;
        return Step::Took { bytes: usize::MAX };
    };
    if !line.starts_with(b"SSH-") {
        return Step::Took { bytes: taken };
    }
    event(cx, spec::IDENTIFICATION, line);
    cx.attr(spec::BANNER, line);
    // 1.99 speaks version 2 too. RFC 4253 §5.1.
    let is_version2 = line.starts_with(b"SSH-2.") || line.starts_with(b"SSH-1.99-");
    *next = if is_version2 { Next::Packet } else { Next::Rest };
    Step::Took { bytes: taken }
}

fn event(cx: &mut Cx<'_>, code: u32, pdu: &[u8]) {
    cx.op(&Op { proof: Proof::Context, ..Op::new(code, Role::Event, pdu) });
}

/// A packet before keys are in use. `Err` asks for more bytes. RFC 4253 §6.
fn packet(next: &mut Next, cx: &mut Cx<'_>, bytes: &[u8]) -> Result<Step, Step> {
    let head = pieces::first(cx, bytes, HEADER)?;
    let mut at = Cursor::new(head);
    let (Some(length), Some(_padding), Some(kind)) = (at.be32(), at.u8(), at.u8()) else {
        return Ok(Step::Took { bytes: bytes.len() });
    };
    let length = vocab::sat_usize(u64::from(length));
    if !(2..=PACKET_MAX).contains(&length) {
        // Joined after the keys came into use.
        *next = Next::Rest;
        return Ok(Step::Took { bytes: usize::MAX });
    }
    let total = length.saturating_add(4);
    let code = u32::from(kind);
    match kind {
        1 => {
            let whole = pieces::first(cx, bytes, total.min(HEADER.saturating_add(4)))?;
            disconnect(cx, whole);
        }
        20 => {
            let whole = pieces::first(cx, bytes, total)?;
            event(cx, code, whole);
            if algorithms(cx, whole).is_none() && !cx.cut() {
                cx.fault(spec::BAD_KEXINIT, whole);
            }
        }
        21 => {
            event(cx, code, head);
            *next = Next::Rest;
        }
        30 | 32 | 34 => cx.op(&Op { tx: Some(code.into()), ..Op::new(code, Role::Request, head) }),
        31 | 33 => {
            let mut op = Op::new(code, Role::Response, head);
            // A group answers the request for one, else the reply answers the init before it.
            let asked = if kind == 33 { 32 } else { 30 };
            op.tx = if cx.pending(asked).is_some() { Some(asked) } else { Some(34) };
            cx.op(&op);
        }
        _ => event(cx, code, head),
    }
    Ok(Step::Took { bytes: total })
}

/// The connection is given up. Reason 11 is the user's own wish. RFC 4253 §11.1.
fn disconnect(cx: &mut Cx<'_>, whole: &[u8]) {
    let mut op = Op { proof: Proof::Context, ..Op::new(1, Role::Event, whole) };
    if let Some(reason) = Cursor::new(whole.get(HEADER..).unwrap_or(&[])).be32() {
        op.args = Some([u64::from(reason), 0, 0, 0]);
        op.status = if reason == 11 { Status::Ok } else { Status::Error(reason) };
    }
    cx.op(&op);
}

/// Lists of algorithms, best first. RFC 4253 §7.1.
fn algorithms(cx: &mut Cx<'_>, whole: &[u8]) -> Option<()> {
    const LISTS: [&str; 8] = [
        "key_exchange",
        "host_key",
        "encryption_to_server",
        "encryption_to_client",
        "mac_to_server",
        "mac_to_client",
        "compression_to_server",
        "compression_to_client",
    ];
    let mut at = Cursor::new(whole.get(HEADER..)?);
    // The cookie.
    at.skip(16)?;
    for list in LISTS {
        let len = at.be32()?;
        let names = at.take(vocab::sat_usize(u64::from(len)))?;
        let name = list.as_bytes();
        let target = Target { area: spec::ALGORITHMS, index: 0, count: 0, extra: 0, name };
        cx.item(target, Value::Text(names));
    }
    Some(())
}
