//! What other plants decided about CVEs on models, pooled.

use knowledge::supply::Shared;
use std::collections::{BTreeMap, BTreeSet};

/// What several plants decided about a CVE on a model in the same way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pooled {
    /// Kinds of controls with how many plants name each, the commonest first.
    pub controls: Vec<(String, usize)>,
    /// Reasons that plants chose to share.
    pub reasons: Vec<String>,
    /// Plants.
    pub plants: usize,
    /// Their devices.
    pub devices: usize,
}

/// A CVE on a model: maker, model, firmware, CVE, state.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PoolKey {
    /// The maker's key.
    pub vendor: String,
    /// Order number, else model, else product.
    pub model: String,
    /// Firmware; empty where not known.
    pub firmware: String,
    /// The CVE.
    pub cve: String,
    /// `open`, `accepted`, `mitigated`, `fixed`, `false_positive`.
    pub state: String,
}

/// Assessments of other plants.
#[derive(Clone, Debug, Default)]
pub struct Pool {
    by_model: BTreeMap<PoolKey, Pooled>,
    /// Plants.
    pub plants: usize,
}

/// Most reasons kept of one key.
const REASONS_MAX: usize = 20;

impl Pool {
    /// Pools what plants shared. A plant counts once, however many devices it has.
    pub fn new(shared: &[Shared]) -> Self {
        let mut own = Self { plants: shared.len(), ..Self::default() };
        let mut controls: BTreeMap<PoolKey, BTreeMap<String, usize>> = BTreeMap::new();
        for plant in shared {
            let mut seen: BTreeSet<(PoolKey, String)> = BTreeSet::new();
            let mut keys: BTreeSet<PoolKey> = BTreeSet::new();
            for record in &plant.records {
                let model = [&record.order_number, &record.model, &record.product];
                let model = model.into_iter().find(|text| !text.is_empty());
                let key = PoolKey {
                    vendor: record.vendor.to_lowercase(),
                    model: model.cloned().unwrap_or_default(),
                    firmware: record.firmware.clone(),
                    cve: record.cve.clone(),
                    state: record.state.clone(),
                };
                let pooled = own.by_model.entry(key.clone()).or_default();
                pooled.devices += 1;
                if !record.reason.is_empty()
                    && pooled.reasons.len() < REASONS_MAX
                    && !pooled.reasons.contains(&record.reason)
                {
                    pooled.reasons.push(record.reason.clone());
                }
                for control in &record.controls {
                    if seen.insert((key.clone(), control.clone())) {
                        let named = controls.entry(key.clone()).or_default();
                        *named.entry(control.clone()).or_default() += 1;
                    }
                }
                if keys.insert(key.clone()) {
                    pooled.plants += 1;
                }
            }
        }
        for (key, named) in controls {
            let mut named: Vec<(String, usize)> = named.into_iter().collect();
            named.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            own.by_model.entry(key).or_default().controls = named;
        }
        own
    }

    /// What plants decided about models of a maker that `is` says of.
    pub fn about<'a>(
        &'a self,
        is: impl Fn(&PoolKey) -> bool + 'a,
    ) -> impl Iterator<Item = (&'a PoolKey, &'a Pooled)> {
        self.by_model.iter().filter(move |(key, _)| is(key))
    }
}

/// In English: "3 plants judged CVE-1 on Acme Box 2.1 as mitigated by segmentation (2), vpn (1)".
pub fn pooled_in_words(key: &PoolKey, pooled: &Pooled) -> String {
    let plants =
        if pooled.plants == 1 { "1 plant".to_owned() } else { format!("{} plants", pooled.plants) };
    let firmware =
        if key.firmware.is_empty() { String::new() } else { format!(" {}", key.firmware) };
    let controls: Vec<String> =
        pooled.controls.iter().map(|(control, count)| format!("{control} ({count})")).collect();
    let by =
        if controls.is_empty() { String::new() } else { format!(" by {}", controls.join(", ")) };
    let state = key.state.replace('_', " ");
    format!("{plants} judged {} on {}{firmware} as {state}{by}", key.cve, key.model)
}
