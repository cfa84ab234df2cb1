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
    MONITOR_PROCESS_STATE 801 "Monitor Process State",
    AUTOMATED_COLLECTION 802 "Automated Collection",
    BLOCK_COMMAND_MESSAGE 803 "Block Command Message",
    BLOCK_REPORTING_MESSAGE 804 "Block Reporting Message",
    COMMAND_LINE_INTERFACE 807 "Command-Line Interface",
    DATA_DESTRUCTION 809 "Data Destruction",
    DATA_FROM_INFORMATION_REPOSITORIES 811 "Data from Information Repositories",
    DENIAL_OF_SERVICE 814 "Denial of Service",
    DEVICE_RESTART 816 "Device Restart/Shutdown",
    MODIFY_CONTROLLER_TASKING 821 "Modify Controller Tasking",
    GRAPHICAL_USER_INTERFACE 823 "Graphical User Interface",
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
    /// From its name and access class, by the words below. Only for industrial protocols.
    Named,
    /// As its row says.
    Is(Technique),
    /// None: its row says that no attacker gains by it.
    Nothing,
}

/// What phrases in an operation's name say about it, phrases by spaces. First match wins. A phrase
/// is whole words of the name; one that ends in `*` may end inside a word, and `*` fits any name.
type Rules = &'static [(&'static str, Technique)];

type T = Technique;

const OBSERVE: Rules = &[
    ("mode read_status cpu_status read_state program_state", T::DETECT_OPERATING_MODE),
    (
        "symbol* tag* variable* browse explore template name_list item_ids object* attribute* \
         all_instances instance_attribute_list point* areas describe property_description \
         data_dictionary node_birth device_birth",
        T::POINT_AND_TAG_IDENTIFICATION,
    ),
    (
        "who_is who_has identify list_identity list_targets search_request \
         search_request_extended discover find_servers find_device find_controller \
         node_search scan address_request resolve* enumerate_servers poll_sub_device who_am_i \
         device_request",
        T::REMOTE_SYSTEM_DISCOVERY,
    ),
    (
        "routes network_adapters routing_table foreign_device_table distribution_table \
         connection_data* network_status",
        T::NETWORK_CONNECTION_ENUMERATION,
    ),
    (
        "info* identification ident identifier identity read_id read_szl diagnostic* \
         get_status server_info controller_data_read server_id version* read_device* \
         read_clock clock_read read_time get_endpoints list_services list_interfaces \
         capabilities module* rack hardware device_descriptor* description_request read_i \
         read_real read_expected read_assets read_physical read_log* event_log error_log_read \
         name_read read_host read_registry read_cpu report_server_id block* get_domain* \
         read_eeprom configuration* get_descriptors system_configuration program_names \
         controller_type fault_table target_description read_audit_log station_number \
         query_id query_status read_station* attributes get_file_information application_list \
         application_states error_log access_log_read entity_status_request status_request \
         identity_request sdo_list* read_message",
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
        "coil* output* freeze invoke publish group_value_write data_production cyclic_data* \
         cyclic_master data_transfer encrypted secure* peer_to_peer* passthrough message \
         packet frame custom store_and_forward request command* ciphered* data foreign_frame \
         fragment tunnelling_request routing_indication general* access_request \
         vendor_specific rt_class* poll_request process_modbus transmitter_request protected \
         aps_data inter_pan diagnostic_message secured_data canopen* job",
        T::UNAUTHORIZED_COMMAND_MESSAGE,
    ),
    ("clear*", T::DATA_DESTRUCTION),
    ("*", T::MODIFY_PARAMETER),
];

const CONTROL: Rules = &[
    ("force* forces substitute", T::MANIPULATE_IO_IMAGE),
    ("communication_control force_listen_only suspend_devices disconnect*", T::DENIAL_OF_SERVICE),
    ("alarm* condition", T::ALARM_SUPPRESSION),
    (
        "life_safety_operation operate select* direct_operate* disconnect_control*",
        T::UNAUTHORIZED_COMMAND_MESSAGE,
    ),
    (
        "reset* restart* reboot* shut* coldstart warmstart cold_restart warm_restart power* \
         initialise* initialize* init factory* reinitialize* reinitialise* terminate abort",
        T::DEVICE_RESTART,
    ),
    (
        "start* stop* run* running halt* pause* hold suspend resume mode* state \
         programmer_command breakpoint* step* single* cycle* scan* scanning plc_control kill \
         cold_start warm_start hot_start debug* statement enter_pre* enable_*ready* ready* \
         execution_points exit_hold nodes go local_cycle all_cycles session_control \
         control_service write_control change_safety_mode instruction_pointer xob enter",
        T::CHANGE_OPERATING_MODE,
    ),
    ("*", T::UNAUTHORIZED_COMMAND_MESSAGE),
];

const PROGRAM: Rules = &[
    ("firmware* flash* image* foe* programming_session", T::SYSTEM_FIRMWARE),
    ("start_process implant_execute wmi* execute* run", T::EXECUTION_THROUGH_API),
    ("shell*", T::COMMAND_LINE_INTERFACE),
    ("vt", T::COMMAND_LINE_INTERFACE),
    (
        "delete_file file_delete remove* erase* clear* cleared format delete_domain \
         delete_directory memory_reset file_memory_format delete*",
        T::DATA_DESTRUCTION,
    ),
    (
        "upload* uploaded obtain* backup read_program* read_routine read_section* \
         program_area_read read_block* store_domain_content read_user_memory \
         read_application* get_conversion_table get_symbol_table program_area \
         store_program_from_plc read_bytes* symbol_table conversion_table signature \
         read_project_file store_unit_control*",
        T::PROGRAM_UPLOAD,
    ),
    (
        "read_file* file_read* get_file* file_name_read single_file_read list_files find_file \
         seek_file directory* read_memory* memory_read* physical_read protected_file_read \
         user_memory_read user_memory_response memory_response read_directory search* \
         query_log memory_index_read file_data_check file_info* open_project_file \
         implant_read* read_capability* partial_read read_request get_edit_resource \
         read_write_request",
        T::DATA_FROM_LOCAL_SYSTEM,
    ),
    (
        "online_change on_run partial_write download_change* task* swap*",
        T::MODIFY_CONTROLLER_TASKING,
    ),
    (
        "write_file* file_write* file* open* close* directories copy* rename* transfer* \
         stream call_file section segment volume* atomic* last_segment save_data \
         memory_cassette* authenticate_file memory_file*",
        T::LATERAL_TOOL_TRANSFER,
    ),
    (
        "download* load* downloaded end_download* write_program* program_area_write \
         write_block* reconfigure* boot* preload* allocat* set_* program* write_user_memory \
         write_bytes* configuration* configured restore* store* write_project_file sequence \
         function* vector* network_* io_* modul* initial* unit_control*",
        T::PROGRAM_DOWNLOAD,
    ),
    (
        "create* alter* modify* change* insert* write* make* edit* routine* symbol* template* \
         implant* register* memory_write memory* script* table* invocation nc patch",
        T::MODIFY_PROGRAM,
    ),
    ("*", T::UNAUTHORIZED_COMMAND_MESSAGE),
];

const ADMIN: Rules = &[
    (
        "write_key key_write key_set set_password reset_password key_change update_key* \
         set_master_key master_key network_key join_key distribution_key set_security* \
         security_setup* security_set* set_association association_action user_status_change \
         user_management register_users set_user create_user session_key* key_update \
         change_access_control access_control_list certificate* kick_timer",
        T::CHANGE_CREDENTIAL,
    ),
    (
        "password log*_on logon login* authenticate* authentication auth* security_access \
         security enter_password authorize* privilege access_right*",
        T::VALID_ACCOUNTS,
    ),
    ("shell*", T::COMMAND_LINE_INTERFACE),
    (
        "error_log_clear access_log_clear clear_history message_read_clear clear_*counter* \
         reset_diagnostic* clear_diagnostic* clear_counters clear_error* error_clear \
         delete_journal initialize_journal clear_status fault_table get_and_clear \
         overrun_counter clear_fault*",
        T::INDICATOR_REMOVAL,
    ),
    (
        "acknowledge_alarm alarm_acknowledge alarm_8_lock module_alarms* acknowledge_event* \
         disable_condition* alarm_8_unlock",
        T::ALARM_SUPPRESSION,
    ),
    ("alarm* event* condition* dtc*", T::MODIFY_ALARM_SETTINGS),
    ("unsolicited report* burst* push* publishing acknowledge_report", T::BLOCK_REPORTING_MESSAGE),
    ("lock* reservation* take* unlock protect* release", T::BLOCK_COMMAND_MESSAGE),
    ("read query* get* request_master_key respond* upload", T::DATA_FROM_LOCAL_SYSTEM),
    ("foreign_device* add_route register_server*", T::ROGUE_MASTER),
    ("*", T::MODIFY_PARAMETER),
];

/// Whether a phrase stands in a name, from the beginning of a word to the end of one.
fn stands(phrase: &str, name: &str) -> bool {
    let (phrase, open) = phrase.strip_suffix('*').map_or((phrase, false), |begun| (begun, true));
    if phrase.is_empty() {
        return true;
    }
    name.match_indices(phrase).any(|(at, _)| {
        let before = at.checked_sub(1).and_then(|at| name.as_bytes().get(at));
        let after = name.as_bytes().get(at.saturating_add(phrase.len()));
        before.is_none_or(|&b| b == b'_') && (open || after.is_none_or(|&b| b == b'_'))
    })
}

/// The technique that an operation's name and access class tell.
pub(crate) fn by_name(op: &OpSpec) -> Option<Technique> {
    let rules = match op.access {
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
    extern crate alloc;
    use super::*;
    use alloc::string::String;
    use core::fmt::Write;

    #[test]
    fn phrases_are_whole_words_unless_left_open() {
        assert!(stands("reset", "device_reset"));
        assert!(!stands("reset", "reset_to_factory_resets".trim_start_matches("reset_")));
        assert!(stands("reset*", "resets_all"));
        assert!(!stands("set", "reset"));
        assert!(stands("read_file", "foe_read_file"));
        assert!(!stands("read_file", "read_files"));
    }

    #[test]
    fn numbers_ascend_and_print_as_attack_writes_them() {
        assert!(Technique::ALL.is_sorted_by(|a, b| a < b));
        let mut text = String::new();
        write!(text, "{}", Technique::MODIFY_PARAMETER).unwrap();
        assert_eq!(text, "T0836");
        assert_eq!(Technique::MODIFY_PARAMETER.name(), "Modify Parameter");
    }
}
