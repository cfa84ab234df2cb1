//! For tests only: frames made by hand, facts as text, literate cases, and properties that every
//! protocol must have.

#![allow(clippy::let_underscore_must_use, reason = "writing to a string cannot fail")]

mod cases;
mod facts;
mod frames;
mod properties;

pub use cases::{Carrier, Case, Message, Place, Step, facts_of, read, run_file};
pub use facts::Facts;
pub use frames::{Ends, Session, ethernet, ipv4, llc, tcp, udp};
pub use properties::{cut_anywhere, flip, probe_is_stable, split_anywhere};
