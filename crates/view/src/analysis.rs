//! The whole document, written piece by piece: no copy of the model is made.

use crate::asset::AssetView;
use crate::capture::Capture;
use crate::conversation::{conversation, operations, protocols};
use crate::finding::FindingView;
use crate::risk::RiskSummary;
use judge::review::Findings;
use judge::risk::Assessment;
use model::{ConversationKey, Model, Resolution};
use serde::ser::{Serialize, SerializeStruct, Serializer};

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
}

/// A list that is made while it is written.
struct Lazy<F>(F);

impl<F, I> Serialize for Lazy<F>
where
    F: Fn() -> I,
    I: Iterator<Item: Serialize>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

impl Serialize for Analysis<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { capture, model, resolution, risk, findings } = self;
        let mut keys: Vec<&ConversationKey> = model.conversations.keys().collect();
        keys.sort();
        let mut out = serializer.serialize_struct("Analysis", 9)?;
        out.serialize_field("schema", "ferrite.analysis/1")?;
        out.serialize_field("capture", capture)?;
        let assets =
            || resolution.assets.iter().map(|asset| AssetView::new(asset, model).with(*risk));
        out.serialize_field("assets", &Lazy(assets))?;
        let conversations = || {
            keys.iter().filter_map(|key| {
                model.conversations.get(*key).map(|seen| conversation(key, seen, model))
            })
        };
        out.serialize_field("conversations", &Lazy(conversations))?;
        out.serialize_field("operations", &Lazy(|| operations(model)))?;
        out.serialize_field("protocols", &Lazy(|| protocols(model)))?;
        out.serialize_field("findings", &Lazy(|| findings.all().iter().map(FindingView::from)))?;
        if findings.dropped() > 0 {
            out.serialize_field("findings_dropped", &findings.dropped())?;
        }
        if let Some(risk) = risk {
            out.serialize_field("risk", &RiskSummary::new(risk))?;
        }
        out.end()
    }
}
