//! The facts from outside with their age.

use super::{IntelPage, IntelSource};
use judge::supply::{Outside, day_number};
use knowledge::pack::Manifest;

/// The facts that are in use.
pub fn intel(outside: &Outside, today: &str) -> IntelPage {
    pack(&outside.manifest, outside.built_in, today)
}

/// A pack of facts.
pub fn pack(manifest: &Manifest, built_in: bool, today: &str) -> IntelPage {
    let now = day_number(today);
    let age = |date: &str| Some(now? - day_number(date)?);
    let sources = manifest.sources.iter().map(|source| IntelSource {
        table: source.table.clone(),
        name: source.name.clone(),
        version: source.version.clone(),
        age_days: age(&source.version),
        licence: source.licence.clone(),
        records: source.records,
        hash: source.hash.clone(),
    });
    IntelPage {
        sequence: manifest.sequence,
        made: manifest.made.clone(),
        age_days: age(&manifest.made),
        today: today.to_owned(),
        built_in,
        sources: sources.collect(),
    }
}
