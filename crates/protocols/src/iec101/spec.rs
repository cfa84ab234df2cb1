//! What IEC 60870-5-101 over TCP is.

use crate::common::telecontrol::spec::{
    BAD_CAUSE, BAD_OBJECTS, BAD_TIME, ELAPSED, FILES, OBJECT, SHORT, STATION, STATUSES, TIME,
    TIME_IN_HOUR, UNKNOWN_TYPE, types_and,
};
use vocab::{Access, Binding, FaultSpec, OpSpec, ProtoId, Spec};

/// Link functions of the primary station: this number and the function code. Type identifications
/// stay below it.
pub(super) const PRIMARY: u32 = 0x100;
/// Link functions of the secondary station that answer nothing that was seen.
pub(super) const SECONDARY: u32 = 0x110;

pub(super) const BAD_START: &FaultSpec =
    &FaultSpec::new("bad_start_octet", "IEC 60870-5-1:1990 §6.2.4.2");
pub(super) const BAD_CHECKSUM: &FaultSpec =
    &FaultSpec::new("bad_checksum", "IEC 60870-5-1:1990 §6.2.4.2.1");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(23),
    key: "iec101",
    name: "IEC 60870-5-101 over TCP",
    standard: "IEC 60870-5-101:2003, IEC 60870-5-1:1990 (FT1.2), IEC 60870-5-2:1992",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::AnyTcp],
    operations: OPERATIONS,
    attributes: &[STATION],
    faults: &[BAD_START, BAD_CHECKSUM, SHORT, UNKNOWN_TYPE, BAD_CAUSE, BAD_OBJECTS, BAD_TIME],
    areas: &[OBJECT, TIME, TIME_IN_HOUR, ELAPSED, FILES],
    statuses: STATUSES,
    pdu_bytes_max: 261,
    open_max: 32,
};

/// A function of the link layer.
const fn link(code: u32, name: &'static str, access: Access) -> OpSpec {
    OpSpec::new(code, name, access, "IEC 60870-5-2:1992 §5.1.2")
}

const OPERATIONS: &[OpSpec] = {
    use Access::{Control, Observe};
    types_and!(
        link(PRIMARY, "reset_link", Observe),
        link(PRIMARY | 1, "reset_user_process", Control),
        link(PRIMARY | 2, "test_link", Observe),
        link(PRIMARY | 8, "access_demand", Observe),
        link(PRIMARY | 9, "request_link_status", Observe),
        link(PRIMARY | 0xa, "request_class_1", Observe),
        link(PRIMARY | 0xb, "request_class_2", Observe),
        link(SECONDARY, "acknowledge", Observe),
        link(SECONDARY | 1, "refuse", Observe),
        link(SECONDARY | 8, "user_data", Observe),
        link(SECONDARY | 9, "no_data", Observe),
        link(SECONDARY | 0xb, "link_status", Observe),
        link(SECONDARY | 0xe, "link_not_functioning", Observe),
        link(SECONDARY | 0xf, "link_not_implemented", Observe),
    )
};
