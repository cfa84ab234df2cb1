//! The operations with what they do to a plant.
//!
//! The code of a service is its service choice. Confirmed and unconfirmed services count
//! separately in the standard, so the same number means two things: unconfirmed ones have the
//! subcode 1, which is their PDU type. Reinitialize-device has its state as subcode, from 256 on.
//! Messages that are no services have codes of their own, from 256 on.

use vocab::{Access, Arg, OpSpec};

/// PDU type of unconfirmed requests: subcode of all unconfirmed services. Clause 20.1.3.
pub(super) const UNCONFIRMED: u16 = 1;
/// Subcode of reinitialize-device: this and the state that is asked for. Clause 16.4.1.1.1.
pub(super) const REINITIALIZE: u16 = 0x100;
/// Network layer messages: this and the message type. Clause 6.2.4.
pub(super) const NETWORK: u32 = 0x100;
/// Functions of BACnet/IP that carry no network message: this and the function. Clause J.2.
pub(super) const BVLC: u32 = 0x200;
/// The same of BACnet/IPv6. Clause U.2.
pub(super) const BVLC6: u32 = 0x300;
/// MS/TP frames that carry no network message: this and the frame type. Clause 9.3.
pub(super) const MSTP: u32 = 0x400;
/// PDUs without a service choice: this and the PDU type. Clause 20.1.
pub(super) const PDU: u32 = 0x500;

const PROPERTY: &[Arg] =
    &[Arg::dec("object_type"), Arg::dec("instance"), Arg::dec("property"), Arg::dec("index")];
const WRITTEN: &[Arg] =
    &[Arg::dec("object_type"), Arg::dec("instance"), Arg::dec("property"), Arg::dec("priority")];
const LIST: &[Arg] = &[Arg::dec("objects"), Arg::dec("properties")];
const OBJECT: &[Arg] = &[Arg::dec("object_type"), Arg::dec("instance")];
const FILE: &[Arg] = &[Arg::dec("file"), Arg::dec("start"), Arg::dec("count"), Arg::dec("records")];
const ALARM: &[Arg] = &[Arg::dec("process"), Arg::dec("event_state")];
const EVENT: &[Arg] =
    &[Arg::dec("device"), Arg::dec("event_type"), Arg::dec("to_state"), Arg::dec("priority")];
const COV: &[Arg] = &[Arg::dec("process"), Arg::dec("device"), Arg::dec("lifetime")];
const SUBSCRIBE: &[Arg] = &[Arg::dec("process"), Arg::dec("confirmed"), Arg::dec("lifetime")];
const DCC: &[Arg] = &[Arg::dec("state"), Arg::dec("minutes"), Arg::dec("password")];
const REINIT: &[Arg] = &[Arg::dec("state"), Arg::dec("password")];
const PRIVATE: &[Arg] = &[Arg::dec("vendor"), Arg::dec("service")];
const TEXT: &[Arg] = &[Arg::dec("device"), Arg::dec("urgent")];
const VT: &[Arg] = &[Arg::dec("session")];
const LIFE: &[Arg] = &[Arg::dec("process"), Arg::dec("operation")];
const RANGE: &[Arg] = &[Arg::dec("low"), Arg::dec("high")];
const I_AM: &[Arg] =
    &[Arg::dec("device"), Arg::dec("max_apdu"), Arg::dec("segmentation"), Arg::dec("vendor")];
const I_HAVE: &[Arg] = &[Arg::dec("device"), Arg::dec("object_type"), Arg::dec("instance")];
const GROUP: &[Arg] = &[Arg::dec("group"), Arg::dec("priority")];
const VENDOR: &[Arg] = &[Arg::dec("vendor")];
const NET: &[Arg] = &[Arg::dec("network")];
const REFUSED: &[Arg] = &[Arg::dec("service")];
const SEGMENT: &[Arg] = &[Arg::dec("sequence"), Arg::dec("window"), Arg::dec("negative")];
const TTL: &[Arg] = &[Arg::dec("seconds")];
const OWN: &[Arg] = &[Arg::dec("vendor"), Arg::dec("type")];
const SOURCE: &[Arg] = &[Arg::dec("source")];
const VMAC: &[Arg] = &[Arg::dec("source"), Arg::dec("target")];

/// An operation with its clause.
macro_rules! op {
    ($code:expr, $name:literal, $access:expr, $clause:literal) => {
        OpSpec::new($code, $name, $access, concat!("ASHRAE 135-2020 §", $clause))
    };
}

/// An unconfirmed service with its clause.
macro_rules! event {
    ($code:expr, $name:literal, $access:expr, $clause:literal) => {
        op!($code, $name, $access, $clause).sub(UNCONFIRMED)
    };
}

/// An unconfirmed service that the standard has not given out; without this row it would go under
/// the name of the confirmed one.
const fn unassigned(code: u32) -> OpSpec {
    event!(code, "unassigned_unconfirmed_service", Access::Program, "21")
}

const fn reinitialize(state: u16, name: &'static str, access: Access) -> OpSpec {
    let sub = REINITIALIZE | state;
    OpSpec::new(20, name, access, "ASHRAE 135-2020 §16.4").sub(sub).args(REINIT)
}

/// All of them, by code and subcode. Clauses 6, 9, 13 to 17, 20, J and U.
#[rustfmt::skip]
pub(super) const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Program, Read, Write};
    &[
        op!(0, "acknowledge_alarm", Admin, "13.5").args(ALARM),
        event!(0, "i_am", Observe, "16.10").args(I_AM),
        op!(1, "confirmed_cov_notification", Read, "13.6").args(COV),
        event!(1, "i_have", Observe, "16.9").args(I_HAVE),
        op!(2, "confirmed_event_notification", Read, "13.8").args(EVENT),
        event!(2, "unconfirmed_cov_notification", Read, "13.7").args(COV),
        op!(3, "get_alarm_summary", Read, "13.10"),
        event!(3, "unconfirmed_event_notification", Read, "13.9").args(EVENT),
        op!(4, "get_enrollment_summary", Read, "13.11"),
        event!(4, "unconfirmed_private_transfer", Program, "16.3").args(PRIVATE),
        op!(5, "subscribe_cov", Read, "13.14").args(SUBSCRIBE),
        event!(5, "unconfirmed_text_message", Observe, "16.6").args(TEXT),
        op!(6, "atomic_read_file", Program, "14.1").args(FILE),
        event!(6, "time_synchronization", Admin, "16.7"),
        op!(7, "atomic_write_file", Program, "14.2").args(FILE),
        event!(7, "who_has", Observe, "16.9").args(RANGE),
        op!(8, "add_list_element", Admin, "15.1").args(PROPERTY),
        event!(8, "who_is", Observe, "16.10").args(RANGE),
        op!(9, "remove_list_element", Admin, "15.2").args(PROPERTY),
        event!(9, "utc_time_synchronization", Admin, "16.8"),
        op!(10, "create_object", Program, "15.3").args(OBJECT),
        event!(10, "write_group", Write, "15.11").args(GROUP),
        op!(11, "delete_object", Program, "15.4").args(OBJECT),
        event!(11, "unconfirmed_cov_notification_multiple", Read, "13.18").args(COV),
        op!(12, "read_property", Read, "15.5").args(PROPERTY),
        event!(12, "unconfirmed_audit_notification", Observe, "13.20"),
        OpSpec::new(13, "read_property_conditional", Read, "ASHRAE 135-2010 §15.6"),
        event!(13, "who_am_i", Observe, "16.11").args(VENDOR),
        op!(14, "read_property_multiple", Read, "15.7").args(LIST),
        event!(14, "you_are", Admin, "16.11").args(VENDOR),
        op!(15, "write_property", Write, "15.9").args(WRITTEN),
        unassigned(15),
        op!(16, "write_property_multiple", Write, "15.10").args(LIST),
        unassigned(16),
        op!(17, "device_communication_control", Control, "16.1").args(DCC),
        unassigned(17),
        op!(18, "confirmed_private_transfer", Program, "16.2").args(PRIVATE),
        unassigned(18),
        op!(19, "confirmed_text_message", Observe, "16.5").args(TEXT),
        unassigned(19),
        op!(20, "reinitialize_device", Control, "16.4").args(REINIT),
        unassigned(20),
        reinitialize(0, "reinitialize_device_coldstart", Control),
        reinitialize(1, "reinitialize_device_warmstart", Control),
        reinitialize(2, "reinitialize_device_start_backup", Program),
        reinitialize(3, "reinitialize_device_end_backup", Program),
        reinitialize(4, "reinitialize_device_start_restore", Program),
        reinitialize(5, "reinitialize_device_end_restore", Program),
        reinitialize(6, "reinitialize_device_abort_restore", Program),
        reinitialize(7, "reinitialize_device_activate_changes", Admin),
        op!(21, "vt_open", Program, "17.2").args(VT),
        unassigned(21),
        op!(22, "vt_close", Observe, "17.3").args(VT),
        unassigned(22),
        op!(23, "vt_data", Program, "17.4").args(VT),
        unassigned(23),
        OpSpec::new(24, "authenticate", Admin, "ASHRAE 135-2008 §24.5"),
        unassigned(24),
        OpSpec::new(25, "request_key", Admin, "ASHRAE 135-2008 §24.4"),
        unassigned(25),
        op!(26, "read_range", Read, "15.8").args(PROPERTY),
        unassigned(26),
        op!(27, "life_safety_operation", Control, "13.13").args(LIFE),
        unassigned(27),
        op!(28, "subscribe_cov_property", Read, "13.15").args(SUBSCRIBE),
        unassigned(28),
        op!(29, "get_event_information", Read, "13.12"),
        unassigned(29),
        op!(30, "subscribe_cov_property_multiple", Read, "13.16").args(SUBSCRIBE),
        unassigned(30),
        op!(31, "confirmed_cov_notification_multiple", Read, "13.17").args(COV),
        unassigned(31),
        op!(32, "confirmed_audit_notification", Observe, "13.19"),
        unassigned(32),
        op!(33, "audit_log_query", Read, "13.21"),
        unassigned(33),
        OpSpec::new(34, "auth_request", Admin, "ASHRAE 135-2024 §17.9"),
        unassigned(34),
        op!(NETWORK, "who_is_router_to_network", Observe, "6.4.1").args(NET),
        op!(NETWORK | 0x01, "i_am_router_to_network", Observe, "6.4.2").args(NET),
        op!(NETWORK | 0x02, "i_could_be_router_to_network", Observe, "6.4.3").args(NET),
        op!(NETWORK | 0x03, "reject_message_to_network", Observe, "6.4.4").args(NET),
        op!(NETWORK | 0x04, "router_busy_to_network", Observe, "6.4.5").args(NET),
        op!(NETWORK | 0x05, "router_available_to_network", Observe, "6.4.6").args(NET),
        op!(NETWORK | 0x06, "initialize_routing_table", Admin, "6.4.7"),
        op!(NETWORK | 0x07, "initialize_routing_table_ack", Observe, "6.4.8"),
        op!(NETWORK | 0x08, "establish_connection_to_network", Admin, "6.4.9").args(NET),
        op!(NETWORK | 0x09, "disconnect_connection_to_network", Admin, "6.4.10").args(NET),
        OpSpec::new(NETWORK | 0x0a, "challenge_request", Observe, "ASHRAE 135-2016 §6.4.11"),
        OpSpec::new(NETWORK | 0x0b, "security_payload", Observe, "ASHRAE 135-2016 §6.4.12"),
        OpSpec::new(NETWORK | 0x0c, "security_response", Observe, "ASHRAE 135-2016 §6.4.13"),
        OpSpec::new(NETWORK | 0x0d, "request_key_update", Admin, "ASHRAE 135-2016 §6.4.14"),
        OpSpec::new(NETWORK | 0x0e, "update_key_set", Admin, "ASHRAE 135-2016 §6.4.15"),
        OpSpec::new(NETWORK | 0x0f, "update_distribution_key", Admin, "ASHRAE 135-2016 §6.4.16"),
        OpSpec::new(NETWORK | 0x10, "request_master_key", Admin, "ASHRAE 135-2016 §6.4.17"),
        OpSpec::new(NETWORK | 0x11, "set_master_key", Admin, "ASHRAE 135-2016 §6.4.18"),
        op!(NETWORK | 0x12, "what_is_network_number", Observe, "6.4.19"),
        op!(NETWORK | 0x13, "network_number_is", Admin, "6.4.20").args(NET),
        op!(NETWORK | 0x80, "proprietary_network_message", Program, "6.2.4").args(OWN),
        op!(BVLC, "bvlc_result", Observe, "J.2.1"),
        op!(BVLC | 0x01, "write_broadcast_distribution_table", Admin, "J.2.2"),
        op!(BVLC | 0x02, "read_broadcast_distribution_table", Observe, "J.2.3"),
        op!(BVLC | 0x03, "read_broadcast_distribution_table_ack", Observe, "J.2.4"),
        op!(BVLC | 0x05, "register_foreign_device", Admin, "J.2.6").args(TTL),
        op!(BVLC | 0x06, "read_foreign_device_table", Observe, "J.2.7"),
        op!(BVLC | 0x07, "read_foreign_device_table_ack", Observe, "J.2.8"),
        op!(BVLC | 0x08, "delete_foreign_device_table_entry", Admin, "J.2.9"),
        OpSpec::new(BVLC | 0x0c, "secure_bvll", Observe, "ASHRAE 135-2016 §J.2.13"),
        op!(BVLC6, "bvlc6_result", Observe, "U.2.1").args(SOURCE),
        op!(BVLC6 | 0x03, "address_resolution", Observe, "U.2.4").args(VMAC),
        op!(BVLC6 | 0x04, "forwarded_address_resolution", Observe, "U.2.5").args(VMAC),
        op!(BVLC6 | 0x05, "address_resolution_ack", Observe, "U.2.6").args(VMAC),
        op!(BVLC6 | 0x06, "virtual_address_resolution", Observe, "U.2.7").args(SOURCE),
        op!(BVLC6 | 0x07, "virtual_address_resolution_ack", Observe, "U.2.8").args(VMAC),
        op!(BVLC6 | 0x09, "register_foreign_device_ipv6", Admin, "U.2.10").args(TTL),
        op!(BVLC6 | 0x0a, "delete_foreign_device_table_entry_ipv6", Admin, "U.2.11").args(SOURCE),
        OpSpec::new(BVLC6 | 0x0b, "secure_bvll_ipv6", Observe, "ASHRAE 135-2016 §U.2.12")
            .args(SOURCE),
        op!(MSTP, "mstp_token", Observe, "9.3.1"),
        op!(MSTP | 0x01, "mstp_poll_for_master", Observe, "9.3.2"),
        op!(MSTP | 0x02, "mstp_reply_to_poll_for_master", Observe, "9.3.3"),
        op!(MSTP | 0x03, "mstp_test_request", Observe, "9.3.4"),
        op!(MSTP | 0x04, "mstp_test_response", Observe, "9.3.5"),
        op!(MSTP | 0x07, "mstp_reply_postponed", Observe, "9.3.8"),
        op!(MSTP | 0x80, "mstp_proprietary_frame", Program, "9.3.10").args(OWN),
        op!(PDU | 0x04, "segment_ack", Observe, "20.1.6").args(SEGMENT),
        op!(PDU | 0x06, "reject", Observe, "20.1.8").args(REFUSED),
        op!(PDU | 0x07, "abort", Observe, "20.1.9").args(REFUSED),
    ]
};

#[cfg(test)]
mod tests {
    use super::super::spec::SPEC;

    #[test]
    fn tables_are_in_order() {
        assert!(SPEC.operations.is_sorted_by_key(|op| (op.code, op.sub)));
        assert!(SPEC.statuses.is_sorted_by_key(|status| status.code));
        assert_eq!(SPEC.operation(8, Some(super::UNCONFIRMED)).unwrap().name, "who_is");
        assert_eq!(SPEC.operation(8, None).unwrap().name, "add_list_element");
        assert_eq!(SPEC.status_name(31), Some("unknown_object"));
    }
}
