//! Values that a device once stated and then replaced by others.
//!
//! ```text
//! source S ──"V4.2"──"V4.2"──┐  gap  ┌──"V4.5"──"V4.5"──► time      a change
//! source S ──"V4.2"──"V4.5"──"V4.2"──"V4.5"──────────────► time      a contradiction, no change
//! ```
//! Only what the same source says at the same address counts: two protocols may well name two
//! different things with the same word.

use super::attributes::Evidence;
use std::collections::BTreeMap;
use vocab::{Attribute, Host, Ts};

/// No device is updated or replaced faster, in nanoseconds. Several modules that one reply lists
/// follow each other faster than this.
pub(super) const GAP_NS: i64 = 10_000_000_000;
/// Most changes of an attribute that are kept, the latest.
const CHANGES_MAX: usize = 16;

/// Attributes that a device keeps until somebody works on it.
const LASTING: [Attribute; 4] =
    [Attribute::Firmware, Attribute::Serial, Attribute::OrderNumber, Attribute::Hardware];

/// Who says it, where, at which address.
type Place<'a> = (&'a str, &'a str, Host);

/// A value gave way to another. Positions are those in the asset's evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// What says the old value.
    pub from: usize,
    /// What says the new value.
    pub to: usize,
    /// The old value was last stated then.
    pub last: Ts,
    /// The new value was first stated then.
    pub first: Ts,
}

/// The changes among candidates, each with its value as it is compared, in order of time.
pub(super) fn changes(
    evidence: &[Evidence],
    candidates: &[(usize, String)],
    attribute: Attribute,
) -> Vec<Change> {
    if !LASTING.contains(&attribute) {
        return Vec::new();
    }
    let mut places: BTreeMap<Place<'_>, Vec<(usize, &str)>> = BTreeMap::new();
    for (at, value) in candidates {
        if let Some(e) = evidence.get(*at) {
            let place = (e.protocol, e.source.as_str(), e.host);
            places.entry(place).or_default().push((*at, value));
        }
    }
    let mut found: BTreeMap<(&str, &str), (u8, Change)> = BTreeMap::new();
    for stated in places.into_values() {
        for (weight, from, to, change) in at_one_place(evidence, stated) {
            let best = found.entry((from, to)).or_insert((weight, change));
            if weight > best.0 {
                *best = (weight, change);
            }
        }
    }
    let mut changes: Vec<Change> = found.into_values().map(|(_, change)| change).collect();
    changes.sort_by_key(|change| (change.first, change.to));
    let surplus = changes.len().saturating_sub(CHANGES_MAX);
    changes.split_off(surplus)
}

/// The changes that one source shows; none where its values overlap in time.
fn at_one_place<'a>(
    evidence: &[Evidence],
    mut stated: Vec<(usize, &'a str)>,
) -> Vec<(u8, &'a str, &'a str, Change)> {
    stated.sort_by_key(|(at, _)| evidence.get(*at).map(|e| (e.first, *at)));
    let mut changes = Vec::new();
    for pair in stated.windows(2) {
        let [(from, old), (to, new)] = pair else { continue };
        let (Some(before), Some(after)) = (evidence.get(*from), evidence.get(*to)) else {
            continue;
        };
        if old == new {
            continue;
        }
        if after.first.0.saturating_sub(before.last.0) < GAP_NS {
            return Vec::new();
        }
        let change = Change { from: *from, to: *to, last: before.last, first: after.first };
        changes.push((after.weight, *old, *new, change));
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocab::FrameId;

    const SECOND: i64 = 1_000_000_000;

    fn stated(value: &str, source: &str, first: i64, last: i64) -> Evidence {
        Evidence {
            attribute: Attribute::Firmware,
            value: value.to_owned(),
            part: None,
            protocol: "s7comm",
            source: source.to_owned(),
            host: Host::Ip([10, 0, 0, 5].into()),
            weight: 90,
            count: 2,
            first: Ts(first * SECOND),
            last: Ts(last * SECOND),
            frame: FrameId { file: 0, number: u64::try_from(first).unwrap_or(0) },
            offset: None,
            length: 4,
            superseded: false,
        }
    }

    fn found(evidence: &[Evidence], attribute: Attribute) -> Vec<(usize, usize)> {
        let candidates: Vec<(usize, String)> =
            evidence.iter().enumerate().map(|(at, e)| (at, e.value.clone())).collect();
        changes(evidence, &candidates, attribute).iter().map(|c| (c.from, c.to)).collect()
    }

    #[test]
    fn a_value_that_stops_and_another_that_begins_are_a_change() {
        let evidence = [
            stated("4.5", "SZL", 200, 300),
            stated("4.2", "SZL", 1, 100),
            stated("4.6", "SZL", 400, 400),
        ];
        assert_eq!(found(&evidence, Attribute::Firmware), [(1, 0), (0, 2)]);
        // A name may change at any time, and nobody needs to look.
        assert_eq!(found(&evidence, Attribute::Name), []);
    }

    #[test]
    fn contradictions_and_lists_are_no_change() {
        let overlap = [stated("4.2", "SZL", 1, 100), stated("4.5", "SZL", 50, 300)];
        assert_eq!(found(&overlap, Attribute::Firmware), []);
        let list = [stated("4.2", "SZL", 1, 1), stated("1.0", "SZL", 1, 1)];
        assert_eq!(found(&list, Attribute::Firmware), []);
        let sources = [stated("4.2", "SZL", 1, 100), stated("1.0", "sysDescr", 200, 300)];
        assert_eq!(found(&sources, Attribute::Firmware), []);
        let same = [stated("4.2", "SZL", 1, 100), stated("4.2", "SZL", 200, 300)];
        assert_eq!(found(&same, Attribute::Firmware), []);
    }

    #[test]
    fn the_latest_of_many_changes_are_kept() {
        let evidence: Vec<Evidence> =
            (0..40).map(|n| stated(&n.to_string(), "SZL", n * 100, n * 100 + 50)).collect();
        let found = found(&evidence, Attribute::Firmware);
        assert_eq!(found.len(), CHANGES_MAX);
        assert_eq!(found.last(), Some(&(38, 39)));
    }
}
