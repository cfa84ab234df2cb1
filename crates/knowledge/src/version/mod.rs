//! Versions as makers of industrial devices write them, and their order.
//!
//! ```text
//! V5.6 SP2 HF3      base 5.6, marks SP 2, HF 3
//! R511.5_TCU4_HF4   base 511.5, marks TCU 4, HF 4
//! 1.156N            base 1.156, letter n
//! 15.2(7)E3         base 15.2, group 7, letter e, group 3
//! ```
//! The order is partial: [`Version::compare`] answers `None` where two texts cannot be put in
//! order for certain, and a verdict built on it must then be "undetermined".

mod date;
mod ios;
mod order;
mod range;
mod read;

pub use order::Notation;
pub(crate) use range::words as told;
pub use range::{Class, Facts, Range, Truth};

/// What stands behind a version's base, in the order in which it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// `2016 R2`, `-r1`: a release of the base.
    Release,
    /// Service pack.
    ServicePack,
    /// Service release.
    ServiceRelease,
    /// Maintenance or feature pack.
    Pack,
    /// Test and control update (Honeywell Experion).
    Tcu,
    /// Update, cumulative or security update.
    Update,
    /// Hot fix.
    HotFix,
    /// Patch.
    Patch,
    /// Point release: the `V6` of `R301-V6`.
    Point,
    /// Build.
    Build,
}

/// A number of a version's base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// A number and how many digits it was written with.
    Number { value: u64, digits: u8 },
    /// Any number: `x` or `*`.
    Any,
}

/// A version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// As written.
    text: String,
    /// One or two letters that are part of the version and stand before its numbers, lower case:
    /// `B13`, `LF`.
    prefix: String,
    /// Dotted numbers.
    base: Vec<Part>,
    /// Letters right behind the base, lower case.
    letter: String,
    /// Numbers behind it without a name: `(7)`, `-4018403`.
    groups: Vec<u64>,
    /// Named numbers, in order; each kind at most once.
    marks: Vec<(Mark, Vec<u64>)>,
    /// What could not be read; empty where all was.
    rest: String,
}

/// What stands before the numbers of a day.
const DAY: &str = "day";

impl Version {
    /// As written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The first number of the base.
    pub fn major(&self) -> Option<u64> {
        match self.base.first() {
            Some(Part::Number { value, .. }) => Some(*value),
            _ => None,
        }
    }

    /// The first numbers of the base; missing ones are zero.
    pub(crate) fn start(&self, depth: usize) -> Vec<u64> {
        let number = |at: usize| match self.base.get(at) {
            Some(Part::Number { value, .. }) => *value,
            _ => 0,
        };
        (0..depth).map(number).collect()
    }

    /// The same without its build, which only counts where both name one.
    pub(crate) fn without_build(&self) -> Option<Self> {
        let is_build = |(mark, _): &(Mark, _)| *mark == Mark::Build;
        self.marks.iter().any(is_build).then(|| {
            let mut plain = self.clone();
            plain.marks.retain(|mark| !is_build(mark));
            plain
        })
    }

    /// Service packs, updates and the like are named.
    pub(crate) fn has_marks(&self) -> bool {
        !self.marks.is_empty()
    }

    /// A hot fix or patch is named: what mends a version.
    pub(crate) fn is_mended(&self) -> bool {
        self.marks.iter().any(|(mark, _)| matches!(mark, Mark::HotFix | Mark::Patch))
    }

    /// The same without service packs, updates and the like.
    pub(crate) fn without_marks(&self) -> Option<Self> {
        (!self.marks.is_empty()).then(|| Self { marks: Vec::new(), ..self.clone() })
    }

    /// A single number, without service packs: what it says of versions below it is not certain.
    pub(crate) fn is_coarse(&self) -> bool {
        self.base.len() == 1 && self.marks.is_empty() && self.letter.is_empty()
    }

    /// Counted by whole numbers: WAGO's `FW18`, which is not on the scale of `03.01.07`.
    fn is_counted(&self) -> bool {
        let fw = self.text.trim().get(..2).is_some_and(|start| start.eq_ignore_ascii_case("fw"));
        fw && self.base.len() == 1
    }

    /// Makes a single number stand for all versions that begin with it.
    pub(crate) fn or_deeper(mut self) -> Self {
        if self.is_coarse() {
            self.base.push(Part::Any);
        }
        self
    }

    /// It is a day: `2023-11-15`, `May 1, 2024`.
    pub(crate) fn is_day(&self) -> bool {
        self.prefix == DAY
    }

    /// Its first number is a year: `2017 R2`.
    pub(crate) fn is_year(&self) -> bool {
        self.prefix.is_empty()
            && matches!(self.base.first(), Some(Part::Number { value: 1990..=2099, digits: 4 }))
    }

    /// The same without unnamed numbers behind its base: `8.2` of `8.2_20170817`.
    pub(crate) fn without_groups(&self) -> Option<Self> {
        (!self.groups.is_empty()).then(|| Self { groups: Vec::new(), ..self.clone() })
    }

    /// Nothing was left unread.
    pub fn is_clear(&self) -> bool {
        self.rest.is_empty()
    }

    /// The words that were left unread, between blanks.
    pub(crate) fn unread(&self) -> &str {
        &self.rest
    }

    /// A part of it stands for any number.
    pub fn has_wildcard(&self) -> bool {
        self.base.contains(&Part::Any)
    }

    /// How many numbers its base has.
    pub fn depth(&self) -> usize {
        self.base.len()
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}
