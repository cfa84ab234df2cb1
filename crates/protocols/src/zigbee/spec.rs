//! What ZigBee is.

use vocab::{Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

pub(super) const NODE: &Area = &Area::shown(1, "node", show_hex);
pub(super) const CLUSTER: &Area = &Area::shown(2, "cluster", show_hex);
pub(super) const ATTRIBUTE: &Area = &Area::shown(3, "attribute", show_attribute);

/// `node[a089]`, `cluster[0006]`.
fn show_hex(t: &vocab::Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    write!(out, "{}[{:04x}]", t.area.key, t.index)
}

/// An attribute of a cluster: `cluster[0000].attribute[0004]`.
fn show_attribute(t: &vocab::Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    write!(out, "cluster[{:04x}].attribute[{:04x}]", t.extra, t.index)
}

const BASIC: &str = "ZCL rev. 8 §3.2.2.2";
pub(super) const VENDOR: &AttrSpec =
    &AttrSpec::new(Attribute::Vendor, "ZCL ManufacturerName", 95, BASIC);
pub(super) const MODEL: &AttrSpec =
    &AttrSpec::new(Attribute::Model, "ZCL ModelIdentifier", 95, BASIC);
pub(super) const LOCATION: &AttrSpec =
    &AttrSpec::new(Attribute::Location, "ZCL LocationDescription", 85, BASIC);
pub(super) const FIRMWARE: &AttrSpec =
    &AttrSpec::new(Attribute::Firmware, "ZCL SWBuildID", 95, BASIC);
pub(super) const ORDER: &AttrSpec =
    &AttrSpec::new(Attribute::OrderNumber, "ZCL ProductCode", 90, BASIC);
pub(super) const SERIAL: &AttrSpec =
    &AttrSpec::new(Attribute::Serial, "ZCL SerialNumber", 95, BASIC);

pub(super) const BAD_LENGTH: &FaultSpec =
    &FaultSpec::new("bad_encapsulation_length", "ZEP version 2, header");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(60),
    key: "zigbee",
    name: "ZigBee",
    standard: "IEEE 802.15.4-2006; ZigBee Specification r22; ZCL rev. 8; ZEP versions 1 and 2",
    industrial: true,
    carrier: false,
    depth: 2,
    bindings: &[Binding::Udp(17_754), Binding::EtherType(0x809a)],
    operations: OPERATIONS,
    attributes: &[VENDOR, MODEL, LOCATION, FIRMWARE, ORDER, SERIAL],
    faults: &[BAD_LENGTH],
    areas: &[NODE, CLUSTER, ATTRIBUTE],
    statuses: &[],
    pdu_bytes_max: 256,
    open_max: 64,
};

/// Codes: the type of a frame of the link layer; from 0x10 on a command of the network layer; from
/// 0x30 on the type of a frame of the application support layer; from 0x100 on a general command
/// of the cluster library.
pub(super) mod code {
    pub(in super::super) const NETWORK: u32 = 0x10;
    pub(in super::super) const PROTECTED: u32 = 0x2f;
    pub(in super::super) const APS: u32 = 0x30;
    pub(in super::super) const DEVICE_REQUEST: u32 = 0x40;
    pub(in super::super) const DEVICE_RESPONSE: u32 = 0x41;
    pub(in super::super) const CLUSTER: u32 = 0x80;
    pub(in super::super) const GENERAL: u32 = 0x100;
}

const NODES: &[Arg] = &[Arg::hex("source"), Arg::hex("target"), Arg::dec("sequence")];
const APS: &[Arg] =
    &[Arg::hex("source"), Arg::hex("target"), Arg::hex("profile"), Arg::dec("endpoint")];
const COMMANDS: &[Arg] =
    &[Arg::hex("source"), Arg::hex("target"), Arg::dec("command"), Arg::dec("endpoint")];

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Program, Read, Write};
    const MAC: &str = "IEEE 802.15.4-2006 §7.2.1.1.1";
    const NWK: &str = "ZigBee r22 §3.4";
    const APL: &str = "ZigBee r22 §2.2.5";
    const ZDP: &str = "ZigBee r22 §2.4";
    const ZCL: &str = "ZCL rev. 8 §2.5";
    const LIB: &str = "ZCL rev. 8";
    const fn row(
        code: u32,
        name: &'static str,
        access: Access,
        clause: &'static str,
        args: &'static [Arg],
    ) -> OpSpec {
        OpSpec::new(code, name, access, clause).args(args)
    }
    &[
        row(0x00, "beacon", Observe, MAC, NODES),
        row(0x01, "data", Read, MAC, NODES),
        row(0x02, "acknowledgement", Observe, MAC, NODES),
        row(0x03, "mac_command", Observe, MAC, NODES),
        row(0x11, "route_request", Observe, NWK, NODES),
        row(0x12, "route_reply", Observe, NWK, NODES),
        row(0x13, "network_status", Observe, NWK, NODES),
        row(0x14, "leave", Admin, NWK, NODES),
        row(0x15, "route_record", Observe, NWK, NODES),
        row(0x16, "rejoin_request", Observe, NWK, NODES),
        row(0x17, "rejoin_response", Observe, NWK, NODES),
        row(0x18, "link_status", Observe, NWK, NODES),
        row(0x19, "network_report", Observe, NWK, NODES),
        row(0x1a, "network_update", Admin, NWK, NODES),
        row(0x1b, "end_device_timeout_request", Observe, NWK, NODES),
        row(0x1c, "end_device_timeout_response", Observe, NWK, NODES),
        row(0x2f, "protected", Read, "ZigBee r22 §4.3", NODES),
        row(0x30, "aps_data", Write, APL, APS),
        row(0x31, "aps_command", Admin, "ZigBee r22 §4.4.10", APS),
        row(0x32, "aps_acknowledgement", Observe, APL, APS),
        row(0x33, "inter_pan", Write, APL, APS),
        row(0x40, "device_request", Observe, ZDP, COMMANDS),
        row(0x40, "device_bind", Admin, ZDP, COMMANDS).sub(0x21),
        row(0x40, "device_unbind", Admin, ZDP, COMMANDS).sub(0x22),
        row(0x40, "device_leave", Admin, ZDP, COMMANDS).sub(0x34),
        row(0x40, "device_permit_joining", Admin, ZDP, COMMANDS).sub(0x36),
        row(0x40, "network_update", Admin, ZDP, COMMANDS).sub(0x38),
        row(0x41, "device_response", Observe, ZDP, COMMANDS),
        row(0x80, "cluster_command", Control, LIB, COMMANDS),
        row(0x80, "reset_to_defaults", Admin, LIB, COMMANDS).sub(0x0000),
        row(0x80, "identify", Observe, LIB, COMMANDS).sub(0x0003),
        row(0x80, "groups", Admin, LIB, COMMANDS).sub(0x0004),
        row(0x80, "on_off", Control, LIB, COMMANDS).sub(0x0006),
        row(0x80, "level_control", Control, LIB, COMMANDS).sub(0x0008),
        row(0x80, "firmware_upgrade", Program, LIB, COMMANDS).sub(0x0019),
        row(0x80, "door_lock", Control, LIB, COMMANDS).sub(0x0101),
        row(0x80, "window_covering", Control, LIB, COMMANDS).sub(0x0102),
        row(0x80, "thermostat", Control, LIB, COMMANDS).sub(0x0201),
        row(0x80, "alarm_zone", Control, LIB, COMMANDS).sub(0x0500),
        row(0x100, "read_attributes", Read, ZCL, COMMANDS),
        row(0x101, "read_attributes_response", Read, ZCL, COMMANDS),
        row(0x102, "write_attributes", Write, ZCL, COMMANDS),
        row(0x103, "write_attributes_undivided", Write, ZCL, COMMANDS),
        row(0x104, "write_attributes_response", Observe, ZCL, COMMANDS),
        row(0x105, "write_attributes_no_response", Write, ZCL, COMMANDS),
        row(0x106, "configure_reporting", Admin, ZCL, COMMANDS),
        row(0x107, "configure_reporting_response", Observe, ZCL, COMMANDS),
        row(0x108, "read_reporting_configuration", Read, ZCL, COMMANDS),
        row(0x109, "read_reporting_configuration_response", Read, ZCL, COMMANDS),
        row(0x10a, "report_attributes", Read, ZCL, COMMANDS),
        row(0x10b, "default_response", Observe, ZCL, COMMANDS),
        row(0x10c, "discover_attributes", Observe, ZCL, COMMANDS),
        row(0x10d, "discover_attributes_response", Observe, ZCL, COMMANDS),
    ]
};
