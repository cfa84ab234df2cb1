//! EtherNet/IP: sessions over TCP, and the identification of devices over UDP, around messages of
//! the Common Industrial Protocol.
//!
//! ```text
//! header, 24 bytes ─ command ─┬ RegisterSession, ListIdentity, … : read here
//!                             └ SendRRData, SendUnitData: items ─┬ addresses
//!                                                                └ data: handed down to CIP
//! ```

mod body;
mod dlr;
mod probe;
mod spec;
mod wire;

use decode::Net;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::Spec;
use wire::{HEADER, Header};

pub use spec::{CONNECTED_DATA, UNCONNECTED_DATA};

/// The EtherNet/IP dissector.
#[derive(Debug)]
pub struct Enip;

impl Dissector for Enip {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        if is_ring(hint.headers.net) {
            return if head.len() >= 4 { Probe::Sure } else { Probe::No };
        }
        probe::probe(hint, head)
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        if bytes.is_empty() {
            return Step::Took { bytes: 0 };
        }
        if is_ring(cx.headers().net) {
            dlr::say(cx, bytes);
            return Step::Took { bytes: bytes.len() };
        }
        message(cx, bytes)
    }
}

fn is_ring(net: Net) -> bool {
    net == Net::EtherType(spec::DLR)
}

/// One message with its header.
fn message(cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    let Some(header) = Header::read(bytes) else {
        return if cx.cut() {
            Step::Took { bytes: bytes.len() }
        } else {
            Step::Need { took: 0, more: HEADER.saturating_sub(bytes.len()) }
        };
    };
    if !header.is_known() {
        cx.fault(spec::BAD_COMMAND, bytes.get(..2).unwrap_or(&[]));
        return Step::Resync { took: bytes.len() };
    }
    let total = header.total();
    let whole = match bytes.get(..total) {
        Some(whole) => whole,
        None if cx.cut() => bytes,
        None if cx.is_tcp() => {
            return Step::Need { took: 0, more: total.saturating_sub(bytes.len()) };
        }
        None => bytes,
    };
    body::say(cx, &header, whole);
    if whole.len() < total && !cx.cut() {
        cx.fault(spec::BAD_LENGTH, bytes.get(2..4).unwrap_or(&[]));
    }
    if header.options != 0 {
        cx.fault(spec::BAD_OPTIONS, bytes.get(20..24).unwrap_or(&[]));
    }
    Step::Took { bytes: total }
}
