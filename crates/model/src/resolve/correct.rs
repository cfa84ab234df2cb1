//! What people know better than the network tells. Their word goes before all evidence; what the
//! device states stays beside it.

use super::attributes::Evidence;
use super::ties::{Tie, TieRefused, Ties};
use super::{Asset, ROLES};
use std::collections::BTreeMap;
use vocab::{Attribute, FrameId, Host, Ts};

/// The protocol that people's evidence names.
pub const USER: &str = "user";
/// Most corrections that are held.
const CORRECTIONS_MAX: usize = 100_000;

/// A person's word on an attribute of a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The device: its identifier, or one of its addresses.
    pub asset: String,
    /// The attribute.
    pub attribute: Attribute,
    /// The value; `None` takes an earlier word back.
    pub value: Option<String>,
    /// Why.
    pub reason: String,
    /// Who.
    pub who: String,
    /// When.
    pub at: Ts,
}

/// Corrections that hold: the last one of each device and attribute, and what addresses are one
/// device.
#[derive(Clone, Debug, Default)]
pub struct Corrections {
    ties: Ties,
    by_asset: BTreeMap<String, BTreeMap<Attribute, Correction>>,
    count: usize,
}

impl Corrections {
    /// Attributes that people may correct.
    pub const ATTRIBUTES: [Attribute; 12] = [
        Attribute::Vendor,
        Attribute::Product,
        Attribute::Model,
        Attribute::OrderNumber,
        Attribute::Serial,
        Attribute::Firmware,
        Attribute::Hardware,
        Attribute::Name,
        Attribute::Os,
        Attribute::Role,
        Attribute::Location,
        Attribute::Contact,
    ];

    /// Takes a word in, or an earlier one back. False where there is no room.
    pub fn add(&mut self, correction: Correction) -> bool {
        let own = self.by_asset.entry(correction.asset.clone()).or_default();
        let before = own.remove(&correction.attribute).is_some();
        self.count -= usize::from(before);
        if correction.value.is_none() {
            return true;
        }
        if self.count >= CORRECTIONS_MAX {
            return false;
        }
        self.count += 1;
        own.insert(correction.attribute, correction);
        true
    }

    /// Takes a word on addresses in, or an earlier one back.
    ///
    /// # Errors
    /// When it contradicts what holds, or there is no room.
    pub fn tie(&mut self, tie: Tie) -> Result<(), TieRefused> {
        self.ties.add(tie)
    }

    /// Takes in what was said earlier, in order; of two words on addresses that contradict each
    /// other the earlier one holds. False where nothing of it was taken in.
    pub fn recall(&mut self, said: Vec<Correction>, ties: Vec<Tie>) -> bool {
        let mut kept = false;
        for tie in ties {
            kept |= self.tie(tie).is_ok();
        }
        for correction in said {
            kept |= self.add(correction);
        }
        kept
    }

    /// What people say of which addresses are one device.
    pub fn ties(&self) -> &Ties {
        &self.ties
    }

    /// What holds of a device by this name.
    pub fn of(&self, asset: &str) -> impl Iterator<Item = &Correction> {
        self.by_asset.get(asset).into_iter().flat_map(BTreeMap::values)
    }

    /// What people say of a device.
    pub(super) fn evidence(&self, asset: &Asset) -> Vec<Evidence> {
        if self.count == 0 {
            return Vec::new();
        }
        let macs = asset.macs.iter().map(ToString::to_string);
        let ips = asset.ips.iter().map(ToString::to_string);
        let mut said: BTreeMap<Attribute, &Correction> = BTreeMap::new();
        // The identifier last: what is said of the device goes before what is said of an address.
        for name in macs.chain(ips).chain([asset.id.clone()]) {
            said.extend(self.by_asset.get(&name).into_iter().flatten().map(|(a, c)| (*a, c)));
        }
        said.into_values().filter_map(|correction| evidence(asset, correction)).collect()
    }
}

fn evidence(asset: &Asset, said: &Correction) -> Option<Evidence> {
    let ip = asset.ips.first().map(|ip| Host::Ip(*ip));
    let host = ip.or_else(|| asset.macs.first().map(|mac| Host::Mac(*mac)))?;
    let value = said.value.clone()?;
    if said.attribute == Attribute::Role && !ROLES.contains(&value.as_str()) {
        return None;
    }
    Some(Evidence {
        attribute: said.attribute,
        value,
        part: None,
        protocol: USER,
        source: format!("{}: {}", said.who, said.reason),
        host,
        weight: 100,
        count: 1,
        first: said.at,
        last: said.at,
        // No frame says it.
        frame: FrameId::default(),
        offset: None,
        length: 0,
        superseded: false,
    })
}
