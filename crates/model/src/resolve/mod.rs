//! From addresses to devices.
//!
//! ```text
//! paths, stated pairs ─ links ─► which MAC owns which address ─ merge ─► groups of addresses
//! attributes ─ attributes ─► the best value of each, contradictions kept
//! conversations ─ roles ─► what the device does, and its Purdue level
//! ```

mod ageing;
mod attributes;
mod behave;
mod by_hand;
mod correct;
mod handover;
mod join;
mod links;
mod roles;
mod sets;
mod ties;
mod zones;

use crate::few::Few;
use crate::tables::{HostKey, HostSeen, Model};
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use vocab::{Attribute, FrameId, Host, Mac, ProtoId, Ts};

pub use ageing::Change;
pub use attributes::{Choice, Evidence, PartOf};
pub use by_hand::NoKnowledge;
pub use correct::{Correction, Corrections, USER};
pub use handover::Handover;
pub use roles::{ROLES, RoleReason};
pub use ties::{Bond, Tie, TieRefused, Ties};

/// What is known about makers and products, from outside the capture.
pub trait Knowledge: Sync {
    /// The maker to whom a MAC's prefix is assigned.
    fn maker_of(&self, mac: Mac) -> Option<&str>;

    /// What a stated value says beyond itself: an order number inside a description, a vendor's
    /// name for its number. Each with how sure it is, 0 to 100, and the rule's name.
    fn derive(
        &self,
        attribute: Attribute,
        protocol: &str,
        source: &str,
        value: &str,
    ) -> Vec<Derived>;

    /// What a product's text says of its role, with how sure it is, 0 to 100, and the words that say it.
    fn role_of(&self, text: &str) -> Option<(&'static str, u8, String)>;

    /// A maker's short name.
    fn short_vendor<'a>(&self, name: &'a str) -> std::borrow::Cow<'a, str>;
}

/// An attribute derived from a stated value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// What it says.
    pub attribute: Attribute,
    /// The value.
    pub value: String,
    /// How sure it is, 0 to 100.
    pub weight: u8,
    /// The rule.
    pub rule: String,
}

/// A protocol that a device speaks, and as what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Protocol {
    /// The protocol.
    pub proto: ProtoId,
    /// It answers; else it asks.
    pub server: bool,
}

/// Why addresses count as one device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// One address.
    pub one: Host,
    /// The other.
    pub other: Host,
    /// The code of the reason.
    pub why: &'static str,
}

/// A device.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its first MAC, or its first IP address where it has no MAC here; with the VLAN where
    /// others have the same.
    pub id: String,
    /// Its MACs.
    pub macs: Vec<Mac>,
    /// Its IP addresses.
    pub ips: Vec<IpAddr>,
    /// The VLANs it was seen in.
    pub vlans: Vec<u16>,
    /// The best value of each attribute.
    pub choices: Few<Attribute, Choice>,
    /// All stated and derived values.
    pub evidence: Vec<Evidence>,
    /// Its role with the reasons, strongest first.
    pub roles: Vec<RoleReason>,
    /// Purdue level with the code of the reason.
    pub purdue: Option<(u8, &'static str)>,
    /// The zone it stands in.
    pub zone: String,
    /// How sure the identification is, 0 to 1.
    pub confidence: f32,
    /// What it sent.
    pub seen: HostSeen,
    /// Protocols in key order.
    pub protocols: Vec<Protocol>,
    /// Why its addresses are one device.
    pub merges: Vec<Merge>,
    /// Addresses whose frames it passes on.
    pub forwards: Vec<IpAddr>,
    /// The MACs of routers that its frames came through.
    pub via: Vec<Mac>,
    /// It never sent a frame; others address it.
    pub silent: bool,
}

impl Asset {
    /// The strongest role.
    pub fn role(&self) -> Option<&'static str> {
        self.roles.first().map(|reason| reason.role)
    }

    /// Its addresses, MACs first.
    pub fn hosts(&self) -> impl Iterator<Item = Host> + '_ {
        let macs = self.macs.iter().map(|mac| Host::Mac(*mac));
        macs.chain(self.ips.iter().map(|ip| Host::Ip(*ip)))
    }

    /// The best value of an attribute.
    pub fn value(&self, attribute: Attribute) -> Option<&str> {
        self.choices.get(&attribute).map(|choice| choice.value.as_str())
    }
}

/// The devices of a model.
#[derive(Clone, Debug, Default)]
pub struct Resolution {
    /// Devices, ordered by identifier.
    pub assets: Vec<Asset>,
    /// Addresses that passed from one device to another, ordered by VLAN and address, then by time.
    pub handovers: Vec<Handover>,
    /// Addresses in order with their devices' positions.
    index: Vec<(Host, u16, u32)>,
}

impl Resolution {
    /// The position of the device with an address: in this VLAN, else in the first where the
    /// address is known.
    pub fn position(&self, host: Host, vlan: u16) -> Option<usize> {
        let first = self.index.partition_point(|(other, ..)| *other < host);
        let mut known = self.index.iter().skip(first).take_while(|(other, ..)| *other == host);
        let (.., any) = *known.clone().next()?;
        let here = known.find(|(_, tag, _)| *tag == vlan).map_or(any, |(.., at)| *at);
        Some(here as usize)
    }

    /// The device with an address, found as [`Self::position`] does.
    pub fn at(&self, host: Host, vlan: u16) -> Option<&Asset> {
        self.assets.get(self.position(host, vlan)?)
    }

    /// The identifier of the device that an identifier means now; the same where none is meant.
    pub fn id_now<'a>(&'a self, id: &'a str) -> &'a str {
        let asset = self.named(id).and_then(|at| self.assets.get(at));
        asset.map_or(id, |asset| asset.id.as_str())
    }

    /// The position of the device that an identifier means. One that no device has any more means
    /// the device that now has its address: devices are joined and taken apart. `None` where none
    /// has it, or several have.
    pub fn named(&self, id: &str) -> Option<usize> {
        let (address, vlan) = match id.split_once("@vlan") {
            Some((address, vlan)) => (address, Some(vlan.parse::<u16>().ok()?)),
            None => (id, None),
        };
        let mac = address.parse().ok().map(Host::Mac);
        let host = mac.or_else(|| address.parse().ok().map(Host::Ip))?;
        let first = self.index.partition_point(|(other, ..)| *other < host);
        let known = self.index.iter().skip(first).take_while(|(other, ..)| *other == host);
        let mut found = None;
        let mut several = false;
        for (_, tag, at) in known {
            let at = *at as usize;
            if self.assets.get(at).is_some_and(|asset| asset.id == id) {
                return Some(at);
            }
            if vlan.is_none_or(|vlan| vlan == *tag) {
                several |= found.is_some_and(|other| other != at);
                found = Some(at);
            }
        }
        found.filter(|_| !several)
    }
}

/// Derives the devices of a model.
pub fn resolve(model: &Model, knowledge: &dyn Knowledge) -> Resolution {
    resolve_corrected(model, knowledge, &Corrections::default(), 1)
}

/// Derives the devices of a model; the word of people goes before what devices state. As many
/// threads share the work; their number changes nothing else.
pub fn resolve_corrected(
    model: &Model,
    knowledge: &dyn Knowledge,
    corrections: &Corrections,
    threads: u8,
) -> Resolution {
    let mut resolution = grouped(model, corrections);
    name(&mut resolution);
    behave::observe(model, &mut resolution);
    let mut parts = roles::takes_part(model, &mut resolution);
    attributes::gather(model, &mut resolution);
    share(&mut resolution.assets, &mut parts, threads, |assets, parts| {
        attributes::choose(assets, knowledge, corrections);
        roles::infer(assets, parts, knowledge);
    });
    zones::place(model, &mut resolution);
    order(&mut resolution);
    resolution
}

/// Runs work on devices and what belongs to them, a share of them each thread.
fn share<T: Send>(
    assets: &mut [Asset],
    with: &mut [T],
    threads: u8,
    work: impl Fn(&mut [Asset], &mut [T]) + Sync,
) {
    if threads < 2 {
        return work(assets, with);
    }
    let each = assets.len().div_ceil(usize::from(threads)).max(1);
    std::thread::scope(|scope| {
        for (assets, with) in assets.chunks_mut(each).zip(with.chunks_mut(each)) {
            scope.spawn(|| work(assets, with));
        }
    });
}

/// The devices with their addresses and nothing else.
fn grouped(model: &Model, corrections: &Corrections) -> Resolution {
    let links = links::Links::new(model);
    let groups = links.groups(model, corrections.ties());
    let mut assets: Vec<Asset> = Vec::with_capacity(groups.members.len());
    let mut index = Vec::with_capacity(groups.members.iter().map(Vec::len).sum());
    for (members, merges) in groups.members.iter().zip(groups.merges) {
        let at = vocab::sat_u32(assets.len());
        index.extend(members.iter().map(|key| (key.host, key.vlan, at)));
        assets.push(Asset { merges, ..blank(members, &links) });
    }
    index.sort_unstable();
    Resolution { assets, index, handovers: links.handovers }
}

fn blank(members: &[HostKey], links: &links::Links) -> Asset {
    let mut macs = BTreeSet::new();
    let mut ips = BTreeSet::new();
    let mut vlans = BTreeSet::new();
    let mut via = BTreeSet::new();
    let mut forwards = BTreeSet::new();
    let mut seen: Option<HostSeen> = None;
    for key in members {
        match key.host {
            Host::Mac(mac) => {
                macs.insert(mac);
                forwards.extend(links.forwarded_by(*key));
            }
            Host::Ip(ip) => {
                ips.insert(ip);
                via.extend(links.routers_of(*key));
            }
        }
        if key.vlan != 0 {
            vlans.insert(key.vlan);
        }
        if let Some(sent) = links.sent(*key) {
            match &mut seen {
                Some(seen) => seen.add(sent),
                None => seen = Some(*sent),
            }
        }
    }
    let silent = seen.is_none();
    let none =
        HostSeen { packets: 0, bytes: 0, first: Ts::MAX, last: Ts::MIN, frame: FrameId::default() };
    via.retain(|mac| !macs.contains(mac));
    Asset {
        id: String::new(),
        macs: macs.into_iter().collect(),
        ips: ips.into_iter().collect(),
        vlans: vlans.into_iter().collect(),
        choices: Few::default(),
        evidence: Vec::new(),
        roles: Vec::new(),
        purdue: None,
        zone: String::new(),
        confidence: 0.0,
        seen: seen.unwrap_or(none),
        protocols: Vec::new(),
        merges: Vec::new(),
        forwards: forwards.into_iter().collect(),
        via: via.into_iter().collect(),
        silent,
    }
}

/// Gives identifiers.
fn name(resolution: &mut Resolution) {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for asset in &mut resolution.assets {
        asset.id = match (asset.macs.first(), asset.ips.first()) {
            (Some(mac), _) => mac.to_string(),
            (None, Some(ip)) => ip.to_string(),
            (None, None) => String::from("unknown"),
        };
        *count.entry(asset.id.clone()).or_default() += 1;
    }
    for asset in &mut resolution.assets {
        if count.get(&asset.id).is_some_and(|n| *n > 1)
            && let Some(vlan) = asset.vlans.first()
        {
            asset.id = format!("{}@vlan{vlan}", asset.id);
        }
    }
}

/// Puts the devices in their order.
fn order(resolution: &mut Resolution) {
    let mut order: Vec<usize> = (0..resolution.assets.len()).collect();
    order.sort_by(|a, b| {
        let key = |at: usize| resolution.assets.get(at).map(|asset| (&asset.ips, &asset.id));
        // Devices with IP addresses first, by address.
        let has_none = |at: usize| resolution.assets.get(at).is_some_and(|a| a.ips.is_empty());
        has_none(*a).cmp(&has_none(*b)).then_with(|| key(*a).cmp(&key(*b)))
    });
    let mut place = vec![0; order.len()];
    for (new, old) in order.iter().enumerate() {
        if let Some(slot) = place.get_mut(*old) {
            *slot = vocab::sat_u32(new);
        }
    }
    for (.., at) in &mut resolution.index {
        *at = place.get(*at as usize).copied().unwrap_or(0);
    }
    // In place: a second list of very many devices would be large.
    for at in 0..place.len() {
        while let Some(&to) = place.get(at).filter(|to| **to as usize != at) {
            resolution.assets.swap(at, to as usize);
            place.swap(at, to as usize);
        }
    }
}
