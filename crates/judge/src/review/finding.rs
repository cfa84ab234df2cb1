//! What a finding is.

use model::{Asset, Evidence, Reason, fill};
use std::cmp::Reverse;
use vocab::{FrameId, Ts};

/// Most findings that are kept; what is more is counted.
const FINDINGS_MAX: usize = 10_000;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Good to know.
    Info,
    /// Little.
    Low,
    /// Some.
    Medium,
    /// Much.
    High,
    /// Look at it now.
    Critical,
}

impl Severity {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [Self::Info, Self::Low, Self::Medium, Self::High, Self::Critical];

    /// Its name in documents.
    pub fn key(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// What a detector reports. Its words have gaps for a finding's arguments, `{name}`.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name, lower case with hyphens.
    pub id: &'static str,
    /// What is the matter, in one line.
    pub title: &'static str,
    /// What was seen and why it matters.
    pub explanation: &'static str,
    /// What to do.
    pub advice: &'static str,
    /// Techniques of ATT&CK for ICS that its findings may name.
    pub techniques: &'static [&'static str],
}

/// A device that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Its identifier; empty where the address is no device's: groups.
    pub asset: String,
    /// The address it was seen with: an IP address where it has one, else its MAC.
    pub address: String,
}

impl From<&Asset> for Party {
    fn from(asset: &Asset) -> Self {
        let ip = asset.ips.first().map(ToString::to_string);
        let address = ip.or_else(|| asset.macs.first().map(ToString::to_string));
        Self { asset: asset.id.clone(), address: address.unwrap_or_else(|| asset.id.clone()) }
    }
}

/// Bytes that show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The frame.
    pub frame: FrameId,
    /// Byte offset in it; `None` where the bytes came in several frames.
    pub offset: Option<u32>,
    /// Bytes; 0 where the frame as a whole shows it.
    pub length: u32,
}

impl From<&Evidence> for Place {
    fn from(evidence: &Evidence) -> Self {
        Self { frame: evidence.frame, offset: evidence.offset, length: evidence.length }
    }
}

impl From<FrameId> for Place {
    /// The frame as a whole.
    fn from(frame: FrameId) -> Self {
        Self { frame, offset: None, length: 0 }
    }
}

/// Something that somebody should look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What reports it.
    pub rule: &'static Rule,
    /// Tells findings of one rule about the same devices apart; empty where there is only one.
    pub key: String,
    /// How grave.
    pub severity: Severity,
    /// What comes first among equally grave ones: more comes earlier.
    pub rank: u32,
    /// Techniques of ATT&CK for ICS, of those the rule names.
    pub techniques: Vec<&'static str>,
    /// Who did it; `None` for a state of a device.
    pub source: Option<Party>,
    /// Whom it concerns.
    pub target: Option<Party>,
    /// First time it was seen.
    pub first: Ts,
    /// Last time.
    pub last: Ts,
    /// How often it was seen.
    pub count: u64,
    /// What shows it, the most telling first.
    pub evidence: Vec<Place>,
    /// What goes into the rule's words.
    pub args: Vec<(&'static str, String)>,
    /// Those arguments that are words themselves, as codes: other languages say them.
    pub said: Vec<(&'static str, Reason)>,
}

impl Finding {
    /// The same for the same thing in every run: rule, devices and key.
    pub fn id(&self) -> String {
        let mut id = self.rule.id.to_owned();
        let parties = [&self.source, &self.target].into_iter().flatten();
        let parts = parties.map(|party| party.asset.as_str()).chain([self.key.as_str()]);
        for part in parts.filter(|part| !part.is_empty()) {
            id.push('.');
            id.push_str(part);
        }
        id
    }

    /// Its words with the arguments in place, in English.
    pub fn in_words(&self, words: &str) -> String {
        fill(words, &self.args)
    }
}

/// Findings, as many as are kept.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    kept: Vec<Finding>,
    dropped: u64,
}

impl Findings {
    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        if self.kept.len() < FINDINGS_MAX {
            self.kept.push(finding);
        } else {
            self.dropped = self.dropped.saturating_add(1);
        }
    }

    /// Adds some.
    pub fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        findings.into_iter().for_each(|finding| self.push(finding));
    }

    /// Counts some that were not even made.
    pub(crate) fn miss(&mut self, count: u64) {
        self.dropped = self.dropped.saturating_add(count);
    }

    /// The findings, the gravest first.
    pub fn all(&self) -> &[Finding] {
        &self.kept
    }

    /// How many were too many to keep.
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    /// The gravest severity; `None` where nothing was found.
    pub fn worst(&self) -> Option<Severity> {
        self.kept.iter().map(|finding| finding.severity).max()
    }

    pub(crate) fn sort(&mut self) {
        let key = |one: &Finding| (Reverse((one.severity, one.rank)), one.id());
        self.kept.sort_by_cached_key(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static RULE: Rule = Rule {
        id: "test",
        title: "{what} on {device}",
        explanation: "",
        advice: "",
        techniques: &[],
    };

    fn finding(key: &str, severity: Severity) -> Finding {
        let target = Party { asset: "a1".to_owned(), address: "10.0.0.1".to_owned() };
        Finding {
            rule: &RULE,
            key: key.to_owned(),
            severity,
            rank: 0,
            techniques: Vec::new(),
            source: None,
            target: Some(target),
            first: Ts(1),
            last: Ts(2),
            count: 1,
            evidence: Vec::new(),
            args: vec![("what", "CVE".to_owned()), ("device", "{what}".to_owned())],
            said: Vec::new(),
        }
    }

    #[test]
    fn the_gravest_comes_first_and_too_many_are_counted() {
        let mut found = Findings::default();
        assert_eq!(found.worst(), None);
        found.push(finding("b", Severity::Low));
        found.push(finding("c", Severity::Critical));
        found.push(finding("a", Severity::Low));
        found.push(Finding { rank: 1, ..finding("d", Severity::Low) });
        found.sort();
        let ids: Vec<String> = found.all().iter().map(Finding::id).collect();
        assert_eq!(ids, ["test.a1.c", "test.a1.d", "test.a1.a", "test.a1.b"]);
        assert_eq!(found.worst(), Some(Severity::Critical));
        for number in 0..FINDINGS_MAX {
            found.push(finding(&number.to_string(), Severity::Info));
        }
        assert_eq!((found.all().len(), found.dropped()), (FINDINGS_MAX, 4));
    }

    #[test]
    fn words_are_filled() {
        let finding = finding("", Severity::Info);
        assert_eq!(finding.in_words(finding.rule.title), "CVE on {what}");
        assert_eq!(finding.id(), "test.a1");
    }
}
