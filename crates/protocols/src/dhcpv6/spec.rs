//! What DHCPv6 is.

use crate::common::address;
use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
};

const ARGS: &[Arg] = &[Arg::hex("transaction")];
const RELAY: &[Arg] = &[Arg::dec("hops")];

pub(super) const ASSIGNED: &Area = &address::area(1, "assigned");
pub(super) const PREFIX: &Area = &address::area(2, "prefix");
pub(super) const NAME_SERVER: &Area = &address::area(3, "name_server");
pub(super) const PEER: &Area = &address::area(4, "peer");

const fn option(
    attr: Attribute,
    source: &'static str,
    weight: u8,
    clause: &'static str,
) -> AttrSpec {
    AttrSpec::new(attr, source, weight, clause)
}

pub(super) const FULL_NAME: &AttrSpec =
    &option(Attribute::Name, "DHCPv6 client full name", 85, "RFC 4704 §4");
pub(super) const VENDOR_CLASS: &AttrSpec =
    &option(Attribute::Software, "DHCPv6 vendor class", 60, "RFC 8415 §21.16");
pub(super) const SYSTEM: &AttrSpec =
    &option(Attribute::Os, "DHCPv6 vendor class", 50, "RFC 8415 §21.16");
pub(super) const IDENTIFIER: &AttrSpec =
    &option(Attribute::Address, "DHCPv6 identifier, MAC address in it", 50, "RFC 8415 §11");
pub(super) const SERVER_ROLE: &AttrSpec =
    &option(Attribute::Role, "DHCPv6 server message", 60, "RFC 8415 §7.3");
pub(super) const SEARCH: &AttrSpec =
    &option(Attribute::Domain, "DHCPv6 domain search list", 60, "RFC 3646 §4");

pub(super) const BAD_OPTION: &FaultSpec = &FaultSpec::new("bad_option", "RFC 8415 §21.1");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(121),
    key: "dhcpv6",
    name: "DHCPv6",
    standard: "RFC 8415; options: RFC 3646, RFC 4704",
    industrial: false,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Udp(547), Binding::Udp(546)],
    operations: OPERATIONS,
    attributes: &[FULL_NAME, VENDOR_CLASS, SYSTEM, IDENTIFIER, SERVER_ROLE, SEARCH],
    faults: &[BAD_OPTION],
    areas: &[ASSIGNED, PREFIX, NAME_SERVER, PEER],
    statuses: STATUSES,
    pdu_bytes_max: 1_500,
    open_max: 8,
};

/// IANA "DHCPv6 Message Types".
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Observe};
    &[
        OpSpec::new(1, "solicit", Observe, "RFC 8415 §18.2.1").args(ARGS),
        OpSpec::new(2, "advertise", Observe, "RFC 8415 §18.3.9").args(ARGS),
        OpSpec::new(3, "request", Observe, "RFC 8415 §18.2.2").args(ARGS),
        OpSpec::new(4, "confirm", Observe, "RFC 8415 §18.2.3").args(ARGS),
        OpSpec::new(5, "renew", Observe, "RFC 8415 §18.2.4").args(ARGS),
        OpSpec::new(6, "rebind", Observe, "RFC 8415 §18.2.5").args(ARGS),
        OpSpec::new(7, "reply", Observe, "RFC 8415 §18.3.10").args(ARGS),
        OpSpec::new(8, "release", Observe, "RFC 8415 §18.2.7").args(ARGS),
        OpSpec::new(9, "decline", Observe, "RFC 8415 §18.2.8").args(ARGS),
        OpSpec::new(10, "reconfigure", Admin, "RFC 8415 §18.3.11").args(ARGS),
        OpSpec::new(11, "information_request", Observe, "RFC 8415 §18.2.6").args(ARGS),
        OpSpec::new(12, "relay_forward", Observe, "RFC 8415 §19.1").args(RELAY),
        OpSpec::new(13, "relay_reply", Observe, "RFC 8415 §19.3").args(RELAY),
    ]
};

/// IANA "DHCPv6 Status Codes".
const STATUSES: &[StatusSpec] = &[
    StatusSpec::new(1, "unspecified_failure"),
    StatusSpec::new(2, "no_addresses"),
    StatusSpec::new(3, "no_binding"),
    StatusSpec::new(4, "not_on_link"),
    StatusSpec::new(5, "use_multicast"),
    StatusSpec::new(6, "no_prefix"),
];
