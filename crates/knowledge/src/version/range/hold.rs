//! Whether stretches of versions hold one.

use super::{Bound, Interval, Notation, Truth, Version};
use std::cmp::Ordering;

/// `<= 5.0.27 | <= 5.1.19 | <= 6.0.16`: of several upper bounds, that of the version's own branch
/// counts, where it has one.
pub(super) fn own_branch<'a>(version: &Version, list: &'a [Interval]) -> &'a [Interval] {
    let tops: Vec<&Version> = list
        .iter()
        .filter_map(|i| i.upper.as_ref().filter(|_| i.lower.is_none()))
        .map(|bound| &bound.version)
        .collect();
    if tops.len() < 2 || tops.len() != list.len() {
        return list;
    }
    for depth in 1..=3 {
        let keys: std::collections::BTreeSet<_> = tops.iter().map(|top| top.start(depth)).collect();
        if keys.len() == tops.len() && tops.iter().all(|top| top.depth() > depth) {
            let release = version.start(depth);
            let own = tops.iter().position(|top| top.start(depth) == release);
            return own.and_then(|at| list.get(at..=at)).unwrap_or(list);
        }
    }
    list
}

/// Yes where one is; open where one is and none is yes.
pub(super) fn any(answers: impl Iterator<Item = Truth>) -> Truth {
    let mut result = Truth::No;
    for answer in answers {
        match answer {
            Truth::Yes => return Truth::Yes,
            Truth::Open(why) => result = Truth::Open(why),
            Truth::No => {}
        }
    }
    result
}

pub(super) fn is_same(version: &Version, one: &Version, notation: Notation) -> Truth {
    match version.compare(one, notation) {
        Some(Ordering::Equal) => Truth::Yes,
        Some(_) if is_build_of(version, one, notation) => Truth::Yes,
        Some(_) if is_build_of(one, version, notation) => Truth::Yes,
        Some(_) if is_below(version, one) || is_update_of(version, one, notation) => {
            Truth::Open("coarse")
        }
        Some(_) => Truth::No,
        None => Truth::Open("order"),
    }
}

/// The same version; only its build is named too.
pub(super) fn is_build_of(version: &Version, one: &Version, notation: Notation) -> bool {
    let plain = one.without_build().is_none().then(|| version.without_build()).flatten();
    plain.is_some_and(|plain| plain.compare(one, notation) == Some(Ordering::Equal))
}

/// `8.2` where all is in the range that is older than a build of it: `< 8.2_20170817`.
pub(super) fn is_before_build(version: &Version, bound: &Bound, notation: Notation) -> bool {
    let plain = bound.version.without_groups().filter(|_| version.without_groups().is_none());
    plain.is_some_and(|plain| version.compare(&plain, notation) == Some(Ordering::Equal))
}

/// `32.013` where only `32` is written, which may mean all that begins with it.
pub(super) fn is_below(version: &Version, one: &Version) -> bool {
    one.is_coarse() && version.depth() > 1 && version.major() == one.major()
}

/// `20.12.3` where `20.12` is the last that is named, or `32.013` where it is `32`.
pub(super) fn is_within(version: &Version, one: &Version) -> bool {
    let deeper = version.depth() > one.depth() && one.depth() <= 2;
    let plain = !one.has_marks() && !one.has_wildcard() && one.is_clear();
    is_below(version, one)
        || deeper && plain && version.start(one.depth()) == one.start(one.depth())
}

/// `V16 Update 3` where only `V16` is named.
pub(super) fn is_update_of(version: &Version, one: &Version, notation: Notation) -> bool {
    let plain = one.without_marks().is_none().then(|| version.without_marks()).flatten();
    plain.is_some_and(|plain| plain.compare(one, notation) == Some(Ordering::Equal))
}

impl Interval {
    /// How far a version's first number and its count of numbers are from those of the ends.
    pub(super) fn distance(&self, version: &Version) -> (u64, usize) {
        let bound = self.upper.as_ref().or(self.lower.as_ref());
        bound.map_or((u64::MAX, usize::MAX), |bound| {
            let major = |version: &Version| version.major().unwrap_or(0);
            let first = major(&bound.version).abs_diff(major(version));
            (first, bound.version.depth().abs_diff(version.depth()))
        })
    }

    /// All its ends are days.
    pub(super) fn is_of_days(&self) -> bool {
        self.lower.iter().chain(&self.upper).all(|bound| bound.version.is_day())
    }

    pub(super) fn holds(&self, version: &Version, notation: Notation) -> Truth {
        let side = |bound: &Option<Bound>, wanted: Ordering| match bound {
            None => Truth::Yes,
            Some(bound) => match version.compare(&bound.version, notation) {
                Some(Ordering::Equal) if bound.inclusive => Truth::Yes,
                Some(order) if order == wanted => Truth::Yes,
                Some(Ordering::Greater)
                    if bound.inclusive && is_build_of(version, &bound.version, notation) =>
                {
                    Truth::Yes
                }
                Some(Ordering::Greater)
                    if bound.inclusive
                        && (is_within(version, &bound.version)
                            || !version.is_mended()
                                && is_update_of(version, &bound.version, notation)) =>
                {
                    Truth::Open("coarse")
                }
                Some(_) => Truth::No,
                None if wanted == Ordering::Less && is_before_build(version, bound, notation) => {
                    Truth::Yes
                }
                None if bound.version.is_day() => Truth::Open("date"),
                None => Truth::Open("order"),
            },
        };
        match (side(&self.lower, Ordering::Greater), side(&self.upper, Ordering::Less)) {
            (Truth::No, _) | (_, Truth::No) => Truth::No,
            (Truth::Yes, Truth::Yes) => Truth::Yes,
            (Truth::Open(why), _) | (_, Truth::Open(why)) => Truth::Open(why),
        }
    }
}

/// Each branch is fixed within its own major number; all that is older than the oldest branch is
/// in the range, all that is newer than the newest is not.
pub(super) fn branches(version: &Version, list: &[Version], notation: Notation) -> Truth {
    let Some(major) = version.major() else { return Truth::Open("order") };
    if let Some(own) = list.iter().find(|fix| fix.major() == Some(major)) {
        return match version.compare(own, notation) {
            Some(Ordering::Less) => Truth::Yes,
            Some(_) => Truth::No,
            None => Truth::Open("order"),
        };
    }
    let majors = || list.iter().filter_map(Version::major);
    match (majors().min(), majors().max()) {
        (Some(low), _) if major < low => Truth::Yes,
        (_, Some(high)) if major > high => Truth::No,
        _ => Truth::Open("branch"),
    }
}

/// Below all of them, or above all.
pub(super) fn tops(version: &Version, list: &[Version], notation: Notation) -> Truth {
    let below = |top: Option<&Version>| version.compare(top?, notation).map(Ordering::is_lt);
    match (below(list.first()), below(list.last())) {
        (Some(true), _) => Truth::Yes,
        (_, Some(false)) => Truth::No,
        (None, _) | (_, None) => Truth::Open("order"),
        _ => Truth::Open("branch"),
    }
}

pub(super) fn serial(serial: Option<&str>, digits: usize, value: u64, inclusive: bool) -> Truth {
    let Some(serial) = serial else { return Truth::Open("no_serial") };
    let number: String = serial.chars().take_while(char::is_ascii_digit).take(digits).collect();
    // `04xxxx` is no whole number.
    if number.len() < digits || serial.contains(['x', 'X', '*']) {
        return Truth::Open("no_serial");
    }
    match number.parse::<u64>().map(|n| n.cmp(&value)) {
        Ok(Ordering::Less) => Truth::Yes,
        Ok(Ordering::Equal) if inclusive => Truth::Yes,
        Ok(_) => Truth::No,
        Err(_) => Truth::Open("no_serial"),
    }
}
