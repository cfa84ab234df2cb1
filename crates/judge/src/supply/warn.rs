//! Early warnings: what changes for the plant when facts change, as the difference of two runs.

use super::parts::disagree;
use super::shelf::Supply;
use crate::risk::Advice;
use knowledge::matching::Verdict;
use knowledge::supply::Status;
use model::Resolution;
use std::collections::{BTreeMap, BTreeSet};

/// How an advisory's meaning for the plant changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It touches devices, and touched none before.
    New,
    /// It touches more devices, or says of some for certain what was open before.
    Worse,
    /// It touches fewer devices.
    Better,
    /// It touches none any more.
    Gone,
}

impl Change {
    const ALL: [Self; 4] = [Self::New, Self::Worse, Self::Better, Self::Gone];

    /// Its name in documents.
    pub fn key(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Worse => "worse",
            Self::Better => "better",
            Self::Gone => "gone",
        }
    }

    /// The change with this name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|change| change.key() == key)
    }
}

/// A warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// When it was found, RFC 3339 in UTC.
    pub at: String,
    /// What changed: `pack` or `document`.
    pub cause: String,
    /// The advisory or the CVE.
    pub advisory: String,
    /// How.
    pub change: Change,
    /// In English.
    pub text: String,
    /// Devices touched.
    pub devices: usize,
    /// Zones touched.
    pub zones: Vec<String>,
    /// Identifiers of devices touched; at most [`ASSETS_MAX`].
    pub assets: Vec<String>,
}

/// Most devices that a warning names; it counts all.
pub const ASSETS_MAX: usize = 1_000;

/// One run: for each advisory the devices it touches; `true` where it is certain.
pub type Run = BTreeMap<String, BTreeMap<String, bool>>;

/// What advisories mean for a plant, before anybody decides.
pub fn advisories_run(resolution: &Resolution, advice: &Advice) -> Run {
    let mut run = Run::new();
    for asset in &resolution.assets {
        for known in advice.of(asset).iter() {
            touch(&mut run, &known.advisory, &asset.id, known.verdict);
        }
    }
    run
}

/// What is known against components of a plant's devices, by CVE; without what statements call
/// not affected or fixed.
pub fn parts_run(resolution: &Resolution, advice: &Advice, supply: &Supply) -> Run {
    let mut run = Run::new();
    for asset in &resolution.assets {
        let documents = supply.about(asset, advice);
        let said = || documents.iter().flat_map(|filed| &filed.document.statements);
        for filed in &documents {
            for one in supply.weaknesses(filed, advice).iter() {
                let about = said().filter(|s| s.cve == one.cve || one.aliases.contains(&s.cve));
                let statuses: Vec<Status> = about.map(|said| said.status).collect();
                let good = |status: &Status| matches!(status, Status::NotAffected | Status::Fixed);
                if statuses.iter().any(good) && !disagree(&statuses) {
                    continue;
                }
                touch(&mut run, &one.cve, &asset.id, one.verdict);
            }
        }
    }
    run
}

fn touch(run: &mut Run, advisory: &str, asset: &str, verdict: Verdict) {
    let assets = run.entry(advisory.to_owned()).or_default();
    *assets.entry(asset.to_owned()).or_default() |= verdict == Verdict::Affected;
}

/// The difference of two runs. `zones` gives a device's zone.
pub fn differences(
    before: &Run,
    after: &Run,
    cause: &str,
    at: &str,
    zones: &dyn Fn(&str) -> String,
) -> Vec<Warning> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let none = BTreeMap::new();
    let mut found = Vec::new();
    for name in names {
        let (old, new) = (before.get(name).unwrap_or(&none), after.get(name).unwrap_or(&none));
        let more: Vec<&String> = new
            .iter()
            .filter(|(id, sure)| old.get(*id).is_none_or(|before| **sure && !before))
            .map(|(id, _)| id)
            .collect();
        let less: Vec<&String> = old.keys().filter(|id| !new.contains_key(*id)).collect();
        let (change, touched) = match (old.is_empty(), new.is_empty()) {
            (true, true) => continue,
            (true, false) => (Change::New, more),
            (false, true) => (Change::Gone, less),
            _ if !more.is_empty() => (Change::Worse, more),
            _ if !less.is_empty() => (Change::Better, less),
            _ => continue,
        };
        let in_zones: BTreeSet<String> = touched.iter().map(|id| zones(id)).collect();
        found.push(Warning {
            at: at.to_owned(),
            cause: cause.to_owned(),
            advisory: name.clone(),
            change,
            text: text(name, change, touched.len(), in_zones.len()),
            devices: touched.len(),
            zones: in_zones.into_iter().collect(),
            assets: touched.into_iter().take(ASSETS_MAX).cloned().collect(),
        });
    }
    found.sort_by(|a, b| {
        a.change
            .cmp(&b.change)
            .then_with(|| b.devices.cmp(&a.devices))
            .then_with(|| a.advisory.cmp(&b.advisory))
    });
    found
}

fn text(name: &str, change: Change, devices: usize, zones: usize) -> String {
    let many = |count: usize, one: &str| {
        if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
    };
    let what = format!("{} in {}", many(devices, "device"), many(zones, "zone"));
    match change {
        Change::New => format!("{name} is new for this plant and touches {what}"),
        Change::Worse => format!("{name} changed and now touches {what} more, or for certain"),
        Change::Better => format!("{name} changed and no longer touches {what}"),
        Change::Gone => format!("{name} no longer touches any device; it touched {what}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(rows: &[(&str, &str, bool)]) -> Run {
        let mut run = Run::new();
        for (advisory, asset, sure) in rows {
            run.entry((*advisory).to_owned()).or_default().insert((*asset).to_owned(), *sure);
        }
        run
    }

    #[test]
    fn two_runs_differ() {
        let before = run(&[
            ("A", "1", true),
            ("B", "1", false),
            ("C", "1", true),
            ("D", "1", true),
            ("D", "2", true),
        ]);
        let after = run(&[
            ("A", "1", true),
            ("B", "1", true),
            ("D", "1", true),
            ("E", "1", true),
            ("E", "2", false),
            ("E", "3", true),
        ]);
        let zone = |id: &str| if id == "3" { "cell-2".to_owned() } else { "cell-1".to_owned() };
        let found = differences(&before, &after, "pack", "now", &zone);
        let short: Vec<_> =
            found.iter().map(|w| (w.advisory.as_str(), w.change, w.devices)).collect();
        assert_eq!(
            short,
            [
                ("E", Change::New, 3),
                ("B", Change::Worse, 1),
                ("D", Change::Better, 1),
                ("C", Change::Gone, 1)
            ]
        );
        assert_eq!(found[0].text, "E is new for this plant and touches 3 devices in 2 zones");
        assert_eq!(found[0].zones, ["cell-1", "cell-2"]);
        assert!(differences(&after, &after, "pack", "now", &zone).is_empty());
    }
}
