//! Conversations, operations and protocols as documents.

use crate::time::seen;
use model::{Conversation, ConversationKey, Model, OperationSeen, TargetKey, TargetTotal};
use serde::Serialize;
use std::collections::BTreeMap;
use vocab::{Access, ProtoId, Role, Target};

/// An operation within a conversation, requests and answers together.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ConversationOperation {
    /// The protocol, where it is not the conversation's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<&'static str>,
    /// The standard's number.
    pub code: u32,
    /// The number below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subcode: Option<u16>,
    /// Its name; `unknown` for numbers that the standard does not give.
    pub name: &'static str,
    /// What it does to a plant.
    pub class: &'static str,
    /// Requests.
    pub requests: u64,
    /// Answers.
    pub responses: u64,
    /// Unsolicited or cyclic messages.
    #[serde(skip_serializing_if = "is_zero")]
    pub events: u64,
    /// Answers that say it failed.
    pub errors: u64,
    /// Mean time from request to answer, in microseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latency_us: Option<u64>,
    /// Longest time from request to answer, in microseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latency_us_max: Option<u64>,
    /// Number of the first frame.
    pub frame: u64,
    /// The input that frame is in.
    pub file: u16,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde wants a reference")]
fn is_zero(n: &u64) -> bool {
    *n == 0
}

/// A target touched in a conversation.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct TargetView {
    /// As an engineer writes it.
    pub target: String,
    /// The unit behind the server's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<u32>,
    /// The operation that touches it.
    pub operation: &'static str,
    /// What the operation does to a plant.
    pub class: &'static str,
    /// `request`, `response` or `event`.
    pub direction: &'static str,
    /// How often.
    pub count: u64,
    /// Number of the first frame.
    pub frame: u64,
    /// The input that frame is in.
    pub file: u16,
}

/// Who talks with whom, over what.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ConversationView {
    /// The end that asks.
    pub client: String,
    /// The end that answers, or a group.
    pub server: String,
    /// The protocol; left out where nothing was recognised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<&'static str>,
    /// `tcp`, `udp`, `ip` or `ethernet`.
    pub transport: &'static str,
    /// The server's port, or what selects the payload where there are no ports.
    pub port: u16,
    /// VLAN.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vlan: Option<u16>,
    /// Frames.
    pub packets: u64,
    /// Frames from the client.
    pub packets_client: u64,
    /// Bytes.
    pub bytes: u64,
    /// First time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// Last time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    /// Number of the first frame.
    pub frame: u64,
    /// The input that frame is in.
    pub file: u16,
    /// Messages per second over the conversation's time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<f64>,
    /// Operations.
    pub operations: Vec<ConversationOperation>,
    /// Targets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<TargetView>,
}

/// An operation over all conversations.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct OperationView {
    /// The protocol.
    pub protocol: &'static str,
    /// `request`, `response` or `event`.
    pub direction: &'static str,
    /// The standard's number.
    pub code: u32,
    /// The number below it, `null` without.
    pub subcode: Option<u16>,
    /// Its name.
    pub name: &'static str,
    /// What it does to a plant.
    pub class: &'static str,
    /// What an attacker uses it for: a technique of ATT&CK for ICS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub technique: Option<String>,
    /// How often.
    pub count: u64,
    /// How many failed.
    pub errors: u64,
}

/// A protocol and how much of it there was.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ProtocolView {
    /// The protocol.
    pub id: &'static str,
    /// Frames that carried it.
    pub packets: u64,
    /// Messages recognised.
    pub messages: u64,
}

fn named(model: &Model, proto: ProtoId, code: u32, sub: Option<u16>) -> (&'static str, Access) {
    let spec = model.spec(proto).and_then(|spec| spec.operation(code, sub));
    spec.map_or(("unknown", Access::Observe), |spec| (spec.name, spec.access))
}

/// A conversation of a model.
pub fn conversation(
    key: &ConversationKey,
    seen_at: &Conversation,
    model: &Model,
) -> ConversationView {
    let spec = key.proto.and_then(|proto| model.spec(proto));
    let messages: u64 = seen_at.operations.iter().map(|(_, seen)| seen.at.count).sum();
    ConversationView {
        client: key.client.to_string(),
        server: key.server.to_string(),
        protocol: spec.map(|spec| spec.key),
        transport: key.transport.key(),
        port: key.port,
        vlan: (key.vlan != 0).then_some(key.vlan),
        packets: seen_at.client_packets + seen_at.server_packets,
        packets_client: seen_at.client_packets,
        bytes: seen_at.bytes,
        first: seen(seen_at.first),
        last: seen(seen_at.last),
        frame: seen_at.frame.number,
        file: seen_at.frame.file,
        rate: rate(messages, seen_at.last.since_ns(seen_at.first)),
        operations: conversation_operations(key, seen_at, model),
        targets: targets(seen_at, model),
    }
}

/// Messages per second, three decimals.
#[expect(clippy::cast_precision_loss, reason = "a rate for people")]
fn rate(messages: u64, span_ns: i64) -> Option<f64> {
    if messages == 0 || span_ns <= 0 {
        return None;
    }
    let rate = messages as f64 * 1e9 / span_ns as f64;
    Some((rate * 1000.0).round() / 1000.0)
}

fn conversation_operations(
    key: &ConversationKey,
    seen: &Conversation,
    model: &Model,
) -> Vec<ConversationOperation> {
    type Rows = BTreeMap<(bool, ProtoId, u32, Option<u16>), ConversationOperation>;
    let mut rows: Rows = BTreeMap::new();
    for (op, total) in seen.operations.iter() {
        let own = Some(op.proto) == key.proto;
        let (name, access) = named(model, op.proto, op.code, op.sub);
        let protocol = model.spec(op.proto).map(|spec| spec.key).filter(|_| !own);
        let place = (!own, op.proto, op.code, op.sub);
        let row = rows.entry(place).or_insert_with(|| ConversationOperation {
            protocol,
            code: op.code,
            subcode: op.sub,
            name,
            class: access.key(),
            requests: 0,
            responses: 0,
            events: 0,
            errors: 0,
            latency_us: None,
            latency_us_max: None,
            frame: total.at.frame.number,
            file: total.at.frame.file,
        });
        match op.role {
            Role::Request => row.requests += total.at.count,
            Role::Response => row.responses += total.at.count,
            Role::Event => row.events += total.at.count,
        }
        add_answers(row, total);
    }
    rows.into_values().collect()
}

fn add_answers(row: &mut ConversationOperation, total: &OperationSeen) {
    row.errors += total.errors;
    if let Some(mean) = total.latency_ns_sum.checked_div(total.paired) {
        row.latency_us = Some(mean / 1000);
        row.latency_us_max = Some(total.latency_ns_max / 1000);
    }
    if (total.at.frame.file, total.at.frame.number) < (row.file, row.frame) {
        (row.file, row.frame) = (total.at.frame.file, total.at.frame.number);
    }
}

/// In an order that does not depend on which name was met first.
fn targets(seen: &Conversation, model: &Model) -> Vec<TargetView> {
    let mut keys: Vec<_> = seen.targets.iter().collect();
    let place = |key: &TargetKey| TargetKey { name_order: 0, name: 0, ..*key };
    keys.sort_by_key(|(key, _)| (place(key), model.names.get(key.name)));
    keys.into_iter().map(|(key, touched)| target_view(key, touched, model)).collect()
}

fn target_view(key: &TargetKey, touched: &TargetTotal, model: &Model) -> TargetView {
    let (operation, access) = named(model, key.proto, key.code, None);
    let spec = model.spec(key.proto);
    let area = spec.and_then(|spec| spec.areas.iter().find(|area| area.id == key.area));
    let quantity = match key.quantity {
        0 => touched.quantity,
        u32::MAX => 0,
        quantity => u64::from(quantity),
    };
    let name = model.names.get(key.name);
    let target = area.map(|area| Target {
        area,
        index: key.index,
        count: vocab::sat_u32(vocab::sat_usize(quantity)),
        extra: key.extra,
        name: name.as_bytes(),
    });
    TargetView {
        target: target.map_or_else(|| name.to_owned(), |target| target.to_string()),
        unit: key.unit,
        operation,
        class: access.key(),
        direction: key.role.key(),
        count: touched.at.count,
        frame: touched.at.frame.number,
        file: touched.at.frame.file,
    }
}

/// The operations of a model in their order.
pub fn operations(model: &Model) -> impl Iterator<Item = OperationView> + '_ {
    model.operations.iter().filter_map(|(key, seen)| {
        let (name, access) = named(model, key.proto, key.code, key.sub);
        let spec = model.spec(key.proto)?;
        let known = spec.operation(key.code, key.sub);
        Some(OperationView {
            protocol: spec.key,
            direction: key.role.key(),
            code: key.code,
            subcode: key.sub,
            name,
            class: access.key(),
            technique: known.and_then(|op| spec.technique(op)).map(|t| t.to_string()),
            count: seen.at.count,
            errors: seen.errors,
        })
    })
}

/// The protocols of a model.
pub fn protocols(model: &Model) -> impl Iterator<Item = ProtocolView> + '_ {
    model.protocols.iter().filter_map(|(proto, seen)| {
        let id = model.spec(*proto)?.key;
        Some(ProtocolView { id, packets: seen.packets, messages: seen.messages })
    })
}
