//! What RTPS is.

use vocab::{Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

pub(super) const TOPIC: &Area = &Area::named(1, "topic");
pub(super) const WRITER: &Area = &Area::shown(2, "writer", show_entity);

/// An entity by its number: `writer[00000103]`.
fn show_entity(t: &vocab::Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    write!(out, "{}[{:08x}]", t.area.key, t.index)
}

const SPDP: &str = "DDSI-RTPS 2.5 §9.6.3.2";
pub(super) const SOFTWARE: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "RTPS vendor", 90, "DDSI-RTPS 2.5 §9.4.4");
pub(super) const PRODUCT: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "RTPS product version", 90, SPDP);
pub(super) const PARTICIPANT: &AttrSpec =
    &AttrSpec::new(Attribute::Object, "RTPS participant name", 80, SPDP);
pub(super) const TOPIC_NAME: &AttrSpec =
    &AttrSpec::new(Attribute::Object, "RTPS topic", 60, "DDSI-RTPS 2.5 §9.6.3.3");
pub(super) const HOST: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "RTPS participant property", 90, SPDP);
pub(super) const PROCESS: &AttrSpec =
    &AttrSpec::new(Attribute::Software, "RTPS participant property", 80, SPDP);
pub(super) const TARGET: &AttrSpec =
    &AttrSpec::new(Attribute::Os, "RTPS participant property", 60, SPDP);
pub(super) const USER: &AttrSpec =
    &AttrSpec::new(Attribute::User, "RTPS participant property", 80, SPDP);
pub(super) const USER_DATA: &AttrSpec =
    &AttrSpec::new(Attribute::Description, "RTPS user data", 60, SPDP);

pub(super) const BAD_LENGTH: &FaultSpec =
    &FaultSpec::new("bad_submessage_length", "DDSI-RTPS 2.5 §9.4.5.1.3");
pub(super) const BAD_SUBMESSAGE: &FaultSpec =
    &FaultSpec::new("malformed_submessage", "DDSI-RTPS 2.5 §9.4.5");
pub(super) const BAD_PARAMETERS: &FaultSpec =
    &FaultSpec::new("bad_parameter_list", "DDSI-RTPS 2.5 §9.4.2.11");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(53),
    key: "rtps",
    name: "DDS RTPS",
    standard: "OMG DDSI-RTPS 2.5; submessages of 1.x by name",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Udp(7400), Binding::AnyUdp],
    operations: OPERATIONS,
    attributes: &[
        SOFTWARE,
        PRODUCT,
        PARTICIPANT,
        TOPIC_NAME,
        HOST,
        PROCESS,
        TARGET,
        USER,
        USER_DATA,
    ],
    faults: &[BAD_LENGTH, BAD_SUBMESSAGE, BAD_PARAMETERS],
    areas: &[TOPIC, WRITER],
    statuses: &[],
    pdu_bytes_max: 65_535,
    open_max: 1,
};

const DATA: &[Arg] = &[Arg::hex("writer"), Arg::hex("reader"), Arg::dec("sequence")];
const FRAGMENT: &[Arg] =
    &[Arg::hex("writer"), Arg::hex("reader"), Arg::dec("sequence"), Arg::dec("fragment")];
const RANGE: &[Arg] =
    &[Arg::hex("writer"), Arg::hex("reader"), Arg::dec("first"), Arg::dec("last")];
const BASE: &[Arg] = &[Arg::hex("writer"), Arg::hex("reader"), Arg::dec("base"), Arg::dec("bits")];

/// Data that discovery is made of, as subcodes.
pub(super) mod sub {
    pub(in super::super) const PARTICIPANT: u16 = 1;
    pub(in super::super) const PUBLICATION: u16 = 2;
    pub(in super::super) const SUBSCRIPTION: u16 = 3;
    pub(in super::super) const TOPIC: u16 = 4;
    pub(in super::super) const LIVELINESS: u16 = 5;
    pub(in super::super) const SECURITY: u16 = 6;
    pub(in super::super) const DISPOSE: u16 = 7;
}

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Observe, Write};
    use sub::{DISPOSE, LIVELINESS, PARTICIPANT, PUBLICATION, SECURITY, SUBSCRIPTION, TOPIC};
    const BUILT_IN: &str = "DDSI-RTPS 2.5 §8.5";
    const OLD: &str = "RTPS 1.2 §8";
    const SECURE: &str = "DDS Security 1.1 §7.3";
    &[
        OpSpec::new(0x01, "pad", Observe, "DDSI-RTPS 2.5 §9.4.5.14"),
        OpSpec::new(0x02, "data_deprecated", Write, OLD),
        OpSpec::new(0x03, "nokey_data", Write, OLD),
        OpSpec::new(0x04, "data_frag_deprecated", Write, OLD),
        OpSpec::new(0x05, "nokey_data_frag", Write, OLD),
        OpSpec::new(0x06, "acknack", Observe, "DDSI-RTPS 2.5 §9.4.5.2").args(BASE),
        OpSpec::new(0x07, "heartbeat", Observe, "DDSI-RTPS 2.5 §9.4.5.7").args(RANGE),
        OpSpec::new(0x08, "gap", Observe, "DDSI-RTPS 2.5 §9.4.5.6").args(RANGE),
        OpSpec::new(0x09, "info_timestamp", Observe, "DDSI-RTPS 2.5 §9.4.5.12"),
        OpSpec::new(0x0c, "info_source", Observe, "DDSI-RTPS 2.5 §9.4.5.11"),
        OpSpec::new(0x0d, "info_reply_ip4", Observe, "DDSI-RTPS 2.5 §9.4.5.10"),
        OpSpec::new(0x0e, "info_destination", Observe, "DDSI-RTPS 2.5 §9.4.5.8"),
        OpSpec::new(0x0f, "info_reply", Observe, "DDSI-RTPS 2.5 §9.4.5.9"),
        OpSpec::new(0x12, "nack_frag", Observe, "DDSI-RTPS 2.5 §9.4.5.13").args(FRAGMENT),
        OpSpec::new(0x13, "heartbeat_frag", Observe, "DDSI-RTPS 2.5 §9.4.5.7").args(FRAGMENT),
        OpSpec::new(0x15, "data", Write, "DDSI-RTPS 2.5 §9.4.5.3").args(DATA),
        OpSpec::new(0x15, "data_participant", Observe, BUILT_IN).sub(PARTICIPANT).args(DATA),
        OpSpec::new(0x15, "data_publication", Observe, BUILT_IN).sub(PUBLICATION).args(DATA),
        OpSpec::new(0x15, "data_subscription", Observe, BUILT_IN).sub(SUBSCRIPTION).args(DATA),
        OpSpec::new(0x15, "data_topic", Observe, BUILT_IN).sub(TOPIC).args(DATA),
        OpSpec::new(0x15, "data_liveliness", Observe, BUILT_IN).sub(LIVELINESS).args(DATA),
        OpSpec::new(0x15, "data_security", Observe, SECURE).sub(SECURITY).args(DATA),
        OpSpec::new(0x15, "data_dispose", Write, "DDSI-RTPS 2.5 §9.6.4.9").sub(DISPOSE).args(DATA),
        OpSpec::new(0x16, "data_frag", Write, "DDSI-RTPS 2.5 §9.4.5.4").args(FRAGMENT),
        OpSpec::new(0x30, "secure_body", Write, SECURE),
        OpSpec::new(0x31, "secure_prefix", Observe, SECURE),
        OpSpec::new(0x32, "secure_postfix", Observe, SECURE),
        OpSpec::new(0x33, "secure_rtps_prefix", Observe, SECURE),
        OpSpec::new(0x34, "secure_rtps_postfix", Observe, SECURE),
        OpSpec::new(0x80, "vendor_specific", Observe, "DDSI-RTPS 2.5 §9.4.5.1.1"),
    ]
};

/// Implementations by vendor number. DDSI-RTPS 2.5 §9.4.4, list kept by the DDS Foundation.
pub(super) fn vendor(id: u16) -> Option<&'static str> {
    Some(match id {
        0x0101 => "RTI Connext DDS",
        0x0102 => "OpenSplice DDS",
        0x0103 => "OpenDDS",
        0x0104 => "Mil-DDS",
        0x0105 => "InterCOM DDS",
        0x0106 => "CoreDX DDS",
        0x0107 => "Lakota DDS",
        0x0108 => "ICOUP DDS",
        0x0109 => "ETRI Diamond DDS",
        0x010a => "RTI Connext DDS Micro",
        0x010b => "Vortex Cafe",
        0x010c => "Vortex Gateway",
        0x010d => "Vortex Lite",
        0x010e => "Qeo",
        0x010f => "eProsima Fast DDS",
        0x0110 => "Eclipse Cyclone DDS",
        0x0111 => "GurumDDS",
        0x0112 => "RustDDS",
        0x0113 => "ZRDDS",
        0x0114 => "Dust DDS",
        _ => return None,
    })
}
