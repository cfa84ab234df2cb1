//! The inventory as CycloneDX 1.6: a bill of materials of the plant (HBOM), each device with its
//! firmware and with the parts that its supplier's documents list (SBOM).

use crate::supply::Provenance;
use crate::{ComponentView, PassportView};
use serde_json::{Map, Value, json};

/// All devices; `now` is RFC 3339 in UTC.
pub fn inventory(of: &Provenance<'_>, now: &str) -> String {
    let devices = of.resolution.assets.iter().map(|asset| device(&of.passport(asset)));
    document(devices.collect(), now)
}

/// One device.
pub fn passport(of: &PassportView, now: &str) -> String {
    document(vec![device(of)], now)
}

fn document(devices: Vec<Map<String, Value>>, now: &str) -> String {
    let mut dependencies = Vec::new();
    for own in &devices {
        let parts = own.get("components").and_then(Value::as_array);
        let refs: Vec<&Value> =
            parts.into_iter().flatten().filter_map(|part| part.get("bom-ref")).collect();
        if let Some(reference) = own.get("bom-ref").filter(|_| !refs.is_empty()) {
            dependencies.push(json!({ "ref": reference, "dependsOn": refs }));
        }
    }
    let tool =
        json!({ "type": "application", "name": "ferrite", "version": env!("CARGO_PKG_VERSION") });
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": { "timestamp": now, "tools": { "components": [tool] } },
        "components": devices,
        "dependencies": dependencies,
    })
    .to_string()
}

/// Puts a text in where there is one.
fn put(map: &mut Map<String, Value>, key: &str, value: Option<&String>) {
    if let Some(value) = value {
        map.insert(key.to_owned(), json!(value));
    }
}

fn device(of: &PassportView) -> Map<String, Value> {
    let mut own = Map::new();
    own.insert("type".to_owned(), json!("device"));
    own.insert("bom-ref".to_owned(), json!(of.asset));
    let name = of.model.as_ref().or(of.product.as_ref()).or(of.order_number.as_ref());
    own.insert("name".to_owned(), json!(name.unwrap_or(&of.name)));
    if let Some(vendor) = &of.vendor {
        own.insert("manufacturer".to_owned(), json!({ "name": vendor }));
    }
    put(&mut own, "version", of.hardware.as_ref());
    let mut properties = Vec::new();
    let role = of.role.map(str::to_owned);
    for (key, value) in [
        ("ferrite:name", Some(&of.name)),
        ("ferrite:zone", Some(&of.zone)),
        ("ferrite:role", role.as_ref()),
        ("cdx:device:orderNumber", of.order_number.as_ref()),
        ("cdx:device:serialNumber", of.serial.as_ref()),
    ] {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            properties.push(json!({ "name": key, "value": value }));
        }
    }
    for origin in &of.origins {
        let key = format!("ferrite:origin:{}", origin.kind);
        properties.push(json!({ "name": key, "value": origin.country }));
    }
    own.insert("properties".to_owned(), json!(properties));
    let mut parts = Vec::new();
    if let Some(firmware) = &of.firmware {
        parts.push(json!({
            "type": "firmware",
            "bom-ref": format!("{}/firmware", of.asset),
            "name": format!("{} firmware", name.unwrap_or(&of.name)),
            "version": firmware,
        }));
    }
    let listed = of.components.iter().enumerate();
    parts.extend(listed.map(|(at, part)| component(&format!("{}/{at}", of.asset), part)));
    if !parts.is_empty() {
        own.insert("components".to_owned(), Value::Array(parts));
    }
    own
}

/// Kinds that CycloneDX 1.6 has.
const KINDS: [&str; 13] = [
    "application",
    "framework",
    "library",
    "container",
    "platform",
    "operating-system",
    "device",
    "device-driver",
    "firmware",
    "file",
    "machine-learning-model",
    "data",
    "cryptographic-asset",
];
/// Hashes that it has.
const HASHES: [&str; 12] = [
    "MD5",
    "SHA-1",
    "SHA-256",
    "SHA-384",
    "SHA-512",
    "SHA3-256",
    "SHA3-384",
    "SHA3-512",
    "BLAKE2b-256",
    "BLAKE2b-384",
    "BLAKE2b-512",
    "BLAKE3",
];

fn component(reference: &str, of: &ComponentView) -> Value {
    let mut own = Map::new();
    let kind = of.kind.as_deref().unwrap_or_default().replace('_', "-");
    let kind = KINDS.iter().find(|known| **known == kind).copied().unwrap_or("library");
    own.insert("type".to_owned(), json!(kind));
    own.insert("bom-ref".to_owned(), json!(reference));
    own.insert("name".to_owned(), json!(of.name));
    put(&mut own, "version", of.version.as_ref());
    put(&mut own, "purl", of.purl.as_ref());
    put(&mut own, "cpe", of.cpe.as_ref());
    if let Some(supplier) = &of.supplier {
        own.insert("supplier".to_owned(), json!({ "name": supplier }));
    }
    let licences: Vec<Value> =
        of.licences.iter().map(|name| json!({ "license": { "name": name } })).collect();
    if !licences.is_empty() {
        own.insert("licenses".to_owned(), Value::Array(licences));
    }
    let hashes: Vec<Value> = of.hashes.iter().filter_map(|hash| self::hash(hash)).collect();
    if !hashes.is_empty() {
        own.insert("hashes".to_owned(), Value::Array(hashes));
    }
    Value::Object(own)
}

/// `SHA256:…` of SPDX is `SHA-256` here; what the format does not have is left out.
fn hash(text: &str) -> Option<Value> {
    let (algorithm, value) = text.split_once(':')?;
    let plain = |name: &str| name.to_uppercase().replace('-', "");
    let known = HASHES.iter().find(|known| plain(known) == plain(algorithm))?;
    let digits = matches!(value.len(), 32 | 40 | 64 | 96 | 128);
    (digits && value.bytes().all(|byte| byte.is_ascii_hexdigit()))
        .then(|| json!({ "alg": known, "content": value }))
}
