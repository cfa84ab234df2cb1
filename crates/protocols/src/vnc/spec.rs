//! What VNC is.

use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
};

pub(super) const SECURITY: &Area = &Area::indexed(1, "security_type");

pub(super) const VERSION: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "RFB ProtocolVersion", 50, "RFC 6143 §7.1.1");
pub(super) const DESKTOP: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "RFB desktop name", 70, "RFC 6143 §7.3.2");

pub(super) const BAD_VERSION: &FaultSpec = &FaultSpec::new("bad_version", "RFC 6143 §7.1.1");

pub(super) const PROTOCOL_VERSION: u32 = 0;
pub(super) const SECURITY_TYPES: u32 = 1;
pub(super) const SECURITY_CHOICE: u32 = 2;
pub(super) const CHALLENGE: u32 = 3;
pub(super) const RESPONSE: u32 = 4;
pub(super) const CLIENT_INIT: u32 = 5;

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(131),
    key: "vnc",
    name: "VNC (Remote Framebuffer)",
    standard: "RFC 6143",
    industrial: false,
    carrier: false,
    depth: 2,
    bindings: &[
        Binding::Tcp(5900),
        Binding::Tcp(5901),
        Binding::Tcp(5902),
        Binding::Tcp(5903),
        Binding::AnyTcp,
    ],
    operations: OPERATIONS,
    attributes: &[VERSION, DESKTOP],
    faults: &[BAD_VERSION],
    areas: &[SECURITY],
    statuses: &[StatusSpec::new(1, "failed"), StatusSpec::new(2, "too_many_attempts")],
    pdu_bytes_max: 1_100,
    open_max: 4,
};

const OPERATIONS: &[OpSpec] = {
    use Access::{Control, Observe};
    const VERSION: &[Arg] = &[Arg::dec("major"), Arg::dec("minor")];
    const TYPE: &[Arg] = &[Arg::dec("type")];
    &[
        OpSpec::new(PROTOCOL_VERSION, "protocol_version", Observe, "RFC 6143 §7.1.1").args(VERSION),
        OpSpec::new(SECURITY_TYPES, "security_types", Observe, "RFC 6143 §7.1.2"),
        OpSpec::new(SECURITY_CHOICE, "security_choice", Observe, "RFC 6143 §7.1.2").args(TYPE),
        OpSpec::new(CHALLENGE, "challenge", Observe, "RFC 6143 §7.2.2"),
        OpSpec::new(RESPONSE, "response", Observe, "RFC 6143 §7.2.2"),
        // Whoever comes this far sees the screen and moves the pointer.
        OpSpec::new(CLIENT_INIT, "init", Control, "RFC 6143 §7.3"),
    ]
};
