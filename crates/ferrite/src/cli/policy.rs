//! `ferrite policy`.

use super::{Captures, ListFormat, OwnRules, Threads};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// The plant's own rules: who may do what to whom.
#[derive(Debug, Args)]
#[command(after_help = "docs/policy.md says how a policy is written.

Examples:
  ferrite policy learn week.pcap --out plant.toml
  ferrite policy check plant.toml
  ferrite analyze today.pcap --policy plant.toml --fail-on high")]
pub(crate) struct Policy {
    #[command(subcommand)]
    pub(crate) command: PolicyCommand,
}

/// Commands about policies.
#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    Check(PolicyCheck),
    Learn(PolicyLearn),
}

/// Reads a policy and says what is in it: zones, rules in their order, rules that never decide.
#[derive(Debug, Args)]
#[command(after_help = "Exit status: 0 it can be used; 1 it cannot, and every mistake is said with
its line and column; 2 wrong usage.

Example:
  ferrite policy check plant.toml --format json")]
pub(crate) struct PolicyCheck {
    /// The policy.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// What to write; tables for people where it is left out.
    #[arg(long, value_enum)]
    pub(crate) format: Option<ListFormat>,
}

/// Writes a policy that lets pass what captures show, and nothing else: a beginning.
#[derive(Debug, Args)]
#[command(after_help = "Whatever went wrong while the captures were made is allowed too: look at
each rule before the policy is used. What is touched is not limited: add targets by hand.

Example:
  ferrite policy learn monday.pcap tuesday.pcap --out plant.toml")]
pub(crate) struct PolicyLearn {
    #[command(flatten)]
    pub(crate) captures: Captures,
    /// Where to write it instead of standard output.
    #[arg(long, value_name = "FILE", env = "FERRITE_OUT")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) threads: Threads,
    #[command(flatten)]
    pub(crate) own: OwnRules,
}
