//! What a device does in the plant, from what it states and from whom it talks to.

use super::correct::USER;
use super::{Asset, Knowledge, Protocol, Resolution};
use crate::few::Few;
use crate::reason::Reason;
use crate::tables::Model;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use vocab::{Access, Attribute, Role};

/// A role with its reason.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleReason {
    /// `plc`, `hmi`, `switch`, …
    pub role: &'static str,
    /// How sure it is, 0 to 1.
    pub confidence: f32,
    /// Why, the strongest reason first.
    pub why: Vec<Reason>,
}

/// One sign of a role.
struct Sign {
    role: &'static str,
    confidence: f32,
    why: Reason,
}

/// How a device takes part in one protocol.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    /// Answers requests, or publishes.
    answers: u64,
    events: u64,
    /// Requests by what they do.
    asks: Few<Access, u64>,
    servers: Few<usize, ()>,
    clients: Few<usize, ()>,
}

impl Part {
    /// All requests.
    fn requests(&self) -> u64 {
        self.asks.iter().map(|(_, count)| *count).sum()
    }
}

pub(super) type Parts = Few<&'static str, Part>;

/// Gives devices their roles and level.
pub(super) fn infer(assets: &mut [Asset], parts: &[Parts], knowledge: &dyn Knowledge) {
    let mut words = Words { knowledge, known: HashMap::new() };
    for (asset, parts) in assets.iter_mut().zip(parts) {
        let mut signs = Vec::new();
        stated(asset, &mut signs);
        worded(asset, &mut words, &mut signs);
        served(parts, &mut signs);
        asked(parts, &mut signs);
        networked(asset, parts, &mut signs);
        asset.roles = ranked(signs);
        asset.purdue = level(asset);
    }
}

/// Who takes part in which protocol and how; the protocols are noted at the devices.
pub(super) fn takes_part(model: &Model, resolution: &mut Resolution) -> Vec<Parts> {
    let mut parts: Vec<Parts> = vec![Parts::default(); resolution.assets.len()];
    let mut protocols: Vec<Few<Protocol, ()>> = vec![Few::default(); resolution.assets.len()];
    for (key, seen) in &model.conversations {
        let Some(spec) = key.proto.and_then(|proto| model.spec(proto)) else { continue };
        let client = resolution.position(key.client, key.vlan);
        let server = resolution.position(key.server, key.vlan);
        if let Some(at) = client {
            protocols[at].insert(Protocol { proto: spec.id, server: false }, ());
        }
        if let Some(at) = server {
            protocols[at].insert(Protocol { proto: spec.id, server: true }, ());
        }
        for (op, total) in seen.operations.iter().filter(|(op, _)| op.proto == spec.id) {
            let access = spec.access(op.code, op.sub);
            let count = total.at.count;
            if let Some(at) = client {
                let part = parts[at].or_default(spec.key);
                match op.role {
                    Role::Request => {
                        *part.asks.or_default(access) += count;
                        if let Some(server) = server {
                            part.servers.insert(server, ());
                        }
                    }
                    Role::Event => part.events += count,
                    Role::Response => {}
                }
            }
            if let Some(at) = server {
                let part = parts[at].or_default(spec.key);
                match op.role {
                    // Asked counts too: a mirror may show one direction only.
                    Role::Request | Role::Response => {
                        part.answers += count;
                        if let Some(client) = client {
                            part.clients.insert(client, ());
                        }
                    }
                    Role::Event => {}
                }
            }
        }
    }
    for (asset, protocols) in resolution.assets.iter_mut().zip(protocols) {
        asset.protocols = protocols.iter().map(|(protocol, ())| *protocol).collect();
    }
    parts
}

fn add(signs: &mut Vec<Sign>, role: &'static str, confidence: f32, why: Reason) {
    signs.push(Sign { role, confidence, why });
}

/// All role words.
pub const ROLES: [&str; 22] = [
    "plc",
    "rtu",
    "ied",
    "safety-controller",
    "drive",
    "io-device",
    "sensor",
    "hmi",
    "engineering-station",
    "scada-server",
    "historian",
    "gateway",
    "switch",
    "router",
    "access-point",
    "firewall",
    "pc",
    "server",
    "printer",
    "phone",
    "camera",
    "ups",
];

/// What the device states in a field made for it.
fn stated(asset: &Asset, signs: &mut Vec<Sign>) {
    for evidence in asset.evidence.iter().filter(|e| e.attribute == Attribute::Role) {
        let role = ROLES.into_iter().find(|role| *role == evidence.value);
        if let Some(role) = role.filter(|_| evidence.part.is_none()) {
            let why = match evidence.protocol {
                USER => Reason::plain("corrected").with("by", &evidence.source),
                protocol => Reason::plain("states")
                    .word("protocol", protocol)
                    .with("source", &evidence.source),
            };
            add(signs, role, f32::from(evidence.weight) / 100.0, why);
        }
    }
}

/// What a text says of a role: role, weight, word.
type Said = Option<(&'static str, u8, String)>;

/// Many devices of a plant are alike: what a text says is found out once.
struct Words<'a> {
    knowledge: &'a dyn Knowledge,
    known: HashMap<String, Said>,
}

impl Words<'_> {
    fn role_of(&mut self, text: &str) -> Said {
        if let Some(said) = self.known.get(text) {
            return said.clone();
        }
        let said = self.knowledge.role_of(text);
        self.known.insert(text.to_owned(), said.clone());
        said
    }
}

/// What its product's name says.
fn worded(asset: &Asset, words: &mut Words<'_>, signs: &mut Vec<Sign>) {
    const TELLING: [Attribute; 7] = [
        Attribute::Product,
        Attribute::Model,
        Attribute::OrderNumber,
        Attribute::Description,
        Attribute::Os,
        Attribute::Software,
        Attribute::Name,
    ];
    for evidence in &asset.evidence {
        if !TELLING.contains(&evidence.attribute) || evidence.part.is_some() {
            continue;
        }
        let Some((role, sure, word)) = words.role_of(&evidence.value) else { continue };
        // A name is given by people, a product name by the maker.
        let trust = if evidence.attribute == Attribute::Name { 0.5 } else { 1.0 };
        let why = Reason::plain("words")
            .word("protocol", evidence.protocol)
            .with("source", &evidence.source)
            .with("word", word);
        let weight = f32::from(sure.min(evidence.weight)) / 100.0;
        add(signs, role, weight * trust, why);
    }
}

/// Who serves a field protocol is a field device of its kind.
const SERVERS: [(&str, &str, f32); 14] = [
    ("s7comm", "plc", 0.8),
    ("s7comm-plus", "plc", 0.85),
    ("umas", "plc", 0.9),
    ("modbus", "plc", 0.55),
    ("cip", "plc", 0.5),
    ("enip", "plc", 0.4),
    ("melsec", "plc", 0.8),
    ("fins", "plc", 0.8),
    ("ads", "plc", 0.75),
    ("tristation", "safety-controller", 0.9),
    ("dnp3", "rtu", 0.7),
    ("iec104", "rtu", 0.7),
    ("mms", "ied", 0.7),
    ("bacnet", "plc", 0.45),
];

/// Who publishes without being asked.
const PUBLISHERS: [(&str, &str, f32); 5] = [
    ("goose", "ied", 0.75),
    ("sv", "ied", 0.75),
    ("c37.118", "ied", 0.7),
    ("profinet-rt", "io-device", 0.3),
    ("cip-io", "io-device", 0.3),
];

fn served(parts: &Parts, signs: &mut Vec<Sign>) {
    for (proto, role, confidence) in SERVERS {
        if let Some(part) = parts.get(&proto).filter(|part| part.answers > 0) {
            let asks = part.requests();
            // Who asks as much as it answers is a peer or a server above the field.
            let confidence = if asks > part.answers { confidence * 0.5 } else { confidence };
            let why = Reason::plain("answers")
                .word("protocol", proto)
                .with("messages", part.answers)
                .with("peers", part.clients.len());
            add(signs, role, confidence, why);
        }
    }
    for (proto, role, confidence) in PUBLISHERS {
        if let Some(part) = parts.get(&proto).filter(|part| part.events > 0) {
            let why =
                Reason::plain("publishes").word("protocol", proto).with("messages", part.events);
            add(signs, role, confidence, why);
        }
    }
}

/// Who asks field devices is above them.
fn asked(parts: &Parts, signs: &mut Vec<Sign>) {
    let field = |key: &str| SERVERS.iter().any(|(proto, ..)| *proto == key) || key == "opcua";
    let mut servers: BTreeSet<usize> = BTreeSet::new();
    let mut asks: BTreeMap<Access, u64> = BTreeMap::new();
    let mut protos = Vec::new();
    for (proto, part) in parts.iter().filter(|(proto, _)| field(proto)) {
        if part.asks.is_empty() {
            continue;
        }
        servers.extend(part.servers.iter().map(|(at, ())| *at));
        part.asks.iter().for_each(|(access, n)| *asks.entry(*access).or_default() += n);
        protos.push(*proto);
    }
    if protos.is_empty() {
        return;
    }
    let count = |access| asks.get(&access).copied().unwrap_or(0);
    let list = protos.join(", ");
    let programs = count(Access::Program) + count(Access::Admin);
    if programs > 0 {
        let why = Reason::plain("programs").with("requests", programs).with("protocols", &list);
        add(signs, "engineering-station", 0.7, why);
    }
    let total: u64 = asks.values().sum();
    let writes = count(Access::Write) + count(Access::Control);
    let why = Reason::plain("asks")
        .with("devices", servers.len())
        .with("protocols", &list)
        .with("requests", total)
        .with("writes", writes);
    if servers.len() >= 3 || protos.contains(&"dnp3") || protos.contains(&"iec104") {
        add(signs, "scada-server", 0.6, why);
    } else if count(Access::Read) + writes > 0 {
        add(signs, "hmi", 0.5, why);
    }
}

/// What passes frames on, and what else speaks on the network.
fn networked(asset: &Asset, parts: &Parts, signs: &mut Vec<Sign>) {
    if !asset.forwards.is_empty() {
        let sure = if asset.forwards.len() > 1 { 0.85 } else { 0.5 };
        let why = Reason::plain("forwards").with("addresses", asset.forwards.len());
        add(signs, "router", sure, why);
    }
    let units: BTreeSet<u32> = asset
        .evidence
        .iter()
        .filter_map(|e| e.part.as_ref())
        .filter(|part| part.kind == "unit")
        .map(|part| part.number)
        .collect();
    if units.len() > 1 {
        add(signs, "gateway", 0.8, Reason::plain("units").with("units", units.len()));
    }
    for proto in ["smb", "nbns", "nbdgm"] {
        if let Some(part) = parts.get(&proto) {
            let messages = part.events + part.answers + part.requests();
            let why = Reason::plain("speaks").word("protocol", proto).with("messages", messages);
            add(signs, "pc", 0.35, why);
        }
    }
    if let Some(part) = parts.get(&"stp").filter(|part| part.events > 0) {
        let why = Reason::plain("bridges").with("messages", part.events);
        add(signs, "switch", 0.85, why);
    }
}

/// One entry per role with its strongest signs; roles by how sure they are together.
fn ranked(signs: Vec<Sign>) -> Vec<RoleReason> {
    let mut by_role: BTreeMap<&'static str, Vec<Sign>> = BTreeMap::new();
    for sign in signs {
        by_role.entry(sign.role).or_default().push(sign);
    }
    let mut ranked: Vec<RoleReason> = by_role
        .into_iter()
        .map(|(role, mut signs)| {
            signs.sort_by(|a, b| {
                b.confidence.total_cmp(&a.confidence).then_with(|| a.why.cmp(&b.why))
            });
            signs.dedup_by(|a, b| a.why == b.why);
            signs.truncate(4);
            // The word of a person goes before all signs.
            let most = if signs.iter().any(|s| s.why.code == "corrected") { 1.0 } else { 0.98 };
            let open = signs.iter().fold(1.0, |open, sign| open * (1.0 - sign.confidence));
            let mut why: Vec<_> = signs.into_iter().map(|sign| sign.why).collect();
            // It lies where all signs lay.
            why.shrink_to_fit();
            RoleReason { role, confidence: (1.0f32 - open).min(most), why }
        })
        .collect();
    ranked.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then_with(|| a.role.cmp(b.role)));
    ranked
}

/// The Purdue level of a role. ISA-95 / IEC 62264-1, as IEC 62443-1-1 §5 uses it.
fn level(asset: &Asset) -> Option<(u8, &'static str)> {
    Some(match asset.role()? {
        "sensor" => (0, "is_process"),
        "plc" | "rtu" | "ied" | "safety-controller" | "drive" | "io-device" => (1, "controls"),
        "hmi" | "engineering-station" | "scada-server" => (2, "supervises"),
        "gateway" => (1, "stands_for_units"),
        "historian" | "server" => (3, "serves_site"),
        "pc" | "printer" | "phone" => (4, "office_device"),
        // Network devices, cameras and power supplies stand at the level of what they connect.
        _ => return None,
    })
}
