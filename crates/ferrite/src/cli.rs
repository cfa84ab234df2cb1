//! The command line.

mod intel;
mod policy;
mod query;
mod supply;

use crate::virtual_plant::scenarios;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

pub(crate) use intel::{
    Intel, IntelCommand, IntelKeygen, IntelMatch, IntelPack, IntelStatus, IntelUpdate,
};
pub(crate) use policy::{Policy, PolicyCheck, PolicyCommand, PolicyLearn};
pub(crate) use query::{Query, QueryProtocol};

pub(crate) use supply::{
    BundleCommand, BundleExport, BundleImport, PassportFormat, Supply, SupplyCommand,
    SupplyDocuments, SupplyImport, SupplyPassport, SupplySuppliers, SupplyWarnings,
};

/// Industrial network security in one binary: watch a plant's network without touching it.
#[derive(Debug, Parser)]
#[command(name = "ferrite", version, propagate_version = true, max_term_width = 100)]
#[command(after_help = "Examples:
  ferrite demo                          a plant to look at, in the browser
  ferrite analyze plant.pcap            what is in a capture
  ferrite open plant.pcap               the same in the browser
  sudo ferrite watch eth1               a live sensor with its console
  ferrite analyze captures/ --format json > plant.json
  tcpdump -w - | ferrite analyze -")]
pub(crate) struct Cli {
    /// Colours on standard output.
    #[arg(long, global = true, value_enum, default_value = "auto", env = "FERRITE_COLOR")]
    pub(crate) color: Color,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, where NO_COLOR is not set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Analyze(Analyze),
    Open(Open),
    Watch(Watch),
    Serve(Serve),
    Demo(Demo),
    Records(Records),
    Protocols(Protocols),
    Intel(Intel),
    Query(Query),
    Supply(Supply),
    Policy(Policy),
    Range(Range),
    /// Prints completions for a shell.
    #[command(after_help = "Example:
  ferrite completions bash > /etc/bash_completion.d/ferrite")]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Writes the manual pages into a folder.
    #[command(after_help = "Example:
  ferrite man /usr/local/share/man/man1")]
    Man {
        /// The folder; made where it is missing.
        folder: PathBuf,
    },
}

/// Where the console listens.
#[derive(Debug, Args)]
pub(crate) struct Listen {
    /// Address and port of the console.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8640", env = "FERRITE_LISTEN")]
    pub(crate) listen: SocketAddr,
}

/// The number of threads.
#[derive(Debug, Args)]
pub(crate) struct Threads {
    /// Threads that read packets; all cores, at most 4, where it is left out.
    #[arg(long, value_name = "N", env = "FERRITE_THREADS",
          value_parser = clap::value_parser!(u16).range(1..=64))]
    pub(crate) threads: Option<u16>,
}

/// Rules of one's own for identification.
#[derive(Debug, Args)]
pub(crate) struct OwnRules {
    /// Rules of your own that say what devices are by what they say, in the format of
    /// docs/rules.md; several files may be given.
    #[arg(long, value_name = "FILE", env = "FERRITE_RULES", value_delimiter = ',')]
    pub(crate) rules: Vec<PathBuf>,
}

/// The data folder of commands that always have one.
#[derive(Debug, Args)]
pub(crate) struct DataFolder {
    /// Folder in which everything is stored; made where it is missing.
    #[arg(long, value_name = "DIR", default_value = "ferrite-data", env = "FERRITE_DATA")]
    pub(crate) data: PathBuf,
}

/// Reads captures and shows what is in them in the browser, while they are read.
#[derive(Debug, Args)]
#[command(after_help = "Nothing is stored; `ferrite analyze --data` and `ferrite serve` do that.

Examples:
  ferrite open plant.pcap
  ferrite open captures/ --listen 127.0.0.1:9000")]
pub(crate) struct Open {
    #[command(flatten)]
    pub(crate) captures: Captures,
    #[command(flatten)]
    pub(crate) listen: Listen,
    #[command(flatten)]
    pub(crate) threads: Threads,
    #[command(flatten)]
    pub(crate) own: OwnRules,
}

/// Watches network interfaces: a live sensor with its console. Sends no frame on them.
#[derive(Debug, Args)]
#[command(after_help = "Capturing needs CAP_NET_RAW: run it as root, or once
  sudo setcap cap_net_raw+ep $(command -v ferrite)

What is seen is stored every few seconds; Ctrl-C or SIGTERM stores the rest and ends.

Examples:
  ferrite watch eth1
  ferrite watch eth1 eth2 --data /var/lib/ferrite --listen 127.0.0.1:8640")]
pub(crate) struct Watch {
    /// Network interfaces, for instance those of a mirror port or a tap.
    #[arg(required = true, value_name = "IFACE")]
    pub(crate) interfaces: Vec<String>,
    #[command(flatten)]
    pub(crate) listen: Listen,
    #[command(flatten)]
    pub(crate) data: DataFolder,
    #[command(flatten)]
    pub(crate) threads: Threads,
    #[command(flatten)]
    pub(crate) own: OwnRules,
}

/// Shows in the browser what is stored.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  ferrite analyze plant.pcap --data site && ferrite serve --data site")]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) data: DataFolder,
    #[command(flatten)]
    pub(crate) listen: Listen,
    #[command(flatten)]
    pub(crate) own: OwnRules,
}

/// Shows the virtual plant in the browser: no input needed.
#[derive(Debug, Args)]
#[command(after_help = format!("Without --scenario the tank runs over.\n\nScenarios:\n{}
Examples:
  ferrite demo
  ferrite demo --scenario normal --minutes 5", scenarios()))]
pub(crate) struct Demo {
    #[command(flatten)]
    pub(crate) traffic: Traffic,
    #[command(flatten)]
    pub(crate) listen: Listen,
    #[command(flatten)]
    pub(crate) own: OwnRules,
}

/// The virtual plant: traffic of a plant that does not exist, with the truth about it.
#[derive(Debug, Args)]
pub(crate) struct Range {
    #[command(subcommand)]
    pub(crate) command: RangeCommand,
}

/// Commands of the virtual plant.
#[derive(Debug, Subcommand)]
pub(crate) enum RangeCommand {
    Capture(RangeCapture),
}

/// Writes a capture of the virtual plant and, beside it, what is in it.
#[derive(Debug, Args)]
#[command(after_help = format!("The same options always give the same bytes. The truth goes to
FILE.truth.json. Without --scenario the day is like any other.\n\nScenarios:\n{}
Example:
  ferrite range capture --out plant.pcap --seed 7 --scenario overflow --minutes 10", scenarios()))]
pub(crate) struct RangeCapture {
    /// The capture to write.
    #[arg(long, value_name = "FILE", env = "FERRITE_OUT")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) traffic: Traffic,
}

/// What the virtual plant does.
#[derive(Debug, Args)]
pub(crate) struct Traffic {
    /// Another number gives other jitter, ports and process values.
    #[arg(long, value_name = "N", default_value_t = 1, env = "FERRITE_SEED")]
    pub(crate) seed: u64,
    /// What happens.
    #[arg(long, value_name = "NAME", env = "FERRITE_SCENARIO")]
    pub(crate) scenario: Option<String>,
    /// How long, in minutes of the plant's time.
    #[arg(long, value_name = "N", env = "FERRITE_MINUTES",
          value_parser = clap::value_parser!(u32).range(1..=i64::from(range::Options::MINUTES_MAX)))]
    pub(crate) minutes: Option<u32>,
}

/// Captures to read.
#[derive(Debug, Args)]
pub(crate) struct Captures {
    /// Capture files (pcap, pcapng; also gzip, zstd), folders, or `-` for standard input; several
    /// are merged by time.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
}

/// Reads captures and says what is in the plant.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit status: 0 done; 1 an input could not be read (the others are analysed);
2 wrong usage; 3 there are findings at or above --fail-on.

Examples:
  ferrite analyze plant.pcap
  ferrite analyze plant.pcap --fail-on high
  ferrite analyze plant.pcap --policy plant.toml
  ferrite analyze monday.pcap.gz tuesday.pcap.gz --format json --out plant.json
  ferrite analyze captures/ --data site && ferrite serve --data site
  ferrite analyze captures/ --format ndjson | grep '\"plc\"'"
)]
pub(crate) struct Analyze {
    #[command(flatten)]
    pub(crate) captures: Captures,
    /// What to write; a summary for people where it is left out.
    #[arg(long, value_enum, env = "FERRITE_FORMAT")]
    pub(crate) format: Option<AnalysisFormat>,
    /// Where to write it instead of standard output.
    #[arg(long, value_name = "FILE", env = "FERRITE_OUT")]
    pub(crate) out: Option<PathBuf>,
    /// Also stores the result in this folder for `ferrite serve`. What was stored before is part
    /// of the result; captures that were stored before are not read again.
    #[arg(long, value_name = "DIR", env = "FERRITE_DATA")]
    pub(crate) data: Option<PathBuf>,
    /// Judges what is seen by the plant's own rules, in the format of docs/policy.md. With --data
    /// they are stored too, in place of those before, and `ferrite serve` and later runs judge by
    /// them.
    #[arg(long, value_name = "FILE", env = "FERRITE_POLICY")]
    pub(crate) policy: Option<PathBuf>,
    /// Ends with status 3 when a finding is at least this grave.
    #[arg(long, value_enum, value_name = "LEVEL", env = "FERRITE_FAIL_ON")]
    pub(crate) fail_on: Option<Level>,
    #[command(flatten)]
    pub(crate) threads: Threads,
    #[command(flatten)]
    pub(crate) own: OwnRules,
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Level {
    /// Good to know.
    Info,
    /// Little.
    Low,
    /// Some.
    Medium,
    /// Much.
    High,
    /// Look at it now.
    Critical,
}

impl Level {
    /// The same as findings have it.
    pub(crate) fn severity(self) -> judge::review::Severity {
        use judge::review::Severity;
        match self {
            Self::Info => Severity::Info,
            Self::Low => Severity::Low,
            Self::Medium => Severity::Medium,
            Self::High => Severity::High,
            Self::Critical => Severity::Critical,
        }
    }
}

/// Formats of an analysis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnalysisFormat {
    /// A summary for people.
    Table,
    /// One document.
    Json,
    /// One line per asset, conversation and operation.
    Ndjson,
    /// One page that needs nothing else.
    Html,
}

/// Writes one line per message, in time order.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ferrite records plant.pcap --protocol modbus
  ferrite records plant.pcap --format csv > messages.csv")]
pub(crate) struct Records {
    #[command(flatten)]
    pub(crate) captures: Captures,
    /// Only this protocol.
    #[arg(long, value_name = "ID", env = "FERRITE_PROTOCOL")]
    pub(crate) protocol: Option<String>,
    /// What to write.
    #[arg(long, value_enum, default_value = "ndjson")]
    pub(crate) format: RecordFormat,
}

/// Formats of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RecordFormat {
    /// One JSON document per line.
    Ndjson,
    /// Comma-separated values with a line of names.
    Csv,
}

/// Lists the protocols with their depth, operations and what they tell of devices.
#[derive(Debug, Args)]
pub(crate) struct Protocols {
    /// What to write; a table for people where it is left out.
    #[arg(long, value_enum)]
    pub(crate) format: Option<ListFormat>,
}

/// Formats of lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// A table for people.
    Table,
    /// One document.
    Json,
}
