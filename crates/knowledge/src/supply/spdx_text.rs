//! SPDX 2.x, tag-value: brought into the shape of its JSON, then read the same way.

use super::read::{COMPONENTS_MAX, LIST_MAX, SupplyError};
use super::{Document, spdx};
use serde_json::{Map, Value, json};

/// Most relations and creators that are looked at.
const LINES_MAX: usize = 200_000;

/// Begins like a tag-value document: its first tag, behind remarks, is the version.
pub(super) fn is(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
    lines.next().is_some_and(|line| line.starts_with("SPDXVersion:"))
}

/// Reads a document.
pub(super) fn read(text: &str) -> Result<Document, SupplyError> {
    let mut root = Map::new();
    let mut packages: Vec<Map<String, Value>> = Vec::new();
    let (mut relations, mut creators) = (Vec::new(), Vec::new());
    let (mut in_file, mut dropped) = (false, 0);
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some((tag, value)) = line.split_once(':') else { continue };
        let (tag, value) = (tag.trim(), whole(value.trim(), &mut lines));
        match tag {
            "SPDXVersion" => put(&mut root, "spdxVersion", value),
            "DocumentNamespace" => put(&mut root, "documentNamespace", value),
            "DocumentName" => put(&mut root, "name", value),
            "Created" => put(&mut root, "created", value),
            "Creator" if creators.len() < LIST_MAX => creators.push(Value::String(value)),
            "Relationship" if relations.len() < LINES_MAX => relations.extend(relation(&value)),
            "FileName" | "SnippetSPDXID" => in_file = true,
            "PackageName" if packages.len() < COMPONENTS_MAX => {
                in_file = false;
                packages.push(Map::from_iter([("name".to_owned(), Value::String(value))]));
            }
            "PackageName" | "Relationship" => dropped += 1,
            _ if in_file => {}
            _ => {
                if let Some(package) = packages.last_mut() {
                    of_package(package, tag, value);
                }
            }
        }
    }
    let created = root.remove("created").unwrap_or(Value::Null);
    root.insert("creationInfo".to_owned(), json!({ "created": created, "creators": creators }));
    root.insert("relationships".to_owned(), Value::Array(relations));
    let packages = packages.into_iter().map(Value::Object).collect();
    root.insert("packages".to_owned(), Value::Array(packages));
    let mut document = spdx::read(&Value::Object(root))?;
    document.dropped += dropped;
    Ok(document)
}

/// A value with all its lines: `<text>…</text>`.
fn whole(value: &str, lines: &mut std::str::Lines<'_>) -> String {
    let Some(rest) = value.strip_prefix("<text>") else { return value.to_owned() };
    let mut text = rest.to_owned();
    while !text.contains("</text>") {
        let Some(line) = lines.next() else { break };
        text.push('\n');
        text.push_str(line);
    }
    text.split("</text>").next().unwrap_or_default().to_owned()
}

fn put(map: &mut Map<String, Value>, key: &str, value: String) {
    map.insert(key.to_owned(), Value::String(value));
}

fn relation(value: &str) -> Option<Value> {
    let mut words = value.split_whitespace();
    let (from, kind, to) = (words.next()?, words.next()?, words.next()?);
    Some(json!({ "spdxElementId": from, "relationshipType": kind, "relatedSpdxElement": to }))
}

fn of_package(package: &mut Map<String, Value>, tag: &str, value: String) {
    let add = |package: &mut Map<String, Value>, key: &str, new: Value| {
        let list = package.entry(key).or_insert_with(|| json!([]));
        if let Some(list) = list.as_array_mut().filter(|list| list.len() < LIST_MAX) {
            list.push(new);
        }
    };
    let key = match tag {
        "SPDXID" => "SPDXID",
        "PackageVersion" => "versionInfo",
        "PackageSupplier" => "supplier",
        "PackageOriginator" => "originator",
        "PackageLicenseDeclared" => "licenseDeclared",
        "PackageLicenseConcluded" => "licenseConcluded",
        "PrimaryPackagePurpose" => "primaryPackagePurpose",
        "PackageChecksum" => {
            let (algorithm, sum) = value.split_once(':').unwrap_or(("", &value));
            let new = json!({ "algorithm": algorithm, "checksumValue": sum.trim() });
            return add(package, "checksums", new);
        }
        "ExternalRef" => {
            let mut words = value.split_whitespace().skip(1);
            if let (Some(kind), Some(locator)) = (words.next(), words.next()) {
                let new = json!({ "referenceType": kind, "referenceLocator": locator });
                add(package, "externalRefs", new);
            }
            return;
        }
        _ => return,
    };
    put(package, key, value);
}
