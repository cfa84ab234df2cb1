//! BACnet: building automation and control, over UDP, Ethernet, ARCNET and MS/TP lines.
//!
//! ```text
//! UDP ─ bvlc ─┐
//! LLC ────────┼─ network ─ apdu ─┬─ service ─ access, alarms, remote
//! MS/TP ─ mstp┘                  └─ segments (pieces until they are whole)
//! ```

mod access;
mod alarms;
mod apdu;
mod bvlc;
mod errors;
mod identity;
mod mstp;
mod names;
mod network;
mod operations;
mod properties;
mod remote;
mod route;
mod segments;
mod service;
mod spec;
mod tag;
mod value;
mod vendors;

use decode::{Headers, LinkType, Net};
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use route::Route;
use vocab::Spec;

/// The BACnet dissector.
#[derive(Debug)]
pub struct Bacnet;

/// State of a flow: a message in segments for each direction.
#[derive(Debug, Default)]
pub struct Flow {
    segments: [segments::Segments; 2],
}

/// What brings the messages.
enum Carrier {
    /// UDP, with a virtual link header. Annexes J and U.
    Udp,
    /// IEEE 802.2, on Ethernet or ARCNET. Clauses 7 and 8.
    Llc,
    /// A line of its own. Clause 9.
    MsTp,
    /// 802.2 frames that test the link and carry nothing.
    Nothing,
}

/// Unnumbered information, the only 802.2 frames that carry BACnet. Clauses 7.1, 8.1.
const INFORMATION: u16 = 3;

fn carrier(headers: &Headers) -> Carrier {
    match headers.net {
        Net::Link(LinkType::BACNET_MS_TP) => Carrier::MsTp,
        Net::Llc { control: INFORMATION, .. } => Carrier::Llc,
        Net::Llc { .. } => Carrier::Nothing,
        _ => Carrier::Udp,
    }
}

impl Dissector for Bacnet {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        let fits = match carrier(hint.headers) {
            Carrier::Udp => return bvlc::probe(hint, head),
            Carrier::Llc => network::is_plausible(head),
            Carrier::MsTp => head.starts_with(&mstp::PREAMBLE),
            Carrier::Nothing => false,
        };
        if fits { Probe::Sure } else { Probe::No }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        if bytes.is_empty() {
            return Step::Took { bytes: 0 };
        }
        match carrier(cx.headers()) {
            Carrier::Udp => bvlc::say(flow, cx, bytes),
            Carrier::MsTp => mstp::say(flow, cx, bytes),
            Carrier::Llc => {
                let route = Route::direct(cx.dir());
                network::say(flow, cx, &route, bytes, bytes);
                Step::Took { bytes: bytes.len() }
            }
            Carrier::Nothing => Step::Took { bytes: bytes.len() },
        }
    }
}
