//! Access from outside that was seen, and whether it is attested.

use super::services::{Served, served};
use model::{Model, Resolution};
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use vocab::{Access, Host, Role, Ts};

/// Protocols by which people work on another machine.
const REMOTE: [&str; 4] = ["rdp", "vnc", "ssh", "telnet"];
/// Most peers that are kept for one device.
const PEERS_MAX: usize = 256;

/// Somebody outside a device's zone who was seen to reach it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// Position of who reaches.
    pub peer: usize,
    /// The address that was seen.
    pub address: Host,
    /// Protocols.
    pub protocols: BTreeSet<&'static str>,
    /// First time.
    pub first: Ts,
    /// Last time.
    pub last: Ts,
}

/// Access from outside by position of the device that is reached, and what devices serve.
#[derive(Clone, Debug, Default)]
pub struct Contacts {
    by_asset: BTreeMap<usize, Vec<Reached>>,
    /// Peers that found no room.
    pub dropped: usize,
    /// Ports that devices were seen to serve.
    pub served: Served,
}

impl Contacts {
    /// Who was seen to reach a device from outside.
    pub fn of(&self, asset: usize) -> &[Reached] {
        self.by_asset.get(&asset).map_or(&[], Vec::as_slice)
    }
}

/// Sums up who reaches devices from outside: from a public address with anything; from another
/// zone with a protocol for remote work, or with operations that change programs or settings.
pub fn contacts(model: &Model, resolution: &Resolution) -> Contacts {
    let mut all = Contacts { served: served(model, resolution), ..Contacts::default() };
    for (key, seen) in &model.conversations {
        let client = resolution.position(key.client, key.vlan);
        let server = resolution.position(key.server, key.vlan);
        let (Some(client), Some(server)) = (client, server) else { continue };
        if client == server {
            continue;
        }
        let spec = key.proto.and_then(|proto| model.spec(proto));
        let name = spec.map_or("unknown", |spec| spec.key);
        let changes = seen.operations.iter().any(|(op, _)| {
            let spec = model.spec(op.proto).and_then(|spec| spec.operation(op.code, op.sub));
            let access = spec.map(|spec| spec.access);
            op.role != Role::Response && matches!(access, Some(Access::Program | Access::Admin))
        });
        let ends = [(client, key.client, server), (server, key.server, client)];
        // Where the roles are not certain, either end may be the one that reaches.
        let both = if seen.certain { 1 } else { 2 };
        for (peer, address, asset) in ends.into_iter().take(both) {
            let zone = |at: usize| resolution.assets.get(at).map_or("", |a| a.zone.as_str());
            let public = zone(peer) == "internet" && zone(asset) != "internet";
            let across = zone(peer) != zone(asset) && (REMOTE.contains(&name) || changes);
            if !public && !across {
                continue;
            }
            all.add(asset, peer, address, name, (seen.first, seen.last));
        }
    }
    all
}

impl Contacts {
    pub(super) fn add(
        &mut self,
        asset: usize,
        peer: usize,
        address: Host,
        protocol: &'static str,
        (first, last): (Ts, Ts),
    ) {
        let own = self.by_asset.entry(asset).or_default();
        if let Some(reached) = own.iter_mut().find(|reached| reached.address == address) {
            reached.protocols.insert(protocol);
            reached.first = reached.first.min(first);
            reached.last = reached.last.max(last);
            return;
        }
        if own.len() >= PEERS_MAX {
            self.dropped += 1;
            return;
        }
        own.push(Reached { peer, address, protocols: BTreeSet::from([protocol]), first, last });
    }
}

/// An address lies in `192.0.2.7`, `192.0.2.0/24` or `2001:db8::/32`.
pub fn lies_in(address: Host, network: &str) -> bool {
    let Host::Ip(ip) = address else {
        return address.to_string().eq_ignore_ascii_case(network.trim());
    };
    let (base, bits) = match network.trim().split_once('/') {
        Some((base, bits)) => (base, bits.parse::<u32>().ok()),
        None => (network.trim(), Some(128)),
    };
    let (Ok(base), Some(bits)) = (base.parse::<IpAddr>(), bits) else { return false };
    match (ip, base) {
        (IpAddr::V4(ip), IpAddr::V4(base)) => {
            let shift = 32u32.saturating_sub(bits);
            let top = |ip: std::net::Ipv4Addr| ip.to_bits().checked_shr(shift).unwrap_or(0);
            top(ip) == top(base)
        }
        (IpAddr::V6(ip), IpAddr::V6(base)) => {
            let shift = 128u32.saturating_sub(bits);
            let top = |ip: std::net::Ipv6Addr| ip.to_bits().checked_shr(shift).unwrap_or(0);
            top(ip) == top(base)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_hold_addresses() {
        let ip = |text: &str| Host::Ip(text.parse().unwrap());
        for (address, network, is) in [
            ("192.0.2.7", "192.0.2.7", true),
            ("192.0.2.7", "192.0.2.8", false),
            ("192.0.2.7", "192.0.2.0/24", true),
            ("192.0.3.7", "192.0.2.0/24", false),
            ("192.0.3.7", "0.0.0.0/0", true),
            ("192.0.3.7", "192.0.3.7/99", true),
            ("192.0.3.7", "rubbish", false),
            ("192.0.3.7", "192.0.3.0/x", false),
            ("2001:db8::1", "2001:db8::/32", true),
            ("2001:db9::1", "2001:db8::/32", false),
            ("2001:db9::1", "192.0.2.0/24", false),
        ] {
            assert_eq!(lies_in(ip(address), network), is, "{address} {network}");
        }
    }
}
