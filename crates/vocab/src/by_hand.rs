//! Protocols made by hand, for tests of what is built on their descriptions.

use crate::spec::{ProtoId, Spec};

impl Spec {
    /// A protocol with a number, a key and nothing else.
    pub const fn bare(id: u16, key: &'static str) -> Self {
        Self {
            id: ProtoId(id),
            key,
            name: key,
            standard: "",
            industrial: true,
            carrier: false,
            depth: 2,
            bindings: &[],
            operations: &[],
            attributes: &[],
            faults: &[],
            areas: &[],
            statuses: &[],
            pdu_bytes_max: 260,
            open_max: 8,
        }
    }
}
