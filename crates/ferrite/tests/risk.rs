//! Findings, their exit status, and decisions of people, end to end.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use common::{
    Console, Folder, START, analysis, analyze, announcement, ferrite, modbus, pcap, text,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A firmware that an advisory names for a CVE that is known to be exploited.
const SAYS: &str = "Siemens, SIMATIC NET, SCALANCE XCM332, 6GK5 332-0GA01-2AC2, HW: Version 1, \
                    FW: Version V02.03.00, VPK0000000";
const CVE: &str = "CVE-2022-2586";

/// The switch with it, as it announces itself.
fn weak_switch() -> Vec<u8> {
    announcement(SAYS, Some([0, 4, 0, 4]))
}

/// Some traffic, and in its seventh frame the switch.
fn capture(folder: &Folder) -> PathBuf {
    let mut frames = modbus(1, 1, 1, 3);
    frames.insert(6, (frames[5].0, weak_switch()));
    folder.file("switch.pcap", &pcap(&frames))
}

fn exploited(found: &Value) -> Vec<&Value> {
    let findings = found["findings"].as_array().unwrap().iter();
    findings.filter(|finding| finding["rule"] == "known-exploited-vulnerability").collect()
}

#[test]
fn an_exploited_weakness_is_a_finding_with_its_frame() {
    let folder = Folder::new();
    let file = capture(&folder);
    let found = analysis(&[&file], &[]);
    let all = exploited(&found);
    let finding = all.iter().find(|one| one["id"].as_str().unwrap().ends_with(CVE)).unwrap();
    let asset =
        found["assets"].as_array().unwrap().iter().find(|a| a["name"] == "sw-test").unwrap();
    assert_eq!(finding["assets"], json!([asset["id"]]));
    assert_eq!(finding["target"], asset["macs"][0], "it has no IP address");
    assert_eq!(finding["techniques"], json!(["T0890"]), "by its vector it is local");
    let rows = asset["vulnerabilities"].as_array().unwrap();
    let row = rows.iter().find(|row| row["cve"] == CVE).unwrap();
    assert_eq!((&row["verdict"], &row["kev"]), (&json!("affected"), &json!(true)));
    let severity = match row["decision"].as_str().unwrap() {
        "immediate" => "critical",
        "out-of-cycle" => "high",
        "scheduled" => "medium",
        _ => "low",
    };
    assert_eq!(finding["severity"], severity);
    for part in [CVE, "V02.03.00", row["advisory"].as_str().unwrap()] {
        assert!(finding["explanation"].as_str().unwrap().contains(part), "{finding}");
    }
    assert!(finding["advice"].as_str().unwrap().contains(row["fixed"].as_str().unwrap()));
    // The bytes that say the firmware are where the finding says.
    let place = &finding["evidence"][0];
    assert_eq!((&place["file"], &place["frame"]), (&json!(0), &json!(7)));
    let (offset, length) = (place["offset"].as_u64().unwrap(), place["length"].as_u64().unwrap());
    let frame = weak_switch();
    let at = usize::try_from(offset).unwrap()..usize::try_from(offset + length).unwrap();
    assert!(text(&frame[at]).contains("V02.03.00"));
    assert_eq!(exploited(&analysis(&[&file], &[])), all, "the same in every run");
}

#[test]
fn grave_findings_end_with_status_three() {
    let folder = Folder::new();
    let file = capture(&folder);
    let found = analysis(&[&file], &[]);
    let worst = found["findings"][0]["severity"].as_str().unwrap();
    let levels = ["info", "low", "medium", "high", "critical"];
    let worst = levels.iter().position(|level| *level == worst).unwrap();
    for (at, level) in levels.iter().enumerate() {
        let output = analyze(&[&file], &["--format", "json", "--fail-on", level]);
        let expected = if at <= worst { 3 } else { 0 };
        assert_eq!(output.status.code(), Some(expected), "{level}");
        let document: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(document["findings"], found["findings"], "the result is written all the same");
    }
    let plain = folder.file("plain.pcap", &pcap(&modbus(1, 1, 1, 3)));
    assert_eq!(analyze(&[&plain], &["--fail-on", "info"]).status.code(), Some(0));
    let gone = folder.path("gone.pcap");
    let output = analyze(&[&file, &gone], &["--fail-on", "info"]);
    assert_eq!(output.status.code(), Some(1), "what was not read comes first");
    assert_eq!(analyze(&[&file], &["--fail-on", "grave"]).status.code(), Some(2));
    let by_environment =
        ferrite().arg("analyze").arg(&file).env("FERRITE_FAIL_ON", "info").output().unwrap();
    assert_eq!(by_environment.status.code(), Some(3));
}

#[test]
fn every_format_shows_findings() {
    let folder = Folder::new();
    let file = capture(&folder);
    let table = text(&analyze(&[&file], &[]).stdout);
    assert!(table.contains("Findings") && table.contains(CVE), "{table}");
    let html = text(&analyze(&[&file], &["--format", "html"]).stdout);
    assert!(html.contains("<h2>Findings</h2>") && html.contains(CVE));
    let lines = text(&analyze(&[&file], &["--format", "ndjson"]).stdout);
    assert!(lines.lines().any(|l| l.starts_with("{\"kind\":\"finding\"") && l.contains(CVE)));
}

/// The router between office and controllers, and why it cannot wait.
fn the_gate_comes_first(gate: &Value) {
    let rows = gate["vulnerabilities"].as_array().unwrap();
    let row = |cve: &str| rows.iter().find(|row| row["cve"] == cve).unwrap();
    let first = row("CVE-2018-0151");
    assert_eq!((&first["decision"], &first["kev"]), (&json!("immediate"), &json!(true)));
    assert_eq!(first["advisory"], "ICSA-18-107-03");
    assert_eq!(row("CVE-2018-0167")["decision"], "out-of-cycle", "from its own network only");
    let factors = gate["risk"]["factors"].as_array().unwrap();
    let code = |name: &str| &factors.iter().find(|factor| factor["name"] == name).unwrap()["code"];
    assert_eq!((code("exposure"), code("consequence")), (&json!("passes_on"), &json!("guards")));
}

/// The virtual plant: its devices are real products with firmware that real advisories name. The
/// office reaches the controllers there: whoever keeps the plant would put first, at once, the router
/// between the office and the controllers, whose weaknesses are used elsewhere and give all of it to
/// anybody; then the switch before the drive, whose weaknesses are used elsewhere too; then the two
/// controllers whose authentication can be passed and that no update mends, then the other
/// controllers and the server that people watch with, then the other switches and the drive, then what
/// the office does not reach; last the historian, without which the water runs on.
#[test]
fn the_virtual_plant_is_judged_as_its_keeper_would() {
    let folder = Folder::new();
    let file = folder.path("plant.pcap");
    let range = ["range", "capture", "--scenario", "overflow", "--out"];
    assert!(ferrite().args(range).arg(&file).output().unwrap().status.success());
    let found = analysis(&[&file], &[]);
    let assets = found["assets"].as_array().unwrap();
    let mut judged: Vec<&Value> = assets.iter().filter(|a| a["risk"].is_object()).collect();
    judged.sort_by_key(|asset| std::cmp::Reverse(asset["risk"]["score"].as_u64().unwrap()));
    let place = |ip: &str| judged.iter().position(|asset| asset["ips"][0] == ip).unwrap();
    let (pumps, dosing) = (place("10.20.20.11"), place("10.20.10.11"));
    let (gate, weak) = (place("10.20.10.1"), place("10.20.10.3"));
    assert_eq!((gate, weak), (0, 1), "attackers know how to get in");
    assert!(pumps < 4 && dosing < 4, "no update mends CVE-2021-22779 there");
    let (storage, intake) = (place("10.20.20.12"), place("10.20.10.12"));
    let (scada, switch) = (place("10.20.10.41"), place("10.20.10.2"));
    let (drive, remote) = (place("10.20.10.13"), place("10.20.10.14"));
    assert!(storage < drive && intake < drive && scada < drive && switch < drive);
    assert!(storage < switch && intake < switch, "a controller weighs more than a switch");
    let historian = place("10.20.10.43");
    assert_eq!(historian, judged.len() - 1, "its loss moves no water");
    let ring = place("10.20.20.2");
    assert!(switch < ring && ring < remote, "one advisory names its version");
    assert_eq!(remote, historian - 1, "only the engineering station reaches it");
    for asset in &judged {
        let rows = asset["vulnerabilities"].as_array().unwrap();
        assert!(rows.iter().all(|row| row["advisory"].as_str().unwrap().starts_with("ICSA-")));
        let exposure = if asset["ips"][0] == "10.20.10.14" { "controlled" } else { "open" };
        assert_eq!(asset["risk"]["exposure"], exposure, "{}", asset["id"]);
    }
    let has = |ip: &str, cve: &str| {
        let rows = judged[place(ip)]["vulnerabilities"].as_array().unwrap();
        rows.iter().any(|row| row["cve"] == cve && row["verdict"] == "affected")
    };
    assert!(has("10.20.20.11", "CVE-2021-22779") && has("10.20.20.12", "CVE-2019-10923"));
    assert!(has("10.20.10.12", "CVE-2021-37204") && has("10.20.10.41", "CVE-2020-27265"));
    // What cannot wait, what waits for the next maintenance, what may wait longer.
    let decisions = |at: usize| -> BTreeSet<&str> {
        let rows = judged[at]["vulnerabilities"].as_array().unwrap().iter();
        rows.filter(|row| row["verdict"] == "affected")
            .map(|row| row["decision"].as_str().unwrap())
            .collect()
    };
    assert_eq!(decisions(gate), BTreeSet::from(["immediate", "out-of-cycle", "scheduled"]));
    the_gate_comes_first(judged[gate]);
    let others = judged.iter().skip(1).filter_map(|asset| asset["vulnerabilities"].as_array());
    assert!(others.flatten().all(|row| row["decision"] != "immediate"), "only the gate");
    assert_eq!(decisions(weak), BTreeSet::from(["out-of-cycle", "scheduled"]));
    assert_eq!(decisions(pumps), BTreeSet::from(["scheduled"]));
    assert_eq!(decisions(historian), BTreeSet::from(["defer", "scheduled"]));
    let known: BTreeSet<&str> =
        exploited(&found).iter().map(|one| one["assets"][0].as_str().unwrap()).collect();
    let both = [gate, weak].map(|at| judged[at]["id"].as_str().unwrap());
    assert_eq!(known, BTreeSet::from(both));
    assert_eq!(found["findings"][0]["severity"], "critical");
    assert!(
        found["findings"][0]["title"].as_str().unwrap().starts_with("CVE-2018-0151 on rt-plant")
    );
    let smart_install = exploited(&found)
        .into_iter()
        .find(|one| one["id"].as_str().unwrap().ends_with("2018-0171"));
    let smart_install = smart_install.unwrap();
    assert_eq!(smart_install["severity"], "high", "before the next maintenance");
    assert!(smart_install["explanation"].as_str().unwrap().contains("15.2(6)E0a"));
    // No update of the router is named: who may speak with it is what can be changed, then whom the
    // office reaches.
    let steps = found["risk"]["steps"].as_array().unwrap();
    let asked: Vec<_> = steps.iter().take(2).map(|step| &step["kind"]).collect();
    assert_eq!(asked, [&json!("isolate"), &json!("block")]);
    assert_eq!(steps[0]["args"]["asset"], "rt-plant");
    assert_eq!(steps[1]["args"]["from"], "10.1.1.0/24");
    assert!(steps.iter().all(|step| step["after"].as_f64() < step["before"].as_f64()));
}

fn serve(data: &Path) -> Console {
    let mut console = Console::start(ferrite().arg("serve").arg("--data").arg(data));
    assert_eq!(console.enter_with_token(), 200);
    console
}

/// Asks until the facts from outside are read.
fn ready(console: &Console, path: &str) -> Value {
    for _ in 0..200 {
        let (status, body) = console.get(path);
        if status != 503 {
            assert_eq!(status, 200, "{path}");
            return body;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    Value::Null
}

#[test]
fn a_decision_that_was_confirmed_survives_a_kill() {
    let folder = Folder::new();
    let (file, data) = (capture(&folder), folder.path("data"));
    let stored = ["--data", data.to_str().unwrap()];
    assert!(!exploited(&analysis(&[&file], &stored)).is_empty());
    let path = format!("/api/v1/assets/20:87:56:00:00:01/vulnerabilities/{CVE}");
    let states = ["accepted", "mitigated", "false_positive", "open", "accepted"];
    for (round, state) in states.iter().enumerate() {
        let mut console = serve(&data);
        ready(&console, "/api/v1/risk");
        let mut decision = json!({ "state": state, "reason": format!("reason {round}") });
        if *state == "accepted" {
            decision["until"] = json!("2999-12-31");
        }
        let (status, _, answer) = console.call("PUT", &path, &decision.to_string());
        assert_eq!(status, 200, "{answer}");
        console.signal("KILL");
        console.child.wait().unwrap();
    }
    let console = serve(&data);
    let history = ready(&console, &format!("{path}/history"));
    let told = history.as_array().unwrap().iter();
    let reasons: Vec<&str> = told.map(|one| one["reason"].as_str().unwrap()).collect();
    assert_eq!(reasons, ["reason 4", "reason 3", "reason 2", "reason 1", "reason 0"]);
    assert!(history[0]["when"].as_str().unwrap() > history[4]["when"].as_str().unwrap());
    let page = ready(&console, "/api/v1/vulnerabilities?state=accepted");
    assert_eq!(page["matched"], 1);
    assert_eq!(ready(&console, "/api/v1/risk")["trend"].as_array().unwrap().len(), 1);
    console.stop();
    // What is accepted is no finding, and weighs nothing.
    let later = folder.file("later.pcap", &pcap(&[(START + 9_000_000_000, weak_switch())]));
    let found = analysis(&[&later], &stored);
    assert!(exploited(&found).iter().all(|one| !one["id"].as_str().unwrap().ends_with(CVE)));
    let asset =
        found["assets"].as_array().unwrap().iter().find(|a| a["name"] == "sw-test").unwrap();
    let rows = asset["vulnerabilities"].as_array().unwrap();
    let row = rows.iter().find(|row| row["cve"] == CVE).unwrap();
    assert_eq!((&row["state"], &row["score"]), (&json!("accepted"), &json!(0.0)));
}
