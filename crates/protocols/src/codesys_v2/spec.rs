//! What CODESYS 2 is.

use vocab::{Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

const LENGTH: &[Arg] = &[Arg::dec("bytes")];
const BLOCK: &[Arg] = &[Arg::dec("bytes"), Arg::dec("more")];
/// Subcode of files that are the program.
pub(super) const PROGRAM: u16 = 0x20;
/// Code of the messages that keep a connection alive.
pub(super) const ALIVE: u32 = 0x100;

/// A file of the controller.
pub(super) const FILE: &Area = &Area::named(1, "file");
/// A command of the controller's shell, the PLC browser.
pub(super) const COMMAND: &Area = &Area::named(2, "command");

const I: &str = "CODESYS 2 answer to service 1";

pub(super) const SYSTEM: &AttrSpec = &AttrSpec::new(Attribute::Os, "operating system", 90, I);
pub(super) const SYSTEM_TYPE: &AttrSpec =
    &AttrSpec::new(Attribute::Description, "operating system detail", 70, I);
pub(super) const PRODUCT: &AttrSpec = &AttrSpec::new(Attribute::Product, "product type", 92, I);

pub(super) const BAD_HEADER: &FaultSpec = &FaultSpec::new("bad_header", "CODESYS 2 header");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(58),
    key: "codesys-v2",
    name: "CODESYS 2",
    standard: "none public: published probes",
    industrial: true,
    carrier: false,
    depth: 2,
    bindings: &[Binding::Tcp(1_200), Binding::Tcp(2_455), Binding::AnyTcp],
    operations: OPERATIONS,
    attributes: &[SYSTEM, SYSTEM_TYPE, PRODUCT],
    faults: &[BAD_HEADER],
    areas: &[FILE, COMMAND],
    statuses: &[],
    pdu_bytes_max: 16_384,
    open_max: 8,
};

const S: &str = "CODESYS 2 services";
const B: &str = "CODESYS 2 PLC browser";

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Program, Read, Write};
    &[
        OpSpec::new(0x00, "answer", Observe, "CODESYS 2 header").args(LENGTH),
        OpSpec::new(0x01, "log_in", Observe, S).args(LENGTH),
        OpSpec::new(0x2f, "write_file", Program, S).args(LENGTH),
        OpSpec::new(0x2f, "download_program", Program, S).sub(PROGRAM).args(LENGTH),
        OpSpec::new(0x30, "write_file_block", Program, S).args(BLOCK),
        OpSpec::new(0x31, "read_file", Program, S).args(BLOCK),
        OpSpec::new(0x31, "upload_program", Program, S).sub(PROGRAM).args(BLOCK),
        OpSpec::new(0x32, "read_file_block", Program, S).args(BLOCK),
        OpSpec::new(0x51, "begin", Observe, S).args(LENGTH),
        OpSpec::new(0x92, "shell_command", Admin, S).args(LENGTH),
        OpSpec::new(0x92, "shell_acknowledge", Observe, S).sub(0x01).args(LENGTH),
        OpSpec::new(0x92, "shell_start_program", Control, B).sub(0x10).args(LENGTH),
        OpSpec::new(0x92, "shell_stop_program", Control, B).sub(0x11).args(LENGTH),
        OpSpec::new(0x92, "shell_reset_program", Control, B).sub(0x12).args(LENGTH),
        OpSpec::new(0x92, "shell_reboot", Control, B).sub(0x13).args(LENGTH),
        OpSpec::new(0x92, "shell_password", Admin, B).sub(0x14).args(LENGTH),
        OpSpec::new(0x92, "shell_file", Program, B).sub(0x15).args(LENGTH),
        OpSpec::new(0x92, "shell_reload_program", Control, B).sub(0x16).args(LENGTH),
        OpSpec::new(0x92, "shell_restore_retain", Write, B).sub(0x17).args(LENGTH),
        OpSpec::new(0x92, "shell_save_retain", Write, B).sub(0x18).args(LENGTH),
        OpSpec::new(0x92, "shell_read_memory", Read, B).sub(0x19).args(LENGTH),
        OpSpec::new(0x92, "shell_program_state", Observe, B).sub(0x1a).args(LENGTH),
        OpSpec::new(ALIVE, "keep_alive", Observe, "CODESYS 2 header").args(LENGTH),
    ]
};
