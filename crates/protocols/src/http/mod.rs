//! HTTP/1: requests and answers as text, one after the other, each with its content behind it.
//!
//! Heads are read, contents pass by. Answers come in the order of their requests; that is all that
//! pairs them.

mod head;
mod identity;
mod spec;
mod title;

use crate::common::lines;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use head::{Fields, HEAD_MAX, Start};
use vocab::{Op, Role, Spec, Status, Target, Value};

/// Bytes of a line that begins a chunk or ends a message, at most.
const CHUNK_LINE_MAX: usize = 1_024;
/// Bytes of a first line after which a probe decides.
const PROBE_MAX: usize = 900;

/// The HTTP dissector.
#[derive(Debug)]
pub struct Http;

/// What comes next in one direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Next {
    /// A head.
    #[default]
    Head,
    /// A chunk.
    Chunk,
    /// The fields behind the last chunk.
    Trailer,
    /// Content up to the connection's end.
    Rest,
    /// The beginning of a page whose title is of interest.
    Page(Page),
    /// A chunk with the beginning of a page.
    PageChunk,
}

/// A page whose beginning comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Page {
    /// Bytes of it that are still to come; more than there can be when nobody knows.
    left: u64,
    /// It is a chunk, with an empty line of its own behind it.
    chunk: bool,
}

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    next: [Next; 2],
    /// Requests seen.
    asked: u32,
    /// Answers seen, as far as their requests were.
    answered: u32,
}

impl Dissector for Http {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(_hint: &Hint<'_>, head: &[u8]) -> Probe {
        probe(head.get(..PROBE_MAX).unwrap_or(head))
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let Some(next) = flow.next.get_mut(cx.dir().index()) else { return Step::NotMine };
        if let Input::Gap { .. } = input {
            // What was lost may have held heads: the count starts over.
            *next = Next::Head;
            flow.answered = flow.asked;
        }
        if bytes.is_empty() {
            return Step::Took { bytes: 0 };
        }
        match *next {
            Next::Head => head(flow, cx, bytes),
            Next::Chunk | Next::Trailer | Next::PageChunk => chunk(next, cx, bytes),
            Next::Page(own) => page(next, own, cx, bytes),
            Next::Rest => Step::Took { bytes: usize::MAX },
        }
    }
}

/// A status line, or a request line of any method: a word in capitals, and the version at its end.
fn probe(head: &[u8]) -> Probe {
    let version = b"HTTP/1.";
    if head.starts_with(version) {
        return Probe::Sure;
    }
    if version.starts_with(head) {
        return Probe::Maybe { need: version.len() };
    }
    let more = Probe::Maybe { need: head.len().saturating_add(1) };
    let in_method = |b: &u8| b.is_ascii_uppercase() || *b == b'-';
    match head.iter().position(|b| !in_method(b)) {
        None if head.len() <= 20 => return more,
        Some(1..=20) if head.iter().find(|b| !in_method(b)) == Some(&b' ') => {}
        _ => return Probe::No,
    }
    let line = lines::next(head, head.len()).map(|(line, _)| line);
    if line.unwrap_or(head).iter().any(|b| *b < b' ' && (line.is_some() || *b != b'\r')) {
        return Probe::No;
    }
    if let Some(line) = line {
        let is_request = matches!(Start::read(line), Some(Start::Request { .. }));
        return if is_request { Probe::Sure } else { Probe::No };
    }
    if head.len() >= PROBE_MAX { Probe::Sure } else { more }
}

/// The head of a message.
fn head(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    // An empty line before a request is passed over. RFC 9112 §2.2.
    if let [b'\r', b'\n', ..] = *bytes {
        return Step::Took { bytes: 2 };
    }
    let Some(length) = head::length(bytes) else {
        if bytes.len() < HEAD_MAX && !cx.cut() {
            return Step::Need { took: 0, more: 1 };
        }
        return endless(flow, cx, bytes);
    };
    let whole = bytes.get(..length).unwrap_or(bytes);
    let (line, taken) = lines::next(whole, length).unwrap_or((whole, length));
    let Some(start) = Start::read(line) else {
        cx.fault(spec::BAD_START, line);
        return Step::Resync { took: length };
    };
    let fields = Fields::read(whole.get(taken..).unwrap_or(&[]));
    let Some(Follows(next, content)) = message(flow, cx, start, line, &fields) else {
        return Step::NotMine;
    };
    if let Some(place) = flow.next.get_mut(cx.dir().index()) {
        *place = next;
    }
    Step::Took { bytes: length.saturating_add(vocab::sat_usize(content)) }
}

/// A head that does not end, or whose end the capture has not: its first line counts.
fn endless(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    let head = bytes.get(..HEAD_MAX).unwrap_or(bytes);
    let (line, taken) = lines::next(head, head.len()).unwrap_or((head, head.len()));
    if let Some(start) = Start::read(line) {
        let fields = Fields::read(head.get(taken..).unwrap_or(&[]));
        if message(flow, cx, start, line, &fields).is_none() {
            return Step::NotMine;
        }
    }
    if !cx.cut() {
        cx.fault(spec::HEAD_TOO_LONG, line);
    }
    // How the content comes is in what is missing: what follows is not read.
    if let Some(place) = flow.next.get_mut(cx.dir().index()) {
        *place = Next::Rest;
    }
    Step::Took { bytes: head.len() }
}

/// What comes behind a head, and how many bytes of content to pass over first.
struct Follows(Next, u64);

/// Says a message; returns what follows its head, `None` when it is another protocol.
fn message(
    flow: &mut Flow,
    cx: &mut Cx<'_>,
    start: Start<'_>,
    line: &[u8],
    fields: &Fields<'_>,
) -> Option<Follows> {
    let (code, status) = match start {
        Start::Request { code, path, is_http1 } => {
            request(flow, cx, code, path, line);
            // A proxy is not what it is asked to reach.
            let of_receiver = path.first() == Some(&b'/');
            identity::request(cx, fields, of_receiver);
            if !is_http1 {
                return None;
            }
            (code, None)
        }
        Start::Response { status } => {
            let code = response(flow, cx, status, line);
            identity::response(cx, fields);
            (code, Some(status))
        }
    };
    if let Some(value) = fields.bad_length {
        cx.fault(spec::BAD_LENGTH, value);
    }
    match status {
        // From here on another protocol is spoken. RFC 9110 §15.2.2, §9.3.6.
        Some(101) => None,
        Some(200..=299) if code == spec::CONNECT => None,
        // Without content, whatever the fields say. RFC 9112 §6.3.
        Some(100..=199 | 204 | 304) => Some(Follows(Next::Head, 0)),
        Some(_) if code == spec::HEAD => Some(Follows(Next::Head, 0)),
        Some(status) if title::is_page(status, fields) => {
            Some(match (fields.chunked, fields.length) {
                (true, _) => Follows(Next::PageChunk, 0),
                (false, Some(0)) => Follows(Next::Head, 0),
                (false, length) => {
                    let left = length.unwrap_or(u64::MAX);
                    Follows(Next::Page(Page { left, chunk: false }), 0)
                }
            })
        }
        _ if fields.chunked => Some(Follows(Next::Chunk, 0)),
        _ => Some(match (fields.length, status) {
            (Some(length), _) => Follows(Next::Head, length),
            (None, None) => Follows(Next::Head, 0),
            (None, Some(_)) => Follows(Next::Rest, 0),
        }),
    }
}

fn request(flow: &mut Flow, cx: &mut Cx<'_>, code: u32, path: &[u8], line: &[u8]) {
    flow.asked = flow.asked.wrapping_add(1);
    // The first line alone is kept as evidence: credentials are in the others.
    let tx = Some(u64::from(flow.asked));
    cx.op(&Op { tx, ..Op::new(code, Role::Request, line) });
    let target = Target { area: spec::PATH, index: 0, count: 0, extra: 0, name: path };
    cx.item(target, Value::None);
}

/// Says an answer; returns the operation that it answers.
fn response(flow: &mut Flow, cx: &mut Cx<'_>, status: u16, line: &[u8]) -> u32 {
    let mut op = Op::new(spec::UNKNOWN, Role::Response, line);
    if flow.answered != flow.asked {
        let tx = u64::from(flow.answered.wrapping_add(1));
        op.code = cx.pending(tx).map_or(spec::UNKNOWN, |asked| asked.code);
        // An interim answer is followed by the final one. RFC 9110 §15.2.
        if !matches!(status, 100 | 102..=199) {
            op.tx = Some(tx);
            flow.answered = flow.answered.wrapping_add(1);
        }
    }
    op.args = Some([u64::from(status), 0, 0, 0]);
    op.status = if status >= 400 { Status::Error(u32::from(status)) } else { Status::Ok };
    cx.op(&op);
    op.code
}

/// The beginning of a page, its rest passed over.
fn page(next: &mut Next, page: Page, cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    if !title::say(cx, bytes, page.left) {
        return Step::Need { took: 0, more: 1 };
    }
    let (then, end) = match page {
        Page { chunk: true, .. } => (Next::Chunk, 2),
        Page { left: u64::MAX, .. } => (Next::Rest, 0),
        Page { .. } => (Next::Head, 0),
    };
    *next = then;
    Step::Took { bytes: vocab::sat_usize(page.left).saturating_add(end) }
}

/// A chunk's first line, its content passed over; or a line behind the last chunk. RFC 9112 §7.1.
fn chunk(next: &mut Next, cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    let Some((line, taken)) = lines::next(bytes, CHUNK_LINE_MAX) else {
        if bytes.len() < CHUNK_LINE_MAX && !cx.cut() {
            return Step::Need { took: 0, more: 1 };
        }
        return bad_chunk(next, cx, bytes);
    };
    if *next == Next::Trailer {
        *next = if line.is_empty() { Next::Head } else { Next::Trailer };
        return Step::Took { bytes: taken };
    }
    let digits = line.split(|b| *b == b';').next().map_or(&[][..], lines::trim);
    let hexadecimal = digits.iter().all(u8::is_ascii_hexdigit);
    let text = core::str::from_utf8(digits).ok().filter(|_| hexadecimal);
    match text.and_then(|text| u32::from_str_radix(text, 16).ok()) {
        Some(0) => {
            *next = Next::Trailer;
            Step::Took { bytes: taken }
        }
        Some(size) => {
            if *next == Next::PageChunk {
                *next = Next::Page(Page { left: u64::from(size), chunk: true });
                return Step::Took { bytes: taken };
            }
            // The content ends with an empty line of its own.
            let size = vocab::sat_usize(u64::from(size)).saturating_add(2);
            Step::Took { bytes: taken.saturating_add(size) }
        }
        None => bad_chunk(next, cx, line),
    }
}

/// The content's end cannot be found: the rest of the direction passes by.
fn bad_chunk(next: &mut Next, cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    if !cx.cut() {
        cx.fault(spec::BAD_CHUNK, bytes);
    }
    *next = Next::Rest;
    Step::Took { bytes: usize::MAX }
}
