//! What S7 communication plus is.

use super::address;
use vocab::{
    Access, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
};

/// Class of sessions.
pub(super) const SERVER_SESSION: u32 = 287;
/// Attribute: an object's name.
pub(super) const NAME: u32 = 233;
/// Attribute of a session: who the station is.
pub(super) const SESSION_VERSION: u32 = 306;
/// Member of the session's version: order number and firmware.
pub(super) const STATION: u32 = 319;
/// Attribute of the execution unit: the operating state that is asked for.
pub(super) const OPERATING_STATE: u32 = 2167;
/// Attribute of modules: the identification record.
pub(super) const IDENTIFICATION: u32 = 3753;

/// Code of notifications: they have no function, so the opcode stands in.
pub(super) const NOTIFY: u32 = super::wire::NOTIFICATION as u32;
/// Code of system events: the version byte that marks them.
pub(super) const EVENT: u32 = super::wire::SYSTEM_EVENT as u32;

const NONE: &[Arg] = &[];
const REQUEST: &[Arg] =
    &[Arg::hex("session"), Arg::hex("object"), Arg::dec("items"), Arg::dec("attribute")];
const OBJECT: &[Arg] = &[Arg::hex("session"), Arg::hex("object")];
const SUBSCRIPTION: &[Arg] = &[Arg::hex("subscription"), Arg::dec("credit"), Arg::dec("sequence")];
const CONFIRMED: &[Arg] = &[Arg::dec("confirmed_bytes")];

const SESSION: &str = "create object, class ServerSession";
const RECORD: &str = "IEC 61158-6-10 I&M0";

pub(super) const ORDER_NUMBER: &AttrSpec =
    &AttrSpec::new(Attribute::OrderNumber, "ServerSession version", 97, SESSION);
pub(super) const FIRMWARE: &AttrSpec =
    &AttrSpec::new(Attribute::Firmware, "ServerSession version", 95, SESSION);
pub(super) const OBJECT_SYSTEM: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "ServerSession object system", 60, SESSION);
pub(super) const CLIENT: &AttrSpec =
    &AttrSpec::new(Attribute::Description, "ServerSession client", 60, SESSION);
pub(super) const CONNECTION: &AttrSpec =
    &AttrSpec::new(Attribute::Object, "ServerSession connection", 60, SESSION);
pub(super) const APPLICATION: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "ServerSession application", 90, SESSION);
pub(super) const HOST: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "ServerSession host", 75, SESSION);
pub(super) const RUNTIME: &AttrSpec =
    &AttrSpec::new(Attribute::Description, "ServerSession host", 60, SESSION);
pub(super) const RECORD_MAKER: &AttrSpec =
    &AttrSpec::new(Attribute::Vendor, "I&M0 vendor", 95, RECORD);
pub(super) const RECORD_ORDER_NUMBER: &AttrSpec =
    &AttrSpec::new(Attribute::OrderNumber, "I&M0 order number", 98, RECORD);
pub(super) const RECORD_SERIAL: &AttrSpec =
    &AttrSpec::new(Attribute::Serial, "I&M0 serial number", 98, RECORD);
pub(super) const RECORD_HARDWARE: &AttrSpec =
    &AttrSpec::new(Attribute::Hardware, "I&M0 hardware revision", 97, RECORD);
pub(super) const RECORD_FIRMWARE: &AttrSpec =
    &AttrSpec::new(Attribute::Firmware, "I&M0 software revision", 98, RECORD);

pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", "S7 plus frame, length");
pub(super) const EMPTY: &FaultSpec = &FaultSpec::new("empty_message", "S7 plus opcode");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(5),
    key: "s7comm-plus",
    name: "S7 communication plus",
    standard: "Siemens S7 communication plus, unpublished; see the protocol's README for sources",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Inside(ProtoId(3), 0)],
    operations: OPERATIONS,
    attributes: &[
        ORDER_NUMBER,
        FIRMWARE,
        OBJECT_SYSTEM,
        CLIENT,
        CONNECTION,
        APPLICATION,
        HOST,
        RUNTIME,
        RECORD_MAKER,
        RECORD_ORDER_NUMBER,
        RECORD_SERIAL,
        RECORD_HARDWARE,
        RECORD_FIRMWARE,
    ],
    faults: &[BAD_LENGTH, EMPTY],
    areas: &[address::VARIABLE, address::ATTRIBUTE, address::CLASS, address::ITEM],
    statuses: STATUSES,
    pdu_bytes_max: 65_536,
    open_max: 32,
};

/// Results, negative numbers of 16 bits. Few are known.
const STATUSES: &[StatusSpec] = &[
    StatusSpec::new(0xff01, "invalid_symbol"),
    StatusSpec::new(0xff7a, "several_tools_not_supported"),
    StatusSpec::new(0xffef, "invalid_checksum"),
    StatusSpec::new(0xfff4, "object_not_found"),
];

const fn function(code: u32, name: &'static str, access: Access, args: &'static [Arg]) -> OpSpec {
    OpSpec::new(code, name, access, "S7 plus function").args(args)
}

/// Creating an object opens a session or a subscription, or, between begin and end of a sequence,
/// puts a part of the program into the station: it is the sequence that programs.
#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Program, Read, Write};
    &[
        function(NOTIFY, "notification", Read, SUBSCRIPTION),
        function(EVENT, "system_event", Observe, CONFIRMED),
        function(0x04b1, "error", Observe, NONE),
        function(0x04bb, "explore", Read, OBJECT),
        function(0x04ca, "create_object", Observe, OBJECT),
        function(0x04d4, "delete_object", Observe, OBJECT),
        function(0x04f2, "set_variable", Write, REQUEST),
        function(0x04fc, "get_variable", Read, REQUEST),
        function(0x0506, "add_link", Admin, OBJECT),
        function(0x051a, "remove_link", Admin, OBJECT),
        function(0x0524, "get_link", Observe, OBJECT),
        function(0x052e, "notify", Observe, OBJECT),
        function(0x0542, "set_multi_variables", Write, REQUEST),
        function(0x054c, "get_multi_variables", Read, REQUEST),
        function(0x0556, "begin_sequence", Program, NONE),
        function(0x0560, "end_sequence", Program, NONE),
        function(0x056b, "invoke", Control, OBJECT),
        function(0x057c, "set_variable_substreamed", Write, REQUEST),
        function(0x0586, "get_variable_substreamed", Read, REQUEST),
        function(0x0590, "get_variables_address", Read, OBJECT),
        function(0x059a, "abort", Observe, NONE),
        function(0x05a9, "error_2", Observe, NONE),
        function(0x05b3, "init_ssl", Observe, NONE),
    ]
};
