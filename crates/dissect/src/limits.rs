//! Every table's size.

/// How much the engine holds. Memory follows from these numbers alone, whatever the traffic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Flows tracked at a time; about 256 bytes each.
    pub flows: u32,
    /// Protocol states of flows; a flow needs one per protocol inside another.
    pub layers: u32,
    /// Requests waiting for their answer, over all flows.
    pub opens: u32,
    /// Requests that keep more than four numbers for their answer; 256 bytes each.
    pub notes: u32,
    /// Buffers of 2 KiB for messages in pieces and segments out of order.
    pub small_buffers: u32,
    /// Buffers of 16 KiB.
    pub medium_buffers: u32,
    /// Buffers of 64 KiB and a little.
    pub large_buffers: u32,
    /// Segments waiting for an earlier one.
    pub segments: u32,
    /// Datagrams waiting for fragments; 66 kB each.
    pub datagrams: u32,
    /// Secret of the flow table's hash, so that nobody can aim at one bucket. Results do not
    /// depend on it.
    pub seed: u64,
}

impl Default for Limits {
    /// About 60 MB when every table is full.
    fn default() -> Self {
        Self {
            flows: 131_072,
            layers: 65_536,
            opens: 32_768,
            notes: 4_096,
            small_buffers: 1_024,
            medium_buffers: 128,
            large_buffers: 32,
            segments: 1_024,
            datagrams: 32,
            seed: 0x9e37_79b9_7f4a_7c15,
        }
    }
}

impl Limits {
    /// Small tables for tests that fill them.
    pub fn tiny() -> Self {
        Self {
            flows: 64,
            layers: 32,
            opens: 32,
            notes: 8,
            small_buffers: 8,
            medium_buffers: 2,
            large_buffers: 1,
            segments: 16,
            datagrams: 2,
            ..Self::default()
        }
    }
}
