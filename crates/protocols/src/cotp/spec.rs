//! What COTP is.

use core::fmt::Write;
use vocab::{
    Access, Area, Arg, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec, Target, Value,
};

const CONNECT: &[Arg] =
    &[Arg::hex("called_tsap"), Arg::hex("calling_tsap"), Arg::dec("tpdu_size"), Arg::dec("class")];
const REASON: &[Arg] = &[Arg::dec("reason")];

/// The transport selector that the caller wants to reach. ISO 8073 §13.3.4 b.
pub(super) const CALLED: &Area = &Area::shown(1, "called_tsap", show_tsap);
/// The caller's own transport selector. ISO 8073 §13.3.4 b.
pub(super) const CALLING: &Area = &Area::shown(2, "calling_tsap", show_tsap);

/// A transport selector: text as text, two bytes of a SIMATIC station as resource, rack and slot,
/// everything else in hexadecimal.
///
/// SIMATIC stations take the first byte as the kind of connection (1 programming device, 2
/// operator station, 3 others, from 16 on the number of a configured connection) and the second
/// as rack (upper three bits) and slot (lower five bits). Siemens 6ES7 manual "Communication with
/// SIMATIC", TSAP.
fn show_tsap(t: &Target<'_>, out: &mut dyn Write) -> core::fmt::Result {
    write!(out, "{}[", t.area.key)?;
    let printable = |b: &u8| b.is_ascii_graphic() || *b == b' ';
    match *t.name {
        [kind @ (1..=3 | 16..), place] if !t.name.iter().all(printable) => {
            let kind = match kind {
                1 => "PG",
                2 => "OP",
                3 => "other",
                _ => "configured",
            };
            let (rack, slot) = (place >> 5, place & 0x1f);
            write!(out, "{} {kind} rack {rack} slot {slot}]", Value::Bytes(t.name))
        }
        _ if t.name.len() > 1 && t.name.iter().all(printable) => {
            write!(out, "{}]", Value::Text(t.name))
        }
        _ => write!(out, "{}]", Value::Bytes(t.name)),
    }
}

pub(super) const BAD_TPKT: &FaultSpec = &FaultSpec::new("bad_tpkt_header", "RFC 1006 §6");
pub(super) const BAD_HEADER: &FaultSpec = &FaultSpec::new("bad_header_length", "ISO 8073 §13.2.1");
pub(super) const UNKNOWN_TPDU: &FaultSpec = &FaultSpec::new("unknown_tpdu", "ISO 8073 §13.1");
pub(super) const BAD_PARAMETER: &FaultSpec = &FaultSpec::new("bad_parameter", "ISO 8073 §13.2.3");
pub(super) const TOO_LONG: &FaultSpec = &FaultSpec::new("data_unit_too_long", "RFC 1006 §5");

/// Selector under which the payload of data units is found.
pub const DATA: u32 = 0;
/// Selector under which the bytes of a connect request or confirm are found that are no
/// parameters of the standard: the cookie and negotiation of remote desktops.
pub const CONNECT_DATA: u32 = 1;
/// Longest data unit that is put together from pieces.
pub(super) const UNIT_MAX: usize = 65_536;

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(3),
    key: "cotp",
    name: "ISO transport on TCP (TPKT, COTP)",
    standard: "RFC 1006; RFC 2126; ISO/IEC 8073:1997 (ITU-T X.224) class 0",
    industrial: true,
    carrier: true,
    depth: 3,
    bindings: &[Binding::Tcp(102), Binding::AnyTcp],
    operations: OPERATIONS,
    attributes: &[],
    faults: &[BAD_TPKT, BAD_HEADER, UNKNOWN_TPDU, BAD_PARAMETER, TOO_LONG],
    areas: &[CALLED, CALLING],
    statuses: STATUSES,
    pdu_bytes_max: 65_535,
    open_max: 4,
};

/// Reasons of a disconnect request (ISO 8073 §13.5.3) and, from 256 on, causes of an error
/// (§13.12.3).
const STATUSES: &[StatusSpec] = &[
    StatusSpec::new(0, "not_specified"),
    StatusSpec::new(1, "congestion"),
    StatusSpec::new(2, "session_not_attached"),
    StatusSpec::new(3, "address_unknown"),
    StatusSpec::new(128, "normal_disconnect"),
    StatusSpec::new(129, "remote_congestion"),
    StatusSpec::new(130, "negotiation_failed"),
    StatusSpec::new(131, "duplicate_source_reference"),
    StatusSpec::new(132, "mismatched_references"),
    StatusSpec::new(133, "protocol_error"),
    StatusSpec::new(135, "reference_overflow"),
    StatusSpec::new(136, "connection_refused"),
    StatusSpec::new(138, "invalid_length"),
    StatusSpec::new(256, "error_not_specified"),
    StatusSpec::new(257, "invalid_parameter_code"),
    StatusSpec::new(258, "invalid_tpdu_type"),
    StatusSpec::new(259, "invalid_parameter_value"),
];

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::Observe;
    &[
        OpSpec::new(0x10, "expedited_data", Observe, "ISO 8073 §13.8"),
        OpSpec::new(0x20, "expedited_acknowledgement", Observe, "ISO 8073 §13.10"),
        OpSpec::new(0x50, "reject", Observe, "ISO 8073 §13.11"),
        OpSpec::new(0x60, "data_acknowledgement", Observe, "ISO 8073 §13.9"),
        OpSpec::new(0x70, "error", Observe, "ISO 8073 §13.12").args(REASON),
        OpSpec::new(0x80, "disconnect_request", Observe, "ISO 8073 §13.5").args(REASON),
        OpSpec::new(0xc0, "disconnect_confirm", Observe, "ISO 8073 §13.6"),
        OpSpec::new(0xd0, "connect_confirm", Observe, "ISO 8073 §13.4").args(CONNECT),
        OpSpec::new(0xe0, "connect_request", Observe, "ISO 8073 §13.3").args(CONNECT),
    ]
};
