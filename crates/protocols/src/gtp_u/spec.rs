//! What GTP-U is.

use vocab::{Access, Arg, Binding, FaultSpec, OpSpec, ProtoId, Spec};

pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", "3GPP TS 29.281 §5.1");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(137),
    key: "gtp-u",
    name: "GTP-U",
    standard: "3GPP TS 29.281 release 17",
    industrial: false,
    carrier: false,
    depth: 2,
    bindings: &[Binding::Udp(2152)],
    operations: OPERATIONS,
    attributes: &[],
    faults: &[BAD_LENGTH],
    areas: &[],
    statuses: &[],
    pdu_bytes_max: 65_535,
    open_max: 8,
};

const ARGS: &[Arg] = &[Arg::dec("length"), Arg::dec("sequence")];

const OPERATIONS: &[OpSpec] = {
    use Access::Observe;
    const TYPES: &str = "3GPP TS 29.281 §6.1";
    &[
        OpSpec::new(1, "echo_request", Observe, TYPES).args(ARGS),
        OpSpec::new(2, "echo_response", Observe, TYPES).args(ARGS),
        OpSpec::new(26, "error_indication", Observe, TYPES).args(ARGS),
        OpSpec::new(31, "supported_extension_headers", Observe, TYPES).args(ARGS),
        OpSpec::new(253, "tunnel_status", Observe, TYPES).args(ARGS),
        OpSpec::new(254, "end_marker", Observe, TYPES).args(ARGS),
        OpSpec::new(255, "g_pdu", Observe, TYPES).args(ARGS),
    ]
};
