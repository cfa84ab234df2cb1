//! What LonTalk over IP is.

use super::operations;
use vocab::{Area, AttrSpec, Attribute, Binding, FaultSpec, ProtoId, Spec, StatusSpec, Target};

pub(super) const NEURON: &AttrSpec =
    &AttrSpec::new(Attribute::Serial, "unique node identifier", 95, "ISO/IEC 14908-1:2012 §11.6");
pub(super) const PROGRAM: &AttrSpec =
    &AttrSpec::new(Attribute::Product, "program identifier", 80, "ISO/IEC 14908-1:2012 §11.6");
pub(super) const CHANNEL_NEURON: &AttrSpec =
    &AttrSpec::new(Attribute::Serial, "registration: identifier", 95, "ISO/IEC 14908-4:2012 §8");
pub(super) const CHANNEL_NAME: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "registration: name", 95, "ISO/IEC 14908-4:2012 §8");

pub(super) const BAD_HEADER: &FaultSpec =
    &FaultSpec::new("malformed_header", "ISO/IEC 14908-4:2012 §8.1");
pub(super) const BAD_PACKET: &FaultSpec =
    &FaultSpec::new("malformed_packet", "ISO/IEC 14908-4:2012 §8");
pub(super) const BAD_MESSAGE: &FaultSpec =
    &FaultSpec::new("malformed_message", "ISO/IEC 14908-1:2012 §7");

pub(super) const VARIABLE: &Area = &Area::shown(1, "variable", show_variable);

/// `extra` is the node that is meant, 65,535 for a group or everybody; the index is the selector
/// that both ends of a connection share.
fn show_variable(t: &Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    if t.extra < 0xffff {
        write!(out, "{}.{} ", t.extra >> 8, t.extra & 0x7f)?;
    }
    write!(out, "variable[0x{:04x}]", t.index)
}

/// Answers that failed: this and the message code.
pub(super) const FAILED: u32 = 0x100;

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(43),
    key: "lontalk",
    name: "LonTalk over IP",
    standard: "ISO/IEC 14908-1:2012 (LonTalk), 14908-4:2012 (IP; CEA-852)",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Udp(1_628), Binding::Udp(1_629), Binding::Tcp(1_628), Binding::Tcp(1_629)],
    operations: operations::OPERATIONS,
    attributes: &[NEURON, PROGRAM, CHANNEL_NEURON, CHANNEL_NAME],
    faults: &[BAD_HEADER, BAD_PACKET, BAD_MESSAGE],
    areas: &[VARIABLE],
    statuses: &[
        StatusSpec::new(1, "fixed"),
        StatusSpec::new(2, "bad_message"),
        StatusSpec::new(3, "cannot_comply"),
        StatusSpec::new(4, "refused"),
        StatusSpec::new(5, "not_supported"),
        StatusSpec::new(FAILED, "failed"),
    ],
    pdu_bytes_max: 2_048,
    open_max: 64,
};
