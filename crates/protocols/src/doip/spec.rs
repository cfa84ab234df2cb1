//! What DoIP is.

use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
};

pub(super) const DATA: &Area = &Area::shown(1, "did", show_hex);
pub(super) const ROUTINE: &Area = &Area::shown(2, "routine", show_hex);
pub(super) const MEMORY: &Area = &Area::shown(3, "memory", show_hex);
pub(super) const FILE: &Area = &Area::named(4, "file");

/// `did[f190]`, `memory[8000..8fff]`.
fn show_hex(t: &vocab::Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    let key = t.area.key;
    match u64::from(t.count).checked_sub(1) {
        None | Some(0) => write!(out, "{key}[{:04x}]", t.index),
        Some(more) => write!(out, "{key}[{:04x}..{:04x}]", t.index, t.index.saturating_add(more)),
    }
}

const ANNOUNCE: &str = "ISO 13400-2:2019 §7.4";
const DIDS: &str = "ISO 14229-1:2020 Annex C.1";
pub(super) const VIN: &AttrSpec = &AttrSpec::new(Attribute::Name, "DoIP VIN", 85, ANNOUNCE);
pub(super) const EID: &AttrSpec = &AttrSpec::new(Attribute::Address, "DoIP EID", 85, ANNOUNCE);
pub(super) const GID: &AttrSpec = &AttrSpec::new(Attribute::Address, "DoIP GID", 60, ANNOUNCE);
pub(super) const LOGICAL: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "DoIP logical address", 95, ANNOUNCE);
pub(super) const NODE: &AttrSpec =
    &AttrSpec::new(Attribute::Description, "DoIP node type", 80, "ISO 13400-2:2019 §7.6");
pub(super) const DATA_VIN: &AttrSpec = &AttrSpec::new(Attribute::Name, "UDS F190", 95, DIDS);
pub(super) const PART: &AttrSpec = &AttrSpec::new(Attribute::OrderNumber, "UDS F187", 95, DIDS);
pub(super) const SOFTWARE: &AttrSpec =
    &AttrSpec::new(Attribute::Firmware, "UDS F188, F189, F194, F195", 90, DIDS);
pub(super) const APPLICATION: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "UDS F180 to F185", 85, DIDS);
pub(super) const SUPPLIER: &AttrSpec = &AttrSpec::new(Attribute::Vendor, "UDS F18A", 95, DIDS);
pub(super) const SERIAL: &AttrSpec = &AttrSpec::new(Attribute::Serial, "UDS F18C", 95, DIDS);
pub(super) const HARDWARE: &AttrSpec =
    &AttrSpec::new(Attribute::Hardware, "UDS F191 to F193", 90, DIDS);
pub(super) const SYSTEM: &AttrSpec = &AttrSpec::new(Attribute::Product, "UDS F197", 90, DIDS);
pub(super) const ODX: &AttrSpec = &AttrSpec::new(Attribute::Description, "UDS F19E", 80, DIDS);

pub(super) const BAD_INVERSE: &FaultSpec =
    &FaultSpec::new("version_without_inverse", "ISO 13400-2:2019 §9.2");
pub(super) const BAD_LENGTH: &FaultSpec =
    &FaultSpec::new("bad_payload_length", "ISO 13400-2:2019 §9.2");
pub(super) const BAD_SERVICE: &FaultSpec =
    &FaultSpec::new("service_too_short", "ISO 14229-1:2020 §8");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(54),
    key: "doip",
    name: "DoIP",
    standard: "ISO 13400-2:2019 with UDS of ISO 14229-1:2020",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Tcp(13_400), Binding::Udp(13_400), Binding::AnyTcp, Binding::AnyUdp],
    operations: OPERATIONS,
    attributes: &[
        VIN,
        EID,
        GID,
        LOGICAL,
        NODE,
        DATA_VIN,
        PART,
        SOFTWARE,
        APPLICATION,
        SUPPLIER,
        SERIAL,
        HARDWARE,
        SYSTEM,
        ODX,
    ],
    faults: &[BAD_INVERSE, BAD_LENGTH, BAD_SERVICE],
    areas: &[DATA, ROUTINE, MEMORY, FILE],
    statuses: super::statuses::STATUSES,
    pdu_bytes_max: 8_200,
    open_max: 64,
};

/// Addresses of sender and receiver, then a subfunction or an identifier where there is one.
const UDS: &[Arg] = &[Arg::hex("source"), Arg::hex("target"), Arg::hex("parameter")];
const ACK: &[Arg] = &[Arg::hex("source"), Arg::hex("target"), Arg::hex("code")];
const ACTIVATE: &[Arg] = &[Arg::hex("source"), Arg::hex("type")];
const ACTIVATED: &[Arg] = &[Arg::hex("tester"), Arg::hex("entity"), Arg::hex("code")];
const NODE_ARGS: &[Arg] = &[Arg::dec("type"), Arg::dec("sockets_max"), Arg::dec("sockets")];
const MODE: &[Arg] = &[Arg::dec("mode")];
const CODE: &[Arg] = &[Arg::hex("code")];

/// Subcodes beyond the service numbers: services that mean more in one of their forms.
pub(super) mod sub {
    pub(in super::super) const PROGRAMMING: u16 = 0x110;
    pub(in super::super) const ERASE: u16 = 0x131;
}

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Program, Read, Write};
    const PAYLOAD: &str = "ISO 13400-2:2019 §9.2, table 17";
    const fn uds(sub: u16, name: &'static str, access: Access, clause: &'static str) -> OpSpec {
        OpSpec::new(0x8001, name, access, clause).sub(sub).args(UDS)
    }
    &[
        OpSpec::new(0x0000, "header_nack", Observe, PAYLOAD).args(CODE),
        OpSpec::new(0x0001, "identify", Observe, PAYLOAD),
        OpSpec::new(0x0002, "identify_by_eid", Observe, PAYLOAD),
        OpSpec::new(0x0003, "identify_by_vin", Observe, PAYLOAD),
        OpSpec::new(0x0004, "announcement", Observe, PAYLOAD),
        OpSpec::new(0x0005, "activate_routing", Observe, PAYLOAD).args(ACTIVATE),
        OpSpec::new(0x0006, "routing_activation", Observe, PAYLOAD).args(ACTIVATED),
        OpSpec::new(0x0007, "alive_check", Observe, PAYLOAD),
        OpSpec::new(0x0008, "alive", Observe, PAYLOAD),
        OpSpec::new(0x4001, "entity_status_request", Observe, PAYLOAD),
        OpSpec::new(0x4002, "entity_status", Observe, PAYLOAD).args(NODE_ARGS),
        OpSpec::new(0x4003, "power_mode_request", Observe, PAYLOAD),
        OpSpec::new(0x4004, "power_mode", Observe, PAYLOAD).args(MODE),
        OpSpec::new(0x8001, "diagnostic_message", Write, PAYLOAD).args(UDS),
        uds(0x10, "session_control", Control, "ISO 14229-1:2020 §10.2"),
        uds(0x11, "ecu_reset", Control, "ISO 14229-1:2020 §10.3"),
        uds(0x14, "clear_diagnostic_information", Admin, "ISO 14229-1:2020 §12.2"),
        uds(0x19, "read_dtc_information", Read, "ISO 14229-1:2020 §12.3"),
        uds(0x22, "read_data_by_identifier", Read, "ISO 14229-1:2020 §11.2"),
        uds(0x23, "read_memory_by_address", Program, "ISO 14229-1:2020 §11.3"),
        uds(0x24, "read_scaling_data", Read, "ISO 14229-1:2020 §11.4"),
        uds(0x27, "security_access", Admin, "ISO 14229-1:2020 §10.4"),
        uds(0x28, "communication_control", Control, "ISO 14229-1:2020 §10.5"),
        uds(0x29, "authentication", Admin, "ISO 14229-1:2020 §10.6"),
        uds(0x2a, "read_data_periodically", Read, "ISO 14229-1:2020 §11.5"),
        uds(0x2c, "define_data_identifier", Admin, "ISO 14229-1:2020 §11.6"),
        uds(0x2e, "write_data_by_identifier", Write, "ISO 14229-1:2020 §11.7"),
        uds(0x2f, "input_output_control", Control, "ISO 14229-1:2020 §13.2"),
        uds(0x31, "routine_control", Control, "ISO 14229-1:2020 §14.2"),
        uds(0x34, "request_download", Program, "ISO 14229-1:2020 §15.2"),
        uds(0x35, "request_upload", Program, "ISO 14229-1:2020 §15.3"),
        uds(0x36, "transfer_data", Program, "ISO 14229-1:2020 §15.4"),
        uds(0x37, "transfer_exit", Program, "ISO 14229-1:2020 §15.5"),
        uds(0x38, "request_file_transfer", Program, "ISO 14229-1:2020 §15.6"),
        uds(0x3d, "write_memory_by_address", Program, "ISO 14229-1:2020 §11.8"),
        uds(0x3e, "tester_present", Observe, "ISO 14229-1:2020 §10.7"),
        uds(0x83, "access_timing_parameter", Admin, "ISO 14229-1:2013 §9.7"),
        uds(0x84, "secured_data", Write, "ISO 14229-1:2020 §16"),
        uds(0x85, "control_dtc_setting", Admin, "ISO 14229-1:2020 §10.8"),
        uds(0x86, "response_on_event", Admin, "ISO 14229-1:2020 §10.9"),
        uds(0x87, "link_control", Admin, "ISO 14229-1:2020 §10.10"),
        uds(sub::PROGRAMMING, "programming_session", Program, "ISO 14229-1:2020 §10.2"),
        uds(sub::ERASE, "erase_memory", Program, "ISO 14229-1:2020 Annex F.1"),
        OpSpec::new(0x8002, "diagnostic_ack", Observe, PAYLOAD).args(ACK),
        OpSpec::new(0x8003, "diagnostic_nack", Observe, PAYLOAD).args(ACK),
    ]
};

/// An error: the payload type that tells it, and its code.
pub(super) const fn error(kind: u16, code: u8) -> u32 {
    (kind as u32) << 8 | code as u32
}

/// A row of the table of errors.
pub(super) const fn row(kind: u16, code: u8, name: &'static str) -> StatusSpec {
    StatusSpec::new(error(kind, code), name)
}
