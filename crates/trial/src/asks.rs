//! How long a plant's devices are asked about, on one thread.

use anyhow::{Context, Result};
use knowledge::matching::{Device, Matcher};
use knowledge::pack::Pack;
use std::time::Duration;

/// Devices of a large plant.
pub(crate) const DEVICES: usize = 10_000;

/// What was measured.
pub(crate) struct Asked {
    /// Reading the built-in facts and sorting them by maker.
    pub(crate) load: Duration,
    /// Asking about all devices, no two alike.
    pub(crate) ask: Duration,
    /// Verdicts.
    pub(crate) verdicts: usize,
}

/// Asks about devices whose names are those of products of the built-in advisories, with a number
/// of their own.
pub(crate) fn run(now: fn() -> std::time::Instant) -> Result<Asked> {
    let began = now();
    let mut tables = Pack::built_in()?.tables()?;
    let matcher = Matcher::new(tables.take_read())?;
    let load = began.elapsed();
    let leaves: Vec<_> = matcher.advisories().iter().flat_map(|one| &one.leaves).collect();
    let step = (leaves.len() / DEVICES).max(1);
    let devices: Vec<Device> = leaves
        .iter()
        .step_by(step)
        .chain(&leaves)
        .take(DEVICES)
        .enumerate()
        .map(|(number, leaf)| Device {
            vendor: leaf.vendor.clone(),
            product: leaf.product.clone(),
            order_number: leaf.orders.first().cloned(),
            firmware: Some(format!("{}.{}.{number}", number % 9, number % 7)),
            ..Device::default()
        })
        .collect();
    let began = now();
    let verdicts = devices.iter().map(|device| matcher.matches(device).len()).sum();
    let ask = began.elapsed();
    (verdicts > 0).then_some(()).context("no device is known")?;
    Ok(Asked { load, ask, verdicts })
}
