//! The plant's own rules, end to end: what they catch, what is said of them, what is learned.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use common::{Console, Folder, analysis, analyze, ferrite, modbus, pcap, text};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Output;

/// The rules of the virtual plant, as the documentation shows them.
const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/policy-demo.toml");
const LAPTOP: &str = "10.1.1.107";
const RULE: &str = "policy-denied";

/// A capture of the virtual plant with its truth beside it.
fn plant(folder: &Folder, scenario: &str, seed: u8) -> PathBuf {
    let file = folder.path(&format!("{scenario}-{seed}.pcap"));
    let range = ["range", "capture", "--minutes", "5", "--scenario", scenario, "--seed"];
    let output = ferrite().args(range).arg(seed.to_string()).arg("--out").arg(&file).output();
    assert!(output.unwrap().status.success());
    file
}

fn policy(args: &[&str], path: &Path) -> Output {
    ferrite().arg("policy").args(args).arg(path).output().unwrap()
}

/// Findings of the policy.
fn denied(found: &Value) -> Vec<Value> {
    let findings = found["findings"].as_array().unwrap().iter();
    findings.filter(|finding| finding["rule"] == RULE).cloned().collect()
}

fn judged(file: &Path, rules: &Path) -> Vec<Value> {
    denied(&analysis(&[file], &["--policy", rules.to_str().unwrap()]))
}

#[test]
fn a_day_like_any_other_is_within_the_rules() {
    let folder = Folder::new();
    for seed in [1, 2, 3] {
        let file = plant(&folder, "normal", seed);
        assert_eq!(judged(&file, Path::new(DEMO)), [] as [Value; 0], "seed {seed}");
    }
    let output = analyze(&[&folder.path("normal-1.pcap")], &["--policy", DEMO]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("14 rules, default deny"));
}

#[test]
fn attacks_are_against_the_rules() {
    let folder = Folder::new();
    for scenario in ["overflow", "takeover"] {
        let file = plant(&folder, scenario, 1);
        let found = judged(&file, Path::new(DEMO));
        let graves = found.iter().filter(|finding| finding["severity"] == "critical");
        let graves: Vec<&Value> = graves.collect();
        assert!(graves.len() >= 3, "{found:#?}");
        for finding in &found {
            assert_eq!(finding["source"], LAPTOP, "nobody else did anything: {finding}");
        }
        let truth: PathBuf = format!("{}.truth.json", file.display()).into();
        let truth: Value = serde_json::from_slice(&std::fs::read(truth).unwrap()).unwrap();
        let attacks = truth["attacks"].as_array().unwrap();
        let frames: BTreeSet<u64> = attacks
            .iter()
            .flat_map(|attack| attack["frames"].as_array().unwrap())
            .map(|frame| frame.as_u64().unwrap())
            .collect();
        for finding in &graves {
            let place = &finding["evidence"][0];
            assert!(frames.contains(&place["frame"].as_u64().unwrap()), "{finding}");
            assert_eq!(finding["techniques"].as_array().unwrap().len(), 1, "{finding}");
            let explanation = finding["explanation"].as_str().unwrap();
            for part in ["Line 17 of", "[[deny]] from = \"office\"", "nobody there has a reason"] {
                assert!(explanation.contains(part), "{explanation}");
            }
            assert!(finding["title"].as_str().unwrap().contains("office changes nothing"));
        }
        // Every device that was changed is named.
        let changing = ["T0836", "T0855", "T0843", "T0858", "T0878"];
        let changed: BTreeSet<&str> = attacks
            .iter()
            .filter(|attack| changing.contains(&attack["technique"].as_str().unwrap()))
            .flat_map(|attack| attack["targets"].as_array().unwrap())
            .map(|target| target.as_str().unwrap())
            .collect();
        let named: BTreeSet<&str> =
            graves.iter().map(|finding| finding["target"].as_str().unwrap()).collect();
        assert_eq!(named, changed);
        assert_eq!(judged(&file, Path::new(DEMO)), found, "the same in every run");
        let output = analyze(&[&file], &["--policy", DEMO, "--fail-on", "critical"]);
        assert_eq!(output.status.code(), Some(3));
    }
}

#[test]
fn every_format_shows_what_is_denied_and_threads_do_not_matter() {
    let folder = Folder::new();
    let file = plant(&folder, "overflow", 1);
    let title = "modbus write_single_coil from 10.1.1.107";
    for format in ["table", "html", "ndjson", "json"] {
        let output = analyze(&[&file], &["--policy", DEMO, "--format", format]);
        assert!(text(&output.stdout).contains(title), "{format}");
    }
    let by = |threads: &str| denied(&analysis(&[&file], &["--policy", DEMO, "--threads", threads]));
    assert_eq!(by("1"), by("4"));
    let by_environment =
        ferrite().arg("analyze").arg(&file).env("FERRITE_POLICY", DEMO).output().unwrap();
    assert!(text(&by_environment.stdout).contains(title));
}

#[test]
fn ranges_of_targets_are_kept_to() {
    let folder = Folder::new();
    // One write to register 0.
    let file = folder.file("writes.pcap", &pcap(&modbus(1, 1, 1, 3)));
    let rules = |range: &str| {
        let rule = format!(
            "default = \"deny\"\n[[allow]]\nclasses = \"read\"\n[[allow]]\n\
             operations = \"write_single_register\"\nunits = 1\n\
             targets = \"holding_register[{range}]\"\n"
        );
        folder.file("rules.toml", rule.as_bytes())
    };
    assert_eq!(judged(&file, &rules("0..5")), [] as [Value; 0]);
    let found = judged(&file, &rules("1..5"));
    assert_eq!(found.len(), 1, "{found:#?}");
    let document = analysis(&[&file], &["--policy", rules("0..5").to_str().unwrap()]);
    let policy = &document["policy"];
    assert_eq!((&policy["rules"], &policy["default"]), (&json!(2), &json!("deny")));
    assert_eq!((&found[0]["count"], &found[0]["severity"]), (&json!(1), &json!("high")));
    assert!(found[0]["explanation"].as_str().unwrap().contains("1/holding_register[0]"));
    assert!(found[0]["explanation"].as_str().unwrap().contains("default = \"deny\""));
}

#[test]
fn mistakes_end_before_anything_is_read() {
    let folder = Folder::new();
    let file = folder.file("plain.pcap", &pcap(&modbus(1, 1, 1, 3)));
    let wrong = "default = \"deny\"\n[[allow]]\nprotocols = \"modbuss\"\nform = \"any\"\n";
    let wrong = folder.file("wrong.toml", wrong.as_bytes());
    let said = |output: &Output| {
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty());
        text(&output.stderr)
    };
    let shown = wrong.display();
    for output in
        [analyze(&[&file], &["--policy", wrong.to_str().unwrap()]), policy(&["check"], &wrong)]
    {
        let said = said(&output);
        let place = format!("{shown}:3:13: no protocol \"modbuss\"; did you mean \"modbus\"?\n");
        assert!(said.contains(&place), "{said}");
        assert!(said.contains(&format!("{shown}:4:1: no field \"form\"; did you mean \"from\"?")));
    }
    let gone = folder.path("gone.toml");
    assert!(said(&policy(&["check"], &gone)).contains("gone.toml"));
    assert!(said(&analyze(&[&file], &["--policy", gone.to_str().unwrap()])).contains("gone.toml"));
    let large = folder.file("large.toml", &vec![b'#'; (1 << 20) + 1]);
    assert!(said(&policy(&["check"], &large)).contains("larger than the 1 MiB"));
    let binary = folder.file("binary.toml", &[0xff, 0xfe, 0]);
    assert!(said(&policy(&["check"], &binary)).contains("binary.toml"));
    assert_eq!(policy(&["simulate"], &wrong).status.code(), Some(2), "there is no such command");
    let output = policy(&["check", "--format", "json"], &wrong);
    assert_eq!(output.status.code(), Some(1));
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let first = &document["errors"][0];
    assert_eq!((&first["line"], &first["column"]), (&json!(3), &json!(13)));
}

#[test]
fn a_policy_says_what_is_in_it() {
    let folder = Folder::new();
    let rules = "default = \"deny\"\n[zones]\ncell = [\"10.0.0.0/8\", \"role:plc\"]\n[[deny]]\n\
                 name = \"all\"\n[[allow]]\nfrom = \"cell\"\nprotocols = \"goose\"\n";
    let rules = folder.file("rules.toml", rules.as_bytes());
    let output = policy(&["check"], &rules);
    assert_eq!(output.status.code(), Some(0));
    let shown = text(&output.stdout);
    for part in [
        "1 zone, 2 rules, default deny",
        "cell  10.0.0.0/8, role:plc",
        "line 6: allow of line 6 never decides: deny \"all\" of line 4 fits all of it before",
    ] {
        assert!(shown.contains(part), "{shown}");
    }
    let output = policy(&["check", "--format", "json"], &rules);
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["zones"][0]["members"], json!(["10.0.0.0/8", "role:plc"]));
    assert_eq!(document["rules"][1]["text"], "from = \"cell\", protocols = \"goose\"");
    assert_eq!(document["remarks"][0]["kind"], "shadowed");
    let demo = policy(&["check", "--format", "json"], Path::new(DEMO));
    let document: Value = serde_json::from_slice(&demo.stdout).unwrap();
    assert_eq!(document["remarks"], json!([]), "the example has no rule for nothing");
}

#[test]
fn what_is_learned_passes_and_what_is_new_does_not() {
    let folder = Folder::new();
    let learned = |file: &Path, name: &str| {
        let rules = folder.path(name);
        let args = ["policy", "learn", "--out"];
        let output = ferrite().args(args).arg(&rules).arg(file).output().unwrap();
        assert!(output.status.success(), "{}", text(&output.stderr));
        rules
    };
    let files = ["normal", "overflow", "takeover"].map(|name| plant(&folder, name, 4));
    for file in &files {
        let rules = learned(file, "own.toml");
        assert_eq!(judged(file, &rules), [] as [Value; 0], "{}", file.display());
        let output = policy(&["check", "--format", "json"], &rules);
        let document: Value = serde_json::from_slice(&output.stdout).unwrap();
        let remarks = document["remarks"].as_array().unwrap();
        assert!(remarks.iter().all(|remark| remark["kind"] == "unused"), "{remarks:#?}");
    }
    let rules = learned(&files[0], "normal.toml");
    for file in &files[1..] {
        let found = judged(file, &rules);
        let grave = found.iter().filter(|finding| finding["severity"] == "high");
        let sources: BTreeSet<&str> =
            grave.map(|finding| finding["source"].as_str().unwrap()).collect();
        assert_eq!(sources, BTreeSet::from([LAPTOP]), "{}", file.display());
    }
    let output = ferrite().args(["policy", "learn"]).arg(&files[0]).output().unwrap();
    assert_eq!(text(&output.stdout), text(&std::fs::read(&rules).unwrap()), "to stdout as well");
    let gone = folder.path("gone.pcap");
    assert_eq!(policy(&["learn"], &gone).status.code(), Some(1));
}

#[test]
fn a_stored_policy_holds_for_the_console_and_later_runs() {
    let folder = Folder::new();
    let file = plant(&folder, "overflow", 1);
    let data = folder.path("data");
    let stored = |more: &[&str]| {
        let data = ["--data", data.to_str().unwrap()];
        denied(&analysis(&[&file], &[&data, more].concat()))
    };
    let first = stored(&["--policy", DEMO]);
    assert!(first.len() > 3);
    assert_eq!(stored(&[]), first);
    let shown = || {
        let mut console = Console::start(ferrite().arg("serve").arg("--data").arg(&data));
        console.enter_with_token();
        let (status, page) = console.get("/api/v1/findings?rule=policy-denied");
        assert_eq!(status, 200);
        assert_eq!(console.stop().0, Some(0));
        page["rows"].as_array().unwrap().clone()
    };
    let rows = shown();
    let ids = |rows: &[Value]| rows.iter().map(|row| row["id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids(&rows), ids(&first));
    assert_eq!(rows[0]["args"]["rule"], "office changes nothing");
    let wrong = folder.file("wrong.toml", b"default = \"no\"");
    let data_arg = data.to_str().unwrap();
    let output = analyze(&[&file], &["--data", data_arg, "--policy", wrong.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stored(&[]), first, "a wrong one does not take its place");
    let open = folder.file("open.toml", b"default = \"allow\"");
    assert_eq!(stored(&["--policy", open.to_str().unwrap()]), [] as [Value; 0]);
    assert_eq!(shown(), [] as [Value; 0]);
}
