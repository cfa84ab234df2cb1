//! What IEC 60870-5-104 is.

use crate::common::telecontrol::spec::{
    BAD_CAUSE, BAD_OBJECTS, BAD_TIME, ELAPSED, FILES, OBJECT, SHORT, STATION, STATUSES, TIME,
    TIME_IN_HOUR, UNKNOWN_TYPE, types_and,
};
use vocab::{Access, Arg, Binding, FaultSpec, OpSpec, ProtoId, Spec};

/// Operation code of a supervisory frame: 0x100 and the first control octet. Type identifications
/// stay below 0x100.
pub(super) const SUPERVISORY: u32 = 0x101;
/// Operation codes of unnumbered frames: 0x100 and the control octet that asks; the confirmation
/// counts under the same code.
pub(super) const START: u32 = 0x107;
/// See [`START`].
pub(super) const STOP: u32 = 0x113;
/// See [`START`].
pub(super) const TEST: u32 = 0x143;

const RECEIVED: &[Arg] = &[Arg::dec("received")];

pub(super) const BAD_START: &FaultSpec =
    &FaultSpec::new("bad_start_octet", "IEC 60870-5-104:2006 §5");
pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", "IEC 60870-5-104:2006 §5");
pub(super) const BAD_CONTROL: &FaultSpec =
    &FaultSpec::new("bad_control_field", "IEC 60870-5-104:2006 §5.1");
pub(super) static SPEC: Spec = Spec {
    id: ProtoId(10),
    key: "iec104",
    name: "IEC 60870-5-104",
    standard: "IEC 60870-5-104:2006, IEC 60870-5-101:2003, names of IEC TS 60870-5-7:2013",
    industrial: true,
    carrier: false,
    depth: 4,
    bindings: &[Binding::Tcp(2404), Binding::AnyTcp],
    operations: OPERATIONS,
    attributes: &[STATION],
    faults: &[
        BAD_START,
        BAD_LENGTH,
        BAD_CONTROL,
        SHORT,
        UNKNOWN_TYPE,
        BAD_CAUSE,
        BAD_OBJECTS,
        BAD_TIME,
    ],
    areas: &[OBJECT, TIME, TIME_IN_HOUR, ELAPSED, FILES],
    statuses: STATUSES,
    pdu_bytes_max: 255,
    open_max: 32,
};

const OPERATIONS: &[OpSpec] = {
    use Access::Observe;
    types_and!(
        OpSpec::new(SUPERVISORY, "acknowledge", Observe, "IEC 60870-5-104:2006 §5.1")
            .args(RECEIVED),
        OpSpec::new(START, "start_transfer", Observe, "IEC 60870-5-104:2006 §5.3"),
        OpSpec::new(STOP, "stop_transfer", Observe, "IEC 60870-5-104:2006 §5.3"),
        OpSpec::new(TEST, "test_frame", Observe, "IEC 60870-5-104:2006 §5.2"),
    )
};
