//! Findings: what somebody should look at, with the frames that show it.
//!
//! One file per detector. A detector is a [`Rule`] and a function over the plant as it is known;
//! it adds to [`Findings`]. [`review`] asks all of them.

mod finding;
mod identity_changed;
mod known_exploited;
mod policy_denied;

pub use finding::{Finding, Findings, Party, Place, Rule, Severity};

use crate::policy::Policy;
use crate::risk::Assessment;
use model::{Model, Resolution};

/// What detectors look at.
#[derive(Clone, Copy, Debug)]
pub struct Plant<'a> {
    /// Everything observed.
    pub model: &'a Model,
    /// The devices.
    pub resolution: &'a Resolution,
    /// What is known against them; `None` where nobody can be asked about.
    pub risk: Option<&'a Assessment>,
    /// The plant's own rules; `None` where it has none.
    pub policy: Option<&'a Policy>,
}

/// A detector: what it reports, and how it looks for it.
type Detector = (&'static Rule, fn(&Plant<'_>, &mut Findings));

/// All detectors.
const DETECTORS: &[Detector] = &[
    (&known_exploited::RULE, known_exploited::look),
    (&identity_changed::FIRMWARE, identity_changed::firmware),
    (&identity_changed::HARDWARE, identity_changed::hardware),
    (&identity_changed::HANDOVER, identity_changed::handover),
    // Last: where there is no room for all, the others stay.
    (&policy_denied::RULE, policy_denied::look),
];

/// All rules, for those who say them in other languages.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    DETECTORS.iter().map(|(rule, _)| *rule)
}

/// What all detectors find, the gravest first.
pub fn review(plant: &Plant<'_>) -> Findings {
    let mut found = Findings::default();
    for (_, look) in DETECTORS {
        look(plant, &mut found);
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use knowledge::pack::Pack;

    #[test]
    fn rules_are_named_once_and_their_techniques_exist() {
        let mut names: Vec<&str> = rules().map(|rule| rule.id).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
        let known = Pack::built_in().unwrap().tables().unwrap().techniques;
        for rule in rules() {
            for technique in rule.techniques {
                assert!(known.iter().any(|known| known.id == *technique), "{technique}");
            }
        }
    }
}
