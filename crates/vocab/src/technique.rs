//! MITRE ATT&CK for ICS: what an attacker uses an operation for.

use crate::spec::{Access, OpSpec};
use core::fmt;

/// A technique of ATT&CK for ICS by its number: `T0855`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Technique(u16);

macro_rules! techniques {
    ($($name:ident $id:literal $title:literal,)*) => {
        impl Technique {
            $(#[doc = $title] pub const $name: Self = Self($id);)*

            /// All techniques that operations are used for, by number.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The same as they are printed, in the same order.
            pub const KEYS: &'static [&'static str] = &[$(concat!("T0", $id)),*];

            /// Its number as it is printed.
            pub const fn key(self) -> &'static str {
                match self.0 {
                    $($id => concat!("T0", $id),)*
                    _ => "",
                }
            }

            /// Its name in ATT&CK.
            pub const fn name(self) -> &'static str {
                match self.0 {
                    $($id => $title,)*
                    _ => "",
                }
            }
        }
    };
}

techniques! {
    ACTIVATE_FIRMWARE_UPDATE_MODE 800 "Activate Firmware Update Mode",
    MONITOR_PROCESS_STATE 801 "Monitor Process State",
    AUTOMATED_COLLECTION 802 "Automated Collection",
    BLOCK_COMMAND_MESSAGE 803 "Block Command Message",
    BLOCK_REPORTING_MESSAGE 804 "Block Reporting Message",
    COMMAND_LINE_INTERFACE 807 "Command-Line Interface",
    DATA_DESTRUCTION 809 "Data Destruction",
    DENIAL_OF_SERVICE 814 "Denial of Service",
    DEVICE_RESTART 816 "Device Restart/Shutdown",
    MODIFY_CONTROLLER_TASKING 821 "Modify Controller Tasking",
    MANIPULATE_IO_IMAGE 835 "Manipulate I/O Image",
    MODIFY_PARAMETER 836 "Modify Parameter",
    MODIFY_ALARM_SETTINGS 838 "Modify Alarm Settings",
    NETWORK_CONNECTION_ENUMERATION 840 "Network Connection Enumeration",
    PROGRAM_DOWNLOAD 843 "Program Download",
    PROGRAM_UPLOAD 845 "Program Upload",
    REMOTE_SYSTEM_DISCOVERY 846 "Remote System Discovery",
    ROGUE_MASTER 848 "Rogue Master",
    UNAUTHORIZED_COMMAND_MESSAGE 855 "Unauthorized Command Message",
    SPOOF_REPORTING_MESSAGE 856 "Spoof Reporting Message",
    SYSTEM_FIRMWARE 857 "System Firmware",
    CHANGE_OPERATING_MODE 858 "Change Operating Mode",
    VALID_ACCOUNTS 859 "Valid Accounts",
    POINT_AND_TAG_IDENTIFICATION 861 "Point & Tag Identification",
    LATERAL_TOOL_TRANSFER 867 "Lateral Tool Transfer",
    DETECT_OPERATING_MODE 868 "Detect Operating Mode",
    EXECUTION_THROUGH_API 871 "Execution through API",
    INDICATOR_REMOVAL 872 "Indicator Removal on Host",
    IO_IMAGE 877 "I/O Image",
    ALARM_SUPPRESSION 878 "Alarm Suppression",
    SERVICE_STOP 881 "Service Stop",
    REMOTE_SERVICES 886 "Remote Services",
    REMOTE_SYSTEM_INFORMATION_DISCOVERY 888 "Remote System Information Discovery",
    MODIFY_PROGRAM 889 "Modify Program",
    CHANGE_CREDENTIAL 892 "Change Credential",
    DATA_FROM_LOCAL_SYSTEM 893 "Data from Local System",
}

impl fmt::Display for Technique {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "T{:04}", self.0)
    }
}

/// How an operation comes to its technique.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attack {
    /// From its name and access class, by the words below.
    Named,
    /// As its row says.
    Is(Technique),
    /// None: its row says that no attacker gains by it.
    Nothing,
}

/// What phrases in an operation's name say about it, phrases by spaces. First match wins. A phrase
/// is whole words of the name. One that begins or ends with `*` may begin or end inside a word, one
/// with `=` must be the whole name, and `*` fits any name.
type Rules = &'static [(&'static str, Technique)];

type T = Technique;

const OBSERVE: Rules = &[
    (
        "read_state get_state read_status read_status_cpu* read_status_own* operating_mode \
         power_mode* read_safety_mode =mode_transition mode_stop mode_run* mode_hold \
         mode_warm* mode_cold* mode_hot* mode_link* mode_update controller_status_read \
         read_halt* read_short_status get_cp_status cp_status get_mp_status mp_status \
         check_plc application_states",
        T::DETECT_OPERATING_MODE,
    ),
    (
        "identity_get* message_router_get* connection_manager_get* file_get* time_sync_get* \
         device_level_ring_get* qos_get* security_get* controller_name_get* wall_clock_get* \
         firmware_get* change_log_get* port_get* tcp_ip_get* ethernet_link_get* \
         sdo_information_error",
        T::REMOTE_SYSTEM_INFORMATION_DISCOVERY,
    ),
    (
        "symbol symbols symbolic_translation tag_data_get* template browse* explore name_list \
         item_ids item_id item_attributes objects object_instance sdo_list* sdo_describe* \
         sdo_object sdo_entry property_description* get_variable* get_named* get_scattered* \
         get_domain* get_program_invocation* get_event_condition* get_event_action* get_event_enrollment* get_unit_control* get_data_exchange* \
         all_instances instance_attribute_list get_point* point_groups query_variable* \
         query_standard* history_pointers discover_attributes* node_birth device_birth \
         access_paths query_available* query_source* query_condition* query_event* translate* \
         io_positions io_address get_handle_by_name member_list dynamic_variable_assignments \
         device_variable_information data_publication data_topic",
        T::POINT_AND_TAG_IDENTIFICATION,
    ),
    (
        "who_is who_has who_am_i who_is_router_to_network identify identify_by* list_identity \
         list_targets search_request search_request_extended discover find_servers \
         find_servers_on_network find_device find_controller node_search =scan =detection \
         address_request resolve* enumerate_servers poll_sub_device device_request \
         individual_address_read individual_address_serial_number_read domain_address_read \
         service_pin nmt_invitation identify_connection",
        T::REMOTE_SYSTEM_DISCOVERY,
    ),
    (
        "routes network_adapters read_broadcast* read_foreign* connection_data \
         connection_data_read network_status network_status_read what_is_network_number \
         report_router_table channel_routing link_read",
        T::NETWORK_CONNECTION_ENUMERATION,
    ),
    (
        "*_info information identification target_ident unique_identifier identifier =identity \
         read_id read_szl read_diagnostic* get_diagnostic diagnostic_status diagnostics get_status server_info controller_data_read \
         server_id get_version* module_versions firmware_version read_device* read_clock \
         clock_read read_time read_date* get_endpoints list_services list_interfaces \
         capabilities module_types rack device_descriptor_read device_descriptor \
         description_request read_i read_real* read_expected* read_assets read_physical* \
         read_log* get_log* get_event_log error_log_read access_log_read name_read read_host* \
         read_registry read_cpu* list_blocks* block_sizes block_size program_blocks \
         read_block* read_eeprom send_configuration* read_by_position read_by_address \
         get_descriptors system_configuration read_program* read_controller* fault_table \
         target_description read_audit_log station_number query_id query_status \
         request_device_configuration program_names application_list project_info \
         entity_status_request =status_request identity_request read_message read_long* \
         read_tag* read_unit* read_transducer* read_loop* read_real_time_clock read_network* \
         read_sub_device_identity return_diagnostic* diagnostic_message event_log read_directory* \
         module_differences read_port* read_interface* read_relations chassis* cp_status \
         user_manufacturer* statistics read_nickname read_device_nickname get_capability_list \
         system_network_parameter_read network_parameter_read query_domain query_address \
         get_setting",
        T::REMOTE_SYSTEM_INFORMATION_DISCOVERY,
    ),
];

const READ: Rules = &[
    (
        "subscribe* add_notification sum_add_notification cyclic_service define_flow \
         create_monitored_items create_subscription observe register_variables trace \
         read_trend history* async_refresh* monitor publish enable_job change_driven_transfer",
        T::AUTOMATED_COLLECTION,
    ),
    (
        "explore data_dictionary* get_variables_address get_types get_root_nodes \
         get_child_nodes query_first history_tag* get_item_properties get_properties \
         property_info get_area_address get_address_info",
        T::POINT_AND_TAG_IDENTIFICATION,
    ),
    ("inputs outputs coils discrete_inputs forced* coils_registers io_object", T::IO_IMAGE),
    ("*", T::MONITOR_PROCESS_STATE),
];

const WRITE: Rules = &[
    ("force* unforce toggle_force substitute", T::MANIPULATE_IO_IMAGE),
    (
        "coil coils output outputs single_coil freeze freeze_at_time =invoke =publish \
         group_value_write data_production cyclic_data* =cyclic_master data_transfer \
         =encrypted secure* peer_to_peer* passthrough =message application_message *_packet \
         *_communications store_and_forward =request =command proxy_command =data data_end nokey_data* data_frag* data_deprecated data_dispose \
         data_action foreign_frame =fragment =tunnelling_request =routing_indication general* \
         access_request access_response vendor_specific rt_class* =poll_request \
         process_modbus modbus_processed transmitter_request aps_data inter_pan \
         diagnostic_message secured_data canopen* replace_job exchange_data",
        T::UNAUTHORIZED_COMMAND_MESSAGE,
    ),
    ("clear* retentives_cleared", T::DATA_DESTRUCTION),
    ("*", T::MODIFY_PARAMETER),
];

const CONTROL: Rules = &[
    ("stop_transmission", T::BLOCK_REPORTING_MESSAGE),
    ("start_transmission", T::AUTOMATED_COLLECTION),
    ("=sample", T::SPOOF_REPORTING_MESSAGE),
    (
        "communication_control force_listen_only suspend_devices =disconnect_device",
        T::DENIAL_OF_SERVICE,
    ),
    (
        "force* forces disable_forces fixed_current_mode fixed_analog_channel_mode substitute",
        T::MANIPULATE_IO_IMAGE,
    ),
    ("alarm* acknowledge_condition", T::ALARM_SUPPRESSION),
    ("=connect", T::ROGUE_MASTER),
    ("shutdown_request", T::SERVICE_STOP),
    ("initialize_data", T::MODIFY_PARAMETER),
    ("initialize_application", T::CHANGE_OPERATING_MODE),
    (
        "reset* restart* reboot* shut* coldstart warmstart cold_restart warm_restart \
         initialise* initialize* reinitialise* factory* reinitialize* device_supervisor_abort",
        T::DEVICE_RESTART,
    ),
    (
        "start* stop* run running halt* program_halted pause* program_paused hold suspend \
         resume =mode mode_change change_mode set_mode set_node_mode set_cpu_mode \
         safety_mode* configuration_mode operating_mode set_state programmer_command \
         breakpoint* single_cycle single_step single_scan single_instruction step_over \
         step_in step_out enable_scanning plc_control kill cold_start warm_start hot_start \
         next_statement enter_pre_operational* execution_points exit_hold run_or_stop \
         run_cpu* run_own* run_all* go_conditional local_cycle all_cycles session_control \
         instruction_pointer interrupt_xob* select_program* *_plc",
        T::CHANGE_OPERATING_MODE,
    ),
    ("*", T::UNAUTHORIZED_COMMAND_MESSAGE),
];

const PROGRAM: Rules = &[
    ("task_set*", T::MODIFY_CONTROLLER_TASKING),
    ("programming_session firmware_prepare", T::ACTIVATE_FIRMWARE_UPDATE_MODE),
    ("foe_read* file_upload", T::DATA_FROM_LOCAL_SYSTEM),
    ("firmware* flash* erase_flash image* foe*", T::SYSTEM_FIRMWARE),
    ("eeprom", T::MODIFY_PARAMETER),
    ("private* proprietary* unassigned* passthrough", T::UNAUTHORIZED_COMMAND_MESSAGE),
    ("start_process implant_execute execute_pccc execute_command_list", T::EXECUTION_THROUGH_API),
    ("shell* vt_open vt_data", T::COMMAND_LINE_INTERFACE),
    ("authenticate*", T::VALID_ACCOUNTS),
    (
        "file_transfer_upload upload* uploaded start_backup end_backup =backup read_program* \
         read_routine read_section* program_area_read read_block* store_domain_content \
         read_user_memory read_application* get_conversion_table conversion_table_read \
         get_symbol_table store_program_from_plc read_bytes* get_safe_signature \
         read_project_file store_unit_control* exit_download_upload_mode nc_upload",
        T::PROGRAM_UPLOAD,
    ),
    (
        "program_line set_attribute* delete_program_invocation remove_from* alter_program* \
         clear_data_block clear_text",
        T::MODIFY_PROGRAM,
    ),
    (
        "delete_file file_delete remove_directory erase* clear* cleared initialize_memory \
         format delete_domain delete_directory memory_reset file_memory_format =delete \
         delete_object delete_application delete_unit_control delete_block",
        T::DATA_DESTRUCTION,
    ),
    (
        "make_directory create_directory rename_directory directory_create_delete \
         synchronise_files",
        T::LATERAL_TOOL_TRANSFER,
    ),
    (
        "read_file* file_read get_file* file_name_read single_file_read atomic_read* \
         list_files find_file directory read_directory get_directory read_memory* memory_read \
         physical_read protected_file_read user_memory_read memory_index_read \
         file_memory_read user_memory_response memory_response search* query_log \
         file_data_check file_info* open_project_file implant_read* partial_read \
         get_edit_resource read_request",
        T::DATA_FROM_LOCAL_SYSTEM,
    ),
    (
        "online_change on_run swap* write_project_file close_project_file download_segment load_unit_control* \
         unit_control_load* transfer_data transfer_exit request_download* download_block* \
         nc_download* end_download* download_ended set_program*",
        T::PROGRAM_DOWNLOAD,
    ),
    (
        "write_file* file_write* file* open_file close_file copy* rename* transfer* \
         file_transfer* filetransfer* stream section_ready call_file last_segment \
         acknowledge_file segment volume* atomic_write* memory_cassette* new_file open_print* \
         abort_file parameter_file* obtain_file modify_compatibility_file \
         protected_file_write read_from_file_handle cancel_file* end_file* change_file*",
        T::LATERAL_TOOL_TRANSFER,
    ),
    (
        "download* load* downloaded *_download write_program* program_area_write write_block* \
         reconfigure* boot* preload* allocate* program* write_user_memory write_bytes* \
         activate_configuration configuration* configure* restore* start_restore store* \
         sequence function* vector* network_allocated io_address* module_configured \
         deconfigure* module_deconfigured set_initial* set_data* set_io* initial_values* \
         create_boot* register_boot* *_accepted data_area_set create_unit_control \
         add_to_unit_control create_program_invocation set_script_table conversion_table \
         symbol_table* set_data_table_size modification_accepted all_permitted",
        T::PROGRAM_DOWNLOAD,
    ),
    (
        "create* alter* modify* change* insert* write* make* edit* return_edit* implant* \
         memory_write recalculate* refresh*",
        T::MODIFY_PROGRAM,
    ),
    ("*", T::UNAUTHORIZED_COMMAND_MESSAGE),
];

/// For protocols of the office: how attackers move what they bring between machines and start it.
const OFFICE_PROGRAM: Rules = &[
    ("svcctl* scheduler* atsvc* wmi*", T::REMOTE_SERVICES),
    ("read_request", T::DATA_FROM_LOCAL_SYSTEM),
    ("delete* dele rmd", T::DATA_DESTRUCTION),
    ("*", T::LATERAL_TOOL_TRANSFER),
];

/// The same for their settings and the state of their machines.
const OFFICE_CONTROL: Rules = &[
    ("svcctl* scheduler* =init dcom_create*", T::REMOTE_SERVICES),
    ("samr*", T::CHANGE_CREDENTIAL),
    ("=shutdown", T::SERVICE_STOP),
    ("shut_down*", T::DEVICE_RESTART),
    ("=set", T::MODIFY_PARAMETER),
];

const ADMIN: Rules = &[
    (
        "write_key key_write key_set set_password reset_password key_change \
         update_key* request_key* set_master_key request_master_key network_key join_key \
         distribution_key set_security* security_setup* cip_security* enip_security* \
         set_association association_action user_status_change user_management register_users \
         set_user create_user session_key* access_control access_control_list certificate*",
        T::CHANGE_CREDENTIAL,
    ),
    (
        "logon login* interactive_login authenticate* authentication auth_request \
         security_access =security enter_password login_password clear_password unlock shell_password authorize* \
         change_privilege",
        T::VALID_ACCOUNTS,
    ),
    ("plc_shell shell*", T::COMMAND_LINE_INTERFACE),
    ("factory_reset master_reset reset_to_defaults", T::DEVICE_RESTART),
    (
        "error_log_clear access_log_clear clear_history message_read_clear reset_diagnostic* \
         clear_diagnostic* clear_counters clear_error* clear_status error_clear get_and_clear \
         delete_journal initialize_journal clear_overrun* clear_fault*",
        T::INDICATOR_REMOVAL,
    ),
    (
        "acknowledge_alarm alarm_acknowledge alarm_8_lock alarm_8_unlock clear_module_alarms \
         module_alarms_cleared acknowledge_event* disable_condition*",
        T::ALARM_SUPPRESSION,
    ),
    (
        "alarm* alarms event_notification* event_condition* event_action event_enrollment control_dtc* response_on_event condition*",
        T::MODIFY_ALARM_SETTINGS,
    ),
    (
        "disable_unsolicited report_by_exception_manager burst_mode_control \
         configure_reporting set_push* acknowledge_report",
        T::BLOCK_REPORTING_MESSAGE,
    ),
    (
        "lock* lock reservation access_right* configuration_lock signed_take* signed_release* \
         reservation_nonces",
        T::BLOCK_COMMAND_MESSAGE,
    ),
    (
        "area_read table_read read_users read_user_details respond_to_query",
        T::DATA_FROM_LOCAL_SYSTEM,
    ),
    ("register_foreign_device* add_route", T::ROGUE_MASTER),
    ("*", T::MODIFY_PARAMETER),
];

/// Whether a phrase stands in a name.
fn stands(phrase: &str, name: &str) -> bool {
    if let Some(whole) = phrase.strip_prefix('=') {
        return whole == name;
    }
    let (phrase, ends) = phrase.strip_suffix('*').map_or((phrase, true), |begun| (begun, false));
    let (phrase, begins) = phrase.strip_prefix('*').map_or((phrase, true), |rest| (rest, false));
    if phrase.is_empty() {
        return true;
    }
    name.match_indices(phrase).any(|(at, _)| {
        let before = at.checked_sub(1).and_then(|at| name.as_bytes().get(at));
        let after = name.as_bytes().get(at.saturating_add(phrase.len()));
        let edge = |byte: Option<&u8>| byte.is_none_or(|&b| b == b'_');
        (!begins || edge(before)) && (!ends || edge(after))
    })
}

/// The technique that an operation's name and access class tell.
pub(crate) fn by_name(op: &OpSpec, industrial: bool) -> Option<Technique> {
    let rules = match op.access {
        Access::Observe | Access::Read | Access::Write if !industrial => return None,
        Access::Program if !industrial => OFFICE_PROGRAM,
        _ if !industrial => OFFICE_CONTROL,
        Access::Observe => OBSERVE,
        Access::Read => READ,
        Access::Write => WRITE,
        Access::Control => CONTROL,
        Access::Program => PROGRAM,
        Access::Admin => ADMIN,
    };
    let fits = |phrases: &str| phrases.split(' ').any(|phrase| stands(phrase, op.name));
    rules.iter().find(|(phrases, _)| fits(phrases)).map(|(_, technique)| *technique)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;
    use core::fmt::Write;

    #[test]
    fn phrases_are_whole_words_unless_left_open() {
        assert!(stands("reset", "device_reset"));
        assert!(!stands("reset", "to_factory_resets"));
        assert!(stands("reset*", "resets_all"));
        assert!(!stands("set", "reset"));
        assert!(stands("read_file", "foe_read_file"));
        assert!(!stands("read_file", "read_files"));
        assert!(stands("=data", "data") && !stands("=data", "write_tag_data"));
        assert!(stands("*_plc", "signed_stop_plc") && stands("*", "anything"));
    }

    #[test]
    fn numbers_ascend_and_print_as_attack_writes_them() {
        assert!(Technique::ALL.is_sorted_by(|a, b| a < b));
        let mut text = String::new();
        write!(text, "{}", Technique::MODIFY_PARAMETER).unwrap();
        assert_eq!(text, "T0836");
        assert_eq!(Technique::MODIFY_PARAMETER.name(), "Modify Parameter");
        for (technique, key) in Technique::ALL.iter().zip(Technique::KEYS) {
            assert_eq!(technique.key(), *key);
            text.clear();
            write!(text, "{technique}").unwrap();
            assert_eq!(text, *key);
        }
    }
}
