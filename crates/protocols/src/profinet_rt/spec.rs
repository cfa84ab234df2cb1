//! What cyclic data and alarms are.

use super::alarm;
use vocab::{Access, Area, Arg, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec};

pub(super) const PLACE: &Area = &Area::shown(1, "slot", alarm::show);

pub(super) const SHORT: &FaultSpec = &FaultSpec::new("too_short", "IEC 61158-6-10:2019 §4.7");
pub(super) const BAD_ALARM: &FaultSpec =
    &FaultSpec::new("malformed_alarm", "IEC 61158-6-10:2019 §4.8");

const DATA: &[Arg] = &[
    Arg::hex("frame_id"),
    Arg::dec("cycle_counter"),
    Arg::hex("data_status"),
    Arg::hex("transfer_status"),
];
const ALARM: &[Arg] = &[
    Arg::hex("alarm_type"),
    Arg::dec("sequence"),
    Arg::hex("module_ident"),
    Arg::hex("submodule_ident"),
];
const LINK: &[Arg] =
    &[Arg::hex("destination"), Arg::hex("source"), Arg::hex("sent"), Arg::hex("acknowledged")];

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(14),
    key: "profinet-rt",
    name: "PROFINET real-time data and alarms",
    standard: "IEC 61158-6-10:2019, clauses 4.7 and 4.8",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Inside(ProtoId(12), crate::profinet::REAL_TIME)],
    operations: OPERATIONS,
    attributes: &[],
    faults: &[SHORT, BAD_ALARM],
    areas: &[PLACE],
    statuses: STATUSES,
    pdu_bytes_max: 1_500,
    open_max: 0,
};

/// Cyclic data by the first frame identifier of its range; alarms by theirs, the subcode is the
/// type of PDU.
#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Control, Observe, Read, Write};
    const RANGE: &str = "IEC 61158-6-10:2019 §4.2";
    const NOTE: &str = "IEC 61158-6-10:2019 §4.8";
    &[
        OpSpec::new(0x0100, "rt_class_3_data", Write, RANGE).args(DATA),
        OpSpec::new(0x1000, "rt_class_stream_data", Write, RANGE).args(DATA),
        OpSpec::new(0x8000, "rt_class_1_data", Write, RANGE).args(DATA),
        OpSpec::new(0xc000, "rt_class_udp_data", Write, RANGE).args(DATA),
        OpSpec::new(0xfc01, "alarm_high", Read, NOTE).args(ALARM),
        OpSpec::new(0xfc01, "alarm_high_data", Read, NOTE).sub(1).args(ALARM),
        OpSpec::new(0xfc01, "alarm_high_refused", Observe, NOTE).sub(2).args(LINK),
        OpSpec::new(0xfc01, "alarm_high_received", Observe, NOTE).sub(3).args(LINK),
        OpSpec::new(0xfc01, "abort", Control, NOTE).sub(4).args(LINK),
        OpSpec::new(0xfe01, "alarm_low", Read, NOTE).args(ALARM),
        OpSpec::new(0xfe01, "alarm_low_data", Read, NOTE).sub(1).args(ALARM),
        OpSpec::new(0xfe01, "alarm_low_refused", Observe, NOTE).sub(2).args(LINK),
        OpSpec::new(0xfe01, "alarm_low_received", Observe, NOTE).sub(3).args(LINK),
        OpSpec::new(0xfe01, "abort", Control, NOTE).sub(4).args(LINK),
        OpSpec::new(0xfe02, "remote_service", Control, RANGE).args(LINK),
    ]
};

/// PNIOStatus of an abort: error code 0xcf, decode 0x81, code 1 0xfd, then the reason.
/// IEC 61158-6-10:2019 §5.2.6.4.3.
const STATUSES: &[StatusSpec] = &[
    StatusSpec::new(0xcf81_fd01, "sequence_numbers_out_of_step"),
    StatusSpec::new(0xcf81_fd02, "instance_closed"),
    StatusSpec::new(0xcf81_fd03, "out_of_memory"),
    StatusSpec::new(0xcf81_fd04, "provider_or_consumer_not_added"),
    StatusSpec::new(0xcf81_fd05, "consumer_watchdog_expired"),
    StatusSpec::new(0xcf81_fd06, "initiator_timeout"),
    StatusSpec::new(0xcf81_fd07, "alarm_not_opened"),
    StatusSpec::new(0xcf81_fd08, "alarm_not_sent"),
    StatusSpec::new(0xcf81_fd09, "alarm_acknowledgement_not_sent"),
    StatusSpec::new(0xcf81_fd0a, "alarm_data_too_long"),
    StatusSpec::new(0xcf81_fd0b, "alarm_error_indication"),
    StatusSpec::new(0xcf81_fd0c, "rpc_call_failed"),
    StatusSpec::new(0xcf81_fd0d, "abort_requested"),
    StatusSpec::new(0xcf81_fd0e, "rerun_aborts_existing"),
    StatusSpec::new(0xcf81_fd0f, "release_received"),
    StatusSpec::new(0xcf81_fd10, "device_deactivated"),
    StatusSpec::new(0xcf81_fd11, "relationship_removed"),
    StatusSpec::new(0xcf81_fd12, "protocol_violation"),
    StatusSpec::new(0xcf81_fd13, "name_resolution_error"),
    StatusSpec::new(0xcf81_fd14, "rpc_bind_error"),
    StatusSpec::new(0xcf81_fd15, "rpc_connect_error"),
    StatusSpec::new(0xcf81_fd16, "rpc_read_error"),
    StatusSpec::new(0xcf81_fd17, "rpc_write_error"),
    StatusSpec::new(0xcf81_fd18, "rpc_control_error"),
    StatusSpec::new(0xcf81_fd19, "pull_or_plug_forbidden_now"),
    StatusSpec::new(0xcf81_fd1a, "application_removed"),
    StatusSpec::new(0xcf81_fd1b, "link_down"),
    StatusSpec::new(0xcf81_fd1c, "multicast_address_not_registered"),
    StatusSpec::new(0xcf81_fd1d, "not_synchronised"),
    StatusSpec::new(0xcf81_fd1e, "wrong_topology"),
    StatusSpec::new(0xcf81_fd1f, "station_name_changed"),
    StatusSpec::new(0xcf81_fd20, "reset_to_factory_settings"),
];
