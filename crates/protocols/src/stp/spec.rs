//! What the spanning tree protocols are.

use core::fmt;
use vocab::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, Mac, OpSpec, ProtoId, Spec, Target,
};

const ARGS: &[Arg] =
    &[Arg::dec("version"), Arg::hex("flags"), Arg::dec("root_cost"), Arg::hex("port")];
const CHANGE: &[Arg] = &[Arg::dec("version")];

pub(super) const ROOT: &Area = &Area::shown(1, "root", show);

/// `root 32768/00:11:22:33:44:55`: priority and MAC address.
fn show(target: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "{} {}/{}", target.area.key, target.extra, Mac::from_u64(target.index))
}

pub(super) const ROLE: &AttrSpec =
    &AttrSpec::new(Attribute::Role, "STP bridge", 75, "IEEE 802.1D-2004 §9.3");
pub(super) const BRIDGE: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "STP bridge id", 80, "IEEE 802.1D-2004 §9.2.5");
pub(super) const REGION: &AttrSpec =
    &AttrSpec::new(Attribute::Domain, "MSTP region name", 50, "IEEE 802.1Q-2018 §13.8");

pub(super) const BAD_LENGTH: &FaultSpec = &FaultSpec::new("bad_length", "IEEE 802.1D-2004 §9.3.4");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(125),
    key: "stp",
    name: "Spanning tree",
    standard: "IEEE 802.1D-2004 (STP, RSTP), IEEE 802.1Q-2018 clause 14 (MSTP); Cisco PVST+",
    industrial: false,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Llc(0x42), Binding::Snap([0, 0, 0x0c], 0x010b)],
    operations: &[
        OpSpec::new(0, "configuration", Access::Observe, "IEEE 802.1D-2004 §9.3.1").args(ARGS),
        OpSpec::new(2, "rapid", Access::Observe, "IEEE 802.1D-2004 §9.3.3").args(ARGS),
        OpSpec::new(128, "topology_change", Access::Observe, "IEEE 802.1D-2004 §9.3.2")
            .args(CHANGE),
    ],
    attributes: &[ROLE, BRIDGE, REGION],
    faults: &[BAD_LENGTH],
    areas: &[ROOT],
    statuses: &[],
    pdu_bytes_max: 1_500,
    open_max: 0,
};
