//! What Ether-S-I/O is.

use vocab::Access::{Observe, Write};
use vocab::{Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

const TELEGRAM: &str = "SAIA Ether-S-I/O, telegram structure";
const TRANSFER: &[Arg] = &[Arg::dec("telegram"), Arg::dec("transfers"), Arg::hex("flags")];
const STATUS: &[Arg] =
    &[Arg::dec("status"), Arg::dec("lost"), Arg::dec("diagnostics"), Arg::hex("flags")];

/// Data for a station; the station's number is the position.
pub(super) const STATION: &Area = &Area::indexed(1, "station");

pub(super) const ADDRESS: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "source station", 90, TELEGRAM);

pub(super) const SHORT: &FaultSpec = &FaultSpec::new("short_telegram", TELEGRAM);
pub(super) const UNKNOWN: &FaultSpec = &FaultSpec::new("unknown_telegram", TELEGRAM);

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(39),
    key: "ether-s-io",
    name: "SAIA Ether-S-I/O",
    standard: "SAIA Ether-S-I/O over UDP (no public standard)",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Udp(6_060), Binding::AnyUdp],
    operations: &[
        OpSpec::new(1, "data_transfer", Write, TELEGRAM).args(TRANSFER),
        OpSpec::new(2, "status", Observe, TELEGRAM).args(STATUS),
    ],
    attributes: &[ADDRESS],
    faults: &[SHORT, UNKNOWN],
    areas: &[STATION],
    statuses: &[],
    pdu_bytes_max: 1_500,
    open_max: 1,
};
