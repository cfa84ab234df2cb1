//! What planned work leaves behind: findings that name what was and what is, with the frames.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use common::{Folder, analysis, ferrite, text};
use serde_json::{Value, json};

fn of<'a>(found: &'a Value, rule: &str) -> &'a Value {
    let mut all = found["findings"].as_array().unwrap().iter().filter(|one| one["rule"] == rule);
    let one = all.next().unwrap();
    assert!(all.next().is_none(), "{rule} once");
    one
}

fn frames(finding: &Value) -> Vec<u64> {
    let places = finding["evidence"].as_array().unwrap().iter();
    places.map(|place| place["frame"].as_u64().unwrap()).collect()
}

/// The plant's own truth says what changed; the findings name it, the newest frame first.
#[test]
fn other_firmware_and_another_drive_are_found() {
    let folder = Folder::new();
    let file = folder.path("plant.pcap");
    let range = ["range", "capture", "--scenario", "maintenance", "--out"];
    let made = ferrite().args(range).arg(&file).output().unwrap();
    assert!(made.status.success(), "{}", text(&made.stderr));
    let truth = std::fs::read(folder.path("plant.pcap.truth.json")).unwrap();
    let truth: Value = serde_json::from_slice(&truth).unwrap();
    let (update, exchange) = (&truth["changes"][0], &truth["changes"][1]);
    let found = analysis(&[&file], &[]);
    let is_in = |frame: u64, list: &Value| list.as_array().unwrap().contains(&json!(frame));

    let changed = of(&found, "firmware-changed");
    assert_eq!(changed["assets"], json!([update["asset"]]));
    assert_eq!((&changed["target"], &changed["severity"]), (&update["ip"], &json!("high")));
    let title = changed["title"].as_str().unwrap();
    assert_eq!(title, "plc-intake has firmware V4.5.0, it had V4.2.1");
    let [new, old] = frames(changed)[..] else { panic!("{changed}") };
    assert!(is_in(new, &update["new_frames"]) && is_in(old, &update["old_frames"]));

    let taken = of(&found, "address-taken-over");
    assert_eq!(taken["assets"], json!([exchange["asset"], exchange["before"]]));
    assert_eq!((&taken["source"], &taken["target"]), (&exchange["ip"], &exchange["before"]));
    assert_eq!(taken["severity"], "high");
    let words = taken["explanation"].as_str().unwrap();
    for part in ["from", "to", "asset", "before", "ip"] {
        assert!(words.contains(exchange[part].as_str().unwrap()), "{part}: {words}");
    }
    let [new, old] = frames(taken)[..] else { panic!("{taken}") };
    assert!(is_in(new, &exchange["new_frames"]) && is_in(old, &exchange["old_frames"]));
    let rules = found["findings"].as_array().unwrap().iter().map(|one| &one["rule"]);
    assert!(rules.into_iter().all(|rule| rule != "device-replaced"), "each is told once");

    // Both drives stand in the inventory, the new one at the address.
    let device = |id: &Value| {
        let mut assets = found["assets"].as_array().unwrap().iter();
        assets.find(|asset| asset["id"] == *id).unwrap()
    };
    let (old, new) = (device(&exchange["before"]), device(&exchange["asset"]));
    assert_eq!((&old["serial"], &old["ips"]), (&exchange["from"], &Value::Null));
    assert_eq!((&new["serial"], &new["ips"]), (&exchange["to"], &json!([exchange["ip"]])));
    assert_eq!((&old["role"], &new["role"]), (&json!("drive"), &json!("drive")));
}
