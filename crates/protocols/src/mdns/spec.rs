//! What multicast DNS is.

use crate::common::domain;
use crate::dns::say::Profile;
use crate::dns::spec::{ARGS, STATUSES};
use vocab::{Access, Area, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

const QUESTION: &Area = &domain::area(1, "question");
const RECORD: &Area = &domain::area(2, "record");

const HOST: &AttrSpec = &AttrSpec::new(Attribute::Name, "mDNS address record", 90, "RFC 6762 §6");
pub(super) const INSTANCE: &AttrSpec =
    &AttrSpec::new(Attribute::Object, "mDNS service instance", 70, "RFC 6763 §4.1");
pub(super) const SYSTEM: &AttrSpec =
    &AttrSpec::new(Attribute::Os, "mDNS host information", 70, "RFC 1035 §3.3.2");

const fn text(attr: Attribute, source: &'static str) -> AttrSpec {
    AttrSpec::new(attr, source, 80, "RFC 6763 §6, attributes by custom of the makers")
}

pub(super) const MODEL: &AttrSpec = &text(Attribute::Model, "mDNS model text");
pub(super) const PRODUCT: &AttrSpec = &text(Attribute::Product, "mDNS product text");
pub(super) const VENDOR: &AttrSpec = &text(Attribute::Vendor, "mDNS manufacturer text");
pub(super) const FIRMWARE: &AttrSpec = &text(Attribute::Firmware, "mDNS firmware text");
pub(super) const SERIAL: &AttrSpec = &text(Attribute::Serial, "mDNS serial number text");
pub(super) const NOTE: &AttrSpec = &text(Attribute::Location, "mDNS location text");

const BAD_COUNTS: &FaultSpec = &FaultSpec::new("bad_counts", "RFC 1035 §4.1.1");
const BAD_NAME: &FaultSpec = &FaultSpec::new("malformed_name", "RFC 1035 §4.1.4");

pub(super) const PROFILE: Profile = Profile {
    question: QUESTION,
    record: RECORD,
    host: HOST,
    link_local: true,
    bad_counts: BAD_COUNTS,
    bad_name: BAD_NAME,
};

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(106),
    key: "mdns",
    name: "Multicast DNS",
    standard: "RFC 6762; service discovery: RFC 6763",
    industrial: false,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Udp(5353)],
    operations: &[OpSpec::new(0, "query", Access::Observe, "RFC 6762 §18").args(ARGS)],
    attributes: &[HOST, INSTANCE, SYSTEM, MODEL, PRODUCT, VENDOR, FIRMWARE, SERIAL, NOTE],
    faults: &[BAD_COUNTS, BAD_NAME],
    areas: &[QUESTION, RECORD],
    statuses: STATUSES,
    pdu_bytes_max: 9_000,
    open_max: 16,
};
