//! A device's passport.

use super::origin::some;
use super::said::{document, statements};
use super::{ComponentView, ComponentWeaknessView, PassportView, Provenance};
use judge::supply::{Filed, PartIndex, PartWeakness, disagree, makers, means, remote};
use knowledge::supply::{Component, Statement, Status};
use model::Asset;
use std::collections::BTreeMap;
use vocab::Attribute;

/// Most components of an answer.
const COMPONENTS_MAX: usize = 2_000;
/// Most statements on one CVE that are compared.
const SAID_MAX: usize = 64;

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
            components_unseen: documents.iter().map(|own| self.supply.unseen(own)).sum(),
            components_total: documents.iter().map(|own| own.document.components.len()).sum(),
            statements: statements(&documents),
            ties: ties.collect(),
            remote: seen.iter().map(|own| self.remote_view(own)).collect(),
            services: at.map(|at| self.services(at, asset, &documents)).unwrap_or_default(),
            pooled: self.pooled(asset),
            missing: Vec::new(),
            documents: documents.into_iter().map(document).collect(),
        };
        view.missing = missing(&view);
        view
    }

    /// Components with what is known against them, those with weaknesses first.
    fn components(&self, documents: &[&Filed]) -> Vec<ComponentView> {
        let said = Said::new(documents);
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
                let views: Vec<_> = own.map(|one| weakness(one, component, &said)).collect();
                // What is harmless needs no way to it.
                let path =
                    if views.is_empty() { Vec::new() } else { self.supply.graph(filed).path(at) };
                room.push(component_view(filed, component, path, views));
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

/// What documents of a device say, by CVE, and its components by what statements call them.
struct Said<'a> {
    by_cve: BTreeMap<&'a str, Vec<&'a Statement>>,
    parts: PartIndex,
}

impl<'a> Said<'a> {
    fn new(documents: &[&'a Filed]) -> Self {
        let mut by_cve: BTreeMap<&str, Vec<&Statement>> = BTreeMap::new();
        for said in documents.iter().flat_map(|filed| &filed.document.statements) {
            let own = by_cve.entry(&said.cve).or_default();
            if own.len() < SAID_MAX {
                own.push(said);
            }
        }
        let parts = documents.iter().flat_map(|filed| &filed.document.components);
        Self { by_cve, parts: PartIndex::new(parts) }
    }

    /// What statements say of a weakness of a component: those that name the component count, else
    /// those that name none of the device's components.
    fn of(&self, one: &PartWeakness, component: &Component) -> Option<&'static str> {
        let names = one.aliases.iter().chain([&one.cve]);
        let about = names.filter_map(|name| self.by_cve.get(name.as_str())).flatten();
        let about: Vec<&&Statement> = about.collect();
        let exact = about.iter().filter(|said| said.products.iter().any(|p| means(p, component)));
        let mut statuses: Vec<Status> = exact.map(|said| said.status).collect();
        if statuses.is_empty() {
            let others = |product: &String| !self.parts.of(product).is_empty();
            let whole = about.iter().filter(|said| !said.products.iter().any(others));
            statuses.extend(whole.map(|said| said.status));
        }
        if disagree(&statuses) {
            return Some("disputed");
        }
        statuses.iter().min().map(|status| status.key())
    }
}

fn weakness(one: &PartWeakness, component: &Component, said: &Said<'_>) -> ComponentWeaknessView {
    ComponentWeaknessView {
        cve: one.cve.clone(),
        source: one.source.clone(),
        verdict: one.verdict.key(),
        reason: one.reason.clone(),
        code: one.why.code,
        args: crate::asset::args(&one.why),
        fixed: one.fixed.clone(),
        cvss: one.cvss,
        stated: said.of(one, component),
    }
}

fn component_view(
    filed: &Filed,
    of: &Component,
    path: Vec<String>,
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
        path,
        vulnerabilities,
    }
}
