//! DHCPv6: hosts get IPv6 addresses and settings, and tell their name and kind on the way.

mod identity;
mod spec;

use crate::common::address;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Host, Op, Role, Spec, Status, Subject, Value};

/// Relays inside relays. RFC 8415 §7.6: at most 8 hops.
const HOPS_MAX: u8 = 8;

/// The DHCPv6 dissector.
#[derive(Debug)]
pub struct Dhcpv6;

impl Dissector for Dhcpv6 {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(_hint: &Hint<'_>, head: &[u8]) -> Probe {
        match head {
            [1..=11, _, _, _, ..] => Probe::Sure,
            [12 | 13, _, ..] if head.len() >= 34 => Probe::Sure,
            _ => Probe::No,
        }
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let subject = Subject::Sender;
        if say(cx, bytes, subject, 0) { Step::Took { bytes: bytes.len() } } else { Step::NotMine }
    }
}

/// One message: of a client or server, or a relay's around another. RFC 8415 §8, §9. Only the
/// outermost one is an operation; what a relay passes on is about its peer.
fn say(cx: &mut Cx<'_>, bytes: &[u8], of: Subject, depth: u8) -> bool {
    let mut at = Cursor::new(bytes);
    let Some(kind) = at.u8() else { return false };
    let relayed = matches!(kind, 12 | 13);
    let (head, peer) = if relayed {
        let (Some(hops), Some(_link), Some(peer)) = (at.u8(), at.take(16), at.take(16)) else {
            return false;
        };
        (u32::from(hops), Some(peer))
    } else {
        let Some(transaction) = at.be24() else { return false };
        (transaction, None)
    };
    let options = at.rest();
    if depth == 0 {
        say_operation(cx, bytes, kind, head, options);
    }
    if let Some(peer) = peer {
        cx.item(address::target(spec::PEER, peer), Value::None);
    }
    let from_client = !matches!(kind, 2 | 7 | 10 | 13);
    let mut at = Cursor::new(options);
    while let Some((code, value)) = next_option(&mut at) {
        match (code, peer) {
            // The message that a relay passes on. RFC 8415 §21.10.
            (9, Some(peer)) if depth < HOPS_MAX => {
                let peer = address::ip(peer).map_or(of, |ip| Subject::Host(Host::Ip(ip)));
                let of = if kind == 12 { peer } else { of };
                say(cx, value, of, depth.saturating_add(1));
            }
            _ => identity::option(cx, of, from_client, code, value),
        }
    }
    if !at.is_empty() && !cx.cut() {
        cx.fault(spec::BAD_OPTION, at.rest());
    }
    true
}

fn say_operation(cx: &mut Cx<'_>, bytes: &[u8], kind: u8, head: u32, options: &[u8]) {
    let role = match kind {
        2 | 7 | 13 => Role::Response,
        10 => Role::Event,
        _ => Role::Request,
    };
    let mut op = Op::new(u32::from(kind), role, bytes);
    op.args = Some([u64::from(head), 0, 0, 0]);
    // What goes to a group is answered in another flow.
    if cx.headers().dst_mac.is_unicast() && kind < 12 {
        op.tx = Some(u64::from(head));
    }
    if role == Role::Response {
        op.status = status(options);
    }
    cx.op(&op);
    if matches!(kind, 2 | 7) {
        cx.attr(spec::SERVER_ROLE, b"dhcp-server");
    }
}

/// The status code option of the message itself. RFC 8415 §21.13.
fn status(options: &[u8]) -> Status {
    let mut at = Cursor::new(options);
    while let Some((code, value)) = next_option(&mut at) {
        if let (13, &[high, low, ..]) = (code, value) {
            return match u16::from_be_bytes([high, low]) {
                0 => Status::Ok,
                error => Status::Error(u32::from(error)),
            };
        }
    }
    Status::Ok
}

/// The next option: code, length, value. RFC 8415 §21.1. Stays where it is when one is broken.
fn next_option<'p>(at: &mut Cursor<'p>) -> Option<(u16, &'p [u8])> {
    let mut probe = *at;
    let (code, len) = (probe.be16()?, probe.be16()?);
    let value = probe.take(usize::from(len))?;
    *at = probe;
    Some((code, value))
}
