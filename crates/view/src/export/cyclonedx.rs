//! CycloneDX 1.6 with exploitability (VEX). Every device is a component of its own.

use super::{Status, by_cve, by_id, product, status};
use judge::risk::{Assessment, State};
use model::Asset;
use serde_json::{Map, Value, json};
use vocab::Attribute;

/// The document; `now` is RFC 3339 in UTC.
pub fn cyclonedx(by: &Assessment, assets: &[Asset], now: &str) -> String {
    let mut components = Vec::new();
    let mut vulnerabilities = Vec::new();
    let assets = by_id(assets);
    for risk in &by.assets {
        let Some(asset) = assets.get(risk.id.as_str()) else { continue };
        components.push(component(asset));
        for (cve, (weakness, known)) in by_cve(risk) {
            let ruling = by.triage.ruling(&risk.id, cve);
            let status = status(weakness, known);
            let mut analysis = Map::new();
            let (state, response) = match (status, weakness.state) {
                (Status::Fixed, _) => ("resolved", Some("update")),
                (Status::NotAffected, _) => ("false_positive", None),
                (Status::Investigated, _) => ("in_triage", None),
                (Status::Affected, State::Accepted) => ("exploitable", Some("will_not_fix")),
                (Status::Affected, State::Mitigated) => {
                    ("exploitable", Some("workaround_available"))
                }
                (Status::Affected, _) if known.fixed.is_some() => ("exploitable", Some("update")),
                (Status::Affected, _) => ("exploitable", None),
            };
            analysis.insert("state".to_owned(), json!(state));
            if let Some(response) = response {
                analysis.insert("response".to_owned(), json!([response]));
            }
            let detail = ruling.map_or(known.reason.as_str(), |ruling| ruling.reason.as_str());
            analysis.insert("detail".to_owned(), json!(detail));
            let mut own = json!({
                "bom-ref": format!("{}/{cve}", risk.id),
                "id": cve,
                "analysis": analysis,
                "affects": [{ "ref": risk.id }],
                "properties": [
                    { "name": "ferrite:decision", "value": weakness.decision.key() },
                    { "name": "ferrite:advisory", "value": known.advisory },
                ],
            });
            if let (Some(own), Some(score)) = (own.as_object_mut(), known.cvss) {
                // Written as text it has the digits that the publisher gave.
                let score: f64 = score.to_string().parse().unwrap_or(0.0);
                own.insert("ratings".to_owned(), json!([{ "score": score }]));
            }
            vulnerabilities.push(own);
        }
    }
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": { "timestamp": now },
        "components": components,
        "vulnerabilities": vulnerabilities,
    })
    .to_string()
}

fn component(asset: &Asset) -> Value {
    let mut own = json!({ "type": "device", "bom-ref": asset.id, "name": product(asset) });
    if let Some(own) = own.as_object_mut() {
        if let Some(vendor) = asset.value(Attribute::Vendor) {
            own.insert("manufacturer".to_owned(), json!({ "name": vendor }));
        }
        if let Some(firmware) = asset.value(Attribute::Firmware) {
            own.insert("version".to_owned(), json!(firmware));
        }
    }
    own
}
