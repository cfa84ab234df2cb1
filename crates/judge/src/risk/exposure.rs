//! How a device can be reached, from conversations that were seen.
//!
//! Only contact that reaches a device counts: its peer asks and it answers, or the roles are not
//! certain. What it calls itself makes it no more than controlled. One step through a device of
//! its own zone that outsiders reach counts as controlled too: that device is the way in.

use crate::risk::config::Weights;
use crate::risk::decide::Exposure;
use crate::risk::impact::of_controller;
use model::{Asset, Model, Reason, Resolution};
use std::collections::{BTreeMap, BTreeSet};
use vocab::{Access, Attribute, Mac, ProtoId, Role, Spec, Transport};

/// One bit per access class.
pub(crate) fn bit(access: Access) -> u8 {
    1 << (access as u8)
}

/// Conversations of which no operation is known.
const UNKNOWN_CLASS: u8 = 0x80;

/// What was seen between two devices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Who asks.
    pub client: usize,
    /// Who answers.
    pub server: usize,
    /// Classes of operations, one bit each; the highest bit for what is not understood.
    pub classes: u8,
    /// The roles are known.
    pub certain: bool,
    /// A protocol of it.
    pub proto: Option<ProtoId>,
}

/// Contact that is taken away: from a zone to a zone, some classes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Block {
    /// Zone of the asking device.
    pub from: String,
    /// Zone of the answering device.
    pub to: String,
    /// `None` for everything.
    pub class: Option<Access>,
}

/// Where contact comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exposed {
    /// How it can be reached.
    pub exposure: Exposure,
    /// From a public address.
    pub public: bool,
    /// Why.
    pub why: Reason,
}

/// All contacts, and what is known of both ends.
#[derive(Clone, Debug)]
pub struct Reach<'a> {
    assets: &'a [Asset],
    specs: &'static [&'static Spec],
    contacts: Vec<Contact>,
    /// Contacts that touch each asset.
    at: Vec<Vec<u32>>,
    /// Why nobody is trusted there: public addresses, the office, zones that people named or
    /// that look foreign. `None` for the plant.
    outside: Vec<Option<&'static str>>,
    /// Outsiders were seen to reach it.
    entered: Vec<bool>,
    /// What goes through each router.
    gates: BTreeMap<usize, Gate>,
}

/// What goes through a router.
#[derive(Clone, Copy, Debug, Default)]
struct Gate {
    /// Contact of an outsider that it passes on, from a public address where there is one.
    outsider: Option<usize>,
    /// The controller behind it, or before it, that another zone speaks with; the gravest.
    guarded: Option<usize>,
}

impl<'a> Reach<'a> {
    /// Sums conversations up by pairs of devices.
    pub fn new(model: &Model, resolution: &'a Resolution, weights: &Weights) -> Self {
        let mut pairs: BTreeMap<(usize, usize), Contact> = BTreeMap::new();
        for (key, seen) in &model.conversations {
            let client = resolution.position(key.client, key.vlan);
            let server = resolution.position(key.server, key.vlan);
            let (Some(client), Some(server)) = (client, server) else { continue };
            // A connection that nobody answers does not show that there is a way.
            let silent = key.transport == Transport::Tcp && seen.server_packets == 0;
            if client == server || silent {
                continue;
            }
            let mut classes = 0;
            for (op, _) in seen.operations.iter().filter(|(op, _)| op.role != Role::Response) {
                let spec = model.spec(op.proto).and_then(|spec| spec.operation(op.code, op.sub));
                classes |= spec.map_or(UNKNOWN_CLASS, |spec| bit(spec.access));
            }
            let classes = if classes == 0 { UNKNOWN_CLASS } else { classes };
            let new = Contact { client, server, classes: 0, certain: true, proto: key.proto };
            let pair = pairs.entry((client, server)).or_insert(new);
            pair.classes |= classes;
            pair.certain &= seen.certain;
            pair.proto = pair.proto.or(key.proto);
        }
        Self::of(model.specs, &resolution.assets, pairs.into_values().collect(), weights)
    }

    pub(crate) fn of(
        specs: &'static [&'static Spec],
        assets: &'a [Asset],
        contacts: Vec<Contact>,
        weights: &Weights,
    ) -> Self {
        let mut at = vec![Vec::new(); assets.len()];
        for (number, contact) in contacts.iter().enumerate() {
            for end in [contact.client, contact.server] {
                if let Some(own) = at.get_mut(end) {
                    own.push(vocab::sat_u32(number));
                }
            }
        }
        let foreign = foreign(assets, specs);
        let outside = |asset: &Asset| {
            let zone = asset.zone.as_str();
            if zone == "internet" {
                Some("untrusted_peer")
            } else if weights.trusted.contains(zone) {
                None
            } else if asset.purdue.is_some_and(|(level, _)| level >= weights.it_level) {
                Some("it_peer")
            } else if weights.untrusted.contains(zone) {
                Some("untrusted_peer")
            } else {
                foreign.contains(zone).then_some("foreign_peer")
            }
        };
        let outside = assets.iter().map(outside).collect();
        let gates = BTreeMap::new();
        let mut own = Self { assets, specs, contacts, at, outside, entered: Vec::new(), gates };
        own.gates = own.find_gates();
        own.entered =
            (0..assets.len()).map(|asset| own.is_reached_from_outside(asset, None)).collect();
        own
    }

    fn is_reached_from_outside(&self, asset: usize, block: Option<&Block>) -> bool {
        let open = self.touching(asset).filter(|contact| self.left(contact, block) != 0);
        let mut peers = open.filter_map(|contact| Self::reaches(contact, asset));
        peers.any(|peer| self.is_outside(peer))
    }

    /// The same with a block; looked at closely only where the block can matter: hubs have many
    /// contacts, and every one of their peers asks.
    fn is_entered(&self, asset: usize, block: Option<&Block>) -> bool {
        let before = self.entered.get(asset).copied().unwrap_or(false);
        let zone = self.zone(asset);
        match block {
            Some(block) if before && (block.to == zone || block.from == zone) => {
                self.is_reached_from_outside(asset, Some(block))
            }
            _ => before,
        }
    }

    /// What goes through devices that pass on frames.
    fn find_gates(&self) -> BTreeMap<usize, Gate> {
        let routers = || self.assets.iter().enumerate().filter(|(_, own)| !own.forwards.is_empty());
        let of_mac: BTreeMap<Mac, usize> =
            routers().flat_map(|(at, own)| own.macs.iter().map(move |mac| (*mac, at))).collect();
        let mut gates: BTreeMap<usize, Gate> = BTreeMap::new();
        if of_mac.is_empty() {
            return gates;
        }
        let via = |asset: usize| self.assets.get(asset).map_or(&[][..], |own| &own.via[..]);
        let grave = |asset: usize| self.assets.get(asset).and_then(of_controller);
        for (number, contact) in self.contacts.iter().enumerate() {
            let ends = [(contact.client, contact.server), (contact.server, contact.client)];
            if self.zone(contact.client) == self.zone(contact.server) {
                continue;
            }
            for (far, near) in ends {
                for router in via(far).iter().filter_map(|mac| of_mac.get(mac)) {
                    if *router == far || *router == near {
                        continue;
                    }
                    let gate = gates.entry(*router).or_default();
                    if far == contact.client && self.is_outside(far) {
                        let public = |number: usize| {
                            let own = self.contacts.get(number);
                            own.is_some_and(|own| self.zone(own.client) == "internet")
                        };
                        let better = gate.outsider.is_none_or(|own| public(number) && !public(own));
                        gate.outsider = if better { Some(number) } else { gate.outsider };
                    }
                    for end in [far, near] {
                        let before = gate.guarded.and_then(grave);
                        gate.guarded = if grave(end) > before { Some(end) } else { gate.guarded };
                    }
                }
            }
        }
        gates
    }

    /// The controller that another zone speaks with through this device.
    pub(crate) fn guarded_by(&self, asset: usize) -> Option<&Asset> {
        self.assets.get(self.gates.get(&asset)?.guarded?)
    }

    /// How far what it passes on exposes a device: its rank among contacts, and what it stands for.
    /// Who sends through a router reaches the router, whatever that lets pass.
    fn by_passing(&self, asset: usize) -> Option<(u8, Exposed)> {
        let contact = self.contacts.get(self.gates.get(&asset)?.outsider?)?;
        let public = self.zone(contact.client) == "internet";
        let server = self.assets.get(contact.server).map_or_else(|| "?".to_owned(), named);
        let why = self.why("passes_on", contact.client, contact).with("server", server);
        Some((5 + u8::from(public), Exposed { exposure: Exposure::Open, public, why }))
    }

    /// All contacts.
    pub fn contacts(&self) -> &[Contact] {
        &self.contacts
    }

    /// Contacts of an asset.
    pub(crate) fn touching(&self, asset: usize) -> impl Iterator<Item = &Contact> {
        let own = self.at.get(asset).map_or(&[][..], Vec::as_slice);
        own.iter().filter_map(|number| self.contacts.get(*number as usize))
    }

    /// Classes of operations that others ask of an asset.
    pub fn asked_of(&self, asset: usize) -> u8 {
        let asked = self.touching(asset).filter(|contact| contact.server == asset);
        asked.fold(0, |all, contact| all | contact.classes)
    }

    fn zone(&self, asset: usize) -> &str {
        self.assets.get(asset).map_or("", |asset| asset.zone.as_str())
    }

    /// What is left of a contact's classes.
    fn left(&self, contact: &Contact, block: Option<&Block>) -> u8 {
        let Some(block) = block else { return contact.classes };
        let ends = [(contact.client, contact.server), (contact.server, contact.client)];
        // Where the roles are not certain, both directions are those of the block.
        let both = if contact.certain { 1 } else { 2 };
        let hit = ends
            .iter()
            .take(both)
            .any(|(from, to)| self.zone(*from) == block.from && self.zone(*to) == block.to);
        match (hit, block.class) {
            (false, _) => contact.classes,
            (true, None) => 0,
            (true, Some(class)) => contact.classes & !bit(class),
        }
    }

    fn is_outside(&self, asset: usize) -> bool {
        self.outside.get(asset).copied().flatten().is_some()
    }

    /// The peer of a contact that reaches an asset; `None` where the asset itself calls.
    fn reaches(contact: &Contact, asset: usize) -> Option<usize> {
        if contact.server == asset {
            Some(contact.client)
        } else {
            (!contact.certain).then_some(contact.server)
        }
    }

    fn why(&self, code: &'static str, peer: usize, contact: &Contact) -> Reason {
        let asset = self.assets.get(peer);
        let name = asset.map_or_else(|| "?".to_owned(), named);
        let spec = contact.proto.and_then(|proto| self.specs.iter().find(|spec| spec.id == proto));
        let reason = Reason::plain(code).with("peer", name);
        let reason = match (code, asset.and_then(|asset| asset.purdue)) {
            ("it_peer", Some((level, _))) => reason.with("level", level),
            ("pivot", _) => reason,
            _ => reason.with("zone", self.zone(peer)),
        };
        reason.with("protocol", spec.map_or("unknown", |spec| spec.key))
    }

    /// How an asset can be reached, with some contact taken away.
    pub fn exposure(&self, asset: usize, block: Option<&Block>) -> Exposed {
        let none =
            |code| Exposed { exposure: Exposure::Small, public: false, why: Reason::plain(code) };
        let mut best = none("no_contact");
        let mut rank = 0;
        for contact in self.touching(asset).filter(|contact| self.left(contact, block) != 0) {
            let (own, exposed) = self.by(asset, contact, block);
            if own > rank {
                (rank, best) = (own, exposed());
            }
        }
        if let Some((_, passing)) = self.by_passing(asset).filter(|(own, _)| *own > rank) {
            return passing;
        }
        best
    }

    /// How far one contact exposes an asset: a rank, and what it stands for.
    fn by<'b>(
        &'b self,
        asset: usize,
        contact: &'b Contact,
        block: Option<&Block>,
    ) -> (u8, Box<dyn FnOnce() -> Exposed + 'b>) {
        let is = move |code, exposure, peer, public| {
            move || Exposed { exposure, public, why: self.why(code, peer, contact) }
        };
        let Some(peer) = Self::reaches(contact, asset) else {
            let called = contact.server;
            if self.zone(called) == "internet" {
                return (3, Box::new(is("calls_out", Exposure::Controlled, called, false)));
            }
            return (0, Box::new(is("no_contact", Exposure::Small, called, false)));
        };
        if let Some(code) = self.outside.get(peer).copied().flatten() {
            let public = self.zone(peer) == "internet";
            return (5 + u8::from(public), Box::new(is(code, Exposure::Open, peer, public)));
        }
        if self.zone(peer) != self.zone(asset) {
            return (4, Box::new(is("other_zone", Exposure::Controlled, peer, false)));
        }
        if self.is_entered(peer, block) {
            return (2, Box::new(is("pivot", Exposure::Controlled, peer, false)));
        }
        let own =
            || Exposed { exposure: Exposure::Small, public: false, why: Reason::plain("own_zone") };
        (1, Box::new(own))
    }

    /// How it can be reached when only its own zone may.
    pub(crate) fn isolated(&self, asset: usize) -> Exposure {
        let near = self.touching(asset).filter_map(|contact| {
            let peer = Self::reaches(contact, asset)?;
            (self.zone(peer) == self.zone(asset) && !self.is_outside(peer))
                .then(|| self.by(asset, contact, None).1().exposure)
        });
        near.max().unwrap_or(Exposure::Small)
    }

    /// Pairs of zones with the classes that cross them towards assets that `matter` says of.
    pub(crate) fn crossings(
        &self,
        matter: impl Fn(usize) -> bool,
    ) -> BTreeMap<(&str, &str), BTreeSet<Access>> {
        const CLASSES: [Access; 6] = [
            Access::Observe,
            Access::Read,
            Access::Write,
            Access::Control,
            Access::Program,
            Access::Admin,
        ];
        let mut found: BTreeMap<(&str, &str), BTreeSet<Access>> = BTreeMap::new();
        for contact in &self.contacts {
            let (from, to) = (self.zone(contact.client), self.zone(contact.server));
            if from == to || !(matter(contact.server) || matter(contact.client)) {
                continue;
            }
            let classes = CLASSES.into_iter().filter(|class| contact.classes & bit(*class) != 0);
            found.entry((from, to)).or_default().extend(classes);
        }
        found
    }
}

/// Zones that look like another network: all their devices stand behind a router, none answers
/// an industrial protocol, and fewer than half of them do what devices of a plant do. An intruder
/// among office computers makes no plant of them.
fn foreign<'a>(assets: &'a [Asset], specs: &[&Spec]) -> BTreeSet<&'a str> {
    #[derive(Default)]
    struct Zone {
        near: bool,
        devices: usize,
        of_plant: usize,
    }
    let is_industrial = |proto| specs.iter().any(|spec| spec.id == proto && spec.industrial);
    let mut zones: BTreeMap<&str, Zone> = BTreeMap::new();
    for asset in assets.iter().filter(|asset| !asset.silent) {
        let zone = zones.entry(&asset.zone).or_default();
        let answers = asset.protocols.iter().any(|own| own.server && is_industrial(own.proto));
        zone.near |= !asset.macs.is_empty() || asset.via.is_empty() || answers;
        zone.devices += 1;
        let office = [None, Some("pc"), Some("server"), Some("printer"), Some("phone")];
        zone.of_plant += usize::from(!office.contains(&asset.role()));
    }
    let looks = |zone: &Zone| !zone.near && zone.of_plant * 2 < zone.devices;
    zones.into_iter().filter(|(_, zone)| looks(zone)).map(|(name, _)| name).collect()
}

/// What people call a device: its name; without one, what it is and its address.
pub fn named(asset: &Asset) -> String {
    if let Some(name) = asset.value(Attribute::Name) {
        return name.to_owned();
    }
    let address = asset.ips.first().map_or_else(|| asset.id.clone(), ToString::to_string);
    let what = [Attribute::Model, Attribute::Product, Attribute::OrderNumber];
    match what.into_iter().find_map(|attribute| asset.value(attribute)) {
        Some(what) => format!("{what} ({address})"),
        None => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{ModelLimits, NoKnowledge, resolve};
    use vocab::{Batch, BatchRoom, FrameId, Host, HostTraits, Talk, Ts};

    /// Somebody with a public address, seven routers away, and a device that answers or not.
    fn exposure(transport: Transport, answers: u32) -> Exposure {
        let traits = |mac, packets, ttl| HostTraits {
            mac: Mac([0, 0x0e, 0x8c, 0, 0, mac]),
            packets,
            bytes: packets * 60,
            ttl,
            ..HostTraits::default()
        };
        let mut batch = Batch::new(&BatchRoom::small());
        for (client, frames) in [([198, 51, 100, 7], answers), ([10, 0, 0, 9], 5)] {
            let inside = client == [10, 0, 0, 9];
            batch.talks.push(Talk {
                client: Host::Ip(client.into()),
                server: Host::Ip([10, 0, 0, 5].into()),
                certain: true,
                proto: None,
                main: true,
                transport,
                port: 4_000,
                vlan: 0,
                from_client: traits(if inside { 9 } else { 1 }, 5, if inside { 64 } else { 57 }),
                from_server: traits(5, frames.into(), 64),
                first: Ts(0),
                last: Ts(1),
                frame: FrameId::default(),
            });
        }
        let mut model = Model::new(ModelLimits::default(), &[]);
        model.apply(&batch);
        let plant = resolve(&model, &NoKnowledge);
        let device = plant.position(Host::Ip([10, 0, 0, 5].into()), 0).unwrap();
        Reach::new(&model, &plant, &Weights::default()).exposure(device, None).exposure
    }

    #[test]
    fn a_connection_that_nobody_answers_shows_no_way() {
        assert_eq!(exposure(Transport::Tcp, 4), Exposure::Open);
        assert_eq!(exposure(Transport::Tcp, 0), Exposure::Small);
        // Many datagrams are never answered: that tells nothing.
        assert_eq!(exposure(Transport::Udp, 0), Exposure::Open);
    }
}
