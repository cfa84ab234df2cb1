//! What the NetBIOS datagram service and the browser protocol in it are.

use crate::common::netbios;
use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
};

const ARGS: &[Arg] = &[Arg::hex("flags"), Arg::hex("datagram"), Arg::hex("server_type")];

pub(super) const RECEIVER: &Area = &netbios::area(1, "receiver");
pub(super) const SERVER: &Area = &Area::named(2, "server");

const fn field(
    attr: Attribute,
    source: &'static str,
    weight: u8,
    clause: &'static str,
) -> AttrSpec {
    AttrSpec::new(attr, source, weight, clause)
}

pub(super) const SOURCE: &AttrSpec =
    &field(Attribute::Name, "NetBIOS datagram source", 80, "RFC 1002 §4.4.1");
pub(super) const NAME: &AttrSpec =
    &field(Attribute::Name, "browser announcement", 90, "[MS-BRWS] §2.2.1");
pub(super) const GROUP: &AttrSpec =
    &field(Attribute::Domain, "browser domain announcement", 85, "[MS-BRWS] §2.2.7");
pub(super) const WORK_GROUP: &AttrSpec =
    &field(Attribute::Domain, "NetBIOS datagram destination", 60, "RFC 1002 §4.4.1");
pub(super) const SYSTEM: &AttrSpec =
    &field(Attribute::Os, "browser OS version", 50, "[MS-BRWS] §2.2.1");
pub(super) const COMMENT: &AttrSpec =
    &field(Attribute::Description, "browser server comment", 80, "[MS-BRWS] §2.2.1");
pub(super) const ROLE: &AttrSpec =
    &field(Attribute::Role, "browser server type", 60, "[MS-BRWS] §2.2.1");

pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", "RFC 1002 §4.4.1");
pub(super) const BAD_NAME: &FaultSpec = &FaultSpec::new("malformed_name", "RFC 1002 §4.1");
pub(super) const BAD_FRAME: &FaultSpec = &FaultSpec::new("malformed_frame", "[MS-BRWS] §2.2");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(108),
    key: "nbdgm",
    name: "NetBIOS datagram service and browser protocol",
    standard: "RFC 1002 §4.4; [MS-MAIL]; [MS-BRWS]",
    industrial: false,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Udp(138)],
    operations: OPERATIONS,
    attributes: &[SOURCE, NAME, GROUP, WORK_GROUP, SYSTEM, COMMENT, ROLE],
    faults: &[BAD_LENGTH, BAD_NAME, BAD_FRAME],
    areas: &[RECEIVER, SERVER],
    statuses: &[
        StatusSpec::new(0x82, "name_not_present"),
        StatusSpec::new(0x83, "bad_source_name"),
        StatusSpec::new(0x84, "bad_destination_name"),
    ],
    pdu_bytes_max: 1_500,
    open_max: 0,
};

/// Datagram types, RFC 1002 §4.4.1. Below a datagram to a group, or to one host, stands the
/// browser's own operation code, [MS-BRWS] §2.2.
#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Observe};
    &[
        OpSpec::new(0x10, "direct_unique", Observe, "RFC 1002 §4.4.2").args(ARGS),
        OpSpec::new(0x10, "host_announcement", Observe, "[MS-BRWS] §2.2.1").sub(1).args(ARGS),
        OpSpec::new(0x10, "announcement_request", Observe, "[MS-BRWS] §2.2.2").sub(2).args(ARGS),
        OpSpec::new(0x10, "request_election", Observe, "[MS-BRWS] §2.2.3").sub(8).args(ARGS),
        OpSpec::new(0x10, "get_backup_list", Observe, "[MS-BRWS] §2.2.4").sub(9).args(ARGS),
        OpSpec::new(0x10, "backup_list", Observe, "[MS-BRWS] §2.2.5").sub(10).args(ARGS),
        OpSpec::new(0x10, "become_backup", Observe, "[MS-BRWS] §2.2.6").sub(11).args(ARGS),
        OpSpec::new(0x10, "domain_announcement", Observe, "[MS-BRWS] §2.2.7").sub(12).args(ARGS),
        OpSpec::new(0x10, "master_announcement", Observe, "[MS-BRWS] §2.2.8").sub(13).args(ARGS),
        OpSpec::new(0x10, "reset_state", Admin, "[MS-BRWS] §2.2.9").sub(14).args(ARGS),
        OpSpec::new(0x10, "local_master_announcement", Observe, "[MS-BRWS] §2.2.10").sub(15).args(ARGS),
        OpSpec::new(0x11, "direct_group", Observe, "RFC 1002 §4.4.2").args(ARGS),
        OpSpec::new(0x11, "host_announcement", Observe, "[MS-BRWS] §2.2.1").sub(1).args(ARGS),
        OpSpec::new(0x11, "announcement_request", Observe, "[MS-BRWS] §2.2.2").sub(2).args(ARGS),
        OpSpec::new(0x11, "request_election", Observe, "[MS-BRWS] §2.2.3").sub(8).args(ARGS),
        OpSpec::new(0x11, "get_backup_list", Observe, "[MS-BRWS] §2.2.4").sub(9).args(ARGS),
        OpSpec::new(0x11, "backup_list", Observe, "[MS-BRWS] §2.2.5").sub(10).args(ARGS),
        OpSpec::new(0x11, "become_backup", Observe, "[MS-BRWS] §2.2.6").sub(11).args(ARGS),
        OpSpec::new(0x11, "domain_announcement", Observe, "[MS-BRWS] §2.2.7").sub(12).args(ARGS),
        OpSpec::new(0x11, "master_announcement", Observe, "[MS-BRWS] §2.2.8").sub(13).args(ARGS),
        OpSpec::new(0x11, "reset_state", Admin, "[MS-BRWS] §2.2.9").sub(14).args(ARGS),
        OpSpec::new(0x11, "local_master_announcement", Observe, "[MS-BRWS] §2.2.10").sub(15).args(ARGS),
        OpSpec::new(0x12, "broadcast", Observe, "RFC 1002 §4.4.2").args(ARGS),
        OpSpec::new(0x13, "error", Observe, "RFC 1002 §4.4.3").args(ARGS),
        OpSpec::new(0x14, "query_request", Observe, "RFC 1002 §4.4.4").args(ARGS),
        OpSpec::new(0x15, "positive_query_response", Observe, "RFC 1002 §4.4.4").args(ARGS),
        OpSpec::new(0x16, "negative_query_response", Observe, "RFC 1002 §4.4.4").args(ARGS),
    ]
};
