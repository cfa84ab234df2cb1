//! Something was done that the plant's own rules do not let pass.

use super::{Finding, Findings, Party, Place, Plant, Rule};
use crate::policy::{Policy, Violation, violations};
use crate::risk::named;
use model::Asset;
use vocab::{Host, Technique, Ts};

/// Longest quotation of a rule, in characters.
const QUOTE_MAX: usize = 300;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    id: "policy-denied",
    title: "{what} from {from} to {device}, against the policy ({rule})",
    explanation: "{from} used {detail} on {device} (seen: {times}). Line {line} of {file} does not \
                  let it pass: {quote}",
    advice: "Find out who did it and whether it should be so. If it should, put a rule that allows \
             it above line {line}, as narrow as it can be. If not, stop it where it comes from, and \
             check what the device holds now.",
    techniques: Technique::KEYS,
};

/// Asks the policy about everything that was seen.
pub(crate) fn look(plant: &Plant<'_>, found: &mut Findings) {
    let Some(policy) = plant.policy else { return };
    let all = violations(policy, plant.model, plant.resolution);
    found.extend(all.violations.iter().map(|one| finding(plant, policy, one)));
    found.miss(all.dropped);
}

fn finding(plant: &Plant<'_>, policy: &Policy, violation: &Violation) -> Finding {
    let spec = violation.proto.and_then(|proto| plant.model.spec(proto));
    let row = violation.row(spec);
    let technique = spec.zip(row).and_then(|(spec, row)| spec.technique(row));
    let seen = &violation.seen;
    let (first, last) = seen.times.unwrap_or((Ts::MAX, Ts::MIN));
    let asset = |host| plant.resolution.at(host, violation.vlan);
    let (source, target) = (asset(violation.client), asset(violation.server));
    let (rule, line, quote) = decider(policy, violation);
    Finding {
        rule: &RULE,
        key: key(violation, &rule),
        severity: violation.severity,
        rank: row.map_or(0, |row| row.access as u32),
        techniques: technique.into_iter().map(Technique::key).collect(),
        source: Some(party(source, violation.client)),
        target: Some(party(target, violation.server)),
        first,
        last,
        count: seen.count,
        evidence: seen.frames.iter().copied().map(Place::from).collect(),
        args: vec![
            ("rule", rule),
            ("what", violation.what(spec)),
            ("detail", violation.detail(spec)),
            ("from", shown(source, violation.client)),
            ("device", shown(target, violation.server)),
            ("times", seen.count.to_string()),
            ("line", line.to_string()),
            ("file", policy.file.clone()),
            ("quote", cut(&quote)),
        ],
        said: Vec::new(),
    }
}

/// The device behind an address; groups are none.
fn party(asset: Option<&Asset>, host: Host) -> Party {
    let asset = asset.map(|asset| asset.id.clone()).unwrap_or_default();
    Party { asset, address: host.to_string() }
}

/// A name with the address that was used.
fn shown(asset: Option<&Asset>, host: Host) -> String {
    let (name, address) = (asset.map(named).unwrap_or_default(), host.to_string());
    if name.is_empty() || name.contains(&address) { address } else { format!("{name} ({address})") }
}

/// What denies: its name, line and words.
fn decider(policy: &Policy, violation: &Violation) -> (String, u32, String) {
    if let Some(rule) = violation.rule.and_then(|at| policy.rules.get(at)) {
        return (rule.title(), rule.line, format!("[[{}]] {}", rule.verdict.key(), rule.text));
    }
    let quote = format!("default = \"{}\"", policy.default.key());
    ("default".to_owned(), policy.default_line, quote)
}

/// Tells it apart from others between the same devices, also where addresses are several.
fn key(violation: &Violation, rule: &str) -> String {
    let Violation { client, server, vlan, proto, operation, .. } = violation;
    let mut key = format!("{rule}.{client}.{server}");
    if *vlan != 0 {
        key += &format!(".vlan-{vlan}");
    }
    if let Some(proto) = proto {
        key += &format!(".{}", proto.0);
    }
    if let Some((code, sub)) = operation {
        key += &format!(".{code}");
        if let Some(sub) = sub {
            key += &format!("/{sub}");
        }
    }
    key
}

fn cut(text: &str) -> String {
    if text.chars().count() <= QUOTE_MAX {
        return text.to_owned();
    }
    text.chars().take(QUOTE_MAX).chain(['…']).collect()
}
