//! What documents of the supply chain say, in one vocabulary.

use serde::{Deserialize, Serialize};

/// Formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// CycloneDX, JSON or XML: a bill of materials, statements, or both.
    CycloneDx,
    /// SPDX 2.x, JSON or tag-value.
    Spdx,
    /// CSAF 2.0.
    Csaf,
    /// OpenVEX.
    OpenVex,
    /// OSV.
    Osv,
    /// Facts that people attest.
    Attested,
}

impl Format {
    /// Its name in documents.
    pub fn key(self) -> &'static str {
        match self {
            Self::CycloneDx => "cyclonedx",
            Self::Spdx => "spdx",
            Self::Csaf => "csaf",
            Self::OpenVex => "openvex",
            Self::Osv => "osv",
            Self::Attested => "attested",
        }
    }
}

/// A document as it was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Its format.
    pub format: Format,
    /// The format's version as the document gives it; empty where it does not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// Its own identifier; empty where it has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// Who made it, as it says itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// When it was made, as it says itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub made: String,
    /// What it describes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Component>,
    /// Parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<Component>,
    /// How parts belong together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<Relation>,
    /// Services that it offers or uses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<Service>,
    /// Statements on exploitability.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<Statement>,
    /// Vulnerabilities with ranges of components.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weak: Vec<Weak>,
    /// What people attest.
    #[serde(default, skip_serializing_if = "Attested::is_empty")]
    pub attested: Attested,
    /// What could not be read, with its place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub complaints: Vec<String>,
    /// Records that found no room.
    #[serde(default)]
    pub dropped: usize,
}

impl Document {
    /// An empty document.
    pub fn new(format: Format) -> Self {
        Self {
            format,
            version: String::new(),
            id: String::new(),
            author: String::new(),
            made: String::new(),
            subject: None,
            components: Vec::new(),
            relations: Vec::new(),
            services: Vec::new(),
            statements: Vec::new(),
            weak: Vec::new(),
            attested: Attested::default(),
            complaints: Vec::new(),
            dropped: 0,
        }
    }
}

/// A part: a library, a program, firmware, a chip.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// How the document itself refers to it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reference: String,
    /// `application`, `library`, `firmware`, `device`, … in the document's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// Its name, with its group before it.
    pub name: String,
    /// Its version.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// Who supplies or makes it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub supplier: String,
    /// Package URL.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub purl: String,
    /// CPE 2.2 or 2.3.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cpe: String,
    /// Licences: identifiers, expressions or names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub licences: Vec<String>,
    /// Hashes, `ALGORITHM:value`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hashes: Vec<String>,
    /// Country of origin, where the document states it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub country: String,
    /// Position of the part that it lies in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<u32>,
}

/// How two parts belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// Reference of the one.
    pub from: String,
    /// `depends_on`, `contains`, … lower case.
    pub kind: String,
    /// Reference of the other.
    pub to: String,
}

/// A service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Its name.
    pub name: String,
    /// Who offers it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub provider: String,
    /// Where.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub endpoints: Vec<String>,
    /// It crosses a border of trust, says the document.
    #[serde(default)]
    pub crosses_trust: bool,
}

/// What a statement says of a CVE in a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The product is affected.
    Affected,
    /// It is looked into.
    UnderInvestigation,
    /// It was fixed.
    Fixed,
    /// The product is not affected.
    NotAffected,
}

impl Status {
    /// Its name in documents.
    pub fn key(self) -> &'static str {
        match self {
            Self::Affected => "affected",
            Self::UnderInvestigation => "under_investigation",
            Self::Fixed => "fixed",
            Self::NotAffected => "not_affected",
        }
    }
}

/// A statement on exploitability (VEX).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The CVE, or the publisher's own identifier.
    pub cve: String,
    /// What it says.
    pub status: Status,
    /// Why it is not affected, in the format's own words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub justification: String,
    /// More about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// What to do.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub action: String,
    /// The products meant: references, package URLs or names; none for what the document is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<String>,
    /// Who says it, where another than the document's author does.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// When.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub at: String,
}

/// A vulnerability with the components that it is in. OSV schema 1.x.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weak {
    /// Its identifier.
    pub id: String,
    /// Other names, the CVE among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The ecosystem: `PyPI`, `npm`, `Debian:12`, …; empty where only a package URL is given.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ecosystem: String,
    /// The package.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub package: String,
    /// The package's URL without a version.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub purl: String,
    /// Affected ranges.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranges: Vec<Range>,
    /// Affected versions, listed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<String>,
    /// CVSS vector.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub vector: String,
    /// Last change, as the record gives it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub modified: String,
}

/// How versions of a range are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RangeKind {
    /// Semantic versions 2.0.
    Semver,
    /// As the ecosystem orders them.
    Ecosystem,
    /// Commits: only equal ones can be told.
    Git,
}

/// A range of versions: the events in the record's order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// How versions are ordered.
    pub kind: RangeKind,
    /// `introduced`, `fixed`, `last_affected` or `limit`, each with its version.
    pub events: Vec<(String, String)>,
}

/// Facts that people attest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attested {
    /// Who attests.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// Contracts and remote maintenance.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<Tie>,
    /// Countries of origin.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub origins: Vec<Origin>,
    /// How long products are sold and supported.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lives: Vec<LifeFact>,
}

impl Attested {
    /// Nothing is attested.
    pub fn is_empty(&self) -> bool {
        self.ties.is_empty() && self.origins.is_empty() && self.lives.is_empty()
    }
}

/// A document that proves a fact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Its name.
    pub name: String,
    /// Its SHA-256 in hexadecimal; empty where not given.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sha256: String,
}

/// Kinds of ties between the plant and a supplier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieKind {
    /// Deliveries, support, warranty.
    Contract,
    /// Somebody may reach devices from outside.
    RemoteMaintenance,
}

impl TieKind {
    /// Its name in documents.
    pub fn key(self) -> &'static str {
        match self {
            Self::Contract => "contract",
            Self::RemoteMaintenance => "remote_maintenance",
        }
    }
}

/// A tie between the plant and a supplier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tie {
    /// What kind.
    pub kind: TieKind,
    /// The supplier.
    pub supplier: String,
    /// What it is about.
    pub what: String,
    /// First day, `YYYY-MM-DD`; empty where open.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// Last day; empty where open.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub until: String,
    /// Devices by identifier or address; all devices of the supplier where none are named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assets: Vec<String>,
    /// Addresses or networks (`192.0.2.0/24`) from which remote maintenance comes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<String>,
    /// What proves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
}

/// What a country of origin is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OriginKind {
    /// Where the device was made.
    Manufacture,
    /// Where the maker has its seat; says nothing of where the device was made.
    Headquarters,
    /// Where its software is developed.
    Development,
}

impl OriginKind {
    /// Its name in documents.
    pub fn key(self) -> &'static str {
        match self {
            Self::Manufacture => "manufacture",
            Self::Headquarters => "headquarters",
            Self::Development => "development",
        }
    }
}

/// A country of origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// What it is about.
    pub kind: OriginKind,
    /// ISO 3166-1, two letters.
    pub country: String,
    /// The supplier; empty where a device is named.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub supplier: String,
    /// Only this product, model or order number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub product: String,
    /// Devices by identifier or address.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assets: Vec<String>,
    /// What proves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
}

/// How long a product is sold and supported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LifeFact {
    /// The supplier.
    pub supplier: String,
    /// The product, model or order number; `*` at the end stands for any rest.
    pub product: String,
    /// Last day on which it is sold; empty where not given.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub end_of_sale: String,
    /// Last day on which it is supported; empty where not given.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub end_of_support: String,
    /// What proves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
}
