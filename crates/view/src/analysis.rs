//! The whole document, written piece by piece: no copy of the model is made.

use crate::asset::AssetView;
use crate::capture::Capture;
use crate::conversation::{conversation, operations, protocols};
use crate::finding::FindingView;
use crate::risk::RiskSummary;
use crate::rows;
use judge::policy::Policy;
use judge::review::Findings;
use judge::risk::Assessment;
use model::{Asset, ConversationKey, Model, Resolution};
use serde::Serialize;
use std::io::Write;

/// What `analyze --format json` writes.
#[derive(Debug)]
pub struct Analysis<'a> {
    /// What was read.
    pub capture: &'a Capture,
    /// What was observed.
    pub model: &'a Model,
    /// The devices.
    pub resolution: &'a Resolution,
    /// What is known against them; `None` where nobody can be asked about.
    pub risk: Option<&'a Assessment>,
    /// What somebody should look at.
    pub findings: &'a Findings,
    /// The plant's own rules, where it has some.
    pub policy: Option<&'a Policy>,
}

/// By which rules a plant was judged.
#[derive(Serialize)]
struct PolicyView<'a> {
    file: &'a str,
    zones: usize,
    rules: usize,
    default: &'static str,
}

impl<'a> From<&'a Policy> for PolicyView<'a> {
    fn from(policy: &'a Policy) -> Self {
        let (zones, rules) = (policy.zones.len(), policy.rules.len());
        Self { file: &policy.file, zones, rules, default: policy.default.key() }
    }
}

impl Analysis<'_> {
    /// Writes the document as JSON, its long lists with so many threads.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(&self, out: &mut impl Write, threads: usize) -> serde_json::Result<()> {
        let Self { capture, model, resolution, risk, findings, policy } = self;
        let mut keys: Vec<&ConversationKey> = model.conversations.keys().collect();
        keys.sort();
        let asset = |asset: &Asset| AssetView::new(asset, model).with(*risk);
        let conversation = |key: &&ConversationKey| {
            model.conversations.get(*key).map(|seen| conversation(key, seen, model))
        };
        put(out, "{\"schema\":", &"ferrite.analysis/1")?;
        put(out, ",\"capture\":", capture)?;
        out.write_all(b",\"assets\":").map_err(serde_json::Error::io)?;
        rows::write(out, &resolution.assets, threads, &asset)?;
        out.write_all(b",\"conversations\":").map_err(serde_json::Error::io)?;
        rows::write(out, &keys, threads, &conversation)?;
        put(out, ",\"operations\":", &operations(model).collect::<Vec<_>>())?;
        put(out, ",\"protocols\":", &protocols(model).collect::<Vec<_>>())?;
        let all: Vec<FindingView> = findings.all().iter().map(FindingView::from).collect();
        put(out, ",\"findings\":", &all)?;
        if findings.dropped() > 0 {
            put(out, ",\"findings_dropped\":", &findings.dropped())?;
        }
        if let Some(policy) = policy {
            put(out, ",\"policy\":", &PolicyView::from(*policy))?;
        }
        if let Some(risk) = risk {
            put(out, ",\"risk\":", &RiskSummary::new(risk))?;
        }
        out.write_all(b"}\n").map_err(serde_json::Error::io)
    }
}

/// A field: what stands before its value, and the value.
fn put(out: &mut impl Write, before: &str, value: &impl Serialize) -> serde_json::Result<()> {
    out.write_all(before.as_bytes()).map_err(serde_json::Error::io)?;
    serde_json::to_writer(out, value)
}
