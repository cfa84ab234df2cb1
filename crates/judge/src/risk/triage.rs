//! What people decided about a CVE on a device.

use std::collections::{BTreeMap, BTreeSet};

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Nothing, or that it is to be worked on.
    Open,
    /// The risk is accepted until a day.
    Accepted,
    /// A control mitigates it.
    Mitigated,
    /// It is fixed on the device.
    Fixed,
    /// The device is not affected.
    FalsePositive,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Open, Self::Accepted, Self::Mitigated, Self::Fixed, Self::FalsePositive];

    /// Its name in documents.
    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Mitigated => "mitigated",
            Self::Fixed => "fixed",
            Self::FalsePositive => "false_positive",
        }
    }

    /// The state with this name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }
}

/// A decision with who made it and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// What was decided.
    pub state: State,
    /// Why; for a mitigation, the control.
    pub reason: String,
    /// Last day on which an accepted risk stays accepted, `YYYY-MM-DD`.
    pub until: Option<String>,
    /// Who decided.
    pub who: String,
    /// When, RFC 3339 in UTC.
    pub when: String,
}

/// The latest decisions by asset and CVE, and the day on which they are looked at.
#[derive(Clone, Debug, Default)]
pub struct Triage {
    rulings: BTreeMap<String, BTreeMap<String, Ruling>>,
    today: String,
}

impl Triage {
    /// No decisions; `today` is `YYYY-MM-DD`.
    pub fn new(today: &str) -> Self {
        Self { rulings: BTreeMap::new(), today: today.to_owned() }
    }

    /// Adds a decision; it takes the place of an earlier one.
    pub fn add(&mut self, asset: &str, cve: &str, ruling: Ruling) {
        self.rulings.entry(asset.to_owned()).or_default().insert(cve.to_owned(), ruling);
    }

    /// The latest decision about a CVE on an asset.
    pub fn ruling(&self, asset: &str, cve: &str) -> Option<&Ruling> {
        self.rulings.get(asset)?.get(cve)
    }

    /// Everybody who decided something.
    pub fn people(&self) -> BTreeSet<&str> {
        let rulings = self.rulings.values().flat_map(BTreeMap::values);
        rulings.map(|ruling| ruling.who.as_str()).collect()
    }

    /// What holds today: an accepted risk whose day is over is open again.
    pub fn state(&self, asset: &str, cve: &str) -> State {
        self.ruling(asset, cve).map_or(State::Open, |ruling| self.state_of(ruling))
    }

    /// The same of one decision.
    pub fn state_of(&self, ruling: &Ruling) -> State {
        let over = match &ruling.until {
            // Days of this form compare as text.
            Some(until) => until.as_str() < self.today.as_str(),
            None => true,
        };
        if ruling.state == State::Accepted && over { State::Open } else { ruling.state }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acceptance_ends() {
        let ruling = |until: Option<&str>| Ruling {
            state: State::Accepted,
            reason: String::new(),
            until: until.map(str::to_owned),
            who: "admin".to_owned(),
            when: String::new(),
        };
        let state = |today: &str, until| {
            let mut triage = Triage::new(today);
            triage.add("a", "CVE-1", ruling(until));
            triage.state("a", "CVE-1")
        };
        assert_eq!(state("2026-03-01", Some("2026-03-01")), State::Accepted);
        assert_eq!(state("2026-03-02", Some("2026-03-01")), State::Open);
        assert_eq!(state("2026-03-02", None), State::Open);
        assert_eq!(Triage::new("2026-03-02").state("a", "CVE-1"), State::Open);
        assert!(State::ALL.iter().all(|s| State::from_key(s.key()) == Some(*s)));
    }
}
