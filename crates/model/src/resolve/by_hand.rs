//! Devices made by hand, for tests of what is built on devices.

use super::{Asset, Choice, RoleReason};
use crate::few::Few;
use crate::tables::HostSeen;
use vocab::{Attribute, FrameId, Ts};

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
