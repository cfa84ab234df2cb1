//! What TLS is.

use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
};

pub(super) const SERVER_NAME: &Area = &Area::named(1, "server_name");
pub(super) const PROTOCOL: &Area = &Area::named(2, "protocol");
pub(super) const CERTIFICATE: &Area = &Area::named(3, "certificate");

pub(super) const ASKED_NAME: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "TLS server name indication", 40, "RFC 6066 §3");
pub(super) const SUBJECT: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "TLS certificate subject", 60, "RFC 5280 §4.1.2.6");
pub(super) const SUBJECT_TEXT: &AttrSpec =
    &AttrSpec::new(Attribute::Description, "TLS certificate subject", 50, "RFC 5280 §4.1.2.6");
pub(super) const SUBJECT_SERIAL: &AttrSpec =
    &AttrSpec::new(Attribute::Serial, "TLS certificate serialNumber", 60, "RFC 5280 §4.1.2.4");
pub(super) const ORGANIZATION: &AttrSpec =
    &AttrSpec::new(Attribute::Vendor, "TLS certificate organization", 30, "RFC 5280 §4.1.2.4");
pub(super) const ALTERNATIVE: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "TLS certificate subjectAltName", 60, "RFC 5280 §4.2.1.6");

pub(super) const BAD_RECORD: &FaultSpec = &FaultSpec::new("bad_record", "RFC 5246 §6.2.1");
pub(super) const BAD_HANDSHAKE: &FaultSpec =
    &FaultSpec::new("malformed_handshake", "RFC 5246 §7.4, RFC 8446 §4");
pub(super) const OVERREAD: &FaultSpec = &FaultSpec::new("heartbeat_overread", "RFC 6520 §4");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(112),
    key: "tls",
    name: "TLS",
    standard: "RFC 5246, RFC 8446, RFC 6101, RFC 6066, RFC 7301, RFC 5280",
    industrial: false,
    carrier: false,
    depth: 2,
    bindings: &[
        Binding::Tcp(443),
        Binding::Tcp(465),
        Binding::Tcp(636),
        // Modbus/TCP Security, EtherNet/IP over TLS, IEC 60870-5-104 with IEC 62351-3.
        Binding::Tcp(802),
        Binding::Tcp(2221),
        Binding::Tcp(19998),
        Binding::Tcp(990),
        Binding::Tcp(992),
        Binding::Tcp(993),
        Binding::Tcp(995),
        Binding::Tcp(4843),
        Binding::Tcp(5061),
        Binding::Tcp(8443),
        Binding::Tcp(8883),
        Binding::AnyTcp,
    ],
    operations: OPERATIONS,
    attributes: &[ASKED_NAME, SUBJECT, SUBJECT_TEXT, SUBJECT_SERIAL, ORGANIZATION, ALTERNATIVE],
    faults: &[BAD_RECORD, BAD_HANDSHAKE, OVERREAD],
    areas: &[SERVER_NAME, PROTOCOL, CERTIFICATE],
    statuses: ALERTS,
    pdu_bytes_max: 18_437,
    open_max: 4,
};

/// Number of a record's operation: 0x100 and its content type.
pub(super) const RECORD: u32 = 0x100;

const OFFERED: &[Arg] = &[Arg::hex("version"), Arg::dec("cipher_suites")];
const CHOSEN: &[Arg] = &[Arg::hex("version"), Arg::hex("cipher_suite")];
const CHAIN: &[Arg] = &[Arg::dec("certificates"), Arg::dec("key_bits"), Arg::dec("self_signed")];
const ALERT: &[Arg] = &[Arg::dec("level"), Arg::dec("description")];

const OPERATIONS: &[OpSpec] = {
    use Access::Observe;
    &[
        OpSpec::new(0, "hello_request", Observe, "RFC 5246 §7.4.1.1"),
        OpSpec::new(1, "client_hello", Observe, "RFC 5246 §7.4.1.2").args(OFFERED),
        OpSpec::new(2, "server_hello", Observe, "RFC 5246 §7.4.1.3").args(CHOSEN),
        OpSpec::new(3, "hello_verify_request", Observe, "RFC 6347 §4.2.1"),
        OpSpec::new(4, "new_session_ticket", Observe, "RFC 5077 §3.3"),
        OpSpec::new(11, "certificate", Observe, "RFC 5246 §7.4.2").args(CHAIN),
        OpSpec::new(12, "server_key_exchange", Observe, "RFC 5246 §7.4.3"),
        OpSpec::new(13, "certificate_request", Observe, "RFC 5246 §7.4.4"),
        OpSpec::new(14, "server_hello_done", Observe, "RFC 5246 §7.4.5"),
        OpSpec::new(15, "certificate_verify", Observe, "RFC 5246 §7.4.8"),
        OpSpec::new(16, "client_key_exchange", Observe, "RFC 5246 §7.4.7"),
        OpSpec::new(20, "finished", Observe, "RFC 5246 §7.4.9"),
        OpSpec::new(22, "certificate_status", Observe, "RFC 6066 §8"),
        OpSpec::new(0x114, "change_cipher_spec", Observe, "RFC 5246 §7.1"),
        OpSpec::new(0x115, "alert", Observe, "RFC 5246 §7.2").args(ALERT),
        OpSpec::new(0x116, "encrypted_handshake", Observe, "RFC 5246 §7.4"),
        OpSpec::new(0x117, "application_data", Observe, "RFC 5246 §10"),
        OpSpec::new(0x118, "heartbeat", Observe, "RFC 6520 §4"),
    ]
};

/// Alert descriptions. RFC 8446 §6.
const ALERTS: &[StatusSpec] = &[
    StatusSpec::new(10, "unexpected_message"),
    StatusSpec::new(20, "bad_record_mac"),
    StatusSpec::new(21, "decryption_failed"),
    StatusSpec::new(22, "record_overflow"),
    StatusSpec::new(30, "decompression_failure"),
    StatusSpec::new(40, "handshake_failure"),
    StatusSpec::new(41, "no_certificate"),
    StatusSpec::new(42, "bad_certificate"),
    StatusSpec::new(43, "unsupported_certificate"),
    StatusSpec::new(44, "certificate_revoked"),
    StatusSpec::new(45, "certificate_expired"),
    StatusSpec::new(46, "certificate_unknown"),
    StatusSpec::new(47, "illegal_parameter"),
    StatusSpec::new(48, "unknown_ca"),
    StatusSpec::new(49, "access_denied"),
    StatusSpec::new(50, "decode_error"),
    StatusSpec::new(51, "decrypt_error"),
    StatusSpec::new(60, "export_restriction"),
    StatusSpec::new(70, "protocol_version"),
    StatusSpec::new(71, "insufficient_security"),
    StatusSpec::new(80, "internal_error"),
    StatusSpec::new(86, "inappropriate_fallback"),
    StatusSpec::new(90, "user_canceled"),
    StatusSpec::new(100, "no_renegotiation"),
    StatusSpec::new(109, "missing_extension"),
    StatusSpec::new(110, "unsupported_extension"),
    StatusSpec::new(112, "unrecognized_name"),
    StatusSpec::new(113, "bad_certificate_status_response"),
    StatusSpec::new(115, "unknown_psk_identity"),
    StatusSpec::new(116, "certificate_required"),
    StatusSpec::new(120, "no_application_protocol"),
];
