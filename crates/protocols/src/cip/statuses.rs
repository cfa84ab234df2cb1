//! Status codes. CIP Vol 1 App. B; §3-5.6 for the Connection Manager; 1756-PM020 for tags;
//! 1770-6.5.16 ch. 8 for PCCC.
//!
//! A code is the general status; where the additional status has a meaning of its own, that stands
//! above it: `0x0100_0001` is general status 1 with additional status 0x0100. Status bytes of PCCC
//! carry the mark `0x4b` in the highest byte, their extended status above them.

use vocab::StatusSpec;

/// Mark of PCCC's status bytes.
const PCCC: u32 = 0x4b00_0000;

/// The code of a general status with its additional status.
pub(super) fn code(general: u8, additional: &[u8]) -> u32 {
    let general = u32::from(general);
    match additional.first_chunk::<2>() {
        Some(word) => {
            let both = u32::from(u16::from_le_bytes(*word)) << 16 | general;
            if STATUSES.binary_search_by_key(&both, |s| s.code).is_ok() { both } else { general }
        }
        None => general,
    }
}

/// The code of a status byte of PCCC.
pub(super) fn pccc(status: u8, extended: u8) -> u32 {
    PCCC | u32::from(extended) << 8 | u32::from(status)
}

/// Status 1 of the Connection Manager.
const fn failed(additional: u32, name: &'static str) -> StatusSpec {
    StatusSpec::new(additional << 16 | 1, name)
}

const fn general(code: u32, name: &'static str) -> StatusSpec {
    StatusSpec::new(code, name)
}

/// Status 0xff of controllers.
const fn tag(additional: u32, name: &'static str) -> StatusSpec {
    StatusSpec::new(additional << 16 | 0xff, name)
}

const fn byte(status: u32, name: &'static str) -> StatusSpec {
    StatusSpec::new(PCCC | status, name)
}

#[rustfmt::skip]
pub(super) const STATUSES: &[StatusSpec] = &[
    general(0x01, "connection_failure"),
    general(0x02, "resource_unavailable"),
    general(0x03, "invalid_parameter_value"),
    general(0x04, "path_segment_error"),
    general(0x05, "path_destination_unknown"),
    general(0x06, "partial_transfer"),
    general(0x07, "connection_lost"),
    general(0x08, "service_not_supported"),
    general(0x09, "invalid_attribute_value"),
    general(0x0a, "attribute_list_error"),
    general(0x0b, "already_in_requested_state"),
    general(0x0c, "object_state_conflict"),
    general(0x0d, "object_already_exists"),
    general(0x0e, "attribute_not_settable"),
    general(0x0f, "privilege_violation"),
    general(0x10, "device_state_conflict"),
    general(0x11, "reply_data_too_large"),
    general(0x12, "fragmentation_of_a_primitive_value"),
    general(0x13, "not_enough_data"),
    general(0x14, "attribute_not_supported"),
    general(0x15, "too_much_data"),
    general(0x16, "object_does_not_exist"),
    general(0x17, "no_fragmentation_in_progress"),
    general(0x18, "no_stored_attribute_data"),
    general(0x19, "store_operation_failure"),
    general(0x1a, "routing_failure_request_too_large"),
    general(0x1b, "routing_failure_response_too_large"),
    general(0x1c, "missing_attribute_list_entry"),
    general(0x1d, "invalid_attribute_value_list"),
    general(0x1e, "embedded_service_error"),
    general(0x1f, "vendor_specific_error"),
    general(0x20, "invalid_parameter"),
    general(0x21, "write_once_value_already_written"),
    general(0x22, "invalid_reply_received"),
    general(0x23, "buffer_overflow"),
    general(0x24, "message_format_error"),
    general(0x25, "key_failure_in_path"),
    general(0x26, "path_size_invalid"),
    general(0x27, "unexpected_attribute_in_list"),
    general(0x28, "invalid_member_id"),
    general(0x29, "member_not_settable"),
    general(0x2a, "group_2_only_server_failure"),
    general(0x2b, "unknown_modbus_error"),
    general(0x2c, "attribute_not_gettable"),
    general(0x2d, "instance_not_deletable"),
    general(0x2e, "service_not_supported_for_path"),
    general(0xff, "object_specific_error"),
    failed(0x100, "connection_in_use"),
    failed(0x103, "transport_not_supported"),
    failed(0x106, "ownership_conflict"),
    failed(0x107, "target_connection_not_found"),
    failed(0x108, "invalid_network_connection_parameter"),
    failed(0x109, "invalid_connection_size"),
    failed(0x110, "target_not_configured"),
    failed(0x111, "interval_not_supported"),
    failed(0x112, "interval_not_acceptable"),
    failed(0x113, "out_of_connections"),
    failed(0x114, "vendor_or_product_code_mismatch"),
    failed(0x115, "device_type_mismatch"),
    failed(0x116, "revision_mismatch"),
    failed(0x117, "invalid_application_path"),
    failed(0x118, "invalid_configuration_path"),
    failed(0x119, "non_listen_only_connection_not_open"),
    failed(0x11a, "target_object_out_of_connections"),
    failed(0x11b, "interval_below_inhibit_time"),
    failed(0x11c, "transport_class_not_supported"),
    failed(0x11d, "production_trigger_not_supported"),
    failed(0x11e, "direction_not_supported"),
    failed(0x11f, "invalid_to_target_fixed_or_variable"),
    failed(0x120, "invalid_to_originator_fixed_or_variable"),
    failed(0x121, "invalid_to_target_priority"),
    failed(0x122, "invalid_to_originator_priority"),
    failed(0x123, "invalid_to_target_connection_type"),
    failed(0x124, "invalid_to_originator_connection_type"),
    failed(0x125, "invalid_redundant_owner"),
    failed(0x126, "invalid_configuration_size"),
    failed(0x127, "invalid_to_target_size"),
    failed(0x128, "invalid_to_originator_size"),
    failed(0x129, "invalid_configuration_application_path"),
    failed(0x12a, "invalid_consuming_application_path"),
    failed(0x12b, "invalid_producing_application_path"),
    failed(0x12f, "inconsistent_application_paths"),
    failed(0x132, "null_forward_open_not_supported"),
    failed(0x203, "connection_timed_out"),
    failed(0x204, "unconnected_request_timed_out"),
    failed(0x205, "parameter_error_in_unconnected_request"),
    failed(0x206, "message_too_large_for_unconnected_send"),
    failed(0x207, "acknowledged_without_reply"),
    failed(0x301, "no_buffer_memory"),
    failed(0x302, "no_network_bandwidth"),
    failed(0x303, "no_connection_filter"),
    failed(0x304, "not_configured_for_scheduled_data"),
    failed(0x305, "schedule_signature_mismatch"),
    failed(0x311, "port_not_available"),
    failed(0x312, "link_address_not_valid"),
    failed(0x315, "invalid_segment_in_path"),
    failed(0x316, "forward_close_path_mismatch"),
    failed(0x317, "scheduling_not_specified"),
    failed(0x318, "link_address_to_self"),
    failed(0x319, "secondary_resources_unavailable"),
    failed(0x31a, "rack_connection_already_established"),
    failed(0x31b, "module_connection_already_established"),
    failed(0x31c, "miscellaneous"),
    failed(0x31d, "redundant_connection_mismatch"),
    failed(0x31e, "no_more_link_consumers"),
    failed(0x800, "network_link_offline"),
    failed(0x801, "incompatible_multicast_interval"),
    failed(0x802, "invalid_safety_connection_size"),
    failed(0x803, "invalid_safety_connection_format"),
    failed(0x80c, "safety_configuration_mismatch"),
    failed(0x80e, "target_unique_network_id_mismatch"),
    failed(0x80f, "configuration_not_allowed"),
    failed(0x810, "no_target_application_data"),
    failed(0x811, "no_originator_application_data"),
    tag(0x2101, "keyswitch_position"),
    tag(0x2104, "beyond_end_of_tag"),
    tag(0x2105, "elements_beyond_end_of_tag"),
    tag(0x2107, "tag_type_mismatch"),
    byte(0x01, "destination_out_of_buffer_space"),
    byte(0x02, "no_acknowledgement"),
    byte(0x03, "duplicate_token_holder"),
    byte(0x04, "local_port_disconnected"),
    byte(0x05, "application_timed_out"),
    byte(0x06, "duplicate_node"),
    byte(0x07, "station_offline"),
    byte(0x08, "hardware_fault"),
    byte(0x10, "illegal_command_or_format"),
    byte(0x20, "host_problem"),
    byte(0x30, "remote_node_missing"),
    byte(0x40, "host_hardware_fault"),
    byte(0x50, "addressing_or_memory_protection"),
    byte(0x60, "function_not_allowed"),
    byte(0x70, "processor_in_program_mode"),
    byte(0x80, "compatibility_file_missing"),
    byte(0x90, "remote_node_cannot_buffer"),
    byte(0xa0, "wait_acknowledge"),
    byte(0xb0, "remote_node_downloading"),
    byte(0x01f0, "illegal_value_in_field"),
    byte(0x02f0, "fewer_levels_than_minimum"),
    byte(0x03f0, "more_levels_than_supported"),
    byte(0x04f0, "symbol_not_found"),
    byte(0x05f0, "symbol_improper_format"),
    byte(0x06f0, "address_does_not_point_to_something_usable"),
    byte(0x07f0, "file_wrong_size"),
    byte(0x08f0, "situation_changed"),
    byte(0x09f0, "data_or_file_too_large"),
    byte(0x0af0, "transaction_plus_word_too_large"),
    byte(0x0bf0, "access_denied"),
    byte(0x0cf0, "condition_cannot_be_generated"),
    byte(0x0df0, "condition_exists_already"),
    byte(0x0ef0, "command_cannot_be_executed"),
    byte(0x0ff0, "histogram_overflow"),
    byte(0x10f0, "no_access"),
    byte(0x11f0, "illegal_data_type"),
    byte(0x12f0, "invalid_parameter_or_data"),
    byte(0x13f0, "address_of_deleted_area"),
    byte(0x14f0, "command_execution_failure"),
    byte(0x15f0, "data_conversion_error"),
    byte(0x16f0, "scanner_cannot_communicate"),
    byte(0x17f0, "type_mismatch"),
    byte(0x18f0, "module_response_not_valid"),
    byte(0x19f0, "duplicated_label"),
    byte(0x1af0, "file_owned_by_another"),
    byte(0x1bf0, "program_owned_by_another"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order_and_fall_back_to_the_general_one() {
        assert!(STATUSES.is_sorted_by_key(|status| status.code));
        assert_eq!(code(1, &[0x04, 0x02]), 0x0204_0001);
        assert_eq!(code(1, &[0xff, 0xff]), 1);
        assert_eq!(code(5, &[0, 0]), 5);
        assert_eq!(pccc(0xf0, 0x06), 0x4b00_06f0);
    }
}
