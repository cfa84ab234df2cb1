//! A captured frame.

use crate::headers::LinkType;
use vocab::{FrameId, Ts};

/// A captured frame.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'p> {
    /// When it was captured.
    pub at: Ts,
    /// Its place.
    pub id: FrameId,
    /// Its link layer.
    pub link: LinkType,
    /// What was captured of it.
    pub bytes: &'p [u8],
    /// Its length on the wire in bytes.
    pub wire_len: u32,
    /// A VLAN tag that the network card took off; 0 without.
    pub vlan: u16,
}
