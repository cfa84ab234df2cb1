//! What depth 4 means, shown in the cases: a gate can allow or deny a single message by operation,
//! target and value, and knows how the protocol says no.

#![allow(clippy::unwrap_used)]

use dissect::Registry;
use protocols::Protocols;
use std::collections::BTreeMap;
use vocab::{Access, OpSpec, Spec};

/// Operations whose message names no target: they act on the device or the session that they are
/// sent to, which the unit or the conversation names; or they are the carrier of another protocol.
const WHOLE: &[(&str, &[&str])] = &[
    ("modbus", &["restart_communications", "force_listen_only", "umas"]),
    // The object dictionary is CANopen's: nobody here reads it.
    ("modbus", &["canopen_general_reference"]),
    ("dnp3", &["cold_restart", "warm_restart", "initialize_data", "reset_user_process"]),
    ("iec104", &["reset_process"]),
    (
        "bacnet",
        &[
            "unconfirmed_private_transfer",
            "confirmed_private_transfer",
            "unassigned_unconfirmed_service",
            "device_communication_control",
            "reinitialize_device",
            "reinitialize_device_coldstart",
            "reinitialize_device_warmstart",
            "reinitialize_device_start_backup",
            "reinitialize_device_end_backup",
            "reinitialize_device_start_restore",
            "reinitialize_device_end_restore",
            "reinitialize_device_abort_restore",
            "vt_open",
            "vt_data",
            "proprietary_network_message",
            "mstp_proprietary_frame",
        ],
    ),
    ("enip", &["ring_locate_fault", "ring_flush_tables"]),
    // The controller: its mode, its outputs, its forces, all of its program.
    (
        "cip",
        &[
            "execute_pccc",
            "pccc_change_mode",
            "pccc_set_cpu_mode",
            "pccc_disable_forces",
            "pccc_disable_outputs",
            "pccc_enable_scanning",
            "pccc_initialize_memory",
            "pccc_enter_download_mode",
            "pccc_enter_upload_mode",
            "pccc_exit_download_upload_mode",
            "pccc_download_all_request",
            "pccc_download_completed",
            "pccc_upload_all_request",
            "pccc_upload_completed",
            "pccc_get_edit_resource",
            "pccc_return_edit_resource",
            "pccc_set_data_table_size",
        ],
    ),
    ("mms", &["vmd_stop", "vmd_reset"]),
    // Answers say only what became of it; what is encrypted says nothing.
    ("opcua", &["history_update_response", "sessionless_invoke_response", "encrypted"]),
    ("opcua", &["sessionless_invoke"]),
    ("s7comm", &["plc_stop", "memory_reset", "flash_led", "exit_hold", "programmer_command"]),
];

/// Operations that go on with what an earlier message of the same session named, by a number among
/// the arguments; or whose content is not published or not read (the protocol's README says so), so
/// that a gate judges them by operation alone.
const GOES_ON: &[(&str, &[&str])] = &[
    (
        "cip",
        &[
            "pccc_open_file",
            "pccc_execute_command_list",
            "pccc_physical_read",
            "pccc_read_modify_write_n",
        ],
    ),
    ("mms", &["upload_segment", "terminate_upload_sequence", "file_read", "file_close"]),
    ("s7comm", &["select_force"]),
    (
        "s7comm",
        &[
            "nc_programming",
            "nc_download_block",
            "nc_continue_download",
            "nc_download_ended",
            "nc_upload",
            "nc_continue_upload",
        ],
    ),
];

/// Writing operations whose message carries no value: the device takes one that it has.
const VALUELESS: &[(&str, &[&str])] = &[
    ("dnp3", &["immediate_freeze", "immediate_freeze_no_response"]),
    ("opcua", &["encrypted", "write_response", "history_update_response"]),
    // The masks are among the arguments: what the register becomes depends on what it was.
    ("modbus", &["mask_write_register", "canopen_general_reference"]),
    ("cip", &["read_modify_write_tag"]),
    // Not read: see above.
    ("cip", &["pccc_read_modify_write_n"]),
];

/// What the cases show of an operation.
#[derive(Clone, Copy, Debug, Default)]
struct Shown {
    asked: bool,
    answered: bool,
    target: bool,
    value: bool,
    refused: bool,
}

/// All facts that cases expect, of all protocols: carriers' cases show what they carry too.
fn expected() -> String {
    let folders = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).unwrap();
    let files = folders.map(|folder| folder.unwrap().path().join("cases.md"));
    let texts = files.filter_map(|file| std::fs::read_to_string(file).ok());
    let steps = texts.flat_map(|text| testkit::read(&text)).flat_map(|case| case.steps);
    steps.map(|step| step.facts + "\n").collect()
}

/// By protocol and operation.
fn shown(facts: &str) -> BTreeMap<(String, String), Shown> {
    let mut all: BTreeMap<(String, String), Shown> = BTreeMap::new();
    let mut at = None;
    for line in facts.lines() {
        if line.starts_with("  ") {
            if let Some((place, _)) = &at {
                let shown: &mut Shown = all.entry(Clone::clone(place)).or_default();
                shown.target = true;
                shown.value |= line.contains(" = ");
                shown.refused |= line.contains(" error=");
            }
            continue;
        }
        at = None;
        let mut words = line.split(' ');
        let (Some(key), Some(mark @ ("<" | ">" | "*")), Some(name)) =
            (words.next(), words.next(), words.next())
        else {
            continue;
        };
        let name = name.split('(').next().unwrap_or("");
        let place = (key.to_owned(), name.to_owned());
        let shown = all.entry(place.clone()).or_default();
        shown.asked |= mark != "<";
        shown.answered |= mark == "<";
        shown.value |= line.contains(" value=");
        shown.refused |= mark == "<" && line.contains(" error");
        at = Some((place, mark));
    }
    all
}

fn listed(list: &[(&str, &[&str])], spec: &Spec, op: &OpSpec) -> bool {
    list.iter().any(|(key, names)| *key == spec.key && names.contains(&op.name))
}

#[test]
fn depth_four_is_shown_operation_by_operation() {
    let facts = expected();
    let all = shown(&facts);
    let mut missing = Vec::new();
    let deep: Vec<_> = Protocols::SPECS.iter().filter(|spec| spec.depth == 4).collect();
    assert!(!deep.is_empty());
    for spec in deep {
        let changes =
            |op: &&&OpSpec| matches!(op.access, Access::Write | Access::Control | Access::Program);
        let rows: Vec<_> = spec.operations.iter().filter(|op| changes(&op)).collect();
        let of = |name: &str| {
            all.get(&(spec.key.to_owned(), name.to_owned())).copied().unwrap_or_default()
        };
        for op in &rows {
            let seen = of(op.name);
            let mut say = |what: &str| missing.push(format!("{} {}: {what}", spec.key, op.name));
            if !seen.asked && !seen.answered {
                say("no case");
                continue;
            }
            if !seen.target && !listed(WHOLE, spec, op) && !listed(GOES_ON, spec, op) {
                say("no target");
            }
            if op.access == Access::Write && !seen.value && !listed(VALUELESS, spec, op) {
                say("no value");
            }
        }
        let answers = rows.iter().any(|op| of(op.name).answered);
        if answers && !rows.iter().any(|op| of(op.name).refused) {
            missing.push(format!("{}: no refusal of a change", spec.key));
        }
    }
    missing.sort();
    missing.dedup();
    assert!(missing.is_empty(), "{missing:#?}");
}
