//! What a site's analyst reads in an advisory, from the file to the verdict.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use common::{Folder, ferrite, text};
use serde_json::Value;

/// An advisory on PLC family devices from before 4.5.0.
const ADVISORY: &str = "ICSA-22-041-01";

fn run(folder: &Folder, args: &[&str]) -> (String, String) {
    let output = ferrite().current_dir(folder.path("")).args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", text(&output.stderr));
    (text(&output.stdout), text(&output.stderr))
}

/// The rows of the advisory for a device.
fn rows(folder: &Folder, product: &str, firmware: &str) -> Vec<Value> {
    let device = ["intel", "match", "--vendor", "Siemens", "--product", product];
    let rest = ["--firmware", firmware, "--format", "json", "--data", "data"];
    let (found, _) = run(folder, &[&device[..], &rest].concat());
    let found: Value = serde_json::from_str(&found).unwrap();
    let rows = found["verdicts"].as_array().unwrap().iter();
    rows.filter(|row| row["advisory"] == ADVISORY && row["grade"] != "I1").cloned().collect()
}

#[test]
fn a_reading_decides_and_is_told_from_what_was_published() {
    let folder = Folder::new();
    run(&folder, &["intel", "keygen", "--out", "key"]);
    let first = rows(&folder, "SIMATIC S7-1200 CPU 1214C", "V4.4.0").remove(0);
    let leaf = first["leaf"].as_str().unwrap();
    assert!(rows(&folder, "Waterworks Box 12", "V4.4.0").is_empty());

    let reading = format!(
        "{ADVISORY}\t+{leaf}\t\tWaterworks Box 12\t\t< 4.5\t\tresold under this name\n\
         {ADVISORY}\t+{leaf}\t\tWaterworks Box 13\t\t< 4.5 if it has a web module\t\tby its manual\n\
         {ADVISORY}\tNo such product: < 9\t\tBox\t\t=\t\ta text that was changed\n"
    );
    std::fs::write(folder.path("mine.tsv"), reading).unwrap();
    let args = ["intel", "pack", "--onto", "built-in", "--readings", "mine.tsv", "--key", "key"];
    let (said, complaints) =
        run(&folder, &[&args[..], &["--sequence", "99999999", "--out", "new.pack"]].concat());
    assert!(said.contains("readings"), "{said}");
    assert!(complaints.contains("no leaf says `No such product: < 9`"), "{complaints}");
    let args = ["intel", "update", "--from", "new.pack", "--key", "key.pub", "--data", "data"];
    run(&folder, &args);

    let read = rows(&folder, "Waterworks Box 12", "V4.4.0").remove(0);
    assert_eq!((&read["verdict"], read["leaf"].as_str()), (&Value::from("affected"), Some(leaf)));
    assert_eq!(read["read"], "Waterworks Box 12: < 4.5");
    let reason = read["reason"].as_str().unwrap();
    assert!(reason.ends_with("reads the advisory as \"Waterworks Box 12: < 4.5\""), "{reason}");
    let newer = rows(&folder, "Waterworks Box 12", "V4.5.1").remove(0);
    assert_eq!(newer["verdict"], "not_affected");
    // What no version tells stays open, where versions do not settle it.
    assert_eq!(rows(&folder, "Waterworks Box 13", "V4.4.0").remove(0)["verdict"], "undetermined");
    assert_eq!(rows(&folder, "Waterworks Box 13", "V4.5.1").remove(0)["verdict"], "not_affected");
    // What the leaf says itself is as it was.
    assert_eq!(first.get("read"), None);
    assert_eq!(rows(&folder, "SIMATIC S7-1200 CPU 1214C", "V4.4.0").remove(0), first);
}
