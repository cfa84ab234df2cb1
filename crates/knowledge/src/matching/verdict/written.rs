//! What a range says in words that a device says too.

use super::forms;
use crate::advisory::Advisory;
use crate::matching::Asked;
use crate::version::{Range, Truth};
use std::cmp::Ordering;

/// The device's version is written as the leaf's, or ends as it does: at a bound, the sign decides.
pub(super) fn as_written(asked: &Asked, text: &Advisory, leaf: usize) -> Option<Truth> {
    let squeezed = crate::matching::parts::squeezed;
    let range = &text.leaves.get(leaf)?.range;
    let named = squeezed(range.trim_end_matches("and"));
    let own = [asked.firmware.as_deref(), asked.hardware.as_deref()];
    let same = own.into_iter().flatten().any(|own| {
        let own = squeezed(own);
        own == named
            || (named.len() >= 8 && own.ends_with(&named))
            || (own.len() >= 10 && named.ends_with(&own))
    });
    let bound = range.trim_start_matches(['<', '=', ' ']);
    let one = bound.len() == range.len() || !bound.contains(['<', '>', '|']);
    let excluded = range.starts_with('<') && !range.contains('=');
    if same && named.len() >= 2 && one {
        return Some(if excluded { Truth::No } else { Truth::Yes });
    }
    // `cesne_r2d14_02.esw` beside `< cesne_r2d14_03.esw`: numbers of one form compare.
    let order = own.into_iter().flatten().find_map(|own| forms::compare(own, bound))?;
    let holds = order == Ordering::Less || order == Ordering::Equal && !excluded;
    (one && range.starts_with('<')).then_some(if holds { Truth::Yes } else { Truth::No })
}

/// `< 7.1 (only Microsoft Windows versions are affected)`, of a device that says its system. What
/// the range says is asked without the remark.
pub(super) fn on_system(text: &Advisory, leaf: usize, asked: &Asked) -> Option<Truth> {
    let range = text.leaves.get(leaf)?.range.to_lowercase();
    let (plain, remark) = range.split_once(" (")?;
    let only = remark.contains("only") && remark.contains("windows") && !remark.contains("linux");
    match (only, asked.says("windows"), asked.says("linux")) {
        (true, true, false) => Some(Range::read(plain).holds(&asked.facts())),
        (true, false, true) => Some(Truth::No),
        _ => None,
    }
}

/// Words of a condition that say nothing of what must be there.
const FILLING: [&str; 16] = [
    "function",
    "feature",
    "is",
    "its",
    "it",
    "used",
    "enabled",
    "installed",
    "has",
    "runs",
    "activated",
    "fitted",
    "a",
    "an",
    "on",
    "option",
];

/// `all versions with Acme Wall`, `< 2 (if AW5000 is installed)`, of a device that says so itself:
/// what the range says without the condition.
pub(super) fn under_condition(text: &Advisory, leaf: usize, asked: &Asked) -> Option<Truth> {
    let range = text.leaves.get(leaf).map_or("", |leaf| leaf.range.as_str()).replace('_', " ");
    let parts = [" with ", " (if ", " if "].iter().find_map(|word| range.split_once(word));
    let (head, with) = parts?;
    // `not with …`, `only if … is not …` and comparisons cannot be told from words.
    if with.contains(['<', '>']) || with.split(' ').any(|word| word == "not") {
        return None;
    }
    let needed = crate::matching::words::words(with);
    let mut needed = needed.iter().filter(|word| !FILLING.contains(&word.as_str())).peekable();
    needed.peek()?;
    let head = head.trim_end_matches([' ', '-']);
    needed
        .all(|word| asked.named.words.contains(word))
        .then(|| Range::read(head).holds(&asked.facts()))
}
