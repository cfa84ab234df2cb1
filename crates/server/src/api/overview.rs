//! The first page: what is there, what matters now, what was not understood.

use crate::filter::is_identified;
use crate::serve::App;
use axum::Json;
use axum::extract::State;
use model::Model;
use serde::Serialize;
use std::collections::BTreeMap;
use view::Capture;
use vocab::{Access, Role, Ts};

/// How many there are of something.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Count {
    /// Of what; left out where it is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// How many.
    pub count: usize,
}

/// A device that takes part.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Party {
    /// Identifier.
    pub id: String,
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<&'static str>,
    /// Purdue level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
}

/// An operation that changes the plant.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Change {
    /// `write`, `control`, `program` or `admin`.
    pub class: &'static str,
    /// Protocol.
    pub protocol: &'static str,
    /// Operation.
    pub operation: &'static str,
    /// Who asked.
    pub client: String,
    /// Who was asked.
    pub server: String,
    /// The asking device, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_asset: Option<Party>,
    /// The asked device, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_asset: Option<Party>,
    /// How often.
    pub count: u64,
    /// First time.
    pub first: String,
    /// Last time.
    pub last: String,
    /// Number of the first frame.
    pub frame: u64,
    /// The input that frame is in.
    pub file: u16,
}

/// A protocol with its share.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProtocolRow {
    /// Short name.
    pub id: &'static str,
    /// Name for people.
    pub name: &'static str,
    /// Spoken by controllers and field devices.
    pub industrial: bool,
    /// Depth reached: 1 recognised, 2 operations, 3 values, 4 usable inline.
    pub depth: u8,
    /// Standard.
    pub standard: &'static str,
    /// Operations known.
    pub operations: usize,
    /// Techniques of ATT&CK for ICS that its operations serve, by number.
    pub techniques: Vec<String>,
    /// Frames seen.
    pub packets: u64,
    /// Messages seen.
    pub messages: u64,
}

/// The first page.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Overview {
    /// The picture it is made from.
    pub revision: u64,
    /// Input still comes.
    pub live: bool,
    /// What was read.
    pub capture: Capture,
    /// Devices.
    pub assets: usize,
    /// Devices of which maker and product are known.
    pub identified: usize,
    /// Conversations.
    pub conversations: usize,
    /// Devices by Purdue level.
    pub levels: Vec<Count>,
    /// Devices by role.
    pub roles: Vec<Count>,
    /// Devices by zone.
    pub zones: Vec<Count>,
    /// Devices by maker, the ten largest.
    pub vendors: Vec<Count>,
    /// Protocols seen.
    pub protocols: Vec<ProtocolRow>,
    /// Frames of no protocol that was recognised.
    pub unknown_packets: u64,
    /// Operations that change the plant, most dangerous first; at most 50.
    pub changes: Vec<Change>,
    /// All of them.
    pub changes_total: usize,
}

/// Most changes shown.
const CHANGES_MAX: usize = 50;

/// The first page.
#[utoipa::path(get, path = "/api/v1/overview", operation_id = "overview",
    responses((status = 200, body = Overview)))]
pub(super) async fn show(State(app): State<App>) -> Json<Overview> {
    let snapshot = app.site.snapshot();
    let model = app.site.model();
    let assets = &snapshot.resolution.assets;
    let by = |key: &dyn Fn(&model::Asset) -> Option<String>| counted(assets.iter().map(key));
    let mut vendors = by(&|a| a.value(vocab::Attribute::Vendor).map(str::to_owned));
    vendors.truncate(10);
    let (changes, changes_total) = changes(&app, &model);
    let unknown = model.conversations.iter().filter(|(key, _)| key.proto.is_none());
    Json(Overview {
        revision: snapshot.revision,
        live: snapshot.live,
        capture: snapshot.capture.clone(),
        assets: assets.len(),
        identified: assets.iter().filter(|asset| is_identified(asset)).count(),
        conversations: snapshot.conversations,
        levels: by(&|a| a.purdue.map(|(level, _)| level.to_string())),
        roles: by(&|a| a.role().map(str::to_owned)),
        zones: by(&|a| Some(a.zone.clone())),
        vendors,
        protocols: seen_protocols(&model),
        unknown_packets: unknown.map(|(_, c)| c.client_packets + c.server_packets).sum(),
        changes,
        changes_total,
    })
}

/// How many devices per key, the largest count first.
fn counted(keys: impl Iterator<Item = Option<String>>) -> Vec<Count> {
    let mut counts: BTreeMap<Option<String>, usize> = BTreeMap::new();
    for key in keys {
        *counts.entry(key).or_default() += 1;
    }
    let mut counts: Vec<Count> =
        counts.into_iter().map(|(key, count)| Count { key, count }).collect();
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.key.cmp(&b.key)));
    counts
}

fn row(spec: &'static vocab::Spec, seen: Option<&model::ProtocolSeen>) -> ProtocolRow {
    ProtocolRow {
        id: spec.key,
        name: spec.name,
        industrial: spec.industrial,
        depth: spec.depth,
        standard: spec.standard,
        operations: spec.operations.len(),
        techniques: spec.techniques().iter().map(ToString::to_string).collect(),
        packets: seen.map_or(0, |seen| seen.packets),
        messages: seen.map_or(0, |seen| seen.messages),
    }
}

fn seen_protocols(model: &Model) -> Vec<ProtocolRow> {
    let seen = model.protocols.iter();
    let mut rows: Vec<ProtocolRow> =
        seen.filter_map(|(proto, seen)| Some(row(model.spec(*proto)?, Some(seen)))).collect();
    rows.sort_by(|a, b| b.industrial.cmp(&a.industrial).then(b.messages.cmp(&a.messages)));
    rows
}

/// All protocols that Ferrite knows, with what was seen of each.
#[utoipa::path(get, path = "/api/v1/protocols", operation_id = "protocols",
    responses((status = 200, body = Vec<ProtocolRow>)))]
pub(super) async fn protocols(State(app): State<App>) -> Json<Vec<ProtocolRow>> {
    let model = app.site.model();
    let mut rows: Vec<ProtocolRow> =
        model.specs.iter().map(|spec| row(spec, model.protocols.get(&spec.id))).collect();
    rows.sort_by_key(|row| (!row.industrial, row.id));
    Json(rows)
}

/// Operations that change the plant, and how many there are.
fn changes(app: &App, model: &Model) -> (Vec<Change>, usize) {
    let snapshot = app.site.snapshot();
    let mut found = Vec::new();
    for (key, seen) in &model.conversations {
        let asset = |host| {
            let at = snapshot.resolution.position(host, key.vlan)?;
            snapshot.resolution.assets.get(at).map(|asset| Party {
                id: asset.id.clone(),
                name: asset.value(vocab::Attribute::Name).map(str::to_owned),
                role: asset.role(),
                level: asset.purdue.map(|(level, _)| level),
            })
        };
        for (op, total) in seen.operations.iter().filter(|(op, _)| op.role == Role::Request) {
            let Some(spec) = model.spec(op.proto) else { continue };
            let Some(named) = spec.operation(op.code, op.sub) else { continue };
            if named.access < Access::Write {
                continue;
            }
            let place = (std::cmp::Reverse(named.access), spec.key, named.name, *key);
            found.push((
                place,
                Change {
                    class: named.access.key(),
                    protocol: spec.key,
                    operation: named.name,
                    client: key.client.to_string(),
                    server: key.server.to_string(),
                    client_asset: asset(key.client),
                    server_asset: asset(key.server),
                    count: total.at.count,
                    first: time(total.at.first),
                    last: time(total.at.last),
                    frame: total.at.frame.number,
                    file: total.at.frame.file,
                },
            ));
        }
    }
    found.sort_by_key(|(place, _)| *place);
    let total = found.len();
    (found.into_iter().map(|(_, change)| change).take(CHANGES_MAX).collect(), total)
}

fn time(at: Ts) -> String {
    view::rfc3339(at)
}
