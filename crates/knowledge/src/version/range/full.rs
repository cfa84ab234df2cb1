//! What a product's whole name says of a range that was read from elsewhere.

use super::super::{Notation, Version};
use super::words::{self, Told};
use super::{Bound, Interval, Kind, Range};
use std::cmp::Ordering;

/// Conditions in a name: the range holds only where they do.
const CONDITIONS: [&str; 6] =
    [" without ", " when ", " only if ", " is enabled", " affected if ", " configured to "];

impl Range {
    /// What the words of a product's whole name make of its range: they are the publisher's own.
    /// `< 1.26` of "1.26 and prior" includes its bound; `9.9` of "versions prior to 9.9" does not;
    /// "prior to 3.0 without the security mechanism activated" holds under a condition. `None`
    /// where the name says nothing else.
    pub(crate) fn as_full_name_says(&self, full: &str) -> Option<Self> {
        let behind = full.split_once(": ").or_else(|| full.split_once(" - "));
        let behind = behind.map_or("", |(_, rest)| rest).to_lowercase();
        // `version 12.0 running MVE`.
        let runs = behind.split_once(" running ").is_some_and(|(head, what)| {
            words::whole(head).is_some() && !what.starts_with(|c: char| c.is_ascii_digit())
        });
        let conditional = runs || CONDITIONS.iter().any(|word| behind.contains(word));
        if !self.conditional && conditional {
            return Some(Self { conditional: true, ..self.clone() });
        }
        let last = behind.rsplit_once(": ").map_or(behind.as_str(), |(_, last)| last);
        let told = words::whole(last).or_else(|| signed(last));
        match told {
            Some(told) => self.as_told(&told),
            None => self.with_end_included(&full.to_lowercase()),
        }
    }

    /// The range that words say, where it is another than this.
    fn as_told(&self, told: &Told) -> Option<Self> {
        let own = Self::read(&told.range);
        let Kind::Intervals(words) = &own.kind else { return None };
        match &self.kind {
            // Lists and wildcards say more than one stretch of words.
            Kind::Exact(list) if list.len() == 1 => {
                let wild = list.iter().any(Version::has_wildcard);
                // `9.9` of "< 9.9": whether it is in is told in two ways.
                let ends = |top: &Version| list.iter().any(|one| is_same(one, top));
                let doubtful_end = own.fixed_at().is_some_and(ends);
                let conditional = self.conditional;
                (!wild && !told.soft).then_some(Self { conditional, doubtful_end, ..own })
            }
            Kind::Unread | Kind::Date => Some(Self { conditional: self.conditional, ..own }),
            Kind::All if !told.soft => Some(Self { conditional: self.conditional, ..own }),
            Kind::Intervals(list) => self.with_ends(list, words, told),
            _ => None,
        }
    }

    /// One stretch beside one stretch.
    fn with_ends(&self, list: &[Interval], words: &[Interval], told: &Told) -> Option<Self> {
        let [other] = words else { return None };
        // `13.0 | < 13.0.1` of ">= 13.0 | < 13.0.1": the same versions, with their signs.
        if list.len() > 1 && !told.soft && has_all(other, list) {
            return Some(Self { kind: Kind::Intervals(words.to_vec()), ..self.clone() });
        }
        let [own] = list else { return None };
        let made = |interval: Interval, doubtful_end| {
            let kind = Kind::Intervals(vec![interval]);
            Some(Self { kind, doubtful_end, ..self.clone() })
        };
        match (&own.upper, &other.upper) {
            (Some(a), Some(b)) if is_same_end(&a.version, &b.version) => {
                if a.inclusive == b.inclusive || told.soft {
                    return None;
                }
                let included = b.inclusive;
                let upper = Some(Bound { version: a.version.clone(), inclusive: true });
                let lower = own.lower.clone();
                // `<= 8.5` of "< 8.5": whether it is in is told in two ways.
                made(Interval { lower, upper }, !included)
            }
            // `>= 1.8.0` of "1.8.0 and older".
            (None, Some(top)) => {
                let same = |bound: &Bound| is_same(&bound.version, &top.version);
                let turned = own.lower.as_ref().is_some_and(same) && other.lower.is_none();
                if turned { made(other.clone(), false) } else { None }
            }
            _ => None,
        }
    }

    /// `< 1.26` of a text that says somewhere "1.26 and prior".
    fn with_end_included(&self, full: &str) -> Option<Self> {
        let Kind::Intervals(list) = &self.kind else { return None };
        let [Interval { lower, upper: Some(Bound { version, inclusive: false }) }] =
            list.as_slice()
        else {
            return None;
        };
        if !says_older(full, version.text()) {
            return None;
        }
        let upper = Some(Bound { version: version.clone(), inclusive: true });
        let kind = Kind::Intervals(vec![Interval { lower: lower.clone(), upper }]);
        Some(Self { kind, ..self.clone() })
    }
}

/// A text says "and prior" or the like right behind a version.
fn says_older(text: &str, version: &str) -> bool {
    const OLDER: [&str; 7] =
        ["prior", "earlier", "below", "older", "lower", "all prior", "previous"];
    let behind = text.split_once(&version.to_lowercase()).map_or("", |(_, rest)| rest);
    let joined = behind.strip_prefix(" and ").or_else(|| behind.strip_prefix(" or "));
    joined.is_some_and(|rest| {
        OLDER.iter().any(|word| rest.starts_with(word)) && !rest.starts_with("prior to")
    })
}

/// All versions of a list stand in one stretch.
fn has_all(one: &Interval, list: &[Interval]) -> bool {
    let ends = |interval: &Interval| {
        let bounds = interval.lower.iter().chain(&interval.upper);
        bounds.map(|bound| bound.version.clone()).collect::<Vec<_>>()
    };
    let known = ends(one);
    known.len() == 2
        && list.iter().flat_map(ends).all(|end| known.iter().any(|own| is_same(own, &end)))
}

/// The same, or the end of it: `2014 R2 SP1 P01` of a name that says the release, and `SP1 P01`.
fn is_same_end(a: &Version, b: &Version) -> bool {
    let (long, short) = (a.text().to_lowercase(), b.text().to_lowercase());
    is_same(a, b) || short.len() >= 3 && long.ends_with(&format!(" {short}"))
}

fn is_same(a: &Version, b: &Version) -> bool {
    a.compare(b, Notation::Numeric) == Some(Ordering::Equal)
}

/// `< 9.9`: a comparison with signs, where words are expected.
fn signed(text: &str) -> Option<Told> {
    let text = text.trim().trim_start_matches("versions ").trim_start_matches("version ");
    let starts = text.starts_with(['<', '>', '=']);
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || " .<>=|_-".contains(c));
    (starts && plain && text.len() <= 60).then(|| Told {
        range: text.to_owned(),
        soft: false,
        exact: false,
        length: text.len(),
    })
}
