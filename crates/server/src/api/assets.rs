//! Devices and what they talk about.

use super::problem::{Problem, ProblemView};
use super::risk::judged;
use crate::filter::Filter;
use crate::serve::App;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use model::{Asset, Model};
use serde::{Deserialize, Serialize};
use view::{AssetView, ConversationView};
use vocab::Attribute;

/// Most rows of one answer.
const ROWS_MAX: usize = 5_000;
/// Most conversations of one answer.
const CONVERSATIONS_MAX: usize = 500;

/// Which devices, in which order.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AssetQuery {
    /// Words and `field:value` pairs that must all hold; `-` turns one around.
    #[serde(default)]
    pub filter: String,
    /// Column to sort by; `-` in front for the reverse. By address where it is left out.
    #[serde(default)]
    pub sort: String,
    /// Rows to leave out at the start.
    #[serde(default)]
    pub offset: usize,
    /// Most rows; 5,000 where it is left out.
    #[serde(default)]
    pub limit: Option<usize>,
}

/// Which rows of a list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Part {
    /// Rows to leave out at the start.
    #[serde(default)]
    offset: usize,
    /// Most rows; 500 where it is left out.
    #[serde(default)]
    limit: Option<usize>,
}

/// A device in a list.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AssetRow {
    /// Identifier.
    pub id: String,
    /// First IP address, else first MAC.
    pub address: String,
    /// MACs.
    pub macs: Vec<String>,
    /// IP addresses.
    pub ips: Vec<String>,
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Maker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor: Option<String>,
    /// Model, product or order number: the first that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Firmware.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub firmware: Option<String>,
    /// Role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<&'static str>,
    /// Purdue level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// Zone.
    pub zone: String,
    /// Protocols, industrial ones first.
    pub protocols: Vec<&'static str>,
    /// Frames sent.
    pub packets: u64,
    /// How sure the identification is, 0 to 1.
    pub confidence: f32,
    /// It never sent a frame here.
    pub silent: bool,
    /// Last frame's time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
}

/// Devices that a filter found.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AssetPage {
    /// The picture it is made from.
    pub revision: u64,
    /// All devices.
    pub total: usize,
    /// Devices that passed the filter.
    pub matched: usize,
    /// The rows asked for.
    pub rows: Vec<AssetRow>,
}

/// Conversations of a device.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ConversationPage {
    /// The picture it is made from.
    pub revision: u64,
    /// All conversations of the device.
    pub total: usize,
    /// The rows asked for, the most important ones first.
    pub rows: Vec<ConversationView>,
}

impl AssetRow {
    fn new(asset: &Asset, model: &Model) -> Self {
        let value = |attribute| asset.value(attribute).map(str::to_owned);
        let specs = asset.protocols.iter().filter_map(|p| model.spec(p.proto));
        let mut protocols: Vec<_> = specs.map(|spec| (!spec.industrial, spec.key)).collect();
        protocols.sort_unstable();
        protocols.dedup();
        let ips: Vec<String> = asset.ips.iter().map(ToString::to_string).collect();
        let seen = asset.seen.packets > 0;
        Self {
            id: asset.id.clone(),
            address: ips.first().cloned().unwrap_or_else(|| asset.id.clone()),
            macs: asset.macs.iter().map(ToString::to_string).collect(),
            ips,
            name: value(Attribute::Name),
            vendor: value(Attribute::Vendor),
            product: product(asset).map(str::to_owned),
            firmware: value(Attribute::Firmware),
            role: asset.role(),
            level: asset.purdue.map(|(level, _)| level),
            zone: asset.zone.clone(),
            protocols: protocols.into_iter().map(|(_, key)| key).collect(),
            packets: asset.seen.packets,
            confidence: (asset.confidence * 100.0).round() / 100.0,
            silent: asset.silent,
            last: seen.then(|| view::rfc3339(asset.seen.last)),
        }
    }
}

/// Model, product or order number: the first that is known.
fn product(asset: &Asset) -> Option<&str> {
    [Attribute::Model, Attribute::Product, Attribute::OrderNumber]
        .into_iter()
        .find_map(|attribute| asset.value(attribute))
}

/// Devices.
#[utoipa::path(get, path = "/api/v1/assets", operation_id = "assets", params(AssetQuery),
    responses((status = 200, body = AssetPage), (status = 422, body = ProblemView)))]
pub(super) async fn list(
    State(app): State<App>,
    Query(query): Query<AssetQuery>,
) -> Result<Json<AssetPage>, Problem> {
    let filter = Filter::parse(&query.filter)
        .map_err(|error| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "filter", error))?;
    let snapshot = app.site.snapshot();
    let model = app.site.model();
    let assets = &snapshot.resolution.assets;
    let mut found: Vec<&Asset> =
        assets.iter().filter(|asset| filter.accepts(asset, &model)).collect();
    sort(&mut found, &query.sort)?;
    let matched = found.len();
    let limit = query.limit.unwrap_or(ROWS_MAX).min(ROWS_MAX);
    let rows = found.into_iter().skip(query.offset).take(limit);
    let rows = rows.map(|asset| AssetRow::new(asset, &model)).collect();
    Ok(Json(AssetPage { revision: snapshot.revision, total: assets.len(), matched, rows }))
}

/// Sorts by a column; rows without a value come last.
fn sort(rows: &mut [&Asset], by: &str) -> Result<(), Problem> {
    let (reverse, column) = by.strip_prefix('-').map_or((false, by), |column| (true, column));
    let mut by_text = |text: fn(&Asset) -> Option<&str>| {
        let key = |asset: &Asset| text(asset).map(str::to_owned);
        rows.sort_by_cached_key(|asset| (text(asset).is_none(), key(asset)));
    };
    match column {
        "" | "address" => {}
        "name" => by_text(|asset| asset.value(Attribute::Name)),
        "vendor" => by_text(|asset| asset.value(Attribute::Vendor)),
        "product" => by_text(product),
        "firmware" => by_text(|asset| asset.value(Attribute::Firmware)),
        "role" => by_text(Asset::role),
        "level" => rows.sort_by_key(|asset| match asset.purdue {
            Some((level, _)) => (false, level),
            None => (true, 0),
        }),
        "zone" => rows.sort_by(|a, b| a.zone.cmp(&b.zone)),
        "packets" => rows.sort_by_key(|asset| asset.seen.packets),
        "confidence" => rows.sort_by(|a, b| a.confidence.total_cmp(&b.confidence)),
        "last" => rows.sort_by_key(|a| (a.seen.packets > 0).then_some(a.seen.last)),
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

/// A device by its identifier or by any of its addresses.
pub(super) fn find<'a>(assets: &'a [Asset], id: &str) -> Option<&'a Asset> {
    let has_address = |asset: &&Asset| {
        asset.macs.iter().any(|mac| mac.to_string() == id)
            || asset.ips.iter().any(|ip| ip.to_string() == id)
    };
    assets.iter().find(|asset| asset.id == id).or_else(|| assets.iter().find(has_address))
}

/// One device with all its evidence.
#[utoipa::path(get, path = "/api/v1/assets/{id}", operation_id = "asset",
    params(("id" = String, Path, description = "Identifier, or any address of the device")),
    responses((status = 200, body = AssetView), (status = 404, body = ProblemView)))]
pub(super) async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<AssetView>, Problem> {
    // While the facts are not there yet, the device is shown without them.
    let judged = judged(&app).await?;
    let snapshot = app.site.snapshot();
    let model = app.site.model();
    let asset = find(&snapshot.resolution.assets, &id);
    let asset = asset.ok_or_else(|| Problem::not_found("such device"))?;
    let risk = judged.as_ref().map(|judged| judged.assessment.as_ref());
    Ok(Json(AssetView::new(asset, &model).with(risk)))
}

/// What a device talks about, and with whom.
#[utoipa::path(get, path = "/api/v1/assets/{id}/conversations", operation_id = "conversations",
    params(("id" = String, Path, description = "Identifier, or any address of the device"), Part),
    responses((status = 200, body = ConversationPage), (status = 404, body = ProblemView)))]
pub(super) async fn conversations(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(part): Query<Part>,
) -> Result<Json<ConversationPage>, Problem> {
    let snapshot = app.site.snapshot();
    let model = app.site.model();
    let asset = find(&snapshot.resolution.assets, &id);
    let asset = asset.ok_or_else(|| Problem::not_found("such device"))?;
    let own = |host| match host {
        vocab::Host::Mac(mac) => asset.macs.contains(&mac),
        vocab::Host::Ip(ip) => asset.ips.contains(&ip),
    };
    let mut found: Vec<_> =
        model.conversations.iter().filter(|(key, _)| own(key.client) || own(key.server)).collect();
    let industrial = |key: &model::ConversationKey| {
        key.proto.and_then(|proto| model.spec(proto)).is_some_and(|spec| spec.industrial)
    };
    found.sort_by(|(a, x), (b, y)| {
        let packets = |seen: &model::Conversation| seen.client_packets + seen.server_packets;
        let order = industrial(b).cmp(&industrial(a));
        order.then_with(|| packets(y).cmp(&packets(x))).then_with(|| a.cmp(b))
    });
    let total = found.len();
    let limit = part.limit.unwrap_or(CONVERSATIONS_MAX).min(CONVERSATIONS_MAX);
    let rows = found.into_iter().skip(part.offset).take(limit);
    let rows = rows.map(|(key, seen)| view::conversation(key, seen, &model)).collect();
    Ok(Json(ConversationPage { revision: snapshot.revision, total, rows }))
}
