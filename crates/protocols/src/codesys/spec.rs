//! What CODESYS 3 is.

use vocab::{Access, Area, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

/// Codes of the name service: this plus the low byte of the package's type.
pub(super) const NAME_SERVICE: u32 = 0x1_0000;
/// Codes of the channel layer: this plus the command.
pub(super) const CHANNEL: u32 = 0x2_0000;
/// Codes of the other services of the datagram layer: this plus the service.
pub(super) const DATAGRAM: u32 = 0x3_0000;

/// What a request names: an application, a file, a command of the shell.
pub(super) const NAMED: &Area = &Area::named(1, "name");

const N: &str = "CODESYS 3 name service, node info 4.0";

pub(super) const NAME: &AttrSpec = &AttrSpec::new(Attribute::Name, "node name", 95, N);
pub(super) const PRODUCT: &AttrSpec = &AttrSpec::new(Attribute::Product, "device name", 95, N);
pub(super) const VENDOR: &AttrSpec = &AttrSpec::new(Attribute::Vendor, "vendor name", 95, N);
pub(super) const VERSION: &AttrSpec = &AttrSpec::new(Attribute::Firmware, "target version", 92, N);
pub(super) const SERIAL: &AttrSpec = &AttrSpec::new(Attribute::Serial, "serial number", 95, N);

pub(super) const USER: &AttrSpec =
    &AttrSpec::new(Attribute::User, "log-in user", 90, "CODESYS 3 CmpDevice log-in");

pub(super) const BAD_MAGIC: &FaultSpec =
    &FaultSpec::new("bad_magic", "CODESYS 3 block driver, TCP header");
pub(super) const BAD_DATAGRAM: &FaultSpec =
    &FaultSpec::new("bad_datagram", "CODESYS 3 datagram layer");
pub(super) const BAD_CHANNEL: &FaultSpec =
    &FaultSpec::new("bad_channel_packet", "CODESYS 3 channel layer");
pub(super) const BAD_IDENTITY: &FaultSpec = &FaultSpec::new("malformed_identification", N);

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(57),
    key: "codesys",
    name: "CODESYS 3",
    standard: "none public: Kaspersky ICS-CERT, CODESYS Runtime (2019)",
    industrial: true,
    carrier: false,
    depth: 2,
    bindings: &[
        Binding::Udp(1_740),
        Binding::Udp(1_741),
        Binding::Udp(1_742),
        Binding::Udp(1_743),
        Binding::Tcp(11_740),
        Binding::Tcp(11_741),
        Binding::Tcp(11_742),
        Binding::Tcp(11_743),
        Binding::AnyTcp,
    ],
    operations: OPERATIONS,
    attributes: &[NAME, PRODUCT, VENDOR, VERSION, SERIAL, USER],
    faults: &[BAD_MAGIC, BAD_DATAGRAM, BAD_CHANNEL, BAD_IDENTITY],
    areas: &[NAMED],
    statuses: &[],
    pdu_bytes_max: 16_384,
    open_max: 32,
};

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Program, Read, Write};
    &[
        OpSpec::new(0x01, "device_service", Program, "CODESYS 3 CmpDevice"),
        OpSpec::new(0x01, "get_target_ident", Observe, "CODESYS 3 CmpDevice").sub(0x01),
        OpSpec::new(0x01, "login", Admin, "CODESYS 3 CmpDevice").sub(0x02),
        OpSpec::new(0x01, "logout", Admin, "CODESYS 3 CmpDevice").sub(0x03),
        OpSpec::new(0x01, "reset_origin", Control, "CODESYS 3 CmpDevice").sub(0x04),
        OpSpec::new(0x01, "echo", Observe, "CODESYS 3 CmpDevice").sub(0x05),
        OpSpec::new(0x01, "set_operating_mode", Control, "CODESYS 3 CmpDevice").sub(0x06),
        OpSpec::new(0x01, "get_operating_mode", Observe, "CODESYS 3 CmpDevice").sub(0x07),
        OpSpec::new(0x01, "interactive_login", Admin, "CODESYS 3 CmpDevice").sub(0x08),
        OpSpec::new(0x01, "rename_node", Admin, "CODESYS 3 CmpDevice").sub(0x09),
        OpSpec::new(0x01, "create_session", Observe, "CODESYS 3 CmpDevice").sub(0x0a),
        OpSpec::new(0x01, "reset_origin_get_configuration", Observe, "CODESYS 3 CmpDevice").sub(0x0b),
        OpSpec::new(0x02, "app_service", Program, "CODESYS 3 CmpApp"),
        OpSpec::new(0x02, "application_login", Program, "CODESYS 3 CmpApp").sub(0x01),
        OpSpec::new(0x02, "application_logout", Program, "CODESYS 3 CmpApp").sub(0x02),
        OpSpec::new(0x02, "create_application", Program, "CODESYS 3 CmpApp").sub(0x03),
        OpSpec::new(0x02, "delete_application", Program, "CODESYS 3 CmpApp").sub(0x04),
        OpSpec::new(0x02, "download", Program, "CODESYS 3 CmpApp").sub(0x05),
        OpSpec::new(0x02, "online_change", Program, "CODESYS 3 CmpApp").sub(0x06),
        OpSpec::new(0x02, "device_download", Program, "CODESYS 3 CmpApp").sub(0x07),
        OpSpec::new(0x02, "create_device_application", Program, "CODESYS 3 CmpApp").sub(0x08),
        OpSpec::new(0x02, "start_application", Control, "CODESYS 3 CmpApp").sub(0x10),
        OpSpec::new(0x02, "stop_application", Control, "CODESYS 3 CmpApp").sub(0x11),
        OpSpec::new(0x02, "reset_application", Control, "CODESYS 3 CmpApp").sub(0x12),
        OpSpec::new(0x02, "set_breakpoint", Control, "CODESYS 3 CmpApp").sub(0x13),
        OpSpec::new(0x02, "read_status", Observe, "CODESYS 3 CmpApp").sub(0x14),
        OpSpec::new(0x02, "delete_breakpoint", Control, "CODESYS 3 CmpApp").sub(0x15),
        OpSpec::new(0x02, "read_call_stack", Read, "CODESYS 3 CmpApp").sub(0x16),
        OpSpec::new(0x02, "get_area_offset", Read, "CODESYS 3 CmpApp").sub(0x17),
        OpSpec::new(0x02, "read_application_list", Observe, "CODESYS 3 CmpApp").sub(0x18),
        OpSpec::new(0x02, "set_next_statement", Control, "CODESYS 3 CmpApp").sub(0x19),
        OpSpec::new(0x02, "release_force_list", Write, "CODESYS 3 CmpApp").sub(0x20),
        OpSpec::new(0x02, "upload_force_list", Read, "CODESYS 3 CmpApp").sub(0x21),
        OpSpec::new(0x02, "single_cycle", Control, "CODESYS 3 CmpApp").sub(0x22),
        OpSpec::new(0x02, "create_boot_project", Program, "CODESYS 3 CmpApp").sub(0x23),
        OpSpec::new(0x02, "reinitialise_application", Control, "CODESYS 3 CmpApp").sub(0x24),
        OpSpec::new(0x02, "read_application_states", Observe, "CODESYS 3 CmpApp").sub(0x25),
        OpSpec::new(0x02, "load_boot_application", Program, "CODESYS 3 CmpApp").sub(0x26),
        OpSpec::new(0x02, "register_boot_application", Program, "CODESYS 3 CmpApp").sub(0x27),
        OpSpec::new(0x02, "check_file_consistency", Observe, "CODESYS 3 CmpApp").sub(0x28),
        OpSpec::new(0x02, "read_application_info", Observe, "CODESYS 3 CmpApp").sub(0x29),
        OpSpec::new(0x02, "download_compact", Program, "CODESYS 3 CmpApp").sub(0x30),
        OpSpec::new(0x02, "read_project_info", Observe, "CODESYS 3 CmpApp").sub(0x31),
        OpSpec::new(0x02, "define_flow", Read, "CODESYS 3 CmpApp").sub(0x32),
        OpSpec::new(0x02, "read_flow_values", Read, "CODESYS 3 CmpApp").sub(0x33),
        OpSpec::new(0x02, "download_encrypted", Program, "CODESYS 3 CmpApp").sub(0x34),
        OpSpec::new(0x02, "read_application_content", Program, "CODESYS 3 CmpApp").sub(0x35),
        OpSpec::new(0x02, "save_retains", Program, "CODESYS 3 CmpApp").sub(0x36),
        OpSpec::new(0x02, "restore_retains", Program, "CODESYS 3 CmpApp").sub(0x37),
        OpSpec::new(0x02, "get_area_address", Read, "CODESYS 3 CmpApp").sub(0x38),
        OpSpec::new(0x02, "leave_execution_points", Control, "CODESYS 3 CmpApp").sub(0x39),
        OpSpec::new(0x02, "claim_execution_points", Control, "CODESYS 3 CmpApp").sub(0x40),
        OpSpec::new(0x03, "monitor", Read, "CODESYS 3 CmpMonitor"),
        OpSpec::new(0x04, "visualisation", Read, "CODESYS 3 CmpVisuServer"),
        OpSpec::new(0x05, "log_service", Program, "CODESYS 3 CmpLog"),
        OpSpec::new(0x05, "get_log_entries", Observe, "CODESYS 3 CmpLog").sub(0x01),
        OpSpec::new(0x05, "get_log_components", Observe, "CODESYS 3 CmpLog").sub(0x02),
        OpSpec::new(0x05, "get_logger_list", Observe, "CODESYS 3 CmpLog").sub(0x03),
        OpSpec::new(0x06, "settings_service", Program, "CODESYS 3 CmpSettings"),
        OpSpec::new(0x06, "get_setting", Observe, "CODESYS 3 CmpSettings").sub(0x01),
        OpSpec::new(0x06, "set_setting", Admin, "CODESYS 3 CmpSettings").sub(0x02),
        OpSpec::new(0x08, "filetransfer_service", Program, "CODESYS 3 CmpFileTransfer"),
        OpSpec::new(0x08, "get_file_info", Program, "CODESYS 3 CmpFileTransfer").sub(0x01),
        OpSpec::new(0x08, "start_file_download", Program, "CODESYS 3 CmpFileTransfer").sub(0x02),
        OpSpec::new(0x08, "restart_file_download", Program, "CODESYS 3 CmpFileTransfer").sub(0x03),
        OpSpec::new(0x08, "file_download", Program, "CODESYS 3 CmpFileTransfer").sub(0x04),
        OpSpec::new(0x08, "start_file_upload", Program, "CODESYS 3 CmpFileTransfer").sub(0x05),
        OpSpec::new(0x08, "restart_file_upload", Program, "CODESYS 3 CmpFileTransfer").sub(0x06),
        OpSpec::new(0x08, "file_upload", Program, "CODESYS 3 CmpFileTransfer").sub(0x07),
        OpSpec::new(0x08, "end_file_transfer", Program, "CODESYS 3 CmpFileTransfer").sub(0x08),
        OpSpec::new(0x08, "cancel_file_transfer", Program, "CODESYS 3 CmpFileTransfer").sub(0x09),
        OpSpec::new(0x08, "save_signature", Program, "CODESYS 3 CmpFileTransfer").sub(0x0a),
        OpSpec::new(0x08, "get_safe_signature", Program, "CODESYS 3 CmpFileTransfer").sub(0x0b),
        OpSpec::new(0x08, "get_directory", Program, "CODESYS 3 CmpFileTransfer").sub(0x0c),
        OpSpec::new(0x08, "cancel_directory", Program, "CODESYS 3 CmpFileTransfer").sub(0x0d),
        OpSpec::new(0x08, "delete_file", Program, "CODESYS 3 CmpFileTransfer").sub(0x0e),
        OpSpec::new(0x08, "rename_file", Program, "CODESYS 3 CmpFileTransfer").sub(0x0f),
        OpSpec::new(0x08, "create_directory", Program, "CODESYS 3 CmpFileTransfer").sub(0x10),
        OpSpec::new(0x08, "delete_directory", Program, "CODESYS 3 CmpFileTransfer").sub(0x11),
        OpSpec::new(0x08, "rename_directory", Program, "CODESYS 3 CmpFileTransfer").sub(0x12),
        OpSpec::new(0x08, "synchronise_files", Program, "CODESYS 3 CmpFileTransfer").sub(0x14),
        OpSpec::new(0x09, "iecvaraccess_service", Program, "CODESYS 3 CmpIecVarAccess"),
        OpSpec::new(0x09, "register_variables", Read, "CODESYS 3 CmpIecVarAccess").sub(0x01),
        OpSpec::new(0x09, "unregister_variables", Read, "CODESYS 3 CmpIecVarAccess").sub(0x02),
        OpSpec::new(0x09, "read_variable_list", Read, "CODESYS 3 CmpIecVarAccess").sub(0x03),
        OpSpec::new(0x09, "write_variable_list", Write, "CODESYS 3 CmpIecVarAccess").sub(0x04),
        OpSpec::new(0x09, "read_variables", Read, "CODESYS 3 CmpIecVarAccess").sub(0x05),
        OpSpec::new(0x09, "write_variables", Write, "CODESYS 3 CmpIecVarAccess").sub(0x06),
        OpSpec::new(0x09, "get_root_nodes", Read, "CODESYS 3 CmpIecVarAccess").sub(0x07),
        OpSpec::new(0x09, "get_child_nodes", Read, "CODESYS 3 CmpIecVarAccess").sub(0x08),
        OpSpec::new(0x09, "get_types", Read, "CODESYS 3 CmpIecVarAccess").sub(0x09),
        OpSpec::new(0x09, "get_address_info", Read, "CODESYS 3 CmpIecVarAccess").sub(0x0a),
        OpSpec::new(0x09, "remove_variables", Read, "CODESYS 3 CmpIecVarAccess").sub(0x0b),
        OpSpec::new(0x0c, "user_management", Admin, "CODESYS 3 CmpUserMgr"),
        OpSpec::new(0x0f, "trace", Read, "CODESYS 3 CmpTraceMgr"),
        OpSpec::new(0x11, "plc_shell", Admin, "CODESYS 3 PlcShell"),
        OpSpec::new(0x12, "breakpoint_service", Control, "CODESYS 3 CmpAppBP"),
        OpSpec::new(0x13, "force_service", Write, "CODESYS 3 CmpAppForce"),
        OpSpec::new(0x18, "alarm_service", Admin, "CODESYS 3 CmpAlarmManager"),
        OpSpec::new(0x1b, "monitor2_service", Program, "CODESYS 3 CmpMonitor2"),
        OpSpec::new(0x1b, "monitor_read", Read, "CODESYS 3 CmpMonitor2").sub(0x01),
        OpSpec::new(0x1b, "monitor_write", Write, "CODESYS 3 CmpMonitor2").sub(0x02),
        OpSpec::new(NAME_SERVICE | 0x01, "resolve_name", Observe, N),
        OpSpec::new(NAME_SERVICE | 0x02, "resolve_address", Observe, N),
        OpSpec::new(NAME_SERVICE | 0x03, "resolve_gateway", Observe, N),
        OpSpec::new(NAME_SERVICE | 0x80, "identification", Observe, N),
        OpSpec::new(CHANNEL | 0x02, "acknowledge", Observe, "CODESYS 3 channel layer"),
        OpSpec::new(CHANNEL | 0x03, "keep_alive", Observe, "CODESYS 3 channel layer"),
        OpSpec::new(CHANNEL | 0x42, "channel_info", Observe, "CODESYS 3 channel layer"),
        OpSpec::new(CHANNEL | 0x43, "open_channel", Observe, "CODESYS 3 channel layer"),
        OpSpec::new(CHANNEL | 0x44, "close_channel", Observe, "CODESYS 3 channel layer"),
        OpSpec::new(CHANNEL | 0x7f, "encrypted_service", Program, "CODESYS 3 services layer"),
        OpSpec::new(DATAGRAM | 0x01, "address_request", Observe, "CODESYS 3 address service"),
        OpSpec::new(DATAGRAM | 0x02, "address_response", Observe, "CODESYS 3 address service"),
    ]
};
