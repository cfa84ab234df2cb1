//! What the media redundancy protocol is.

use vocab::{Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

/// Code of a message that is only in a maker's option.
pub(super) const OPTION: u8 = 0x7f;

pub(super) const DOMAIN: &Area = &Area::named(1, "domain");

pub(super) const MEMBER: &AttrSpec =
    &AttrSpec::new(Attribute::Domain, "MRP domain", 60, "IEC 62439-2:2016 §8.1");

pub(super) const SHORT: &FaultSpec = &FaultSpec::new("too_short", "IEC 62439-2:2016 §8.1");
pub(super) const BAD_BLOCK: &FaultSpec =
    &FaultSpec::new("malformed_block", "IEC 62439-2:2016 §8.1");

const TEST: &[Arg] = &[
    Arg::hex("priority"),
    Arg::dec("port_role"),
    Arg::dec("ring_closed"),
    Arg::dec("transitions"),
];
const TOPOLOGY: &[Arg] = &[Arg::hex("priority"), Arg::dec("interval_ms")];
const LINK: &[Arg] = &[Arg::dec("port_role"), Arg::dec("interval_ms"), Arg::dec("blocked")];
const RING: &[Arg] = &[Arg::dec("ring"), Arg::dec("interval_ms")];

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(46),
    key: "mrp",
    name: "Media Redundancy Protocol",
    standard: "IEC 62439-2:2016",
    industrial: true,
    carrier: false,
    depth: 2,
    bindings: &[Binding::EtherType(0x88e3)],
    operations: OPERATIONS,
    attributes: &[MEMBER],
    faults: &[SHORT, BAD_BLOCK],
    areas: &[DOMAIN],
    statuses: &[],
    pdu_bytes_max: 1_500,
    open_max: 0,
};

/// The code is the type of the first block.
#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe};
    const CLAUSE: &str = "IEC 62439-2:2016 §8.1";
    &[
        OpSpec::new(2, "ring_test", Observe, CLAUSE).args(TEST),
        OpSpec::new(3, "topology_change", Control, CLAUSE).args(TOPOLOGY),
        OpSpec::new(4, "link_down", Control, CLAUSE).args(LINK),
        OpSpec::new(5, "link_up", Control, CLAUSE).args(LINK),
        OpSpec::new(6, "interconnection_test", Observe, CLAUSE).args(TEST),
        OpSpec::new(7, "interconnection_topology_change", Control, CLAUSE).args(RING),
        OpSpec::new(8, "interconnection_link_down", Control, CLAUSE).args(RING),
        OpSpec::new(9, "interconnection_link_up", Control, CLAUSE).args(RING),
        OpSpec::new(10, "interconnection_link_poll", Observe, CLAUSE).args(RING),
        OpSpec::new(127, "option", Observe, CLAUSE),
        OpSpec::new(127, "manager_refused", Admin, CLAUSE).sub(1),
        OpSpec::new(127, "manager_elected", Admin, CLAUSE).sub(2),
        OpSpec::new(127, "automatic_manager", Observe, CLAUSE).sub(3),
    ]
};
