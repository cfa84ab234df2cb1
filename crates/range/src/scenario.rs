//! What happens in a capture.

use crate::actors::maintenance::Maintenance;
use crate::actors::overflow::Overflow;
use crate::actors::takeover::Takeover;
use crate::plant::{CELL_1, CELL_2, Id};
use crate::process::Process;
use crate::truth::{Incident, dotted};
use crate::works::Works;
use crate::world::Actor;
use std::fmt;
use std::str::FromStr;

/// What happens in a capture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scenario {
    /// A day like any other.
    #[default]
    Normal,
    /// Reconnaissance, then writes that let the tank run over.
    Overflow,
    /// A program read out, changed and loaded, then the controller stopped.
    Takeover,
    /// Planned work: a controller gets other firmware, a drive is exchanged.
    Maintenance,
}

/// There is no scenario of this name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoScenario(String);

impl fmt::Display for NoScenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = Scenario::ALL.iter().map(|scenario| scenario.name()).collect();
        write!(f, "there is no scenario \"{}\"; there are {}", self.0, names.join(", "))
    }
}

impl std::error::Error for NoScenario {}

impl FromStr for Scenario {
    type Err = NoScenario;

    fn from_str(name: &str) -> Result<Self, NoScenario> {
        let known = Self::ALL.into_iter().find(|scenario| scenario.name() == name);
        known.ok_or_else(|| NoScenario(name.to_owned()))
    }
}

impl Scenario {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Normal, Self::Overflow, Self::Takeover, Self::Maintenance];

    /// Its name, as the command line takes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Overflow => "overflow",
            Self::Takeover => "takeover",
            Self::Maintenance => "maintenance",
        }
    }

    /// What happens, in one line.
    pub const fn description(self) -> &'static str {
        match self {
            Self::Normal => "a day like any other: polling, engineering's morning round, no attack",
            Self::Overflow => {
                "an office laptop looks around, silences the level alarm, stops the outlet pumps \
                 and forces the inlet valve: the tank runs over"
            }
            Self::Takeover => {
                "an office laptop reads a controller's program out, loads a changed one and stops \
                 the controller: the network loses its pressure"
            }
            Self::Maintenance => {
                "planned work, no attack: a controller comes back with other firmware, another \
                 drive takes the place of one"
            }
        }
    }

    /// Who makes it happen.
    pub(crate) fn actor(self, seed: u64) -> Option<Box<dyn Actor>> {
        match self {
            Self::Normal => None,
            Self::Overflow => Some(Box::new(Overflow::new(seed))),
            Self::Takeover => Some(Box::new(Takeover::new(seed))),
            Self::Maintenance => Some(Box::new(Maintenance::new(seed))),
        }
    }

    /// Planned work, from this time on.
    pub(crate) fn works(self, begin: i64) -> Works {
        match self {
            Self::Maintenance => Works::on_the_intake(begin),
            Self::Normal | Self::Overflow | Self::Takeover => Works::default(),
        }
    }

    /// What came of it, once it did.
    pub(crate) fn incidents(self, process: &Process) -> Vec<Incident> {
        let laptop = dotted(Id::Laptop.nic(CELL_1).ip);
        let address = |id: Id, vlan| dotted(id.nic(vlan).ip);
        let router = address(Id::Router, CELL_2);
        let (path, effect, at) = match self {
            Self::Normal | Self::Maintenance => return Vec::new(),
            Self::Overflow => {
                let pumps = address(Id::Pumps, CELL_2);
                let intake = address(Id::Intake, CELL_1);
                let path = vec![laptop.clone(), router, pumps, intake];
                (path, "the storage tank runs over; no level alarm", process.overflowed)
            }
            Self::Takeover => {
                let path = vec![laptop.clone(), router, address(Id::Storage, CELL_2)];
                (path, "the network loses its pressure", process.pressure_lost)
            }
        };
        at.map(|at| Incident {
            entry: laptop,
            path,
            effect: effect.to_owned(),
            at: crate::clock::rfc3339(at),
        })
        .into_iter()
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        for scenario in Scenario::ALL {
            assert_eq!(scenario.name().parse(), Ok(scenario));
        }
        let error = "flood".parse::<Scenario>().unwrap_err();
        assert!(error.to_string().contains("normal, overflow, takeover, maintenance"), "{error}");
    }
}
