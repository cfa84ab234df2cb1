//! `ferrite intel`: what is known from outside, how old it is, and what it says of a device.

mod facts;
mod matching;
mod pack;

use crate::cli::{Intel, IntelCommand};
use anyhow::{Context, Result};
use model::Resolution;
use std::path::Path;
use std::process::ExitCode;
use view::Vulnerabilities;

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

/// Advisories, when there is a device to ask about: making their index takes a moment.
pub(crate) fn vulnerabilities(
    resolution: &Resolution,
    data: Option<&Path>,
) -> Result<Option<Vulnerabilities>> {
    if !resolution.assets.iter().any(Vulnerabilities::can_ask) {
        return Ok(None);
    }
    all(data).map(Some)
}

/// Advisories.
pub(crate) fn all(data: Option<&Path>) -> Result<Vulnerabilities> {
    let loaded = facts::load(data)?;
    Vulnerabilities::new(loaded.tables).context("the dictionary of families")
}
