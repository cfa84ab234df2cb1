//! What RDP is.

use vocab::{
    Access, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
};

pub(super) const USER: &AttrSpec =
    &AttrSpec::new(Attribute::User, "RDP cookie mstshash", 70, "MS-RDPBCGR §2.2.1.1");
pub(super) const CLIENT_NAME: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "RDP client name", 90, "MS-RDPBCGR §2.2.1.3.2");

pub(super) const BAD_PACKET: &FaultSpec =
    &FaultSpec::new("malformed_packet", "RFC 1006 §6, ITU-T X.224 §13");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(130),
    key: "rdp",
    name: "Remote Desktop Protocol",
    standard: "MS-RDPBCGR (rev. 60), RFC 1006, ITU-T X.224, ITU-T T.125, ITU-T T.124",
    industrial: false,
    carrier: false,
    depth: 2,
    bindings: &[Binding::Tcp(3389), Binding::AnyTcp],
    operations: OPERATIONS,
    attributes: &[USER, CLIENT_NAME],
    faults: &[BAD_PACKET],
    areas: &[],
    statuses: FAILURES,
    pdu_bytes_max: 8_192,
    open_max: 4,
};

/// Operation of the client's settings: its tag of T.125.
pub(super) const CONNECT_INITIAL: u32 = 101;
/// Operation of the server's settings.
pub(super) const CONNECT_RESPONSE: u32 = 102;

const OPERATIONS: &[OpSpec] = {
    use Access::Observe;
    const PROTOCOLS: &[Arg] = &[Arg::hex("protocols")];
    const PROTOCOL: &[Arg] = &[Arg::hex("protocol")];
    const SETTINGS: &[Arg] = &[Arg::hex("version"), Arg::dec("client_build")];
    &[
        OpSpec::new(101, "connect_initial", Observe, "MS-RDPBCGR §2.2.1.3").args(SETTINGS),
        OpSpec::new(102, "connect_response", Observe, "MS-RDPBCGR §2.2.1.4"),
        OpSpec::new(0x80, "disconnect_request", Observe, "ITU-T X.224 §13.5"),
        OpSpec::new(0xd0, "connection_confirm", Observe, "MS-RDPBCGR §2.2.1.2").args(PROTOCOL),
        OpSpec::new(0xe0, "connection_request", Observe, "MS-RDPBCGR §2.2.1.1").args(PROTOCOLS),
    ]
};

/// MS-RDPBCGR §2.2.1.2.2.
const FAILURES: &[StatusSpec] = &[
    StatusSpec::new(1, "ssl_required_by_server"),
    StatusSpec::new(2, "ssl_not_allowed_by_server"),
    StatusSpec::new(3, "ssl_certificate_not_on_server"),
    StatusSpec::new(4, "inconsistent_flags"),
    StatusSpec::new(5, "hybrid_required_by_server"),
    StatusSpec::new(6, "ssl_with_user_authentication_required_by_server"),
];
