//! What Telnet is.

use vocab::{Access, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, ProtoId, Spec};

pub(super) const LOGIN_TEXT: &AttrSpec =
    &AttrSpec::new(Attribute::Description, "Telnet login text", 60, "RFC 854");

pub(super) const ENDLESS: &FaultSpec =
    &FaultSpec::new("subnegotiation_too_long", "RFC 855; a limit of this reader, 1,024 bytes");

/// The operation of text, which has no number.
pub(super) const TEXT: u32 = 0;

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(115),
    key: "telnet",
    name: "Telnet",
    standard: "RFC 854, RFC 855",
    industrial: false,
    carrier: false,
    depth: 2,
    bindings: &[Binding::Tcp(23), Binding::AnyTcp],
    operations: OPERATIONS,
    attributes: &[LOGIN_TEXT],
    faults: &[ENDLESS],
    areas: &[],
    statuses: &[],
    pdu_bytes_max: 1_100,
    open_max: 0,
};

const OPERATIONS: &[OpSpec] = {
    use Access::Observe;
    const OPTION: &[Arg] = &[Arg::dec("option")];
    &[
        OpSpec::new(TEXT, "text", Observe, "RFC 854"),
        OpSpec::new(240, "end_of_subnegotiation", Observe, "RFC 854"),
        OpSpec::new(241, "no_operation", Observe, "RFC 854"),
        OpSpec::new(242, "data_mark", Observe, "RFC 854"),
        OpSpec::new(243, "break", Observe, "RFC 854"),
        OpSpec::new(244, "interrupt_process", Observe, "RFC 854"),
        OpSpec::new(245, "abort_output", Observe, "RFC 854"),
        OpSpec::new(246, "are_you_there", Observe, "RFC 854"),
        OpSpec::new(247, "erase_character", Observe, "RFC 854"),
        OpSpec::new(248, "erase_line", Observe, "RFC 854"),
        OpSpec::new(249, "go_ahead", Observe, "RFC 854"),
        OpSpec::new(250, "subnegotiation", Observe, "RFC 855").args(OPTION),
        OpSpec::new(251, "will", Observe, "RFC 854").args(OPTION),
        OpSpec::new(252, "wont", Observe, "RFC 854").args(OPTION),
        OpSpec::new(253, "do", Observe, "RFC 854").args(OPTION),
        OpSpec::new(254, "dont", Observe, "RFC 854").args(OPTION),
    ]
};
