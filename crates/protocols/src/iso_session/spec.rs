//! What the session is.

use crate::common::oid::Oid;
use core::fmt;
use vocab::{
    Access, Area, Arg, Binding, FaultSpec, OpSpec, ProtoId, Spec, StatusSpec, Target, Value,
};

/// Selector under which MMS is found, or what may be MMS where the contexts are not known.
pub const MMS: u32 = 0;
/// Selector under which the contents of other contexts are found.
pub(super) const OTHER: u32 = 1;
/// Set in the tag of payloads whose context is known; the rest is the carrier's.
pub const KNOWN: u64 = 1 << 63;

const ASSOCIATION: &[Arg] = &[Arg::dec("application_context"), Arg::dec("authentication")];

/// Presentation selectors. X.226 §8.2.
pub(super) const CALLED_SELECTOR: &Area = &Area::shown(1, "called_psel", show_selector);
pub(super) const CALLING_SELECTOR: &Area = &Area::shown(2, "calling_psel", show_selector);
pub(super) const RESPONDING_SELECTOR: &Area = &Area::shown(3, "responding_psel", show_selector);
/// Application process titles. X.227 §9.1.
pub(super) const CALLED_TITLE: &Area = &Area::shown(4, "called_ap_title", show_title);
pub(super) const CALLING_TITLE: &Area = &Area::shown(5, "calling_ap_title", show_title);
pub(super) const RESPONDING_TITLE: &Area = &Area::shown(6, "responding_ap_title", show_title);

fn show_selector(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "{}[{}]", t.area.key, Value::Bytes(t.name))
}

fn show_title(t: &Target<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
    write!(out, "{}[{}]", t.area.key, Oid(t.name))
}

pub(super) const BAD_DATA: &FaultSpec = &FaultSpec::new("no_presentation_value", "X.226 §8.4.2.7");

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(24),
    key: "iso-session",
    name: "ISO session, presentation and association (MMS carrier)",
    standard: "ISO/IEC 8327-1 (ITU-T X.225), ISO/IEC 8823-1 (X.226), ISO/IEC 8650-1 (X.227)",
    industrial: true,
    carrier: true,
    depth: 3,
    bindings: &[Binding::Inside(ProtoId(3), 0)],
    operations: OPERATIONS,
    attributes: &[],
    faults: &[BAD_DATA],
    areas: &[
        CALLED_SELECTOR,
        CALLING_SELECTOR,
        RESPONDING_SELECTOR,
        CALLED_TITLE,
        CALLING_TITLE,
        RESPONDING_TITLE,
    ],
    statuses: STATUSES,
    pdu_bytes_max: 65_535,
    open_max: 4,
};

#[rustfmt::skip]
const OPERATIONS: &[OpSpec] = {
    use Access::Observe;
    &[
        OpSpec::new(9, "finish", Observe, "X.225 §8.3.7, X.227 §7.2"),
        OpSpec::new(13, "connect", Observe, "X.225 §8.3.1, X.226 §6.2, X.227 §7.1")
            .args(ASSOCIATION),
        OpSpec::new(25, "abort", Observe, "X.225 §8.3.9, X.227 §7.3"),
    ]
};

/// Reasons of a refused session; 0x100 a finish that is refused; from 0x200 on results of an
/// association. X.225 §8.3.6.6, X.227 §9.1.
const STATUSES: &[StatusSpec] = &[
    StatusSpec::new(0, "rejected_by_user"),
    StatusSpec::new(1, "user_congested"),
    StatusSpec::new(2, "rejected_by_user_with_data"),
    StatusSpec::new(0x81, "selector_unknown"),
    StatusSpec::new(0x82, "user_not_attached"),
    StatusSpec::new(0x83, "provider_congested"),
    StatusSpec::new(0x84, "protocol_versions_not_supported"),
    StatusSpec::new(0x85, "rejected_by_provider"),
    StatusSpec::new(0x86, "rejected_by_implementation"),
    StatusSpec::new(0x100, "not_finished"),
    StatusSpec::new(0x201, "association_rejected_permanently"),
    StatusSpec::new(0x202, "association_rejected_transiently"),
];
