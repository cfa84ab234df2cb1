//! Zones as far as the network shows them: VLANs and subnets. People may draw others.

use super::{Asset, Resolution};
use crate::tables::Model;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// Gives every device its zone, and network devices the level of what they connect.
pub(super) fn place(model: &Model, resolution: &mut Resolution) {
    let peers = peers(model, resolution);
    let own: Vec<Option<String>> = resolution.assets.iter().map(own_zone).collect();
    for (at, asset) in resolution.assets.iter_mut().enumerate() {
        let talks = peers.get(&at);
        let zone = own.get(at).cloned().flatten().or_else(|| {
            // A device without address of its own belongs where its peers are.
            let zones = talks?.iter().filter_map(|(peer, n)| Some((own.get(*peer)?.clone()?, *n)));
            most(zones)
        });
        asset.zone = zone.unwrap_or_else(|| "layer-2".to_owned());
    }
    let levels: Vec<Option<u8>> =
        resolution.assets.iter().map(|asset| asset.purdue.map(|(level, _)| level)).collect();
    for (at, asset) in resolution.assets.iter_mut().enumerate() {
        if asset.zone == "internet" {
            asset.purdue = Some((5, "public_address"));
        }
        let of_peers = peers.get(&at).into_iter().flatten();
        let near = of_peers.filter_map(|(peer, _)| levels.get(*peer).copied().flatten()).min();
        match asset.role() {
            Some("pc") if near.is_some_and(|level| level <= 2) => {
                asset.purdue = Some((3, "near_control"));
            }
            Some("router" | "firewall" | "access-point") if asset.purdue.is_none() => {
                asset.purdue = Some((3, "connects_zones"));
            }
            Some("switch") => asset.purdue = Some((2, "connects_zone")),
            _ => {}
        }
    }
}

/// Whom each device talks to, and how much.
fn peers(model: &Model, resolution: &Resolution) -> BTreeMap<usize, BTreeMap<usize, u64>> {
    let mut peers: BTreeMap<usize, BTreeMap<usize, u64>> = BTreeMap::new();
    for (key, seen) in model.conversations.iter().filter(|(_, seen)| seen.main) {
        let client = resolution.position(key.client, key.vlan);
        let server = resolution.position(key.server, key.vlan);
        if let (Some(a), Some(b)) = (client, server) {
            let packets = seen.client_packets + seen.server_packets;
            *peers.entry(a).or_default().entry(b).or_default() += packets;
            *peers.entry(b).or_default().entry(a).or_default() += packets;
        }
    }
    peers
}

/// The VLAN or subnet of a device's own address.
fn own_zone(asset: &Asset) -> Option<String> {
    // Whoever stands behind a router is not of the VLAN in which the router passes it on. Some
    // plants use public addresses inside: on this segment they are no internet.
    let here = !asset.macs.is_empty();
    if let ([vlan], true) = (asset.vlans.as_slice(), here || asset.via.is_empty()) {
        return Some(format!("vlan-{vlan}"));
    }
    let subnets = asset.ips.iter().filter_map(|ip| Some((subnet(*ip, here)?, 1)));
    most(subnets)
}

fn subnet(ip: IpAddr, here: bool) -> Option<String> {
    match ip {
        IpAddr::V4(ip) if ip.is_loopback() => Some("loopback".to_owned()),
        IpAddr::V4(ip) if here || ip.is_private() || ip.is_link_local() => {
            let [a, b, c, _] = ip.octets();
            Some(format!("{a}.{b}.{c}.0/24"))
        }
        // Shared address space of carriers. RFC 6598.
        IpAddr::V4(ip) if matches!(ip.octets(), [100, 64..=127, ..]) => {
            let [a, b, c, _] = ip.octets();
            Some(format!("{a}.{b}.{c}.0/24"))
        }
        IpAddr::V4(_) => Some("internet".to_owned()),
        IpAddr::V6(ip) if ip.is_loopback() => Some("loopback".to_owned()),
        IpAddr::V6(ip) if ip.is_unicast_link_local() => None,
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            Some(format!("{a:x}:{b:x}:{c:x}:{d:x}::/64"))
        }
    }
}

/// The zone with the highest sum; the first by name where equal.
fn most(zones: impl Iterator<Item = (String, u64)>) -> Option<String> {
    let mut sums: BTreeMap<String, u64> = BTreeMap::new();
    for (zone, n) in zones {
        *sums.entry(zone).or_default() += n;
    }
    sums.into_iter().min_by_key(|(_, n)| std::cmp::Reverse(*n)).map(|(zone, _)| zone)
}
