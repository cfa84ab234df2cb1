//! `ferrite analyze`.

use crate::cli::{AnalysisFormat, Analyze};
use crate::output::{self, Paint};
use crate::pipeline::{Analysed, analyse};
use crate::progress::Progress;
use crate::summary;
use anyhow::{Context, Result};
use knowledge::Facts;
use model::{Resolution, resolve};
use serde::Serialize;
use std::io::Write;
use std::process::ExitCode;
use view::{Analysis, AssetView};

/// Reads captures and writes what is in them.
pub(crate) fn run(args: &Analyze) -> Result<ExitCode> {
    let analysed = analyse(&args.captures.paths, args.threads, &Progress::new());
    let facts = Facts::load().context("the built-in knowledge")?;
    let resolution = resolve(&analysed.model, &facts);
    for file in &analysed.files {
        if let Some(error) = &file.error {
            output::complain(&format!("ferrite: {}: {error}", file.path));
        }
    }
    let mut out = output::target(args.out.as_deref())?;
    match args.format.unwrap_or(AnalysisFormat::Table) {
        AnalysisFormat::Json => {
            let capture = analysed.capture();
            let analysis =
                Analysis { capture: &capture, model: &analysed.model, resolution: &resolution };
            serde_json::to_writer(&mut out, &analysis)?;
            out.write_all(b"\n")?;
        }
        AnalysisFormat::Ndjson => lines(&mut out, &analysed, &resolution)?,
        AnalysisFormat::Html => summary::html(&mut out, &analysed, &resolution)?,
        AnalysisFormat::Table => {
            let paint = if args.out.is_some() { Paint::off() } else { Paint::for_stdout() };
            summary::table(&mut out, &analysed, &resolution, paint)?;
        }
    }
    out.flush()?;
    Ok(if analysed.has_errors() { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// One line of newline-separated JSON.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Line<T> {
    Capture(T),
    Asset(T),
    Conversation(T),
    Operation(T),
    Protocol(T),
}

/// Capture, assets, conversations, operations and protocols, a line each.
fn lines(out: &mut dyn Write, analysed: &Analysed, resolution: &Resolution) -> Result<()> {
    let model = &analysed.model;
    line(out, &Line::Capture(analysed.capture()))?;
    for asset in &resolution.assets {
        line(out, &Line::Asset(AssetView::new(asset, model)))?;
    }
    let mut keys: Vec<_> = model.conversations.keys().collect();
    keys.sort();
    for key in keys {
        if let Some(seen) = model.conversations.get(key) {
            line(out, &Line::Conversation(view::conversation(key, seen, model)))?;
        }
    }
    for operation in view::operations(model) {
        line(out, &Line::Operation(operation))?;
    }
    for protocol in view::protocols(model) {
        line(out, &Line::Protocol(protocol))?;
    }
    Ok(())
}

fn line(out: &mut dyn Write, value: &impl Serialize) -> Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")?;
    Ok(())
}
