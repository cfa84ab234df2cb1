//! Which advisories mean a device, and whether its version is affected.
//!
//! ```text
//! device ─ vendor keys, order number, words ─ index ─► leaves that may mean it
//! leaf   ─ identity grade (order number > model > family) ─ version range ─► yes, no, open
//! leaves ─ per advisory and CVE, the most specific ones decide ─► verdict with its reason
//! ```
//! Unknown never counts as good: where identity or version leave it open, the verdict is
//! undetermined and says what is missing.

mod cover;
mod explain;
mod family;
mod full;
mod grade;
mod index;
mod label;
mod models;
mod names;
mod near;
mod order;
mod parts;
mod patterns;
mod product;
mod titles;
mod vendor;
mod verdict;
mod words;

pub use explain::{explain, why};
pub use family::FamilyError;

use crate::advisory::Advisory;
use crate::version::{Facts, Notation, Version};
use family::Families;
use index::{Index, Sources};
use product::Named;
use std::collections::BTreeSet;
use vendor::Vendors;

/// What is known of a device.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Device {
    /// Its maker.
    pub vendor: String,
    /// Product and model, as one text.
    pub product: String,
    /// Order number.
    pub order_number: Option<String>,
    /// Firmware or software version.
    pub firmware: Option<String>,
    /// Hardware version or series.
    pub hardware: Option<String>,
    /// Serial number.
    pub serial: Option<String>,
}

/// Whether a device is affected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It is.
    Affected,
    /// It cannot be said.
    Undetermined,
    /// It is not.
    NotAffected,
}

impl Verdict {
    /// Its name in documents.
    pub fn key(self) -> &'static str {
        match self {
            Self::Affected => "affected",
            Self::Undetermined => "undetermined",
            Self::NotAffected => "not_affected",
        }
    }
}

/// How well a leaf names a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Some words fit; the leaf says more than is known of the device.
    I1,
    /// Maker and family.
    I2,
    /// Maker and full model.
    I3,
    /// Order number.
    I4,
    /// Serial number.
    I5,
}

impl Grade {
    /// Its name in documents.
    pub fn key(self) -> &'static str {
        match self {
            Self::I1 => "I1",
            Self::I2 => "I2",
            Self::I3 => "I3",
            Self::I4 => "I4",
            Self::I5 => "I5",
        }
    }
}

/// A verdict on a device, an advisory and a CVE.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Position of the advisory.
    pub advisory: usize,
    /// Position of the CVE in it.
    pub entry: usize,
    /// The verdict.
    pub verdict: Verdict,
    /// How well the device is named.
    pub grade: Grade,
    /// Position of the leaf that decided.
    pub leaf: usize,
    /// Position of a leaf that contradicts it.
    pub against: Option<usize>,
    /// The version that fixes it, as written.
    pub fixed: Option<String>,
    /// The code of the reason.
    pub reason: &'static str,
}

/// Advisories ready to be asked.
#[derive(Debug)]
pub struct Matcher {
    advisories: Vec<Advisory>,
    vendors: Vendors,
    families: Families,
    index: Index,
}

impl Matcher {
    /// Makes the index over advisories.
    ///
    /// # Errors
    /// When the built-in dictionary of families cannot be read, which a test excludes.
    pub fn new(advisories: Vec<Advisory>) -> Result<Self, FamilyError> {
        let vendors = Vendors::load();
        let families = Families::load()?;
        let index = Index::new(Sources { advisories: &advisories, vendors: &vendors });
        Ok(Self { advisories, vendors, families, index })
    }

    fn sources(&self) -> Sources<'_> {
        Sources { advisories: &self.advisories, vendors: &self.vendors }
    }

    /// The advisories, in the order in which positions count.
    pub fn advisories(&self) -> &[Advisory] {
        &self.advisories
    }

    /// Makers under one key: for grouping devices and advisories by supplier.
    pub fn vendor_keys(&self, name: &str) -> BTreeSet<String> {
        self.vendors.keys(name)
    }

    /// How many leaves are on products of a maker.
    pub fn leaves_of(&self, vendor: &str) -> usize {
        self.index.leaves_of(&self.vendors.keys(vendor), &self.vendors)
    }

    /// Reads the names of a maker's products, which the first question about one of its devices
    /// would do.
    pub fn read_ahead(&self, vendor: &str) {
        self.index.read_ahead(&self.vendors.keys(vendor), self.sources());
    }

    /// All verdicts on a device, by advisory and CVE.
    pub fn matches(&self, device: &Device) -> Vec<Match> {
        let (asked, whole) = self.both(device);
        let mut all = self.index.found(&asked, self.sources());
        if let Some(whole) = &whole {
            for (advisory, leaves) in self.index.found(whole, self.sources()) {
                index::prefer(all.entry(advisory).or_default(), leaves);
            }
        }
        let mut found = Vec::new();
        for (advisory, leaves) in all {
            let Some(text) = self.advisories.get(advisory) else { continue };
            found.extend(verdict::judge(advisory, text, &leaves, &asked));
        }
        found
    }

    /// The device by its name alone, and with its product's text as it is, where that is more.
    fn both(&self, device: &Device) -> (Asked, Option<Asked>) {
        let name = self.name_of(device);
        let whole = (name != device.product).then(|| self.ask_with(device, &device.product));
        (self.ask_with(device, &name), whole)
    }

    /// The name alone that a device's text says.
    fn name_of(&self, device: &Device) -> String {
        let name = label::plain(&device.product, |name| {
            self.vendors.is_maker(name, &device.vendor) || self.index.is_maker(name)
        });
        label::without_major(&name, device.firmware.as_deref()).to_owned()
    }

    /// Takes a new revision of an advisory, or a new advisory; returns its position. Only the
    /// names of its makers are read anew; the verdicts of other advisories stay as they are, and
    /// [`Self::matches_of`] gives those of this one.
    pub fn advisory_changed(&mut self, advisory: Advisory) -> usize {
        let own = self.advisories.iter().position(|own| own.id == advisory.id);
        let at = own.unwrap_or(self.advisories.len());
        if let Some(own) = self.advisories.get_mut(at) {
            *own = advisory;
        } else {
            self.advisories.push(advisory);
        }
        let sources = Sources { advisories: &self.advisories, vendors: &self.vendors };
        self.index.changed(at, sources);
        at
    }

    /// The verdicts of one advisory on a device, without a look at the others.
    pub fn matches_of(&self, device: &Device, advisory: usize) -> Vec<Match> {
        let (asked, whole) = self.both(device);
        let mut leaves = self.index.found_in(&asked, advisory, self.sources());
        if let Some(whole) = &whole {
            index::prefer(&mut leaves, self.index.found_in(whole, advisory, self.sources()));
        }
        let text = self.advisories.get(advisory);
        text.map(|text| verdict::judge(advisory, text, &leaves, &asked)).unwrap_or_default()
    }

    /// How many names of products are looked at for a device, and how many there are: the measure
    /// of work, the same on every machine.
    pub fn effort(&self, device: &Device) -> (usize, usize) {
        self.index.effort(&self.ask(device), self.sources())
    }

    fn ask(&self, device: &Device) -> Asked {
        self.ask_with(device, &self.name_of(device))
    }

    fn ask_with(&self, device: &Device, name: &str) -> Asked {
        let mut vendors = self.vendors.keys(&device.vendor);
        vendors.extend(self.vendors.in_front_of(&device.product));
        vendors.extend(self.index.in_front_of(&device.product).map(str::to_owned));
        vendor::follow(&mut vendors, &device.product);
        let product = vendor::off(name, &device.vendor);
        let mut named = Named::of_device(product, device.order_number.as_deref());
        // A maker's name in a product's text is no part of the product.
        named.without_maker(&vendors, &device.product);
        named.maker.extend(words::words(&device.vendor));
        let text = format!("{} {}", device.product, device.order_number.as_deref().unwrap_or(""));
        let own = named.words.clone();
        let is_et200 = self.families.extend(&vendors, &text, &mut named);
        let told = device.firmware.as_deref().map(|text| parts::with_year(&device.product, text));
        let told = told.and_then(|text| Version::read(firmware_of(&text)));
        let is_named = told.is_none();
        let version = told.or_else(|| parts::version_in(&device.product));
        let mut series = named.series.clone();
        if let Some(letter) = device.hardware.as_deref().and_then(series_of) {
            series.insert(letter);
        }
        let notation = if vendors.contains("schneider electric") {
            Notation::Hundredths
        } else {
            Notation::Numeric
        };
        Asked {
            vendors,
            named,
            own,
            text: device.product.to_lowercase(),
            is_et200,
            version,
            is_named,
            serial: device.serial.clone(),
            firmware: device.firmware.clone(),
            hardware: device.hardware.clone(),
            series,
            notation,
        }
    }
}

/// A device in the form that compares.
#[derive(Debug)]
struct Asked {
    vendors: BTreeSet<String>,
    named: Named,
    /// Its words without those of its families.
    own: BTreeSet<String>,
    /// What it says of its product, in lower case.
    text: String,
    is_et200: bool,
    version: Option<Version>,
    /// The version is only what the product's name says.
    is_named: bool,
    serial: Option<String>,
    firmware: Option<String>,
    hardware: Option<String>,
    series: BTreeSet<char>,
    notation: Notation,
}

impl Asked {
    /// What ranges are asked with.
    fn facts(&self) -> Facts<'_> {
        Facts {
            version: self.version.as_ref(),
            serial: self.serial.as_deref(),
            notation: self.notation,
        }
    }

    /// The device's own text says this word.
    fn says(&self, word: &str) -> bool {
        let lower = |text: &Option<String>| {
            text.as_deref().is_some_and(|text| text.to_lowercase().contains(word))
        };
        self.text.contains(word) || lower(&self.firmware)
    }

    /// The device's own text says which variant it is: `CP300`, `signed`.
    fn has_variant(&self) -> bool {
        let word = |word: &String| {
            matches!(word.as_str(), "signed" | "unsigned")
                || word
                    .strip_prefix("cp")
                    .is_some_and(|n| n.len() == 3 && n.bytes().all(|b| b.is_ascii_digit()))
        };
        self.own.iter().any(word)
    }
}

/// The version inside what a device says of its firmware: a SEL relay's whole identifier
/// (`SEL-751-R302-V2-Z…`), a release with its version (`R8 V3.4.0.1`).
fn firmware_of(text: &str) -> &str {
    let at = text.match_indices("-R").map(|(at, _)| at + 1).find(|at| {
        let mut rest = text.get(at + 1..).unwrap_or("").chars();
        rest.by_ref().take(3).filter(char::is_ascii_digit).count() == 3 && rest.next() == Some('-')
    });
    if let Some(at) = at {
        let rest = text.get(at..).unwrap_or(text);
        let end = rest.match_indices('-').nth(1).map_or(rest.len(), |(end, _)| end);
        return rest.get(..end).unwrap_or(rest);
    }
    if let Some(tail) = behind_name(text) {
        return tail;
    }
    match text.rsplit_once(" V").or_else(|| text.rsplit_once(" v")) {
        Some((head, tail))
            if tail.contains('.')
                && tail.starts_with(|c: char| c.is_ascii_digit())
                && head
                    .trim_start_matches(['R', 'r', 'v', 'V'])
                    .bytes()
                    .all(|b| b.is_ascii_digit()) =>
        {
            tail
        }
        _ => text,
    }
}

/// `CPC80 V16.20`, `ALEOS 4.16.0`: the firmware's own name before its version.
fn behind_name(text: &str) -> Option<&str> {
    const MARKS: [&str; 12] = [
        "sp", "hf", "upd", "update", "patch", "build", "rev", "release", "version", "ver", "fw",
        "firmware",
    ];
    let (name, rest) = text.trim().split_once([' ', '_'])?;
    let lower = name.to_lowercase();
    let letters = lower.chars().take_while(|c| c.is_alphabetic()).count();
    let named = letters >= 2
        && lower.chars().all(|c| c.is_alphanumeric() || c == '-')
        && !MARKS.iter().any(|mark| lower.trim_end_matches(char::is_numeric) == *mark);
    let number = rest.trim_start_matches(['v', 'V']);
    let dotted = number.starts_with(|c: char| c.is_ascii_digit()) && number.contains('.');
    (named && dotted).then_some(rest)
}

/// `Series C`, `C`, `Ser C`.
fn series_of(hardware: &str) -> Option<char> {
    let upper = hardware.trim().to_uppercase();
    let last = upper.split([' ', ':', '/']).next_back()?;
    let mut chars = last.chars();
    let letter = chars.next().filter(char::is_ascii_uppercase)?;
    chars.next().is_none().then_some(letter)
}
