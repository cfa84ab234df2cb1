//! Modbus over TCP and UDP, and RTU frames carried over TCP.
//!
//! A Modbus message does not say whether it asks or answers. The role follows from the message's
//! shape where only one fits, else from what the flow has shown, else from the waiting request.

mod identity;
mod pdu;
mod rtu;
mod spec;
mod wire;

use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Proof, Role, Spec};
use wire::Mbap;

pub use spec::{CANOPEN, UMAS};

/// Largest length field taken for Modbus: the standard says 254, UMAS goes up to 1,024.
const LENGTH_MAX: u16 = 1_030;
/// Messages in a row that convince on a port that is not Modbus's own.
const CHAIN: usize = 3;

/// The Modbus dissector.
#[derive(Debug)]
pub struct Modbus;

/// How messages are framed in this flow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Framing {
    /// Not seen yet.
    #[default]
    Unknown,
    /// With the MBAP header. MODBUS TCP v1.0b §3.1.
    Mbap,
    /// Serial frames with a CRC. MODBUS Serial Line v1.02 §2.5.1.
    Rtu,
}

/// State of a flow.
#[derive(Debug, Default)]
pub struct Flow {
    framing: Framing,
}

impl Dissector for Modbus {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = Flow;

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        match probe_mbap(hint, head) {
            Probe::No if !hint.datagram => rtu::probe(head),
            answer => answer,
        }
    }

    fn step(flow: &mut Flow, cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        if bytes.is_empty() {
            return Step::Took { bytes: 0 };
        }
        if flow.framing == Framing::Unknown {
            let Some(head) = bytes.first_chunk::<8>() else {
                return Step::Need { took: 0, more: 8usize.saturating_sub(bytes.len()) };
            };
            let plausible = Mbap::read(head).is_some_and(|h| h.is_plausible());
            flow.framing = if plausible { Framing::Mbap } else { Framing::Rtu };
        }
        match flow.framing {
            Framing::Rtu => rtu::step(cx, bytes),
            Framing::Mbap | Framing::Unknown => mbap(cx, bytes),
        }
    }
}

/// On its own port one plausible header is enough; elsewhere several messages must follow each
/// other, each in a shape that its function allows.
fn probe_mbap(hint: &Hint<'_>, head: &[u8]) -> Probe {
    let mut rest = head;
    for count in 1..=CHAIN {
        let seen = head.len().saturating_sub(rest.len());
        let Some(header) = Mbap::read(rest) else {
            // Too short to tell, unless the protocol number is there and is not Modbus's.
            return match rest {
                [_, _, 0, 0, ..] | [_, _, 0] | [_, _] | [_] | [] => {
                    Probe::Maybe { need: seen.saturating_add(8) }
                }
                _ => Probe::No,
            };
        };
        if !header.is_plausible() {
            return Probe::No;
        }
        if hint.bound {
            return Probe::Sure;
        }
        let total = header.total();
        let Some(pdu) = rest.get(7..total) else {
            return if hint.datagram {
                Probe::No
            } else {
                Probe::Maybe { need: seen.saturating_add(total) }
            };
        };
        let (request, response) = pdu::shapes(header.function, pdu.len(), pdu);
        if !(request || response) || !pdu::is_common(header.function) {
            return Probe::No;
        }
        if count == CHAIN {
            return Probe::Sure;
        }
        rest = rest.get(total..).unwrap_or(&[]);
    }
    Probe::No
}

/// One message with its MBAP header.
fn mbap(cx: &mut Cx<'_>, bytes: &[u8]) -> Step {
    let Some(header) = Mbap::read(bytes) else {
        let more = 8usize.saturating_sub(bytes.len());
        return if cx.cut() {
            Step::Took { bytes: bytes.len() }
        } else {
            Step::Need { took: 0, more }
        };
    };
    if header.protocol != 0 {
        cx.fault(spec::BAD_PROTOCOL, bytes.get(2..4).unwrap_or(&[]));
        return Step::Resync { took: bytes.len() };
    }
    if !(2..=LENGTH_MAX).contains(&header.length) {
        cx.fault(spec::BAD_LENGTH, bytes.get(4..6).unwrap_or(&[]));
        return Step::Resync { took: bytes.len() };
    }
    if header.length > 254 && u32::from(header.function) != UMAS {
        cx.fault(spec::BAD_LENGTH, bytes.get(4..6).unwrap_or(&[]));
    }
    let total = header.total();
    let message = match bytes.get(..total) {
        Some(message) => message,
        None if cx.cut() => bytes,
        None => return Step::Need { took: 0, more: total.saturating_sub(bytes.len()) },
    };
    let pdu = message.get(7..).unwrap_or(&[]);
    let claimed = usize::from(header.length).saturating_sub(1);
    let tx = u64::from(header.transaction) << 8 | u64::from(header.unit);
    let (role, proof) = role(cx, pdu::shapes(header.function, claimed, pdu), tx);
    let message = pdu::Message { whole: message, pdu, unit: header.unit, tx, role, proof };
    pdu::say(cx, &message);
    Step::Took { bytes: total }
}

/// Who speaks, from the message's shape and from what is known of the flow.
fn role(cx: &Cx<'_>, shapes: (bool, bool), tx: u64) -> (Role, Proof) {
    let of = |asks: bool| if asks { Role::Request } else { Role::Response };
    match (shapes, cx.from_client()) {
        ((true, false), None | Some(true)) => (Role::Request, Proof::Content),
        ((false, true), None | Some(false)) => (Role::Response, Proof::Content),
        (_, Some(asks)) => (of(asks), Proof::Context),
        (_, None) => (of(cx.pending(tx).is_none()), Proof::Context),
    }
}
