//! What is known against the components of a document.

use super::shelf::{Filed, Supply};
use crate::risk::Advice;
use knowledge::matching::{Device, Verdict};
use knowledge::supply::{Component, Status};
use model::Reason;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Most components of a document that advisories are asked about.
const ASKED_MAX: usize = 2_000;
/// Most components of one name that a statement may mean.
const NAMED_MAX: usize = 64;
/// Most steps of comparing versions for one document.
const WORK_MAX: u64 = 5_000_000;
/// Most weaknesses kept of one document.
const FOUND_MAX: usize = 50_000;

/// A weakness of a component.
#[derive(Clone, Debug, PartialEq)]
pub struct PartWeakness {
    /// Position of the component in its document.
    pub component: usize,
    /// The CVE, else the publisher's identifier.
    pub cve: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// The record that says so.
    pub source: String,
    /// Affected or undetermined.
    pub verdict: Verdict,
    /// Why, in English.
    pub reason: String,
    /// The same as a code.
    pub why: Reason,
    /// The version that fixes it.
    pub fixed: Option<String>,
    /// CVSS base score.
    pub cvss: Option<f32>,
}

/// A reference without what stands around it: `urn:cdx:…/1#ref (1.0, 1.1)` is `ref`.
fn bare(product: &str) -> &str {
    let product = product.rsplit_once(" (").map_or(product, |(product, _)| product);
    product.strip_prefix("urn:cdx:").and_then(|p| p.split_once('#')).map_or(product, |(_, r)| r)
}

fn without_version(purl: &str) -> &str {
    let purl = purl.split(['?', '#']).next().unwrap_or(purl);
    match purl.rsplit_once('@') {
        Some((name, _)) if name.contains('/') && !name.ends_with('/') => name,
        _ => purl,
    }
}

/// What a statement may call a component. A package URL without a version means all versions.
fn keys(component: &Component) -> BTreeSet<String> {
    let mut keys = BTreeSet::from([
        component.reference.clone(),
        component.purl.clone(),
        without_version(&component.purl).to_owned(),
        component.cpe.clone(),
    ]);
    if !component.version.is_empty() {
        keys.insert(format!("{} {}", component.name, component.version));
    }
    keys.remove("");
    keys
}

/// A statement's product is this component.
pub fn means(product: &str, component: &Component) -> bool {
    keys(component).contains(bare(product))
}

/// Components by what statements may call them: documents are long.
#[derive(Debug, Default)]
pub struct PartIndex {
    by_key: BTreeMap<String, Vec<usize>>,
}

impl PartIndex {
    /// Puts components in order.
    pub fn new<'a>(components: impl IntoIterator<Item = &'a Component>) -> Self {
        let mut own = Self::default();
        for (at, component) in components.into_iter().enumerate() {
            for key in keys(component) {
                let named = own.by_key.entry(key).or_default();
                if named.len() < NAMED_MAX {
                    named.push(at);
                }
            }
        }
        own
    }

    /// Positions of the components that a statement's product means.
    pub fn of(&self, product: &str) -> &[usize] {
        self.by_key.get(bare(product)).map_or(&[], Vec::as_slice)
    }
}

/// Other statements on a CVE say otherwise: affected against not affected or fixed.
pub fn disagree(statuses: &[Status]) -> bool {
    let good = |status: &Status| matches!(status, Status::NotAffected | Status::Fixed);
    statuses.contains(&Status::Affected) && statuses.iter().any(good)
}

impl Supply {
    /// What is known against the components of a document: by ranges of packages, by advisories on
    /// products, by the document's own list. Made once for each document.
    pub fn weaknesses(&self, filed: &Filed, advice: &Advice) -> Arc<[PartWeakness]> {
        if let Some((made, _)) = self.made().get(&filed.id) {
            return made.clone();
        }
        let (mut found, mut unseen, mut work) = (Vec::new(), 0, WORK_MAX);
        for (at, component) in filed.document.components.iter().enumerate() {
            let cost = self.weak().effort(component);
            if found.len() >= FOUND_MAX || cost > work {
                unseen += 1;
                continue;
            }
            work -= cost;
            self.by_range(at, component, &mut found);
            if at < ASKED_MAX {
                by_advisory(at, component, advice, &mut found);
            }
        }
        stated(filed, &mut found);
        unseen += found.len().saturating_sub(FOUND_MAX);
        found.truncate(FOUND_MAX);
        let found: Arc<[PartWeakness]> = found.into();
        self.made().insert(filed.id, (found.clone(), unseen));
        found
    }

    /// Components and weaknesses of a document that found no room; after [`Self::weaknesses`].
    pub fn unseen(&self, filed: &Filed) -> usize {
        self.made().get(&filed.id).map_or(0, |(_, unseen)| *unseen)
    }

    fn by_range(&self, at: usize, component: &Component, found: &mut Vec<PartWeakness>) {
        for hit in self.weak().about(component) {
            let Some(weak) = self.weak().get(hit.weak) else { continue };
            let cve = weak.aliases.iter().find(|alias| alias.starts_with("CVE-"));
            let mut aliases = weak.aliases.clone();
            aliases.push(weak.id.clone());
            found.push(PartWeakness {
                component: at,
                cve: cve.unwrap_or(&weak.id).clone(),
                aliases,
                source: weak.id.clone(),
                verdict: hit.verdict,
                reason: hit.reason,
                why: hit.why,
                fixed: hit.fixed,
                cvss: None,
            });
        }
    }
}

fn by_advisory(at: usize, component: &Component, advice: &Advice, found: &mut Vec<PartWeakness>) {
    if component.supplier.is_empty() || component.name.is_empty() {
        return;
    }
    let device = Device {
        vendor: component.supplier.clone(),
        product: component.name.clone(),
        firmware: (!component.version.is_empty()).then(|| component.version.clone()),
        ..Device::default()
    };
    for known in advice.about(&device).iter() {
        found.push(PartWeakness {
            component: at,
            cve: known.cve.clone(),
            aliases: Vec::new(),
            source: known.advisory.clone(),
            verdict: known.verdict,
            reason: known.reason.clone(),
            why: known.why.clone().with("grade", known.grade.key()),
            fixed: known.fixed.clone(),
            cvss: known.cvss,
        });
    }
}

/// Weaknesses that the document itself lists.
fn stated(filed: &Filed, found: &mut Vec<PartWeakness>) {
    let index = PartIndex::new(&filed.document.components);
    let names = |one: &PartWeakness| {
        let names: Vec<String> = one.aliases.iter().chain([&one.cve]).cloned().collect();
        names.into_iter().map(|name| (one.component, name)).collect::<Vec<_>>()
    };
    let mut known: BTreeSet<(usize, String)> = found.iter().flat_map(names).collect();
    for said in &filed.document.statements {
        if !matches!(said.status, Status::Affected | Status::UnderInvestigation) {
            continue;
        }
        let sure = said.status == Status::Affected;
        for at in said.products.iter().flat_map(|product| index.of(product)) {
            if found.len() > FOUND_MAX || !known.insert((*at, said.cve.clone())) {
                continue;
            }
            found.push(PartWeakness {
                component: *at,
                cve: said.cve.clone(),
                aliases: Vec::new(),
                source: filed.name.clone(),
                verdict: if sure { Verdict::Affected } else { Verdict::Undetermined },
                reason: String::from("the document lists it"),
                why: Reason::plain("part_stated"),
                fixed: None,
                cvss: None,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_mean_components() {
        let component = Component {
            reference: "ssl".to_owned(),
            name: "tls".to_owned(),
            version: "1.0".to_owned(),
            purl: "pkg:npm/%40a/tls@1.0".to_owned(),
            ..Component::default()
        };
        for (product, is) in [
            ("ssl", true),
            ("urn:cdx:1/1#ssl", true),
            ("urn:cdx:1/1#ssl (1.0)", true),
            ("pkg:npm/%40a/tls@1.0", true),
            ("pkg:npm/%40a/tls", true),
            ("pkg:npm/%40a/tls@2.0", false),
            ("tls 1.0", true),
            ("tls", false),
            ("", false),
        ] {
            assert_eq!(means(product, &component), is, "{product}");
        }
        assert!(disagree(&[Status::Affected, Status::Fixed]));
        assert!(!disagree(&[Status::NotAffected, Status::Fixed]));
    }
}
