//! What no compiler checks: who may depend on whom, how long a file is, what each crate promises.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The packet side: told the time, allocates at start, touches nothing outside.
const DATA_PLANE: &[&str] = &["vocab", "decode", "dissect", "protocols", "observe"];

/// Which of the workspace's crates each crate may depend on; `*` stands for all. A new crate or a
/// new edge is a decision: it is written here, or the test fails.
const EDGES: &[(&str, &[&str])] = &[
    ("vocab", &[]),
    ("decode", &["vocab"]),
    ("dissect", &["vocab", "decode"]),
    ("protocols", &["vocab", "decode", "dissect"]),
    ("observe", &["vocab", "decode", "dissect"]),
    ("capture", &["vocab", "decode"]),
    ("model", &["vocab"]),
    ("knowledge", &["vocab", "model"]),
    ("view", &["vocab", "model", "knowledge"]),
    ("judge", &["vocab", "model", "knowledge"]),
    ("prove", &["vocab", "model", "judge", "knowledge"]),
    ("store", &["vocab", "model", "judge", "knowledge"]),
    ("guard", &["vocab", "decode", "dissect", "protocols", "judge"]),
    ("range", &["vocab", "decode", "capture"]),
    ("server", &["vocab", "model", "judge", "knowledge", "prove", "store", "view"]),
    ("ferrite", &["*"]),
    ("testkit", &["vocab", "decode", "dissect"]),
    ("trial", &["*"]),
    ("workbench", &["*"]),
    ("xtask", &[]),
];

/// Longest file, in lines. Tables are data: they go into files of their own.
const LINES_MAX: usize = 500;

/// Files that may be longer, with the day by which they are divided.
const LONGER: &[(&str, &str)] = &[
    ("crates/observe/src/observer.rs", "2027-03-31"),
    ("crates/dissect/src/stream.rs", "2027-03-31"),
];

/// Licences that let everybody use the binary for everything.
const PERMISSIVE: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn output(command: &mut Command) -> String {
    let output = command.current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// All crates of this platform's build; what other platforms need was never fetched.
fn metadata() -> Value {
    let version = output(Command::new("rustc").arg("-vV"));
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let args = ["metadata", "--format-version", "1", "--locked", "--offline"];
    let mut cargo = Command::new(env!("CARGO"));
    serde_json::from_str(&output(cargo.args(args).args(["--filter-platform", host]))).unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

/// Files of the project by their path from its root; those that git does not know are left out.
fn files() -> Vec<String> {
    let mut git = Command::new("git");
    git.args(["ls-files", "-co", "--exclude-standard"]).current_dir(root());
    let text = git.output().ok().filter(|output| output.status.success()).map_or_else(
        || walk(&root(), ""),
        |output| String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect(),
    );
    text.into_iter().filter(|file| root().join(file).is_file()).collect()
}

/// The same where the project came without its history.
fn walk(folder: &Path, before: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        let path = format!("{before}{name}");
        if !entry.path().is_dir() {
            found.push(path);
        } else if !["target", "node_modules", "dist", ".git"].contains(&name.as_str()) {
            found.extend(walk(&entry.path(), &format!("{path}/")));
        }
    }
    found
}

fn text(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).unwrap_or_default()
}

fn sources() -> Vec<String> {
    let rust = |file: &String| Path::new(file).extension().is_some_and(|kind| kind == "rs");
    files().into_iter().filter(rust).collect()
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn crates_depend_only_on_whom_they_may() {
    let metadata = metadata();
    let rules: BTreeMap<&str, &[&str]> = EDGES.iter().copied().collect();
    let members: BTreeSet<&str> = list(&metadata["workspace_members"]).iter().map(word).collect();
    let packages: Vec<&Value> =
        list(&metadata["packages"]).iter().filter(|p| members.contains(word(&p["id"]))).collect();
    let names: BTreeSet<&str> = packages.iter().map(|package| word(&package["name"])).collect();
    let mut faults = Vec::new();
    for package in packages {
        let name = word(&package["name"]);
        let Some(allowed) = rules.get(name) else {
            faults.push(format!("{name}: a new crate; say in EDGES on whom it may depend"));
            continue;
        };
        for dependency in list(&package["dependencies"]) {
            let to = word(&dependency["name"]);
            let built_in = dependency["kind"].is_null();
            let may = allowed.contains(&"*") || allowed.contains(&to);
            if built_in && names.contains(to) && !may {
                faults.push(format!("{name} → {to}: not among the allowed edges"));
            }
            // What a crate without std cannot carry, however it got there.
            let heavy = ["tokio", "sqlx", "axum", "serde_json", "anyhow", "libc"].contains(&to);
            if built_in && DATA_PLANE.contains(&name) && heavy {
                faults.push(format!("{name} → {to}: the packet side stays without it"));
            }
        }
    }
    none(&faults);
}

#[test]
fn the_packet_side_is_without_std_and_without_panics() {
    let promises = [
        "#![no_std]",
        "#![forbid(unsafe_code)]",
        "#![deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)]",
        "#![deny(clippy::unwrap_used, clippy::panic)]",
    ];
    let mut faults = Vec::new();
    for name in DATA_PLANE {
        let lib = text(&format!("crates/{name}/src/lib.rs"));
        for promise in promises.iter().filter(|promise| !lib.contains(**promise)) {
            faults.push(format!("crates/{name}/src/lib.rs: no line `{promise}`"));
        }
    }
    for file in sources() {
        let of_data_plane = DATA_PLANE.iter().any(|c| file.starts_with(&format!("crates/{c}/src")));
        let text = text(&file);
        let code = text.split("#[cfg(test)]").next().unwrap_or("");
        for line in code.lines().filter(|_| of_data_plane) {
            let leaves = ["std::", "extern crate std", "allow(clippy::indexing", ".unwrap()"];
            if !line.trim_start().starts_with("//") && leaves.iter().any(|l| line.contains(l)) {
                faults.push(format!("{file}: {}", line.trim()));
            }
        }
    }
    none(&faults);
}

#[test]
fn files_are_short_and_say_what_they_are() {
    let mut faults = Vec::new();
    for file in sources() {
        let text = text(&file);
        let lines = text.lines().count();
        let exception = LONGER.iter().any(|(longer, _)| *longer == file);
        if lines > LINES_MAX && !exception {
            faults.push(format!("{file}: {lines} lines, {LINES_MAX} at most"));
        }
        if !text.lines().any(|line| line.starts_with("//!")) {
            faults.push(format!("{file}: does not say what it is (`//!`)"));
        }
    }
    for (file, _) in LONGER {
        if text(file).lines().count() <= LINES_MAX {
            faults.push(format!("{file}: short enough now, take it out of LONGER"));
        }
    }
    none(&faults);
}

#[test]
fn every_protocol_says_what_it_covers() {
    let mut faults = Vec::new();
    for file in files() {
        let Some(folder) = file.strip_suffix("/cases.md") else { continue };
        if text(&format!("{folder}/README.md")).lines().count() < 3 {
            faults.push(format!("{folder}: no README.md that says what is covered"));
        }
        let module = text(&format!("{folder}/mod.rs"));
        if !module.contains("impl Dissector for ") {
            faults.push(format!("{folder}: no dissector in mod.rs"));
        }
    }
    none(&faults);
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    // Put together here, so that this file does not find itself.
    let places = ["work", "home", "Users"].map(|place| format!("/{place}/"));
    let mut faults = Vec::new();
    for file in files() {
        let lock = file.ends_with("Cargo.lock") || file.ends_with("package-lock.json");
        for line in text(&file).lines().filter(|_| !lock) {
            let local = places.iter().any(|place| {
                line.match_indices(place.as_str()).any(|(at, _)| {
                    let before = line.get(..at).and_then(|head| head.chars().last());
                    before.is_none_or(|c| c.is_whitespace() || "\"'`(=".contains(c))
                })
            });
            if local {
                faults.push(format!("{file}: {}", line.trim()));
            }
        }
    }
    none(&faults);
}

/// Whether a licence expression lets us choose permissive terms only.
fn is_permissive(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ").replace(['(', ')'], " ");
    expression
        .split(" AND ")
        .all(|all| all.split(" OR ").any(|one| PERMISSIVE.contains(&one.trim())))
}

#[test]
fn dependencies_are_under_permissive_licences() {
    assert!(is_permissive("MIT/Apache-2.0") && is_permissive("(MIT OR GPL-3.0) AND Zlib"));
    assert!(!is_permissive("MIT AND GPL-3.0-only") && !is_permissive(""));
    let mut faults = Vec::new();
    for package in list(&metadata()["packages"]) {
        let licence = word(&package["license"]);
        if !is_permissive(licence) {
            faults.push(format!("{} {}: {licence:?}", package["name"], package["version"]));
        }
    }
    none(&faults);
}
