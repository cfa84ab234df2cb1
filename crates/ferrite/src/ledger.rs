//! The site's inputs: those of earlier runs, which the data folder knows, and those of this one.

use anyhow::{Context, Result};
use capture::{FileReport, Input};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use store::Source;
use vocab::{FileId, FrameId, Ts};

/// Inputs by number: frames name theirs.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    /// Of earlier runs; positions are numbers.
    stored: Vec<Source>,
    /// Numbers of interfaces; files are numbered from the last stored input on.
    interfaces: Vec<FileId>,
    /// What is in files, by path.
    digests: BTreeMap<PathBuf, String>,
}

impl Ledger {
    /// Behind stored inputs.
    pub(crate) fn new(stored: Vec<Source>) -> Self {
        Self { stored, ..Self::default() }
    }

    /// The number of the first new file.
    pub(crate) fn base(&self) -> FileId {
        vocab::sat_u16(self.stored.len())
    }

    /// Takes out the files whose content was stored before, or comes twice; returns their paths.
    /// Standard input cannot be known before it is read.
    pub(crate) fn pass_over_known(&mut self, files: &mut Vec<Input>) -> Vec<PathBuf> {
        let stored = self.stored.iter().filter_map(|source| source.digest.clone());
        let mut known: BTreeSet<String> = stored.collect();
        let mut passed = Vec::new();
        files.retain(|input| {
            // A file that cannot be read here is complained about when it is opened.
            let Some(digest) = (!input.is_stdin()).then(|| digest(&input.path).ok()).flatten()
            else {
                return true;
            };
            let new = known.insert(digest.clone());
            if new {
                self.digests.insert(input.path.clone(), digest);
            } else {
                passed.push(input.path.clone());
            }
            new
        });
        passed
    }

    /// Interfaces, each with the place of its next frame: an interface that was watched before
    /// goes on under its number.
    pub(crate) fn watch(&mut self, names: &[String]) -> Result<Vec<(String, FrameId)>> {
        let mut next = self.stored.len();
        let mut places = Vec::new();
        for name in names {
            let same = |source: &&Source| source.path == *name && source.digest.is_none();
            let before = self.stored.iter().find(same);
            let file = if let Some(source) = before {
                source.id
            } else {
                next += 1;
                FileId::try_from(next - 1).context("too many inputs in this data folder")?
            };
            self.interfaces.push(file);
            let number = before.map_or(0, |source| source.packets) + 1;
            places.push((name.clone(), FrameId { file, number }));
        }
        Ok(places)
    }

    /// The rows of this run.
    pub(crate) fn rows(&self, reports: &[FileReport]) -> Vec<Source> {
        let row = |(at, report): (usize, &FileReport)| {
            let id = self.interfaces.get(at).copied();
            let id = id.unwrap_or_else(|| self.base().saturating_add(vocab::sat_u16(at)));
            let before = self.stored.get(usize::from(id));
            let count = |of: fn(&Source) -> u64| before.map_or(0, of);
            let first = before.and_then(|source| source.first).unwrap_or(Ts::MAX);
            let last = before.and_then(|source| source.last).unwrap_or(Ts::MIN);
            let (first, last) = (first.min(report.first), last.max(report.last));
            // A file of which nothing could be read may be tried again.
            let digest = self.digests.get(&report.path).filter(|_| report.packets > 0);
            Source {
                id,
                path: report.path.display().to_string(),
                digest: digest.cloned(),
                packets: count(|source| source.packets) + report.packets,
                bytes: count(|source| source.bytes) + report.bytes,
                first: (first != Ts::MAX).then_some(first),
                last: (last != Ts::MIN).then_some(last),
                error: report.error.clone(),
            }
        };
        reports.iter().enumerate().map(row).collect()
    }

    /// All inputs, by number.
    pub(crate) fn inputs(&self, reports: &[FileReport]) -> server::Inputs {
        let mut all = self.stored.clone();
        for row in self.rows(reports) {
            match all.get_mut(usize::from(row.id)) {
                Some(place) => *place = row,
                None => all.push(row),
            }
        }
        server::Inputs {
            first: all.iter().filter_map(|source| source.first).min().unwrap_or(Ts::MAX),
            last: all.iter().filter_map(|source| source.last).max().unwrap_or(Ts::MIN),
            files: all
                .into_iter()
                .map(|source| view::FileView {
                    path: source.path,
                    packets: source.packets,
                    bytes: source.bytes,
                    error: source.error,
                })
                .collect(),
        }
    }
}

/// SHA-256 of a file in hexadecimal.
fn digest(path: &Path) -> std::io::Result<String> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut part = vec![0; 1 << 16];
    loop {
        match file.read(&mut part)? {
            0 => break,
            got => hash.update(part.get(..got).unwrap_or(&[])),
        }
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(id: u16, path: &str, digest: Option<&str>) -> Source {
        Source {
            id,
            path: path.to_owned(),
            digest: digest.map(str::to_owned),
            packets: 10,
            bytes: 1000,
            first: Some(Ts(100)),
            last: Some(Ts(200)),
            error: None,
        }
    }

    #[test]
    fn an_interface_goes_on_where_it_was() {
        let stored = vec![source(0, "a.pcap", Some("aa")), source(1, "eth1", None)];
        let mut ledger = Ledger::new(stored);
        let places = ledger.watch(&["eth2".to_owned(), "eth1".to_owned()]).unwrap();
        let place = |file, number| FrameId { file, number };
        let names: Vec<_> = places.iter().map(|(name, at)| (name.as_str(), *at)).collect();
        assert_eq!(names, [("eth2", place(2, 1)), ("eth1", place(1, 11))]);
        let report = |name: &str, packets| FileReport {
            packets,
            first: Ts(300),
            last: Ts(400),
            ..FileReport::new(name.into())
        };
        let reports = [report("eth2", 5), report("eth1", 7)];
        let rows = ledger.rows(&reports);
        assert_eq!((rows[1].id, rows[1].packets), (1, 17));
        assert_eq!((rows[1].first, rows[1].last), (Some(Ts(100)), Some(Ts(400))));
        let inputs = ledger.inputs(&reports);
        let shown: Vec<_> = inputs.files.iter().map(|f| (f.path.as_str(), f.packets)).collect();
        assert_eq!(shown, [("a.pcap", 10), ("eth1", 17), ("eth2", 5)]);
    }

    #[test]
    fn content_is_taken_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for (name, content) in [("a", "one"), ("b", "two"), ("c", "one")] {
            std::fs::write(path(name), content).unwrap();
        }
        let two = digest(&path("b")).unwrap();
        let mut ledger = Ledger::new(vec![source(0, "old", Some(&two))]);
        let mut files = Input::list(&[path("a"), path("b"), path("c"), path("missing")]);
        assert_eq!(ledger.pass_over_known(&mut files), [path("b"), path("c")]);
        let left: Vec<_> = files.into_iter().map(|input| input.path).collect();
        assert_eq!(left, [path("a"), path("missing")]);
    }
}
