//! `ferrite analyze` and `ferrite records` as their users meet them.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use common::{Folder, Timed, analysis, analyze, ferrite, modbus, pcap, text};
use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use testkit::{Ends, Session};

#[test]
fn a_capture_becomes_a_document() {
    let folder = Folder::new();
    let frames = modbus(1, 2, 3, 4);
    let file = folder.file("a.pcap", &pcap(&frames));
    let found = analysis(&[&file], &[]);
    assert_eq!(found["schema"], "ferrite.analysis/1");
    assert_eq!(found["capture"]["packets"], frames.len());
    assert_eq!(found["capture"]["first"], "2023-11-14T22:13:20.000000500Z");
    assert_eq!(found["assets"].as_array().unwrap().len(), 5);
    let controllers = found["assets"].as_array().unwrap().iter();
    assert_eq!(controllers.filter(|asset| asset["role"] == "plc").count(), 3);
    let conversations = found["conversations"].as_array().unwrap();
    assert_eq!(conversations.len(), 6);
    assert!(conversations.iter().all(|one| one["protocol"] == "modbus" && one["port"] == 502));
    let writes =
        found["operations"].as_array().unwrap().iter().find(|op| {
            op["protocol"] == "modbus" && op["direction"] == "request" && op["code"] == 6
        });
    assert_eq!(writes.unwrap()["count"], 6);
}

#[test]
fn every_format_says_the_same() {
    let folder = Folder::new();
    let file = folder.file("a.pcap", &pcap(&modbus(1, 1, 2, 3)));
    let table = text(&analyze(&[&file], &[]).stdout);
    assert!(table.contains("10.1.2.1") && table.contains("write_single_register"), "{table}");
    assert!(!table.contains('\x1b'), "no colours outside a terminal");
    let colours = analyze(&[&file], &["--color", "always"]).stdout;
    assert!(text(&colours).contains("\x1b[1mAssets"));
    let lines = text(&analyze(&[&file], &["--format", "ndjson"]).stdout);
    let kinds: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(kinds.iter().filter(|line| line["kind"] == "asset").count(), 3);
    let html = text(&analyze(&[&file], &["--format", "html"]).stdout);
    assert!(html.starts_with("<!doctype html>") && html.contains("10.1.2.2"));
    let out = folder.path("out.json");
    let quiet = analyze(&[&file], &["--format", "json", "--out", out.to_str().unwrap()]);
    assert_eq!(text(&quiet.stdout), "");
    let found: Value = serde_json::from_slice(&std::fs::read(out).unwrap()).unwrap();
    assert_eq!(found, analysis(&[&file], &[]));
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_is_analysed() {
    let folder = Folder::new();
    let good = folder.file("good.pcap", &pcap(&modbus(1, 1, 1, 3)));
    let text_file = folder.file("notes.txt", b"not a capture at all");
    let missing = folder.path("missing.pcap");
    let output = analyze(&[&good, &text_file, &missing], &["--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let complaints = text(&output.stderr);
    assert!(
        complaints.contains("notes.txt: not a capture file (it starts with 6e 6f"),
        "{complaints}"
    );
    assert!(complaints.contains("expected pcap or pcapng"), "{complaints}");
    assert!(complaints.contains("missing.pcap: cannot open: No such file"), "{complaints}");
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["assets"].as_array().unwrap().len(), 2);
    assert!(found["capture"]["files"][1]["error"].as_str().is_some());
}

#[test]
fn a_cut_capture_says_where_and_keeps_what_came_before() {
    let folder = Folder::new();
    let whole = pcap(&modbus(1, 1, 1, 3));
    let cut = folder.file("cut.pcap", &whole[..whole.len() - 5]);
    let output = analyze(&[&cut], &["--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "it was read, though not to its end");
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["capture"]["packets"], 3 + 6 - 1);
    let error = found["capture"]["files"][0]["error"].as_str().unwrap();
    assert!(error.starts_with("stopped at byte "), "{error}");
    assert!(error.ends_with("all before it was read"), "{error}");
    assert!(text(&output.stderr).contains(error));
    let records = ferrite().arg("records").arg(&cut).output().unwrap();
    assert!(records.status.success(), "what came before was read");
    assert!(text(&records.stderr).contains("cut.pcap"));
    let nothing = ferrite().arg("records").arg(folder.path("none.pcap")).output().unwrap();
    assert_eq!(nothing.status.code(), Some(1));
}

#[test]
fn wrong_usage_is_two() {
    for args in [&["analyze"][..], &["analyze", "x", "--format", "pdf"], &["frobnicate"], &[]] {
        assert_eq!(ferrite().args(args).output().unwrap().status.code(), Some(2), "{args:?}");
    }
    let help = ferrite().args(["analyze", "--help"]).output().unwrap();
    assert!(help.status.success() && text(&help.stdout).contains("Examples:"));
}

#[test]
fn standard_input_is_read() {
    let folder = Folder::new();
    let bytes = pcap(&modbus(1, 1, 2, 3));
    let file = folder.file("a.pcap", &bytes);
    let mut child = ferrite()
        .args(["analyze", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&bytes).unwrap();
    let output = child.wait_with_output().unwrap();
    let mut found: Value = serde_json::from_slice(&output.stdout).unwrap();
    found["capture"]["files"][0]["path"] = file.to_str().unwrap().into();
    assert_eq!(found, analysis(&[&file], &[]));
}

/// What is known of the plant, whatever files the frames came in.
fn plant(mut found: Value) -> Value {
    found["capture"]["files"].take();
    strip(&mut found, &["frame", "file"]);
    found
}

/// Takes these fields out, at any depth.
fn strip(value: &mut Value, names: &[&str]) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !names.contains(&name.as_str()));
            fields.values_mut().for_each(|field| strip(field, names));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| strip(item, names)),
        _ => {}
    }
}

#[test]
fn split_files_in_a_folder_are_one_capture() {
    let folder = Folder::new();
    let mut frames: Vec<Timed> = [modbus(1, 2, 2, 5), modbus(2, 2, 2, 5)].concat();
    frames.sort_by_key(|(at, _)| *at);
    let whole = folder.file("whole.pcap", &pcap(&frames));
    // Interleaved over three files, so that only their times tell the order.
    std::fs::create_dir(folder.path("parts")).unwrap();
    for part in 0..3 {
        let some: Vec<Timed> = frames.iter().skip(part).step_by(3).cloned().collect();
        folder.file(&format!("parts/{part}.pcap"), &pcap(&some));
    }
    let merged = analysis(&[&folder.path("parts")], &[]);
    assert_eq!(merged["capture"]["files"].as_array().unwrap().len(), 3);
    assert_eq!(plant(merged), plant(analysis(&[&whole], &[])));
}

#[test]
fn one_thread_and_many_give_the_same() {
    let folder = Folder::new();
    let mut frames: Vec<Timed> = (1..6).flat_map(|net| modbus(net, 4, 6, 8)).collect();
    frames.sort_by_key(|(at, _)| *at);
    let file = folder.file("a.pcap", &pcap(&frames));
    let one = analysis(&[&file], &["--threads", "1"]);
    assert_eq!(one["conversations"].as_array().unwrap().len(), 5 * 24);
    for threads in ["2", "4", "7"] {
        assert_eq!(analysis(&[&file], &["--threads", threads]), one, "{threads} threads");
    }
}

#[test]
fn a_record_says_that_its_target_was_refused() {
    // S7: a byte is written, the answer is fine as a whole, its item has an address error.
    let write = [
        0x03, 0, 0, 0x24, 0x02, 0xf0, 0x80, 0x32, 1, 0, 0, 1, 2, 0, 0x0e, 0, 5, 5, 1, 0x12, 0x0a,
        0x10, 2, 0, 1, 0, 1, 0x84, 0, 1, 0, 0, 4, 0, 8, 5,
    ];
    let answer =
        [0x03, 0, 0, 0x16, 0x02, 0xf0, 0x80, 0x32, 3, 0, 0, 1, 2, 0, 2, 0, 1, 0, 0, 5, 1, 5];
    let mut session = Session::new(Ends::new(50_000, 102));
    let frames = [session.segment(true, &write), session.segment(false, &answer)];
    let frames: Vec<Timed> = (1i64..).map(|at| at * 1_000_000).zip(frames).collect();
    let folder = Folder::new();
    let file = folder.file("a.pcap", &pcap(&frames));
    let output = ferrite().args(["records", "--protocol", "s7comm"]).arg(&file).output().unwrap();
    let lines = text(&output.stdout);
    let records: Vec<Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(records[0]["target"], "DB1.DBB32");
    assert_eq!(records[0]["value"], 5);
    assert_eq!(records[1]["status"], "invalid_address");
}

#[test]
fn operations_name_the_technique_they_serve() {
    let folder = Folder::new();
    let file = folder.file("a.pcap", &pcap(&modbus(1, 1, 1, 3)));
    let document = analysis(&[&file], &[]);
    let operations = document["operations"].as_array().unwrap();
    let write = operations.iter().find(|op| op["name"] == "write_single_register").unwrap();
    assert_eq!(write["technique"], "T0836");
}

#[test]
fn records_are_one_line_per_message() {
    let folder = Folder::new();
    let file = folder.file("a.pcap", &pcap(&modbus(1, 1, 1, 3)));
    let run = |args: &[&str]| {
        let output = ferrite().arg("records").arg(&file).args(args).output().unwrap();
        assert!(output.status.success());
        text(&output.stdout)
    };
    let lines = run(&["--protocol", "modbus"]);
    let records: Vec<Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(records.len(), 6);
    assert_eq!(records[2]["name"], "write_single_register");
    assert_eq!((&records[2]["client"], &records[2]["unit"]), (&"10.1.1.1".into(), &1.into()));
    assert_eq!(records[3]["pair"], records[2]["frame"]);
    let csv = run(&["--format", "csv"]);
    assert_eq!(csv.lines().count(), 7);
    assert!(csv.starts_with("time,file,frame,protocol,"));
    let unknown = ferrite().args(["records", "x", "--protocol", "nope"]).output().unwrap();
    assert!(text(&unknown.stderr).contains("`ferrite protocols` lists them"));
}

#[test]
fn the_environment_mirrors_flags() {
    let folder = Folder::new();
    let file = folder.file("a.pcap", &pcap(&modbus(1, 1, 1, 3)));
    let output =
        ferrite().arg("analyze").arg(&file).env("FERRITE_FORMAT", "json").output().unwrap();
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["capture"]["packets"], 9);
}

#[test]
fn manual_and_completions_name_every_command() {
    let folder = Folder::new();
    let man = folder.path("man");
    assert!(ferrite().arg("man").arg(&man).status().unwrap().success());
    let script = text(&ferrite().args(["completions", "bash"]).output().unwrap().stdout);
    for command in ["analyze", "open", "watch", "serve", "demo", "records", "protocols"] {
        assert!(Path::new(&man).join(format!("ferrite-{command}.1")).exists(), "{command}");
        assert!(script.contains(command), "{command}");
    }
}
