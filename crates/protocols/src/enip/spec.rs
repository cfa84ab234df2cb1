//! What EtherNet/IP's encapsulation is.

use crate::common::cip::IdentitySpecs;
use core::fmt::{Result, Write};
use core::net::Ipv4Addr;
use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec,
    Target,
};

/// EtherType of the device level ring. CIP Vol 2 §9-5.
pub(super) const DLR: u16 = 0x80e1;
/// Operation codes of ring frames: the EtherType above the frame type.
pub(super) const DLR_CODE: u32 = 0x80e1_0000;

const SESSION: &[Arg] = &[Arg::hex("session")];
const REGISTER: &[Arg] = &[Arg::hex("session"), Arg::dec("version"), Arg::hex("options")];
const UNCONNECTED: &[Arg] = &[Arg::hex("session"), Arg::dec("timeout")];
const CONNECTED: &[Arg] = &[Arg::hex("session"), Arg::hex("connection"), Arg::dec("sequence")];
const SERVICES: &[Arg] = &[Arg::dec("version"), Arg::hex("capabilities")];
const IDENTITY: &[Arg] = &[Arg::dec("version"), Arg::hex("status"), Arg::dec("state")];
const RING: &[Arg] = &[Arg::dec("sequence"), Arg::dec("port")];
const BEACON: &[Arg] =
    &[Arg::dec("sequence"), Arg::dec("state"), Arg::dec("precedence"), Arg::dec("interval_us")];

/// A socket that an address item names.
pub(super) const SOCKET: &Area = &Area::shown(1, "socket", show_socket);

fn show_socket(t: &Target<'_>, out: &mut dyn Write) -> Result {
    let way = if t.extra == 0x8000 { "originator_to_target" } else { "target_to_originator" };
    let address = Ipv4Addr::from_bits(vocab::low_u32(t.index >> 16));
    write!(out, "socket[{way}] {address}:{}", vocab::low_u16(t.index))
}

const FRAMES: &str = "CIP Vol 2 §9-5.6";
const LIST_IDENTITY: &str = "CIP Vol 2 §2-4.2";

const fn listed(attr: Attribute, source: &'static str, weight: u8) -> AttrSpec {
    AttrSpec::new(attr, source, weight, LIST_IDENTITY)
}

const VENDOR: &AttrSpec = &listed(Attribute::Vendor, "ListIdentity vendor id", 95);
const DEVICE_TYPE: &AttrSpec = &listed(Attribute::Role, "ListIdentity device type", 90);
const PRODUCT_CODE: &AttrSpec = &listed(Attribute::Description, "ListIdentity product code", 30);
const REVISION: &AttrSpec = &listed(Attribute::Firmware, "ListIdentity revision", 95);
const SERIAL: &AttrSpec = &listed(Attribute::Serial, "ListIdentity serial number", 95);
const PRODUCT: &AttrSpec = &listed(Attribute::Product, "ListIdentity product name", 95);
pub(super) const ADDRESS: &AttrSpec =
    &listed(Attribute::Management, "ListIdentity socket address", 90);
pub(super) const LEGACY_ADDRESS: &AttrSpec =
    &AttrSpec::new(Attribute::Management, "ListTargets address", 80, "CIP Vol 2 §2-3.2");

/// Where ListIdentity has what the Identity object has.
pub(super) const IDENTITY_SPECS: &IdentitySpecs = &IdentitySpecs {
    vendor: VENDOR,
    device_type: DEVICE_TYPE,
    product_code: PRODUCT_CODE,
    revision: REVISION,
    serial: SERIAL,
    name: PRODUCT,
};

pub(super) const BAD_COMMAND: &FaultSpec = &FaultSpec::new("unknown_command", "CIP Vol 2 §2-3.2");
pub(super) const BAD_OPTIONS: &FaultSpec = &FaultSpec::new("options_not_zero", "CIP Vol 2 §2-3.6");
pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", "CIP Vol 2 §2-3.3");
pub(super) const BAD_ITEMS: &FaultSpec = &FaultSpec::new("malformed_items", "CIP Vol 2 §2-6");
pub(super) const BAD_RING: &FaultSpec = &FaultSpec::new("malformed_ring_frame", "CIP Vol 2 §9-5");

/// Selector under which CIP finds messages of the unconnected data item; the tag tells the sender
/// context.
pub const UNCONNECTED_DATA: u32 = 0xb2;
/// Selector under which CIP finds messages of the connected data item, behind the sequence count;
/// the tag tells connection and sequence count.
pub const CONNECTED_DATA: u32 = 0xb1;

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(6),
    key: "enip",
    name: "EtherNet/IP encapsulation",
    standard: "CIP Networks Library Volume 2 (EtherNet/IP Adaptation of CIP), edition 1.25",
    industrial: true,
    carrier: false,
    depth: 4,
    bindings: &[
        Binding::Tcp(44_818),
        Binding::Udp(44_818),
        Binding::AnyTcp,
        Binding::EtherType(DLR),
    ],
    operations: OPERATIONS,
    attributes: &[
        VENDOR,
        DEVICE_TYPE,
        PRODUCT_CODE,
        REVISION,
        SERIAL,
        PRODUCT,
        ADDRESS,
        LEGACY_ADDRESS,
    ],
    faults: &[BAD_COMMAND, BAD_OPTIONS, BAD_LENGTH, BAD_ITEMS, BAD_RING],
    areas: &[SOCKET],
    statuses: &[
        StatusSpec::new(0x01, "unsupported_command"),
        StatusSpec::new(0x02, "insufficient_memory"),
        StatusSpec::new(0x03, "incorrect_data"),
        StatusSpec::new(0x64, "invalid_session_handle"),
        StatusSpec::new(0x65, "invalid_length"),
        StatusSpec::new(0x69, "unsupported_protocol_revision"),
        StatusSpec::new(0x6a, "encapsulated_service_not_allowed"),
    ],
    pdu_bytes_max: 65_559,
    open_max: 32,
};

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Control, Observe};
    &[
        OpSpec::new(0x00, "nop", Observe, "CIP Vol 2 §2-4.1").args(SESSION),
        OpSpec::new(0x01, "list_targets", Observe, "CIP Vol 2 §2-3.2, reserved for legacy devices"),
        OpSpec::new(0x04, "list_services", Observe, "CIP Vol 2 §2-4.6").args(SERVICES),
        OpSpec::new(0x63, "list_identity", Observe, LIST_IDENTITY).args(IDENTITY),
        OpSpec::new(0x64, "list_interfaces", Observe, "CIP Vol 2 §2-4.3"),
        OpSpec::new(0x65, "register_session", Observe, "CIP Vol 2 §2-4.4").args(REGISTER),
        OpSpec::new(0x66, "unregister_session", Observe, "CIP Vol 2 §2-4.5").args(SESSION),
        OpSpec::new(0x6f, "send_rr_data", Observe, "CIP Vol 2 §2-4.7").args(UNCONNECTED),
        OpSpec::new(0x70, "send_unit_data", Observe, "CIP Vol 2 §2-4.8").args(CONNECTED),
        OpSpec::new(0x72, "indicate_status", Observe, "CIP Vol 2 §2-3.2").args(SESSION),
        OpSpec::new(0x73, "cancel", Observe, "CIP Vol 2 §2-3.2").args(SESSION),
        OpSpec::new(0xc8, "start_dtls", Observe, "CIP Vol 8 §3").args(SESSION),
        OpSpec::new(DLR_CODE | 1, "ring_beacon", Observe, FRAMES).args(BEACON),
        OpSpec::new(DLR_CODE | 2, "ring_neighbor_check_request", Observe, FRAMES).args(RING),
        OpSpec::new(DLR_CODE | 3, "ring_neighbor_check_response", Observe, FRAMES).args(RING),
        OpSpec::new(DLR_CODE | 4, "ring_link_status", Observe, FRAMES).args(RING),
        OpSpec::new(DLR_CODE | 5, "ring_locate_fault", Control, FRAMES).args(RING),
        OpSpec::new(DLR_CODE | 6, "ring_announce", Observe, FRAMES).args(RING),
        OpSpec::new(DLR_CODE | 7, "ring_sign_on", Observe, FRAMES).args(RING),
        OpSpec::new(DLR_CODE | 8, "ring_advertise", Observe, FRAMES).args(RING),
        OpSpec::new(DLR_CODE | 9, "ring_flush_tables", Control, FRAMES).args(RING),
        OpSpec::new(DLR_CODE | 0x0a, "ring_learning_update", Observe, FRAMES).args(RING),
    ]
};
