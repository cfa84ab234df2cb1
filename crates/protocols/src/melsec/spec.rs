//! What the MC protocol is.

use super::{devices, frame_1e};
use core::fmt;
use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
    Target, Technique,
};

const DEVICE: &[Arg] = &[Arg::dec("device"), Arg::hex("device_code"), Arg::dec("points")];
const COUNTS: &[Arg] = &[Arg::dec("words"), Arg::dec("double_words")];
const BLOCKS: &[Arg] = &[Arg::dec("word_blocks"), Arg::dec("bit_blocks")];
const POINTS: &[Arg] = &[Arg::dec("points")];
const RUN: &[Arg] = &[Arg::hex("mode"), Arg::hex("clear_mode")];
const BUFFER: &[Arg] = &[Arg::dec("address"), Arg::dec("count")];

/// Devices the way Mitsubishi writes them: `D100`, `M0`, `X1F`.
pub(super) const DEVICES: &Area = &Area::shown(1, "device", show_device).ranging();
/// Buffer memory of a module.
pub(super) const MEMORY: &Area = &Area::indexed(2, "buffer_memory");

fn show_device(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    let Some(device) = devices::by_code(t.extra) else {
        return write!(out, "device[0x{:x}]{}", t.extra, t.positions());
    };
    out.write_str(device.name)?;
    if !device.hexadecimal {
        return write!(out, "{}", t.positions());
    }
    match u64::from(t.count) {
        0 | 1 => write!(out, "{:X}", t.index),
        n => write!(out, "{:X}..{:X}", t.index, t.index.saturating_add(n.saturating_sub(1))),
    }
}

pub(super) const MODEL: &AttrSpec =
    &AttrSpec::new(Attribute::Model, "0101 CPU model name", 97, "SH-080008 §3.5");
pub(super) const VENDOR: &AttrSpec =
    &AttrSpec::new(Attribute::Vendor, "answers to 0101", 80, "SH-080008 §3.5");

pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", "SH-080008 §3.1");
pub(super) const BAD_HEADER: &FaultSpec = &FaultSpec::new("bad_subheader", "SH-080008 §3.1");
pub(super) const BAD_DATA: &FaultSpec = &FaultSpec::new("malformed_command", "SH-080008 §3.2");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(28),
    key: "melsec",
    name: "MELSEC communication protocol (MC, SLMP)",
    standard: "Mitsubishi Electric SH-080008, MELSEC Communication Protocol; CLPA SLMP",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[
        Binding::Tcp(5_000),
        Binding::Tcp(5_001),
        Binding::Tcp(5_002),
        Binding::Tcp(5_006),
        Binding::Tcp(5_007),
        Binding::Tcp(5_010),
        Binding::Udp(5_000),
        Binding::Udp(5_006),
        Binding::Udp(5_010),
        Binding::AnyTcp,
        Binding::AnyUdp,
    ],
    operations: OPERATIONS,
    attributes: &[MODEL, VENDOR],
    faults: &[BAD_LENGTH, BAD_HEADER, BAD_DATA],
    areas: &[DEVICES, MEMORY],
    statuses: STATUSES,
    pdu_bytes_max: 16_384,
    open_max: 16,
};

const M: &str = "SH-080008 §3.3";
const R: &str = "SH-080008 §3.5";
const F: &str = "SH-080008 §3.7";

/// A command of 1E frames.
const fn old(command: u32, name: &'static str, access: Access) -> OpSpec {
    OpSpec::new(frame_1e::CODES | command, name, access, "SH-080008, 1E frames")
}

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Program, Read, Write};
    &[
        OpSpec::new(0x0101, "read_cpu_model", Observe, R),
        OpSpec::new(0x0401, "batch_read", Read, M).args(DEVICE),
        OpSpec::new(0x0403, "random_read", Read, M).args(COUNTS),
        OpSpec::new(0x0406, "block_read", Read, M).args(BLOCKS),
        OpSpec::new(0x0601, "module_buffer_read", Read, "SH-080008 §3.4").args(BUFFER),
        OpSpec::new(0x0613, "buffer_read", Read, "SH-080008 §3.4").args(BUFFER),
        OpSpec::new(0x0619, "self_test", Observe, "SH-080008 §3.6"),
        OpSpec::new(0x0801, "register_monitor", Read, M).args(COUNTS),
        OpSpec::new(0x0802, "monitor", Read, M),
        OpSpec::new(0x0e30, "node_search", Observe, "SLMP §5.10"),
        OpSpec::new(0x0e31, "set_ip_address", Admin, "SLMP §5.10"),
        OpSpec::new(0x1001, "remote_run", Control, R).args(RUN),
        OpSpec::new(0x1002, "remote_stop", Control, R),
        OpSpec::new(0x1003, "remote_pause", Control, R).args(RUN),
        OpSpec::new(0x1005, "remote_latch_clear", Control, R),
        OpSpec::new(0x1006, "remote_reset", Control, R),
        OpSpec::new(0x1401, "batch_write", Write, M).args(DEVICE),
        OpSpec::new(0x1402, "random_write", Write, M).args(COUNTS),
        OpSpec::new(0x1406, "block_write", Write, M).args(BLOCKS),
        OpSpec::new(0x1601, "module_buffer_write", Write, "SH-080008 §3.4").args(BUFFER),
        OpSpec::new(0x1613, "buffer_write", Write, "SH-080008 §3.4").args(BUFFER),
        OpSpec::new(0x1617, "clear_error", Admin, "SH-080008 §3.6"),
        OpSpec::new(0x1630, "unlock", Admin, "SH-080008 §3.8"),
        OpSpec::new(0x1631, "lock", Admin, "SH-080008 §3.8"),
        OpSpec::new(0x1810, "read_directory", Program, F),
        OpSpec::new(0x1811, "search_directory", Program, F),
        OpSpec::new(0x1820, "new_file", Program, F),
        OpSpec::new(0x1822, "delete_file", Program, F),
        OpSpec::new(0x1824, "copy_file", Program, F),
        OpSpec::new(0x1825, "change_file_attribute", Program, F),
        OpSpec::new(0x1826, "change_file_date", Program, F),
        OpSpec::new(0x1827, "open_file", Program, F),
        OpSpec::new(0x1828, "read_file", Program, F),
        OpSpec::new(0x1829, "write_file", Program, F),
        OpSpec::new(0x182a, "close_file", Program, F),
        OpSpec::new(0x2101, "on_demand", Read, "SH-080008 §3.9"),
        old(0x00, "1e_batch_read_bits", Read).args(DEVICE),
        old(0x01, "1e_batch_read_words", Read).args(DEVICE),
        old(0x02, "1e_batch_write_bits", Write).args(DEVICE),
        old(0x03, "1e_batch_write_words", Write).args(DEVICE),
        old(0x04, "1e_random_write_bits", Write).args(POINTS),
        old(0x05, "1e_random_write_words", Write).args(POINTS),
        old(0x06, "1e_register_monitor_bits", Read).args(POINTS),
        old(0x07, "1e_register_monitor_words", Read).args(POINTS),
        old(0x08, "1e_monitor_bits", Read),
        old(0x09, "1e_monitor_words", Read),
        old(0x0a, "1e_read_main_program", Program).technique(Technique::PROGRAM_UPLOAD),
        old(0x0b, "1e_read_sub_program", Program).technique(Technique::PROGRAM_UPLOAD),
        old(0x0c, "1e_write_main_program", Program),
        old(0x0d, "1e_write_sub_program", Program),
        old(0x0e, "1e_module_buffer_read", Read),
        old(0x0f, "1e_module_buffer_write", Write),
        old(0x10, "1e_read_parameters", Program).technique(Technique::PROGRAM_UPLOAD),
        old(0x11, "1e_write_parameters", Program),
        old(0x12, "1e_analyse_parameters", Program).harmless(),
        old(0x13, "1e_remote_run", Control),
        old(0x14, "1e_remote_stop", Control),
        old(0x15, "1e_read_cpu_model", Observe),
        old(0x16, "1e_loopback", Observe),
        old(0x17, "1e_extension_file_register_read", Read),
        old(0x18, "1e_extension_file_register_write", Write),
        old(0x19, "1e_extension_file_register_random_write", Write),
        old(0x1a, "1e_extension_file_register_monitor_register", Read),
        old(0x1b, "1e_extension_file_register_monitor", Read),
        old(0x1c, "1e_read_comments", Program).technique(Technique::PROGRAM_UPLOAD),
        old(0x1d, "1e_write_comments", Program),
        old(0x3b, "1e_extension_file_register_direct_read", Read),
        old(0x3c, "1e_extension_file_register_direct_write", Write),
    ]
};

#[rustfmt::skip]
const STATUSES: &[StatusSpec] = {
    const fn s(code: u32, name: &'static str) -> StatusSpec { StatusSpec::new(code, name) }
    &[
        // 1E frames: complete codes; abnormal codes behind 5B stand below.
        s(0x50, "subheader_not_possible"), s(0x54, "digits_cannot_be_converted"),
        s(0x55, "write_during_run_disabled"), s(0x56, "device_not_specified_rightly"),
        s(0x57, "points_beyond_range"), s(0x58, "address_beyond_range"),
        s(0x60, "cpu_does_not_answer"),
        s(0x4000, "sum_check_error"), s(0x4001, "unsupported_request"),
        s(0x4002, "unsupported_subrequest"), s(0x4003, "global_request_not_possible"),
        s(0x4004, "system_protected"), s(0x4005, "data_too_large"), s(0x4010, "cpu_is_running"),
        s(0x4013, "cpu_is_not_stopped"), s(0x4021, "drive_missing"), s(0x4022, "file_missing"),
        s(0x4030, "device_not_possible"), s(0x4031, "device_out_of_range"),
        s(0x4080, "request_data_error"),
        s(0x5b10, "pc_number_error"), s(0x5b11, "mode_error"), s(0x5b12, "special_module_error"),
        s(0x5b13, "program_step_error"), s(0x5b18, "remote_operation_error"),
        s(0x5b1f, "device_error"), s(0x5b20, "link_error"), s(0x5b21, "special_module_bus_error"),
        s(0xc050, "ascii_cannot_be_converted"),
        s(0xc051, "points_out_of_range_words"), s(0xc052, "points_out_of_range_bits"),
        s(0xc053, "points_out_of_range_random"), s(0xc054, "points_out_of_range_random_bits"),
        s(0xc056, "address_out_of_range"), s(0xc058, "data_length_mismatch"),
        s(0xc059, "command_not_possible"), s(0xc05b, "device_not_accessible"),
        s(0xc05c, "request_content_error"), s(0xc05d, "monitor_not_registered"),
        s(0xc05f, "not_possible_for_target"), s(0xc060, "request_content_error_bits"),
        s(0xc061, "request_length_error"), s(0xc06f, "ascii_binary_mismatch"),
        s(0xc070, "extension_not_possible"), s(0xc0b5, "data_not_possible"),
        s(0xc200, "password_wrong"), s(0xc201, "port_locked"), s(0xc204, "other_device_unlocked"),
    ]
};
