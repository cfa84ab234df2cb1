//! `ferrite intel`: what is known from outside, how old it is, and what it says of a device.

mod facts;
mod matching;
mod pack;

use crate::cli::{Intel, IntelCommand};
use anyhow::{Context, Result};
use judge::risk::{Advice, Assessment, Reach, Triage, Weights, assess};
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

/// What is known against devices, when there is one to ask about: reading the facts takes a
/// moment.
pub(crate) fn judge(
    model: &Model,
    resolution: &Resolution,
    data: Option<&Path>,
    weights: &Weights,
    triage: &Triage,
) -> Result<Option<Assessment>> {
    if !resolution.assets.iter().any(Advice::can_ask) {
        return Ok(None);
    }
    let advice = advice(data)?;
    let reach = Reach::new(model, resolution, weights);
    Ok(Some(assess(&reach, resolution, &advice, weights, triage)))
}

/// The facts, ready to be asked.
pub(crate) fn advice(data: Option<&Path>) -> Result<Advice> {
    let loaded = facts::load(data)?;
    Advice::new(loaded.tables).context("the facts from outside")
}
