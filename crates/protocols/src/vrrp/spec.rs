//! What VRRP is.

use crate::common::address;
use vocab::{Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

pub(super) const VIRTUAL: &Area = &address::area(1, "virtual_router");

pub(super) const ROLE: &AttrSpec =
    &AttrSpec::new(Attribute::Role, "VRRP advertisement", 85, "RFC 5798 §5.2");

pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", "RFC 5798 §7.1");
pub(super) const TTL: &FaultSpec = &FaultSpec::new("ttl_not_255", "RFC 5798 §5.1.1.3");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(123),
    key: "vrrp",
    name: "VRRP",
    standard: "RFC 5798 (version 3), RFC 3768 (version 2)",
    industrial: false,
    carrier: false,
    depth: 3,
    bindings: &[Binding::IpProto(112)],
    operations: &[OpSpec::new(1, "advertisement", Access::Observe, "RFC 5798 §5.2").args(&[
        Arg::dec("version"),
        Arg::dec("virtual_router"),
        Arg::dec("priority"),
        Arg::dec("interval"),
    ])],
    attributes: &[ROLE],
    faults: &[BAD_LENGTH, TTL],
    areas: &[VIRTUAL],
    statuses: &[],
    pdu_bytes_max: 1_500,
    open_max: 0,
};
