//! Documents of the supply chain: taken in, listed, taken away while the console is up.

use super::assets::find;
use super::problem::{Problem, ProblemView};
use super::suppliers::{not_ready, supplied};
use crate::serve::App;
use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use judge::supply::{Filed, Scope, Warning, differences, parts_run};
use knowledge::pack::hash;
use knowledge::supply::{DOCUMENT_BYTES_MAX, Document, Format, read};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use view::SupplyDocumentView;

/// Longest name of a file in characters.
const NAME_CHARS_MAX: usize = 200;

/// Whom a document is about.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DocumentQuery {
    /// The file's name.
    name: String,
    /// The device: its identifier or an address.
    #[serde(default)]
    asset: String,
    /// The supplier; used for those of its devices whose product the document names.
    #[serde(default)]
    supplier: String,
}

/// A document that was taken in.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TakenIn {
    /// The document.
    pub document: SupplyDocumentView,
    /// What it changes for the plant, in English.
    pub warnings: Vec<String>,
}

fn store_problem(error: store::StoreError) -> Problem {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "store", error)
}

fn wrong(code: &'static str, what: impl ToString) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code, what)
}

/// Documents that were taken in.
#[utoipa::path(get, path = "/api/v1/documents", operation_id = "documents",
    responses((status = 200, body = Vec<SupplyDocumentView>), (status = 503, body = ProblemView)))]
pub(super) async fn list(State(app): State<App>) -> Result<Json<Vec<SupplyDocumentView>>, Problem> {
    let supply = supplied(&app)?;
    Ok(Json(supply.filed().iter().map(view::supply_document).collect()))
}

/// OSV records and attested facts name whom they are about; all others must be told.
fn scope(app: &App, query: &DocumentQuery, document: &Document) -> Result<Scope, Problem> {
    if matches!(document.format, Format::Osv | Format::Attested) {
        return Ok(Scope::Site);
    }
    if !query.supplier.trim().is_empty() && query.asset.is_empty() {
        return Ok(Scope::Supplier(query.supplier.trim().to_owned()));
    }
    let snapshot = app.site.snapshot();
    let asset = find(&snapshot.resolution.assets, &query.asset);
    match (asset, query.asset.is_empty()) {
        (Some(asset), _) => Ok(Scope::Asset(asset.id.clone())),
        (None, true) => Err(wrong("scope", "say whom it is about: a device or a supplier")),
        (None, false) => Err(wrong("asset", format!("there is no device {}", query.asset))),
    }
}

/// Takes a document in; the body is the file. Any format that `ferrite supply import` reads.
#[utoipa::path(post, path = "/api/v1/documents", operation_id = "takeDocument",
    params(DocumentQuery),
    request_body(content = String, content_type = "application/octet-stream"),
    responses((status = 200, body = TakenIn), (status = 413, body = ProblemView),
              (status = 422, body = ProblemView), (status = 503, body = ProblemView)))]
pub(super) async fn take(
    State(app): State<App>,
    Query(query): Query<DocumentQuery>,
    body: Body,
) -> Result<Json<TakenIn>, Problem> {
    supplied(&app)?;
    let large = |error| Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "large", error);
    let bytes = to_bytes(body, DOCUMENT_BYTES_MAX).await.map_err(large)?;
    let system = |error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "system", error);
    // A large document takes a while: not on the threads that serve everybody.
    let parsed = tokio::task::spawn_blocking(move || (hash(&bytes), read(&bytes))).await;
    let (sha256, document) = parsed.map_err(system)?;
    let document = document.map_err(|error| wrong("document", error))?;
    let mut new = Filed {
        id: 0,
        name: query.name.chars().take(NAME_CHARS_MAX).collect(),
        sha256,
        scope: scope(&app, &query, &document)?,
        imported: App::wall(),
        document,
    };
    new.id = match &app.store {
        // First the disk: what is shown as taken in survives.
        Some(store) => store.file(&new).await.map_err(store_problem)?,
        None => number(supplied(&app)?.filed(), &new),
    };
    let document = view::supply_document(&new);
    let own = app.clone();
    let warnings = tokio::task::spawn_blocking(move || changed(&own, new)).await;
    let warnings = warnings.map_err(system)?.ok_or_else(not_ready)?;
    if let Some(store) = &app.store {
        store.warn(&warnings).await.map_err(store_problem)?;
    }
    let warnings = warnings.into_iter().map(|warning| warning.text).collect();
    Ok(Json(TakenIn { document, warnings }))
}

/// The number of a document where nothing is stored: its own where it is there already.
fn number(filed: &[Filed], new: &Filed) -> i64 {
    let same = filed.iter().find(|own| own.sha256 == new.sha256 && own.scope == new.scope);
    let next = || filed.iter().map(|own| own.id).max().unwrap_or(0) + 1;
    same.map_or_else(next, |own| own.id)
}

/// Puts a document on the shelf; what it changes for the plant.
fn changed(app: &App, new: Filed) -> Option<Vec<Warning>> {
    let (before, after) = app.site.file(new)?;
    let advice = app.site.advice()?;
    let snapshot = app.site.snapshot();
    let assets = snapshot.resolution.assets.iter();
    let zones: BTreeMap<&str, &str> =
        assets.map(|own| (own.id.as_str(), own.zone.as_str())).collect();
    let zone = |id: &str| zones.get(id).copied().unwrap_or_default().to_owned();
    let run = |supply| parts_run(&snapshot.resolution, advice, supply);
    Some(differences(&run(&before), &run(&after), "document", &App::wall(), &zone))
}

/// Takes a document away.
#[utoipa::path(delete, path = "/api/v1/documents/{id}", operation_id = "forgetDocument",
    params(("id" = i64, Path, description = "The document's number")),
    responses((status = 204), (status = 404, body = ProblemView),
              (status = 503, body = ProblemView)))]
pub(super) async fn forget(
    State(app): State<App>,
    Path(id): Path<i64>,
) -> Result<StatusCode, Problem> {
    let known = supplied(&app)?.filed().iter().any(|own| own.id == id);
    if !known {
        return Err(Problem::not_found("such document"));
    }
    if let Some(store) = &app.store {
        store.unfile(id).await.map_err(store_problem)?;
    }
    app.site.forget(id);
    Ok(StatusCode::NO_CONTENT)
}
