//! What PCWorx is.

use vocab::{Access, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

const I: &str = "PCWorx service 6, answer to request 0x0295";

pub(super) const MODEL: &AttrSpec = &AttrSpec::new(Attribute::Model, "PLC type", 95, I);
pub(super) const ORDER: &AttrSpec = &AttrSpec::new(Attribute::OrderNumber, "model number", 92, I);
pub(super) const FIRMWARE: &AttrSpec =
    &AttrSpec::new(Attribute::Firmware, "firmware version", 95, I);
pub(super) const BUILD: &AttrSpec = &AttrSpec::new(Attribute::Description, "firmware date", 60, I);
pub(super) const VENDOR: &AttrSpec = &AttrSpec::new(Attribute::Vendor, "speaks PCWorx", 80, I);

pub(super) const BAD_HEADER: &FaultSpec = &FaultSpec::new("bad_header", "PCWorx header");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(33),
    key: "pcworx",
    name: "Phoenix Contact PCWorx",
    standard: "none public: seen traffic and published probes",
    industrial: true,
    carrier: false,
    depth: 2,
    bindings: &[Binding::Tcp(1_962), Binding::AnyTcp],
    operations: OPERATIONS,
    attributes: &[MODEL, ORDER, FIRMWARE, BUILD, VENDOR],
    faults: &[BAD_HEADER],
    areas: &[],
    statuses: &[],
    pdu_bytes_max: 8_192,
    open_max: 16,
};

const S: &str = "PCWorx services";

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::{Observe, Program, Read};
    &[
        OpSpec::new(1, "open_session", Observe, S),
        OpSpec::new(2, "close_session", Observe, S),
        OpSpec::new(5, "send_request", Program, S),
        OpSpec::new(5, "request_device_info", Observe, S).sub(0x0295),
        OpSpec::new(5, "request_variable", Read, S).sub(0x02b0),
        OpSpec::new(6, "fetch_answer", Observe, S),
    ]
};
