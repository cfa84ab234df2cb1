//! The command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Industrial network security in one binary: watch a plant's network without touching it.
#[derive(Debug, Parser)]
#[command(name = "ferrite", version, propagate_version = true, max_term_width = 100)]
#[command(after_help = "Examples:
  ferrite demo                          a plant to look at, in the browser
  ferrite analyze plant.pcap            what is in a capture
  ferrite open plant.pcap               the same in the browser
  ferrite analyze captures/ --format json > plant.json
  tcpdump -w - | ferrite analyze -")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Analyze(Analyze),
    Records(Records),
    Protocols(Protocols),
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
2 wrong usage.

Examples:
  ferrite analyze plant.pcap
  ferrite analyze monday.pcap.gz tuesday.pcap.gz --format json --out plant.json
  ferrite analyze captures/ --format ndjson | grep '\"plc\"'"
)]
pub(crate) struct Analyze {
    #[command(flatten)]
    pub(crate) captures: Captures,
    /// What to write; a summary for people where it is left out.
    #[arg(long, value_enum, env = "FERRITE_FORMAT")]
    pub(crate) format: Option<AnalysisFormat>,
    /// Where to write it instead of standard output.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Threads; all cores, at most 4, where it is left out.
    #[arg(long, value_name = "N", env = "FERRITE_THREADS",
          value_parser = clap::value_parser!(u16).range(1..=64))]
    pub(crate) threads: Option<u16>,
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
    #[arg(long, value_name = "ID")]
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
