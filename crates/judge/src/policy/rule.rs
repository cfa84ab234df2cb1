//! What a policy is: plain data.

use super::ends::Who;
use super::ports::Ports;
use super::targets::Target;
use crate::review::Severity;
use std::ops::RangeInclusive;
use vocab::{Access, ProtoId, Transport};

/// What becomes of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It may pass.
    Allow,
    /// It may not.
    Deny,
}

impl Verdict {
    /// Its name in files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Deny => "deny",
        }
    }
}

/// Devices under one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    /// Its name.
    pub name: String,
    /// The line where it stands.
    pub line: u32,
    /// Who belongs to it. No zones among them.
    pub members: Vec<Who>,
}

/// A protocol that a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    /// Traffic in which none was recognised.
    Unknown,
    /// This one.
    Is(ProtoId),
}

/// An operation that a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    /// A conversation in which no operation was recognised.
    None,
    /// A number for which the protocol's table has no name.
    Unknown,
    /// A row of a protocol's table.
    Known(ProtoId, u32, Option<u16>),
    /// A number on the wire, with any subcode where none is given.
    Number(u32, Option<u16>),
}

/// Who may do what to whom, or may not. An empty list leaves the field open: anything fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What becomes of what it fits.
    pub verdict: Verdict,
    /// Its name, as the file gives it.
    pub name: Option<String>,
    /// The line where it begins.
    pub line: u32,
    /// Its fields as they stand in the file, on one line.
    pub text: String,
    /// Why it is there, as the file says.
    pub comment: Option<String>,
    /// How grave it is when it denies; by the operation's class where it is not given.
    pub severity: Option<Severity>,
    /// Who asks.
    pub from: Vec<Who>,
    /// Who is asked.
    pub to: Vec<Who>,
    /// In which protocols.
    pub protocols: Vec<Protocol>,
    /// Over which ports of the server.
    pub ports: Vec<Ports>,
    /// What the operation does to a plant.
    pub classes: Vec<Access>,
    /// Which operations, in order.
    pub operations: Vec<Operation>,
    /// Which units behind the server's address.
    pub units: Vec<RangeInclusive<u32>>,
    /// What the operation touches.
    pub targets: Vec<Target>,
}

impl Rule {
    /// A rule that fits everything.
    pub fn of_all(verdict: Verdict, line: u32) -> Self {
        Self {
            verdict,
            name: None,
            line,
            text: String::new(),
            comment: None,
            severity: None,
            from: Vec::new(),
            to: Vec::new(),
            protocols: Vec::new(),
            ports: Vec::new(),
            classes: Vec::new(),
            operations: Vec::new(),
            units: Vec::new(),
            targets: Vec::new(),
        }
    }

    /// Its name, else what it does and where it stands.
    pub fn title(&self) -> String {
        let numbered = || format!("{} of line {}", self.verdict.key(), self.line);
        self.name.clone().unwrap_or_else(numbered)
    }

    /// It asks what is touched, not only what is done.
    pub(super) fn asks_targets(&self) -> bool {
        !self.units.is_empty() || !self.targets.is_empty()
    }

    /// It fits this operation, whoever sends it and whatever it touches.
    pub(super) fn fits(&self, asked: &Asked) -> bool {
        let protocol = asked.proto.map_or(Protocol::Unknown, Protocol::Is);
        (self.protocols.is_empty() || self.protocols.contains(&protocol))
            && (self.ports.is_empty() || self.ports.iter().any(|ports| ports.fit(asked)))
            && (self.classes.is_empty() || asked.access.is_some_and(|a| self.classes.contains(&a)))
            && (self.operations.is_empty() || self.names(asked))
    }

    fn names(&self, asked: &Asked) -> bool {
        let has = |operation| self.operations.binary_search(&operation).is_ok();
        let Some((code, sub)) = asked.code else { return has(Operation::None) };
        let by_row = match (asked.proto, asked.row) {
            (Some(proto), Some((code, sub))) => has(Operation::Known(proto, code, sub)),
            _ => has(Operation::Unknown),
        };
        by_row || has(Operation::Number(code, None)) || has(Operation::Number(code, sub))
    }
}

/// What a policy is asked about, as far as it is the same for all that is touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) transport: Transport,
    pub(super) port: u16,
    pub(super) proto: Option<ProtoId>,
    /// On the wire; `None` where no operation was recognised.
    pub(super) code: Option<(u32, Option<u16>)>,
    /// In the protocol's table.
    pub(super) row: Option<(u32, Option<u16>)>,
    pub(super) access: Option<Access>,
}

/// A plant's rules, in the order in which they decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// What the file is called.
    pub file: String,
    /// What becomes of what no rule fits.
    pub default: Verdict,
    /// The line that says so.
    pub default_line: u32,
    /// Its zones, in the order of the file.
    pub zones: Vec<Zone>,
    /// Its rules, in the order of the file.
    pub rules: Vec<Rule>,
}

impl Policy {
    /// What it says in one line.
    pub fn summary(&self) -> String {
        let many = |count: usize, what: &str| match count {
            1 => format!("1 {what}"),
            _ => format!("{count} {what}s"),
        };
        format!(
            "{}, {}, default {}",
            many(self.zones.len(), "zone"),
            many(self.rules.len(), "rule"),
            self.default.key()
        )
    }

    /// Some rule asks what is touched.
    pub fn asks_targets(&self) -> bool {
        self.rules.iter().any(Rule::asks_targets)
    }
}
