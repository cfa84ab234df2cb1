//! What S7 communication is.

use super::{address, errors};
use vocab::{Access, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

const ITEMS: &[Arg] = &[Arg::dec("items")];
const SET_UP: &[Arg] = &[Arg::dec("jobs_calling"), Arg::dec("jobs_called"), Arg::dec("pdu_bytes")];
const DOWNLOAD: &[Arg] =
    &[Arg::hex("block_type"), Arg::dec("block"), Arg::dec("load_bytes"), Arg::dec("code_bytes")];
const PIECE: &[Arg] = &[Arg::hex("block_type"), Arg::dec("block"), Arg::dec("more")];
const START_UPLOAD: &[Arg] =
    &[Arg::hex("block_type"), Arg::dec("block"), Arg::dec("upload"), Arg::dec("load_bytes")];
const END_UPLOAD: &[Arg] = &[Arg::dec("upload")];
const UPLOAD: &[Arg] = &[Arg::dec("upload"), Arg::dec("more")];
/// 1 insert blocks, 2 the same, 3 delete blocks, 4 start (warm or hot), 5 cold start, 6 copy RAM
/// to ROM, 7 compress, 0 others, which the value names.
const SERVICE: &[Arg] = &[Arg::dec("service")];
const JOB: &[Arg] = &[Arg::dec("job")];
const TABLE: &[Arg] = &[Arg::dec("job"), Arg::dec("items")];
const CYCLE: &[Arg] =
    &[Arg::dec("job"), Arg::dec("items"), Arg::dec("time_base"), Arg::dec("factor")];
const TYPE: &[Arg] = &[Arg::hex("block_type")];
const BLOCK: &[Arg] = &[Arg::hex("block_type"), Arg::dec("block")];
const LIST: &[Arg] = &[Arg::hex("szl_id"), Arg::hex("szl_index"), Arg::dec("further")];
const EVENTS: &[Arg] = &[Arg::hex("events")];
/// 1 by kind of alarm, 3 by an alarm's number.
const ALARMS: &[Arg] = &[Arg::dec("query"), Arg::dec("alarm_type")];
const EVENT: &[Arg] = &[Arg::hex("event")];

/// SIMATIC system software for S7-300/400, system and standard functions, chapter on system
/// status lists (SSL).
const SSL: &str = "S7-300/400 System and Standard Functions, System Status Lists";

const fn module(attr: Attribute, source: &'static str, weight: u8) -> AttrSpec {
    AttrSpec::new(attr, source, weight, SSL)
}

pub(super) const ORDER_NUMBER: &AttrSpec =
    &module(Attribute::OrderNumber, "SZL 0x0011 module identification", 98);
pub(super) const HARDWARE: &AttrSpec =
    &module(Attribute::Hardware, "SZL 0x0011 module version", 95);
pub(super) const BASIC_ORDER_NUMBER: &AttrSpec =
    &module(Attribute::OrderNumber, "SZL 0x0011 basic hardware", 90);
pub(super) const BASIC_HARDWARE: &AttrSpec =
    &module(Attribute::Hardware, "SZL 0x0011 basic hardware version", 90);
pub(super) const FIRMWARE: &AttrSpec =
    &module(Attribute::Firmware, "SZL 0x0011 basic firmware", 98);
pub(super) const EXTENSION: &AttrSpec =
    &module(Attribute::Software, "SZL 0x0011 firmware extension", 90);
pub(super) const SYSTEM_NAME: &AttrSpec =
    &module(Attribute::Name, "SZL 0x001C name of the automation system", 95);
pub(super) const MODULE_NAME: &AttrSpec =
    &module(Attribute::Name, "SZL 0x001C name of the module", 90);
pub(super) const PLANT: &AttrSpec =
    &module(Attribute::Description, "SZL 0x001C plant identification", 90);
pub(super) const COPYRIGHT: &AttrSpec = &module(Attribute::Description, "SZL 0x001C copyright", 50);
pub(super) const SERIAL: &AttrSpec =
    &module(Attribute::Serial, "SZL 0x001C serial number of the module", 98);
pub(super) const MODEL: &AttrSpec = &module(Attribute::Model, "SZL 0x001C module type name", 98);
pub(super) const CARD: &AttrSpec =
    &module(Attribute::Object, "SZL 0x001C serial number of the memory card", 90);
pub(super) const MAKER: &AttrSpec = &module(Attribute::Vendor, "SZL 0x001C manufacturer", 95);
pub(super) const OEM: &AttrSpec =
    &module(Attribute::Description, "SZL 0x001C OEM identification", 80);
pub(super) const LOCATION: &AttrSpec =
    &module(Attribute::Location, "SZL 0x001C location designation", 95);
pub(super) const BLOCK_AUTHOR: &AttrSpec =
    &AttrSpec::new(Attribute::Object, "block author", 60, "block header");
pub(super) const BLOCK_FAMILY: &AttrSpec =
    &AttrSpec::new(Attribute::Object, "block family", 60, "block header");
pub(super) const BLOCK_NAME: &AttrSpec =
    &AttrSpec::new(Attribute::Object, "block name", 60, "block header");

pub(super) const BAD_HEADER: &FaultSpec = &FaultSpec::new("bad_header", "S7 header");
pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", "S7 header, lengths");
pub(super) const BAD_PARAMETERS: &FaultSpec =
    &FaultSpec::new("malformed_parameters", "S7 parameters");
pub(super) const BAD_ITEM: &FaultSpec = &FaultSpec::new("malformed_item", "S7 items");
pub(super) const BAD_LIST: &FaultSpec = &FaultSpec::new("malformed_list", SSL);

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(4),
    key: "s7comm",
    name: "S7 communication",
    standard: "Siemens S7 communication, unpublished; see the protocol's README for sources",
    industrial: true,
    carrier: false,
    depth: 4,
    bindings: &[Binding::Inside(ProtoId(3), 0)],
    operations: OPERATIONS,
    attributes: &[
        ORDER_NUMBER,
        HARDWARE,
        BASIC_ORDER_NUMBER,
        BASIC_HARDWARE,
        FIRMWARE,
        EXTENSION,
        SYSTEM_NAME,
        MODULE_NAME,
        PLANT,
        COPYRIGHT,
        SERIAL,
        MODEL,
        CARD,
        MAKER,
        OEM,
        LOCATION,
        BLOCK_AUTHOR,
        BLOCK_FAMILY,
        BLOCK_NAME,
    ],
    faults: &[BAD_HEADER, BAD_LENGTH, BAD_PARAMETERS, BAD_ITEM, BAD_LIST],
    areas: address::AREAS,
    statuses: errors::STATUSES,
    // The largest message that stations negotiate is 960 bytes; the lengths allow more.
    pdu_bytes_max: 65_536,
    open_max: 32,
};

/// A function of jobs.
const fn job(code: u32, name: &'static str, access: Access) -> OpSpec {
    OpSpec::new(code, name, access, "S7 function")
}

/// A function of user data: 256 and the group, the function.
const fn user(group: u32, function: u16, name: &'static str, access: Access) -> OpSpec {
    OpSpec::new(0x100 | group, name, access, "S7 user data").sub(function)
}

/// Functions of a group that have no row of their own.
const fn group(group: u32, name: &'static str, access: Access) -> OpSpec {
    OpSpec::new(0x100 | group, name, access, "S7 user data")
}

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Program, Read, Write};
    &[
        job(0x00, "cpu_services", Observe),
        job(0x04, "read_var", Read).args(ITEMS),
        job(0x05, "write_var", Write).args(ITEMS),
        job(0x1a, "request_download", Program).args(DOWNLOAD),
        job(0x1b, "download_block", Program).args(PIECE),
        job(0x1c, "download_ended", Program).args(BLOCK),
        job(0x1d, "start_upload", Program).args(START_UPLOAD),
        job(0x1e, "upload", Program).args(UPLOAD),
        job(0x1f, "end_upload", Program).args(END_UPLOAD),
        job(0x28, "plc_control", Control).args(SERVICE),
        job(0x29, "plc_stop", Control),
        job(0xf0, "setup_communication", Observe).args(SET_UP),
        group(0, "mode_transition", Observe),
        user(0, 0x00, "mode_stop", Observe),
        user(0, 0x01, "mode_warm_restart", Observe),
        user(0, 0x02, "mode_run", Observe),
        user(0, 0x03, "mode_hot_restart", Observe),
        user(0, 0x04, "mode_hold", Observe),
        user(0, 0x06, "mode_cold_restart", Observe),
        user(0, 0x09, "mode_run_redundant", Observe),
        user(0, 0x0b, "mode_link_up", Observe),
        user(0, 0x0c, "mode_update", Observe),
        group(1, "programmer_command", Control).args(JOB),
        user(1, 0x01, "block_status", Read).args(JOB),
        user(1, 0x02, "variable_status", Read).args(TABLE),
        user(1, 0x03, "read_interrupt_stack", Read).args(JOB),
        user(1, 0x04, "read_block_stack", Read).args(JOB),
        user(1, 0x05, "read_local_stack", Read).args(JOB),
        user(1, 0x06, "measure_time", Read).args(JOB),
        user(1, 0x07, "select_force", Control).args(JOB),
        user(1, 0x08, "modify_variable", Write).args(TABLE),
        user(1, 0x09, "force", Control).args(TABLE),
        user(1, 0x0a, "breakpoint", Control).args(JOB),
        user(1, 0x0b, "exit_hold", Control).args(JOB),
        user(1, 0x0c, "memory_reset", Program).args(JOB),
        user(1, 0x0d, "disable_job", Observe).args(JOB),
        user(1, 0x0e, "enable_job", Read).args(JOB),
        user(1, 0x0f, "delete_job", Observe).args(JOB),
        user(1, 0x10, "read_job_list", Observe).args(JOB),
        user(1, 0x11, "read_job", Observe).args(JOB),
        user(1, 0x12, "replace_job", Write).args(JOB),
        user(1, 0x13, "block_status_2", Read).args(JOB),
        user(1, 0x16, "flash_led", Control).args(JOB),
        group(2, "cyclic_service", Read).args(CYCLE),
        user(2, 0x01, "cyclic_transfer", Read).args(CYCLE),
        user(2, 0x04, "unsubscribe", Observe).args(JOB),
        user(2, 0x05, "change_driven_transfer", Read).args(CYCLE),
        user(2, 0x07, "change_driven_transfer_modify", Read).args(CYCLE),
        user(2, 0x08, "read_record", Read).args(CYCLE),
        group(3, "block_function", Observe),
        user(3, 0x01, "list_blocks", Observe),
        user(3, 0x02, "list_blocks_of_type", Observe).args(TYPE),
        user(3, 0x03, "get_block_info", Observe).args(BLOCK),
        group(4, "cpu_function", Admin),
        user(4, 0x01, "read_szl", Observe).args(LIST),
        user(4, 0x02, "message_service", Observe).args(EVENTS),
        user(4, 0x03, "diagnostic_message", Observe).args(EVENT),
        user(4, 0x05, "alarm_8_indication", Read),
        user(4, 0x06, "notify_indication", Read),
        user(4, 0x07, "alarm_8_lock", Admin),
        user(4, 0x08, "alarm_8_unlock", Admin),
        user(4, 0x09, "scan_indication", Read),
        user(4, 0x0b, "alarm_acknowledge", Admin),
        user(4, 0x0c, "alarm_acknowledge_indication", Read),
        user(4, 0x0d, "alarm_lock_indication", Read),
        user(4, 0x0e, "alarm_unlock_indication", Read),
        user(4, 0x11, "alarm_sq_indication", Read),
        user(4, 0x12, "alarm_s_indication", Read),
        user(4, 0x13, "alarm_query", Read).args(ALARMS),
        user(4, 0x16, "notify_8_indication", Read),
        group(5, "security", Admin),
        user(5, 0x01, "enter_password", Admin),
        user(5, 0x02, "clear_password", Admin),
        group(6, "program_data_send", Write),
        group(7, "clock", Admin),
        user(7, 0x01, "read_clock", Observe),
        user(7, 0x02, "set_clock", Admin),
        user(7, 0x03, "read_clock_following", Observe),
        user(7, 0x04, "set_clock_following", Admin),
        group(15, "nc_programming", Program),
        user(15, 0x01, "nc_request_download", Program),
        user(15, 0x02, "nc_download_block", Program),
        user(15, 0x03, "nc_continue_download", Program),
        user(15, 0x04, "nc_download_ended", Program),
        user(15, 0x06, "nc_start_upload", Program),
        user(15, 0x07, "nc_upload", Program),
        user(15, 0x08, "nc_continue_upload", Program),
    ]
};
