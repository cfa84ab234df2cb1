//! What was imported and what the pack says, ready to be asked about devices.

use knowledge::pack::{Lifecycle, Manifest};
use knowledge::supply::Document;

/// Whom a document was imported for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// A device, by identifier.
    Asset(String),
    /// All devices of a supplier, by name.
    Supplier(String),
    /// Whomever it names itself: ranges of components, attested facts.
    Site,
}

impl Scope {
    /// Its name in documents.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Asset(_) => "asset",
            Self::Supplier(_) => "supplier",
            Self::Site => "site",
        }
    }

    /// The device's identifier or the supplier's name.
    pub fn subject(&self) -> Option<&str> {
        match self {
            Self::Asset(name) | Self::Supplier(name) => Some(name),
            Self::Site => None,
        }
    }

    /// The scope with this name.
    pub fn from_key(key: &str, subject: &str) -> Option<Self> {
        match key {
            "asset" => Some(Self::Asset(subject.to_owned())),
            "supplier" => Some(Self::Supplier(subject.to_owned())),
            "site" => Some(Self::Site),
            _ => None,
        }
    }
}

/// A document that was imported.
#[derive(Clone, Debug, PartialEq)]
pub struct Filed {
    /// Its number.
    pub id: i64,
    /// Its file name.
    pub name: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// Whom it was imported for.
    pub scope: Scope,
    /// When, RFC 3339 in UTC.
    pub imported: String,
    /// What is in it.
    pub document: Document,
}

/// The pack's facts that concern the supply chain.
#[derive(Clone, Debug)]
pub struct Outside {
    /// What the pack says of itself.
    pub manifest: Manifest,
    /// It came with the program.
    pub built_in: bool,
    /// How long products are supported.
    pub lives: Vec<Lifecycle>,
}

/// Documents and facts, ready to be asked.
#[derive(Debug)]
pub struct Supply {
    outside: Outside,
    filed: Vec<Filed>,
}

impl Supply {
    /// Puts documents and facts in order.
    pub fn new(outside: Outside, filed: Vec<Filed>) -> Self {
        Self { outside, filed }
    }

    /// The pack's facts.
    pub fn outside(&self) -> &Outside {
        &self.outside
    }

    /// The documents.
    pub fn filed(&self) -> &[Filed] {
        &self.filed
    }
}
