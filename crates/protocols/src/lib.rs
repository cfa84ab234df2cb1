//! The protocols: one folder each, nothing shared but the vocabulary and a few readers of
//! encodings that several standards use.
//!
//! To add one, see `docs/add-a-protocol.md`.

#![no_std]
#![forbid(unsafe_code)]
#![deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
#![deny(clippy::unwrap_used, clippy::panic)]

pub mod common;
mod registry;

// modules
pub mod ftp;
pub mod goose;
pub mod http;
pub mod ldap;
pub mod modbus;
pub mod mqtt;
pub mod mssql;
pub mod mysql;
pub mod postgresql;
pub mod rdp;
pub mod smb;
pub mod ssh;
pub mod telnet;
pub mod tls;
pub mod vnc;
// end

pub use registry::{ProtocolFlow, Protocols};
