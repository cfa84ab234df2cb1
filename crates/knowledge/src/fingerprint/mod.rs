//! What a stated text says of its sender beyond itself: rules of our own and of users, and banners
//! in Recog's format.

mod banner;
mod rules;

pub use banner::Banners;
pub use rules::{RuleError, Rules};
