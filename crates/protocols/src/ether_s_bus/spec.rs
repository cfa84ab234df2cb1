//! What Ether-S-Bus is.

use core::fmt;
use vocab::Access::{Admin, Control, Observe, Program, Read, Write};
use vocab::{
    Area, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec, Target,
};

/// Code of a response whose request was not seen.
pub(super) const RESPONSE: u32 = 0x101;
/// Code of an acknowledgement whose request was not seen.
pub(super) const ACKNOWLEDGEMENT: u32 = 0x102;

const COMMANDS: &str = "SAIA S-Bus, command codes";
const TELEGRAM: &str = "SAIA Ether-S-Bus, telegram structure";

pub(super) const COUNTER: &Area = &Area::indexed(1, "counter");
pub(super) const FLAG: &Area = &Area::indexed(2, "flag");
pub(super) const INPUT: &Area = &Area::indexed(3, "input");
pub(super) const OUTPUT: &Area = &Area::indexed(4, "output");
pub(super) const REGISTER: &Area = &Area::indexed(5, "register");
pub(super) const TIMER: &Area = &Area::indexed(6, "timer");
pub(super) const MEMORY: &Area = &Area::shown(7, "memory", show_memory);
pub(super) const FILE: &Area = &Area::named(8, "file");
pub(super) const FIELD: &Area = &Area::named(9, "field");

pub(super) const MODEL: &AttrSpec =
    &AttrSpec::new(Attribute::Model, "firmware version: type of PCD", 95, COMMANDS);
pub(super) const FIRMWARE: &AttrSpec =
    &AttrSpec::new(Attribute::Firmware, "firmware version", 95, COMMANDS);
pub(super) const ADDRESS: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "station number", 90, COMMANDS);

pub(super) const BAD_CRC: &FaultSpec = &FaultSpec::new("bad_crc", TELEGRAM);
pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", TELEGRAM);
pub(super) const BAD_ATTRIBUTE: &FaultSpec = &FaultSpec::new("bad_attribute", TELEGRAM);
pub(super) const SHORT: &FaultSpec = &FaultSpec::new("short_telegram", TELEGRAM);

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(38),
    key: "ether-s-bus",
    name: "SAIA Ether-S-Bus",
    standard: "SAIA S-Bus over UDP (no public standard)",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Udp(5_050), Binding::AnyUdp],
    operations: OPERATIONS,
    attributes: &[MODEL, FIRMWARE, ADDRESS],
    faults: &[BAD_CRC, BAD_LENGTH, BAD_ATTRIBUTE, SHORT],
    areas: &[COUNTER, FLAG, INPUT, OUTPUT, REGISTER, TIMER, MEMORY, FILE, FIELD],
    statuses: STATUSES,
    pdu_bytes_max: 1_500,
    open_max: 32,
};

/// `memory 0x100020, 2 bytes`.
fn show_memory(target: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "memory 0x{:x}, {} bytes", target.index, target.count)
}

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = &[
    OpSpec::new(0x00, "read_counters", Read, COMMANDS),
    OpSpec::new(0x01, "read_display_register", Read, COMMANDS),
    OpSpec::new(0x02, "read_flags", Read, COMMANDS),
    OpSpec::new(0x03, "read_inputs", Read, COMMANDS),
    OpSpec::new(0x04, "read_clock", Observe, COMMANDS),
    OpSpec::new(0x05, "read_outputs", Read, COMMANDS),
    OpSpec::new(0x06, "read_registers", Read, COMMANDS),
    OpSpec::new(0x07, "read_timers", Read, COMMANDS),
    OpSpec::new(0x0a, "write_counters", Write, COMMANDS),
    OpSpec::new(0x0b, "write_flags", Write, COMMANDS),
    OpSpec::new(0x0c, "write_clock", Admin, COMMANDS),
    OpSpec::new(0x0d, "write_outputs", Write, COMMANDS),
    OpSpec::new(0x0e, "write_registers", Write, COMMANDS),
    OpSpec::new(0x0f, "write_timers", Write, COMMANDS),
    OpSpec::new(0x13, "read_write_multiple_media", Write, COMMANDS),
    OpSpec::new(0x14, "read_status_cpu_0", Observe, COMMANDS),
    OpSpec::new(0x15, "read_status_cpu_1", Observe, COMMANDS),
    OpSpec::new(0x16, "read_status_cpu_2", Observe, COMMANDS),
    OpSpec::new(0x17, "read_status_cpu_3", Observe, COMMANDS),
    OpSpec::new(0x18, "read_status_cpu_4", Observe, COMMANDS),
    OpSpec::new(0x19, "read_status_cpu_5", Observe, COMMANDS),
    OpSpec::new(0x1a, "read_status_cpu_6", Observe, COMMANDS),
    OpSpec::new(0x1b, "read_status_own_cpu", Observe, COMMANDS),
    OpSpec::new(0x1d, "read_station_number", Observe, COMMANDS),
    OpSpec::new(0x1e, "read_user_memory", Program, COMMANDS),
    OpSpec::new(0x1f, "read_program_line", Program, COMMANDS),
    OpSpec::new(0x20, "read_firmware_version", Observe, COMMANDS),
    OpSpec::new(0x21, "read_text", Read, COMMANDS),
    OpSpec::new(0x22, "read_active_transition", Observe, COMMANDS),
    OpSpec::new(0x23, "write_user_memory", Program, COMMANDS),
    OpSpec::new(0x24, "write_program_line", Program, COMMANDS),
    OpSpec::new(0x25, "write_text", Write, COMMANDS),
    OpSpec::new(0x28, "run_cpu_0", Control, COMMANDS),
    OpSpec::new(0x29, "run_cpu_1", Control, COMMANDS),
    OpSpec::new(0x2a, "run_cpu_2", Control, COMMANDS),
    OpSpec::new(0x2b, "run_cpu_3", Control, COMMANDS),
    OpSpec::new(0x2c, "run_cpu_4", Control, COMMANDS),
    OpSpec::new(0x2d, "run_cpu_5", Control, COMMANDS),
    OpSpec::new(0x2e, "run_cpu_6", Control, COMMANDS),
    OpSpec::new(0x2f, "run_own_cpu", Control, COMMANDS),
    OpSpec::new(0x30, "run_all_cpus", Control, COMMANDS),
    OpSpec::new(0x32, "restart_cold_cpu_1", Control, COMMANDS),
    OpSpec::new(0x33, "restart_cold_cpu_2", Control, COMMANDS),
    OpSpec::new(0x34, "restart_cold_cpu_3", Control, COMMANDS),
    OpSpec::new(0x35, "restart_cold_cpu_4", Control, COMMANDS),
    OpSpec::new(0x36, "restart_cold_cpu_5", Control, COMMANDS),
    OpSpec::new(0x37, "restart_cold_cpu_6", Control, COMMANDS),
    OpSpec::new(0x38, "restart_cold_own_cpu", Control, COMMANDS),
    OpSpec::new(0x39, "restart_cold_all_cpus", Control, COMMANDS),
    OpSpec::new(0x3c, "stop_cpu_0", Control, COMMANDS),
    OpSpec::new(0x3d, "stop_cpu_1", Control, COMMANDS),
    OpSpec::new(0x3e, "stop_cpu_2", Control, COMMANDS),
    OpSpec::new(0x3f, "stop_cpu_3", Control, COMMANDS),
    OpSpec::new(0x40, "stop_cpu_4", Control, COMMANDS),
    OpSpec::new(0x41, "stop_cpu_5", Control, COMMANDS),
    OpSpec::new(0x42, "stop_cpu_6", Control, COMMANDS),
    OpSpec::new(0x43, "stop_own_cpu", Control, COMMANDS),
    OpSpec::new(0x44, "stop_all_cpus", Control, COMMANDS),
    OpSpec::new(0x46, "read_status_and_accumulator", Observe, COMMANDS),
    OpSpec::new(0x47, "read_bytes", Read, COMMANDS),
    OpSpec::new(0x48, "read_halt_failure_register", Observe, COMMANDS),
    OpSpec::new(0x49, "read_index_register", Observe, COMMANDS),
    OpSpec::new(0x4a, "read_instruction_pointer", Observe, COMMANDS),
    OpSpec::new(0x4b, "find_history", Observe, COMMANDS),
    OpSpec::new(0x50, "write_status_and_accumulator", Write, COMMANDS),
    OpSpec::new(0x51, "write_bytes", Program, COMMANDS),
    OpSpec::new(0x52, "write_index_register", Write, COMMANDS),
    OpSpec::new(0x53, "write_instruction_pointer", Control, COMMANDS),
    OpSpec::new(0x5a, "clear_all", Write, COMMANDS),
    OpSpec::new(0x5b, "clear_flags", Write, COMMANDS),
    OpSpec::new(0x5c, "clear_outputs", Write, COMMANDS),
    OpSpec::new(0x5d, "clear_registers", Write, COMMANDS),
    OpSpec::new(0x5e, "clear_timers", Write, COMMANDS),
    OpSpec::new(0x64, "restart_warm_cpu_1", Control, COMMANDS),
    OpSpec::new(0x65, "restart_warm_cpu_2", Control, COMMANDS),
    OpSpec::new(0x66, "restart_warm_cpu_3", Control, COMMANDS),
    OpSpec::new(0x67, "restart_warm_cpu_4", Control, COMMANDS),
    OpSpec::new(0x68, "restart_warm_cpu_5", Control, COMMANDS),
    OpSpec::new(0x69, "restart_warm_cpu_6", Control, COMMANDS),
    OpSpec::new(0x6a, "restart_warm_own_cpu", Control, COMMANDS),
    OpSpec::new(0x6b, "restart_warm_all_cpus", Control, COMMANDS),
    OpSpec::new(0x6e, "change_block", Program, COMMANDS),
    OpSpec::new(0x6f, "clear_history", Admin, COMMANDS),
    OpSpec::new(0x70, "delete_program_line", Program, COMMANDS),
    OpSpec::new(0x71, "go_conditional", Control, COMMANDS),
    OpSpec::new(0x72, "insert_program_line", Program, COMMANDS),
    OpSpec::new(0x73, "local_cycle", Control, COMMANDS),
    OpSpec::new(0x74, "all_cycles", Control, COMMANDS),
    OpSpec::new(0x75, "make_text", Program, COMMANDS),
    OpSpec::new(0x76, "execute_single_instruction", Control, COMMANDS),
    OpSpec::new(0x77, "single_step", Control, COMMANDS),
    OpSpec::new(0x82, "interrupt_xob_17", Control, COMMANDS),
    OpSpec::new(0x83, "interrupt_xob_18", Control, COMMANDS),
    OpSpec::new(0x84, "interrupt_xob_19", Control, COMMANDS),
    OpSpec::new(0x91, "read_hangup_timeout", Observe, COMMANDS),
    OpSpec::new(0x96, "read_data_block", Read, COMMANDS),
    OpSpec::new(0x97, "write_data_block", Write, COMMANDS),
    OpSpec::new(0x98, "make_data_block", Program, COMMANDS),
    OpSpec::new(0x99, "clear_data_block", Program, COMMANDS),
    OpSpec::new(0x9a, "clear_text", Program, COMMANDS),
    OpSpec::new(0x9b, "read_block_addresses", Observe, COMMANDS),
    OpSpec::new(0x9c, "read_block_sizes", Observe, COMMANDS),
    OpSpec::new(0x9d, "read_current_block", Observe, COMMANDS),
    OpSpec::new(0x9e, "read_call_stack", Observe, COMMANDS),
    OpSpec::new(0x9f, "read_dbx", Read, COMMANDS),
    OpSpec::new(0xa1, "read_eeprom_register", Read, COMMANDS),
    OpSpec::new(0xa3, "write_eeprom_register", Write, COMMANDS),
    OpSpec::new(0xa5, "erase_flash", Program, COMMANDS),
    OpSpec::new(0xa6, "restart_cold_flag", Control, COMMANDS),
    OpSpec::new(0xa7, "write_system_buffer", Program, COMMANDS),
    OpSpec::new(0xa8, "read_system_buffer", Observe, COMMANDS),
    OpSpec::new(0xa9, "transfer_block", Program, COMMANDS),
    OpSpec::new(0xa9, "write_block_start", Program, COMMANDS).sub(0x00),
    OpSpec::new(0xa9, "write_block_data", Program, COMMANDS).sub(0x01),
    OpSpec::new(0xa9, "write_block_end", Program, COMMANDS).sub(0x02),
    OpSpec::new(0xa9, "write_block_abort", Program, COMMANDS).sub(0x07),
    OpSpec::new(0xa9, "write_block_bytes", Program, COMMANDS).sub(0x08),
    OpSpec::new(0xa9, "read_block_start", Program, COMMANDS).sub(0x10),
    OpSpec::new(0xa9, "read_block_data", Program, COMMANDS).sub(0x11),
    OpSpec::new(0xa9, "read_block_abort", Program, COMMANDS).sub(0x17),
    OpSpec::new(0xa9, "read_block_bytes", Program, COMMANDS).sub(0x18),
    OpSpec::new(0xa9, "delete_block", Program, COMMANDS).sub(0x20),
    OpSpec::new(0xa9, "get_block_size", Observe, COMMANDS).sub(0x21),
    OpSpec::new(0xa9, "get_program_blocks", Observe, COMMANDS).sub(0x22),
    OpSpec::new(0xaa, "get_diagnostic", Observe, COMMANDS),
    OpSpec::new(0xab, "read_system_information", Observe, COMMANDS),
    OpSpec::new(0xac, "change_blocks_on_run", Program, COMMANDS),
    OpSpec::new(0xad, "flash_card", Program, COMMANDS),
    OpSpec::new(0xae, "download_firmware", Program, COMMANDS),
    OpSpec::new(0xaf, "web_server", Observe, COMMANDS),
    OpSpec::new(RESPONSE, "response", Observe, TELEGRAM),
    OpSpec::new(ACKNOWLEDGEMENT, "acknowledgement", Observe, TELEGRAM),
];

const STATUSES: &[StatusSpec] = &[
    StatusSpec::new(1, "no_reason"),
    StatusSpec::new(2, "password"),
    StatusSpec::new(3, "port_in_reduced_protocol"),
    StatusSpec::new(4, "port_in_use"),
];
