//! The command line of `ferrite supply`.

use super::{DataFolder, ListFormat};
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// The supply chain: what devices are made of, whom they come from, what other plants decided.
#[derive(Debug, Args)]
pub(crate) struct Supply {
    #[command(subcommand)]
    pub(crate) command: SupplyCommand,
}

/// Commands on the supply chain.
#[derive(Debug, Subcommand)]
pub(crate) enum SupplyCommand {
    Import(SupplyImport),
    Documents(SupplyDocuments),
    Passport(SupplyPassport),
    Suppliers(SupplySuppliers),
    Warnings(SupplyWarnings),
    /// What plants share with each other: signed, without names and addresses.
    #[command(subcommand)]
    Bundle(BundleCommand),
}

/// Takes documents in: bills of materials, statements on exploitability, attested facts.
#[derive(Debug, Args)]
#[command(
    after_help = "Formats: CycloneDX 1.2 to 1.6 (JSON, XML), SPDX 2 (JSON, tag-value), CSAF 2.0, OpenVEX, OSV
(JSON), and facts that people attest (TOML or JSON with schema = \"ferrite.attested/1\"). Files may
be gzip or zstd; folders are read too. OSV records and attested facts name whom they are about; all
others need --asset or --supplier. A supplier's document is used for those devices whose product it
names. What cannot be read is said with its place. Exit status 1: a file could not be read.

Examples:
  ferrite supply import firmware.cdx.json --asset 10.0.0.5 --data site
  ferrite supply import acme-vex.json --supplier Acme --data site
  ferrite supply import contracts.toml osv/ --data site"
)]
pub(crate) struct SupplyImport {
    /// The documents.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The device that they are about: its identifier or an address.
    #[arg(long, value_name = "ID", conflicts_with = "supplier")]
    pub(crate) asset: Option<String>,
    /// The supplier whose products they are about.
    #[arg(long, value_name = "NAME")]
    pub(crate) supplier: Option<String>,
    #[command(flatten)]
    pub(crate) folder: DataFolder,
}

/// Lists the documents that were taken in, or takes one away.
#[derive(Debug, Args)]
pub(crate) struct SupplyDocuments {
    /// Takes away the document with this number.
    #[arg(long, value_name = "N")]
    pub(crate) forget: Option<i64>,
    #[command(flatten)]
    pub(crate) folder: DataFolder,
    /// What to write; a table for people where it is left out.
    #[arg(long, value_enum)]
    pub(crate) format: Option<ListFormat>,
}

/// Formats of a passport.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PassportFormat {
    /// Everything that is known, one document.
    Json,
    /// CycloneDX 1.6: the device with its firmware and its parts.
    Cyclonedx,
}

/// Writes a device's passport: what it is, where it comes from, what is in it, who may touch it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ferrite supply passport --asset 10.0.0.5 --data site
  ferrite supply passport --asset 10.0.0.5 --format cyclonedx --data site > plc.cdx.json
  ferrite supply passport --format cyclonedx --data site > inventory.cdx.json")]
pub(crate) struct SupplyPassport {
    /// The device: its identifier or an address; all devices where it is left out.
    #[arg(long, value_name = "ID")]
    pub(crate) asset: Option<String>,
    /// What to write.
    #[arg(long, value_enum, default_value = "json")]
    pub(crate) format: PassportFormat,
    #[command(flatten)]
    pub(crate) folder: DataFolder,
}

/// Lists suppliers with what makes their number.
#[derive(Debug, Args)]
pub(crate) struct SupplySuppliers {
    /// Only this one, with everything that is known.
    #[arg(long, value_name = "NAME")]
    pub(crate) supplier: Option<String>,
    #[command(flatten)]
    pub(crate) folder: DataFolder,
    /// What to write; a table for people where it is left out.
    #[arg(long, value_enum)]
    pub(crate) format: Option<ListFormat>,
}

/// Lists early warnings: what changed for the plant when facts or documents changed.
#[derive(Debug, Args)]
pub(crate) struct SupplyWarnings {
    #[command(flatten)]
    pub(crate) folder: DataFolder,
    /// What to write; a list for people where it is left out.
    #[arg(long, value_enum)]
    pub(crate) format: Option<ListFormat>,
}

/// Commands on bundles.
#[derive(Debug, Subcommand)]
pub(crate) enum BundleCommand {
    Export(BundleExport),
    Import(BundleImport),
}

/// Writes what the plant knows and decided about CVEs on its models, for other plants.
#[derive(Debug, Args)]
#[command(
    after_help = "The bundle is text: read it before it leaves. Devices are named by a keyed hash of this plant;
addresses, names, serial numbers, zones and people have no field, and values that contain one of
them are left out. Makers, models, firmware, verdicts, decisions and kinds of controls stay: who
knows a plant well may still recognise it by its list of models.

Example:
  ferrite supply bundle export --key site.key --out plant.bundle --data site"
)]
pub(crate) struct BundleExport {
    /// The plant's secret key; `ferrite intel keygen` makes one.
    #[arg(long, value_name = "FILE")]
    pub(crate) key: PathBuf,
    /// The bundle to write.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Also the reasons of decisions, without what names something of the plant.
    #[arg(long)]
    pub(crate) with_reasons: bool,
    /// Only what somebody decided.
    #[arg(long)]
    pub(crate) decided: bool,
    #[command(flatten)]
    pub(crate) folder: DataFolder,
}

/// Takes in what other plants share.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  ferrite supply bundle import other.bundle --key other.key.pub --data site")]
pub(crate) struct BundleImport {
    /// The bundles.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Public keys of plants that are trusted.
    #[arg(long, value_name = "FILE", required = true, num_args = 1..)]
    pub(crate) key: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) folder: DataFolder,
}
