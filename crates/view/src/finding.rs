//! Findings as documents.

use crate::asset::ReasonView;
use crate::time::seen;
use judge::review::{Finding, Place};
use serde::Serialize;
use std::collections::BTreeMap;

/// Bytes that show a finding.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct PlaceView {
    /// Position of the input among those read.
    pub file: u16,
    /// Number of the frame in it.
    pub frame: u64,
    /// Byte offset in the frame; left out where the bytes came in several frames.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u32>,
    /// Bytes; 0 where the frame as a whole shows it.
    pub length: u32,
}

impl From<&Place> for PlaceView {
    fn from(place: &Place) -> Self {
        Self {
            file: place.frame.file,
            frame: place.frame.number,
            offset: place.offset,
            length: place.length,
        }
    }
}

/// Something that somebody should look at.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct FindingView {
    /// The same for the same thing in every run.
    pub id: String,
    /// What reports it.
    pub rule: &'static str,
    /// `info`, `low`, `medium`, `high` or `critical`.
    pub severity: &'static str,
    /// What is the matter, in English.
    pub title: String,
    /// Techniques of ATT&CK for ICS.
    pub techniques: Vec<&'static str>,
    /// Address of who did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Address of whom it concerns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Identifiers of the devices it is about: source, then target.
    pub assets: Vec<String>,
    /// First time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// Last time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    /// How often it was seen.
    pub count: u64,
    /// What shows it, the most telling first.
    pub evidence: Vec<PlaceView>,
    /// What was seen and why it matters, in English.
    pub explanation: String,
    /// What to do, in English.
    pub advice: String,
    /// What goes into the rule's words, for other languages.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<&'static str, String>,
    /// Those arguments that are words themselves, as codes.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub said: BTreeMap<&'static str, ReasonView>,
}

/// An argument as a code; its English words are the argument.
fn said(finding: &Finding, name: &str, why: &model::Reason) -> ReasonView {
    let text = finding.args.iter().find(|(own, _)| *own == name).map(|(_, text)| text.clone());
    ReasonView { text: text.unwrap_or_default(), ..ReasonView::from(why) }
}

impl From<&Finding> for FindingView {
    fn from(finding: &Finding) -> Self {
        let rule = finding.rule;
        let address = |party: &Option<judge::review::Party>| {
            party.as_ref().map(|party| party.address.clone())
        };
        let parties = [&finding.source, &finding.target].into_iter().flatten();
        Self {
            id: finding.id(),
            rule: rule.id,
            severity: finding.severity.key(),
            title: finding.in_words(rule.title),
            techniques: finding.techniques.clone(),
            source: address(&finding.source),
            target: address(&finding.target),
            assets: parties.map(|party| party.asset.clone()).filter(|id| !id.is_empty()).collect(),
            first: seen(finding.first),
            last: seen(finding.last),
            count: finding.count,
            evidence: finding.evidence.iter().map(PlaceView::from).collect(),
            explanation: finding.in_words(rule.explanation),
            advice: finding.in_words(rule.advice),
            said: finding
                .said
                .iter()
                .map(|(name, why)| (*name, said(finding, name, why)))
                .collect(),
            args: finding.args.iter().cloned().collect(),
        }
    }
}
