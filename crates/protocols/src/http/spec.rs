//! What HTTP is.

use crate::common::ntlmssp;
use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
};

pub(super) const PATH: &Area = &Area::named(1, "path");

pub(super) const SERVER: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "HTTP Server", 80, "RFC 9110 §10.2.4");
pub(super) const USER_AGENT: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "HTTP User-Agent", 60, "RFC 9110 §10.1.5");
pub(super) const POWERED_BY: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "HTTP X-Powered-By", 50, "no standard; in common use");
pub(super) const HOST: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "HTTP Host", 40, "RFC 9110 §7.2");
pub(super) const REALM: &AttrSpec =
    &AttrSpec::new(Attribute::Description, "HTTP realm", 40, "RFC 9110 §11.5");
pub(super) const TITLE: &AttrSpec =
    &AttrSpec::new(Attribute::Description, "HTTP page title", 50, "HTML Living Standard §4.2.2");
pub(super) const USER: &AttrSpec =
    &AttrSpec::new(Attribute::User, "HTTP Authorization", 90, "RFC 7617 §2, RFC 7616 §3.4");

pub(super) const HEAD_TOO_LONG: &FaultSpec =
    &FaultSpec::new("header_too_long", "RFC 9112 §5; a limit of this reader, 8,192 bytes");
pub(super) const BAD_START: &FaultSpec = &FaultSpec::new("malformed_start_line", "RFC 9112 §3, §4");
pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_content_length", "RFC 9112 §6.3");
pub(super) const BAD_CHUNK: &FaultSpec = &FaultSpec::new("malformed_chunk", "RFC 9112 §7.1");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(111),
    key: "http",
    name: "HTTP/1",
    standard: "RFC 9110, RFC 9112",
    industrial: false,
    carrier: false,
    depth: 2,
    bindings: &[
        Binding::Tcp(80),
        Binding::Tcp(8000),
        Binding::Tcp(8080),
        Binding::Tcp(8888),
        Binding::AnyTcp,
    ],
    operations: OPERATIONS,
    attributes: &[
        SERVER,
        USER_AGENT,
        POWERED_BY,
        HOST,
        REALM,
        TITLE,
        USER,
        ntlmssp::COMPUTER,
        ntlmssp::DOMAIN,
        ntlmssp::DNS_COMPUTER,
        ntlmssp::DNS_DOMAIN,
        ntlmssp::VERSION,
        ntlmssp::WORKSTATION,
        ntlmssp::USER,
        ntlmssp::USER_DOMAIN,
    ],
    faults: &[HEAD_TOO_LONG, BAD_START, BAD_LENGTH, BAD_CHUNK],
    areas: &[PATH],
    statuses: STATUSES,
    pdu_bytes_max: 8_300,
    open_max: 32,
};

/// Answers carry their status.
const STATUS: &[Arg] = &[Arg::dec("status")];

/// An answer whose request was not seen.
pub(super) const UNKNOWN: u32 = 0;
/// A request to answer without content.
pub(super) const HEAD: u32 = 2;
/// A request to become a tunnel.
pub(super) const CONNECT: u32 = 6;
/// A method that is none of the named ones.
pub(super) const OTHER: u32 = 10;

/// Methods with the number of their operation. RFC 9110 §9.3, RFC 5789.
pub(super) const METHODS: [(&[u8], u32); 9] = [
    (b"GET", 1),
    (b"HEAD", HEAD),
    (b"POST", 3),
    (b"PUT", 4),
    (b"DELETE", 5),
    (b"CONNECT", CONNECT),
    (b"OPTIONS", 7),
    (b"TRACE", 8),
    (b"PATCH", 9),
];

const OPERATIONS: &[OpSpec] = {
    use Access::{Observe, Read, Write};
    &[
        OpSpec::new(UNKNOWN, "unknown", Observe, "RFC 9110 §15").args(STATUS),
        OpSpec::new(1, "get", Read, "RFC 9110 §9.3.1").args(STATUS),
        OpSpec::new(HEAD, "head", Observe, "RFC 9110 §9.3.2").args(STATUS),
        OpSpec::new(3, "post", Write, "RFC 9110 §9.3.3").args(STATUS),
        OpSpec::new(4, "put", Write, "RFC 9110 §9.3.4").args(STATUS),
        OpSpec::new(5, "delete", Write, "RFC 9110 §9.3.5").args(STATUS),
        OpSpec::new(CONNECT, "connect", Observe, "RFC 9110 §9.3.6").args(STATUS),
        OpSpec::new(7, "options", Observe, "RFC 9110 §9.3.7").args(STATUS),
        OpSpec::new(8, "trace", Observe, "RFC 9110 §9.3.8").args(STATUS),
        OpSpec::new(9, "patch", Write, "RFC 5789 §2").args(STATUS),
        OpSpec::new(OTHER, "other", Write, "RFC 9110 §9.1").args(STATUS),
    ]
};

const STATUSES: &[StatusSpec] = &[
    StatusSpec::new(400, "bad_request"),
    StatusSpec::new(401, "unauthorized"),
    StatusSpec::new(402, "payment_required"),
    StatusSpec::new(403, "forbidden"),
    StatusSpec::new(404, "not_found"),
    StatusSpec::new(405, "method_not_allowed"),
    StatusSpec::new(406, "not_acceptable"),
    StatusSpec::new(407, "proxy_authentication_required"),
    StatusSpec::new(408, "request_timeout"),
    StatusSpec::new(409, "conflict"),
    StatusSpec::new(410, "gone"),
    StatusSpec::new(411, "length_required"),
    StatusSpec::new(412, "precondition_failed"),
    StatusSpec::new(413, "content_too_large"),
    StatusSpec::new(414, "uri_too_long"),
    StatusSpec::new(415, "unsupported_media_type"),
    StatusSpec::new(416, "range_not_satisfiable"),
    StatusSpec::new(417, "expectation_failed"),
    StatusSpec::new(421, "misdirected_request"),
    StatusSpec::new(422, "unprocessable_content"),
    StatusSpec::new(423, "locked"),
    StatusSpec::new(426, "upgrade_required"),
    StatusSpec::new(428, "precondition_required"),
    StatusSpec::new(429, "too_many_requests"),
    StatusSpec::new(431, "header_fields_too_large"),
    StatusSpec::new(500, "internal_server_error"),
    StatusSpec::new(501, "not_implemented"),
    StatusSpec::new(502, "bad_gateway"),
    StatusSpec::new(503, "service_unavailable"),
    StatusSpec::new(504, "gateway_timeout"),
    StatusSpec::new(505, "version_not_supported"),
];
