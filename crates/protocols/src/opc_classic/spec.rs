//! What OPC Classic is.

use crate::dcerpc;
use vocab::{Access, Area, Arg, AttrSpec, Attribute, Binding, OpSpec, ProtoId, Spec, StatusSpec};

pub(super) const ITEM: &Area = &Area::named(1, "item");
pub(super) const GROUP: &Area = &Area::shown(2, "group", show_group);
pub(super) const HANDLE: &Area = &Area::indexed(3, "handle");

fn show_group(t: &vocab::Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    out.write_str("group ")?;
    (ITEM.show)(t, out)
}

pub(super) const VENDOR_INFO: &AttrSpec = &AttrSpec::new(
    Attribute::Software,
    "OPC server vendor information",
    95,
    "OPC Data Access 3.0 §6.4.5",
);
pub(super) const VERSION: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "OPC server version", 85, "OPC Data Access 3.0 §6.4.5");
pub(super) const CLIENT: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "OPC client name", 85, "OPC Common 1.10 §4.4");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(52),
    key: "opc-classic",
    name: "OPC Classic",
    standard: "OPC Data Access 2.05 and 3.0, Alarms and Events 1.10, Historical Data Access 1.20",
    industrial: true,
    carrier: false,
    depth: 2,
    bindings: &[Binding::Inside(ProtoId(17), dcerpc::OPC)],
    operations: OPERATIONS,
    attributes: &[VENDOR_INFO, VERSION, CLIENT],
    faults: &[],
    areas: &[ITEM, GROUP, HANDLE],
    statuses: STATUSES,
    pdu_bytes_max: 65_536,
    open_max: 32,
};

/// How many items, where the call has items.
const ITEMS: &[Arg] = &[Arg::dec("items")];

const fn row(code: u32, name: &'static str, access: Access, clause: &'static str) -> OpSpec {
    OpSpec::new(code, name, access, clause).args(ITEMS)
}

/// The code: the interface's number, ours, and the number of the call in it.
#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Read, Write};
    &[
        row(0x0103, "add_group", Observe, "OPC Data Access 3.0 §4.3"),
        row(0x0104, "get_error_string", Observe, "OPC Data Access 3.0 §4.3"),
        row(0x0105, "get_group_by_name", Observe, "OPC Data Access 3.0 §4.3"),
        row(0x0106, "get_status", Observe, "OPC Data Access 3.0 §4.3"),
        row(0x0107, "remove_group", Observe, "OPC Data Access 3.0 §4.3"),
        row(0x0108, "create_group_enumerator", Observe, "OPC Data Access 3.0 §4.3"),
        row(0x0203, "query_organization", Observe, "OPC Data Access 2.05 §4.4.8"),
        row(0x0204, "change_browse_position", Observe, "OPC Data Access 2.05 §4.4.8"),
        row(0x0205, "browse_item_ids", Observe, "OPC Data Access 2.05 §4.4.8"),
        row(0x0206, "get_item_id", Observe, "OPC Data Access 2.05 §4.4.8"),
        row(0x0207, "browse_access_paths", Observe, "OPC Data Access 2.05 §4.4.8"),
        row(0x0303, "get_group_state", Observe, "OPC Data Access 3.0 §4.4"),
        row(0x0304, "set_group_state", Observe, "OPC Data Access 3.0 §4.4"),
        row(0x0305, "set_group_name", Observe, "OPC Data Access 3.0 §4.4"),
        row(0x0306, "clone_group", Observe, "OPC Data Access 3.0 §4.4"),
        row(0x0403, "sync_read", Read, "OPC Data Access 3.0 §4.5"),
        row(0x0404, "sync_write", Write, "OPC Data Access 3.0 §4.5"),
        row(0x0503, "async_read", Read, "OPC Data Access 1.0a §4.5"),
        row(0x0504, "async_write", Write, "OPC Data Access 1.0a §4.5"),
        row(0x0505, "async_refresh", Read, "OPC Data Access 1.0a §4.5"),
        row(0x0506, "async_cancel", Observe, "OPC Data Access 1.0a §4.5"),
        row(0x0603, "add_items", Observe, "OPC Data Access 3.0 §4.4"),
        row(0x0604, "validate_items", Observe, "OPC Data Access 3.0 §4.4"),
        row(0x0605, "remove_items", Observe, "OPC Data Access 3.0 §4.4"),
        row(0x0606, "set_active_state", Observe, "OPC Data Access 3.0 §4.4"),
        row(0x0607, "set_client_handles", Observe, "OPC Data Access 3.0 §4.4"),
        row(0x0608, "set_datatypes", Observe, "OPC Data Access 3.0 §4.4"),
        row(0x0609, "create_item_enumerator", Observe, "OPC Data Access 3.0 §4.4"),
        row(0x0703, "async_read", Read, "OPC Data Access 3.0 §4.5"),
        row(0x0704, "async_write", Write, "OPC Data Access 3.0 §4.5"),
        row(0x0705, "async_refresh", Read, "OPC Data Access 3.0 §4.5"),
        row(0x0706, "async_cancel", Observe, "OPC Data Access 3.0 §4.5"),
        row(0x0707, "set_enable", Observe, "OPC Data Access 3.0 §4.5"),
        row(0x0708, "get_enable", Observe, "OPC Data Access 3.0 §4.5"),
        row(0x0803, "on_data_change", Read, "OPC Data Access 3.0 §4.6"),
        row(0x0804, "on_read_complete", Read, "OPC Data Access 3.0 §4.6"),
        row(0x0805, "on_write_complete", Observe, "OPC Data Access 3.0 §4.6"),
        row(0x0806, "on_cancel_complete", Observe, "OPC Data Access 3.0 §4.6"),
        row(0x0903, "query_available_properties", Observe, "OPC Data Access 2.05 §4.4.7"),
        row(0x0904, "get_item_properties", Read, "OPC Data Access 2.05 §4.4.7"),
        row(0x0905, "lookup_item_ids", Observe, "OPC Data Access 2.05 §4.4.7"),
        row(0x0a03, "sync_read", Read, "OPC Data Access 3.0 §4.5"),
        row(0x0a04, "sync_write", Write, "OPC Data Access 3.0 §4.5"),
        row(0x0a05, "read_max_age", Read, "OPC Data Access 3.0 §4.5"),
        row(0x0a06, "write_with_quality", Write, "OPC Data Access 3.0 §4.5"),
        row(0x0b03, "async_read", Read, "OPC Data Access 3.0 §4.5"),
        row(0x0b04, "async_write", Write, "OPC Data Access 3.0 §4.5"),
        row(0x0b05, "async_refresh", Read, "OPC Data Access 3.0 §4.5"),
        row(0x0b06, "async_cancel", Observe, "OPC Data Access 3.0 §4.5"),
        row(0x0b07, "set_enable", Observe, "OPC Data Access 3.0 §4.5"),
        row(0x0b08, "get_enable", Observe, "OPC Data Access 3.0 §4.5"),
        row(0x0b09, "async_read_max_age", Read, "OPC Data Access 3.0 §4.5"),
        row(0x0b0a, "async_write_with_quality", Write, "OPC Data Access 3.0 §4.5"),
        row(0x0b0b, "async_refresh_max_age", Read, "OPC Data Access 3.0 §4.5"),
        row(0x0c03, "item_read", Read, "OPC Data Access 3.0 §4.3"),
        row(0x0c04, "item_write", Write, "OPC Data Access 3.0 §4.3"),
        row(0x0d03, "get_properties", Read, "OPC Data Access 3.0 §4.3"),
        row(0x0d04, "browse", Observe, "OPC Data Access 3.0 §4.3"),
        row(0x0e03, "enumerate_servers", Observe, "OPC Common 1.10 §6"),
        row(0x0e04, "get_class_details", Observe, "OPC Common 1.10 §6"),
        row(0x0e05, "class_of_program", Observe, "OPC Common 1.10 §6"),
        row(0x0f03, "enumerate_servers", Observe, "OPC Common 1.10 §6"),
        row(0x0f04, "get_class_details", Observe, "OPC Common 1.10 §6"),
        row(0x0f05, "class_of_program", Observe, "OPC Common 1.10 §6"),
        row(0x1003, "set_locale", Observe, "OPC Common 1.10 §4"),
        row(0x1004, "get_locale", Observe, "OPC Common 1.10 §4"),
        row(0x1005, "query_locales", Observe, "OPC Common 1.10 §4"),
        row(0x1006, "get_error_string", Observe, "OPC Common 1.10 §4"),
        row(0x1007, "set_client_name", Observe, "OPC Common 1.10 §4"),
        row(0x1103, "shutdown_request", Control, "OPC Common 1.10 §5"),
        row(0x1203, "get_status", Observe, "OPC Alarms and Events 1.10 §5.3"),
        row(0x1204, "create_event_subscription", Observe, "OPC Alarms and Events 1.10 §5.3"),
        row(0x1205, "query_available_filters", Observe, "OPC Alarms and Events 1.10 §5.3"),
        row(0x1206, "query_event_categories", Observe, "OPC Alarms and Events 1.10 §5.3"),
        row(0x1207, "query_condition_names", Observe, "OPC Alarms and Events 1.10 §5.3"),
        row(0x1208, "query_subcondition_names", Observe, "OPC Alarms and Events 1.10 §5.3"),
        row(0x1209, "query_source_conditions", Observe, "OPC Alarms and Events 1.10 §5.3"),
        row(0x120a, "query_event_attributes", Observe, "OPC Alarms and Events 1.10 §5.3"),
        row(0x120b, "translate_to_item_ids", Observe, "OPC Alarms and Events 1.10 §5.3"),
        row(0x120c, "get_condition_state", Read, "OPC Alarms and Events 1.10 §5.3"),
        row(0x120d, "enable_condition_by_area", Admin, "OPC Alarms and Events 1.10 §5.3"),
        row(0x120e, "enable_condition_by_source", Admin, "OPC Alarms and Events 1.10 §5.3"),
        row(0x120f, "disable_condition_by_area", Admin, "OPC Alarms and Events 1.10 §5.3"),
        row(0x1210, "disable_condition_by_source", Admin, "OPC Alarms and Events 1.10 §5.3"),
        row(0x1211, "acknowledge_condition", Control, "OPC Alarms and Events 1.10 §5.3"),
        row(0x1212, "create_area_browser", Observe, "OPC Alarms and Events 1.10 §5.3"),
        row(0x1303, "set_filter", Observe, "OPC Alarms and Events 1.10 §5.4"),
        row(0x1304, "get_filter", Observe, "OPC Alarms and Events 1.10 §5.4"),
        row(0x1305, "select_returned_attributes", Observe, "OPC Alarms and Events 1.10 §5.4"),
        row(0x1306, "get_returned_attributes", Observe, "OPC Alarms and Events 1.10 §5.4"),
        row(0x1307, "refresh_events", Read, "OPC Alarms and Events 1.10 §5.4"),
        row(0x1308, "cancel_refresh", Observe, "OPC Alarms and Events 1.10 §5.4"),
        row(0x1309, "get_subscription_state", Observe, "OPC Alarms and Events 1.10 §5.4"),
        row(0x130a, "set_subscription_state", Observe, "OPC Alarms and Events 1.10 §5.4"),
        row(0x1403, "on_event", Read, "OPC Alarms and Events 1.10 §5.7"),
        row(0x1503, "get_item_attributes", Observe, "OPC Historical Data Access 1.20 §4.4"),
        row(0x1504, "get_aggregates", Observe, "OPC Historical Data Access 1.20 §4.4"),
        row(0x1505, "get_historian_status", Observe, "OPC Historical Data Access 1.20 §4.4"),
        row(0x1506, "get_item_handles", Observe, "OPC Historical Data Access 1.20 §4.4"),
        row(0x1507, "release_item_handles", Observe, "OPC Historical Data Access 1.20 §4.4"),
        row(0x1508, "validate_item_ids", Observe, "OPC Historical Data Access 1.20 §4.4"),
        row(0x1509, "create_browse", Observe, "OPC Historical Data Access 1.20 §4.4"),
        row(0x1603, "history_read_raw", Read, "OPC Historical Data Access 1.20 §4.4"),
        row(0x1604, "history_read_processed", Read, "OPC Historical Data Access 1.20 §4.4"),
        row(0x1605, "history_read_at_time", Read, "OPC Historical Data Access 1.20 §4.4"),
        row(0x1606, "history_read_modified", Read, "OPC Historical Data Access 1.20 §4.4"),
        row(0x1607, "history_read_attribute", Read, "OPC Historical Data Access 1.20 §4.4"),
        row(0x1703, "query_update_capabilities", Observe, "OPC Historical Data Access 1.20 §4.4"),
        row(0x1704, "history_insert", Write, "OPC Historical Data Access 1.20 §4.4"),
        row(0x1705, "history_replace", Write, "OPC Historical Data Access 1.20 §4.4"),
        row(0x1706, "history_insert_replace", Write, "OPC Historical Data Access 1.20 §4.4"),
        row(0x1707, "history_delete_raw", Write, "OPC Historical Data Access 1.20 §4.4"),
        row(0x1708, "history_delete_at_time", Write, "OPC Historical Data Access 1.20 §4.4"),
    ]
};

/// OPC Data Access 3.0 appendix A.
const STATUSES: &[StatusSpec] = &[
    StatusSpec::new(0x8004_0200, "connection_refused"),
    StatusSpec::new(0x8007_0005, "access_denied"),
    StatusSpec::new(0x8007_000e, "out_of_memory"),
    StatusSpec::new(0x8007_0057, "invalid_argument"),
    StatusSpec::new(0xc004_0001, "invalid_handle"),
    StatusSpec::new(0xc004_0004, "bad_type"),
    StatusSpec::new(0xc004_0006, "bad_rights"),
    StatusSpec::new(0xc004_0007, "unknown_item_id"),
    StatusSpec::new(0xc004_0008, "invalid_item_id"),
    StatusSpec::new(0xc004_000b, "range_exceeded"),
    StatusSpec::new(0xc004_000c, "duplicate_name"),
];
