//! What LLDP is.

use crate::common::address;
use vocab::{Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

const ARGS: &[Arg] = &[Arg::dec("ttl"), Arg::hex("capabilities"), Arg::dec("port_vlan")];

pub(super) const VLAN: &Area = &Area::indexed(1, "vlan");
pub(super) const MANAGEMENT_ADDRESS: &Area = &address::area(2, "management");

const fn base(attr: Attribute, source: &'static str, weight: u8, clause: &'static str) -> AttrSpec {
    AttrSpec::new(attr, source, weight, clause)
}

pub(super) const CHASSIS: &AttrSpec =
    &base(Attribute::Address, "LLDP chassis id", 90, "IEEE 802.1AB-2016 §8.5.2");
pub(super) const CHASSIS_NAME: &AttrSpec =
    &base(Attribute::Name, "LLDP chassis id", 80, "IEEE 802.1AB-2016 §8.5.2");
pub(super) const PORT: &AttrSpec =
    &base(Attribute::Port, "LLDP port id", 90, "IEEE 802.1AB-2016 §8.5.3");
pub(super) const PORT_TEXT: &AttrSpec =
    &base(Attribute::Port, "LLDP port description", 90, "IEEE 802.1AB-2016 §8.5.5");
pub(super) const NAME: &AttrSpec =
    &base(Attribute::Name, "LLDP system name", 95, "IEEE 802.1AB-2016 §8.5.6");
pub(super) const DESCRIPTION: &AttrSpec =
    &base(Attribute::Description, "LLDP system description", 95, "IEEE 802.1AB-2016 §8.5.7");
pub(super) const ROLE: &AttrSpec =
    &base(Attribute::Role, "LLDP enabled capabilities", 75, "IEEE 802.1AB-2016 §8.5.8");
pub(super) const MANAGEMENT: &AttrSpec =
    &base(Attribute::Management, "LLDP management address", 95, "IEEE 802.1AB-2016 §8.5.9");

const fn part(attr: Attribute) -> AttrSpec {
    AttrSpec::new(attr, "LLDP system description, Siemens fields", 90, "IEEE 802.1AB-2016 §8.5.7")
}

pub(super) const PART_VENDOR: &AttrSpec = &part(Attribute::Vendor);
pub(super) const PART_PRODUCT: &AttrSpec = &part(Attribute::Product);
pub(super) const PART_ORDER: &AttrSpec = &part(Attribute::OrderNumber);
pub(super) const PART_HARDWARE: &AttrSpec = &part(Attribute::Hardware);
pub(super) const PART_FIRMWARE: &AttrSpec = &part(Attribute::Firmware);
pub(super) const PART_SERIAL: &AttrSpec = &part(Attribute::Serial);

const fn med(attr: Attribute, source: &'static str) -> AttrSpec {
    AttrSpec::new(attr, source, 95, "ANSI/TIA-1057 §10.2.6")
}

pub(super) const MED_HARDWARE: &AttrSpec = &med(Attribute::Hardware, "LLDP-MED hardware revision");
pub(super) const MED_FIRMWARE: &AttrSpec = &med(Attribute::Firmware, "LLDP-MED firmware revision");
pub(super) const MED_SOFTWARE: &AttrSpec = &med(Attribute::Software, "LLDP-MED software revision");
pub(super) const MED_SERIAL: &AttrSpec = &med(Attribute::Serial, "LLDP-MED serial number");
pub(super) const MED_VENDOR: &AttrSpec = &med(Attribute::Vendor, "LLDP-MED manufacturer name");
pub(super) const MED_MODEL: &AttrSpec = &med(Attribute::Model, "LLDP-MED model name");
pub(super) const MED_ASSET: &AttrSpec = &med(Attribute::Description, "LLDP-MED asset id");

const fn station(attr: Attribute) -> AttrSpec {
    AttrSpec::new(attr, "LLDP chassis id, PROFINET fields", 95, "IEC 61158-6-10 LLDP_ChassisID")
}

pub(super) const STATION_PRODUCT: &AttrSpec = &station(Attribute::Product);
pub(super) const STATION_ORDER: &AttrSpec = &station(Attribute::OrderNumber);
pub(super) const STATION_SERIAL: &AttrSpec = &station(Attribute::Serial);
pub(super) const STATION_HARDWARE: &AttrSpec = &station(Attribute::Hardware);
pub(super) const STATION_FIRMWARE: &AttrSpec = &station(Attribute::Firmware);

pub(super) const PROFINET_CHASSIS: &AttrSpec = &AttrSpec::new(
    Attribute::Address,
    "LLDP PROFINET chassis MAC",
    95,
    "IEC 61158-6-10 LLDP_PNIO_CHASSIS_MAC",
);

pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", "IEEE 802.1AB-2016 §8.4.2");
pub(super) const MISSING: &FaultSpec =
    &FaultSpec::new("missing_mandatory", "IEEE 802.1AB-2016 §8.2");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(102),
    key: "lldp",
    name: "LLDP",
    standard: "IEEE 802.1AB-2016; IEEE 802.1Q-2018 Annex D; ANSI/TIA-1057; IEC 61158-6-10",
    industrial: false,
    carrier: false,
    depth: 3,
    bindings: &[Binding::EtherType(0x88cc)],
    operations: &[
        OpSpec::new(0, "advertise", Access::Observe, "IEEE 802.1AB-2016 §8.2").args(ARGS),
        OpSpec::new(1, "shutdown", Access::Observe, "IEEE 802.1AB-2016 §8.5.4").args(ARGS),
    ],
    attributes: &[
        CHASSIS,
        CHASSIS_NAME,
        PORT,
        PORT_TEXT,
        NAME,
        DESCRIPTION,
        ROLE,
        MANAGEMENT,
        PART_VENDOR,
        PART_PRODUCT,
        PART_ORDER,
        PART_HARDWARE,
        PART_FIRMWARE,
        PART_SERIAL,
        MED_HARDWARE,
        MED_FIRMWARE,
        MED_SOFTWARE,
        MED_SERIAL,
        MED_VENDOR,
        MED_MODEL,
        MED_ASSET,
        STATION_PRODUCT,
        STATION_ORDER,
        STATION_SERIAL,
        STATION_HARDWARE,
        STATION_FIRMWARE,
        PROFINET_CHASSIS,
    ],
    faults: &[BAD_LENGTH, MISSING],
    areas: &[VLAN, MANAGEMENT_ADDRESS],
    statuses: &[],
    pdu_bytes_max: 1_500,
    open_max: 0,
};
