//! What TriStation is.

use core::fmt;
use vocab::Access::{Admin, Control, Observe, Program, Read, Write};
use vocab::{
    Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec, Target,
};

/// Added to the type of a message without command.
pub(super) const LINK: u32 = 0x100;

const COMMANDS: &str = "TriStation command codes (TriStation 1131)";
const LINKS: &str = "TriStation message types (TCM)";
const IMPLANT: &str = "TRITON/HatMan implant behind command 29 (CISA MAR-17-352-01)";
const STATUS: &str = "TriStation status responses";

const BLOCKS: &[Arg] = &[Arg::dec("id"), Arg::dec("offset"), Arg::dec("blocks"), Arg::dec("total")];
const MEMORY: &[Arg] = &[Arg::hex("address"), Arg::dec("size"), Arg::dec("mp")];
const REJECT: &[Arg] = &[Arg::dec("reason")];

pub(super) const PROGRAM: &Area = &Area::indexed(1, "program");
pub(super) const FUNCTION: &Area = &Area::indexed(2, "function");
pub(super) const STATE: &Area = &Area::named(3, "state");
pub(super) const RAM: &Area = &Area::shown(4, "memory", show_memory);

pub(super) const MODEL: &AttrSpec =
    &AttrSpec::new(Attribute::Model, "module type of a slot", 90, STATUS);
pub(super) const PRODUCT: &AttrSpec =
    &AttrSpec::new(Attribute::Product, "attach reply: main processor", 90, STATUS);
pub(super) const FIRMWARE: &AttrSpec =
    &AttrSpec::new(Attribute::Firmware, "attach reply: system version", 85, STATUS);
pub(super) const MODULE_FIRMWARE: &AttrSpec =
    &AttrSpec::new(Attribute::Firmware, "module versions", 95, STATUS);
pub(super) const ASSEMBLY: &AttrSpec =
    &AttrSpec::new(Attribute::OrderNumber, "module versions: assembly", 95, STATUS);
pub(super) const REVISION: &AttrSpec =
    &AttrSpec::new(Attribute::Hardware, "module versions: revision", 95, STATUS);
pub(super) const SERIAL: &AttrSpec =
    &AttrSpec::new(Attribute::Serial, "module versions: serial number", 95, STATUS);
pub(super) const SOFTWARE: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "project in the status", 90, STATUS);
pub(super) const ADDRESS: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "node number in the chassis status", 90, STATUS);

pub(super) const BAD_CRC: &FaultSpec = &FaultSpec::new("bad_crc", LINKS);
pub(super) const BAD_CHECKSUM: &FaultSpec = &FaultSpec::new("bad_checksum", COMMANDS);
pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", LINKS);
pub(super) const SHORT: &FaultSpec = &FaultSpec::new("short_message", COMMANDS);

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(36),
    key: "tristation",
    name: "TriStation",
    standard: "Triconex TriStation 1131 protocol (no public standard)",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Udp(1_502), Binding::AnyUdp],
    operations: OPERATIONS,
    attributes: &[
        MODEL,
        PRODUCT,
        FIRMWARE,
        MODULE_FIRMWARE,
        ASSEMBLY,
        REVISION,
        SERIAL,
        SOFTWARE,
        ADDRESS,
    ],
    faults: &[BAD_CRC, BAD_CHECKSUM, BAD_LENGTH, SHORT],
    areas: &[PROGRAM, FUNCTION, STATE, RAM],
    statuses: STATUSES,
    pdu_bytes_max: 1_500,
    open_max: 32,
};

/// `memory 0x199400, 4 bytes`.
fn show_memory(target: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "memory 0x{:x}, {} bytes", target.index, target.count)
}

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = &[
    OpSpec::new(0, "start_download_all", Program, COMMANDS),
    OpSpec::new(1, "start_download_change", Program, COMMANDS),
    OpSpec::new(2, "update_configuration", Program, COMMANDS),
    OpSpec::new(3, "upload_configuration", Program, COMMANDS),
    OpSpec::new(4, "set_io_addresses", Program, COMMANDS),
    OpSpec::new(5, "allocate_network", Program, COMMANDS),
    OpSpec::new(6, "load_vector_table", Program, COMMANDS),
    OpSpec::new(7, "set_calendar", Admin, COMMANDS),
    OpSpec::new(8, "get_calendar", Observe, COMMANDS),
    OpSpec::new(9, "set_scan_time", Admin, COMMANDS),
    OpSpec::new(10, "end_download_all", Program, COMMANDS),
    OpSpec::new(11, "end_download_change", Program, COMMANDS),
    OpSpec::new(12, "cancel_download_change", Program, COMMANDS),
    OpSpec::new(13, "attach", Observe, COMMANDS),
    OpSpec::new(14, "set_io_address_limits", Program, COMMANDS),
    OpSpec::new(15, "configure_module", Program, COMMANDS),
    OpSpec::new(16, "set_multiple_point_values", Write, COMMANDS),
    OpSpec::new(17, "enable_all_points", Control, COMMANDS),
    OpSpec::new(18, "upload_vector_table", Program, COMMANDS),
    OpSpec::new(19, "get_cp_status", Observe, COMMANDS),
    OpSpec::new(20, "run_program", Control, COMMANDS),
    OpSpec::new(21, "halt_program", Control, COMMANDS),
    OpSpec::new(22, "pause_program", Control, COMMANDS),
    OpSpec::new(23, "do_single_scan", Control, COMMANDS),
    OpSpec::new(24, "get_chassis_status", Observe, COMMANDS),
    OpSpec::new(25, "get_minimum_scan_time", Observe, COMMANDS),
    OpSpec::new(26, "set_node_number", Admin, COMMANDS),
    OpSpec::new(27, "set_point_values", Write, COMMANDS),
    OpSpec::new(28, "get_point_values", Read, COMMANDS),
    OpSpec::new(29, "get_mp_status", Observe, COMMANDS),
    OpSpec::new(29, "implant_read_memory", Program, IMPLANT).sub(23).args(MEMORY),
    OpSpec::new(29, "implant_write_memory", Program, IMPLANT).sub(65).args(MEMORY),
    OpSpec::new(29, "implant_execute", Program, IMPLANT).sub(249).args(MEMORY),
    OpSpec::new(30, "set_retentive_values", Write, COMMANDS),
    OpSpec::new(31, "adjust_calendar", Admin, COMMANDS),
    OpSpec::new(32, "clear_module_alarms", Admin, COMMANDS),
    OpSpec::new(33, "get_event_log", Observe, COMMANDS),
    OpSpec::new(34, "set_soe_block", Admin, COMMANDS),
    OpSpec::new(35, "record_event_log", Admin, COMMANDS),
    OpSpec::new(36, "get_soe_data", Read, COMMANDS),
    OpSpec::new(37, "enable_ovd", Admin, COMMANDS),
    OpSpec::new(38, "disable_ovd", Admin, COMMANDS),
    OpSpec::new(39, "enable_all_ovds", Admin, COMMANDS),
    OpSpec::new(40, "disable_all_ovds", Admin, COMMANDS),
    OpSpec::new(41, "process_modbus", Write, COMMANDS),
    OpSpec::new(42, "upload_network", Program, COMMANDS),
    OpSpec::new(43, "set_label", Admin, COMMANDS),
    OpSpec::new(44, "configure_system_variables", Admin, COMMANDS),
    OpSpec::new(45, "deconfigure_module", Program, COMMANDS),
    OpSpec::new(46, "get_system_variables", Read, COMMANDS),
    OpSpec::new(47, "get_module_types", Observe, COMMANDS),
    OpSpec::new(48, "begin_conversion_table", Program, COMMANDS),
    OpSpec::new(49, "continue_conversion_table", Program, COMMANDS),
    OpSpec::new(50, "end_conversion_table", Program, COMMANDS),
    OpSpec::new(51, "get_conversion_table", Program, COMMANDS),
    OpSpec::new(52, "set_icm_status", Admin, COMMANDS),
    OpSpec::new(53, "soe_data_available", Observe, COMMANDS),
    OpSpec::new(54, "get_module_versions", Observe, COMMANDS),
    OpSpec::new(55, "allocate_program", Program, COMMANDS).args(BLOCKS),
    OpSpec::new(56, "allocate_function", Program, COMMANDS).args(BLOCKS),
    OpSpec::new(57, "clear_retentives", Write, COMMANDS),
    OpSpec::new(58, "set_initial_values", Program, COMMANDS),
    OpSpec::new(59, "start_program_download", Program, COMMANDS),
    OpSpec::new(60, "set_data_area", Program, COMMANDS),
    OpSpec::new(61, "get_data", Read, COMMANDS),
    OpSpec::new(62, "set_data", Write, COMMANDS),
    OpSpec::new(63, "set_program_information", Program, COMMANDS),
    OpSpec::new(64, "get_program_information", Observe, COMMANDS),
    OpSpec::new(65, "upload_program", Program, COMMANDS).args(BLOCKS),
    OpSpec::new(66, "upload_function", Program, COMMANDS).args(BLOCKS),
    OpSpec::new(67, "get_point_groups", Observe, COMMANDS),
    OpSpec::new(68, "allocate_symbol_table", Program, COMMANDS),
    OpSpec::new(69, "get_io_address", Observe, COMMANDS),
    OpSpec::new(70, "resend_io_address", Observe, COMMANDS),
    OpSpec::new(71, "get_program_timing", Observe, COMMANDS),
    OpSpec::new(72, "allocate_multiple_functions", Program, COMMANDS),
    OpSpec::new(73, "get_node_number", Observe, COMMANDS),
    OpSpec::new(74, "get_symbol_table", Program, COMMANDS),
    OpSpec::new(80, "enter_download_mode", Program, COMMANDS),
    OpSpec::new(100, "command_rejected", Observe, COMMANDS).args(REJECT),
    OpSpec::new(101, "download_all_permitted", Program, COMMANDS),
    OpSpec::new(102, "download_change_permitted", Program, COMMANDS),
    OpSpec::new(103, "modification_accepted", Program, COMMANDS),
    OpSpec::new(104, "download_cancelled", Program, COMMANDS),
    OpSpec::new(105, "program_accepted", Program, COMMANDS),
    OpSpec::new(106, "attached", Observe, COMMANDS),
    OpSpec::new(107, "io_addresses_set", Program, COMMANDS),
    OpSpec::new(108, "cp_status", Observe, COMMANDS),
    OpSpec::new(109, "program_running", Control, COMMANDS),
    OpSpec::new(110, "program_halted", Control, COMMANDS),
    OpSpec::new(111, "program_paused", Control, COMMANDS),
    OpSpec::new(112, "end_of_single_scan", Control, COMMANDS),
    OpSpec::new(113, "chassis_configuration", Observe, COMMANDS),
    OpSpec::new(114, "scan_period_modified", Admin, COMMANDS),
    OpSpec::new(117, "module_configured", Program, COMMANDS),
    OpSpec::new(119, "chassis_status", Observe, COMMANDS),
    OpSpec::new(120, "vectors", Program, COMMANDS),
    OpSpec::new(121, "point_values", Read, COMMANDS),
    OpSpec::new(122, "calendar_changed", Admin, COMMANDS),
    OpSpec::new(123, "configuration_updated", Program, COMMANDS),
    OpSpec::new(124, "minimum_scan_time", Observe, COMMANDS),
    OpSpec::new(126, "node_number_set", Admin, COMMANDS),
    OpSpec::new(127, "mp_status", Observe, COMMANDS),
    OpSpec::new(128, "retentive_values_set", Write, COMMANDS),
    OpSpec::new(129, "soe_block_set", Admin, COMMANDS),
    OpSpec::new(130, "module_alarms_cleared", Admin, COMMANDS),
    OpSpec::new(131, "event_log", Observe, COMMANDS),
    OpSpec::new(132, "symbol_table_accepted", Program, COMMANDS),
    OpSpec::new(133, "ovd_enabled", Admin, COMMANDS),
    OpSpec::new(134, "ovd_disabled", Admin, COMMANDS),
    OpSpec::new(135, "event_log_recorded", Admin, COMMANDS),
    OpSpec::new(136, "network_uploaded", Program, COMMANDS),
    OpSpec::new(137, "soe_data", Read, COMMANDS),
    OpSpec::new(138, "network_allocated", Program, COMMANDS),
    OpSpec::new(139, "vector_table_loaded", Program, COMMANDS),
    OpSpec::new(140, "calendar", Observe, COMMANDS),
    OpSpec::new(141, "label_set", Admin, COMMANDS),
    OpSpec::new(142, "module_types", Observe, COMMANDS),
    OpSpec::new(143, "system_variables_configured", Admin, COMMANDS),
    OpSpec::new(144, "module_deconfigured", Program, COMMANDS),
    OpSpec::new(147, "conversion_table", Program, COMMANDS),
    OpSpec::new(148, "icm_print_data_sent", Observe, COMMANDS),
    OpSpec::new(149, "icm_status_set", Admin, COMMANDS),
    OpSpec::new(150, "system_variables", Read, COMMANDS),
    OpSpec::new(151, "module_versions", Observe, COMMANDS),
    OpSpec::new(152, "modbus_processed", Write, COMMANDS),
    OpSpec::new(153, "program_allocated", Program, COMMANDS),
    OpSpec::new(154, "function_allocated", Program, COMMANDS),
    OpSpec::new(155, "retentives_cleared", Write, COMMANDS),
    OpSpec::new(156, "initial_values_set", Program, COMMANDS),
    OpSpec::new(157, "data_area_set", Program, COMMANDS),
    OpSpec::new(158, "data", Read, COMMANDS),
    OpSpec::new(159, "data_set", Write, COMMANDS),
    OpSpec::new(160, "program_information_set", Program, COMMANDS),
    OpSpec::new(161, "program_information", Observe, COMMANDS),
    OpSpec::new(162, "program_uploaded", Program, COMMANDS).args(BLOCKS),
    OpSpec::new(163, "function_uploaded", Program, COMMANDS).args(BLOCKS),
    OpSpec::new(164, "point_groups", Observe, COMMANDS),
    OpSpec::new(165, "symbol_table_allocated", Program, COMMANDS),
    OpSpec::new(166, "program_timing", Observe, COMMANDS),
    OpSpec::new(167, "points_disabled", Control, COMMANDS),
    OpSpec::new(168, "multiple_functions_allocated", Program, COMMANDS),
    OpSpec::new(169, "node_number", Observe, COMMANDS),
    OpSpec::new(170, "symbol_table", Program, COMMANDS),
    OpSpec::new(LINK + 1, "connect_request", Observe, LINKS),
    OpSpec::new(LINK + 2, "connect_reply", Observe, LINKS),
    OpSpec::new(LINK + 3, "disconnect_reply", Observe, LINKS),
    OpSpec::new(LINK + 4, "disconnect_request", Observe, LINKS),
    OpSpec::new(LINK + 6, "ping", Observe, LINKS),
    OpSpec::new(LINK + 7, "connection_limit_reached", Observe, LINKS),
    OpSpec::new(LINK + 8, "not_connected", Observe, LINKS),
    OpSpec::new(LINK + 9, "mps_are_dead", Observe, LINKS),
    OpSpec::new(LINK + 10, "access_denied", Observe, LINKS),
    OpSpec::new(LINK + 11, "connection_failed", Observe, LINKS),
];

/// Why a connection is refused and a command is rejected.
#[rustfmt::skip]
const STATUSES: &[StatusSpec] = &[
    StatusSpec::new(7, "connection_limit_reached"),
    StatusSpec::new(8, "not_connected"),
    StatusSpec::new(9, "mps_are_dead"),
    StatusSpec::new(10, "access_denied"),
    StatusSpec::new(11, "connection_failed"),
    StatusSpec::new(200, "wrong_command"),
    StatusSpec::new(201, "load_in_progress"),
    StatusSpec::new(202, "bad_calendar_data"),
    StatusSpec::new(203, "program_not_halted"),
    StatusSpec::new(204, "program_checksum_error"),
    StatusSpec::new(205, "no_memory"),
    StatusSpec::new(206, "program_not_valid"),
    StatusSpec::new(207, "not_loading_a_program"),
    StatusSpec::new(208, "network_out_of_range"),
    StatusSpec::new(209, "not_enough_arguments"),
    StatusSpec::new(210, "network_missing"),
    StatusSpec::new(211, "download_time_mismatch"),
    StatusSpec::new(212, "key_setting_prohibits"),
    StatusSpec::new(213, "bad_program_version"),
    StatusSpec::new(214, "command_out_of_sequence"),
    StatusSpec::new(216, "bad_module_index"),
    StatusSpec::new(217, "invalid_module_address"),
    StatusSpec::new(220, "bad_point_offset"),
    StatusSpec::new(221, "invalid_point_type"),
    StatusSpec::new(222, "invalid_point_location"),
    StatusSpec::new(223, "invalid_program_name"),
    StatusSpec::new(227, "invalid_module_type"),
    StatusSpec::new(229, "invalid_table_type"),
    StatusSpec::new(231, "invalid_network_continuation"),
    StatusSpec::new(232, "invalid_scan_time"),
    StatusSpec::new(233, "load_busy"),
    StatusSpec::new(234, "mp_re_educated"),
    StatusSpec::new(235, "invalid_chassis_or_slot"),
    StatusSpec::new(236, "invalid_soe_number"),
    StatusSpec::new(237, "invalid_soe_type"),
    StatusSpec::new(238, "invalid_soe_state"),
    StatusSpec::new(239, "variable_write_protected"),
    StatusSpec::new(240, "node_number_mismatch"),
    StatusSpec::new(241, "command_not_allowed"),
    StatusSpec::new(242, "invalid_sequence_number"),
    StatusSpec::new(243, "time_change_on_non_master"),
    StatusSpec::new(244, "no_free_ports"),
    StatusSpec::new(245, "invalid_tristation_1_command"),
    StatusSpec::new(246, "invalid_tristation_1131_command"),
    StatusSpec::new(247, "one_chassis_only"),
    StatusSpec::new(248, "bad_variable_address"),
    StatusSpec::new(249, "response_overflow"),
    StatusSpec::new(250, "invalid_bus"),
    StatusSpec::new(251, "disable_not_allowed"),
    StatusSpec::new(252, "invalid_length"),
    StatusSpec::new(253, "point_cannot_be_disabled"),
    StatusSpec::new(254, "too_many_retentive_variables"),
    StatusSpec::new(255, "loader_connect"),
];
