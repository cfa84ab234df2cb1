//! What is known against the components of a document.

use super::shelf::{Filed, Supply};
use crate::risk::Advice;
use knowledge::matching::{Device, Verdict};
use knowledge::supply::{Component, Statement, Status};
use std::sync::Arc;

/// Most components of a document that advisories are asked about.
const ASKED_MAX: usize = 2_000;
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

/// A statement's product is this component. A package URL without a version means all versions.
pub fn means(product: &str, component: &Component) -> bool {
    let own = bare(product);
    if own.is_empty() {
        return false;
    }
    let purl = !component.purl.is_empty()
        && (own == component.purl
            || (without_version(own) == own && own == without_version(&component.purl)));
    purl || own == component.reference
        || (!component.cpe.is_empty() && own == component.cpe)
        || (!component.version.is_empty()
            && own == format!("{} {}", component.name, component.version))
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
        if let Some(made) = self.made().get(&filed.id) {
            return made.clone();
        }
        let mut found = Vec::new();
        for (at, component) in filed.document.components.iter().enumerate() {
            if found.len() >= FOUND_MAX {
                break;
            }
            self.by_range(at, component, &mut found);
            if at < ASKED_MAX {
                by_advisory(at, component, advice, &mut found);
            }
        }
        let own = filed.document.statements.iter();
        for said in
            own.filter(|s| matches!(s.status, Status::Affected | Status::UnderInvestigation))
        {
            stated(filed, said, &mut found);
        }
        found.truncate(FOUND_MAX);
        let found: Arc<[PartWeakness]> = found.into();
        self.made().insert(filed.id, found.clone());
        found
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
            fixed: known.fixed.clone(),
            cvss: known.cvss,
        });
    }
}

/// Weaknesses that the document itself lists.
fn stated(filed: &Filed, said: &Statement, found: &mut Vec<PartWeakness>) {
    for (at, component) in filed.document.components.iter().enumerate() {
        if !said.products.iter().any(|product| means(product, component)) {
            continue;
        }
        let known = |one: &PartWeakness| {
            one.component == at && (one.cve == said.cve || one.aliases.contains(&said.cve))
        };
        if found.iter().any(known) || found.len() >= FOUND_MAX {
            continue;
        }
        let sure = said.status == Status::Affected;
        found.push(PartWeakness {
            component: at,
            cve: said.cve.clone(),
            aliases: Vec::new(),
            source: filed.name.clone(),
            verdict: if sure { Verdict::Affected } else { Verdict::Undetermined },
            reason: String::from("the document lists it"),
            fixed: None,
            cvss: None,
        });
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
