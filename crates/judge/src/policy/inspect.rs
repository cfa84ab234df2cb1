//! Rules that never decide, and zones that nobody names.

use super::bits::Bits;
use super::ends::Who;
use super::rule::{Asked, Operation, Policy, Rule};
use std::cell::Cell;
use std::collections::BTreeSet;
use vocab::{Spec, Transport};

/// Something to know about a policy that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The line that it is about.
    pub line: u32,
    /// `shadowed`, `never`, `unused` or `large`.
    pub kind: &'static str,
    /// What is the matter.
    pub what: String,
}

/// What is to know about a policy, in the order of the file.
pub type Inspection = Vec<Remark>;

/// Most pairs of words that are compared: a large policy is not worth a long wait.
const COMPARED_MAX: u64 = 20_000_000;

/// Looks for rules that never decide: an earlier one fits all that they fit, or nothing can.
/// What is said is certain; several earlier rules that only together fit all are not looked for.
pub fn inspect(policy: &Policy, specs: &'static [&'static Spec]) -> Inspection {
    let all = everything(specs);
    let reach: Vec<Reach<'_>> =
        policy.rules.iter().map(|rule| Reach::new(policy, rule, &all)).collect();
    let left = Cell::new(COMPARED_MAX);
    let mut remarks = Vec::new();
    for (at, own) in reach.iter().enumerate() {
        let line = own.rule.line;
        if let Some(what) = own.never() {
            remarks.push(Remark { line, kind: "never", what });
            continue;
        }
        let earlier = reach.iter().take(at).find(|earlier| earlier.covers(own, &left));
        if let Some(earlier) = earlier {
            let Rule { verdict, line: first, .. } = earlier.rule;
            let what = format!(
                "{} never decides: {} {:?} of line {first} fits all of it before",
                own.rule.title(),
                verdict.key(),
                earlier.rule.title(),
            );
            remarks.push(Remark { line, kind: "shadowed", what });
        }
    }
    let lists = policy.rules.iter().flat_map(|rule| rule.from.iter().chain(&rule.to));
    let named: BTreeSet<usize> =
        lists.filter_map(|who| if let Who::Zone(at) = who { Some(*at) } else { None }).collect();
    for (at, zone) in policy.zones.iter().enumerate() {
        if !named.contains(&at) {
            let what = format!("no rule names zone {:?}", zone.name);
            remarks.push(Remark { line: zone.line, kind: "unused", what });
        }
    }
    if left.get() == 0 {
        let what = "too large to compare all rules: some may never decide".to_owned();
        remarks.push(Remark { line: policy.default_line, kind: "large", what });
    }
    remarks.sort_by_key(|remark| remark.line);
    remarks
}

/// Every operation there is; for each protocol one without a name, and none.
fn everything(specs: &'static [&'static Spec]) -> Vec<Asked> {
    let blank = Asked {
        transport: Transport::Tcp,
        port: 0,
        proto: None,
        code: None,
        row: None,
        access: None,
    };
    let mut all = vec![blank];
    for spec in specs {
        let own = Asked { proto: Some(spec.id), ..blank };
        all.extend([own, Asked { code: Some((u32::MAX, None)), ..own }]);
        all.extend(spec.operations.iter().map(|op| {
            let code = Some((op.code, op.sub));
            Asked { code, row: code, access: Some(op.access), ..own }
        }));
    }
    all
}

/// What a rule fits.
struct Reach<'a> {
    policy: &'a Policy,
    rule: &'a Rule,
    operations: Bits,
    /// Operations by number: of those it is not known whether the table names them.
    numbers: Vec<Operation>,
}

impl<'a> Reach<'a> {
    fn new(policy: &'a Policy, rule: &'a Rule, all: &[Asked]) -> Self {
        let portless = Rule { ports: Vec::new(), ..rule.clone() };
        let mut operations = Bits::none(all.len());
        for (at, asked) in all.iter().enumerate() {
            // Where no operation was recognised, nothing is touched.
            if portless.fits(asked) && !(rule.asks_targets() && asked.code.is_none()) {
                operations.set(at);
            }
        }
        let is_number = |operation: &&Operation| matches!(operation, Operation::Number(..));
        let numbers = rule.operations.iter().filter(is_number).copied().collect();
        Self { policy, rule, operations, numbers }
    }

    /// Why nothing can fit it.
    fn never(&self) -> Option<String> {
        let title = self.rule.title();
        if self.operations.is_empty() && (self.numbers.is_empty() || !self.rule.classes.is_empty())
        {
            let words = "its protocols, classes and operations have nothing in common";
            return Some(format!("{title} never fits: {words}"));
        }
        None
    }

    /// It fits all that the other fits.
    fn covers(&self, other: &Self, left: &Cell<u64>) -> bool {
        let (own, its) = (self.rule, other.rule);
        self.operations.covers(&other.operations)
            && self.names(other)
            && self.ends(&own.from, &its.from, left)
            && self.ends(&own.to, &its.to, left)
            && parts(&own.ports, &its.ports, super::Ports::cover)
            && parts(&own.units, &its.units, |a, b| a.start() <= b.start() && b.end() <= a.end())
            && parts(&own.targets, &its.targets, super::Target::covers)
    }

    /// Whoever is in the second list is in the first; an empty one means everybody. False where
    /// nothing is left to compare with.
    fn ends(&self, own: &[Who], other: &[Who], left: &Cell<u64>) -> bool {
        let everybody = |list: &[Who]| list.is_empty() || list.contains(&Who::Any);
        if everybody(own) || everybody(other) {
            return everybody(own);
        }
        let within = |who: &Who| {
            self.members(own).any(|own| {
                left.set(left.get().saturating_sub(1));
                left.get() > 0 && own.covers(who)
            })
        };
        // A zone in both is not taken apart.
        other
            .iter()
            .filter(|who| !own.contains(who))
            .all(|who| self.members_of(who).iter().all(within))
    }

    fn members_of<'w>(&'w self, who: &'w Who) -> &'w [Who] {
        match who {
            Who::Zone(at) => self.policy.zones.get(*at).map_or(&[][..], |zone| &zone.members),
            _ => std::slice::from_ref(who),
        }
    }

    fn members<'w>(&'w self, list: &'w [Who]) -> impl Iterator<Item = &'w Who> {
        list.iter().flat_map(|who| self.members_of(who))
    }

    /// It fits the other's operations by number.
    fn names(&self, other: &Self) -> bool {
        let has = |number| self.rule.operations.binary_search(number).is_ok();
        other.numbers.is_empty()
            || self.rule.classes.is_empty()
                && parts(&self.rule.protocols, &other.rule.protocols, |a, b| a == b)
                && (self.rule.operations.is_empty() || other.numbers.iter().all(has))
    }
}

/// Whatever is in the second list is in the first; an empty one leaves the field open.
fn parts<T>(own: &[T], other: &[T], covers: impl Fn(&T, &T) -> bool) -> bool {
    own.is_empty()
        || !other.is_empty() && other.iter().all(|one| own.iter().any(|own| covers(own, one)))
}
