//! What SSH is.

use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
};

pub(super) const ALGORITHMS: &Area = &Area::named(1, "algorithms");

pub(super) const BANNER: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "SSH identification", 90, "RFC 4253 §4.2");

pub(super) const BAD_KEXINIT: &FaultSpec = &FaultSpec::new("malformed_kexinit", "RFC 4253 §7.1");
pub(super) const LINE_TOO_LONG: &FaultSpec =
    &FaultSpec::new("identification_too_long", "RFC 4253 §4.2");

/// The operation of identification lines, which have no number.
pub(super) const IDENTIFICATION: u32 = 0;

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(113),
    key: "ssh",
    name: "SSH",
    standard: "RFC 4253, RFC 4419, RFC 5656",
    industrial: false,
    carrier: false,
    depth: 2,
    bindings: &[Binding::Tcp(22), Binding::AnyTcp],
    operations: OPERATIONS,
    attributes: &[BANNER],
    faults: &[BAD_KEXINIT, LINE_TOO_LONG],
    areas: &[ALGORITHMS],
    statuses: REASONS,
    pdu_bytes_max: 35_004,
    open_max: 4,
};

const OPERATIONS: &[OpSpec] = {
    use Access::Observe;
    const REASON: &[Arg] = &[Arg::dec("reason")];
    &[
        OpSpec::new(IDENTIFICATION, "identification", Observe, "RFC 4253 §4.2"),
        OpSpec::new(1, "disconnect", Observe, "RFC 4253 §11.1").args(REASON),
        OpSpec::new(2, "ignore", Observe, "RFC 4253 §11.2"),
        OpSpec::new(3, "unimplemented", Observe, "RFC 4253 §11.4"),
        OpSpec::new(4, "debug", Observe, "RFC 4253 §11.3"),
        OpSpec::new(20, "kexinit", Observe, "RFC 4253 §7.1"),
        OpSpec::new(21, "newkeys", Observe, "RFC 4253 §7.3"),
        OpSpec::new(30, "kex_init", Observe, "RFC 4253 §8, RFC 5656 §4"),
        OpSpec::new(31, "kex_reply", Observe, "RFC 4253 §8, RFC 4419 §3, RFC 5656 §4"),
        OpSpec::new(32, "kex_group_init", Observe, "RFC 4419 §3"),
        OpSpec::new(33, "kex_group_reply", Observe, "RFC 4419 §3"),
        OpSpec::new(34, "kex_group_request", Observe, "RFC 4419 §3"),
    ]
};

/// Why a connection is given up. RFC 4253 §11.1.
const REASONS: &[StatusSpec] = &[
    StatusSpec::new(1, "host_not_allowed_to_connect"),
    StatusSpec::new(2, "protocol_error"),
    StatusSpec::new(3, "key_exchange_failed"),
    StatusSpec::new(5, "mac_error"),
    StatusSpec::new(6, "compression_error"),
    StatusSpec::new(7, "service_not_available"),
    StatusSpec::new(8, "protocol_version_not_supported"),
    StatusSpec::new(9, "host_key_not_verifiable"),
    StatusSpec::new(10, "connection_lost"),
    StatusSpec::new(12, "too_many_connections"),
    StatusSpec::new(13, "auth_cancelled_by_user"),
    StatusSpec::new(14, "no_more_auth_methods_available"),
    StatusSpec::new(15, "illegal_user_name"),
];
