//! What DLMS/COSEM is.

use super::operations;
use vocab::{Area, AttrSpec, Attribute, Binding, FaultSpec, ProtoId, Spec, StatusSpec, Target};

pub(super) const LOGICAL_NAME: &AttrSpec =
    &AttrSpec::new(Attribute::Name, "0-0:42.0.0.255", 95, "IEC 62056-6-2:2017 §6.2.33");
pub(super) const DEVICE_ID: &AttrSpec =
    &AttrSpec::new(Attribute::Serial, "0-0:96.1.0.255", 95, "IEC 62056-6-1:2017 §6.1");
pub(super) const FIRMWARE: &AttrSpec =
    &AttrSpec::new(Attribute::Firmware, "1-0:0.2.0.255", 95, "IEC 62056-6-1:2017 §6.2");
pub(super) const SYSTEM_TITLE: &AttrSpec =
    &AttrSpec::new(Attribute::Address, "system title", 90, "IEC 62056-5-3:2017 §5.3.4.8.1");
pub(super) const MAKER: &AttrSpec =
    &AttrSpec::new(Attribute::Vendor, "system title: maker", 80, "IEC 62056-5-3:2017 §5.3.4.8.1");

pub(super) const BAD_WRAPPER: &FaultSpec =
    &FaultSpec::new("malformed_wrapper", "IEC 62056-4-7:2015 §5.2");
pub(super) const BAD_FRAME: &FaultSpec = &FaultSpec::new("bad_hdlc_frame", "IEC 62056-46 §6.4");
pub(super) const BAD_MESSAGE: &FaultSpec =
    &FaultSpec::new("malformed_message", "IEC 62056-5-3:2017 §9.5");
pub(super) const BAD_DATA: &FaultSpec =
    &FaultSpec::new("malformed_data", "IEC 62056-5-3:2017 §9.5");

pub(super) const OBJECT: &Area = &Area::shown(1, "object", show_object);
pub(super) const SHORT_NAME: &Area = &Area::indexed(2, "short_name");

/// The index holds the logical name in its low 48 bits and the number within a list above; the
/// extra number is the attribute, or 0x100 and the method.
fn show_object(t: &Target<'_>, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    let [h, l, a, b, c, d, e, f] = t.index.to_be_bytes();
    write!(out, "{a}-{b}:{c}.{d}.{e}.{f}")?;
    match t.extra {
        method @ 0x100.. => write!(out, " method {}", method & 0xff)?,
        attribute => write!(out, " attribute {attribute}")?,
    }
    match u16::from_be_bytes([h, l]) {
        0 => Ok(()),
        ordinal => write!(out, "#{ordinal}"),
    }
}

/// Why a message was refused as a whole: this and the service error. §9.5.
pub(super) const EXCEPTION: u32 = 0x100;
/// Why an association was refused: this and the diagnostic. §9.4.
pub(super) const ASSOCIATION: u32 = 0x200;

pub(super) static SPEC: Spec = Spec {
    id: ProtoId(45),
    key: "dlms",
    name: "DLMS/COSEM",
    standard: "IEC 62056-5-3:2017, 62056-6-1, 62056-6-2; 62056-4-7 (TCP, UDP), 62056-46 (HDLC)",
    industrial: true,
    carrier: false,
    depth: 3,
    bindings: &[Binding::Tcp(4_059), Binding::Udp(4_059), Binding::AnyTcp],
    operations: operations::OPERATIONS,
    attributes: &[LOGICAL_NAME, DEVICE_ID, FIRMWARE, SYSTEM_TITLE, MAKER],
    faults: &[BAD_WRAPPER, BAD_FRAME, BAD_MESSAGE, BAD_DATA],
    areas: &[OBJECT, SHORT_NAME],
    statuses: STATUSES,
    pdu_bytes_max: 65_536,
    open_max: 32,
};

const STATUSES: &[StatusSpec] = &[
    StatusSpec::new(1, "hardware_fault"),
    StatusSpec::new(2, "temporary_failure"),
    StatusSpec::new(3, "read_write_denied"),
    StatusSpec::new(4, "object_undefined"),
    StatusSpec::new(9, "object_class_inconsistent"),
    StatusSpec::new(11, "object_unavailable"),
    StatusSpec::new(12, "type_unmatched"),
    StatusSpec::new(13, "scope_of_access_violated"),
    StatusSpec::new(14, "data_block_unavailable"),
    StatusSpec::new(15, "long_get_aborted"),
    StatusSpec::new(16, "no_long_get_in_progress"),
    StatusSpec::new(17, "long_set_aborted"),
    StatusSpec::new(18, "no_long_set_in_progress"),
    StatusSpec::new(19, "data_block_number_invalid"),
    StatusSpec::new(250, "other_reason"),
    StatusSpec::new(EXCEPTION | 0x01, "operation_not_possible"),
    StatusSpec::new(EXCEPTION | 0x02, "service_not_supported"),
    StatusSpec::new(EXCEPTION | 0x03, "exception_other_reason"),
    StatusSpec::new(EXCEPTION | 0x04, "pdu_too_long"),
    StatusSpec::new(EXCEPTION | 0x05, "deciphering_error"),
    StatusSpec::new(EXCEPTION | 0x06, "invocation_counter_error"),
    StatusSpec::new(ASSOCIATION | 0x01, "no_reason_given"),
    StatusSpec::new(ASSOCIATION | 0x02, "application_context_not_supported"),
    StatusSpec::new(ASSOCIATION | 0x03, "calling_title_not_recognized"),
    StatusSpec::new(ASSOCIATION | 0x0b, "authentication_mechanism_not_recognised"),
    StatusSpec::new(ASSOCIATION | 0x0c, "authentication_mechanism_required"),
    StatusSpec::new(ASSOCIATION | 0x0d, "authentication_failure"),
    StatusSpec::new(ASSOCIATION | 0x0e, "authentication_required"),
];
