//! The protocols: one folder each, nothing shared but the vocabulary and a few readers of
//! encodings that several standards use.
//!
//! To add one, see `docs/add-a-protocol.md`.

#![no_std]
#![forbid(unsafe_code)]
#![deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
#![deny(clippy::unwrap_used, clippy::panic)]
#![cfg_attr(test, allow(clippy::indexing_slicing, clippy::arithmetic_side_effects))]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic))]

pub mod common;
mod registry;

// modules
pub mod ads;
pub mod arp;
pub mod bacnet;
pub mod browser;
pub mod bsap;
pub mod c1222;
pub mod c37118;
pub mod cclink_ie;
pub mod cdp;
pub mod cip;
pub mod cip_io;
pub mod coap;
pub mod codesys;
pub mod codesys_v2;
pub mod cotp;
pub mod dcerpc;
pub mod dhcp;
pub mod dhcpv6;
pub mod dlms;
pub mod dnp3;
pub mod dns;
pub mod doip;
pub mod egd;
pub mod enip;
pub mod ether_s_bus;
pub mod ether_s_io;
pub mod ethercat;
pub mod fins;
pub mod fox;
pub mod ftp;
pub mod ge_srtp;
pub mod genisys;
pub mod goose;
pub mod gtp_u;
pub mod hart_ip;
pub mod hislip;
pub mod hse;
pub mod hsrp;
pub mod http;
pub mod iccp;
pub mod icmpv6;
pub mod iec101;
pub mod iec104;
pub mod iso_session;
pub mod knxip;
pub mod ldap;
pub mod lldp;
pub mod llmnr;
pub mod lontalk;
pub mod mdns;
pub mod melsec;
pub mod melsoft;
pub mod mms;
pub mod modbus;
pub mod mqtt;
pub mod mrp;
pub mod mssql;
pub mod mysql;
pub mod nbns;
pub mod ntp;
pub mod opc_classic;
pub mod opcua;
pub mod pcworx;
pub mod postgresql;
pub mod powerlink;
pub mod proconos;
pub mod profinet;
pub mod profinet_dcp;
pub mod profinet_io_cm;
pub mod profinet_ptcp;
pub mod profinet_rt;
pub mod ptp;
pub mod rdp;
pub mod roc_plus;
pub mod rtps;
pub mod s7comm;
pub mod s7comm_plus;
pub mod smb;
pub mod snmp;
pub mod ssdp;
pub mod ssh;
pub mod stp;
pub mod sv;
pub mod syslog;
pub mod tcp_handshake;
pub mod telnet;
pub mod tftp;
pub mod tls;
pub mod tristation;
pub mod umas;
pub mod vnc;
pub mod vrrp;
pub mod wdb;
pub mod zigbee;
// end

pub use registry::{ProtocolFlow, Protocols};
