//! What CODESYS 2 is.

use vocab::{Access, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

const LENGTH: &[Arg] = &[Arg::dec("bytes")];
const I: &str = "CODESYS 2 answer to service 1";

pub(super) const SYSTEM: &AttrSpec = &AttrSpec::new(Attribute::Os, "operating system", 90, I);
pub(super) const SYSTEM_TYPE: &AttrSpec =
    &AttrSpec::new(Attribute::Description, "operating system detail", 70, I);
pub(super) const PRODUCT: &AttrSpec = &AttrSpec::new(Attribute::Product, "product type", 92, I);

pub(super) const BAD_HEADER: &FaultSpec = &FaultSpec::new("bad_header", "CODESYS 2 header");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(58),
    key: "codesys-v2",
    name: "CODESYS 2",
    standard: "none public: published probes",
    industrial: true,
    carrier: false,
    depth: 1,
    bindings: &[Binding::Tcp(1_200), Binding::Tcp(2_455), Binding::AnyTcp],
    operations: &[
        OpSpec::new(0, "answer", Access::Observe, "CODESYS 2 header").args(LENGTH),
        OpSpec::new(1, "identify", Access::Observe, "CODESYS 2 services").args(LENGTH),
    ],
    attributes: &[SYSTEM, SYSTEM_TYPE, PRODUCT],
    faults: &[BAD_HEADER],
    areas: &[],
    statuses: &[],
    pdu_bytes_max: 16_384,
    open_max: 8,
};
