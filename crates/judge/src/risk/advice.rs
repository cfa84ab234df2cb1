//! What is known against a kind of device: verdicts of advisories with facts of their CVE. Many
//! devices of a plant are alike: each kind is asked about once.

use crate::risk::decide::Decisions;
use knowledge::advisory::Advisory;
use knowledge::matching::{Device, FamilyError, Grade, Match, Matcher, Verdict, explain, why};
use knowledge::pack::Tables;
use model::{Asset, Reason};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use vocab::Attribute;

/// Most different devices whose verdicts are kept for others alike.
const KEPT_MAX: usize = 4_096;

/// Facts from outside cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AdviceError {
    /// The dictionary of families is damaged.
    #[error("the dictionary of families: {0}")]
    Family(#[from] FamilyError),
    /// The decision tables are missing or not whole.
    #[error("the facts hold no whole decision tables: neither SSVC deployer nor BOD 26-04")]
    Decisions,
}

/// A verdict on a kind of device, an advisory and a CVE, with what is known of the CVE.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// The advisory.
    pub advisory: String,
    /// The CVE.
    pub cve: String,
    /// The verdict: affected or undetermined.
    pub verdict: Verdict,
    /// How well the advisory names the device.
    pub grade: Grade,
    /// The product and its versions as the advisory writes them.
    pub leaf: String,
    /// What an analyst reads in that, where it does not say plainly what is meant.
    pub read: Option<String>,
    /// The version that fixes it.
    pub fixed: Option<String>,
    /// Why the verdict is what it is, in English.
    pub reason: String,
    /// The same as a code.
    pub why: Reason,
    /// CVSS base score.
    pub cvss: Option<f32>,
    /// CVSS vector; empty where not given.
    pub vector: String,
    /// Day on which CISA listed it as exploited.
    pub kev: Option<String>,
    /// Its record says that it is exploited, or that an exploit is public.
    pub record: String,
    /// EPSS: how likely it is exploited within 30 days.
    pub epss: Option<f32>,
    /// Its record says whether attacks can be automated.
    pub automatable: Option<bool>,
    /// Something other than an update helps, says the maker.
    pub workaround: bool,
}

#[derive(Clone, Debug, Default)]
struct CveFacts {
    kev: Option<String>,
    epss: Option<f32>,
    record: String,
    automatable: Option<bool>,
    vector: String,
    score: Option<f32>,
    rejected: bool,
}

/// Facts from outside, ready to be asked about devices.
#[derive(Debug)]
pub struct Advice {
    matcher: Matcher,
    cves: BTreeMap<String, CveFacts>,
    decisions: Decisions,
    kept: Mutex<BTreeMap<Device, Arc<[Known]>>>,
    makers: Mutex<BTreeMap<String, Arc<BTreeSet<String>>>>,
}

impl Advice {
    /// Makes the index over the facts of a pack.
    ///
    /// # Errors
    /// When a built-in dictionary or the decision tables cannot be used.
    pub fn new(mut tables: Tables) -> Result<Self, AdviceError> {
        let matcher = Matcher::new(tables.take_read())?;
        let decisions = Decisions::new(&tables.decisions).ok_or(AdviceError::Decisions)?;
        let mut cves: BTreeMap<String, CveFacts> = BTreeMap::new();
        for fact in tables.cves {
            let own = cves.entry(fact.cve).or_default();
            own.record = fact.exploitation;
            own.automatable = fact.automatable;
            own.vector = fact.vector;
            own.score = fact.score;
            own.rejected = fact.rejected;
        }
        for fact in tables.likely {
            cves.entry(fact.cve).or_default().epss = Some(fact.score.clamp(0.0, 1.0));
        }
        for fact in tables.exploited {
            cves.entry(fact.cve).or_default().kev = Some(fact.added);
        }
        Ok(Self { matcher, cves, decisions, kept: Mutex::default(), makers: Mutex::default() })
    }

    /// What is known of a device is enough to ask.
    pub fn can_ask(asset: &Asset) -> bool {
        let known = |attribute| asset.value(attribute).is_some();
        known(Attribute::Vendor)
            && [Attribute::Product, Attribute::Model, Attribute::OrderNumber].into_iter().any(known)
    }

    /// The decision tables.
    pub fn decisions(&self) -> &Decisions {
        &self.decisions
    }

    /// Keys of makers that a name stands for.
    pub fn makers(&self, name: &str) -> Arc<BTreeSet<String>> {
        // A plant has many devices of few makers: each name is taken apart once.
        let mut kept = self.makers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(keys) = kept.get(name) {
            return keys.clone();
        }
        let keys = Arc::new(self.matcher.vendor_keys(name));
        if kept.len() < KEPT_MAX {
            kept.insert(name.to_owned(), keys.clone());
        }
        keys
    }

    /// Makers by how many names of products are read when a device of theirs is first asked
    /// about, the most first.
    pub fn longest_first<'a>(&self, makers: BTreeSet<&'a str>) -> Vec<&'a str> {
        let mut makers: Vec<&str> = makers.into_iter().collect();
        makers.sort_by_cached_key(|maker| Reverse(self.matcher.leaves_of(maker)));
        makers
    }

    /// Reads the names of a maker's products before a device of it is asked about.
    pub fn read_ahead(&self, maker: &str) {
        self.matcher.read_ahead(maker);
    }

    /// All advisories.
    pub fn advisories(&self) -> &[Advisory] {
        self.matcher.advisories()
    }

    /// What is affected or cannot be excluded, the worst first.
    pub fn of(&self, asset: &Asset) -> Arc<[Known]> {
        if Self::can_ask(asset) { self.about(&device_of(asset)) } else { Arc::from([]) }
    }

    /// The same for a device.
    pub fn about(&self, device: &Device) -> Arc<[Known]> {
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = kept().get(device) {
            return found.clone();
        }
        // Asking takes a moment: others are not kept waiting for it.
        let found: Arc<[Known]> = self.ask(device).into();
        let mut kept = kept();
        if kept.len() < KEPT_MAX {
            kept.insert(device.clone(), found.clone());
        }
        found
    }

    fn ask(&self, device: &Device) -> Vec<Known> {
        let matches = self.matcher.matches(device).into_iter();
        // A name that says more than is known of the device is no reason to worry its owner.
        let wanted = matches.filter(|m| m.verdict != Verdict::NotAffected && m.grade > Grade::I1);
        let mut found: Vec<Known> = wanted.filter_map(|one| self.known(&one, device)).collect();
        found.sort_by(|a, b| {
            let rank = |k: &Known| (k.verdict, k.kev.is_none());
            let score = |k: &Known| k.cvss.unwrap_or(0.0);
            rank(a)
                .cmp(&rank(b))
                .then_with(|| score(b).total_cmp(&score(a)))
                .then_with(|| (&a.cve, &a.advisory).cmp(&(&b.cve, &b.advisory)))
        });
        found
    }

    fn known(&self, one: &Match, device: &Device) -> Option<Known> {
        let advisory = self.matcher.advisories().get(one.advisory)?;
        let entry = advisory.entries.get(one.entry)?;
        let leaf = advisory.leaves.get(one.leaf)?;
        let facts = self.cves.get(&entry.cve).cloned().unwrap_or_default();
        if facts.rejected {
            return None;
        }
        let helps = |kind| {
            use knowledge::advisory::RemedyKind::{Mitigation, Workaround};
            matches!(kind, Mitigation | Workaround)
        };
        Some(Known {
            advisory: advisory.id.clone(),
            cve: entry.cve.clone(),
            verdict: one.verdict,
            grade: one.grade,
            leaf: leaf.text(),
            read: leaf.read_as(),
            fixed: one.fixed.clone(),
            reason: explain(one, device, leaf),
            why: why(one, device, leaf),
            cvss: entry.score.or(facts.score),
            vector: if entry.vector.is_empty() { facts.vector } else { entry.vector.clone() },
            kev: facts.kev,
            record: facts.record,
            epss: facts.epss,
            automatable: facts.automatable,
            workaround: entry.remedies.iter().any(|remedy| helps(remedy.kind)),
        })
    }
}

/// A device as advisories are asked about it.
pub fn device_of(asset: &Asset) -> Device {
    let value = |attribute| asset.value(attribute).map(str::to_owned);
    let product = value(Attribute::Product).unwrap_or_default();
    let model = value(Attribute::Model).unwrap_or_default();
    // Makers write one name in several ways: `CPU315-2 PN/DP`, `CPU 315-2 PN/DP`.
    let plain = |text: &str| -> String {
        text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
    };
    let (short, long) = (plain(&model), plain(&product));
    let product = if long.contains(&short) {
        product
    } else if short.contains(&long) {
        model
    } else {
        format!("{product} {model}")
    };
    Device {
        vendor: value(Attribute::Vendor).unwrap_or_default(),
        product,
        order_number: value(Attribute::OrderNumber),
        firmware: value(Attribute::Firmware),
        hardware: value(Attribute::Hardware),
        serial: value(Attribute::Serial),
    }
}
