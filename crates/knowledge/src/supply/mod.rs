//! Where devices and their parts come from: bills of materials, statements on exploitability,
//! ranges of affected components, and what people attest.
//!
//! ```text
//! file ─ read ─► Document: components, relations, services │ statements │ ranges │ attested
//!                          └ complaints: which place, what is wrong
//! ```
//! All readers are tolerant and bounded: what cannot be read is said with its place, what is too
//! much is counted, the rest is kept.

mod attested;
mod bundle;
mod csaf;
mod cyclonedx;
mod life;
mod openvex;
mod order;
mod osv;
mod purl;
mod read;
mod record;
mod seats;
mod spdx;
mod spdx_text;
mod weak;
mod xml;

pub use bundle::{
    BUNDLE_BYTES_MAX, BundleError, Opened, SHARED_MAX, Shared, SharedRecord, controls, payload_of,
    pseudonym, seal, unseal,
};
pub use life::{Cycles, Lives};
pub use purl::Package;
pub use read::{DOCUMENT_BYTES_MAX, SupplyError, read};
pub use record::{
    Attested, Component, Document, Evidence, Format, LifeFact, Origin, OriginKind, Range,
    RangeKind, Relation, Service, Statement, Status, Tie, TieKind, Weak,
};
pub use seats::{Seat, Seats};
pub use weak::{Hit, WeakIndex};
