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
use model::{Model, Resolution};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
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

/// Finds the devices, and makes ready what is known against them where some can be asked about.
/// With several threads the one goes on beside the other: makers name themselves before it is
/// known which devices are theirs.
pub(crate) fn find_and_ask(
    model: &Model,
    outside: LazyFacts<'_>,
    threads: u8,
    find: impl FnOnce() -> Resolution,
) -> Result<(Resolution, Option<Advice>)> {
    let makers = if threads > 1 { makers_met(model) } else { BTreeSet::new() };
    if makers.is_empty() {
        let resolution = find();
        let ask = resolution.assets.iter().any(Advice::can_ask);
        let advice = if ask { Some(outside.advice()?) } else { None };
        return Ok((resolution, advice));
    }
    std::thread::scope(|scope| {
        let ahead = scope.spawn(|| {
            let advice = outside.advice()?;
            advice.longest_first(makers).into_iter().for_each(|maker| advice.read_ahead(maker));
            Ok::<_, anyhow::Error>(advice)
        });
        let resolution = find();
        let advice = ahead.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        Ok((resolution, Some(advice)))
    })
}

/// The makers that addresses state which also state what they are.
fn makers_met(model: &Model) -> BTreeSet<&str> {
    use Attribute::{Model as Type, OrderNumber, Product, Vendor};
    let keys = || model.attributes.keys();
    let what = keys().filter(|key| matches!(key.attribute, Product | Type | OrderNumber));
    let known: BTreeSet<_> = what.map(|key| (key.vlan, key.host)).collect();
    let makers = keys().filter(|key| key.attribute == Vendor);
    makers.filter(|key| known.contains(&(key.vlan, key.host))).map(|key| &*key.value).collect()
}

/// What is known against devices, found by so many threads.
pub(crate) fn judge(
    model: &Model,
    resolution: &Resolution,
    advice: &Advice,
    weights: &Weights,
    triage: &Triage,
    threads: u8,
) -> Assessment {
    let sum_up = || Reach::new(model, resolution, weights);
    let reach = read_together(advice, resolution, threads, sum_up);
    assess(&reach, resolution, advice, weights, triage)
}

/// Reads the names of the makers that were not read ahead, with so many threads. The questions are
/// quick then, and asked once. This thread does something else first.
fn read_together<T>(
    advice: &Advice,
    resolution: &Resolution,
    threads: u8,
    first: impl FnOnce() -> T,
) -> T {
    let known = resolution.assets.iter().filter(|asset| threads > 1 && Advice::can_ask(asset));
    let makers = known.filter_map(|asset| asset.value(Attribute::Vendor)).collect();
    // Nobody waits for the last one.
    let makers = advice.longest_first(makers);
    let next = AtomicUsize::new(0);
    let read = || {
        while let Some(maker) = makers.get(next.fetch_add(1, Ordering::Relaxed)) {
            advice.read_ahead(maker);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(read);
        }
        let done = first();
        read();
        done
    })
}
