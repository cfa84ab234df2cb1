//! What HSE is.

use core::fmt;
use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
    Target,
};

const INDEX: &[Arg] = &[Arg::dec("index")];
const SUB: &[Arg] = &[Arg::dec("index"), Arg::dec("subindex")];
const EVENT: &[Arg] = &[Arg::dec("index"), Arg::dec("event_number")];
const SESSION: &[Arg] = &[
    Arg::dec("session"),
    Arg::dec("buffer_bytes"),
    Arg::dec("message_bytes"),
    Arg::dec("configuration_use"),
];

/// An object of a device's dictionary, with its sub-index.
pub(super) const OBJECT: &Area = &Area::shown(1, "object", show_object);
/// The tag that a device has or gets.
pub(super) const TAG: &Area = &Area::named(2, "pd_tag");

fn show_object(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "object[{}]", t.index)?;
    if t.extra > 0 { write!(out, ".{}", t.extra) } else { Ok(()) }
}

const SM: &str = "FF-588-1.3 §6.5.2.3";
const FMS: &str = "FF-588-1.3 §6.5.3.6";
pub(super) const DEVICE_ID: &AttrSpec =
    &AttrSpec::new(Attribute::Serial, "SM identify device ID", 95, SM);
pub(super) const PD_TAG: &AttrSpec = &AttrSpec::new(Attribute::Name, "SM identify PD tag", 95, SM);
pub(super) const KIND: &AttrSpec =
    &AttrSpec::new(Attribute::Description, "SM identify device type", 70, SM);
pub(super) const DIAGNOSED: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "redundancy diagnostic PD tag", 90, "FF-588-1.3 §6.5.4.4");
pub(super) const VENDOR: &AttrSpec =
    &AttrSpec::new(Attribute::Vendor, "FMS identify vendor name", 95, FMS);
pub(super) const MODEL: &AttrSpec =
    &AttrSpec::new(Attribute::Model, "FMS identify model name", 95, FMS);
pub(super) const REVISION: &AttrSpec =
    &AttrSpec::new(Attribute::Firmware, "FMS identify revision", 90, FMS);

pub(super) const BAD_HEADER: &FaultSpec = &FaultSpec::new("bad_header", "FF-588-1.3 §6.3");
pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", "FF-588-1.3 §6.3");
pub(super) const SHORT: &FaultSpec = &FaultSpec::new("short_parameters", "FF-588-1.3 §6.5");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(50),
    key: "hse",
    name: "Foundation Fieldbus HSE",
    standard: "Fieldbus Foundation FF-588-1.3, HSE Field Device Access Agent",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[
        Binding::Tcp(1_089),
        Binding::Tcp(1_090),
        Binding::Tcp(1_091),
        Binding::Tcp(3_622),
        Binding::Udp(1_089),
        Binding::Udp(1_090),
        Binding::Udp(1_091),
        Binding::Udp(3_622),
        Binding::AnyUdp,
    ],
    operations: OPERATIONS,
    attributes: &[DEVICE_ID, PD_TAG, KIND, DIAGNOSED, VENDOR, MODEL, REVISION],
    faults: &[BAD_HEADER, BAD_LENGTH, SHORT],
    areas: &[OBJECT, TAG],
    statuses: STATUSES,
    pdu_bytes_max: 65_535,
    open_max: 32,
};

/// Codes are the protocol (1 FDA, 2 SM, 3 FMS, 4 LAN redundancy) and the service as sent.
#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Program, Read, Write};
    &[
        OpSpec::new(0x181, "open_session", Observe, "FF-588-1.3 §6.5.1.1").args(SESSION),
        OpSpec::new(0x183, "idle", Observe, "FF-588-1.3 §6.5.1.2"),
        OpSpec::new(0x201, "find_tag_query", Observe, "FF-588-1.3 §6.5.2.1"),
        OpSpec::new(0x202, "find_tag_reply", Observe, "FF-588-1.3 §6.5.2.2"),
        OpSpec::new(0x210, "device_annunciation", Observe, "FF-588-1.3 §6.5.2.7"),
        OpSpec::new(0x283, "identify", Observe, "FF-588-1.3 §6.5.2.3"),
        OpSpec::new(0x28c, "clear_address", Admin, "FF-588-1.3 §6.5.2.4"),
        OpSpec::new(0x28e, "set_assignment", Admin, "FF-588-1.3 §6.5.2.5"),
        OpSpec::new(0x28f, "clear_assignment", Admin, "FF-588-1.3 §6.5.2.6"),
        OpSpec::new(0x300, "information_report", Read, "FF-588-1.3 §6.5.3.35").args(INDEX),
        OpSpec::new(0x301, "unsolicited_status", Observe, "FF-588-1.3 §6.5.3.5"),
        OpSpec::new(0x302, "event_notification", Read, "FF-588-1.3 §6.5.3.39").args(EVENT),
        OpSpec::new(0x310, "information_report_with_subindex", Read, "FF-588-1.3 §6.5.3.36")
            .args(SUB),
        OpSpec::new(0x311, "information_report_on_change", Read, "FF-588-1.3 §6.5.3.37")
            .args(INDEX),
        OpSpec::new(0x312, "information_report_on_change_with_subindex", Read, "FF-588-1.3 §6.5.3.38")
            .args(SUB),
        OpSpec::new(0x370, "abort", Observe, "FF-588-1.3 §6.5.3.3"),
        OpSpec::new(0x380, "fms_status", Observe, "FF-588-1.3 §6.5.3.4"),
        OpSpec::new(0x381, "fms_identify", Observe, "FF-588-1.3 §6.5.3.6"),
        OpSpec::new(0x382, "read", Read, "FF-588-1.3 §6.5.3").args(INDEX),
        OpSpec::new(0x383, "write", Write, "FF-588-1.3 §6.5.3").args(INDEX),
        OpSpec::new(0x384, "get_object_dictionary", Observe, "FF-588-1.3 §6.5.3.7").args(INDEX),
        OpSpec::new(0x387, "define_variable_list", Admin, "FF-588-1.3 §6.5.3.33"),
        OpSpec::new(0x388, "delete_variable_list", Admin, "FF-588-1.3 §6.5.3.34").args(INDEX),
        OpSpec::new(0x389, "initiate_download_sequence", Program, "FF-588-1.3 §6.5.3.14")
            .args(INDEX),
        OpSpec::new(0x38a, "download_segment", Program, "FF-588-1.3 §6.5.3.15").args(INDEX),
        OpSpec::new(0x38b, "terminate_download_sequence", Program, "FF-588-1.3 §6.5.3")
            .args(INDEX),
        OpSpec::new(0x38c, "initiate_upload_sequence", Program, "FF-588-1.3 §6.5.3").args(INDEX),
        OpSpec::new(0x38d, "upload_segment", Program, "FF-588-1.3 §6.5.3").args(INDEX),
        OpSpec::new(0x38e, "terminate_upload_sequence", Program, "FF-588-1.3 §6.5.3").args(INDEX),
        OpSpec::new(0x38f, "request_domain_download", Program, "FF-588-1.3 §6.5.3").args(INDEX),
        OpSpec::new(0x390, "request_domain_upload", Program, "FF-588-1.3 §6.5.3").args(INDEX),
        OpSpec::new(0x391, "create_program_invocation", Program, "FF-588-1.3 §6.5.3"),
        OpSpec::new(0x392, "delete_program_invocation", Program, "FF-588-1.3 §6.5.3").args(INDEX),
        OpSpec::new(0x393, "start", Control, "FF-588-1.3 §6.5.3").args(INDEX),
        OpSpec::new(0x394, "stop", Control, "FF-588-1.3 §6.5.3").args(INDEX),
        OpSpec::new(0x395, "resume", Control, "FF-588-1.3 §6.5.3").args(INDEX),
        OpSpec::new(0x396, "reset", Control, "FF-588-1.3 §6.5.3").args(INDEX),
        OpSpec::new(0x397, "kill", Control, "FF-588-1.3 §6.5.3").args(INDEX),
        OpSpec::new(0x398, "alter_event_condition_monitoring", Admin, "FF-588-1.3 §6.5.3.40")
            .args(INDEX),
        OpSpec::new(0x399, "acknowledge_event_notification", Control, "FF-588-1.3 §6.5.3.41")
            .args(EVENT),
        OpSpec::new(0x39c, "initiate_put_object_dictionary", Program, "FF-588-1.3 §6.5.3.8"),
        OpSpec::new(0x39d, "put_object_dictionary", Program, "FF-588-1.3 §6.5.3.9"),
        OpSpec::new(0x39e, "terminate_put_object_dictionary", Program, "FF-588-1.3 §6.5.3.10"),
        OpSpec::new(0x39f, "generic_initiate_download_sequence", Program, "FF-588-1.3 §6.5.3.11")
            .args(INDEX),
        OpSpec::new(0x3a0, "generic_download_segment", Program, "FF-588-1.3 §6.5.3.12")
            .args(INDEX),
        OpSpec::new(0x3a1, "generic_terminate_download_sequence", Program, "FF-588-1.3 §6.5.3.13")
            .args(INDEX),
        OpSpec::new(0x3d2, "read_with_subindex", Read, "FF-588-1.3 §6.5.3").args(SUB),
        OpSpec::new(0x3d3, "write_with_subindex", Write, "FF-588-1.3 §6.5.3").args(SUB),
        OpSpec::new(0x3e0, "initiate", Observe, "FF-588-1.3 §6.5.3.2"),
        OpSpec::new(0x401, "redundancy_diagnostic", Observe, "FF-588-1.3 §6.5.4.4"),
        OpSpec::new(0x481, "redundancy_get_information", Observe, "FF-588-1.3 §6.5.4.1"),
        OpSpec::new(0x482, "redundancy_put_information", Admin, "FF-588-1.3 §6.5.4.2"),
        OpSpec::new(0x483, "redundancy_get_statistics", Observe, "FF-588-1.3 §6.5.4.3"),
    ]
};

/// Error class and error code. FF-588-1.3 §6.5; classes and codes are those of FMS (EN 50170) and
/// some of HSE's own.
const STATUSES: &[StatusSpec] = &[
    StatusSpec::new(0x100, "vfd_state"),
    StatusSpec::new(0x200, "application_reference"),
    StatusSpec::new(0x201, "application_unreachable"),
    StatusSpec::new(0x300, "definition"),
    StatusSpec::new(0x301, "object_undefined"),
    StatusSpec::new(0x302, "object_attributes_inconsistent"),
    StatusSpec::new(0x303, "name_already_exists"),
    StatusSpec::new(0x400, "resource"),
    StatusSpec::new(0x401, "memory_unavailable"),
    StatusSpec::new(0x402, "max_outstanding_requests_per_session_exceeded"),
    StatusSpec::new(0x403, "max_sessions_exceeded"),
    StatusSpec::new(0x404, "object_creation_failure"),
    StatusSpec::new(0x500, "service"),
    StatusSpec::new(0x501, "object_state_conflict"),
    StatusSpec::new(0x502, "pdu_size"),
    StatusSpec::new(0x503, "object_constraint_conflict"),
    StatusSpec::new(0x504, "parameter_inconsistent"),
    StatusSpec::new(0x505, "illegal_parameter"),
    StatusSpec::new(0x506, "unsupported_service"),
    StatusSpec::new(0x507, "unsupported_version"),
    StatusSpec::new(0x508, "invalid_options"),
    StatusSpec::new(0x509, "unsupported_protocol"),
    StatusSpec::new(0x50b, "key_parameter_mismatch"),
    StatusSpec::new(0x50c, "assignments_already_made"),
    StatusSpec::new(0x50d, "unsupported_device_redundancy_state"),
    StatusSpec::new(0x600, "access"),
    StatusSpec::new(0x601, "object_invalidated"),
    StatusSpec::new(0x602, "hardware_fault"),
    StatusSpec::new(0x603, "object_access_denied"),
    StatusSpec::new(0x604, "invalid_address"),
    StatusSpec::new(0x605, "object_attribute_inconsistent"),
    StatusSpec::new(0x606, "object_access_unsupported"),
    StatusSpec::new(0x607, "object_non_existent"),
    StatusSpec::new(0x608, "type_conflict"),
    StatusSpec::new(0x609, "named_access_unsupported"),
    StatusSpec::new(0x60a, "access_to_element_unsupported"),
    StatusSpec::new(0x60b, "config_access_already_open"),
    StatusSpec::new(0x60d, "unrecognized_fda_address"),
    StatusSpec::new(0x700, "object_dictionary"),
    StatusSpec::new(0x701, "name_length_overflow"),
    StatusSpec::new(0x702, "od_overflow"),
    StatusSpec::new(0x703, "od_write_protected"),
    StatusSpec::new(0x704, "extension_length_overflow"),
    StatusSpec::new(0x705, "od_description_length_overflow"),
    StatusSpec::new(0x706, "operational_problem"),
    StatusSpec::new(0x707, "hse_to_h1_format_conversion_not_supported"),
    StatusSpec::new(0x800, "other"),
    StatusSpec::new(0x905, "rejected_pdu_size"),
];
