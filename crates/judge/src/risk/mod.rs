//! Risk: what is known against each device, how it can be reached, what would follow.
//!
//! ```text
//! asset ─ Advice ─► verdicts with facts of their CVE        (asked once per kind of device)
//! conversations ─ Reach ─► exposure of each asset: open, controlled, small
//! role, operations ─ Impact ─► consequence
//! all of it ─ decision table ─► immediate, out-of-cycle, scheduled, defer
//!           ─ Weights ─► a number from 0 to 100, product of factors that are all shown
//! numbers ─ roll-up ─► asset, zone, site ─ what if ─► the steps that lower them most
//! ```
//! The decision comes first, the number sorts. The weights are a proposal, not validated; all
//! of them are in [`Weights`] and can be set.
//!
//! **Roll-up.** Risks `r₁ ≥ r₂ ≥ …` make `1 − ∏(1 − rᵢ·tⁱ⁻¹)`. The worst counts whole, every
//! further one less: a device with fifty small weaknesses does not outrank one with a grave
//! weakness, as a plain `1 − ∏(1 − r)` has it, and the second and third still count, as a plain
//! maximum forgets. It never leaves 0 to 1, and it is monotone: one more risk, or a larger one,
//! never lowers it, because the sorted list then is nowhere smaller.

mod advice;
mod assess;
mod config;
mod decide;
mod exposure;
mod impact;
mod reason;
mod rollup;
mod steps;
#[cfg(test)]
mod tests;
mod triage;

pub use advice::{Advice, AdviceError, Known, device_of};
pub use assess::{Assessment, AssetRisk, Factor, Weakness, ZoneRisk, assess};
pub use config::{ImpactWeights, Weights};
pub use decide::{Confidence, Decision, Decisions, DueOf, Exploitation, Exposure, Impact};
pub use exposure::{Block, Contact, Exposed, Reach, named};
pub use reason::{REASONS, in_words};
pub use rollup::roll_up;
pub use steps::{Step, StepKind};
pub use triage::{Filed, Ruling, State, Triage};
