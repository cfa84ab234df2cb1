//! What BSAP is.

use core::fmt;
use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, Target,
};

/// Codes of application functions: this plus the destination function.
pub(super) const APPLICATION: u32 = 0x100;
/// Codes of link functions: this plus the function.
pub(super) const LINK: u32 = 0x200;
/// Codes of packets without messages: this plus the packet's function.
pub(super) const PACKET: u32 = 0x300;
/// Codes of the flow computer's functions: this plus the extension function.
pub(super) const EXTENSION: u32 = 0x1_0000;

/// Remote database access.
pub(super) const RDB: u8 = 0xa0;
/// Remote database access of the GFC 3308 flow computer.
pub(super) const RDB_EXTENSION: u8 = 0xa1;

pub(super) const SIGNAL: &Area = &Area::shown(1, "signal", show_signal);

/// The signal's name, or its address in the master signal directory.
fn show_signal(target: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    match core::str::from_utf8(target.name) {
        Ok("") | Err(_) => write!(out, "{}[0x{:04x}]", target.area.key, target.index),
        Ok(name) => write!(out, "{} {name}", target.area.key),
    }
}

/// How many signals, with which security level.
const SIGNALS: &[Arg] = &[Arg::dec("count"), Arg::dec("security")];

pub(super) const ADDRESS: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "node address", 90, "BSAP D4052, message header");

pub(super) const NO_START: &FaultSpec =
    &FaultSpec::new("bytes_outside_frames", "BSAP D4052, data link layer");
pub(super) const NO_END: &FaultSpec =
    &FaultSpec::new("frame_without_end", "BSAP D4052, data link layer");
pub(super) const BAD_CRC: &FaultSpec = &FaultSpec::new("bad_crc", "BSAP D4052, data link layer");
pub(super) const BAD_LENGTH: &FaultSpec =
    &FaultSpec::new("bad_length", "BSAP over IP, packet structure");
pub(super) const SHORT: &FaultSpec =
    &FaultSpec::new("message_too_short", "BSAP D4052, message header");
pub(super) const UNKNOWN_FUNCTION: &FaultSpec =
    &FaultSpec::new("unknown_function", "BSAP D4052, remote database access");
pub(super) const BODY_CUT: &FaultSpec =
    &FaultSpec::new("signal_beyond_message", "BSAP D4052, remote database access");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(41),
    key: "bsap",
    name: "BSAP",
    standard: "Bristol Standard Asynchronous Protocol, D4052",
    industrial: true,
    carrier: false,
    depth: 2,
    bindings: &[Binding::Udp(1_234), Binding::Udp(1_235), Binding::AnyUdp, Binding::AnyTcp],
    operations: OPERATIONS,
    attributes: &[ADDRESS],
    faults: &[NO_START, NO_END, BAD_CRC, BAD_LENGTH, SHORT, UNKNOWN_FUNCTION, BODY_CUT],
    areas: &[SIGNAL],
    statuses: &[],
    pdu_bytes_max: 4_096,
    open_max: 64,
};

const R: &str = "BSAP D4052, remote database access";
const A: &str = "BSAP D4052, application function codes";
const L: &str = "BSAP D4052, protocol function codes";
const X: &str = "BSAP D4052, remote database extensions";

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Program, Read, Write};
    &[
        OpSpec::new(0x00, "read_signal_by_address", Read, R).args(SIGNALS),
        OpSpec::new(0x02, "read_logical_by_address", Read, R).args(SIGNALS),
        OpSpec::new(0x04, "read_signal_by_name", Read, R).args(SIGNALS),
        OpSpec::new(0x06, "read_logical_by_name", Read, R).args(SIGNALS),
        OpSpec::new(0x0c, "read_signal_by_list_start", Read, R),
        OpSpec::new(0x0d, "read_signal_by_list_continue", Read, R),
        OpSpec::new(0x0e, "read_logical_by_list_start", Read, R),
        OpSpec::new(0x0f, "read_logical_by_list_continue", Read, R),
        OpSpec::new(0x80, "write_signal_by_address", Write, R).args(SIGNALS),
        OpSpec::new(0x84, "write_signal_by_name", Write, R).args(SIGNALS),
        OpSpec::new(0x8c, "write_signal_by_list_start", Write, R),
        OpSpec::new(0x8d, "write_signal_by_list_continue", Write, R),
        OpSpec::new(APPLICATION | 0x03, "engineer_interface", Observe, A),
        OpSpec::new(APPLICATION | 0x40, "engineer_interface_rtu", Program, A),
        OpSpec::new(APPLICATION | 0x48, "diagnostics", Observe, A),
        OpSpec::new(APPLICATION | 0x50, "transmitter_request", Write, A),
        OpSpec::new(APPLICATION | 0x51, "transmitter_response", Read, A),
        OpSpec::new(APPLICATION | 0x60, "custom_communications", Write, A),
        OpSpec::new(APPLICATION | 0x68, "flash_download", Program, A),
        OpSpec::new(APPLICATION | 0x6a, "flash_configuration", Admin, A),
        OpSpec::new(APPLICATION | 0x70, "command_request", Admin, A),
        OpSpec::new(APPLICATION | 0x71, "command_response", Observe, A),
        OpSpec::new(APPLICATION | 0x78, "download_request", Program, A),
        OpSpec::new(APPLICATION | 0x88, "time_and_node_table", Admin, A),
        OpSpec::new(APPLICATION | 0x89, "request_time_and_node_table", Observe, A),
        OpSpec::new(APPLICATION | 0xa0, "remote_database_access", Read, A),
        OpSpec::new(APPLICATION | 0xa1, "remote_database_extension", Read, A),
        OpSpec::new(APPLICATION | 0xa2, "report_by_exception", Read, A),
        OpSpec::new(APPLICATION | 0xa3, "report_by_exception_manager", Admin, A),
        OpSpec::new(APPLICATION | 0xa8, "acknowledge_alarm", Admin, A),
        OpSpec::new(APPLICATION | 0xa9, "initialise_alarms", Admin, A),
        OpSpec::new(APPLICATION | 0xaa, "report_alarm", Read, A),
        OpSpec::new(APPLICATION | 0xb0, "peer_to_peer_master", Write, A),
        OpSpec::new(APPLICATION | 0xb1, "peer_to_peer_slave", Write, A),
        OpSpec::new(APPLICATION | 0xbf, "tunnel_request", Admin, A),
        OpSpec::new(APPLICATION | 0xc0, "ip_processing", Admin, A),
        OpSpec::new(LINK | 0x81, "dial_up_acknowledge", Observe, L),
        OpSpec::new(LINK | 0x83, "message_discarded", Observe, L),
        OpSpec::new(LINK | 0x85, "poll", Observe, L),
        OpSpec::new(LINK | 0x86, "down_acknowledge", Observe, L),
        OpSpec::new(LINK | 0x87, "acknowledge_no_data", Observe, L),
        OpSpec::new(LINK | 0x8a, "up_acknowledge_with_poll", Observe, L),
        OpSpec::new(LINK | 0x8b, "up_acknowledge", Observe, L),
        OpSpec::new(LINK | 0x95, "no_buffer", Observe, L),
        OpSpec::new(PACKET, "acknowledge_packet", Observe, "BSAP over IP, packet functions"),
        OpSpec::new(EXTENSION | 0x0101, "reset_system", Control, X),
        OpSpec::new(EXTENSION | 0x0102, "reset_diagnostics", Admin, X),
        OpSpec::new(EXTENSION | 0x0201, "read_date_and_time", Observe, X),
        OpSpec::new(EXTENSION | 0x0202, "read_date", Observe, X),
        OpSpec::new(EXTENSION | 0x0203, "read_time", Observe, X),
        OpSpec::new(EXTENSION | 0x0281, "write_date_and_time", Admin, X),
        OpSpec::new(EXTENSION | 0x0400, "change_local_address", Admin, X),
    ]
};
