//! `ferrite intel match`: verdicts on a device given by hand.

use super::facts;
use crate::cli::{IntelMatch, ListFormat};
use crate::output;
use anyhow::{Context, Result, bail};
use knowledge::matching::{Device, Match, Matcher, explain};
use serde::Serialize;
use std::process::ExitCode;

#[derive(Serialize)]
struct Document {
    verdicts: Vec<Row>,
}

/// A verdict on the device, an advisory and a CVE.
#[derive(Serialize)]
struct Row {
    advisory: String,
    cve: String,
    verdict: &'static str,
    grade: &'static str,
    /// The product and its versions as the advisory writes them.
    leaf: String,
    /// What an analyst reads in that, where it does not say plainly what is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    read: Option<String>,
    /// A leaf that says otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixed: Option<String>,
    reason: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    cvss: Option<f32>,
}

/// Matches one device.
pub(super) fn run(args: &IntelMatch) -> Result<ExitCode> {
    if args.vendor.trim().is_empty()
        || (args.product.trim().is_empty() && args.order_number.is_none())
    {
        bail!("a device needs --vendor, and --product or --order-number");
    }
    let mut loaded = facts::load(args.data.as_deref())?;
    let matcher = Matcher::new(loaded.tables.take_read()).context("the dictionary of families")?;
    let device = Device {
        vendor: args.vendor.clone(),
        product: args.product.clone(),
        order_number: args.order_number.clone(),
        firmware: args.firmware.clone(),
        hardware: args.hardware.clone(),
        serial: args.serial.clone(),
    };
    let found = matcher.matches(&device);
    let verdicts: Vec<Row> = found.iter().filter_map(|one| row(&matcher, &device, one)).collect();
    if args.format == Some(ListFormat::Json) {
        output::say(&serde_json::to_string_pretty(&Document { verdicts })?)?;
        return Ok(ExitCode::SUCCESS);
    }
    if verdicts.is_empty() {
        output::say("no advisory names this device")?;
    }
    for row in &verdicts {
        output::say(&format!(
            "{:<13} {} {:<19} {:<17} {}\n              {}",
            row.verdict, row.grade, row.advisory, row.cve, row.leaf, row.reason
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn row(matcher: &Matcher, device: &Device, found: &Match) -> Option<Row> {
    let advisory = matcher.advisories().get(found.advisory)?;
    let entry = advisory.entries.get(found.entry)?;
    let leaf = advisory.leaves.get(found.leaf)?;
    let against = found.against.and_then(|at| advisory.leaves.get(at));
    Some(Row {
        advisory: advisory.id.clone(),
        cve: entry.cve.clone(),
        verdict: found.verdict.key(),
        grade: found.grade.key(),
        leaf: leaf.text(),
        read: leaf.read_as(),
        against: against.map(knowledge::advisory::Leaf::text),
        fixed: found.fixed.clone(),
        reason: explain(found, device, leaf),
        cvss: entry.score,
    })
}
