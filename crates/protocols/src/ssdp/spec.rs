//! What SSDP is.

use vocab::{Access, Area, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

pub(super) const SERVICE: &Area = &Area::named(1, "service");

const fn header(attr: Attribute, source: &'static str, weight: u8) -> AttrSpec {
    AttrSpec::new(attr, source, weight, "UPnP Device Architecture 2.0 §1")
}

pub(super) const SERVER: &AttrSpec = &header(Attribute::Software, "SSDP SERVER header", 80);
pub(super) const USER_AGENT: &AttrSpec = &header(Attribute::Software, "SSDP USER-AGENT header", 50);
pub(super) const LOCATION: &AttrSpec = &header(Attribute::Url, "SSDP LOCATION header", 90);
pub(super) const NAME: &AttrSpec = &header(Attribute::Name, "SSDP CPFN.UPNP.ORG header", 50);

pub(super) const NO_HEADER: &FaultSpec =
    &FaultSpec::new("missing_header", "UPnP Device Architecture 2.0 §1.2, §1.3");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(119),
    key: "ssdp",
    name: "SSDP",
    standard: "UPnP Device Architecture 1.1 and 2.0, clause 1",
    industrial: false,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Udp(1900), Binding::AnyUdp],
    operations: OPERATIONS,
    attributes: &[SERVER, USER_AGENT, LOCATION, NAME],
    faults: &[NO_HEADER],
    areas: &[SERVICE],
    statuses: &[],
    pdu_bytes_max: 1_500,
    open_max: 0,
};

/// The standard has no numbers: 1 is a search and its answer, 2 a notification, told apart by its
/// NTS header.
const OPERATIONS: &[OpSpec] = {
    use Access::Observe;
    &[
        OpSpec::new(1, "search", Observe, "UPnP Device Architecture 2.0 §1.3"),
        OpSpec::new(2, "notify", Observe, "UPnP Device Architecture 2.0 §1.2"),
        OpSpec::new(2, "notify_alive", Observe, "UPnP Device Architecture 2.0 §1.2.2").sub(1),
        OpSpec::new(2, "notify_byebye", Observe, "UPnP Device Architecture 2.0 §1.2.3").sub(2),
        OpSpec::new(2, "notify_update", Observe, "UPnP Device Architecture 2.0 §1.2.4").sub(3),
    ]
};
