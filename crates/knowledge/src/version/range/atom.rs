//! One comparison: `< V4.5.0`, `V2.X.X`, `12.7.1-12.7.3`, `6.4 and earlier`.

use super::{Bound, Interval, Version};

/// A part of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Atom {
    /// At least, or more than.
    Lower(Bound),
    /// At most, or less than.
    Upper(Bound),
    /// Both ends in one.
    Both(Interval),
    /// This one, or all that a wildcard stands for.
    One(Version),
    /// Fixed at each of these in its own branch.
    Branches(Vec<Version>),
}

/// Longest name of a component before a comparison, in bytes.
const NAME_MAX: usize = 16;

/// Reads a part; `None` where it is no comparison.
pub(super) fn read(text: &str) -> Option<Atom> {
    let text = text.trim().trim_end_matches(['.', ',', ';']);
    let (sign, rest) = sign(text);
    let rest = rest.trim();
    if let Some(sign) = sign {
        return compared(sign, rest);
    }
    // `NMC2 <= 6.9.6`: a component's name before the comparison.
    if let Some(at) = text.find(['<', '>', '≤', '≥']).filter(|at| *at <= NAME_MAX)
        && let (Some(sign), rest) = self::sign(text.get(at..)?)
    {
        return compared(sign, rest.trim());
    }
    for ending in [
        " and earlier",
        " and prior",
        " and below",
        " or earlier",
        " or prior",
        " or below",
        " and older",
        " and lower",
    ] {
        if let Some(at) = rest.find(ending) {
            let version = known(rest.get(..at)?)?;
            return Some(Atom::Upper(Bound { version, inclusive: true }));
        }
    }
    for ending in [
        " and later",
        " and newer",
        " and above",
        " or later",
        " or newer",
        " or above",
        " and higher",
    ] {
        if let Some(at) = rest.find(ending) {
            let version = known(rest.get(..at)?)?;
            return Some(Atom::Lower(Bound { version, inclusive: true }));
        }
    }
    if let Some(interval) = between(rest).or_else(|| dash(rest)) {
        return Some(Atom::Both(interval));
    }
    known(rest).map(Atom::One)
}

/// Most words of a version that may stay unread: they only count where all else is equal.
const UNREAD_MAX: usize = 2;

/// Words that say how a version bounds a range.
const BOUNDING: [&str; 14] = [
    "prior", "before", "older", "earlier", "lower", "below", "previous", "up", "between",
    "through", "from", "since", "than", "except",
];

/// A version: of one text as a whole, or behind a product's name.
fn known(text: &str) -> Option<Version> {
    let whole = text;
    let text = behind_name(text);
    // What is dropped must be a name: `versions prior to 1.8` is not 1.8.
    let dropped = whole.len().checked_sub(text.len()).and_then(|end| whole.get(..end))?;
    if dropped.split(' ').any(|word| BOUNDING.contains(&word)) {
        return None;
    }
    let version = Version::read(text)?;
    // A list that was read in part says nothing.
    if text.contains(", ") && !version.is_day() {
        return None;
    }
    let unread = version.unread().split(' ').filter(|word| !word.is_empty()).count();
    let fits = unread == 0 || (unread <= UNREAD_MAX && version.depth() >= 2);
    (fits && !starts_in_words(text)).then_some(version)
}

/// Drops a product's name before the version: `cpci85 v05.11`, `wincc 7.2 upd 3`.
fn behind_name(text: &str) -> &str {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return text;
    }
    let is_start = |rest: &str| {
        let number = rest.strip_prefix('v').unwrap_or(rest);
        let whole = number.split(' ').next().unwrap_or("");
        number.starts_with(|c: char| c.is_ascii_digit()) && (number != rest || whole.contains('.'))
    };
    let mut starts = text.match_indices(' ').filter_map(|(at, _)| text.get(at + 1..));
    starts.find(|rest| is_start(rest)).unwrap_or(text)
}

/// Prose: several words before the first number.
fn starts_in_words(text: &str) -> bool {
    let head = text.split(|c: char| c.is_ascii_digit()).next().unwrap_or("");
    head.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 2).count() > 2
}

#[derive(Clone, Copy)]
struct Sign {
    lower: bool,
    upper: bool,
    inclusive: bool,
}

fn sign(text: &str) -> (Option<Sign>, &str) {
    const SIGNS: [(&str, bool, bool, bool); 15] = [
        ("<=", false, true, true),
        ("=<", false, true, true),
        ("≤", false, true, true),
        (">=", true, false, true),
        ("=>", true, false, true),
        ("≥", true, false, true),
        ("<", false, true, false),
        (">", true, false, false),
        ("==", true, true, true),
        ("=", true, true, true),
        ("prior to ", false, true, false),
        ("before ", false, true, false),
        ("earlier than ", false, true, false),
        ("below ", false, true, false),
        ("up to ", false, true, true),
    ];
    for (start, lower, upper, inclusive) in SIGNS {
        if let Some(rest) = text.strip_prefix(start) {
            return (Some(Sign { lower, upper, inclusive }), rest);
        }
    }
    (None, text)
}

fn compared(sign: Sign, rest: &str) -> Option<Atom> {
    let rest = rest.trim_matches(|c| matches!(c, '(' | ')' | '"' | ' '));
    let rest = rest.strip_prefix("and including ").unwrap_or(rest);
    if !sign.lower
        && !sign.inclusive
        && let Some(branches) = branches(rest)
    {
        return Some(Atom::Branches(branches));
    }
    let version = known(rest)?;
    let bound = Bound { version, inclusive: sign.inclusive };
    Some(match (sign.lower, sign.upper) {
        (true, true) => Atom::One(bound.version),
        (true, false) => Atom::Lower(bound),
        _ => Atom::Upper(bound),
    })
}

/// `V33.017 V34.014 V35.013`: several versions with different major numbers, each with its letter.
fn branches(text: &str) -> Option<Vec<Version>> {
    let words: Vec<&str> = text.split([' ', '_', ',']).filter(|word| !word.is_empty()).collect();
    let is_version = |word: &&str| {
        word.starts_with('v')
            && word.get(1..).is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()))
    };
    if words.len() < 2 || !words.iter().all(is_version) {
        return None;
    }
    let mut list: Vec<Version> = words.iter().filter_map(|word| known(word)).collect();
    list.sort_by_key(Version::major);
    let distinct = list.windows(2).all(|pair| match pair {
        [a, b] => a.major() < b.major(),
        _ => true,
    });
    (distinct && list.len() == words.len()).then_some(list)
}

/// `between V2.5 (including) and V2.7 (excluding)`.
fn between(text: &str) -> Option<Interval> {
    let rest = text.strip_prefix("between ")?;
    let (low, high) = rest.split_once(" and ")?;
    let bound = |text: &str, inclusive: bool| {
        let inclusive = (inclusive || text.contains("includ")) && !text.contains("exclud");
        let version = known(text.split('(').next()?.trim())?;
        Some(Bound { version, inclusive })
    };
    Some(Interval { lower: Some(bound(low, true)?), upper: Some(bound(high, true)?) })
}

/// `12.7.1-12.7.3`, `1.0 - 2.5`, `1.0 to 2.5`, `1.0 through 2.5`.
fn dash(text: &str) -> Option<Interval> {
    let spaced = [" - ", " – ", " to ", " through ", "–", "—", " up to and including "];
    let (low, high) = spaced
        .iter()
        .find_map(|dash| text.split_once(dash))
        .or_else(|| text.split_once('-').filter(|(a, b)| alike(a, b)))?;
    let (low, high) = (known(low)?, known(high)?);
    let ascending = low.compare(&high, super::Notation::Numeric) == Some(std::cmp::Ordering::Less);
    ascending.then_some(Interval {
        lower: Some(Bound { version: low, inclusive: true }),
        upper: Some(Bound { version: high.or_deeper(), inclusive: true }),
    })
}

/// Both sides of a dash look like versions of one product: as many points, or both years.
fn alike(low: &str, high: &str) -> bool {
    let points = |text: &str| text.matches('.').count();
    let year = |text: &str| {
        let text = text.trim();
        text.len() == 4 && (text.starts_with("19") || text.starts_with("20"))
    };
    let numbers =
        |text: &str| text.trim().trim_start_matches('v').starts_with(|c: char| c.is_ascii_digit());
    // `20-33`: whole numbers of two digits.
    let whole = |text: &str| {
        let text = text.trim();
        let number = text.strip_prefix('v').filter(|number| number.len() == 3).unwrap_or(text);
        (number.len() == 2 || number.len() < text.len())
            && number.bytes().all(|b| b.is_ascii_digit())
    };
    numbers(low)
        && numbers(high)
        && ((whole(low) && whole(high))
            || (points(low) >= 1 && points(low) == points(high))
            || (year(low) && year(high)))
}
