//! The plant as observations describe it: a pure fold.
//!
//! [`Model`] adds observations up; the order of batches does not matter, nor how they were cut.
//! [`resolve`] derives assets from it: which addresses are one device, what the device is and how
//! sure that is. The same model always gives the same assets.

mod apply;
mod few;
mod names;
mod reason;
mod resolve;
mod tables;
mod targets;

pub use few::Few;
pub use names::Names;
pub use reason::{Argument, REASONS, Reason, fill, in_words};
pub use resolve::{
    Asset, Bond, Change, Choice, Correction, Corrections, Derived, Evidence, Handover, Knowledge,
    Merge, NoKnowledge, PartOf, Protocol, ROLES, Resolution, RoleReason, Tie, TieRefused, Ties,
    USER, resolve, resolve_corrected,
};
pub use tables::{
    Attested, AttributeKey, AttributeSeen, BindKey, Changes, Conversation, ConversationKey,
    HostKey, HostSeen, Model, ModelLimits, OperationKey, OperationSeen, PathKey, PathSeen,
    ProtocolSeen, TargetKey, TargetTotal,
};
