//! The operations with what they do to an installation.
//!
//! The code is the service type identifier. Services that carry a telegram have as subcode what
//! the telegram does: its application layer service (APCI), 0x800 and the transport control byte,
//! or 0x1000 and the message code of local management.

use vocab::{Access, Arg, OpSpec};

/// Services that carry telegrams. KNX 3/8/4 §2.6, 3/8/5 §2.3, 3/8/3 §2.3.
pub(super) const CONFIGURATION: u32 = 0x0310;
pub(super) const TUNNELLING: u32 = 0x0420;
pub(super) const ROUTING: u32 = 0x0530;
/// Subcode of telegrams that only control a transport connection: this and the control byte.
pub(super) const CONTROL: u16 = 0x800;
/// Subcode of messages that are no bus telegrams: this and the message code.
pub(super) const LOCAL: u16 = 0x1000;

const CHANNEL: &[Arg] = &[Arg::dec("channel"), Arg::dec("sequence")];
const CONNECT: &[Arg] = &[Arg::dec("type"), Arg::dec("layer"), Arg::dec("channel")];
const DEVICE: &[Arg] = &[Arg::dec("medium"), Arg::dec("programming_mode")];
const FEATURE: &[Arg] = &[Arg::dec("channel"), Arg::dec("sequence"), Arg::dec("feature")];
const LOST: &[Arg] = &[Arg::dec("state"), Arg::dec("lost")];
const BUSY: &[Arg] = &[Arg::dec("state"), Arg::dec("milliseconds")];
const TELEGRAM: &[Arg] =
    &[Arg::dec("channel"), Arg::dec("sequence"), Arg::hex("source"), Arg::hex("destination")];
const PROPERTY: &[Arg] =
    &[Arg::dec("channel"), Arg::dec("sequence"), Arg::dec("object"), Arg::dec("property")];
const SESSION: &[Arg] = &[Arg::dec("session")];

/// A service.
const fn service(code: u32, name: &'static str, access: Access, clause: &'static str) -> OpSpec {
    OpSpec::new(code, name, access, clause)
}

/// A telegram on the bus.
const fn telegram(code: u32, sub: u16, name: &'static str, access: Access) -> OpSpec {
    OpSpec::new(code, name, access, "KNX 3/3/7 §2").sub(sub).args(TELEGRAM)
}

/// A message of local management.
const fn local(code: u32, sub: u16, name: &'static str, access: Access) -> OpSpec {
    OpSpec::new(code, name, access, "KNX 3/6/3 §4.1").sub(sub).args(PROPERTY)
}

/// All of them, by code and subcode.
#[rustfmt::skip]
pub(super) const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Program, Read, Write};
    &[
        service(0x0201, "search_request", Observe, "KNX 3/8/2 §7.6.1"),
        service(0x0202, "search_response", Observe, "KNX 3/8/2 §7.6.2").args(DEVICE),
        service(0x0203, "description_request", Observe, "KNX 3/8/2 §7.7.1"),
        service(0x0204, "description_response", Observe, "KNX 3/8/2 §7.7.2").args(DEVICE),
        service(0x0205, "connect_request", Observe, "KNX 3/8/2 §7.8.1").args(CONNECT),
        service(0x0206, "connect_response", Observe, "KNX 3/8/2 §7.8.2").args(CONNECT),
        service(0x0207, "connection_state_request", Observe, "KNX 3/8/2 §7.8.3").args(CHANNEL),
        service(0x0208, "connection_state_response", Observe, "KNX 3/8/2 §7.8.4").args(CHANNEL),
        service(0x0209, "disconnect_request", Observe, "KNX 3/8/2 §7.8.5").args(CHANNEL),
        service(0x020a, "disconnect_response", Observe, "KNX 3/8/2 §7.8.6").args(CHANNEL),
        service(0x020b, "search_request_extended", Observe, "KNX 3/8/2 §7.6.3"),
        service(0x020c, "search_response_extended", Observe, "KNX 3/8/2 §7.6.4").args(DEVICE),
        service(CONFIGURATION, "device_configuration_request", Admin, "KNX 3/8/3 §4.2.6")
            .args(CHANNEL),
        local(CONFIGURATION, 0x10f0, "reset_indication", Observe),
        local(CONFIGURATION, 0x10f1, "reset_request", Control),
        local(CONFIGURATION, 0x10f5, "property_write_confirmation", Observe),
        local(CONFIGURATION, 0x10f6, "property_write", Admin),
        local(CONFIGURATION, 0x10f7, "property_info", Read),
        local(CONFIGURATION, 0x10f8, "function_property_command", Control),
        local(CONFIGURATION, 0x10f9, "function_property_state_read", Read),
        local(CONFIGURATION, 0x10fa, "function_property_confirmation", Read),
        local(CONFIGURATION, 0x10fb, "property_read_confirmation", Read),
        local(CONFIGURATION, 0x10fc, "property_read", Read),
        service(0x0311, "device_configuration_ack", Observe, "KNX 3/8/3 §4.2.7").args(CHANNEL),
        service(TUNNELLING, "tunnelling_request", Write, "KNX 3/8/4 §4.4.6").args(CHANNEL),
        telegram(TUNNELLING, 0x000, "group_value_read", Read),
        telegram(TUNNELLING, 0x040, "group_value_response", Read),
        telegram(TUNNELLING, 0x080, "group_value_write", Write),
        telegram(TUNNELLING, 0x0c0, "individual_address_write", Admin),
        telegram(TUNNELLING, 0x100, "individual_address_read", Observe),
        telegram(TUNNELLING, 0x140, "individual_address_response", Observe),
        telegram(TUNNELLING, 0x180, "adc_read", Read),
        telegram(TUNNELLING, 0x1c0, "adc_response", Read),
        telegram(TUNNELLING, 0x1c8, "system_network_parameter_read", Observe),
        telegram(TUNNELLING, 0x1c9, "system_network_parameter_response", Observe),
        telegram(TUNNELLING, 0x1ca, "system_network_parameter_write", Admin),
        telegram(TUNNELLING, 0x200, "memory_read", Program),
        telegram(TUNNELLING, 0x240, "memory_response", Program),
        telegram(TUNNELLING, 0x280, "memory_write", Program),
        telegram(TUNNELLING, 0x2c0, "user_memory_read", Program),
        telegram(TUNNELLING, 0x2c1, "user_memory_response", Program),
        telegram(TUNNELLING, 0x2c2, "user_memory_write", Program),
        telegram(TUNNELLING, 0x2c5, "user_manufacturer_info_read", Observe),
        telegram(TUNNELLING, 0x2c6, "user_manufacturer_info_response", Observe),
        telegram(TUNNELLING, 0x2c7, "function_property_command", Control),
        telegram(TUNNELLING, 0x2c8, "function_property_state_read", Read),
        telegram(TUNNELLING, 0x2c9, "function_property_state_response", Read),
        telegram(TUNNELLING, 0x300, "device_descriptor_read", Observe),
        telegram(TUNNELLING, 0x340, "device_descriptor_response", Observe),
        telegram(TUNNELLING, 0x380, "restart", Control),
        telegram(TUNNELLING, 0x381, "master_reset", Admin),
        telegram(TUNNELLING, 0x3a1, "master_reset_response", Observe),
        telegram(TUNNELLING, 0x3d1, "authorize_request", Admin),
        telegram(TUNNELLING, 0x3d2, "authorize_response", Observe),
        telegram(TUNNELLING, 0x3d3, "key_write", Admin),
        telegram(TUNNELLING, 0x3d4, "key_response", Observe),
        telegram(TUNNELLING, 0x3d5, "property_value_read", Read),
        telegram(TUNNELLING, 0x3d6, "property_value_response", Read),
        telegram(TUNNELLING, 0x3d7, "property_value_write", Admin),
        telegram(TUNNELLING, 0x3d8, "property_description_read", Observe),
        telegram(TUNNELLING, 0x3d9, "property_description_response", Observe),
        telegram(TUNNELLING, 0x3da, "network_parameter_read", Observe),
        telegram(TUNNELLING, 0x3db, "network_parameter_response", Observe),
        telegram(TUNNELLING, 0x3dc, "individual_address_serial_number_read", Observe),
        telegram(TUNNELLING, 0x3dd, "individual_address_serial_number_response", Observe),
        telegram(TUNNELLING, 0x3de, "individual_address_serial_number_write", Admin),
        telegram(TUNNELLING, 0x3e0, "domain_address_write", Admin),
        telegram(TUNNELLING, 0x3e1, "domain_address_read", Observe),
        telegram(TUNNELLING, 0x3e2, "domain_address_response", Observe),
        telegram(TUNNELLING, 0x3e3, "domain_address_selective_read", Observe),
        telegram(TUNNELLING, 0x3e4, "network_parameter_write", Admin),
        telegram(TUNNELLING, 0x3e5, "link_read", Observe),
        telegram(TUNNELLING, 0x3e6, "link_response", Observe),
        telegram(TUNNELLING, 0x3e7, "link_write", Admin),
        telegram(TUNNELLING, 0x3e8, "group_property_value_read", Read),
        telegram(TUNNELLING, 0x3e9, "group_property_value_response", Read),
        telegram(TUNNELLING, 0x3ea, "group_property_value_write", Write),
        telegram(TUNNELLING, 0x3eb, "group_property_value_info_report", Read),
        telegram(TUNNELLING, 0x3ec, "domain_address_serial_number_read", Observe),
        telegram(TUNNELLING, 0x3ed, "domain_address_serial_number_response", Observe),
        telegram(TUNNELLING, 0x3ee, "domain_address_serial_number_write", Admin),
        telegram(TUNNELLING, 0x3f0, "file_stream_info_report", Program),
        telegram(TUNNELLING, 0x3f1, "secure_service", Write),
        telegram(TUNNELLING, 0x880, "transport_connect", Observe),
        telegram(TUNNELLING, 0x881, "transport_disconnect", Observe),
        telegram(TUNNELLING, 0x8c2, "transport_ack", Observe),
        telegram(TUNNELLING, 0x8c3, "transport_nak", Observe),
        local(TUNNELLING, 0x102b, "bus_monitor", Read),
        local(TUNNELLING, 0x10f0, "reset_indication", Observe),
        local(TUNNELLING, 0x10f1, "reset_request", Control),
        local(TUNNELLING, 0x10f5, "property_write_confirmation", Observe),
        local(TUNNELLING, 0x10f6, "property_write", Admin),
        local(TUNNELLING, 0x10f7, "property_info", Read),
        local(TUNNELLING, 0x10f8, "function_property_command", Control),
        local(TUNNELLING, 0x10f9, "function_property_state_read", Read),
        local(TUNNELLING, 0x10fa, "function_property_confirmation", Read),
        local(TUNNELLING, 0x10fb, "property_read_confirmation", Read),
        local(TUNNELLING, 0x10fc, "property_read", Read),
        service(0x0421, "tunnelling_ack", Observe, "KNX 3/8/4 §4.4.7").args(CHANNEL),
        service(0x0422, "tunnelling_feature_get", Observe, "KNX 3/8/4 §4.4.8").args(FEATURE),
        service(0x0423, "tunnelling_feature_response", Observe, "KNX 3/8/4 §4.4.9").args(FEATURE),
        service(0x0424, "tunnelling_feature_set", Admin, "KNX 3/8/4 §4.4.10").args(FEATURE),
        service(0x0425, "tunnelling_feature_info", Observe, "KNX 3/8/4 §4.4.11").args(FEATURE),
        service(ROUTING, "routing_indication", Write, "KNX 3/8/5 §5.1"),
        telegram(ROUTING, 0x000, "group_value_read", Read),
        telegram(ROUTING, 0x040, "group_value_response", Read),
        telegram(ROUTING, 0x080, "group_value_write", Write),
        telegram(ROUTING, 0x0c0, "individual_address_write", Admin),
        telegram(ROUTING, 0x100, "individual_address_read", Observe),
        telegram(ROUTING, 0x140, "individual_address_response", Observe),
        telegram(ROUTING, 0x180, "adc_read", Read),
        telegram(ROUTING, 0x1c0, "adc_response", Read),
        telegram(ROUTING, 0x1c8, "system_network_parameter_read", Observe),
        telegram(ROUTING, 0x1c9, "system_network_parameter_response", Observe),
        telegram(ROUTING, 0x1ca, "system_network_parameter_write", Admin),
        telegram(ROUTING, 0x200, "memory_read", Program),
        telegram(ROUTING, 0x240, "memory_response", Program),
        telegram(ROUTING, 0x280, "memory_write", Program),
        telegram(ROUTING, 0x2c0, "user_memory_read", Program),
        telegram(ROUTING, 0x2c1, "user_memory_response", Program),
        telegram(ROUTING, 0x2c2, "user_memory_write", Program),
        telegram(ROUTING, 0x2c5, "user_manufacturer_info_read", Observe),
        telegram(ROUTING, 0x2c6, "user_manufacturer_info_response", Observe),
        telegram(ROUTING, 0x2c7, "function_property_command", Control),
        telegram(ROUTING, 0x2c8, "function_property_state_read", Read),
        telegram(ROUTING, 0x2c9, "function_property_state_response", Read),
        telegram(ROUTING, 0x300, "device_descriptor_read", Observe),
        telegram(ROUTING, 0x340, "device_descriptor_response", Observe),
        telegram(ROUTING, 0x380, "restart", Control),
        telegram(ROUTING, 0x381, "master_reset", Admin),
        telegram(ROUTING, 0x3a1, "master_reset_response", Observe),
        telegram(ROUTING, 0x3d1, "authorize_request", Admin),
        telegram(ROUTING, 0x3d2, "authorize_response", Observe),
        telegram(ROUTING, 0x3d3, "key_write", Admin),
        telegram(ROUTING, 0x3d4, "key_response", Observe),
        telegram(ROUTING, 0x3d5, "property_value_read", Read),
        telegram(ROUTING, 0x3d6, "property_value_response", Read),
        telegram(ROUTING, 0x3d7, "property_value_write", Admin),
        telegram(ROUTING, 0x3d8, "property_description_read", Observe),
        telegram(ROUTING, 0x3d9, "property_description_response", Observe),
        telegram(ROUTING, 0x3da, "network_parameter_read", Observe),
        telegram(ROUTING, 0x3db, "network_parameter_response", Observe),
        telegram(ROUTING, 0x3dc, "individual_address_serial_number_read", Observe),
        telegram(ROUTING, 0x3dd, "individual_address_serial_number_response", Observe),
        telegram(ROUTING, 0x3de, "individual_address_serial_number_write", Admin),
        telegram(ROUTING, 0x3e0, "domain_address_write", Admin),
        telegram(ROUTING, 0x3e1, "domain_address_read", Observe),
        telegram(ROUTING, 0x3e2, "domain_address_response", Observe),
        telegram(ROUTING, 0x3e3, "domain_address_selective_read", Observe),
        telegram(ROUTING, 0x3e4, "network_parameter_write", Admin),
        telegram(ROUTING, 0x3e5, "link_read", Observe),
        telegram(ROUTING, 0x3e6, "link_response", Observe),
        telegram(ROUTING, 0x3e7, "link_write", Admin),
        telegram(ROUTING, 0x3e8, "group_property_value_read", Read),
        telegram(ROUTING, 0x3e9, "group_property_value_response", Read),
        telegram(ROUTING, 0x3ea, "group_property_value_write", Write),
        telegram(ROUTING, 0x3eb, "group_property_value_info_report", Read),
        telegram(ROUTING, 0x3ec, "domain_address_serial_number_read", Observe),
        telegram(ROUTING, 0x3ed, "domain_address_serial_number_response", Observe),
        telegram(ROUTING, 0x3ee, "domain_address_serial_number_write", Admin),
        telegram(ROUTING, 0x3f0, "file_stream_info_report", Program),
        telegram(ROUTING, 0x3f1, "secure_service", Write),
        telegram(ROUTING, 0x880, "transport_connect", Observe),
        telegram(ROUTING, 0x881, "transport_disconnect", Observe),
        telegram(ROUTING, 0x8c2, "transport_ack", Observe),
        telegram(ROUTING, 0x8c3, "transport_nak", Observe),
        service(0x0531, "routing_lost_message", Observe, "KNX 3/8/5 §5.2").args(LOST),
        service(0x0532, "routing_busy", Observe, "KNX 3/8/5 §5.3").args(BUSY),
        service(0x0533, "routing_system_broadcast", Admin, "KNX 3/8/5 §5.4"),
        service(0x0740, "remote_diagnostic_request", Observe, "KNX 3/8/7 §3.3"),
        service(0x0741, "remote_diagnostic_response", Observe, "KNX 3/8/7 §3.3").args(DEVICE),
        service(0x0742, "remote_basic_configuration_request", Admin, "KNX 3/8/7 §3.3"),
        service(0x0743, "remote_reset_request", Control, "KNX 3/8/7 §3.3"),
        service(0x0950, "secure_wrapper", Observe, "KNX 3/8/9 §2.2").args(SESSION),
        service(0x0951, "secure_session_request", Observe, "KNX 3/8/9 §2.2"),
        service(0x0952, "secure_session_response", Observe, "KNX 3/8/9 §2.2").args(SESSION),
        service(0x0953, "secure_session_authenticate", Observe, "KNX 3/8/9 §2.2"),
        service(0x0954, "secure_session_status", Observe, "KNX 3/8/9 §2.2"),
        service(0x0955, "secure_timer_notify", Observe, "KNX 3/8/9 §2.2"),
    ]
};

#[cfg(test)]
mod tests {
    use super::super::spec::SPEC;

    #[test]
    fn tables_are_in_order() {
        assert!(SPEC.operations.is_sorted_by_key(|op| (op.code, op.sub)));
        assert!(SPEC.statuses.is_sorted_by_key(|status| status.code));
        assert_eq!(SPEC.operation(0x0420, Some(0x080)).unwrap().name, "group_value_write");
    }
}
