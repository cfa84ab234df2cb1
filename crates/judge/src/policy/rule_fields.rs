//! The fields of a rule.

use super::fields::{NO_OPERATION, UNKNOWN};
use super::ports::{Ports, number};
use super::read::Reader;
use super::rule::{Operation, Protocol, Rule, Verdict};
use super::targets::{Pattern, Places, Target, places};
use super::text::{Value, Word};
use super::words::unknown;
use crate::review::Severity;
use std::ops::RangeInclusive;
use vocab::{Access, Area, ProtoId, Spec};

/// Reads a field into a rule whose protocols are known.
pub(super) fn fill(reader: &mut Reader<'_>, rule: &mut Rule, key: &str, value: &Value<'_>) {
    let start = value.span().start;
    match key {
        "name" => {
            rule.name = reader.source.string(key, value);
            if rule.name.as_deref().is_some_and(|name| name.trim().is_empty()) {
                reader.source.wrong(start, "a name without letters".to_owned());
            }
        }
        "comment" => rule.comment = reader.source.string(key, value),
        "severity" => rule.severity = severity(reader, rule.verdict, value),
        "from" => rule.from = list(reader, key, value, Reader::who),
        "to" => rule.to = list(reader, key, value, Reader::who),
        "ports" => rule.ports = list(reader, key, value, ports),
        "classes" => rule.classes = list(reader, key, value, class),
        "units" => rule.units = list(reader, key, value, units),
        "operations" => {
            let of = rule.protocols.clone();
            let words =
                list(reader, key, value, |reader, word| Some(operations(reader, &of, word)));
            rule.operations = words.into_iter().flatten().collect();
            rule.operations.sort_unstable();
            rule.operations.dedup();
        }
        "targets" => {
            let of = rule.protocols.clone();
            rule.targets = list(reader, key, value, |reader, word| target(reader, &of, word));
        }
        // The protocols were read before.
        _ => {}
    }
}

fn list<'t, T>(
    reader: &mut Reader<'t>,
    field: &str,
    value: &Value<'_>,
    mut one: impl FnMut(&mut Reader<'t>, &Word) -> Option<T>,
) -> Vec<T> {
    let words = reader.source.words(field, value);
    words.iter().filter_map(|word| one(reader, word)).collect()
}

fn severity(reader: &mut Reader<'_>, verdict: Verdict, value: &Value<'_>) -> Option<Severity> {
    let text = reader.source.string("severity", value)?;
    let start = value.span().start;
    let found = Severity::ALL.into_iter().find(|severity| severity.key() == text);
    if found.is_none() {
        let what = unknown("severity", &text, Severity::ALL.map(Severity::key));
        reader.source.wrong(start, what);
    } else if verdict == Verdict::Allow {
        let what = "what may pass is no finding: severity belongs to [[deny]]";
        reader.source.wrong(start, what.to_owned());
    }
    found
}

fn ports(reader: &mut Reader<'_>, word: &Word) -> Option<Ports> {
    let ports = Ports::parse(&word.text);
    if ports.is_none() {
        let forms = "tcp/502, udp/1024..2048, ip/1, ethernet/0x88b8 and tcp/* would be some";
        reader.source.wrong(word.at.start, format!("{:?} are no ports: {forms}", word.text));
    }
    ports
}

fn class(reader: &mut Reader<'_>, word: &Word) -> Option<Access> {
    let class = Access::ALL.into_iter().find(|class| class.key() == word.text);
    if class.is_none() {
        let what = unknown("access class", &word.text, Access::ALL.map(Access::key));
        reader.source.wrong(word.at.start, what);
    }
    class
}

fn units(reader: &mut Reader<'_>, word: &Word) -> Option<RangeInclusive<u32>> {
    let (first, last) = word.text.split_once("..").unwrap_or((&word.text, &word.text));
    let units = number(first).zip(number(last)).filter(|(first, last): &(u32, u32)| first <= last);
    if units.is_none() {
        let what = format!("{:?} is no unit: 1 and \"1..5\" would be some", word.text);
        reader.source.wrong(word.at.start, what);
    }
    units.map(|(first, last)| first..=last)
}

impl Reader<'_> {
    /// The protocol with this id.
    pub(super) fn protocol(&mut self, word: &Word) -> Option<Protocol> {
        if word.text == UNKNOWN {
            return Some(Protocol::Unknown);
        }
        let found = self.specs.iter().find(|spec| spec.key == word.text);
        if found.is_none() {
            let known = self.specs.iter().map(|spec| spec.key).chain([UNKNOWN]);
            let what = unknown("protocol", &word.text, known);
            self.source.wrong(word.at.start, what);
        }
        found.map(|spec| Protocol::Is(spec.id))
    }

    /// The tables that a rule's words are from.
    fn tables_of(&self, protocols: &[Protocol]) -> Vec<&'static Spec> {
        let meant = |spec: &&&'static Spec| {
            protocols.is_empty() || protocols.contains(&Protocol::Is(spec.id))
        };
        self.specs.iter().filter(meant).copied().collect()
    }
}

fn rows(specs: &[&'static Spec], name: &str) -> Vec<Operation> {
    let in_spec = |spec: &&'static Spec| {
        let id = spec.id;
        let named = spec.operations.iter().filter(move |op| op.name == name);
        named.map(move |op| Operation::Known(id, op.code, op.sub))
    };
    specs.iter().flat_map(in_spec).collect()
}

fn operations(reader: &mut Reader<'_>, protocols: &[Protocol], word: &Word) -> Vec<Operation> {
    let text = word.text.as_str();
    let specs = reader.tables_of(protocols);
    let (code, sub) = match text.split_once('/') {
        Some((code, sub)) => (number(code), number(sub).map(Some)),
        None => (number(text), Some(None)),
    };
    if let Some((code, sub)) = code.zip(sub) {
        return vec![Operation::Number(code, sub)];
    }
    let mut found = rows(&specs, text);
    match text {
        NO_OPERATION => found.push(Operation::None),
        UNKNOWN => found.push(Operation::Unknown),
        _ => {}
    }
    if found.is_empty() {
        let others = reader.specs.iter().filter(|spec| !rows(&[spec], text).is_empty());
        let others: Vec<&str> = others.map(|spec| spec.key).take(4).collect();
        let what = if others.is_empty() {
            let names = specs.iter().flat_map(|spec| spec.operations.iter().map(|op| op.name));
            unknown("operation", text, names.chain([NO_OPERATION, UNKNOWN]))
        } else {
            let own: Vec<&str> = specs.iter().map(|spec| spec.key).collect();
            let own = if own.is_empty() { "that".to_owned() } else { own.join(" and ") };
            format!("{own} has no operation {text:?}; {} has", others.join(", "))
        };
        reader.source.wrong(word.at.start, what);
    }
    found
}

fn target(reader: &mut Reader<'_>, protocols: &[Protocol], word: &Word) -> Option<Target> {
    let text = word.text.as_str();
    let specs = reader.tables_of(protocols);
    let areas = |name: &str| -> Vec<(ProtoId, &'static Area)> {
        let of = |spec: &&'static Spec| {
            let id = spec.id;
            spec.areas.iter().filter(move |area| area.key == name).map(move |area| (id, *area))
        };
        specs.iter().flat_map(of).collect()
    };
    let begun = text.split_once('[').map(|(name, _)| areas(name)).unwrap_or_default();
    let ranges: Vec<_> =
        begun.iter().filter(|(_, area)| area.ranges).map(|(id, area)| (*id, area.id)).collect();
    let read = places(text);
    let what = match read {
        Some((_, (first, last))) if !ranges.is_empty() && first <= last => {
            let mut areas = ranges;
            areas.sort_unstable();
            return Some(Target::Places(Places { areas, first, last }));
        }
        Some(_) if !ranges.is_empty() => format!("{text:?} ends before it begins"),
        // Positions with a word behind them are text.
        None if !ranges.is_empty() && text.ends_with(']') && !text.contains('*') => {
            let name = text.split_once('[').map_or("", |(name, _)| name);
            format!(
                "{text:?} are no positions: {name}[3], {name}[3..9] and {name}[*] would be some"
            )
        }
        Some((name, _)) if begun.is_empty() => {
            let keys = specs.iter().flat_map(|spec| spec.areas.iter().map(|area| area.key));
            let bracketed: Vec<&str> = keys.collect();
            match super::words::nearest(name, bracketed.iter().copied()) {
                Some(_) => unknown("area", name, bracketed.iter().copied()),
                // Some protocols show names with numbers in brackets.
                None => return Some(Target::Shown(Pattern(text.to_owned()))),
            }
        }
        _ if text.is_empty() => "a target without text".to_owned(),
        _ => return Some(Target::Shown(Pattern(text.to_owned()))),
    };
    reader.source.wrong(word.at.start, what);
    None
}
