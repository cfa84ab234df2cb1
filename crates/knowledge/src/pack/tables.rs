//! What a pack holds: facts as publishers give them, without prose.

use crate::advisory::{Advisory, Reading, Told, apply};
use serde::{Deserialize, Serialize};

/// All tables of a pack.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tables {
    /// Advisories, by identifier.
    pub advisories: Vec<Advisory>,
    /// CVEs known to be exploited, by CVE.
    pub exploited: Vec<Exploited>,
    /// How likely exploitation is, by CVE.
    pub likely: Vec<Likely>,
    /// What CVE records and national databases say, by CVE.
    pub cves: Vec<CveFact>,
    /// Other databases' names of CVEs, by name.
    pub aliases: Vec<Alias>,
    /// ATT&CK for ICS techniques, by identifier.
    pub techniques: Vec<Technique>,
    /// Tactics in the order of the matrix.
    pub tactics: Vec<Named>,
    /// Mitigations, by identifier.
    pub mitigations: Vec<Named>,
    /// How long products are supported, by product and cycle.
    pub lifecycles: Vec<Lifecycle>,
    /// Fingerprints of banners.
    pub banners: Vec<Banner>,
    /// PROFINET order numbers and descriptions with vendor and device number.
    pub profinet: Vec<ProfinetDevice>,
    /// Decision tables.
    pub decisions: Vec<Decision>,
    /// What analysts read in advisories. A pack keeps them behind the other tables.
    #[serde(skip)]
    pub readings: Vec<Reading>,
}

/// What the texts of CVEs say of versions: advisory, CVE, and what is told.
type AllTold = Vec<(u32, u32, Vec<Told>)>;

impl Tables {
    /// Readings that find no leaf in the advisories, in words.
    pub fn left_over(&self) -> Vec<String> {
        apply(&mut self.advisories.clone(), &self.readings)
    }

    /// Takes the advisories, as analysts read them.
    pub fn take_read(&mut self) -> Vec<Advisory> {
        let mut advisories = std::mem::take(&mut self.advisories);
        // Those that find no leaf were said when the pack was made.
        drop(apply(&mut advisories, &self.readings));
        advisories
    }

    /// What the texts of CVEs say, with the places of their entries.
    pub(super) fn told(&self) -> AllTold {
        let mut all = Vec::new();
        for (at, advisory) in self.advisories.iter().enumerate() {
            for (number, entry) in advisory.entries.iter().enumerate() {
                if !entry.told.is_empty() {
                    let place = (vocab::sat_u32(at), vocab::sat_u32(number));
                    all.push((place.0, place.1, entry.told.clone()));
                }
            }
        }
        all
    }

    /// Puts it back.
    pub(super) fn take_told(&mut self, all: AllTold) {
        for (at, number, told) in all {
            let advisory = self.advisories.get_mut(at as usize);
            let entry = advisory.and_then(|advisory| advisory.entries.get_mut(number as usize));
            if let Some(entry) = entry {
                entry.told = told;
            }
        }
    }
}

/// A CVE in a catalogue of exploited vulnerabilities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exploited {
    /// The CVE.
    pub cve: String,
    /// Day it was added.
    pub added: String,
    /// Day until which the publisher's own agencies must act.
    pub due: String,
    /// Used in ransomware campaigns.
    pub ransomware: bool,
}

/// How likely a CVE is exploited within 30 days. EPSS.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Likely {
    /// The CVE.
    pub cve: String,
    /// Probability, 0 to 1.
    pub score: f32,
    /// Share of CVEs with at most this score, 0 to 1.
    pub percentile: f32,
}

/// What a CVE record says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CveFact {
    /// The CVE.
    pub cve: String,
    /// CVSS vector.
    pub vector: String,
    /// CVSS base score.
    pub score: Option<f32>,
    /// Weakness class.
    pub cwe: String,
    /// SSVC exploitation: `none`, `poc`, `active`; empty where not given.
    pub exploitation: String,
    /// SSVC automatable.
    pub automatable: Option<bool>,
    /// The record was rejected.
    pub rejected: bool,
}

/// Another database's name of a CVE.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Alias {
    /// `CNVD-…` or `CNNVD-…`.
    pub name: String,
    /// The CVE.
    pub cve: String,
}

/// An identifier with its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Named {
    /// The identifier.
    pub id: String,
    /// The name.
    pub name: String,
}

/// A technique.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Technique {
    /// `T0…`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Identifiers of its tactics.
    pub tactics: Vec<String>,
    /// Names of the kinds of assets that it targets.
    pub targets: Vec<String>,
    /// Identifiers of mitigations.
    pub mitigations: Vec<String>,
}

/// A cycle of a product's life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lifecycle {
    /// The product.
    pub product: String,
    /// Version or name of the cycle.
    pub cycle: String,
    /// Day of its release; empty where not given.
    pub released: String,
    /// Last day of active support; empty where not given.
    pub support: String,
    /// Last day of security updates; empty where not given or open.
    pub end: String,
}

/// A fingerprint: what a banner says of its sender. Recog's format.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Banner {
    /// What is looked at: `ftp.banner`, `http_header.server`, `snmp.sys_description`, …
    pub field: String,
    /// Regular expression.
    pub pattern: String,
    /// Upper and lower case are the same.
    pub caseless: bool,
    /// Attribute and value; `$1` is the expression's first group.
    pub sets: Vec<(String, String)>,
}

/// A PROFINET device.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ProfinetDevice {
    /// Vendor number.
    pub vendor: u16,
    /// Device number.
    pub device: u16,
    /// An order number, perhaps with `*`; empty for a description's name.
    pub order_number: String,
    /// The name of its description file (GSDML); empty for an order number.
    pub gsdml: String,
}

/// A decision table: the columns in order, the last one is the outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Its name.
    pub name: String,
    /// Names of its columns.
    pub columns: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<String>>,
}
