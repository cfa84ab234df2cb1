//! What MQTT is.

use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
};

pub(super) const TOPIC: &Area = &Area::named(1, "topic");
pub(super) const WILL: &Area = &Area::shown(2, "will", show_will);
pub(super) const METRIC: &Area = &Area::shown(3, "metric", show_metric);

/// What is published when the client is lost: `will:topic`.
fn show_will(t: &vocab::Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    out.write_str("will:")?;
    (TOPIC.show)(t, out)
}

/// A Sparkplug metric by name, or by the alias that its birth gave it.
fn show_metric(t: &vocab::Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    if t.name.is_empty() { write!(out, "metric[{}]", t.index) } else { (TOPIC.show)(t, out) }
}

pub(super) const CLIENT_ID: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "MQTT client identifier", 85, "MQTT 3.1.1 §3.1.3.1");
pub(super) const ASSIGNED_ID: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "MQTT assigned client identifier", 60, "MQTT 5 §3.2.2.3.7");
pub(super) const USER: &AttrSpec =
    &AttrSpec::new(Attribute::User, "MQTT user name", 90, "MQTT 3.1.1 §3.1.3.4");
pub(super) const NODE: &AttrSpec =
    &AttrSpec::new(Attribute::Object, "Sparkplug edge node", 70, "Sparkplug 3.0.0 §4.1");
pub(super) const MAKE: &AttrSpec =
    &AttrSpec::new(Attribute::Vendor, "Sparkplug Hardware Make", 80, "Sparkplug 3.0.0 §6.4.8");
pub(super) const MODEL: &AttrSpec =
    &AttrSpec::new(Attribute::Model, "Sparkplug Hardware Model", 80, "Sparkplug 3.0.0 §6.4.8");
pub(super) const FIRMWARE: &AttrSpec =
    &AttrSpec::new(Attribute::Firmware, "Sparkplug FW", 80, "Sparkplug 3.0.0 §6.4.8");
pub(super) const OS: &AttrSpec =
    &AttrSpec::new(Attribute::Os, "Sparkplug OS", 80, "Sparkplug 3.0.0 §6.4.8");

pub(super) const BAD_LENGTH: &FaultSpec =
    &FaultSpec::new("bad_remaining_length", "MQTT 3.1.1 §2.2.3");
pub(super) const BAD_FLAGS: &FaultSpec = &FaultSpec::new("bad_flags", "MQTT 3.1.1 §2.2.2");
pub(super) const BAD_PACKET: &FaultSpec = &FaultSpec::new("malformed_packet", "MQTT 3.1.1 §3");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(30),
    key: "mqtt",
    name: "MQTT",
    standard: "MQTT 3.1, MQTT 3.1.1 (OASIS 2014), MQTT 5.0 (OASIS 2019); Eclipse Sparkplug 3.0.0",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Tcp(1883), Binding::AnyTcp],
    operations: OPERATIONS,
    attributes: &[CLIENT_ID, ASSIGNED_ID, USER, NODE, MAKE, MODEL, FIRMWARE, OS],
    faults: &[BAD_LENGTH, BAD_FLAGS, BAD_PACKET],
    areas: &[TOPIC, WILL, METRIC],
    statuses: STATUSES,
    pdu_bytes_max: 4_200,
    open_max: 64,
};

const CONNECT: &[Arg] = &[Arg::dec("version"), Arg::dec("keep_alive"), Arg::hex("flags")];
const CONNECTED: &[Arg] = &[Arg::dec("session_present"), Arg::dec("code")];
const PUBLISH: &[Arg] =
    &[Arg::dec("qos"), Arg::dec("retain"), Arg::dec("duplicate"), Arg::dec("id")];
const ASKED: &[Arg] = &[Arg::dec("id")];
const ID: &[Arg] = &[Arg::dec("id"), Arg::dec("code")];
const CODE: &[Arg] = &[Arg::dec("code")];

/// What Sparkplug's topics name, as subcodes of publishing. Sparkplug 3.0.0 §4.1.3.
pub(super) const SPARKPLUG: [(&[u8], u16); 9] = [
    (b"NBIRTH", NODE_BIRTH),
    (b"NDEATH", 2),
    (b"DBIRTH", DEVICE_BIRTH),
    (b"DDEATH", 4),
    (b"NDATA", 5),
    (b"DDATA", 6),
    (b"NCMD", 7),
    (b"DCMD", 8),
    (b"STATE", STATE),
];
pub(super) const NODE_BIRTH: u16 = 1;
pub(super) const DEVICE_BIRTH: u16 = 3;
pub(super) const STATE: u16 = 9;

const OPERATIONS: &[OpSpec] = {
    use Access::{Control, Observe, Read, Write};
    &[
        OpSpec::new(1, "connect", Observe, "MQTT 3.1.1 §3.1").args(CONNECT),
        OpSpec::new(2, "connack", Observe, "MQTT 3.1.1 §3.2").args(CONNECTED),
        OpSpec::new(3, "publish", Write, "MQTT 3.1.1 §3.3").args(PUBLISH),
        OpSpec::new(3, "node_birth", Observe, "Sparkplug 3.0.0 §6.4.18")
            .sub(NODE_BIRTH)
            .args(PUBLISH),
        OpSpec::new(3, "node_death", Observe, "Sparkplug 3.0.0 §6.4.24").sub(2).args(PUBLISH),
        OpSpec::new(3, "device_birth", Observe, "Sparkplug 3.0.0 §6.4.19")
            .sub(DEVICE_BIRTH)
            .args(PUBLISH),
        OpSpec::new(3, "device_death", Observe, "Sparkplug 3.0.0 §6.4.25").sub(4).args(PUBLISH),
        OpSpec::new(3, "node_data", Read, "Sparkplug 3.0.0 §6.4.20").sub(5).args(PUBLISH),
        OpSpec::new(3, "device_data", Read, "Sparkplug 3.0.0 §6.4.21").sub(6).args(PUBLISH),
        OpSpec::new(3, "node_command", Control, "Sparkplug 3.0.0 §6.4.22").sub(7).args(PUBLISH),
        OpSpec::new(3, "device_command", Control, "Sparkplug 3.0.0 §6.4.23").sub(8).args(PUBLISH),
        OpSpec::new(3, "host_state", Observe, "Sparkplug 3.0.0 §6.4.26").sub(STATE).args(PUBLISH),
        OpSpec::new(4, "puback", Observe, "MQTT 3.1.1 §3.4").args(ID),
        OpSpec::new(5, "pubrec", Observe, "MQTT 3.1.1 §3.5").args(ID),
        OpSpec::new(6, "pubrel", Observe, "MQTT 3.1.1 §3.6").args(ID),
        OpSpec::new(7, "pubcomp", Observe, "MQTT 3.1.1 §3.7").args(ID),
        OpSpec::new(8, "subscribe", Read, "MQTT 3.1.1 §3.8").args(ASKED),
        OpSpec::new(9, "suback", Observe, "MQTT 3.1.1 §3.9").args(ID),
        OpSpec::new(10, "unsubscribe", Observe, "MQTT 3.1.1 §3.10").args(ASKED),
        OpSpec::new(11, "unsuback", Observe, "MQTT 3.1.1 §3.11").args(ID),
        OpSpec::new(12, "pingreq", Observe, "MQTT 3.1.1 §3.12"),
        OpSpec::new(13, "pingresp", Observe, "MQTT 3.1.1 §3.13"),
        OpSpec::new(14, "disconnect", Observe, "MQTT 3.1.1 §3.14").args(CODE),
        OpSpec::new(15, "auth", Observe, "MQTT 5 §3.15").args(CODE),
    ]
};

/// Connect return codes of 3.1.1 (below 128), reason codes of 5. MQTT 3.1.1 §3.2.2.3, MQTT 5 §2.4.
const STATUSES: &[StatusSpec] = &[
    StatusSpec::new(1, "unacceptable_protocol_version"),
    StatusSpec::new(2, "identifier_rejected"),
    StatusSpec::new(3, "server_unavailable"),
    StatusSpec::new(4, "bad_user_name_or_password"),
    StatusSpec::new(5, "not_authorized"),
    StatusSpec::new(128, "unspecified_error"),
    StatusSpec::new(129, "malformed_packet"),
    StatusSpec::new(130, "protocol_error"),
    StatusSpec::new(131, "implementation_specific_error"),
    StatusSpec::new(132, "unsupported_protocol_version"),
    StatusSpec::new(133, "client_identifier_not_valid"),
    StatusSpec::new(134, "bad_user_name_or_password"),
    StatusSpec::new(135, "not_authorized"),
    StatusSpec::new(136, "server_unavailable"),
    StatusSpec::new(137, "server_busy"),
    StatusSpec::new(138, "banned"),
    StatusSpec::new(139, "server_shutting_down"),
    StatusSpec::new(140, "bad_authentication_method"),
    StatusSpec::new(141, "keep_alive_timeout"),
    StatusSpec::new(142, "session_taken_over"),
    StatusSpec::new(143, "topic_filter_invalid"),
    StatusSpec::new(144, "topic_name_invalid"),
    StatusSpec::new(145, "packet_identifier_in_use"),
    StatusSpec::new(146, "packet_identifier_not_found"),
    StatusSpec::new(147, "receive_maximum_exceeded"),
    StatusSpec::new(148, "topic_alias_invalid"),
    StatusSpec::new(149, "packet_too_large"),
    StatusSpec::new(150, "message_rate_too_high"),
    StatusSpec::new(151, "quota_exceeded"),
    StatusSpec::new(152, "administrative_action"),
    StatusSpec::new(153, "payload_format_invalid"),
    StatusSpec::new(154, "retain_not_supported"),
    StatusSpec::new(155, "qos_not_supported"),
    StatusSpec::new(156, "use_another_server"),
    StatusSpec::new(157, "server_moved"),
    StatusSpec::new(158, "shared_subscriptions_not_supported"),
    StatusSpec::new(159, "connection_rate_exceeded"),
    StatusSpec::new(160, "maximum_connect_time"),
    StatusSpec::new(161, "subscription_identifiers_not_supported"),
    StatusSpec::new(162, "wildcard_subscriptions_not_supported"),
];
