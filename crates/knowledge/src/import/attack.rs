//! MITRE ATT&CK for ICS, STIX 2.1: identifiers, names, tactics, targets, mitigations.

use super::ImportError;
use crate::advisory::node::{Complaints, Node};
use crate::pack::{Named, Technique};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The matrix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attack {
    /// Techniques, by identifier.
    pub techniques: Vec<Technique>,
    /// Tactics, by identifier.
    pub tactics: Vec<Named>,
    /// Mitigations, by identifier.
    pub mitigations: Vec<Named>,
    /// Version of the collection.
    pub version: String,
    /// What was wrong, with its place.
    pub complaints: Vec<String>,
}

/// An object: its own identifier and name.
struct Object<'a> {
    id: &'a str,
    name: &'a str,
    node: Node<'a>,
}

/// Reads a bundle. Revoked and deprecated objects are left out.
///
/// # Errors
/// When it is no JSON or no bundle.
pub fn read_attack(bytes: &[u8]) -> Result<Attack, ImportError> {
    let value: Value = serde_json::from_slice(bytes)?;
    let root = Node::root(&value);
    let mut complaints = Complaints::default();
    if root.get("objects").is_none() {
        return Err(ImportError::Other(String::from("objects: is missing; not a STIX bundle")));
    }
    let items = root.items("objects", &mut complaints);
    let mut of: BTreeMap<&str, BTreeMap<&str, Object<'_>>> = BTreeMap::new();
    let mut attack = Attack::default();
    for node in &items {
        let kind = node.must("type", &mut complaints);
        if kind == "x-mitre-collection" {
            node.text("x_mitre_version", &mut complaints)
                .unwrap_or_default()
                .clone_into(&mut attack.version);
        }
        let is_gone =
            |key: &str| node.get(key).is_some_and(|gone| gone.value() == &Value::Bool(true));
        if is_gone("revoked") || is_gone("x_mitre_deprecated") {
            continue;
        }
        if matches!(
            kind,
            "attack-pattern" | "course-of-action" | "x-mitre-tactic" | "x-mitre-asset"
        ) {
            let references = node.items("external_references", &mut complaints);
            let own = references.iter().find(|r| {
                r.text("source_name", &mut Complaints::default()) == Some("mitre-attack")
            });
            let Some(id) = own.and_then(|r| r.text("external_id", &mut Complaints::default()))
            else {
                node.complain("has no identifier of ATT&CK", &mut complaints);
                continue;
            };
            let object =
                Object { id, name: node.must("name", &mut complaints), node: node.clone() };
            of.entry(kind).or_default().insert(node.must("id", &mut complaints), object);
        }
    }
    let related = relations(&items, &of, &mut complaints);
    let short: BTreeMap<&str, &str> = of
        .get("x-mitre-tactic")
        .into_iter()
        .flat_map(BTreeMap::values)
        .filter_map(|t| Some((t.node.text("x_mitre_shortname", &mut Complaints::default())?, t.id)))
        .collect();
    for (key, object) in of.get("attack-pattern").into_iter().flatten() {
        let phases = object.node.items("kill_chain_phases", &mut complaints);
        let phase = |p: &Node<'_>| {
            p.text("phase_name", &mut Complaints::default())
                .and_then(|n| short.get(n))
                .map(|id| (*id).to_owned())
        };
        let list = |kind: &str| related.get(&(kind, *key)).into_iter().flatten().cloned().collect();
        attack.techniques.push(Technique {
            id: object.id.to_owned(),
            name: object.name.to_owned(),
            tactics: phases.iter().filter_map(phase).collect(),
            targets: list("targets"),
            mitigations: list("mitigates"),
        });
    }
    attack.techniques.sort_by(|a, b| a.id.cmp(&b.id));
    attack.tactics = named(&of, "x-mitre-tactic");
    attack.mitigations = named(&of, "course-of-action");
    attack.complaints = complaints.list;
    Ok(attack)
}

fn named(of: &BTreeMap<&str, BTreeMap<&str, Object<'_>>>, kind: &str) -> Vec<Named> {
    let objects = of.get(kind).into_iter().flat_map(BTreeMap::values);
    let mut list: Vec<Named> =
        objects.map(|o| Named { id: o.id.to_owned(), name: o.name.to_owned() }).collect();
    list.sort();
    list
}

/// Per kind of relation and technique: names of assets, identifiers of mitigations.
fn relations<'a>(
    items: &[Node<'a>],
    of: &BTreeMap<&str, BTreeMap<&str, Object<'a>>>,
    complaints: &mut Complaints,
) -> BTreeMap<(&'a str, &'a str), BTreeSet<String>> {
    let find = |kind: &str, key: &str| of.get(kind).and_then(|objects| objects.get(key));
    let mut related: BTreeMap<(&str, &str), BTreeSet<String>> = BTreeMap::new();
    for node in items {
        if node.text("type", complaints) != Some("relationship") {
            continue;
        }
        let kind = node.must("relationship_type", complaints);
        let (from, to) = (node.must("source_ref", complaints), node.must("target_ref", complaints));
        match kind {
            "targets" => {
                if let Some(asset) = find("x-mitre-asset", to) {
                    related.entry((kind, from)).or_default().insert(asset.name.to_owned());
                }
            }
            "mitigates" => {
                if let Some(mitigation) = find("course-of-action", from) {
                    related.entry((kind, to)).or_default().insert(mitigation.id.to_owned());
                }
            }
            _ => {}
        }
    }
    related
}
