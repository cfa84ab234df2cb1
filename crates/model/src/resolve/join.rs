//! Addresses being joined to devices: what people say first, then what evidence says and they do
//! not deny.

use super::Merge;
use super::sets::Sets;
use super::ties::Ties;
use crate::tables::HostKey;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use vocab::{Host, Mac};

/// Groups of addresses with the reasons for each.
pub(super) struct Groups {
    pub(super) members: Vec<Vec<HostKey>>,
    pub(super) merges: Vec<Vec<Merge>>,
}

/// Addresses being joined.
pub(super) struct Join<'a> {
    sets: Sets,
    pub(super) nodes: &'a [HostKey],
    merges: Vec<(usize, Merge)>,
    /// The set with this smallest number has an IPv4 address.
    has_ipv4: Vec<bool>,
    /// What people say is a device of its own: each of its addresses to the one that they named.
    own: BTreeMap<HostKey, Host>,
    /// The set with this smallest number is another device than the sets these are in.
    apart: BTreeMap<usize, BTreeSet<usize>>,
}

impl<'a> Join<'a> {
    pub(super) fn new(nodes: &'a [HostKey]) -> Self {
        let is_ipv4 = |key: &HostKey| matches!(key.host, Host::Ip(IpAddr::V4(_)));
        Self {
            sets: Sets::new(nodes.len()),
            nodes,
            merges: Vec::new(),
            has_ipv4: nodes.iter().map(is_ipv4).collect(),
            own: BTreeMap::new(),
            apart: BTreeMap::new(),
        }
    }

    /// Joins what people say is one device; from here on evidence joins nothing that they say is
    /// not. A MAC that is a device of its own keeps the addresses that no other MAC owns.
    pub(super) fn as_people_say(&mut self, ties: &Ties, owners: &BTreeMap<HostKey, BTreeSet<Mac>>) {
        if ties.is_empty() {
            return;
        }
        let named: BTreeSet<Host> = ties.iter().flat_map(|tie| tie.bond.hosts()).collect();
        let mut places: BTreeMap<Host, Vec<usize>> = BTreeMap::new();
        for (at, key) in self.nodes.iter().enumerate().filter(|(_, key)| named.contains(&key.host))
        {
            places.entry(key.host).or_default().push(at);
        }
        let places_of = |host: Host| places.get(&host).map_or(&[][..], Vec::as_slice);
        for (one, apart) in ties.owns() {
            for x in places_of(one) {
                self.own.extend(self.nodes.get(*x).map(|key| (*key, one)));
                for y in apart.iter().flat_map(|host| places_of(*host)) {
                    self.apart.entry(*x).or_default().insert(*y);
                    self.apart.entry(*y).or_default().insert(*x);
                }
            }
        }
        for (key, macs) in owners.iter().filter(|(_, macs)| macs.len() == 1) {
            for mac in macs {
                let mac = Host::Mac(*mac);
                if self.own.get(&HostKey { vlan: key.vlan, host: mac }) == Some(&mac) {
                    self.own.entry(*key).or_insert(mac);
                }
            }
        }
        for (one, other) in ties.pairs() {
            self.said(places_of(one), places_of(other));
        }
    }

    /// Joins two addresses as people say: within the VLANs where both are, else across them.
    fn said(&mut self, one: &[usize], other: &[usize]) {
        let vlan_of = |at: &usize| self.nodes.get(*at).map(|key| key.vlan);
        let pairs = || one.iter().flat_map(|x| other.iter().map(move |y| (*x, *y)));
        let here: Vec<_> = pairs().filter(|(x, y)| vlan_of(x) == vlan_of(y)).collect();
        let pairs = if here.is_empty() { pairs().collect() } else { here };
        for (x, y) in pairs {
            self.unite(x, y, "said");
        }
    }

    /// Two devices, whatever evidence says from here on: not where people said otherwise.
    pub(super) fn keep_apart(&mut self, a: HostKey, b: HostKey) {
        let (Some(x), Some(y)) = (self.place(a), self.place(b)) else { return };
        let (x, y) = (self.sets.find(x), self.sets.find(y));
        if x != y {
            self.apart.entry(x).or_default().insert(y);
            self.apart.entry(y).or_default().insert(x);
        }
    }

    fn place(&self, key: HostKey) -> Option<usize> {
        self.nodes.binary_search(&key).ok()
    }

    /// Joins two addresses that are known; notes why when they were apart.
    pub(super) fn join(&mut self, a: HostKey, b: HostKey, why: &'static str) {
        let (Some(x), Some(y)) = (self.place(a), self.place(b)) else { return };
        if self.own.get(&a) == self.own.get(&b) {
            self.unite(x, y, why);
        }
    }

    fn unite(&mut self, x: usize, y: usize, why: &'static str) {
        if self.are_apart(x, y) {
            return;
        }
        let either = self.has(x) || self.has(y);
        let (before, other) = (self.sets.find(x), self.sets.find(y));
        if self.sets.join(x, y) {
            let root = self.sets.find(x);
            if let Some(has) = self.has_ipv4.get_mut(root) {
                *has = either;
            }
            let gone = if root == before { other } else { before };
            if let Some(apart) = self.apart.remove(&gone) {
                self.apart.entry(root).or_default().extend(apart);
            }
            if let (Some(a), Some(b)) = (self.nodes.get(x), self.nodes.get(y)) {
                self.merges.push((x, Merge { one: a.host, other: b.host, why }));
            }
        }
    }

    /// People say that these are two devices.
    fn are_apart(&mut self, x: usize, y: usize) -> bool {
        if self.apart.is_empty() {
            return false;
        }
        let (x, y) = (self.sets.find(x), self.sets.find(y));
        let sets = &mut self.sets;
        self.apart.get(&x).is_some_and(|apart| apart.iter().any(|at| sets.find(*at) == y))
    }

    /// The device of this address has an IPv4 address.
    fn has(&mut self, at: usize) -> bool {
        let root = self.sets.find(at);
        self.has_ipv4.get(root).copied().unwrap_or(false)
    }

    /// Both are of devices that have IPv4 addresses already: a station name, often left at its
    /// default, does not join those.
    pub(super) fn both_have_ipv4(&mut self, a: HostKey, b: HostKey) -> bool {
        match (self.place(a), self.place(b)) {
            (Some(x), Some(y)) => self.has(x) && self.has(y),
            _ => false,
        }
    }

    pub(super) fn into_groups(mut self) -> Groups {
        let mut groups: BTreeMap<usize, (Vec<HostKey>, Vec<Merge>)> = BTreeMap::new();
        for (at, key) in self.nodes.iter().enumerate() {
            let root = self.sets.find(at);
            groups.entry(root).or_default().0.push(*key);
        }
        for (at, merge) in self.merges {
            let root = self.sets.find(at);
            groups.entry(root).or_default().1.push(merge);
        }
        let (members, merges) = groups.into_values().unzip();
        Groups { members, merges }
    }
}
