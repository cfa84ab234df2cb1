//! What is known against devices, and what follows.

use super::assets::find;
use super::problem::{Problem, ProblemView};
use crate::filter::Filter;
use crate::serve::App;
use crate::site::Judged;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use judge::risk::{AssetRisk, Decision, Weakness, Weights};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use view::{AssetRiskView, RiskSummary, VulnerabilityView};

/// Most rows of one answer.
const ROWS_MAX: usize = 1_000;

/// Which weaknesses, in which order.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct VulnerabilityQuery {
    /// Only on devices that pass this filter.
    #[serde(default)]
    pub filter: String,
    /// Only CVEs and advisories whose name contains this.
    #[serde(default)]
    pub search: String,
    /// Only with this decision.
    #[serde(default)]
    pub decision: String,
    /// Only in this state: `open`, `accepted`, `mitigated`, `fixed`, `false_positive`.
    #[serde(default)]
    pub state: String,
    /// Column to sort by; `-` in front for the reverse. The most urgent first where left out.
    #[serde(default)]
    pub sort: String,
    /// Rows to leave out at the start.
    #[serde(default)]
    pub offset: usize,
    /// Most rows; 1,000 where it is left out.
    #[serde(default)]
    pub limit: Option<usize>,
}

/// A weakness with its device.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct VulnerabilityRow {
    /// The device's identifier.
    pub asset: String,
    /// Its name; without one, what it is and its address.
    pub name: String,
    /// Its zone.
    pub zone: String,
    /// How it can be reached.
    pub exposure: &'static str,
    /// The weakness.
    pub vulnerability: VulnerabilityView,
}

/// Weaknesses that were asked for.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct VulnerabilityPage {
    /// The picture it is made from.
    pub revision: u64,
    /// All weaknesses.
    pub total: usize,
    /// Those that passed.
    pub matched: usize,
    /// Those that passed, by decision.
    pub decisions: BTreeMap<&'static str, usize>,
    /// The rows asked for.
    pub rows: Vec<VulnerabilityRow>,
}

/// Weaknesses of one device.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AssetVulnerabilities {
    /// The picture it is made from.
    pub revision: u64,
    /// The device's risk; left out where nothing is known against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risk: Option<AssetRiskView>,
    /// Its weaknesses with what makes their numbers, the most urgent first.
    pub rows: Vec<VulnerabilityView>,
}

/// The risk on a day.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TrendView {
    /// The day.
    pub day: String,
    /// 0 to 100.
    pub score: f64,
    /// The same without what people decided.
    pub inherent: f64,
}

/// The site's risk.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RiskPage {
    /// The picture it is made from.
    pub revision: u64,
    /// Site, zones, what lowers it most.
    pub summary: RiskSummary,
    /// The risk of the site, or of the zone asked for, by day; empty without a data folder.
    pub trend: Vec<TrendView>,
}

/// Which file.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ExportQuery {
    /// `csv`, `json`, `csaf` (CSAF 2.0 VEX) or `cyclonedx` (CycloneDX 1.6 VEX).
    format: String,
}

fn store_problem(error: store::StoreError) -> Problem {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "store", error)
}

/// What is known against the devices of the newest picture; `None` while the facts are still
/// read.
pub(super) async fn judged(app: &App) -> Result<Option<Judged>, Problem> {
    let (site, today) = (app.site.clone(), App::today());
    // A large plant takes a while: not on the threads that serve everybody.
    let judged = tokio::task::spawn_blocking(move || site.judged(&today)).await;
    let judged =
        judged.map_err(|error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "system", error))?;
    if let (Some(made), Some(store)) = (judged.as_ref().filter(|made| made.fresh), &app.store) {
        store.keep_trend(&made.day, &made.assessment).await.map_err(store_problem)?;
    }
    Ok(judged)
}

/// The same where nothing can be said without it.
pub(super) async fn ready(app: &App) -> Result<Judged, Problem> {
    let wait = "the facts from outside are still read: ask again in a moment";
    let judged = judged(app).await?;
    judged.ok_or_else(|| Problem::new(StatusCode::SERVICE_UNAVAILABLE, "not_ready", wait))
}

type Found<'a> = Vec<(&'a AssetRisk, &'a Weakness)>;

/// Sorts by a column. Found in the order of devices by risk.
fn sort(rows: &mut Found<'_>, by: &str) -> Result<(), Problem> {
    let (reverse, column) = by.strip_prefix('-').map_or((false, by), |column| (true, column));
    let known = |(asset, weakness): &(&AssetRisk, &Weakness)| {
        asset.known.get(weakness.known).map(|known| (known.cve.clone(), known.advisory.clone()))
    };
    let cvss = |(asset, weakness): &(&AssetRisk, &Weakness)| {
        asset.known.get(weakness.known).and_then(|known| known.cvss).unwrap_or(-1.0)
    };
    match column {
        "" => rows.sort_by(|a, b| {
            let order = b.1.decision.cmp(&a.1.decision);
            order.then_with(|| b.1.risk.total_cmp(&a.1.risk))
        }),
        "decision" => rows.sort_by_key(|row| row.1.decision),
        "score" => rows.sort_by(|a, b| a.1.risk.total_cmp(&b.1.risk)),
        "cve" => rows.sort_by_cached_key(known),
        "cvss" => rows.sort_by(|a, b| cvss(a).total_cmp(&cvss(b))),
        "asset" => rows.sort_by(|a, b| a.0.name.cmp(&b.0.name)),
        "zone" => rows.sort_by(|a, b| a.0.zone.cmp(&b.0.zone)),
        "state" => rows.sort_by_key(|row| row.1.state),
        "confidence" => rows.sort_by_key(|row| row.1.confidence),
        other => {
            let message = format!("there is no column \"{other}\" to sort by");
            return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "sort", message));
        }
    }
    if reverse {
        rows.reverse();
    }
    Ok(())
}

/// Weaknesses of all devices.
#[utoipa::path(get, path = "/api/v1/vulnerabilities", operation_id = "vulnerabilities",
    params(VulnerabilityQuery),
    responses((status = 200, body = VulnerabilityPage), (status = 422, body = ProblemView),
              (status = 503, body = ProblemView)))]
pub(super) async fn list(
    State(app): State<App>,
    Query(query): Query<VulnerabilityQuery>,
) -> Result<Json<VulnerabilityPage>, Problem> {
    let filter = Filter::parse(&query.filter)
        .map_err(|error| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "filter", error))?;
    let Judged { revision, assessment: by, .. } = ready(&app).await?;
    let passed: BTreeSet<String> = {
        let (snapshot, model) = (app.site.snapshot(), app.site.model());
        let assets = snapshot.resolution.assets.iter();
        assets.filter(|asset| filter.accepts(asset, &model)).map(|a| a.id.clone()).collect()
    };
    let search = query.search.to_lowercase();
    let wanted = |asset: &AssetRisk, weakness: &Weakness| {
        let named = asset.known.get(weakness.known).is_some_and(|known| {
            known.cve.to_lowercase().contains(&search)
                || known.advisory.to_lowercase().contains(&search)
        });
        named
            && (query.decision.is_empty() || weakness.decision.key() == query.decision)
            && (query.state.is_empty() || weakness.state.key() == query.state)
    };
    let mut found: Found<'_> = Vec::new();
    for asset in by.assets.iter().filter(|asset| passed.contains(&asset.id)) {
        found.extend(
            asset.weaknesses.iter().filter(|one| wanted(asset, one)).map(|one| (asset, one)),
        );
    }
    let mut decisions: BTreeMap<&'static str, usize> =
        Decision::ALL.iter().map(|decision| (decision.key(), 0)).collect();
    for (_, weakness) in &found {
        *decisions.entry(weakness.decision.key()).or_default() += 1;
    }
    sort(&mut found, &query.sort)?;
    let total = by.assets.iter().map(|asset| asset.weaknesses.len()).sum();
    let matched = found.len();
    let limit = query.limit.unwrap_or(ROWS_MAX).min(ROWS_MAX);
    let rows = found.into_iter().skip(query.offset).take(limit);
    let row = |(asset, weakness): (&AssetRisk, &Weakness)| {
        Some(VulnerabilityRow {
            asset: asset.id.clone(),
            name: asset.name.clone(),
            zone: asset.zone.clone(),
            exposure: asset.exposed.exposure.key(),
            vulnerability: view::vulnerability(asset, weakness, &by, false)?,
        })
    };
    let rows = rows.filter_map(row).collect();
    Ok(Json(VulnerabilityPage { revision, total, matched, decisions, rows }))
}

/// Weaknesses of one device, with what makes each number.
#[utoipa::path(get, path = "/api/v1/assets/{id}/vulnerabilities",
    operation_id = "assetVulnerabilities",
    params(("id" = String, Path, description = "Identifier, or any address of the device")),
    responses((status = 200, body = AssetVulnerabilities), (status = 404, body = ProblemView),
              (status = 503, body = ProblemView)))]
pub(super) async fn of_asset(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<AssetVulnerabilities>, Problem> {
    let Judged { revision, assessment: by, .. } = ready(&app).await?;
    let snapshot = app.site.snapshot();
    let asset = find(&snapshot.resolution.assets, &id);
    let asset = asset.ok_or_else(|| Problem::not_found("such device"))?;
    let Some(risk) = by.asset(&asset.id) else {
        return Ok(Json(AssetVulnerabilities { revision, risk: None, rows: Vec::new() }));
    };
    let rows = risk.weaknesses.iter();
    let rows = rows.filter_map(|one| view::vulnerability(risk, one, &by, true)).collect();
    let risk = Some(AssetRiskView::new(risk, &by));
    Ok(Json(AssetVulnerabilities { revision, risk, rows }))
}

/// Whose trend.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct TrendQuery {
    /// A zone; the site where it is left out.
    #[serde(default)]
    zone: String,
}

/// The site's risk.
#[utoipa::path(get, path = "/api/v1/risk", operation_id = "risk",
    params(TrendQuery),
    responses((status = 200, body = RiskPage), (status = 503, body = ProblemView)))]
pub(super) async fn site(
    State(app): State<App>,
    Query(query): Query<TrendQuery>,
) -> Result<Json<RiskPage>, Problem> {
    let Judged { revision, assessment: by, .. } = ready(&app).await?;
    let days = match &app.store {
        Some(store) => store.trend(&query.zone).await.map_err(store_problem)?,
        None => Vec::new(),
    };
    let day = |day: store::TrendDay| TrendView {
        day: day.day,
        score: view::score(day.risk),
        inherent: view::score(day.inherent),
    };
    let trend = days.into_iter().map(day).collect();
    Ok(Json(RiskPage { revision, summary: RiskSummary::new(&by), trend }))
}

/// The weights of the number.
#[utoipa::path(get, path = "/api/v1/risk/weights", operation_id = "riskWeights",
    responses((status = 200, body = serde_json::Value)))]
pub(super) async fn weights(State(app): State<App>) -> Json<Weights> {
    Json(app.site.weights())
}

/// Takes other weights; those that are left out have their defaults.
#[utoipa::path(put, path = "/api/v1/risk/weights", operation_id = "weighRisk",
    request_body = serde_json::Value,
    responses((status = 200, body = serde_json::Value), (status = 422, body = ProblemView)))]
pub(super) async fn weigh(
    State(app): State<App>,
    Json(given): Json<serde_json::Value>,
) -> Result<Json<Weights>, Problem> {
    let wrong = |what: String| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "weights", what);
    let weights: Weights = serde_json::from_value(given).map_err(|e| wrong(e.to_string()))?;
    if let Some(name) = weights.wrong() {
        return Err(wrong(format!(
            "{name}: weights lie between 0 and 1, and a wider exposure weighs no less"
        )));
    }
    let _deciding = app.deciding.lock().await;
    if let Some(store) = &app.store {
        store.keep_weights(&weights).await.map_err(store_problem)?;
    }
    app.site.weigh(weights.clone());
    Ok(Json(weights))
}

/// All weaknesses as a file.
#[utoipa::path(get, path = "/api/v1/vulnerabilities/export", operation_id = "exportVulnerabilities",
    params(ExportQuery),
    responses((status = 200, body = String), (status = 404, body = ProblemView),
              (status = 422, body = ProblemView), (status = 503, body = ProblemView)))]
pub(super) async fn export(
    State(app): State<App>,
    Query(query): Query<ExportQuery>,
) -> Result<Response, Problem> {
    let Judged { assessment: by, .. } = ready(&app).await?;
    let snapshot = app.site.snapshot();
    let (assets, now) = (&snapshot.resolution.assets, App::wall());
    let (kind, name, text) = match query.format.as_str() {
        "csv" => ("text/csv; charset=utf-8", "csv", view::export::csv(&by)),
        "json" => ("application/json", "json", view::export::json(&by)),
        "csaf" => {
            let text = view::export::csaf(&by, assets, &now);
            let text = text.ok_or_else(|| Problem::not_found("weakness to tell of"))?;
            ("application/json", "csaf.json", text)
        }
        "cyclonedx" => ("application/json", "cdx.json", view::export::cyclonedx(&by, assets, &now)),
        other => {
            let message = format!("there is no format \"{other}\": csv, json, csaf or cyclonedx");
            return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "format", message));
        }
    };
    let disposition = format!("attachment; filename=\"ferrite-vulnerabilities.{name}\"");
    let headers =
        [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, text).into_response())
}
