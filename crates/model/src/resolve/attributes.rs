//! What devices state of themselves, weighed.

use super::ageing::{self, Change};
use super::correct::{Corrections, USER};
use super::{Asset, Derived, Knowledge, Resolution, handover};
use crate::few::Few;
use crate::reason::Reason;
use crate::tables::{AttributeKey, AttributeSeen, Model};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use vocab::{Attribute, FrameId, Host, Ts};

/// A part of a device: a serial unit, a module in a rack.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartOf {
    /// What the number counts.
    pub kind: String,
    /// The number.
    pub number: u32,
}

/// A stated or derived value with where it was seen.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// What it says.
    pub attribute: Attribute,
    /// The value as the device sent it.
    pub value: String,
    /// The part it is about; `None` for the device itself.
    pub part: Option<PartOf>,
    /// The protocol that says it.
    pub protocol: &'static str,
    /// Where in the protocol.
    pub source: String,
    /// The address it was stated for.
    pub host: Host,
    /// How sure its source is, 0 to 100.
    pub weight: u8,
    /// How often it was stated.
    pub count: u64,
    /// First time.
    pub first: Ts,
    /// Last time.
    pub last: Ts,
    /// First frame.
    pub frame: FrameId,
    /// Byte offset in that frame.
    pub offset: Option<u32>,
    /// Bytes as sent.
    pub length: u32,
    /// A number whose meaning is derived: the derived value stands for it.
    pub superseded: bool,
}

/// The best value of an attribute and why it won.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The value.
    pub value: String,
    /// How sure it is, 0 to 1.
    pub confidence: f32,
    /// Position in the asset's evidence of what says it best.
    pub evidence: usize,
    /// Why this value and no other.
    pub why: Vec<Reason>,
    /// Other values that were stated for the device itself, best first.
    pub others: Vec<String>,
    /// Values that gave way to others, in order of time.
    pub changes: Vec<Change>,
}

/// Gathers all stated values at their devices.
pub(super) fn gather(model: &Model, resolution: &mut Resolution) {
    let stated = stated(model, resolution);
    // Room for what comes, and no more: there may be very many devices.
    let mut counts = vec![0_usize; resolution.assets.len()];
    for (at, ..) in &stated {
        counts[*at] += 1;
    }
    for (asset, count) in resolution.assets.iter_mut().zip(counts) {
        asset.evidence.reserve_exact(count);
    }
    for (at, key, seen, span) in stated {
        resolution.assets[at].evidence.push(evidence(model, key, seen, span));
    }
}

/// Derives what stated values say, and chooses.
pub(super) fn choose(assets: &mut [Asset], knowledge: &dyn Knowledge, corrections: &Corrections) {
    let mut known = HashMap::new();
    for asset in assets {
        let mut derived: Vec<Evidence> = Vec::new();
        for stated in &mut asset.evidence {
            let said = derive(stated, knowledge, &mut known);
            stated.superseded = said.iter().any(|d| d.attribute == stated.attribute);
            derived.extend(said);
        }
        // The first MAC's maker: software chooses local addresses, they say nothing.
        for mac in asset.macs.iter().filter(|mac| !mac.is_local()) {
            if let Some(maker) = knowledge.maker_of(*mac) {
                derived.push(Evidence {
                    attribute: Attribute::Vendor,
                    value: maker.to_owned(),
                    part: None,
                    protocol: "ethernet",
                    source: "MAC prefix".to_owned(),
                    host: Host::Mac(*mac),
                    weight: 45,
                    count: asset.seen.packets,
                    first: asset.seen.first,
                    last: asset.seen.last,
                    frame: asset.seen.frame,
                    offset: None,
                    length: 3,
                    superseded: false,
                });
            }
        }
        asset.evidence.append(&mut derived);
        asset.evidence.extend(corrections.evidence(asset));
        asset.evidence.shrink_to_fit();
        choose_all(asset, knowledge);
    }
}

/// From when to when something was stated.
type Span = (Ts, Ts);

/// What devices state, in order, with the positions of those it belongs to. What was stated at an
/// address that was handed over belongs to whoever had the address then; what both stated, to both.
fn stated<'a>(
    model: &'a Model,
    resolution: &Resolution,
) -> Vec<(usize, &'a AttributeKey, &'a AttributeSeen, Span)> {
    let place = |key: &AttributeKey, seen: &AttributeSeen| {
        resolution.position(key.host, key.vlan).or_else(|| {
            // Stated for an address that never sent: it belongs to whoever said it.
            seen.mac.is_unicast().then(|| resolution.position(Host::Mac(seen.mac), key.vlan))?
        })
    };
    let mut stated: Vec<_> = Vec::with_capacity(model.attributes.len());
    for (key, seen) in &model.attributes {
        let shares = shares(key, seen, resolution);
        if shares.is_empty() {
            let all = (seen.at.first, seen.at.last);
            stated.extend(place(key, seen).map(|at| (at, key, seen, all)));
        }
        stated.extend(shares.into_iter().map(|(at, span)| (at, key, seen, span)));
    }
    // By the names themselves: their numbers say in which order they were met.
    let rank = |key: &'a AttributeKey| {
        let part = key.part.map(|(kind, number)| (model.names.get(kind), number));
        let source = model.names.get(key.source);
        (key.vlan, key.host, part, key.attribute, key.proto, source, &key.value)
    };
    stated.sort_by(|a, b| rank(a.1).cmp(&rank(b.1)));
    stated
}

/// What is stated at an address that several devices had, by the times at which each had it. Empty
/// for all other addresses.
fn shares(
    key: &AttributeKey,
    seen: &AttributeSeen,
    resolution: &Resolution,
) -> BTreeMap<usize, Span> {
    let mut shares: BTreeMap<usize, Span> = BTreeMap::new();
    let Host::Ip(ip) = key.host else { return shares };
    for (mac, start, end) in handover::holders(&resolution.handovers, ip, key.vlan) {
        let (first, last) = (seen.at.first.max(start), seen.at.last.min(end));
        if first > last {
            continue;
        }
        let Some(at) = resolution.position(Host::Mac(mac), key.vlan) else { continue };
        // One device by people's word: all of it is its own.
        let span = shares.entry(at).or_insert((first, last));
        *span = (span.0.min(first), span.1.max(last));
    }
    shares
}

fn evidence(
    model: &Model,
    key: &AttributeKey,
    seen: &AttributeSeen,
    (first, last): Span,
) -> Evidence {
    let part = |(kind, number)| PartOf { kind: model.names.get(kind).to_owned(), number };
    Evidence {
        attribute: key.attribute,
        value: key.value.to_string(),
        part: key.part.map(part),
        protocol: model.spec(key.proto).map_or("unknown", |spec| spec.key),
        source: model.names.get(key.source).to_owned(),
        host: key.host,
        weight: seen.weight,
        count: seen.at.count,
        first,
        last,
        frame: seen.at.frame,
        offset: seen.offset,
        length: seen.length,
        superseded: false,
    }
}

/// What texts say beyond themselves: many devices are alike, it is found out once.
type Said = HashMap<(Attribute, String), Vec<Derived>>;

fn derive(from: &Evidence, knowledge: &dyn Knowledge, known: &mut Said) -> Vec<Evidence> {
    let text = format!("{}\0{}\0{}", from.protocol, from.source, from.value);
    let derived = known.entry((from.attribute, text)).or_insert_with(|| {
        knowledge.derive(from.attribute, from.protocol, &from.source, &from.value)
    });
    // A number says little as it stands, its meaning says what it means.
    let most = if from.source.ends_with(", number") { 100 } else { from.weight };
    derived
        .iter()
        .map(|derived| Evidence {
            attribute: derived.attribute,
            value: derived.value.clone(),
            weight: derived.weight.min(most),
            source: format!("{}, {}", from.source, derived.rule),
            ..from.clone()
        })
        .collect()
}

/// Attributes of which a device has one.
const SINGLE: [Attribute; 12] = [
    Attribute::Vendor,
    Attribute::Product,
    Attribute::Model,
    Attribute::OrderNumber,
    Attribute::Serial,
    Attribute::Firmware,
    Attribute::Hardware,
    Attribute::Name,
    Attribute::Os,
    Attribute::Location,
    Attribute::Contact,
    Attribute::Description,
];

fn choose_all(asset: &mut Asset, knowledge: &dyn Knowledge) {
    // What is said of the only part there is, is said of the device.
    let parts: BTreeSet<&PartOf> = asset.evidence.iter().filter_map(|e| e.part.as_ref()).collect();
    let only_part = parts.len() == 1;
    let mut choices = Few::default();
    for attribute in SINGLE {
        let of = |whole: bool| -> Vec<usize> {
            let fits = |e: &Evidence| {
                e.attribute == attribute && e.part.is_none() == whole && !e.superseded
            };
            (0..asset.evidence.len())
                .filter(|at| asset.evidence.get(*at).is_some_and(fits))
                .collect()
        };
        let mut candidates = of(true);
        if candidates.is_empty() && only_part {
            candidates = of(false);
        }
        if let Some(choice) = best(&asset.evidence, &candidates, attribute, knowledge) {
            choices.insert(attribute, choice);
        }
    }
    asset.confidence = confidence(&choices);
    asset.choices = choices;
}

/// Evidence for one value.
#[derive(Default)]
struct Support {
    at: Vec<usize>,
    sources: BTreeMap<(String, String), u8>,
    last: Option<Ts>,
    count: u64,
    /// Its sources state another value since.
    replaced: bool,
    /// A person says it.
    person: bool,
}

impl Support {
    /// Independent sources together: one minus the product of what each leaves open.
    fn confidence(&self) -> f32 {
        let open = self.sources.values().fold(1.0, |open, w| open * (1.0 - f32::from(*w) / 100.0));
        (1.0 - open).min(0.99)
    }
}

fn best(
    evidence: &[Evidence],
    candidates: &[usize],
    attribute: Attribute,
    knowledge: &dyn Knowledge,
) -> Option<Choice> {
    let compared = |at: &usize| {
        let e = evidence.get(*at)?;
        Some((*at, normal(attribute, &e.value, knowledge)))
    };
    let candidates: Vec<(usize, String)> = candidates.iter().filter_map(compared).collect();
    let changes = ageing::changes(evidence, &candidates, attribute);
    let mut values: BTreeMap<String, Support> = BTreeMap::new();
    for (at, value) in &candidates {
        let Some(e) = evidence.get(*at) else { continue };
        let support = values.entry(value.clone()).or_default();
        let source = (e.protocol.to_owned(), e.source.clone());
        let weight = support.sources.entry(source).or_default();
        *weight = e.weight.max(*weight);
        support.at.push(*at);
        support.person |= e.protocol == USER;
        support.last = support.last.max(Some(e.last));
        support.count += e.count;
    }
    for change in &changes {
        // Nobody states it any more since the other one came.
        let old = values.values_mut().find(|support| support.at.contains(&change.from));
        if let Some(old) = old {
            old.replaced = old.last < Some(change.first);
        }
    }
    let mut ranked: Vec<(String, Support)> = values.into_iter().collect();
    ranked.sort_by(|(x, a), (y, b)| {
        let key = |s: &Support| (s.person, !s.replaced, percent(s.confidence()), s.last);
        // What people say, what still holds, the surest, then the latest, then the longest, which says most.
        key(b).cmp(&key(a)).then_with(|| y.len().cmp(&x.len())).then_with(|| x.cmp(y))
    });
    let (_, best) = ranked.first()?;
    let strongest = best.at.iter().copied().max_by_key(|at| {
        let e = evidence.get(*at);
        (e.map(|e| e.weight), e.map(|e| e.count), std::cmp::Reverse(*at))
    })?;
    let winner = evidence.get(strongest)?;
    let others: Vec<String> = ranked
        .iter()
        .skip(1)
        .filter_map(|(_, support)| evidence.get(*support.at.first()?).map(|e| e.value.clone()))
        .collect();
    let value = match attribute {
        Attribute::Vendor => knowledge.short_vendor(&winner.value).into_owned(),
        _ => winner.value.clone(),
    };
    Some(Choice {
        value,
        confidence: best.confidence(),
        evidence: strongest,
        why: why(winner, best, others.len(), changes.last().and_then(|c| evidence.get(c.from))),
        others,
        changes,
    })
}

fn why(winner: &Evidence, best: &Support, others: usize, before: Option<&Evidence>) -> Vec<Reason> {
    let mut reasons = vec![match winner.protocol {
        USER => Reason::plain("corrected").with("by", &winner.source),
        protocol => Reason::plain("best_value")
            .word("protocol", protocol)
            .with("source", &winner.source)
            .with("count", best.count),
    }];
    let more = best.sources.len().saturating_sub(1);
    if more > 0 {
        reasons.push(Reason::plain("agree").with("sources", more));
    }
    if others > 0 {
        reasons.push(Reason::plain("others").with("values", others));
    }
    if let Some(before) = before {
        reasons.push(Reason::plain("changed").with("value", &before.value));
    }
    reasons
}

/// Values that say the same compare equal.
fn normal(attribute: Attribute, value: &str, knowledge: &dyn Knowledge) -> String {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    match attribute {
        Attribute::Vendor => words(&knowledge.short_vendor(value)),
        Attribute::OrderNumber | Attribute::Serial => words(value).replace(' ', ""),
        // Some write a letter in front of the number, some do not.
        Attribute::Firmware => {
            let text = words(value);
            let number = text.strip_prefix('v').map(|rest| rest.trim_start_matches(['.', ' ']));
            let is_number = |text: &&str| text.starts_with(|c: char| c.is_ascii_digit());
            number.filter(is_number).map_or_else(|| text.clone(), str::to_owned)
        }
        _ => words(value),
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 99")]
fn percent(confidence: f32) -> u8 {
    (confidence * 100.0) as u8
}

/// How sure the identification is as a whole: what names the product most, the rest adds.
fn confidence(choices: &Few<Attribute, Choice>) -> f32 {
    let of = |attribute| choices.get(&attribute).map_or(0.0, |choice| choice.confidence);
    let product = of(Attribute::OrderNumber).max(of(Attribute::Model)).max(of(Attribute::Product));
    let open = [
        (product, 0.9),
        (of(Attribute::Vendor), 0.4),
        (of(Attribute::Serial), 0.3),
        (of(Attribute::Firmware), 0.3),
        (of(Attribute::Name), 0.3),
        (of(Attribute::Os), 0.3),
    ]
    .into_iter()
    .fold(0.9, |open, (confidence, share)| open * (1.0 - confidence * share));
    1.0 - open
}
