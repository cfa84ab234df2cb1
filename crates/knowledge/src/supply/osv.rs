//! OSV records (schema 1.x): one, a list, or an answer of its interface.

use super::read::{LIST_MAX, RECORDS_MAX, begin, clip, text};
use super::{Document, Format, Range, RangeKind, Weak};
use crate::advisory::node::{Complaints, Node};
use serde_json::Value;

/// Most listed versions of a package.
const VERSIONS_MAX: usize = 10_000;

/// Looks like one or several records.
pub(super) fn is(value: &Value) -> bool {
    let one = |value: &Value| value.get("id").is_some() && value.get("affected").is_some();
    match value {
        Value::Array(list) => list.first().is_some_and(one),
        _ => one(value) || value.get("vulns").is_some_and(Value::is_array),
    }
}

/// Reads the records.
pub(super) fn read(value: &Value) -> Document {
    let mut complaints = Complaints::default();
    let mut document = begin(Format::Osv, "", "", "", "");
    match value {
        Value::Array(list) => {
            document.dropped += list.len().saturating_sub(RECORDS_MAX);
            for one in list.iter().take(RECORDS_MAX) {
                record(&Node::root(one), &mut document, &mut complaints);
            }
        }
        _ if value.get("vulns").is_some() => {
            for one in Node::root(value).items("vulns", &mut complaints) {
                record(&one, &mut document, &mut complaints);
            }
        }
        one => record(&Node::root(one), &mut document, &mut complaints),
    }
    document.done(complaints)
}

fn record(node: &Node<'_>, document: &mut Document, complaints: &mut Complaints) {
    let id = clip(node.must("id", complaints));
    if id.is_empty() || node.get("withdrawn").is_some() {
        document.dropped += 1;
        return;
    }
    let modified = text(node, "modified", complaints);
    if document.id.is_empty() {
        document.version = text(node, "schema_version", complaints);
        document.id.clone_from(&id);
    }
    if document.made < modified {
        document.made.clone_from(&modified);
    }
    let aliases = node.texts("aliases", complaints);
    let aliases: Vec<String> = aliases.into_iter().take(LIST_MAX).map(clip).collect();
    let vector = vector(node, complaints);
    for affected in node.items("affected", complaints) {
        let mut weak = Weak {
            id: id.clone(),
            aliases: aliases.clone(),
            modified: modified.clone(),
            vector: vector.clone(),
            ..Weak::default()
        };
        if let Some(package) = affected.get("package") {
            weak.ecosystem = text(&package, "ecosystem", complaints);
            weak.package = text(&package, "name", complaints);
            weak.purl = text(&package, "purl", complaints);
        }
        if weak.package.is_empty() && weak.purl.is_empty() {
            affected.complain("package is missing", complaints);
        }
        let own = self::vector(&affected, complaints);
        if !own.is_empty() {
            weak.vector = own;
        }
        for node in affected.items("ranges", complaints).into_iter().take(LIST_MAX) {
            weak.ranges.extend(range(&node, complaints));
        }
        let versions = affected.texts("versions", complaints);
        document.dropped += versions.len().saturating_sub(VERSIONS_MAX);
        weak.versions = versions.into_iter().take(VERSIONS_MAX).map(clip).collect();
        Document::record(&mut document.dropped, &mut document.weak, weak);
    }
}

fn range(node: &Node<'_>, complaints: &mut Complaints) -> Option<Range> {
    let kind = match node.must("type", complaints) {
        "SEMVER" => RangeKind::Semver,
        "ECOSYSTEM" => RangeKind::Ecosystem,
        "GIT" => RangeKind::Git,
        other => {
            node.complain(&format!("type {other} is none of the format's"), complaints);
            return None;
        }
    };
    let mut events = Vec::new();
    for event in node.items("events", complaints).into_iter().take(LIST_MAX) {
        for key in ["introduced", "fixed", "last_affected", "limit"] {
            if let Some(version) = event.text(key, complaints) {
                events.push((key.to_owned(), clip(version)));
            }
        }
    }
    Some(Range { kind, events })
}

fn vector(node: &Node<'_>, complaints: &mut Complaints) -> String {
    let all = node.items("severity", complaints);
    all.first().map(|severity| text(severity, "score", complaints)).unwrap_or_default()
}
