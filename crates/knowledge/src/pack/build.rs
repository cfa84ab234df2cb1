//! Making tables from publishers' files.

use super::{Source, Tables};
use crate::advisory::{read_csaf, read_readings};
use crate::import::{self, ImportError, Imported};
use crate::version::{Class, Range};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Most complaints kept of one run.
const COMPLAINTS_MAX: usize = 10_000;

/// Files to read. Each may be plain, gzip or zstd; lists of documents may be folders, tar archives
/// or one document a line.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// CSAF 2.0 advisories.
    pub csaf: Vec<PathBuf>,
    /// What analysts read in the advisories.
    pub readings: Vec<PathBuf>,
    /// CISA's catalogue of known exploited vulnerabilities.
    pub kev: Option<PathBuf>,
    /// EPSS values; only of CVEs that the advisories name, or [`Files::named`].
    pub epss: Option<PathBuf>,
    /// Records of the CVE List, version 5.
    pub cve: Vec<PathBuf>,
    /// Answers of NVD's interface, version 2.0.
    pub nvd: Vec<PathBuf>,
    /// CNVD and CNNVD lists.
    pub cn: Vec<PathBuf>,
    /// ATT&CK for ICS, STIX 2.1.
    pub attack: Option<PathBuf>,
    /// Recog fingerprints.
    pub recog: Vec<PathBuf>,
    /// A folder of endoflife.date pages.
    pub lifecycle: Option<PathBuf>,
    /// PROFINET order numbers.
    pub profinet: Option<PathBuf>,
    /// SSVC decision tables.
    pub decisions: Vec<PathBuf>,
    /// CVEs that count as named by advisories: those of a pack that the tables are put onto.
    pub named: BTreeSet<String>,
}

/// Tables with where they come from and what was wrong.
#[derive(Clone, Debug, Default)]
pub struct Built {
    /// The tables.
    pub tables: Tables,
    /// A source per kind of file that was given.
    pub sources: Vec<Source>,
    /// What was wrong: file, place, fault.
    pub complaints: Vec<String>,
    /// How many leaves' version expressions are of each class.
    pub classes: BTreeMap<&'static str, usize>,
}

/// Reads all files.
///
/// # Errors
/// When a file cannot be read at all; single records that cannot be read are complaints.
pub fn build(files: &Files) -> Result<Built, ImportError> {
    let mut built = Built::default();
    built.advisories(&files.csaf)?;
    built.readings(&files.readings)?;
    if let Some(path) = &files.kev {
        let (imported, digest) = built.one(path, import::read_kev)?;
        built.source(
            "exploited",
            "CISA Known Exploited Vulnerabilities",
            "CC0-1.0",
            &imported,
            digest,
        );
        built.tables.exploited = imported.records;
    }
    let mut named: BTreeSet<String> = built.named_cves();
    named.extend(files.named.iter().cloned());
    if let Some(path) = &files.epss {
        let read = |bytes: &[u8]| import::read_epss(bytes, &|cve| named.contains(cve));
        let (imported, digest) = built.one(path, read)?;
        built.source("likely", "FIRST EPSS", "free with attribution", &imported, digest);
        built.tables.likely = imported.records;
    }
    built.cves(files, &named)?;
    built.aliases(&files.cn, &named)?;
    if let Some(path) = &files.attack {
        let (attack, digest) = Built::read(path, import::read_attack)?;
        built.complain(path, &attack.complaints);
        let records = attack.techniques.len();
        built.push(
            "techniques",
            "MITRE ATT&CK for ICS",
            "MITRE ATT&CK terms of use",
            &attack.version,
            records,
            digest,
        );
        built.tables.techniques = attack.techniques;
        built.tables.tactics = attack.tactics;
        built.tables.mitigations = attack.mitigations;
    }
    for path in &files.recog {
        let (imported, digest) = built.one(path, import::read_recog)?;
        built.source("banners", "Rapid7 Recog", "BSD-2-Clause", &imported, digest);
        built.tables.banners.extend(imported.records);
    }
    built.lifecycles(files.lifecycle.as_deref())?;
    if let Some(path) = &files.profinet {
        let (imported, digest) = built.one(path, import::read_profinet)?;
        built.source("profinet", "OC_ProfinetDeviceIds", "BSD-3-Clause", &imported, digest);
        built.tables.profinet = imported.records;
    }
    for path in &files.decisions {
        let name =
            path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let (decision, digest) = Built::read(path, |bytes| import::read_decision(&name, bytes))?;
        built.push(
            "decisions",
            &format!("CERT/CC SSVC {name}"),
            "MIT (SEI)",
            "",
            decision.rows.len(),
            digest,
        );
        built.tables.decisions.push(decision);
    }
    Ok(built)
}

impl Built {
    /// The share of leaves whose version expression was understood, 0 to 1.
    pub fn understood(&self) -> f64 {
        let total: usize = self.classes.values().sum();
        let unread = self.classes.get(Class::Unread.key()).copied().unwrap_or(0);
        #[expect(clippy::cast_precision_loss, reason = "counts of advisories are far below 2^52")]
        let share = (total - unread) as f64 / total.max(1) as f64;
        share
    }

    fn complain(&mut self, path: &Path, complaints: &[String]) {
        let name = path.display();
        let room = COMPLAINTS_MAX.saturating_sub(self.complaints.len());
        self.complaints.extend(complaints.iter().take(room).map(|what| format!("{name}: {what}")));
    }

    fn push(
        &mut self,
        table: &str,
        name: &str,
        licence: &str,
        version: &str,
        records: usize,
        hash: String,
    ) {
        self.sources.push(Source {
            table: table.to_owned(),
            name: name.to_owned(),
            version: version.to_owned(),
            licence: licence.to_owned(),
            records,
            hash,
        });
    }

    fn source<T>(
        &mut self,
        table: &str,
        name: &str,
        licence: &str,
        imported: &Imported<T>,
        hash: String,
    ) {
        self.push(table, name, licence, &imported.version, imported.records.len(), hash);
    }

    /// Reads one document; names the file in the error.
    fn read<T>(
        path: &Path,
        read: impl FnOnce(&[u8]) -> Result<T, ImportError>,
    ) -> Result<(T, String), ImportError> {
        let mut bytes = Vec::new();
        let opened = import::open(path)?.take(import::FILE_BYTES_MAX).read_to_end(&mut bytes);
        opened.map_err(|error| ImportError::Io { path: path.display().to_string(), error })?;
        let value = read(&bytes)
            .map_err(|error| ImportError::Other(format!("{}: {error}", path.display())))?;
        Ok((value, super::hash(&bytes)))
    }

    fn one<T>(
        &mut self,
        path: &Path,
        read: impl FnOnce(&[u8]) -> Result<Imported<T>, ImportError>,
    ) -> Result<(Imported<T>, String), ImportError> {
        let (imported, digest) = Self::read(path, read)?;
        self.complain(path, &imported.complaints);
        Ok((imported, digest))
    }

    /// Reads documents of several files, each by `take`; returns how many, the newest date that
    /// `take` names, and the hash over all.
    fn many(
        &mut self,
        paths: &[PathBuf],
        mut take: impl FnMut(&mut Self, &str, &[u8]) -> Option<String>,
    ) -> Result<(usize, String, String), ImportError> {
        use sha2::Digest;
        let (mut count, mut newest) = (0, String::new());
        let mut digest = sha2::Sha256::new();
        for path in paths {
            import::for_each_document(path, &mut |name, bytes| {
                digest.update(bytes);
                if let Some(date) = take(self, name, bytes) {
                    count += 1;
                    newest = std::mem::take(&mut newest).max(date);
                }
            })?;
        }
        let digest = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok((count, newest, digest))
    }

    fn advisories(&mut self, paths: &[PathBuf]) -> Result<(), ImportError> {
        if paths.is_empty() {
            return Ok(());
        }
        // The newest revision of each counts.
        let mut by_id: BTreeMap<String, crate::advisory::Advisory> = BTreeMap::new();
        let (count, newest, digest) = self.many(paths, |this, name, bytes| {
            if !(name.contains(".json") || name.contains(".jsonl")) {
                return None;
            }
            match read_csaf(bytes) {
                Ok((advisory, wrong)) => {
                    this.complain(Path::new(name), &wrong);
                    let updated = advisory.updated.clone();
                    match by_id.get(&advisory.id) {
                        Some(own) if own.updated > advisory.updated => {}
                        _ => {
                            by_id.insert(advisory.id.clone(), advisory);
                        }
                    }
                    Some(updated)
                }
                Err(error) => {
                    this.complain(Path::new(name), &[error.to_string()]);
                    None
                }
            }
        })?;
        self.push(
            "advisories",
            "CSAF 2.0 advisories",
            "as published, facts only",
            &newest,
            count,
            digest,
        );
        self.tables.advisories = by_id.into_values().collect();
        for leaf in self.tables.advisories.iter().flat_map(|advisory| &advisory.leaves) {
            *self.classes.entry(Range::read(&leaf.range).class().key()).or_default() += 1;
        }
        Ok(())
    }

    fn readings(&mut self, paths: &[PathBuf]) -> Result<(), ImportError> {
        for path in paths {
            let ((readings, wrong), digest) = Self::read(path, |bytes| {
                let text = std::str::from_utf8(bytes)
                    .map_err(|error| ImportError::Other(format!("is no UTF-8 text: {error}")))?;
                Ok(read_readings(text))
            })?;
            self.complain(path, &wrong);
            let licence = "Apache-2.0";
            let name = "Ferrite readings of advisories";
            self.push("readings", name, licence, "", readings.len(), digest);
            self.tables.readings.extend(readings);
        }
        Ok(())
    }

    fn named_cves(&self) -> BTreeSet<String> {
        let entries = self.tables.advisories.iter().flat_map(|advisory| &advisory.entries);
        entries.map(|entry| entry.cve.clone()).collect()
    }

    /// Records of CVEs that advisories name. The CVE List's go before NVD's.
    fn cves(&mut self, files: &Files, named: &BTreeSet<String>) -> Result<(), ImportError> {
        let mut by_cve: BTreeMap<String, super::CveFact> = BTreeMap::new();
        if !files.nvd.is_empty() {
            let (count, newest, digest) =
                self.many(&files.nvd, |this, name, bytes| match import::read_nvd(bytes) {
                    Ok(imported) => {
                        this.complain(Path::new(name), &imported.complaints);
                        let wanted =
                            imported.records.into_iter().filter(|fact| named.contains(&fact.cve));
                        by_cve.extend(wanted.map(|fact| (fact.cve.clone(), fact)));
                        Some(imported.version)
                    }
                    Err(error) => {
                        this.complain(Path::new(name), &[error.to_string()]);
                        None
                    }
                })?;
            self.push("cves", "NVD 2.0", "public domain", &newest, count, digest);
        }
        if !files.cve.is_empty() {
            let (count, _, digest) =
                self.many(&files.cve, |this, name, bytes| match import::read_cve(bytes) {
                    Ok((fact, wrong)) => {
                        this.complain(Path::new(name), &wrong);
                        if named.contains(&fact.cve) {
                            by_cve.insert(fact.cve.clone(), fact);
                        }
                        Some(String::new())
                    }
                    Err(error) => {
                        this.complain(Path::new(name), &[error.to_string()]);
                        None
                    }
                })?;
            self.push("cves", "CVE List 5", "CVE terms of use", "", count, digest);
        }
        self.tables.cves = by_cve.into_values().collect();
        Ok(())
    }

    fn aliases(&mut self, paths: &[PathBuf], named: &BTreeSet<String>) -> Result<(), ImportError> {
        if paths.is_empty() {
            return Ok(());
        }
        let mut aliases = Vec::new();
        let (_, _, digest) =
            self.many(paths, |this, name, bytes| match import::read_cn(bytes) {
                Ok(imported) => {
                    this.complain(Path::new(name), &imported.complaints);
                    aliases.extend(
                        imported.records.into_iter().filter(|alias| named.contains(&alias.cve)),
                    );
                    Some(String::new())
                }
                Err(error) => {
                    this.complain(Path::new(name), &[error.to_string()]);
                    None
                }
            })?;
        aliases.sort();
        aliases.dedup();
        self.push("aliases", "CNVD, CNNVD", "identifiers only", "", aliases.len(), digest);
        self.tables.aliases = aliases;
        Ok(())
    }

    fn lifecycles(&mut self, folder: Option<&Path>) -> Result<(), ImportError> {
        let Some(folder) = folder else { return Ok(()) };
        let mut cycles = Vec::new();
        let (_, _, digest) = self.many(&[folder.to_owned()], |this, name, bytes| {
            let path = Path::new(name);
            if path.extension().is_none_or(|ending| ending != "md") {
                return None;
            }
            let product = path.file_stem().map(|stem| stem.to_string_lossy().into_owned())?;
            let imported = import::read_lifecycle(&product, &String::from_utf8_lossy(bytes));
            this.complain(path, &imported.complaints);
            cycles.extend(imported.records);
            Some(String::new())
        })?;
        self.push("lifecycles", "endoflife.date", "MIT", "", cycles.len(), digest);
        self.tables.lifecycles = cycles;
        Ok(())
    }
}
