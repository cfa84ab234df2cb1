//! What CoAP is.

use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
};

pub(super) const PATH: &Area = &Area::named(1, "path");
pub(super) const QUERY: &Area = &Area::shown(2, "query", show_query);
pub(super) const BLOCK1: &Area = &Area::indexed(3, "block1");
pub(super) const BLOCK2: &Area = &Area::indexed(4, "block2");
pub(super) const RESOURCE: &Area = &Area::shown(5, "lwm2m", show_resource);

/// A query argument: `?lt=60`.
fn show_query(t: &vocab::Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    out.write_str("?")?;
    (PATH.show)(t, out)
}

/// A resource inside the object instance that was read: `lwm2m[3]`.
fn show_resource(t: &vocab::Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    write!(out, "lwm2m[{}]", t.index)
}

const DEVICE: &str = "OMA LwM2M Core 1.2.1 Appendix E.4";
pub(super) const HOST: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "CoAP Uri-Host", 50, "RFC 7252 §5.10.1");
pub(super) const ENDPOINT: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "CoAP endpoint name", 85, "RFC 9176 §5");
pub(super) const VENDOR: &AttrSpec =
    &AttrSpec::new(Attribute::Vendor, "LwM2M Manufacturer", 95, DEVICE);
pub(super) const MODEL: &AttrSpec =
    &AttrSpec::new(Attribute::Model, "LwM2M Model Number", 95, DEVICE);
pub(super) const SERIAL: &AttrSpec =
    &AttrSpec::new(Attribute::Serial, "LwM2M Serial Number", 95, DEVICE);
pub(super) const FIRMWARE: &AttrSpec =
    &AttrSpec::new(Attribute::Firmware, "LwM2M Firmware Version", 95, DEVICE);
pub(super) const PRODUCT: &AttrSpec =
    &AttrSpec::new(Attribute::Product, "LwM2M Device Type", 90, DEVICE);
pub(super) const HARDWARE: &AttrSpec =
    &AttrSpec::new(Attribute::Hardware, "LwM2M Hardware Version", 95, DEVICE);
pub(super) const SOFTWARE: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "LwM2M Software Version", 90, DEVICE);

pub(super) const BAD_TOKEN: &FaultSpec = &FaultSpec::new("reserved_token_length", "RFC 7252 §3");
pub(super) const BAD_OPTION: &FaultSpec = &FaultSpec::new("bad_option", "RFC 7252 §3.1");
pub(super) const NO_PAYLOAD: &FaultSpec =
    &FaultSpec::new("payload_marker_without_payload", "RFC 7252 §3");
pub(super) const NOT_EMPTY: &FaultSpec =
    &FaultSpec::new("empty_message_with_content", "RFC 7252 §4.1");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(59),
    key: "coap",
    name: "CoAP",
    standard: "RFC 7252, RFC 7641, RFC 7959, RFC 8132, RFC 8323; OMA LwM2M 1.2.1",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Udp(5683), Binding::Tcp(5683), Binding::AnyUdp],
    operations: OPERATIONS,
    attributes: &[HOST, ENDPOINT, VENDOR, MODEL, SERIAL, FIRMWARE, PRODUCT, HARDWARE, SOFTWARE],
    faults: &[BAD_TOKEN, BAD_OPTION, NO_PAYLOAD, NOT_EMPTY],
    areas: &[PATH, QUERY, BLOCK1, BLOCK2, RESOURCE],
    statuses: STATUSES,
    pdu_bytes_max: 4_096,
    open_max: 64,
};

/// Message type and message identifier; over TCP there are none and both are 0.
const ARGS: &[Arg] = &[Arg::dec("type"), Arg::dec("message_id")];

/// Subcodes that tell requests with a meaning of their own apart.
pub(super) mod sub {
    pub(in super::super) const OBSERVE: u16 = 1;
    pub(in super::super) const UNOBSERVE: u16 = 2;
    pub(in super::super) const EXECUTE: u16 = 3;
    pub(in super::super) const REBOOT: u16 = 4;
    pub(in super::super) const FACTORY_RESET: u16 = 5;
    pub(in super::super) const FIRMWARE: u16 = 6;
    pub(in super::super) const REGISTER: u16 = 7;
    pub(in super::super) const SETTING: u16 = 8;
    pub(in super::super) const CLOCK: u16 = 9;
    pub(in super::super) const DISCOVER: u16 = 10;
}

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Program, Read, Write};
    use sub::{
        CLOCK, DISCOVER, EXECUTE, FACTORY_RESET, FIRMWARE, OBSERVE, REBOOT, REGISTER, SETTING,
        UNOBSERVE,
    };
    const METHOD: &str = "RFC 7252 §5.8";
    const CODE: &str = "RFC 7252 §5.9";
    const LWM2M: &str = "OMA LwM2M Core 1.2.1 §6.3";
    const fn row(code: u32, name: &'static str, access: Access, clause: &'static str) -> OpSpec {
        OpSpec::new(code, name, access, clause).args(ARGS)
    }
    &[
        row(0, "empty", Observe, "RFC 7252 §4.1"),
        row(0, "ping", Observe, "RFC 7252 §4.3").sub(0),
        row(0, "acknowledge", Observe, "RFC 7252 §4.2").sub(2),
        row(0, "reset", Observe, "RFC 7252 §4.2").sub(3),
        row(1, "get", Read, METHOD),
        row(1, "observe", Read, "RFC 7641 §2").sub(OBSERVE),
        row(1, "cancel_observe", Observe, "RFC 7641 §3.6").sub(UNOBSERVE),
        row(1, "discover", Observe, "RFC 6690 §4").sub(DISCOVER),
        row(2, "post", Write, METHOD),
        row(2, "execute", Control, LWM2M).sub(EXECUTE),
        row(2, "reboot", Control, DEVICE).sub(REBOOT),
        row(2, "factory_reset", Admin, DEVICE).sub(FACTORY_RESET),
        row(2, "firmware", Program, "OMA LwM2M Core 1.2.1 Appendix E.6").sub(FIRMWARE),
        row(2, "register", Observe, "RFC 9176 §5").sub(REGISTER),
        row(2, "write_setting", Admin, LWM2M).sub(SETTING),
        row(3, "put", Write, METHOD),
        row(3, "firmware", Program, "OMA LwM2M Core 1.2.1 Appendix E.6").sub(FIRMWARE),
        row(3, "write_setting", Admin, LWM2M).sub(SETTING),
        row(3, "set_clock", Admin, DEVICE).sub(CLOCK),
        row(4, "delete", Write, METHOD),
        row(4, "deregister", Observe, "RFC 9176 §5.4").sub(REGISTER),
        row(4, "delete_setting", Admin, LWM2M).sub(SETTING),
        row(5, "fetch", Read, "RFC 8132 §2"),
        row(5, "observe", Read, "RFC 8132 §2.4").sub(OBSERVE),
        row(5, "cancel_observe", Observe, "RFC 8132 §2.4").sub(UNOBSERVE),
        row(6, "patch", Write, "RFC 8132 §3"),
        row(7, "ipatch", Write, "RFC 8132 §3"),
        row(65, "created", Observe, CODE),
        row(66, "deleted", Observe, CODE),
        row(67, "valid", Observe, CODE),
        row(68, "changed", Observe, CODE),
        row(69, "content", Read, CODE),
        row(95, "continue", Observe, "RFC 7959 §2.9.1"),
        row(128, "bad_request", Observe, CODE),
        row(129, "unauthorized", Observe, CODE),
        row(130, "bad_option", Observe, CODE),
        row(131, "forbidden", Observe, CODE),
        row(132, "not_found", Observe, CODE),
        row(133, "method_not_allowed", Observe, CODE),
        row(134, "not_acceptable", Observe, CODE),
        row(136, "request_entity_incomplete", Observe, "RFC 7959 §2.9.2"),
        row(137, "conflict", Observe, "RFC 8132 §3.4"),
        row(140, "precondition_failed", Observe, CODE),
        row(141, "request_entity_too_large", Observe, CODE),
        row(143, "unsupported_content_format", Observe, CODE),
        row(150, "unprocessable_entity", Observe, "RFC 8132 §3.4"),
        row(157, "too_many_requests", Observe, "RFC 8516 §3"),
        row(160, "internal_server_error", Observe, CODE),
        row(161, "not_implemented", Observe, CODE),
        row(162, "bad_gateway", Observe, CODE),
        row(163, "service_unavailable", Observe, CODE),
        row(164, "gateway_timeout", Observe, CODE),
        row(165, "proxying_not_supported", Observe, CODE),
        row(168, "hop_limit_reached", Observe, "RFC 8768 §4"),
        row(225, "capabilities", Observe, "RFC 8323 §5.3"),
        row(226, "ping", Observe, "RFC 8323 §5.4"),
        row(227, "pong", Observe, "RFC 8323 §5.4"),
        row(228, "release", Observe, "RFC 8323 §5.5"),
        row(229, "abort", Observe, "RFC 8323 §5.6"),
    ]
};

const STATUSES: &[StatusSpec] = &[
    StatusSpec::new(128, "bad_request"),
    StatusSpec::new(129, "unauthorized"),
    StatusSpec::new(130, "bad_option"),
    StatusSpec::new(131, "forbidden"),
    StatusSpec::new(132, "not_found"),
    StatusSpec::new(133, "method_not_allowed"),
    StatusSpec::new(134, "not_acceptable"),
    StatusSpec::new(136, "request_entity_incomplete"),
    StatusSpec::new(137, "conflict"),
    StatusSpec::new(140, "precondition_failed"),
    StatusSpec::new(141, "request_entity_too_large"),
    StatusSpec::new(143, "unsupported_content_format"),
    StatusSpec::new(150, "unprocessable_entity"),
    StatusSpec::new(157, "too_many_requests"),
    StatusSpec::new(160, "internal_server_error"),
    StatusSpec::new(161, "not_implemented"),
    StatusSpec::new(162, "bad_gateway"),
    StatusSpec::new(163, "service_unavailable"),
    StatusSpec::new(164, "gateway_timeout"),
    StatusSpec::new(165, "proxying_not_supported"),
    StatusSpec::new(168, "hop_limit_reached"),
];
