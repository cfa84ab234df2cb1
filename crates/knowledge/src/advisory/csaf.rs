//! CSAF 2.0 documents (OASIS Common Security Advisory Framework), read with tolerance: what is
//! wrong is said with its place, what can be read is read.

use super::fix::{self, fixed_versions};
use super::node::{Complaints, Node};
use super::{Advisory, Entry, Leaf, Remedy, RemedyKind, told};
use serde_json::Value;
use std::collections::BTreeMap;

/// Largest document in bytes.
pub(super) const DOCUMENT_BYTES_MAX: usize = 64 << 20;
/// Most leaves of one document.
const LEAVES_MAX: usize = 65_536;
/// Most notes of a CVE that are looked at.
const NOTES_MAX: usize = 8;
/// Deepest nesting of branches; the standard allows 30 (§3.1.2).
const DEPTH_MAX: usize = 30;

/// A document cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CsafError {
    /// Not JSON.
    #[error("not JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// Larger than is read.
    #[error("larger than {DOCUMENT_BYTES_MAX} bytes")]
    Large,
    /// JSON, but no advisory.
    #[error("no CSAF document: {0}")]
    Other(String),
}

/// Reads a document. Beside the advisory it returns what was wrong with single fields.
///
/// # Errors
/// When it is no JSON, too large, or has no identifier.
pub fn read_csaf(bytes: &[u8]) -> Result<(Advisory, Vec<String>), CsafError> {
    if bytes.len() > DOCUMENT_BYTES_MAX {
        return Err(CsafError::Large);
    }
    // The reader limits nesting to 128 levels by itself.
    let value: Value = serde_json::from_slice(bytes)?;
    let root = Node::root(&value);
    let mut complaints = Complaints::default();
    let Some(document) = root.get("document") else {
        return Err(CsafError::Other(String::from("document: is missing")));
    };
    let tracking = document.get("tracking");
    let id = tracking.as_ref().and_then(|t| t.text("id", &mut complaints)).unwrap_or_default();
    if id.is_empty() {
        return Err(CsafError::Other(String::from("document.tracking.id: is missing")));
    }
    let date = |key: &str, complaints: &mut Complaints| {
        let text = tracking.as_ref().and_then(|t| t.text(key, complaints)).unwrap_or_default();
        text.get(..10).unwrap_or_default().to_owned()
    };
    let mut tree = Tree::default();
    if let Some(root) = root.get("product_tree") {
        tree.read(&root, &mut complaints);
    }
    let publisher = document.get("publisher");
    let mut advisory = Advisory {
        id: id.to_owned(),
        title: document.must("title", &mut complaints).to_owned(),
        publisher: publisher
            .and_then(|p| p.text("name", &mut complaints))
            .unwrap_or_default()
            .to_owned(),
        released: date("initial_release_date", &mut complaints),
        updated: date("current_release_date", &mut complaints),
        leaves: Vec::new(),
        entries: Vec::new(),
    };
    let mut phrases = Vec::new();
    for node in root.items("vulnerabilities", &mut complaints) {
        advisory.entries.push(entry(&node, &tree, id, &mut complaints));
        phrases.push(texts(&node, &mut complaints));
    }
    told::put(&mut advisory.entries, &tree.leaves, &phrases);
    advisory.leaves = tree.leaves;
    Ok((advisory, complaints.list))
}

/// The products of a document.
#[derive(Default)]
struct Tree {
    leaves: Vec<Leaf>,
    by_id: BTreeMap<String, u32>,
    groups: BTreeMap<String, Vec<u32>>,
}

/// The names on the way to a leaf.
#[derive(Clone, Default)]
struct Way<'a> {
    vendor: &'a str,
    names: Vec<&'a str>,
    range: &'a str,
}

impl Tree {
    fn read(&mut self, root: &Node<'_>, complaints: &mut Complaints) {
        for branch in root.items("branches", complaints) {
            self.branch(&branch, &Way::default(), 0, complaints);
        }
        for product in root.items("full_product_names", complaints) {
            self.product(&product, &Way::default(), complaints);
        }
        for relation in root.items("relationships", complaints) {
            self.relation(&relation, complaints);
        }
        for group in root.items("product_groups", complaints) {
            let id = group.must("group_id", complaints).to_owned();
            let members = group.texts("product_ids", complaints);
            let members = members.iter().filter_map(|id| self.by_id.get(*id)).copied().collect();
            self.groups.insert(id, members);
        }
    }

    fn branch<'a>(
        &mut self,
        branch: &Node<'a>,
        way: &Way<'a>,
        depth: usize,
        complaints: &mut Complaints,
    ) {
        if depth >= DEPTH_MAX {
            branch.complain("is nested deeper than the standard allows", complaints);
            return;
        }
        let mut way = way.clone();
        let name = branch.must("name", complaints);
        match branch.text("category", complaints).unwrap_or_default() {
            "vendor" => way.vendor = name,
            "product_version" | "product_version_range" | "service_pack" | "patch_level" => {
                way.range = name;
            }
            "language" | "legacy" | "host_name" => {}
            // Family, name, specification, architecture: they name the product.
            _ if !name.is_empty() => way.names.push(name),
            _ => {}
        }
        if let Some(product) = branch.get("product") {
            self.product(&product, &way, complaints);
        }
        for inner in branch.items("branches", complaints) {
            self.branch(&inner, &way, depth + 1, complaints);
        }
    }

    fn product(&mut self, product: &Node<'_>, way: &Way<'_>, complaints: &mut Complaints) {
        let id = product.must("product_id", complaints);
        let full = product.must("name", complaints);
        let mut orders = Vec::new();
        if let Some(helper) = product.get("product_identification_helper") {
            for key in ["model_numbers", "skus"] {
                orders.extend(helper.texts(key, complaints).into_iter().map(str::to_owned));
            }
        }
        // An order number where a version stands: `2989378`.
        let range = if way.range.len() == 7 && way.range.bytes().all(|b| b.is_ascii_digit()) {
            orders.push(way.range.to_owned());
            "*"
        } else {
            way.range
        };
        let product_name = if way.names.is_empty() { full.to_owned() } else { way.names.join(" ") };
        let leaf = Leaf {
            vendor: way.vendor.to_owned(),
            range: range.to_owned(),
            full: if full == product_name { String::new() } else { full.to_owned() },
            product: product_name,
            orders,
            on: String::new(),
            published: String::new(),
        };
        self.add(id, leaf, product, complaints);
    }

    fn relation(&mut self, relation: &Node<'_>, complaints: &mut Complaints) {
        let part = relation.must("product_reference", complaints);
        let whole = relation.must("relates_to_product_reference", complaints);
        let Some(product) = relation.get("full_product_name") else {
            relation.complain("full_product_name is missing", complaints);
            return;
        };
        let find =
            |id: &str| self.by_id.get(id).and_then(|at| self.leaves.get(*at as usize)).cloned();
        let (Some(part), Some(whole)) = (find(part), find(whole)) else {
            relation.complain("names a product that is not there", complaints);
            return;
        };
        let id = product.must("product_id", complaints);
        let on = whole.text();
        let leaf = Leaf { on, full: product.must("name", complaints).to_owned(), ..part };
        self.add(id, leaf, &product, complaints);
    }

    fn add(&mut self, id: &str, leaf: Leaf, node: &Node<'_>, complaints: &mut Complaints) {
        if self.leaves.len() >= LEAVES_MAX {
            node.complain("is one product too many", complaints);
            return;
        }
        let at = vocab::sat_u32(self.leaves.len());
        if self.by_id.insert(id.to_owned(), at).is_some() {
            node.complain("has a product_id that another has too", complaints);
        }
        self.leaves.push(leaf);
    }

    /// Positions of products, by identifiers of products and of groups.
    fn find(&self, node: &Node<'_>, key: &str, complaints: &mut Complaints) -> Vec<u32> {
        let mut found = Vec::new();
        for id in node.texts(key, complaints) {
            match (self.by_id.get(id), self.groups.get(id)) {
                (Some(at), _) => found.push(*at),
                (None, Some(members)) => found.extend(members),
                (None, None) => {
                    node.complain(&format!("{key} names {id}, which is not there"), complaints);
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn entry(node: &Node<'_>, tree: &Tree, advisory: &str, complaints: &mut Complaints) -> Entry {
    let cve = node.text("cve", complaints).filter(|cve| !cve.is_empty());
    let own = node.items("ids", complaints).first().and_then(|id| id.text("text", complaints));
    let mut entry = Entry { cve: cve.or(own).unwrap_or(advisory).to_owned(), ..Entry::default() };
    if let Some(cwe) = node.get("cwe") {
        cwe.text("id", complaints).unwrap_or_default().clone_into(&mut entry.cwe);
    }
    if let Some(status) = node.get("product_status") {
        let mut of = |keys: &[&str]| {
            let mut all = Vec::new();
            for key in keys {
                all.extend(tree.find(&status, key, complaints));
            }
            all.sort_unstable();
            all.dedup();
            all
        };
        entry.affected = of(&["known_affected", "first_affected", "last_affected"]);
        entry.not_affected = of(&["known_not_affected"]);
        entry.fixed = of(&["fixed", "first_fixed"]);
        entry.open = of(&["under_investigation"]);
    }
    score(node, &mut entry, complaints);
    for remedy in node.items("remediations", complaints) {
        entry.remedies.extend(self::remedy(&remedy, tree, complaints));
    }
    merge_remedies(&mut entry.remedies);
    entry
}

/// What the text of a CVE says of versions.
fn texts(node: &Node<'_>, complaints: &mut Complaints) -> Vec<told::Phrase> {
    let mut all = Vec::new();
    for note in node.items("notes", complaints).into_iter().take(NOTES_MAX) {
        let kind = note.text("category", complaints).unwrap_or_default();
        if matches!(kind, "summary" | "description") {
            all.extend(told::phrases(note.text("text", complaints).unwrap_or_default()));
        }
    }
    all
}

/// The newest kind of score that is given.
fn score(node: &Node<'_>, entry: &mut Entry, complaints: &mut Complaints) {
    let scores = node.items("scores", complaints);
    for kind in ["cvss_v4", "cvss_v3", "cvss_v2"] {
        let Some(score) = scores.iter().find_map(|score| score.get(kind)) else { continue };
        score.text("vectorString", complaints).unwrap_or_default().clone_into(&mut entry.vector);
        let base = score.get("baseScore").and_then(|base| base.value().as_f64());
        #[expect(clippy::cast_possible_truncation, reason = "a score has one decimal")]
        let base = base.filter(|base| (0.0..=10.0).contains(base)).map(|base| base as f32);
        if base.is_none() {
            score.complain("has no base score", complaints);
        }
        entry.score = base;
        return;
    }
}

fn remedy(node: &Node<'_>, tree: &Tree, complaints: &mut Complaints) -> Option<Remedy> {
    let kind = match node.must("category", complaints) {
        "vendor_fix" | "optional_patch" => RemedyKind::Fix,
        "mitigation" => RemedyKind::Mitigation,
        "workaround" => RemedyKind::Workaround,
        "none_available" | "fix_planned" => RemedyKind::NoneAvailable,
        "no_fix_planned" => RemedyKind::NoFixPlanned,
        other => {
            node.complain(&format!("category {other} is none of the standard's"), complaints);
            return None;
        }
    };
    let mut leaves = tree.find(node, "product_ids", complaints);
    leaves.extend(tree.find(node, "group_ids", complaints));
    let details = node.text("details", complaints).unwrap_or_default();
    if let Some(named) = named_in(details, &leaves, tree) {
        leaves = named;
    }
    let versions = match kind {
        RemedyKind::Fix => fixed_versions(details),
        _ => fix::later_versions(details),
    };
    Some(Remedy::new(kind, versions, leaves))
}

/// Longest list of products before a remedy's text, in bytes.
const HEAD_MAX: usize = 300;

/// `1756-EN2T/D: Update to 11.002`: some files give each remedy to all products and name the one
/// that is meant in the text.
fn named_in(details: &str, leaves: &[u32], tree: &Tree) -> Option<Vec<u32>> {
    let (head, _) = details.split_once(':').or_else(|| details.split_once(" - "))?;
    if leaves.len() < 2 || head.len() > HEAD_MAX {
        return None;
    }
    let parts: Vec<String> =
        head.split([',', ';']).flat_map(|part| part.split(" and ")).map(plain).collect();
    let is_named = |at: &&u32| {
        let leaf = tree.leaves.get(**at as usize).map(|leaf| plain(&leaf.product));
        leaf.is_some_and(|leaf| parts.iter().any(|part| part.len() >= 4 && *part == leaf))
    };
    let named: Vec<u32> = leaves.iter().filter(is_named).copied().collect();
    (!named.is_empty()).then_some(named)
}

/// A product's name without remarks, marks and words that say nothing.
fn plain(name: &str) -> String {
    let name = name.split('(').next().unwrap_or(name).to_lowercase();
    let words = name.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !matches!(*word, "series" | "controllers" | "the" | "and" | "for"))
        .collect()
}

/// Remedies of one kind that say the same of different leaves become one.
fn merge_remedies(remedies: &mut Vec<Remedy>) {
    let mut merged: BTreeMap<(RemedyKind, Vec<String>), Vec<u32>> = BTreeMap::new();
    for remedy in remedies.drain(..) {
        merged.entry((remedy.kind, remedy.versions)).or_default().extend(remedy.leaves);
    }
    remedies.extend(merged.into_iter().map(|((kind, versions), mut leaves)| {
        leaves.sort_unstable();
        leaves.dedup();
        Remedy::new(kind, versions, leaves)
    }));
}
