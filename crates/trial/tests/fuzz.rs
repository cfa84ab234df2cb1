//! The fuzz targets over the kept inputs, and over random changes of them.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::path::Path;
use trial::random::Random;
use trial::{TARGETS, Target, corpus};

/// Rounds over all first inputs, each changed anew.
const ROUNDS: u64 = 12;
/// Longest changed input, in bytes.
const INPUT_BYTES_MAX: usize = 16 << 10;

/// Inputs that broke something once, and others worth keeping.
fn kept(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().map(|path| (path.display().to_string(), std::fs::read(path).unwrap())).collect()
}

fn run(name: &str) {
    let target: Target = TARGETS.iter().find(|(known, _)| *known == name).unwrap().1;
    let seeds = corpus::seeds(name);
    assert!(seeds.len() > 20, "{} first inputs", seeds.len());
    for (_, input) in kept(name).iter().chain(&seeds) {
        target(input);
    }
    let mut random = Random::new(1);
    for _ in 0..ROUNDS {
        for (_, seed) in &seeds {
            let mut input = seed.clone();
            random.damage(&mut input, INPUT_BYTES_MAX);
            target(&input);
        }
    }
}

#[test]
fn decode_takes_anything() {
    run("decode");
}

#[test]
fn dissectors_take_anything() {
    run("dissect");
}

#[test]
fn splits_change_nothing() {
    run("split");
}

#[test]
fn the_engine_takes_anything() {
    run("engine");
}

#[test]
fn file_readers_take_anything() {
    run("files");
}

#[test]
fn importers_take_anything() {
    run("knowledge");
}
