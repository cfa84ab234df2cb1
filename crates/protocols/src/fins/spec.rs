//! What FINS is.

use super::areas;
use core::fmt;
use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
    Target,
};

/// Codes of FINS/TCP's own frames: this plus the frame's command.
pub(super) const TCP: u32 = 0x1_0000;

const MEMORY: &[Arg] = &[Arg::hex("area"), Arg::dec("address"), Arg::dec("bit"), Arg::dec("count")];
const TRANSFER: &[Arg] = &[Arg::dec("count")];
const PARAMETER: &[Arg] = &[Arg::hex("area"), Arg::dec("first_word"), Arg::dec("words")];
const PROGRAM: &[Arg] = &[Arg::hex("program"), Arg::dec("first_word"), Arg::dec("bytes")];
const RUN: &[Arg] = &[Arg::hex("program"), Arg::hex("mode")];
const DATA: &[Arg] = &[Arg::dec("parameter")];
const FILE: &[Arg] = &[Arg::hex("disk"), Arg::dec("position"), Arg::dec("bytes")];
const FORCED: &[Arg] = &[Arg::dec("count")];
const NODES: &[Arg] = &[Arg::dec("client_node"), Arg::dec("server_node")];
const STATUS: &[Arg] = &[Arg::hex("status"), Arg::hex("mode")];

/// I/O memory the way Omron writes it: `D100`, `CIO 3.05`.
pub(super) const MEMORY_AREA: &Area = &Area::shown(1, "memory", show_memory).ranging();
/// Parameter areas: settings, I/O table, routing table.
pub(super) const PARAMETER_AREA: &Area = &Area::shown(2, "parameter", show_parameter);
/// The user program.
pub(super) const PROGRAM_AREA: &Area = &Area::shown(3, "program", show_program);
/// A file of the memory card or file memory.
pub(super) const FILE_AREA: &Area = &Area::named(4, "file");

fn show_memory(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    let (name, bank) = areas::name(t.extra);
    match (name, bank) {
        ("", _) => write!(out, "area[0x{:02x}]", t.extra)?,
        (name, Some(bank)) => write!(out, "{name}{bank:x}_")?,
        (name, None) => out.write_str(name)?,
    }
    if areas::has_bits(t.extra) {
        // Bits of a word: word and bit number together.
        write!(out, "{}.{:02}", t.index >> 4, t.index & 15)?;
        return if t.count > 1 { write!(out, ":{}", t.count) } else { Ok(()) };
    }
    write!(out, "{}", t.positions())
}

fn show_parameter(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "parameter[0x{:04x}]+{}:{}", t.extra, t.index, t.count)
}

fn show_program(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "program[0x{:04x}]+{}:{}", t.extra, t.index, t.count)
}

pub(super) const MODEL: &AttrSpec =
    &AttrSpec::new(Attribute::Model, "0501 controller model", 97, "W342 §5-3-17");
pub(super) const VERSION: &AttrSpec =
    &AttrSpec::new(Attribute::Firmware, "0501 controller version", 95, "W342 §5-3-17");
pub(super) const UNIT_MODEL: &AttrSpec =
    &AttrSpec::new(Attribute::Model, "0502 model number", 90, "W342 §5-3-18");
pub(super) const VENDOR: &AttrSpec =
    &AttrSpec::new(Attribute::Vendor, "answers to 0501", 80, "W342 §5-3-17");
pub(super) const NODE: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "FINS node address", 85, "W421 §7-4-2");

pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", "W421 §7-4-2");
pub(super) const BAD_COMMAND: &FaultSpec = &FaultSpec::new("unknown_frame", "W421 §7-4-2");
pub(super) const SHORT: &FaultSpec = &FaultSpec::new("frame_too_short", "W342 §5-2");
pub(super) const BAD_DATA: &FaultSpec = &FaultSpec::new("malformed_command", "W342 §5-3");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(27),
    key: "fins",
    name: "Omron FINS",
    standard: "Omron W342 Communications Commands, W421 Ethernet Units (FINS/TCP, FINS/UDP)",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Udp(9_600), Binding::Tcp(9_600), Binding::AnyTcp],
    operations: OPERATIONS,
    attributes: &[MODEL, VERSION, UNIT_MODEL, VENDOR, NODE],
    faults: &[BAD_LENGTH, BAD_COMMAND, SHORT, BAD_DATA],
    areas: &[MEMORY_AREA, PARAMETER_AREA, PROGRAM_AREA, FILE_AREA],
    statuses: STATUSES,
    pdu_bytes_max: 4_096,
    open_max: 64,
};

const W: &str = "W342 §5-3";
const T: &str = "W421 §7-4-2";

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Program, Read, Write};
    &[
        OpSpec::new(0x0101, "memory_area_read", Read, W).args(MEMORY),
        OpSpec::new(0x0102, "memory_area_write", Write, W).args(MEMORY),
        OpSpec::new(0x0103, "memory_area_fill", Write, W).args(MEMORY),
        OpSpec::new(0x0104, "multiple_memory_area_read", Read, W),
        OpSpec::new(0x0105, "memory_area_transfer", Write, W).args(TRANSFER),
        OpSpec::new(0x0201, "parameter_area_read", Admin, W).args(PARAMETER),
        OpSpec::new(0x0202, "parameter_area_write", Admin, W).args(PARAMETER),
        OpSpec::new(0x0203, "parameter_area_clear", Admin, W).args(PARAMETER),
        OpSpec::new(0x0220, "data_link_table_read", Admin, W),
        OpSpec::new(0x0221, "data_link_table_write", Admin, W),
        OpSpec::new(0x0304, "program_area_protect", Admin, W),
        OpSpec::new(0x0305, "program_area_protect_clear", Admin, W),
        OpSpec::new(0x0306, "program_area_read", Program, W).args(PROGRAM),
        OpSpec::new(0x0307, "program_area_write", Program, W).args(PROGRAM),
        OpSpec::new(0x0308, "program_area_clear", Program, W),
        OpSpec::new(0x0401, "run", Control, W).args(RUN),
        OpSpec::new(0x0402, "stop", Control, W).args(RUN),
        OpSpec::new(0x0403, "reset", Control, W),
        OpSpec::new(0x0501, "controller_data_read", Observe, W).args(DATA),
        OpSpec::new(0x0502, "connection_data_read", Observe, W),
        OpSpec::new(0x0601, "controller_status_read", Observe, W).args(STATUS),
        OpSpec::new(0x0602, "network_status_read", Observe, W),
        OpSpec::new(0x0603, "data_link_status_read", Observe, W),
        OpSpec::new(0x0620, "cycle_time_read", Read, W),
        OpSpec::new(0x0701, "clock_read", Observe, W),
        OpSpec::new(0x0702, "clock_write", Admin, W),
        OpSpec::new(0x0801, "loopback_test", Observe, W),
        OpSpec::new(0x0802, "broadcast_test_results_read", Observe, W),
        OpSpec::new(0x0803, "broadcast_test_data_send", Observe, W),
        OpSpec::new(0x0920, "message_read_clear", Admin, W),
        OpSpec::new(0x0c01, "access_right_acquire", Admin, W),
        OpSpec::new(0x0c02, "access_right_forced_acquire", Admin, W),
        OpSpec::new(0x0c03, "access_right_release", Admin, W),
        OpSpec::new(0x2101, "error_clear", Admin, W),
        OpSpec::new(0x2102, "error_log_read", Observe, W),
        OpSpec::new(0x2103, "error_log_clear", Admin, W),
        OpSpec::new(0x2140, "write_access_log_read", Observe, W),
        OpSpec::new(0x2141, "write_access_log_clear", Admin, W),
        OpSpec::new(0x2201, "file_name_read", Program, W).args(FILE),
        OpSpec::new(0x2202, "single_file_read", Program, W).args(FILE),
        OpSpec::new(0x2203, "single_file_write", Program, W).args(FILE),
        OpSpec::new(0x2204, "file_memory_format", Program, W).args(FILE),
        OpSpec::new(0x2205, "file_delete", Program, W).args(FILE),
        OpSpec::new(0x2206, "volume_label", Program, W).args(FILE),
        OpSpec::new(0x2207, "file_copy", Program, W).args(FILE),
        OpSpec::new(0x2208, "file_name_change", Program, W).args(FILE),
        OpSpec::new(0x2209, "file_data_check", Program, W).args(FILE),
        OpSpec::new(0x220a, "memory_file_transfer", Program, W),
        OpSpec::new(0x220b, "parameter_file_transfer", Program, W),
        OpSpec::new(0x220c, "program_file_transfer", Program, W),
        OpSpec::new(0x220f, "file_memory_index_read", Program, W),
        OpSpec::new(0x2210, "file_memory_read", Program, W),
        OpSpec::new(0x2211, "file_memory_write", Program, W),
        OpSpec::new(0x2215, "directory_create_delete", Program, W),
        OpSpec::new(0x2220, "memory_cassette_transfer", Program, W),
        OpSpec::new(0x2301, "forced_set_reset", Write, W).args(FORCED),
        OpSpec::new(0x2302, "forced_set_reset_cancel", Write, W),
        OpSpec::new(0x230a, "forced_status_read", Read, W),
        OpSpec::new(0x2601, "name_set", Admin, W),
        OpSpec::new(0x2602, "name_delete", Admin, W),
        OpSpec::new(0x2603, "name_read", Observe, W),
        OpSpec::new(TCP, "node_address", Observe, T).args(NODES),
        OpSpec::new(TCP | 3, "frame_error", Observe, T),
        OpSpec::new(TCP | 6, "connection_confirmation", Observe, T),
    ]
};

#[rustfmt::skip]
const STATUSES: &[StatusSpec] = {
    const fn s(code: u32, name: &'static str) -> StatusSpec { StatusSpec::new(code, name) }
    &[
        s(0x0001, "service_canceled"), s(0x0101, "local_node_not_in_network"),
        s(0x0102, "token_timeout"), s(0x0103, "retries_failed"), s(0x0104, "too_many_send_frames"),
        s(0x0105, "node_address_out_of_range"), s(0x0106, "node_address_duplicated"),
        s(0x0201, "destination_node_not_in_network"), s(0x0202, "unit_missing"),
        s(0x0203, "third_node_missing"), s(0x0204, "destination_node_busy"),
        s(0x0205, "response_timeout"), s(0x0301, "communications_controller_error"),
        s(0x0302, "cpu_unit_error"), s(0x0303, "controller_error"), s(0x0304, "unit_number_error"),
        s(0x0401, "undefined_command"), s(0x0402, "not_supported_by_model"),
        s(0x0501, "destination_not_in_routing_tables"), s(0x0502, "no_routing_tables"),
        s(0x0503, "routing_table_error"), s(0x0504, "too_many_relays"),
        s(0x1001, "command_too_long"), s(0x1002, "command_too_short"),
        s(0x1003, "elements_do_not_match"), s(0x1004, "command_format_error"),
        s(0x1005, "header_error"), s(0x1101, "area_classification_missing"),
        s(0x1102, "access_size_error"), s(0x1103, "address_range_error"),
        s(0x1104, "address_range_exceeded"), s(0x1106, "program_missing"),
        s(0x1109, "relational_error"), s(0x110a, "duplicate_data_access"),
        s(0x110b, "response_too_long"), s(0x110c, "parameter_error"), s(0x2002, "protected"),
        s(0x2003, "table_missing"), s(0x2004, "data_missing"), s(0x2005, "program_missing_read"),
        s(0x2006, "file_missing"), s(0x2007, "data_mismatch"), s(0x2101, "read_only"),
        s(0x2102, "write_protected"), s(0x2103, "cannot_register"), s(0x2105, "program_missing_write"),
        s(0x2106, "file_missing_write"), s(0x2107, "file_name_exists"), s(0x2108, "cannot_change"),
        s(0x2201, "not_possible_during_execution"), s(0x2202, "not_possible_while_running"),
        s(0x2203, "not_possible_in_program_mode"), s(0x2204, "not_possible_in_debug_mode"),
        s(0x2205, "not_possible_in_monitor_mode"), s(0x2206, "not_possible_in_run_mode"),
        s(0x2207, "node_not_polling"), s(0x2208, "step_cannot_be_executed"),
        s(0x2301, "file_device_missing"), s(0x2302, "memory_missing"), s(0x2303, "clock_missing"),
        s(0x2401, "table_missing_start"), s(0x2502, "memory_error"), s(0x2503, "io_setting_error"),
        s(0x2504, "too_many_io_points"), s(0x2505, "cpu_bus_error"), s(0x2506, "io_duplication"),
        s(0x2507, "io_bus_error"), s(0x2509, "sysmac_bus_error"), s(0x250a, "cpu_bus_unit_error"),
        s(0x250d, "sysmac_bus_number_duplication"), s(0x250f, "memory_error_card"),
        s(0x2510, "terminator_missing"), s(0x2601, "no_protection"), s(0x2602, "incorrect_password"),
        s(0x2604, "protected_command"), s(0x2605, "service_already_executing"),
        s(0x2606, "service_stopped"), s(0x2607, "no_execution_right"), s(0x2608, "settings_required"),
        s(0x2609, "items_not_set"), s(0x260a, "number_already_defined"), s(0x260b, "error_not_cleared"),
        s(0x3001, "no_access_right"), s(0x4001, "service_aborted"),
        s(TCP | 1, "header_is_not_fins"), s(TCP | 2, "length_too_long"),
        s(TCP | 3, "command_not_supported"), s(TCP | 0x20, "all_connections_in_use"),
        s(TCP | 0x21, "node_already_connected"), s(TCP | 0x22, "protected_node"),
        s(TCP | 0x23, "client_node_out_of_range"), s(TCP | 0x24, "same_node_as_server"),
        s(TCP | 0x25, "no_node_address_left"),
    ]
};
