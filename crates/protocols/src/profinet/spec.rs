//! What the PROFINET frame is.

use vocab::{Access, Arg, Binding, FaultSpec, OpSpec, ProtoId, Spec};

/// Selector under which the configuration protocol finds its frames.
pub const DCP: u32 = 1;
/// Selector under which cyclic data and alarms find their frames.
pub const REAL_TIME: u32 = 2;
/// Selector under which the clock protocol finds its frames.
pub const CLOCK: u32 = 3;

/// Code of a frame whose identifier the standard reserves.
pub(super) const RESERVED: u32 = 0;
/// Code of a fragment, the first of its range.
pub(super) const FRAGMENT: u32 = 0xff80;

pub(super) const SHORT: &FaultSpec = &FaultSpec::new("too_short", "IEC 61158-6-10:2019 §4.2");
pub(super) const RESERVED_ID: &FaultSpec =
    &FaultSpec::new("reserved_frame_id", "IEC 61158-6-10:2019 §4.2");

const FRAME: &[Arg] = &[Arg::hex("frame_id")];

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(12),
    key: "profinet",
    name: "PROFINET frame",
    standard: "IEC 61158-6-10:2019, clause 4.2",
    industrial: true,
    carrier: true,
    depth: 2,
    bindings: &[Binding::EtherType(0x8892), Binding::Udp(34_962), Binding::Udp(34_963)],
    operations: &[
        OpSpec::new(RESERVED, "reserved", Access::Observe, "IEC 61158-6-10:2019 §4.2").args(FRAME),
        OpSpec::new(FRAGMENT, "fragment", Access::Write, "IEC 61158-6-10:2019 §4.9").args(FRAME),
    ],
    attributes: &[],
    faults: &[SHORT, RESERVED_ID],
    areas: &[],
    statuses: &[],
    pdu_bytes_max: 1_500,
    open_max: 0,
};
