//! What UMAS is.

use core::fmt;
use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
    Target,
};

const MEMORY: &[Arg] =
    &[Arg::dec("range"), Arg::dec("block"), Arg::dec("offset"), Arg::dec("bytes")];
const VARIABLES: &[Arg] = &[Arg::hex("project_crc"), Arg::dec("count")];
const BLOCK: &[Arg] = &[Arg::dec("block"), Arg::dec("bytes")];
const COUNT: &[Arg] = &[Arg::dec("count")];

/// A memory block of the controller, by range, block number and offset.
pub(super) const BLOCKS: &Area = &Area::shown(1, "memory_block", show_block);
/// A variable, by block number and byte offset.
pub(super) const VARIABLE: &Area = &Area::shown(2, "variable", show_variable);
/// A block of the project file that is loaded, by number.
pub(super) const PROJECT: &Area = &Area::indexed(3, "project_block");
/// Coils or registers by Modbus number.
pub(super) const COILS: &Area = &Area::indexed(4, "coil");
/// Registers by Modbus number.
pub(super) const REGISTERS: &Area = &Area::indexed(5, "register");

fn show_block(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "block[{}.{}]+{}:{}", t.extra >> 16, t.extra & 0xffff, t.index, t.count)
}

fn show_variable(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "variable[{}]+{}", t.extra, t.index)?;
    if t.count > 1 { write!(out, ":{}", t.count) } else { Ok(()) }
}

pub(super) const PRODUCT: &AttrSpec =
    &AttrSpec::new(Attribute::Product, "0x02 device name", 95, "UMAS 0x02 read id");
pub(super) const FIRMWARE: &AttrSpec =
    &AttrSpec::new(Attribute::Firmware, "0x02 firmware version", 95, "UMAS 0x02 read id");
pub(super) const HARDWARE: &AttrSpec =
    &AttrSpec::new(Attribute::Hardware, "0x02 hardware id", 80, "UMAS 0x02 read id");
pub(super) const VENDOR: &AttrSpec =
    &AttrSpec::new(Attribute::Vendor, "speaks UMAS", 80, "UMAS, Schneider Electric");
pub(super) const APPLICATION: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "0x03 project name", 85, "UMAS 0x03 read project info");
pub(super) const CARD: &AttrSpec =
    &AttrSpec::new(Attribute::Description, "0x06 memory card", 60, "UMAS 0x06 read card info");
pub(super) const OWNER: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "0x10 owner", 70, "UMAS 0x10 take reservation");

pub(super) const SHORT: &FaultSpec = &FaultSpec::new("message_too_short", "UMAS message structure");
pub(super) const BAD_BODY: &FaultSpec = &FaultSpec::new("malformed_body", "UMAS functions");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(25),
    key: "umas",
    name: "Schneider Electric UMAS",
    standard: "Unified Messaging Application Services, as published by researchers",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Inside(ProtoId(1), crate::modbus::UMAS)],
    operations: OPERATIONS,
    attributes: &[VENDOR, PRODUCT, FIRMWARE, HARDWARE, APPLICATION, CARD, OWNER],
    faults: &[SHORT, BAD_BODY],
    areas: &[BLOCKS, VARIABLE, PROJECT, COILS, REGISTERS],
    statuses: &[
        StatusSpec::new(0x80, "invalid_request"),
        StatusSpec::new(0x81, "not_reserved"),
        StatusSpec::new(0x83, "bad_parameter"),
    ],
    pdu_bytes_max: 1_030,
    open_max: 32,
};

const U: &str = "UMAS function codes";

/// Functions that a signed message (0x38) may hold and that change a controller.
const SIGNED: u32 = 0x38;

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Program, Read, Write};
    &[
        OpSpec::new(0x01, "initialise_communication", Observe, U),
        OpSpec::new(0x02, "read_id", Observe, U),
        OpSpec::new(0x03, "read_project_info", Observe, U),
        OpSpec::new(0x04, "read_plc_info", Observe, U),
        OpSpec::new(0x05, "read_loader_info", Observe, U),
        OpSpec::new(0x06, "read_card_info", Observe, U),
        OpSpec::new(0x07, "read_block_info", Observe, U),
        OpSpec::new(0x0a, "repeat", Observe, U),
        OpSpec::new(0x10, "take_reservation", Admin, U),
        OpSpec::new(0x11, "release_reservation", Admin, U),
        OpSpec::new(0x12, "keep_alive", Observe, U),
        OpSpec::new(0x20, "read_memory_block", Read, U).args(MEMORY),
        OpSpec::new(0x21, "write_memory_block", Write, U).args(MEMORY),
        OpSpec::new(0x22, "read_variables", Read, U).args(VARIABLES),
        OpSpec::new(0x23, "write_variables", Write, U).args(VARIABLES),
        OpSpec::new(0x24, "read_coils_registers", Read, U).args(COUNT),
        OpSpec::new(0x25, "write_coils_registers", Write, U).args(COUNT),
        OpSpec::new(0x26, "data_dictionary", Read, U),
        OpSpec::new(0x27, "data_dictionary_preload", Read, U),
        OpSpec::new(0x28, "read_physical_address", Read, U),
        OpSpec::new(0x29, "write_physical_address", Program, U),
        OpSpec::new(0x2a, "browse_events", Read, U),
        OpSpec::new(0x30, "begin_download_to_plc", Program, U),
        OpSpec::new(0x31, "download_block_to_plc", Program, U).args(BLOCK),
        OpSpec::new(0x32, "end_download_to_plc", Program, U),
        OpSpec::new(0x33, "begin_upload_from_plc", Program, U),
        OpSpec::new(0x34, "upload_block_from_plc", Program, U).args(BLOCK),
        OpSpec::new(0x35, "end_upload_from_plc", Program, U),
        OpSpec::new(0x36, "backup", Program, U),
        OpSpec::new(0x37, "preload_blocks", Program, U),
        OpSpec::new(SIGNED, "signed_message", Program, U),
        signed(0x10, "signed_take_reservation", Admin),
        signed(0x11, "signed_release_reservation", Admin),
        signed(0x12, "signed_keep_alive", Observe),
        signed(0x20, "signed_read_memory_block", Read),
        signed(0x21, "signed_write_memory_block", Write),
        signed(0x22, "signed_read_variables", Read),
        signed(0x23, "signed_write_variables", Write),
        signed(0x25, "signed_write_coils_registers", Write),
        signed(0x29, "signed_write_physical_address", Program),
        signed(0x30, "signed_begin_download_to_plc", Program),
        signed(0x31, "signed_download_block_to_plc", Program),
        signed(0x32, "signed_end_download_to_plc", Program),
        signed(0x40, "signed_start_plc", Control),
        signed(0x41, "signed_stop_plc", Control),
        signed(0x42, "signed_initialise_plc", Control),
        signed(0x50, "signed_monitor", Read),
        OpSpec::new(0x39, "read_ethernet_master_data", Observe, U),
        OpSpec::new(0x40, "start_plc", Control, U),
        OpSpec::new(0x41, "stop_plc", Control, U),
        OpSpec::new(0x42, "initialise_plc", Control, U),
        OpSpec::new(0x43, "swap_blocks", Program, U),
        OpSpec::new(0x50, "monitor", Read, U),
        OpSpec::new(0x50, "force_off", Write, U).sub(2),
        OpSpec::new(0x50, "force_on", Write, U).sub(3),
        OpSpec::new(0x50, "unforce", Write, U).sub(4),
        OpSpec::new(0x51, "get_auto_modifications", Read, U),
        OpSpec::new(0x52, "get_forced_bits", Read, U),
        OpSpec::new(0x53, "get_selected_blocks", Read, U),
        OpSpec::new(0x58, "check_plc", Observe, U),
        OpSpec::new(0x60, "set_breakpoint", Control, U),
        OpSpec::new(0x61, "delete_breakpoint", Control, U),
        OpSpec::new(0x62, "step_over", Control, U),
        OpSpec::new(0x63, "step_in", Control, U),
        OpSpec::new(0x64, "step_out", Control, U),
        OpSpec::new(0x65, "get_call_stack", Read, U),
        OpSpec::new(0x66, "check_debug_allowed", Observe, U),
        OpSpec::new(0x6c, "process_message", Program, U),
        OpSpec::new(0x6d, "private", Program, U),
        OpSpec::new(0x6e, "reservation_nonces", Admin, U),
        OpSpec::new(0x70, "read_io_object", Read, U),
        OpSpec::new(0x71, "write_io_object", Write, U),
        OpSpec::new(0x72, "read_rack", Observe, U),
        OpSpec::new(0x73, "read_module_status", Observe, U),
        OpSpec::new(0x74, "read_device_data", Observe, U),
    ]
};

/// A function inside a signed message.
const fn signed(function: u16, name: &'static str, access: Access) -> OpSpec {
    OpSpec::new(SIGNED, name, access, "UMAS 0x38 signed messages").sub(function)
}
