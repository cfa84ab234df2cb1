//! What ICMPv6 is.

use crate::common::address;
use vocab::{Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

const CODE: &[Arg] = &[Arg::dec("code")];
const ECHO: &[Arg] = &[Arg::dec("code"), Arg::dec("identifier"), Arg::dec("sequence")];
const TOO_BIG: &[Arg] = &[Arg::dec("code"), Arg::dec("mtu")];
const ADVERT: &[Arg] =
    &[Arg::dec("code"), Arg::dec("hop_limit"), Arg::hex("flags"), Arg::dec("lifetime")];
const NEIGHBOUR: &[Arg] = &[Arg::dec("code"), Arg::hex("flags")];
const GROUPS: &[Arg] = &[Arg::dec("code"), Arg::dec("groups")];

pub(super) const NEIGHBOUR_ADDRESS: &Area = &address::area(1, "neighbour");
pub(super) const ROUTER: &Area = &address::area(2, "router");
pub(super) const PREFIX: &Area = &address::area(3, "prefix");
pub(super) const NAME_SERVER: &Area = &address::area(4, "name_server");
pub(super) const GROUP: &Area = &address::area(5, "group");

pub(super) const ROLE: &AttrSpec =
    &AttrSpec::new(Attribute::Role, "ICMPv6 router advertisement", 85, "RFC 4861 §6.2.3");
pub(super) const NEIGHBOUR_ROLE: &AttrSpec =
    &AttrSpec::new(Attribute::Role, "ICMPv6 router flag", 80, "RFC 4861 §4.4");

pub(super) const TOO_SHORT: &FaultSpec = &FaultSpec::new("too_short", "RFC 4443 §2.1");
pub(super) const HOP_LIMIT: &FaultSpec =
    &FaultSpec::new("hop_limit_not_255", "RFC 4861 §6.1, §7.1, §8.1");
pub(super) const BAD_OPTION: &FaultSpec = &FaultSpec::new("bad_option", "RFC 4861 §4.6");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(122),
    key: "icmpv6",
    name: "ICMPv6",
    standard: "RFC 4443; neighbour discovery: RFC 4861; RFC 2710, RFC 3810, RFC 8106",
    industrial: false,
    carrier: false,
    depth: 3,
    bindings: &[Binding::IpProto(58)],
    operations: OPERATIONS,
    attributes: &[ROLE, NEIGHBOUR_ROLE],
    faults: &[TOO_SHORT, HOP_LIMIT, BAD_OPTION],
    areas: &[NEIGHBOUR_ADDRESS, ROUTER, PREFIX, NAME_SERVER, GROUP],
    statuses: &[],
    pdu_bytes_max: 1_500,
    open_max: 8,
};

/// IANA "ICMPv6 type numbers".
#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Observe};
    &[
        OpSpec::new(1, "destination_unreachable", Observe, "RFC 4443 §3.1").args(CODE),
        OpSpec::new(2, "packet_too_big", Observe, "RFC 4443 §3.2").args(TOO_BIG),
        OpSpec::new(3, "time_exceeded", Observe, "RFC 4443 §3.3").args(CODE),
        OpSpec::new(4, "parameter_problem", Observe, "RFC 4443 §3.4").args(CODE),
        OpSpec::new(128, "echo_request", Observe, "RFC 4443 §4.1").args(ECHO),
        OpSpec::new(129, "echo_reply", Observe, "RFC 4443 §4.2").args(ECHO),
        OpSpec::new(130, "listener_query", Observe, "RFC 2710 §3").args(CODE),
        OpSpec::new(131, "listener_report", Observe, "RFC 2710 §3").args(CODE),
        OpSpec::new(132, "listener_done", Observe, "RFC 2710 §3").args(CODE),
        OpSpec::new(133, "router_solicitation", Observe, "RFC 4861 §4.1").args(CODE),
        OpSpec::new(134, "router_advertisement", Observe, "RFC 4861 §4.2").args(ADVERT),
        OpSpec::new(135, "neighbour_solicitation", Observe, "RFC 4861 §4.3").args(CODE),
        OpSpec::new(136, "neighbour_advertisement", Observe, "RFC 4861 §4.4").args(NEIGHBOUR),
        OpSpec::new(137, "redirect", Admin, "RFC 4861 §4.5").args(CODE),
        OpSpec::new(138, "router_renumbering", Admin, "RFC 2894 §3").args(CODE),
        OpSpec::new(139, "node_information_query", Observe, "RFC 4620 §4").args(CODE),
        OpSpec::new(140, "node_information_response", Observe, "RFC 4620 §4").args(CODE),
        OpSpec::new(143, "listener_report_2", Observe, "RFC 3810 §5.2").args(GROUPS),
        OpSpec::new(151, "router_search_advertisement", Observe, "RFC 4286 §3").args(CODE),
        OpSpec::new(152, "router_search_solicitation", Observe, "RFC 4286 §4").args(CODE),
        OpSpec::new(153, "router_search_termination", Observe, "RFC 4286 §5").args(CODE),
        OpSpec::new(155, "rpl_control", Observe, "RFC 6550 §6").args(CODE),
    ]
};
