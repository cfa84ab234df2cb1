//! The operations with what they do to a meter.
//!
//! The code is the tag of the message. Setting and invoking have the class of the object as
//! subcode where the class decides what they do: opening a breaker is not resetting a register.

use vocab::{Access, Arg, OpSpec};

const OBJECT: &[Arg] = &[Arg::dec("class"), Arg::hex("instance"), Arg::dec("attribute")];
const METHOD: &[Arg] = &[Arg::dec("class"), Arg::hex("instance"), Arg::dec("method")];
const ASSOCIATE: &[Arg] = &[Arg::dec("ciphered"), Arg::dec("mechanism")];

const fn op(code: u32, name: &'static str, access: Access) -> OpSpec {
    OpSpec::new(code, name, access, "IEC 62056-5-3:2017 §9.5")
}

/// Setting attributes of a class.
const fn set(class: u16, name: &'static str, access: Access) -> OpSpec {
    OpSpec::new(193, name, access, "IEC 62056-6-2:2017 §5").sub(class).args(OBJECT)
}

/// Invoking methods of a class.
const fn act(class: u16, name: &'static str, access: Access) -> OpSpec {
    OpSpec::new(195, name, access, "IEC 62056-6-2:2017 §5").sub(class).args(METHOD)
}

/// All of them, by code and subcode.
#[rustfmt::skip]
pub(super) const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Program, Read, Write};
    &[
        op(1, "initiate_request", Observe),
        op(5, "read_request", Read),
        op(6, "write_request", Write),
        op(8, "initiate_response", Observe),
        op(12, "read_response", Read),
        op(13, "write_response", Write),
        op(14, "confirmed_service_error", Observe),
        op(15, "data_notification", Read),
        op(22, "unconfirmed_write_request", Write),
        op(24, "information_report_request", Read),
        op(33, "ciphered_initiate_request", Observe),
        op(37, "ciphered_read_request", Read),
        op(38, "ciphered_write_request", Write),
        op(40, "ciphered_initiate_response", Observe),
        op(44, "ciphered_read_response", Read),
        op(45, "ciphered_write_response", Write),
        op(46, "ciphered_confirmed_service_error", Observe),
        op(54, "ciphered_unconfirmed_write_request", Write),
        op(56, "ciphered_information_report_request", Read),
        op(96, "associate_request", Observe).args(ASSOCIATE),
        op(97, "associate_response", Observe),
        op(98, "release_request", Observe),
        op(99, "release_response", Observe),
        op(192, "get_request", Read).args(OBJECT),
        op(193, "set_request", Write).args(OBJECT),
        set(8, "set_clock", Admin),
        set(9, "set_script_table", Program),
        set(11, "set_special_days", Admin),
        set(15, "set_association", Admin),
        set(17, "set_sap_assignment", Admin),
        set(18, "set_image_transfer", Program),
        set(20, "set_activity_calendar", Admin),
        set(21, "set_register_monitor", Admin),
        set(22, "set_single_action_schedule", Admin),
        set(23, "set_hdlc_setup", Admin),
        set(40, "set_push_setup", Admin),
        set(41, "set_tcp_udp_setup", Admin),
        set(42, "set_ipv4_setup", Admin),
        set(43, "set_mac_address_setup", Admin),
        set(48, "set_ipv6_setup", Admin),
        set(64, "set_security_setup", Admin),
        set(70, "set_disconnect_control", Admin),
        set(71, "set_limiter", Control),
        op(194, "event_notification_request", Read).args(OBJECT),
        op(195, "action_request", Control).args(METHOD),
        act(1, "data_action", Write),
        act(3, "register_action", Admin),
        act(4, "extended_register_action", Admin),
        act(5, "demand_register_action", Admin),
        act(7, "profile_generic_action", Admin),
        act(8, "clock_action", Admin),
        act(9, "script_table_execute", Control),
        act(15, "association_action", Admin),
        act(18, "image_transfer_action", Program),
        act(20, "activity_calendar_action", Admin),
        act(40, "push_setup_action", Read),
        act(64, "security_setup_action", Admin),
        act(70, "disconnect_control_action", Control),
        op(196, "get_response", Read).args(OBJECT),
        op(197, "set_response", Write).args(OBJECT),
        op(199, "action_response", Control).args(METHOD),
        op(200, "ciphered_get_request", Read),
        op(201, "ciphered_set_request", Write),
        op(202, "ciphered_event_notification_request", Read),
        op(203, "ciphered_action_request", Control),
        op(204, "ciphered_get_response", Read),
        op(205, "ciphered_set_response", Write),
        op(207, "ciphered_action_response", Control),
        op(208, "dedicated_ciphered_get_request", Read),
        op(209, "dedicated_ciphered_set_request", Write),
        op(210, "dedicated_ciphered_event_notification_request", Read),
        op(211, "dedicated_ciphered_action_request", Control),
        op(212, "dedicated_ciphered_get_response", Read),
        op(213, "dedicated_ciphered_set_response", Write),
        op(215, "dedicated_ciphered_action_response", Control),
        op(216, "exception_response", Observe),
        op(217, "access_request", Write),
        op(218, "access_response", Write),
        op(219, "general_ciphered_message", Write),
        op(220, "general_dedicated_ciphered_message", Write),
        op(221, "general_ciphered_message_with_key", Write),
        op(223, "general_signed_message", Write),
        op(224, "general_block_transfer", Write),
    ]
};

#[cfg(test)]
mod tests {
    use super::super::spec::SPEC;

    #[test]
    fn tables_are_in_order() {
        assert!(SPEC.operations.is_sorted_by_key(|op| (op.code, op.sub)));
        assert!(SPEC.statuses.is_sorted_by_key(|status| status.code));
        assert_eq!(SPEC.operation(195, Some(70)).unwrap().name, "disconnect_control_action");
        assert_eq!(SPEC.operation(195, Some(29)).unwrap().name, "action_request");
    }
}
