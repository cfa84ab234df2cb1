//! Which MAC owns which IP address, and which only passes frames on.
//!
//! A MAC owns an address when the device says so (ARP, neighbour discovery, DHCP, PROFINET DCP),
//! or when nothing says that the frames were routed: their time to live is one that systems start
//! with, and the MAC sends for few addresses. A MAC that sends for many, or whose frames have
//! been routed, is a router, and what is behind it are devices of their own.

use super::handover::{self, Handover};
use super::join::{Groups, Join};
use super::ties::Ties;
use crate::tables::{AttributeKey, HostKey, HostSeen, Model, PathSeen};
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use vocab::{Attribute, Host, Mac};

/// Times to live that systems start with.
const INITIAL_TTLS: [u8; 8] = [30, 32, 60, 64, 100, 128, 200, 255];
/// Most hops within a plant and its company.
const HOPS_MAX: u8 = 8;
/// Most addresses that one device has without saying so.
const OWN_MAX: usize = 4;
/// Most devices that share a name before it says nothing.
const NAMESAKES_MAX: usize = 3;

/// Protocols whose names are unique among the computers of a network.
const HOST_NAMES: [&str; 4] = ["nbns", "nbdgm", "smb", "dhcp"];

/// Senders and how their frames came.
pub(super) struct Links {
    /// What each address sent.
    sent: BTreeMap<HostKey, HostSeen>,
    /// MAC to the addresses it sends for.
    by_mac: BTreeMap<HostKey, Vec<(IpAddr, PathSeen)>>,
    /// Stated pairs: MAC and address to how often and how late.
    stated: BTreeMap<(HostKey, IpAddr), (u64, vocab::Ts)>,
    /// MACs that never sent a frame here, but of which others pass on what they say of themselves:
    /// the clients behind a DHCP relay.
    named: BTreeSet<HostKey>,
    /// Address to the MACs that own it.
    owners: BTreeMap<HostKey, BTreeSet<Mac>>,
    /// Address to the MACs that pass its frames on.
    routers: BTreeMap<HostKey, BTreeSet<Mac>>,
    /// MAC to the addresses whose frames it passes on.
    forwarded: BTreeMap<HostKey, BTreeSet<IpAddr>>,
    /// Addresses that passed from one MAC to another.
    pub(super) handovers: Vec<Handover>,
}

/// May be the address of one device.
fn is_device(host: Host) -> bool {
    match host {
        Host::Mac(mac) => mac.is_unicast(),
        Host::Ip(IpAddr::V4(ip)) => {
            !(ip.is_unspecified() || ip.is_multicast() || ip.is_broadcast())
        }
        Host::Ip(IpAddr::V6(ip)) => !(ip.is_unspecified() || ip.is_multicast()),
    }
}

/// How many routers a frame passed: the distance to the next initial time to live; `None` when
/// the number tells nothing.
fn hops(ttl: u8) -> Option<u8> {
    let start = INITIAL_TTLS.into_iter().find(|start| *start >= ttl)?;
    Some(start - ttl).filter(|hops| *hops <= HOPS_MAX && ttl > HOPS_MAX)
}

/// MACs that routers share for redundancy. RFC 5798 §7.3, RFC 2281 §5.1.
fn is_virtual_router(mac: Mac) -> bool {
    matches!(
        mac.0,
        [0, 0, 0x5e, 0, 1 | 2, _]
            | [0, 0, 0x0c, 0x07, 0xac, _]
            | [0, 0, 0x0c, 0x9f, 0xf0..=0xff, _]
    )
}

impl Links {
    pub(super) fn new(model: &Model) -> Self {
        let mut links = Self {
            sent: BTreeMap::new(),
            by_mac: BTreeMap::new(),
            stated: BTreeMap::new(),
            named: BTreeSet::new(),
            owners: BTreeMap::new(),
            routers: BTreeMap::new(),
            forwarded: BTreeMap::new(),
            handovers: Vec::new(),
        };
        // A group address cannot open a connection: whoever does so under one has it as its own.
        let connected: BTreeSet<Host> = model
            .conversations
            .keys()
            .filter(|key| key.transport == vocab::Transport::Tcp)
            .flat_map(|key| [key.client, key.server])
            .filter(|host| matches!(host, Host::Ip(ip) if ip.is_multicast()))
            .collect();
        let is_device = |host: Host| is_device(host) || connected.contains(&host);
        for (path, seen) in &model.paths {
            let keys = [Host::Mac(path.mac), path.host];
            let keys = if path.host == Host::Mac(path.mac) { &keys[..1] } else { &keys[..] };
            for host in keys.iter().copied().filter(|host| is_device(*host)) {
                let key = HostKey { vlan: path.vlan, host };
                let sent = links.sent.entry(key);
                sent.and_modify(|sent| sent.add(&seen.seen)).or_insert(seen.seen);
            }
            if let Host::Ip(ip) = path.host
                && is_device(path.host)
                && path.mac.is_unicast()
            {
                let mac = HostKey { vlan: path.vlan, host: Host::Mac(path.mac) };
                links.by_mac.entry(mac).or_default().push((ip, *seen));
            }
        }
        for (bind, seen) in &model.binds {
            let mac = HostKey { vlan: bind.vlan, host: Host::Mac(bind.mac) };
            let stated = links.stated.entry((mac, bind.ip)).or_insert((0, vocab::Ts::MIN));
            stated.0 += seen.count;
            stated.1 = stated.1.max(seen.last);
        }
        let sent: BTreeSet<Host> = links.sent.keys().map(|key| key.host).collect();
        links.named = named(model).filter(|key| !sent.contains(&key.host)).collect();
        links.handovers = handover::find(model, &links.sent);
        links.settle();
        links
    }

    /// Decides for every MAC which addresses are its own.
    fn settle(&mut self) {
        let mut claimed = self.best_claims();
        // Who had an address before neither claims it any more nor passes its frames on.
        let mut before: BTreeSet<(HostKey, Mac)> = BTreeSet::new();
        for one in &self.handovers {
            let key = HostKey { vlan: one.vlan, host: Host::Ip(one.ip) };
            claimed.insert(key, one.to);
            before.insert((key, one.from));
        }
        for (mac, ip) in self.stated.keys() {
            let is_known = self.sent.contains_key(mac) || self.named.contains(mac);
            if let (Host::Mac(owner), true) = (mac.host, is_known)
                && claimed.get(&HostKey { vlan: mac.vlan, host: Host::Ip(*ip) }) == Some(&owner)
            {
                let key = HostKey { vlan: mac.vlan, host: Host::Ip(*ip) };
                self.owners.entry(key).or_default().insert(owner);
            }
        }
        for (mac, addresses) in &self.by_mac {
            let Host::Mac(owner) = mac.host else { continue };
            let own = own_addresses(*mac, addresses, &self.stated);
            for (ip, _) in addresses {
                let key = HostKey { vlan: mac.vlan, host: Host::Ip(*ip) };
                let other = claimed.get(&key).is_some_and(|claimant| *claimant != owner);
                if before.contains(&(key, owner)) {
                    continue;
                }
                if own.contains(ip) && !other {
                    self.owners.entry(key).or_default().insert(owner);
                } else {
                    self.routers.entry(key).or_default().insert(owner);
                    self.forwarded.entry(*mac).or_default().insert(*ip);
                }
            }
        }
    }

    /// The MAC that states an address most often, the latest where equal. Another claimant is a
    /// conflict, not the same device.
    fn best_claims(&self) -> BTreeMap<HostKey, Mac> {
        let mut best: BTreeMap<HostKey, ((u64, vocab::Ts), Mac)> = BTreeMap::new();
        for ((mac, ip), weight) in &self.stated {
            let Host::Mac(claimant) = mac.host else { continue };
            let key = HostKey { vlan: mac.vlan, host: Host::Ip(*ip) };
            let candidate = (*weight, claimant);
            best.entry(key).and_modify(|b| *b = (*b).max(candidate)).or_insert(candidate);
        }
        best.into_iter().map(|(key, (_, mac))| (key, mac)).collect()
    }

    /// What an address sent.
    pub(super) fn sent(&self, key: HostKey) -> Option<&HostSeen> {
        self.sent.get(&key)
    }

    /// The MACs that an address's frames came through without owning it.
    pub(super) fn routers_of(&self, key: HostKey) -> impl Iterator<Item = Mac> + '_ {
        self.routers.get(&key).into_iter().flatten().copied()
    }

    /// The addresses whose frames a MAC passes on.
    pub(super) fn forwarded_by(&self, key: HostKey) -> impl Iterator<Item = IpAddr> + '_ {
        self.forwarded.get(&key).into_iter().flatten().copied()
    }

    /// All addresses, joined into devices.
    pub(super) fn groups(&self, model: &Model, ties: &Ties) -> Groups {
        let mut nodes: BTreeSet<HostKey> = self.sent.keys().copied().collect();
        nodes.extend(self.owners.keys().copied());
        nodes.extend(self.named.iter().copied());
        // Known in whichever VLAN: no need to make it up.
        let known: BTreeSet<Host> = nodes.iter().map(|key| key.host).collect();
        nodes.extend(addressed(model).filter(|key| !known.contains(&key.host)));
        let nodes: Vec<HostKey> = nodes.into_iter().collect();
        let mut join = Join::new(&nodes);
        join.as_people_say(ties, &self.owners);
        for one in &self.handovers {
            let key = |mac| HostKey { vlan: one.vlan, host: Host::Mac(mac) };
            join.keep_apart(key(one.from), key(one.to));
        }
        for (key, owners) in &self.owners {
            for owner in owners {
                let mac = HostKey { vlan: key.vlan, host: Host::Mac(*owner) };
                join.join(*key, mac, "mac_owns_address");
            }
        }
        self.across_vlans(&mut join);
        by_attributes(model, &mut join);
        join.into_groups()
    }

    /// The same address in several VLANs: one device, unless two MACs own it.
    fn across_vlans(&self, join: &mut Join<'_>) {
        let mut by_host: BTreeMap<Host, Vec<HostKey>> = BTreeMap::new();
        for key in join.nodes {
            by_host.entry(key.host).or_default().push(*key);
        }
        for (host, keys) in by_host.into_iter().filter(|(_, keys)| keys.len() > 1) {
            if matches!(host, Host::Mac(mac) if is_virtual_router(mac)) {
                continue;
            }
            let owners: BTreeSet<Mac> =
                keys.iter().filter_map(|key| self.owners.get(key)).flatten().copied().collect();
            if matches!(host, Host::Ip(_)) && owners.len() > 1 {
                continue;
            }
            for pair in keys.windows(2) {
                if let [a, b] = pair {
                    join.join(*a, *b, "two_vlans");
                }
            }
        }
    }
}

/// The addresses that are a MAC's own, where nothing but its frames tells.
fn own_addresses(
    mac: HostKey,
    addresses: &[(IpAddr, PathSeen)],
    stated: &BTreeMap<(HostKey, IpAddr), (u64, vocab::Ts)>,
) -> BTreeSet<IpAddr> {
    let is_stated = |ip: &IpAddr| stated.contains_key(&(mac, *ip));
    let link_local = |ip: &IpAddr| matches!(ip, IpAddr::V6(ip) if ip.is_unicast_link_local());
    let mut own: BTreeSet<IpAddr> =
        addresses.iter().map(|(ip, _)| *ip).filter(|ip| is_stated(ip) || link_local(ip)).collect();
    let local = |(_, path): &&(IpAddr, PathSeen)| hops(path.ttl).is_none_or(|hops| hops == 0);
    let candidates: Vec<IpAddr> = addresses
        .iter()
        .filter(|(ip, _)| !own.contains(ip))
        .filter(local)
        .map(|(ip, _)| *ip)
        .collect();
    let routed = addresses.len() > own.len() + candidates.len();
    // A router's own packets are not routed either; a host has few addresses.
    let most = if routed || !own.is_empty() { 2 } else { OWN_MAX };
    if candidates.len() <= most {
        own.extend(candidates);
    }
    own
}

/// Servers that never sent a frame but are asked in a protocol that was recognised.
fn addressed(model: &Model) -> impl Iterator<Item = HostKey> + '_ {
    model
        .conversations
        .iter()
        .filter(|(key, seen)| {
            let industrial = key.proto.and_then(|p| model.spec(p)).is_some_and(|s| s.industrial);
            industrial && !seen.operations.is_empty() && is_device(key.server)
        })
        .map(|(key, _)| HostKey { vlan: key.vlan, host: key.server })
        .filter(|key| !matches!(key.host, Host::Ip(IpAddr::V4(ip)) if ip.octets()[3] == 255))
}

/// MACs whose devices are named by messages that somebody else's frames carried.
fn named(model: &Model) -> impl Iterator<Item = HostKey> + '_ {
    let says_who = |attribute| {
        matches!(
            attribute,
            Attribute::Name
                | Attribute::Vendor
                | Attribute::Product
                | Attribute::Model
                | Attribute::Serial
                | Attribute::Firmware
                | Attribute::Os
        )
    };
    model
        .attributes
        .keys()
        .filter(move |key| key.part.is_none() && says_who(key.attribute))
        .filter(|key| matches!(key.host, Host::Mac(mac) if mac.is_unicast()))
        .map(|key| HostKey { vlan: key.vlan, host: key.host })
}

/// Joins addresses by what devices state of themselves.
fn by_attributes(model: &Model, join: &mut Join<'_>) {
    type Named<'a> = BTreeMap<(Attribute, String, &'a str), BTreeSet<HostKey>>;
    let mut named: Named<'_> = BTreeMap::new();
    let mut stations: BTreeMap<String, BTreeSet<HostKey>> = BTreeMap::new();
    for (key, _) in &model.attributes {
        let whole = key.part.is_none();
        let source = model.names.get(key.source);
        let value = key.value.trim().to_lowercase();
        let from = HostKey { vlan: key.vlan, host: key.host };
        if whole && source == "LLDP chassis id" {
            if let Ok(mac) = value.parse::<Mac>() {
                let chassis = HostKey { vlan: key.vlan, host: Host::Mac(mac) };
                join.join(from, chassis, "chassis");
            }
        } else if whole && says_who(key, &value) {
            let proto = model.spec(key.proto).map_or("", |spec| spec.key);
            match key.attribute {
                Attribute::Serial => {
                    named.entry((key.attribute, value, proto)).or_default().insert(from);
                }
                _ if HOST_NAMES.contains(&proto) => {
                    named.entry((key.attribute, value, "")).or_default().insert(from);
                }
                _ => {
                    stations.entry(value).or_default().insert(from);
                }
            }
        }
    }
    for ((attribute, ..), hosts) in named {
        if hosts.len() < 2 || hosts.len() > NAMESAKES_MAX {
            continue;
        }
        let why = match attribute {
            Attribute::Serial => "same_serial",
            _ => "same_host_name",
        };
        let hosts: Vec<HostKey> = hosts.into_iter().collect();
        for pair in hosts.windows(2) {
            if let [a, b] = pair {
                join.join(*a, *b, why);
            }
        }
    }
    for hosts in stations.into_values().filter(|hosts| hosts.len() <= NAMESAKES_MAX) {
        let hosts: Vec<HostKey> = hosts.into_iter().collect();
        for pair in hosts.windows(2) {
            if let [a, b] = pair
                && !join.both_have_ipv4(*a, *b)
            {
                join.join(*a, *b, "same_station_name");
            }
        }
    }
}

/// The value may tell one device from all others.
fn says_who(key: &AttributeKey, value: &str) -> bool {
    const GENERIC: [&str; 8] =
        ["localhost", "workgroup", "unknown", "default", "none", "plc", "hmi", "switch"];
    let varied = value.chars().any(|c| c.is_ascii_digit() && c != '0') || value.len() >= 6;
    match key.attribute {
        Attribute::Serial => {
            value.len() >= 4 && value.chars().any(|c| c.is_ascii_alphanumeric() && c != '0')
        }
        Attribute::Name => value.len() >= 4 && varied && !GENERIC.contains(&value),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_to_live_tell_hops() {
        assert_eq!(hops(64), Some(0));
        assert_eq!(hops(63), Some(1));
        assert_eq!(hops(126), Some(2));
        assert_eq!(hops(255), Some(0));
        assert_eq!(hops(1), None, "link-local multicast tells nothing");
        assert_eq!(hops(80), None, "too far from any start");
    }
}
