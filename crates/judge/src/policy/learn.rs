//! A policy that lets pass what was seen, and nothing else.

use super::ends::is_group;
use super::fields::NO_OPERATION;
use super::{FILE_MAX, Policy, Ports, Problem, RULES_MAX, read};
use model::{Asset, Model, Resolution};
use std::collections::{BTreeMap, BTreeSet};
use vocab::{Attribute, Host, ProtoId, Transport};

/// Why no policy could be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LearnError {
    /// Too much was seen.
    #[error(
        "what was seen needs {0} rules even from zone to zone, and a policy has at most {RULES_MAX}"
    )]
    Rules(usize),
    /// The policy would be too long.
    #[error("the policy would be larger than {} MiB", FILE_MAX >> 20)]
    Size,
    /// The policy cannot be read back.
    #[error("what was written cannot be read: {0}")]
    Unread(Problem),
}

/// Writes a policy that lets pass what the model holds: from address to address, with zones for
/// the devices of a role where a rule is about all of them; from zone to zone where it would have
/// too many rules otherwise.
///
/// # Errors
/// When even that are too many, or the text would be too long.
pub fn learn(model: &Model, resolution: &Resolution) -> Result<(String, Policy), LearnError> {
    let learner = Learner { model, resolution, zones: zones(resolution) };
    let mut last = None;
    for wide in [false, true] {
        let rules = learner.rules(wide);
        if rules.len() > RULES_MAX {
            last = Some(LearnError::Rules(rules.len()));
            continue;
        }
        let text = learner.write(&rules, wide);
        if text.len() as u64 > FILE_MAX {
            last = Some(LearnError::Size);
            continue;
        }
        match read("learned", &text, model.specs) {
            Ok(policy) => return Ok((text, policy)),
            Err(problems) => last = problems.into_iter().next().map(LearnError::Unread),
        }
    }
    Err(last.unwrap_or(LearnError::Size))
}

/// An end of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Label {
    Zone(usize),
    Group,
    Host(Host),
}

/// What is done in a protocol: names of operations, and ports where no protocol is known.
type Doing = (Option<ProtoId>, BTreeSet<String>, BTreeSet<(Transport, u16)>);

/// A rule: what, who, to whom.
struct Learned<'a> {
    doing: &'a Doing,
    from: BTreeSet<Label>,
    to: BTreeSet<Label>,
}

struct Learner<'a> {
    model: &'a Model,
    resolution: &'a Resolution,
    zones: Vec<(String, Vec<&'a Asset>)>,
}

/// Devices by role, else by level.
fn zones(resolution: &Resolution) -> Vec<(String, Vec<&Asset>)> {
    let mut zones: BTreeMap<String, Vec<&Asset>> = BTreeMap::new();
    for asset in &resolution.assets {
        zones.entry(zone_of(asset)).or_default().push(asset);
    }
    zones.into_iter().collect()
}

fn zone_of(asset: &Asset) -> String {
    match (asset.role(), asset.purdue) {
        (Some(role), _) => role.to_owned(),
        (None, Some((level, _))) => format!("level-{level}"),
        (None, None) => "others".to_owned(),
    }
}

impl Learner<'_> {
    fn label(&self, host: Host, vlan: u16, wide: bool) -> Label {
        if !wide {
            return Label::Host(host);
        }
        let asset = self.resolution.position(host, vlan);
        let zone = asset.and_then(|at| self.resolution.assets.get(at)).map(zone_of);
        let at = zone.and_then(|zone| self.zones.iter().position(|(name, _)| *name == zone));
        match at {
            Some(at) => Label::Zone(at),
            None if is_group(host) => Label::Group,
            None => Label::Host(host),
        }
    }

    /// What each pair does.
    fn pairs(&self, wide: bool) -> BTreeMap<(Label, Label, Option<ProtoId>), Doing> {
        let mut pairs: BTreeMap<(Label, Label, Option<ProtoId>), Doing> = BTreeMap::new();
        for (key, seen) in &self.model.conversations {
            let from = self.label(key.client, key.vlan, wide);
            let to = self.label(key.server, key.vlan, wide);
            let mut doing = |proto: Option<ProtoId>, name: Option<String>| {
                let own = pairs.entry((from, to, proto)).or_default();
                own.0 = proto;
                match proto {
                    Some(_) => own.1.extend(name),
                    None => drop(own.2.insert((key.transport, key.port))),
                }
            };
            if seen.operations.is_empty() {
                doing(key.proto, Some(NO_OPERATION.to_owned()));
            }
            for (op, _) in seen.operations.iter() {
                let spec = self.model.spec(op.proto);
                let row = spec.and_then(|spec| spec.operation(op.code, op.sub));
                let name = match (row, op.sub) {
                    (Some(row), _) => row.name.to_owned(),
                    (None, Some(sub)) => format!("0x{:x}/{sub}", op.code),
                    (None, None) => format!("0x{:x}", op.code),
                };
                doing(Some(op.proto), Some(name));
            }
        }
        pairs
    }

    /// The rules, of industrial protocols first.
    fn rules(&self, wide: bool) -> Vec<(Doing, BTreeSet<Label>, BTreeSet<Label>)> {
        let mut alike: BTreeMap<Doing, Vec<(Label, Label)>> = BTreeMap::new();
        for ((from, to, _), doing) in self.pairs(wide) {
            alike.entry(doing).or_default().push((from, to));
        }
        let mut rules = Vec::new();
        for (doing, pairs) in alike {
            let by_client = grouped(&pairs);
            let turned: Vec<(Label, Label)> = pairs.iter().map(|(a, b)| (*b, *a)).collect();
            let by_server = grouped(&turned);
            // Both say the same; the shorter one is easier to read.
            if by_server.len() < by_client.len() {
                rules.extend(by_server.into_iter().map(|(to, from)| (doing.clone(), from, to)));
            } else {
                rules.extend(by_client.into_iter().map(|(from, to)| (doing.clone(), from, to)));
            }
        }
        let office = |proto: Option<ProtoId>| {
            let spec = proto.and_then(|proto| self.model.spec(proto));
            spec.map_or((true, "unknown"), |spec| (!spec.industrial, spec.key))
        };
        rules.sort_by_cached_key(|((proto, ..), from, to)| {
            (office(*proto), from.clone(), to.clone())
        });
        rules
    }

    fn write(&self, rules: &[(Doing, BTreeSet<Label>, BTreeSet<Label>)], wide: bool) -> String {
        let mut text = String::from(HEAD);
        text += if wide { WIDE } else { "" };
        text += "default = \"deny\"\n\n[zones]\n";
        for (name, assets) in &self.zones {
            text += &format!("{name} = [\n");
            for asset in assets {
                let hosts: Vec<String> = asset.hosts().map(|host| format!("\"{host}\"")).collect();
                text += &format!("  {}, # {}\n", hosts.join(", "), said(asset));
            }
            text += "]\n";
        }
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        for (doing, from, to) in rules {
            let spec = doing.0.and_then(|proto| self.model.spec(proto));
            let key = spec.map_or("unknown", |spec| spec.key);
            let number = numbers.entry(key).or_default();
            *number += 1;
            let rule = Learned { doing, from: from.clone(), to: to.clone() };
            self.write_rule(&mut text, key, *number, &rule);
        }
        text
    }

    fn write_rule(&self, text: &mut String, key: &str, number: usize, rule: &Learned<'_>) {
        let Learned { doing: (_, operations, ports), from, to } = rule;
        *text += &format!("\n[[allow]]\nname = \"{key}-{number}\"\n");
        list(text, "from", self.words(from));
        list(text, "to", self.words(to));
        list(text, "protocols", vec![key.to_owned()]);
        let shown = |&(transport, port): &(Transport, u16)| {
            Ports { transport, first: port, last: port }.to_string()
        };
        list(text, "ports", ports.iter().map(shown).collect());
        list(text, "operations", operations.iter().cloned().collect());
    }

    /// A set of ends in words: a zone where all its devices are in the set.
    fn words(&self, labels: &BTreeSet<Label>) -> Vec<String> {
        let mut left = labels.clone();
        let mut words = Vec::new();
        for (name, assets) in &self.zones {
            let macs =
                assets.iter().map(|asset| asset.macs.iter().map(|mac| Host::Mac(*mac)).collect());
            let ips = assets.iter().map(|asset| asset.ips.iter().map(|ip| Host::Ip(*ip)).collect());
            let kinds: [Vec<Vec<Host>>; 2] = [macs.collect(), ips.collect()];
            for kind in kinds {
                let each_has_one = kind.iter().all(|hosts| !hosts.is_empty());
                let hosts: Vec<Label> = kind.into_iter().flatten().map(Label::Host).collect();
                if each_has_one && hosts.len() > 1 && hosts.iter().all(|host| left.contains(host)) {
                    left.retain(|label| !hosts.contains(label));
                    words.push(name.clone());
                }
            }
        }
        words.extend(left.into_iter().map(|label| match label {
            Label::Zone(at) => self.zones.get(at).map(|(name, _)| name.clone()).unwrap_or_default(),
            Label::Group => "group".to_owned(),
            Label::Host(host) => host.to_string(),
        }));
        words.dedup();
        words
    }
}

/// Those with the same partners together.
fn grouped(pairs: &[(Label, Label)]) -> Vec<(BTreeSet<Label>, BTreeSet<Label>)> {
    let mut partners: BTreeMap<Label, BTreeSet<Label>> = BTreeMap::new();
    for (one, other) in pairs {
        partners.entry(*one).or_default().insert(*other);
    }
    let mut groups: BTreeMap<BTreeSet<Label>, BTreeSet<Label>> = BTreeMap::new();
    for (one, others) in partners {
        groups.entry(others).or_default().insert(one);
    }
    groups.into_iter().map(|(others, own)| (own, others)).collect()
}

/// Writes a list; nothing where it is empty.
fn list(text: &mut String, field: &str, words: Vec<String>) {
    const LINE_MAX: usize = 100;
    if words.is_empty() {
        return;
    }
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    let short = quoted.join(", ");
    *text += &if let [one] = quoted.as_slice() {
        format!("{field} = {one}\n")
    } else if short.len() + field.len() < LINE_MAX {
        format!("{field} = [{short}]\n")
    } else {
        format!("{field} = [\n  {},\n]\n", quoted.join(",\n  "))
    };
}

/// What a device says it is; text from the network, and here in a comment of a file that people
/// and programs read.
fn said(asset: &Asset) -> String {
    const LETTERS_MAX: usize = 60;
    let what = [Attribute::Name, Attribute::Vendor, Attribute::Model, Attribute::Product];
    let values: Vec<&str> = what.iter().filter_map(|what| asset.value(*what)).collect();
    let plain = |c: char| if c.is_alphanumeric() || c.is_ascii_graphic() { c } else { ' ' };
    let text: String = values.join(", ").chars().map(plain).take(LETTERS_MAX).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() { "says nothing of itself".to_owned() } else { text }
}

const HEAD: &str = "\
# Learned from traffic: lets pass what was seen, and nothing else. Look at each rule before you use
# it: whatever went wrong while the captures were made is in here too.
";

const WIDE: &str = "\
# From zone to zone: from address to address there would have been too many rules.
";
