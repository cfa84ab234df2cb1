//! Whether a component is in the ranges of a vulnerability. OSV schema, "Evaluation".

use super::order::Order;
use super::purl::Package;
use super::{Component, Range, RangeKind, Weak};
use crate::matching::Verdict;
use model::Reason;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// What a vulnerability means for a component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Position of the vulnerability.
    pub weak: usize,
    /// The verdict.
    pub verdict: Verdict,
    /// Why, in English.
    pub reason: String,
    /// The same as a code.
    pub why: Reason,
    /// The version that fixes it.
    pub fixed: Option<String>,
}

/// Vulnerabilities by package.
#[derive(Debug, Default)]
pub struct WeakIndex {
    weak: Vec<Weak>,
    by_package: BTreeMap<Package, Vec<usize>>,
    by_name: BTreeMap<String, Vec<usize>>,
    /// Steps of comparing versions by name, over all kinds of packages.
    efforts: BTreeMap<String, u64>,
}

impl WeakIndex {
    /// Puts vulnerabilities in order.
    pub fn new(weak: Vec<Weak>) -> Self {
        let mut own = Self { weak, ..Self::default() };
        for (at, weak) in own.weak.iter().enumerate() {
            if let Some(package) = package_of(weak) {
                let ranges = weak.ranges.iter().map(|range| range.events.len().pow(2));
                let steps = (1 + ranges.sum::<usize>() + weak.versions.len()) as u64;
                *own.efforts.entry(package.name.clone()).or_default() += steps;
                own.by_name.entry(package.name.clone()).or_default().push(at);
                own.by_package.entry(package).or_default().push(at);
            }
        }
        own
    }

    /// A vulnerability.
    pub fn get(&self, at: usize) -> Option<&Weak> {
        self.weak.get(at)
    }

    /// How much work it is to ask about a component: steps of comparing versions.
    pub fn effort(&self, component: &Component) -> u64 {
        let by_url =
            Package::of_url(&component.purl).and_then(|(own, _)| self.efforts.get(&own.name));
        let found = by_url.or_else(|| self.efforts.get(&component.name.to_lowercase()));
        found.copied().unwrap_or(0)
    }

    /// What is known against a component: affected, or not to be excluded.
    pub fn about(&self, component: &Component) -> Vec<Hit> {
        let empty = Vec::new();
        if let Some((package, version)) = Package::of_url(&component.purl) {
            let version = if version.is_empty() { &component.version } else { &version };
            let found = self.by_package.get(&package).unwrap_or(&empty);
            return found.iter().filter_map(|at| self.hit(*at, version, &package.kind)).collect();
        }
        // Without a package URL the name alone says little: never more than "undetermined".
        let name = component.name.to_lowercase();
        let found = self.by_name.get(&name).filter(|_| name.len() >= 4).unwrap_or(&empty);
        let hits = found.iter().filter_map(|at| {
            let kind = self.weak.get(*at).and_then(package_of)?.kind;
            let hit = self.hit(*at, &component.version, &kind)?;
            let why = hit.why.with("by", "name");
            Some(Hit { verdict: Verdict::Undetermined, reason: in_words(&why), why, ..hit })
        });
        hits.collect()
    }

    fn hit(&self, at: usize, version: &str, kind: &str) -> Option<Hit> {
        let (verdict, why, fixed) = judge(self.weak.get(at)?, version, kind);
        let reason = in_words(&why);
        (verdict != Verdict::NotAffected).then_some(Hit { weak: at, verdict, reason, why, fixed })
    }
}

fn package_of(weak: &Weak) -> Option<Package> {
    let by_url = Package::of_url(&weak.purl).map(|(package, _)| package);
    by_url.or_else(|| Package::of_ecosystem(&weak.ecosystem, &weak.package))
}

/// A reason in English.
fn in_words(why: &Reason) -> String {
    let arg = |name| {
        why.args
            .iter()
            .find(|(own, _)| *own == name)
            .map_or_else(|| "?".to_owned(), |(_, arg)| arg.to_string())
    };
    let (version, range) = (arg("version"), arg("range"));
    let text = match why.code {
        "part_no_version" => "its version is not known".to_owned(),
        "part_listed" => format!("{version} is listed as affected"),
        "part_in_range" => format!("{version} is in {range}"),
        "part_unsure" => format!("whether {version} is in {range} is not certain"),
        "part_names_none" => "the record names no versions".to_owned(),
        "part_commits" => "the record names commits, not versions".to_owned(),
        _ => "outside all ranges".to_owned(),
    };
    if arg("by") == "name" {
        format!("the name fits, no package URL says that it is the package; {text}")
    } else {
        text
    }
}

/// The verdict on a version with its reason and the version that fixes it.
fn judge(weak: &Weak, version: &str, kind: &str) -> (Verdict, Reason, Option<String>) {
    let about = |code| Reason::plain(code).with("version", version);
    if version.is_empty() {
        return (Verdict::Undetermined, Reason::plain("part_no_version"), None);
    }
    if weak.versions.iter().any(|listed| listed == version) {
        let fixed = weak.ranges.iter().find_map(|range| fix(range, version, kind));
        return (Verdict::Affected, about("part_listed"), fixed);
    }
    let mut open = None;
    for range in &weak.ranges {
        match inside(range, version, kind) {
            Some(true) => {
                let fixed = fix(range, version, kind);
                let why = about("part_in_range").with("range", words(range));
                return (Verdict::Affected, why, fixed);
            }
            Some(false) => {}
            None => open = Some(range),
        }
    }
    if let Some(range) = open.filter(|range| range.kind != RangeKind::Git) {
        let reason = about("part_unsure").with("range", words(range));
        return (Verdict::Undetermined, reason, fix(range, version, kind));
    }
    if weak.ranges.is_empty() && weak.versions.is_empty() {
        return (Verdict::Undetermined, Reason::plain("part_names_none"), None);
    }
    if open.is_some() && weak.versions.is_empty() && weak.ranges.len() == 1 {
        return (Verdict::Undetermined, Reason::plain("part_commits"), None);
    }
    (Verdict::NotAffected, Reason::plain("part_outside"), None)
}

fn compare(range: &Range, kind: &str, a: &str, b: &str) -> Option<Ordering> {
    match range.kind {
        RangeKind::Semver => Order::Semver.compare(a, b),
        RangeKind::Ecosystem => Order::of(kind).compare(a, b),
        RangeKind::Git => (a == b).then_some(Ordering::Equal),
    }
}

/// Whether a version is in a range; `None` where the order is not certain.
fn inside(range: &Range, version: &str, kind: &str) -> Option<bool> {
    let mut events: Vec<&(String, String)> = Vec::new();
    for event in &range.events {
        if event.0 == "limit" {
            continue;
        }
        // Zero stands for the very first version.
        let mut at = events.len();
        while let Some(before) = at.checked_sub(1).and_then(|at| events.get(at)) {
            let order = match (event.1.as_str(), before.1.as_str()) {
                ("0", "0") => Ordering::Equal,
                ("0", _) => Ordering::Less,
                (_, "0") => Ordering::Greater,
                (a, b) => compare(range, kind, a, b)?,
            };
            if order != Ordering::Less {
                break;
            }
            at -= 1;
        }
        events.insert(at, event);
    }
    let mut affected = false;
    for (what, bound) in events {
        let order =
            if bound == "0" { Ordering::Greater } else { compare(range, kind, version, bound)? };
        match what.as_str() {
            "introduced" if order != Ordering::Less => affected = true,
            "fixed" if order != Ordering::Less => affected = false,
            "last_affected" if order == Ordering::Greater => affected = false,
            _ => {}
        }
    }
    Some(affected)
}

/// The smallest version above that fixes it.
fn fix(range: &Range, version: &str, kind: &str) -> Option<String> {
    let fixes = range.events.iter().filter(|(what, _)| what == "fixed").map(|(_, fix)| fix);
    let mut best: Option<&String> = None;
    for fix in fixes {
        let above = compare(range, kind, fix, version) == Some(Ordering::Greater);
        let better = best.is_none_or(|own| compare(range, kind, fix, own) == Some(Ordering::Less));
        if above && better {
            best = Some(fix);
        }
    }
    best.cloned()
}

fn words(range: &Range) -> String {
    let words = range.events.iter().take(8).map(|(what, version)| format!("{what} {version}"));
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weak(ecosystem: &str, kind: RangeKind, events: &[(&str, &str)]) -> Weak {
        let events = events.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        Weak {
            id: "OSV-1".to_owned(),
            ecosystem: ecosystem.to_owned(),
            package: "thing".to_owned(),
            ranges: vec![Range { kind, events }],
            ..Weak::default()
        }
    }

    fn verdict(weak: Weak, purl: &str) -> Option<(Verdict, Option<String>)> {
        let component = Component { purl: purl.to_owned(), ..Component::default() };
        WeakIndex::new(vec![weak]).about(&component).pop().map(|hit| (hit.verdict, hit.fixed))
    }

    #[test]
    fn ranges_decide() {
        use RangeKind::{Ecosystem, Git, Semver};
        let two =
            [("introduced", "2.0.0"), ("fixed", "2.3.0"), ("introduced", "0"), ("fixed", "1.4.0")];
        for (version, wanted) in [
            ("1.3.9", Some((Verdict::Affected, Some("1.4.0".to_owned())))),
            ("1.4.0", None),
            ("2.0.0-rc.1", None),
            ("2.2.9", Some((Verdict::Affected, Some("2.3.0".to_owned())))),
            ("2.3.0", None),
            ("two", Some((Verdict::Undetermined, None))),
        ] {
            let purl = format!("pkg:npm/thing@{version}");
            assert_eq!(verdict(weak("npm", Semver, &two), &purl), wanted, "{version}");
        }
        let last = [("introduced", "1.0"), ("last_affected", "1.5")];
        let of = |purl: &str| verdict(weak("PyPI", Ecosystem, &last), purl).map(|(v, _)| v);
        assert_eq!(of("pkg:pypi/thing@1.5"), Some(Verdict::Affected));
        assert_eq!(of("pkg:pypi/thing@1.6"), None);
        assert_eq!(of("pkg:pypi/thing@1.5rc1"), Some(Verdict::Undetermined));
        assert_eq!(of("pkg:pypi/thing"), Some(Verdict::Undetermined));
        assert_eq!(of("pkg:npm/thing@1.5"), None, "another ecosystem");
        let commits = weak("OSS-Fuzz", Git, &[("introduced", "0"), ("fixed", "abc")]);
        assert_eq!(
            verdict(commits.clone(), "pkg:generic/thing@1.0").map(|(v, _)| v),
            Some(Verdict::Undetermined)
        );
        let listed = Weak { versions: vec!["1.0".to_owned()], ..commits };
        assert_eq!(
            verdict(listed.clone(), "pkg:generic/thing@1.0").map(|(v, _)| v),
            Some(Verdict::Affected)
        );
        assert_eq!(verdict(listed, "pkg:generic/thing@1.1"), None);
    }

    #[test]
    fn a_name_alone_is_not_certain() {
        let index = WeakIndex::new(vec![weak("npm", RangeKind::Semver, &[("introduced", "0")])]);
        let named = |name: &str| Component {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            ..Component::default()
        };
        let hit = &index.about(&named("Thing"))[0];
        assert_eq!(hit.verdict, Verdict::Undetermined);
        assert!(hit.reason.starts_with("the name fits") && hit.reason.ends_with("introduced 0"));
        assert_eq!(hit.why.code, "part_in_range");
        let by = ("by", "name".into());
        assert!(hit.why.args.contains(&by) && hit.why.args.contains(&("version", "1.0.0".into())));
        assert!(index.about(&named("other")).is_empty());
    }
}
