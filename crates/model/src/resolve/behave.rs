//! What a device is by how it behaves: whose protocol it serves, and how its IP stack counts.
//!
//! Weak signs, far below what a device states: others build servers for a maker's protocol, and
//! people change the time to live. They fill gaps, and agree or disagree with the rest.

use super::attributes::Evidence;
use super::{Asset, Resolution};
use crate::tables::{Conversation, ConversationKey, Model};
use std::collections::BTreeMap;
use vocab::{Attribute, Host, ProtoId, Role};

/// Protocols of one maker: who answers them is likely its device.
const MAKERS: [(&str, &str, u8); 15] = [
    ("s7comm-plus", "Siemens", 60),
    ("s7comm", "Siemens", 40),
    ("umas", "Schneider Electric", 60),
    ("tristation", "Schneider Electric", 55),
    ("ads", "Beckhoff", 45),
    ("fins", "Omron", 50),
    ("melsec", "Mitsubishi Electric", 45),
    ("melsoft", "Mitsubishi Electric", 50),
    ("pcworx", "Phoenix Contact", 55),
    ("proconos", "Phoenix Contact", 25),
    ("ge-srtp", "GE", 50),
    ("roc-plus", "Emerson", 55),
    ("bsap", "Emerson", 40),
    ("fox", "Tridium", 50),
    ("ether-s-bus", "Saia-Burgess", 55),
];

/// Protocols that Windows machines speak; Samba answers some of them too.
const WINDOWS: [&str; 6] = ["smb", "nbns", "nbdgm", "llmnr", "rdp", "mssql"];
/// The time to live with which Windows sends, and how many routers may lie between.
const WINDOWS_TTL: u8 = 128;
const HOPS_MAX: u8 = 31;
/// How sure that is.
const WINDOWS_WEIGHT: u8 = 35;

/// What one protocol shows of a device: how often, and the first conversation.
#[derive(Clone, Copy)]
struct Shown<'a> {
    key: &'a ConversationKey,
    seen: &'a Conversation,
    count: u64,
}

/// Adds what behaviour says to the devices' evidence.
pub(super) fn observe(model: &Model, resolution: &mut Resolution) {
    let makers = numbers(model, &MAKERS.map(|(key, ..)| key));
    let windows = numbers(model, &WINDOWS);
    let mut served = Served::new();
    let mut spoken = Spoken::new();
    for (key, seen) in &model.conversations {
        let Some(proto) = key.proto else { continue };
        if let Some(name) = makers.get(&proto) {
            let own = seen.operations.iter().filter(|(op, _)| op.proto == proto);
            let answers = own.filter(|(op, _)| op.role == Role::Response);
            let count: u64 = answers.map(|(_, total)| total.at.count).sum();
            if let Some(at) = resolution.position(key.server, key.vlan).filter(|_| count > 0) {
                let shown = served.entry((at, name)).or_insert(Shown { key, seen, count: 0 });
                shown.count += count;
                if seen.frame < shown.seen.frame {
                    (shown.key, shown.seen) = (key, seen);
                }
            }
        }
        if let Some(name) = windows.get(&proto) {
            // Who asks for them is as telling as who answers.
            let ends = [(key.client, seen.client_packets), (key.server, seen.server_packets)];
            for (host, count) in ends.into_iter().filter(|(_, count)| *count > 0) {
                let Some(at) = resolution.position(host, key.vlan) else { continue };
                let shown = Shown { key, seen, count };
                let first = spoken.entry(at).or_insert((name, shown));
                if (seen.frame, *name) < (first.1.seen.frame, first.0) {
                    *first = (name, shown);
                }
            }
        }
    }
    add_makers(resolution, served);
    add_windows(model, resolution, spoken);
}

type Served<'a> = BTreeMap<(usize, &'static str), Shown<'a>>;
type Spoken<'a> = BTreeMap<usize, (&'static str, Shown<'a>)>;

/// Says whose devices answer their maker's protocol.
fn add_makers(resolution: &mut Resolution, served: Served<'_>) {
    for ((at, protocol), shown) in served {
        let Some(asset) = resolution.assets.get_mut(at) else { continue };
        let made = MAKERS.iter().find(|(key, ..)| *key == protocol);
        if let Some((_, maker, weight)) = made {
            let source = "answers it";
            let host = shown.key.server;
            let said = evidence(protocol, source, (Attribute::Vendor, maker), *weight, host, shown);
            asset.evidence.push(said);
        }
    }
}

/// Says which devices that speak as Windows does also count as it does.
fn add_windows(model: &Model, resolution: &mut Resolution, spoken: Spoken<'_>) {
    let counts = times_to_live(model, resolution);
    for (at, (protocol, shown)) in spoken {
        let fits = |ttl: &u8| (WINDOWS_TTL - HOPS_MAX..=WINDOWS_TTL).contains(ttl);
        let (Some(ttl), Some(asset)) =
            (counts.get(&at).filter(|ttl| fits(ttl)), resolution.assets.get_mut(at))
        else {
            continue;
        };
        let source = format!("time to live {ttl}, speaks {protocol}");
        let Some(host) = own_address(asset, shown.key) else { continue };
        let windows = (Attribute::Os, "Windows");
        asset.evidence.push(evidence("ip", &source, windows, WINDOWS_WEIGHT, host, shown));
    }
}

/// The numbers of protocols in this model.
fn numbers(model: &Model, keys: &[&'static str]) -> BTreeMap<ProtoId, &'static str> {
    let known = model.specs.iter().filter(|spec| keys.contains(&spec.key));
    known.map(|spec| (spec.id, spec.key)).collect()
}

/// The largest time to live of each device's packets.
fn times_to_live(model: &Model, resolution: &Resolution) -> BTreeMap<usize, u8> {
    let mut counts: BTreeMap<usize, u8> = BTreeMap::new();
    for (key, path) in &model.paths {
        if matches!(key.host, Host::Mac(_)) {
            continue;
        }
        if let Some(at) = resolution.position(key.host, key.vlan) {
            let count = counts.entry(at).or_default();
            *count = path.ttl.max(*count);
        }
    }
    counts
}

/// The end of a conversation that is the device's.
fn own_address(asset: &Asset, key: &ConversationKey) -> Option<Host> {
    let own = |host: &Host| match host {
        Host::Mac(mac) => asset.macs.contains(mac),
        Host::Ip(ip) => asset.ips.contains(ip),
    };
    [key.client, key.server].into_iter().find(own)
}

fn evidence(
    protocol: &'static str,
    source: &str,
    (attribute, value): (Attribute, &str),
    weight: u8,
    host: Host,
    shown: Shown<'_>,
) -> Evidence {
    Evidence {
        attribute,
        value: value.to_owned(),
        part: None,
        protocol,
        source: source.to_owned(),
        host,
        weight,
        count: shown.count,
        first: shown.seen.first,
        last: shown.seen.last,
        frame: shown.seen.frame,
        offset: None,
        length: 0,
        superseded: false,
    }
}
