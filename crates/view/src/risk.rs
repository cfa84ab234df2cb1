//! What is known against devices, and what follows, as documents.

use crate::asset::args;
use judge::risk::{
    Assessment, AssetRisk, Decision, Factor, Ruling, State, Step, Weakness, in_words,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// A factor of a number: all of them multiplied make it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct FactorView {
    /// Its name.
    pub name: &'static str,
    /// Its value.
    pub value: f64,
    /// Why, in English.
    pub why: String,
    /// Why, as a code.
    pub code: &'static str,
    /// The code's arguments.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<&'static str, String>,
    /// What it is put together from, otherwise than by multiplying.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<FactorPartView>,
}

/// A part of a factor.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct FactorPartView {
    /// Its name.
    pub name: &'static str,
    /// Its value.
    pub value: f64,
    /// Why, in English.
    pub why: String,
    /// Why, as a code.
    pub code: &'static str,
    /// The code's arguments.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<&'static str, String>,
}

/// Four decimals are all that a factor deserves.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

impl FactorView {
    fn new(factor: &Factor) -> Self {
        let part = |part: &Factor| FactorPartView {
            name: part.name,
            value: rounded(part.value),
            why: in_words(&part.why),
            code: part.why.code,
            args: args(&part.why),
        };
        Self {
            name: factor.name,
            value: rounded(factor.value),
            why: in_words(&factor.why),
            code: factor.why.code,
            args: args(&factor.why),
            parts: factor.parts.iter().map(part).collect(),
        }
    }
}

/// A decision of a person.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct TriageView {
    /// `open`, `accepted`, `mitigated`, `fixed` or `false_positive`.
    pub state: &'static str,
    /// Why; for a mitigation, the control.
    pub reason: String,
    /// Last day on which an accepted risk stays accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Who decided.
    pub who: String,
    /// When.
    pub when: String,
    /// The identifier of the device then, where it has another now: it was joined with another, or
    /// taken apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
}

impl TriageView {
    /// A decision that was filed under an identifier, for the device that it is of now.
    pub fn of(ruling: &Ruling, under: &str, now: &str) -> Self {
        Self { device: (under != now).then(|| under.to_owned()), ..Self::from(ruling) }
    }
}

impl From<&Ruling> for TriageView {
    fn from(ruling: &Ruling) -> Self {
        Self {
            device: None,
            state: ruling.state.key(),
            reason: ruling.reason.clone(),
            until: ruling.until.clone(),
            who: ruling.who.clone(),
            when: ruling.when.clone(),
        }
    }
}

/// A verdict on a device, an advisory and a CVE: affected, or not to be excluded.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct VulnerabilityView {
    /// The advisory.
    pub advisory: String,
    /// The CVE.
    pub cve: String,
    /// `affected` or `undetermined`.
    pub verdict: &'static str,
    /// How well the advisory names the device: I5 to I2.
    pub grade: &'static str,
    /// `confirmed`, `likely` or `possible`.
    pub confidence: &'static str,
    /// The product and its versions as the advisory writes them.
    pub leaf: String,
    /// What an analyst reads in that, where it does not say plainly what is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read: Option<String>,
    /// The version that fixes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixed: Option<String>,
    /// The maker names something other than an update that helps.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub workaround: bool,
    /// Why, in English.
    pub reason: String,
    /// Why, as a code.
    pub code: &'static str,
    /// The code's arguments: the device's `version`, the `range` of the advisory.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<&'static str, String>,
    /// CVSS base score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cvss: Option<f32>,
    /// Likelihood of exploitation within 30 days. EPSS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epss: Option<f32>,
    /// It is known to be exploited.
    pub kev: bool,
    /// What to do: `immediate`, `out-of-cycle`, `scheduled` or `defer`. SSVC for deployers.
    pub decision: &'static str,
    /// Until when, by CISA BOD 26-04.
    pub due: String,
    /// What people decided, as it holds today.
    pub state: &'static str,
    /// The decision behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub triage: Option<TriageView>,
    /// The number for sorting, 0 to 100.
    pub score: f64,
    /// What makes the number; left out in long lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub factors: Vec<FactorView>,
}

/// A risk from 0 to 1 as people see it: 0 to 100, one decimal.
pub fn score(risk: f64) -> f64 {
    (risk * 1000.0).round() / 10.0
}

/// The same as a whole number.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
fn whole(risk: f64) -> u8 {
    (risk.clamp(0.0, 1.0) * 100.0).round() as u8
}

/// A weakness of a device; `None` where the position is not of this device.
pub fn vulnerability(
    asset: &AssetRisk,
    weakness: &Weakness,
    by: &Assessment,
    factors: bool,
) -> Option<VulnerabilityView> {
    let known = asset.known.get(weakness.known)?;
    let factors = if factors { asset.factors(weakness, by) } else { Vec::new() };
    let newest = by.triage.filed(&asset.id, &known.cve).first();
    Some(VulnerabilityView {
        advisory: known.advisory.clone(),
        cve: known.cve.clone(),
        verdict: known.verdict.key(),
        grade: known.grade.key(),
        confidence: weakness.confidence.key(),
        leaf: known.leaf.clone(),
        read: known.read.clone(),
        fixed: known.fixed.clone(),
        workaround: known.workaround,
        reason: known.reason.clone(),
        code: known.why.code,
        args: args(&known.why),
        cvss: known.cvss,
        epss: known.epss,
        kev: known.kev.is_some(),
        decision: weakness.decision.key(),
        due: weakness.due.to_string(),
        state: weakness.state.key(),
        triage: newest.map(|filed| TriageView::of(&filed.ruling, &filed.under, &asset.id)),
        score: score(weakness.risk),
        factors: factors.iter().map(FactorView::new).collect(),
    })
}

/// The weaknesses of a device, the most urgent first.
pub fn vulnerabilities(asset: &AssetRisk, by: &Assessment) -> Vec<VulnerabilityView> {
    let weak = asset.weaknesses.iter();
    weak.filter_map(|weakness| vulnerability(asset, weakness, by, false)).collect()
}

/// A device's risk.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct AssetRiskView {
    /// 0 to 100.
    pub score: u8,
    /// The same without what people decided.
    pub inherent: u8,
    /// The most urgent decision that nobody took yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<&'static str>,
    /// How it can be reached: `open`, `controlled` or `small`.
    pub exposure: &'static str,
    /// What would follow: `low` to `very_high`.
    pub impact: &'static str,
    /// What makes the number: the factors of the worst weakness, and what the others add.
    pub factors: Vec<FactorView>,
}

impl AssetRiskView {
    /// A device's risk.
    pub fn new(asset: &AssetRisk, by: &Assessment) -> Self {
        Self {
            score: whole(asset.risk),
            inherent: whole(asset.inherent),
            decision: asset.decision().map(Decision::key),
            exposure: asset.exposed.exposure.key(),
            impact: asset.impact.key(),
            factors: asset.sum_factors(by).iter().map(FactorView::new).collect(),
        }
    }
}

/// A zone's risk.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ZoneRiskView {
    /// The zone.
    pub zone: String,
    /// 0 to 100.
    pub score: f64,
    /// The same without what people decided.
    pub inherent: f64,
    /// Devices with weaknesses.
    pub assets: usize,
}

/// Something to do, with its measured effect.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct StepView {
    /// `patch`, `block` or `isolate`.
    pub kind: &'static str,
    /// What to do, in English.
    pub what: String,
    /// What to do, as a code.
    pub code: &'static str,
    /// The code's arguments.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<&'static str, String>,
    /// Devices whose risk it lowers.
    pub assets: Vec<String>,
    /// Those of them for whose worst weakness the maker has no update.
    pub unpatchable: usize,
    /// The site's number before.
    pub before: f64,
    /// And after.
    pub after: f64,
    /// By how much the numbers of the devices together fall.
    pub sum: f64,
}

impl From<&Step> for StepView {
    fn from(step: &Step) -> Self {
        Self {
            kind: step.kind.key(),
            what: in_words(&step.what),
            code: step.what.code,
            args: args(&step.what),
            assets: step.assets.clone(),
            unpatchable: step.unpatchable,
            before: score(step.before),
            after: score(step.after),
            sum: score(step.sum),
        }
    }
}

/// A site's risk.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct RiskSummary {
    /// 0 to 100.
    pub score: f64,
    /// The same without what people decided.
    pub inherent: f64,
    /// How many weaknesses stand open, by decision.
    pub decisions: BTreeMap<&'static str, usize>,
    /// How many weaknesses there are, by what people decided.
    pub states: BTreeMap<&'static str, usize>,
    /// Zones, the largest risk first.
    pub zones: Vec<ZoneRiskView>,
    /// What lowers the number most.
    pub steps: Vec<StepView>,
}

impl RiskSummary {
    /// A site's risk.
    pub fn new(by: &Assessment) -> Self {
        let mut decisions: BTreeMap<&'static str, usize> =
            Decision::ALL.iter().map(|decision| (decision.key(), 0)).collect();
        let mut states: BTreeMap<&'static str, usize> =
            State::ALL.iter().map(|state| (state.key(), 0)).collect();
        for weakness in by.assets.iter().flat_map(|asset| &asset.weaknesses) {
            *states.entry(weakness.state.key()).or_default() += 1;
            if weakness.state == State::Open {
                *decisions.entry(weakness.decision.key()).or_default() += 1;
            }
        }
        let zone = |zone: &judge::risk::ZoneRisk| ZoneRiskView {
            zone: zone.zone.clone(),
            score: score(zone.risk),
            inherent: score(zone.inherent),
            assets: zone.assets,
        };
        Self {
            score: score(by.risk),
            inherent: score(by.inherent),
            decisions,
            states,
            zones: by.zones.iter().map(zone).collect(),
            steps: by.steps.iter().map(StepView::from).collect(),
        }
    }
}
