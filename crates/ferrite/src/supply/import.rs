//! `ferrite supply import`.

use super::Stock;
use crate::cli::SupplyImport;
use crate::clock;
use crate::output;
use anyhow::Result;
use judge::supply::{Filed, Scope, parts_run};
use knowledge::import::for_each_document;
use knowledge::pack::hash;
use knowledge::supply::{Document, Format, read};
use std::path::Path;
use std::process::ExitCode;

/// Most warnings that are printed.
const SAID_MAX: usize = 20;

/// Takes documents into a data folder and says what they change.
pub(super) fn run(args: &SupplyImport) -> Result<ExitCode> {
    let mut stock = Stock::open(&args.folder.data)?;
    let scope = match (&args.asset, &args.supplier) {
        (Some(asset), _) => Scope::Asset(stock.asset(asset)?.id.clone()),
        (None, Some(name)) => Scope::Supplier(name.clone()),
        (None, None) => Scope::Site,
    };
    let (mut failed, mut taken) = (false, 0usize);
    let before = parts_run(&stock.resolution, &stock.advice, &stock.supply(stock.filed.clone())?);
    for path in &args.files {
        let mut found: Vec<(String, String, Document)> = Vec::new();
        let done = for_each_document(path, &mut |name, bytes| match read(bytes) {
            Ok(document) => found.push((name.to_owned(), hash(bytes), document)),
            Err(error) => {
                output::complain(&format!("ferrite: {name}: {error}"));
                failed = true;
            }
        });
        if let Err(error) = done {
            output::complain(&format!("ferrite: {error}"));
            failed = true;
        }
        for (name, sha256, document) in found {
            let Some(scope) = scope_of(&scope, &document) else {
                output::complain(&format!(
                    "ferrite: {name}: whom is it about? --asset or --supplier says so"
                ));
                failed = true;
                continue;
            };
            say(&name, &document)?;
            let mut new = Filed {
                id: 0,
                name: short(&name),
                sha256,
                scope,
                imported: view::rfc3339(clock::wall()),
                document,
            };
            new.id = stock.data.file(&new)?;
            stock.filed.retain(|own| own.id != new.id);
            stock.filed.push(new);
            taken += 1;
        }
    }
    output::say(&format!("documents taken in: {taken}"))?;
    let after = parts_run(&stock.resolution, &stock.advice, &stock.supply(stock.filed.clone())?);
    let warnings = stock.differences(&before, &after, "document");
    stock.data.warn(&warnings)?;
    for warning in warnings.iter().take(SAID_MAX) {
        output::say(&warning.text)?;
    }
    if warnings.len() > SAID_MAX {
        output::say(&format!("and {} more: ferrite supply warnings", warnings.len() - SAID_MAX))?;
    }
    Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// OSV records and attested facts name whom they are about; others must be told.
fn scope_of(given: &Scope, document: &Document) -> Option<Scope> {
    match document.format {
        Format::Osv | Format::Attested => Some(Scope::Site),
        _ if *given == Scope::Site => None,
        _ => Some(given.clone()),
    }
}

/// A file's own name: where it lies on somebody's disk is nobody's business.
fn short(name: &str) -> String {
    Path::new(name)
        .file_name()
        .map_or_else(|| name.to_owned(), |n| n.to_string_lossy().into_owned())
}

fn say(name: &str, document: &Document) -> Result<()> {
    let attested = &document.attested;
    let counts = [
        (document.components.len(), "components"),
        (document.relations.len(), "relations"),
        (document.services.len(), "services"),
        (document.statements.len(), "statements"),
        (document.weak.len(), "ranges of packages"),
        (attested.ties.len() + attested.origins.len() + attested.lives.len(), "attested facts"),
    ];
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, what)| format!("{count} {what}")).collect();
    let what = if counts.is_empty() { "nothing".to_owned() } else { counts.join(", ") };
    output::say(&format!("{name}: {} {}: {what}", document.format.key(), document.version))?;
    for complaint in &document.complaints {
        output::complain(&format!("ferrite: {name}: {complaint}"));
    }
    if document.dropped > 0 {
        output::complain(&format!("ferrite: {name}: records left out: {}", document.dropped));
    }
    Ok(())
}
