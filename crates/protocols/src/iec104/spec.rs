//! What IEC 60870-5-104 is.

use super::status;
use core::fmt;
use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, Target,
};

/// Operation code of a supervisory frame: 0x100 and the first control octet. Type identifications
/// stay below 0x100.
pub(super) const SUPERVISORY: u32 = 0x101;
/// Operation codes of unnumbered frames: 0x100 and the control octet that asks; the confirmation
/// counts under the same code.
pub(super) const START: u32 = 0x107;
/// See [`START`].
pub(super) const STOP: u32 = 0x113;
/// See [`START`].
pub(super) const TEST: u32 = 0x143;

const MONITOR: &[Arg] =
    &[Arg::dec("objects"), Arg::dec("originator"), Arg::dec("sequence"), Arg::dec("test")];
const COMMAND: &[Arg] =
    &[Arg::dec("originator"), Arg::dec("qualifier"), Arg::dec("select"), Arg::dec("test")];
const SYSTEM: &[Arg] =
    &[Arg::dec("originator"), Arg::dec("qualifier"), Arg::dec("_"), Arg::dec("test")];
const FILE: &[Arg] =
    &[Arg::dec("file"), Arg::dec("section"), Arg::hex("qualifier"), Arg::dec("length")];
const RECEIVED: &[Arg] = &[Arg::dec("received")];

/// An information object: its address within the common address. IEC 60870-5-101:2003 §7.2.5.
pub(super) const OBJECT: &Area = &Area::shown(1, "object", show_object).ranging();
/// The time tag of an object, date and time. §7.2.6.18.
pub(super) const TIME: &Area = &Area::shown(2, "time", show_time);
/// The short time tag of an object: milliseconds since the full hour. §7.2.6.19.
pub(super) const TIME_IN_HOUR: &Area = &Area::shown(3, "time_in_hour", show_in_hour);
/// How long protection took, in milliseconds. §7.2.6.20.
pub(super) const ELAPSED: &Area = &Area::shown(4, "elapsed", show_elapsed);
/// A file: object address in the low 24 bits, name of file in the next 16. §7.2.6.33.
pub(super) const FILES: &Area = &Area::shown(5, "file", show_file);

fn show_object(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "ca[{}].ioa[{}]", t.extra, t.positions())
}

fn show_time(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "ca[{}].ioa[{}].time", t.extra, t.index)
}

fn show_in_hour(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "ca[{}].ioa[{}].time_in_hour", t.extra, t.index)
}

fn show_elapsed(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "ca[{}].ioa[{}].elapsed", t.extra, t.index)
}

fn show_file(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    let (object, file) = (t.index & 0x00ff_ffff, t.index >> 24);
    write!(out, "ca[{}].ioa[{object}].file[{file}]", t.extra)
}

pub(super) const STATION: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "common address", 80, "IEC 60870-5-101:2003 §7.2.4");

pub(super) const BAD_START: &FaultSpec =
    &FaultSpec::new("bad_start_octet", "IEC 60870-5-104:2006 §5");
pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", "IEC 60870-5-104:2006 §5");
pub(super) const BAD_CONTROL: &FaultSpec =
    &FaultSpec::new("bad_control_field", "IEC 60870-5-104:2006 §5.1");
pub(super) const SHORT: &FaultSpec = &FaultSpec::new("short_asdu", "IEC 60870-5-101:2003 §7.1");
pub(super) const UNKNOWN_TYPE: &FaultSpec =
    &FaultSpec::new("undefined_type", "IEC 60870-5-101:2003 §7.2.1.1");
pub(super) const BAD_CAUSE: &FaultSpec =
    &FaultSpec::new("undefined_cause", "IEC 60870-5-101:2003 §7.2.3.1");
pub(super) const BAD_OBJECTS: &FaultSpec =
    &FaultSpec::new("objects_do_not_fit", "IEC 60870-5-101:2003 §7.2.2.1");
pub(super) const BAD_TIME: &FaultSpec =
    &FaultSpec::new("impossible_time", "IEC 60870-5-101:2003 §7.2.6.18");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(10),
    key: "iec104",
    name: "IEC 60870-5-104",
    standard: "IEC 60870-5-104:2006, IEC 60870-5-101:2003, names of IEC TS 60870-5-7:2013",
    industrial: true,
    carrier: false,
    depth: 4,
    bindings: &[Binding::Tcp(2404), Binding::AnyTcp],
    operations: OPERATIONS,
    attributes: &[STATION],
    faults: &[
        BAD_START,
        BAD_LENGTH,
        BAD_CONTROL,
        SHORT,
        UNKNOWN_TYPE,
        BAD_CAUSE,
        BAD_OBJECTS,
        BAD_TIME,
    ],
    areas: &[OBJECT, TIME, TIME_IN_HOUR, ELAPSED, FILES],
    statuses: status::STATUSES,
    pdu_bytes_max: 255,
    open_max: 32,
};

/// Process data from the station that is monitored.
const fn monitor(code: u32, name: &'static str, clause: &'static str) -> OpSpec {
    OpSpec::new(code, name, Access::Read, clause).args(MONITOR)
}

/// A command that operates a switch or a tap changer.
const fn command(code: u32, name: &'static str, clause: &'static str) -> OpSpec {
    OpSpec::new(code, name, Access::Control, clause).args(COMMAND)
}

/// A command that sets a value.
const fn set(code: u32, name: &'static str, clause: &'static str) -> OpSpec {
    OpSpec::new(code, name, Access::Write, clause).args(COMMAND)
}

/// System information and parameters.
const fn system(code: u32, name: &'static str, access: Access, clause: &'static str) -> OpSpec {
    OpSpec::new(code, name, access, clause).args(SYSTEM)
}

/// File transfer.
const fn file(code: u32, name: &'static str, clause: &'static str) -> OpSpec {
    OpSpec::new(code, name, Access::Program, clause).args(FILE)
}

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Read};
    &[
        monitor(1, "single_point", "IEC 60870-5-101:2003 §7.3.1.1 M_SP_NA_1"),
        monitor(2, "single_point_cp24", "IEC 60870-5-101:2003 §7.3.1.2 M_SP_TA_1"),
        monitor(3, "double_point", "IEC 60870-5-101:2003 §7.3.1.3 M_DP_NA_1"),
        monitor(4, "double_point_cp24", "IEC 60870-5-101:2003 §7.3.1.4 M_DP_TA_1"),
        monitor(5, "step_position", "IEC 60870-5-101:2003 §7.3.1.5 M_ST_NA_1"),
        monitor(6, "step_position_cp24", "IEC 60870-5-101:2003 §7.3.1.6 M_ST_TA_1"),
        monitor(7, "bitstring", "IEC 60870-5-101:2003 §7.3.1.7 M_BO_NA_1"),
        monitor(8, "bitstring_cp24", "IEC 60870-5-101:2003 §7.3.1.8 M_BO_TA_1"),
        monitor(9, "measured_normalized", "IEC 60870-5-101:2003 §7.3.1.9 M_ME_NA_1"),
        monitor(10, "measured_normalized_cp24", "IEC 60870-5-101:2003 §7.3.1.10 M_ME_TA_1"),
        monitor(11, "measured_scaled", "IEC 60870-5-101:2003 §7.3.1.11 M_ME_NB_1"),
        monitor(12, "measured_scaled_cp24", "IEC 60870-5-101:2003 §7.3.1.12 M_ME_TB_1"),
        monitor(13, "measured_float", "IEC 60870-5-101:2003 §7.3.1.13 M_ME_NC_1"),
        monitor(14, "measured_float_cp24", "IEC 60870-5-101:2003 §7.3.1.14 M_ME_TC_1"),
        monitor(15, "integrated_totals", "IEC 60870-5-101:2003 §7.3.1.15 M_IT_NA_1"),
        monitor(16, "integrated_totals_cp24", "IEC 60870-5-101:2003 §7.3.1.16 M_IT_TA_1"),
        monitor(17, "protection_event_cp24", "IEC 60870-5-101:2003 §7.3.1.17 M_EP_TA_1"),
        monitor(18, "protection_start_cp24", "IEC 60870-5-101:2003 §7.3.1.18 M_EP_TB_1"),
        monitor(19, "protection_output_cp24", "IEC 60870-5-101:2003 §7.3.1.19 M_EP_TC_1"),
        monitor(20, "packed_single_points", "IEC 60870-5-101:2003 §7.3.1.20 M_PS_NA_1"),
        monitor(21, "measured_no_quality", "IEC 60870-5-101:2003 §7.3.1.21 M_ME_ND_1"),
        monitor(30, "single_point_cp56", "IEC 60870-5-101:2003 §7.3.1.22 M_SP_TB_1"),
        monitor(31, "double_point_cp56", "IEC 60870-5-101:2003 §7.3.1.23 M_DP_TB_1"),
        monitor(32, "step_position_cp56", "IEC 60870-5-101:2003 §7.3.1.24 M_ST_TB_1"),
        monitor(33, "bitstring_cp56", "IEC 60870-5-101:2003 §7.3.1.25 M_BO_TB_1"),
        monitor(34, "measured_normalized_cp56", "IEC 60870-5-101:2003 §7.3.1.26 M_ME_TD_1"),
        monitor(35, "measured_scaled_cp56", "IEC 60870-5-101:2003 §7.3.1.27 M_ME_TE_1"),
        monitor(36, "measured_float_cp56", "IEC 60870-5-101:2003 §7.3.1.28 M_ME_TF_1"),
        monitor(37, "integrated_totals_cp56", "IEC 60870-5-101:2003 §7.3.1.29 M_IT_TB_1"),
        monitor(38, "protection_event_cp56", "IEC 60870-5-101:2003 §7.3.1.30 M_EP_TD_1"),
        monitor(39, "protection_start_cp56", "IEC 60870-5-101:2003 §7.3.1.31 M_EP_TE_1"),
        monitor(40, "protection_output_cp56", "IEC 60870-5-101:2003 §7.3.1.32 M_EP_TF_1"),
        monitor(41, "security_statistics", "IEC TS 60870-5-7:2013 S_IT_TC_1"),
        command(45, "single_command", "IEC 60870-5-101:2003 §7.3.2.1 C_SC_NA_1"),
        command(46, "double_command", "IEC 60870-5-101:2003 §7.3.2.2 C_DC_NA_1"),
        command(47, "regulating_step", "IEC 60870-5-101:2003 §7.3.2.3 C_RC_NA_1"),
        set(48, "set_point_normalized", "IEC 60870-5-101:2003 §7.3.2.4 C_SE_NA_1"),
        set(49, "set_point_scaled", "IEC 60870-5-101:2003 §7.3.2.5 C_SE_NB_1"),
        set(50, "set_point_float", "IEC 60870-5-101:2003 §7.3.2.6 C_SE_NC_1"),
        set(51, "set_bitstring", "IEC 60870-5-101:2003 §7.3.2.7 C_BO_NA_1"),
        command(58, "single_command_cp56", "IEC 60870-5-104:2006 §8.1 C_SC_TA_1"),
        command(59, "double_command_cp56", "IEC 60870-5-104:2006 §8.2 C_DC_TA_1"),
        command(60, "regulating_step_cp56", "IEC 60870-5-104:2006 §8.3 C_RC_TA_1"),
        set(61, "set_point_normalized_cp56", "IEC 60870-5-104:2006 §8.4 C_SE_TA_1"),
        set(62, "set_point_scaled_cp56", "IEC 60870-5-104:2006 §8.5 C_SE_TB_1"),
        set(63, "set_point_float_cp56", "IEC 60870-5-104:2006 §8.6 C_SE_TC_1"),
        set(64, "set_bitstring_cp56", "IEC 60870-5-104:2006 §8.7 C_BO_TA_1"),
        system(70, "end_of_initialization", Observe, "IEC 60870-5-101:2003 §7.3.3.1 M_EI_NA_1"),
        system(81, "authentication_challenge", Observe, "IEC TS 60870-5-7:2013 S_CH_NA_1"),
        system(82, "authentication_reply", Observe, "IEC TS 60870-5-7:2013 S_RP_NA_1"),
        system(83, "aggressive_authentication", Observe, "IEC TS 60870-5-7:2013 S_AR_NA_1"),
        system(84, "session_key_status_request", Observe, "IEC TS 60870-5-7:2013 S_KR_NA_1"),
        system(85, "session_key_status", Observe, "IEC TS 60870-5-7:2013 S_KS_NA_1"),
        system(86, "session_key_change", Admin, "IEC TS 60870-5-7:2013 S_KC_NA_1"),
        system(87, "authentication_error", Observe, "IEC TS 60870-5-7:2013 S_ER_NA_1"),
        system(90, "user_status_change", Admin, "IEC TS 60870-5-7:2013 S_US_NA_1"),
        system(91, "update_key_change_request", Admin, "IEC TS 60870-5-7:2013 S_UQ_NA_1"),
        system(92, "update_key_change_reply", Admin, "IEC TS 60870-5-7:2013 S_UR_NA_1"),
        system(93, "update_key_symmetric", Admin, "IEC TS 60870-5-7:2013 S_UK_NA_1"),
        system(94, "update_key_asymmetric", Admin, "IEC TS 60870-5-7:2013 S_UA_NA_1"),
        system(95, "update_key_confirmation", Admin, "IEC TS 60870-5-7:2013 S_UC_NA_1"),
        system(100, "interrogation", Read, "IEC 60870-5-101:2003 §7.3.4.1 C_IC_NA_1"),
        system(101, "counter_interrogation", Read, "IEC 60870-5-101:2003 §7.3.4.2 C_CI_NA_1"),
        system(102, "read", Read, "IEC 60870-5-101:2003 §7.3.4.3 C_RD_NA_1"),
        system(103, "clock_synchronization", Admin, "IEC 60870-5-101:2003 §7.3.4.4 C_CS_NA_1"),
        system(104, "test", Observe, "IEC 60870-5-101:2003 §7.3.4.5 C_TS_NA_1"),
        system(105, "reset_process", Control, "IEC 60870-5-101:2003 §7.3.4.6 C_RP_NA_1"),
        system(106, "delay_acquisition", Admin, "IEC 60870-5-101:2003 §7.3.4.7 C_CD_NA_1"),
        system(107, "test_cp56", Observe, "IEC 60870-5-104:2006 §8.8 C_TS_TA_1"),
        system(110, "parameter_normalized", Admin, "IEC 60870-5-101:2003 §7.3.5.1 P_ME_NA_1"),
        system(111, "parameter_scaled", Admin, "IEC 60870-5-101:2003 §7.3.5.2 P_ME_NB_1"),
        system(112, "parameter_float", Admin, "IEC 60870-5-101:2003 §7.3.5.3 P_ME_NC_1"),
        system(113, "parameter_activation", Admin, "IEC 60870-5-101:2003 §7.3.5.4 P_AC_NA_1"),
        file(120, "file_ready", "IEC 60870-5-101:2003 §7.3.6.1 F_FR_NA_1"),
        file(121, "section_ready", "IEC 60870-5-101:2003 §7.3.6.2 F_SR_NA_1"),
        file(122, "call_file", "IEC 60870-5-101:2003 §7.3.6.3 F_SC_NA_1"),
        file(123, "last_segment", "IEC 60870-5-101:2003 §7.3.6.4 F_LS_NA_1"),
        file(124, "acknowledge_file", "IEC 60870-5-101:2003 §7.3.6.5 F_AF_NA_1"),
        file(125, "segment", "IEC 60870-5-101:2003 §7.3.6.6 F_SG_NA_1"),
        file(126, "directory", "IEC 60870-5-101:2003 §7.3.6.7 F_DR_TA_1"),
        file(127, "query_log", "IEC 60870-5-104:2006 §8.9 F_SC_NB_1"),
        OpSpec::new(SUPERVISORY, "acknowledge", Observe, "IEC 60870-5-104:2006 §5.1")
            .args(RECEIVED),
        OpSpec::new(START, "start_transfer", Observe, "IEC 60870-5-104:2006 §5.3"),
        OpSpec::new(STOP, "stop_transfer", Observe, "IEC 60870-5-104:2006 §5.3"),
        OpSpec::new(TEST, "test_frame", Observe, "IEC 60870-5-104:2006 §5.2"),
    ]
};
