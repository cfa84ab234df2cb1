//! CSAF 2.0 as statements on exploitability: the advisory reader does the work, the labels of
//! products that are not affected are read beside it.

use super::read::{SupplyError, begin, clip, text};
use super::{Document, Format, Statement, Status};
use crate::advisory::node::{Complaints, Node};
use crate::advisory::{Advisory, Entry, RemedyKind, read_csaf};
use serde_json::Value;

/// Reads a document; `value` is the same bytes, parsed.
pub(super) fn read(bytes: &[u8], value: &Value) -> Result<Document, SupplyError> {
    let (advisory, wrong) =
        read_csaf(bytes).map_err(|error| SupplyError::Other(error.to_string()))?;
    let mut complaints = Complaints::default();
    let root = Node::root(value);
    let version = root.get("document").map(|d| text(&d, "csaf_version", &mut complaints));
    let mut document = begin(
        Format::Csaf,
        &version.unwrap_or_default(),
        &advisory.id,
        &advisory.publisher,
        &advisory.updated,
    );
    document.complaints = wrong;
    let nodes = root.items("vulnerabilities", &mut complaints);
    for (entry, node) in advisory.entries.iter().zip(&nodes) {
        let labels = labels(node, &mut complaints);
        for (status, leaves) in [
            (Status::Affected, &entry.affected),
            (Status::UnderInvestigation, &entry.open),
            (Status::Fixed, &entry.fixed),
            (Status::NotAffected, &entry.not_affected),
        ] {
            if leaves.is_empty() {
                continue;
            }
            let not = status == Status::NotAffected;
            document.statement(Statement {
                cve: clip(&entry.cve),
                status,
                justification: if not { labels.clone() } else { String::new() },
                detail: String::new(),
                action: if status == Status::Affected { action(entry) } else { String::new() },
                products: leaves.iter().filter_map(|at| product(&advisory, *at)).collect(),
                author: String::new(),
                at: advisory.updated.clone(),
            });
        }
    }
    Ok(document.done(complaints))
}

fn product(advisory: &Advisory, at: u32) -> Option<String> {
    let leaf = advisory.leaves.get(at as usize)?;
    Some(clip(&format!("{} {}", leaf.vendor, leaf.text())))
}

/// CSAF 2.0 §3.2.3.5: why products are not affected.
fn labels(node: &Node<'_>, complaints: &mut Complaints) -> String {
    let flags = node.items("flags", complaints);
    let mut labels: Vec<&str> = flags.iter().map(|flag| flag.must("label", complaints)).collect();
    labels.sort_unstable();
    labels.dedup();
    clip(&labels.join(", "))
}

fn action(entry: &Entry) -> String {
    let fixes = entry.remedies.iter().filter(|remedy| remedy.kind == RemedyKind::Fix);
    let versions: Vec<&str> = fixes.flat_map(|fix| &fix.versions).map(String::as_str).collect();
    if versions.is_empty() {
        return String::new();
    }
    clip(&format!("update to {}", versions.join(", ")))
}
