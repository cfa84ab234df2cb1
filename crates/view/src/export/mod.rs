//! Weaknesses and what people decided about them, as files for other programs.

mod csaf;
mod cyclonedx;
mod inventory;

pub use csaf::csaf;
pub use cyclonedx::cyclonedx;
pub use inventory::{inventory, passport};

use crate::risk::{score, vulnerabilities};
use judge::risk::{Assessment, AssetRisk, Known, State, Weakness};
use knowledge::matching::Verdict;
use model::Asset;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use vocab::Attribute;

/// A cell of a table. Text from the network is data: where a spreadsheet would take it for a
/// formula, an apostrophe in front says that it is text.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text
}

/// All weaknesses as comma-separated values, one line for an asset, advisory and CVE.
pub fn csv(by: &Assessment) -> String {
    let mut out = String::from(
        "asset,name,zone,exposure,impact,advisory,cve,verdict,grade,confidence,fixed,cvss,epss,\
         kev,decision,due,score,state,reason,until,who,when\r\n",
    );
    for asset in &by.assets {
        for row in vulnerabilities(asset, by) {
            let number = |value: Option<f32>| value.map_or_else(String::new, |v| v.to_string());
            let triage = row.triage.as_ref();
            let of = |text: fn(&crate::TriageView) -> &str| triage.map_or("", text).to_owned();
            let cells = [
                asset.id.clone(),
                asset.name.clone(),
                asset.zone.clone(),
                asset.exposed.exposure.key().to_owned(),
                asset.impact.key().to_owned(),
                row.advisory,
                row.cve,
                row.verdict.to_owned(),
                row.grade.to_owned(),
                row.confidence.to_owned(),
                row.fixed.unwrap_or_default(),
                number(row.cvss),
                number(row.epss),
                row.kev.to_string(),
                row.decision.to_owned(),
                row.due,
                row.score.to_string(),
                row.state.to_owned(),
                of(|triage| &triage.reason),
                of(|triage| triage.until.as_deref().unwrap_or("")),
                of(|triage| &triage.who),
                of(|triage| &triage.when),
            ];
            let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
            out += &cells.join(",");
            out += "\r\n";
        }
    }
    out
}

/// All weaknesses as one document.
pub fn json(by: &Assessment) -> String {
    let asset = |asset: &AssetRisk| {
        json!({
            "asset": asset.id, "name": asset.name, "zone": asset.zone,
            "exposure": asset.exposed.exposure.key(), "impact": asset.impact.key(),
            "score": score(asset.risk), "inherent": score(asset.inherent),
            "vulnerabilities": vulnerabilities(asset, by),
        })
    };
    let assets: Vec<Value> = by.assets.iter().map(asset).collect();
    json!({ "schema": "ferrite.vulnerabilities/1", "assets": assets }).to_string()
}

/// The worst verdict on each CVE of a device: several advisories may name it.
fn by_cve(asset: &AssetRisk) -> BTreeMap<&str, (&Weakness, &Known)> {
    let mut cves: BTreeMap<&str, (&Weakness, &Known)> = BTreeMap::new();
    for weakness in &asset.weaknesses {
        let Some(known) = asset.known.get(weakness.known) else { continue };
        let own = cves.entry(&known.cve).or_insert((weakness, known));
        if known.verdict < own.1.verdict {
            *own = (weakness, known);
        }
    }
    cves
}

/// Devices by identifier: the judgement may be of an earlier picture than the devices.
fn by_id(assets: &[Asset]) -> BTreeMap<&str, &Asset> {
    assets.iter().map(|asset| (asset.id.as_str(), asset)).collect()
}

/// What an exchange of exploitability says of a CVE on a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    Affected,
    Investigated,
    NotAffected,
    Fixed,
}

/// Acceptance and a control around a device do not change that the device is affected.
fn status(weakness: &Weakness, known: &Known) -> Status {
    match (weakness.state, known.verdict) {
        (State::Fixed, _) => Status::Fixed,
        (State::FalsePositive, _) => Status::NotAffected,
        (State::Accepted | State::Mitigated, _) | (_, Verdict::Affected) => Status::Affected,
        _ => Status::Investigated,
    }
}

/// Maker, product and address of a device in one line.
fn product(asset: &Asset) -> String {
    let of = |attribute| asset.value(attribute);
    let name = of(Attribute::Product).or_else(|| of(Attribute::Model));
    let words = [of(Attribute::Vendor), name, of(Attribute::OrderNumber), of(Attribute::Firmware)];
    let words: Vec<&str> = words.into_iter().flatten().collect();
    format!("{} ({})", words.join(" "), asset.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_no_formulas() {
        assert_eq!(cell("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(cell("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(cell("-1\n"), "\"'-1\n\"");
        assert_eq!(cell("6ES7 214"), "6ES7 214");
    }
}
