//! What ProConOS is.

use vocab::{Access, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

const LENGTH: &[Arg] = &[Arg::dec("bytes")];
const I: &str = "ProConOS command 0x0b, run-time information";

pub(super) const RUNTIME: &AttrSpec =
    &AttrSpec::new(Attribute::Firmware, "ladder logic run-time", 85, I);
pub(super) const TYPE: &AttrSpec = &AttrSpec::new(Attribute::Model, "PLC type", 85, I);
pub(super) const PROJECT: &AttrSpec = &AttrSpec::new(Attribute::Software, "project name", 80, I);

pub(super) const BAD_HEADER: &FaultSpec = &FaultSpec::new("bad_header", "ProConOS header");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(34),
    key: "proconos",
    name: "ProConOS",
    standard: "none public: seen traffic and published probes",
    industrial: true,
    carrier: false,
    depth: 2,
    bindings: &[Binding::Tcp(20_547)],
    operations: OPERATIONS,
    attributes: &[RUNTIME, TYPE, PROJECT],
    faults: &[BAD_HEADER],
    areas: &[],
    statuses: &[],
    pdu_bytes_max: 8_192,
    open_max: 16,
};

const C: &str = "ProConOS commands";

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Control, Observe, Read};
    &[
        OpSpec::new(0x01, "stop", Control, C).args(LENGTH),
        OpSpec::new(0x02, "cold_start", Control, C).args(LENGTH),
        OpSpec::new(0x03, "warm_start", Control, C).args(LENGTH),
        OpSpec::new(0x04, "hot_start", Control, C).args(LENGTH),
        OpSpec::new(0x06, "session", Observe, C).args(LENGTH),
        OpSpec::new(0x07, "session_parameters", Observe, C).args(LENGTH),
        OpSpec::new(0x0b, "read_information", Observe, C).args(LENGTH),
        OpSpec::new(0x0d, "connect", Observe, C).args(LENGTH),
        OpSpec::new(0x0f, "read_state", Observe, C).args(LENGTH),
        OpSpec::new(0x5b, "read_data", Read, C).args(LENGTH),
    ]
};
