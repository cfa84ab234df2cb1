//! All of it together: every device with its weaknesses, zones, the site.

use crate::risk::advice::{Advice, Known};
use crate::risk::config::Weights;
use crate::risk::decide::{Confidence, Decision, Decisions, DueOf, Exploitation, Exposure, Impact};
use crate::risk::exposure::{Exposed, Reach, named};
use crate::risk::impact::impact;
use crate::risk::rollup::roll_up;
use crate::risk::steps::{self, Step};
use crate::risk::triage::{Ruling, State, Triage};
use knowledge::matching::{Grade, Verdict};
use model::{Asset, Reason, Resolution};
use std::collections::BTreeMap;
use std::sync::Arc;
use vocab::Attribute;

/// A factor of a number: all factors multiplied make it.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// Its name.
    pub name: &'static str,
    /// Its value.
    pub value: f64,
    /// Why.
    pub why: Reason,
    /// What it is put together from, otherwise than by multiplying.
    pub parts: Vec<Factor>,
}

/// A weakness of a device: one advisory, one CVE.
#[derive(Clone, Debug, PartialEq)]
pub struct Weakness {
    /// Position in [`AssetRisk::known`].
    pub known: usize,
    /// How sure the verdict is.
    pub confidence: Confidence,
    /// Whether it is exploited.
    pub exploitation: Exploitation,
    /// Attacks can be automated.
    pub automatable: bool,
    /// What to do.
    pub decision: Decision,
    /// Until when, by BOD 26-04.
    pub due: Arc<str>,
    /// What people decided, as it holds today.
    pub state: State,
    /// The risk, 0 to 1.
    pub risk: f64,
    /// The risk without what people decided.
    pub inherent: f64,
}

/// A device with its weaknesses.
#[derive(Clone, Debug)]
pub struct AssetRisk {
    /// Position of the asset.
    pub at: usize,
    /// Its identifier.
    pub id: String,
    /// Its name, else its identifier.
    pub name: String,
    /// Its zone.
    pub zone: String,
    /// How it can be reached.
    pub exposed: Exposed,
    /// What would follow.
    pub impact: Impact,
    /// Why.
    pub impact_why: Reason,
    /// What decides was read from the wire: order or serial number, and the firmware.
    pub stated: bool,
    /// What is known against devices of its kind.
    pub known: Arc<[Known]>,
    /// Its weaknesses, the most urgent first.
    pub weaknesses: Vec<Weakness>,
    /// The risk, 0 to 1.
    pub risk: f64,
    /// The risk without what people decided.
    pub inherent: f64,
}

/// A zone's risk.
#[derive(Clone, Debug, PartialEq)]
pub struct ZoneRisk {
    /// The zone.
    pub zone: String,
    /// Devices with weaknesses.
    pub assets: usize,
    /// The risk, 0 to 1.
    pub risk: f64,
    /// The risk without what people decided.
    pub inherent: f64,
}

/// A plant's risk.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// Devices against which something is known, the largest risk first.
    pub assets: Vec<AssetRisk>,
    /// Zones with such devices, the largest risk first.
    pub zones: Vec<ZoneRisk>,
    /// The site's risk, 0 to 1.
    pub risk: f64,
    /// The risk without what people decided.
    pub inherent: f64,
    /// What lowers it most.
    pub steps: Vec<Step>,
    /// What people decided.
    pub triage: Triage,
    /// The weights it is made with.
    pub weights: Weights,
    /// Position in `assets` by identifier.
    index: BTreeMap<String, usize>,
}

impl Assessment {
    /// A device's risk; `None` where nothing is known against it.
    pub fn asset(&self, id: &str) -> Option<&AssetRisk> {
        self.assets.get(*self.index.get(id)?)
    }
}

/// What weaknesses are judged with.
pub(crate) struct Judge<'a> {
    pub(crate) weights: &'a Weights,
    pub(crate) decisions: &'a Decisions,
    pub(crate) triage: &'a Triage,
}

/// Judges a plant. The model is not needed any more once contacts are summed up.
pub fn assess(
    reach: &Reach<'_>,
    resolution: &Resolution,
    advice: &Advice,
    weights: &Weights,
    triage: &Triage,
) -> Assessment {
    let triage = triage.followed(resolution);
    let judge = Judge { weights, decisions: advice.decisions(), triage: &triage };
    let mut assets: Vec<AssetRisk> = Vec::new();
    for (at, asset) in resolution.assets.iter().enumerate() {
        let known = advice.of(asset);
        if !known.is_empty() {
            assets.push(judge.asset(at, asset, known, reach));
        }
    }
    assets.sort_by(|a, b| {
        let order = b.risk.total_cmp(&a.risk).then_with(|| b.inherent.total_cmp(&a.inherent));
        order.then_with(|| a.at.cmp(&b.at))
    });
    let steps = steps::best(&assets, &resolution.assets, advice, &judge, reach);
    let sum = |of: fn(&AssetRisk) -> f64| {
        let risks: Vec<f64> = assets.iter().map(of).collect();
        roll_up(&risks, weights.tail_site)
    };
    Assessment {
        zones: zones(&assets, weights),
        risk: sum(|asset| asset.risk),
        inherent: sum(|asset| asset.inherent),
        steps,
        weights: weights.clone(),
        index: assets.iter().enumerate().map(|(at, asset)| (asset.id.clone(), at)).collect(),
        assets,
        triage,
    }
}

/// A verdict that is left open, with why: in English, and as a code.
fn possible(known: &Known) -> Reason {
    let reason = Reason::plain("possible").with("reason", &known.reason);
    let mut reason = reason.with("code", known.why.code).with("grade", known.grade.key());
    reason.args.extend(known.why.args.iter().cloned());
    reason
}

fn zones(assets: &[AssetRisk], weights: &Weights) -> Vec<ZoneRisk> {
    let mut risks: BTreeMap<&str, (Vec<f64>, Vec<f64>)> = BTreeMap::new();
    for asset in assets {
        let zone = risks.entry(&asset.zone).or_default();
        zone.0.push(asset.risk);
        zone.1.push(asset.inherent);
    }
    let zone = |(zone, (risks, inherent)): (&str, (Vec<f64>, Vec<f64>))| ZoneRisk {
        zone: zone.to_owned(),
        assets: risks.len(),
        risk: roll_up(&risks, weights.tail_site),
        inherent: roll_up(&inherent, weights.tail_site),
    };
    let mut zones: Vec<ZoneRisk> = risks.into_iter().map(zone).collect();
    zones.sort_by(|a, b| b.risk.total_cmp(&a.risk).then_with(|| a.zone.cmp(&b.zone)));
    zones
}

impl Judge<'_> {
    fn asset(&self, at: usize, asset: &Asset, known: Arc<[Known]>, reach: &Reach<'_>) -> AssetRisk {
        let (impact, impact_why) =
            impact(asset, reach.asked_of(at), reach.guarded_by(at), self.weights);
        let mut own = AssetRisk {
            at,
            id: asset.id.clone(),
            name: named(asset),
            zone: asset.zone.clone(),
            exposed: reach.exposure(at, None),
            impact,
            impact_why,
            stated: is_stated(asset),
            known,
            weaknesses: Vec::new(),
            risk: 0.0,
            inherent: 0.0,
        };
        let weak = own.known.iter().enumerate().map(|(at, one)| self.weakness(at, one, &own));
        let mut weak: Vec<Weakness> = weak.collect();
        (own.risk, own.inherent) = self.sums(&weak, &own.known);
        weak.sort_by(|a, b| {
            let order = b.decision.cmp(&a.decision).then_with(|| b.risk.total_cmp(&a.risk));
            order.then_with(|| b.inherent.total_cmp(&a.inherent)).then(a.known.cmp(&b.known))
        });
        own.weaknesses = weak;
        own
    }

    /// Risk and inherent risk of a device: a CVE of several advisories counts once.
    fn sums(&self, weak: &[Weakness], known: &[Known]) -> (f64, f64) {
        let mut cves: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
        for one in weak {
            let cve = known.get(one.known).map_or("", |known| known.cve.as_str());
            let worst = cves.entry(cve).or_default();
            *worst = (worst.0.max(one.risk), worst.1.max(one.inherent));
        }
        let (risks, inherent): (Vec<f64>, Vec<f64>) = cves.into_values().unzip();
        let tail = self.weights.tail_asset;
        (roll_up(&risks, tail), roll_up(&inherent, tail))
    }

    /// The risk of a device if other things were known against it.
    pub(crate) fn risk_if_known(&self, asset: &AssetRisk, known: &[Known]) -> f64 {
        let weak = known.iter().enumerate().map(|(at, one)| self.weakness(at, one, asset));
        self.sums(&weak.collect::<Vec<_>>(), known).0
    }

    /// The risk of a device if it could be reached otherwise.
    pub(crate) fn risk_if_exposed(&self, asset: &AssetRisk, exposure: Exposure) -> f64 {
        let before = self.weights.of_exposure(asset.exposed.exposure);
        if before <= 0.0 {
            return asset.risk;
        }
        let change = self.weights.of_exposure(exposure) / before;
        let changed: Vec<Weakness> = asset
            .weaknesses
            .iter()
            .map(|one| Weakness { risk: one.risk * change, ..one.clone() })
            .collect();
        self.sums(&changed, &asset.known).0
    }

    fn weakness(&self, at: usize, known: &Known, asset: &AssetRisk) -> Weakness {
        let weights = self.weights;
        let confidence = confidence(known, asset.stated);
        let exploitation = exploitation(known, weights).0;
        let automatable = automatable(known).0;
        let exposure = asset.exposed.exposure;
        let state = self.triage.state(&asset.id, &known.cve);
        let due = DueOf {
            kev: known.kev.is_some(),
            public: asset.exposed.public,
            automatable,
            total: is_total(&known.vector),
        };
        let inherent = likelihood(known, weights)
            * weights.of_exposure(exposure)
            * weights.of_confidence(confidence)
            * weights.of_impact(asset.impact)
            * weights.of_technical(is_total(&known.vector));
        Weakness {
            known: at,
            confidence,
            exploitation,
            automatable,
            decision: self.decisions.decide(exploitation, exposure, automatable, asset.impact),
            due: self.decisions.due(due),
            state,
            risk: inherent * weights.of_state(state),
            inherent,
        }
    }
}

impl AssetRisk {
    /// What makes a weakness's number, factor by factor.
    pub fn factors(&self, weakness: &Weakness, by: &Assessment) -> Vec<Factor> {
        let Some(known) = self.known.get(weakness.known) else { return Vec::new() };
        let weights = &by.weights;
        let factor = |name, value, why| Factor { name, value, why, parts: Vec::new() };
        let (exploitation, least, exploited) = exploitation(known, weights);
        let (automatable, automated) = automatable(known);
        let why = Reason::plain("likelihood")
            .with("exploitation", exploitation.word())
            .with("automatable", if automatable { "yes" } else { "no" });
        let add = if automatable { weights.automatable } else { 0.0 };
        let likelihood = Factor {
            parts: vec![
                factor("exploitation", least, exploited),
                factor("automatable", add, automated),
            ],
            ..factor("likelihood", likelihood(known, weights), why)
        };
        let sure = match weakness.confidence {
            Confidence::Possible => possible(known),
            Confidence::Likely => Reason::plain("likely"),
            Confidence::Confirmed => Reason::plain("confirmed"),
        };
        let total = is_total(&known.vector);
        let technical = if total { "technical_total" } else { "technical_partial" };
        let triage = Factor {
            parts: self.overruled(known, by),
            ..factor(
                "triage",
                weights.of_state(weakness.state),
                decided(by.triage.ruling(&self.id, &known.cve), weakness.state),
            )
        };
        vec![
            likelihood,
            factor(
                "exposure",
                weights.of_exposure(self.exposed.exposure),
                self.exposed.why.clone(),
            ),
            factor("confidence", weights.of_confidence(weakness.confidence), sure),
            factor("consequence", weights.of_impact(self.impact), self.impact_why.clone()),
            factor("technical", weights.of_technical(total), Reason::plain(technical)),
            triage,
        ]
    }

    /// What was decided otherwise while this was several devices, each with what it would make.
    fn overruled(&self, known: &Known, by: &Assessment) -> Vec<Factor> {
        let older = by.triage.overruled(&self.id, &known.cve);
        older
            .map(|filed| Factor {
                name: "overruled",
                value: by.weights.of_state(by.triage.state_of(&filed.ruling)),
                why: Reason::plain("overruled")
                    .with("who", &filed.ruling.who)
                    .with("device", &filed.under)
                    .with("state", filed.ruling.state.key()),
                parts: Vec::new(),
            })
            .collect()
    }

    /// The weakness that weighs most.
    pub fn worst(&self) -> Option<&Weakness> {
        self.weaknesses.iter().max_by(|a, b| {
            let order = a.risk.total_cmp(&b.risk).then_with(|| a.inherent.total_cmp(&b.inherent));
            order.then_with(|| b.known.cmp(&a.known))
        })
    }

    /// What makes the device's number: the factors of its worst weakness, and what the others
    /// add.
    pub fn sum_factors(&self, by: &Assessment) -> Vec<Factor> {
        let Some(worst) = self.worst() else { return Vec::new() };
        let mut factors = self.factors(worst, by);
        let value = if worst.risk > 0.0 { self.risk / worst.risk } else { 1.0 };
        let cves: std::collections::BTreeSet<&str> =
            self.known.iter().map(|known| known.cve.as_str()).collect();
        let why = Reason::plain("more").with("count", cves.len().saturating_sub(1));
        factors.push(Factor { name: "more", value, why, parts: Vec::new() });
        factors
    }

    /// The most urgent decision that nobody took yet.
    pub fn decision(&self) -> Option<Decision> {
        let open = self.weaknesses.iter().filter(|weakness| weakness.state == State::Open);
        open.map(|weakness| weakness.decision).max()
    }
}

fn decided(ruling: Option<&Ruling>, state: State) -> Reason {
    let Some(ruling) = ruling else { return Reason::plain("untouched") };
    let code = match (state, ruling.state) {
        (State::Open, State::Accepted) => "triage_expired",
        (State::Open, _) => return Reason::plain("untouched"),
        (State::Accepted, _) => "triage_accepted",
        (State::Mitigated, _) => "triage_mitigated",
        (State::Fixed, _) => "triage_fixed",
        (State::FalsePositive, _) => "triage_false_positive",
    };
    let reason = Reason::plain(code).with("who", &ruling.who);
    match &ruling.until {
        Some(until) => reason.with("until", until),
        None => reason,
    }
}

/// How sure a value must be to count as read from the wire.
const STATED_MIN: f32 = 0.6;

/// What identifies the device was read from the wire, and its firmware, where it is known: a
/// verdict on a device of unknown firmware does not rest on it.
fn is_stated(asset: &Asset) -> bool {
    let sure = |attribute| {
        let choice = asset.choices.get(&attribute);
        choice.map(|choice| choice.confidence >= STATED_MIN)
    };
    let named = [Attribute::OrderNumber, Attribute::Serial].into_iter();
    named.filter_map(sure).any(|sure| sure) && sure(Attribute::Firmware).unwrap_or(true)
}

fn confidence(known: &Known, stated: bool) -> Confidence {
    match known.verdict {
        Verdict::Affected if known.grade >= Grade::I4 && stated => Confidence::Confirmed,
        Verdict::Affected => Confidence::Likely,
        Verdict::Undetermined | Verdict::NotAffected => Confidence::Possible,
    }
}

/// Whether it is exploited, the likelihood that this alone gives, and why.
fn exploitation(known: &Known, weights: &Weights) -> (Exploitation, f64, Reason) {
    let cve = |code| Reason::plain(code).with("cve", &known.cve);
    if let Some(added) = &known.kev {
        return (Exploitation::Active, weights.exploited, cve("kev").with("added", added));
    }
    if known.record == "active" {
        return (Exploitation::Active, weights.exploited, cve("exploited"));
    }
    let epss = known.epss.map(f64::from);
    let scored = |score: f64| Reason::plain("epss").with("score", format!("{score:.3}"));
    let likely = epss.unwrap_or(0.0).max(weights.floor);
    if known.record == "poc" {
        return (Exploitation::Poc, likely.max(weights.poc), cve("poc"));
    }
    match epss {
        Some(score) if score >= weights.epss_poc => {
            (Exploitation::Poc, likely.max(weights.poc), scored(score))
        }
        Some(score) => (Exploitation::None, likely, scored(score)),
        None => (Exploitation::None, likely, Reason::plain("not_exploited")),
    }
}

fn likelihood(known: &Known, weights: &Weights) -> f64 {
    let (_, exploited, _) = exploitation(known, weights);
    let add = if automatable(known).0 { weights.automatable } else { 0.0 };
    1.0 - (1.0 - exploited) * (1.0 - add)
}

/// Whether attacks can be automated, and why.
fn automatable(known: &Known) -> (bool, Reason) {
    if let Some(answer) = known.automatable {
        let word = if answer { "yes" } else { "no" };
        return (answer, Reason::plain("automatable_stated").with("answer", word));
    }
    if !known.vector.contains("AV:") {
        return (true, Reason::plain("automatable_unknown"));
    }
    let has = |metric: &str| known.vector.split('/').any(|own| own == metric);
    // Version 2 says Au:N for no authentication, and nothing of users.
    let no_user = has("UI:N") || !known.vector.contains("UI:");
    if has("AV:N") && has("AC:L") && (has("PR:N") || has("Au:N")) && no_user {
        (true, Reason::plain("automatable_vector"))
    } else {
        (false, Reason::plain("not_automatable_vector").with("vector", &known.vector))
    }
}

/// Technical impact by SSVC: total where an attacker gets what the device holds and rules it.
/// Unknown counts as total.
fn is_total(vector: &str) -> bool {
    let has = |metric: &str| vector.split('/').any(|own| own == metric);
    let all = |c: &str, i: &str| has(c) && has(i);
    !vector.contains("AV:") || all("C:H", "I:H") || all("C:C", "I:C") || all("VC:H", "VI:H")
}
