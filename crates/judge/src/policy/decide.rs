//! Asks a policy about everything that was seen.

use super::bits::Bits;
use super::ends::{End, Who};
use super::rule::{Asked, Policy, Rule, Verdict};
use super::targets::{Span, Target, take};
use super::violation::{Rows, Seen, Touched, Violation, asked, by_role, severity};
use model::{Conversation, ConversationKey, Model, Resolution, TargetKey, TargetTotal};
use std::collections::BTreeMap;
use vocab::{Host, ProtoId, Role};

/// Most violations that are kept, the gravest first.
const VIOLATIONS_MAX: usize = 10_000;

/// What a policy does not let pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The gravest first, of equal ones in the order of the rules.
    pub violations: Vec<Violation>,
    /// How many were too many to keep.
    pub dropped: u64,
}

/// What decides: a rule, or the default.
type Decider = Option<usize>;

/// Asks about every operation of every conversation, and about conversations without any.
pub fn violations(policy: &Policy, model: &Model, resolution: &Resolution) -> Found {
    let mut judge = Judge { policy, model, resolution, froms: None, tos: BTreeMap::new() };
    let mut keys: Vec<&ConversationKey> = model.conversations.keys().collect();
    keys.sort_unstable();
    let mut found = Found::default();
    let same = |a: &&ConversationKey, b: &&ConversationKey| {
        (a.client, a.server, a.vlan) == (b.client, b.server, b.vlan)
    };
    for pair in keys.chunk_by(same) {
        let Some(first) = pair.first() else { continue };
        let rules = judge.rules_between(first);
        let mut seen: BTreeMap<Kind, Seen> = BTreeMap::new();
        for key in pair {
            if let Some(conversation) = model.conversations.get(*key) {
                judge.conversation(&rules, key, conversation, &mut seen);
            }
        }
        let made = seen.into_iter().map(|(kind, seen)| judge.violation(first, kind, seen));
        found.violations.extend(made);
        if found.violations.len() > 2 * VIOLATIONS_MAX {
            found.keep_the_gravest(policy);
        }
    }
    found.keep_the_gravest(policy);
    found
}

impl Found {
    fn keep_the_gravest(&mut self, policy: &Policy) {
        self.violations.sort_by_cached_key(|violation| violation.order(policy));
        let more = self.violations.len().saturating_sub(VIOLATIONS_MAX);
        self.dropped += more as u64;
        self.violations.truncate(VIOLATIONS_MAX);
    }
}

/// What one violation between two ends is about.
type Kind = (Decider, Option<ProtoId>, Option<(u32, Option<u16>)>);

struct Judge<'a> {
    policy: &'a Policy,
    model: &'a Model,
    resolution: &'a Resolution,
    /// The client that was asked about last, and by VLAN the rules whose `from` means it:
    /// conversations come client by client.
    froms: Option<(Host, BTreeMap<u16, Bits>)>,
    /// For each server the rules whose `to` means it.
    tos: BTreeMap<(Host, u16), Bits>,
}

impl Judge<'_> {
    /// The rules that are about this pair of ends, in order.
    fn rules_between(&mut self, key: &ConversationKey) -> Vec<usize> {
        let ConversationKey { client, server, vlan, .. } = *key;
        let mut of_client = match self.froms.take() {
            Some((host, known)) if host == client => known,
            _ => BTreeMap::new(),
        };
        let mean = |host, side: fn(&Rule) -> &[Who]| self.rules_that_mean(host, vlan, side);
        let from = of_client.entry(vlan).or_insert_with(|| mean(client, |rule| &rule.from));
        if let Some(to) = self.tos.get(&(server, vlan)) {
            let rules = from.both(to).collect();
            self.froms = Some((client, of_client));
            return rules;
        }
        let to = mean(server, |rule| &rule.to);
        let rules = from.both(&to).collect();
        self.tos.insert((server, vlan), to);
        self.froms = Some((client, of_client));
        rules
    }

    /// The rules of which one side means an end.
    fn rules_that_mean(&self, host: Host, vlan: u16, side: fn(&Rule) -> &[Who]) -> Bits {
        let end = End { host, vlan, asset: self.resolution.at(host, vlan) };
        let within = |zone: &super::Zone| zone.members.iter().any(|who| who.is(&end, &[]));
        let zones: Vec<bool> = self.policy.zones.iter().map(within).collect();
        let rules = &self.policy.rules;
        let mut meant = Bits::none(rules.len());
        for (at, rule) in rules.iter().enumerate() {
            let list = side(rule);
            if list.is_empty() || list.iter().any(|who| who.is(&end, &zones)) {
                meant.set(at);
            }
        }
        meant
    }

    fn conversation(
        &self,
        rules: &[usize],
        key: &ConversationKey,
        seen: &Conversation,
        found: &mut BTreeMap<Kind, Seen>,
    ) {
        let port = (key.transport, key.port);
        if seen.operations.is_empty() {
            let asked = self.asked(key, key.proto, None);
            if let Some(decider) = self.whole(rules, &asked) {
                let own = found.entry((decider, key.proto, None)).or_default();
                own.at(seen.first, seen.last, seen.frame);
                own.count += seen.client_packets + seen.server_packets;
                own.ports.add(port);
            }
            return;
        }
        let mut operations: BTreeMap<(ProtoId, u32, Option<u16>), Rows> = BTreeMap::new();
        for (op, total) in seen.operations.iter() {
            let rows = operations.entry((op.proto, op.code, op.sub)).or_default();
            rows.insert(*op, *total);
        }
        for ((proto, code, sub), rows) in operations {
            let asked = self.asked(key, Some(proto), Some((code, sub)));
            for (decider, mut own) in self.operation(rules, &asked, seen, &rows) {
                own.ports.add(port);
                let kind = (decider, Some(proto), Some((code, sub)));
                found.entry(kind).or_default().add(own);
            }
        }
    }

    fn asked(
        &self,
        key: &ConversationKey,
        proto: Option<ProtoId>,
        code: Option<(u32, Option<u16>)>,
    ) -> Asked {
        let spec = proto.and_then(|proto| self.model.spec(proto));
        let row = spec.zip(code).and_then(|(spec, (code, sub))| spec.operation(code, sub));
        Asked {
            transport: key.transport,
            port: key.port,
            proto,
            code,
            row: row.map(|row| (row.code, row.sub)),
            access: row.map(|row| row.access),
        }
    }

    fn rule(&self, at: usize) -> Option<&Rule> {
        self.policy.rules.get(at)
    }

    /// Who denies a message of which nothing is known to be touched; `None` where it may pass.
    /// What is not known lies in no range.
    fn whole(&self, rules: &[usize], asked: &Asked) -> Option<Decider> {
        let fits = |at: &&usize| {
            self.rule(**at).is_some_and(|rule| !rule.asks_targets() && rule.fits(asked))
        };
        let decider = rules.iter().find(fits).copied();
        let verdict = match decider.and_then(|at| self.rule(at)) {
            Some(rule) => rule.verdict,
            None => self.policy.default,
        };
        (verdict == Verdict::Deny).then_some(decider)
    }

    /// Who denies how much of an operation.
    fn operation(
        &self,
        rules: &[usize],
        about: &Asked,
        seen: &Conversation,
        rows: &Rows,
    ) -> BTreeMap<Decider, Seen> {
        let fitting: Vec<(usize, &Rule)> = rules
            .iter()
            .filter_map(|at| Some((*at, self.rule(*at)?)))
            .filter(|(_, rule)| rule.fits(about))
            .collect();
        let total = asked(&by_role(rows.iter()));
        let touched = || {
            let code = about.code.map(|(code, _)| code);
            let own =
                move |key: &TargetKey| Some(key.proto) == about.proto && Some(key.code) == code;
            seen.targets.iter().filter(move |(key, _)| own(key))
        };
        let parted =
            fitting.iter().any(|(_, rule)| rule.asks_targets()) && touched().next().is_some();
        let mut found = BTreeMap::new();
        if !parted {
            if let Some(decider) = self.whole(rules, about) {
                let mut own = Seen { count: total, ..Seen::default() };
                rows.iter().for_each(|(_, row)| own.attested(&row.at));
                touched().for_each(|(key, sum)| {
                    own.targets.add(self.touched(key, sum, span(key, sum)));
                });
                found.insert(decider, own);
            }
            return found;
        }
        let mut counts: BTreeMap<Decider, BTreeMap<Role, u64>> = BTreeMap::new();
        for (key, sum) in touched() {
            for (decider, spans) in self.parts(&fitting, key, sum) {
                let own: &mut Seen = found.entry(decider).or_default();
                own.attested(&sum.at);
                for part in spans {
                    own.targets.add(self.touched(key, sum, part));
                }
                *counts.entry(decider).or_default().entry(key.role).or_default() += sum.at.count;
            }
        }
        for (decider, own) in &mut found {
            // A message may touch several targets.
            own.count = counts.get(decider).map_or(0, asked).min(total);
        }
        found
    }

    /// Who denies which positions of a target.
    fn parts(
        &self,
        rules: &[(usize, &Rule)],
        key: &TargetKey,
        sum: &TargetTotal,
    ) -> BTreeMap<Decider, Vec<Span>> {
        let mut left = vec![span(key, sum)];
        let mut denied: BTreeMap<Decider, Vec<Span>> = BTreeMap::new();
        let text = std::cell::OnceCell::new();
        let text = || text.get_or_init(|| self.touched(key, sum, span(key, sum)).text).as_str();
        for (at, rule) in rules {
            let in_unit = key.unit.is_some_and(|unit| rule.units.iter().any(|u| u.contains(&unit)));
            if !rule.units.is_empty() && !in_unit {
                continue;
            }
            let shown = |target: &Target| match target {
                Target::Shown(pattern) => pattern.fits(text()),
                Target::Places(_) => false,
            };
            let mut taken = Vec::new();
            if rule.targets.is_empty() || rule.targets.iter().any(shown) {
                taken.append(&mut left);
            }
            for target in &rule.targets {
                if let Target::Places(places) = target
                    && places.areas.binary_search(&(key.proto, key.area)).is_ok()
                {
                    taken.extend(take(&mut left, (places.first, places.last)));
                }
            }
            if rule.verdict == Verdict::Deny && !taken.is_empty() {
                denied.entry(Some(*at)).or_default().append(&mut taken);
            }
            if left.is_empty() {
                return denied;
            }
        }
        if self.policy.default == Verdict::Deny {
            denied.insert(None, left);
        }
        denied
    }

    /// A part of a target as an engineer writes it.
    fn touched(&self, key: &TargetKey, sum: &TargetTotal, part: Span) -> Touched {
        let spec = self.model.spec(key.proto);
        let area = spec.and_then(|spec| spec.areas.iter().find(|area| area.id == key.area));
        let name = self.model.names.get(key.name);
        let count = match key.quantity {
            0 => part.1.saturating_sub(part.0).saturating_add(1).min(sum.quantity),
            u32::MAX => 0,
            quantity => u64::from(quantity),
        };
        let target = area.map(|area| vocab::Target {
            area,
            index: if key.quantity == 0 { part.0 } else { key.index },
            count: vocab::sat_u32(vocab::sat_usize(count)),
            extra: key.extra,
            name: name.as_bytes(),
        });
        let text = target.map_or_else(|| name.to_owned(), |target| target.to_string());
        Touched { unit: key.unit, area: key.area, index: part.0, text }
    }

    fn violation(&self, key: &ConversationKey, kind: Kind, seen: Seen) -> Violation {
        let (rule, proto, operation) = kind;
        let asked = self.asked(key, proto, operation);
        let spec = proto.and_then(|proto| self.model.spec(proto));
        let industrial = spec.is_none_or(|spec| spec.industrial);
        let said = rule.and_then(|at| self.rule(at)).and_then(|rule| rule.severity);
        Violation {
            rule,
            client: key.client,
            server: key.server,
            vlan: key.vlan,
            proto,
            operation,
            severity: said.unwrap_or_else(|| severity(asked.access, industrial)),
            seen,
        }
    }
}

/// The positions of a target; all there are where the message does not say how many.
fn span(key: &TargetKey, sum: &TargetTotal) -> Span {
    match key.quantity {
        0 => (key.index, key.index.saturating_add(sum.quantity.saturating_sub(1))),
        u32::MAX => (0, u64::MAX),
        _ => (key.index, key.index),
    }
}
