//! Suppliers: devices by maker, and what makes a maker's number.

use super::origin::worst;
use super::said::{document, pooled_view, statements};
use super::{
    Provenance, SinglePlaceView, SupplierDevice, SupplierFactorView, SupplierPage, SupplierRow,
    SupplierView,
};
use judge::risk::State;
use judge::supply::{Filed, Measures, Scope, SupplierFactor, TieVerdict, makers, remote, score};
use model::Asset;
use std::collections::{BTreeMap, BTreeSet};
use vocab::Attribute;

/// Most devices of an answer.
const DEVICES_MAX: usize = 5_000;

/// What is known of one device for its supplier.
struct Summed {
    at: usize,
    life: &'static str,
    sbom: bool,
    vex: bool,
    open: usize,
    advisories: BTreeSet<String>,
    /// Advisory and CVE, and whether a version fixes it.
    weaknesses: BTreeMap<(String, String), bool>,
    unattested: usize,
}

/// A supplier's devices.
#[derive(Default)]
struct Group {
    devices: Vec<Summed>,
    names: BTreeMap<String, usize>,
}

impl Provenance<'_> {
    fn groups(&self) -> (BTreeMap<String, Group>, usize) {
        let mut groups: BTreeMap<String, Group> = BTreeMap::new();
        let mut unknown = 0;
        for (at, asset) in self.resolution.assets.iter().enumerate() {
            let makers = makers(asset, self.advice);
            let Some(key) = makers.first() else {
                unknown += 1;
                continue;
            };
            let group = groups.entry(key.clone()).or_default();
            let name = asset.value(Attribute::Vendor).unwrap_or_default().to_owned();
            *group.names.entry(name).or_default() += 1;
            group.devices.push(self.sum(at, asset, &makers));
        }
        (groups, unknown)
    }

    fn sum(&self, at: usize, asset: &Asset, makers: &BTreeSet<String>) -> Summed {
        let documents = self.supply.about(asset, self.advice);
        let ties = self.supply.ties(asset, makers, self.advice);
        let ties: Vec<_> = ties.into_iter().map(|(_, tie)| tie).collect();
        let seen = remote(self.contacts, at, &ties);
        let mut own = Summed {
            at,
            life: worst(&self.lives(asset, makers)),
            sbom: documents.iter().any(|filed| filed.is_bill()),
            vex: documents.iter().any(|filed| !filed.document.statements.is_empty()),
            open: 0,
            advisories: BTreeSet::new(),
            weaknesses: BTreeMap::new(),
            unattested: seen.iter().filter(|one| one.verdict != TieVerdict::AsAttested).count(),
        };
        let Some(risk) = self.assessment.and_then(|by| by.asset(&asset.id)) else { return own };
        for weakness in risk.weaknesses.iter().filter(|one| one.state == State::Open) {
            let Some(known) = risk.known.get(weakness.known) else { continue };
            own.open += 1;
            own.advisories.insert(known.advisory.clone());
            let key = (known.advisory.clone(), known.cve.clone());
            own.weaknesses.insert(key, known.fixed.is_some());
        }
        own
    }

    fn asset(&self, at: usize) -> Option<&Asset> {
        self.resolution.assets.get(at)
    }

    /// Devices by role and zone: all, for telling what one supplier alone provides.
    fn places(&self) -> BTreeMap<(&str, &str), usize> {
        let mut places: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for asset in &self.resolution.assets {
            if let Some(role) = asset.role() {
                *places.entry((role, asset.zone.as_str())).or_default() += 1;
            }
        }
        places
    }

    /// Roles in zones that a group alone provides, with how many devices; one device alone has no
    /// other that could take its place anyway.
    fn single(
        &self,
        group: &Group,
        places: &BTreeMap<(&str, &str), usize>,
    ) -> Vec<SinglePlaceView> {
        let mut own: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for asset in group.devices.iter().filter_map(|device| self.asset(device.at)) {
            if let Some(role) = asset.role() {
                *own.entry((role, asset.zone.as_str())).or_default() += 1;
            }
        }
        let alone = own.into_iter().filter(|(place, count)| {
            *count >= 2 && places.get(place).is_some_and(|all| all == count)
        });
        alone
            .map(|((role, zone), devices)| SinglePlaceView {
                role: role.to_owned(),
                zone: zone.to_owned(),
                devices,
            })
            .collect()
    }

    fn measures(
        &self,
        key: &str,
        group: &Group,
        places: &BTreeMap<(&str, &str), usize>,
    ) -> Measures {
        let devices = &group.devices;
        let count = |is: &dyn Fn(&Summed) -> bool| devices.iter().filter(|one| is(one)).count();
        let mut weaknesses: BTreeMap<&(String, String), bool> = BTreeMap::new();
        for (name, fixed) in devices.iter().flat_map(|device| &device.weaknesses) {
            weaknesses.insert(name, *fixed);
        }
        let days = self.supply.fixes(self.advice).get(key);
        Measures {
            devices: devices.len(),
            advisories: devices.iter().map(|device| device.advisories.len()).sum(),
            weaknesses: (weaknesses.len(), weaknesses.values().filter(|fixed| !**fixed).count()),
            days_to_fix: days.and_then(|days| days.get(days.len() / 2)).copied(),
            lives: (count(&|one| one.life != "unknown"), count(&|one| one.life == "ended")),
            without_sbom: count(&|one| !one.sbom),
            without_vex: count(&|one| !one.vex),
            single: self.single(group, places).iter().map(|place| place.devices).sum(),
        }
    }

    fn row(
        &self,
        key: &str,
        group: &Group,
        measures: &Measures,
        factors: &[SupplierFactor],
    ) -> SupplierRow {
        let zones = group.devices.iter().filter_map(|device| self.asset(device.at));
        let zones: BTreeSet<&str> = zones.map(|asset| asset.zone.as_str()).collect();
        let best =
            group.names.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(*name)));
        let advisories: BTreeSet<&String> =
            group.devices.iter().flat_map(|device| &device.advisories).collect();
        SupplierRow {
            key: key.to_owned(),
            name: best.map_or(key, |(name, _)| name).to_owned(),
            devices: group.devices.len(),
            zones: zones.len(),
            score: score(factors),
            country: self.supply.seats().of(key).map(|seat| seat.country.to_owned()),
            advisories: advisories.len(),
            without_fix: measures.weaknesses.1,
            end_of_life: measures.lives.1,
            with_sbom: group.devices.len() - measures.without_sbom,
            unattested_remote: group.devices.iter().map(|device| device.unattested).sum(),
        }
    }

    /// Suppliers, the largest number first.
    pub fn suppliers(&self) -> SupplierPage {
        let ((groups, unknown), places) = (self.groups(), self.places());
        let row = |(key, group): (&String, &Group)| {
            let measures = self.measures(key, group, &places);
            self.row(key, group, &measures, &measures.factors())
        };
        let mut suppliers: Vec<SupplierRow> = groups.iter().map(row).collect();
        suppliers.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.key.cmp(&b.key)));
        SupplierPage { revision: self.revision, suppliers, unknown }
    }

    /// One supplier, by its key or a name of it.
    pub fn supplier(&self, name: &str) -> Option<SupplierView> {
        let ((groups, _), places) = (self.groups(), self.places());
        let keys = self.advice.makers(name);
        let key = keys.iter().find(|key| groups.contains_key(*key));
        let key = if groups.contains_key(name) { name } else { key? };
        let group = groups.get(key)?;
        let measures = self.measures(key, group, &places);
        let factors = measures.factors();
        let makers = BTreeSet::from([key.to_owned()]);
        let documents = self.documents_of(group, &makers);
        let of_supplier: Vec<&Filed> = documents
            .iter()
            .copied()
            .filter(|filed| matches!(filed.scope, Scope::Supplier(_)))
            .collect();
        let all = self.supply.filed().iter();
        let ties =
            all.flat_map(|filed| filed.document.attested.ties.iter().map(move |tie| (filed, tie)));
        let own = ties.filter(|(_, tie)| !makers.is_disjoint(&self.advice.makers(&tie.supplier)));
        let single = self.single(group, &places);
        let pooled = self.supply.pool();
        let pooled = pooled.about(|key| !makers.is_disjoint(&self.advice.makers(&key.vendor)));
        Some(SupplierView {
            revision: self.revision,
            supplier: self.row(key, group, &measures, &factors),
            factors: factors.into_iter().map(SupplierFactorView::from).collect(),
            assets: group
                .devices
                .iter()
                .take(DEVICES_MAX)
                .filter_map(|one| self.device(one))
                .collect(),
            origins: self.seats(&makers),
            documents: documents.iter().map(|filed| document(filed)).collect(),
            statements: statements(&of_supplier),
            ties: own.map(|(filed, tie)| self.tie(filed, tie, None)).collect(),
            single_source: single
                .iter()
                .map(|own| format!("{} in {} ({} devices)", own.role, own.zone, own.devices))
                .collect(),
            single_places: single,
            pooled: pooled.filter_map(|(key, pooled)| pooled_view(key, pooled)).collect(),
        })
    }

    fn documents_of(&self, group: &Group, makers: &BTreeSet<String>) -> Vec<&Filed> {
        let assets = group.devices.iter().filter_map(|device| self.asset(device.at));
        let of_devices: BTreeSet<i64> = assets
            .flat_map(|asset| self.supply.about(asset, self.advice))
            .map(|filed| filed.id)
            .collect();
        let is_own = |filed: &&Filed| match &filed.scope {
            Scope::Supplier(name) => !makers.is_disjoint(&self.advice.makers(name)),
            _ => of_devices.contains(&filed.id),
        };
        self.supply.filed().iter().filter(is_own).collect()
    }

    fn device(&self, own: &Summed) -> Option<SupplierDevice> {
        let asset = self.asset(own.at)?;
        let value = |what| asset.value(what).map(str::to_owned);
        let product = value(Attribute::Model).or_else(|| value(Attribute::Product));
        Some(SupplierDevice {
            asset: asset.id.clone(),
            name: value(Attribute::Name).unwrap_or_else(|| address(asset)),
            zone: asset.zone.clone(),
            role: asset.role(),
            product: product.or_else(|| value(Attribute::OrderNumber)),
            firmware: value(Attribute::Firmware),
            open: own.open,
            life: own.life,
            sbom: own.sbom,
        })
    }
}

impl From<SupplierFactor> for SupplierFactorView {
    fn from(own: SupplierFactor) -> Self {
        let rounded = |value: f64| (value * 1_000.0).round() / 1_000.0;
        Self {
            name: own.name,
            value: own.value.map(rounded),
            weight: own.weight,
            measure: own.measure.map(rounded),
            why: own.why,
            code: own.code,
            args: own.args.into_iter().collect(),
        }
    }
}

/// The product stands beside it.
fn address(asset: &Asset) -> String {
    asset.ips.first().map_or_else(|| asset.id.clone(), ToString::to_string)
}
