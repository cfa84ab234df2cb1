//! What people decided about a CVE on a device.

use model::Resolution;
use std::cmp::Reverse;
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

/// A decision, and the identifier that the device had when it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    /// The identifier.
    pub under: String,
    /// The decision.
    pub ruling: Ruling,
    /// The later, the larger.
    order: usize,
}

/// The latest decisions by asset and CVE, and the day on which they are looked at.
///
/// A decision is filed under the identifier that its device had then. When devices are joined or
/// taken apart, it goes with that identifier's address: a joined device has the decisions on both
/// and the newest counts, apart each has its own again.
#[derive(Clone, Debug, Default)]
pub struct Triage {
    /// Newest first; more than one only where devices were joined.
    rulings: BTreeMap<String, BTreeMap<String, Vec<Filed>>>,
    /// How many were ever added.
    added: usize,
    today: String,
}

impl Triage {
    /// No decisions; `today` is `YYYY-MM-DD`.
    pub fn new(today: &str) -> Self {
        Self { today: today.to_owned(), ..Self::default() }
    }

    /// Adds a decision; it is newer than all before and takes the place of an earlier one.
    pub fn add(&mut self, asset: &str, cve: &str, ruling: Ruling) {
        self.added += 1;
        let filed = Filed { under: asset.to_owned(), ruling, order: self.added };
        self.rulings.entry(filed.under.clone()).or_default().insert(cve.to_owned(), vec![filed]);
    }

    /// The same decisions by the devices as they are now.
    #[must_use]
    pub fn followed(&self, resolution: &Resolution) -> Self {
        let mut own =
            Self { added: self.added, today: self.today.clone(), rulings: BTreeMap::new() };
        for (under, cves) in &self.rulings {
            let now = resolution.id_now(under).to_owned();
            let by_cve = own.rulings.entry(now).or_default();
            for (cve, filed) in cves {
                let all = by_cve.entry(cve.clone()).or_default();
                all.extend(filed.iter().cloned());
                all.sort_by_key(|filed| Reverse(filed.order));
            }
        }
        own
    }

    /// The latest decision about a CVE on an asset.
    pub fn ruling(&self, asset: &str, cve: &str) -> Option<&Ruling> {
        self.filed(asset, cve).first().map(|filed| &filed.ruling)
    }

    /// The latest decision under each identifier that the device had, the newest first: that one
    /// counts.
    pub fn filed(&self, asset: &str, cve: &str) -> &[Filed] {
        self.rulings.get(asset).and_then(|own| own.get(cve)).map_or(&[], Vec::as_slice)
    }

    /// Older decisions, under identifiers that the device had, that say otherwise than the newest.
    pub fn overruled(&self, asset: &str, cve: &str) -> impl Iterator<Item = &Filed> {
        let filed = self.filed(asset, cve);
        let state = filed.first().map(|newest| newest.ruling.state);
        filed.iter().skip(1).filter(move |older| Some(older.ruling.state) != state)
    }

    /// Everybody who decided something.
    pub fn people(&self) -> BTreeSet<&str> {
        let filed = self.rulings.values().flat_map(BTreeMap::values).flatten();
        filed.map(|filed| filed.ruling.who.as_str()).collect()
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
    use model::{Bond, Corrections, Model, ModelLimits, NoKnowledge, Tie, resolve_corrected};
    use vocab::{Batch, BatchRoom, FrameId, Host, HostTraits, Mac, Talk, Transport, Ts};

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

    const FIVE: &str = "02:00:00:00:00:05";
    const SIX: &str = "02:00:00:00:00:06";

    /// Address and MAC by their last byte, and VLAN.
    const TWO: [(u8, u8, u16); 2] = [(5, 5, 0), (6, 6, 0)];

    /// Two devices, and what people say of them.
    fn plant(devices: [(u8, u8, u16); 2], said: Option<Bond>) -> Resolution {
        let traits = |last| HostTraits {
            mac: Mac([2, 0, 0, 0, 0, last]),
            packets: 2,
            bytes: 120,
            ttl: 64,
            ..HostTraits::default()
        };
        let mut batch = Batch::new(&BatchRoom::small());
        for (last, mac, vlan) in devices {
            let talk = Talk {
                client: Host::Ip([10, 0, 0, 9].into()),
                server: Host::Ip([10, 0, 0, last].into()),
                certain: true,
                proto: None,
                main: true,
                transport: Transport::Tcp,
                port: 502,
                vlan,
                from_client: traits(9),
                from_server: traits(mac),
                first: Ts(0),
                last: Ts(1),
                frame: FrameId::default(),
            };
            batch.talks.push(talk).unwrap();
        }
        let mut model = Model::new(ModelLimits::default(), &[]);
        model.apply(&batch);
        let mut corrections = Corrections::default();
        if let Some(bond) = said {
            let (reason, who) = (String::new(), String::new());
            corrections.tie(Tie { bond, holds: true, reason, who, at: Ts(1) }).unwrap();
        }
        resolve_corrected(&model, &NoKnowledge, &corrections, 1)
    }

    fn decided(decisions: &[(&str, State)]) -> Triage {
        let mut triage = Triage::new("2026-03-02");
        for (under, state) in decisions {
            let (reason, who, when) = (String::new(), "ada".to_owned(), String::new());
            triage.add(under, "CVE-1", Ruling { state: *state, reason, until: None, who, when });
        }
        triage
    }

    #[test]
    fn decisions_follow_devices_that_are_joined_and_parted() {
        let triage = decided(&[(SIX, State::Fixed), (FIVE, State::Mitigated)]);
        let mac = |text: &str| Host::Mac(text.parse().unwrap());
        let joined = plant(TWO, Some(Bond::Same { one: mac(FIVE), other: mac(SIX) }));
        let now = triage.followed(&joined);
        assert_eq!(now.state(FIVE, "CVE-1"), State::Mitigated, "the newest counts");
        assert_eq!(now.state(SIX, "CVE-1"), State::Open, "there is no such device");
        let older: Vec<_> = now.overruled(FIVE, "CVE-1").map(|filed| &*filed.under).collect();
        assert_eq!(older, [SIX]);
        assert_eq!(now.people().len(), 1);
        let apart = triage.followed(&plant(TWO, None));
        assert_eq!(apart.state(FIVE, "CVE-1"), State::Mitigated);
        assert_eq!(apart.state(SIX, "CVE-1"), State::Fixed);
        assert_eq!(apart.overruled(FIVE, "CVE-1").count(), 0);
        // Two that agree contradict each other in nothing.
        let agree = decided(&[(SIX, State::Fixed), (FIVE, State::Fixed)]).followed(&joined);
        assert_eq!(agree.overruled(FIVE, "CVE-1").count(), 0);
        assert_eq!(agree.filed(FIVE, "CVE-1").len(), 2);
    }

    #[test]
    fn decisions_follow_an_address_to_the_one_device_that_has_it() {
        // Known by its address until its MAC was seen.
        let by_address = decided(&[("10.0.0.6", State::Fixed)]);
        assert_eq!(by_address.followed(&plant(TWO, None)).state(SIX, "CVE-1"), State::Fixed);
        // One address in two VLANs, another device in each: which of them was meant is not known.
        let twice = plant([(5, 5, 10), (5, 6, 20)], None);
        let unclear = decided(&[("10.0.0.5", State::Fixed)]).followed(&twice);
        assert_eq!(unclear.state(FIVE, "CVE-1"), State::Open);
        assert_eq!(unclear.state(SIX, "CVE-1"), State::Open);
        let clear = decided(&[("10.0.0.5@vlan20", State::Fixed)]).followed(&twice);
        assert_eq!(clear.state(FIVE, "CVE-1"), State::Open);
        assert_eq!(clear.state(SIX, "CVE-1"), State::Fixed);
        let gone = decided(&[("10.0.0.77", State::Fixed), ("a name", State::Fixed)]);
        let kept = gone.followed(&twice);
        assert_eq!(kept.state("10.0.0.77", "CVE-1"), State::Fixed, "kept for when it is back");
        assert_eq!(kept.state("a name", "CVE-1"), State::Fixed);
    }
}
