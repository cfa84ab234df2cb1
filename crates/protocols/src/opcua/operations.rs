//! The services, by the numbers of their requests' and answers' binary encodings.
//! OPC 10000-6 Annex A.3, OPC 10000-4 §5.

use super::spec::{ABORT, ERROR, HELLO, REVERSE_HELLO, SEALED};
use vocab::{Access, Arg, OpSpec};

const COUNT: &[Arg] = &[Arg::dec("count")];
const OPEN: &[Arg] = &[Arg::dec("request_type"), Arg::dec("security_mode"), Arg::dec("lifetime")];
const OPENED: &[Arg] = &[Arg::dec("channel"), Arg::dec("token"), Arg::dec("lifetime")];
const TIMEOUT: &[Arg] = &[Arg::dec("timeout")];
const ACTIVATE: &[Arg] = &[Arg::dec("token_type"), Arg::dec("clear_password")];
const CLOSE: &[Arg] = &[Arg::dec("delete_subscriptions")];
const CANCEL: &[Arg] = &[Arg::dec("request_handle")];
const BROWSE: &[Arg] = &[Arg::dec("count"), Arg::dec("max_references")];
const NEXT: &[Arg] = &[Arg::dec("count"), Arg::dec("releases")];
const READ: &[Arg] = &[Arg::dec("count"), Arg::dec("max_age"), Arg::dec("timestamps")];
const HISTORY: &[Arg] =
    &[Arg::dec("count"), Arg::dec("details"), Arg::dec("timestamps"), Arg::dec("releases")];
const ITEMS: &[Arg] = &[Arg::dec("subscription"), Arg::dec("count")];
const MODE: &[Arg] = &[Arg::dec("subscription"), Arg::dec("count"), Arg::dec("mode")];
const TRIGGER: &[Arg] = &[Arg::dec("subscription"), Arg::dec("count"), Arg::dec("trigger")];
const SUBSCRIBE: &[Arg] =
    &[Arg::dec("interval"), Arg::dec("lifetime"), Arg::dec("keep_alive"), Arg::dec("enabled")];
const SUBSCRIBED: &[Arg] =
    &[Arg::dec("subscription"), Arg::dec("interval"), Arg::dec("lifetime"), Arg::dec("keep_alive")];
const REVISED: &[Arg] = &[Arg::dec("interval"), Arg::dec("lifetime"), Arg::dec("keep_alive")];
const PUBLISHING: &[Arg] = &[Arg::dec("count"), Arg::dec("enabled")];
const PUBLISHED: &[Arg] =
    &[Arg::dec("subscription"), Arg::dec("sequence"), Arg::dec("more"), Arg::dec("count")];
const REPUBLISH: &[Arg] = &[Arg::dec("subscription"), Arg::dec("sequence")];
const REPUBLISHED: &[Arg] = &[Arg::dec("sequence")];
const LIMITS: &[Arg] = &[
    Arg::dec("version"),
    Arg::dec("receive_size"),
    Arg::dec("send_size"),
    Arg::dec("message_size"),
];

#[rustfmt::skip]
pub(super) const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Read, Write};
    &[
        OpSpec::new(397, "service_fault", Observe, "OPC 10000-4 §7.34"),
        OpSpec::new(410, "test_stack", Observe, "OPC 10000-4 §5.13"),
        OpSpec::new(413, "test_stack_response", Observe, "OPC 10000-4 §5.13"),
        OpSpec::new(416, "test_stack_ex", Observe, "OPC 10000-4 §5.13"),
        OpSpec::new(419, "test_stack_ex_response", Observe, "OPC 10000-4 §5.13"),
        OpSpec::new(422, "find_servers", Observe, "OPC 10000-4 §5.4.2"),
        OpSpec::new(425, "find_servers_response", Observe, "OPC 10000-4 §5.4.2").args(COUNT),
        OpSpec::new(428, "get_endpoints", Observe, "OPC 10000-4 §5.4.4"),
        OpSpec::new(431, "get_endpoints_response", Observe, "OPC 10000-4 §5.4.4").args(COUNT),
        OpSpec::new(437, "register_server", Admin, "OPC 10000-4 §5.4.5"),
        OpSpec::new(440, "register_server_response", Admin, "OPC 10000-4 §5.4.5"),
        OpSpec::new(446, "open_secure_channel", Observe, "OPC 10000-4 §5.5.2").args(OPEN),
        OpSpec::new(449, "open_secure_channel_response", Observe, "OPC 10000-4 §5.5.2")
            .args(OPENED),
        OpSpec::new(452, "close_secure_channel", Observe, "OPC 10000-4 §5.5.3"),
        OpSpec::new(455, "close_secure_channel_response", Observe, "OPC 10000-4 §5.5.3"),
        OpSpec::new(461, "create_session", Observe, "OPC 10000-4 §5.6.2").args(TIMEOUT),
        OpSpec::new(464, "create_session_response", Observe, "OPC 10000-4 §5.6.2").args(TIMEOUT),
        OpSpec::new(467, "activate_session", Observe, "OPC 10000-4 §5.6.3").args(ACTIVATE),
        OpSpec::new(470, "activate_session_response", Observe, "OPC 10000-4 §5.6.3"),
        OpSpec::new(473, "close_session", Observe, "OPC 10000-4 §5.6.4").args(CLOSE),
        OpSpec::new(476, "close_session_response", Observe, "OPC 10000-4 §5.6.4"),
        OpSpec::new(479, "cancel", Observe, "OPC 10000-4 §5.6.5").args(CANCEL),
        OpSpec::new(482, "cancel_response", Observe, "OPC 10000-4 §5.6.5").args(COUNT),
        OpSpec::new(488, "add_nodes", Admin, "OPC 10000-4 §5.7.2").args(COUNT),
        OpSpec::new(491, "add_nodes_response", Admin, "OPC 10000-4 §5.7.2").args(COUNT),
        OpSpec::new(494, "add_references", Admin, "OPC 10000-4 §5.7.3").args(COUNT),
        OpSpec::new(497, "add_references_response", Admin, "OPC 10000-4 §5.7.3").args(COUNT),
        OpSpec::new(500, "delete_nodes", Admin, "OPC 10000-4 §5.7.4").args(COUNT),
        OpSpec::new(503, "delete_nodes_response", Admin, "OPC 10000-4 §5.7.4").args(COUNT),
        OpSpec::new(506, "delete_references", Admin, "OPC 10000-4 §5.7.5").args(COUNT),
        OpSpec::new(509, "delete_references_response", Admin, "OPC 10000-4 §5.7.5").args(COUNT),
        OpSpec::new(527, "browse", Observe, "OPC 10000-4 §5.8.2").args(BROWSE),
        OpSpec::new(530, "browse_response", Observe, "OPC 10000-4 §5.8.2").args(COUNT),
        OpSpec::new(533, "browse_next", Observe, "OPC 10000-4 §5.8.3").args(NEXT),
        OpSpec::new(536, "browse_next_response", Observe, "OPC 10000-4 §5.8.3").args(COUNT),
        OpSpec::new(554, "translate_browse_paths", Observe, "OPC 10000-4 §5.8.4").args(COUNT),
        OpSpec::new(557, "translate_browse_paths_response", Observe, "OPC 10000-4 §5.8.4")
            .args(COUNT),
        OpSpec::new(560, "register_nodes", Observe, "OPC 10000-4 §5.8.5").args(COUNT),
        OpSpec::new(563, "register_nodes_response", Observe, "OPC 10000-4 §5.8.5").args(COUNT),
        OpSpec::new(566, "unregister_nodes", Observe, "OPC 10000-4 §5.8.6").args(COUNT),
        OpSpec::new(569, "unregister_nodes_response", Observe, "OPC 10000-4 §5.8.6"),
        OpSpec::new(615, "query_first", Read, "OPC 10000-4 §5.9.3"),
        OpSpec::new(618, "query_first_response", Read, "OPC 10000-4 §5.9.3"),
        OpSpec::new(621, "query_next", Read, "OPC 10000-4 §5.9.4"),
        OpSpec::new(624, "query_next_response", Read, "OPC 10000-4 §5.9.4"),
        OpSpec::new(631, "read", Read, "OPC 10000-4 §5.10.2").args(READ),
        OpSpec::new(634, "read_response", Read, "OPC 10000-4 §5.10.2").args(COUNT),
        OpSpec::new(664, "history_read", Read, "OPC 10000-4 §5.10.3").args(HISTORY),
        OpSpec::new(667, "history_read_response", Read, "OPC 10000-4 §5.10.3").args(COUNT),
        OpSpec::new(673, "write", Write, "OPC 10000-4 §5.10.4").args(COUNT),
        OpSpec::new(676, "write_response", Write, "OPC 10000-4 §5.10.4").args(COUNT),
        OpSpec::new(700, "history_update", Write, "OPC 10000-4 §5.10.5").args(COUNT),
        OpSpec::new(703, "history_update_response", Write, "OPC 10000-4 §5.10.5").args(COUNT),
        OpSpec::new(712, "call", Control, "OPC 10000-4 §5.11.2").args(COUNT),
        OpSpec::new(715, "call_response", Control, "OPC 10000-4 §5.11.2").args(COUNT),
        OpSpec::new(751, "create_monitored_items", Read, "OPC 10000-4 §5.12.2").args(ITEMS),
        OpSpec::new(754, "create_monitored_items_response", Read, "OPC 10000-4 §5.12.2")
            .args(COUNT),
        OpSpec::new(763, "modify_monitored_items", Read, "OPC 10000-4 §5.12.3").args(ITEMS),
        OpSpec::new(766, "modify_monitored_items_response", Read, "OPC 10000-4 §5.12.3")
            .args(COUNT),
        OpSpec::new(769, "set_monitoring_mode", Read, "OPC 10000-4 §5.12.4").args(MODE),
        OpSpec::new(772, "set_monitoring_mode_response", Read, "OPC 10000-4 §5.12.4").args(COUNT),
        OpSpec::new(775, "set_triggering", Read, "OPC 10000-4 §5.12.5").args(TRIGGER),
        OpSpec::new(778, "set_triggering_response", Read, "OPC 10000-4 §5.12.5").args(COUNT),
        OpSpec::new(781, "delete_monitored_items", Read, "OPC 10000-4 §5.12.6").args(ITEMS),
        OpSpec::new(784, "delete_monitored_items_response", Read, "OPC 10000-4 §5.12.6")
            .args(COUNT),
        OpSpec::new(787, "create_subscription", Read, "OPC 10000-4 §5.13.2").args(SUBSCRIBE),
        OpSpec::new(790, "create_subscription_response", Read, "OPC 10000-4 §5.13.2")
            .args(SUBSCRIBED),
        OpSpec::new(793, "modify_subscription", Read, "OPC 10000-4 §5.13.3").args(SUBSCRIBED),
        OpSpec::new(796, "modify_subscription_response", Read, "OPC 10000-4 §5.13.3").args(REVISED),
        OpSpec::new(799, "set_publishing_mode", Read, "OPC 10000-4 §5.13.4").args(PUBLISHING),
        OpSpec::new(802, "set_publishing_mode_response", Read, "OPC 10000-4 §5.13.4").args(COUNT),
        OpSpec::new(826, "publish", Read, "OPC 10000-4 §5.13.5").args(COUNT),
        OpSpec::new(829, "publish_response", Read, "OPC 10000-4 §5.13.5").args(PUBLISHED),
        OpSpec::new(832, "republish", Read, "OPC 10000-4 §5.13.6").args(REPUBLISH),
        OpSpec::new(835, "republish_response", Read, "OPC 10000-4 §5.13.6").args(REPUBLISHED),
        OpSpec::new(841, "transfer_subscriptions", Read, "OPC 10000-4 §5.13.7").args(COUNT),
        OpSpec::new(844, "transfer_subscriptions_response", Read, "OPC 10000-4 §5.13.7")
            .args(COUNT),
        OpSpec::new(847, "delete_subscriptions", Read, "OPC 10000-4 §5.13.8").args(COUNT),
        OpSpec::new(850, "delete_subscriptions_response", Read, "OPC 10000-4 §5.13.8").args(COUNT),
        OpSpec::new(12208, "find_servers_on_network", Observe, "OPC 10000-4 §5.4.3"),
        OpSpec::new(12209, "find_servers_on_network_response", Observe, "OPC 10000-4 §5.4.3"),
        OpSpec::new(12211, "register_server_2", Admin, "OPC 10000-4 §5.4.6"),
        OpSpec::new(12212, "register_server_2_response", Admin, "OPC 10000-4 §5.4.6"),
        OpSpec::new(15903, "sessionless_invoke", Control, "OPC 10000-4 §6.3"),
        OpSpec::new(21001, "sessionless_invoke_response", Control, "OPC 10000-4 §6.3"),
        OpSpec::new(HELLO, "hello", Observe, "OPC 10000-6 §7.1.2.3").args(LIMITS),
        OpSpec::new(ERROR, "error", Observe, "OPC 10000-6 §7.1.2.5"),
        OpSpec::new(REVERSE_HELLO, "reverse_hello", Observe, "OPC 10000-6 §7.1.2.6"),
        OpSpec::new(SEALED, "encrypted", Write, "OPC 10000-6 §6.7.2"),
        OpSpec::new(ABORT, "abort", Observe, "OPC 10000-6 §6.7.3"),
    ]
};
