//! The command line of `ferrite query`.

use super::{DataFolder, OwnRules};
use clap::{Args, ValueEnum};

/// Asks one device what it is, with the reads that its protocol has for that. Sends frames.
#[derive(Debug, Args)]
#[command(
    after_help = "Without --yes it only says what it would send. It asks devices that --allow names and no
others, one question at a time, waits for each answer, and gives up when one is missing. Every
message is written to a log and a capture in DATA/queries, before it is sent.

What is asked:
  modbus        43/14 read device identification, basic and regular
  enip          ListIdentity
  s7            connection, setup, SZL 0x0011 and 0x001C
  bacnet        Who-Is, ReadProperty of the device object's identity
  snmp          GET of the system group and of the first physical entity
  profinet-dcp  Identify by name of station, or Get of the identity by MAC; needs --interface

Exit status: 0 it answered; 1 it did not; 2 wrong usage, or not allowed.

Examples:
  ferrite query 10.0.0.5 --protocol s7 --allow 10.0.0.0/28
  ferrite query 10.0.0.5 --protocol modbus --unit 1 --allow allowed.txt --yes
  sudo ferrite query plc-3 --protocol profinet-dcp --interface eth1 --allow allowed.txt --yes"
)]
pub(crate) struct Query {
    /// The device: an IP address; for PROFINET DCP its MAC or name of station.
    #[arg(value_name = "HOST")]
    pub(crate) host: String,
    /// How to ask.
    #[arg(long, value_enum)]
    pub(crate) protocol: QueryProtocol,
    /// The device's port, where it is not the protocol's own.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) port: Option<u16>,
    /// The network interface for PROFINET DCP.
    #[arg(long, value_name = "IFACE")]
    pub(crate) interface: Option<String>,
    /// Who may be asked: an address, a network (10.0.0.0/24), a MAC, or a file with one of these
    /// or a name of station per line (`#` begins a comment).
    #[arg(
        long,
        required = true,
        value_name = "FILE|CIDR",
        env = "FERRITE_QUERY_ALLOW",
        value_delimiter = ','
    )]
    pub(crate) allow: Vec<String>,
    /// Sends what is only shown otherwise.
    #[arg(long)]
    pub(crate) yes: bool,
    /// Most messages per second.
    #[arg(long, value_name = "N", default_value_t = 2,
          value_parser = clap::value_parser!(u32).range(1..=10))]
    pub(crate) rate: u32,
    /// How long to wait for an answer, in seconds.
    #[arg(long, value_name = "S", default_value_t = 3,
          value_parser = clap::value_parser!(u64).range(1..=60))]
    pub(crate) timeout: u64,
    /// The unit behind a Modbus address; 255 is the device itself.
    #[arg(long, value_name = "N", default_value_t = 255)]
    pub(crate) unit: u8,
    /// The slot of an S7 controller in its rack: 2 for S7-300, 1 for S7-1200 and S7-1500.
    #[arg(long, value_name = "N", default_value_t = 2,
          value_parser = clap::value_parser!(u8).range(0..=31))]
    pub(crate) slot: u8,
    /// The SNMP community that may read.
    #[arg(long, value_name = "NAME", default_value = "public", env = "FERRITE_QUERY_COMMUNITY")]
    pub(crate) community: String,
    /// What to write.
    #[arg(long, value_enum, default_value = "table")]
    pub(crate) format: super::ListFormat,
    #[command(flatten)]
    pub(crate) data: DataFolder,
    #[command(flatten)]
    pub(crate) own: OwnRules,
}

/// Protocols that devices can be asked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum QueryProtocol {
    /// Modbus/TCP.
    Modbus,
    /// EtherNet/IP.
    Enip,
    /// S7 communication.
    S7,
    /// BACnet/IP.
    Bacnet,
    /// SNMP version 2c.
    Snmp,
    /// PROFINET DCP.
    ProfinetDcp,
}

impl QueryProtocol {
    /// Its name on the command line.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Modbus => "modbus",
            Self::Enip => "enip",
            Self::S7 => "s7",
            Self::Bacnet => "bacnet",
            Self::Snmp => "snmp",
            Self::ProfinetDcp => "profinet-dcp",
        }
    }
}
