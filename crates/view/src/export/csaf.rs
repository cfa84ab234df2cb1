//! CSAF 2.0, profile 5: VEX. Every device is a product of its own.

use super::{Status, by_cve, by_id, product, status};
use judge::risk::{Assessment, Known, State, Weakness};
use model::Asset;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use vocab::Attribute;

/// One CVE over all devices.
#[derive(Default)]
struct Entry {
    products: BTreeMap<Status, Vec<String>>,
    remediations: Vec<Value>,
    threats: Vec<Value>,
    advisories: std::collections::BTreeSet<String>,
}

/// The document; `now` is RFC 3339 in UTC. `None` where nothing is known against any device: the
/// profile has no empty document.
pub fn csaf(by: &Assessment, assets: &[Asset], now: &str) -> Option<String> {
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    let mut products = Vec::new();
    let assets = by_id(assets);
    for risk in &by.assets {
        let Some(asset) = assets.get(risk.id.as_str()) else { continue };
        products.push(full_name(asset));
        for (cve, (weakness, known)) in by_cve(risk) {
            let entry = entries.entry(cve.to_owned()).or_default();
            let status = status(weakness, known);
            entry.products.entry(status).or_default().push(risk.id.clone());
            entry.advisories.insert(known.advisory.clone());
            let reason = by.triage.ruling(&risk.id, cve).map_or("", |ruling| &ruling.reason);
            match status {
                Status::Affected => {
                    entry.remediations.push(remediation(&risk.id, weakness, known, reason));
                }
                Status::NotAffected => entry.threats.push(json!({
                    "category": "impact", "details": reason, "product_ids": [risk.id],
                })),
                Status::Investigated | Status::Fixed => {}
            }
        }
    }
    if products.is_empty() {
        return None;
    }
    let vulnerabilities: Vec<Value> =
        entries.into_iter().map(|(cve, entry)| vulnerability(&cve, entry)).collect();
    let document = json!({
        "document": {
            "category": "csaf_vex",
            "csaf_version": "2.0",
            "lang": "en",
            // What is weak in a plant is for those who need to know.
            "distribution": { "tlp": { "label": "AMBER" } },
            "publisher": {
                "category": "user",
                "name": "Operator of the plant",
                "namespace": "https://ferrite.invalid/",
            },
            "title": "Vulnerabilities of the plant's devices and what was decided about them",
            "tracking": {
                "id": format!("ferrite-vex-{now}"),
                "status": "final",
                "version": "1",
                "initial_release_date": now,
                "current_release_date": now,
                "revision_history": [
                    { "date": now, "number": "1", "summary": "Exported by Ferrite" },
                ],
            },
        },
        "product_tree": { "full_product_names": products },
        "vulnerabilities": vulnerabilities,
    });
    Some(document.to_string())
}

fn full_name(asset: &Asset) -> Value {
    let mut helper = Map::new();
    if let Some(order) = asset.value(Attribute::OrderNumber) {
        helper.insert("model_numbers".to_owned(), json!([order]));
    }
    if let Some(serial) = asset.value(Attribute::Serial) {
        helper.insert("serial_numbers".to_owned(), json!([serial]));
    }
    let mut name = json!({ "product_id": asset.id, "name": product(asset) });
    if let (Some(name), false) = (name.as_object_mut(), helper.is_empty()) {
        name.insert("product_identification_helper".to_owned(), Value::Object(helper));
    }
    name
}

/// What is done about it. CSAF 2.0 §4.5 wants an action statement for everything affected.
fn remediation(id: &str, weakness: &Weakness, known: &Known, reason: &str) -> Value {
    let (category, details) = match (weakness.state, &known.fixed) {
        (State::Accepted, _) => ("no_fix_planned", format!("The risk is accepted: {reason}")),
        (State::Mitigated, _) => ("mitigation", reason.to_owned()),
        (_, Some(version)) => ("vendor_fix", format!("Update to {version}")),
        (_, None) if known.workaround => {
            ("workaround", format!("See what {} names", known.advisory))
        }
        _ => ("none_available", String::from("The maker names no version that fixes it")),
    };
    json!({ "category": category, "details": details, "product_ids": [id] })
}

fn vulnerability(cve: &str, entry: Entry) -> Value {
    let mut own = Map::new();
    if cve.starts_with("CVE-") {
        own.insert("cve".to_owned(), json!(cve));
    } else {
        own.insert("ids".to_owned(), json!([{ "system_name": "Publisher", "text": cve }]));
    }
    let advisories: Vec<String> = entry.advisories.into_iter().collect();
    let text = format!("{cve}, by {}", advisories.join(", "));
    own.insert("notes".to_owned(), json!([{ "category": "description", "text": text }]));
    let key = |status| match status {
        Status::Affected => "known_affected",
        Status::Investigated => "under_investigation",
        Status::NotAffected => "known_not_affected",
        Status::Fixed => "fixed",
    };
    let statuses: Map<String, Value> =
        entry.products.into_iter().map(|(s, ids)| (key(s).to_owned(), json!(ids))).collect();
    own.insert("product_status".to_owned(), Value::Object(statuses));
    if !entry.remediations.is_empty() {
        own.insert("remediations".to_owned(), Value::Array(entry.remediations));
    }
    if !entry.threats.is_empty() {
        own.insert("threats".to_owned(), Value::Array(entry.threats));
    }
    Value::Object(own)
}
