//! What BACnet is.

use super::{errors, names, operations};
use vocab::{Area, AttrSpec, Attribute, Binding, FaultSpec, ProtoId, Spec};

pub(super) const INSTANCE: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "I-Am device identifier", 98, "ASHRAE 135-2020 §16.10.2");
pub(super) const HAVE_INSTANCE: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "I-Have device identifier", 98, "ASHRAE 135-2020 §16.9.2");
pub(super) const NOTIFY_INSTANCE: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "initiating device identifier", 90, "ASHRAE 135-2020 §13");
pub(super) const READ_INSTANCE: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "device object identifier", 95, "ASHRAE 135-2020 §12.11");
pub(super) const I_AM_VENDOR: &AttrSpec =
    &AttrSpec::new(Attribute::Vendor, "I-Am vendor identifier", 85, "ASHRAE 135-2020 §23.1");
pub(super) const WHO_AM_I_MODEL: &AttrSpec =
    &AttrSpec::new(Attribute::Model, "Who-Am-I model name", 95, "ASHRAE 135-2020 §16.11");
pub(super) const WHO_AM_I_SERIAL: &AttrSpec =
    &AttrSpec::new(Attribute::Serial, "Who-Am-I serial number", 95, "ASHRAE 135-2020 §16.11");
pub(super) const DEVICE_NAME: &AttrSpec = &property(Attribute::Name, "device object-name", 98);
pub(super) const DESCRIPTION: &AttrSpec = &property(Attribute::Description, "description", 90);
pub(super) const LOCATION: &AttrSpec = &property(Attribute::Location, "location", 95);
pub(super) const VENDOR: &AttrSpec = &property(Attribute::Vendor, "vendor-name", 98);
pub(super) const VENDOR_ID: &AttrSpec = &property(Attribute::Vendor, "vendor-identifier", 85);
pub(super) const MODEL: &AttrSpec = &property(Attribute::Model, "model-name", 98);
pub(super) const FIRMWARE: &AttrSpec = &property(Attribute::Firmware, "firmware-revision", 98);
pub(super) const SOFTWARE: &AttrSpec =
    &property(Attribute::Software, "application-software-version", 95);
pub(super) const SERIAL: &AttrSpec = &property(Attribute::Serial, "serial-number", 98);
pub(super) const PROFILE: &AttrSpec = &property(Attribute::Product, "profile-name", 80);
pub(super) const OBJECT_NAME: &AttrSpec = &property(Attribute::Object, "object-name", 95);
pub(super) const OBJECT_DESCRIPTION: &AttrSpec =
    &property(Attribute::Object, "object description", 70);
pub(super) const HAVE_NAME: &AttrSpec =
    &AttrSpec::new(Attribute::Object, "I-Have object-name", 95, "ASHRAE 135-2020 §16.9.2");

const fn property(attr: Attribute, source: &'static str, weight: u8) -> AttrSpec {
    AttrSpec::new(attr, source, weight, "ASHRAE 135-2020 §12")
}

pub(super) const BAD_BVLC: &FaultSpec = &FaultSpec::new("bad_bvlc_length", "ASHRAE 135-2020 §J.2");
pub(super) const BAD_FUNCTION: &FaultSpec =
    &FaultSpec::new("unknown_bvlc_function", "ASHRAE 135-2020 §J.2");
pub(super) const BAD_HEADER_CRC: &FaultSpec =
    &FaultSpec::new("bad_mstp_header_crc", "ASHRAE 135-2020 §9.3");
pub(super) const BAD_DATA_CRC: &FaultSpec =
    &FaultSpec::new("bad_mstp_data_crc", "ASHRAE 135-2020 §9.3");
pub(super) const BAD_FRAME: &FaultSpec =
    &FaultSpec::new("malformed_mstp_frame", "ASHRAE 135-2020 §9.3");
pub(super) const BAD_NPDU: &FaultSpec = &FaultSpec::new("malformed_npdu", "ASHRAE 135-2020 §6.2");
pub(super) const BAD_ADDRESS: &FaultSpec =
    &FaultSpec::new("bad_network_address", "ASHRAE 135-2020 §6.2.2");
pub(super) const BAD_APDU: &FaultSpec = &FaultSpec::new("malformed_apdu", "ASHRAE 135-2020 §20.1");
pub(super) const BAD_SERVICE: &FaultSpec =
    &FaultSpec::new("malformed_service", "ASHRAE 135-2020 §21");
pub(super) const BAD_TAGS: &FaultSpec = &FaultSpec::new("bad_tags", "ASHRAE 135-2020 §20.2.1");

pub(super) const NETWORK: &Area = &Area::indexed(2, "network");
pub(super) const BDT: &Area = &Area::indexed(3, "broadcast_distribution_table");
pub(super) const FDT: &Area = &Area::indexed(4, "foreign_device_table");
pub(super) const CHANNEL: &Area = &Area::indexed(5, "channel");
pub(super) const OBJECT_NAMED: &Area = &Area::named(6, "object_name");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(11),
    key: "bacnet",
    name: "BACnet",
    standard: "ASHRAE 135-2020: on IP (J), IPv6 (U), Ethernet (7), ARCNET (8), MS/TP (9)",
    industrial: true,
    carrier: false,
    depth: 4,
    bindings: &[Binding::Udp(47_808), Binding::AnyUdp, Binding::Llc(0x82), Binding::Link(165)],
    operations: operations::OPERATIONS,
    attributes: &[
        INSTANCE,
        HAVE_INSTANCE,
        NOTIFY_INSTANCE,
        READ_INSTANCE,
        I_AM_VENDOR,
        WHO_AM_I_MODEL,
        WHO_AM_I_SERIAL,
        DEVICE_NAME,
        DESCRIPTION,
        LOCATION,
        VENDOR,
        VENDOR_ID,
        MODEL,
        FIRMWARE,
        SOFTWARE,
        SERIAL,
        PROFILE,
        OBJECT_NAME,
        OBJECT_DESCRIPTION,
        HAVE_NAME,
    ],
    faults: &[
        BAD_BVLC,
        BAD_FUNCTION,
        BAD_HEADER_CRC,
        BAD_DATA_CRC,
        BAD_FRAME,
        BAD_NPDU,
        BAD_ADDRESS,
        BAD_APDU,
        BAD_SERVICE,
        BAD_TAGS,
    ],
    areas: &[names::OBJECT, NETWORK, BDT, FDT, CHANNEL, OBJECT_NAMED],
    statuses: errors::STATUSES,
    pdu_bytes_max: 65_536,
    open_max: 64,
};
