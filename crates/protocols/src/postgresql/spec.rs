//! What PostgreSQL's protocol is.

use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
};

pub(super) const DATABASE: &Area = &Area::named(1, "database");

pub(super) const VERSION: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "PostgreSQL server_version", 90, "PostgreSQL §55.2.7");
pub(super) const USER: &AttrSpec =
    &AttrSpec::new(Attribute::User, "PostgreSQL user", 90, "PostgreSQL §55.7 StartupMessage");
pub(super) const APPLICATION: &AttrSpec = &AttrSpec::new(
    Attribute::Software,
    "PostgreSQL application_name",
    60,
    "PostgreSQL §55.7 StartupMessage",
);

pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", "PostgreSQL §55.7");

/// Operations of messages without a type.
pub(super) const STARTUP: u32 = 0x100;
pub(super) const TLS_REQUEST: u32 = 0x101;
pub(super) const CANCEL: u32 = 0x102;
pub(super) const GSS_REQUEST: u32 = 0x103;

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(134),
    key: "postgresql",
    name: "PostgreSQL",
    standard: "PostgreSQL 16, chapter 55, protocol 3.0",
    industrial: false,
    carrier: false,
    depth: 2,
    bindings: &[Binding::Tcp(5432), Binding::AnyTcp],
    operations: OPERATIONS,
    attributes: &[VERSION, USER, APPLICATION],
    faults: &[BAD_LENGTH],
    areas: &[DATABASE],
    statuses: STATES,
    pdu_bytes_max: 1_200,
    open_max: 4,
};

const OPERATIONS: &[OpSpec] = {
    use Access::{Observe, Write};
    const FORMATS: &str = "PostgreSQL §55.7";
    const METHOD: &[Arg] = &[Arg::dec("method")];
    &[
        OpSpec::new(b'F' as u32, "function_call", Write, FORMATS),
        OpSpec::new(b'P' as u32, "parse", Write, FORMATS),
        OpSpec::new(b'Q' as u32, "query", Write, FORMATS),
        OpSpec::new(b'R' as u32, "authentication", Observe, FORMATS).args(METHOD),
        OpSpec::new(b'S' as u32, "sync", Observe, FORMATS),
        OpSpec::new(b'X' as u32, "terminate", Observe, FORMATS),
        OpSpec::new(b'p' as u32, "password", Observe, FORMATS),
        OpSpec::new(STARTUP, "startup", Observe, FORMATS),
        OpSpec::new(TLS_REQUEST, "tls_request", Observe, FORMATS),
        OpSpec::new(CANCEL, "cancel_request", Observe, FORMATS),
        OpSpec::new(GSS_REQUEST, "gss_request", Observe, FORMATS),
    ]
};

/// A five-letter error state as a number: base 36. PostgreSQL Appendix A.
pub(super) const fn state(text: [u8; 5]) -> u32 {
    let [a, b, c, d, e] = text;
    digit(a, digit(b, digit(c, digit(d, digit(e, 0, 1), 36), 1_296), 46_656), 1_679_616)
}

/// A digit's value at its place, added to what is there.
const fn digit(c: u8, sum: u32, place: u32) -> u32 {
    let value = match c {
        b'0'..=b'9' => c.wrapping_sub(b'0'),
        b'A'..=b'Z' => c.wrapping_sub(b'A').wrapping_add(10),
        _ => 0,
    };
    sum.saturating_add((value as u32).saturating_mul(place))
}

const STATES: &[StatusSpec] = &[
    StatusSpec::new(state(*b"08P01"), "protocol_violation"),
    StatusSpec::new(state(*b"22P02"), "invalid_text_representation"),
    StatusSpec::new(state(*b"23505"), "unique_violation"),
    StatusSpec::new(state(*b"25P02"), "in_failed_transaction"),
    StatusSpec::new(state(*b"28000"), "invalid_authorization"),
    StatusSpec::new(state(*b"28P01"), "invalid_password"),
    StatusSpec::new(state(*b"3D000"), "invalid_catalog_name"),
    StatusSpec::new(state(*b"40P01"), "deadlock_detected"),
    StatusSpec::new(state(*b"42501"), "insufficient_privilege"),
    StatusSpec::new(state(*b"42601"), "syntax_error"),
    StatusSpec::new(state(*b"42703"), "undefined_column"),
    StatusSpec::new(state(*b"42P01"), "undefined_table"),
    StatusSpec::new(state(*b"53300"), "too_many_connections"),
    StatusSpec::new(state(*b"57014"), "query_canceled"),
    StatusSpec::new(state(*b"57P01"), "admin_shutdown"),
    StatusSpec::new(state(*b"57P03"), "cannot_connect_now"),
];
