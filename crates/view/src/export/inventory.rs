//! The inventory as CycloneDX 1.6: a bill of materials of the plant.

use crate::supply::Provenance;
use serde_json::{Map, Value, json};

/// All devices, each a component with its firmware and its parts; `now` is RFC 3339 in UTC.
pub fn inventory(of: &Provenance<'_>, now: &str) -> String {
    let components: Vec<Value> = of
        .resolution
        .assets
        .iter()
        .map(|asset| Value::Object(device(&of.passport(asset))))
        .collect();
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": { "timestamp": now },
        "components": components,
    })
    .to_string()
}

fn device(of: &crate::PassportView) -> Map<String, Value> {
    let mut own = Map::new();
    own.insert("type".to_owned(), json!("device"));
    own.insert("bom-ref".to_owned(), json!(of.asset));
    own.insert("name".to_owned(), json!(of.name));
    own
}
