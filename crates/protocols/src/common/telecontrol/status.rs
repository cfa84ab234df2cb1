//! Error codes: refusals by cause of transmission, file transfer, and the quality of values.

use vocab::{Status, StatusSpec};

/// Quality descriptors start here: this number and the bits as sent.
const QUALITY: u32 = 0x100;
/// Errors of file transfer start here: this number and the error as sent.
const FILE: u32 = 0x200;
/// A file that is not ready: FRQ with its highest bit set. IEC 60870-5-101:2003 §7.2.6.28.
pub(crate) const FILE_NOT_READY: Status = Status::Error(0x210);
/// A section that is not ready: SRQ with its highest bit set. §7.2.6.29.
pub(crate) const SECTION_NOT_READY: Status = Status::Error(0x211);

/// The bits that every quality descriptor has: blocked, substituted, not topical, invalid.
/// IEC 60870-5-101:2003 §7.2.6.1 to §7.2.6.4.
pub(crate) const COMMON: u8 = 0xf0;
/// The value is beyond its range, or the counter wrapped around. §7.2.6.3.
pub(crate) const OVERFLOW: u8 = 0x01;
/// The elapsed time cannot be trusted. §7.2.6.4.
pub(crate) const ELAPSED_INVALID: u8 = 0x08;
/// The value cannot be trusted.
pub(crate) const INVALID: u8 = 0x80;

/// How a value with these quality bits is to be taken.
pub(crate) fn quality(bits: u8) -> Status {
    match bits & (COMMON | OVERFLOW | ELAPSED_INVALID) {
        0 => Status::Ok,
        bits => Status::Error(QUALITY | u32::from(bits)),
    }
}

/// The error in the high half of AFQ. IEC 60870-5-101:2003 §7.2.6.32.
pub(crate) fn file_error(qualifier: u8) -> Status {
    match qualifier & 0x0f {
        2 | 4 => Status::Error(FILE | u32::from(qualifier >> 4)),
        _ => Status::Ok,
    }
}

#[rustfmt::skip]
pub(crate) const STATUSES: &[StatusSpec] = &[
    StatusSpec::new(7, "activation_refused"),
    StatusSpec::new(9, "deactivation_refused"),
    StatusSpec::new(10, "terminated_without_success"),
    StatusSpec::new(44, "unknown_type"),
    StatusSpec::new(45, "unknown_cause"),
    StatusSpec::new(46, "unknown_common_address"),
    StatusSpec::new(47, "unknown_object_address"),
    StatusSpec::new(0x101, "overflow"),
    StatusSpec::new(0x108, "elapsed_invalid"),
    StatusSpec::new(0x110, "blocked"),
    StatusSpec::new(0x111, "blocked_overflow"),
    StatusSpec::new(0x118, "blocked_elapsed_invalid"),
    StatusSpec::new(0x120, "substituted"),
    StatusSpec::new(0x121, "substituted_overflow"),
    StatusSpec::new(0x128, "substituted_elapsed_invalid"),
    StatusSpec::new(0x130, "substituted_blocked"),
    StatusSpec::new(0x131, "substituted_blocked_overflow"),
    StatusSpec::new(0x138, "substituted_blocked_elapsed_invalid"),
    StatusSpec::new(0x140, "not_topical"),
    StatusSpec::new(0x141, "not_topical_overflow"),
    StatusSpec::new(0x148, "not_topical_elapsed_invalid"),
    StatusSpec::new(0x150, "not_topical_blocked"),
    StatusSpec::new(0x151, "not_topical_blocked_overflow"),
    StatusSpec::new(0x158, "not_topical_blocked_elapsed_invalid"),
    StatusSpec::new(0x160, "not_topical_substituted"),
    StatusSpec::new(0x161, "not_topical_substituted_overflow"),
    StatusSpec::new(0x168, "not_topical_substituted_elapsed_invalid"),
    StatusSpec::new(0x170, "not_topical_substituted_blocked"),
    StatusSpec::new(0x171, "not_topical_substituted_blocked_overflow"),
    StatusSpec::new(0x178, "not_topical_substituted_blocked_elapsed_invalid"),
    StatusSpec::new(0x180, "invalid"),
    StatusSpec::new(0x181, "invalid_overflow"),
    StatusSpec::new(0x188, "invalid_elapsed_invalid"),
    StatusSpec::new(0x190, "invalid_blocked"),
    StatusSpec::new(0x191, "invalid_blocked_overflow"),
    StatusSpec::new(0x198, "invalid_blocked_elapsed_invalid"),
    StatusSpec::new(0x1a0, "invalid_substituted"),
    StatusSpec::new(0x1a1, "invalid_substituted_overflow"),
    StatusSpec::new(0x1a8, "invalid_substituted_elapsed_invalid"),
    StatusSpec::new(0x1b0, "invalid_substituted_blocked"),
    StatusSpec::new(0x1b1, "invalid_substituted_blocked_overflow"),
    StatusSpec::new(0x1b8, "invalid_substituted_blocked_elapsed_invalid"),
    StatusSpec::new(0x1c0, "invalid_not_topical"),
    StatusSpec::new(0x1c1, "invalid_not_topical_overflow"),
    StatusSpec::new(0x1c8, "invalid_not_topical_elapsed_invalid"),
    StatusSpec::new(0x1d0, "invalid_not_topical_blocked"),
    StatusSpec::new(0x1d1, "invalid_not_topical_blocked_overflow"),
    StatusSpec::new(0x1d8, "invalid_not_topical_blocked_elapsed_invalid"),
    StatusSpec::new(0x1e0, "invalid_not_topical_substituted"),
    StatusSpec::new(0x1e1, "invalid_not_topical_substituted_overflow"),
    StatusSpec::new(0x1e8, "invalid_not_topical_substituted_elapsed_invalid"),
    StatusSpec::new(0x1f0, "invalid_not_topical_substituted_blocked"),
    StatusSpec::new(0x1f1, "invalid_not_topical_substituted_blocked_overflow"),
    StatusSpec::new(0x1f8, "invalid_not_topical_substituted_blocked_elapsed_invalid"),
    StatusSpec::new(0x200, "file_refused"),
    StatusSpec::new(0x201, "no_memory"),
    StatusSpec::new(0x202, "checksum_failed"),
    StatusSpec::new(0x203, "unexpected_service"),
    StatusSpec::new(0x204, "unexpected_file"),
    StatusSpec::new(0x205, "unexpected_section"),
    StatusSpec::new(0x210, "file_not_ready"),
    StatusSpec::new(0x211, "section_not_ready"),
    // What the link layer of 101 answers: this number and the function code. IEC 60870-5-2 §5.1.2.
    StatusSpec::new(0x301, "link_busy"),
    StatusSpec::new(0x30e, "link_not_functioning"),
    StatusSpec::new(0x30f, "link_not_implemented"),
];
