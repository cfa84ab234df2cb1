//! What SNMP is.

use crate::common::address;
use crate::common::oid;
use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
};

const PLAIN: &[Arg] = &[Arg::dec("version")];
const BULK: &[Arg] = &[Arg::dec("version"), Arg::dec("non_repeaters"), Arg::dec("max_repetitions")];
const ANSWER: &[Arg] = &[Arg::dec("version"), Arg::dec("error_index")];
const TRAP: &[Arg] =
    &[Arg::dec("version"), Arg::dec("generic_trap"), Arg::dec("specific_trap"), Arg::dec("uptime")];

/// Code of messages whose PDU is encrypted: which it is cannot be read.
pub(super) const ENCRYPTED: u32 = 255;

pub(super) const OBJECT: &Area = &Area::shown(1, "object", oid::show);
pub(super) const AGENT: &Area = &address::area(2, "agent");

const fn system(attr: Attribute, source: &'static str) -> AttrSpec {
    AttrSpec::new(attr, source, 95, "RFC 3418 §2, system group")
}

pub(super) const SYS_DESCRIPTION: &AttrSpec = &system(Attribute::Description, "SNMP sysDescr");
pub(super) const SYS_OBJECT_ID: &AttrSpec =
    &AttrSpec::new(Attribute::Product, "SNMP sysObjectID", 50, "RFC 3418 §2, system group");
pub(super) const SYS_CONTACT: &AttrSpec = &system(Attribute::Contact, "SNMP sysContact");
pub(super) const SYS_NAME: &AttrSpec = &system(Attribute::Name, "SNMP sysName");
pub(super) const SYS_LOCATION: &AttrSpec = &system(Attribute::Location, "SNMP sysLocation");

const fn part(attr: Attribute) -> AttrSpec {
    AttrSpec::new(attr, "SNMP sysDescr, Siemens fields", 90, "RFC 3418 §2, system group")
}

pub(super) const PART_VENDOR: &AttrSpec = &part(Attribute::Vendor);
pub(super) const PART_PRODUCT: &AttrSpec = &part(Attribute::Product);
pub(super) const PART_ORDER: &AttrSpec = &part(Attribute::OrderNumber);
pub(super) const PART_HARDWARE: &AttrSpec = &part(Attribute::Hardware);
pub(super) const PART_FIRMWARE: &AttrSpec = &part(Attribute::Firmware);
pub(super) const PART_SERIAL: &AttrSpec = &part(Attribute::Serial);

const fn entity(attr: Attribute, source: &'static str) -> AttrSpec {
    AttrSpec::new(attr, source, 95, "RFC 6933 §3.3, entPhysicalTable")
}

pub(super) const ENT_DESCRIPTION: &AttrSpec =
    &entity(Attribute::Description, "SNMP entPhysicalDescr");
pub(super) const ENT_NAME: &AttrSpec = &entity(Attribute::Name, "SNMP entPhysicalName");
pub(super) const ENT_HARDWARE: &AttrSpec =
    &entity(Attribute::Hardware, "SNMP entPhysicalHardwareRev");
pub(super) const ENT_FIRMWARE: &AttrSpec =
    &entity(Attribute::Firmware, "SNMP entPhysicalFirmwareRev");
pub(super) const ENT_SOFTWARE: &AttrSpec =
    &entity(Attribute::Firmware, "SNMP entPhysicalSoftwareRev");
pub(super) const ENT_SERIAL: &AttrSpec = &entity(Attribute::Serial, "SNMP entPhysicalSerialNum");
pub(super) const ENT_VENDOR: &AttrSpec = &entity(Attribute::Vendor, "SNMP entPhysicalMfgName");
pub(super) const ENT_MODEL: &AttrSpec = &entity(Attribute::Model, "SNMP entPhysicalModelName");
pub(super) const ENT_ASSET: &AttrSpec = &entity(Attribute::Description, "SNMP entPhysicalAssetID");

const fn ups(attr: Attribute, source: &'static str) -> AttrSpec {
    AttrSpec::new(attr, source, 95, "RFC 1628 §4, upsIdent")
}

pub(super) const UPS_VENDOR: &AttrSpec = &ups(Attribute::Vendor, "SNMP upsIdentManufacturer");
pub(super) const UPS_MODEL: &AttrSpec = &ups(Attribute::Model, "SNMP upsIdentModel");
pub(super) const UPS_FIRMWARE: &AttrSpec =
    &ups(Attribute::Firmware, "SNMP upsIdentUPSSoftwareVersion");
pub(super) const UPS_AGENT: &AttrSpec =
    &ups(Attribute::Software, "SNMP upsIdentAgentSoftwareVersion");
pub(super) const UPS_NAME: &AttrSpec = &ups(Attribute::Name, "SNMP upsIdentName");

pub(super) const PRINTER_NAME: &AttrSpec = &AttrSpec::new(
    Attribute::Name,
    "SNMP prtGeneralPrinterName",
    90,
    "RFC 3805 §6, prtGeneralTable",
);
pub(super) const PRINTER_SERIAL: &AttrSpec = &AttrSpec::new(
    Attribute::Serial,
    "SNMP prtGeneralSerialNumber",
    95,
    "RFC 3805 §6, prtGeneralTable",
);

const fn siemens(attr: Attribute, source: &'static str) -> AttrSpec {
    AttrSpec::new(attr, source, 95, "AUTOMATION-SYSTEM-MIB; SN-GEN-MIB (Siemens)")
}

pub(super) const SIEMENS_ORDER: &AttrSpec =
    &siemens(Attribute::OrderNumber, "SNMP automationOrderNumber");
pub(super) const SIEMENS_SERIAL: &AttrSpec =
    &siemens(Attribute::Serial, "SNMP automationSerialNumber");
pub(super) const SIEMENS_HARDWARE: &AttrSpec =
    &siemens(Attribute::Hardware, "SNMP automationHwRevision");
pub(super) const SIEMENS_FIRMWARE: &AttrSpec =
    &siemens(Attribute::Firmware, "SNMP automationSwRevision");
pub(super) const NET_ORDER: &AttrSpec = &siemens(Attribute::OrderNumber, "SNMP snInfoMLFBNr");
pub(super) const NET_SERIAL: &AttrSpec = &siemens(Attribute::Serial, "SNMP snInfoSerialNr");
pub(super) const NET_FIRMWARE: &AttrSpec = &siemens(Attribute::Firmware, "SNMP snSwVersion");
pub(super) const HIRSCHMANN_FIRMWARE: &AttrSpec =
    &AttrSpec::new(Attribute::Firmware, "SNMP hmSysVersion", 95, "HMPRIV-MGMT-SNMP-MIB");
pub(super) const WAGO_FIRMWARE: &AttrSpec =
    &AttrSpec::new(Attribute::Firmware, "SNMP wioFirmwareVersion", 95, "WAGO-MIB");

pub(super) const ENGINE: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "SNMP engine id", 70, "RFC 3411 §5, SnmpEngineID");
pub(super) const USER: &AttrSpec =
    &AttrSpec::new(Attribute::User, "SNMP user name", 60, "RFC 3414 §2.4");

pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", "ITU-T X.690 §8.1.3");
pub(super) const BAD_PDU: &FaultSpec = &FaultSpec::new("malformed_pdu", "RFC 3416 §3");
pub(super) const BAD_VARIABLE: &FaultSpec =
    &FaultSpec::new("malformed_variable", "RFC 3416 §3, VarBind");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(104),
    key: "snmp",
    name: "SNMP",
    standard: "RFC 1157 (v1), RFC 1901 and 3416 (v2c), RFC 3412 and 3414 (v3); RFC 3418, RFC 6933",
    industrial: false,
    carrier: false,
    depth: 3,
    bindings: &[
        Binding::Udp(161),
        Binding::Udp(162),
        Binding::AnyUdp,
        // RFC 4789.
        Binding::EtherType(0x814c),
    ],
    operations: OPERATIONS,
    attributes: ATTRIBUTES,
    faults: &[BAD_LENGTH, BAD_PDU, BAD_VARIABLE],
    areas: &[OBJECT, AGENT],
    statuses: STATUSES,
    pdu_bytes_max: 65_535,
    open_max: 64,
};

const ATTRIBUTES: &[&AttrSpec] = &[
    SYS_DESCRIPTION,
    SYS_OBJECT_ID,
    SYS_CONTACT,
    SYS_NAME,
    SYS_LOCATION,
    PART_VENDOR,
    PART_PRODUCT,
    PART_ORDER,
    PART_HARDWARE,
    PART_FIRMWARE,
    PART_SERIAL,
    ENT_DESCRIPTION,
    ENT_NAME,
    ENT_HARDWARE,
    ENT_FIRMWARE,
    ENT_SOFTWARE,
    ENT_SERIAL,
    ENT_VENDOR,
    ENT_MODEL,
    ENT_ASSET,
    UPS_VENDOR,
    UPS_MODEL,
    UPS_FIRMWARE,
    UPS_AGENT,
    UPS_NAME,
    PRINTER_NAME,
    PRINTER_SERIAL,
    SIEMENS_ORDER,
    SIEMENS_SERIAL,
    SIEMENS_HARDWARE,
    SIEMENS_FIRMWARE,
    NET_ORDER,
    NET_SERIAL,
    NET_FIRMWARE,
    HIRSCHMANN_FIRMWARE,
    WAGO_FIRMWARE,
    ENGINE,
    USER,
];

const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Observe, Read};
    &[
        OpSpec::new(0, "get", Read, "RFC 3416 §4.2.1").args(PLAIN),
        OpSpec::new(1, "get_next", Read, "RFC 3416 §4.2.2").args(PLAIN),
        OpSpec::new(2, "response", Read, "RFC 3416 §4.2.4").args(ANSWER),
        OpSpec::new(3, "set", Admin, "RFC 3416 §4.2.5").args(PLAIN),
        OpSpec::new(4, "trap", Observe, "RFC 1157 §4.1.6").args(TRAP),
        OpSpec::new(5, "get_bulk", Read, "RFC 3416 §4.2.3").args(BULK),
        OpSpec::new(6, "inform", Observe, "RFC 3416 §4.2.7").args(PLAIN),
        OpSpec::new(7, "notification", Observe, "RFC 3416 §4.2.6").args(PLAIN),
        OpSpec::new(8, "report", Observe, "RFC 3412 §7.1").args(PLAIN),
        OpSpec::new(ENCRYPTED, "encrypted", Admin, "RFC 3414 §8").args(PLAIN),
    ]
};

/// Error statuses, RFC 3416 §3, and the exceptions of single variables with their BER tags.
const STATUSES: &[StatusSpec] = &[
    StatusSpec::new(1, "too_big"),
    StatusSpec::new(2, "no_such_name"),
    StatusSpec::new(3, "bad_value"),
    StatusSpec::new(4, "read_only"),
    StatusSpec::new(5, "general_error"),
    StatusSpec::new(6, "no_access"),
    StatusSpec::new(7, "wrong_type"),
    StatusSpec::new(8, "wrong_length"),
    StatusSpec::new(9, "wrong_encoding"),
    StatusSpec::new(10, "wrong_value"),
    StatusSpec::new(11, "no_creation"),
    StatusSpec::new(12, "inconsistent_value"),
    StatusSpec::new(13, "resource_unavailable"),
    StatusSpec::new(14, "commit_failed"),
    StatusSpec::new(15, "undo_failed"),
    StatusSpec::new(16, "authorization_error"),
    StatusSpec::new(17, "not_writable"),
    StatusSpec::new(18, "inconsistent_name"),
    StatusSpec::new(0x80, "no_such_object"),
    StatusSpec::new(0x81, "no_such_instance"),
    StatusSpec::new(0x82, "end_of_view"),
];
