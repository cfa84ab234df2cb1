//! What Sampled Values are.

use vocab::{Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

pub(super) const STREAM: &Area = &Area::named(1, "stream");

pub(super) const ID: &AttrSpec =
    &AttrSpec::new(Attribute::Object, "SV svID", 60, "IEC 61850-9-2:2011 §8.5.2 Table 14");

pub(super) const BAD_LENGTH: &FaultSpec =
    &FaultSpec::new("bad_length", "IEC 61850-9-2:2011 §5.3.3.4.3");
pub(super) const NOT_A_PDU: &FaultSpec =
    &FaultSpec::new("not_an_sv_pdu", "IEC 61850-9-2:2011 §8.5.2 savPdu");
pub(super) const MISSING_FIELD: &FaultSpec =
    &FaultSpec::new("missing_field", "IEC 61850-9-2:2011 §8.5.2 ASDU");
pub(super) const ASDU_COUNT: &FaultSpec =
    &FaultSpec::new("asdu_count_differs", "IEC 61850-9-2:2011 §8.5.2 noASDU");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(20),
    key: "sv",
    name: "IEC 61850 Sampled Values",
    standard: "IEC 61850-9-2:2011; IEC 61869-9:2016",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::EtherType(0x88ba)],
    operations: &[OpSpec::new(0, "sample", Access::Control, "IEC 61850-9-2:2011 §8.5").args(&[
        Arg::hex("appid"),
        Arg::dec("sample_count"),
        Arg::dec("configuration_revision"),
        Arg::dec("synchronised"),
    ])],
    attributes: &[ID],
    faults: &[BAD_LENGTH, NOT_A_PDU, MISSING_FIELD, ASDU_COUNT],
    areas: &[STREAM],
    statuses: &[],
    pdu_bytes_max: 1_500,
    open_max: 0,
};
