//! What people say of devices, and take back.

use super::problem::{Problem, ProblemView};
use super::session_of;
use super::triage::identifier;
use crate::serve::App;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use model::{Correction, Corrections, ROLES};
use serde::Deserialize;
use view::CorrectionView;
use vocab::Attribute;

/// Longest value in characters.
const VALUE_CHARS_MAX: usize = 200;
/// Longest reason in characters.
const REASON_CHARS_MAX: usize = 2_000;

/// A correction.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Correct {
    /// The attribute: `vendor`, `product`, `model`, `order_number`, `serial`, `firmware`,
    /// `hardware`, `name`, `os`, `role`, `location` or `contact`.
    pub attribute: String,
    /// The value; a role is one of those that Ferrite knows.
    pub value: String,
    /// Why.
    pub reason: String,
}

/// Which correction is taken back, and why.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TakeBack {
    /// The attribute.
    pub attribute: String,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

pub(super) fn wrong(code: &'static str, what: &str) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code, what)
}

fn attribute(key: &str) -> Result<Attribute, Problem> {
    let known = Attribute::from_key(key).filter(|a| Corrections::ATTRIBUTES.contains(a));
    known.ok_or_else(|| {
        let keys = Corrections::ATTRIBUTES.map(Attribute::key).join(", ");
        wrong("attribute", &format!("an attribute that can be corrected is one of {keys}"))
    })
}

pub(super) fn reason(text: &str) -> Result<String, Problem> {
    if text.chars().count() > REASON_CHARS_MAX {
        return Err(wrong("reason", "a reason has at most 2,000 characters"));
    }
    Ok(text.trim().to_owned())
}

/// Corrects an attribute of a device. The word of a person goes before all evidence; it is kept
/// with who said it, when and why.
#[utoipa::path(put, path = "/api/v1/assets/{id}/corrections", operation_id = "correct",
    params(("id" = String, Path, description = "Identifier, or any address of the device")),
    request_body = Correct,
    responses((status = 200, body = CorrectionView), (status = 404, body = ProblemView),
              (status = 422, body = ProblemView)))]
pub(super) async fn correct(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(given): Json<Correct>,
) -> Result<Json<CorrectionView>, Problem> {
    let attribute = attribute(&given.attribute)?;
    let value = given.value.trim().to_owned();
    if value.is_empty() || value.chars().count() > VALUE_CHARS_MAX {
        return Err(wrong("value", "a value has 1 to 200 characters"));
    }
    if attribute == Attribute::Role && !ROLES.contains(&value.as_str()) {
        return Err(wrong("value", &format!("a role is one of {}", ROLES.join(", "))));
    }
    let reason = reason(&given.reason)?;
    if reason.is_empty() {
        return Err(wrong("reason", "say why: others must be able to follow it"));
    }
    keep(app, &id, &headers, attribute, Some(value), reason).await
}

/// Takes a correction back: what the device states holds again.
#[utoipa::path(delete, path = "/api/v1/assets/{id}/corrections", operation_id = "take_back",
    params(("id" = String, Path, description = "Identifier, or any address of the device"),
           TakeBack),
    responses((status = 200, body = CorrectionView), (status = 404, body = ProblemView),
              (status = 422, body = ProblemView)))]
pub(super) async fn take_back(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(given): Query<TakeBack>,
    headers: HeaderMap,
) -> Result<Json<CorrectionView>, Problem> {
    let attribute = attribute(&given.attribute)?;
    let reason = reason(&given.reason)?;
    let asset = identifier(&app, &id)?;
    if !app.site.is_corrected(&asset, attribute) {
        return Err(Problem::not_found("such correction of this device"));
    }
    keep(app, &id, &headers, attribute, None, reason).await
}

/// All that people said of a device, the latest first; without a data folder what holds.
#[utoipa::path(get, path = "/api/v1/assets/{id}/corrections", operation_id = "corrections",
    params(("id" = String, Path, description = "Identifier, or any address of the device")),
    responses((status = 200, body = Vec<CorrectionView>), (status = 404, body = ProblemView)))]
pub(super) async fn history(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<Vec<CorrectionView>>, Problem> {
    let asset = identifier(&app, &id)?;
    let said = if let Some(store) = &app.store {
        let kept = store.corrections_of(&asset).await;
        kept.map_err(|error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "store", error))?
    } else {
        app.site.corrections_of(&asset)
    };
    Ok(Json(said.iter().map(CorrectionView::from).collect()))
}

async fn keep(
    app: App,
    id: &str,
    headers: &HeaderMap,
    attribute: Attribute,
    value: Option<String>,
    reason: String,
) -> Result<Json<CorrectionView>, Problem> {
    let who = app.access.who(session_of(headers).unwrap_or_default()).to_owned();
    let asset = identifier(&app, id)?;
    let correction = Correction { asset, attribute, value, reason, who, at: App::time() };
    let view = CorrectionView::from(&correction);
    if let Some(store) = &app.store {
        // First the disk: what is shown survives.
        let kept = store.correct(&correction).await;
        kept.map_err(|error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "store", error))?;
    }
    // The devices are made anew, which takes a while in a large plant.
    let site = app.site.clone();
    let made = tokio::task::spawn_blocking(move || site.correct(correction)).await;
    match made {
        Ok(true) => Ok(Json(view)),
        Ok(false) => Err(wrong("value", "there are as many corrections as are held")),
        Err(error) => Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "model", error)),
    }
}
