//! Every protocol's literate cases say what its dissector says.

#![allow(clippy::unwrap_used)]

use protocols::Protocols;
use std::path::PathBuf;

fn case_files() -> Vec<PathBuf> {
    let folders = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).unwrap();
    let mut files: Vec<PathBuf> = folders
        .map(|folder| folder.unwrap().path().join("cases.md"))
        .filter(|file| file.exists())
        .collect();
    files.sort();
    files
}

#[test]
fn cases_say_what_the_dissectors_say() {
    let files = case_files();
    assert!(!files.is_empty());
    let differences: String =
        files.iter().map(|file| testkit::run_file::<Protocols>(file)).collect();
    assert!(differences.is_empty(), "{differences}");
}

#[test]
fn every_protocol_has_cases() {
    use dissect::Registry;
    let with_cases = case_files().len();
    assert_eq!(with_cases, Protocols::SPECS.len(), "a folder without cases.md, or the reverse");
}
