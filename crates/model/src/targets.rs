//! The targets of a conversation. Ranges that touch each other become one: whatever the order in
//! which they come, the same ranges remain.

use crate::few::Few;
use crate::tables::{TargetKey, TargetTotal};
use vocab::Role;

/// The last of a full list's targets makes room for one that goes before it: which ones stay does
/// not depend on which came first. False where the new one is the last.
pub(crate) fn give_way(targets: &mut Few<TargetKey, TargetTotal>, key: &TargetKey) -> bool {
    // A name's number says when it was met: it must not decide.
    let order = |key: &TargetKey| TargetKey { name: 0, ..*key };
    let Some(at) = targets.len().checked_sub(1) else { return false };
    let goes_before = targets.at(at).is_some_and(|(last, _)| order(key) < order(last));
    goes_before && targets.remove_at(at).is_some()
}

/// Adds a target; false when there is no room.
pub(crate) fn add(
    targets: &mut Few<TargetKey, TargetTotal>,
    key: TargetKey,
    total: TargetTotal,
    ranges: bool,
    limit: usize,
) -> bool {
    if ranges {
        return add_range(targets, key, total, limit);
    }
    if let Some(known) = targets.get_mut(&key) {
        known.add(&total, key.role);
        return true;
    }
    let room = targets.len() < limit;
    if room {
        targets.insert(key, total);
    }
    room
}

/// Joins a range with those that overlap or touch it.
fn add_range(
    targets: &mut Few<TargetKey, TargetTotal>,
    mut key: TargetKey,
    mut total: TargetTotal,
    limit: usize,
) -> bool {
    let mut at = targets.search(&key).unwrap_or_else(|at| at);
    // The one before may reach into this one.
    if let Some(before) = at.checked_sub(1)
        && let Some((other, range)) = targets.at(before)
        && same_line(other, &key)
        && end(other, range) >= key.index
    {
        at = before;
    }
    // The usual case: it lies within one that is there.
    if let Some((other, range)) = targets.at_mut(at)
        && same_line(other, &key)
        && other.index <= key.index
        && end(other, range) >= end(&key, &total)
    {
        range.add(&TargetTotal { quantity: range.quantity, ..total }, key.role);
        return true;
    }
    let mut joined = false;
    while let Some((other, range)) = targets.at(at)
        && same_line(other, &key)
        && other.index <= end(&key, &total)
    {
        let last = end(other, range).max(end(&key, &total));
        let first = other.index.min(key.index);
        total.add(range, key.role);
        total.quantity = last.saturating_sub(first);
        key.index = first;
        targets.remove_at(at);
        joined = true;
    }
    if !joined && targets.len() >= limit {
        return false;
    }
    targets.insert(key, total);
    true
}

/// The position behind a range.
fn end(key: &TargetKey, total: &TargetTotal) -> u64 {
    key.index.saturating_add(total.quantity)
}

/// They differ in their position only.
fn same_line(a: &TargetKey, b: &TargetKey) -> bool {
    (a.proto, a.code, a.role, a.unit, a.area, a.extra)
        == (b.proto, b.code, b.role, b.unit, b.area, b.extra)
        && a.quantity == b.quantity
        && a.name == b.name
}

impl TargetTotal {
    /// Adds another sighting. Answers and events count once.
    fn add(&mut self, other: &Self, role: Role) {
        self.quantity = self.quantity.max(other.quantity);
        let count = self.at.count;
        self.at.add(&other.at);
        if role != Role::Request {
            self.at.count = count.max(other.at.count);
            self.at.last = self.at.first;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Attested;
    use proptest::prelude::*;
    use vocab::{FrameId, ProtoId, Ts};

    fn key(index: u64, role: Role) -> TargetKey {
        TargetKey {
            access: std::cmp::Reverse(vocab::Access::Read),
            proto: ProtoId(1),
            code: 3,
            role,
            unit: Some(1),
            area: 3,
            extra: 0,
            name_order: 0,
            name: 0,
            quantity: 0,
            index,
        }
    }

    fn total(quantity: u64, frame: u64) -> TargetTotal {
        let at = Attested {
            count: 1,
            first: Ts(frame.cast_signed()),
            last: Ts(frame.cast_signed()),
            frame: FrameId { file: 0, number: frame },
        };
        TargetTotal { quantity, at }
    }

    fn ranges(of: &[(u64, u64, u64)]) -> Vec<(u64, u64, u64)> {
        let mut targets = Few::default();
        for (index, quantity, frame) in of {
            let range = total(*quantity, *frame);
            assert!(add(&mut targets, key(*index, Role::Request), range, true, 1000));
        }
        targets.iter().map(|(k, t)| (k.index, t.quantity, t.at.count)).collect()
    }

    #[test]
    fn touching_ranges_become_one() {
        assert_eq!(ranges(&[(0, 10, 1), (20, 10, 2), (10, 10, 3)]), [(0, 30, 3)]);
        assert_eq!(ranges(&[(5, 1, 1), (7, 1, 2)]), [(5, 1, 1), (7, 1, 1)]);
        assert_eq!(ranges(&[(0, 100, 1), (5, 1, 2), (5, 1, 3)]), [(0, 100, 3)]);
    }

    proptest! {
        #[test]
        fn the_order_does_not_matter(
            of in prop::collection::vec((0u64..60, 1u64..6, 1u64..100), 1..20),
            seed in any::<u64>(),
        ) {
            let mut shuffled = of.clone();
            // A cheap shuffle: sort by a scrambled key.
            shuffled.sort_by_key(|(i, q, f)| (i * 31 + q * 17 + f).wrapping_mul(seed | 1));
            prop_assert_eq!(ranges(&of), ranges(&shuffled));
        }
    }
}
