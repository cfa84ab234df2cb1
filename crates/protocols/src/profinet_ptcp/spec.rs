//! What the precision transparent clock protocol is.

use vocab::{Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

pub(super) const DOMAIN: &Area = &Area::named(1, "domain");
pub(super) const MASTER: &Area = &Area::named(2, "master");
pub(super) const PORT: &Area = &Area::named(3, "port");
pub(super) const TIME: &Area = &Area::named(4, "time");

pub(super) const SUBDOMAIN: &AttrSpec =
    &AttrSpec::new(Attribute::Domain, "PTCP SubdomainUUID", 60, "IEC 61158-6-10:2019 §4.4");

pub(super) const SHORT: &FaultSpec = &FaultSpec::new("too_short", "IEC 61158-6-10:2019 §4.4");
pub(super) const BAD_BLOCK: &FaultSpec =
    &FaultSpec::new("malformed_block", "IEC 61158-6-10:2019 §4.4");

const SEQUENCE: &[Arg] = &[Arg::dec("sequence")];
const DELAY: &[Arg] = &[Arg::dec("sequence"), Arg::dec("delay_ns")];

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(15),
    key: "profinet-ptcp",
    name: "PROFINET PTCP",
    standard: "IEC 61158-6-10:2019, clause 4.4: precision transparent clock protocol",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Inside(ProtoId(12), crate::profinet::CLOCK)],
    operations: OPERATIONS,
    attributes: &[SUBDOMAIN],
    faults: &[SHORT, BAD_BLOCK],
    areas: &[DOMAIN, MASTER, PORT, TIME],
    statuses: &[],
    pdu_bytes_max: 1_500,
    open_max: 0,
};

/// The code is the frame identifier.
#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::Observe;
    const CLAUSE: &str = "IEC 61158-6-10:2019 §4.2";
    &[
        OpSpec::new(0x0020, "sync_clock_with_follow_up", Observe, CLAUSE).args(DELAY),
        OpSpec::new(0x0021, "sync_time_with_follow_up", Observe, CLAUSE).args(DELAY),
        OpSpec::new(0x0080, "sync_clock", Observe, CLAUSE).args(DELAY),
        OpSpec::new(0x0081, "sync_time", Observe, CLAUSE).args(DELAY),
        OpSpec::new(0xff00, "announce_clock", Observe, CLAUSE).args(SEQUENCE),
        OpSpec::new(0xff01, "announce_time", Observe, CLAUSE).args(SEQUENCE),
        OpSpec::new(0xff20, "follow_up_clock", Observe, CLAUSE).args(DELAY),
        OpSpec::new(0xff21, "follow_up_time", Observe, CLAUSE).args(DELAY),
        OpSpec::new(0xff22, "follow_up", Observe, CLAUSE).args(DELAY),
        OpSpec::new(0xff40, "delay_request", Observe, CLAUSE).args(DELAY),
        OpSpec::new(0xff41, "delay_response_with_follow_up", Observe, CLAUSE).args(DELAY),
        OpSpec::new(0xff42, "delay_follow_up", Observe, CLAUSE).args(DELAY),
        OpSpec::new(0xff43, "delay_response", Observe, CLAUSE).args(DELAY),
    ]
};
