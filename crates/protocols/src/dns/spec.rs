//! What DNS is.

use crate::common::domain;
use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
};

/// Arguments of all messages in this format.
pub(crate) const ARGS: &[Arg] =
    &[Arg::hex("flags"), Arg::dec("questions"), Arg::dec("answers"), Arg::dec("further")];

const QUESTION: &Area = &domain::area(1, "question");
const RECORD: &Area = &domain::area(2, "record");

const HOST: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "DNS address record", 70, "RFC 1035 §3.4.1");

const BAD_COUNTS: &FaultSpec = &FaultSpec::new("bad_counts", "RFC 1035 §4.1.1");
const BAD_NAME: &FaultSpec = &FaultSpec::new("malformed_name", "RFC 1035 §4.1.4");
pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", "RFC 1035 §4.2.2");

pub(super) const PROFILE: super::say::Profile = super::say::Profile {
    question: QUESTION,
    record: RECORD,
    host: HOST,
    link_local: false,
    bad_counts: BAD_COUNTS,
    bad_name: BAD_NAME,
};

/// Response codes that DNS, multicast DNS and LLMNR share. RFC 1035 §4.1.1, RFC 2136 §2.2.
pub(crate) const STATUSES: &[StatusSpec] = &[
    StatusSpec::new(1, "format_error"),
    StatusSpec::new(2, "server_failure"),
    StatusSpec::new(3, "name_error"),
    StatusSpec::new(4, "not_implemented"),
    StatusSpec::new(5, "refused"),
    StatusSpec::new(6, "name_exists"),
    StatusSpec::new(7, "record_set_exists"),
    StatusSpec::new(8, "no_such_record_set"),
    StatusSpec::new(9, "not_authoritative"),
    StatusSpec::new(10, "not_in_zone"),
    StatusSpec::new(11, "dso_type_not_implemented"),
];

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(105),
    key: "dns",
    name: "DNS",
    standard: "RFC 1034, RFC 1035; update: RFC 2136; notify: RFC 1996; RFC 6891, RFC 8490",
    industrial: false,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Udp(53), Binding::Tcp(53)],
    operations: OPERATIONS,
    attributes: &[HOST],
    faults: &[BAD_COUNTS, BAD_NAME, BAD_LENGTH],
    areas: &[QUESTION, RECORD],
    statuses: STATUSES,
    pdu_bytes_max: 65_537,
    open_max: 64,
};

const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Observe};
    &[
        OpSpec::new(0, "query", Observe, "RFC 1035 §4.1.1").args(ARGS),
        OpSpec::new(1, "inverse_query", Observe, "RFC 1035 §6.4").args(ARGS),
        OpSpec::new(2, "status", Observe, "RFC 1035 §4.1.1").args(ARGS),
        OpSpec::new(4, "notify", Observe, "RFC 1996 §3").args(ARGS),
        OpSpec::new(5, "update", Admin, "RFC 2136 §2").args(ARGS),
        OpSpec::new(6, "stateful_operations", Observe, "RFC 8490 §5.4").args(ARGS),
    ]
};
