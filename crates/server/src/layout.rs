//! Where things stand on the map: bands for Purdue levels, columns for zones. Deterministic, so
//! that addresses, pictures and reports agree.

use crate::site::Snapshot;
use model::Model;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use vocab::{Access, Attribute};

/// Most devices drawn one by one; more are shown as boxes.
const NODES_MAX: usize = 400;
/// Size of a device on the map.
const NODE: (u32, u32) = (168, 56);
/// Size of a box of devices.
const BOX: (u32, u32) = (208, 84);
/// Space between things.
const GAP: u32 = 24;
/// Devices side by side in one cell of band and column.
const PER_ROW: u32 = 2;
/// Space for a band's or column's name.
const MARGIN: u32 = 120;

/// A band of the map: one Purdue level.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct Band {
    /// 0 to 5; left out for devices whose level is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// Upper edge.
    pub y: u32,
    /// Height.
    pub height: u32,
}

/// A column of the map: one zone.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct Column {
    /// The zone.
    pub zone: String,
    /// Left edge.
    pub x: u32,
    /// Width.
    pub width: u32,
    /// Devices in it.
    pub assets: usize,
}

/// A device, or a box of devices of one level and zone.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct Node {
    /// The device's identifier, or `zone/level` for a box.
    pub id: String,
    /// Left edge.
    pub x: u32,
    /// Upper edge.
    pub y: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
    /// What to write: name or address; the zone for a box.
    pub label: String,
    /// Address, below the label; left out for a box and where it is the label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Role; left out for a box.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<&'static str>,
    /// Purdue level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// Zone.
    pub zone: String,
    /// How many devices a box holds; 1 for a device.
    pub count: usize,
    /// Roles in a box with their counts.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub roles: BTreeMap<&'static str, usize>,
}

/// Traffic between two nodes.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct Link {
    /// The node that asks.
    pub from: String,
    /// The node that answers.
    pub to: String,
    /// Protocols, by name.
    pub protocols: BTreeSet<&'static str>,
    /// Frames.
    pub packets: u64,
    /// The most dangerous class of operation: `observe` to `admin`; left out without any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<&'static str>,
    /// The ends are in different zones.
    pub crosses: bool,
}

/// A map.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct Map {
    /// The picture it is made from.
    pub revision: u64,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
    /// Bands, highest level first.
    pub bands: Vec<Band>,
    /// Columns.
    pub columns: Vec<Column>,
    /// Devices or boxes.
    pub nodes: Vec<Node>,
    /// Traffic between them.
    pub links: Vec<Link>,
    /// Devices that are shown in boxes because there are too many.
    pub boxed: usize,
}

/// What to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Show {
    /// Boxes per zone and level; devices one by one where there are few.
    Zones,
    /// The devices of one zone and whom they talk to.
    Zone(String),
    /// One device and its peers.
    Asset(String),
}

type Cell = (Option<u8>, String);

/// Lays a map out.
pub(crate) fn map(snapshot: &Snapshot, model: &Model, show: &Show) -> Map {
    let assets = &snapshot.resolution.assets;
    let links = links(snapshot, model);
    let chosen: BTreeSet<usize> = match show {
        Show::Zones => (0..assets.len()).collect(),
        Show::Zone(zone) => {
            with_peers(&links, |at| assets.get(at).is_some_and(|a| a.zone == *zone))
        }
        Show::Asset(id) => with_peers(&links, |at| assets.get(at).is_some_and(|a| a.id == *id)),
    };
    let boxed = match show {
        Show::Zones => chosen.len() > 60,
        Show::Zone(_) | Show::Asset(_) => chosen.len() > NODES_MAX,
    };
    let mut cells: BTreeMap<Cell, Vec<usize>> = BTreeMap::new();
    for at in &chosen {
        if let Some(asset) = assets.get(*at) {
            let level = asset.purdue.map(|(level, _)| level);
            cells.entry((level, asset.zone.clone())).or_default().push(*at);
        }
    }
    let mut place = Placer::new(&cells, boxed);
    let nodes = cells.iter().flat_map(|(cell, members)| place.cell(snapshot, cell, members));
    let nodes: Vec<Node> = nodes.collect();
    let name_of = |at: usize| -> Option<String> {
        let asset = assets.get(at).filter(|_| chosen.contains(&at))?;
        let level = asset.purdue.map(|(level, _)| level);
        Some(if boxed { box_id(&(level, asset.zone.clone())) } else { asset.id.clone() })
    };
    Map {
        revision: snapshot.revision,
        width: place.width,
        height: place.height,
        bands: place.bands,
        columns: place.columns,
        nodes,
        links: joined(links, &name_of, snapshot),
        boxed: if boxed { chosen.len() } else { 0 },
    }
}

fn box_id((level, zone): &Cell) -> String {
    format!("{zone}/{}", level.map_or_else(|| "?".to_owned(), |level| level.to_string()))
}

/// Traffic between two devices.
#[derive(Default)]
struct Traffic {
    protocols: BTreeSet<&'static str>,
    packets: u64,
    class: Option<Access>,
}

type Links = BTreeMap<(usize, usize), Traffic>;

fn links(snapshot: &Snapshot, model: &Model) -> Links {
    let mut links = Links::new();
    for (key, seen) in &model.conversations {
        let position = |host| snapshot.resolution.position(host, key.vlan);
        let (Some(a), Some(b)) = (position(key.client), position(key.server)) else { continue };
        if a == b {
            continue;
        }
        let link = links.entry((a, b)).or_default();
        link.protocols.extend(key.proto.and_then(|p| model.spec(p)).map(|spec| spec.key));
        if seen.main {
            link.packets += seen.client_packets + seen.server_packets;
        }
        for (op, _) in seen.operations.iter() {
            let spec = model.spec(op.proto).and_then(|spec| spec.operation(op.code, op.sub));
            link.class = link.class.max(spec.map(|spec| spec.access));
        }
    }
    links
}

fn with_peers(links: &Links, wanted: impl Fn(usize) -> bool) -> BTreeSet<usize> {
    let ends = links.keys().flat_map(|(a, b)| [(*a, *b), (*b, *a)]);
    let mut chosen: BTreeSet<usize> =
        ends.filter(|(a, _)| wanted(*a)).flat_map(|(a, b)| [a, b]).collect();
    if chosen.is_empty() {
        // A device without traffic stands alone.
        chosen.extend((0..100_000).filter(|at| wanted(*at)).take(NODES_MAX));
    }
    chosen
}

/// Links between nodes, those of boxed devices joined.
fn joined(
    links: Links,
    name_of: &dyn Fn(usize) -> Option<String>,
    snapshot: &Snapshot,
) -> Vec<Link> {
    let zone = |at: usize| snapshot.resolution.assets.get(at).map(|asset| asset.zone.as_str());
    let mut all: BTreeMap<(String, String), (Traffic, bool)> = BTreeMap::new();
    for ((a, b), traffic) in links {
        let (Some(from), Some(to)) = (name_of(a), name_of(b)) else { continue };
        if from == to {
            continue;
        }
        let (sum, crosses) = all.entry((from, to)).or_default();
        sum.protocols.extend(traffic.protocols);
        sum.packets += traffic.packets;
        sum.class = sum.class.max(traffic.class);
        *crosses |= zone(a) != zone(b);
    }
    all.into_iter()
        .map(|((from, to), (traffic, crosses))| Link {
            from,
            to,
            protocols: traffic.protocols,
            packets: traffic.packets,
            class: traffic.class.map(Access::key),
            crosses,
        })
        .collect()
}

/// Puts cells into bands and columns.
struct Placer {
    bands: Vec<Band>,
    columns: Vec<Column>,
    boxed: bool,
    width: u32,
    height: u32,
}

fn count(n: usize) -> u32 {
    vocab::sat_u32(n)
}

impl Placer {
    fn new(cells: &BTreeMap<Cell, Vec<usize>>, boxed: bool) -> Self {
        let mut rows: BTreeMap<Option<u8>, u32> = BTreeMap::new();
        let mut wide: BTreeMap<&str, (u32, usize)> = BTreeMap::new();
        for ((level, zone), members) in cells {
            let things = if boxed { 1 } else { count(members.len()) };
            let row = rows.entry(*level).or_default();
            *row = (*row).max(things.div_ceil(PER_ROW));
            let column = wide.entry(zone).or_default();
            column.0 = column.0.max(things.min(PER_ROW));
            column.1 += members.len();
        }
        let (w, h) = if boxed { BOX } else { NODE };
        let mut y = GAP + 32;
        // Highest level on top; unknown ones below all.
        let levels = rows.iter().rev().filter(|(level, _)| level.is_some());
        let unknown = rows.iter().filter(|(level, _)| level.is_none());
        let mut bands = Vec::new();
        for (level, things) in levels.chain(unknown) {
            let height = things * (h + GAP) + GAP;
            bands.push(Band { level: *level, y, height });
            y += height + GAP / 2;
        }
        let mut x = MARGIN;
        let mut columns = Vec::new();
        for (zone, (things, assets)) in wide {
            let width = things * (w + GAP) + GAP;
            columns.push(Column { zone: zone.to_owned(), x, width, assets });
            x += width + GAP;
        }
        Self { bands, columns, boxed, width: x.max(640), height: y.max(320) }
    }

    /// The nodes of a cell.
    fn cell(&mut self, snapshot: &Snapshot, cell: &Cell, members: &[usize]) -> Vec<Node> {
        let (level, zone) = cell;
        let band = self.bands.iter().find(|band| band.level == *level);
        let column = self.columns.iter().find(|column| column.zone == *zone);
        let (Some(band), Some(column)) = (band, column) else { return Vec::new() };
        let (left, top) = (column.x + GAP, band.y + GAP);
        if self.boxed {
            return vec![boxes(snapshot, cell, members, (left, top))];
        }
        let mut sorted = members.to_vec();
        sorted.sort_by_key(|at| {
            let asset = snapshot.resolution.assets.get(*at);
            asset.map(|asset| (asset.role(), asset.ips.first().copied(), asset.id.clone()))
        });
        let place = |i: usize| {
            let (row, in_row) = (count(i) / PER_ROW, count(i) % PER_ROW);
            (left + in_row * (NODE.0 + GAP), top + row * (NODE.1 + GAP))
        };
        sorted.iter().enumerate().filter_map(|(i, at)| single(snapshot, *at, place(i))).collect()
    }
}

fn single(snapshot: &Snapshot, at: usize, (x, y): (u32, u32)) -> Option<Node> {
    let asset = snapshot.resolution.assets.get(at)?;
    let address = asset.ips.first().map_or_else(|| asset.id.clone(), ToString::to_string);
    let name = asset.value(Attribute::Name).map(str::to_owned);
    let level = asset.purdue.map(|(level, _)| level);
    Some(Node {
        id: asset.id.clone(),
        x,
        y,
        width: NODE.0,
        height: NODE.1,
        label: name.clone().unwrap_or_else(|| address.clone()),
        address: name.map(|_| address),
        role: asset.role(),
        level,
        zone: asset.zone.clone(),
        count: 1,
        roles: BTreeMap::new(),
    })
}

fn boxes(snapshot: &Snapshot, cell: &Cell, members: &[usize], (x, y): (u32, u32)) -> Node {
    let mut roles = BTreeMap::new();
    for at in members {
        let role = snapshot.resolution.assets.get(*at).and_then(model::Asset::role);
        *roles.entry(role.unwrap_or("unknown")).or_default() += 1;
    }
    Node {
        id: box_id(cell),
        x,
        y,
        width: BOX.0,
        height: BOX.1,
        label: cell.1.clone(),
        address: None,
        role: None,
        level: cell.0,
        zone: cell.1.clone(),
        count: members.len(),
        roles,
    }
}
