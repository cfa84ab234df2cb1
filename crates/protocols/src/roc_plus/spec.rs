//! What ROC Plus is.

use core::fmt;
use vocab::Access::{Admin, Observe, Program, Read, Write};
use vocab::{
    Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec, Target,
};

const OPCODES: &str = "ROC Plus Protocol Specifications Manual §2";
const FILES: &str = "ROC Plus Protocol Specifications Manual §2, opcode 203";
const FORMAT: &str = "ROC Plus Protocol Specifications Manual §1";

const SINGLE: &[Arg] =
    &[Arg::dec("point_type"), Arg::dec("logical"), Arg::dec("parameters"), Arg::dec("first")];
const TABLE: &[Arg] = &[Arg::dec("table"), Arg::dec("first"), Arg::dec("locations")];
const COUNT: &[Arg] = &[Arg::dec("parameters")];

/// Parameters by type, logical number and parameter (TLP).
pub(super) const TLP: &Area = &Area::shown(1, "tlp", show_tlp);
/// Places of a configurable opcode's table.
pub(super) const PLACE: &Area = &Area::shown(2, "opcode_table", show_place);
/// A file of the device.
pub(super) const FILE: &Area = &Area::named(3, "file");
/// Clock and account.
pub(super) const FIELD: &Area = &Area::named(4, "field");

pub(super) const PRODUCT: &AttrSpec =
    &AttrSpec::new(Attribute::Product, "opcode 6 type of ROC", 95, OPCODES);
pub(super) const ADDRESS: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "unit and group", 85, FORMAT);
pub(super) const NAME: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "station name, TLP 91.0.2", 90, OPCODES);
pub(super) const USER: &AttrSpec =
    &AttrSpec::new(Attribute::User, "opcode 17 operator id", 90, OPCODES);

pub(super) const BAD_CRC: &FaultSpec = &FaultSpec::new("bad_crc", FORMAT);
pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", FORMAT);
pub(super) const UNKNOWN: &FaultSpec = &FaultSpec::new("unknown_opcode", OPCODES);

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(37),
    key: "roc-plus",
    name: "ROC Plus",
    standard: "Emerson ROC Plus Protocol Specifications Manual, October 2022",
    industrial: true,
    carrier: false,
    depth: 2,
    bindings: &[Binding::Tcp(4_000), Binding::Udp(4_000), Binding::AnyUdp],
    operations: OPERATIONS,
    attributes: &[PRODUCT, ADDRESS, NAME, USER],
    faults: &[BAD_CRC, BAD_LENGTH, UNKNOWN],
    areas: &[TLP, PLACE, FILE, FIELD],
    statuses: STATUSES,
    pdu_bytes_max: 263,
    open_max: 32,
};

/// `tlp 91.0.2`; `tlp 91.0.2..5` where several parameters follow each other.
fn show_tlp(target: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    let [_, _, _, _, _, kind, logical, first] = target.index.to_be_bytes();
    write!(out, "tlp {kind}.{logical}.{first}")?;
    match target.count {
        0 | 1 => Ok(()),
        n => write!(out, "..{}", u32::from(first).saturating_add(n.saturating_sub(1))),
    }
}

/// `opcode_table 1[0..43]`.
fn show_place(target: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "opcode_table {}[{}]", target.extra, target.positions())
}

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = &[
    OpSpec::new(6, "system_configuration", Observe, OPCODES),
    OpSpec::new(7, "read_clock", Observe, OPCODES),
    OpSpec::new(8, "set_clock", Admin, OPCODES),
    OpSpec::new(10, "read_configurable_opcode", Read, OPCODES).args(TABLE),
    OpSpec::new(11, "write_configurable_opcode", Write, OPCODES).args(TABLE),
    OpSpec::new(17, "login", Admin, OPCODES),
    OpSpec::new(24, "store_and_forward", Write, OPCODES),
    OpSpec::new(50, "request_io_positions", Observe, OPCODES),
    OpSpec::new(100, "user_defined_information", Observe, OPCODES),
    OpSpec::new(103, "system_information", Observe, OPCODES),
    OpSpec::new(105, "request_min_max", Read, OPCODES),
    OpSpec::new(107, "request_history_tag", Read, OPCODES),
    OpSpec::new(108, "request_history_tag_and_index", Read, OPCODES),
    OpSpec::new(118, "request_alarms", Read, OPCODES),
    OpSpec::new(119, "request_events", Read, OPCODES),
    OpSpec::new(120, "request_history_pointers", Observe, OPCODES),
    OpSpec::new(121, "request_alarm_log", Read, OPCODES),
    OpSpec::new(122, "request_event_log", Read, OPCODES),
    OpSpec::new(135, "request_single_history_point", Read, OPCODES),
    OpSpec::new(136, "request_multiple_history_points", Read, OPCODES),
    OpSpec::new(137, "request_history_index", Read, OPCODES),
    OpSpec::new(138, "request_daily_and_periodic_history", Read, OPCODES),
    OpSpec::new(139, "history_information", Read, OPCODES),
    OpSpec::new(165, "configure_history_point", Admin, OPCODES),
    OpSpec::new(166, "set_single_point_parameters", Write, OPCODES).args(SINGLE),
    OpSpec::new(167, "request_single_point_parameters", Read, OPCODES).args(SINGLE),
    OpSpec::new(180, "request_parameters", Read, OPCODES).args(COUNT),
    OpSpec::new(181, "write_parameters", Write, OPCODES).args(COUNT),
    OpSpec::new(203, "file_transfer", Program, FILES),
    OpSpec::new(203, "file_open", Program, FILES).sub(1),
    OpSpec::new(203, "file_read", Program, FILES).sub(2),
    OpSpec::new(203, "file_write", Program, FILES).sub(3),
    OpSpec::new(203, "file_close", Program, FILES).sub(4),
    OpSpec::new(203, "file_delete", Program, FILES).sub(5),
    OpSpec::new(203, "read_directory", Observe, FILES).sub(6),
    OpSpec::new(203, "read_directory_64", Observe, FILES).sub(64),
    OpSpec::new(205, "peer_to_peer", Write, OPCODES),
    OpSpec::new(206, "read_transaction_history", Read, OPCODES),
    OpSpec::new(224, "report_by_exception", Read, OPCODES),
    OpSpec::new(225, "acknowledge_report", Admin, OPCODES),
    OpSpec::new(255, "error", Observe, OPCODES),
];

/// Error codes of opcode 255.
#[rustfmt::skip]
const STATUSES: &[StatusSpec] = &[
    StatusSpec::new(1, "invalid_opcode"),
    StatusSpec::new(2, "invalid_parameter_number"),
    StatusSpec::new(3, "invalid_logical_number"),
    StatusSpec::new(4, "invalid_point_type"),
    StatusSpec::new(5, "too_many_data_bytes"),
    StatusSpec::new(6, "too_few_data_bytes"),
    StatusSpec::new(12, "outside_valid_address_range"),
    StatusSpec::new(13, "outside_valid_address_range"),
    StatusSpec::new(20, "security_error"),
    StatusSpec::new(25, "invalid_parameter_range"),
    StatusSpec::new(50, "general_error"),
];
