//! What Fox is.

use vocab::{Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

pub(super) const COMMAND: &Area = &Area::shown(1, "command", show_command);
pub(super) const FIELD: &Area = &Area::named(2, "field");

/// A command on its channel: `station.write`; the channel's length stands in `extra`.
fn show_command(t: &vocab::Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    let split = t.name.split_at_checked(vocab::sat_usize(u64::from(t.extra)));
    let (channel, command) = split.unwrap_or((t.name, &[]));
    let text = vocab::Value::Text;
    write!(out, "{}.{}", text(channel), text(command.trim_ascii()))
}

const HELLO: &str = "Niagara Fox, hello";
pub(super) const STATION: &AttrSpec = &AttrSpec::new(Attribute::Name, "station.name", 95, HELLO);
pub(super) const HOST: &AttrSpec = &AttrSpec::new(Attribute::Name, "hostName", 85, HELLO);
pub(super) const ADDRESS: &AttrSpec =
    &AttrSpec::new(Attribute::Management, "hostAddress", 70, HELLO);
pub(super) const APP: &AttrSpec = &AttrSpec::new(Attribute::Product, "app.name", 70, HELLO);
pub(super) const VERSION: &AttrSpec = &AttrSpec::new(Attribute::Firmware, "app.version", 90, HELLO);
pub(super) const VM: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "vm.name, vm.version", 85, HELLO);
pub(super) const OS: &AttrSpec = &AttrSpec::new(Attribute::Os, "os.name, os.version", 90, HELLO);
pub(super) const BRAND: &AttrSpec = &AttrSpec::new(Attribute::Vendor, "brandId", 60, HELLO);
pub(super) const HOST_ID: &AttrSpec = &AttrSpec::new(Attribute::Serial, "hostId", 80, HELLO);
pub(super) const USER: &AttrSpec =
    &AttrSpec::new(Attribute::User, "username", 85, "Niagara Fox, login");

pub(super) const BAD_FRAME: &FaultSpec =
    &FaultSpec::new("malformed_frame", "Niagara Fox, frame header");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(56),
    key: "fox",
    name: "Niagara Fox",
    standard: "Tridium Niagara Fox, as seen on the wire (not published)",
    industrial: true,
    carrier: false,
    depth: 2,
    bindings: &[Binding::Tcp(1911), Binding::AnyTcp],
    operations: OPERATIONS,
    attributes: &[STATION, HOST, ADDRESS, APP, VERSION, VM, OS, BRAND, HOST_ID, USER],
    faults: &[BAD_FRAME],
    areas: &[COMMAND, FIELD],
    statuses: &[],
    pdu_bytes_max: 16_400,
    open_max: 64,
};

/// The frame's number and the number of the frame it answers.
const ARGS: &[Arg] = &[Arg::dec("number"), Arg::dec("answers")];

/// What a frame is about, as subcodes of its type.
pub(super) mod sub {
    pub(in super::super) const HELLO: u16 = 1;
    pub(in super::super) const LOGIN: u16 = 2;
    pub(in super::super) const SESSION: u16 = 3;
    pub(in super::super) const READ: u16 = 4;
    pub(in super::super) const WRITE: u16 = 5;
    pub(in super::super) const INVOKE: u16 = 6;
    pub(in super::super) const FILE: u16 = 7;
    pub(in super::super) const ADMIN: u16 = 8;
}

const fn row(kind: u8, sub: u16, name: &'static str, access: Access) -> OpSpec {
    OpSpec::new(kind as u32, name, access, "Niagara Fox, channels").sub(sub).args(ARGS)
}

const fn rest(kind: u8, name: &'static str, access: Access) -> OpSpec {
    OpSpec::new(kind as u32, name, access, "Niagara Fox, frame types").args(ARGS)
}

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Program, Read, Write};
    &[
        rest(b'a', "message", Write),
        row(b'a', sub::HELLO, "hello", Observe),
        row(b'a', sub::LOGIN, "login", Observe),
        row(b'a', sub::SESSION, "session", Observe),
        row(b'a', sub::READ, "read", Read),
        row(b'a', sub::WRITE, "write", Write),
        row(b'a', sub::INVOKE, "invoke", Control),
        row(b'a', sub::FILE, "file", Program),
        row(b'a', sub::ADMIN, "administer", Admin),
        rest(b'e', "error", Observe),
        rest(b'r', "reply", Observe),
        row(b'r', sub::HELLO, "hello", Observe),
        row(b'r', sub::LOGIN, "login", Observe),
        row(b'r', sub::SESSION, "session", Observe),
        row(b'r', sub::READ, "read", Read),
        row(b'r', sub::WRITE, "write", Write),
        row(b'r', sub::INVOKE, "invoke", Control),
        row(b'r', sub::FILE, "file", Program),
        row(b'r', sub::ADMIN, "administer", Admin),
        rest(b's', "request", Write),
        row(b's', sub::HELLO, "hello", Observe),
        row(b's', sub::LOGIN, "login", Observe),
        row(b's', sub::SESSION, "session", Observe),
        row(b's', sub::READ, "read", Read),
        row(b's', sub::WRITE, "write", Write),
        row(b's', sub::INVOKE, "invoke", Control),
        row(b's', sub::FILE, "file", Program),
        row(b's', sub::ADMIN, "administer", Admin),
    ]
};
