//! Judging a plant: what is weak, what matters first, what would help.
//!
//! Everything here is a pure function of a model, of facts from outside and of what people
//! decided: the same input gives the same judgement.

pub mod policy;
pub mod review;
pub mod risk;
pub mod supply;
