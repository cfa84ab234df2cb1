//! Device level ring: frames that keep a ring of two-port devices free of loops. CIP Vol 2 §9-5.

use super::spec;
use core::net::{IpAddr, Ipv4Addr};
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Role};

/// One ring frame: sub-type, version, frame type, port, address, sequence number, and what the
/// type has.
pub(super) fn say(cx: &mut Cx<'_>, frame: &[u8]) {
    let mut at = Cursor::new(frame);
    let Some(&[_, _, kind, port]) = at.chunk::<4>() else {
        cx.fault(spec::BAD_RING, frame);
        return;
    };
    let mut op = Op::new(spec::DLR_CODE | u32::from(kind), Role::Event, frame);
    let (Some(address), Some(sequence)) = (at.be32(), at.be32()) else {
        cx.op(&op);
        if !cx.cut() {
            cx.fault(spec::BAD_RING, frame);
        }
        return;
    };
    op.args = Some([u64::from(sequence), u64::from(port), 0, 0]);
    if kind == 1
        && let Some(&[state, precedence]) = at.chunk::<2>()
    {
        let interval = u64::from(at.be32().unwrap_or(0));
        op.args = Some([u64::from(sequence), u64::from(state), u64::from(precedence), interval]);
    }
    cx.op(&op);
    // The address is the sender's own, the frame is never routed.
    cx.bind(cx.headers().src_mac, IpAddr::V4(Ipv4Addr::from_bits(address)));
}
