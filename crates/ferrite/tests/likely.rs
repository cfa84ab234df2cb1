//! A site's own EPSS file, from the file to decisions and to the pages that show its age.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use common::{Console, Folder, analysis, ferrite, text};
use serde_json::{Value, json};
use std::path::Path;

/// Weaknesses of the controllers in the virtual plant that nobody is known to exploit.
const LIKELY: &str = "CVE-2021-22779";
const UNLIKELY: &str = "CVE-2019-10923";

/// As FIRST publishes it, of one day: three values, one of a CVE that no advisory names.
const SCORES: &str = "#model_version:v2025.03.14,score_date:2026-02-28T12:55:00Z\n\
                      cve,epss,percentile\n\
                      CVE-2019-10923,0.00730,0.72000\n\
                      CVE-2021-22779,0.41250,0.97100\n\
                      CVE-2099-4711,0.90000,0.99000\n";

fn run(folder: &Folder, args: &[&str]) -> (String, String) {
    let output = ferrite().current_dir(folder.path("")).args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", text(&output.stderr));
    (text(&output.stdout), text(&output.stderr))
}

/// The row of a CVE on a device.
fn row(found: &Value, ip: &str, cve: &str) -> Value {
    let mut assets = found["assets"].as_array().unwrap().iter();
    let asset = assets.find(|asset| asset["ips"][0] == ip).unwrap();
    let mut rows = asset["vulnerabilities"].as_array().unwrap().iter();
    rows.find(|row| row["cve"] == cve && row["verdict"] == "affected").unwrap().clone()
}

fn taken(folder: &Folder, scores: &str, sequence: &str) {
    std::fs::write(folder.path("epss.csv"), scores).unwrap();
    let args = ["intel", "pack", "--onto", "built-in", "--epss", "epss.csv", "--key", "key"];
    run(folder, &[&args[..], &["--sequence", sequence, "--out", "new.pack"]].concat());
    let args = ["intel", "update", "--from", "new.pack", "--key", "key.pub", "--data", "data"];
    run(folder, &args);
}

/// What makes exploitation count, with its value, over the console.
fn exploitation(console: &Console, ip: &str, cve: &str) -> (Value, Value) {
    let path = format!("/api/v1/assets/{ip}/vulnerabilities");
    for _ in 0..200 {
        let (status, page) = console.get(&path);
        if status == 200 {
            let mut rows = page["rows"].as_array().unwrap().iter();
            let row = rows.find(|row| row["cve"] == cve && row["verdict"] == "affected").unwrap();
            let part = &row["factors"][0]["parts"][0];
            assert_eq!(part["name"], "exploitation");
            return (part["why"].clone(), part["value"].clone());
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    (Value::Null, Value::Null)
}

#[test]
fn a_sites_own_epss_file_changes_decisions_and_shows_its_age() {
    let folder = Folder::new();
    let plant = folder.path("plant.pcap");
    let stored = ["--data", folder.path("data").to_str().unwrap()].map(str::to_owned);
    let stored: Vec<&str> = stored.iter().map(String::as_str).collect();
    // The office reaches the controllers.
    let attack = ["range", "capture", "--scenario", "overflow", "--minutes", "4"];
    run(&folder, &[&attack[..], &["--out", "plant.pcap"]].concat());
    run(&folder, &["intel", "keygen", "--out", "key"]);
    let analysed = || analysis(&[Path::new(&plant)], &stored);

    let before = analysed();
    let dosing = row(&before, "10.20.10.11", LIKELY);
    assert_eq!((&dosing["epss"], &dosing["decision"]), (&Value::Null, &json!("scheduled")));

    taken(&folder, SCORES, "20260228");
    let after = analysed();
    let dosing = row(&after, "10.20.10.11", LIKELY);
    // 0.1 and more counts as if an exploit were public: open, automatable, high impact.
    assert_eq!((&dosing["epss"], &dosing["decision"]), (&json!(0.4125), &json!("out-of-cycle")));
    let storage = |found: &Value| row(found, "10.20.20.12", UNLIKELY);
    assert_eq!(storage(&after)["epss"], json!(0.0073));
    assert_eq!(storage(&after)["decision"], storage(&before)["decision"], "too little to matter");
    let score = |found: &Value, ip: &str, cve: &str| row(found, ip, cve)["score"].as_f64().unwrap();
    assert!(score(&after, "10.20.10.11", LIKELY) > score(&before, "10.20.10.11", LIKELY));
    // All that the program knows otherwise is still known.
    let count = |found: &Value| -> usize {
        let assets = found["assets"].as_array().unwrap().iter();
        assets.filter_map(|asset| Some(asset["vulnerabilities"].as_array()?.len())).sum()
    };
    assert_eq!(count(&after), count(&before));

    let (status, _) = run(&folder, &["intel", "status", "--data", "data", "--format", "json"]);
    let status: Value = serde_json::from_str(&status).unwrap();
    let sources = status["sources"].as_array().unwrap();
    let epss = sources.iter().find(|source| source["table"] == "likely").unwrap();
    assert_eq!((&epss["records"], &epss["version"]), (&json!(2), &json!("2026-02-28")));
    assert!(epss["age_days"].as_i64().is_some_and(|days| days > 0), "{epss}");
    assert!(sources.iter().any(|source| source["table"] == "exploited"));

    let mut console = Console::start(ferrite().args(["serve"]).args(&stored));
    assert_eq!(console.enter_with_token(), 200);
    let (why, value) = exploitation(&console, "10.20.10.11", LIKELY);
    assert_eq!(why, "exploited within 30 days with a probability of 0.412 (EPSS)");
    assert_eq!(value, json!(0.4125));
    let (why, _) = exploitation(&console, "10.20.20.12", UNLIKELY);
    assert_eq!(why, "exploited within 30 days with a probability of 0.007 (EPSS)");
    let (_, page) = console.get("/api/v1/intel");
    let mut sources = page["sources"].as_array().unwrap().iter();
    let shown = sources.find(|source| source["table"] == "likely").unwrap();
    assert_eq!((&shown["version"], &shown["age_days"]), (&epss["version"], &epss["age_days"]));
    console.stop();

    // A later day's values take the place of these.
    let later = SCORES.replace("02-28", "03-01").replace("0.41250", "0.02000");
    taken(&folder, &later, "20260301");
    let dosing = row(&analysed(), "10.20.10.11", LIKELY);
    assert_eq!((&dosing["epss"], &dosing["decision"]), (&json!(0.02), &json!("scheduled")));
}
