//! What implicit messages of CIP are.

use core::fmt::{Result, Write};
use vocab::{Access, Area, Arg, Binding, FaultSpec, OpSpec, ProtoId, Spec, Target};

const DATA: &[Arg] =
    &[Arg::hex("connection"), Arg::dec("sequence"), Arg::dec("bytes"), Arg::dec("count")];

/// A connection by its identifier.
pub(super) const CONNECTION: &Area = &Area::shown(1, "connection", show);

fn show(t: &Target<'_>, out: &mut dyn Write) -> Result {
    write!(out, "connection[0x{:08x}]", t.index)
}

pub(super) const BAD_ITEMS: &FaultSpec = &FaultSpec::new("malformed_items", "CIP Vol 2 §2-6");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(8),
    key: "cip-io",
    name: "CIP implicit messages",
    standard: "CIP Networks Library Volume 2 (EtherNet/IP Adaptation of CIP), edition 1.25",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Udp(2_222), Binding::AnyUdp],
    operations: &[OpSpec::new(0, "data", Access::Write, "CIP Vol 2 §3-3.2").args(DATA)],
    attributes: &[],
    faults: &[BAD_ITEMS],
    areas: &[CONNECTION],
    statuses: &[],
    pdu_bytes_max: 65_507,
    open_max: 0,
};
