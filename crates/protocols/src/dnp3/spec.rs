//! What DNP3 is.

use super::names::STATUSES;
use vocab::{Access, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

pub(super) use super::table::AREAS;

/// First object of a request: group, variation, qualifier and how many.
const OBJECTS: &[Arg] =
    &[Arg::dec("group"), Arg::dec("variation"), Arg::hex("qualifier"), Arg::dec("quantity")];
/// First point of a control: group, index, control code and count of a relay output block.
const CONTROL: &[Arg] =
    &[Arg::dec("group"), Arg::dec("index"), Arg::hex("control"), Arg::dec("count")];
const OPEN: &[Arg] = &[Arg::dec("mode"), Arg::dec("size"), Arg::hex("permissions")];
const HANDLE: &[Arg] = &[Arg::hex("handle")];
const IIN: &[Arg] = &[Arg::hex("iin")];

/// Codes of link services: this plus the function of a primary frame.
pub(super) const LINK_PRIMARY: u32 = 0x1_0000;
/// Codes of link services: this plus the function of a secondary frame.
pub(super) const LINK_SECONDARY: u32 = 0x1_0100;

pub(super) const VENDOR: &AttrSpec = &attribute(Attribute::Vendor, "g0v252 manufacturer", 95);
pub(super) const PRODUCT: &AttrSpec =
    &attribute(Attribute::Product, "g0v250 product name and model", 95);
pub(super) const SERIAL: &AttrSpec = &attribute(Attribute::Serial, "g0v248 serial number", 95);
pub(super) const FIRMWARE: &AttrSpec =
    &attribute(Attribute::Firmware, "g0v242 software version", 95);
pub(super) const HARDWARE: &AttrSpec =
    &attribute(Attribute::Hardware, "g0v243 hardware version", 95);
pub(super) const NAME: &AttrSpec = &attribute(Attribute::Name, "g0v247 device name", 95);
pub(super) const LOCATION: &AttrSpec = &attribute(Attribute::Location, "g0v245 location", 95);
pub(super) const ID_CODE: &AttrSpec = &attribute(Attribute::Description, "g0v246 id code", 70);
pub(super) const OWNER: &AttrSpec = &attribute(Attribute::Contact, "g0v244 owner", 90);
pub(super) const OPERATOR: &AttrSpec =
    &attribute(Attribute::Contact, "g0v207 primary operator", 85);
pub(super) const SECOND_OPERATOR: &AttrSpec =
    &attribute(Attribute::Contact, "g0v206 secondary operator", 80);
pub(super) const SYSTEM: &AttrSpec = &attribute(Attribute::Domain, "g0v208 system name", 80);
pub(super) const RESOURCE: &AttrSpec =
    &attribute(Attribute::Object, "g0v202 master resource id", 80);
pub(super) const SUBSET: &AttrSpec =
    &attribute(Attribute::Description, "g0v249 subset and conformance", 60);
pub(super) const CONFIGURATION: &AttrSpec =
    &attribute(Attribute::Software, "g0v196 configuration id", 60);
pub(super) const CONFIGURATION_VERSION: &AttrSpec =
    &attribute(Attribute::Software, "g0v197 configuration version", 60);
pub(super) const ADDRESS: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "link source address", 90, "IEEE 1815-2012 §9.2.4.1.5");
pub(super) const FILE_USER: &AttrSpec =
    &AttrSpec::new(Attribute::User, "g70v2 user name", 80, "IEEE 1815-2012 A.27.2");
pub(super) const KEY_USER: &AttrSpec =
    &AttrSpec::new(Attribute::User, "g120 user name", 80, "IEEE 1815-2012 A.45");

const fn attribute(attr: Attribute, source: &'static str, weight: u8) -> AttrSpec {
    AttrSpec::new(attr, source, weight, "IEEE 1815-2012 A.1")
}

pub(super) const NO_START: &FaultSpec =
    &FaultSpec::new("bytes_outside_frames", "IEEE 1815-2012 §9.2.4.1.1");
pub(super) const BAD_LENGTH: &FaultSpec =
    &FaultSpec::new("bad_length", "IEEE 1815-2012 §9.2.4.1.2");
pub(super) const BAD_HEADER_CRC: &FaultSpec =
    &FaultSpec::new("bad_header_crc", "IEEE 1815-2012 §9.2.4.1.6");
pub(super) const BAD_DATA_CRC: &FaultSpec =
    &FaultSpec::new("bad_data_crc", "IEEE 1815-2012 §9.2.4.2");
pub(super) const BAD_LINK_FUNCTION: &FaultSpec =
    &FaultSpec::new("unknown_link_function", "IEEE 1815-2012 §9.2.6");
pub(super) const SEQUENCE: &FaultSpec =
    &FaultSpec::new("transport_sequence", "IEEE 1815-2012 §8.2");
pub(super) const FRAGMENT_TOO_LONG: &FaultSpec =
    &FaultSpec::new("fragment_too_long", "IEEE 1815-2012 §4.2.2.2");
pub(super) const SHORT: &FaultSpec = &FaultSpec::new("fragment_too_short", "IEEE 1815-2012 §4.2.2");
pub(super) const CONTROL_OCTET: &FaultSpec =
    &FaultSpec::new("bad_application_control", "IEEE 1815-2012 §4.2.2.4");
pub(super) const DIRECTION: &FaultSpec =
    &FaultSpec::new("direction_contradicts_function", "IEEE 1815-2012 §9.2.4.1.3");
pub(super) const UNKNOWN_FUNCTION: &FaultSpec =
    &FaultSpec::new("unknown_function", "IEEE 1815-2012 §4.2.2.5");
pub(super) const BAD_QUALIFIER: &FaultSpec =
    &FaultSpec::new("unknown_qualifier", "IEEE 1815-2012 §4.2.2.7.3");
pub(super) const BAD_RANGE: &FaultSpec =
    &FaultSpec::new("range_ends_before_start", "IEEE 1815-2012 §4.2.2.7.3");
pub(super) const UNKNOWN_OBJECT: &FaultSpec =
    &FaultSpec::new("unknown_object", "IEEE 1815-2012 Annex A");
pub(super) const OBJECT_CUT: &FaultSpec =
    &FaultSpec::new("object_beyond_message", "IEEE 1815-2012 §4.2.2.7");
pub(super) const BAD_OBJECT: &FaultSpec =
    &FaultSpec::new("malformed_object", "IEEE 1815-2012 Annex A");
pub(super) const TRAILING: &FaultSpec =
    &FaultSpec::new("trailing_bytes", "IEEE 1815-2012 §4.2.2.7");

/// Largest application fragment that is put together. The standard's default is 2,048; devices
/// may be set to more. §4.2.2.2.
pub(super) const FRAGMENT_MAX: u32 = 16_384;

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(9),
    key: "dnp3",
    name: "DNP3",
    standard: "IEEE 1815-2012",
    industrial: true,
    carrier: false,
    depth: 4,
    bindings: &[Binding::Tcp(20_000), Binding::Udp(20_000), Binding::AnyTcp, Binding::AnyUdp],
    operations: OPERATIONS,
    attributes: &[
        VENDOR,
        PRODUCT,
        SERIAL,
        FIRMWARE,
        HARDWARE,
        NAME,
        LOCATION,
        ID_CODE,
        OWNER,
        OPERATOR,
        SECOND_OPERATOR,
        SYSTEM,
        RESOURCE,
        SUBSET,
        CONFIGURATION,
        CONFIGURATION_VERSION,
        ADDRESS,
        FILE_USER,
        KEY_USER,
    ],
    faults: &[
        NO_START,
        BAD_LENGTH,
        BAD_HEADER_CRC,
        BAD_DATA_CRC,
        BAD_LINK_FUNCTION,
        SEQUENCE,
        FRAGMENT_TOO_LONG,
        SHORT,
        CONTROL_OCTET,
        DIRECTION,
        UNKNOWN_FUNCTION,
        BAD_QUALIFIER,
        BAD_RANGE,
        UNKNOWN_OBJECT,
        OBJECT_CUT,
        BAD_OBJECT,
        TRAILING,
    ],
    areas: AREAS,
    statuses: STATUSES,
    pdu_bytes_max: FRAGMENT_MAX,
    open_max: 64,
};

const APP: &str = "IEEE 1815-2012 §4.4";
const LINK: &str = "IEEE 1815-2012 §9.2.6";

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Program, Read, Write};
    &[
        OpSpec::new(0, "confirm", Observe, APP),
        OpSpec::new(1, "read", Read, APP).args(OBJECTS),
        OpSpec::new(2, "write", Write, APP).args(OBJECTS),
        OpSpec::new(3, "select", Control, APP).args(CONTROL),
        OpSpec::new(4, "operate", Control, APP).args(CONTROL),
        OpSpec::new(5, "direct_operate", Control, APP).args(CONTROL),
        OpSpec::new(6, "direct_operate_no_response", Control, APP).args(CONTROL),
        OpSpec::new(7, "immediate_freeze", Write, APP).args(OBJECTS),
        OpSpec::new(8, "immediate_freeze_no_response", Write, APP).args(OBJECTS),
        OpSpec::new(9, "freeze_and_clear", Control, APP).args(OBJECTS),
        OpSpec::new(10, "freeze_and_clear_no_response", Control, APP).args(OBJECTS),
        OpSpec::new(11, "freeze_at_time", Write, APP).args(OBJECTS),
        OpSpec::new(12, "freeze_at_time_no_response", Write, APP).args(OBJECTS),
        OpSpec::new(13, "cold_restart", Control, APP),
        OpSpec::new(14, "warm_restart", Control, APP),
        OpSpec::new(15, "initialize_data", Control, APP),
        OpSpec::new(16, "initialize_application", Control, APP),
        OpSpec::new(17, "start_application", Control, APP),
        OpSpec::new(18, "stop_application", Control, APP),
        OpSpec::new(19, "save_configuration", Admin, APP),
        OpSpec::new(20, "enable_unsolicited", Admin, APP).args(OBJECTS),
        OpSpec::new(21, "disable_unsolicited", Admin, APP).args(OBJECTS),
        OpSpec::new(22, "assign_class", Admin, APP).args(OBJECTS),
        OpSpec::new(23, "delay_measurement", Observe, APP),
        OpSpec::new(24, "record_current_time", Admin, APP),
        OpSpec::new(25, "open_file", Program, APP).args(OPEN),
        OpSpec::new(26, "close_file", Program, APP).args(HANDLE),
        OpSpec::new(27, "delete_file", Program, APP),
        OpSpec::new(28, "get_file_information", Program, APP),
        OpSpec::new(29, "authenticate_file", Program, APP),
        OpSpec::new(30, "abort_file", Program, APP).args(HANDLE),
        OpSpec::new(31, "activate_configuration", Program, APP),
        OpSpec::new(32, "authenticate_request", Admin, APP),
        OpSpec::new(33, "authenticate_request_no_response", Admin, APP),
        OpSpec::new(129, "response", Read, APP).args(IIN),
        OpSpec::new(130, "unsolicited_response", Read, APP).args(IIN),
        OpSpec::new(131, "authenticate_response", Observe, APP).args(IIN),
        OpSpec::new(LINK_PRIMARY, "reset_link_states", Observe, LINK),
        OpSpec::new(LINK_PRIMARY | 1, "reset_user_process", Control, LINK),
        OpSpec::new(LINK_PRIMARY | 2, "test_link_states", Observe, LINK),
        OpSpec::new(LINK_PRIMARY | 9, "request_link_status", Observe, LINK),
        OpSpec::new(LINK_SECONDARY, "link_ack", Observe, LINK),
        OpSpec::new(LINK_SECONDARY | 1, "link_nack", Observe, LINK),
        OpSpec::new(LINK_SECONDARY | 0x0b, "link_status", Observe, LINK),
        OpSpec::new(LINK_SECONDARY | 0x0e, "link_not_functioning", Observe, LINK),
        OpSpec::new(LINK_SECONDARY | 0x0f, "link_not_supported", Observe, LINK),
    ]
};
