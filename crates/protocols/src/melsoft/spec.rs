//! What MELSOFT direct connection is.

use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
};

const LENGTH: &[Arg] = &[Arg::dec("bytes")];

/// A file or folder of the controller.
pub(super) const FILE: &Area = &Area::named(1, "file");

pub(super) const MODEL: &AttrSpec =
    &AttrSpec::new(Attribute::Model, "0121 CPU model name", 96, "MELSOFT 0121");
pub(super) const VENDOR: &AttrSpec =
    &AttrSpec::new(Attribute::Vendor, "answers to 0121", 80, "MELSOFT 0121");
pub(super) const USER: &AttrSpec =
    &AttrSpec::new(Attribute::User, "0131 user name", 90, "MELSOFT 0131");

pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", "MELSOFT header");
pub(super) const BAD_HEADER: &FaultSpec = &FaultSpec::new("bad_header", "MELSOFT header");

/// Codes of the messages that find and open a connection: this plus their last byte.
pub(super) const CONNECT: u32 = 0x1_0000;

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(29),
    key: "melsoft",
    name: "MELSOFT direct connection",
    standard: "none public: seen traffic of GX Works and published research",
    industrial: true,
    carrier: false,
    depth: 2,
    bindings: &[
        Binding::Udp(5_560),
        Binding::Tcp(5_562),
        Binding::Tcp(5_007),
        Binding::AnyTcp,
        Binding::AnyUdp,
    ],
    operations: OPERATIONS,
    attributes: &[MODEL, VENDOR, USER],
    faults: &[BAD_LENGTH, BAD_HEADER],
    areas: &[FILE],
    statuses: &[
        StatusSpec::new(0x4408, "password_wrong"),
        StatusSpec::new(0x4409, "password_wrong_again"),
        StatusSpec::new(0x440a, "password_locked_out"),
    ],
    pdu_bytes_max: 8_192,
    open_max: 32,
};

const S: &str = "MELSOFT commands";

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Program, Read, Write};
    &[
        OpSpec::new(0x0121, "open", Observe, S).args(LENGTH),
        OpSpec::new(0x0131, "login_user_name", Admin, S).args(LENGTH),
        OpSpec::new(0x0132, "login_password", Admin, S).args(LENGTH),
        OpSpec::new(0x0133, "read_users", Admin, S).args(LENGTH),
        OpSpec::new(0x0134, "read_user_details", Admin, S).args(LENGTH),
        OpSpec::new(0x0150, "read_safety_mode", Observe, S).args(LENGTH),
        OpSpec::new(0x01a0, "authenticate", Observe, S).args(LENGTH),
        OpSpec::new(0x0410, "read_values", Read, S).args(LENGTH),
        OpSpec::new(0x0411, "read_several_values", Read, S).args(LENGTH),
        OpSpec::new(0x0413, "read_status", Read, S).args(LENGTH),
        OpSpec::new(0x1001, "remote_run", Control, S).args(LENGTH),
        OpSpec::new(0x1002, "remote_stop", Control, S).args(LENGTH),
        OpSpec::new(0x1003, "remote_pause", Control, S).args(LENGTH),
        OpSpec::new(0x1005, "remote_latch_clear", Control, S).args(LENGTH),
        OpSpec::new(0x1006, "remote_reset", Control, S).args(LENGTH),
        OpSpec::new(0x1120, "change_safety_mode", Control, S).args(LENGTH),
        OpSpec::new(0x1133, "register_users", Admin, S).args(LENGTH),
        OpSpec::new(0x1410, "write_values", Write, S).args(LENGTH),
        OpSpec::new(0x1827, "open_file", Program, S).args(LENGTH),
        OpSpec::new(0x1828, "read_file", Program, S).args(LENGTH),
        OpSpec::new(0x1829, "write_file", Program, S).args(LENGTH),
        OpSpec::new(0x182a, "close_file", Program, S).args(LENGTH),
        OpSpec::new(0x1859, "list_files", Program, S).args(LENGTH),
        OpSpec::new(0x185f, "search_file", Program, S).args(LENGTH),
        OpSpec::new(0x1867, "open_project_file", Program, S).args(LENGTH),
        OpSpec::new(0x1868, "read_project_file", Program, S).args(LENGTH),
        OpSpec::new(0x1869, "write_project_file", Program, S).args(LENGTH),
        OpSpec::new(0x186a, "close_project_file", Program, S).args(LENGTH),
        OpSpec::new(CONNECT, "connect", Observe, "MELSOFT connection"),
        OpSpec::new(CONNECT | 1, "find_controller", Observe, "MELSOFT connection"),
        OpSpec::new(CONNECT | 0xff, "identify_connection", Observe, "MELSOFT connection"),
    ]
};
