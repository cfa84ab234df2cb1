//! What the discovery and basic configuration protocol is.

use super::blocks;
use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
};

/// Services. IEC 61158-6-10:2019 §4.3.1.3.1.
pub(super) const GET: u8 = 3;
pub(super) const SET: u8 = 4;
pub(super) const IDENTIFY: u8 = 5;
pub(super) const HELLO: u8 = 6;

/// The error of an answer whose service type says that the service is not supported.
pub(super) const NOT_SUPPORTED: u32 = 0x100;

pub(super) const PROPERTY: &Area = &Area::shown(1, "property", blocks::show);

pub(super) const NAME: &AttrSpec = &answer(Attribute::Name, "DCP NameOfStation", 97);
pub(super) const STATION_TYPE: &AttrSpec =
    &answer(Attribute::Product, "DCP DeviceVendorValue, type of station", 90);
pub(super) const VENDOR: &AttrSpec = &answer(Attribute::Vendor, "DCP VendorID, number", 35);
pub(super) const DEVICE: &AttrSpec =
    &answer(Attribute::Model, "DCP VendorID and DeviceID, number", 40);
pub(super) const OEM: &AttrSpec =
    &answer(Attribute::Model, "DCP OEM VendorID and DeviceID, number", 35);
pub(super) const ROLE: &AttrSpec = &answer(Attribute::Role, "DCP DeviceRoleDetails", 95);
pub(super) const ALIAS: &AttrSpec = &answer(Attribute::Object, "DCP AliasName", 60);
pub(super) const INSTANCE: &AttrSpec = &answer(Attribute::Address, "DCP DeviceInstance", 60);
pub(super) const HOST_NAME: &AttrSpec = &answer(Attribute::Name, "DCP DHCP host name", 80);
pub(super) const FULL_NAME: &AttrSpec = &answer(Attribute::Name, "DCP DHCP domain name", 80);
pub(super) const NAME_GIVEN: &AttrSpec =
    &answer(Attribute::Name, "DCP Set request, NameOfStation", 80);
pub(super) const NAME_TAKEN: &AttrSpec =
    &answer(Attribute::Name, "DCP NameOfStation set and confirmed", 97);
pub(super) const SOUGHT: &AttrSpec =
    &answer(Attribute::Object, "DCP station name that it looks for or gives", 30);
pub(super) const SOUGHT_TYPE: &AttrSpec =
    &answer(Attribute::Object, "DCP station type that it looks for", 30);

const fn answer(attr: Attribute, source: &'static str, weight: u8) -> AttrSpec {
    AttrSpec::new(attr, source, weight, "IEC 61158-6-10:2019 §4.3.1.4")
}

pub(super) const SHORT: &FaultSpec = &FaultSpec::new("too_short", "IEC 61158-6-10:2019 §4.3.1");
pub(super) const UNKNOWN_SERVICE: &FaultSpec =
    &FaultSpec::new("unknown_service", "IEC 61158-6-10:2019 §4.3.1.3.1");
pub(super) const WRONG_FRAME_ID: &FaultSpec =
    &FaultSpec::new("frame_id_does_not_fit_service", "IEC 61158-6-10:2019 §4.2");
pub(super) const BAD_LENGTH: &FaultSpec =
    &FaultSpec::new("bad_length", "IEC 61158-6-10:2019 §4.3.1.3.5");
pub(super) const BAD_BLOCK: &FaultSpec =
    &FaultSpec::new("malformed_block", "IEC 61158-6-10:2019 §4.3.1.4");

const ASKED: &[Arg] = &[Arg::hex("xid"), Arg::dec("blocks")];
const SOUGHT_BY: &[Arg] = &[Arg::hex("xid"), Arg::dec("blocks"), Arg::dec("response_delay")];
const GIVEN: &[Arg] = &[Arg::hex("xid"), Arg::dec("blocks"), Arg::hex("block_qualifier")];

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(13),
    key: "profinet-dcp",
    name: "PROFINET DCP",
    standard: "IEC 61158-6-10:2019, clause 4.3: discovery and basic configuration protocol",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Inside(ProtoId(12), crate::profinet::DCP)],
    operations: OPERATIONS,
    attributes: &[
        NAME,
        STATION_TYPE,
        VENDOR,
        DEVICE,
        OEM,
        ROLE,
        ALIAS,
        INSTANCE,
        HOST_NAME,
        FULL_NAME,
        NAME_GIVEN,
        NAME_TAKEN,
        SOUGHT,
        SOUGHT_TYPE,
    ],
    faults: &[SHORT, UNKNOWN_SERVICE, WRONG_FRAME_ID, BAD_LENGTH, BAD_BLOCK],
    areas: &[PROPERTY],
    // BlockError, IEC 61158-6-10:2019 §4.3.1.4.
    statuses: &[
        StatusSpec::new(1, "option_not_supported"),
        StatusSpec::new(2, "suboption_not_supported_or_no_data"),
        StatusSpec::new(3, "suboption_not_set"),
        StatusSpec::new(4, "resource_error"),
        StatusSpec::new(5, "set_not_possible_by_local_reasons"),
        StatusSpec::new(6, "set_not_possible_in_operation"),
        StatusSpec::new(NOT_SUPPORTED, "service_not_supported"),
    ],
    pdu_bytes_max: 1_500,
    open_max: 16,
};

/// The subcode of a set request is what it sets: option and suboption.
#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe};
    const CLAUSE: &str = "IEC 61158-6-10:2019 §4.3.1.3.1";
    const IP: &str = "IEC 61158-6-10:2019 §4.3.1.4.12";
    const PROPERTIES: &str = "IEC 61158-6-10:2019 §4.3.1.4";
    const STEER: &str = "IEC 61158-6-10:2019 §4.3.1.4";
    &[
        OpSpec::new(3, "get", Observe, CLAUSE).args(ASKED),
        OpSpec::new(4, "set", Admin, CLAUSE).args(GIVEN),
        OpSpec::new(4, "set_ip_parameter", Admin, IP).sub(0x0102).args(GIVEN),
        OpSpec::new(4, "set_full_ip_suite", Admin, IP).sub(0x0103).args(GIVEN),
        OpSpec::new(4, "set_type_of_station", Admin, PROPERTIES).sub(0x0201).args(GIVEN),
        OpSpec::new(4, "set_name_of_station", Admin, PROPERTIES).sub(0x0202).args(GIVEN),
        OpSpec::new(4, "set_dhcp_client_identifier", Admin, IP).sub(0x033d).args(GIVEN),
        OpSpec::new(4, "set_dhcp_control", Admin, IP).sub(0x03ff).args(GIVEN),
        OpSpec::new(4, "flash_signal", Observe, STEER).sub(0x0503).args(GIVEN),
        OpSpec::new(4, "factory_reset", Control, STEER).sub(0x0505).args(GIVEN),
        OpSpec::new(4, "reset_to_factory", Control, STEER).sub(0x0506).args(GIVEN),
        OpSpec::new(5, "identify", Observe, CLAUSE).args(SOUGHT_BY),
        OpSpec::new(6, "hello", Observe, CLAUSE).args(ASKED),
    ]
};
