//! What ARP is.

use crate::common::address;
use vocab::{Access, Area, Arg, Binding, FaultSpec, OpSpec, ProtoId, Spec};

pub(super) const HOST: &Area = &address::area(1, "host");

pub(super) const BAD_LENGTH: &FaultSpec =
    &FaultSpec::new("bad_length", "RFC 826, definition of ar$hln and ar$pln");
pub(super) const GROUP_SENDER: &FaultSpec = &FaultSpec::new("group_sender", "RFC 1812 §3.3.2");

/// Hardware address space, 1 is Ethernet.
const ARGS: &[Arg] = &[Arg::dec("hardware")];

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(100),
    key: "arp",
    name: "ARP",
    standard: "RFC 826; RARP: RFC 903; DRARP: RFC 1931; inverse ARP: RFC 2390; RFC 5227",
    industrial: false,
    carrier: false,
    depth: 3,
    bindings: &[Binding::EtherType(0x0806), Binding::EtherType(0x8035)],
    operations: OPERATIONS,
    attributes: &[],
    faults: &[BAD_LENGTH, GROUP_SENDER],
    areas: &[HOST],
    statuses: &[],
    pdu_bytes_max: 1_500,
    open_max: 4,
};

const OPERATIONS: &[OpSpec] = {
    use Access::Observe;
    &[
        OpSpec::new(1, "request", Observe, "RFC 826").args(ARGS),
        OpSpec::new(2, "reply", Observe, "RFC 826").args(ARGS),
        OpSpec::new(3, "reverse_request", Observe, "RFC 903").args(ARGS),
        OpSpec::new(4, "reverse_reply", Observe, "RFC 903").args(ARGS),
        OpSpec::new(5, "dynamic_reverse_request", Observe, "RFC 1931 §2").args(ARGS),
        OpSpec::new(6, "dynamic_reverse_reply", Observe, "RFC 1931 §2").args(ARGS),
        OpSpec::new(7, "dynamic_reverse_error", Observe, "RFC 1931 §2").args(ARGS),
        OpSpec::new(8, "inverse_request", Observe, "RFC 2390 §6").args(ARGS),
        OpSpec::new(9, "inverse_reply", Observe, "RFC 2390 §6").args(ARGS),
        OpSpec::new(10, "nak", Observe, "RFC 1577 §8.4").args(ARGS),
    ]
};
