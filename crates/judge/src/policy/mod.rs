//! The plant's own rules: who may do what to whom, in which protocol.
//!
//! ```text
//! file ─ read ─► Policy (plain data) ─┬ inspect ─► what the file says, rules that never decide
//!                                     └ violations(model, devices) ─► what the rules do not let pass
//! model, devices ─ learn ─► a file that lets pass what was seen, and nothing else
//! ```
//! The first rule that fits decides, top to bottom as they stand in the file; where none fits, the
//! file's default does. [`Policy`] holds numbers and ranges only, so that a gate can be made of it.

mod bits;
mod decide;
mod ends;
mod fields;
mod inspect;
mod learn;
mod ports;
mod read;
mod rule;
mod rule_fields;
mod targets;
mod text;
mod violation;
mod words;

pub use decide::{Found, violations};
pub use ends::{End, Network, Who};
pub use fields::{FIELDS, Field, TOP, WHO};
pub use inspect::{Inspection, Remark, inspect};
pub use learn::{LearnError, learn};
pub use ports::Ports;
pub use read::read;
pub use rule::{Operation, Policy, Protocol, Rule, Verdict, Zone};
pub use targets::{Pattern, Places, Target};
pub use violation::{Violation, severity};
pub use words::Problem;

#[cfg(test)]
mod tests;

/// Largest policy file, in bytes.
pub const FILE_MAX: u64 = 1 << 20;
/// Most rules of a policy.
pub const RULES_MAX: usize = 1_000;
/// Most zones of a policy.
pub const ZONES_MAX: usize = 1_000;
/// Most words in the lists of a policy, over all its zones and rules.
pub const WORDS_MAX: usize = 20_000;
/// Most mistakes of a file that are said; the others are counted.
pub const PROBLEMS_MAX: usize = 20;
