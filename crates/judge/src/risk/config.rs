//! All weights of the risk number in one place.

use crate::risk::decide::{Confidence, Exposure, Impact};
use crate::risk::triage::State;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What each degree of human impact weighs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ImpactWeights {
    /// Low.
    pub low: f64,
    /// Medium.
    pub medium: f64,
    /// High.
    pub high: f64,
    /// Very high.
    pub very_high: f64,
}

impl Default for ImpactWeights {
    fn default() -> Self {
        Self { low: 0.2, medium: 0.5, high: 0.8, very_high: 1.0 }
    }
}

/// Weights and settings of the risk number: a proposal, not validated. Each weight lies
/// between 0 and 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Weights {
    /// Likelihood where a CVE is known to be exploited.
    pub exploited: f64,
    /// Least likelihood where an exploit is public.
    pub poc: f64,
    /// Least likelihood of all.
    pub floor: f64,
    /// From this EPSS score on an exploit counts as public.
    pub epss_poc: f64,
    /// What automatable attacks add: `1 − (1−e)(1−a)`.
    pub automatable: f64,
    /// Reached from where nobody is trusted.
    pub open: f64,
    /// Reached from another zone.
    pub controlled: f64,
    /// Reached from its own zone only.
    pub small: f64,
    /// A confirmed verdict.
    pub confirmed: f64,
    /// A likely verdict.
    pub likely: f64,
    /// A verdict that is left open.
    pub possible: f64,
    /// Consequence by human impact.
    pub impact: ImpactWeights,
    /// An attacker gets all that the device holds, and rules it.
    pub total: f64,
    /// An attacker gets a part: stops it, reads from it.
    pub partial: f64,
    /// What remains where somebody accepted the risk.
    pub accepted: f64,
    /// What remains where a control mitigates it.
    pub mitigated: f64,
    /// How much less each further CVE of a device counts.
    pub tail_asset: f64,
    /// How much less each further device of a zone or site counts.
    pub tail_site: f64,
    /// Zones that are not trusted, beside `internet`.
    pub untrusted: BTreeSet<String>,
    /// Zones that are trusted though they look foreign: a control centre behind a router.
    pub trusted: BTreeSet<String>,
    /// From this Purdue level on devices are those of the office network.
    pub it_level: u8,
    /// Human impact by asset or zone, as people set it; an asset's own wins.
    pub set_impact: BTreeMap<String, Impact>,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            exploited: 1.0,
            poc: 0.3,
            floor: 0.05,
            epss_poc: 0.1,
            automatable: 0.5,
            open: 1.0,
            controlled: 0.5,
            small: 0.2,
            confirmed: 1.0,
            likely: 0.8,
            possible: 0.4,
            impact: ImpactWeights::default(),
            total: 1.0,
            partial: 0.6,
            accepted: 0.0,
            mitigated: 0.2,
            tail_asset: 0.5,
            tail_site: 0.7,
            untrusted: BTreeSet::new(),
            trusted: BTreeSet::new(),
            it_level: 4,
            set_impact: BTreeMap::new(),
        }
    }
}

impl Weights {
    /// The name of the first weight that is out of range, or out of order with its neighbours:
    /// a wider exposure that weighed less would turn the advice around.
    pub fn wrong(&self) -> Option<&'static str> {
        let all = [
            ("exploited", self.exploited),
            ("poc", self.poc),
            ("floor", self.floor),
            ("epss_poc", self.epss_poc),
            ("automatable", self.automatable),
            ("open", self.open),
            ("controlled", self.controlled),
            ("small", self.small),
            ("confirmed", self.confirmed),
            ("likely", self.likely),
            ("possible", self.possible),
            ("impact.low", self.impact.low),
            ("impact.medium", self.impact.medium),
            ("impact.high", self.impact.high),
            ("impact.very_high", self.impact.very_high),
            ("total", self.total),
            ("partial", self.partial),
            ("accepted", self.accepted),
            ("mitigated", self.mitigated),
            ("tail_asset", self.tail_asset),
            ("tail_site", self.tail_site),
        ];
        let odd = all.into_iter().find(|(_, weight)| !(0.0..=1.0).contains(weight));
        if let Some((name, _)) = odd {
            return Some(name);
        }
        let ordered = self.small <= self.controlled && self.controlled <= self.open;
        (!ordered).then_some("controlled")
    }
}

impl Weights {
    /// The weight of an exposure.
    pub fn of_exposure(&self, exposure: Exposure) -> f64 {
        match exposure {
            Exposure::Open => self.open,
            Exposure::Controlled => self.controlled,
            Exposure::Small => self.small,
        }
    }

    /// The weight of a verdict's confidence.
    pub fn of_confidence(&self, confidence: Confidence) -> f64 {
        match confidence {
            Confidence::Confirmed => self.confirmed,
            Confidence::Likely => self.likely,
            Confidence::Possible => self.possible,
        }
    }

    /// The weight of what would follow.
    pub fn of_impact(&self, impact: Impact) -> f64 {
        match impact {
            Impact::Low => self.impact.low,
            Impact::Medium => self.impact.medium,
            Impact::High => self.impact.high,
            Impact::VeryHigh => self.impact.very_high,
        }
    }

    /// The weight of what an attacker gets of the device.
    pub fn of_technical(&self, total: bool) -> f64 {
        if total { self.total } else { self.partial }
    }

    /// What remains after a decision.
    pub fn of_state(&self, state: State) -> f64 {
        match state {
            State::Open => 1.0,
            State::Accepted => self.accepted,
            State::Mitigated => self.mitigated,
            State::Fixed | State::FalsePositive => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_weights_are_found() {
        let own = Weights::default();
        assert_eq!(own.wrong(), None);
        assert_eq!(Weights { poc: f64::NAN, ..own.clone() }.wrong(), Some("poc"));
        assert_eq!(Weights { tail_site: 1.1, ..own.clone() }.wrong(), Some("tail_site"));
        assert_eq!(Weights { small: 0.6, ..own }.wrong(), Some("controlled"));
    }
}
