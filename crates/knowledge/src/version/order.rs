//! The order of versions.

use super::{Mark, Part, Version, ios};
use std::cmp::Ordering::{self, Equal, Greater, Less};

/// How a maker writes minor numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Notation {
    /// Numbers: 2.9 is older than 2.70.
    #[default]
    Numeric,
    /// Perhaps two digits after the point, trailing zeros dropped: 2.9 may stand for 2.90. Where
    /// the two readings disagree, nothing is certain.
    Hundredths,
    /// Decimal fractions for certain: 2.9 is 2.90.
    Fraction,
}

/// All kinds of marks, in the order in which they count.
const MARKS: [Mark; 10] = [
    Mark::Release,
    Mark::ServicePack,
    Mark::ServiceRelease,
    Mark::Pack,
    Mark::Tcu,
    Mark::Update,
    Mark::HotFix,
    Mark::Patch,
    Mark::Point,
    Mark::Build,
];

/// Numbers behind a version from here on are builds.
const BUILD_MIN: u64 = 1_000;

/// `17Q2.1`: a year and its quarter.
fn is_quarter(version: &Version) -> bool {
    version.letter == "q" && !version.groups.is_empty()
}

/// `00.0A`: the last number counts to the base of sixteen, and `00.09` may be before it.
fn is_hexadecimal(version: &Version) -> bool {
    let bytes = version.text.as_bytes();
    matches!(bytes, [b'0'..=b'9', b'0'..=b'9', b'.', b'0', b'A'..=b'F' | b'a'..=b'f'])
}

impl Version {
    /// The order of two versions; `None` where it is not certain.
    ///
    /// Missing numbers of the base are zero. A missing mark is older than any. Missing unnamed
    /// groups, different unread words, and letters of different length leave it open.
    pub fn compare(&self, other: &Self, notation: Notation) -> Option<Ordering> {
        if self.base.is_empty() != other.base.is_empty() {
            return None;
        }
        // Written alike: `3.5 (12)`.
        if !self.has_wildcard() && self.text.eq_ignore_ascii_case(&other.text) {
            return Some(Equal);
        }
        // `17Q2.1` counts quarters.
        if is_hexadecimal(self) != is_hexadecimal(other) || is_quarter(self) != is_quarter(other) {
            return None;
        }
        if let Some((a, b)) = ios::read(&self.text).zip(ios::read(&other.text)) {
            return ios::compare(&a, &b);
        }
        if let Packs::Order(order) = packs(self, other) {
            return order;
        }
        // A year and a number are not on one scale: `2017` and `1.9.0`.
        let deep = |own: &Self| own.has_wildcard() && own.base.len() <= 2;
        if self.is_year() != other.is_year() && !(deep(self) || deep(other)) {
            return None;
        }
        // `6.02` and `6.1`: two digits after the point, or two numbers.
        let apart = [is_padded, is_counted_apart, is_run_together];
        if apart.iter().any(|is| is(self, other) || is(other, self)) {
            return None;
        }
        if notation == Notation::Hundredths {
            // Longer versions count by whole numbers.
            if self.base.len().max(other.base.len()) > 2 {
                return self.compare(other, Notation::Numeric);
            }
            let order = self.compare(other, Notation::Numeric);
            return order.filter(|_| order == self.compare(other, Notation::Fraction));
        }
        if self.is_counted() != other.is_counted() && self.base.len().max(other.base.len()) > 2 {
            return counted(self, other);
        }
        match prefixes(&self.prefix, &other.prefix)? {
            Equal => {}
            order => return Some(order),
        }
        match base(&self.base, &other.base, notation)? {
            (Equal, true) => return Some(Equal),
            (Equal, false) => {}
            (order, _) => return Some(order),
        }
        match letters(&self.letter, &other.letter)? {
            Equal => {}
            order => return Some(order),
        }
        let builds = builds(self, other);
        for mark in MARKS {
            if mark == Mark::Build
                && let Some((own, its)) = builds
            {
                return Some(own.cmp(its));
            }
            match self.mark(mark).cmp(other.mark(mark)) {
                Equal => {}
                order => return Some(order),
            }
        }
        if self.rest != other.rest {
            let first = self.groups.first().zip(other.groups.first());
            return first.filter(|(a, b)| a != b).map(|(a, b)| a.cmp(b));
        }
        match (self.groups.is_empty(), other.groups.is_empty()) {
            (true, true) => Some(Equal),
            (false, false) => Some(self.groups.cmp(&other.groups)),
            _ => None,
        }
    }

    fn mark(&self, mark: Mark) -> &[u64] {
        self.marks.iter().find(|(kind, _)| *kind == mark).map_or(&[], |(_, numbers)| numbers)
    }
}

/// The builds of `3.30 Build 24518` and `3.30_24518`: one names it, and the other has a number of
/// that size there.
fn builds<'a>(a: &'a Version, b: &'a Version) -> Option<(&'a [u64], &'a [u64])> {
    let unnamed = |own: &'a Version| {
        let plain = own.mark(Mark::Build).is_empty() && own.rest.is_empty();
        let large = own.groups.first().is_some_and(|first| *first >= BUILD_MIN);
        (plain && large).then_some(own.groups.as_slice())
    };
    let named = |own: &'a Version| {
        let own_build = own.mark(Mark::Build);
        (!own_build.is_empty() && own.groups.is_empty() && own.rest.is_empty()).then_some(own_build)
    };
    named(a).zip(unnamed(b)).or_else(|| unnamed(a).zip(named(b)))
}

/// What service packs beside numbers say of an order.
enum Packs {
    /// Nothing.
    None,
    /// This, or that it is open.
    Order(Option<Ordering>),
}

/// Service packs beside numbers: `9.80 SP4` and `9.80.75.3 SP3`, `V3.5 SP15` and `3.5.14.20`. Where
/// one base is the beginning of the other, the service packs tell the order; where only one has
/// any, the other may count them as numbers.
fn packs(a: &Version, b: &Version) -> Packs {
    let (short, long) = if a.base.len() < b.base.len() { (a, b) } else { (b, a) };
    let more = long.base.get(short.base.len()..).unwrap_or(&[]);
    let counts = more.iter().any(|part| !matches!(part, Part::Number { value: 0, .. }));
    let same = |(x, y): (&Part, &Part)| match (x, y) {
        (Part::Number { value: x, .. }, Part::Number { value: y, .. }) => x == y,
        _ => false,
    };
    if !counts || more.contains(&Part::Any) || !short.base.iter().zip(&long.base).all(same) {
        return Packs::None;
    }
    if a.mark(Mark::Pack) != b.mark(Mark::Pack) {
        return Packs::Order(Some(with_pack(a).cmp(&with_pack(b))));
    }
    // `3.1.4022.4` is `3.1 Build 4022.4`.
    let build = short.mark(Mark::Build);
    if build.len() >= 2
        && long.marks.is_empty()
        && long.base.len() == short.base.len() + build.len()
    {
        let joined = [short.start(short.base.len()), build.to_vec()].concat();
        let order = long.start(long.base.len()).cmp(&joined);
        return Packs::Order(Some(if a.base.len() < b.base.len() {
            order.reverse()
        } else {
            order
        }));
    }
    if let ([update], true) = (short.mark(Mark::Update), long.marks.is_empty()) {
        // `17.0.0.4` of a maker who also writes `V17 Update 4`.
        return Packs::Order(match long.base.get(short.base.len()..) {
            Some([.., Part::Number { value, .. }]) if short.marks.len() == 1 && is_fourth(long) => {
                let order = value.cmp(update);
                Some(if a.base.len() < b.base.len() { order.reverse() } else { order })
            }
            _ => None,
        });
    }
    let pack = |version: &Version| version.mark(Mark::ServicePack).first().copied();
    match (pack(a), pack(b)) {
        (Some(x), Some(y)) if x != y => Packs::Order(Some(x.cmp(&y))),
        (Some(_), None) | (None, Some(_)) => {
            Packs::Order(dotted(a).zip(dotted(b)).map(|(a, b)| a.cmp(&b)))
        }
        (None, None) | (Some(_), Some(_)) => Packs::None,
    }
}

/// Four numbers, with zeros between the first and the last.
fn is_fourth(version: &Version) -> bool {
    let zero = |part: &Part| matches!(part, Part::Number { value: 0, .. });
    matches!(version.base.as_slice(), [_, b, c, _] if zero(b) && zero(c))
}

/// A maintenance pack counts as the next number: `2020.2 MP3` is 2020.2.3.
fn with_pack(version: &Version) -> Vec<u64> {
    let mut numbers = version.start(version.base.len());
    numbers.extend(version.mark(Mark::Pack).first());
    numbers
}

/// Version 3.5 of CODESYS counts service packs and patches as numbers: `V3.5 SP14 Patch 2` is
/// 3.5.14.20. `None` for any other.
fn dotted(version: &Version) -> Option<Vec<u64>> {
    let mut numbers = version.start(version.base.len());
    if numbers.get(..2) != Some(&[3, 5]) {
        return None;
    }
    if let Some(pack) = version.mark(Mark::ServicePack).first() {
        let patch = version.mark(Mark::Patch).first().copied().unwrap_or(0);
        numbers.truncate(2);
        numbers.extend([*pack, patch.saturating_mul(10)]);
    }
    numbers.resize(4, 0);
    Some(numbers)
}

/// One writes its second number `02`, the other has one digit that is less: read as fractions,
/// their order is the other way round.
fn is_padded(a: &Version, b: &Version) -> bool {
    let second = |version: &Version| match version.base.as_slice() {
        [first, Part::Number { value, digits }, ..] => Some((*first, *value, *digits)),
        _ => None,
    };
    let (Some((x, a_value, a_digits)), Some((y, b_value, b_digits))) = (second(a), second(b))
    else {
        return false;
    };
    let same =
        matches!((x, y), (Part::Number { value: x, .. }, Part::Number { value: y, .. }) if x == y);
    same && a.base.len() == 2
        && a_digits == 2
        && a_value < 10
        && b_digits == 1
        && (1..a_value).contains(&b_value)
}

/// `16.20.00001` beside `16.20.01`: five digits count something else than two.
fn is_counted_apart(a: &Version, b: &Version) -> bool {
    a.base.iter().zip(&b.base).any(|parts| match parts {
        (Part::Number { value: x, digits: 5.. }, Part::Number { value: y, digits: 2 }) => {
            x == y && (1..100).contains(x)
        }
        _ => false,
    })
}

/// `3.30` beside `3.4.1.0`: it may be 3.3.0, and be older.
fn is_run_together(a: &Version, b: &Version) -> bool {
    match (a.base.as_slice(), b.base.as_slice()) {
        (
            [Part::Number { value: x, .. }, Part::Number { value: run, digits: 2 }],
            [Part::Number { value: y, .. }, Part::Number { value: own, digits: 1 }, third, ..],
        ) => {
            let third = if let Part::Number { value, .. } = third { *value } else { 0 };
            // `2.52` beside `2.5.3`.
            let next = run / 10 == *own && run % 10 < third;
            let older = run % 10 == 0 && run / 10 < *own;
            x == y && *run >= 10 && (older || next) && a.marks.is_empty()
        }
        _ => false,
    }
}

/// The order of two bases, and whether a trailing wildcard ends the comparison.
fn base(a: &[Part], b: &[Part], notation: Notation) -> Option<(Ordering, bool)> {
    let zero = Part::Number { value: 0, digits: 1 };
    for at in 0..a.len().max(b.len()) {
        let (x, y) = (*a.get(at).unwrap_or(&zero), *b.get(at).unwrap_or(&zero));
        let last = (at + 1 == a.len() && x == Part::Any) || (at + 1 == b.len() && y == Part::Any);
        if last {
            return Some((Equal, true));
        }
        let (Part::Number { value: x, digits: dx }, Part::Number { value: y, digits: dy }) = (x, y)
        else {
            continue;
        };
        let order = x.cmp(&y);
        if order == Equal && (notation == Notation::Numeric || dx == dy || at != 1) {
            continue;
        }
        if notation == Notation::Fraction && at == 1 && dx != dy {
            let longest = u32::from(dx.max(dy));
            let wide = |value: u64, digits: u8| {
                10u64.checked_pow(longest - u32::from(digits)).and_then(|f| value.checked_mul(f))
            };
            match wide(x, dx)?.cmp(&wide(y, dy)?) {
                Equal => continue,
                order => return Some((order, false)),
            }
        }
        return Some((order, false));
    }
    Some((Equal, false))
}

/// `FW22` and `03.10.08(22)`: the number in brackets is the counted one.
fn counted(a: &Version, b: &Version) -> Option<Ordering> {
    let number = |version: &Version| match (version.is_counted(), version.groups.as_slice()) {
        (true, _) => version.major(),
        (false, [one]) => Some(*one),
        _ => None,
    };
    Some(number(a)?.cmp(&number(b)?))
}

/// Letters before the numbers: both have them, equally many.
fn prefixes(a: &str, b: &str) -> Option<Ordering> {
    // Nearly always, and comparing nothing takes the processor long.
    if a.is_empty() && b.is_empty() {
        return Some(Equal);
    }
    // Whole words only name the firmware.
    (a.len() == b.len() && (a.len() <= 2 || a == b)).then(|| a.cmp(b))
}

fn letters(a: &str, b: &str) -> Option<Ordering> {
    match (a.is_empty(), b.is_empty()) {
        (true, true) => Some(Equal),
        (true, false) => Some(Less),
        (false, true) => Some(Greater),
        _ if a.len() == b.len() => Some(a.cmp(b)),
        _ => None,
    }
}
