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
pub mod cclink_ie;
pub mod dcerpc;
pub mod ethercat;
pub mod goose;
pub mod modbus;
pub mod mrp;
pub mod powerlink;
pub mod profinet;
pub mod profinet_dcp;
pub mod profinet_io_cm;
pub mod profinet_ptcp;
pub mod profinet_rt;
// end

pub use registry::{ProtocolFlow, Protocols};
