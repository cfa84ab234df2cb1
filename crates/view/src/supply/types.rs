//! The documents: passports, suppliers, warnings, facts with their age.

use serde::Serialize;
use std::collections::BTreeMap;

/// A document that proves an attested fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ProofView {
    /// Its name.
    pub name: String,
    /// Its SHA-256 in hexadecimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// A country of origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct OriginView {
    /// ISO 3166-1, two letters.
    pub country: String,
    /// `manufacture`, `development`, or `headquarters`: the seat of the maker, which says nothing
    /// of where the device was made.
    pub kind: &'static str,
    /// A person or a document of this site says so; else it is from the program's own table.
    pub attested: bool,
    /// Where it is from: who attests, which document, which table.
    pub source: String,
    /// What proves it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<ProofView>,
}

/// How long a product is sold and supported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct LifeView {
    /// What it is about: the device, its operating system, a program.
    pub subject: String,
    /// The product and cycle that it was taken for.
    pub product: String,
    /// `supported`, `ending` (at most 180 days left), `ended`, or `unknown`.
    pub state: &'static str,
    /// Day of release.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub released: Option<String>,
    /// Last day on which it is sold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_of_sale: Option<String>,
    /// Last day of active support.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_of_support: Option<String>,
    /// Last day of security updates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_of_security: Option<String>,
    /// A person or a document of this site says so; else it is from the pack.
    pub attested: bool,
    /// Where it is from.
    pub source: String,
    /// What proves it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<ProofView>,
}

/// A document that was imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SupplyDocumentView {
    /// Its number.
    pub id: i64,
    /// Its file name.
    pub name: String,
    /// `cyclonedx`, `spdx`, `csaf`, `openvex`, `osv`, `attested`.
    pub format: &'static str,
    /// `asset`, `supplier` or `site`: whom it was imported for.
    pub scope: &'static str,
    /// The device's identifier, or the supplier's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Who made it, as it says itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// When it was made, as it says itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made: Option<String>,
    /// When it was imported.
    pub imported: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Components in it.
    pub components: usize,
    /// Statements on exploitability in it.
    pub statements: usize,
    /// What could not be read, with its place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub complaints: Vec<String>,
    /// Records that found no room.
    pub dropped: usize,
}

/// A weakness of a component.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ComponentWeaknessView {
    /// The CVE, else the publisher's identifier.
    pub cve: String,
    /// The record that says so: an OSV record, an advisory, an SBOM's own list.
    pub source: String,
    /// `affected` or `undetermined`.
    pub verdict: &'static str,
    /// Why, in English.
    pub reason: String,
    /// Why, as a code.
    pub code: &'static str,
    /// The code's arguments.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<&'static str, String>,
    /// The version that fixes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixed: Option<String>,
    /// CVSS base score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cvss: Option<f32>,
    /// What statements say of it, where there are some: `affected`, `under_investigation`,
    /// `fixed`, `not_affected`, or `disputed` where they disagree.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stated: Option<&'static str>,
}

/// A component of a device.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ComponentView {
    /// Its name.
    pub name: String,
    /// Its version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// `library`, `firmware`, `device`, … in the document's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Who supplies it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supplier: Option<String>,
    /// Package URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purl: Option<String>,
    /// CPE.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpe: Option<String>,
    /// Licences.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub licences: Vec<String>,
    /// Hashes, `ALGORITHM:value`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hashes: Vec<String>,
    /// Number of the document that lists it.
    pub document: i64,
    /// For a component with vulnerabilities: how the product leads to it, both with them; left out
    /// where the document does not say. Of long ways the middle is left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<String>,
    /// What is known against it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vulnerabilities: Vec<ComponentWeaknessView>,
}

/// A statement on exploitability.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct StatementView {
    /// The CVE.
    pub cve: String,
    /// `affected`, `under_investigation`, `fixed`, `not_affected`.
    pub status: &'static str,
    /// Why it is not affected, in the format's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub justification: Option<String>,
    /// More about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// The products meant, as the document names them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<String>,
    /// Who says it.
    pub author: String,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Number of the document.
    pub document: i64,
    /// Another statement on the same CVE says otherwise.
    pub disputed: bool,
}

/// A contract or a permission to reach devices from outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct TieView {
    /// `contract` or `remote_maintenance`.
    pub kind: &'static str,
    /// The supplier.
    pub supplier: String,
    /// What it is about.
    pub what: String,
    /// First day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// `current`, `over` or `future`.
    pub state: &'static str,
    /// Addresses from which remote maintenance may come.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<String>,
    /// What proves it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<ProofView>,
    /// Who attests it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Number of the document.
    pub document: i64,
    /// For remote maintenance: somebody was seen to reach the device from these addresses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed: Option<bool>,
}

/// Access from outside that was seen, compared with what is attested.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct RemoteView {
    /// Address of who reaches the device.
    pub peer: String,
    /// The peer's name or maker where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peer_name: Option<String>,
    /// The peer's zone.
    pub zone: String,
    /// Protocols.
    pub protocols: Vec<&'static str>,
    /// First time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// Last time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    /// `as_attested`, `other_address` (a tie is attested, but not from there), `outside_period`,
    /// or `no_tie`.
    pub verdict: &'static str,
    /// The same in English.
    pub text: String,
}

/// A service of a device, as documents declare it and as it was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ServiceView {
    /// `undeclared` (seen, but no document declares it), `unseen` (declared, but nobody was seen to
    /// use it), `as_declared`, or `elsewhere` (declared, but not at a port of this device).
    pub verdict: &'static str,
    /// `warning`, `info` or `none`.
    pub severity: &'static str,
    /// The same in English.
    pub text: String,
    /// Its name in the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Who offers it, says the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// Its endpoint, as the document writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// `tcp` or `udp`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transport: Option<&'static str>,
    /// The port.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// It crosses a border of trust, says the document.
    pub crosses_trust: bool,
    /// Number of the document that declares it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<i64>,
    /// Where it was seen; left out where it was not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<ServedView>,
}

/// What was seen of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ServedView {
    /// Protocols.
    pub protocols: Vec<&'static str>,
    /// Conversations with it, by client and protocol.
    pub clients: usize,
    /// First time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// Last time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    /// Position of the file that shows it.
    pub file: u16,
    /// Number of the first frame in it.
    pub frame: u64,
}

/// A device's passport: what it is, where it comes from, what is in it, who may touch it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct PassportView {
    /// The picture it is made from.
    pub revision: u64,
    /// The device's identifier.
    pub asset: String,
    /// Its name, else its identifier.
    pub name: String,
    /// Maker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor: Option<String>,
    /// Key of the supplier, for its page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supplier: Option<String>,
    /// Product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Order number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_number: Option<String>,
    /// Firmware.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub firmware: Option<String>,
    /// Hardware.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hardware: Option<String>,
    /// Serial number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// Role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<&'static str>,
    /// Zone.
    pub zone: String,
    /// Countries of origin.
    pub origins: Vec<OriginView>,
    /// How long it and its software are supported.
    pub lives: Vec<LifeView>,
    /// Documents that say something of it.
    pub documents: Vec<SupplyDocumentView>,
    /// Components, those with weaknesses first; at most 2,000.
    pub components: Vec<ComponentView>,
    /// All components.
    pub components_total: usize,
    /// Components and weaknesses that were not looked at: the documents are too large.
    pub components_unseen: usize,
    /// Statements on exploitability.
    pub statements: Vec<StatementView>,
    /// Contracts and permissions.
    pub ties: Vec<TieView>,
    /// Access from outside that was seen.
    pub remote: Vec<RemoteView>,
    /// Services that documents declare, compared with those that were seen; the gravest first.
    pub services: Vec<ServiceView>,
    /// What other plants decided about this model.
    pub pooled: Vec<PooledView>,
    /// What the passport lacks: `sbom`, `vex`, `origin`, `life`, `contract`.
    pub missing: Vec<&'static str>,
}

/// What other plants decided about a CVE on a model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PooledView {
    /// The CVE.
    pub cve: String,
    /// Maker and model.
    pub model: String,
    /// Firmware, where the plants name the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub firmware: Option<String>,
    /// `open`, `accepted`, `mitigated`, `fixed`, `false_positive`.
    pub state: &'static str,
    /// Kinds of controls, the commonest first.
    pub controls: Vec<String>,
    /// Reasons that plants chose to share.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// Plants that decided so.
    pub plants: usize,
    /// Their devices.
    pub devices: usize,
    /// In English.
    pub text: String,
}

/// An early warning: what changed for the plant when facts changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct WarningView {
    /// Its number.
    pub id: i64,
    /// When it was found.
    pub at: String,
    /// What changed: `pack` or `document`.
    pub cause: String,
    /// The advisory or the CVE.
    pub advisory: String,
    /// `new`, `worse`, `better` or `gone`.
    pub change: String,
    /// In English: "a new advisory, X, touches 14 of your devices in 2 zones".
    pub text: String,
    /// Devices touched.
    pub devices: usize,
    /// Zones touched.
    pub zones: Vec<String>,
    /// Identifiers of devices touched; at most 1,000.
    pub assets: Vec<String>,
}

/// Where a table of facts comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct IntelSource {
    /// The table: `advisories`, `exploited`, …
    pub table: String,
    /// The publisher and the document.
    pub name: String,
    /// Its date, version or commit.
    pub version: String,
    /// Its age; left out where the source gives no date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age_days: Option<i64>,
    /// Its licence.
    pub licence: String,
    /// Records.
    pub records: usize,
    /// SHA-256 of what was read.
    pub hash: String,
}

/// The facts from outside that are in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct IntelPage {
    /// The pack's number.
    pub sequence: u64,
    /// Day on which it was made.
    pub made: String,
    /// Its age.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age_days: Option<i64>,
    /// Today, by which ages count.
    pub today: String,
    /// It came with the program; else it was taken with `ferrite intel update`.
    pub built_in: bool,
    /// Where its facts come from.
    pub sources: Vec<IntelSource>,
}
