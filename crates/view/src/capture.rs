//! What was read, and what could not be.

use crate::time::seen;
use model::Model;
use serde::Serialize;
use std::collections::BTreeMap;
use vocab::Ts;

/// One input.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct FileView {
    /// Path, or the interface's name.
    pub path: String,
    /// Frames read.
    pub packets: u64,
    /// Their bytes on the wire.
    pub bytes: u64,
    /// Why it was not read, or not to its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// A broken rule and how often.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct FaultView {
    /// Header layer or protocol.
    pub layer: String,
    /// What is wrong.
    pub fault: String,
    /// How often.
    pub count: u64,
    /// Input and number of the first frame.
    pub file: u16,
    /// Number of the first frame in that input.
    pub frame: u64,
}

/// What was read.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Capture {
    /// The inputs in the order given.
    pub files: Vec<FileView>,
    /// Frames of all inputs.
    pub packets: u64,
    /// Their bytes on the wire.
    pub bytes: u64,
    /// Time of the first frame.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// Time of the last frame.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    /// Broken rules.
    pub faults: Vec<FaultView>,
    /// What full tables lost, by table.
    pub dropped: BTreeMap<String, u64>,
}

impl Capture {
    /// From the inputs and the model; `first` and `last` are the frames' times.
    pub fn new(files: Vec<FileView>, first: Ts, last: Ts, model: &Model) -> Self {
        let faults = model.faults.iter().map(|((layer, fault), at)| FaultView {
            layer: layer.to_string(),
            fault: fault.to_string(),
            count: at.count,
            file: at.frame.file,
            frame: at.frame.number,
        });
        Self {
            packets: files.iter().map(|file| file.packets).sum(),
            bytes: files.iter().map(|file| file.bytes).sum(),
            files,
            first: seen(first),
            last: seen(last),
            faults: faults.collect(),
            dropped: model.losses.iter().map(|(k, n)| (k.key().to_owned(), *n)).collect(),
        }
    }
}
