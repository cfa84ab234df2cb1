//! IEEE C37.118: phasor measurement units (PMUs) stream what they measure in a grid, with time.
//!
//! A concentrator (PDC) asks for the configuration, starts the stream and stops it; some PMUs
//! send on their own. Configurations tell names and the layout of data frames.

mod configuration;
mod data;
mod layout;
mod spec;
mod wire;

use configuration::{Style, Summary};
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use layout::Layout;
use vocab::{Op, Proof, Role, Spec, Value};
use wire::{HEADER_LEN, Header, Kind, SYNC};

/// Bytes that pieces of a configuration may have together.
const PIECES_MAX: usize = 65_535;

/// The C37.118 dissector.
#[derive(Debug)]
pub struct C37118;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    layout: Layout,
    /// Bytes that are no frame were passed over, and it was said.
    lost: [bool; 2],
    /// The first piece of a configuration answered a command: so do the others.
    asked: bool,
}

impl Dissector for C37118 {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        wire::probe(hint.bound, hint.datagram, head)
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        match input {
            Input::Stream(bytes) => stream(flow, cx, bytes),
            Input::Datagram(bytes) => {
                datagram(flow, cx, bytes);
                Step::Took { bytes: bytes.len() }
            }
            Input::Gap { .. } | Input::End => {
                cx.drop_stash();
                Step::Took { bytes: 0 }
            }
        }
    }
}

/// The next frame of a stream.
fn stream(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    let size = match wire::size(bytes) {
        Ok(size) => size,
        Err(true) if !cx.cut() => {
            return Step::Need { took: 0, more: 4usize.saturating_sub(bytes.len()).max(1) };
        }
        Err(_) => {
            let lost = flow.lost.get_mut(cx.dir().index()).is_some_and(|lost| !replace(lost, true));
            if lost && !cx.cut() {
                let sync = bytes.first() == Some(&SYNC);
                let fault = if sync { spec::BAD_LENGTH } else { spec::BAD_SYNC };
                cx.fault(fault, bytes.get(..4).unwrap_or(bytes));
            }
            let rest = bytes.get(1..).unwrap_or(&[]);
            let next = rest.iter().position(|byte| *byte == SYNC);
            return Step::Resync { took: next.unwrap_or(rest.len()).saturating_add(1) };
        }
    };
    let whole = match bytes.get(..size) {
        Some(whole) => whole,
        None if cx.cut() => bytes,
        None => return Step::Need { took: 0, more: size.saturating_sub(bytes.len()) },
    };
    if let Some(lost) = flow.lost.get_mut(cx.dir().index()) {
        *lost = false;
    }
    frame(flow, cx, whole);
    Step::Took { bytes: size }
}

/// Puts a new value and gives the old one.
fn replace(place: &mut bool, value: bool) -> bool {
    core::mem::replace(place, value)
}

/// The frames of a datagram, mostly one.
fn datagram(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) {
    let mut rest = bytes;
    while let Ok(size) = wire::size(rest) {
        let (whole, later) = rest.split_at_checked(size).unwrap_or((rest, &[]));
        if whole.len() < size && !cx.cut() {
            cx.fault(spec::BAD_LENGTH, whole.get(2..4).unwrap_or(&[]));
        }
        frame(flow, cx, whole);
        rest = later;
    }
}

/// One frame. IEEE C37.118.2-2011 §6.2.
fn frame(flow: &mut Flow, cx: &mut Cx<'_>, whole: &[u8]) {
    // Cut by the capture inside the header.
    let Some(header) = Header::read(whole) else { return };
    let complete = whole.len() == usize::from(header.size);
    let end = if complete { whole.len().saturating_sub(2) } else { whole.len() };
    let content = whole.get(HEADER_LEN..end).unwrap_or(&[]);
    match header.kind {
        Kind::Data => measured(flow, cx, &header, whole, content),
        Kind::Command => command(cx, &header, whole, content),
        Kind::Header => {
            answer(cx, &header, whole, false, None, Value::Text(content));
            let text = content.trim_ascii();
            if core::str::from_utf8(text).is_ok() {
                cx.attr(spec::HEADER, text);
            }
        }
        Kind::Configuration1 | Kind::Configuration2 => {
            let summary = Summary::read(content);
            let [often, seldom] = summary.rates();
            let args = [u64::from(summary.pmus), often, seldom, u64::from(summary.time_base)];
            answer(cx, &header, whole, false, Some(args), Value::None);
            let in_force = header.kind == Kind::Configuration2;
            let layout = in_force.then_some(&mut flow.layout);
            configuration::say(cx, Style::Fixed, header.id, content, layout);
        }
        Kind::Configuration3 => piece(flow, cx, &header, whole, content),
    }
    if complete && !wire::has_checksum(whole) {
        cx.fault(spec::BAD_CHECKSUM, whole.get(end..).unwrap_or(&[]));
    }
}

/// A data frame: an event; the one who receives started the stream long ago, if at all.
fn measured(flow: &Flow, cx: &mut Cx<'_>, header: &Header, whole: &[u8], content: &[u8]) {
    let status = Cursor::new(content).be16();
    let numbers = [header.second, header.fraction, u32::from(header.quality)];
    let [second, fraction, quality] = numbers.map(u64::from);
    let op = Op {
        proof: Proof::Context,
        unit: Some(u32::from(header.id)),
        args: Some([second, fraction, quality, status.map_or(0, u64::from)]),
        ..Op::new(header.kind.code(), Role::Event, whole)
    };
    cx.op(&op);
    if status.is_none() && !cx.cut() {
        cx.fault(spec::SHORT, whole);
    }
    data::say(cx, flow.layout.of(header.id, content.len()), content);
}

/// The key that pairs a command with the frame it asks for.
fn key(id: u16, code: u32) -> u64 {
    u64::from(id) << 8 | u64::from(code)
}

/// A command frame, from the one who receives data. §6.6.
fn command(cx: &mut Cx<'_>, header: &Header, whole: &[u8], content: &[u8]) {
    let mut at = Cursor::new(content);
    let word = at.be16();
    let asked = match word {
        Some(3) => Some(Kind::Header),
        Some(4) => Some(Kind::Configuration1),
        Some(5) => Some(Kind::Configuration2),
        Some(6) => Some(Kind::Configuration3),
        _ => None,
    };
    let extended = at.rest();
    let op = Op {
        sub: word,
        unit: Some(u32::from(header.id)),
        tx: asked.map(|kind| key(header.id, kind.code())),
        args: Some([u64::from(header.second), 0, 0, 0]),
        value: if extended.is_empty() { Value::None } else { Value::Bytes(extended) },
        ..Op::new(header.kind.code(), Role::Request, whole)
    };
    cx.op(&op);
    if word.is_none() && !cx.cut() {
        cx.fault(spec::SHORT, whole);
    }
}

/// Says a frame that answers a command, or that is sent without one; says which. `follows` is a
/// further piece of an answer.
fn answer(
    cx: &mut Cx<'_>,
    header: &Header,
    whole: &[u8],
    follows: bool,
    args: Option<[u64; 4]>,
    value: Value<'_>,
) -> bool {
    let tx = key(header.id, header.kind.code());
    let asked = cx.pending(tx).is_some();
    let (role, proof) = if asked || follows {
        (Role::Response, Proof::Content)
    } else {
        (Role::Event, Proof::Context)
    };
    let op = Op {
        proof,
        unit: Some(u32::from(header.id)),
        tx: asked.then_some(tx),
        args,
        value,
        ..Op::new(header.kind.code(), role, whole)
    };
    cx.op(&op);
    asked
}

/// A configuration 3, whole or a piece of it. §6.4, CONT_IDX: 0 is all there is, 1 the first
/// piece, 65535 the last.
fn piece(flow: &mut Flow, cx: &mut Cx<'_>, header: &Header, whole: &[u8], content: &[u8]) {
    let mut at = Cursor::new(content);
    let index = at.be16();
    let content = at.rest();
    let first = matches!(index, Some(0 | 1));
    let summary = if first { Summary::read(content) } else { Summary::default() };
    let rates = if index == Some(0) { summary.rates() } else { [0; 2] };
    let [often, seldom] = rates;
    let args = [u64::from(summary.pmus), often, seldom, index.map_or(0, u64::from)];
    let follows = flow.asked && !first && cx.stashed() > 0;
    flow.asked = answer(cx, header, whole, follows, Some(args), Value::None) || follows;
    let Some(index) = index else {
        if !cx.cut() {
            cx.fault(spec::SHORT, whole);
        }
        return;
    };
    if first {
        cx.drop_stash();
    } else if cx.stashed() == 0 {
        // The pieces before were not captured, or never sent.
        return;
    }
    if index == 0 {
        configuration::say(cx, Style::Extended, header.id, content, Some(&mut flow.layout));
        return;
    }
    if cx.stash(content, PIECES_MAX) && index == u16::MAX {
        cx.with_stash(|cx, content| {
            let layout = Some(&mut flow.layout);
            configuration::say(cx, Style::Extended, header.id, content, layout);
        });
    }
}
