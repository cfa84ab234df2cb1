//! CycloneDX 1.2 to 1.6, JSON: parts (software and hardware), services, dependencies, and
//! vulnerabilities with their analysis (VEX).

use super::read::{LIST_MAX, begin, clip, first, text};
use super::{Component, Document, Format, Service, Statement, Status};
use crate::advisory::node::{Complaints, Node};
use serde_json::Value;
use std::collections::BTreeMap;

/// Reads a document that says it is CycloneDX.
pub(super) fn read(value: &Value) -> Document {
    let root = Node::root(value);
    let mut complaints = Complaints::default();
    let version = text(&root, "specVersion", &mut complaints);
    let id = text(&root, "serialNumber", &mut complaints);
    let metadata = root.get("metadata");
    let (mut author, mut made) = (String::new(), String::new());
    if let Some(metadata) = &metadata {
        made = text(metadata, "timestamp", &mut complaints);
        author = author_of(metadata, &mut complaints);
    }
    let mut document = begin(Format::CycloneDx, &version, &id, &author, &made);
    if let Some(subject) = metadata.as_ref().and_then(|metadata| metadata.get("component")) {
        let own = component(&subject, &mut complaints);
        parts(&subject, None, &mut document, &mut complaints);
        document.subject = Some(own);
    }
    parts(&root, None, &mut document, &mut complaints);
    for service in root.items("services", &mut complaints) {
        let new = self::service(&service, &mut complaints);
        Document::record(&mut document.dropped, &mut document.services, new);
    }
    for dependency in root.items("dependencies", &mut complaints) {
        let from = dependency.must("ref", &mut complaints);
        for to in dependency.texts("dependsOn", &mut complaints) {
            document.relation(from, "depends_on", to);
        }
        for to in dependency.texts("provides", &mut complaints) {
            document.relation(from, "provides", to);
        }
    }
    for vulnerability in root.items("vulnerabilities", &mut complaints) {
        for new in statements(&vulnerability, &mut complaints) {
            document.statement(new);
        }
    }
    document.done(complaints)
}

fn author_of(metadata: &Node<'_>, complaints: &mut Complaints) -> String {
    for key in ["manufacturer", "supplier", "manufacture"] {
        let name = metadata.get(key).map(|entity| text(&entity, "name", complaints));
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            return name;
        }
    }
    let authors = metadata.items("authors", complaints);
    authors.first().map(|author| text(author, "name", complaints)).unwrap_or_default()
}

/// The parts below a place, each with the part that it lies in. JSON limits how deep they nest.
fn parts(
    node: &Node<'_>,
    within: Option<u32>,
    document: &mut Document,
    complaints: &mut Complaints,
) {
    for item in node.items("components", complaints) {
        let new = component(&item, complaints);
        if new.name.is_empty() {
            item.complain("name is missing", complaints);
            document.dropped += 1;
            continue;
        }
        let at = document.component(Component { within, ..new });
        if at.is_some() {
            parts(&item, at, document, complaints);
        }
    }
}

fn component(node: &Node<'_>, complaints: &mut Complaints) -> Component {
    let (group, name) = (text(node, "group", complaints), text(node, "name", complaints));
    let entity = |key: &str, complaints: &mut Complaints| {
        node.get(key).map(|entity| text(&entity, "name", complaints)).unwrap_or_default()
    };
    let mut supplier = entity("supplier", complaints);
    if supplier.is_empty() {
        supplier = entity("manufacturer", complaints);
    }
    if supplier.is_empty() {
        supplier = first(node, &["publisher", "author"], complaints);
    }
    let mut own = Component {
        reference: text(node, "bom-ref", complaints),
        kind: text(node, "type", complaints),
        name: if group.is_empty() { name } else { format!("{group}/{name}") },
        version: text(node, "version", complaints),
        supplier,
        purl: text(node, "purl", complaints),
        cpe: text(node, "cpe", complaints),
        ..Component::default()
    };
    for licence in node.items("licenses", complaints).into_iter().take(LIST_MAX) {
        let said = match licence.get("license") {
            Some(licence) => first(&licence, &["id", "name"], complaints),
            None => text(&licence, "expression", complaints),
        };
        if !said.is_empty() {
            own.licences.push(said);
        }
    }
    for hash in node.items("hashes", complaints).into_iter().take(LIST_MAX) {
        let (algorithm, value) = (hash.must("alg", complaints), hash.must("content", complaints));
        if !algorithm.is_empty() && !value.is_empty() {
            own.hashes.push(clip(&format!("{algorithm}:{}", value.to_lowercase())));
        }
    }
    for property in node.items("properties", complaints).into_iter().take(LIST_MAX) {
        let name = property.text("name", complaints).unwrap_or_default().to_lowercase();
        let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        if name.ends_with("countryoforigin") {
            own.country = text(&property, "value", complaints);
        }
    }
    own
}

fn service(node: &Node<'_>, complaints: &mut Complaints) -> Service {
    let (group, name) = (text(node, "group", complaints), text(node, "name", complaints));
    let provider = node.get("provider");
    let endpoints = node.texts("endpoints", complaints);
    let crosses = node.get("x-trust-boundary").and_then(|value| value.value().as_bool());
    Service {
        name: if group.is_empty() { name } else { format!("{group}/{name}") },
        provider: provider.map(|entity| text(&entity, "name", complaints)).unwrap_or_default(),
        endpoints: endpoints.into_iter().take(LIST_MAX).map(clip).collect(),
        crosses_trust: crosses.unwrap_or(false),
    }
}

fn statements(node: &Node<'_>, complaints: &mut Complaints) -> Vec<Statement> {
    let cve = node.must("id", complaints);
    if cve.is_empty() {
        return Vec::new();
    }
    let analysis = node.get("analysis");
    let state = analysis.as_ref().and_then(|analysis| analysis.text("state", complaints));
    let status = match state.unwrap_or_default() {
        "resolved" | "resolved_with_pedigree" => Status::Fixed,
        "not_affected" | "false_positive" => Status::NotAffected,
        "in_triage" => Status::UnderInvestigation,
        // Listed without an analysis: a known weakness.
        "exploitable" | "" => Status::Affected,
        other => {
            node.complain(&format!("analysis.state {other} is none of the format's"), complaints);
            Status::UnderInvestigation
        }
    };
    let mut action = text(node, "recommendation", complaints);
    let (mut justification, mut detail) = (String::new(), String::new());
    let mut at = first(node, &["updated", "published", "created"], complaints);
    if let Some(analysis) = &analysis {
        justification = text(analysis, "justification", complaints);
        detail = text(analysis, "detail", complaints);
        let updated = first(analysis, &["lastUpdated", "firstIssued"], complaints);
        if !updated.is_empty() {
            at = updated;
        }
        let responses = analysis.texts("response", complaints);
        if action.is_empty() {
            action = clip(&responses.join(", "));
        }
    }
    if state == Some("false_positive") && justification.is_empty() {
        "false_positive".clone_into(&mut justification);
    }
    let cve = clip(cve);
    let said = Statement {
        cve,
        status,
        justification,
        detail,
        action,
        products: Vec::new(),
        author: String::new(),
        at,
    };
    by_versions(node, said, complaints)
}

/// One statement for each status: versions of a product may have one of their own.
fn by_versions(node: &Node<'_>, said: Statement, complaints: &mut Complaints) -> Vec<Statement> {
    let mut products: BTreeMap<Status, Vec<String>> = BTreeMap::new();
    for target in node.items("affects", complaints).into_iter().take(LIST_MAX) {
        let reference = target.must("ref", complaints);
        let mut versions: BTreeMap<Status, Vec<String>> = BTreeMap::new();
        for version in target.items("versions", complaints).into_iter().take(LIST_MAX) {
            let own = match version.text("status", complaints).unwrap_or_default() {
                "unaffected" => Status::NotAffected,
                "unknown" => Status::UnderInvestigation,
                // `affected`, and nothing, say the same as the analysis.
                _ => said.status,
            };
            let text = first(&version, &["version", "range"], complaints);
            versions.entry(own).or_default().push(text);
        }
        if versions.is_empty() && !reference.is_empty() {
            products.entry(said.status).or_default().push(clip(reference));
        }
        for (status, versions) in versions {
            let named = clip(&format!("{reference} ({})", versions.join(", ")));
            products.entry(status).or_default().push(named);
        }
    }
    if products.is_empty() {
        return vec![said];
    }
    let one = |(status, products)| Statement { status, products, ..said.clone() };
    products.into_iter().map(one).collect()
}
