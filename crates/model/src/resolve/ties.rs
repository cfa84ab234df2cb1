//! What people say of which addresses are one device, and which are not.
//!
//! A tie names addresses, never a device: which device they are of may change with every frame,
//! what a person said does not. People's word goes before all evidence. Words that contradict
//! each other are refused when they are said, so that no order of them matters.

use super::Asset;
use super::sets::Sets;
use std::collections::{BTreeMap, BTreeSet};
use vocab::{Host, Ts};

/// Most ties that are held.
const TIES_MAX: usize = 4_096;
/// Most addresses that one is kept apart from.
const APART_MAX: usize = 16;

/// What is said of addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bond {
    /// Two addresses are of one device.
    Same {
        /// The lower one.
        one: Host,
        /// The other.
        other: Host,
    },
    /// An address, with the addresses that a MAC alone owns, is a device of its own.
    Own {
        /// The address.
        one: Host,
        /// Addresses that it was one device with when this was said. No evidence joins it to any
        /// other address; these are what people cannot join it to before they take this back.
        apart: Vec<Host>,
    },
}

impl Bond {
    /// Two devices are one: what names them are their first MACs, or else their first addresses.
    /// `None` where one of them has no address, or both have the same.
    pub fn same(one: &Asset, other: &Asset) -> Option<Self> {
        let (a, b) = (one.hosts().next()?, other.hosts().next()?);
        (a != b).then(|| Self::Same { one: a.min(b), other: a.max(b) })
    }

    /// An address of a device is a device of its own. `None` where it is not of this device, or
    /// nothing would be left: the only MAC keeps the addresses that it owns, so it is they that
    /// can go.
    pub fn own(one: Host, of: &Asset) -> Option<Self> {
        if !of.hosts().any(|host| host == one) {
            return None;
        }
        // What a MAC owns goes with it.
        let stays = |host: &Host| *host != one && (matches!(host, Host::Mac(_)) || !is_mac(one));
        let apart: Vec<Host> = of.hosts().filter(stays).take(APART_MAX).collect();
        (!apart.is_empty()).then_some(Self::Own { one, apart })
    }

    /// The addresses that it names, what it is about first.
    pub fn hosts(&self) -> impl Iterator<Item = Host> + '_ {
        let (one, others) = match self {
            Self::Same { one, other } => (*one, std::slice::from_ref(other)),
            Self::Own { one, apart } => (*one, apart.as_slice()),
        };
        std::iter::once(one).chain(others.iter().copied())
    }

    fn key(&self) -> (Host, Option<Host>) {
        match self {
            Self::Same { one, other } => (*one, Some(*other)),
            Self::Own { one, .. } => (*one, None),
        }
    }

    /// A later word on this takes the place of an earlier one.
    pub fn is_about(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

fn is_mac(host: Host) -> bool {
    matches!(host, Host::Mac(_))
}

/// A person's word on addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// What is said.
    pub bond: Bond,
    /// It holds; else an earlier word is taken back.
    pub holds: bool,
    /// Why.
    pub reason: String,
    /// Who.
    pub who: String,
    /// When.
    pub at: Ts,
}

impl Tie {
    /// It names an address of the device.
    pub fn concerns(&self, asset: &Asset) -> bool {
        self.bond.hosts().any(|host| match host {
            Host::Mac(mac) => asset.macs.contains(&mac),
            Host::Ip(ip) => asset.ips.contains(&ip),
        })
    }
}

/// Why a word is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TieRefused {
    /// It contradicts an earlier word.
    #[error("{} said otherwise: {}; take that back first", .0.who, said(&.0.bond))]
    Contradicts(Box<Tie>),
    /// There is no room.
    #[error("there are as many words on devices as are held")]
    Full,
}

fn said(bond: &Bond) -> String {
    match bond {
        Bond::Same { one, other } => format!("{one} and {other} are one device"),
        Bond::Own { one, .. } => format!("{one} is a device of its own"),
    }
}

/// Ties that hold: the last one of each bond.
#[derive(Clone, Debug, Default)]
pub struct Ties {
    held: BTreeMap<(Host, Option<Host>), Tie>,
}

impl Ties {
    /// Takes a word in, or an earlier one back.
    ///
    /// # Errors
    /// When it contradicts what holds, or there is no room.
    pub fn add(&mut self, tie: Tie) -> Result<(), TieRefused> {
        let key = tie.bond.key();
        if !tie.holds {
            self.held.remove(&key);
            return Ok(());
        }
        if let Some(earlier) = self.contradicts(&tie.bond) {
            return Err(TieRefused::Contradicts(Box::new(earlier.clone())));
        }
        if self.held.len() >= TIES_MAX && !self.held.contains_key(&key) {
            return Err(TieRefused::Full);
        }
        self.held.insert(key, tie);
        Ok(())
    }

    /// All that hold.
    pub fn iter(&self) -> impl Iterator<Item = &Tie> {
        self.held.values()
    }

    /// What holds of this.
    pub fn held(&self, bond: &Bond) -> Option<&Tie> {
        self.held.get(&bond.key())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    pub(super) fn pairs(&self) -> impl Iterator<Item = (Host, Host)> + '_ {
        self.held.values().filter_map(|tie| match tie.bond {
            Bond::Same { one, other } => Some((one, other)),
            Bond::Own { .. } => None,
        })
    }

    /// Addresses that are devices of their own, with what each is kept apart from.
    pub(super) fn owns(&self) -> impl Iterator<Item = (Host, &[Host])> + '_ {
        self.held.values().filter_map(|tie| match &tie.bond {
            Bond::Own { one, apart } => Some((*one, apart.as_slice())),
            Bond::Same { .. } => None,
        })
    }

    /// What two whole devices as one would contradict: a tie names but an address of each.
    pub fn between(&self, one: &Asset, other: &Asset) -> Option<&Tie> {
        let hosts: Vec<Host> = one.hosts().chain(other.hosts()).collect();
        let joined: Vec<(Host, Host)> =
            hosts.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect();
        self.broken(&joined)
    }

    /// An earlier word that this one contradicts.
    fn contradicts(&self, bond: &Bond) -> Option<&Tie> {
        match bond {
            Bond::Same { one, other } => self.broken(&[(*one, *other)]),
            Bond::Own { one, apart } => {
                let near = self.near(*one);
                if !apart.iter().any(|host| near.contains(host)) {
                    return None;
                }
                let names = |tie: &&Tie| tie.bond.hosts().any(|host| near.contains(&host));
                let is_same = |tie: &&Tie| matches!(tie.bond, Bond::Same { .. });
                self.held.values().filter(is_same).find(names)
            }
        }
    }

    /// A device of its own that would be joined to what it is kept apart from, were these pairs
    /// one as well.
    fn broken(&self, also: &[(Host, Host)]) -> Option<&Tie> {
        self.owns().next()?;
        let pairs = || self.pairs().chain(also.iter().copied());
        let all: BTreeSet<Host> = pairs().flat_map(|(a, b)| [a, b]).collect();
        let all: Vec<Host> = all.into_iter().collect();
        let mut sets = Sets::new(all.len());
        let at = |host: Host| all.binary_search(&host).ok();
        for (a, b) in pairs() {
            if let (Some(a), Some(b)) = (at(a), at(b)) {
                sets.join(a, b);
            }
        }
        self.held.values().find(|tie| match &tie.bond {
            Bond::Same { .. } => false,
            Bond::Own { one, apart } => at(*one).is_some_and(|one| {
                let own = sets.find(one);
                apart.iter().filter_map(|host| at(*host)).any(|host| sets.find(host) == own)
            }),
        })
    }

    /// All that people say is one device with an address.
    fn near(&self, host: Host) -> BTreeSet<Host> {
        let mut beside: BTreeMap<Host, Vec<Host>> = BTreeMap::new();
        for (a, b) in self.pairs() {
            beside.entry(a).or_default().push(b);
            beside.entry(b).or_default().push(a);
        }
        let mut near = BTreeSet::new();
        let mut open = vec![host];
        while let Some(host) = open.pop() {
            if near.insert(host) {
                open.extend(beside.get(&host).into_iter().flatten());
            }
        }
        near
    }
}
