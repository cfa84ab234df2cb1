//! Devices made by hand and knowledge of nothing, for tests of what is built on devices.

use super::{Asset, Choice, Derived, Knowledge, RoleReason};
use crate::few::Few;
use crate::tables::HostSeen;
use std::borrow::Cow;
use vocab::{Attribute, FrameId, Mac, Ts};

impl Asset {
    /// A device of which one frame was seen, and nothing else is known.
    pub fn by_hand(id: &str, zone: &str) -> Self {
        let seen = HostSeen {
            packets: 1,
            bytes: 60,
            first: Ts(0),
            last: Ts(1),
            frame: FrameId::default(),
        };
        Self {
            id: id.to_owned(),
            macs: Vec::new(),
            ips: Vec::new(),
            vlans: Vec::new(),
            choices: Few::default(),
            evidence: Vec::new(),
            roles: Vec::new(),
            purdue: None,
            zone: zone.to_owned(),
            confidence: 0.9,
            seen,
            protocols: Vec::new(),
            merges: Vec::new(),
            forwards: Vec::new(),
            via: Vec::new(),
            silent: false,
        }
    }

    /// The same in a role.
    #[must_use]
    pub fn in_role(mut self, role: &'static str) -> Self {
        self.roles.push(RoleReason { role, confidence: 0.9, why: Vec::new() });
        self
    }

    /// The same with values that nobody contradicts.
    #[must_use]
    pub fn with(mut self, values: &[(Attribute, &str)]) -> Self {
        for (attribute, value) in values {
            let choice = Choice {
                value: (*value).to_owned(),
                confidence: 0.9,
                evidence: 0,
                why: Vec::new(),
                others: Vec::new(),
                changes: Vec::new(),
            };
            self.choices.insert(*attribute, choice);
        }
        self
    }
}

/// Knows no maker and no product.
#[derive(Clone, Copy, Debug)]
pub struct NoKnowledge;

impl Knowledge for NoKnowledge {
    fn maker_of(&self, _: Mac) -> Option<&str> {
        None
    }

    fn derive(&self, _: Attribute, _: &str, _: &str, _: &str) -> Vec<Derived> {
        Vec::new()
    }

    fn role_of(&self, _: &str) -> Option<(&'static str, u8, String)> {
        None
    }

    fn short_vendor<'a>(&self, name: &'a str) -> Cow<'a, str> {
        Cow::Borrowed(name)
    }
}
