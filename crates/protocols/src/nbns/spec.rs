//! What the NetBIOS name service is.

use crate::common::{address, netbios};
use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
};

const ARGS: &[Arg] = &[Arg::dec("questions"), Arg::dec("answers"), Arg::hex("flags")];

pub(super) const NAME: &Area = &netbios::area(1, "name");
pub(super) const HOLDER: &Area = &address::area(2, "holder");

const fn name(attr: Attribute, source: &'static str, weight: u8) -> AttrSpec {
    AttrSpec::new(attr, source, weight, "RFC 1002 §4.2")
}

pub(super) const HOST: &AttrSpec = &name(Attribute::Name, "NetBIOS name <00>", 85);
pub(super) const FILE_SERVER: &AttrSpec = &name(Attribute::Name, "NetBIOS name <20>", 85);
pub(super) const GROUP: &AttrSpec = &name(Attribute::Domain, "NetBIOS group name", 80);
pub(super) const BROWSER: &AttrSpec = &name(Attribute::Domain, "NetBIOS browser name", 75);
pub(super) const ROLE: &AttrSpec = &name(Attribute::Role, "NetBIOS name <1b>, <1c>", 75);
pub(super) const UNIT: &AttrSpec = &name(Attribute::Address, "NetBIOS unit id", 70);

pub(super) const BAD_COUNTS: &FaultSpec = &FaultSpec::new("bad_counts", "RFC 1002 §4.2.1.1");
pub(super) const BAD_NAME: &FaultSpec = &FaultSpec::new("malformed_name", "RFC 1002 §4.1");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(107),
    key: "nbns",
    name: "NetBIOS name service",
    standard: "RFC 1001 and RFC 1002 §4.2",
    industrial: false,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Udp(137)],
    operations: OPERATIONS,
    attributes: &[HOST, FILE_SERVER, GROUP, BROWSER, ROLE, UNIT],
    faults: &[BAD_COUNTS, BAD_NAME],
    areas: &[NAME, HOLDER],
    statuses: STATUSES,
    pdu_bytes_max: 1_500,
    open_max: 16,
};

const OPERATIONS: &[OpSpec] = {
    use Access::Observe;
    &[
        OpSpec::new(0, "query", Observe, "RFC 1002 §4.2.12").args(ARGS),
        OpSpec::new(5, "registration", Observe, "RFC 1002 §4.2.2").args(ARGS),
        OpSpec::new(6, "release", Observe, "RFC 1002 §4.2.9").args(ARGS),
        OpSpec::new(7, "wait", Observe, "RFC 1002 §4.2.16").args(ARGS),
        OpSpec::new(8, "refresh", Observe, "RFC 1002 §4.2.4").args(ARGS),
        OpSpec::new(9, "refresh_alternate", Observe, "RFC 1002 §4.2.4").args(ARGS),
        OpSpec::new(15, "multi_homed_registration", Observe, "[MS-NBTE] §2.2").args(ARGS),
    ]
};

const STATUSES: &[StatusSpec] = &[
    StatusSpec::new(1, "format_error"),
    StatusSpec::new(2, "server_failure"),
    StatusSpec::new(3, "name_error"),
    StatusSpec::new(4, "unsupported"),
    StatusSpec::new(5, "refused"),
    StatusSpec::new(6, "active"),
    StatusSpec::new(7, "conflict"),
];
