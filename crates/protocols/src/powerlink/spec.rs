//! What POWERLINK is.

use crate::common::canopen;
use vocab::Target;
use vocab::{Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

/// Types of message. EPSG DS 301 §4.6.1.1.
pub(super) const SOC: u8 = 1;
pub(super) const POLL_REQUEST: u8 = 3;
pub(super) const POLL_RESPONSE: u8 = 4;
pub(super) const SOA: u8 = 5;
pub(super) const ASYNCHRONOUS: u8 = 6;

pub(super) const NODE: &Area = &Area::shown(1, "node", show_node);
pub(super) const OBJECT: &Area = &Area::shown(2, "object", show_object);
pub(super) const NAMED: &Area = &Area::named(3, "named_object");

fn show_node(t: &Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    write!(out, "node[{}]", t.index)
}

fn show_object(t: &Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    canopen::show_object(vocab::low_u16(t.index >> 8), vocab::low_u8(t.index), out)
}

const fn ident(attr: Attribute, source: &'static str, weight: u8) -> AttrSpec {
    AttrSpec::new(attr, source, weight, "EPSG DS 301 §7.3.3.2.1")
}

const fn object(attr: Attribute, source: &'static str, weight: u8) -> AttrSpec {
    AttrSpec::new(attr, source, weight, "EPSG DS 301 §7.2.2")
}

pub(super) const HOST: &AttrSpec = &ident(Attribute::Name, "IdentResponse HostName", 95);
pub(super) const VENDOR: &AttrSpec =
    &ident(Attribute::Vendor, "IdentResponse VendorID, number", 35);
pub(super) const PRODUCT: &AttrSpec =
    &ident(Attribute::Model, "IdentResponse ProductCode, number", 40);
pub(super) const REVISION: &AttrSpec =
    &ident(Attribute::Firmware, "IdentResponse RevisionNumber", 60);
pub(super) const SERIAL: &AttrSpec = &ident(Attribute::Serial, "IdentResponse SerialNumber", 90);
pub(super) const VERSION: &AttrSpec = &ident(Attribute::Software, "IdentResponse EPLVersion", 80);
pub(super) const NUMBER: &AttrSpec = &ident(Attribute::Address, "POWERLINK node number", 80);
pub(super) const ROLE: &AttrSpec = &ident(Attribute::Role, "POWERLINK node role", 70);
pub(super) const OBJECT_NAME: &AttrSpec = &object(Attribute::Product, "SDO object 0x1008", 95);
pub(super) const OBJECT_HARDWARE: &AttrSpec = &object(Attribute::Hardware, "SDO object 0x1009", 95);
pub(super) const OBJECT_SOFTWARE: &AttrSpec = &object(Attribute::Firmware, "SDO object 0x100A", 95);
pub(super) const OBJECT_VENDOR: &AttrSpec =
    &object(Attribute::Vendor, "SDO object 0x1018 vendor, number", 35);
pub(super) const OBJECT_PRODUCT: &AttrSpec =
    &object(Attribute::Model, "SDO object 0x1018 product code, number", 40);
pub(super) const OBJECT_SERIAL: &AttrSpec = &object(Attribute::Serial, "SDO object 0x1018", 90);

pub(super) const SHORT: &FaultSpec = &FaultSpec::new("too_short", "EPSG DS 301 §4.6.1.1");
pub(super) const UNKNOWN_TYPE: &FaultSpec =
    &FaultSpec::new("unknown_message_type", "EPSG DS 301 §4.6.1.1");
pub(super) const BAD_SIZE: &FaultSpec = &FaultSpec::new("bad_size", "EPSG DS 301 §4.6.1.1");

const CYCLE: &[Arg] = &[Arg::dec("destination"), Arg::dec("source"), Arg::hex("flags")];
const DATA: &[Arg] =
    &[Arg::dec("destination"), Arg::dec("source"), Arg::hex("flags"), Arg::dec("data_bytes")];
const INVITE: &[Arg] =
    &[Arg::dec("destination"), Arg::dec("source"), Arg::dec("service"), Arg::dec("target")];
const SERVICE: &[Arg] = &[Arg::dec("destination"), Arg::dec("source")];
const TRANSFER: &[Arg] =
    &[Arg::dec("destination"), Arg::dec("source"), Arg::hex("object"), Arg::dec("transaction")];

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(47),
    key: "powerlink",
    name: "Ethernet POWERLINK",
    standard: "EPSG DS 301 V1.3.0",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::EtherType(0x88ab), Binding::Udp(3_819)],
    operations: OPERATIONS,
    attributes: &[
        HOST,
        VENDOR,
        PRODUCT,
        REVISION,
        SERIAL,
        VERSION,
        NUMBER,
        ROLE,
        OBJECT_NAME,
        OBJECT_HARDWARE,
        OBJECT_SOFTWARE,
        OBJECT_VENDOR,
        OBJECT_PRODUCT,
        OBJECT_SERIAL,
    ],
    faults: &[SHORT, UNKNOWN_TYPE, BAD_SIZE],
    areas: &[NODE, OBJECT, NAMED],
    statuses: canopen::ABORTS,
    pdu_bytes_max: 1_500,
    open_max: 16,
};

/// An asynchronous message.
const fn service(sub: u16, name: &'static str, access: Access, clause: &'static str) -> OpSpec {
    OpSpec::new(6, name, access, clause).sub(sub).args(SERVICE)
}

/// A transfer of an object.
const fn transfer(sub: u16, name: &'static str, access: Access) -> OpSpec {
    OpSpec::new(6, name, access, "EPSG DS 301 §6.3.2.4.2").sub(sub).args(TRANSFER)
}

/// The code is the type of message. The subcode of an asynchronous message is its service, and
/// below it the command; that of an invitation the service that is asked for.
#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Program, Read, Write};
    const TYPE: &str = "EPSG DS 301 §4.6.1.1";
    const NMT: &str = "EPSG DS 301 §7.3.1.2";
    const STATE: &str = "EPSG DS 301 §7.3.3";
    &[
        OpSpec::new(1, "start_of_cycle", Observe, TYPE).args(CYCLE),
        OpSpec::new(3, "poll_request", Write, TYPE).args(DATA),
        OpSpec::new(4, "poll_response", Read, TYPE).args(DATA),
        OpSpec::new(5, "start_of_asynchronous", Observe, TYPE).args(INVITE),
        OpSpec::new(5, "identity_request", Observe, STATE).sub(1).args(INVITE),
        OpSpec::new(5, "status_request", Observe, STATE).sub(2).args(INVITE),
        OpSpec::new(5, "nmt_invitation", Observe, STATE).sub(3).args(INVITE),
        OpSpec::new(5, "sync_request", Observe, STATE).sub(6).args(INVITE),
        OpSpec::new(5, "invitation", Observe, STATE).sub(255).args(INVITE),
        OpSpec::new(6, "asynchronous_send", Observe, TYPE).args(SERVICE),
        service(0x0100, "identity", Observe, STATE),
        service(0x0200, "status", Observe, STATE),
        service(0x0300, "nmt_request", Control, STATE),
        service(0x0400, "nmt_command", Control, NMT),
        service(0x0421, "start_node", Control, NMT),
        service(0x0422, "stop_node", Control, NMT),
        service(0x0423, "enter_pre_operational_2", Control, NMT),
        service(0x0424, "enable_ready_to_operate", Control, NMT),
        service(0x0428, "reset_node", Control, NMT),
        service(0x0429, "reset_communication", Control, NMT),
        service(0x042a, "reset_configuration", Control, NMT),
        service(0x042b, "software_reset", Control, NMT),
        service(0x0441, "start_nodes", Control, NMT),
        service(0x0442, "stop_nodes", Control, NMT),
        service(0x0443, "nodes_enter_pre_operational_2", Control, NMT),
        service(0x0444, "enable_nodes_ready_to_operate", Control, NMT),
        service(0x0448, "reset_nodes", Control, NMT),
        service(0x0449, "reset_communication_of_nodes", Control, NMT),
        service(0x044a, "reset_configuration_of_nodes", Control, NMT),
        service(0x044b, "software_reset_of_nodes", Control, NMT),
        service(0x0462, "set_host_name", Admin, NMT),
        service(0x0463, "flush_address", Admin, NMT),
        service(0x0480, "publish_configured_nodes", Observe, NMT),
        service(0x0490, "publish_active_nodes", Observe, NMT),
        service(0x04b0, "publish_time", Observe, NMT),
        service(0x04ff, "no_service", Observe, NMT),
        service(0x0500, "sdo_sequence", Observe, "EPSG DS 301 §6.3.2.3"),
        transfer(0x0501, "write_by_index", Admin),
        transfer(0x0502, "read_by_index", Read),
        transfer(0x0503, "write_all_by_index", Admin),
        transfer(0x0504, "read_all_by_index", Read),
        transfer(0x0505, "write_by_name", Admin),
        transfer(0x0506, "read_by_name", Read),
        transfer(0x0520, "write_file", Program),
        transfer(0x0521, "read_file", Program),
        transfer(0x0531, "write_several_by_index", Admin),
        transfer(0x0532, "read_several_by_index", Read),
        transfer(0x0570, "maximum_segment", Observe),
        service(0x0600, "sync", Observe, STATE),
        OpSpec::new(7, "active_managing_node", Observe, "EPSG DS 302-A §3"),
        OpSpec::new(13, "asynchronous_invite", Observe, "EPSG DS 302-B §3").args(CYCLE),
    ]
};
