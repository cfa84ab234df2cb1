//! CISA's catalogue of known exploited vulnerabilities, JSON.

use super::{ImportError, Imported};
use crate::advisory::node::{Complaints, Node};
use crate::pack::Exploited;
use serde_json::Value;

/// Reads the catalogue.
///
/// # Errors
/// When it is no JSON or no catalogue.
pub fn read_kev(bytes: &[u8]) -> Result<Imported<Exploited>, ImportError> {
    let value: Value = serde_json::from_slice(bytes)?;
    let root = Node::root(&value);
    let mut complaints = Complaints::default();
    if root.get("vulnerabilities").is_none() {
        return Err(ImportError::Other(String::from(
            "vulnerabilities: is missing; not a catalogue",
        )));
    }
    let mut records = Vec::new();
    for node in root.items("vulnerabilities", &mut complaints) {
        let cve = node.must("cveID", &mut complaints);
        if cve.is_empty() {
            continue;
        }
        let ransomware = node.text("knownRansomwareCampaignUse", &mut complaints);
        records.push(Exploited {
            cve: cve.to_owned(),
            added: node.must("dateAdded", &mut complaints).to_owned(),
            due: node.text("dueDate", &mut complaints).unwrap_or_default().to_owned(),
            ransomware: ransomware == Some("Known"),
        });
    }
    records.sort_by(|a, b| a.cve.cmp(&b.cve));
    let version = root.text("catalogVersion", &mut complaints).unwrap_or_default().to_owned();
    Ok(Imported { records, complaints: complaints.list, version })
}
