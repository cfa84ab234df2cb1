//! Where devices come from, and from whom; the facts from outside with their age.

use super::assets::find;
use super::problem::{Problem, ProblemView};
use super::risk::ready;
use crate::serve::App;
use crate::site::Judged;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use judge::supply::Supply;
use serde::Deserialize;
use std::sync::Arc;
use view::{IntelPage, PassportView, SupplierPage, SupplierView, WarningView};

/// Which file.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct InventoryQuery {
    /// `cyclonedx`: CycloneDX 1.6, every device a component with its firmware and its parts.
    format: String,
}

pub(super) fn not_ready() -> Problem {
    let wait = "the facts from outside are still read: ask again in a moment";
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "not_ready", wait)
}

pub(super) fn supplied(app: &App) -> Result<Arc<Supply>, Problem> {
    app.site.supplied().ok_or_else(not_ready)
}

/// Makes a document from everything that is known, away from the threads that serve everybody.
async fn made<T: Send + 'static>(
    app: &App,
    make: impl FnOnce(&view::Provenance<'_>) -> T + Send + 'static,
) -> Result<T, Problem> {
    let supply = supplied(app)?;
    let Judged { assessment, .. } = ready(app).await?;
    let (site, today) = (app.site.clone(), App::today());
    let work = move || {
        let snapshot = site.snapshot();
        let contacts = site.contacts(&snapshot);
        let origin = view::Provenance {
            revision: snapshot.revision,
            resolution: &snapshot.resolution,
            contacts: &contacts,
            advice: site.advice()?,
            assessment: Some(&assessment),
            supply: &supply,
            today: &today,
        };
        Some(make(&origin))
    };
    let done = tokio::task::spawn_blocking(work).await;
    let done =
        done.map_err(|error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "system", error))?;
    done.ok_or_else(not_ready)
}

/// Suppliers, the largest number first.
#[utoipa::path(get, path = "/api/v1/suppliers", operation_id = "suppliers",
    responses((status = 200, body = SupplierPage), (status = 503, body = ProblemView)))]
pub(super) async fn list(State(app): State<App>) -> Result<Json<SupplierPage>, Problem> {
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the method alone holds for one lifetime, the closure for all"
    )]
    let page = made(&app, |origin| origin.suppliers()).await?;
    Ok(Json(page))
}

/// A supplier with its devices and what makes its number.
#[utoipa::path(get, path = "/api/v1/suppliers/{key}", operation_id = "supplier",
    params(("key" = String, Path, description = "Its key, or a name of it")),
    responses((status = 200, body = SupplierView), (status = 404, body = ProblemView),
              (status = 503, body = ProblemView)))]
pub(super) async fn show(
    State(app): State<App>,
    Path(key): Path<String>,
) -> Result<Json<SupplierView>, Problem> {
    let found = made(&app, move |origin| origin.supplier(&key)).await?;
    found.map(Json).ok_or_else(|| Problem::not_found("such supplier"))
}

/// A device's passport.
#[utoipa::path(get, path = "/api/v1/assets/{id}/passport", operation_id = "passport",
    params(("id" = String, Path, description = "Identifier, or any address of the device")),
    responses((status = 200, body = PassportView), (status = 404, body = ProblemView),
              (status = 503, body = ProblemView)))]
pub(super) async fn passport(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<PassportView>, Problem> {
    let make = move |origin: &view::Provenance<'_>| {
        let asset = find(&origin.resolution.assets, &id)?;
        Some(origin.passport(asset))
    };
    let found = made(&app, make).await?;
    found.map(Json).ok_or_else(|| Problem::not_found("such device"))
}

/// What changed for the plant when facts changed, the latest first.
#[utoipa::path(get, path = "/api/v1/warnings", operation_id = "warnings",
    responses((status = 200, body = Vec<WarningView>)))]
pub(super) async fn warnings(State(app): State<App>) -> Result<Json<Vec<WarningView>>, Problem> {
    let Some(store) = &app.store else { return Ok(Json(Vec::new())) };
    let found = store.warnings().await;
    let found =
        found.map_err(|error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "store", error))?;
    Ok(Json(found.into_iter().map(WarningView::from).collect()))
}

/// All devices with firmware and parts as a file.
#[utoipa::path(get, path = "/api/v1/inventory/export", operation_id = "exportInventory",
    params(InventoryQuery),
    responses((status = 200, body = String), (status = 422, body = ProblemView),
              (status = 503, body = ProblemView)))]
pub(super) async fn export(
    State(app): State<App>,
    Query(query): Query<InventoryQuery>,
) -> Result<Response, Problem> {
    if query.format != "cyclonedx" {
        let message = format!("there is no format \"{}\": cyclonedx", query.format);
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "format", message));
    }
    let now = App::wall();
    let text = made(&app, move |origin| view::export::inventory(origin, &now)).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"ferrite-inventory.cdx.json\""),
    ];
    Ok((headers, text).into_response())
}

/// The facts from outside that are in use, with their age.
#[utoipa::path(get, path = "/api/v1/intel", operation_id = "intel",
    responses((status = 200, body = IntelPage), (status = 503, body = ProblemView)))]
pub(super) async fn intel(State(app): State<App>) -> Result<Json<IntelPage>, Problem> {
    let supply = supplied(&app)?;
    Ok(Json(view::intel(supply.outside(), &App::today())))
}
