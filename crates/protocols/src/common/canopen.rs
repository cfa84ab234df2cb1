//! What CANopen's relatives share: abort codes and objects of the communication profile.

use vocab::StatusSpec;

/// Abort codes of service data transfers. CiA 301 §7.2.4.3.17, ETG.1000.6 §5.6.2.7.2,
/// EPSG DS 301 appendix 3.10.
pub const ABORTS: &[StatusSpec] = &[
    StatusSpec::new(0x0503_0000, "toggle_bit_not_changed"),
    StatusSpec::new(0x0504_0000, "timeout"),
    StatusSpec::new(0x0504_0001, "unknown_command"),
    StatusSpec::new(0x0504_0002, "invalid_block_size"),
    StatusSpec::new(0x0504_0003, "invalid_sequence_number"),
    StatusSpec::new(0x0504_0005, "out_of_memory"),
    StatusSpec::new(0x0601_0000, "unsupported_access"),
    StatusSpec::new(0x0601_0001, "write_only_object"),
    StatusSpec::new(0x0601_0002, "read_only_object"),
    StatusSpec::new(0x0601_0003, "subindex_not_writable"),
    StatusSpec::new(0x0601_0004, "complete_access_not_supported"),
    StatusSpec::new(0x0602_0000, "object_does_not_exist"),
    StatusSpec::new(0x0604_0041, "object_not_mappable"),
    StatusSpec::new(0x0604_0042, "mapping_too_long"),
    StatusSpec::new(0x0604_0043, "parameter_incompatible"),
    StatusSpec::new(0x0604_0047, "device_incompatible"),
    StatusSpec::new(0x0606_0000, "hardware_error"),
    StatusSpec::new(0x0607_0010, "length_does_not_match"),
    StatusSpec::new(0x0607_0012, "too_long"),
    StatusSpec::new(0x0607_0013, "too_short"),
    StatusSpec::new(0x0609_0011, "subindex_does_not_exist"),
    StatusSpec::new(0x0609_0030, "value_out_of_range"),
    StatusSpec::new(0x0609_0031, "value_too_high"),
    StatusSpec::new(0x0609_0032, "value_too_low"),
    StatusSpec::new(0x0609_0036, "maximum_below_minimum"),
    StatusSpec::new(0x0800_0000, "general_error"),
    StatusSpec::new(0x0800_0020, "cannot_store"),
    StatusSpec::new(0x0800_0021, "cannot_store_locally_controlled"),
    StatusSpec::new(0x0800_0022, "cannot_store_in_this_state"),
    StatusSpec::new(0x0800_0023, "no_object_dictionary"),
];

/// Prints an object the way engineers write it: `object[0x1018:1]`; `name` where the profile
/// gives one.
pub fn show_object(index: u16, sub: u8, out: &mut dyn core::fmt::Write) -> core::fmt::Result {
    write!(out, "object[0x{index:x}:{sub}]")?;
    match name(index) {
        "" => Ok(()),
        name => write!(out, ".{name}"),
    }
}

/// Objects of the communication profile that matter to who watches a plant. CiA 301 §7.5.2.
pub const fn name(index: u16) -> &'static str {
    match index {
        0x1000 => "device_type",
        0x1001 => "error_register",
        0x1003 => "error_field",
        0x1006 => "cycle_period",
        0x1008 => "device_name",
        0x1009 => "hardware_version",
        0x100a => "software_version",
        0x1010 => "store_parameters",
        0x1011 => "restore_parameters",
        0x1018 => "identity",
        0x1c12 => "receive_assignment",
        0x1c13 => "transmit_assignment",
        0x1c32 | 0x1c33 => "synchronisation",
        0x1f50 => "program_data",
        0x1f51 => "program_control",
        0x6040 => "control_word",
        0x6041 => "status_word",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::common::text::Line;

    #[test]
    fn aborts_are_sorted_and_objects_have_names() {
        assert!(ABORTS.is_sorted_by_key(|status| status.code));
        let mut line = Line::<64>::default();
        show_object(0x1018, 4, &mut line).unwrap();
        assert_eq!(line.bytes(), b"object[0x1018:4].identity");
        let mut line = Line::<64>::default();
        show_object(0x2000, 0, &mut line).unwrap();
        assert_eq!(line.bytes(), b"object[0x2000:0]");
    }
}
