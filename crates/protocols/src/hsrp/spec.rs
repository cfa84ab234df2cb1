//! What HSRP is.

use crate::common::address;
use vocab::{Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

const ARGS: &[Arg] =
    &[Arg::dec("version"), Arg::dec("group"), Arg::dec("priority"), Arg::dec("state")];

pub(super) const VIRTUAL: &Area = &address::area(1, "virtual_router");

pub(super) const ROLE: &AttrSpec =
    &AttrSpec::new(Attribute::Role, "HSRP message", 85, "RFC 2281 §5");
pub(super) const IDENTIFIER: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "HSRP identifier", 60, "Cisco HSRP version 2");

pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", "RFC 2281 §5.1");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(124),
    key: "hsrp",
    name: "HSRP",
    standard: "RFC 2281 (version 1); Cisco Hot Standby Router Protocol version 2",
    industrial: false,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Udp(1985), Binding::Udp(2029)],
    operations: OPERATIONS,
    attributes: &[ROLE, IDENTIFIER],
    faults: &[BAD_LENGTH],
    areas: &[VIRTUAL],
    statuses: &[],
    pdu_bytes_max: 1_500,
    open_max: 0,
};

const OPERATIONS: &[OpSpec] = {
    use Access::Observe;
    &[
        OpSpec::new(0, "hello", Observe, "RFC 2281 §5.1").args(ARGS),
        OpSpec::new(1, "coup", Observe, "RFC 2281 §5.1").args(ARGS),
        OpSpec::new(2, "resign", Observe, "RFC 2281 §5.1").args(ARGS),
        OpSpec::new(3, "advertise", Observe, "Cisco HSRP, passive groups").args(ARGS),
    ]
};
