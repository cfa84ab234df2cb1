//! A device's passport.

use super::origin::some;
use super::said::{document, statements, statuses};
use super::{ComponentView, ComponentWeaknessView, PassportView, Provenance};
use judge::supply::{Filed, PartWeakness, disagree, makers, means, remote};
use knowledge::supply::{Component, Status};
use model::Asset;
use std::collections::BTreeMap;
use vocab::Attribute;

/// Most components of an answer.
const COMPONENTS_MAX: usize = 2_000;

impl Provenance<'_> {
    /// A device's passport.
    pub fn passport(&self, asset: &Asset) -> PassportView {
        let value = |attribute| asset.value(attribute).map(str::to_owned);
        let makers = makers(asset, self.advice);
        let documents = self.supply.about(asset, self.advice);
        let filed_ties = self.supply.ties(asset, &makers, self.advice);
        let own_ties: Vec<_> = filed_ties.iter().map(|(_, tie)| *tie).collect();
        let at = self.resolution.assets.iter().position(|own| own.id == asset.id);
        let seen = at.map(|at| remote(self.contacts, at, &own_ties)).unwrap_or_default();
        let ties = filed_ties.iter().map(|(filed, tie)| self.tie(filed, tie, Some(&seen)));
        let mut view = PassportView {
            revision: self.revision,
            asset: asset.id.clone(),
            name: value(Attribute::Name).unwrap_or_else(|| asset.id.clone()),
            vendor: value(Attribute::Vendor),
            supplier: makers.first().cloned(),
            product: value(Attribute::Product),
            model: value(Attribute::Model),
            order_number: value(Attribute::OrderNumber),
            firmware: value(Attribute::Firmware),
            hardware: value(Attribute::Hardware),
            serial: value(Attribute::Serial),
            role: asset.role(),
            zone: asset.zone.clone(),
            origins: self.origins(asset, &makers),
            lives: self.lives(asset, &makers),
            components: self.components(&documents),
            components_total: documents.iter().map(|own| own.document.components.len()).sum(),
            statements: statements(&documents),
            ties: ties.collect(),
            remote: seen.iter().map(|own| self.remote_view(own)).collect(),
            pooled: self.pooled(asset),
            missing: Vec::new(),
            documents: documents.into_iter().map(document).collect(),
        };
        view.missing = missing(&view);
        view
    }

    /// Components with what is known against them, those with weaknesses first.
    fn components(&self, documents: &[&Filed]) -> Vec<ComponentView> {
        let said = statuses(documents);
        let (mut weak, mut plain) = (Vec::new(), Vec::new());
        for filed in documents.iter().filter(|filed| filed.is_bill()) {
            let found = self.supply.weaknesses(filed, self.advice);
            let mut by_component: BTreeMap<usize, Vec<&PartWeakness>> = BTreeMap::new();
            for one in found.iter() {
                by_component.entry(one.component).or_default().push(one);
            }
            for (at, component) in filed.document.components.iter().enumerate() {
                let own = by_component.remove(&at);
                let room = if own.is_some() { &mut weak } else { &mut plain };
                if room.len() >= COMPONENTS_MAX {
                    continue;
                }
                let own = own.unwrap_or_default().into_iter();
                let views = own.map(|one| weakness(one, component, documents, &said));
                room.push(component_view(filed, component, views.collect()));
            }
        }
        weak.extend(plain);
        weak.truncate(COMPONENTS_MAX);
        weak
    }
}

/// What a whole passport would have.
fn missing(view: &PassportView) -> Vec<&'static str> {
    let attested = view.origins.iter().any(|origin| origin.attested);
    [
        ("sbom", view.components_total == 0),
        ("vex", view.statements.is_empty()),
        ("origin", !attested),
        ("life", view.lives.is_empty()),
        ("contract", view.ties.is_empty()),
    ]
    .into_iter()
    .filter_map(|(name, missing)| missing.then_some(name))
    .collect()
}

/// What statements say of a weakness of a component: those that name the component count, else
/// those that name none of the device's components.
fn stated(
    one: &PartWeakness,
    component: &Component,
    documents: &[&Filed],
    said: &BTreeMap<&str, Vec<Status>>,
) -> Option<&'static str> {
    let names = || one.aliases.iter().chain([&one.cve]);
    if !names().any(|name| said.contains_key(name.as_str())) {
        return None;
    }
    let all = documents.iter().flat_map(|filed| &filed.document.statements);
    let about: Vec<_> = all.filter(|said| names().any(|name| *name == said.cve)).collect();
    let exact = about.iter().filter(|said| said.products.iter().any(|p| means(p, component)));
    let mut statuses: Vec<Status> = exact.map(|said| said.status).collect();
    if statuses.is_empty() {
        let others = |product: &String| {
            let mut parts = documents.iter().flat_map(|filed| &filed.document.components);
            parts.any(|part| means(product, part))
        };
        let whole = about.iter().filter(|said| !said.products.iter().any(others));
        statuses.extend(whole.map(|said| said.status));
    }
    if disagree(&statuses) {
        return Some("disputed");
    }
    statuses.iter().min().map(|status| status.key())
}

fn weakness(
    one: &PartWeakness,
    component: &Component,
    documents: &[&Filed],
    said: &BTreeMap<&str, Vec<Status>>,
) -> ComponentWeaknessView {
    ComponentWeaknessView {
        cve: one.cve.clone(),
        source: one.source.clone(),
        verdict: one.verdict.key(),
        reason: one.reason.clone(),
        fixed: one.fixed.clone(),
        cvss: one.cvss,
        stated: stated(one, component, documents, said),
    }
}

fn component_view(
    filed: &Filed,
    of: &Component,
    vulnerabilities: Vec<ComponentWeaknessView>,
) -> ComponentView {
    ComponentView {
        name: of.name.clone(),
        version: some(&of.version),
        kind: some(&of.kind),
        supplier: some(&of.supplier),
        purl: some(&of.purl),
        cpe: some(&of.cpe),
        licences: of.licences.clone(),
        hashes: of.hashes.clone(),
        document: filed.id,
        vulnerabilities,
    }
}
