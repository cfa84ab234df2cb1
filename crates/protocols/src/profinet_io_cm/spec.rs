//! What PROFINET context management is.

use super::{operations, records};
use crate::dcerpc;
use vocab::{Area, AttrSpec, Attribute, Binding, FaultSpec, ProtoId, Spec, Target};

pub(super) const RELATION: &Area = &Area::named(1, "relation");
pub(super) const DATA_RELATION: &Area = &Area::indexed(2, "io_relation");
pub(super) const ALARM_RELATION: &Area = &Area::indexed(3, "alarm_relation");
pub(super) const PLACE: &Area = &Area::shown(4, "slot", show_place);
pub(super) const RECORD: &Area = &Area::shown(5, "record", records::show);
pub(super) const NEIGHBOUR: &Area = &Area::named(6, "neighbour");
pub(super) const DETAIL: &Area = &Area::named(7, "detail");

fn show_place(target: &Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    let (slot, subslot) = (target.index >> 16, target.index & 0xffff);
    write!(out, "slot[{slot}].subslot[0x{subslot:x}]")
}

const fn connect(attr: Attribute, source: &'static str, weight: u8) -> AttrSpec {
    AttrSpec::new(attr, source, weight, "IEC 61158-6-10:2019 §5.2")
}

const fn maintain(attr: Attribute, source: &'static str, weight: u8) -> AttrSpec {
    AttrSpec::new(attr, source, weight, "IEC 61158-6-10:2019 §5.2")
}

const fn port(attr: Attribute, source: &'static str, weight: u8) -> AttrSpec {
    AttrSpec::new(attr, source, weight, "IEC 61158-6-10:2019 §5.2")
}

pub(super) const STATION: &AttrSpec =
    &connect(Attribute::Name, "ARBlockReq CMInitiatorStationName", 95);
pub(super) const RESPONDER: &AttrSpec =
    &connect(Attribute::Name, "ARServerBlockRes CMResponderStationName", 97);
pub(super) const INITIATOR: &AttrSpec =
    &connect(Attribute::Model, "ARBlockReq CMInitiatorObjectUUID, vendor and device number", 40);
pub(super) const ROLE: &AttrSpec = &connect(Attribute::Role, "ARBlockReq ARType", 70);

pub(super) const VENDOR: &AttrSpec = &maintain(Attribute::Vendor, "I&M VendorID, number", 35);
pub(super) const ORDER: &AttrSpec = &maintain(Attribute::OrderNumber, "I&M OrderID", 97);
pub(super) const SERIAL: &AttrSpec = &maintain(Attribute::Serial, "I&M IM_Serial_Number", 97);
pub(super) const HARDWARE: &AttrSpec =
    &maintain(Attribute::Hardware, "I&M IM_Hardware_Revision", 95);
pub(super) const FIRMWARE: &AttrSpec =
    &maintain(Attribute::Firmware, "I&M IM_Software_Revision", 97);
pub(super) const FUNCTION: &AttrSpec =
    &maintain(Attribute::Description, "I&M1 IM_Tag_Function", 85);
pub(super) const LOCATION: &AttrSpec = &maintain(Attribute::Location, "I&M1 IM_Tag_Location", 90);
pub(super) const DATE: &AttrSpec =
    &maintain(Attribute::Description, "I&M2 IM_Date, installation", 50);
pub(super) const DESCRIPTOR: &AttrSpec =
    &maintain(Attribute::Description, "I&M3 IM_Descriptor", 85);
pub(super) const ANNOTATION: &AttrSpec = &maintain(Attribute::Product, "IM_Annotation", 85);

pub(super) const CHASSIS: &AttrSpec =
    &port(Attribute::Name, "PDInterfaceDataReal OwnChassisID", 90);
pub(super) const PORT: &AttrSpec = &port(Attribute::Port, "PDPortDataReal OwnPortID", 85);
pub(super) const PEER: &AttrSpec = &port(Attribute::Name, "PDPortDataReal PeerChassisID", 75);

pub(super) const BAD_ARGUMENTS: &FaultSpec =
    &FaultSpec::new("bad_argument_lengths", "IEC 61158-6-10:2019 §4.10.3");
pub(super) const BAD_BLOCK: &FaultSpec =
    &FaultSpec::new("malformed_block", "IEC 61158-6-10:2019 §5.2");
pub(super) const MISSING_BLOCK: &FaultSpec =
    &FaultSpec::new("block_missing", "IEC 61158-6-10:2019 §5.1.2");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(16),
    key: "profinet-io-cm",
    name: "PROFINET IO context management",
    standard: "IEC 61158-6-10:2019, clauses 4.10, 5.1 and 5.2",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Inside(ProtoId(17), dcerpc::PROFINET)],
    operations: operations::OPERATIONS,
    attributes: &[
        STATION, RESPONDER, INITIATOR, ROLE, VENDOR, ORDER, SERIAL, HARDWARE, FIRMWARE, FUNCTION,
        LOCATION, DATE, DESCRIPTOR, ANNOTATION, CHASSIS, PORT, PEER,
    ],
    faults: &[BAD_ARGUMENTS, BAD_BLOCK, MISSING_BLOCK],
    areas: &[RELATION, DATA_RELATION, ALARM_RELATION, PLACE, RECORD, NEIGHBOUR, DETAIL],
    statuses: operations::STATUSES,
    pdu_bytes_max: 65_536,
    open_max: 32,
};
