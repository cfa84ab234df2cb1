//! What ANSI C12.22 is.

use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
    Target,
};

pub(super) const AP_TITLE: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "calling AP title", 90, "IEEE 1703-2012 §5.3.4.3");
pub(super) const CALLED_TITLE: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "called AP title", 80, "IEEE 1703-2012 §5.3.4.2");
pub(super) const DEVICE_CLASS: &AttrSpec =
    &AttrSpec::new(Attribute::Product, "device class", 70, "IEEE 1703-2012 §5.3.2.4.1");
pub(super) const DEVICE_IDENTITY: &AttrSpec =
    &AttrSpec::new(Attribute::Serial, "device identity", 80, "IEEE 1703-2012 §5.3.2.4.1");
pub(super) const SERIAL_NUMBER: &AttrSpec =
    &AttrSpec::new(Attribute::Serial, "register: serial number", 90, "IEEE 1703-2012 §5.3.2.4.10");
pub(super) const USER: &AttrSpec =
    &AttrSpec::new(Attribute::User, "logon user", 80, "IEEE 1703-2012 §5.3.2.4.4");
pub(super) const MANUFACTURER: &AttrSpec = &table1(Attribute::Vendor, "table 1 manufacturer");
pub(super) const MODEL: &AttrSpec = &table1(Attribute::Model, "table 1 model");
pub(super) const HARDWARE: &AttrSpec = &table1(Attribute::Hardware, "table 1 hardware version");
pub(super) const FIRMWARE: &AttrSpec = &table1(Attribute::Firmware, "table 1 firmware version");
pub(super) const SERIAL: &AttrSpec = &table1(Attribute::Serial, "table 1 serial number");
pub(super) const IDENTIFICATION: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "table 5 identification", 90, "IEEE 1377-2012 §9.1 table 5");

const fn table1(attr: Attribute, source: &'static str) -> AttrSpec {
    AttrSpec::new(attr, source, 95, "IEEE 1377-2012 §9.1 table 1")
}

pub(super) const BAD_ACSE: &FaultSpec = &FaultSpec::new("malformed_acse", "IEEE 1703-2012 §5.3.4");
pub(super) const BAD_EPSEM: &FaultSpec =
    &FaultSpec::new("malformed_epsem", "IEEE 1703-2012 §5.3.2");
pub(super) const BAD_CHECKSUM: &FaultSpec =
    &FaultSpec::new("bad_table_checksum", "IEEE 1703-2012 §5.3.2.4.2");

pub(super) const TABLE: &Area = &Area::shown(1, "table", show_table);

/// Manufacturer tables have the numbers from 2048 on; `extra` is an offset in bytes.
fn show_table(t: &Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    match t.index {
        2048.. => write!(out, "manufacturer_table[{}]", t.index.saturating_sub(2048))?,
        number => write!(out, "table[{number}]")?,
    }
    if t.extra == 0 { Ok(()) } else { write!(out, "+{}", t.extra) }
}

/// Code of messages whose services are enciphered.
pub(super) const CIPHERED: u32 = 0x100;
/// The table whose writing starts a procedure. IEEE 1377-2012 §9.1 table 7.
pub(super) const PROCEDURE: u16 = 7;

const TABLES: &[Arg] = &[Arg::dec("table"), Arg::dec("offset"), Arg::dec("count")];
const START: &[Arg] =
    &[Arg::dec("table"), Arg::dec("offset"), Arg::dec("count"), Arg::dec("procedure")];
const LOGON: &[Arg] = &[Arg::dec("user"), Arg::dec("seconds")];
const WAIT: &[Arg] = &[Arg::dec("seconds")];

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(44),
    key: "c12.22",
    name: "ANSI C12.22",
    standard: "ANSI C12.22-2012 / IEEE 1703-2012; tables of ANSI C12.19-2012 / IEEE 1377-2012",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Tcp(1_153), Binding::Udp(1_153), Binding::AnyTcp, Binding::AnyUdp],
    operations: OPERATIONS,
    attributes: &[
        AP_TITLE,
        CALLED_TITLE,
        DEVICE_CLASS,
        DEVICE_IDENTITY,
        SERIAL_NUMBER,
        USER,
        MANUFACTURER,
        MODEL,
        HARDWARE,
        FIRMWARE,
        SERIAL,
        IDENTIFICATION,
    ],
    faults: &[BAD_ACSE, BAD_EPSEM, BAD_CHECKSUM],
    areas: &[TABLE],
    statuses: STATUSES,
    pdu_bytes_max: 16_384,
    open_max: 32,
};

/// Result codes of services. IEEE 1703-2012 §5.3.2.3.
const STATUSES: &[StatusSpec] = &[
    StatusSpec::new(0x01, "error"),
    StatusSpec::new(0x02, "service_not_supported"),
    StatusSpec::new(0x03, "insufficient_security_clearance"),
    StatusSpec::new(0x04, "operation_not_possible"),
    StatusSpec::new(0x05, "inappropriate_action_requested"),
    StatusSpec::new(0x06, "device_busy"),
    StatusSpec::new(0x07, "data_not_ready"),
    StatusSpec::new(0x08, "data_locked"),
    StatusSpec::new(0x09, "renegotiate_request"),
    StatusSpec::new(0x0a, "invalid_service_sequence_state"),
    StatusSpec::new(0x0b, "security_mechanism_error"),
    StatusSpec::new(0x0c, "unknown_application_title"),
    StatusSpec::new(0x0d, "network_timeout"),
    StatusSpec::new(0x0e, "network_not_reachable"),
    StatusSpec::new(0x0f, "request_too_large"),
    StatusSpec::new(0x10, "response_too_large"),
    StatusSpec::new(0x11, "segmentation_not_possible"),
    StatusSpec::new(0x12, "segmentation_error"),
];

/// A service with its clause.
macro_rules! op {
    ($code:expr, $name:literal, $access:expr, $clause:literal) => {
        OpSpec::new($code, $name, $access, concat!("IEEE 1703-2012 §5.3.2.", $clause))
    };
}

/// Writing a table, and the procedure that writing table 7 starts.
const fn write(code: u32, name: &'static str) -> OpSpec {
    OpSpec::new(code, name, Access::Write, "IEEE 1703-2012 §5.3.2.4.3").args(TABLES)
}

const fn start(code: u32) -> OpSpec {
    let clause = "IEEE 1377-2012 §9.1 table 7";
    OpSpec::new(code, "initiate_procedure", Access::Control, clause).sub(PROCEDURE).args(START)
}

/// All of them, by code. Answers count under their result code.
#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Observe, Read};
    &[
        op!(0x00, "ok", Observe, "3").args(TABLES),
        op!(0x01, "error", Observe, "3"),
        op!(0x02, "service_not_supported", Observe, "3"),
        op!(0x03, "insufficient_security_clearance", Observe, "3"),
        op!(0x04, "operation_not_possible", Observe, "3"),
        op!(0x05, "inappropriate_action_requested", Observe, "3"),
        op!(0x06, "device_busy", Observe, "3"),
        op!(0x07, "data_not_ready", Observe, "3"),
        op!(0x08, "data_locked", Observe, "3"),
        op!(0x09, "renegotiate_request", Observe, "3"),
        op!(0x0a, "invalid_service_sequence_state", Observe, "3"),
        op!(0x0b, "security_mechanism_error", Observe, "3"),
        op!(0x0c, "unknown_application_title", Observe, "3"),
        op!(0x0d, "network_timeout", Observe, "3"),
        op!(0x0e, "network_not_reachable", Observe, "3"),
        op!(0x0f, "request_too_large", Observe, "3"),
        op!(0x10, "response_too_large", Observe, "3"),
        op!(0x11, "segmentation_not_possible", Observe, "3"),
        op!(0x12, "segmentation_error", Observe, "3"),
        op!(0x20, "identify", Observe, "4.1"),
        op!(0x21, "terminate", Observe, "4.7"),
        op!(0x22, "disconnect", Observe, "4.8"),
        op!(0x24, "deregister", Admin, "4.11"),
        op!(0x25, "resolve", Observe, "4.12"),
        op!(0x26, "trace", Observe, "4.13"),
        op!(0x27, "register", Admin, "4.10"),
        op!(0x30, "read_table", Read, "4.2").args(TABLES),
        op!(0x31, "read_table_by_index", Read, "4.2").args(TABLES),
        op!(0x32, "read_table_by_index_2", Read, "4.2").args(TABLES),
        op!(0x33, "read_table_by_index_3", Read, "4.2").args(TABLES),
        op!(0x34, "read_table_by_index_4", Read, "4.2").args(TABLES),
        op!(0x35, "read_table_by_index_5", Read, "4.2").args(TABLES),
        op!(0x36, "read_table_by_index_6", Read, "4.2").args(TABLES),
        op!(0x37, "read_table_by_index_7", Read, "4.2").args(TABLES),
        op!(0x38, "read_table_by_index_8", Read, "4.2").args(TABLES),
        op!(0x39, "read_table_by_index_9", Read, "4.2").args(TABLES),
        op!(0x3e, "read_default_table", Read, "4.2"),
        op!(0x3f, "read_table_by_offset", Read, "4.2").args(TABLES),
        write(0x40, "write_table"),
        start(0x40),
        write(0x41, "write_table_by_index"),
        start(0x41),
        write(0x42, "write_table_by_index_2"),
        start(0x42),
        write(0x43, "write_table_by_index_3"),
        start(0x43),
        write(0x44, "write_table_by_index_4"),
        start(0x44),
        write(0x45, "write_table_by_index_5"),
        start(0x45),
        write(0x46, "write_table_by_index_6"),
        start(0x46),
        write(0x47, "write_table_by_index_7"),
        start(0x47),
        write(0x48, "write_table_by_index_8"),
        start(0x48),
        write(0x49, "write_table_by_index_9"),
        start(0x49),
        write(0x4f, "write_table_by_offset"),
        start(0x4f),
        op!(0x50, "logon", Observe, "4.4").args(LOGON),
        op!(0x51, "security", Observe, "4.5"),
        op!(0x52, "logoff", Observe, "4.6"),
        op!(0x70, "wait", Observe, "4.9").args(WAIT),
        op!(CIPHERED, "enciphered_message", Observe, "4"),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_in_order() {
        assert!(SPEC.operations.is_sorted_by_key(|op| (op.code, op.sub)));
        assert_eq!(SPEC.operation(0x40, Some(7)).unwrap().name, "initiate_procedure");
        assert_eq!(SPEC.operation(0x40, Some(3)).unwrap().name, "write_table");
    }
}
