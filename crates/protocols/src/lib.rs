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
pub mod bsap;
pub mod c37118;
pub mod cotp;
pub mod dnp3;
pub mod genisys;
pub mod goose;
pub mod iec104;
pub mod modbus;
pub mod opcua;
pub mod s7comm;
pub mod s7comm_plus;
// end

pub use registry::{ProtocolFlow, Protocols};
