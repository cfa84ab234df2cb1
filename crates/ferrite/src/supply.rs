//! `ferrite supply`: documents, passports, suppliers, warnings, bundles.

mod bundle;
mod import;
mod show;

use crate::cli::{BundleCommand, Supply, SupplyCommand};
use crate::clock;
use crate::data::Data;
use crate::host;
use crate::intel;
use crate::output;
use anyhow::{Context, Result};
use judge::risk::{Advice, Assessment, Reach, Triage, Weights, assess};
use judge::supply::{Contacts, Filed, Outside, Warning, contacts, differences};
use knowledge::Facts;
use knowledge::pack::Tables;
use model::{Asset, Model, Resolution, resolve};
use server::Site;
use std::path::Path;
use std::process::ExitCode;
use tokio::runtime::Runtime;
use view::Provenance;

/// Runs a command on the supply chain.
pub(crate) fn run(args: &Supply) -> Result<ExitCode> {
    match &args.command {
        SupplyCommand::Import(args) => import::run(args),
        SupplyCommand::Documents(args) => show::documents(args),
        SupplyCommand::Passport(args) => show::passport(args),
        SupplyCommand::Suppliers(args) => show::suppliers(args),
        SupplyCommand::Warnings(args) => show::warnings(args),
        SupplyCommand::Bundle(BundleCommand::Export(args)) => bundle::export(args),
        SupplyCommand::Bundle(BundleCommand::Import(args)) => bundle::import(args),
    }
}

/// A data folder with what is in it, ready to be asked.
struct Stock {
    data: Data,
    model: Model,
    resolution: Resolution,
    advice: Advice,
    outside: Outside,
    filed: Vec<Filed>,
    today: String,
    /// The folder's async work ends with it.
    _runtime: Runtime,
}

impl Stock {
    fn open(folder: &Path) -> Result<Self> {
        let runtime = host::runtime()?;
        let data = Data::open(runtime.handle(), folder)?;
        let model = data.load()?;
        let facts = Facts::load().context("the built-in knowledge")?;
        let resolution = resolve(&model, &facts);
        let (advice, outside) = intel::LazyFacts::new(Some(folder)).known()?;
        let filed = data.filed()?;
        let today = clock::date();
        Ok(Self { data, model, resolution, advice, outside, filed, today, _runtime: runtime })
    }

    /// The device with an identifier or address.
    fn asset(&self, name: &str) -> Result<&Asset> {
        let found = self.resolution.assets.iter().find(|own| judge::supply::is_named(own, name));
        found.with_context(|| format!("no device of the folder is or has the address {name}"))
    }

    fn supply(&self, filed: Vec<Filed>) -> Result<judge::supply::Supply> {
        Ok(judge::supply::Supply::new(self.outside.clone(), filed, self.data.pool()?))
    }

    fn contacts(&self) -> Contacts {
        contacts(&self.model, &self.resolution)
    }

    fn assessment(&self) -> Result<Assessment> {
        let mut triage = Triage::new(&self.today);
        let (rulings, weights): (_, Weights) = self.data.decided()?;
        for (asset, cve, ruling) in rulings {
            triage.add(&asset, &cve, ruling);
        }
        let reach = Reach::new(&self.model, &self.resolution, &weights);
        Ok(assess(&reach, &self.resolution, &self.advice, &weights, &triage))
    }

    /// Hands everything that passports are made from to `make`.
    fn provenance<T>(&self, make: impl FnOnce(&Provenance<'_>) -> T) -> Result<T> {
        let (contacts, assessment) = (self.contacts(), self.assessment()?);
        let supply = self.supply(self.filed.clone())?;
        Ok(make(&Provenance {
            revision: 0,
            resolution: &self.resolution,
            contacts: &contacts,
            advice: &self.advice,
            assessment: Some(&assessment),
            supply: &supply,
            today: &self.today,
        }))
    }

    fn differences(
        &self,
        before: &judge::supply::Run,
        after: &judge::supply::Run,
        cause: &str,
    ) -> Vec<Warning> {
        zoned(&self.resolution, before, after, cause)
    }
}

/// The difference of two runs with the zones of a plant.
fn zoned(
    resolution: &Resolution,
    before: &judge::supply::Run,
    after: &judge::supply::Run,
    cause: &str,
) -> Vec<Warning> {
    let zones: std::collections::BTreeMap<&str, &str> =
        resolution.assets.iter().map(|own| (own.id.as_str(), own.zone.as_str())).collect();
    let zone = |id: &str| zones.get(id).copied().unwrap_or_default().to_owned();
    differences(before, after, cause, &view::rfc3339(clock::wall()), &zone)
}

/// What a new pack means for the plant of a data folder: two runs of the matcher.
pub(crate) fn pack_changed(folder: &Path, before: Tables, after: Tables) -> Result<Vec<Warning>> {
    if !folder.join("ferrite.db").exists() {
        return Ok(Vec::new());
    }
    let before = Advice::new(before).context("the facts in use so far")?;
    let after = Advice::new(after).context("the new facts")?;
    let runtime = host::runtime()?;
    let data = Data::open(runtime.handle(), folder)?;
    let facts = Facts::load().context("the built-in knowledge")?;
    let resolution = resolve(&data.load()?, &facts);
    let run = |advice: &Advice| judge::supply::advisories_run(&resolution, advice);
    let warnings = zoned(&resolution, &run(&before), &run(&after), "pack");
    data.warn(&warnings)?;
    Ok(warnings)
}

/// Where the facts are kept that were in use when somebody last looked at what changed.
const BEFORE: &str = "facts.before.pack";

/// Keeps the facts that were in use; those that are kept already are older and stay.
pub(crate) fn remember(folder: &Path, previous: &[u8]) -> Result<()> {
    let place = folder.join(BEFORE);
    if place.exists() {
        return Ok(());
    }
    intel::pack::replace(&place, previous)
}

/// What changed with a pack that came while the folder was in use. It is looked at once: facts
/// that cannot be read any more are said and let go.
pub(crate) fn catch_up(data: &Data, site: &Site) {
    let place = data.store().folder().join(BEFORE);
    let Some(after) = site.advice().filter(|_| place.exists()) else { return };
    let snapshot = site.snapshot();
    let run = |advice: &Advice| judge::supply::advisories_run(&snapshot.resolution, advice);
    let before = intel::facts::tables_of(&place).and_then(|tables| Ok(Advice::new(tables)?));
    let done = before.and_then(|before| {
        data.warn(&zoned(&snapshot.resolution, &run(&before), &run(after), "pack"))
    });
    let gone = std::fs::remove_file(&place);
    if let Err(error) = done.and_then(|()| Ok(gone?)) {
        output::complain(&format!("ferrite: what changes for the plant cannot be said: {error:#}"));
    }
}
