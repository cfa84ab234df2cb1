//! What CDP is.

use crate::common::address;
use vocab::{Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

const ARGS: &[Arg] =
    &[Arg::dec("version"), Arg::dec("ttl"), Arg::hex("capabilities"), Arg::dec("native_vlan")];

const CLAUSE: &str = "Cisco CDP frame format, type-length-value fields";

pub(super) const ADDRESS: &Area = &address::area(1, "address");

const fn field(attr: Attribute, source: &'static str, weight: u8) -> AttrSpec {
    AttrSpec::new(attr, source, weight, CLAUSE)
}

pub(super) const DEVICE: &AttrSpec = &field(Attribute::Name, "CDP device id", 90);
pub(super) const SYSTEM_NAME: &AttrSpec = &field(Attribute::Name, "CDP system name", 95);
pub(super) const PORT: &AttrSpec = &field(Attribute::Port, "CDP port id", 90);
pub(super) const SOFTWARE: &AttrSpec = &field(Attribute::Software, "CDP software version", 95);
pub(super) const FIRMWARE: &AttrSpec =
    &field(Attribute::Firmware, "CDP software version, number in it", 85);
pub(super) const PLATFORM: &AttrSpec = &field(Attribute::Model, "CDP platform", 95);
pub(super) const ROLE: &AttrSpec = &field(Attribute::Role, "CDP capabilities", 75);
pub(super) const DOMAIN: &AttrSpec = &field(Attribute::Domain, "CDP VTP management domain", 60);
pub(super) const MANAGEMENT: &AttrSpec =
    &field(Attribute::Management, "CDP management address", 95);
pub(super) const OWN_ADDRESS: &AttrSpec = &field(Attribute::Management, "CDP address", 85);
pub(super) const LOCATION: &AttrSpec = &field(Attribute::Location, "CDP location", 90);

pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", CLAUSE);

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(103),
    key: "cdp",
    name: "Cisco Discovery Protocol",
    standard: "Cisco Discovery Protocol versions 1 and 2, frame formats as published by Cisco",
    industrial: false,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Snap([0, 0, 0x0c], 0x2000)],
    operations: &[OpSpec::new(0, "advertise", Access::Observe, CLAUSE).args(ARGS)],
    attributes: &[
        DEVICE,
        SYSTEM_NAME,
        PORT,
        SOFTWARE,
        FIRMWARE,
        PLATFORM,
        ROLE,
        DOMAIN,
        MANAGEMENT,
        OWN_ADDRESS,
        LOCATION,
    ],
    faults: &[BAD_LENGTH],
    areas: &[ADDRESS],
    statuses: &[],
    pdu_bytes_max: 1_500,
    open_max: 0,
};
