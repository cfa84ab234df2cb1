//! Where frames come from: capture files and network interfaces. The only packet-side crate that
//! touches the outside.
//!
//! Files are read in blocks of whole records; nothing is held but the block at hand. A file that
//! is cut off or corrupt yields everything before the damage and says where it stopped.
//! Interfaces are read through a ring shared with the kernel; see [`Live`].

mod block;
mod file;
mod inputs;
mod live;
mod pcap;
mod pcapng;
mod runs;
mod send;

pub use block::{Block, Record};
pub use file::{FileReader, OpenError, Stopped};
pub use inputs::{FileReport, Input, Inputs};
pub use live::{Live, LiveError};
pub use runs::Runs;
pub use send::Sender;
