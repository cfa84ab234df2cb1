//! What Modbus is.

use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
    Technique,
};

const RANGE: &[Arg] = &[Arg::dec("start"), Arg::dec("quantity")];
const SINGLE: &[Arg] = &[Arg::dec("address"), Arg::dec("value")];
const MASK: &[Arg] = &[Arg::dec("address"), Arg::hex("and_mask"), Arg::hex("or_mask")];
const BOTH: &[Arg] = &[
    Arg::dec("read_start"),
    Arg::dec("read_quantity"),
    Arg::dec("write_start"),
    Arg::dec("write_quantity"),
];
const DATA: &[Arg] = &[Arg::hex("data")];
const IDENT: &[Arg] = &[Arg::dec("read_code"), Arg::dec("object")];

pub(super) const COILS: &Area = &Area::indexed(1, "coil");
pub(super) const INPUTS: &Area = &Area::indexed(2, "discrete_input");
pub(super) const HOLDING: &Area = &Area::indexed(3, "holding_register");
pub(super) const INPUT_REGISTERS: &Area = &Area::indexed(4, "input_register");
pub(super) const FIFO: &Area = &Area::indexed(5, "fifo");
pub(super) const FILE: &Area = &Area::shown(6, "file_record", show_file);

fn show_file(t: &vocab::Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    write!(out, "file[{}].record[{}]+{}", t.extra, t.index, t.count)
}

pub(super) const VENDOR: &AttrSpec = &ident(Attribute::Vendor, "43/14 VendorName");
pub(super) const PRODUCT_CODE: &AttrSpec = &ident(Attribute::OrderNumber, "43/14 ProductCode");
pub(super) const REVISION: &AttrSpec = &ident(Attribute::Firmware, "43/14 MajorMinorRevision");
pub(super) const URL: &AttrSpec = &ident(Attribute::Url, "43/14 VendorUrl");
pub(super) const PRODUCT: &AttrSpec = &ident(Attribute::Product, "43/14 ProductName");
pub(super) const MODEL: &AttrSpec = &ident(Attribute::Model, "43/14 ModelName");
pub(super) const APPLICATION: &AttrSpec = &ident(Attribute::Name, "43/14 UserApplicationName");
pub(super) const OTHER: &AttrSpec =
    &AttrSpec::new(Attribute::Description, "43/14 extended object", 60, "MODBUS AP v1.1b3 §6.21");
pub(super) const SERVER_ID: &AttrSpec =
    &AttrSpec::new(Attribute::Description, "17 server id", 60, "MODBUS AP v1.1b3 §6.13");

const fn ident(attr: Attribute, source: &'static str) -> AttrSpec {
    AttrSpec::new(attr, source, 95, "MODBUS AP v1.1b3 §6.21")
}

pub(super) const BAD_PROTOCOL: &FaultSpec =
    &FaultSpec::new("bad_protocol_id", "MODBUS TCP v1.0b §3.1.3");
pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", "MODBUS TCP v1.0b §3.1.3");
pub(super) const BAD_QUANTITY: &FaultSpec =
    &FaultSpec::new("quantity_out_of_range", "MODBUS AP v1.1b3 §6");
pub(super) const BAD_PDU: &FaultSpec = &FaultSpec::new("malformed_pdu", "MODBUS AP v1.1b3 §6");
pub(super) const BAD_CRC: &FaultSpec =
    &FaultSpec::new("bad_crc", "MODBUS Serial Line v1.02 §2.5.1");

/// Selector under which UMAS finds its payload: function 90.
pub const UMAS: u32 = 90;
/// Selector under which CANopen finds its payload: function 43, MEI type 13.
pub const CANOPEN: u32 = 0x2b0d;

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(1),
    key: "modbus",
    name: "Modbus/TCP",
    standard: "MODBUS Application Protocol v1.1b3; Messaging on TCP/IP v1.0b; Serial Line v1.02",
    industrial: true,
    carrier: false,
    depth: 4,
    bindings: &[Binding::Tcp(502), Binding::Udp(502), Binding::AnyTcp],
    operations: OPERATIONS,
    attributes: &[
        VENDOR,
        PRODUCT_CODE,
        REVISION,
        URL,
        PRODUCT,
        MODEL,
        APPLICATION,
        OTHER,
        SERVER_ID,
    ],
    faults: &[BAD_PROTOCOL, BAD_LENGTH, BAD_QUANTITY, BAD_PDU, BAD_CRC],
    areas: &[COILS, INPUTS, HOLDING, INPUT_REGISTERS, FIFO, FILE],
    statuses: &[
        StatusSpec::new(1, "illegal_function"),
        StatusSpec::new(2, "illegal_data_address"),
        StatusSpec::new(3, "illegal_data_value"),
        StatusSpec::new(4, "server_device_failure"),
        StatusSpec::new(5, "acknowledge"),
        StatusSpec::new(6, "server_device_busy"),
        StatusSpec::new(8, "memory_parity_error"),
        StatusSpec::new(10, "gateway_path_unavailable"),
        StatusSpec::new(11, "gateway_target_no_response"),
    ],
    pdu_bytes_max: 512,
    open_max: 32,
};

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Program, Read, Write};
    &[
        OpSpec::new(1, "read_coils", Read, "MODBUS AP v1.1b3 §6.1").args(RANGE),
        OpSpec::new(2, "read_discrete_inputs", Read, "MODBUS AP v1.1b3 §6.2").args(RANGE),
        OpSpec::new(3, "read_holding_registers", Read, "MODBUS AP v1.1b3 §6.3").args(RANGE),
        OpSpec::new(4, "read_input_registers", Read, "MODBUS AP v1.1b3 §6.4").args(RANGE),
        OpSpec::new(5, "write_single_coil", Write, "MODBUS AP v1.1b3 §6.5").args(SINGLE),
        OpSpec::new(6, "write_single_register", Write, "MODBUS AP v1.1b3 §6.6").args(SINGLE),
        OpSpec::new(7, "read_exception_status", Read, "MODBUS AP v1.1b3 §6.7"),
        OpSpec::new(8, "diagnostics", Observe, "MODBUS AP v1.1b3 §6.8").args(DATA),
        OpSpec::new(8, "return_query_data", Observe, "MODBUS AP v1.1b3 §6.8").sub(0).args(DATA),
        OpSpec::new(8, "restart_communications", Control, "MODBUS AP v1.1b3 §6.8").sub(1).args(DATA),
        OpSpec::new(8, "return_diagnostic_register", Observe, "MODBUS AP v1.1b3 §6.8").sub(2).args(DATA),
        OpSpec::new(8, "change_ascii_delimiter", Admin, "MODBUS AP v1.1b3 §6.8").sub(3).args(DATA),
        OpSpec::new(8, "force_listen_only", Control, "MODBUS AP v1.1b3 §6.8").sub(4).args(DATA),
        OpSpec::new(8, "clear_counters", Admin, "MODBUS AP v1.1b3 §6.8").sub(10).args(DATA),
        OpSpec::new(8, "clear_overrun_counter", Admin, "MODBUS AP v1.1b3 §6.8").sub(20).args(DATA),
        OpSpec::new(11, "get_comm_event_counter", Observe, "MODBUS AP v1.1b3 §6.9"),
        OpSpec::new(12, "get_comm_event_log", Observe, "MODBUS AP v1.1b3 §6.10"),
        OpSpec::new(15, "write_multiple_coils", Write, "MODBUS AP v1.1b3 §6.11").args(RANGE),
        OpSpec::new(16, "write_multiple_registers", Write, "MODBUS AP v1.1b3 §6.12").args(RANGE),
        OpSpec::new(17, "report_server_id", Observe, "MODBUS AP v1.1b3 §6.13"),
        OpSpec::new(20, "read_file_record", Read, "MODBUS AP v1.1b3 §6.14"),
        OpSpec::new(21, "write_file_record", Program, "MODBUS AP v1.1b3 §6.15")
            .technique(Technique::MODIFY_PARAMETER),
        OpSpec::new(22, "mask_write_register", Write, "MODBUS AP v1.1b3 §6.16").args(MASK),
        OpSpec::new(23, "read_write_registers", Write, "MODBUS AP v1.1b3 §6.17").args(BOTH),
        OpSpec::new(24, "read_fifo_queue", Read, "MODBUS AP v1.1b3 §6.18").args(&[Arg::dec("pointer")]),
        OpSpec::new(43, "encapsulated_interface", Observe, "MODBUS AP v1.1b3 §6.19"),
        OpSpec::new(43, "canopen_general_reference", Write, "MODBUS AP v1.1b3 §6.20").sub(13),
        OpSpec::new(43, "read_device_identification", Observe, "MODBUS AP v1.1b3 §6.21").sub(14).args(IDENT),
        OpSpec::new(90, "umas", Program, "Schneider Electric UMAS, function code 90 of the user range"),
    ]
};
