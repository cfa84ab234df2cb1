//! The operations with what they do to an installation.
//!
//! The code is the packet type. Data packets carry LonTalk messages and have as subcode what the
//! message does: its message code, 0x80 and 0xc0 for network variables, from 0x100 on what
//! carries no message.

use vocab::{Access, Arg, OpSpec};

/// The packet that carries LonTalk messages.
pub(super) const DATA: u32 = 0x01;
/// Messages that applications define; their codes are their own.
pub(super) const APPLICATION: u16 = 0x00;
/// Frames of other networks.
pub(super) const FOREIGN: u16 = 0x40;
/// A value for a network variable, or the wish to have it.
pub(super) const UPDATE: u16 = 0x80;
pub(super) const POLL: u16 = 0xc0;
/// Transport and session control: this and the type.
pub(super) const TRANSPORT: u16 = 0x100;
/// Authentication: this and the type.
pub(super) const AUTHENTICATION: u16 = 0x110;
/// An answer to something that was not seen.
pub(super) const ANSWER: u16 = 0x120;

const MESSAGE: &[Arg] = &[Arg::dec("source"), Arg::dec("destination"), Arg::dec("transaction")];
const VARIABLE: &[Arg] =
    &[Arg::dec("source"), Arg::dec("destination"), Arg::dec("transaction"), Arg::hex("selector")];
const REQUEST: &[Arg] = &[Arg::dec("request")];

/// A packet of the IP channel.
const fn packet(code: u32, name: &'static str, access: Access) -> OpSpec {
    OpSpec::new(code, name, access, "ISO/IEC 14908-4:2012 §8")
}

/// A LonTalk message in a data packet.
const fn message(sub: u16, name: &'static str, access: Access) -> OpSpec {
    OpSpec::new(DATA, name, access, "ISO/IEC 14908-1:2012 §11").sub(sub).args(MESSAGE)
}

/// All of them, by code and subcode.
#[rustfmt::skip]
pub(super) const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Program, Read, Write};
    &[
        packet(DATA, "data_packet", Write),
        message(APPLICATION, "application_message", Write),
        message(FOREIGN, "foreign_frame", Write),
        message(0x51, "query_status", Observe),
        message(0x52, "proxy_command", Write),
        message(0x53, "clear_status", Admin),
        message(0x54, "query_transceiver_status", Observe),
        message(0x61, "query_id", Observe),
        message(0x62, "respond_to_query", Admin),
        message(0x63, "update_domain", Admin),
        message(0x64, "leave_domain", Admin),
        message(0x65, "update_key", Admin),
        message(0x66, "update_address", Admin),
        message(0x67, "query_address", Observe),
        message(0x68, "query_variable_configuration", Observe),
        message(0x69, "update_group_address", Admin),
        message(0x6a, "query_domain", Observe),
        message(0x6b, "update_variable_configuration", Admin),
        message(0x6c, "set_node_mode", Control),
        message(0x6d, "read_memory", Program),
        message(0x6e, "write_memory", Program),
        message(0x6f, "recalculate_checksum", Program),
        message(0x70, "wink", Observe),
        message(0x71, "refresh_memory", Program),
        message(0x72, "query_standard_variable_types", Observe),
        message(0x73, "fetch_variable", Read),
        message(0x74, "set_router_mode", Admin),
        message(0x75, "clear_router_table", Admin),
        message(0x76, "download_router_table", Admin),
        message(0x77, "router_forward_group", Admin),
        message(0x78, "router_forward_subnet", Admin),
        message(0x79, "router_block_group", Admin),
        message(0x7a, "router_block_subnet", Admin),
        message(0x7b, "report_router_table", Observe),
        message(0x7c, "router_status", Observe),
        message(0x7d, "management_escape", Admin),
        message(0x7e, "router_half_escape", Admin),
        message(0x7f, "service_pin", Observe),
        message(UPDATE, "update_variable", Write).args(VARIABLE),
        message(POLL, "poll_variable", Read).args(VARIABLE),
        message(TRANSPORT | 2, "acknowledge", Observe),
        message(TRANSPORT | 4, "remind", Observe),
        message(AUTHENTICATION, "challenge", Observe),
        message(AUTHENTICATION | 2, "reply_to_challenge", Observe),
        message(ANSWER, "answer", Read),
        packet(0x03, "register_device", Admin),
        packet(0x04, "channel_membership", Admin),
        packet(0x06, "send_list", Admin),
        packet(0x07, "acknowledge_packet", Observe).args(REQUEST),
        packet(0x08, "channel_routing", Admin),
        packet(0x60, "request_statistics", Observe).args(REQUEST),
        packet(0x63, "request_device_configuration", Observe).args(REQUEST),
        packet(0x64, "request_channel_membership", Observe).args(REQUEST),
        packet(0x66, "request_send_list", Observe).args(REQUEST),
        packet(0x68, "request_channel_routing", Observe).args(REQUEST),
        packet(0x70, "statistics", Observe),
        packet(0x71, "configure_device", Admin),
        packet(0x7f, "segment", Admin),
    ]
};

#[cfg(test)]
mod tests {
    use super::super::spec::SPEC;

    #[test]
    fn tables_are_in_order() {
        assert!(SPEC.operations.is_sorted_by_key(|op| (op.code, op.sub)));
        assert!(SPEC.statuses.is_sorted_by_key(|status| status.code));
    }
}
