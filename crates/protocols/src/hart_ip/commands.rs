//! All commands with what they do to a plant.
//!
//! A command reaches a device in three ways, and the code of an operation tells which: as itself
//! (0 to 255), as the subcode of command 31 or of a direct PDU (16-bit numbers), or as the subcode
//! of command 77 (for a device behind an I/O system). Its name and access class are the same.

use super::spec::{DIRECT, EXTENDED, MESSAGE, SUB_DEVICE};
use vocab::{Access, Arg, OpSpec};

/// What the device says with every answer.
pub(super) const ANSWER: &[Arg] = &[Arg::dec("response_code"), Arg::hex("device_status")];
const SESSION: &[Arg] = &[Arg::dec("master_type"), Arg::dec("inactivity_close_ms")];
const AUDIT: &[Arg] = &[Arg::dec("start_record"), Arg::dec("records")];

const UNIVERSAL: &str = "HCF_SPEC-127 §6";
const COMMON: &str = "HCF_SPEC-151 §7";
const WIRELESS: &str = "HCF_SPEC-155 §7";
const NETWORK: &str = "HCF_SPEC-085 §10.3";

/// Writes the table: `below` are the commands up to 30, `middle` those from 32 to 76, `above`
/// those from 78 to 255, `wide` the 16-bit ones.
macro_rules! table {
    (
        below [$($b:literal $bn:literal $ba:ident $bc:ident,)*]
        middle [$($m:literal $mn:literal $ma:ident $mc:ident,)*]
        above [$($a:literal $an:literal $aa:ident $ac:ident,)*]
        wide [$($w:literal $wn:literal $wa:ident $wc:ident,)*]
    ) => {
        &[
            $(row($b, None, $bn, Access::$ba, $bc),)*
            row(EXTENDED, None, "extended_command", Access::Admin, UNIVERSAL),
            $(row(EXTENDED, Some($b), $bn, Access::$ba, $bc),)*
            $(row(EXTENDED, Some($m), $mn, Access::$ma, $mc),)*
            $(row(EXTENDED, Some($a), $an, Access::$aa, $ac),)*
            $(row(EXTENDED, Some($w), $wn, Access::$wa, $wc),)*
            $(row($m, None, $mn, Access::$ma, $mc),)*
            row(SUB_DEVICE, None, "send_command_to_sub_device", Access::Admin, COMMON),
            $(row(SUB_DEVICE, Some($b), $bn, Access::$ba, $bc),)*
            $(row(SUB_DEVICE, Some($m), $mn, Access::$ma, $mc),)*
            $(row(SUB_DEVICE, Some($a), $an, Access::$aa, $ac),)*
            $(row(SUB_DEVICE, Some($w), $wn, Access::$wa, $wc),)*
            $(row($a, None, $an, Access::$aa, $ac),)*
            OpSpec::new(MESSAGE, "session_initiate", Access::Observe, NETWORK).args(SESSION),
            OpSpec::new(MESSAGE + 1, "session_close", Access::Observe, NETWORK),
            OpSpec::new(MESSAGE + 2, "keep_alive", Access::Observe, NETWORK),
            OpSpec::new(MESSAGE + 3, "token_passing_pdu", Access::Admin, NETWORK),
            row(DIRECT, None, "direct_pdu", Access::Admin, NETWORK),
            $(row(DIRECT, Some($b), $bn, Access::$ba, $bc),)*
            $(row(DIRECT, Some($m), $mn, Access::$ma, $mc),)*
            $(row(DIRECT, Some($a), $an, Access::$aa, $ac),)*
            $(row(DIRECT, Some($w), $wn, Access::$wa, $wc),)*
            OpSpec::new(MESSAGE + 5, "read_audit_log", Access::Observe, NETWORK).args(AUDIT),
        ]
    };
}

const fn row(
    code: u32,
    sub: Option<u16>,
    name: &'static str,
    access: Access,
    clause: &'static str,
) -> OpSpec {
    let op = OpSpec::new(code, name, access, clause).args(ANSWER);
    match sub {
        Some(sub) => op.sub(sub),
        None => op,
    }
}

#[rustfmt::skip]
pub(super) const OPERATIONS: &[OpSpec] = table! {
    below [
        0 "read_unique_identifier" Observe UNIVERSAL,
        1 "read_primary_variable" Read UNIVERSAL,
        2 "read_loop_current_and_percent" Read UNIVERSAL,
        3 "read_dynamic_variables" Read UNIVERSAL,
        6 "write_polling_address" Admin UNIVERSAL,
        7 "read_loop_configuration" Observe UNIVERSAL,
        8 "read_dynamic_variable_classes" Observe UNIVERSAL,
        9 "read_device_variables_with_status" Read UNIVERSAL,
        11 "read_unique_identifier_by_tag" Observe UNIVERSAL,
        12 "read_message" Observe UNIVERSAL,
        13 "read_tag_descriptor_date" Observe UNIVERSAL,
        14 "read_transducer_information" Observe UNIVERSAL,
        15 "read_device_information" Observe UNIVERSAL,
        16 "read_final_assembly_number" Observe UNIVERSAL,
        17 "write_message" Admin UNIVERSAL,
        18 "write_tag_descriptor_date" Admin UNIVERSAL,
        19 "write_final_assembly_number" Admin UNIVERSAL,
        20 "read_long_tag" Observe UNIVERSAL,
        21 "read_unique_identifier_by_long_tag" Observe UNIVERSAL,
        22 "write_long_tag" Admin UNIVERSAL,
    ]
    middle [
        33 "read_device_variables" Read COMMON,
        34 "write_damping" Admin COMMON,
        35 "write_range_values" Admin COMMON,
        36 "set_upper_range_value" Admin COMMON,
        37 "set_lower_range_value" Admin COMMON,
        38 "reset_configuration_changed_flag" Admin UNIVERSAL,
        39 "eeprom_control" Admin COMMON,
        40 "fixed_current_mode" Control COMMON,
        41 "self_test" Control COMMON,
        42 "device_reset" Control COMMON,
        43 "set_primary_variable_zero" Admin COMMON,
        44 "write_primary_variable_units" Admin COMMON,
        45 "trim_loop_current_zero" Admin COMMON,
        46 "trim_loop_current_gain" Admin COMMON,
        47 "write_transfer_function" Admin COMMON,
        48 "read_additional_device_status" Observe UNIVERSAL,
        49 "write_transducer_serial_number" Admin COMMON,
        50 "read_dynamic_variable_assignments" Observe COMMON,
        51 "write_dynamic_variable_assignments" Admin COMMON,
        52 "set_device_variable_zero" Admin COMMON,
        53 "write_device_variable_units" Admin COMMON,
        54 "read_device_variable_information" Observe COMMON,
        55 "write_device_variable_damping" Admin COMMON,
        56 "write_device_variable_serial_number" Admin COMMON,
        57 "read_unit_tag_descriptor_date" Observe COMMON,
        58 "write_unit_tag_descriptor_date" Admin COMMON,
        59 "write_response_preambles" Admin COMMON,
        60 "read_analog_channel" Read COMMON,
        61 "read_dynamic_variables_and_channel" Read COMMON,
        62 "read_analog_channels" Read COMMON,
        63 "read_analog_channel_information" Observe COMMON,
        64 "write_analog_channel_damping" Admin COMMON,
        65 "write_analog_channel_range" Admin COMMON,
        66 "fixed_analog_channel_mode" Control COMMON,
        67 "trim_analog_channel_zero" Admin COMMON,
        68 "trim_analog_channel_gain" Admin COMMON,
        69 "write_analog_channel_transfer_function" Admin COMMON,
        70 "read_analog_channel_endpoints" Observe COMMON,
        71 "lock_device" Admin COMMON,
        72 "squawk" Observe COMMON,
        73 "find_device" Observe COMMON,
        74 "read_io_system_capabilities" Observe COMMON,
        75 "poll_sub_device" Observe COMMON,
        76 "read_lock_device_state" Observe COMMON,
    ]
    above [
        78 "read_aggregated_commands" Read COMMON,
        79 "write_device_variable" Write COMMON,
        80 "read_trim_points" Observe COMMON,
        81 "read_trim_guidelines" Observe COMMON,
        82 "write_trim_point" Admin COMMON,
        83 "reset_trim" Admin COMMON,
        84 "read_sub_device_identity" Observe COMMON,
        85 "read_io_channel_statistics" Observe COMMON,
        86 "read_sub_device_statistics" Observe COMMON,
        87 "write_io_system_master_mode" Admin COMMON,
        88 "write_io_system_retry_count" Admin COMMON,
        89 "set_real_time_clock" Admin COMMON,
        90 "read_real_time_clock" Observe COMMON,
        91 "read_trend_configuration" Observe COMMON,
        92 "write_trend_configuration" Admin COMMON,
        93 "read_trend" Read COMMON,
        94 "read_io_system_client_statistics" Observe COMMON,
        101 "read_sub_device_burst_map" Observe COMMON,
        102 "write_sub_device_burst_map" Admin COMMON,
        103 "write_burst_period" Admin COMMON,
        104 "write_burst_trigger" Admin COMMON,
        105 "read_burst_configuration" Observe COMMON,
        106 "flush_delayed_responses" Admin COMMON,
        107 "write_burst_device_variables" Admin COMMON,
        108 "write_burst_command" Admin COMMON,
        109 "burst_mode_control" Admin COMMON,
        110 "read_all_dynamic_variables" Read COMMON,
        111 "transfer_service_control" Program COMMON,
        112 "transfer_service" Program COMMON,
        113 "catch_device_variable" Admin COMMON,
        114 "read_caught_device_variable" Observe COMMON,
        115 "read_event_notification_summary" Observe COMMON,
        116 "write_event_notification_mask" Admin COMMON,
        117 "write_event_notification_timing" Admin COMMON,
        118 "event_notification_control" Admin COMMON,
        119 "acknowledge_event_notification" Admin COMMON,
    ]
    wide [
        512 "read_country_code" Observe COMMON,
        513 "write_country_code" Admin COMMON,
        768 "write_join_key" Admin WIRELESS,
        769 "read_join_status" Observe WIRELESS,
        770 "request_active_advertising" Admin WIRELESS,
        771 "force_join" Admin WIRELESS,
        772 "read_join_mode" Observe WIRELESS,
        773 "write_network_id" Admin WIRELESS,
        774 "read_network_id" Observe WIRELESS,
        775 "write_network_tag" Admin WIRELESS,
        776 "read_network_tag" Observe WIRELESS,
        777 "read_wireless_device_information" Observe WIRELESS,
        778 "read_battery_life" Observe WIRELESS,
        779 "report_device_health" Observe WIRELESS,
        780 "report_neighbor_health" Observe WIRELESS,
        781 "read_device_nickname" Observe WIRELESS,
        782 "read_sessions" Observe WIRELESS,
        783 "read_superframes" Observe WIRELESS,
        784 "read_links" Observe WIRELESS,
        785 "read_graphs" Observe WIRELESS,
        786 "read_neighbor_property_flag" Observe WIRELESS,
        787 "report_neighbor_signal_levels" Observe WIRELESS,
        788 "alarm_path_down" Observe WIRELESS,
        789 "alarm_source_route_failed" Observe WIRELESS,
        790 "alarm_graph_route_failed" Observe WIRELESS,
        791 "alarm_transport_failed" Observe WIRELESS,
        960 "disconnect_device" Control WIRELESS,
        961 "write_network_key" Admin WIRELESS,
        962 "write_device_nickname" Admin WIRELESS,
        963 "write_session" Admin WIRELESS,
        964 "delete_session" Admin WIRELESS,
        965 "write_superframe" Admin WIRELESS,
        966 "delete_superframe" Admin WIRELESS,
        967 "write_link" Admin WIRELESS,
        968 "delete_link" Admin WIRELESS,
        969 "write_graph_neighbor" Admin WIRELESS,
        970 "delete_graph_neighbor" Admin WIRELESS,
        971 "write_neighbor_property_flag" Admin WIRELESS,
        972 "suspend_devices" Control WIRELESS,
    ]
};
