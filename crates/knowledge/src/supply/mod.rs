//! Where devices and their parts come from: bills of materials, statements on exploitability,
//! ranges of affected components, and what people attest.
//!
//! ```text
//! file ─ read ─► Document: components, relations, services │ statements │ ranges │ attested
//!                          └ complaints: which place, what is wrong
//! ```
//! All readers are tolerant and bounded: what cannot be read is said with its place, what is too
//! much is counted, the rest is kept.

mod record;

pub use record::{
    Attested, Component, Document, Evidence, Format, LifeFact, Origin, OriginKind, Range,
    RangeKind, Relation, Service, Statement, Status, Tie, TieKind, Weak,
};
