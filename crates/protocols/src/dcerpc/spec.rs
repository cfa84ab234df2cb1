//! What DCE RPC is.

use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
    Target,
};

/// Selector under which PROFINET's context management finds its calls. The tag is a [`Call`].
///
/// [`Call`]: super::Call
pub const PROFINET: u32 = 1;

/// Selector under which OPC Classic finds its calls. The tag is an [`OpcCall`].
///
/// [`OpcCall`]: super::OpcCall
pub const OPC: u32 = 2;

pub(super) const INTERFACE: &Area = &Area::shown(1, "interface", show_call);
pub(super) const ENDPOINT: &Area = &Area::named(2, "endpoint");

/// `svcctl.12`, or the interface alone where nothing is called.
fn show_call(target: &Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    out.write_str(core::str::from_utf8(target.name).unwrap_or("?"))?;
    if target.count == 0 { Ok(()) } else { write!(out, ".{}", target.index) }
}

/// Reason of a bind_nak, with this bit. C706 §12.6.3.1.
pub(super) const NAK: u32 = 0x1_0000;
/// Reason for which no context was accepted, with this bit. C706 §12.6.3.1.
pub(super) const REJECTED: u32 = 0x2_0000;

const MAPPED: &str = "IEC 61158-6-10:2019 §4.10.3 RPCAnnotation";
pub(super) const STATION_TYPE: &AttrSpec =
    &AttrSpec::new(Attribute::Product, "PROFINET endpoint annotation, device type", 92, MAPPED);
pub(super) const ORDER: &AttrSpec =
    &AttrSpec::new(Attribute::OrderNumber, "PROFINET endpoint annotation, order id", 95, MAPPED);
pub(super) const HARDWARE: &AttrSpec = &AttrSpec::new(
    Attribute::Hardware,
    "PROFINET endpoint annotation, hardware revision",
    92,
    MAPPED,
);
pub(super) const FIRMWARE: &AttrSpec = &AttrSpec::new(
    Attribute::Firmware,
    "PROFINET endpoint annotation, software revision",
    95,
    MAPPED,
);
pub(super) const DEVICE: &AttrSpec = &AttrSpec::new(
    Attribute::Model,
    "PROFINET object UUID, vendor and device number",
    40,
    "IEC 61158-6-10:2019 §4.10.3.2.8",
);

pub(super) const BAD_HEADER: &FaultSpec = &FaultSpec::new("malformed_header", "C706 §12.5, §12.6");
pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", "C706 §12.5.2, §12.6.3");
pub(super) const BAD_BODY: &FaultSpec = &FaultSpec::new("malformed_body", "C706 §12.6.4");
pub(super) const LOST_FRAGMENT: &FaultSpec =
    &FaultSpec::new("fragment_out_of_order", "C706 §12.5.2.14");

const CALL: &[Arg] = &[Arg::dec("call"), Arg::dec("body_bytes")];
const PRESENT: &[Arg] =
    &[Arg::dec("call"), Arg::dec("contexts"), Arg::dec("auth_type"), Arg::hex("group")];

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(17),
    key: "dcerpc",
    name: "DCE RPC",
    standard: "The Open Group C706 (DCE 1.1: Remote Procedure Call); MS-RPCE",
    industrial: false,
    carrier: false,
    depth: 3,
    bindings: &[
        Binding::Udp(34_964),
        Binding::Udp(135),
        Binding::AnyUdp,
        Binding::Tcp(135),
        Binding::AnyTcp,
        // Named pipes of SMB.
        Binding::Inside(ProtoId(109), 0),
    ],
    operations: OPERATIONS,
    attributes: &[STATION_TYPE, ORDER, HARDWARE, FIRMWARE, DEVICE],
    faults: &[BAD_HEADER, BAD_LENGTH, BAD_BODY, LOST_FRAGMENT],
    areas: &[INTERFACE, ENDPOINT],
    statuses: STATUSES,
    pdu_bytes_max: 65_536,
    open_max: 64,
};

/// A call with a name of its own.
const fn call(sub: u16, name: &'static str, access: Access, clause: &'static str) -> OpSpec {
    OpSpec::new(0, name, access, clause).sub(sub).args(CALL)
}

/// The code is the type of PDU. The subcode of a request or response is the call's number; where
/// the interface is one whose calls have names, its number here stands in the upper half.
#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Program, Read, Write};
    const PDU: &str = "C706 §12.1";
    &[
        OpSpec::new(0, "request", Observe, PDU).args(CALL),
        call(0x0101, "svcctl_control_service", Control, "MS-SCMR §3.1.4.2"),
        call(0x0102, "svcctl_delete_service", Program, "MS-SCMR §3.1.4.3"),
        call(0x010b, "svcctl_change_service", Program, "MS-SCMR §3.1.4.11"),
        call(0x010c, "svcctl_create_service", Program, "MS-SCMR §3.1.4.12"),
        call(0x0113, "svcctl_start_service", Control, "MS-SCMR §3.1.4.19"),
        call(0x0118, "svcctl_create_service", Program, "MS-SCMR §3.1.4.23"),
        call(0x011f, "svcctl_start_service", Control, "MS-SCMR §3.1.4.30"),
        call(0x0200, "atsvc_add_job", Program, "MS-TSCH §3.2.5.2.1"),
        call(0x0301, "scheduler_register_task", Program, "MS-TSCH §3.2.5.4.2"),
        call(0x030c, "scheduler_run_task", Control, "MS-TSCH §3.2.5.4.13"),
        call(0x040e, "srvsvc_add_share", Admin, "MS-SRVS §3.1.4.7"),
        call(0x040f, "srvsvc_list_shares", Observe, "MS-SRVS §3.1.4.8"),
        call(0x0415, "srvsvc_get_server_info", Observe, "MS-SRVS §3.1.4.17"),
        call(0x041c, "srvsvc_remote_time", Observe, "MS-SRVS §3.1.4.21"),
        call(0x041f, "srvsvc_canonicalize_path", Observe, "MS-SRVS §3.1.4.30"),
        call(0x0532, "samr_create_user", Admin, "MS-SAMR §3.1.5.4.4"),
        call(0x053a, "samr_set_user", Admin, "MS-SAMR §3.1.5.6.4"),
        call(0x0706, "winreg_create_key", Admin, "MS-RRP §3.1.5.7"),
        call(0x0707, "winreg_delete_key", Admin, "MS-RRP §3.1.5.8"),
        call(0x0708, "winreg_delete_value", Admin, "MS-RRP §3.1.5.9"),
        call(0x0716, "winreg_set_value", Admin, "MS-RRP §3.1.5.22"),
        call(0x0809, "spoolss_add_driver", Program, "MS-RPRN §3.1.4.4.1"),
        call(0x0859, "spoolss_add_driver", Program, "MS-RPRN §3.1.4.4.8"),
        call(0x0903, "drsuapi_replicate", Admin, "MS-DRSR §4.1.10"),
        call(0x0a02, "epm_lookup", Observe, "C706 appendix O"),
        call(0x0a03, "epm_map", Observe, "C706 appendix O"),
        call(0x0b03, "dcom_get_class", Control, "MS-DCOM §3.1.2.5.2.3.2"),
        call(0x0b04, "dcom_create_instance", Control, "MS-DCOM §3.1.2.5.2.3.3"),
        call(0x0c14, "wmi_query", Read, "MS-WMI §3.1.4.3.18"),
        call(0x0c18, "wmi_run_method", Program, "MS-WMI §3.1.4.3.22"),
        call(0x0d03, "opc_read", Read, "OPC Data Access 3.0 §4.5"),
        call(0x0d04, "opc_write", Write, "OPC Data Access 3.0 §4.5"),
        call(0x0e03, "opc_data_change", Read, "OPC Data Access 3.0 §4.6"),
        call(0x0f00, "shut_down", Control, "MS-RSP §3.1.4"),
        call(0x0f02, "shut_down_with_reason", Control, "MS-RSP §3.1.4"),
        OpSpec::new(1, "ping", Observe, PDU).args(CALL),
        OpSpec::new(2, "response", Observe, PDU).args(CALL),
        OpSpec::new(3, "fault", Observe, PDU).args(CALL),
        OpSpec::new(4, "working", Observe, PDU).args(CALL),
        OpSpec::new(5, "no_call", Observe, PDU).args(CALL),
        OpSpec::new(6, "reject", Observe, PDU).args(CALL),
        OpSpec::new(7, "acknowledge", Observe, PDU).args(CALL),
        OpSpec::new(8, "cancel", Control, PDU).args(CALL),
        OpSpec::new(9, "fragment_acknowledge", Observe, PDU).args(CALL),
        OpSpec::new(10, "cancel_acknowledge", Observe, PDU).args(CALL),
        OpSpec::new(11, "bind", Observe, PDU).args(PRESENT),
        OpSpec::new(12, "bind_acknowledge", Observe, PDU).args(PRESENT),
        OpSpec::new(13, "bind_refused", Observe, PDU).args(CALL),
        OpSpec::new(14, "alter_context", Observe, PDU).args(PRESENT),
        OpSpec::new(15, "alter_context_response", Observe, PDU).args(PRESENT),
        OpSpec::new(16, "authenticate", Observe, "MS-RPCE §2.2.2.5").args(CALL),
        OpSpec::new(17, "shutdown", Observe, PDU).args(CALL),
        OpSpec::new(18, "cancel", Control, PDU).args(CALL),
        OpSpec::new(19, "orphaned", Observe, PDU).args(CALL),
    ]
};

/// Status of faults and rejects (C706 appendix E, MS-RPCE §2.2.2.10), reasons of refused binds.
const STATUSES: &[StatusSpec] = &[
    StatusSpec::new(0x0000_0005, "access_denied"),
    StatusSpec::new(0x0000_06f7, "bad_stub_data"),
    StatusSpec::new(NAK, "bind_refused"),
    StatusSpec::new(NAK | 1, "temporary_congestion"),
    StatusSpec::new(NAK | 2, "local_limit_exceeded"),
    StatusSpec::new(NAK | 3, "address_unknown"),
    StatusSpec::new(NAK | 4, "protocol_version_not_supported"),
    StatusSpec::new(NAK | 8, "authentication_type_not_recognised"),
    StatusSpec::new(NAK | 9, "invalid_checksum"),
    StatusSpec::new(REJECTED, "context_rejected"),
    StatusSpec::new(REJECTED | 1, "interface_not_supported"),
    StatusSpec::new(REJECTED | 2, "transfer_syntax_not_supported"),
    StatusSpec::new(REJECTED | 3, "context_limit_exceeded"),
    StatusSpec::new(0x1c00_0001, "integer_division_by_zero"),
    StatusSpec::new(0x1c00_0002, "address_error"),
    StatusSpec::new(0x1c00_0009, "null_pointer"),
    StatusSpec::new(0x1c00_000b, "illegal_instruction"),
    StatusSpec::new(0x1c00_000d, "cancelled"),
    StatusSpec::new(0x1c00_0012, "unspecified"),
    StatusSpec::new(0x1c00_001a, "context_mismatch"),
    StatusSpec::new(0x1c00_001b, "remote_no_memory"),
    StatusSpec::new(0x1c01_0002, "call_number_out_of_range"),
    StatusSpec::new(0x1c01_0003, "unknown_interface"),
    StatusSpec::new(0x1c01_0006, "wrong_boot_time"),
    StatusSpec::new(0x1c01_0009, "server_crashed"),
    StatusSpec::new(0x1c01_000b, "protocol_error"),
    StatusSpec::new(0x1c01_0013, "answer_too_big"),
    StatusSpec::new(0x1c01_0014, "server_too_busy"),
    StatusSpec::new(0x1c01_0017, "unsupported_type"),
    StatusSpec::new(0x1c01_001c, "wrong_context"),
];
