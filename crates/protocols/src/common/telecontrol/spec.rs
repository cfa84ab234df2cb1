//! What both companion standards say: types, objects, faults.

use super::status;
use core::fmt;
use vocab::{Access, Area, Arg, AttrSpec, Attribute, FaultSpec, OpSpec, StatusSpec, Target};

const MONITOR: &[Arg] =
    &[Arg::dec("objects"), Arg::dec("originator"), Arg::dec("sequence"), Arg::dec("test")];
const COMMAND: &[Arg] =
    &[Arg::dec("originator"), Arg::dec("qualifier"), Arg::dec("select"), Arg::dec("test")];
const SYSTEM: &[Arg] =
    &[Arg::dec("originator"), Arg::dec("qualifier"), Arg::dec("_"), Arg::dec("test")];
const FILE: &[Arg] =
    &[Arg::dec("file"), Arg::dec("section"), Arg::hex("qualifier"), Arg::dec("length")];

/// An information object: its address within the common address. IEC 60870-5-101:2003 §7.2.5.
pub(crate) const OBJECT: &Area = &Area::shown(1, "object", show_object).ranging();
/// The time tag of an object, date and time. §7.2.6.18.
pub(crate) const TIME: &Area = &Area::shown(2, "time", show_time);
/// The short time tag of an object: milliseconds since the full hour. §7.2.6.19.
pub(crate) const TIME_IN_HOUR: &Area = &Area::shown(3, "time_in_hour", show_in_hour);
/// How long protection took, in milliseconds. §7.2.6.20.
pub(crate) const ELAPSED: &Area = &Area::shown(4, "elapsed", show_elapsed);
/// A file: object address in the low 24 bits, name of file in the next 16. §7.2.6.33.
pub(crate) const FILES: &Area = &Area::shown(5, "file", show_file);

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

pub(crate) const STATION: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "common address", 80, "IEC 60870-5-101:2003 §7.2.4");

pub(crate) const SHORT: &FaultSpec = &FaultSpec::new("short_asdu", "IEC 60870-5-101:2003 §7.1");
pub(crate) const UNKNOWN_TYPE: &FaultSpec =
    &FaultSpec::new("undefined_type", "IEC 60870-5-101:2003 §7.2.1.1");
pub(crate) const BAD_CAUSE: &FaultSpec =
    &FaultSpec::new("undefined_cause", "IEC 60870-5-101:2003 §7.2.3.1");
pub(crate) const BAD_OBJECTS: &FaultSpec =
    &FaultSpec::new("objects_do_not_fit", "IEC 60870-5-101:2003 §7.2.2.1");
pub(crate) const BAD_TIME: &FaultSpec =
    &FaultSpec::new("impossible_time", "IEC 60870-5-101:2003 §7.2.6.18");

/// Error codes of both.
pub(crate) const STATUSES: &[StatusSpec] = status::STATUSES;

/// Process data from the station that is monitored.
pub(crate) const fn monitor(code: u32, name: &'static str, clause: &'static str) -> OpSpec {
    OpSpec::new(code, name, Access::Read, clause).args(MONITOR)
}

/// A command that operates a switch or a tap changer.
pub(crate) const fn command(code: u32, name: &'static str, clause: &'static str) -> OpSpec {
    OpSpec::new(code, name, Access::Control, clause).args(COMMAND)
}

/// A command that sets a value.
pub(crate) const fn set(code: u32, name: &'static str, clause: &'static str) -> OpSpec {
    OpSpec::new(code, name, Access::Write, clause).args(COMMAND)
}

/// System information and parameters.
pub(crate) const fn system(
    code: u32,
    name: &'static str,
    access: Access,
    clause: &'static str,
) -> OpSpec {
    OpSpec::new(code, name, access, clause).args(SYSTEM)
}

/// File transfer.
pub(crate) const fn file(code: u32, name: &'static str, clause: &'static str) -> OpSpec {
    OpSpec::new(code, name, Access::Program, clause).args(FILE)
}

/// A table of operations: all types, then those of the protocol's own frames.
macro_rules! types_and {
    ($($more:expr),* $(,)?) => {
        &[
            $crate::common::telecontrol::spec::monitor(1, "single_point", "IEC 60870-5-101:2003 §7.3.1.1 M_SP_NA_1"),
            $crate::common::telecontrol::spec::monitor(2, "single_point_cp24", "IEC 60870-5-101:2003 §7.3.1.2 M_SP_TA_1"),
            $crate::common::telecontrol::spec::monitor(3, "double_point", "IEC 60870-5-101:2003 §7.3.1.3 M_DP_NA_1"),
            $crate::common::telecontrol::spec::monitor(4, "double_point_cp24", "IEC 60870-5-101:2003 §7.3.1.4 M_DP_TA_1"),
            $crate::common::telecontrol::spec::monitor(5, "step_position", "IEC 60870-5-101:2003 §7.3.1.5 M_ST_NA_1"),
            $crate::common::telecontrol::spec::monitor(6, "step_position_cp24", "IEC 60870-5-101:2003 §7.3.1.6 M_ST_TA_1"),
            $crate::common::telecontrol::spec::monitor(7, "bitstring", "IEC 60870-5-101:2003 §7.3.1.7 M_BO_NA_1"),
            $crate::common::telecontrol::spec::monitor(8, "bitstring_cp24", "IEC 60870-5-101:2003 §7.3.1.8 M_BO_TA_1"),
            $crate::common::telecontrol::spec::monitor(9, "measured_normalized", "IEC 60870-5-101:2003 §7.3.1.9 M_ME_NA_1"),
            $crate::common::telecontrol::spec::monitor(10, "measured_normalized_cp24", "IEC 60870-5-101:2003 §7.3.1.10 M_ME_TA_1"),
            $crate::common::telecontrol::spec::monitor(11, "measured_scaled", "IEC 60870-5-101:2003 §7.3.1.11 M_ME_NB_1"),
            $crate::common::telecontrol::spec::monitor(12, "measured_scaled_cp24", "IEC 60870-5-101:2003 §7.3.1.12 M_ME_TB_1"),
            $crate::common::telecontrol::spec::monitor(13, "measured_float", "IEC 60870-5-101:2003 §7.3.1.13 M_ME_NC_1"),
            $crate::common::telecontrol::spec::monitor(14, "measured_float_cp24", "IEC 60870-5-101:2003 §7.3.1.14 M_ME_TC_1"),
            $crate::common::telecontrol::spec::monitor(15, "integrated_totals", "IEC 60870-5-101:2003 §7.3.1.15 M_IT_NA_1"),
            $crate::common::telecontrol::spec::monitor(16, "integrated_totals_cp24", "IEC 60870-5-101:2003 §7.3.1.16 M_IT_TA_1"),
            $crate::common::telecontrol::spec::monitor(17, "protection_event_cp24", "IEC 60870-5-101:2003 §7.3.1.17 M_EP_TA_1"),
            $crate::common::telecontrol::spec::monitor(18, "protection_start_cp24", "IEC 60870-5-101:2003 §7.3.1.18 M_EP_TB_1"),
            $crate::common::telecontrol::spec::monitor(19, "protection_output_cp24", "IEC 60870-5-101:2003 §7.3.1.19 M_EP_TC_1"),
            $crate::common::telecontrol::spec::monitor(20, "packed_single_points", "IEC 60870-5-101:2003 §7.3.1.20 M_PS_NA_1"),
            $crate::common::telecontrol::spec::monitor(21, "measured_no_quality", "IEC 60870-5-101:2003 §7.3.1.21 M_ME_ND_1"),
            $crate::common::telecontrol::spec::monitor(30, "single_point_cp56", "IEC 60870-5-101:2003 §7.3.1.22 M_SP_TB_1"),
            $crate::common::telecontrol::spec::monitor(31, "double_point_cp56", "IEC 60870-5-101:2003 §7.3.1.23 M_DP_TB_1"),
            $crate::common::telecontrol::spec::monitor(32, "step_position_cp56", "IEC 60870-5-101:2003 §7.3.1.24 M_ST_TB_1"),
            $crate::common::telecontrol::spec::monitor(33, "bitstring_cp56", "IEC 60870-5-101:2003 §7.3.1.25 M_BO_TB_1"),
            $crate::common::telecontrol::spec::monitor(34, "measured_normalized_cp56", "IEC 60870-5-101:2003 §7.3.1.26 M_ME_TD_1"),
            $crate::common::telecontrol::spec::monitor(35, "measured_scaled_cp56", "IEC 60870-5-101:2003 §7.3.1.27 M_ME_TE_1"),
            $crate::common::telecontrol::spec::monitor(36, "measured_float_cp56", "IEC 60870-5-101:2003 §7.3.1.28 M_ME_TF_1"),
            $crate::common::telecontrol::spec::monitor(37, "integrated_totals_cp56", "IEC 60870-5-101:2003 §7.3.1.29 M_IT_TB_1"),
            $crate::common::telecontrol::spec::monitor(38, "protection_event_cp56", "IEC 60870-5-101:2003 §7.3.1.30 M_EP_TD_1"),
            $crate::common::telecontrol::spec::monitor(39, "protection_start_cp56", "IEC 60870-5-101:2003 §7.3.1.31 M_EP_TE_1"),
            $crate::common::telecontrol::spec::monitor(40, "protection_output_cp56", "IEC 60870-5-101:2003 §7.3.1.32 M_EP_TF_1"),
            $crate::common::telecontrol::spec::monitor(41, "security_statistics", "IEC TS 60870-5-7:2013 S_IT_TC_1"),
            $crate::common::telecontrol::spec::command(45, "single_command", "IEC 60870-5-101:2003 §7.3.2.1 C_SC_NA_1"),
            $crate::common::telecontrol::spec::command(46, "double_command", "IEC 60870-5-101:2003 §7.3.2.2 C_DC_NA_1"),
            $crate::common::telecontrol::spec::command(47, "regulating_step", "IEC 60870-5-101:2003 §7.3.2.3 C_RC_NA_1"),
            $crate::common::telecontrol::spec::set(48, "set_point_normalized", "IEC 60870-5-101:2003 §7.3.2.4 C_SE_NA_1"),
            $crate::common::telecontrol::spec::set(49, "set_point_scaled", "IEC 60870-5-101:2003 §7.3.2.5 C_SE_NB_1"),
            $crate::common::telecontrol::spec::set(50, "set_point_float", "IEC 60870-5-101:2003 §7.3.2.6 C_SE_NC_1"),
            $crate::common::telecontrol::spec::set(51, "set_bitstring", "IEC 60870-5-101:2003 §7.3.2.7 C_BO_NA_1"),
            $crate::common::telecontrol::spec::command(58, "single_command_cp56", "IEC 60870-5-104:2006 §8.1 C_SC_TA_1"),
            $crate::common::telecontrol::spec::command(59, "double_command_cp56", "IEC 60870-5-104:2006 §8.2 C_DC_TA_1"),
            $crate::common::telecontrol::spec::command(60, "regulating_step_cp56", "IEC 60870-5-104:2006 §8.3 C_RC_TA_1"),
            $crate::common::telecontrol::spec::set(61, "set_point_normalized_cp56", "IEC 60870-5-104:2006 §8.4 C_SE_TA_1"),
            $crate::common::telecontrol::spec::set(62, "set_point_scaled_cp56", "IEC 60870-5-104:2006 §8.5 C_SE_TB_1"),
            $crate::common::telecontrol::spec::set(63, "set_point_float_cp56", "IEC 60870-5-104:2006 §8.6 C_SE_TC_1"),
            $crate::common::telecontrol::spec::set(64, "set_bitstring_cp56", "IEC 60870-5-104:2006 §8.7 C_BO_TA_1"),
            $crate::common::telecontrol::spec::system(70, "end_of_initialization", vocab::Access::Observe, "IEC 60870-5-101:2003 §7.3.3.1 M_EI_NA_1"),
            $crate::common::telecontrol::spec::system(81, "authentication_challenge", vocab::Access::Observe, "IEC TS 60870-5-7:2013 S_CH_NA_1"),
            $crate::common::telecontrol::spec::system(82, "authentication_reply", vocab::Access::Observe, "IEC TS 60870-5-7:2013 S_RP_NA_1"),
            $crate::common::telecontrol::spec::system(83, "aggressive_authentication", vocab::Access::Observe, "IEC TS 60870-5-7:2013 S_AR_NA_1"),
            $crate::common::telecontrol::spec::system(84, "session_key_status_request", vocab::Access::Observe, "IEC TS 60870-5-7:2013 S_KR_NA_1"),
            $crate::common::telecontrol::spec::system(85, "session_key_status", vocab::Access::Observe, "IEC TS 60870-5-7:2013 S_KS_NA_1"),
            $crate::common::telecontrol::spec::system(86, "session_key_change", vocab::Access::Admin, "IEC TS 60870-5-7:2013 S_KC_NA_1"),
            $crate::common::telecontrol::spec::system(87, "authentication_error", vocab::Access::Observe, "IEC TS 60870-5-7:2013 S_ER_NA_1"),
            $crate::common::telecontrol::spec::system(90, "user_status_change", vocab::Access::Admin, "IEC TS 60870-5-7:2013 S_US_NA_1"),
            $crate::common::telecontrol::spec::system(91, "update_key_change_request", vocab::Access::Admin, "IEC TS 60870-5-7:2013 S_UQ_NA_1"),
            $crate::common::telecontrol::spec::system(92, "update_key_change_reply", vocab::Access::Admin, "IEC TS 60870-5-7:2013 S_UR_NA_1"),
            $crate::common::telecontrol::spec::system(93, "update_key_symmetric", vocab::Access::Admin, "IEC TS 60870-5-7:2013 S_UK_NA_1"),
            $crate::common::telecontrol::spec::system(94, "update_key_asymmetric", vocab::Access::Admin, "IEC TS 60870-5-7:2013 S_UA_NA_1"),
            $crate::common::telecontrol::spec::system(95, "update_key_confirmation", vocab::Access::Admin, "IEC TS 60870-5-7:2013 S_UC_NA_1"),
            $crate::common::telecontrol::spec::system(100, "interrogation", vocab::Access::Read, "IEC 60870-5-101:2003 §7.3.4.1 C_IC_NA_1"),
            $crate::common::telecontrol::spec::system(101, "counter_interrogation", vocab::Access::Read, "IEC 60870-5-101:2003 §7.3.4.2 C_CI_NA_1"),
            $crate::common::telecontrol::spec::system(102, "read", vocab::Access::Read, "IEC 60870-5-101:2003 §7.3.4.3 C_RD_NA_1"),
            $crate::common::telecontrol::spec::system(103, "clock_synchronization", vocab::Access::Admin, "IEC 60870-5-101:2003 §7.3.4.4 C_CS_NA_1"),
            $crate::common::telecontrol::spec::system(104, "test", vocab::Access::Observe, "IEC 60870-5-101:2003 §7.3.4.5 C_TS_NA_1"),
            $crate::common::telecontrol::spec::system(105, "reset_process", vocab::Access::Control, "IEC 60870-5-101:2003 §7.3.4.6 C_RP_NA_1"),
            $crate::common::telecontrol::spec::system(106, "delay_acquisition", vocab::Access::Admin, "IEC 60870-5-101:2003 §7.3.4.7 C_CD_NA_1"),
            $crate::common::telecontrol::spec::system(107, "test_cp56", vocab::Access::Observe, "IEC 60870-5-104:2006 §8.8 C_TS_TA_1"),
            $crate::common::telecontrol::spec::system(110, "parameter_normalized", vocab::Access::Admin, "IEC 60870-5-101:2003 §7.3.5.1 P_ME_NA_1"),
            $crate::common::telecontrol::spec::system(111, "parameter_scaled", vocab::Access::Admin, "IEC 60870-5-101:2003 §7.3.5.2 P_ME_NB_1"),
            $crate::common::telecontrol::spec::system(112, "parameter_float", vocab::Access::Admin, "IEC 60870-5-101:2003 §7.3.5.3 P_ME_NC_1"),
            $crate::common::telecontrol::spec::system(113, "parameter_activation", vocab::Access::Admin, "IEC 60870-5-101:2003 §7.3.5.4 P_AC_NA_1"),
            $crate::common::telecontrol::spec::file(120, "file_ready", "IEC 60870-5-101:2003 §7.3.6.1 F_FR_NA_1"),
            $crate::common::telecontrol::spec::file(121, "section_ready", "IEC 60870-5-101:2003 §7.3.6.2 F_SR_NA_1"),
            $crate::common::telecontrol::spec::file(122, "call_file", "IEC 60870-5-101:2003 §7.3.6.3 F_SC_NA_1"),
            $crate::common::telecontrol::spec::file(123, "last_segment", "IEC 60870-5-101:2003 §7.3.6.4 F_LS_NA_1"),
            $crate::common::telecontrol::spec::file(124, "acknowledge_file", "IEC 60870-5-101:2003 §7.3.6.5 F_AF_NA_1"),
            $crate::common::telecontrol::spec::file(125, "segment", "IEC 60870-5-101:2003 §7.3.6.6 F_SG_NA_1"),
            $crate::common::telecontrol::spec::file(126, "directory", "IEC 60870-5-101:2003 §7.3.6.7 F_DR_TA_1"),
            $crate::common::telecontrol::spec::file(127, "query_log", "IEC 60870-5-104:2006 §8.9 F_SC_NB_1"),
            $($more),*
        ]
    };
}
pub(crate) use types_and;
