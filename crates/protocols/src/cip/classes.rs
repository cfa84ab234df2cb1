//! Names of object classes. CIP Vol 1 ch. 5, CIP Vol 2 ch. 5; from 0x64 on the maker's own, named
//! where Rockwell Automation's publications or their clients name them.

use core::fmt::{Result, Write};

pub(super) const IDENTITY: u32 = 0x01;
pub(super) const CONNECTION_MANAGER: u32 = 0x06;
pub(super) const MESSAGE_ROUTER: u32 = 0x02;
pub(super) const ASSEMBLY: u32 = 0x04;
pub(super) const CONTROLLER_NAME: u32 = 0x64;
pub(super) const PCCC: u32 = 0x67;
/// Tags: 1756-PM020, Symbol Object.
pub(super) const SYMBOL: u32 = 0x6b;
pub(super) const FIRMWARE: u32 = 0xa1;
pub(super) const TCP_IP: u32 = 0xf5;
pub(super) const ETHERNET_LINK: u32 = 0xf6;

/// Writes a class's name, or its number where it has none.
pub(super) fn write(class: u32, out: &mut dyn Write) -> Result {
    match name(class) {
        Some(name) => out.write_str(name),
        None => write!(out, "class_0x{class:02x}"),
    }
}

#[rustfmt::skip]
const NAMES: &[(u32, &str)] = &[
    (0x01, "identity"), (0x02, "message_router"), (0x03, "devicenet"), (0x04, "assembly"),
    (0x05, "connection"), (0x06, "connection_manager"), (0x07, "register"),
    (0x08, "discrete_input"), (0x09, "discrete_output"), (0x0a, "analog_input"),
    (0x0b, "analog_output"), (0x0e, "presence_sensing"), (0x0f, "parameter"),
    (0x10, "parameter_group"), (0x12, "group"), (0x1d, "discrete_input_group"),
    (0x1e, "discrete_output_group"), (0x1f, "discrete_group"), (0x20, "analog_input_group"),
    (0x21, "analog_output_group"), (0x22, "analog_group"), (0x23, "position_sensor"),
    (0x24, "position_controller_supervisor"), (0x25, "position_controller"),
    (0x26, "block_sequencer"), (0x27, "command_block"), (0x28, "motor_data"),
    (0x29, "control_supervisor"), (0x2a, "drive"), (0x2b, "acknowledge_handler"),
    (0x2c, "overload"), (0x2d, "softstart"), (0x2e, "selection"), (0x30, "device_supervisor"),
    (0x31, "analog_sensor"), (0x32, "analog_actuator"), (0x33, "single_stage_controller"),
    (0x34, "gas_calibration"), (0x35, "trip_point"), (0x37, "file"), (0x38, "partial_pressure"),
    (0x39, "safety_supervisor"), (0x3a, "safety_validator"), (0x3b, "safety_discrete_output"),
    (0x3c, "safety_discrete_output_group"), (0x3d, "safety_discrete_input"),
    (0x3e, "safety_discrete_input_group"), (0x3f, "safety_dual_channel_output"),
    (0x40, "sensor_calibration"), (0x41, "event_log"), (0x42, "motion_axis"),
    (0x43, "time_sync"), (0x44, "modbus"), (0x45, "originator_connection_list"),
    (0x46, "modbus_serial_link"), (0x47, "device_level_ring"), (0x48, "qos"),
    (0x49, "safety_analog_input"), (0x4a, "safety_analog_input_group"),
    (0x4b, "safety_dual_channel_analog_input"), (0x4c, "sercos_link"),
    (0x4d, "target_connection_list"), (0x4e, "base_energy"), (0x4f, "electrical_energy"),
    (0x50, "non_electrical_energy"), (0x51, "base_switch"), (0x52, "snmp"),
    (0x53, "power_management"), (0x54, "rstp_bridge"), (0x55, "rstp_port"), (0x56, "prp_hsr"),
    (0x57, "prp_hsr_nodes"), (0x58, "safety_feedback"), (0x59, "safety_dual_channel_feedback"),
    (0x5a, "safety_stop_functions"), (0x5b, "safety_limit_functions"),
    (0x5c, "power_curtailment"), (0x5d, "cip_security"), (0x5e, "enip_security"),
    (0x5f, "certificate_management"), (0x64, "controller_name"), (0x67, "pccc"),
    (0x68, "program"), (0x69, "module_map"), (0x6a, "tag_data"), (0x6b, "symbol"),
    (0x6c, "template"), (0x6d, "routine"), (0x70, "task"), (0x72, "controller_memory"),
    (0x7e, "module_connection"), (0x8b, "wall_clock"), (0x8e, "controller"),
    (0xa1, "nonvolatile_storage"), (0xac, "change_log"), (0xf0, "controlnet"),
    (0xf1, "controlnet_keeper"), (0xf2, "controlnet_scheduling"),
    (0xf3, "connection_configuration"), (0xf4, "port"), (0xf5, "tcp_ip"),
    (0xf6, "ethernet_link"), (0xf7, "componet"), (0xf8, "componet_repeater"),
];

fn name(class: u32) -> Option<&'static str> {
    let at = NAMES.binary_search_by_key(&class, |(number, _)| *number).ok()?;
    NAMES.get(at).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order() {
        assert!(NAMES.is_sorted_by_key(|(number, _)| *number));
        assert_eq!(name(0xf5), Some("tcp_ip"));
        assert_eq!(name(0x65), None);
    }
}
