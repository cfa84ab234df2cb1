//! Ranges of versions as advisories write them.

mod atom;
mod full;
mod hold;
mod scales;
mod text;
pub(crate) mod words;

use super::{Notation, Version};
use hold::{any, branches, is_same, own_branch, serial, tops};
use std::cmp::Ordering;

/// What kind of expression a range is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// All versions.
    All,
    /// One bound.
    OneBound,
    /// Two bounds, or several intervals.
    Bounds,
    /// Exact versions, lists, wildcards.
    Exact,
    /// Fixed in several branches.
    Branches,
    /// Compares the beginning of a serial number.
    Serial,
    /// Compares a date of release.
    Date,
    /// No expression that can be read.
    Unread,
}

impl Class {
    /// Its name in reports.
    pub fn key(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::OneBound => "one_bound",
            Self::Bounds => "bounds",
            Self::Exact => "exact",
            Self::Branches => "branches",
            Self::Serial => "serial",
            Self::Date => "date",
            Self::Unread => "unread",
        }
    }
}

/// An answer that may be open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Truth {
    /// It is in the range.
    Yes,
    /// It is not.
    No,
    /// Open, with the code of the reason.
    Open(&'static str),
}

/// What is known of the device.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts<'a> {
    /// Its firmware or software version.
    pub version: Option<&'a Version>,
    /// Its serial number.
    pub serial: Option<&'a str>,
    /// How its maker writes versions.
    pub notation: Notation,
}

/// A bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bound {
    pub(crate) version: Version,
    pub(crate) inclusive: bool,
}

/// A stretch of versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Interval {
    pub(crate) lower: Option<Bound>,
    pub(crate) upper: Option<Bound>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    All,
    /// Any of these.
    Intervals(Vec<Interval>),
    /// The same range on several scales: what compares with a version decides.
    Scales(Vec<Interval>),
    /// Exactly these.
    Exact(Vec<Version>),
    /// Below each of these, of branches that are not told; ascending.
    Tops(Vec<Version>),
    /// Fixed at each of these within its own major number; ascending.
    Branches(Vec<Version>),
    /// The first digits of the serial number.
    Serial {
        digits: usize,
        value: u64,
        inclusive: bool,
    },
    /// Released before a day.
    Date,
    Unread,
}

/// A range of versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    kind: Kind,
    /// It holds only under a condition that the network does not show.
    conditional: bool,
    /// At its very bound more is asked: `< V2.2 with patch P`.
    open_at_end: bool,
    /// Whether its very bound is in it is told in two ways.
    doubtful_end: bool,
}

impl Range {
    /// Reads an expression. What cannot be read gives a range that leaves everything open.
    pub fn read(text: &str) -> Self {
        text::read(text)
    }

    /// Without a condition.
    fn plain(kind: Kind) -> Self {
        Self { kind, conditional: false, open_at_end: false, doubtful_end: false }
    }

    /// All versions, without a condition.
    pub fn all() -> Self {
        Self::plain(Kind::All)
    }

    /// What kind of expression it is.
    pub fn class(&self) -> Class {
        match &self.kind {
            Kind::All => Class::All,
            Kind::Intervals(list) if list.iter().all(Interval::is_of_days) => Class::Date,
            Kind::Intervals(list) => match list.as_slice() {
                [
                    Interval { lower: Some(_), upper: None }
                    | Interval { lower: None, upper: Some(_) },
                ] => Class::OneBound,
                _ => Class::Bounds,
            },
            Kind::Scales(_) => Class::OneBound,
            Kind::Exact(_) => Class::Exact,
            Kind::Branches(_) | Kind::Tops(_) => Class::Branches,
            Kind::Serial { .. } => Class::Serial,
            Kind::Date => Class::Date,
            Kind::Unread => Class::Unread,
        }
    }

    /// It holds only under a condition that the network does not show.
    pub fn is_conditional(&self) -> bool {
        self.conditional
    }

    /// The lowest version above all of the range that its text names as not in it: what fixes it.
    pub fn fixed_at(&self) -> Option<&Version> {
        match &self.kind {
            Kind::Intervals(list) => match list.as_slice() {
                [Interval { upper: Some(Bound { version, inclusive: false }), .. }] => {
                    Some(version)
                }
                _ => None,
            },
            Kind::Branches(list) => list.last(),
            _ => None,
        }
    }

    /// Another text says the same stretch of versions.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        let (Kind::Intervals(a), Kind::Intervals(b)) = (&self.kind, &other.kind) else {
            return false;
        };
        let same = |a: &Option<Bound>, b: &Option<Bound>| match (a, b) {
            (None, None) => true,
            (Some(a), Some(b)) => {
                a.inclusive == b.inclusive
                    && a.version.compare(&b.version, Notation::Numeric) == Some(Ordering::Equal)
            }
            _ => false,
        };
        a.len() == b.len()
            && a.iter().zip(b).all(|(a, b)| same(&a.lower, &b.lower) && same(&a.upper, &b.upper))
    }

    /// The version is the one upper end, which is not in it.
    pub(crate) fn excludes(&self, version: &Version, notation: Notation) -> bool {
        let Kind::Intervals(list) = &self.kind else { return false };
        let [Interval { upper: Some(Bound { version: top, inclusive: false }), .. }] =
            list.as_slice()
        else {
            return false;
        };
        version.compare(top, notation) == Some(Ordering::Equal)
    }

    /// What fixes a version: of several branches, its own.
    pub(crate) fn fixed_at_for(&self, version: Option<&Version>) -> Option<&Version> {
        match (&self.kind, version.and_then(Version::major)) {
            (Kind::Branches(list), Some(major)) => {
                list.iter().find(|fix| fix.major() == Some(major)).or_else(|| list.last())
            }
            _ => self.fixed_at(),
        }
    }

    /// A range whose versions are the first digits of serial numbers: `<= 20081`.
    pub(crate) fn of_serials(text: &str) -> Self {
        let plain = Self::read(text);
        let kind = match &plain.kind {
            Kind::Intervals(list) => match list.as_slice() {
                [Interval { lower: None, upper: Some(bound) }] => bound
                    .version
                    .major()
                    .filter(|_| bound.version.is_coarse())
                    .map(|value| Kind::Serial { digits: 5, value, inclusive: bound.inclusive }),
                _ => None,
            },
            _ => None,
        };
        kind.map_or(plain, Self::plain)
    }

    /// One bound of five digits without a point.
    pub(crate) fn looks_like_serials(text: &str) -> bool {
        let rest = text.trim().trim_start_matches(['<', '=', ' ']);
        rest.len() == 5
            && rest.len() < text.trim().len()
            && rest.bytes().all(|b| b.is_ascii_digit())
    }

    /// Nothing bounds it above.
    pub fn is_open_above(&self) -> bool {
        match &self.kind {
            Kind::All => true,
            Kind::Intervals(list) => list.iter().any(|interval| interval.upper.is_none()),
            _ => false,
        }
    }

    /// An interval without an upper end holds this version: where it ends is open.
    pub(crate) fn is_open_above_for(&self, version: &Version, notation: Notation) -> bool {
        match &self.kind {
            Kind::Intervals(list) => {
                let closed = list.iter().filter(|interval| interval.upper.is_some());
                self.is_open_above()
                    && any(closed.map(|interval| interval.holds(version, notation))) != Truth::Yes
            }
            _ => self.is_open_above(),
        }
    }

    /// More than a version, which is not in it, and nothing else.
    pub(crate) fn is_only_above(&self) -> bool {
        let Kind::Intervals(list) = &self.kind else { return false };
        matches!(list.as_slice(), [Interval { lower: Some(bound), upper: None }] if !bound.inclusive)
    }

    /// The first version of the range, where the text names it.
    pub(crate) fn first(&self) -> Option<&Version> {
        match &self.kind {
            Kind::Intervals(list) => list.first()?.lower.as_ref().map(|bound| &bound.version),
            Kind::Exact(list) => list.first(),
            _ => None,
        }
    }

    /// The first number of some version that it names.
    pub(crate) fn any_major(&self) -> Option<u64> {
        match &self.kind {
            Kind::Intervals(list) => {
                let first = list.first()?;
                first.upper.as_ref().or(first.lower.as_ref())?.version.major()
            }
            Kind::Exact(list) | Kind::Branches(list) => list.first()?.major(),
            _ => None,
        }
    }

    /// Its upper end is a whole number, which stands for all that begins with it.
    pub(crate) fn has_coarse_top(&self) -> bool {
        match &self.kind {
            Kind::Intervals(list) => list.iter().any(|interval| {
                interval.upper.as_ref().is_some_and(|upper| upper.version.has_wildcard())
            }),
            _ => false,
        }
    }

    /// The one upper bound, where the range is nothing else.
    pub fn upper(&self) -> Option<&Version> {
        match &self.kind {
            Kind::Intervals(list) => match list.as_slice() {
                [Interval { upper: Some(bound), lower: None }] => Some(&bound.version),
                _ => None,
            },
            _ => None,
        }
    }

    /// The versions that it names one by one.
    pub fn named(&self) -> &[Version] {
        match &self.kind {
            Kind::Exact(list) => list,
            _ => &[],
        }
    }

    /// Is the device in the range?
    pub fn holds(&self, facts: &Facts<'_>) -> Truth {
        let plain = self.holds_plainly(facts);
        match plain {
            Truth::Yes if self.conditional => Truth::Open("condition"),
            // `< V2.2 with patch P`: V2.2 itself may have the patch or not.
            Truth::No if self.open_at_end && self.ends_at(facts) => Truth::Open("condition"),
            Truth::No | Truth::Yes if self.doubtful_end && self.ends_at(facts) => {
                Truth::Open("bound")
            }
            other => other,
        }
    }

    /// The version is the upper bound.
    fn ends_at(&self, facts: &Facts<'_>) -> bool {
        let Kind::Intervals(list) = &self.kind else { return false };
        let top = match list.as_slice() {
            [Interval { upper: Some(top), .. }] => &top.version,
            _ => return false,
        };
        let is_top = |own: &Version| own.compare(top, facts.notation) == Some(Ordering::Equal);
        facts.version.is_some_and(is_top)
    }

    fn holds_plainly(&self, facts: &Facts<'_>) -> Truth {
        if facts.notation == Notation::Hundredths && facts.version.is_some_and(|v| v.depth() <= 2) {
            // Both readings are asked; where they agree, it does not matter which is right.
            let of = |notation| self.holds_plainly(&Facts { notation, ..*facts });
            let (numeric, fraction) = (of(Notation::Numeric), of(Notation::Fraction));
            return if numeric == fraction { numeric } else { Truth::Open("order") };
        }
        match &self.kind {
            Kind::All => return Truth::Yes,
            Kind::Serial { digits, value, inclusive } => {
                return serial(facts.serial, *digits, *value, *inclusive);
            }
            Kind::Date => return Truth::Open("date"),
            Kind::Unread => return Truth::Open("unread_range"),
            Kind::Intervals(_)
            | Kind::Scales(_)
            | Kind::Exact(_)
            | Kind::Tops(_)
            | Kind::Branches(_) => {}
        }
        let Some(version) = facts.version else { return Truth::Open("no_version") };
        match &self.kind {
            Kind::Intervals(list) => {
                let own = own_branch(version, list);
                // `<= 3.11 | <= 2021-1`: versions and years; its own scale counts.
                let of_scale = |i: &&Interval| {
                    i.upper.as_ref().is_none_or(|top| top.version.is_year() == version.is_year())
                };
                if own.iter().any(|i| of_scale(&i)) && !own.iter().all(|i| of_scale(&i)) {
                    return any(own
                        .iter()
                        .filter(of_scale)
                        .map(|i| i.holds(version, facts.notation)));
                }
                any(own.iter().map(|i| i.holds(version, facts.notation)))
            }
            Kind::Scales(list) => {
                // The scale whose numbers are nearest to the version's is its own.
                let own = list.iter().min_by_key(|i| i.distance(version));
                own.map_or(Truth::Open("order"), |i| i.holds(version, facts.notation))
            }
            Kind::Exact(list) => any(list.iter().map(|one| is_same(version, one, facts.notation))),
            Kind::Branches(list) => branches(version, list, facts.notation),
            Kind::Tops(list) => tops(version, list, facts.notation),
            _ => Truth::Open("unread_range"),
        }
    }
}
