//! A supplier's number: factors with their weights, all shown. What is not known never counts as
//! good: it counts half. The weights are a proposal, not validated.

use crate::risk::Advice;
use knowledge::advisory::RemedyKind;
use std::collections::{BTreeMap, BTreeSet};

/// What is measured of a supplier.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measures {
    /// Devices.
    pub devices: usize,
    /// Advisories with open weaknesses, over all its devices; a device counts each.
    pub advisories: usize,
    /// Open weaknesses, and those without a version that fixes them.
    pub weaknesses: (usize, usize),
    /// Days from release to the latest revision of its advisories with a fix; the middle one.
    pub days_to_fix: Option<i64>,
    /// Devices of which the end of support is known, and those past it.
    pub lives: (usize, usize),
    /// Devices without a bill of materials.
    pub without_sbom: usize,
    /// Devices without statements on exploitability.
    pub without_vex: usize,
    /// Devices in groups of a role and zone that it alone provides.
    pub single: usize,
}

/// A factor.
#[derive(Clone, Debug, PartialEq)]
pub struct SupplierFactor {
    /// Its name.
    pub name: &'static str,
    /// 0 (good) to 1 (bad); `None` where nothing is known.
    pub value: Option<f64>,
    /// Its weight.
    pub weight: f64,
    /// What it is made from.
    pub measure: Option<f64>,
    /// Why, in English.
    pub why: String,
    /// Why, as a code: its name, or `no_fix_known`.
    pub code: &'static str,
    /// The code's arguments: `part` and `whole`, or `days`.
    pub args: Vec<(&'static str, usize)>,
}

/// Counts as numbers for shares: far below where digits are lost.
fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| number(part) / number(whole))
}

impl Measures {
    /// The factors.
    pub fn factors(&self) -> Vec<SupplierFactor> {
        let (known, fixless) = self.weaknesses;
        let (lives, ended) = self.lives;
        vec![
            self.per_device(),
            Counts(fixless, known).factor(
                "without_fix",
                0.2,
                // Without a known weakness there is nothing that lacks a fix.
                Some(share(fixless, known).unwrap_or(0.0)),
                "open weaknesses have no version that fixes them",
            ),
            self.time_to_fix(),
            Counts(ended, lives).factor(
                "end_of_life",
                0.2,
                share(ended, lives),
                "devices whose end of support is known are past it",
            ),
            self.of_devices(self.without_sbom, "missing_sbom", 0.1, "have no bill of materials"),
            self.of_devices(self.without_vex, "missing_vex", 0.05, "have no statements (VEX)"),
            self.of_devices(
                self.single,
                "single_source",
                0.1,
                "are in a role that it alone has in a zone",
            ),
        ]
    }

    fn per_device(&self) -> SupplierFactor {
        let mean = share(self.advisories, self.devices);
        Counts(self.advisories, self.devices).factor(
            "advisories",
            0.25,
            mean.map(|mean| mean / (mean + 3.0)),
            "(open advisories, devices); 3 a device is half",
        )
    }

    fn of_devices(
        &self,
        part: usize,
        name: &'static str,
        weight: f64,
        what: &str,
    ) -> SupplierFactor {
        let value = share(part, self.devices);
        Counts(part, self.devices).factor(name, weight, value, &format!("devices {what}"))
    }

    fn time_to_fix(&self) -> SupplierFactor {
        let days = self.days_to_fix.map(|days| usize::try_from(days).unwrap_or(0));
        let measure = days.map(number);
        let (code, why) = match days {
            Some(days) => (
                "time_to_fix",
                format!(
                    "{days} days from the first release of an advisory to its latest revision \
                     (the middle of those with a fix): no less than the time to the fix; 90 \
                     days is half"
                ),
            ),
            None => ("no_fix_known", String::from("no advisory of it with a fix is known")),
        };
        SupplierFactor {
            name: "time_to_fix",
            value: measure.map(|days| days / (days + 90.0)),
            weight: 0.1,
            measure,
            why,
            code,
            args: days.map(|days| ("days", days)).into_iter().collect(),
        }
    }
}

/// A part, and what it is a part of.
struct Counts(usize, usize);

impl Counts {
    fn factor(
        &self,
        name: &'static str,
        weight: f64,
        value: Option<f64>,
        what: &str,
    ) -> SupplierFactor {
        let Self(part, whole) = *self;
        SupplierFactor {
            name,
            value,
            weight,
            measure: share(part, whole),
            why: format!("{part} of {whole} {what}"),
            code: name,
            args: vec![("part", part), ("whole", whole)],
        }
    }
}

/// The number, 0 to 100: the weighted mean, what is not known counts half.
pub fn score(factors: &[SupplierFactor]) -> f64 {
    let all: f64 = factors.iter().map(|factor| factor.weight).sum();
    let sum: f64 = factors.iter().map(|f| f.weight * f.value.unwrap_or(0.5)).sum();
    if all > 0.0 { (sum / all * 1_000.0).round() / 10.0 } else { 0.0 }
}

/// Days since 1970-01-01 of a text that begins with `YYYY-MM-DD` or `YYYY.MM.DD`.
pub fn day_number(text: &str) -> Option<i64> {
    let text = text.get(..10)?;
    let mut parts = text.split(['-', '.']);
    let mut part = || parts.next().and_then(|part| part.parse::<i64>().ok());
    let (year, month, day) = (part()?, part()?, part()?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Howard Hinnant's days_from_civil: years begin in March.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// Days from release to the latest revision of advisories with a fix, by maker.
pub(super) fn days_to_fix(advice: &Advice) -> BTreeMap<String, Vec<i64>> {
    let mut days: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for advisory in advice.advisories() {
        let mut remedies = advisory.entries.iter().flat_map(|entry| &entry.remedies);
        let dates = (day_number(&advisory.released), day_number(&advisory.updated));
        let (true, (Some(first), Some(last))) =
            (remedies.any(|remedy| remedy.kind == RemedyKind::Fix), dates)
        else {
            continue;
        };
        let vendors: BTreeSet<&str> = advisory.leaves.iter().map(|l| l.vendor.as_str()).collect();
        let makers = vendors.into_iter().map(|vendor| advice.makers(vendor));
        let makers: BTreeSet<String> = makers.flat_map(|keys| (*keys).clone()).collect();
        for maker in makers {
            days.entry(maker).or_default().push((last - first).max(0));
        }
    }
    for days in days.values_mut() {
        days.sort_unstable();
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unknown_is_not_good() {
        let unknown = Measures { devices: 2, ..Measures::default() };
        let good = Measures { days_to_fix: Some(0), lives: (2, 0), ..unknown.clone() };
        assert!(score(&unknown.factors()) > score(&good.factors()));
        assert!(score(&good.factors()).abs() < 1e-9);
        let bad = Measures {
            devices: 2,
            advisories: 2_000,
            weaknesses: (10, 10),
            days_to_fix: Some(100_000),
            lives: (2, 2),
            without_sbom: 2,
            without_vex: 2,
            single: 2,
        };
        assert!(score(&bad.factors()) > 99.0);
        let weights: f64 = bad.factors().iter().map(|factor| factor.weight).sum();
        assert!((weights - 1.0).abs() < 1e-9);
    }

    #[test]
    fn days_are_counted() {
        assert_eq!(day_number("1970-01-01"), Some(0));
        assert_eq!(day_number("2000-03-01"), Some(11_017));
        assert_eq!(day_number("2000-03-01T00:00:00Z"), Some(11_017));
        assert_eq!(day_number("2025.08.25"), Some(20_325));
        assert_eq!(day_number("18.1"), None);
        assert_eq!(day_number("2025-13-45"), None);
    }
}
