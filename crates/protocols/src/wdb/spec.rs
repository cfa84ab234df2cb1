//! What WDB is.

use core::fmt;
use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
    Target,
};

/// Code of answers whose call was not captured.
pub(super) const UNKNOWN: u32 = 0xffff;
/// Connect with the host's name, of later agents.
pub(super) const CONNECT_NAMED: u32 = 0x7a;
/// Below what starts something: a later agent, whose structure has other fields.
pub(super) const LATER: u16 = 1;
/// Asks later agents what they run on.
pub(super) const INFO_GET: u32 = 123;
/// The call was denied. RFC 5531 §9, `reply_stat`.
pub(super) const DENIED: u32 = 0x1_0000;
/// The call was not carried out: this and `accept_stat`. RFC 5531 §9.
pub(super) const NOT_ACCEPTED: u32 = 0x1_0100;

const REGION: &[Arg] =
    &[Arg::hex("address"), Arg::dec("bytes"), Arg::hex("parameter"), Arg::dec("events_wait")];
const TRANSFER: &[Arg] =
    &[Arg::hex("address"), Arg::dec("bytes"), Arg::dec("_"), Arg::dec("events_wait")];
const SET: &[Arg] = &[
    Arg::dec("register_set"),
    Arg::dec("context_type"),
    Arg::hex("context"),
    Arg::dec("events_wait"),
];
const CREATE: &[Arg] =
    &[Arg::dec("context_type"), Arg::hex("stack"), Arg::dec("stack_bytes"), Arg::hex("entry")];
const KIND: &[Arg] =
    &[Arg::dec("context_type"), Arg::dec("_"), Arg::dec("_"), Arg::dec("events_wait")];
const CONTEXT_ARGS: &[Arg] =
    &[Arg::dec("context_type"), Arg::hex("context"), Arg::dec("_"), Arg::dec("events_wait")];
const MODE: &[Arg] = &[Arg::dec("mode"), Arg::dec("_"), Arg::dec("_"), Arg::dec("events_wait")];
const TYPE: &[Arg] =
    &[Arg::dec("event_type"), Arg::dec("_"), Arg::dec("_"), Arg::dec("events_wait")];
const PLAIN: &[Arg] = &[Arg::dec("_"), Arg::dec("_"), Arg::dec("_"), Arg::dec("events_wait")];

/// The target's memory.
pub(super) const MEMORY: &Area = &Area::shown(1, "memory", show_range).ranging();
/// A set of registers.
pub(super) const REGISTERS: &Area = &Area::indexed(2, "register_set");
/// A function by its address.
pub(super) const FUNCTION: &Area = &Area::shown(3, "function", show_one);
/// A task or the system, by number.
pub(super) const CONTEXT: &Area = &Area::shown(4, "context", show_one);
/// A channel of virtual input and output.
pub(super) const CHANNEL: &Area = &Area::indexed(5, "channel");
/// A kind of event.
pub(super) const EVENT: &Area = &Area::indexed(6, "event");

fn show_range(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    let end = t.index.saturating_add(u64::from(t.count.saturating_sub(1)));
    write!(out, "memory[0x{:08x}..0x{end:08x}]", t.index)
}

fn show_one(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "{}[0x{:x}]", t.area.key, t.index)
}

const INFO: &str = "wdb.h WDB_TGT_INFO";
pub(super) const AGENT: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "WDB agent version", 90, INFO);
pub(super) const SYSTEM: &AttrSpec = &AttrSpec::new(Attribute::Os, "run-time version", 97, INFO);
pub(super) const BOARD: &AttrSpec =
    &AttrSpec::new(Attribute::Model, "board support package", 85, INFO);
pub(super) const BOOT: &AttrSpec = &AttrSpec::new(Attribute::Description, "boot file", 60, INFO);
pub(super) const PROCESSOR: &AttrSpec = &AttrSpec::new(Attribute::Hardware, "processor", 60, INFO);

pub(super) const BAD_HEADER: &FaultSpec = &FaultSpec::new("bad_rpc_header", "RFC 5531 §9");
pub(super) const SHORT: &FaultSpec = &FaultSpec::new("short_parameters", "wdb.h");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(51),
    key: "wdb",
    name: "VxWorks WDB",
    standard: "Wind River wdb.h (Tornado 2.2, VxWorks 6), RFC 5531 (ONC RPC), RFC 4506 (XDR)",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Udp(17_185), Binding::AnyUdp],
    operations: OPERATIONS,
    attributes: &[AGENT, SYSTEM, BOARD, BOOT, PROCESSOR],
    faults: &[BAD_HEADER, SHORT],
    areas: &[MEMORY, REGISTERS, FUNCTION, CONTEXT, CHANNEL, EVENT],
    statuses: STATUSES,
    pdu_bytes_max: 65_507,
    open_max: 16,
};

const N: &str = "wdb.h, function numbers";

const fn row(code: u32, name: &'static str, access: Access, args: &'static [Arg]) -> OpSpec {
    OpSpec::new(code, name, access, N).args(args)
}

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Program};
    &[
        row(0, "target_ping", Observe, PLAIN),
        row(1, "target_connect", Observe, PLAIN),
        row(2, "target_disconnect", Observe, PLAIN),
        row(3, "target_mode_set", Admin, MODE),
        row(4, "target_mode_get", Observe, PLAIN),
        // Memory holds the program, its data and its passwords.
        row(10, "memory_read", Program, REGION),
        row(11, "memory_write", Program, TRANSFER),
        row(12, "memory_fill", Program, REGION),
        row(13, "memory_move", Program, REGION),
        row(14, "memory_checksum", Program, REGION),
        row(15, "memory_protect", Admin, REGION),
        row(16, "cache_text_update", Program, REGION),
        row(17, "memory_scan", Program, REGION),
        row(18, "memory_write_many", Program, PLAIN),
        row(19, "memory_write_many_int", Program, PLAIN),
        row(30, "context_create", Control, CREATE),
        row(30, "context_create", Control, KIND).sub(LATER),
        row(31, "context_kill", Control, CONTEXT_ARGS),
        row(32, "context_suspend", Control, CONTEXT_ARGS),
        row(33, "context_resume", Control, CONTEXT_ARGS),
        row(34, "context_status_get", Observe, CONTEXT_ARGS),
        row(35, "context_attach", Control, CONTEXT_ARGS),
        row(36, "context_detach", Control, CONTEXT_ARGS),
        row(40, "registers_get", Program, SET),
        row(41, "registers_set", Program, SET),
        row(51, "virtual_io_write", Control, TRANSFER),
        row(60, "eventpoint_add", Control, TYPE),
        row(61, "eventpoint_delete", Control, TYPE),
        row(70, "event_get", Observe, PLAIN),
        row(80, "context_continue", Control, CONTEXT_ARGS),
        row(81, "context_step", Control, CONTEXT_ARGS),
        row(82, "context_stop", Control, CONTEXT_ARGS),
        row(90, "function_call", Control, CREATE),
        row(90, "function_call", Control, KIND).sub(LATER),
        row(91, "evaluate_gopher", Program, PLAIN),
        row(92, "direct_call", Control, CREATE),
        row(92, "direct_call", Control, KIND).sub(LATER),
        row(93, "command_send", Program, PLAIN),
        row(100, "symbols_add", Program, PLAIN),
        row(101, "symbol_get", Observe, PLAIN),
        row(102, "module_info_get", Observe, PLAIN),
        row(103, "module_add", Program, PLAIN),
        row(104, "module_remove", Program, PLAIN),
        row(110, "user_service_control", Program, PLAIN),
        row(111, "user_service_call", Control, PLAIN),
        row(120, "thread_info_set", Program, PLAIN),
        row(121, "thread_info_get", Observe, PLAIN),
        row(CONNECT_NAMED, "target_connect_named", Observe, PLAIN),
        row(INFO_GET, "target_info_get", Observe, PLAIN),
        row(UNKNOWN, "answer", Observe, PLAIN),
    ]
};

/// wdb.h, error codes; from 0x10000 on what RPC says.
const STATUSES: &[StatusSpec] = &[
    StatusSpec::new(0x501, "invalid_parameters"),
    StatusSpec::new(0x502, "memory_access"),
    StatusSpec::new(0x503, "agent_mode"),
    StatusSpec::new(0x504, "run_time_error"),
    StatusSpec::new(0x505, "invalid_context"),
    StatusSpec::new(0x506, "invalid_channel"),
    StatusSpec::new(0x507, "invalid_event"),
    StatusSpec::new(0x508, "invalid_eventpoint"),
    StatusSpec::new(0x509, "gopher_fault"),
    StatusSpec::new(0x50a, "gopher_truncated"),
    StatusSpec::new(0x50b, "eventpoint_table_full"),
    StatusSpec::new(0x50c, "no_agent_procedure"),
    StatusSpec::new(0x50d, "no_run_time_procedure"),
    StatusSpec::new(0x50e, "gopher_syntax"),
    StatusSpec::new(0x50f, "not_found"),
    StatusSpec::new(0x510, "hardware_registers_exhausted"),
    StatusSpec::new(0x511, "invalid_hardware_breakpoint"),
    StatusSpec::new(0x512, "user_services_exhausted"),
    StatusSpec::new(0x513, "user_service_used"),
    StatusSpec::new(0x514, "no_run_time_context"),
    StatusSpec::new(0x515, "no_processes"),
    StatusSpec::new(0x520, "file_not_found"),
    StatusSpec::new(0x521, "file_empty"),
    StatusSpec::new(0x522, "file_bad_format"),
    StatusSpec::new(0x5ff, "procedure_failed"),
    StatusSpec::new(0x600, "no_connection"),
    StatusSpec::new(0x601, "connection_busy"),
    StatusSpec::new(0x6ff, "communication"),
    StatusSpec::new(DENIED, "call_denied"),
    StatusSpec::new(0x1_0101, "program_unavailable"),
    StatusSpec::new(0x1_0102, "program_mismatch"),
    StatusSpec::new(0x1_0103, "procedure_unavailable"),
    StatusSpec::new(0x1_0104, "garbage_arguments"),
    StatusSpec::new(0x1_0105, "system_error"),
];
