//! Folds facts into observations: what is seen a thousand times becomes one number.
//!
//! One observer per engine. It counts operations and targets per flow, collects attributes, and
//! writes them into a [`Batch`] of fixed room. Counts are shares: batches add up, whatever their
//! order and wherever they are cut. Nothing is allocated after [`Observer::new`].

#![no_std]
#![forbid(unsafe_code)]
#![deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
#![deny(clippy::unwrap_used, clippy::panic)]
#![cfg_attr(test, allow(clippy::indexing_slicing, clippy::arithmetic_side_effects))]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic))]

extern crate alloc;

mod cells;
mod observer;

pub use observer::{Observer, Room};
