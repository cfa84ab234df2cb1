//! What must be absent from the tree: edges that the architecture forbids, files that nobody can
//! read at a sitting, licences that do not fit, traces of somebody's machine.

#![allow(clippy::unwrap_used)]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn git_files(endings: &[&str]) -> Vec<PathBuf> {
    let output = Command::new("git").args(["ls-files"]).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "git lists the tree's files");
    let text = String::from_utf8(output.stdout).unwrap();
    let wanted = |path: &&str| endings.iter().any(|ending| path.ends_with(ending));
    let files = text.lines().filter(wanted).map(|path| root().join(path));
    files.filter(|path| path.exists()).collect()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

fn metadata() -> Value {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let args = ["metadata", "--format-version", "1", "--locked"];
    let output = Command::new(cargo).args(args).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Which crates of the workspace each may use in what it ships. Everybody may use `vocab`.
const EDGES: &[(&str, &[&str])] = &[
    ("vocab", &[]),
    ("decode", &[]),
    ("dissect", &["decode"]),
    ("protocols", &["decode", "dissect"]),
    ("observe", &["decode", "dissect"]),
    ("capture", &["decode"]),
    ("range", &[]),
    ("model", &[]),
    ("knowledge", &["model"]),
    ("judge", &["model", "knowledge"]),
    ("view", &["model", "knowledge", "judge"]),
    ("store", &["model", "judge", "knowledge"]),
    ("server", &["model", "knowledge", "judge", "view", "store"]),
];

/// The data plane: no async, no disk, no control plane, no way to say anything.
const DATA_PLANE: [&str; 4] = ["decode", "dissect", "protocols", "observe"];

fn workspace_edges() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = metadata();
    let members: BTreeSet<&str> = metadata["workspace_members"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let packages = metadata["packages"].as_array().unwrap();
    let own = packages.iter().filter(|p| p["id"].as_str().is_some_and(|id| members.contains(id)));
    own.map(|package| {
        let shipped = package["dependencies"].as_array().unwrap().iter();
        let shipped = shipped.filter(|d| d["kind"].is_null()).filter_map(|d| d["name"].as_str());
        (package["name"].as_str().unwrap().to_owned(), shipped.map(str::to_owned).collect())
    })
    .collect()
}

#[test]
fn edges_are_those_of_the_architecture() {
    let edges = workspace_edges();
    let names: BTreeSet<&str> = edges.keys().map(String::as_str).collect();
    let mut wrong = Vec::new();
    for (name, allowed) in EDGES {
        let Some(uses) = edges.get(*name) else { continue };
        for used in uses.iter().filter(|used| names.contains(used.as_str())) {
            if used != "vocab" && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{name} uses {used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "edges that the architecture does not have: {wrong:?}");
}

#[test]
fn the_data_plane_uses_nothing_but_itself() {
    let edges = workspace_edges();
    let allowed: BTreeSet<&str> = DATA_PLANE.into_iter().chain(["vocab"]).collect();
    for name in DATA_PLANE {
        let others: Vec<&String> =
            edges[name].iter().filter(|used| !allowed.contains(used.as_str())).collect();
        assert!(others.is_empty(), "{name} uses {others:?}");
    }
}

#[test]
fn the_data_plane_has_its_preamble() {
    for name in DATA_PLANE.into_iter().chain(["vocab"]) {
        let text = read(&root().join("crates").join(name).join("src/lib.rs"));
        for line in [
            "#![no_std]",
            "#![forbid(unsafe_code)]",
            "#![deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)]",
            "#![deny(clippy::unwrap_used, clippy::panic)]",
        ] {
            assert!(text.contains(line), "crates/{name}/src/lib.rs lacks {line}");
        }
    }
}

#[test]
fn packets_are_dissected_without_a_clock() {
    for name in DATA_PLANE.into_iter().chain(["model"]) {
        let folder = root().join("crates").join(name).join("src");
        for path in git_files(&[".rs"]).into_iter().filter(|path| path.starts_with(&folder)) {
            let text = read(&path);
            for clock in ["std::time", "Instant::", "SystemTime"] {
                assert!(!text.contains(clock), "{} reads a clock: {clock}", shown(&path));
            }
        }
    }
}

/// Files that are tables in all but name, or that wait for a split; with the day they were let in.
const LONG: &[(&str, &str)] = &[
    ("crates/dissect/src/stream.rs", "2026-11-28: one state machine, with its tests"),
    ("crates/observe/src/observer.rs", "2026-11-28: one fold, with its tests"),
];

#[test]
fn files_can_be_read_at_a_sitting() {
    let mut long = Vec::new();
    for path in git_files(&[".rs", ".ts", ".tsx", ".css"]) {
        let name = shown(&path);
        let generated = name.contains("generated") || name.ends_with(".d.ts");
        let lines = read(&path).lines().count();
        if lines > 500 && !generated && LONG.iter().all(|(allowed, _)| *allowed != name) {
            long.push(format!("{name}: {lines} lines"));
        }
    }
    assert!(long.is_empty(), "longer than 500 lines: {long:#?}");
}

#[test]
fn every_module_says_what_it_is() {
    let mut silent = Vec::new();
    for path in git_files(&[".rs"]) {
        let name = shown(&path);
        if !name.starts_with("crates/") {
            continue;
        }
        if !read(&path).trim_start().starts_with("//!") {
            silent.push(name);
        }
    }
    assert!(silent.is_empty(), "no `//!` at the beginning: {silent:#?}");
}

#[test]
fn protocol_numbers_are_used_once() {
    let folder = root().join("crates/protocols/src");
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for path in git_files(&[".rs"]).into_iter().filter(|path| path.starts_with(&folder)) {
        let text = read(&path);
        for line in text.lines().filter(|line| line.trim_start().starts_with("id: ProtoId(")) {
            let number = line.trim().to_owned();
            let name = shown(&path);
            if let Some(other) = seen.insert(number.clone(), name.clone()) {
                panic!("{number} stands in {other} and in {name}");
            }
        }
    }
    assert!(seen.len() > 50);
}

#[test]
fn every_protocol_says_what_it_covers() {
    let folder = root().join("crates/protocols/src");
    let mut without = Vec::new();
    for path in git_files(&["/mod.rs"]).into_iter().filter(|path| path.starts_with(&folder)) {
        let is_protocol = read(&path).contains("\nimpl Dissector for ");
        let beside = |name| path.with_file_name(name).exists();
        if is_protocol && !(beside("README.md") && beside("cases.md")) {
            without.push(shown(&path));
        }
    }
    assert!(without.is_empty(), "no README.md or cases.md beside: {without:#?}");
}

#[test]
fn licences_are_permissive() {
    const FINE: [&str; 14] = [
        "MIT",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "ISC",
        "Zlib",
        "Unicode-3.0",
        "0BSD",
        "Unlicense",
        "CC0-1.0",
        "BSL-1.0",
        "CDLA-Permissive-2.0",
        "MIT-0",
        "OpenSSL",
    ];
    let metadata = metadata();
    let mut wrong = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        let licence = package["license"].as_str().unwrap_or("none");
        let one_fits = |alternative: &str| {
            let parts = alternative.split(" AND ").flat_map(|p| p.split(" WITH ").take(1));
            parts.map(|p| p.trim_matches(['(', ')', ' '])).all(|part| FINE.contains(&part))
        };
        let plain = licence.replace('/', " OR ").replace(['(', ')'], "");
        if !plain.split(" OR ").any(one_fits) {
            wrong.push(format!("{} {licence}", package["name"].as_str().unwrap_or("?")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_file_knows_somebody_s_machine() {
    // Put together here, so that this file does not find itself.
    let traces = [["/wo", "rk/"].concat(), ["/ro", "ot/"].concat(), ["/home", "/"].concat()];
    let mut found = Vec::new();
    let endings = [".rs", ".md", ".toml", ".ts", ".tsx", ".sh", ".py", ".json", "Makefile", ".yml"];
    for path in git_files(&endings).into_iter().chain(git_files(&["run"])) {
        let text = read(&path);
        for trace in &traces {
            if let Some(line) = text.lines().find(|line| line.contains(trace.as_str())) {
                found.push(format!("{}: {}", shown(&path), line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "paths of a machine: {found:#?}");
}
