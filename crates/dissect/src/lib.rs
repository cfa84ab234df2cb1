//! The engine: frames in, facts out. Owns all memory that flows need, allocates it once, reads no
//! clock and does no input or output of its own.
//!
//! A frame is decoded, its flow looked up, TCP put in order, the flow's protocol recognised by
//! content, and the protocol's [`Dissector`] stepped over whole messages. What it says goes to a
//! [`Sink`]: observer, gate, recorder, test and fuzzer are all sinks.

#![no_std]
#![forbid(unsafe_code)]
#![deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
#![deny(clippy::unwrap_used, clippy::panic)]
#![cfg_attr(test, allow(clippy::indexing_slicing, clippy::arithmetic_side_effects))]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic))]

extern crate alloc;

mod bindings;
mod buffers;
mod context;
mod engine;
mod flow;
mod handshake;
mod identify;
mod layers;
mod limits;
mod opens;
mod session;
mod share;
mod stream;
mod table;
mod traits;

pub use context::{Cx, FactCx, Pair, Pending};
pub use decode::Frame;
pub use engine::Engine;
pub use limits::Limits;
pub use share::{FlowShare, SHARE_PROTOS_MAX, Sent, ShareEnd, ShareProto};
pub use traits::{Dissector, Hint, Input, Place, Probe, ProbeFn, Registry, Sink, Step};
