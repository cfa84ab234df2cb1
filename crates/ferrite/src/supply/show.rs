//! `ferrite supply documents`, `passport`, `suppliers`, `warnings`.

use super::Stock;
use crate::cli::{ListFormat, SupplyDocuments, SupplyPassport, SupplySuppliers, SupplyWarnings};
use crate::clock;
use crate::output;
use anyhow::{Context, Result, bail};
use serde::Serialize;
use std::process::ExitCode;
use view::{SupplierView, WarningView};

fn json(value: &impl Serialize) -> Result<()> {
    output::say(&serde_json::to_string_pretty(value)?)
}

/// Lists documents, or takes one away.
pub(super) fn documents(args: &SupplyDocuments) -> Result<ExitCode> {
    let stock = Stock::open(&args.folder.data)?;
    if let Some(id) = args.forget {
        if !stock.data.unfile(id)? {
            bail!("there is no document {id}");
        }
        output::say(&format!("document {id} is forgotten"))?;
        return Ok(ExitCode::SUCCESS);
    }
    let documents: Vec<_> = stock.filed.iter().map(view::supply_document).collect();
    if args.format == Some(ListFormat::Json) {
        json(&documents)?;
        return Ok(ExitCode::SUCCESS);
    }
    for own in &documents {
        let about = own.subject.as_deref().unwrap_or("whom it names");
        output::say(&format!(
            "{:>4}  {:<10} {:<40} for {} {about}; {} components, {} statements",
            own.id, own.format, own.name, own.scope, own.components, own.statements
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes a passport.
pub(super) fn passport(args: &SupplyPassport) -> Result<ExitCode> {
    use crate::cli::PassportFormat::{Cyclonedx, Json};
    let stock = Stock::open(&args.folder.data)?;
    let asset = args.asset.as_deref().map(|name| stock.asset(name)).transpose()?;
    let now = view::rfc3339(clock::wall());
    let text = stock.provenance(|of| match (asset, args.format) {
        (Some(asset), Json) => serde_json::to_string_pretty(&of.passport(asset)),
        (Some(asset), Cyclonedx) => Ok(view::export::passport(&of.passport(asset), &now)),
        (None, Cyclonedx) => Ok(view::export::inventory(of, &now)),
        (None, Json) => {
            let assets = of.resolution.assets.iter();
            serde_json::to_string_pretty(&assets.map(|own| of.passport(own)).collect::<Vec<_>>())
        }
    })??;
    output::say(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// Lists suppliers.
pub(super) fn suppliers(args: &SupplySuppliers) -> Result<ExitCode> {
    let stock = Stock::open(&args.folder.data)?;
    if let Some(name) = &args.supplier {
        let found = stock.provenance(|of| of.supplier(name))?;
        let found = found.with_context(|| format!("no device of {name} is known"))?;
        if args.format == Some(ListFormat::Json) {
            json(&found)?;
        } else {
            one(&found)?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the method alone holds for one lifetime, the closure for all"
    )]
    let page = stock.provenance(|of| of.suppliers())?;
    if args.format == Some(ListFormat::Json) {
        json(&page)?;
        return Ok(ExitCode::SUCCESS);
    }
    output::say(&format!(
        "{:<32}{:>6}{:>8}{:>6}{:>11}{:>8}{:>12}{:>6}{:>8}",
        "supplier",
        "score",
        "devices",
        "zones",
        "advisories",
        "no fix",
        "end of life",
        "sbom",
        "remote"
    ))?;
    for row in &page.suppliers {
        output::say(&format!(
            "{:<32}{:>6.1}{:>8}{:>6}{:>11}{:>8}{:>12}{:>6}{:>8}",
            row.name,
            row.score,
            row.devices,
            row.zones,
            row.advisories,
            row.without_fix,
            row.end_of_life,
            row.with_sbom,
            row.unattested_remote
        ))?;
    }
    if page.unknown > 0 {
        output::say(&format!("devices whose maker is not known: {}", page.unknown))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn one(of: &SupplierView) -> Result<()> {
    output::say(&format!("{}: {:.1}", of.supplier.name, of.supplier.score))?;
    for factor in &of.factors {
        let value = factor.value.map_or_else(|| "?".to_owned(), |value| format!("{value:.2}"));
        let (name, weight) = (factor.name, factor.weight);
        output::say(&format!("  {name:<14}{value:>6} x {weight:<5}{}", factor.why))?;
    }
    for origin in &of.origins {
        output::say(&format!("  {} ({}): {}", origin.country, origin.kind, origin.source))?;
    }
    for text in &of.single_source {
        output::say(&format!("  it alone provides: {text}"))?;
    }
    for device in &of.assets {
        let product = device.product.as_deref().unwrap_or("");
        let (name, zone, open, life) = (&device.name, &device.zone, device.open, device.life);
        output::say(&format!("  {name:<24}{product:<28}{zone:<16}open {open:<5}support {life}"))?;
    }
    for pooled in &of.pooled {
        output::say(&format!("  {}", pooled.text))?;
    }
    Ok(())
}

/// Lists warnings.
pub(super) fn warnings(args: &SupplyWarnings) -> Result<ExitCode> {
    let stock = Stock::open(&args.folder.data)?;
    let warnings = stock.data.warnings()?.into_iter().map(WarningView::from);
    let warnings: Vec<WarningView> = warnings.collect();
    if args.format == Some(ListFormat::Json) {
        json(&warnings)?;
        return Ok(ExitCode::SUCCESS);
    }
    for warning in &warnings {
        let day = warning.at.get(..10).unwrap_or(&warning.at);
        output::say(&format!("{day}  {:<7} {}", warning.change, warning.text))?;
    }
    Ok(ExitCode::SUCCESS)
}
