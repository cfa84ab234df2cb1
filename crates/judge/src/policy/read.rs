//! From a file to a policy, or to what is wrong with it.

use super::ends::{Network, Who};
use super::fields::{FIELDS, TOP, names};
use super::rule::{Policy, Rule, Verdict, Zone};
use super::text::{Source, Value, Word, entries};
use super::words::{Problem, unknown};
use super::{FILE_MAX, RULES_MAX, ZONES_MAX, rule_fields};
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use toml::de::{DeTable, DeValue};
use vocab::{Mac, Spec};

/// Reads a policy; `file` is what it is called.
///
/// # Errors
/// All mistakes found, in the order of the file.
pub fn read(
    file: &str,
    text: &str,
    specs: &'static [&'static Spec],
) -> Result<Policy, Vec<Problem>> {
    let mut source = Source::new(file, text);
    if text.len() as u64 > FILE_MAX {
        source.wrong(0, format!("larger than the {} MiB that are read", FILE_MAX >> 20));
        return Err(source.problems());
    }
    let Some(tables) = source.tables() else { return Err(source.problems()) };
    let mut reader = Reader { source, specs, zones: BTreeMap::new(), names: BTreeSet::new() };
    let policy = reader.policy(file, &tables);
    let problems = reader.source.problems();
    if problems.is_empty() { Ok(policy) } else { Err(problems) }
}

/// What is known while reading.
#[derive(Debug)]
pub(super) struct Reader<'t> {
    pub(super) source: Source<'t>,
    pub(super) specs: &'static [&'static Spec],
    /// Zones by name, with their places.
    zones: BTreeMap<String, usize>,
    /// Names of rules so far.
    names: BTreeSet<String>,
}

impl Reader<'_> {
    fn policy(&mut self, file: &str, tables: &DeTable<'_>) -> Policy {
        let mut policy = Policy {
            file: file.to_owned(),
            default: Verdict::Deny,
            default_line: 0,
            zones: Vec::new(),
            rules: Vec::new(),
        };
        // Rules may stand before the zones that they name.
        if let Some((_, value)) = tables.iter().find(|(key, _)| key.get_ref() == "zones") {
            policy.zones = self.zones(value);
        }
        let mut rules = Vec::new();
        for (key, at, value) in entries(tables) {
            match key {
                "zones" => {}
                "default" => {
                    policy.default_line = self.source.line(at.start);
                    policy.default = self.verdict(value).unwrap_or(policy.default);
                }
                "allow" => rules.extend(self.tables(Verdict::Allow, value)),
                "deny" => rules.extend(self.tables(Verdict::Deny, value)),
                "comment" => drop(self.source.string(key, value)),
                _ => self.source.wrong(at.start, unknown("field", key, names(TOP))),
            }
        }
        if policy.default_line == 0 {
            let what = "no default: write default = \"deny\" or default = \"allow\" before all \
                        tables, for what no rule fits";
            self.source.wrong(0, what.to_owned());
        }
        rules.sort_by_key(|(at, ..)| *at);
        if let Some((at, ..)) = rules.get(RULES_MAX) {
            self.source.wrong(*at, format!("more than {RULES_MAX} rules"));
        }
        for (at, verdict, table) in rules.into_iter().take(RULES_MAX) {
            policy.rules.push(self.rule(verdict, at, table));
        }
        policy
    }

    fn verdict(&mut self, value: &Value<'_>) -> Option<Verdict> {
        let text = self.source.string("default", value)?;
        let known = [Verdict::Allow, Verdict::Deny];
        let verdict = known.into_iter().find(|verdict| verdict.key() == text);
        if verdict.is_none() {
            let what = unknown("verdict", &text, known.map(Verdict::key));
            self.source.wrong(value.span().start, what);
        }
        verdict
    }

    /// The tables of `[[allow]]` or `[[deny]]`, with where they begin.
    fn tables<'a, 't>(
        &mut self,
        verdict: Verdict,
        value: &'a Value<'t>,
    ) -> Vec<(usize, Verdict, &'a DeTable<'t>)> {
        let mut found = Vec::new();
        let list = match value.get_ref() {
            DeValue::Array(list) => list.iter().collect(),
            _ => vec![value],
        };
        for one in list {
            let at = one.span().start;
            match one.get_ref().as_table() {
                Some(table) if value.get_ref().is_array() => found.push((at, verdict, table)),
                _ => {
                    let key = verdict.key();
                    self.source.wrong(at, format!("rules begin with [[{key}]], twice bracketed"));
                }
            }
        }
        found
    }

    fn zones(&mut self, value: &Value<'_>) -> Vec<Zone> {
        let Some(table) = value.get_ref().as_table() else {
            let what = "zones is a table: [zones], then name = [\"10.20.10.0/24\"]";
            self.source.wrong(value.span().start, what.to_owned());
            return Vec::new();
        };
        let entries = entries(table);
        if let Some((_, at, _)) = entries.get(ZONES_MAX) {
            self.source.wrong(at.start, format!("more than {ZONES_MAX} zones"));
        }
        let taken = |name: &str| {
            let own = |c: char| matches!(c, ':' | '/');
            matches!(name, "any" | "group" | "")
                || name.contains(own)
                || name.parse::<IpAddr>().is_ok()
        };
        let mut zones = Vec::new();
        for (name, at, _) in entries.iter().take(ZONES_MAX) {
            if taken(name) {
                let what = format!("{name:?} means something else: give the zone another name");
                self.source.wrong(at.start, what);
            }
            self.zones.insert((*name).to_owned(), self.zones.len());
        }
        for (name, at, value) in entries.into_iter().take(ZONES_MAX) {
            let line = self.source.line(at.start);
            let words = self.source.words(name, value);
            let members = words.iter().filter_map(|word| self.member(word)).collect();
            zones.push(Zone { name: name.to_owned(), line, members });
        }
        zones
    }

    /// A member of a zone.
    fn member(&mut self, word: &Word) -> Option<Who> {
        match self.who(word)? {
            Who::Zone(_) => {
                let what =
                    format!("{:?} is a zone, and zones list no zones: list its members", word.text);
                self.source.wrong(word.at.start, what);
                None
            }
            who => Some(who),
        }
    }

    /// Who is meant by a word.
    pub(super) fn who(&mut self, word: &Word) -> Option<Who> {
        let text = word.text.as_str();
        let said = match text.split_once(':') {
            _ if text == "any" => Ok(Who::Any),
            _ if text == "group" => Ok(Who::Group),
            Some((kind @ ("role" | "level" | "vlan" | "name"), own)) => by_kind(kind, own),
            _ if text.contains('/') => Network::parse(text).map(Who::Network),
            _ => self.named(text),
        };
        match said {
            Ok(who) => Some(who),
            Err(what) => {
                self.source.wrong(word.at.start, what);
                None
            }
        }
    }

    fn named(&self, text: &str) -> Result<Who, String> {
        if let Some(zone) = self.zones.get(text) {
            return Ok(Who::Zone(*zone));
        }
        if let Ok(ip) = text.parse::<IpAddr>() {
            return Ok(Who::Address(ip));
        }
        if let Ok(mac) = text.parse::<Mac>() {
            return Ok(Who::Mac(mac));
        }
        if model::ROLES.contains(&text) {
            return Err(format!("no zone {text:?}; the role is written \"role:{text}\""));
        }
        let known = self.zones.keys().map(String::as_str).chain(["any", "group"]);
        Err(unknown("zone or address", text, known))
    }

    /// A rule of a table.
    fn rule(&mut self, verdict: Verdict, at: usize, table: &DeTable<'_>) -> Rule {
        let mut rule = Rule::of_all(verdict, self.source.line(at));
        let entries = entries(table);
        // Operations and targets are words of the protocols.
        let of = entries.iter().find(|(key, ..)| *key == "protocols");
        if let Some((key, _, value)) = of {
            let words = self.source.words(key, value);
            rule.protocols = words.iter().filter_map(|word| self.protocol(word)).collect();
        }
        let mut text = Vec::new();
        for (key, at, value) in entries {
            if !FIELDS.iter().any(|field| field.name == key) {
                self.source.wrong(at.start, unknown("field", key, names(FIELDS)));
                continue;
            }
            if key != "name" {
                text.push(self.source.quote(at.start..value.span().end));
            }
            rule_fields::fill(self, &mut rule, key, value);
        }
        rule.text = text.join(", ");
        if let Some(name) = &rule.name
            && !self.names.insert(name.clone())
        {
            self.source.wrong(at, format!("another rule is called {name:?} already"));
        }
        rule
    }
}

/// A word with a colon: what kind it is of, and which one.
fn by_kind(kind: &str, own: &str) -> Result<Who, String> {
    match kind {
        "role" => {
            let role = model::ROLES.into_iter().find(|role| *role == own);
            role.map(Who::Role).ok_or_else(|| unknown("role", own, model::ROLES))
        }
        "level" => {
            let level = own.parse().ok().filter(|level| *level <= 5);
            level.map(Who::Level).ok_or_else(|| format!("no level {own:?}: there are 0 to 5"))
        }
        "vlan" => {
            let vlan = own.parse().ok().filter(|vlan| *vlan < 4_095);
            vlan.map(Who::Vlan).ok_or_else(|| format!("no VLAN {own:?}: there are 0 to 4094"))
        }
        _ if own.is_empty() => Err("name: lacks the name".to_owned()),
        _ => Ok(Who::Name(super::targets::Pattern(own.to_owned()))),
    }
}
