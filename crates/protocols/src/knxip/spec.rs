//! What KNXnet/IP is.

use super::operations;
use vocab::{Area, AttrSpec, Attribute, Binding, FaultSpec, ProtoId, Spec, StatusSpec, Target};

pub(super) const NAME: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "device information: friendly name", 95, "KNX 3/8/2 §7.5.4.2");
pub(super) const SERIAL: &AttrSpec =
    &AttrSpec::new(Attribute::Serial, "device information: serial", 98, "KNX 3/8/2 §7.5.4.2");
pub(super) const ADDRESS: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "device information: address", 95, "KNX 3/8/2 §7.5.4.2");
pub(super) const READ_SERIAL: &AttrSpec =
    &AttrSpec::new(Attribute::Serial, "device object: serial number", 98, "KNX 3/5/1 §4.3");
pub(super) const READ_ORDER: &AttrSpec =
    &AttrSpec::new(Attribute::OrderNumber, "device object: order info", 95, "KNX 3/5/1 §4.3");
pub(super) const READ_NAME: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "IP object: friendly name", 95, "KNX 3/8/3 §2.5");

pub(super) const BAD_HEADER: &FaultSpec = &FaultSpec::new("malformed_header", "KNX 3/8/2 §2.3");
pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", "KNX 3/8/2 §2.3");
pub(super) const BAD_BODY: &FaultSpec = &FaultSpec::new("malformed_body", "KNX 3/8/2 §7");
pub(super) const BAD_TELEGRAM: &FaultSpec = &FaultSpec::new("bad_telegram", "KNX 3/6/3 §4.1");

pub(super) const GROUP: &Area = &Area::shown(1, "group", show_group);
pub(super) const DEVICE: &Area = &Area::shown(2, "device", show_device);
pub(super) const PROPERTY: &Area = &Area::shown(3, "property", show_property);

/// A group address with three levels: 5, 3 and 8 bits. KNX 3/3/4.
fn show_group(t: &Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    write!(out, "{}/{}/{}", t.index >> 11 & 0x1f, t.index >> 8 & 7, t.index & 0xff)
}

/// Area, line and device: 4, 4 and 8 bits. KNX 3/3/2.
fn show_device(t: &Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    write!(out, "{}.{}.{}", t.index >> 12 & 0xf, t.index >> 8 & 0xf, t.index & 0xff)
}

/// Object type and property identifier of the interface device itself.
fn show_property(t: &Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    write!(out, "object[{}].property[{}]", t.index, t.extra)
}

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(42),
    key: "knxip",
    name: "KNXnet/IP",
    standard: "KNX Standard v2.1 volumes 3/8 and 3/6/3; EN ISO 22510:2020",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Udp(3_671), Binding::Tcp(3_671), Binding::AnyUdp],
    operations: operations::OPERATIONS,
    attributes: &[NAME, SERIAL, ADDRESS, READ_SERIAL, READ_ORDER, READ_NAME],
    faults: &[BAD_HEADER, BAD_LENGTH, BAD_BODY, BAD_TELEGRAM],
    areas: &[GROUP, DEVICE, PROPERTY],
    statuses: &[
        StatusSpec::new(0x01, "host_protocol_type"),
        StatusSpec::new(0x02, "version_not_supported"),
        StatusSpec::new(0x04, "sequence_number"),
        StatusSpec::new(0x0f, "error"),
        StatusSpec::new(0x21, "connection_id"),
        StatusSpec::new(0x22, "connection_type"),
        StatusSpec::new(0x23, "connection_option"),
        StatusSpec::new(0x24, "no_more_connections"),
        StatusSpec::new(0x25, "no_more_unique_connections"),
        StatusSpec::new(0x26, "data_connection"),
        StatusSpec::new(0x27, "knx_connection"),
        StatusSpec::new(0x28, "authorisation"),
        StatusSpec::new(0x29, "tunnelling_layer"),
        StatusSpec::new(0x2d, "no_tunnelling_address"),
        StatusSpec::new(0x2e, "connection_in_use"),
    ],
    pdu_bytes_max: 2_048,
    open_max: 32,
};
