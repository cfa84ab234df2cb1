//! Advisories as facts: which products and versions, which CVE, what fixes it. No prose.
//! What a person reads in them that a program does not stands beside them (`reading.rs`).
//!
//! ```text
//! Advisory ─ leaves    a product with a range of versions, as the maker wrote both
//!          └ entries   a CVE with the leaves that are affected, not affected, fixed; remedies
//! ```
//! The unit of a verdict is a device, an advisory and a CVE, because one device may match an
//! advisory for some of its CVEs only.

mod csaf;
mod fix;
pub(crate) mod node;
mod reading;
mod told;

pub use csaf::{CsafError, read_csaf};
pub use fix::fixed_versions;
pub use reading::{READINGS_MAX, Reading, apply, read_readings};

use crate::version::Version;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// An advisory.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Advisory {
    /// The publisher's identifier.
    pub id: String,
    /// Its title: the names of maker and products.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// Day of its first release, `YYYY-MM-DD`.
    pub released: String,
    /// Day of this revision.
    pub updated: String,
    /// Products with their versions.
    pub leaves: Vec<Leaf>,
    /// CVEs.
    pub entries: Vec<Entry>,
}

impl Advisory {
    /// All its leaves are of one name.
    pub(crate) fn is_on_one_product(&self) -> bool {
        self.leaves.windows(2).all(|pair| matches!(pair, [a, b] if a.product == b.product))
    }
}

/// A product with a range of versions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaf {
    /// The maker as written.
    pub vendor: String,
    /// The product as written, with the names of its families before it.
    pub product: String,
    /// The version or the range as written; empty where there is none.
    pub range: String,
    /// The whole name as written, where it says more than product and range.
    pub full: String,
    /// Order or model numbers that the advisory gives for it.
    pub orders: Vec<String>,
    /// The product that it is installed on.
    pub on: String,
    /// Its text as published, where an analyst's reading stands for it.
    #[serde(skip)]
    pub published: String,
}

impl Leaf {
    /// Both are one published leaf, or readings of it.
    pub(crate) fn is_of_one_text(&self, other: &Self) -> bool {
        match (self.published.is_empty(), other.published.is_empty()) {
            (true, true) => false,
            (true, false) => other.published == self.text(),
            (false, true) => self.published == other.text(),
            (false, false) => self.published == other.published,
        }
    }

    /// What an analyst reads in it, as product and range; `None` where it stands as published.
    pub fn read_as(&self) -> Option<String> {
        let read = format!("{}: {}", self.product, self.range);
        (!self.published.is_empty() && read != self.published).then_some(read)
    }

    /// The leaf as one line, verbatim in its parts.
    pub fn text(&self) -> String {
        if !self.published.is_empty() {
            return self.published.clone();
        }
        let mut text = self.product.clone();
        if !self.range.is_empty() {
            text = format!("{text}: {}", self.range);
        }
        if !self.on.is_empty() {
            text = format!("{text} installed on {}", self.on);
        }
        text
    }
}

/// A CVE of an advisory.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its identifier; the publisher's own where there is no CVE.
    pub cve: String,
    /// Weakness class, `CWE-…`; empty where not given.
    pub cwe: String,
    /// CVSS vector; empty where not given.
    pub vector: String,
    /// CVSS base score, 0 to 10.
    pub score: Option<f32>,
    /// Positions of leaves that are affected.
    pub affected: Vec<u32>,
    /// That are not affected.
    pub not_affected: Vec<u32>,
    /// In which it is fixed.
    pub fixed: Vec<u32>,
    /// That are under investigation.
    pub open: Vec<u32>,
    /// What helps.
    pub remedies: Vec<Remedy>,
    /// What its text says of versions of single leaves. A pack keeps it beside its advisories.
    #[serde(skip)]
    pub told: Vec<Told>,
}

/// What the text of a CVE says of the versions of some leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Comparisons with signs.
    pub range: String,
    /// For which leaves.
    pub leaves: Vec<u32>,
    /// Single versions and nothing else.
    pub exact: bool,
    /// The text says that it is in no others.
    pub only: bool,
}

/// Something that helps against a CVE.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remedy {
    /// What kind.
    pub kind: RemedyKind,
    /// Versions named as the ones to update to.
    pub versions: Vec<String>,
    /// For which leaves, in order.
    pub leaves: Vec<u32>,
    /// The versions in the form that compares, once they were asked for.
    #[serde(skip)]
    parsed: Parsed,
}

/// Versions in the form that compares; nothing of what is published.
#[derive(Clone, Debug, Default)]
struct Parsed(OnceLock<Vec<Version>>);

impl PartialEq for Parsed {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Parsed {}

impl Remedy {
    /// What helps these leaves, which are in order.
    pub fn new(kind: RemedyKind, versions: Vec<String>, leaves: Vec<u32>) -> Self {
        Self { kind, versions, leaves, parsed: Parsed::default() }
    }

    /// It helps a leaf: one that names none is for all.
    pub(crate) fn is_for(&self, leaf: u32) -> bool {
        self.leaves.is_empty() || self.leaves.binary_search(&leaf).is_ok()
    }

    /// Its versions, those that are no version left out.
    pub(crate) fn read(&self) -> &[Version] {
        let read = || self.versions.iter().filter_map(|text| Version::read(text)).collect();
        self.parsed.0.get_or_init(read)
    }
}

/// Kinds of remedies. CSAF 2.0 §3.2.3.12.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RemedyKind {
    /// The maker's update.
    Fix,
    /// Something that makes it less likely.
    Mitigation,
    /// Something that avoids it.
    Workaround,
    /// There is no fix yet.
    NoneAvailable,
    /// There will be none.
    NoFixPlanned,
}
