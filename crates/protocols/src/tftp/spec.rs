//! What TFTP is.

use vocab::{Access, Area, Arg, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec};

pub(super) const FILE: &Area = &Area::named(1, "file");
pub(super) const OPTION: &Area = &Area::shown(2, "option", show_option);

fn show_option(t: &vocab::Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    out.write_str("option ")?;
    (FILE.show)(t, out)
}

pub(super) const BAD_PACKET: &FaultSpec = &FaultSpec::new("malformed_packet", "RFC 1350 §5");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(138),
    key: "tftp",
    name: "TFTP",
    standard: "RFC 1350, RFC 2347, RFC 2348, RFC 2349, RFC 7440",
    industrial: false,
    carrier: false,
    depth: 2,
    bindings: &[Binding::Udp(69), Binding::AnyUdp],
    operations: OPERATIONS,
    attributes: &[],
    faults: &[BAD_PACKET],
    areas: &[FILE, OPTION],
    statuses: STATUSES,
    pdu_bytes_max: 65_535,
    open_max: 4,
};

const BLOCK: &[Arg] = &[Arg::dec("block"), Arg::dec("bytes")];
const ACK: &[Arg] = &[Arg::dec("block")];
const CODE: &[Arg] = &[Arg::dec("code")];

const OPERATIONS: &[OpSpec] = {
    use Access::{Observe, Program};
    &[
        OpSpec::new(1, "read_request", Program, "RFC 1350 §5"),
        OpSpec::new(2, "write_request", Program, "RFC 1350 §5"),
        OpSpec::new(3, "data", Program, "RFC 1350 §5").args(BLOCK),
        OpSpec::new(4, "acknowledgement", Observe, "RFC 1350 §5").args(ACK),
        OpSpec::new(5, "error", Observe, "RFC 1350 §5").args(CODE),
        OpSpec::new(6, "option_acknowledgement", Observe, "RFC 2347"),
    ]
};

/// RFC 1350 appendix I, RFC 2347.
const STATUSES: &[StatusSpec] = &[
    StatusSpec::new(0, "not_defined"),
    StatusSpec::new(1, "file_not_found"),
    StatusSpec::new(2, "access_violation"),
    StatusSpec::new(3, "disk_full"),
    StatusSpec::new(4, "illegal_operation"),
    StatusSpec::new(5, "unknown_transfer_id"),
    StatusSpec::new(6, "file_already_exists"),
    StatusSpec::new(7, "no_such_user"),
    StatusSpec::new(8, "option_negotiation_failed"),
];
