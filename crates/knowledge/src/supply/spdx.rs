//! SPDX 2.2 and 2.3, JSON: packages and how they belong together.

use super::read::{LIST_MAX, SupplyError, begin, clip, first, text};
use super::{Component, Document, Format};
use crate::advisory::node::{Complaints, Node};
use serde_json::Value;

/// Reads a document that names its version of SPDX.
pub(super) fn read(value: &Value) -> Result<Document, SupplyError> {
    let root = Node::root(value);
    let mut complaints = Complaints::default();
    let version = text(&root, "spdxVersion", &mut complaints);
    if !version.starts_with("SPDX-2.") {
        return Err(SupplyError::Other(format!("spdxVersion is {version}: SPDX 2 is read")));
    }
    let id = first(&root, &["documentNamespace", "name"], &mut complaints);
    let (mut author, mut made) = (String::new(), String::new());
    if let Some(info) = root.get("creationInfo") {
        made = text(&info, "created", &mut complaints);
        let creators = info.texts("creators", &mut complaints);
        let named = |kind: &str| creators.iter().find_map(|c| c.strip_prefix(kind));
        let best = named("Organization:").or_else(|| named("Person:")).or_else(|| named("Tool:"));
        author = clip(best.unwrap_or_default());
    }
    let mut document = begin(Format::Spdx, &version, &id, &author, &made);
    let mut described: Vec<String> =
        root.texts("documentDescribes", &mut complaints).into_iter().map(clip).collect();
    for relation in root.items("relationships", &mut complaints) {
        let from = relation.must("spdxElementId", &mut complaints);
        let to = relation.must("relatedSpdxElement", &mut complaints);
        let kind = relation.must("relationshipType", &mut complaints);
        if kind == "DESCRIBES" {
            described.push(clip(to));
        }
        document.relation(from, kind, to);
    }
    for package in root.items("packages", &mut complaints) {
        let own = component(&package, &mut complaints);
        if own.name.is_empty() {
            package.complain("name is missing", &mut complaints);
            document.dropped += 1;
            continue;
        }
        if described.len() == 1 && described.first() == Some(&own.reference) {
            document.subject = Some(own.clone());
        }
        document.component(own);
    }
    Ok(document.done(complaints))
}

/// `NOASSERTION` and `NONE` say nothing.
fn said(text: String) -> String {
    if matches!(text.as_str(), "NOASSERTION" | "NONE") { String::new() } else { text }
}

fn component(node: &Node<'_>, complaints: &mut Complaints) -> Component {
    let party = |key: &str, complaints: &mut Complaints| {
        let text = said(text(node, key, complaints));
        let name = text.split_once(':').map_or(text.as_str(), |(_, name)| name);
        // `Organization: Acme (security@acme.example)`.
        clip(name.split(" (").next().unwrap_or(name))
    };
    let mut supplier = party("supplier", complaints);
    if supplier.is_empty() {
        supplier = party("originator", complaints);
    }
    let mut own = Component {
        reference: text(node, "SPDXID", complaints),
        kind: text(node, "primaryPackagePurpose", complaints).to_lowercase(),
        name: text(node, "name", complaints),
        version: said(text(node, "versionInfo", complaints)),
        supplier,
        ..Component::default()
    };
    for key in ["licenseDeclared", "licenseConcluded"] {
        let licence = said(text(node, key, complaints));
        if !licence.is_empty() && !own.licences.contains(&licence) {
            own.licences.push(licence);
        }
    }
    for sum in node.items("checksums", complaints).into_iter().take(LIST_MAX) {
        let algorithm = sum.must("algorithm", complaints);
        let value = sum.must("checksumValue", complaints);
        if !value.is_empty() {
            own.hashes.push(clip(&format!("{algorithm}:{}", value.to_lowercase())));
        }
    }
    for reference in node.items("externalRefs", complaints).into_iter().take(LIST_MAX) {
        let locator = text(&reference, "referenceLocator", complaints);
        match reference.text("referenceType", complaints).unwrap_or_default() {
            "purl" => own.purl = locator,
            kind if kind.starts_with("cpe2") => own.cpe = locator,
            _ => {}
        }
    }
    own
}
