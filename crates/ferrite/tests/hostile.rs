//! Hostile traffic through the binary: memory stays bounded and losses are counted. The big sizes
//! are `make hostile`.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::path::Path;
use trial::hostile::{SCENARIOS, Taken, run};

fn small(name: &str) -> Taken {
    let scenario = SCENARIOS.iter().find(|scenario| scenario.name == name).unwrap();
    run(Path::new(env!("CARGO_BIN_EXE_ferrite")), scenario, scenario.small).unwrap()
}

#[test]
fn a_flood_of_connections_fills_the_tables_and_is_counted() {
    let taken = small("syn-flood");
    assert!(taken.dropped["flow_table_full"].as_u64().unwrap() > 0);
    assert!(taken.dropped["conversations_full"].as_u64().unwrap() > 0);
}

#[test]
fn ten_thousand_stations_are_ten_thousand_assets() {
    assert_eq!(small("macs").packets, 10_000);
}

#[test]
fn what_a_stream_lacks_is_counted_to_the_byte() {
    assert!(small("gaps").dropped["stream_gap_bytes"].as_u64().unwrap() > 0);
}

#[test]
fn bombs_are_read_in_bounded_memory() {
    for name in ["gzip-bomb", "zstd-bomb"] {
        let taken = small(name);
        // Less than what was unpacked.
        assert!(taken.peak_bytes < 56 << 20, "{} bytes", taken.peak_bytes);
    }
}

#[test]
fn many_targets_are_bounded_too() {
    assert!(small("targets").dropped["targets_full"].as_u64().unwrap() > 0);
}
