//! Which pack is in use, and how old it is.

use crate::cli::{IntelStatus, ListFormat};
use crate::clock;
use crate::output;
use anyhow::{Context, Result};
use knowledge::pack::{Manifest, Pack, Tables};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use view::IntelPage;

/// The name of a data folder's own pack.
const FILE: &str = "facts.pack";

/// Facts with where they come from.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) manifest: Manifest,
    pub(crate) tables: Tables,
    /// The file; `None` for what comes with the program.
    pub(crate) path: Option<PathBuf>,
}

/// Where a data folder keeps its pack.
pub(crate) fn place(data: &Path) -> PathBuf {
    data.join(FILE)
}

/// The newest facts: a data folder's own where it has newer ones, else those of the program. A
/// damaged file is said and passed over; the program's own facts always serve.
pub(crate) fn load(data: Option<&Path>) -> Result<Loaded> {
    let built_in = Pack::built_in().context("the built-in facts")?;
    if let Some(path) = data.map(place).filter(|path| path.exists()) {
        match read(&path, &built_in.manifest) {
            Ok(Some(loaded)) => return Ok(loaded),
            Ok(None) => {}
            Err(error) => output::complain(&format!(
                "ferrite: {}: {error:#}; the facts that came with the program are used",
                path.display()
            )),
        }
    }
    let tables = built_in.tables().context("the built-in facts")?;
    Ok(Loaded { manifest: built_in.manifest, tables, path: None })
}

/// The tables of a pack in a file; those of the program where it is empty.
pub(crate) fn tables_of(path: &Path) -> Result<Tables> {
    let bytes = std::fs::read(path)?;
    let pack = if bytes.is_empty() { Pack::built_in()? } else { Pack::read(&bytes)? };
    Ok(pack.tables()?)
}

fn read(path: &Path, built_in: &Manifest) -> Result<Option<Loaded>> {
    let bytes = std::fs::read(path)?;
    let pack = Pack::read(&bytes)?;
    if pack.manifest.sequence < built_in.sequence {
        return Ok(None);
    }
    let tables = pack.tables()?;
    Ok(Some(Loaded { manifest: pack.manifest, tables, path: Some(path.to_owned()) }))
}

#[derive(Serialize)]
struct Status {
    #[serde(flatten)]
    pack: IntelPage,
    file: Option<String>,
}

/// Says what is known and how old it is.
pub(super) fn status(args: &IntelStatus) -> Result<ExitCode> {
    let loaded = load(args.data.as_deref())?;
    let manifest = &loaded.manifest;
    if args.notices {
        for notice in &manifest.notices {
            output::say(notice)?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let status = Status {
        pack: view::pack(manifest, loaded.path.is_none(), &clock::date()),
        file: loaded.path.as_ref().map(|path| path.display().to_string()),
    };
    if args.format == Some(ListFormat::Json) {
        output::say(&serde_json::to_string_pretty(&status)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let from = status.file.as_deref().unwrap_or("comes with the program");
    output::say(&format!(
        "pack {}, made {} ({} days ago), {from}",
        status.pack.sequence,
        status.pack.made,
        status.pack.age_days.unwrap_or(0)
    ))?;
    output::say("")?;
    output::say(&format!(
        "{:<12}{:>8}  {:<12}{:>9}  {:<28}{}",
        "table", "records", "version", "age", "licence", "source"
    ))?;
    for source in &status.pack.sources {
        let age =
            source.age_days.map_or_else(|| "unknown".to_owned(), |days| format!("{days} days"));
        output::say(&format!(
            "{:<12}{:>8}  {:<12}{:>9}  {:<28}{}",
            source.table, source.records, source.version, age, source.licence, source.name
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
