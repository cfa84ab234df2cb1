//! `ferrite intel`: what is known from outside, how old it is, and what it says of a device.

mod facts;
mod fetch;
mod matching;
mod pack;

use crate::cli::{Intel, IntelCommand};
use anyhow::{Context, Result};
use judge::risk::{Advice, Assessment, Reach, Triage, Weights, assess};
use knowledge::Banners;
use knowledge::pack::Tables;
use model::{Model, Resolution};
use std::path::Path;
use std::process::ExitCode;

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
pub(crate) struct Outside<'a> {
    data: Option<&'a Path>,
    tables: Option<Tables>,
}

impl<'a> Outside<'a> {
    /// Those of a data folder, where it has newer ones than the program.
    pub(crate) fn new(data: Option<&'a Path>) -> Self {
        Self { data, tables: None }
    }

    fn tables(&mut self) -> Result<Tables> {
        match self.tables.take() {
            Some(tables) => Ok(tables),
            None => Ok(facts::load(self.data)?.tables),
        }
    }

    /// What banners say of their senders.
    pub(crate) fn banners(&mut self) -> Result<Banners> {
        let tables = self.tables()?;
        let banners = Banners::new(&tables.banners);
        self.tables = Some(tables);
        Ok(banners)
    }

    /// What is known against devices, ready to be asked.
    pub(crate) fn advice(mut self) -> Result<Advice> {
        Advice::new(self.tables()?).context("the facts from outside")
    }
}

/// What is known against devices, when there is one to ask about.
pub(crate) fn judge(
    model: &Model,
    resolution: &Resolution,
    outside: Outside<'_>,
    weights: &Weights,
    triage: &Triage,
) -> Result<Option<Assessment>> {
    if !resolution.assets.iter().any(Advice::can_ask) {
        return Ok(None);
    }
    let advice = outside.advice()?;
    let reach = Reach::new(model, resolution, weights);
    Ok(Some(assess(&reach, resolution, &advice, weights, triage)))
}
