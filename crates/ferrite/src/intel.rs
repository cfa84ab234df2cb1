//! `ferrite intel`: what is known from outside, how old it is, and what it says of a device.

mod facts;
mod matching;
mod pack;

use crate::cli::{Intel, IntelCommand};
use anyhow::Result;
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
