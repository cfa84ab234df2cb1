//! What DHCP and BOOTP are.

use crate::common::address;
use vocab::{Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

const ARGS: &[Arg] = &[Arg::hex("transaction"), Arg::dec("lease_seconds"), Arg::dec("hops")];

pub(super) const REQUESTED: &Area = &address::area(1, "requested");
pub(super) const ASSIGNED: &Area = &address::area(2, "assigned");
pub(super) const SERVER: &Area = &address::area(3, "server");
pub(super) const ROUTER: &Area = &address::area(4, "router");
pub(super) const NAME_SERVER: &Area = &address::area(5, "name_server");
pub(super) const TIME_SERVER: &Area = &address::area(6, "time_server");
pub(super) const BOOT_FILE: &Area = &Area::named(7, "boot_file");
pub(super) const RELAY: &Area = &address::area(8, "relay");

const fn option(
    attr: Attribute,
    source: &'static str,
    weight: u8,
    clause: &'static str,
) -> AttrSpec {
    AttrSpec::new(attr, source, weight, clause)
}

pub(super) const HOST_NAME: &AttrSpec =
    &option(Attribute::Name, "DHCP host name", 85, "RFC 2132 §3.14");
pub(super) const FULL_NAME: &AttrSpec =
    &option(Attribute::Name, "DHCP client full name", 85, "RFC 4702 §2");
pub(super) const DOMAIN: &AttrSpec =
    &option(Attribute::Domain, "DHCP domain name", 70, "RFC 2132 §3.17");
pub(super) const VENDOR_CLASS: &AttrSpec =
    &option(Attribute::Software, "DHCP vendor class", 60, "RFC 2132 §9.13");
pub(super) const SYSTEM: &AttrSpec =
    &option(Attribute::Os, "DHCP vendor class", 50, "RFC 2132 §9.13");
pub(super) const CLIENT_ID: &AttrSpec =
    &option(Attribute::Address, "DHCP client identifier", 60, "RFC 2132 §9.14");
pub(super) const USER_CLASS: &AttrSpec =
    &option(Attribute::Description, "DHCP user class", 40, "RFC 3004 §4");
pub(super) const PARAMETERS: &AttrSpec =
    &option(Attribute::Description, "DHCP parameter list", 20, "RFC 2132 §9.8");
pub(super) const RELAY_PORT: &AttrSpec =
    &option(Attribute::Port, "DHCP relay circuit id", 40, "RFC 3046 §3.1");
pub(super) const ROUTER_ROLE: &AttrSpec =
    &option(Attribute::Role, "DHCP router option", 70, "RFC 2132 §3.5");
pub(super) const SERVER_ROLE: &AttrSpec =
    &option(Attribute::Role, "DHCP server identifier", 60, "RFC 2132 §9.7");

pub(super) const BAD_HEADER: &FaultSpec = &FaultSpec::new("bad_header", "RFC 2131 §2");
pub(super) const BAD_OPTION: &FaultSpec = &FaultSpec::new("bad_option", "RFC 2132 §2");
pub(super) const NO_END: &FaultSpec = &FaultSpec::new("no_end_option", "RFC 2131 §4.1");

/// Subcode that tells BOOTP from DHCP: message types and BOOTP's op codes share their numbers.
pub(super) const BOOTP: u16 = 0;

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(101),
    key: "dhcp",
    name: "DHCP",
    standard: "RFC 2131; options: RFC 2132, RFC 3046, RFC 4702; BOOTP: RFC 951",
    industrial: false,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Udp(67), Binding::Udp(68)],
    operations: OPERATIONS,
    attributes: &[
        HOST_NAME,
        FULL_NAME,
        DOMAIN,
        VENDOR_CLASS,
        SYSTEM,
        CLIENT_ID,
        USER_CLASS,
        PARAMETERS,
        RELAY_PORT,
        ROUTER_ROLE,
        SERVER_ROLE,
    ],
    faults: &[BAD_HEADER, BAD_OPTION, NO_END],
    areas: &[REQUESTED, ASSIGNED, SERVER, ROUTER, NAME_SERVER, TIME_SERVER, BOOT_FILE, RELAY],
    statuses: &[],
    pdu_bytes_max: 1_500,
    open_max: 8,
};

/// Message types of option 53. IANA "DHCP Message Type 53 Values".
#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Observe};
    &[
        OpSpec::new(1, "discover", Observe, "RFC 2131 §3.1").args(ARGS),
        OpSpec::new(1, "bootp_request", Observe, "RFC 951 §3").sub(BOOTP).args(ARGS),
        OpSpec::new(2, "offer", Observe, "RFC 2131 §3.1").args(ARGS),
        OpSpec::new(2, "bootp_reply", Observe, "RFC 951 §3").sub(BOOTP).args(ARGS),
        OpSpec::new(3, "request", Observe, "RFC 2131 §3.1").args(ARGS),
        OpSpec::new(4, "decline", Observe, "RFC 2131 §3.1").args(ARGS),
        OpSpec::new(5, "ack", Observe, "RFC 2131 §3.1").args(ARGS),
        OpSpec::new(6, "nak", Observe, "RFC 2131 §3.1").args(ARGS),
        OpSpec::new(7, "release", Observe, "RFC 2131 §3.1").args(ARGS),
        OpSpec::new(8, "inform", Observe, "RFC 2131 §3.4").args(ARGS),
        OpSpec::new(9, "force_renew", Admin, "RFC 3203 §2").args(ARGS),
        OpSpec::new(10, "lease_query", Observe, "RFC 4388 §6.1").args(ARGS),
        OpSpec::new(11, "lease_unassigned", Observe, "RFC 4388 §6.1").args(ARGS),
        OpSpec::new(12, "lease_unknown", Observe, "RFC 4388 §6.1").args(ARGS),
        OpSpec::new(13, "lease_active", Observe, "RFC 4388 §6.1").args(ARGS),
        OpSpec::new(14, "bulk_lease_query", Observe, "RFC 6926 §6.2").args(ARGS),
        OpSpec::new(15, "lease_query_done", Observe, "RFC 6926 §6.2").args(ARGS),
        OpSpec::new(16, "active_lease_query", Observe, "RFC 7724 §5.2").args(ARGS),
        OpSpec::new(17, "lease_query_status", Observe, "RFC 7724 §5.2").args(ARGS),
        OpSpec::new(18, "tls", Observe, "RFC 7724 §5.2").args(ARGS),
    ]
};
