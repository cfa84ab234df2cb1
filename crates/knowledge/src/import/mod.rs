//! Readers of publishers' files: over the fields that are needed, tolerant of the rest, bounded in
//! memory. What cannot be read is said with its place; what can be read is kept.

mod attack;
mod cn;
mod cve;
mod epss;
mod files;
mod kev;
mod lifecycle;
mod profinet;
mod recog;
mod ssvc;

pub use attack::{Attack, read_attack};
pub use cn::read_cn;
pub use cve::{read_cve, read_nvd};
pub use epss::read_epss;
pub use files::{FILE_BYTES_MAX, for_each_document, open};
pub use kev::read_kev;
pub use lifecycle::read_lifecycle;
pub use profinet::read_profinet;
pub use recog::read_recog;
pub use ssvc::read_decision;

/// A file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It cannot be read from disk, or not unpacked.
    #[error("{path}: {error}")]
    Io {
        /// The file.
        path: String,
        /// What the system says.
        error: std::io::Error,
    },
    /// Larger than is read.
    #[error("{0}: larger than {FILE_BYTES_MAX} bytes, unpacked")]
    Large(String),
    /// Not JSON.
    #[error("not JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// Not XML.
    #[error("not XML: {0}")]
    Xml(String),
    /// Not comma-separated values.
    #[error("not comma-separated values: {0}")]
    Csv(String),
    /// Readable, but not what it should be.
    #[error("{0}")]
    Other(String),
}

/// Records with what was wrong in single ones.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported<T> {
    /// The records.
    pub records: Vec<T>,
    /// Complaints, each with its place; at most some dozens.
    pub complaints: Vec<String>,
    /// Date or version that the document gives itself; empty where none.
    pub version: String,
}
