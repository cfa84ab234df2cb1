//! What MMS is.

use super::{names, status};
use vocab::{Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

pub(super) const STATUS: u32 = 0;
pub(crate) const READ: u32 = 4;
pub(crate) const WRITE: u32 = 5;
pub(super) const FILE_OPEN: u32 = 72;
pub(super) const FILE_READ: u32 = 73;
pub(super) const FILE_DIRECTORY: u32 = 77;
/// Codes of units that are no confirmed service: 0x100 and the unit's tag. ISO 9506-2 §7.1.
pub(super) const ERROR: u32 = 0x102;
/// See [`ERROR`].
pub(super) const CANCEL: u32 = 0x105;
/// See [`ERROR`].
pub(super) const INITIATE: u32 = 0x108;
/// See [`ERROR`].
pub(super) const CONCLUDE: u32 = 0x10b;
/// Codes of unconfirmed services: this and the service's tag. ISO 9506-2 §7.5.
pub(super) const UNCONFIRMED: u32 = 0x300;

/// Below a read: the variable selects a control.
pub(super) const READ_SELECTS: u16 = 2;
/// Below an information report: a report of IEC 61850.
pub(super) const REPORT: u16 = 1;
/// Below an information report: a control has ended.
pub(super) const TERMINATION: u16 = 2;
/// Below an information report: a control failed.
pub(super) const CONTROL_ERROR: u16 = 3;

const DEVICE: &[Arg] = &[Arg::dec("logical"), Arg::dec("physical")];
const CLASS: &[Arg] = &[Arg::dec("object_class")];
const ITEMS: &[Arg] = &[Arg::dec("items")];
const CONTROL: &[Arg] = &[
    Arg::dec("control_number"),
    Arg::dec("originator_category"),
    Arg::dec("test"),
    Arg::hex("check"),
];
const SCOPE: &[Arg] = &[Arg::dec("scope")];
const HANDLE: &[Arg] = &[Arg::dec("handle")];
const ABORTIVE: &[Arg] = &[Arg::dec("abortive")];
const FILE: &[Arg] = &[Arg::dec("handle"), Arg::dec("position"), Arg::dec("size")];
const INVOKE: &[Arg] = &[Arg::dec("invoke_id")];
const INITIATED: &[Arg] = &[
    Arg::dec("pdu_bytes"),
    Arg::dec("outstanding_calling"),
    Arg::dec("outstanding_called"),
    Arg::dec("version"),
];
const REPORTED: &[Arg] = &[
    Arg::dec("sequence"),
    Arg::dec("configuration_revision"),
    Arg::dec("entries"),
    Arg::dec("overflow"),
];

/// A variable. ISO 9506-2 §14.5.3.
pub(crate) const OBJECT: &Area = &Area::shown(1, "object", names::show);
/// A named list, a data set, or one of its entries. ISO 9506-2 §14.5.2.
pub(crate) const LIST: &Area = &Area::shown(2, "list", names::show_list);
/// A domain: a logical device, a program. ISO 9506-2 §11.
pub(crate) const DOMAIN: &Area = &Area::named(3, "domain");
/// A program invocation. ISO 9506-2 §12.
pub(super) const PROGRAM: &Area = &Area::named(4, "program");
/// A station where an operator reads and types. ISO 9506-2 §15.
pub(super) const STATION: &Area = &Area::named(7, "operator_station");
/// A unit of domains and program invocations that are handled together. ISO 9506-2:2003 §13.
pub(super) const UNIT: &Area = &Area::named(8, "unit_control");
/// A file. ISO 9506-2 Annex D.
pub(super) const FILES: &Area = &Area::named(5, "file");
/// A name in a list of names. ISO 9506-2 §10.5.
pub(super) const NAME: &Area = &Area::named(6, "name");

const IDENTIFY: &str = "ISO 9506-2 §10.4";
pub(super) const VENDOR: &AttrSpec =
    &AttrSpec::new(Attribute::Vendor, "MMS identify vendorName", 95, IDENTIFY);
pub(super) const MODEL: &AttrSpec =
    &AttrSpec::new(Attribute::Model, "MMS identify modelName", 95, IDENTIFY);
pub(super) const REVISION: &AttrSpec =
    &AttrSpec::new(Attribute::Firmware, "MMS identify revision", 95, IDENTIFY);

const DPL: &str = "IEC 61850-7-3:2010 §7.9.2 DPL";
pub(super) const PLATE_VENDOR: &AttrSpec =
    &AttrSpec::new(Attribute::Vendor, "LPHD.PhyNam.vendor", 97, DPL);
pub(super) const PLATE_HARDWARE: &AttrSpec =
    &AttrSpec::new(Attribute::Hardware, "LPHD.PhyNam.hwRev", 97, DPL);
pub(super) const PLATE_FIRMWARE: &AttrSpec =
    &AttrSpec::new(Attribute::Firmware, "LPHD.PhyNam.swRev", 97, DPL);
pub(super) const PLATE_SERIAL: &AttrSpec =
    &AttrSpec::new(Attribute::Serial, "LPHD.PhyNam.serNum", 97, DPL);
pub(super) const PLATE_MODEL: &AttrSpec =
    &AttrSpec::new(Attribute::Model, "LPHD.PhyNam.model", 97, DPL);
pub(super) const PLATE_LOCATION: &AttrSpec =
    &AttrSpec::new(Attribute::Location, "LPHD.PhyNam.location", 90, DPL);
pub(super) const PLATE_NAME: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "LPHD.PhyNam.name", 90, DPL);

pub(super) const BAD_PDU: &FaultSpec = &FaultSpec::new("not_an_mms_pdu", "ISO 9506-2 §7.1");
pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", "ITU-T X.690 §8.1.3");
pub(crate) const BAD_ARGUMENTS: &FaultSpec = &FaultSpec::new("bad_arguments", "ISO 9506-2 §14.5");
pub(super) const BAD_RESULT: &FaultSpec = &FaultSpec::new("bad_result", "ISO 9506-2 §14.6");
pub(super) const BAD_REPORT: &FaultSpec = &FaultSpec::new("bad_report", "IEC 61850-8-1:2011 §17.2");

/// Where TASE.2 is handed its units.
pub(super) const TASE: u32 = 1;

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(19),
    key: "mms",
    name: "MMS (IEC 61850)",
    standard: "ISO 9506-1:2003, ISO 9506-2:2003, IEC 61850-8-1:2011",
    industrial: true,
    carrier: false,
    depth: 4,
    bindings: &[Binding::Inside(ProtoId(24), 0), Binding::Inside(ProtoId(3), 0)],
    operations: OPERATIONS,
    attributes: &[
        VENDOR,
        MODEL,
        REVISION,
        PLATE_VENDOR,
        PLATE_HARDWARE,
        PLATE_FIRMWARE,
        PLATE_SERIAL,
        PLATE_MODEL,
        PLATE_LOCATION,
        PLATE_NAME,
    ],
    faults: &[BAD_PDU, BAD_LENGTH, BAD_ARGUMENTS, BAD_RESULT, BAD_REPORT],
    areas: &[OBJECT, LIST, DOMAIN, PROGRAM, FILES, NAME, STATION, UNIT],
    statuses: status::STATUSES,
    pdu_bytes_max: 65_535,
    open_max: 32,
};

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Program, Read, Write};
    &[
        OpSpec::new(0, "status", Observe, "ISO 9506-2 §10.2").args(DEVICE),
        OpSpec::new(1, "get_name_list", Observe, "ISO 9506-2 §10.5").args(CLASS),
        OpSpec::new(2, "identify", Observe, "ISO 9506-2 §10.4"),
        OpSpec::new(3, "rename", Admin, "ISO 9506-2 §10.6"),
        OpSpec::new(4, "read", Read, "ISO 9506-2 §14.6").args(ITEMS),
        OpSpec::new(4, "select", Control, "IEC 61850-8-1:2011 §20.3").sub(2).args(ITEMS),
        OpSpec::new(5, "write", Write, "ISO 9506-2 §14.7").args(ITEMS),
        OpSpec::new(5, "operate", Control, "IEC 61850-8-1:2011 §20.5").sub(1).args(CONTROL),
        OpSpec::new(5, "select_with_value", Control, "IEC 61850-8-1:2011 §20.4")
            .sub(2).args(CONTROL),
        OpSpec::new(5, "cancel_control", Control, "IEC 61850-8-1:2011 §20.6").sub(3).args(CONTROL),
        OpSpec::new(5, "write_configuration", Admin, "IEC 61850-8-1:2011 §7.3").sub(4).args(ITEMS),
        OpSpec::new(5, "write_settings", Admin, "IEC 61850-8-1:2011 §16").sub(5).args(ITEMS),
        OpSpec::new(5, "write_setting_group", Admin, "IEC 61850-8-1:2011 §16").sub(6).args(ITEMS),
        OpSpec::new(5, "write_control_block", Admin, "IEC 61850-8-1:2011 §17").sub(7).args(ITEMS),
        OpSpec::new(5, "substitute", Control, "IEC 61850-7-2:2010 §14").sub(8).args(ITEMS),
        OpSpec::new(5, "write_control", Control, "IEC 61850-8-1:2011 §20").sub(9).args(ITEMS),
        OpSpec::new(5, "change_mode", Control, "IEC 61850-7-4:2010 Mod").sub(10).args(CONTROL),
        OpSpec::new(6, "get_variable_access_attributes", Observe, "ISO 9506-2 §14.9"),
        OpSpec::new(7, "define_named_variable", Admin, "ISO 9506-2 §14.10"),
        OpSpec::new(8, "define_scattered_access", Admin, "ISO 9506-2 §14.11"),
        OpSpec::new(9, "get_scattered_access_attributes", Observe, "ISO 9506-2 §14.12"),
        OpSpec::new(10, "delete_variable_access", Admin, "ISO 9506-2 §14.13").args(SCOPE),
        OpSpec::new(11, "define_named_variable_list", Admin, "ISO 9506-2 §14.14"),
        OpSpec::new(12, "get_named_variable_list_attributes", Observe, "ISO 9506-2 §14.15"),
        OpSpec::new(13, "delete_named_variable_list", Admin, "ISO 9506-2 §14.16").args(SCOPE),
        OpSpec::new(14, "define_named_type", Admin, "ISO 9506-2 §14.17"),
        OpSpec::new(15, "get_named_type_attributes", Observe, "ISO 9506-2 §14.18"),
        OpSpec::new(16, "delete_named_type", Admin, "ISO 9506-2 §14.19").args(SCOPE),
        OpSpec::new(17, "input", Read, "ISO 9506-2 §18.2"),
        OpSpec::new(18, "output", Write, "ISO 9506-2 §18.3"),
        OpSpec::new(19, "take_control", Control, "ISO 9506-2 §16.2"),
        OpSpec::new(20, "relinquish_control", Control, "ISO 9506-2 §16.3"),
        OpSpec::new(21, "define_semaphore", Admin, "ISO 9506-2 §16.4"),
        OpSpec::new(22, "delete_semaphore", Admin, "ISO 9506-2 §16.5"),
        OpSpec::new(23, "report_semaphore_status", Read, "ISO 9506-2 §16.6"),
        OpSpec::new(24, "report_pool_semaphore_status", Read, "ISO 9506-2 §16.7"),
        OpSpec::new(25, "report_semaphore_entry_status", Read, "ISO 9506-2 §16.8"),
        OpSpec::new(26, "initiate_download_sequence", Program, "ISO 9506-2 §11.2"),
        OpSpec::new(27, "download_segment", Program, "ISO 9506-2 §11.3"),
        OpSpec::new(28, "terminate_download_sequence", Program, "ISO 9506-2 §11.4"),
        OpSpec::new(29, "initiate_upload_sequence", Program, "ISO 9506-2 §11.5").args(HANDLE),
        OpSpec::new(30, "upload_segment", Program, "ISO 9506-2 §11.6").args(HANDLE),
        OpSpec::new(31, "terminate_upload_sequence", Program, "ISO 9506-2 §11.7").args(HANDLE),
        OpSpec::new(32, "request_domain_download", Program, "ISO 9506-2 §11.8"),
        OpSpec::new(33, "request_domain_upload", Program, "ISO 9506-2 §11.9"),
        OpSpec::new(34, "load_domain_content", Program, "ISO 9506-2 §11.10"),
        OpSpec::new(35, "store_domain_content", Program, "ISO 9506-2 §11.11"),
        OpSpec::new(36, "delete_domain", Program, "ISO 9506-2 §11.12"),
        OpSpec::new(37, "get_domain_attributes", Observe, "ISO 9506-2 §11.13"),
        OpSpec::new(38, "create_program_invocation", Program, "ISO 9506-2 §12.2"),
        OpSpec::new(39, "delete_program_invocation", Program, "ISO 9506-2 §12.3"),
        OpSpec::new(40, "start", Control, "ISO 9506-2 §12.4"),
        OpSpec::new(41, "stop", Control, "ISO 9506-2 §12.5"),
        OpSpec::new(42, "resume", Control, "ISO 9506-2 §12.6"),
        OpSpec::new(43, "reset", Control, "ISO 9506-2 §12.7"),
        OpSpec::new(44, "kill", Control, "ISO 9506-2 §12.8").args(ABORTIVE),
        OpSpec::new(45, "get_program_invocation_attributes", Observe, "ISO 9506-2 §12.9"),
        OpSpec::new(46, "obtain_file", Program, "ISO 9506-2 Annex D.2"),
        OpSpec::new(47, "define_event_condition", Admin, "ISO 9506-2 §15"),
        OpSpec::new(48, "delete_event_condition", Admin, "ISO 9506-2 §15"),
        OpSpec::new(49, "get_event_condition_attributes", Observe, "ISO 9506-2 §15"),
        OpSpec::new(50, "report_event_condition_status", Read, "ISO 9506-2 §15"),
        OpSpec::new(51, "alter_event_condition_monitoring", Admin, "ISO 9506-2 §15"),
        OpSpec::new(52, "trigger_event", Control, "ISO 9506-2 §15"),
        OpSpec::new(53, "define_event_action", Admin, "ISO 9506-2 §15"),
        OpSpec::new(54, "delete_event_action", Admin, "ISO 9506-2 §15"),
        OpSpec::new(55, "get_event_action_attributes", Observe, "ISO 9506-2 §15"),
        OpSpec::new(56, "report_event_action_status", Read, "ISO 9506-2 §15"),
        OpSpec::new(57, "define_event_enrollment", Admin, "ISO 9506-2 §15"),
        OpSpec::new(58, "delete_event_enrollment", Admin, "ISO 9506-2 §15"),
        OpSpec::new(59, "alter_event_enrollment", Admin, "ISO 9506-2 §15"),
        OpSpec::new(60, "report_event_enrollment_status", Read, "ISO 9506-2 §15"),
        OpSpec::new(61, "get_event_enrollment_attributes", Observe, "ISO 9506-2 §15"),
        OpSpec::new(62, "acknowledge_event_notification", Admin, "ISO 9506-2 §15"),
        OpSpec::new(63, "get_alarm_summary", Read, "ISO 9506-2 §15"),
        OpSpec::new(64, "get_alarm_enrollment_summary", Read, "ISO 9506-2 §15"),
        OpSpec::new(65, "read_journal", Read, "ISO 9506-2 §17.2"),
        OpSpec::new(66, "write_journal", Admin, "ISO 9506-2 §17.3"),
        OpSpec::new(67, "initialize_journal", Admin, "ISO 9506-2 §17.4"),
        OpSpec::new(68, "report_journal_status", Read, "ISO 9506-2 §17.5"),
        OpSpec::new(69, "create_journal", Admin, "ISO 9506-2 §17.6"),
        OpSpec::new(70, "delete_journal", Admin, "ISO 9506-2 §17.7"),
        OpSpec::new(71, "get_capability_list", Observe, "ISO 9506-2 §10.7"),
        OpSpec::new(72, "file_open", Program, "ISO 9506-2 Annex D.3").args(FILE),
        OpSpec::new(73, "file_read", Program, "ISO 9506-2 Annex D.4").args(HANDLE),
        OpSpec::new(74, "file_close", Program, "ISO 9506-2 Annex D.5").args(HANDLE),
        OpSpec::new(75, "file_rename", Program, "ISO 9506-2 Annex D.6"),
        OpSpec::new(76, "file_delete", Program, "ISO 9506-2 Annex D.7"),
        OpSpec::new(77, "file_directory", Program, "ISO 9506-2 Annex D.8"),
        OpSpec::new(78, "additional_service", Admin, "ISO 9506-2 §7.4"),
        OpSpec::new(78, "vmd_stop", Control, "ISO 9506-2 §10.8").sub(0),
        OpSpec::new(78, "vmd_reset", Control, "ISO 9506-2 §10.9").sub(1),
        OpSpec::new(78, "select_program_invocations", Control, "ISO 9506-2 §12.10").sub(2),
        OpSpec::new(78, "alter_program_invocation_attributes", Program, "ISO 9506-2 §12.11").sub(3),
        OpSpec::new(78, "initiate_unit_control_load", Program, "ISO 9506-2 §13.2").sub(4),
        OpSpec::new(78, "unit_control_load_segment", Program, "ISO 9506-2 §13.3").sub(5),
        OpSpec::new(78, "unit_control_upload", Program, "ISO 9506-2 §13.4").sub(6),
        OpSpec::new(78, "start_unit_control", Control, "ISO 9506-2 §13.5").sub(7),
        OpSpec::new(78, "stop_unit_control", Control, "ISO 9506-2 §13.6").sub(8),
        OpSpec::new(78, "create_unit_control", Program, "ISO 9506-2 §13.7").sub(9),
        OpSpec::new(78, "add_to_unit_control", Program, "ISO 9506-2 §13.8").sub(10),
        OpSpec::new(78, "remove_from_unit_control", Program, "ISO 9506-2 §13.9").sub(11),
        OpSpec::new(78, "get_unit_control_attributes", Observe, "ISO 9506-2 §13.10").sub(12),
        OpSpec::new(78, "load_unit_control_from_file", Program, "ISO 9506-2 §13.11").sub(13),
        OpSpec::new(78, "store_unit_control_to_file", Program, "ISO 9506-2 §13.12").sub(14),
        OpSpec::new(78, "delete_unit_control", Program, "ISO 9506-2 §13.13").sub(15),
        OpSpec::new(78, "define_event_condition_list", Admin, "ISO 9506-2 §15").sub(16),
        OpSpec::new(78, "delete_event_condition_list", Admin, "ISO 9506-2 §15").sub(17),
        OpSpec::new(78, "add_event_condition_list_reference", Admin, "ISO 9506-2 §15").sub(18),
        OpSpec::new(78, "remove_event_condition_list_reference", Admin, "ISO 9506-2 §15").sub(19),
        OpSpec::new(78, "get_event_condition_list_attributes", Observe, "ISO 9506-2 §15").sub(20),
        OpSpec::new(78, "report_event_condition_list_status", Read, "ISO 9506-2 §15").sub(21),
        OpSpec::new(78, "alter_event_condition_list_monitoring", Admin, "ISO 9506-2 §15").sub(22),
        OpSpec::new(79, "get_data_exchange_attributes", Observe, "ISO 9506-2 §14.20"),
        OpSpec::new(80, "exchange_data", Write, "ISO 9506-2 §14.21"),
        OpSpec::new(81, "define_access_control_list", Admin, "ISO 9506-2 §9.2"),
        OpSpec::new(82, "get_access_control_list_attributes", Observe, "ISO 9506-2 §9.3"),
        OpSpec::new(83, "report_access_controlled_objects", Observe, "ISO 9506-2 §9.4"),
        OpSpec::new(84, "delete_access_control_list", Admin, "ISO 9506-2 §9.5"),
        OpSpec::new(85, "change_access_control", Admin, "ISO 9506-2 §9.6"),
        OpSpec::new(86, "reconfigure_program_invocation", Program, "ISO 9506-2 §12.12"),
        OpSpec::new(ERROR, "confirmed_error", Observe, "ISO 9506-2 §7.2"),
        OpSpec::new(CANCEL, "cancel", Observe, "ISO 9506-2 §8.5").args(INVOKE),
        OpSpec::new(INITIATE, "initiate", Observe, "ISO 9506-2 §8.2").args(INITIATED),
        OpSpec::new(CONCLUDE, "conclude", Observe, "ISO 9506-2 §8.3"),
        OpSpec::new(0x300, "information_report", Read, "ISO 9506-2 §14.8"),
        OpSpec::new(0x300, "report", Read, "IEC 61850-8-1:2011 §17.2").sub(1).args(REPORTED),
        OpSpec::new(0x300, "command_termination", Read, "IEC 61850-8-1:2011 §20.8").sub(2),
        OpSpec::new(0x300, "control_error", Read, "IEC 61850-8-1:2011 §20.10").sub(3),
        OpSpec::new(0x301, "unsolicited_status", Observe, "ISO 9506-2 §10.3").args(DEVICE),
        OpSpec::new(0x302, "event_notification", Read, "ISO 9506-2 §15"),
    ]
};
