//! The one language that every part of Ferrite speaks: plain data, no behaviour beyond
//! construction, ordering and printing.
//!
//! - [`Spec`] says what a protocol is: its operations, attributes, faults and limits.
//! - [`Fact`] is what a dissector saw in one message; it borrows the packet.
//! - [`Batch`] holds what survives the packet: owned, bounded, additive observations.
//!
//! Nothing here depends on another crate of the workspace.

#![no_std]
#![forbid(unsafe_code)]
#![deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
#![deny(clippy::unwrap_used, clippy::panic)]
#![cfg_attr(test, allow(clippy::indexing_slicing, clippy::arithmetic_side_effects))]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic))]

extern crate alloc;

mod addr;
mod by_hand;
mod fact;
mod loss;
mod num;
mod observation;
mod spec;
mod technique;
mod time;

pub use addr::{Dir, FileId, FrameId, Host, Mac};
pub use fact::{Attr, Bind, Fact, Fault, Item, Op, Part, Proof, Role, Status, Subject, Value};
pub use loss::{Loss, LossKind};
pub use num::{low_u8, low_u16, low_u32, sat_i64, sat_u8, sat_u16, sat_u32, sat_usize};
pub use observation::{
    AttrSeen, Batch, BatchRoom, BindSeen, Bounded, FaultSeen, HostTraits, OpSum, ProtoSum, Talk,
    TargetSeen, Text, Transport,
};
pub use spec::{
    Access, Area, Arg, AttrSpec, Attribute, Binding, FaultSpec, OpSpec, Positions, ProtoId, Show,
    Spec, StatusSpec, Target,
};
pub use technique::{Attack, Technique};
pub use time::Ts;
