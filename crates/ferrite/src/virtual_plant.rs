//! The one place that knows the virtual plant.

use crate::cli::Traffic;
use anyhow::{Context, Result};
use range::{Options, Scenario};

/// A capture with the truth about it.
pub(crate) struct Made {
    /// A pcap file.
    pub(crate) pcap: Vec<u8>,
    /// The truth as JSON.
    pub(crate) truth: String,
}

/// The virtual plant's traffic; `scenario` happens where none is asked for.
pub(crate) fn capture(traffic: &Traffic, scenario: Scenario) -> Result<Made> {
    let scenario = match &traffic.scenario {
        Some(name) => name.parse().context("--scenario")?,
        None => scenario,
    };
    let plain = Options::default();
    let minutes = traffic.minutes.unwrap_or(plain.minutes);
    let options = Options { seed: traffic.seed, scenario, minutes, ..plain };
    let mut pcap = Vec::new();
    let truth = range::write_pcap(&options, &mut pcap)?;
    let mut truth = serde_json::to_string_pretty(&truth)?;
    truth.push('\n');
    Ok(Made { pcap, truth })
}

/// The scenarios, a line each.
pub(crate) fn scenarios() -> String {
    let line =
        |scenario: &Scenario| format!("  {:<10}{}\n", scenario.name(), scenario.description());
    Scenario::ALL.iter().map(line).collect()
}
