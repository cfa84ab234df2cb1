//! What people say of which addresses are one device, and take back.

use super::assets::find;
use super::corrections::{reason, wrong};
use super::problem::{Problem, ProblemView};
use super::session_of;
use crate::serve::App;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use model::{Asset, Bond, Tie, TieRefused};
use serde::Deserialize;
use view::{BondKind, BondView};
use vocab::Host;

/// A word on addresses.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SayBond {
    /// What is said.
    pub kind: BondKind,
    /// `same`: the other device, by its identifier or any of its addresses. `own`: the address of
    /// this device that is a device of its own.
    pub address: String,
    /// Why.
    pub reason: String,
}

/// Which word on addresses is taken back, and why.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TakeBondBack {
    /// What was said.
    pub kind: BondKind,
    /// The address that it is about.
    pub one: String,
    /// The other address; for `same` only.
    pub other: Option<String>,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

fn contradicts(earlier: &Tie) -> Problem {
    let refused = TieRefused::Contradicts(Box::new(earlier.clone()));
    Problem::new(StatusCode::CONFLICT, "contradicts", refused)
}

fn device<'a>(assets: &'a [Asset], id: &str) -> Result<&'a Asset, Problem> {
    find(assets, id).ok_or_else(|| Problem::not_found("such device"))
}

fn address_of(asset: &Asset, text: &str) -> Option<Host> {
    let text = text.to_lowercase();
    asset.hosts().find(|host| host.to_string() == text)
}

/// Says that two devices are one, or that an address of a device is a device of its own. The word
/// of a person goes before all evidence; it names addresses, so it holds whatever comes later.
#[utoipa::path(put, path = "/api/v1/assets/{id}/bonds", operation_id = "say_bond",
    params(("id" = String, Path, description = "Identifier, or any address of the device")),
    request_body = SayBond,
    responses((status = 200, body = BondView), (status = 404, body = ProblemView),
              (status = 409, body = ProblemView), (status = 422, body = ProblemView)))]
pub(super) async fn say(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(given): Json<SayBond>,
) -> Result<Json<BondView>, Problem> {
    let reason = reason(&given.reason)?;
    if reason.is_empty() {
        return Err(wrong("reason", "say why: others must be able to follow it"));
    }
    let bond = {
        let snapshot = app.site.snapshot();
        let assets = &snapshot.resolution.assets;
        let asset = device(assets, &id)?;
        let address = given.address.trim();
        match given.kind {
            BondKind::Same => {
                let other = find(assets, &address.to_lowercase()).ok_or_else(|| {
                    wrong("other_device", "there is no device with this identifier or address")
                })?;
                let one = || wrong("one_already", "they are one device already");
                let bond = Bond::same(asset, other).filter(|_| asset.id != other.id);
                let bond = bond.ok_or_else(one)?;
                if let Some(earlier) = app.site.tie_between(asset, other) {
                    return Err(contradicts(&earlier));
                }
                bond
            }
            BondKind::Own => {
                let bond = address_of(asset, address).and_then(|host| Bond::own(host, asset));
                bond.ok_or_else(|| {
                    let what = "it is no address of this device, or all others belong to it";
                    wrong("not_apart", what)
                })?
            }
        }
    };
    keep(app, &headers, bond, true, reason).await
}

/// Takes a word on addresses back: what evidence says holds again.
#[utoipa::path(delete, path = "/api/v1/assets/{id}/bonds", operation_id = "take_bond_back",
    params(("id" = String, Path, description = "Identifier, or any address of the device"),
           TakeBondBack),
    responses((status = 200, body = BondView), (status = 404, body = ProblemView),
              (status = 422, body = ProblemView)))]
pub(super) async fn take_back(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(given): Query<TakeBondBack>,
    headers: HeaderMap,
) -> Result<Json<BondView>, Problem> {
    let reason = reason(&given.reason)?;
    let wanted = |tie: &Tie| {
        let kind = BondKind::from(&tie.bond);
        let mut hosts = tie.bond.hosts().map(|host| host.to_string());
        let one = hosts.next();
        let other = if kind == BondKind::Same { hosts.next() } else { None };
        kind == given.kind && one.as_ref() == Some(&given.one) && other == given.other
    };
    let bond = {
        let snapshot = app.site.snapshot();
        let asset = device(&snapshot.resolution.assets, &id)?;
        let held = app.site.ties_of(asset).into_iter().find(wanted);
        held.ok_or_else(|| Problem::not_found("such word on this device"))?.bond
    };
    keep(app, &headers, bond, false, reason).await
}

/// All that people said of which addresses are this device, the latest first; without a data
/// folder what holds.
#[utoipa::path(get, path = "/api/v1/assets/{id}/bonds", operation_id = "bonds",
    params(("id" = String, Path, description = "Identifier, or any address of the device")),
    responses((status = 200, body = Vec<BondView>), (status = 404, body = ProblemView)))]
pub(super) async fn history(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<Vec<BondView>>, Problem> {
    let snapshot = app.site.snapshot();
    let asset = device(&snapshot.resolution.assets, &id)?;
    let said = if let Some(store) = &app.store {
        let kept = store.ties_of(asset.hosts()).await;
        kept.map_err(|error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "store", error))?
    } else {
        app.site.ties_of(asset)
    };
    Ok(Json(said.iter().map(BondView::from).collect()))
}

async fn keep(
    app: App,
    headers: &HeaderMap,
    bond: Bond,
    holds: bool,
    reason: String,
) -> Result<Json<BondView>, Problem> {
    let who = app.access.who(session_of(headers).unwrap_or_default()).to_owned();
    let tie = Tie { bond, holds, reason, who, at: App::time() };
    let view = BondView::from(&tie);
    // First among all words, so that of two that contradict each other only one gets to the disk.
    let before = app.site.tie(tie.clone()).map_err(|refused| match refused {
        TieRefused::Contradicts(earlier) => contradicts(&earlier),
        full @ TieRefused::Full => wrong("value", &full.to_string()),
    })?;
    if let Some(store) = &app.store
        && let Err(error) = store.tie(&tie).await
    {
        app.site.untie(&tie, before);
        return Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "store", error));
    }
    // The devices are made anew, which takes a while in a large plant.
    let site = app.site.clone();
    let made = tokio::task::spawn_blocking(move || site.look_again()).await;
    made.map_err(|error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "model", error))?;
    Ok(Json(view))
}
