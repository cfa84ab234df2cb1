//! From frame bytes to headers: link layer, tags, tunnels, IP, TCP and UDP.
//!
//! [`decode`] is total: whatever the bytes, it answers with the headers it could read and with
//! why it stopped. It holds no state; fragments are put together by [`Fragments`].

#![no_std]
#![forbid(unsafe_code)]
#![deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
#![deny(clippy::unwrap_used, clippy::panic)]
#![cfg_attr(test, allow(clippy::indexing_slicing, clippy::arithmetic_side_effects))]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic))]

extern crate alloc;

mod cursor;
mod fragments;
mod frame;
mod headers;
mod ip;
mod link;
mod plain;
mod spread;
mod transport;
mod tunnel;
mod walk;

pub use cursor::Cursor;
pub use fragments::{Fragments, Piece};
pub use frame::Frame;
pub use headers::{
    Addr, Fragment, Headers, Layer, LayerFault, LinkType, Net, Outer, Payload, Stop, TcpFlags,
    TcpHeader, Transport, TunnelKind,
};
pub use spread::{LATE_NS_MAX, Lane, lane};
pub use walk::{decode, resume};
