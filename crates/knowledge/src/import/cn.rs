//! CNVD and CNNVD: XML lists of vulnerabilities; only their numbers and the CVEs they stand for
//! are read.

use super::{ImportError, Imported};
use crate::pack::Alias;
use quick_xml::Reader;
use quick_xml::events::Event;

/// Most records of a file.
const RECORDS_MAX: usize = 2_000_000;
/// Longest text looked at inside an element.
const TEXT_MAX: usize = 64;

/// Reads a list. Entities of the document's own are not expanded, nesting is not recursed into.
///
/// # Errors
/// When it is no XML.
pub fn read_cn(bytes: &[u8]) -> Result<Imported<Alias>, ImportError> {
    let mut reader = Reader::from_reader(bytes);
    let mut imported =
        Imported { records: Vec::new(), complaints: Vec::new(), version: String::new() };
    let mut buffer = Vec::new();
    let (mut name, mut cves): (Option<String>, Vec<String>) = (None, Vec::new());
    loop {
        let event = reader.read_event_into(&mut buffer).map_err(|error| {
            ImportError::Xml(format!("byte {}: {error}", reader.buffer_position()))
        })?;
        match event {
            Event::Start(element) | Event::Empty(element) => {
                // The element that holds one vulnerability: `vulnerability` (CNVD), `entry` (CNNVD).
                if matches!(element.local_name().as_ref(), b"vulnerability" | b"entry") {
                    finish(&mut name, &mut cves, &mut imported);
                }
            }
            Event::Text(text) => {
                take(&text, &mut name, &mut cves);
            }
            Event::CData(text) => {
                take(&text, &mut name, &mut cves);
            }
            Event::Eof => break,
            _ => {}
        }
        buffer.clear();
        if imported.records.len() >= RECORDS_MAX {
            imported.complaints.push(format!("only the first {RECORDS_MAX} records are read"));
            break;
        }
    }
    finish(&mut name, &mut cves, &mut imported);
    imported.records.sort();
    imported.records.dedup();
    Ok(imported)
}

fn take(bytes: &[u8], name: &mut Option<String>, cves: &mut Vec<String>) {
    let text = String::from_utf8_lossy(bytes.get(..bytes.len().min(TEXT_MAX)).unwrap_or(&[]));
    let text = text.trim();
    let numbered = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    if text.strip_prefix("CNVD-").or_else(|| text.strip_prefix("CNNVD-")).is_some_and(numbered) {
        name.get_or_insert_with(|| text.to_owned());
    } else if text.strip_prefix("CVE-").is_some_and(numbered) && cves.len() < 64 {
        cves.push(text.to_owned());
    }
}

fn finish(name: &mut Option<String>, cves: &mut Vec<String>, imported: &mut Imported<Alias>) {
    if let Some(name) = name.take() {
        let aliases = cves.iter().map(|cve| Alias { name: name.clone(), cve: cve.clone() });
        imported.records.extend(aliases);
    }
    cves.clear();
}
