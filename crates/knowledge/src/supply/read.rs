//! Which format a file has, and the limits that all readers share.

use super::{Component, Document, Format, Relation, Statement, attested, csaf, cyclonedx, openvex};
use super::{osv, spdx, spdx_text, xml};
use crate::advisory::node::{Complaints, Node};
use serde_json::Value;

/// Largest document in bytes: a value of JSON takes a dozen times the bytes of its text.
pub const DOCUMENT_BYTES_MAX: usize = 32 << 20;
/// Most parts of a document.
pub(super) const COMPONENTS_MAX: usize = 50_000;
/// Most relations of a document.
const RELATIONS_MAX: usize = 200_000;
/// Most statements, services or ranges of a document.
pub(super) const RECORDS_MAX: usize = 50_000;
/// Most entries of a list inside a record.
pub(super) const LIST_MAX: usize = 1_000;
/// Longest text in characters.
const TEXT_MAX: usize = 2_000;

/// A document cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SupplyError {
    /// Larger than is read.
    #[error("larger than {DOCUMENT_BYTES_MAX} bytes")]
    Large,
    /// Not JSON.
    #[error("not JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// Not XML.
    #[error("not XML: {0}")]
    Xml(String),
    /// Not TOML.
    #[error("not TOML: {0}")]
    Toml(String),
    /// Readable, but none of the formats.
    #[error("{0}")]
    Other(String),
}

/// Reads a document of any format; the format follows from what is in it.
///
/// # Errors
/// When it is too large, cannot be parsed, or is of no format that is read.
pub fn read(bytes: &[u8]) -> Result<Document, SupplyError> {
    if bytes.len() > DOCUMENT_BYTES_MAX {
        return Err(SupplyError::Large);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match bytes.trim_ascii_start().first() {
        Some(b'{' | b'[') => json(bytes),
        Some(b'<') => xml::read(bytes),
        Some(_) => {
            let text = std::str::from_utf8(bytes)
                .map_err(|error| SupplyError::Other(format!("not UTF-8: {error}")))?;
            if spdx_text::is(text) { spdx_text::read(text) } else { attested::read_toml(text) }
        }
        None => Err(SupplyError::Other(String::from("the file is empty"))),
    }
}

fn json(bytes: &[u8]) -> Result<Document, SupplyError> {
    // The reader limits nesting to 128 levels by itself.
    let value: Value = serde_json::from_slice(bytes)?;
    let has = |key: &str| value.get(key).is_some_and(|value| !value.is_null());
    let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default();
    if text("bomFormat") == "CycloneDX" || text("$schema").contains("cyclonedx.org") {
        return Ok(cyclonedx::read(&value));
    }
    if has("spdxVersion") {
        return spdx::read(&value);
    }
    if text("@context").contains("openvex.dev") {
        return Ok(openvex::read(&value));
    }
    if value.get("document").is_some_and(|document| document.get("csaf_version").is_some()) {
        return csaf::read(bytes, &value);
    }
    if text("schema").starts_with(attested::SCHEMA) {
        return Ok(attested::read(&value));
    }
    if osv::is(&value) {
        return Ok(osv::read(&value));
    }
    let known = "CycloneDX, SPDX 2, OpenVEX, CSAF 2.0, OSV or ferrite.attested/1";
    let what = if has("@graph") { "SPDX 3 is not read" } else { "the format is not known" };
    Err(SupplyError::Other(format!("{what}: it must be {known}")))
}

/// A text no longer than is kept.
pub(super) fn clip(text: &str) -> String {
    let text = text.trim();
    text.char_indices().nth(TEXT_MAX).and_then(|(at, _)| text.get(..at)).unwrap_or(text).to_owned()
}

/// The text of a field, clipped; empty where it is missing.
pub(super) fn text(node: &Node<'_>, key: &str, complaints: &mut Complaints) -> String {
    clip(node.text(key, complaints).unwrap_or_default())
}

/// The first of several fields that says something.
pub(super) fn first(node: &Node<'_>, keys: &[&str], complaints: &mut Complaints) -> String {
    let mut texts = keys.iter().map(|key| text(node, key, complaints));
    texts.find(|text| !text.is_empty()).unwrap_or_default()
}

/// Adds a record where there is room, else counts it.
fn push<T>(list: &mut Vec<T>, new: T, max: usize, dropped: &mut usize) {
    if list.len() < max {
        list.push(new);
    } else {
        *dropped += 1;
    }
}

impl Document {
    /// Adds a part; its position, or `None` where there is no room.
    pub(super) fn component(&mut self, new: Component) -> Option<u32> {
        let at = self.components.len();
        push(&mut self.components, new, COMPONENTS_MAX, &mut self.dropped);
        (self.components.len() > at).then(|| vocab::sat_u32(at))
    }

    pub(super) fn relation(&mut self, from: &str, kind: &str, to: &str) {
        let new = Relation { from: clip(from), kind: clip(&kind.to_lowercase()), to: clip(to) };
        push(&mut self.relations, new, RELATIONS_MAX, &mut self.dropped);
    }

    pub(super) fn statement(&mut self, mut new: Statement) {
        if new.products.len() > LIST_MAX {
            self.dropped += new.products.len() - LIST_MAX;
            new.products.truncate(LIST_MAX);
        }
        push(&mut self.statements, new, RECORDS_MAX, &mut self.dropped);
    }

    /// Adds any other record.
    pub(super) fn record<T>(dropped: &mut usize, list: &mut Vec<T>, new: T) {
        push(list, new, RECORDS_MAX, dropped);
    }

    /// The document with what was wrong.
    pub(super) fn done(mut self, complaints: Complaints) -> Self {
        self.complaints.extend(complaints.list);
        self
    }
}

/// A document of a format with its first fields.
pub(super) fn begin(format: Format, version: &str, id: &str, author: &str, made: &str) -> Document {
    Document {
        version: clip(version),
        id: clip(id),
        author: clip(author),
        made: clip(made),
        ..Document::new(format)
    }
}
