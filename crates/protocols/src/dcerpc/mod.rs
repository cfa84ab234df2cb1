//! DCE RPC: calls of procedures on another machine, in datagrams (version 4) and in connections
//! (version 5, also through named pipes).
//!
//! PROFINET sets up its connections with the first, OPC Data Access and the administration of
//! Windows use the second.

mod connection;
mod connectionless;
mod interfaces;
mod mapper;
mod spec;
mod wire;

use decode::Transport;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use interfaces::Interface;
use vocab::{Spec, Target};

pub use spec::{OPC, PROFINET};

/// Most contexts remembered of a connection, or of all pipes of one.
const CONTEXTS: usize = 10;

/// An interface that is not in the table.
const UNKNOWN: u16 = u16::MAX;

/// The DCE RPC dissector.
#[derive(Debug)]
pub struct Dcerpc;

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    contexts: [Context; CONTEXTS],
    /// The context that the next one replaces.
    next: u8,
    pieces: [Piece; 2],
}

/// What a context identifier of a connection stands for.
#[derive(Clone, Copy, Debug, Default)]
struct Context {
    /// Which pipe; 0 without pipes.
    pipe: u32,
    id: u16,
    /// The interface's place in the table, from 1, or [`UNKNOWN`]; 0 is no context.
    place: u16,
}

/// A call in fragments.
#[derive(Clone, Copy, Debug, Default)]
struct Piece {
    key: u64,
    /// The fragment that must come next; 0 is none.
    next: u16,
}

impl Flow {
    /// The interface that a context stands for.
    fn interface(&self, pipe: u32, id: u16) -> Option<&'static Interface> {
        let mut all = self.contexts.iter();
        let found = all.find(|c| c.place != 0 && c.pipe == pipe && c.id == id)?;
        interfaces::at(usize::from(found.place).saturating_sub(1))
    }

    /// Remembers what a context stands for; the oldest goes.
    fn learn(&mut self, pipe: u32, id: u16, interface: u128) {
        let place =
            interfaces::find(interface).map_or(UNKNOWN, |at| vocab::sat_u16(at).saturating_add(1));
        let fresh = Context { pipe, id, place };
        let same = |c: &&mut Context| c.place != 0 && c.pipe == pipe && c.id == id;
        if let Some(old) = self.contexts.iter_mut().find(same) {
            *old = fresh;
        } else if let Some(slot) = self.contexts.get_mut(usize::from(self.next)) {
            *slot = fresh;
            self.next = self.next.wrapping_add(1);
            if usize::from(self.next) >= CONTEXTS {
                self.next = 0;
            }
        }
    }
}

/// What goes with a call that is handed down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// The call's number.
    pub number: u16,
    /// It is the answer.
    pub answer: bool,
    /// Numbers have their low byte first.
    pub little: bool,
    /// PROFINET's device, controller, supervisor or parameter server interface, from 1.
    pub interface: u8,
    /// Pairs an answer with its request; 40 bits.
    pub key: u64,
}

impl Call {
    /// As a tag.
    fn to_tag(self) -> u64 {
        u64::from(self.number)
            | u64::from(self.answer) << 16
            | u64::from(self.little) << 17
            | u64::from(self.interface & 7) << 18
            | self.key << 24
    }

    /// From a tag.
    pub fn from_tag(tag: u64) -> Self {
        Self {
            number: vocab::low_u16(tag),
            answer: tag >> 16 & 1 != 0,
            little: tag >> 17 & 1 != 0,
            interface: vocab::low_u8(tag >> 18 & 7),
            key: tag >> 24,
        }
    }
}

/// What goes with a call of OPC Classic that is handed down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpcCall {
    /// The call's number.
    pub number: u8,
    /// OPC's interface; the numbers are those of `Interface::opc`.
    pub interface: u8,
    /// It is the answer.
    pub answer: bool,
    /// Numbers have their low byte first.
    pub little: bool,
    /// All of it is there, not the first fragment alone.
    pub whole: bool,
    /// Pairs an answer with its request.
    pub key: u32,
}

impl OpcCall {
    /// As a tag.
    fn to_tag(self) -> u64 {
        u64::from(self.number)
            | u64::from(self.interface) << 8
            | u64::from(self.answer) << 16
            | u64::from(self.little) << 17
            | u64::from(self.whole) << 18
            | u64::from(self.key) << 32
    }

    /// From a tag.
    pub fn from_tag(tag: u64) -> Self {
        Self {
            number: vocab::low_u8(tag),
            interface: vocab::low_u8(tag >> 8),
            answer: tag >> 16 & 1 != 0,
            little: tag >> 17 & 1 != 0,
            whole: tag >> 18 & 1 != 0,
            key: vocab::low_u32(tag >> 32),
        }
    }
}

impl Dissector for Dcerpc {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        let udp = matches!(hint.headers.transport, Transport::Udp { .. });
        match head.first() {
            Some(4) if hint.datagram => connectionless::probe(hint, head),
            Some(5) | None if !udp => connection::probe(hint, head),
            _ => Probe::No,
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        match input {
            Input::Datagram(bytes @ [4, ..]) => connectionless::say(flow, cx, bytes),
            Input::Datagram(bytes) => connection::datagram(flow, cx, bytes),
            Input::Stream(bytes) => connection::step(flow, cx, bytes),
            Input::Gap { .. } | Input::End => Step::Took { bytes: 0 },
        }
    }
}

/// A call of an interface, or the interface alone.
fn target(name: &[u8], call: Option<u16>) -> Target<'_> {
    Target {
        area: spec::INTERFACE,
        index: call.map_or(0, u64::from),
        count: u32::from(call.is_some()),
        extra: 0,
        name,
    }
}

/// The name of an interface for people: the short one where it is known, else its identifier.
fn name_of(id: u128, text: &mut crate::common::text::Line<36>) -> &[u8] {
    if let Some(interface) = interfaces::find(id).and_then(interfaces::at) {
        return interface.name.as_bytes();
    }
    *text = crate::common::uuid::text(&id.to_be_bytes(), false);
    text.bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_survive_as_tags() {
        let call =
            Call { number: 5, answer: true, little: false, interface: 3, key: 0xff_1234_5678 };
        assert_eq!(Call::from_tag(call.to_tag()), call);
    }
}
