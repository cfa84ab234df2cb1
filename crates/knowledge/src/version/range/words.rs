//! Ranges of versions in words: `versions prior to 1.8`, `2.4.17 and prior`, `6.0 to 6.14.263`.
//!
//! Stricter than what is read of expressions: a text that holds anything else says nothing here.

use super::super::Version;
use std::cmp::Ordering;

/// Most versions of one text.
const VERSIONS_MAX: usize = 24;

/// What a stretch of text says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    /// Comparisons with signs between `|`: no word of the text but versions.
    pub(crate) range: String,
    /// `up to 7.0`, `1.0 to 2.0`: whether the end itself is meant is not said.
    pub(crate) soft: bool,
    /// Single versions and nothing else.
    pub(crate) exact: bool,
    /// How many bytes of the text it is.
    pub(crate) length: usize,
}

/// Words around a version that say nothing.
const NOISE: [&str; 24] = [
    "all",
    "any",
    "the",
    "firmware",
    "firmwares",
    "software",
    "application",
    "driver",
    "version",
    "versions",
    "ver",
    "ver.",
    "vers",
    "release",
    "releases",
    "rev",
    "rev.",
    "revision",
    "revisions",
    "fw",
    "v",
    "of",
    "those",
    "v.",
];

const OLDER: [&str; 8] =
    ["prior", "earlier", "older", "below", "lower", "previous", "before", "under"];
const NEWER: [&str; 6] = ["later", "newer", "above", "higher", "greater", "up"];

/// A word with the place where it ends.
#[derive(Clone, Debug)]
struct Word<'a> {
    text: &'a str,
    end: usize,
    /// A comma or semicolon stands behind it.
    comma: bool,
}

/// The whole text as a range, but for what says that it is affected.
pub(crate) fn whole(text: &str) -> Option<Told> {
    let lower = text.to_lowercase();
    let told = start(&lower)?;
    let rest = lower.get(told.length..)?.trim_matches([' ', '.', ',', ';']);
    let says = |rest: &str| {
        rest.is_empty()
            || matches!(rest, "versions" | "releases" | "are affected" | "is affected" | "only")
            || rest.starts_with("are affected by this")
    };
    says(rest).then_some(told)
}

/// The longest range at the beginning of a text in lower case.
pub(crate) fn start(lower: &str) -> Option<Told> {
    let words = split(lower);
    let mut at = 0;
    let mut items: Vec<Item> = Vec::new();
    let mut end = 0;
    while items.len() < VERSIONS_MAX {
        let Some((item, next)) = item(&words, at) else { break };
        items.push(item);
        end = words.get(next.checked_sub(1)?)?.end;
        at = next;
        // Between versions: a comma, `and`, `or`, or nothing.
        while matches!(words.get(at).map(|word| word.text), Some("and" | "or" | "&" | "|" | "as")) {
            at += 1;
        }
    }
    told(&items, end)
}

#[derive(Clone, Debug)]
enum Item {
    One(String),
    Upper { text: String, included: bool, soft: bool },
    Lower { text: String, included: bool },
    Both { low: String, high: String, included: bool, soft: bool },
}

fn told(items: &[Item], length: usize) -> Option<Told> {
    let singles = items.iter().filter(|item| matches!(item, Item::One(_))).count();
    let bounds = items.len() - singles;
    // `4.2 5.0 6.0 and prior`, `prior to 1.9, 2.2 or 2.4`: whose the words are is not said.
    if items.is_empty() || (singles > 0 && bounds > 0) || bounds > 3 {
        return None;
    }
    let mut soft = false;
    let mut parts = Vec::new();
    for item in items {
        match item {
            Item::One(text) => parts.push(text.clone()),
            Item::Upper { text, included, soft: own } => {
                soft |= own;
                parts.push(format!("{} {text}", if *included { "<=" } else { "<" }));
            }
            Item::Lower { text, included } => {
                parts.push(format!("{} {text}", if *included { ">=" } else { ">" }));
            }
            Item::Both { low, high, included, soft: own } => {
                soft |= own;
                let sign = if *included { "<=" } else { "<" };
                parts.push(format!(">= {low} | {sign} {high}"));
            }
        }
    }
    Some(Told { range: parts.join(" | "), soft, exact: bounds == 0, length })
}

fn split(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut from = 0;
    for piece in text.split([' ', '\u{a0}', '\n', '\t']) {
        let end = from + piece.len();
        let open = piece.trim_start_matches(['(', '"', '\'']);
        // `(96)` behind a version is a part of it.
        let whole = piece.starts_with('(')
            && piece.trim_end_matches([',', ';', '.']).ends_with(')')
            && open.len() <= 8;
        let kept = if whole { piece } else { open };
        let bare = kept.trim_end_matches([',', ';', '.', ':']);
        let bare = if whole { bare } else { bare.trim_end_matches([')', '"', '\'']) };
        let bare = bare.trim_end_matches([',', ';']);
        if !bare.is_empty() {
            let comma = kept.len() > bare.len() && piece.ends_with([',', ';', '.', ':', ')']);
            words.push(Word { text: bare, end: from + piece.len(), comma });
        }
        from = end + 1;
        if words.len() > 4 * VERSIONS_MAX {
            break;
        }
    }
    words
}

/// One version with the words that say how it bounds.
fn item(words: &[Word<'_>], at: usize) -> Option<(Item, usize)> {
    let text = |at: usize| words.get(at).map_or("", |word| word.text);
    let mut at = at;
    while NOISE.contains(&text(at)) || (text(at) == "from" || text(at) == "in") {
        at += 1;
    }
    let signed = text(at).starts_with(['<', '>', '=', '≤', '≥']);
    if signed {
        return None;
    }
    // `prior to 1.8`, `up to and including 2.0`, `older than 3`, `between 1 and 2`.
    let (upper, after) = leading(words, at);
    if let Some((included, soft)) = upper {
        let (version, next) = version(words, after)?;
        return Some((Item::Upper { text: version, included, soft }, next));
    }
    if text(at) == "between" {
        let (low, next) = version(words, at + 1)?;
        let (high, next) = version(words, next + usize::from(text(next) == "and"))?;
        return both(low, high, true, true).map(|item| (item, next));
    }
    let (own, next) = version(words, at)?;
    let closed = words.get(next.checked_sub(1)?).is_some_and(|word| word.comma);
    // `2.4 and prior`, `2.4 or any earlier versions`, `2.4 and later`.
    if matches!(text(next), "and" | "or" | "&") {
        let mut behind = next + 1;
        while matches!(text(behind), "all" | "any" | "potentially" | "possibly" | "other") {
            behind += 1;
        }
        let ends = |at: usize| {
            let more = usize::from(matches!(text(at), "versions" | "releases" | "version"));
            at + more
        };
        if OLDER.contains(&text(behind)) && text(behind + 1) != "to" && text(behind + 1) != "than" {
            return Some((
                Item::Upper { text: own, included: true, soft: false },
                ends(behind + 1),
            ));
        }
        if NEWER.contains(&text(behind)) && text(behind + 1) != "than" {
            let low = Item::Lower { text: own, included: true };
            // `2.0 and later prior to 2.5`.
            let behind = ends(behind + 1);
            if let (Some((included, soft)), after) = leading(words, behind)
                && let Item::Lower { text: low, .. } = &low
                && let Some((high, next)) = version(words, after)
            {
                return both(low.clone(), high, included, soft).map(|item| (item, next));
            }
            return Some((low, behind));
        }
        return Some((Item::One(own), next));
    }
    if closed {
        return Some((Item::One(own), next));
    }
    // `8.1 versions prior to 8.1.10`.
    let next = if text(next) == "versions" { next + 1 } else { next };
    // `1.0 to 2.0`, `1.0 through 2.0`, `1.0 prior to 2.0`.
    if let (Some((included, soft)), after) = inner(words, next) {
        let (high, next) = version(words, after)?;
        return both(own, high, included, soft).map(|item| (item, next));
    }
    Some((Item::One(own), next))
}

/// Both ends, where the second is above the first.
fn both(low: String, high: String, included: bool, soft: bool) -> Option<Item> {
    let (a, b) = (Version::read(&low)?, Version::read(&high)?);
    let fits = a.compare(&b, super::super::Notation::Numeric) == Some(Ordering::Less);
    fits.then_some(Item::Both { low, high, included, soft })
}

/// Words before an upper end: whether it is included and whether that is not said plainly; and
/// where the version stands.
fn leading(words: &[Word<'_>], at: usize) -> (Option<(bool, bool)>, usize) {
    let text = |at: usize| words.get(at).map_or("", |word| word.text);
    let including = |at: usize| text(at) == "and" && text(at + 1) == "including";
    match (text(at), text(at + 1)) {
        ("prior" | "previous", "to") | ("older" | "earlier" | "lower", "than") => {
            if including(at + 2) {
                (Some((true, false)), at + 4)
            } else {
                (Some((false, false)), at + 2)
            }
        }
        ("before" | "below", _) => {
            if including(at + 1) {
                (Some((true, false)), at + 3)
            } else {
                (Some((false, false)), at + 1)
            }
        }
        ("up", "to" | "through") => {
            if including(at + 2) {
                (Some((true, false)), at + 4)
            } else {
                (Some((true, true)), at + 2)
            }
        }
        ("through", _) => (Some((true, false)), at + 1),
        _ => (None, at),
    }
}

/// Words between two ends.
fn inner(words: &[Word<'_>], at: usize) -> (Option<(bool, bool)>, usize) {
    let text = |at: usize| words.get(at).map_or("", |word| word.text);
    match (text(at), text(at + 1), text(at + 2)) {
        ("to", "those", "prior") | ("up", "to", "those") => (None, at),
        ("to", "and", "including") => (Some((true, false)), at + 3),
        ("to" | "-" | "–" | "—", _, _) => (Some((true, true)), at + 1),
        _ => leading(words, at),
    }
}

/// Marks that stand behind a version's numbers.
const MARKS: [&str; 20] = [
    "sp", "hf", "update", "upd", "patch", "cu", "ru", "hotfix", "build", "fp", "mp", "r", "p", "u",
    "rev", "su", "sr", "cfr", "rollup", "spk",
];

/// A version with its service packs; and where the next word stands.
fn version(words: &[Word<'_>], at: usize) -> Option<(String, usize)> {
    let text = |at: usize| words.get(at).map_or("", |word| word.text);
    let mut at = at;
    while NOISE.contains(&text(at)) {
        at += 1;
    }
    let first = words.get(at).filter(|word| is_version(word.text))?;
    let mut out = first.text.to_owned();
    let mut closed = first.comma;
    at += 1;
    while let Some(word) = words.get(at).filter(|_| !closed) {
        let letters = word.text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (mark, number) = word.text.split_at_checked(letters)?;
        let digits = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        let group = word.text.starts_with('(')
            && word.text.trim_matches(['(', ')']).bytes().all(|b| b.is_ascii_digit());
        if (MARKS.contains(&mark) && digits(number)) || group {
            out = format!("{out} {}", word.text);
            closed = word.comma;
            at += 1;
        } else if let Some(next) = words.get(at + 1)
            && (MARKS.contains(&word.text) && digits(next.text))
        {
            out = format!("{out} {} {}", word.text, next.text);
            closed = next.comma;
            at += 2;
        } else {
            break;
        }
    }
    Version::read(&out)?;
    Some((out, at))
}

/// Starts with a number, behind two letters at most.
fn is_version(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    let rest = word.get(letters..).unwrap_or("").trim_start_matches('.');
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '(' | ')' | '_' | '-');
    letters <= 2
        && word.len() <= 32
        && rest.starts_with(|c: char| c.is_ascii_digit())
        && rest.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_ranges() {
        for (text, range, soft) in [
            ("Versions 2.4.17 and prior", "<= 2.4.17", false),
            ("versions prior to v1.8.0", "< v1.8.0", false),
            ("All versions prior to and including 2.1.6", "<= 2.1.6", false),
            ("all versions up to 7.6.2", "<= 7.6.2", true),
            ("6.0 to 6.14.263", ">= 6.0 | <= 6.14.263", true),
            ("v8.1 through v8.2.0", ">= v8.1 | <= v8.2.0", false),
            ("1.8.0 and older", "<= 1.8.0", false),
            ("SP1 P01 and earlier", "<= sp1 p01", false),
            ("v5.7.4 (96) and prior", "<= v5.7.4 (96)", false),
            ("2020 R2 P01 and all prior versions", "<= 2020 r2 p01", false),
            ("v5.0, v5.1, v3.0, and v3.1", "v5.0 | v5.1 | v3.0 | v3.1", false),
            ("v2.2 and later prior to v2.5.1", ">= v2.2 | < v2.5.1", false),
            ("4.2.21 5.0.27 6.0.16 and prior", "", false),
            ("versions prior to 1.99 2.20 or 2.40", "", false),
            ("32.011 and later", ">= 32.011", false),
            ("versions 1.2 and prior on hardware B", "", false),
        ] {
            let told = whole(text);
            let given = told.as_ref().map_or("", |told| told.range.as_str());
            assert_eq!(given, range, "{text}");
            assert!(told.is_none_or(|told| told.soft == soft), "{text}");
        }
    }
}
