//! CIP: the Common Industrial Protocol, messages to objects of a device.
//!
//! ```text
//! request:  service ─ path ─ data        answer: service | 0x80 ─ status ─ data
//!              ├ Multiple Service Packet: requests     answers inside, in the same order
//!              └ Unconnected Send: a request for a     that request's answer, or the failure
//!                 device behind this one
//! ```
//! The highest bit of the service says who speaks. An answer does not repeat the path: what it
//! means follows from the waiting request.

mod answer;
mod attributes;
mod classes;
mod identity;
mod links;
mod manager;
mod objects;
mod operations;
mod path;
mod pccc;
mod request;
mod rockwell;
mod spec;
mod statuses;
mod tags;
mod values;

use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use links::{CONNECTED, Links, Place};
use vocab::{Part, Spec, Subject};

/// The CIP dissector.
#[derive(Debug)]
pub struct Cip;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    links: Links,
}

/// A message with what its carrier told.
#[derive(Clone, Copy, Debug)]
struct Message<'p> {
    /// The message from its service on.
    bytes: &'p [u8],
    /// Pairs request and answer.
    tx: Option<u64>,
    /// The slot behind the address.
    unit: Option<u32>,
    /// How many messages it is inside of.
    depth: u8,
}

/// Most messages inside each other: a packet of several inside a message that is passed on.
const DEPTH_MAX: u8 = 3;
/// Most messages of a Multiple Service Packet that are paired with their answers.
const PAIRED_MAX: u64 = 64;

/// The bits of a key above the carrier's 48, below its mark of connected messages.
const INSIDE: u64 = 0x7fff << 48;

impl<'p> Message<'p> {
    /// The message at position `index` inside this one.
    fn inside(&self, index: usize, bytes: &'p [u8]) -> Self {
        let number = u64::from(vocab::sat_u32(index)).saturating_add(1);
        let paired = number <= PAIRED_MAX && self.depth <= 1;
        // Only whole messages leave these bits 0.
        let own = |tx: u64| (tx & INSIDE == 0).then_some(tx | number << 48);
        Self {
            bytes,
            tx: self.tx.filter(|_| paired).and_then(own),
            unit: self.unit,
            depth: self.depth.saturating_add(1),
        }
    }

    /// Who answers: the device at the address or a part of it.
    fn sender(&self) -> Subject {
        self.unit.map_or(Subject::Sender, |number| {
            Subject::SenderPart(Part { kind: path::unit_kind(number), number })
        })
    }
}

impl Dissector for Cip {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(_hint: &Hint<'_>, head: &[u8]) -> Probe {
        if head.is_empty() { Probe::No } else { Probe::Sure }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let Some(service) = bytes.first() else { return Step::Took { bytes: 0 } };
        let reply = service & 0x80 != 0;
        let tag = cx.tag();
        if tag & CONNECTED != 0 && flow.links.is_raw(tag) {
            return Step::NotMine;
        }
        let place = match (tag & CONNECTED != 0, reply) {
            (false, _) => Place { tx: tag, known: true, ..Place::default() },
            (true, false) => flow.links.request(tag),
            (true, true) => flow.links.answer(cx, tag, u32::from(service & 0x7f)),
        };
        // Not all connections lead to a message router.
        if !place.known && !is_plausible(bytes) {
            return Step::NotMine;
        }
        let message = Message { bytes, tx: Some(place.tx), unit: place.unit, depth: 0 };
        if reply {
            answer::say(flow, cx, &message);
        } else {
            request::say(cx, &message);
        }
        Step::Took { bytes: bytes.len() }
    }
}

/// Has the shape of a request or an answer.
fn is_plausible(bytes: &[u8]) -> bool {
    let fits = |words: u8, head: usize| {
        bytes.len() >= usize::from(words).saturating_mul(2).saturating_add(head)
    };
    match *bytes {
        [0x81..=0xff, 0, _, words, ..] => fits(words, 4),
        [1..=0x7f, words, ..] => fits(words, 2),
        _ => false,
    }
}
