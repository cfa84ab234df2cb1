//! The command line of `ferrite intel`.

use super::{DataFolder, ListFormat};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Facts from outside: advisories, exploited vulnerabilities, attack techniques, product lives.
#[derive(Debug, Args)]
pub(crate) struct Intel {
    #[command(subcommand)]
    pub(crate) command: IntelCommand,
}

/// Commands on facts.
#[derive(Debug, Subcommand)]
pub(crate) enum IntelCommand {
    Match(IntelMatch),
    Status(IntelStatus),
    Pack(Box<IntelPack>),
    Update(IntelUpdate),
    Keygen(IntelKeygen),
}

/// Says which advisories name a device, and whether it is affected.
#[derive(Debug, Args)]
#[command(
    after_help = "A verdict is affected, not_affected or undetermined, with its reason. Grades say how well the
advisory names the device: I5 serial number, I4 order number, I3 model, I2 family, I1 less.

Examples:
  ferrite intel match --vendor Siemens --product 'CPU 1214C' --order-number '6ES7 214-1AG40-0XB0' --firmware V4.2.1
  ferrite intel match --vendor Rockwell --product 1756-L85E --firmware 33.011 --format json"
)]
pub(crate) struct IntelMatch {
    /// The maker.
    #[arg(long)]
    pub(crate) vendor: String,
    /// Product and model.
    #[arg(long, default_value = "")]
    pub(crate) product: String,
    /// Order or catalogue number.
    #[arg(long)]
    pub(crate) order_number: Option<String>,
    /// Firmware or software version.
    #[arg(long)]
    pub(crate) firmware: Option<String>,
    /// Hardware version or series.
    #[arg(long)]
    pub(crate) hardware: Option<String>,
    /// Serial number.
    #[arg(long)]
    pub(crate) serial: Option<String>,
    /// A data folder with facts of its own.
    #[arg(long, value_name = "DIR", env = "FERRITE_DATA")]
    pub(crate) data: Option<PathBuf>,
    /// What to write; a table for people where it is left out.
    #[arg(long, value_enum)]
    pub(crate) format: Option<ListFormat>,
}

/// Says which facts there are, where they come from, and how old they are.
#[derive(Debug, Args)]
pub(crate) struct IntelStatus {
    /// A data folder with facts of its own.
    #[arg(long, value_name = "DIR", env = "FERRITE_DATA")]
    pub(crate) data: Option<PathBuf>,
    /// The notices that licences ask for, instead.
    #[arg(long)]
    pub(crate) notices: bool,
    /// What to write; a table for people where it is left out.
    #[arg(long, value_enum)]
    pub(crate) format: Option<ListFormat>,
}

/// Makes a signed pack of facts from publishers' files.
#[derive(Debug, Args)]
#[command(
    after_help = "Files may be plain, gzip or zstd; lists of documents may be folders, tar archives or one
document a line. What cannot be read is said with its place; the rest is taken.

Examples:
  ferrite intel pack --onto built-in --epss epss_scores-current.csv.gz --key site.key --sequence 20260302 --out facts.pack
  ferrite intel pack --csaf advisories.tar.zst --kev kev.json --key site.key --sequence 7 --out facts.pack"
)]
pub(crate) struct IntelPack {
    /// CSAF 2.0 advisories.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub(crate) csaf: Vec<PathBuf>,
    /// What analysts read in the advisories: a reading a line, as in `data/readings.tsv` of the
    /// project's crate `knowledge`.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(crate) readings: Vec<PathBuf>,
    /// CISA's catalogue of known exploited vulnerabilities.
    #[arg(long, value_name = "FILE")]
    pub(crate) kev: Option<PathBuf>,
    /// EPSS values.
    #[arg(long, value_name = "FILE")]
    pub(crate) epss: Option<PathBuf>,
    /// Records of the CVE List, version 5.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub(crate) cve: Vec<PathBuf>,
    /// Answers of NVD's interface, version 2.0.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub(crate) nvd: Vec<PathBuf>,
    /// CNVD and CNNVD lists.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub(crate) cn: Vec<PathBuf>,
    /// MITRE ATT&CK for ICS, STIX 2.1.
    #[arg(long, value_name = "FILE")]
    pub(crate) attack: Option<PathBuf>,
    /// Recog fingerprints.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(crate) recog: Vec<PathBuf>,
    /// A folder of endoflife.date pages.
    #[arg(long, value_name = "DIR")]
    pub(crate) lifecycle: Option<PathBuf>,
    /// PROFINET order numbers.
    #[arg(long, value_name = "FILE")]
    pub(crate) profinet: Option<PathBuf>,
    /// SSVC decision tables.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(crate) decisions: Vec<PathBuf>,
    /// Starts from a pack, or from the one that comes with the program: the tables that the files
    /// give take the place of the same ones in it.
    #[arg(long, value_name = "FILE|built-in")]
    pub(crate) onto: Option<PathBuf>,
    /// Notices that licences ask to be passed on.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(crate) notice: Vec<PathBuf>,
    /// The secret key that signs it.
    #[arg(long, value_name = "FILE")]
    pub(crate) key: PathBuf,
    /// Its number: a pack replaces those with smaller ones.
    #[arg(long, value_name = "N")]
    pub(crate) sequence: u64,
    /// The pack to write.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

/// Takes a newer pack into a data folder; checks its signature, refuses an older one.
#[derive(Debug, Args)]
pub(crate) struct IntelUpdate {
    /// The pack: a file, or an https or http address. Nothing else makes Ferrite open a
    /// connection to somewhere else.
    #[arg(long, value_name = "FILE|URL")]
    pub(crate) from: PathBuf,
    /// The public key of whoever signs packs for this site.
    #[arg(long, value_name = "FILE", env = "FERRITE_INTEL_KEY")]
    pub(crate) key: PathBuf,
    /// Takes a pack that is not newer than the one in use.
    #[arg(long)]
    pub(crate) allow_rollback: bool,
    #[command(flatten)]
    pub(crate) folder: DataFolder,
}

/// Makes a pair of keys for signing packs: FILE, and FILE.pub to give away.
#[derive(Debug, Args)]
pub(crate) struct IntelKeygen {
    /// The secret key's file.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}
