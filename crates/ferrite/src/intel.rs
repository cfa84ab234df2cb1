//! `ferrite intel`: what is known from outside, how old it is, and what it says of a device.

pub(crate) mod facts;
mod fetch;
mod matching;
pub(crate) mod pack;

use crate::cli::{Intel, IntelCommand};
use anyhow::{Context, Result};
use facts::Loaded;
use judge::risk::{Advice, Assessment, Reach, Triage, Weights, assess};
use judge::supply::Outside;
use knowledge::Banners;
use model::{Asset, Model, Resolution};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use vocab::Attribute;

/// Runs a command on the facts.
pub(crate) fn run(args: &Intel) -> Result<ExitCode> {
    match &args.command {
        IntelCommand::Match(args) => matching::run(args),
        IntelCommand::Status(args) => facts::status(args),
        IntelCommand::Pack(args) => pack::make(args),
        IntelCommand::Update(args) => pack::update(args),
        IntelCommand::Keygen(args) => pack::keygen(args),
    }
}

/// The newest facts from outside, read when they are first asked for: that takes a moment.
#[derive(Debug)]
pub(crate) struct LazyFacts<'a> {
    data: Option<&'a Path>,
    loaded: Option<Loaded>,
}

impl<'a> LazyFacts<'a> {
    /// Those of a data folder, where it has newer ones than the program.
    pub(crate) fn new(data: Option<&'a Path>) -> Self {
        Self { data, loaded: None }
    }

    fn loaded(&mut self) -> Result<Loaded> {
        match self.loaded.take() {
            Some(loaded) => Ok(loaded),
            None => facts::load(self.data),
        }
    }

    /// What banners say of their senders.
    pub(crate) fn banners(&mut self) -> Result<Banners> {
        let loaded = self.loaded()?;
        let banners = Banners::new(&loaded.tables.banners);
        self.loaded = Some(loaded);
        Ok(banners)
    }

    /// The same where a device said something that they read: else nothing is loaded.
    pub(crate) fn banners_for(&mut self, model: &Model) -> Result<Banners> {
        let mut said = model.attributes.keys();
        let read = said.any(|key| {
            let source = model.names.get(key.source);
            model.spec(key.proto).is_some_and(|spec| Banners::read(spec.key, source))
        });
        if read { self.banners() } else { Ok(Banners::default()) }
    }

    /// What is known against devices, ready to be asked.
    pub(crate) fn advice(self) -> Result<Advice> {
        Ok(self.known()?.0)
    }

    /// The same, and the facts of the supply chain.
    pub(crate) fn known(mut self) -> Result<(Advice, Outside)> {
        let mut loaded = self.loaded()?;
        let outside = Outside {
            lives: std::mem::take(&mut loaded.tables.lifecycles),
            built_in: loaded.path.is_none(),
            manifest: loaded.manifest,
        };
        Ok((Advice::new(loaded.tables).context("the facts from outside")?, outside))
    }
}

/// What is known against devices, when there is one to ask about.
pub(crate) fn judge(
    model: &Model,
    resolution: &Resolution,
    outside: LazyFacts<'_>,
    weights: &Weights,
    triage: &Triage,
    threads: u8,
) -> Result<Option<Assessment>> {
    if !resolution.assets.iter().any(Advice::can_ask) {
        return Ok(None);
    }
    let advice = outside.advice()?;
    ask_together(&advice, resolution, threads);
    let reach = Reach::new(model, resolution, weights);
    Ok(Some(assess(&reach, resolution, &advice, weights, triage)))
}

/// Reads the names of the makers with so many threads, by asking about one device of each. All
/// other questions are quick, and asked once.
fn ask_together(advice: &Advice, resolution: &Resolution, threads: u8) {
    if threads < 2 {
        return;
    }
    let mut makers: BTreeMap<&str, &Asset> = BTreeMap::new();
    for asset in resolution.assets.iter().filter(|asset| Advice::can_ask(asset)) {
        makers.entry(asset.value(Attribute::Vendor).unwrap_or_default()).or_insert(asset);
    }
    std::thread::scope(|scope| {
        for thread in 0..usize::from(threads) {
            let own = makers.values().skip(thread).step_by(usize::from(threads));
            scope.spawn(move || own.for_each(|asset| drop(advice.of(asset))));
        }
    });
}
