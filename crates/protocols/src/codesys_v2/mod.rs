//! CODESYS 2: the older run-time of 3S, in controllers of WAGO and others; TCP 1200 and 2455.
//!
//! Messages begin with `bbbb` and a short header, or with `cccc` and a long one; `6666` keeps the
//! connection alive. Publicly known are the log-in, the transfer of files and the shell.

mod spec;

use crate::common::text::{is_text, until_nul};
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Area, Op, Proof, Role, Spec, Target, Value};

/// The CODESYS 2 dissector.
#[derive(Debug)]
pub struct Codesysv2;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// Bytes that are no message were passed over, and it was said.
    lost: [bool; 2],
}

/// Longest message.
const LENGTH_MAX: u16 = 8_192;
/// The first request of a tool, in the two byte orders that it tries.
const FIRST: [[u8; 7]; 2] = [[0xbb, 0xbb, 1, 0, 0, 0, 1], [0xbb, 0xbb, 1, 0, 0, 1, 1]];

/// Bytes of the header, by the first byte, which comes twice.
fn header(bytes: &[u8]) -> Option<usize> {
    match *bytes {
        [0xbb, 0xbb, ..] | [0xbb] => Some(6),
        [0xcc, 0xcc, ..] | [0xcc | 0x66] | [0x66, 0x66, ..] => Some(24),
        _ => None,
    }
}

/// Bytes of the message at the start: the length behind the header has its low byte first, unless
/// that is too long.
fn total(bytes: &[u8]) -> Option<usize> {
    let header = header(bytes)?;
    let mut at = Cursor::new(bytes);
    at.skip(if header == 6 { 2 } else { 4 })?;
    let pair = *at.chunk()?;
    let (little, big) = (u16::from_le_bytes(pair), u16::from_be_bytes(pair));
    let length = if little <= LENGTH_MAX { little } else { big };
    (length <= LENGTH_MAX).then(|| usize::from(length).saturating_add(header))
}

impl Dissector for Codesysv2 {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    /// The first request proves it anywhere; on its ports the magic and a length are enough.
    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        if hint.datagram || !head.is_empty() && header(head).is_none() {
            return Probe::No;
        }
        if head.len() < 7 {
            return Probe::Maybe { need: 7 };
        }
        let first = head.get(..7).is_some_and(|bytes| FIRST.iter().any(|first| first == bytes));
        // The long header has a version behind its magic.
        let long = matches!(head, [0xbb, ..]) || head.get(2..4) == Some(&[1, 0]);
        let fits = hint.bound && long && total(head).is_some();
        if first || fits { Probe::Sure } else { Probe::No }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        if bytes.is_empty() {
            return Step::Took { bytes: 0 };
        }
        let side = cx.dir().index();
        let Some(total) = total(bytes) else {
            if bytes.len() < 6 && header(bytes).is_some() && !cx.cut() {
                return Step::Need { took: 0, more: 6usize.saturating_sub(bytes.len()) };
            }
            if let Some(lost) = flow.lost.get_mut(side).filter(|lost| !**lost)
                && !cx.cut()
            {
                *lost = true;
                cx.fault(spec::BAD_HEADER, bytes.get(..6).unwrap_or(bytes));
            }
            return Step::Resync { took: bytes.len() };
        };
        let whole = match bytes.get(..total) {
            Some(whole) => whole,
            None if cx.cut() => bytes,
            None => return Step::Need { took: 0, more: total.saturating_sub(bytes.len()) },
        };
        if let Some(lost) = flow.lost.get_mut(side) {
            *lost = false;
        }
        say(cx, whole);
        Step::Took { bytes: total }
    }
}

/// Says a message: the service follows the header. An answer is known as one by its direction.
fn say(cx: &mut Cx<'_>, whole: &[u8]) {
    let data = whole.get(header(whole).unwrap_or(0)..).unwrap_or(&[]);
    let alive = whole.first() == Some(&0x66);
    let asks = cx.from_client().unwrap_or(data.len() < 64);
    let service = match data.first() {
        _ if alive => spec::ALIVE,
        Some(service) => u32::from(*service),
        None => 0,
    };
    let asked = cx.pending(0);
    let (code, sub, role) = if asks {
        (service, kind(data), Role::Request)
    } else {
        let code = asked.map_or(if alive { spec::ALIVE } else { 0 }, |asked| asked.code);
        (code, asked.and_then(|asked| asked.sub), Role::Response)
    };
    // Blocks say whether more follow: written ones behind the service, read ones a byte later.
    let more = match (code, role, data) {
        (0x30, Role::Request, [_, more, ..]) | (0x31 | 0x32, Role::Response, [_, _, more, ..]) => {
            u64::from(*more != 0)
        }
        _ => 0,
    };
    let args = Some([u64::from(vocab::sat_u32(data.len())), more, 0, 0]);
    cx.op(&Op { proof: Proof::Context, sub, tx: Some(0), args, ..Op::new(code, role, whole) });
    if asks {
        names(cx, sub, data);
    } else if code == 1 {
        identity(cx, whole);
    }
}

/// What a file or a command of the shell is, as a subcode: programs by the names that run-times
/// give them. CoDeSys 2.3 manual, PLC browser; Project Basecamp, transfer of files.
fn kind(data: &[u8]) -> Option<u16> {
    let text = match data {
        [0x92, 1, ..] => return Some(0x01),
        [0x92, _, _, _, _, text @ ..] => text,
        [0x2f | 0x31, ..] => {
            let (_, name) = named(data)?;
            let end = name.len().checked_sub(4).and_then(|at| name.get(at..))?;
            let program = [b".PRG", b".CHK"].iter().any(|word| end.eq_ignore_ascii_case(*word));
            return program.then_some(spec::PROGRAM);
        }
        _ => return None,
    };
    let starts = |word: &[u8]| text.get(..word.len()).is_some_and(|s| s.eq_ignore_ascii_case(word));
    COMMANDS.iter().find(|(word, _)| starts(word)).map(|(_, sub)| *sub)
}

/// Commands of the PLC browser by what they begin with.
const COMMANDS: [(&[u8], u16); 12] = [
    (b"startprg", 0x10),
    (b"stopprg", 0x11),
    (b"resetprg", 0x12),
    (b"reboot", 0x13),
    (b"setpwd", 0x14),
    (b"delpwd", 0x14),
    (b"file", 0x15),
    (b"reload", 0x16),
    (b"restoreretain", 0x17),
    (b"saveretain", 0x18),
    (b"mem", 0x19),
    (b"getprg", 0x1a),
];

/// The file or the command in a request.
fn named(data: &[u8]) -> Option<(&'static Area, &[u8])> {
    let (area, text) = match data {
        [0x2f, _, _, _, _, _, text @ ..] | [0x31, _, _, _, text @ ..] => (spec::FILE, text),
        [0x92, 0, _, _, _, text @ ..] => (spec::COMMAND, text),
        _ => return None,
    };
    let name = until_nul(text);
    is_text(name).then_some((area, name))
}

/// Says the file or the command. What sets a password is not said.
fn names(cx: &mut Cx<'_>, sub: Option<u16>, data: &[u8]) {
    if let Some((area, name)) = named(data).filter(|_| sub != Some(0x14)) {
        cx.item(Target { area, index: 0, count: 1, extra: 0, name }, Value::None);
    }
}

/// The answer to the log-in: texts at fixed places.
fn identity(cx: &mut Cx<'_>, whole: &[u8]) {
    for (at, attribute) in [(64, spec::SYSTEM), (96, spec::SYSTEM_TYPE), (128, spec::PRODUCT)] {
        let field = Cursor::new(whole.get(at..).unwrap_or(&[])).take_up_to(32);
        let value = until_nul(field);
        if is_text(value) && value.len() > 2 {
            cx.attr(attribute, value);
        }
    }
}
