//! What CC-Link IE is.

use core::net::Ipv4Addr;
use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
    Target,
};

/// Selector under which SLMP finds frames that travel as acyclic data. The tag is 0.
pub const SLMP: u32 = 1;

/// Command of SLMP for all cyclic data of the basic network.
pub(super) const CYCLIC: u16 = 0x0e70;

pub(super) const RWW: &Area = &Area::shown(1, "rww", show_words);
pub(super) const RY: &Area = &Area::shown(2, "ry", show_bits);
pub(super) const RWR: &Area = &Area::shown(3, "rwr", show_words);
pub(super) const RX: &Area = &Area::shown(4, "rx", show_bits);
pub(super) const MEMORY: &Area = &Area::shown(5, "memory", show_memory);
pub(super) const ERROR: &Area = &Area::shown(6, "error", show_error);

/// The target's extra number is the address of the slave.
fn slave(t: &Target<'_>) -> Ipv4Addr {
    Ipv4Addr::from(t.extra)
}

fn show_words(t: &Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    let name = if t.area.id == RWW.id { "RWw" } else { "RWr" };
    write!(out, "{}.{name}[{}..{}]", slave(t), t.index, t.index.saturating_add(last(t)))
}

fn show_bits(t: &Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    let name = if t.area.id == RY.id { "RY" } else { "RX" };
    write!(out, "{}.{name}[{}..{}]", slave(t), t.index, t.index.saturating_add(last(t)))
}

fn last(t: &Target<'_>) -> u64 {
    u64::from(t.count.saturating_sub(1))
}

/// The extra number is the lower half of the station's address.
fn show_memory(t: &Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    write!(out, "station[{}.{}].memory[0x{:x}]", t.extra >> 8, t.extra & 0xff, t.index)
}

fn show_error(t: &Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    write!(out, "{}.error", slave(t))
}

const FIELD: &str = "IEC 61158-6-23:2019 §4";
const BASIC: &str = "CLPA BAP-C2010ENG-001";
const TSN: &str = "CLPA BAP-C2011ENG-001";

pub(super) const TSN_VENDOR: &AttrSpec =
    &AttrSpec::new(Attribute::Vendor, "CC-Link IE TSN vendor code, number", 35, TSN);
pub(super) const TSN_MODEL: &AttrSpec =
    &AttrSpec::new(Attribute::Model, "CC-Link IE TSN vendor and model code", 40, TSN);
pub(super) const TSN_TYPE: &AttrSpec =
    &AttrSpec::new(Attribute::Description, "CC-Link IE TSN device type", 50, TSN);
pub(super) const TSN_ROLE: &AttrSpec =
    &AttrSpec::new(Attribute::Role, "CC-Link IE TSN device type", 70, TSN);
pub(super) const BASIC_VENDOR: &AttrSpec =
    &AttrSpec::new(Attribute::Vendor, "CC-Link IE Field Basic vendor code, number", 35, BASIC);
pub(super) const BASIC_MODEL: &AttrSpec =
    &AttrSpec::new(Attribute::Model, "CC-Link IE Field Basic vendor and model code", 40, BASIC);
pub(super) const BASIC_VERSION: &AttrSpec =
    &AttrSpec::new(Attribute::Hardware, "CC-Link IE Field Basic device version", 50, BASIC);
pub(super) const BASIC_ROLE: &AttrSpec =
    &AttrSpec::new(Attribute::Role, "CC-Link IE Field Basic station", 65, BASIC);

pub(super) const SHORT: &FaultSpec = &FaultSpec::new("too_short", FIELD);
pub(super) const UNKNOWN_TYPE: &FaultSpec = &FaultSpec::new("unknown_frame_type", FIELD);
pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", "CLPA BAP-C2010ENG-001");
pub(super) const BAD_BLOCK: &FaultSpec =
    &FaultSpec::new("malformed_block", "CLPA BAP-C2011ENG-001");

const NODE: &[Arg] = &[Arg::hex("node"), Arg::hex("protocol")];
const TEST: &[Arg] = &[Arg::hex("node"), Arg::hex("protocol"), Arg::dec("port")];
const DETECT: &[Arg] = &[Arg::dec("version"), Arg::hex("protocol"), Arg::dec("hops")];
const DETECTED: &[Arg] = &[
    Arg::dec("version"),
    Arg::hex("station_type"),
    Arg::hex("device_type"),
    Arg::hex("device_version"),
];
const DATA: &[Arg] = &[Arg::hex("station")];
const CYCLE: &[Arg] = &[Arg::hex("station"), Arg::dec("cycle"), Arg::dec("blocks")];
const STATIONS: &[Arg] =
    &[Arg::dec("sequence"), Arg::dec("group"), Arg::dec("stations"), Arg::hex("running")];

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(49),
    key: "cclink-ie",
    name: "CC-Link IE",
    standard: "IEC 61158-6-23:2019 (Control, Field); CLPA BAP-C2010 (Field Basic), BAP-C2011 (TSN)",
    industrial: true,
    carrier: false,
    depth: 2,
    bindings: &[Binding::EtherType(0x890f), Binding::Udp(61_450)],
    operations: OPERATIONS,
    attributes: &[
        TSN_VENDOR,
        TSN_MODEL,
        TSN_TYPE,
        TSN_ROLE,
        BASIC_VENDOR,
        BASIC_MODEL,
        BASIC_VERSION,
        BASIC_ROLE,
    ],
    faults: &[SHORT, UNKNOWN_TYPE, BAD_LENGTH, BAD_BLOCK],
    areas: &[RWW, RY, RWR, RX, MEMORY, ERROR],
    // CLPA BAP-C2010ENG-001.
    statuses: &[
        StatusSpec::new(0xcfe0, "duplicate_master"),
        StatusSpec::new(0xcfe1, "invalid_number_of_occupied_stations"),
        StatusSpec::new(0xcff0, "slave_error"),
        StatusSpec::new(0xcfff, "disconnect_requested"),
    ],
    pdu_bytes_max: 6_000,
    open_max: 0,
};

/// The code is the type of frame; over UDP the command.
#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Observe, Read, Write};
    &[
        OpSpec::new(0x00, "connect", Observe, FIELD).args(NODE),
        OpSpec::new(0x01, "connect_answer", Observe, FIELD).args(NODE),
        OpSpec::new(0x02, "scan", Observe, FIELD).args(NODE),
        OpSpec::new(0x03, "collect", Observe, FIELD).args(NODE),
        OpSpec::new(0x04, "select", Observe, FIELD).args(NODE),
        OpSpec::new(0x05, "launch", Observe, FIELD).args(NODE),
        OpSpec::new(0x06, "token", Observe, FIELD).args(NODE),
        OpSpec::new(0x10, "persuasion", Observe, FIELD).args(NODE),
        OpSpec::new(0x11, "test_data", Observe, FIELD).args(TEST),
        OpSpec::new(0x12, "test_data_answer", Observe, FIELD).args(TEST),
        OpSpec::new(0x13, "setup", Observe, FIELD).args(NODE),
        OpSpec::new(0x14, "setup_answer", Observe, FIELD).args(NODE),
        OpSpec::new(0x15, "field_token", Observe, FIELD).args(NODE),
        OpSpec::new(0x1c, "timer", Observe, FIELD).args(NODE),
        OpSpec::new(0x20, "my_status", Observe, FIELD).args(NODE),
        OpSpec::new(0x22, "transient_1", Observe, FIELD).args(NODE),
        OpSpec::new(0x23, "transient_answer", Observe, FIELD).args(NODE),
        OpSpec::new(0x24, "dummy", Observe, FIELD).args(NODE),
        OpSpec::new(0x25, "transient_2", Observe, FIELD).args(NODE),
        OpSpec::new(0x26, "ip_transient", Observe, FIELD).args(NODE),
        OpSpec::new(0x28, "parameter_check", Observe, FIELD).args(NODE),
        OpSpec::new(0x29, "parameter", Admin, FIELD).args(NODE),
        OpSpec::new(0x2f, "node_to_node_test", Observe, FIELD).args(NODE),
        OpSpec::new(0x40, "measure", Observe, FIELD).args(NODE),
        OpSpec::new(0x41, "measure_answer", Observe, FIELD).args(NODE),
        OpSpec::new(0x42, "offset", Observe, FIELD).args(NODE),
        OpSpec::new(0x43, "update", Observe, FIELD).args(NODE),
        OpSpec::new(0x80, "cyclic_data_w", Read, FIELD).args(NODE),
        OpSpec::new(0x81, "cyclic_data_b", Read, FIELD).args(NODE),
        OpSpec::new(0x82, "cyclic_data_rww", Write, FIELD).args(NODE),
        OpSpec::new(0x83, "cyclic_data_ry", Write, FIELD).args(NODE),
        OpSpec::new(0x84, "cyclic_data_rwr", Read, FIELD).args(NODE),
        OpSpec::new(0x85, "cyclic_data_rx", Read, FIELD).args(NODE),
        OpSpec::new(0x8c, "cyclic_data_out_1", Write, FIELD).args(NODE),
        OpSpec::new(0x8d, "cyclic_data_out_2", Write, FIELD).args(NODE),
        OpSpec::new(0x8e, "cyclic_data_in_1", Read, FIELD).args(NODE),
        OpSpec::new(0x8f, "cyclic_data_in_2", Read, FIELD).args(NODE),
        OpSpec::new(0xc0, "priority", Observe, TSN),
        OpSpec::new(0xc1, "detection", Observe, TSN).args(DETECT),
        OpSpec::new(0xc2, "detection_answer", Observe, TSN).args(DETECTED),
        OpSpec::new(0xc3, "acyclic_data", Observe, TSN).args(DATA),
        OpSpec::new(0xc4, "cyclic_master", Write, TSN).args(CYCLE),
        OpSpec::new(0xc5, "cyclic_slave", Read, TSN).args(CYCLE),
        OpSpec::new(0x0e70, "cyclic_data", Write, BASIC).args(STATIONS),
    ]
};
