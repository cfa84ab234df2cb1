//! What LLMNR is.

use crate::common::domain;
use crate::dns::say::Profile;
use crate::dns::spec::{ARGS, STATUSES};
use vocab::{Access, Area, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

const QUESTION: &Area = &domain::area(1, "question");
const RECORD: &Area = &domain::area(2, "record");

const HOST: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "LLMNR address record", 85, "RFC 4795 §2.1");

const BAD_COUNTS: &FaultSpec = &FaultSpec::new("bad_counts", "RFC 4795 §2.1.1");
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
    id: ProtoId(118),
    key: "llmnr",
    name: "Link-local multicast name resolution",
    standard: "RFC 4795",
    industrial: false,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Udp(5355)],
    operations: &[OpSpec::new(0, "query", Access::Observe, "RFC 4795 §2.1.1").args(ARGS)],
    attributes: &[HOST],
    faults: &[BAD_COUNTS, BAD_NAME],
    areas: &[QUESTION, RECORD],
    statuses: STATUSES,
    pdu_bytes_max: 9_194,
    open_max: 16,
};
