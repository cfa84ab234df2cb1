//! What LDAP is.

use crate::common::ntlmssp;
use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
};

pub(super) const ENTRY: &Area = &Area::shown(1, "entry", show_entry);

/// A distinguished name; the one without a name is the root of the server.
fn show_entry(t: &vocab::Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    if t.name.is_empty() { out.write_str("root") } else { (Area::named(1, "entry").show)(t, out) }
}

pub(super) const USER: &AttrSpec =
    &AttrSpec::new(Attribute::User, "LDAP bind name", 80, "RFC 4511 §4.2");
pub(super) const HOST: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "LDAP dnsHostName", 90, "MS-ADTS §3.1.1.3.2");
pub(super) const DOMAIN: &AttrSpec =
    &AttrSpec::new(Attribute::Domain, "LDAP ldapServiceName", 70, "MS-ADTS §3.1.1.3.2");
pub(super) const VENDOR: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "LDAP vendorName", 70, "RFC 3045 §2.1");
pub(super) const VERSION: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "LDAP vendorVersion", 80, "RFC 3045 §2.2");

pub(super) const BAD_MESSAGE: &FaultSpec = &FaultSpec::new("malformed_message", "RFC 4511 §4.1.1");

/// Tags of operations. RFC 4511 §4.
pub(super) const BIND: u32 = 0;
pub(super) const BIND_ANSWER: u32 = 1;
pub(super) const SEARCH: u32 = 3;
pub(super) const ENTRY_FOUND: u32 = 4;
pub(super) const REFERENCE: u32 = 19;
pub(super) const EXTENDED: u32 = 23;
pub(super) const EXTENDED_ANSWER: u32 = 24;
pub(super) const INTERMEDIATE: u32 = 25;

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(135),
    key: "ldap",
    name: "LDAP",
    standard: "RFC 4511, RFC 4513, RFC 3045, MS-ADTS",
    industrial: false,
    carrier: false,
    depth: 2,
    bindings: &[Binding::Tcp(389), Binding::Tcp(3268), Binding::Udp(389)],
    operations: OPERATIONS,
    attributes: &[
        USER,
        HOST,
        DOMAIN,
        VENDOR,
        VERSION,
        ntlmssp::COMPUTER,
        ntlmssp::DOMAIN,
        ntlmssp::DNS_COMPUTER,
        ntlmssp::DNS_DOMAIN,
        ntlmssp::VERSION,
        ntlmssp::WORKSTATION,
        ntlmssp::USER,
        ntlmssp::USER_DOMAIN,
    ],
    faults: &[BAD_MESSAGE],
    areas: &[ENTRY],
    statuses: RESULTS,
    pdu_bytes_max: 8_300,
    open_max: 32,
};

const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Observe, Read};
    const METHOD: &[Arg] = &[Arg::dec("version"), Arg::dec("method")];
    const SCOPE: &[Arg] = &[Arg::dec("scope")];
    &[
        OpSpec::new(BIND, "bind", Observe, "RFC 4511 §4.2").args(METHOD),
        OpSpec::new(BIND_ANSWER, "bind_response", Observe, "RFC 4511 §4.2.2"),
        OpSpec::new(2, "unbind", Observe, "RFC 4511 §4.3"),
        OpSpec::new(SEARCH, "search", Read, "RFC 4511 §4.5.1").args(SCOPE),
        OpSpec::new(ENTRY_FOUND, "search_entry", Read, "RFC 4511 §4.5.2"),
        OpSpec::new(5, "search_done", Observe, "RFC 4511 §4.5.2"),
        OpSpec::new(6, "modify", Admin, "RFC 4511 §4.6"),
        OpSpec::new(7, "modify_response", Observe, "RFC 4511 §4.6"),
        OpSpec::new(8, "add", Admin, "RFC 4511 §4.7"),
        OpSpec::new(9, "add_response", Observe, "RFC 4511 §4.7"),
        OpSpec::new(10, "delete", Admin, "RFC 4511 §4.8"),
        OpSpec::new(11, "delete_response", Observe, "RFC 4511 §4.8"),
        OpSpec::new(12, "modify_dn", Admin, "RFC 4511 §4.9"),
        OpSpec::new(13, "modify_dn_response", Observe, "RFC 4511 §4.9"),
        OpSpec::new(14, "compare", Read, "RFC 4511 §4.10"),
        OpSpec::new(15, "compare_response", Observe, "RFC 4511 §4.10"),
        OpSpec::new(16, "abandon", Observe, "RFC 4511 §4.11"),
        OpSpec::new(REFERENCE, "search_reference", Observe, "RFC 4511 §4.5.3"),
        OpSpec::new(EXTENDED, "extended", Observe, "RFC 4511 §4.12"),
        OpSpec::new(EXTENDED_ANSWER, "extended_response", Observe, "RFC 4511 §4.12"),
        OpSpec::new(INTERMEDIATE, "intermediate_response", Observe, "RFC 4511 §4.13"),
    ]
};

/// Result codes that refuse. RFC 4511 §4.1.9, Appendix A.
const RESULTS: &[StatusSpec] = &[
    StatusSpec::new(1, "operations_error"),
    StatusSpec::new(2, "protocol_error"),
    StatusSpec::new(3, "time_limit_exceeded"),
    StatusSpec::new(4, "size_limit_exceeded"),
    StatusSpec::new(7, "auth_method_not_supported"),
    StatusSpec::new(8, "stronger_auth_required"),
    StatusSpec::new(11, "admin_limit_exceeded"),
    StatusSpec::new(12, "unavailable_critical_extension"),
    StatusSpec::new(13, "confidentiality_required"),
    StatusSpec::new(16, "no_such_attribute"),
    StatusSpec::new(17, "undefined_attribute_type"),
    StatusSpec::new(18, "inappropriate_matching"),
    StatusSpec::new(19, "constraint_violation"),
    StatusSpec::new(20, "attribute_or_value_exists"),
    StatusSpec::new(21, "invalid_attribute_syntax"),
    StatusSpec::new(32, "no_such_object"),
    StatusSpec::new(33, "alias_problem"),
    StatusSpec::new(34, "invalid_dn_syntax"),
    StatusSpec::new(36, "alias_dereferencing_problem"),
    StatusSpec::new(48, "inappropriate_authentication"),
    StatusSpec::new(49, "invalid_credentials"),
    StatusSpec::new(50, "insufficient_access_rights"),
    StatusSpec::new(51, "busy"),
    StatusSpec::new(52, "unavailable"),
    StatusSpec::new(53, "unwilling_to_perform"),
    StatusSpec::new(54, "loop_detected"),
    StatusSpec::new(64, "naming_violation"),
    StatusSpec::new(65, "object_class_violation"),
    StatusSpec::new(66, "not_allowed_on_non_leaf"),
    StatusSpec::new(67, "not_allowed_on_rdn"),
    StatusSpec::new(68, "entry_already_exists"),
    StatusSpec::new(69, "object_class_mods_prohibited"),
    StatusSpec::new(71, "affects_multiple_dsas"),
    StatusSpec::new(80, "other"),
];
