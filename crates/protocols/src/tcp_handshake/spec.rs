//! What the headers that open a TCP connection tell.

use vocab::{AttrSpec, Attribute, Binding, ProtoId, Spec};

pub(super) const OPENS: &AttrSpec =
    &AttrSpec::new(Attribute::Stack, "TCP SYN", 40, "RFC 9293 §3.1, §3.2");
pub(super) const ACCEPTS: &AttrSpec =
    &AttrSpec::new(Attribute::Stack, "TCP SYN-ACK", 40, "RFC 9293 §3.1, §3.2");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(160),
    key: "tcp",
    name: "TCP handshake",
    standard: "RFC 9293, RFC 7323, RFC 2018",
    industrial: false,
    carrier: false,
    depth: 1,
    bindings: &[Binding::IpProto(6)],
    operations: &[],
    attributes: &[OPENS, ACCEPTS],
    faults: &[],
    areas: &[],
    statuses: &[],
    pdu_bytes_max: 60,
    open_max: 0,
};
