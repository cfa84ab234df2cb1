//! OpenVEX 0.0.1 to 0.2.0.

use super::read::{LIST_MAX, begin, clip, first, text};
use super::{Document, Format, Statement, Status};
use crate::advisory::node::{Complaints, Node};
use serde_json::Value;

/// Reads a document with OpenVEX's context.
pub(super) fn read(value: &Value) -> Document {
    let root = Node::root(value);
    let mut complaints = Complaints::default();
    let context = text(&root, "@context", &mut complaints);
    let version = context.rsplit('/').next().unwrap_or_default().trim_start_matches('v');
    let (id, author) =
        (text(&root, "@id", &mut complaints), text(&root, "author", &mut complaints));
    let made = first(&root, &["last_updated", "timestamp"], &mut complaints);
    let mut document = begin(Format::OpenVex, version, &id, &author, &made);
    for node in root.items("statements", &mut complaints) {
        if let Some(new) = statement(&node, &mut complaints) {
            document.statement(new);
        }
    }
    document.done(complaints)
}

fn statement(node: &Node<'_>, complaints: &mut Complaints) -> Option<Statement> {
    let vulnerability = node.get("vulnerability");
    let cve = match &vulnerability {
        // Version 0.0.x has a text here.
        Some(named) if named.value().is_string() => named.value().as_str().unwrap_or("").to_owned(),
        Some(named) => first(named, &["name", "@id"], complaints),
        None => String::new(),
    };
    if cve.is_empty() {
        node.complain("vulnerability is missing", complaints);
        return None;
    }
    let status = match node.must("status", complaints) {
        "affected" => Status::Affected,
        "not_affected" => Status::NotAffected,
        "fixed" => Status::Fixed,
        "under_investigation" => Status::UnderInvestigation,
        other => {
            node.complain(&format!("status {other} is none of the format's"), complaints);
            return None;
        }
    };
    let mut products = Vec::new();
    for product in node.items("products", complaints).into_iter().take(LIST_MAX) {
        let own = name(&product, complaints);
        let parts = product.items("subcomponents", complaints);
        // Where parts are named, it is they that are meant.
        products.extend(parts.iter().take(LIST_MAX).map(|part| name(part, complaints)));
        products.push(own);
    }
    products.retain(|product| !product.is_empty());
    Some(Statement {
        cve: clip(&cve),
        status,
        justification: text(node, "justification", complaints),
        detail: first(node, &["impact_statement", "status_notes"], complaints),
        action: text(node, "action_statement", complaints),
        products,
        author: text(node, "supplier", complaints),
        at: first(node, &["last_updated", "timestamp"], complaints),
    })
}

/// A product's package URL, else its CPE, else its identifier.
fn name(node: &Node<'_>, complaints: &mut Complaints) -> String {
    if let Some(text) = node.value().as_str() {
        return clip(text);
    }
    let better = node.get("identifiers");
    let better = better.map(|of| first(&of, &["purl", "cpe23", "cpe22"], complaints));
    better.filter(|text| !text.is_empty()).unwrap_or_else(|| text(node, "@id", complaints))
}
