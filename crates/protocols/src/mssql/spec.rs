//! What TDS is.

use crate::common::ntlmssp;
use vocab::{
    Access, Area, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
};

pub(super) const DATABASE: &Area = &Area::named(1, "database");

pub(super) const VERSION: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "TDS server version", 80, "MS-TDS §2.2.6.5");
pub(super) const PROGRAM: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "TDS LOGINACK", 90, "MS-TDS §2.2.7.14");
pub(super) const HOST: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "TDS client host name", 90, "MS-TDS §2.2.6.4");
pub(super) const USER: &AttrSpec =
    &AttrSpec::new(Attribute::User, "TDS user name", 90, "MS-TDS §2.2.6.4");
pub(super) const APPLICATION: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "TDS application name", 70, "MS-TDS §2.2.6.4");
pub(super) const SERVER: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "TDS server name", 50, "MS-TDS §2.2.6.4");

pub(super) const BAD_HEADER: &FaultSpec = &FaultSpec::new("malformed_header", "MS-TDS §2.2.3.1");
pub(super) const BAD_LOGIN: &FaultSpec = &FaultSpec::new("malformed_login", "MS-TDS §2.2.6.4");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(132),
    key: "mssql",
    name: "Microsoft SQL Server (TDS)",
    standard: "MS-TDS (rev. 37)",
    industrial: false,
    carrier: false,
    depth: 2,
    bindings: &[Binding::Tcp(1433), Binding::AnyTcp],
    operations: OPERATIONS,
    attributes: &[
        VERSION,
        PROGRAM,
        HOST,
        USER,
        APPLICATION,
        SERVER,
        ntlmssp::COMPUTER,
        ntlmssp::DOMAIN,
        ntlmssp::DNS_COMPUTER,
        ntlmssp::DNS_DOMAIN,
        ntlmssp::VERSION,
        ntlmssp::WORKSTATION,
        ntlmssp::USER,
        ntlmssp::USER_DOMAIN,
    ],
    faults: &[BAD_HEADER, BAD_LOGIN],
    areas: &[DATABASE],
    statuses: ERRORS,
    pdu_bytes_max: 8_300,
    open_max: 4,
};

const OPERATIONS: &[OpSpec] = {
    use Access::{Observe, Write};
    const PACKETS: &str = "MS-TDS §2.2.3.1.1";
    &[
        OpSpec::new(1, "sql_batch", Write, PACKETS),
        OpSpec::new(2, "old_login", Observe, PACKETS),
        OpSpec::new(3, "rpc", Write, PACKETS),
        OpSpec::new(4, "tabular_result", Observe, PACKETS),
        OpSpec::new(6, "attention", Observe, PACKETS),
        OpSpec::new(7, "bulk_load", Write, PACKETS),
        OpSpec::new(8, "federated_authentication", Observe, PACKETS),
        OpSpec::new(14, "transaction_manager", Observe, PACKETS),
        OpSpec::new(16, "login", Observe, PACKETS),
        OpSpec::new(17, "sspi", Observe, PACKETS),
        OpSpec::new(18, "prelogin", Observe, PACKETS),
    ]
};

/// Errors that a server reports most. Microsoft SQL Server, database engine events and errors.
const ERRORS: &[StatusSpec] = &[
    StatusSpec::new(102, "syntax_error"),
    StatusSpec::new(208, "invalid_object_name"),
    StatusSpec::new(229, "permission_denied_on_object"),
    StatusSpec::new(547, "constraint_violation"),
    StatusSpec::new(1_205, "deadlock_victim"),
    StatusSpec::new(2_627, "duplicate_key"),
    StatusSpec::new(2_812, "procedure_not_found"),
    StatusSpec::new(4_060, "cannot_open_database"),
    StatusSpec::new(15_281, "component_turned_off"),
    StatusSpec::new(18_452, "untrusted_domain"),
    StatusSpec::new(18_456, "login_failed"),
    StatusSpec::new(18_487, "password_expired"),
    StatusSpec::new(18_488, "password_must_change"),
];
