//! Leaves and CVEs that need not be asked about.

use super::super::index::Found;
use super::super::{Asked, Grade, near};
use crate::advisory::Entry;
use std::collections::BTreeSet;

/// Leaves on siblings of a product that the advisory names itself: `Box 416` beside `Box 416NC`. They
/// say nothing of it, also where a CVE is not told of its own leaf.
pub(super) fn siblings(found: &[Found<'_>], asked: &Asked) -> BTreeSet<usize> {
    let exact: Vec<_> = found.iter().filter(|one| one.grade >= Grade::I3).collect();
    let lower = found.iter().filter(|one| one.grade == Grade::I2);
    let is_sibling = |one: &&Found<'_>| {
        exact
            .iter()
            .any(|exact| near::is_sibling(&one.ready.named, &exact.ready.named, &asked.named))
    };
    lower.filter(is_sibling).map(|one| one.leaf).collect()
}

/// All that is said of both CVEs is the same.
pub(super) fn is_told_alike(a: &Entry, b: &Entry) -> bool {
    // Most lists are empty, and comparing nothing takes the processor long.
    let same = |a: &[u32], b: &[u32]| a.is_empty() && b.is_empty() || a == b;
    same(&a.affected, &b.affected)
        && same(&a.not_affected, &b.not_affected)
        && same(&a.fixed, &b.fixed)
        && same(&a.open, &b.open)
        && a.remedies == b.remedies
        && a.told == b.told
}
