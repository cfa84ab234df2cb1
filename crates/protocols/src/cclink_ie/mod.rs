//! CC-Link IE: Control, Field and TSN in Ethernet frames, Field Basic in UDP datagrams.

mod basic;
mod ethernet;
mod spec;

use decode::Transport;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::Spec;

pub use spec::SLMP;

/// The CC-Link IE dissector.
#[derive(Debug)]
pub struct CclinkIe;

impl Dissector for CclinkIe {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = basic::Told;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        let fits = match hint.headers.transport {
            Transport::None => !head.is_empty(),
            _ => basic::fits(head),
        };
        if hint.bound && fits { Probe::Sure } else { Probe::No }
    }

    fn step(told: &mut basic::Told, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        if cx.headers().transport == Transport::None {
            ethernet::say(cx, bytes);
        } else {
            basic::say(told, cx, bytes);
        }
        Step::Took { bytes: bytes.len() }
    }
}
