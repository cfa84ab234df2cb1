//! Telnet: characters both ways, with commands between them. What a device says before somebody
//! types is its description; what is typed is never kept.

mod greeting;
mod spec;

use crate::common::pieces;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use greeting::Greeting;
use vocab::{Op, Proof, Role, Spec};

/// Interpret as command. RFC 854.
const IAC: u8 = 255;
/// Subnegotiation begins and ends. RFC 855.
const SB: u8 = 250;
const SE: u8 = 240;
/// Bytes of a subnegotiation that are waited for.
const SUBNEGOTIATION_MAX: usize = 1_024;

/// The Telnet dissector.
#[derive(Debug)]
pub struct Telnet;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// Text was seen, per direction.
    text: [bool; 2],
    greeting: Greeting,
}

impl Dissector for Telnet {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        if hint.bound { probe_bound(head) } else { probe_options(head) }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        match bytes.first() {
            None => {
                flow.greeting.end(cx);
                Step::Took { bytes: 0 }
            }
            Some(&IAC) => command(cx, bytes).unwrap_or_else(|wait| wait),
            Some(_) => {
                let len = bytes.iter().position(|b| *b == IAC).unwrap_or(bytes.len());
                text(flow, cx, bytes.get(..len).unwrap_or(bytes));
                Step::Took { bytes: len }
            }
        }
    }
}

/// On its own port: a command, or text that is no other protocol's.
fn probe_bound(head: &[u8]) -> Probe {
    const OTHERS: [&[u8]; 4] = [b"SSH-", b"GET ", b"POST", b"HTTP"];
    for other in OTHERS {
        if head.starts_with(other) {
            return Probe::No;
        }
        if !head.is_empty() && other.starts_with(head) {
            return Probe::Maybe { need: other.len() };
        }
    }
    match *head {
        [] | [IAC] => Probe::Maybe { need: 2 },
        [IAC, SE..=IAC, ..] | [b' '..=b'~' | b'\r' | b'\n' | b'\t' | 0x07 | 0x08 | 0x1b, ..] => {
            Probe::Sure
        }
        _ => Probe::No,
    }
}

/// Elsewhere: three options negotiated in a row.
fn probe_options(head: &[u8]) -> Probe {
    for triple in head.chunks(3).take(3) {
        match *triple {
            [IAC, 251..=254, 0..=49 | IAC] => {}
            [IAC] | [IAC, 251..=254] => return Probe::Maybe { need: 9 },
            _ => return Probe::No,
        }
    }
    if head.len() >= 9 { Probe::Sure } else { Probe::Maybe { need: 9 } }
}

/// A command. `Err` asks for more bytes. RFC 854.
fn command(cx: &mut Cx<'_>, bytes: &[u8]) -> Result<Step, Step> {
    let head = pieces::first(cx, bytes, 2)?;
    let Some(&kind) = head.get(1) else { return Ok(Step::Took { bytes: head.len() }) };
    let whole = match kind {
        // A byte of data that looks like a command, and what is none.
        IAC | 0..SE => return Ok(Step::Took { bytes: 2 }),
        251..=254 => pieces::first(cx, bytes, 3)?,
        SB => subnegotiation(cx, bytes)?,
        _ => head,
    };
    let mut op = Op::new(u32::from(kind), Role::Event, whole.get(..3).unwrap_or(whole));
    op.proof = Proof::Context;
    op.args = whole.get(2).map(|option| [u64::from(*option), 0, 0, 0]);
    cx.op(&op);
    if kind == SB && !whole.ends_with(&[IAC, SE]) && !cx.cut() {
        cx.fault(spec::ENDLESS, whole);
    }
    Ok(Step::Took { bytes: whole.len() })
}

/// Up to its end with the option behind the first two bytes. RFC 855.
fn subnegotiation<'p>(cx: &mut Cx<'_>, bytes: &'p [u8]) -> Result<&'p [u8], Step> {
    let window = bytes.get(..SUBNEGOTIATION_MAX).unwrap_or(bytes);
    let end = window.windows(2).position(|pair| pair == [IAC, SE]);
    match end {
        Some(end) => Ok(window.get(..end.saturating_add(2)).unwrap_or(window)),
        None if bytes.len() < SUBNEGOTIATION_MAX => {
            pieces::first(cx, bytes, bytes.len().saturating_add(1))
        }
        None => Ok(window),
    }
}

/// Text up to the next command.
fn text(flow: &mut Flow, cx: &mut Cx<'_>, text: &[u8]) {
    if let Some(seen) = flow.text.get_mut(cx.dir().index())
        && !core::mem::replace(seen, true)
    {
        // What is typed is no evidence.
        cx.op(&Op { proof: Proof::Context, ..Op::new(spec::TEXT, Role::Event, &[]) });
    }
    match cx.from_client() {
        Some(false) => flow.greeting.server(cx, text),
        Some(true) => flow.greeting.typed(),
        None => {}
    }
}
