//! What HiSLIP is.

use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
};

pub(super) const SCPI: &Area = &Area::named(1, "scpi");
pub(super) const DEVICE: &Area = &Area::named(2, "device");

const IDN: &str = "IEEE 488.2-1992 §10.14";
pub(super) const VENDOR: &AttrSpec = &AttrSpec::new(Attribute::Vendor, "*IDN?", 97, IDN);
pub(super) const MODEL: &AttrSpec = &AttrSpec::new(Attribute::Model, "*IDN?", 97, IDN);
pub(super) const SERIAL: &AttrSpec = &AttrSpec::new(Attribute::Serial, "*IDN?", 97, IDN);
pub(super) const FIRMWARE: &AttrSpec = &AttrSpec::new(Attribute::Firmware, "*IDN?", 97, IDN);
pub(super) const OPTIONS: &AttrSpec =
    &AttrSpec::new(Attribute::Description, "*OPT?", 70, "IEEE 488.2-1992 §10.20");
pub(super) const VENDOR_ID: &AttrSpec =
    &AttrSpec::new(Attribute::Description, "HiSLIP server vendor ID", 60, "IVI-6.1 rev. 2.0 §6.2");

pub(super) const BAD_PROLOGUE: &FaultSpec =
    &FaultSpec::new("bad_prologue", "IVI-6.1 rev. 2.0 §2.3");
pub(super) const BAD_TYPE: &FaultSpec =
    &FaultSpec::new("unknown_message_type", "IVI-6.1 rev. 2.0 §2.5, table 4");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(55),
    key: "hislip",
    name: "HiSLIP",
    standard: "IVI-6.1 rev. 2.0; IEEE 488.2-1992 and SCPI-1999 for the commands inside",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Tcp(4880), Binding::AnyTcp],
    operations: OPERATIONS,
    attributes: &[VENDOR, MODEL, SERIAL, FIRMWARE, OPTIONS, VENDOR_ID],
    faults: &[BAD_PROLOGUE, BAD_TYPE],
    areas: &[SCPI, DEVICE],
    statuses: STATUSES,
    pdu_bytes_max: 4_200,
    open_max: 32,
};

/// The control code and the message parameter: version, session, message number, by type.
const ARGS: &[Arg] = &[Arg::dec("control"), Arg::hex("parameter"), Arg::dec("length")];

/// What the commands in a message do, as subcodes: the most far-reaching one.
pub(super) mod sub {
    pub(in super::super) const IDENTIFY: u16 = 1;
    pub(in super::super) const QUERY: u16 = 2;
    pub(in super::super) const COMMAND: u16 = 3;
    pub(in super::super) const SETTING: u16 = 4;
    pub(in super::super) const OPERATE: u16 = 5;
    pub(in super::super) const MEMORY: u16 = 6;
}

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Program, Read, Write};
    use sub::{COMMAND, IDENTIFY, MEMORY, OPERATE, QUERY, SETTING};
    const TYPES: &str = "IVI-6.1 rev. 2.0 §2.5, table 4";
    const SCPI: &str = "SCPI-1999 vol. 2";
    const COMMON: &str = "IEEE 488.2-1992 §10";
    const fn row(code: u32, name: &'static str, access: Access, clause: &'static str) -> OpSpec {
        OpSpec::new(code, name, access, clause).args(ARGS)
    }
    &[
        row(0, "initialize", Observe, TYPES),
        row(1, "initialize_response", Observe, TYPES),
        row(2, "fatal_error", Observe, TYPES),
        row(3, "error", Observe, TYPES),
        row(4, "async_lock", Control, TYPES),
        row(5, "async_lock_response", Observe, TYPES),
        row(6, "data", Write, TYPES),
        row(6, "identify", Observe, COMMON).sub(IDENTIFY),
        row(6, "query", Read, SCPI).sub(QUERY),
        row(6, "command", Write, SCPI).sub(COMMAND),
        row(6, "setting", Admin, SCPI).sub(SETTING),
        row(6, "operate", Control, SCPI).sub(OPERATE),
        row(6, "memory", Program, SCPI).sub(MEMORY),
        row(7, "data_end", Write, TYPES),
        row(7, "identify", Observe, COMMON).sub(IDENTIFY),
        row(7, "query", Read, SCPI).sub(QUERY),
        row(7, "command", Write, SCPI).sub(COMMAND),
        row(7, "setting", Admin, SCPI).sub(SETTING),
        row(7, "operate", Control, SCPI).sub(OPERATE),
        row(7, "memory", Program, SCPI).sub(MEMORY),
        row(8, "device_clear_complete", Control, TYPES),
        row(9, "device_clear_acknowledge", Observe, TYPES),
        row(10, "async_remote_local_control", Control, TYPES),
        row(11, "async_remote_local_response", Observe, TYPES),
        row(12, "trigger", Control, TYPES),
        row(13, "interrupted", Observe, TYPES),
        row(14, "async_interrupted", Observe, TYPES),
        row(15, "async_maximum_message_size", Observe, TYPES),
        row(16, "async_maximum_message_size_response", Observe, TYPES),
        row(17, "async_initialize", Observe, TYPES),
        row(18, "async_initialize_response", Observe, TYPES),
        row(19, "async_device_clear", Control, TYPES),
        row(20, "async_service_request", Observe, TYPES),
        row(21, "async_status_query", Observe, TYPES),
        row(22, "async_status_response", Observe, TYPES),
        row(23, "async_device_clear_acknowledge", Observe, TYPES),
        row(24, "async_lock_info", Observe, TYPES),
        row(25, "async_lock_info_response", Observe, TYPES),
        row(26, "get_descriptors", Observe, TYPES),
        row(27, "get_descriptors_response", Observe, TYPES),
        row(28, "start_tls", Observe, TYPES),
        row(29, "async_start_tls", Observe, TYPES),
        row(30, "async_start_tls_response", Observe, TYPES),
        row(31, "end_tls", Observe, TYPES),
        row(32, "async_end_tls", Observe, TYPES),
        row(33, "async_end_tls_response", Observe, TYPES),
        row(34, "get_sasl_mechanism_list", Observe, TYPES),
        row(35, "get_sasl_mechanism_list_response", Observe, TYPES),
        row(36, "authentication_start", Observe, TYPES),
        row(37, "authentication_exchange", Observe, TYPES),
        row(38, "authentication_result", Observe, TYPES),
        row(128, "vendor_specific", Write, TYPES),
    ]
};

/// Fatal errors from 0x200, errors from 0x300, locks that were not given from 0x500.
/// IVI-6.1 rev. 2.0 §6.2 tables 14 and 16, §6.5 table 20.
const STATUSES: &[StatusSpec] = &[
    StatusSpec::new(0x200, "unidentified_error"),
    StatusSpec::new(0x201, "poorly_formed_header"),
    StatusSpec::new(0x202, "channels_not_established"),
    StatusSpec::new(0x203, "invalid_initialization"),
    StatusSpec::new(0x204, "too_many_clients"),
    StatusSpec::new(0x205, "secure_connection_failed"),
    StatusSpec::new(0x300, "unidentified_error"),
    StatusSpec::new(0x301, "unrecognized_message_type"),
    StatusSpec::new(0x302, "unrecognized_control_code"),
    StatusSpec::new(0x303, "unrecognized_vendor_message"),
    StatusSpec::new(0x304, "message_too_large"),
    StatusSpec::new(0x305, "authentication_rejected"),
    StatusSpec::new(0x500, "lock_not_granted"),
    StatusSpec::new(0x503, "lock_error"),
];
