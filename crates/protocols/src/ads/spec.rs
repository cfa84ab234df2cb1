//! What ADS is.

use super::groups;
use core::fmt;
use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
    Target, Technique,
};

/// Codes of services of the UDP port: this plus the service.
pub(super) const UDP: u32 = 0x100;

const READ: &[Arg] = &[Arg::hex("index_group"), Arg::hex("index_offset"), Arg::dec("length")];
const READ_WRITE: &[Arg] = &[
    Arg::hex("index_group"),
    Arg::hex("index_offset"),
    Arg::dec("read_length"),
    Arg::dec("write_length"),
];
const NOTIFY: &[Arg] = &[
    Arg::hex("index_group"),
    Arg::hex("index_offset"),
    Arg::dec("length"),
    Arg::dec("transmission_mode"),
];
const STATE: &[Arg] = &[Arg::dec("ads_state"), Arg::dec("device_state")];
const HANDLE: &[Arg] = &[Arg::hex("handle")];
const SAMPLES: &[Arg] = &[Arg::dec("stamps")];

/// Process image and other data by index group and offset.
pub(super) const PLACE: &Area = &Area::shown(1, "place", show_place);
/// A symbol by name.
pub(super) const SYMBOL: &Area = &Area::named(2, "symbol");
/// A symbol by the handle that was given out for its name.
pub(super) const SYMBOL_HANDLE: &Area = &Area::shown(3, "symbol_handle", show_handle);
/// A file or folder by path.
pub(super) const FILE: &Area = &Area::named(4, "file");
/// A registry key or value by path.
pub(super) const REGISTRY: &Area = &Area::named(5, "registry");
/// What a notification was asked for, by its handle.
pub(super) const NOTIFICATION: &Area = &Area::shown(6, "notification", show_handle);
/// A route that is added, by name.
pub(super) const ROUTE: &Area = &Area::named(7, "route");

/// Groups of PLC memory the way an IEC 61131 programmer writes them.
fn show_place(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    if let Some((area, bits)) = groups::memory(t.extra) {
        return if bits {
            write!(out, "%{area}X{}.{}", t.index >> 3, t.index & 7)
        } else {
            write!(out, "%{area}B{}:{}", t.index, t.count)
        };
    }
    write!(out, "0x{:x}:0x{:x}", t.extra, t.index)
}

fn show_handle(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "{}[0x{:x}]", t.area.key, t.index)
}

pub(super) const SOFTWARE: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "device name", 85, "ADS Read Device Info");
pub(super) const VERSION: &AttrSpec =
    &AttrSpec::new(Attribute::Firmware, "device version", 75, "ADS Read Device Info");
pub(super) const NET_ID: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "AMS NetId", 90, "ADS AMS header");
pub(super) const NAME: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "computer name", 95, "ADS UDP server info, tag 5");
pub(super) const TWINCAT: &AttrSpec =
    &AttrSpec::new(Attribute::Firmware, "TwinCAT version", 92, "ADS UDP server info, tag 3");
pub(super) const SYSTEM: &AttrSpec =
    &AttrSpec::new(Attribute::Os, "operating system", 95, "ADS UDP server info, tag 4");
pub(super) const PRODUCT: &AttrSpec =
    &AttrSpec::new(Attribute::Product, "TargetType", 95, "ADS target description");
pub(super) const MODEL: &AttrSpec =
    &AttrSpec::new(Attribute::Model, "Hardware Model", 90, "ADS target description");
pub(super) const SERIAL: &AttrSpec =
    &AttrSpec::new(Attribute::Serial, "Hardware SerialNo", 95, "ADS target description");
pub(super) const HARDWARE: &AttrSpec =
    &AttrSpec::new(Attribute::Hardware, "Hardware CPUVersion", 85, "ADS target description");
pub(super) const USER: &AttrSpec =
    &AttrSpec::new(Attribute::User, "route user name", 90, "ADS UDP add route, tag 13");
pub(super) const VENDOR: &AttrSpec =
    &AttrSpec::new(Attribute::Vendor, "target description", 85, "ADS target description");

pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", "ADS AMS/TCP header");
pub(super) const BAD_COMMAND: &FaultSpec = &FaultSpec::new("unknown_command", "ADS AMS header");
pub(super) const BAD_DATA: &FaultSpec = &FaultSpec::new("malformed_data", "ADS commands");
pub(super) const BAD_TAG: &FaultSpec = &FaultSpec::new("tag_beyond_message", "ADS UDP services");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(26),
    key: "ads",
    name: "Beckhoff ADS/AMS",
    standard: "Beckhoff Information System, TwinCAT ADS/AMS specification",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[
        Binding::Tcp(48_898),
        Binding::Udp(48_899),
        Binding::Udp(48_898),
        Binding::AnyTcp,
        Binding::AnyUdp,
    ],
    operations: OPERATIONS,
    attributes: &[
        SOFTWARE, VERSION, NET_ID, NAME, TWINCAT, SYSTEM, PRODUCT, MODEL, SERIAL, HARDWARE, USER,
        VENDOR,
    ],
    faults: &[BAD_LENGTH, BAD_COMMAND, BAD_DATA, BAD_TAG],
    areas: &[PLACE, SYMBOL, SYMBOL_HANDLE, FILE, REGISTRY, NOTIFICATION, ROUTE],
    statuses: STATUSES,
    pdu_bytes_max: 16_384,
    open_max: 64,
};

const C: &str = "ADS commands";
const S: &str = "ADS reserved index groups";
const W: &str = "ADS Write Control, ADS states";
const V: &str = "ADS system service, index groups";
const D: &str = "ADS UDP services";

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Program, Read, Write};
    &[
        OpSpec::new(1, "read_device_info", Observe, C),
        OpSpec::new(2, "read", Read, C).args(READ),
        OpSpec::new(2, "read_from_file_handle", Program, V).sub(122).args(READ),
        OpSpec::new(2, "read_time", Observe, V).sub(400).args(READ),
        OpSpec::new(2, "read_target_description", Observe, V).sub(700).args(READ),
        OpSpec::new(2, "read_network_adapters", Observe, V).sub(701).args(READ),
        OpSpec::new(2, "read_host_name", Observe, V).sub(702).args(READ),
        OpSpec::new(2, "enumerate_routes", Observe, V).sub(803).args(READ),
        OpSpec::new(2, "upload_symbols", Observe, S).sub(0xf00b).args(READ),
        OpSpec::new(2, "upload_symbol_info", Observe, S).sub(0xf00f).args(READ),
        OpSpec::new(3, "write", Write, C).args(READ),
        OpSpec::new(3, "close_file", Program, V).sub(121).args(READ),
        OpSpec::new(3, "write_registry", Admin, V).sub(200).args(READ),
        OpSpec::new(3, "set_time", Admin, V).sub(400).args(READ),
        OpSpec::new(3, "start_process", Program, V).sub(500).args(READ),
        OpSpec::new(3, "change_net_id", Admin, V).sub(600).args(READ),
        OpSpec::new(3, "add_route", Admin, V).sub(801).args(READ),
        OpSpec::new(3, "delete_route", Admin, V).sub(802).args(READ),
        OpSpec::new(3, "release_handle", Observe, S).sub(0xf006).args(READ),
        OpSpec::new(4, "read_state", Observe, C),
        OpSpec::new(5, "write_control", Control, C)
            .args(STATE)
            .technique(Technique::CHANGE_OPERATING_MODE),
        control(2, "reset"),
        control(3, "initialise"),
        control(4, "start"),
        control(5, "run"),
        control(6, "stop"),
        OpSpec::new(5, "save_configuration", Admin, W).sub(7).args(STATE),
        OpSpec::new(5, "load_configuration", Admin, W).sub(8).args(STATE),
        control(12, "shut_down"),
        control(13, "suspend"),
        control(14, "resume"),
        control(15, "configuration_mode"),
        control(16, "restart_in_configuration_mode"),
        OpSpec::new(6, "add_notification", Read, C).args(NOTIFY),
        OpSpec::new(7, "delete_notification", Observe, C).args(HANDLE),
        OpSpec::new(8, "notification", Read, C).args(SAMPLES),
        OpSpec::new(9, "read_write", Write, C).args(READ_WRITE),
        OpSpec::new(9, "open_file", Program, V).sub(120).args(READ_WRITE),
        OpSpec::new(9, "close_file", Program, V).sub(121).args(READ_WRITE),
        OpSpec::new(9, "read_file", Program, V).sub(122).args(READ_WRITE),
        OpSpec::new(9, "write_file", Program, V).sub(123).args(READ_WRITE),
        OpSpec::new(9, "seek_file", Program, V).sub(124).args(READ_WRITE),
        OpSpec::new(9, "delete_file", Program, V).sub(131).args(READ_WRITE),
        OpSpec::new(9, "rename_file", Program, V).sub(132).args(READ_WRITE),
        OpSpec::new(9, "find_file", Program, V).sub(133).args(READ_WRITE),
        OpSpec::new(9, "make_directory", Program, V).sub(138).args(READ_WRITE),
        OpSpec::new(9, "remove_directory", Program, V).sub(139).args(READ_WRITE),
        OpSpec::new(9, "read_registry", Observe, V).sub(200).args(READ_WRITE),
        OpSpec::new(9, "start_process", Program, V).sub(500).args(READ_WRITE),
        OpSpec::new(9, "get_handle_by_name", Observe, S).sub(0xf003).args(READ_WRITE),
        OpSpec::new(9, "read_value_by_name", Read, S).sub(0xf004).args(READ_WRITE),
        OpSpec::new(9, "symbol_info_by_name", Observe, S).sub(0xf007).args(READ_WRITE),
        OpSpec::new(9, "symbol_info_by_name_extended", Observe, S).sub(0xf009).args(READ_WRITE),
        OpSpec::new(9, "sum_read", Read, S).sub(0xf080).args(READ_WRITE),
        OpSpec::new(9, "sum_write", Write, S).sub(0xf081).args(READ_WRITE),
        OpSpec::new(9, "sum_read_write", Write, S).sub(0xf082).args(READ_WRITE),
        OpSpec::new(9, "sum_read_with_lengths", Read, S).sub(0xf083).args(READ_WRITE),
        OpSpec::new(9, "sum_read_extended", Read, S).sub(0xf084).args(READ_WRITE),
        OpSpec::new(9, "sum_add_notification", Read, S).sub(0xf085).args(READ_WRITE),
        OpSpec::new(9, "sum_delete_notification", Observe, S).sub(0xf086).args(READ_WRITE),
        OpSpec::new(UDP | 1, "server_info", Observe, D),
        OpSpec::new(UDP | 6, "add_route", Admin, D),
    ]
};

/// A state that is asked for.
const fn control(state: u16, name: &'static str) -> OpSpec {
    OpSpec::new(5, name, Access::Control, W).sub(state).args(STATE)
}

#[rustfmt::skip]
const STATUSES: &[StatusSpec] = {
    const fn s(code: u32, name: &'static str) -> StatusSpec { StatusSpec::new(code, name) }
    &[
        s(1, "internal_error"), s(4, "mailbox_full"), s(6, "target_port_not_found"),
        s(7, "target_machine_not_found"), s(8, "unknown_command"), s(0xd, "port_not_connected"),
        s(0x12, "port_disabled"), s(0x18, "wrong_ams_command"), s(0x700, "device_error"),
        s(0x701, "service_not_supported"), s(0x702, "invalid_index_group"),
        s(0x703, "invalid_index_offset"), s(0x704, "access_not_permitted"),
        s(0x705, "invalid_size"), s(0x706, "invalid_data"), s(0x707, "not_ready"), s(0x708, "busy"),
        s(0x709, "invalid_context"), s(0x70a, "out_of_memory"), s(0x70b, "invalid_parameter"),
        s(0x70c, "not_found"), s(0x70d, "syntax_error"), s(0x70e, "objects_do_not_match"),
        s(0x70f, "already_exists"), s(0x710, "symbol_not_found"),
        s(0x711, "symbol_version_invalid"), s(0x712, "invalid_state"),
        s(0x713, "transmission_mode_not_supported"), s(0x714, "notification_handle_invalid"),
        s(0x715, "client_not_registered"), s(0x716, "no_more_handles"),
        s(0x717, "notification_too_large"), s(0x718, "not_initialised"), s(0x719, "timeout"),
        s(0x71a, "no_interface"), s(0x71b, "invalid_interface"), s(0x723, "access_denied"),
        s(0x72d, "exception"), s(0x740, "client_error"), s(0x745, "client_timeout"),
    ]
};
