//! The operations with their access, and the errors they may end with.

use vocab::{Access, Arg, OpSpec, StatusSpec};

/// Calls. IEC 61158-6-10:2019 §4.10.3.2.14.
pub(super) const CONNECT: u16 = 0;
pub(super) const RELEASE: u16 = 1;
pub(super) const READ: u16 = 2;
pub(super) const WRITE: u16 = 3;
pub(super) const CONTROL: u16 = 4;
pub(super) const READ_IMPLICIT: u16 = 5;

const RELATION: &[Arg] =
    &[Arg::hex("ar_type"), Arg::hex("session"), Arg::hex("properties"), Arg::dec("blocks")];
const STEER: &[Arg] = &[Arg::hex("command"), Arg::hex("session"), Arg::hex("properties")];
const RECORD: &[Arg] =
    &[Arg::hex("api"), Arg::dec("slot"), Arg::hex("subslot"), Arg::dec("record_bytes")];

/// Reading a record that has a name.
const fn read(index: u16, name: &'static str, access: Access) -> OpSpec {
    OpSpec::new(2, name, access, INDEX).sub(index).args(RECORD)
}

/// Writing a record that has a name.
const fn write(index: u16, name: &'static str, access: Access) -> OpSpec {
    OpSpec::new(3, name, access, INDEX).sub(index).args(RECORD)
}

/// Record indices, of PROFIdrive and PROFIenergy too.
const INDEX: &str = "IEC 61158-6-10:2019 §5.2";

/// The subcode of reading and writing is the record's index, that of control and release the type
/// of block, which is the command.
#[rustfmt::skip]
pub(super) const OPERATIONS: &[OpSpec] = {
    use Access::{Admin, Control, Observe, Read, Write};
    const CALL: &str = "IEC 61158-6-10:2019 §4.10.3.2.14";
    const BLOCK: &str = "IEC 61158-6-10:2019 §5.2";
    &[
        OpSpec::new(0, "connect", Control, CALL).args(RELATION),
        OpSpec::new(1, "release", Control, CALL).args(STEER),
        OpSpec::new(1, "release", Control, BLOCK).sub(0x0114).args(STEER),
        OpSpec::new(2, "read", Read, CALL).args(RECORD),
        read(0x8000, "read_expected_identification", Observe),
        read(0x8001, "read_real_identification", Observe),
        read(0x802a, "read_port_data", Observe),
        read(0x8080, "read_interface_data", Observe),
        read(0xaff0, "read_i_and_m_0", Observe),
        read(0xaff1, "read_i_and_m_1", Observe),
        read(0xaff2, "read_i_and_m_2", Observe),
        read(0xaff3, "read_i_and_m_3", Observe),
        read(0xaff4, "read_i_and_m_4", Observe),
        read(0xaff5, "read_i_and_m_5", Observe),
        read(0xe002, "read_module_differences", Observe),
        read(0xf000, "read_identification_of_api", Observe),
        read(0xf820, "read_relations", Observe),
        read(0xf821, "read_api_data", Observe),
        read(0xf830, "read_log_book", Observe),
        read(0xf840, "read_i_and_m_filter", Observe),
        read(0xf841, "read_physical_device", Observe),
        read(0xf880, "read_assets", Observe),
        OpSpec::new(3, "write", Admin, CALL).args(RECORD),
        write(0x802f, "write_port_adjustment", Admin),
        write(0x80a0, "write_energy_command", Control),
        write(0xaff1, "write_i_and_m_1", Admin),
        write(0xaff2, "write_i_and_m_2", Admin),
        write(0xaff3, "write_i_and_m_3", Admin),
        write(0xaff4, "write_i_and_m_4", Admin),
        write(0xb02e, "write_drive_parameters", Write),
        write(0xb02f, "write_drive_parameters", Write),
        write(0xe040, "write_multiple", Admin),
        OpSpec::new(4, "control", Control, CALL).args(STEER),
        OpSpec::new(4, "parameters_end", Control, BLOCK).sub(0x0110).args(STEER),
        OpSpec::new(4, "plug_parameters_end", Control, BLOCK).sub(0x0111).args(STEER),
        OpSpec::new(4, "application_ready", Control, BLOCK).sub(0x0112).args(STEER),
        OpSpec::new(4, "plug_application_ready", Control, BLOCK).sub(0x0113).args(STEER),
        OpSpec::new(4, "ready_for_companion", Control, BLOCK).sub(0x0116).args(STEER),
        OpSpec::new(4, "ready_for_rt_class_3", Control, BLOCK).sub(0x0117).args(STEER),
        OpSpec::new(4, "parameters_begin", Control, BLOCK).sub(0x0118).args(STEER),
        OpSpec::new(5, "read_implicit", Observe, CALL).args(RECORD),
    ]
};

/// The upper three bytes of PNIOStatus: which answer, whose error, and its first code; the second
/// code is said as a detail. IEC 61158-6-10:2019 §5.2.6.2.
#[rustfmt::skip]
pub(super) const STATUSES: &[StatusSpec] = &[
    StatusSpec::new(0xcf_81fd, "alarm_protocol_error"),
    StatusSpec::new(0xdb_8101, "faulty_ar_block"),
    StatusSpec::new(0xdb_8102, "faulty_iocr_block"),
    StatusSpec::new(0xdb_8103, "faulty_expected_submodule_block"),
    StatusSpec::new(0xdb_8104, "faulty_alarm_cr_block"),
    StatusSpec::new(0xdb_8105, "faulty_parameter_server_block"),
    StatusSpec::new(0xdb_8106, "faulty_multicast_block"),
    StatusSpec::new(0xdb_8107, "faulty_rpc_block"),
    StatusSpec::new(0xdb_8108, "faulty_record"),
    StatusSpec::new(0xdb_8109, "faulty_ir_info_block"),
    StatusSpec::new(0xdb_810a, "faulty_sr_info_block"),
    StatusSpec::new(0xdb_810b, "faulty_fast_start_up_block"),
    StatusSpec::new(0xdb_810c, "faulty_vendor_block"),
    StatusSpec::new(0xdb_810d, "faulty_rs_info_block"),
    StatusSpec::new(0xdb_813d, "device_state_conflict"),
    StatusSpec::new(0xdb_8140, "rpc_error"),
    StatusSpec::new(0xdc_8128, "faulty_release_block"),
    StatusSpec::new(0xdc_813d, "device_state_conflict"),
    StatusSpec::new(0xdc_8140, "rpc_error"),
    StatusSpec::new(0xdd_8114, "faulty_control_block"),
    StatusSpec::new(0xdd_8115, "faulty_plug_control_block"),
    StatusSpec::new(0xdd_8116, "faulty_control_block_after_connect"),
    StatusSpec::new(0xdd_8117, "faulty_control_block_after_plug"),
    StatusSpec::new(0xdd_8118, "faulty_parameters_begin_block"),
    StatusSpec::new(0xdd_8119, "faulty_submodule_list_block"),
    StatusSpec::new(0xdd_813d, "device_state_conflict"),
    StatusSpec::new(0xdd_8140, "rpc_error"),
    StatusSpec::new(0xde_80a0, "read_error"),
    StatusSpec::new(0xde_80a2, "module_failure"),
    StatusSpec::new(0xde_80a7, "busy"),
    StatusSpec::new(0xde_80a8, "version_conflict"),
    StatusSpec::new(0xde_80a9, "feature_not_supported"),
    StatusSpec::new(0xde_80b0, "invalid_index"),
    StatusSpec::new(0xde_80b2, "invalid_slot_or_subslot"),
    StatusSpec::new(0xde_80b3, "type_conflict"),
    StatusSpec::new(0xde_80b4, "invalid_area_or_api"),
    StatusSpec::new(0xde_80b5, "state_conflict"),
    StatusSpec::new(0xde_80b6, "access_denied"),
    StatusSpec::new(0xde_80b7, "invalid_range"),
    StatusSpec::new(0xde_80b8, "invalid_parameter"),
    StatusSpec::new(0xde_80b9, "invalid_type"),
    StatusSpec::new(0xde_80ba, "backup"),
    StatusSpec::new(0xde_80c0, "read_constrain_conflict"),
    StatusSpec::new(0xde_80c2, "resource_busy"),
    StatusSpec::new(0xde_80c3, "resource_unavailable"),
    StatusSpec::new(0xde_8108, "faulty_record"),
    StatusSpec::new(0xde_813d, "device_state_conflict"),
    StatusSpec::new(0xde_8140, "rpc_error"),
    StatusSpec::new(0xdf_80a1, "write_error"),
    StatusSpec::new(0xdf_80a2, "module_failure"),
    StatusSpec::new(0xdf_80a7, "busy"),
    StatusSpec::new(0xdf_80a8, "version_conflict"),
    StatusSpec::new(0xdf_80a9, "feature_not_supported"),
    StatusSpec::new(0xdf_80b0, "invalid_index"),
    StatusSpec::new(0xdf_80b1, "write_length_error"),
    StatusSpec::new(0xdf_80b2, "invalid_slot_or_subslot"),
    StatusSpec::new(0xdf_80b3, "type_conflict"),
    StatusSpec::new(0xdf_80b4, "invalid_area_or_api"),
    StatusSpec::new(0xdf_80b5, "state_conflict"),
    StatusSpec::new(0xdf_80b6, "access_denied"),
    StatusSpec::new(0xdf_80b7, "invalid_range"),
    StatusSpec::new(0xdf_80b8, "invalid_parameter"),
    StatusSpec::new(0xdf_80b9, "invalid_type"),
    StatusSpec::new(0xdf_80ba, "backup"),
    StatusSpec::new(0xdf_80c1, "write_constrain_conflict"),
    StatusSpec::new(0xdf_80c2, "resource_busy"),
    StatusSpec::new(0xdf_80c3, "resource_unavailable"),
    StatusSpec::new(0xdf_8108, "faulty_record"),
    StatusSpec::new(0xdf_813d, "device_state_conflict"),
    StatusSpec::new(0xdf_8140, "rpc_error"),
];
