//! BSAP: how an office reads and writes the signals of Bristol controllers, flow computers and
//! remote terminal units; over UDP, or as serial frames carried in UDP or TCP.

mod ip;
mod message;
mod serial;
mod spec;

use crate::line;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use serial::{CONTENT_MAX, Content, Found};
use vocab::{Op, Part, Proof, Role, Spec, Subject};

/// Nodes of a flow that are said.
const NODES: usize = 16;

/// The BSAP dissector.
#[derive(Debug)]
pub struct Bsap;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// Addresses of nodes that answered, in order.
    nodes: [u16; NODES],
    /// How many of them.
    count: u8,
    /// The bytes of a direction are outside frames.
    lost: [bool; 2],
}

impl Dissector for Bsap {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    /// A serial frame whose checksum is right convinces, and a packet whose lengths add up. On
    /// its own ports a header is enough.
    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        if !serial::starts(head) {
            return match ip::Header::read(head) {
                Some(header) if hint.datagram && (hint.bound || header.is_exact(head)) => {
                    Probe::Sure
                }
                _ => Probe::No,
            };
        }
        match serial::read(head, &mut [0; CONTENT_MAX]).0 {
            Found::Frame(_, crc_right) if crc_right || hint.bound => Probe::Sure,
            Found::Open if !hint.datagram => Probe::Maybe { need: head.len().saturating_add(1) },
            Found::Frame(..) | Found::Open | Found::Broken(_) => Probe::No,
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        match input {
            Input::Stream([]) | Input::Datagram([]) | Input::Gap { .. } | Input::End => {
                Step::Took { bytes: 0 }
            }
            Input::Stream(bytes) => frame(flow, cx, bytes),
            Input::Datagram(bytes) if serial::starts(bytes) => frames(flow, cx, bytes),
            Input::Datagram(bytes) => {
                let Some(header) = ip::Header::read(bytes) else {
                    return Step::Resync { took: bytes.len() };
                };
                ip::packet(cx, bytes, header);
                Step::Took { bytes: bytes.len() }
            }
        }
    }
}

/// All serial frames of a datagram.
fn frames(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    let mut rest = bytes;
    let mut answer = Step::Resync { took: bytes.len() };
    while !rest.is_empty() {
        let read = match frame(flow, cx, rest) {
            Step::Took { bytes: read } => {
                answer = Step::Took { bytes: bytes.len() };
                read
            }
            Step::Resync { took } => took,
            Step::Need { .. } | Step::NotMine => {
                cx.fault(spec::NO_END, rest);
                break;
            }
        };
        rest = rest.get(read.max(1)..).unwrap_or(&[]);
    }
    answer
}

/// One serial frame.
fn frame(flow: &mut Flow, cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    let side = cx.dir().index();
    let lost = flow.lost.get(side).copied().unwrap_or(false);
    let mut outside = |cx: &mut Cx<'_>, fault, took: usize| {
        if !lost {
            cx.fault(fault, bytes.get(..took).unwrap_or(bytes));
        }
        if let Some(place) = flow.lost.get_mut(side) {
            *place = true;
        }
        Step::Resync { took }
    };
    if !serial::starts(bytes) {
        let next = (1..bytes.len()).find(|at| serial::starts(bytes.get(*at..).unwrap_or(&[])));
        return outside(cx, spec::NO_START, next.unwrap_or(bytes.len()));
    }
    let mut content = [0; CONTENT_MAX];
    let (found, len) = serial::read(bytes, &mut content);
    let (total, crc_right) = match found {
        Found::Frame(total, crc_right) => (total, crc_right),
        Found::Open if cx.cut() => return Step::Took { bytes: bytes.len() },
        Found::Open => return Step::Need { took: 0, more: 1 },
        Found::Broken(at) => return outside(cx, spec::NO_END, at),
    };
    if let Some(place) = flow.lost.get_mut(side) {
        *place = false;
    }
    let whole = bytes.get(..total).unwrap_or(bytes);
    if !crc_right {
        cx.fault(spec::BAD_CRC, whole);
    }
    match serial::content(whole, content.get(..len).unwrap_or(&[])) {
        Some(Content::Link { function, address }) => link(cx, whole, function, address),
        Some(Content::Message(message)) => {
            let answered = message::say(cx, &message);
            if let Some(unit) = answered.filter(|_| crc_right) {
                node(flow, cx, vocab::low_u16(u64::from(unit)));
            }
        }
        None => cx.fault(spec::SHORT, whole),
    }
    Step::Took { bytes: total }
}

/// A function of the link.
fn link(cx: &mut Cx<'_>, whole: &[u8], function: u8, address: u8) {
    let asks = serial::is_masters(function);
    cx.op(&Op {
        proof: Proof::Content,
        unit: (address != 0).then_some(u32::from(address & 0x7f)),
        ..Op::new(
            serial::link_code(function),
            if asks { Role::Request } else { Role::Response },
            whole,
        )
    });
}

/// Says a node's address when it answers for the first time.
fn node(flow: &mut Flow, cx: &mut Cx<'_>, node: u16) {
    let known = flow.nodes.get(..usize::from(flow.count)).unwrap_or(&[]);
    if known.contains(&node) {
        return;
    }
    let Some(place) = flow.nodes.get_mut(usize::from(flow.count)) else { return };
    *place = node;
    flow.count = flow.count.saturating_add(1);
    let part = Part { kind: "station", number: u32::from(node) };
    let of = if flow.count > 1 { Subject::SenderPart(part) } else { Subject::Sender };
    cx.attr_of(of, spec::ADDRESS, line!("{node}").bytes());
}
