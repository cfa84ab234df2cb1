//! The map.

use crate::layout::{Map, Show, map};
use crate::serve::App;
use axum::Json;
use axum::extract::{Query, State};
use serde::Deserialize;

/// What to show.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct MapQuery {
    /// Only this zone and whom its devices talk to.
    #[serde(default)]
    zone: Option<String>,
    /// Only this device and its peers.
    #[serde(default)]
    asset: Option<String>,
}

/// The map: bands for Purdue levels, columns for zones; many devices are shown in boxes.
#[utoipa::path(get, path = "/api/v1/map", operation_id = "map", params(MapQuery),
    responses((status = 200, body = Map)))]
pub(super) async fn show(State(app): State<App>, Query(query): Query<MapQuery>) -> Json<Map> {
    let show = match (query.asset, query.zone) {
        (Some(asset), _) => Show::Asset(asset),
        (None, Some(zone)) => Show::Zone(zone),
        (None, None) => Show::Zones,
    };
    Json(map(&app.site.snapshot(), &app.site.model(), &show))
}
