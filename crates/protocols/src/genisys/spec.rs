//! What Genisys is.

use vocab::{Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

pub(super) const INDICATION: &Area = &Area::indexed(1, "indication");
pub(super) const CONTROL: &Area = &Area::indexed(2, "control");

/// How many address and data pairs a message holds.
const PAIRS: &[Arg] = &[Arg::dec("pairs")];
const CODES: &str = "GENISYS protocol, header control characters";

pub(super) const ADDRESS: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "station address", 90, "GENISYS protocol, station address");

pub(super) const NO_HEADER: &FaultSpec =
    &FaultSpec::new("bytes_outside_messages", "GENISYS protocol, message structure");
pub(super) const NO_END: &FaultSpec =
    &FaultSpec::new("message_without_end", "GENISYS protocol, message structure");
pub(super) const BAD_LENGTH: &FaultSpec =
    &FaultSpec::new("bad_length", "GENISYS protocol, message structure");
pub(super) const BAD_ESCAPE: &FaultSpec =
    &FaultSpec::new("bad_escape", "GENISYS protocol, escape character");
pub(super) const BAD_CRC: &FaultSpec =
    &FaultSpec::new("bad_crc", "GENISYS protocol, security checksum");
pub(super) const UNKNOWN_HEADER: &FaultSpec = &FaultSpec::new("unknown_header", CODES);

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(40),
    key: "genisys",
    name: "Genisys",
    standard: "Union Switch & Signal GENISYS serial protocol, carried over TCP",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Tcp(10_001), Binding::AnyTcp],
    operations: OPERATIONS,
    attributes: &[ADDRESS],
    faults: &[NO_HEADER, NO_END, BAD_LENGTH, BAD_ESCAPE, BAD_CRC, UNKNOWN_HEADER],
    areas: &[INDICATION, CONTROL],
    statuses: &[],
    pdu_bytes_max: 2_048,
    open_max: 32,
};

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Control, Observe, Read};
    &[
        OpSpec::new(0xf1, "acknowledge", Observe, CODES),
        OpSpec::new(0xf2, "indication_data", Read, CODES).args(PAIRS),
        OpSpec::new(0xf3, "control_checkback", Control, CODES).args(PAIRS),
        OpSpec::new(0xf9, "common_control", Control, CODES).args(PAIRS),
        OpSpec::new(0xfa, "acknowledge_and_poll", Read, CODES),
        OpSpec::new(0xfb, "poll", Read, CODES),
        OpSpec::new(0xfc, "control_data", Control, CODES).args(PAIRS),
        OpSpec::new(0xfd, "recall", Read, CODES),
        OpSpec::new(0xfe, "execute_controls", Control, CODES).args(PAIRS),
    ]
};
