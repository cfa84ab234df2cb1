//! What NTP is.

use crate::common::address;
use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
};

const ARGS: &[Arg] =
    &[Arg::dec("version"), Arg::dec("stratum"), Arg::dec("poll"), Arg::hex("reference_id")];
const CONTROL: &[Arg] = &[Arg::dec("version"), Arg::dec("sequence"), Arg::dec("association")];
const PRIVATE: &[Arg] = &[Arg::dec("version"), Arg::dec("sequence"), Arg::dec("implementation")];

/// The host that a server takes its time from.
pub(super) const REFERENCE: &Area = &address::area(1, "reference");

const fn variable(attr: Attribute, source: &'static str) -> AttrSpec {
    AttrSpec::new(attr, source, 85, "RFC 9327 §4, system variables")
}

pub(super) const SOFTWARE: &AttrSpec = &variable(Attribute::Software, "NTP variable version");
pub(super) const SYSTEM: &AttrSpec = &variable(Attribute::Os, "NTP variable system");
pub(super) const PROCESSOR: &AttrSpec = &variable(Attribute::Description, "NTP variable processor");
pub(super) const ROLE: &AttrSpec =
    &AttrSpec::new(Attribute::Role, "NTP server mode", 50, "RFC 5905 §7.3");

pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", "RFC 5905 §7.3");
pub(super) const BAD_CONTROL: &FaultSpec = &FaultSpec::new("bad_control_message", "RFC 9327 §2");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(116),
    key: "ntp",
    name: "NTP",
    standard: "RFC 5905 (version 4), RFC 1305 (version 3), RFC 4330; mode 6: RFC 9327",
    industrial: false,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Udp(123)],
    operations: OPERATIONS,
    attributes: &[SOFTWARE, SYSTEM, PROCESSOR, ROLE],
    faults: &[BAD_LENGTH, BAD_CONTROL],
    areas: &[REFERENCE],
    statuses: &[
        StatusSpec::new(1, "authentication_failure"),
        StatusSpec::new(2, "bad_format"),
        StatusSpec::new(3, "bad_operation_code"),
        StatusSpec::new(4, "unknown_association"),
        StatusSpec::new(5, "unknown_variable"),
        StatusSpec::new(6, "bad_value"),
        StatusSpec::new(7, "prohibited"),
    ],
    pdu_bytes_max: 1_500,
    open_max: 8,
};

/// Modes, RFC 5905 §7.3; below mode 6 the operation codes of RFC 9327 §2, below mode 7 those
/// requests of the reference implementation that change something.
#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Observe};
    &[
        OpSpec::new(0, "reserved", Observe, "RFC 5905 §7.3").args(ARGS),
        OpSpec::new(1, "symmetric_active", Observe, "RFC 5905 §7.3").args(ARGS),
        OpSpec::new(2, "symmetric_passive", Observe, "RFC 5905 §7.3").args(ARGS),
        OpSpec::new(3, "client", Observe, "RFC 5905 §7.3").args(ARGS),
        OpSpec::new(4, "server", Observe, "RFC 5905 §7.3").args(ARGS),
        OpSpec::new(5, "broadcast", Observe, "RFC 5905 §7.3").args(ARGS),
        OpSpec::new(6, "control", Admin, "RFC 9327 §2").args(CONTROL),
        OpSpec::new(6, "read_status", Observe, "RFC 9327 §2").sub(1).args(CONTROL),
        OpSpec::new(6, "read_variables", Observe, "RFC 9327 §2").sub(2).args(CONTROL),
        OpSpec::new(6, "write_variables", Admin, "RFC 9327 §2").sub(3).args(CONTROL),
        OpSpec::new(6, "read_clock", Observe, "RFC 9327 §2").sub(4).args(CONTROL),
        OpSpec::new(6, "write_clock", Admin, "RFC 9327 §2").sub(5).args(CONTROL),
        OpSpec::new(6, "set_trap", Admin, "RFC 9327 §2").sub(6).args(CONTROL),
        OpSpec::new(6, "trap", Observe, "RFC 9327 §2").sub(7).args(CONTROL),
        OpSpec::new(6, "configure", Admin, "RFC 9327 §2").sub(8).args(CONTROL),
        OpSpec::new(6, "export_configuration", Observe, "RFC 9327 §2").sub(9).args(CONTROL),
        OpSpec::new(6, "read_clients", Observe, "RFC 9327 §2").sub(10).args(CONTROL),
        OpSpec::new(6, "read_ordered_list", Observe, "RFC 9327 §2").sub(11).args(CONTROL),
        OpSpec::new(6, "request_nonce", Observe, "RFC 9327 §2").sub(12).args(CONTROL),
        OpSpec::new(6, "unset_trap", Admin, "RFC 9327 §2").sub(31).args(CONTROL),
        OpSpec::new(7, "private", Admin, "RFC 5905 §7.3").args(PRIVATE),
        OpSpec::new(7, "peer_list", Observe, "ntpd, ntp_request.h").sub(0).args(PRIVATE),
        OpSpec::new(7, "peer_list_sum", Observe, "ntpd, ntp_request.h").sub(1).args(PRIVATE),
        OpSpec::new(7, "system_info", Observe, "ntpd, ntp_request.h").sub(4).args(PRIVATE),
        OpSpec::new(7, "monitor_list", Observe, "ntpd, ntp_request.h").sub(20).args(PRIVATE),
        OpSpec::new(7, "monitor_list_1", Observe, "ntpd, ntp_request.h").sub(42).args(PRIVATE),
    ]
};
