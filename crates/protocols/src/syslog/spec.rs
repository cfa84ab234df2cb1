//! What syslog is.

use vocab::{Access, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

pub(super) const HOST: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "syslog host name", 50, "RFC 5424 §6.2.4, RFC 3164 §4.1.2");
pub(super) const PROGRAM: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "syslog program", 40, "RFC 5424 §6.2.5, RFC 3164 §4.1.3");

pub(super) const BAD_PRIORITY: &FaultSpec = &FaultSpec::new("bad_priority", "RFC 5424 §6.2.1");
pub(super) const BAD_FRAME: &FaultSpec = &FaultSpec::new("bad_frame", "RFC 6587 §3.4");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(117),
    key: "syslog",
    name: "Syslog",
    standard: "RFC 5424, RFC 3164; over UDP: RFC 5426; over TCP: RFC 6587",
    industrial: false,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Udp(514), Binding::Tcp(514), Binding::Tcp(601)],
    operations: &[OpSpec::new(0, "message", Access::Observe, "RFC 5424 §6").args(&[
        Arg::dec("facility"),
        Arg::dec("severity"),
        Arg::dec("version"),
    ])],
    attributes: &[HOST, PROGRAM],
    faults: &[BAD_PRIORITY, BAD_FRAME],
    areas: &[],
    statuses: &[],
    pdu_bytes_max: 16_384,
    open_max: 0,
};
