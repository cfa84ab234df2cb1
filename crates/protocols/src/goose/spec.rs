//! What GOOSE is.

use vocab::{Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

pub(super) const CONTROL_BLOCK: &Area = &Area::named(1, "control_block");
pub(super) const ENTRY: &Area = &Area::indexed(2, "entry");

pub(super) const REFERENCE: &AttrSpec =
    &AttrSpec::new(Attribute::Object, "GOOSE gocbRef", 70, "IEC 61850-8-1:2011 §A IECGoosePdu");
pub(super) const ID: &AttrSpec =
    &AttrSpec::new(Attribute::Object, "GOOSE goID", 60, "IEC 61850-8-1:2011 §A IECGoosePdu");

pub(super) const BAD_LENGTH: &FaultSpec =
    &FaultSpec::new("bad_length", "IEC 61850-8-1:2011 §C.2.3");
pub(super) const NOT_A_PDU: &FaultSpec =
    &FaultSpec::new("not_a_goose_pdu", "IEC 61850-8-1:2011 §A IECGoosePdu");
pub(super) const MISSING_FIELD: &FaultSpec =
    &FaultSpec::new("missing_field", "IEC 61850-8-1:2011 §A IECGoosePdu");
pub(super) const ENTRY_COUNT: &FaultSpec =
    &FaultSpec::new("entry_count_differs", "IEC 61850-8-1:2011 §A numDatSetEntries");
pub(super) const BAD_DATA: &FaultSpec = &FaultSpec::new("malformed_data", "ITU-T X.690 §8.1");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(2),
    key: "goose",
    name: "IEC 61850 GOOSE",
    standard: "IEC 61850-8-1:2011, clause 18 and Annexes A and C",
    industrial: true,
    carrier: false,
    depth: 4,
    bindings: &[Binding::EtherType(0x88b8)],
    operations: &[OpSpec::new(0, "publish", Access::Control, "IEC 61850-8-1:2011 §18.1").args(&[
        Arg::hex("appid"),
        Arg::dec("state_number"),
        Arg::dec("sequence_number"),
        Arg::dec("configuration_revision"),
    ])],
    attributes: &[REFERENCE, ID],
    faults: &[BAD_LENGTH, NOT_A_PDU, MISSING_FIELD, ENTRY_COUNT, BAD_DATA],
    areas: &[CONTROL_BLOCK, ENTRY],
    statuses: &[],
    pdu_bytes_max: 1_500,
    open_max: 0,
};
