//! What a policy does not let pass.

use super::rule::Policy;
use crate::review::Severity;
use model::{Attested, Few};
use std::collections::{BTreeMap, BTreeSet};
use vocab::{Access, FrameId, Host, ProtoId, Role, Spec, Transport, Ts};

/// Frames that a violation names.
const FRAMES_MAX: usize = 4;
/// Targets and ports that a violation names.
const SHOWN_MAX: usize = 6;

/// Messages of one kind between two addresses that one rule, or the default, does not let pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The rule that denies, by its place in the policy; `None` where no rule fits and the default
    /// denies.
    pub rule: Option<usize>,
    /// Who asks.
    pub client: Host,
    /// Who is asked.
    pub server: Host,
    /// The VLAN, 0 without.
    pub vlan: u16,
    /// The protocol; `None` where none was recognised.
    pub proto: Option<ProtoId>,
    /// Code and subcode of the operation; `None` where none was recognised.
    pub operation: Option<(u32, Option<u16>)>,
    /// How grave.
    pub severity: Severity,
    /// Where it was seen.
    pub seen: Seen,
}

/// Where and how often something was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Times; `None` before anything was seen.
    pub times: Option<(Ts, Ts)>,
    /// How often.
    pub count: u64,
    /// The first frames.
    pub frames: BTreeSet<FrameId>,
    /// Carriers with the server's ports.
    pub ports: Shown<(Transport, u16)>,
    /// Units and targets: those that were denied where a rule asks for them.
    pub targets: Shown<Touched>,
}

/// A target, ordered as areas and positions are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Touched {
    /// The unit behind the server's address.
    pub unit: Option<u32>,
    /// The area's number.
    pub area: u8,
    /// First position.
    pub index: u64,
    /// As an engineer writes it.
    pub text: String,
}

/// The first few of many, whatever the order in which they come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown<T> {
    few: BTreeSet<T>,
    more: bool,
}

impl<T> Default for Shown<T> {
    fn default() -> Self {
        Self { few: BTreeSet::new(), more: false }
    }
}

impl<T: Ord> Shown<T> {
    /// Adds one.
    pub(super) fn add(&mut self, one: T) {
        self.few.insert(one);
        if self.few.len() > SHOWN_MAX {
            self.few.pop_last();
            self.more = true;
        }
    }

    /// Them, and whether there were more.
    pub fn few(&self) -> (impl Iterator<Item = &T>, bool) {
        (self.few.iter(), self.more)
    }
}

impl Seen {
    /// Adds a sighting, its count aside.
    pub(super) fn at(&mut self, first: Ts, last: Ts, frame: FrameId) {
        self.times = Some(match self.times {
            Some((begin, end)) => (begin.min(first), end.max(last)),
            None => (first, last),
        });
        self.frames.insert(frame);
        if self.frames.len() > FRAMES_MAX {
            self.frames.pop_last();
        }
    }

    /// Adds what was attested.
    pub(super) fn attested(&mut self, at: &Attested) {
        self.at(at.first, at.last, at.frame);
    }

    /// Adds another.
    pub(super) fn add(&mut self, other: Self) {
        if let Some((first, last)) = other.times {
            for frame in &other.frames {
                self.at(first, last, *frame);
            }
        }
        self.count = self.count.saturating_add(other.count);
        for port in other.ports.few {
            self.ports.add(port);
        }
        for target in other.targets.few {
            self.targets.add(target);
        }
        self.ports.more |= other.ports.more;
        self.targets.more |= other.targets.more;
    }
}

/// How often an operation was asked for: answers are counted where the requests were not seen.
pub(super) fn asked(counts: &BTreeMap<Role, u64>) -> u64 {
    let of = |role| counts.get(&role).copied().unwrap_or(0);
    of(Role::Request).max(of(Role::Response)).saturating_add(of(Role::Event))
}

/// Counts of an operation by role.
pub(super) fn by_role<'a>(
    rows: impl Iterator<Item = (&'a model::OperationKey, &'a model::OperationSeen)>,
) -> BTreeMap<Role, u64> {
    rows.map(|(key, seen)| (key.role, seen.at.count)).collect()
}

/// How grave a denied operation is where its rule does not say: by what it does to a plant.
pub fn severity(access: Option<Access>, industrial: bool) -> Severity {
    match access {
        Some(Access::Write | Access::Control | Access::Program) if industrial => Severity::High,
        Some(Access::Write | Access::Control | Access::Program | Access::Admin) => Severity::Medium,
        Some(Access::Observe | Access::Read) | None => Severity::Low,
    }
}

impl Violation {
    /// The operation's row in its protocol's table.
    pub fn row<'s>(&self, spec: Option<&'s Spec>) -> Option<&'s vocab::OpSpec> {
        let (code, sub) = self.operation?;
        spec?.operation(code, sub)
    }

    /// What was done: protocol and operation, or the port.
    pub fn what(&self, spec: Option<&Spec>) -> String {
        let Some(spec) = spec else { return self.ports().0 };
        match (self.row(spec.into()), self.operation) {
            (Some(row), _) => format!("{} {}", spec.key, row.name),
            (None, Some((code, Some(sub)))) => format!("{} 0x{code:x}/{sub}", spec.key),
            (None, Some((code, None))) => format!("{} 0x{code:x}", spec.key),
            (None, None) => spec.key.to_owned(),
        }
    }

    /// The ports, and whether there were more than shown.
    fn ports(&self) -> (String, bool) {
        let (few, more) = self.seen.ports.few();
        let name = |&(transport, port): &(Transport, u16)| {
            super::Ports { transport, first: port, last: port }.to_string()
        };
        let all: Vec<String> = few.map(name).collect();
        (all.join(", ") + if more { " …" } else { "" }, more)
    }

    /// The same with its class, port and what was touched, in words that need no translation.
    pub fn detail(&self, spec: Option<&Spec>) -> String {
        let mut text = self.what(spec);
        if let Some(row) = self.row(spec) {
            text += &format!(" ({})", row.access.key());
        }
        if spec.is_some() {
            text += " ";
            text += &self.ports().0;
        }
        let (few, more) = self.seen.targets.few();
        for (at, touched) in few.enumerate() {
            text += if at == 0 { ": " } else { ", " };
            if let Some(unit) = touched.unit {
                text += &format!("{unit}/");
            }
            text += &touched.text;
        }
        if more {
            text += " …";
        }
        text
    }

    /// What comes first among equally grave ones.
    pub(super) fn order(&self, policy: &Policy) -> impl Ord + use<> {
        let rule = self.rule.unwrap_or(policy.rules.len());
        let graver = std::cmp::Reverse(self.severity);
        (graver, rule, self.client, self.server, self.vlan, self.proto, self.operation)
    }
}

/// The rows of one operation, in all roles.
pub(super) type Rows = Few<model::OperationKey, model::OperationSeen>;
