//! What GE SRTP is.

use core::fmt;
use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, Target,
};

const PLACE: &[Arg] = &[Arg::hex("selector"), Arg::dec("offset"), Arg::dec("count")];
const STATE: &[Arg] = &[Arg::hex("state")];

/// Codes of the messages that begin a session: this.
pub(super) const INIT: u32 = 0x100;

/// Memory the way GE writes it: `%R101`, counted from 1.
pub(super) const MEMORY: &Area = &Area::shown(1, "memory", show_memory);

/// The reference type of a selector, with the number of its elements that a unit of the address
/// stands for: bytes of bit types count eight. DFRWS 2017, table of memory types.
pub(super) fn reference(selector: u32) -> Option<(&'static str, u64)> {
    Some(match selector {
        0x08 => ("R", 1),
        0x0a => ("AI", 1),
        0x0c => ("AQ", 1),
        0x10 => ("I", 8),
        0x46 => ("I", 1),
        0x12 => ("Q", 8),
        0x48 => ("Q", 1),
        0x14 => ("T", 8),
        0x4a => ("T", 1),
        0x16 => ("M", 8),
        0x4c => ("M", 1),
        0x18 => ("SA", 8),
        0x4e => ("SA", 1),
        0x1a => ("SB", 8),
        0x50 => ("SB", 1),
        0x1c => ("SC", 8),
        0x52 => ("SC", 1),
        0x1e => ("S", 8),
        0x54 => ("S", 1),
        0x38 => ("G", 8),
        0x56 => ("G", 1),
        _ => return None,
    })
}

fn show_memory(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    let Some((name, each)) = reference(t.extra) else {
        return write!(out, "memory[0x{:02x}]+{}:{}", t.extra, t.index, t.count);
    };
    let first = t.index.saturating_mul(each).saturating_add(1);
    let count = u64::from(t.count).saturating_mul(each);
    match count {
        0 | 1 => write!(out, "%{name}{first}"),
        n => write!(out, "%{name}{first}..{}", first.saturating_add(n.saturating_sub(1))),
    }
}

pub(super) const NAME: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "0x43 CPU id", 75, "SRTP 0x43 return controller type");
pub(super) const PROGRAM: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "0x03 control program", 65, "SRTP 0x03 program names");
pub(super) const VENDOR: &AttrSpec =
    &AttrSpec::new(Attribute::Vendor, "answers SRTP", 70, "SRTP, GE Intelligent Platforms");

pub(super) const BAD_HEADER: &FaultSpec = &FaultSpec::new("bad_header", "SRTP header");
pub(super) const UNKNOWN: &FaultSpec = &FaultSpec::new("unknown_message_type", "SRTP mailbox");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(31),
    key: "ge-srtp",
    name: "GE SRTP",
    standard: "Service Request Transport Protocol, as published at DFRWS 2017",
    industrial: true,
    carrier: false,
    depth: 2,
    bindings: &[Binding::Tcp(18_245), Binding::Tcp(18_246), Binding::AnyTcp],
    operations: OPERATIONS,
    attributes: &[NAME, PROGRAM, VENDOR],
    faults: &[BAD_HEADER, UNKNOWN],
    areas: &[MEMORY],
    statuses: &[],
    pdu_bytes_max: 16_384,
    open_max: 32,
};

const S: &str = "SRTP service request codes";

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Program, Read, Write};
    &[
        OpSpec::new(0x00, "read_short_status", Observe, S),
        OpSpec::new(0x03, "read_program_names", Observe, S),
        OpSpec::new(0x04, "read_system_memory", Read, S).args(PLACE),
        OpSpec::new(0x05, "read_task_memory", Read, S).args(PLACE),
        OpSpec::new(0x06, "read_program_memory", Program, S).args(PLACE),
        OpSpec::new(0x07, "write_system_memory", Write, S).args(PLACE),
        OpSpec::new(0x08, "write_task_memory", Write, S).args(PLACE),
        OpSpec::new(0x09, "write_program_memory", Program, S).args(PLACE),
        OpSpec::new(0x20, "programmer_logon", Admin, S),
        OpSpec::new(0x21, "change_privilege", Admin, S),
        OpSpec::new(0x22, "set_control_id", Admin, S),
        OpSpec::new(0x23, "set_run_or_stop", Control, S).args(STATE),
        OpSpec::new(0x24, "set_time", Admin, S),
        OpSpec::new(0x25, "read_time", Observe, S),
        OpSpec::new(0x38, "read_fault_table", Observe, S),
        OpSpec::new(0x39, "clear_fault_table", Admin, S),
        OpSpec::new(0x3f, "store_program_from_plc", Program, S),
        OpSpec::new(0x40, "load_program_to_plc", Program, S),
        OpSpec::new(0x43, "read_controller_type", Observe, S),
        OpSpec::new(0x44, "toggle_force", Write, S).args(PLACE),
        OpSpec::new(0x4f, "transfer", Program, S),
        OpSpec::new(INIT, "initialise", Observe, "SRTP session"),
    ]
};
