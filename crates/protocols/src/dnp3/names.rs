//! Names of numbers: why a request failed, what is wrong with a value, what a device indicates.

use crate::common::text::Line;
use core::fmt::Write;
use vocab::{Status, StatusSpec};

/// Errors that the internal indications name: this plus the bit of the second octet.
pub(super) const FROM_IIN: u32 = 0x100;
/// Errors of file transfer: this plus the status code of g70.
pub(super) const FROM_FILE: u32 = 0x200;
/// Errors of secure authentication: this plus the error code of g120v7.
pub(super) const FROM_AUTHENTICATION: u32 = 0x300;
/// Values of bad quality: this plus what is wrong.
pub(super) const FROM_QUALITY: u32 = 0x400;

/// Error codes. The standard numbers each family from 1: the status of a control stands as sent,
/// to the others something is added.
#[rustfmt::skip]
pub(super) const STATUSES: &[StatusSpec] = &[
    // Status of a control, A.8.1.
    StatusSpec::new(1, "timeout"),
    StatusSpec::new(2, "no_select"),
    StatusSpec::new(3, "format_error"),
    StatusSpec::new(4, "not_supported"),
    StatusSpec::new(5, "already_active"),
    StatusSpec::new(6, "hardware_error"),
    StatusSpec::new(7, "local"),
    StatusSpec::new(8, "too_many_objects"),
    StatusSpec::new(9, "not_authorized"),
    StatusSpec::new(10, "automation_inhibit"),
    StatusSpec::new(11, "processing_limited"),
    StatusSpec::new(12, "out_of_range"),
    StatusSpec::new(13, "downstream_local"),
    StatusSpec::new(14, "already_complete"),
    StatusSpec::new(15, "blocked"),
    StatusSpec::new(16, "cancelled"),
    StatusSpec::new(17, "blocked_by_other_master"),
    StatusSpec::new(18, "downstream_fail"),
    StatusSpec::new(126, "non_participating"),
    StatusSpec::new(127, "undefined"),
    // Internal indications, §4.5.
    StatusSpec::new(FROM_IIN | 0x01, "function_not_supported"),
    StatusSpec::new(FROM_IIN | 0x02, "object_unknown"),
    StatusSpec::new(FROM_IIN | 0x04, "parameter_error"),
    StatusSpec::new(FROM_IIN | 0x10, "already_executing"),
    // Status of a file command, A.27.4.
    StatusSpec::new(FROM_FILE | 1, "permission_denied"),
    StatusSpec::new(FROM_FILE | 2, "invalid_mode"),
    StatusSpec::new(FROM_FILE | 3, "file_not_found"),
    StatusSpec::new(FROM_FILE | 4, "file_locked"),
    StatusSpec::new(FROM_FILE | 5, "too_many_open_files"),
    StatusSpec::new(FROM_FILE | 6, "invalid_handle"),
    StatusSpec::new(FROM_FILE | 7, "write_block_size"),
    StatusSpec::new(FROM_FILE | 8, "communication_lost"),
    StatusSpec::new(FROM_FILE | 9, "cannot_abort"),
    StatusSpec::new(FROM_FILE | 0x10, "file_not_open"),
    StatusSpec::new(FROM_FILE | 0x11, "handle_expired"),
    StatusSpec::new(FROM_FILE | 0x12, "buffer_overrun"),
    StatusSpec::new(FROM_FILE | 0x13, "fatal_error"),
    StatusSpec::new(FROM_FILE | 0x14, "block_out_of_sequence"),
    StatusSpec::new(FROM_FILE | 0xff, "undefined_file_error"),
    // Error of secure authentication, A.45.7.
    StatusSpec::new(FROM_AUTHENTICATION | 1, "authentication_failed"),
    StatusSpec::new(FROM_AUTHENTICATION | 2, "unexpected_response"),
    StatusSpec::new(FROM_AUTHENTICATION | 3, "no_response"),
    StatusSpec::new(FROM_AUTHENTICATION | 4, "aggressive_mode_not_permitted"),
    StatusSpec::new(FROM_AUTHENTICATION | 5, "mac_algorithm_not_permitted"),
    StatusSpec::new(FROM_AUTHENTICATION | 6, "key_wrap_algorithm_not_permitted"),
    StatusSpec::new(FROM_AUTHENTICATION | 7, "authorization_failed"),
    StatusSpec::new(FROM_AUTHENTICATION | 8, "key_change_method_not_permitted"),
    StatusSpec::new(FROM_AUTHENTICATION | 9, "invalid_signature"),
    StatusSpec::new(FROM_AUTHENTICATION | 0x0a, "invalid_certification_data"),
    StatusSpec::new(FROM_AUTHENTICATION | 0x0b, "unknown_user"),
    StatusSpec::new(FROM_AUTHENTICATION | 0x0c, "too_many_key_status_requests"),
    // Quality flags, §11.6.
    StatusSpec::new(FROM_QUALITY, "offline"),
    StatusSpec::new(FROM_QUALITY | 1, "restart"),
    StatusSpec::new(FROM_QUALITY | 2, "communication_lost"),
    StatusSpec::new(FROM_QUALITY | 3, "remote_forced"),
    StatusSpec::new(FROM_QUALITY | 4, "local_forced"),
    StatusSpec::new(FROM_QUALITY | 5, "chatter_filter"),
    StatusSpec::new(FROM_QUALITY | 6, "rollover"),
    StatusSpec::new(FROM_QUALITY | 7, "discontinuity"),
    StatusSpec::new(FROM_QUALITY | 8, "over_range"),
    StatusSpec::new(FROM_QUALITY | 9, "reference_error"),
];

/// The kinds of points whose flags differ in the upper bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flags {
    Binary,
    Counter,
    Analog,
    /// Outputs have no bits 5 and 6.
    Output,
}

/// What the flags say of a value: forced by hand first, then lost, then out of bounds. §11.6.
pub(super) fn quality(flags: u8, kind: Flags) -> Status {
    let set = |bit: u32| flags >> bit & 1 == 1;
    let bad = match flags & 0x1f {
        f if f & 0x10 != 0 => 4,
        f if f & 0x08 != 0 => 3,
        f if f & 0x04 != 0 => 2,
        f if f & 0x02 != 0 => 1,
        f if f & 0x01 == 0 => 0,
        _ => match kind {
            Flags::Binary if set(5) => 5,
            Flags::Counter if set(5) => 6,
            Flags::Counter if set(6) => 7,
            Flags::Analog if set(5) => 8,
            Flags::Analog if set(6) => 9,
            _ => return Status::None,
        },
    };
    Status::Error(FROM_QUALITY | bad)
}

/// The status of a control in an answer.
pub(super) fn control_status(status: u8) -> Status {
    match status & 0x7f {
        0 => Status::Ok,
        code => Status::Error(u32::from(code)),
    }
}

/// Indications of the first octet and of the second, lowest bit first. §4.2.2.6.
const INDICATIONS: [&str; 14] = [
    "broadcast",
    "class_1_events",
    "class_2_events",
    "class_3_events",
    "need_time",
    "local_control",
    "device_trouble",
    "device_restart",
    "function_not_supported",
    "object_unknown",
    "parameter_error",
    "event_buffer_overflow",
    "already_executing",
    "configuration_corrupt",
];
/// Events that wait say nothing of the device.
const EVENTS: u16 = 0b1110;

/// The indications of an answer, events left out; empty where there are none.
pub(super) fn indications(iin: u16) -> Line<240> {
    let mut line = Line::default();
    if iin & !EVENTS == 0 {
        return line;
    }
    let mut separator = "";
    for (bit, name) in INDICATIONS.iter().enumerate() {
        if (iin & !EVENTS) >> bit & 1 == 1 && write!(line, "{separator}{name}").is_ok() {
            separator = " ";
        }
    }
    line
}

/// Why the indications say that a request failed: the lowest error bit. §4.5.
pub(super) fn refusal(iin: u16) -> Status {
    let errors = iin >> 8 & 0x17;
    match errors & errors.wrapping_neg() {
        0 => Status::Ok,
        bit => Status::Error(FROM_IIN | u32::from(bit)),
    }
}
