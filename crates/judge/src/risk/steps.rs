//! What lowers a plant's risk most: every step is tried on a copy, and the drop is measured.

use crate::risk::advice::{Advice, Known, device_of};
use crate::risk::assess::{AssetRisk, Judge};
use crate::risk::exposure::{Block, Reach};
use crate::risk::rollup::roll_up;
use crate::risk::triage::State;
use knowledge::matching::{Device, Verdict};
use model::{Asset, Reason};
use std::collections::BTreeMap;
use vocab::Access;

/// Most steps of a kind that are tried, those at the largest risks first.
const TRIED_MAX: usize = 48;
/// Most versions that are tried for one kind of device.
const VERSIONS_MAX: usize = 4;
/// Steps that are shown.
const SHOWN: usize = 3;
/// A smaller drop is none.
const DROP_MIN: f64 = 1e-6;

/// What kind of step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepKind {
    /// Update the firmware.
    Patch,
    /// Block operations between zones.
    Block,
    /// Let only its own zone reach a device.
    Isolate,
}

impl StepKind {
    /// Its name in documents.
    pub fn key(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Block => "block",
            Self::Isolate => "isolate",
        }
    }
}

/// A step with its measured effect.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What kind.
    pub kind: StepKind,
    /// What to do, as a code with arguments.
    pub what: Reason,
    /// Identifiers of the devices whose risk it lowers.
    pub assets: Vec<String>,
    /// The site's risk before, 0 to 1.
    pub before: f64,
    /// And after.
    pub after: f64,
    /// By how much the risks of the devices together fall.
    pub sum: f64,
    /// Devices it helps for which the maker has no update against their worst weakness.
    pub unpatchable: usize,
}

struct Trial<'a, 'b> {
    assets: &'a [AssetRisk],
    risks: Vec<f64>,
    before: f64,
    judge: &'a Judge<'b>,
}

/// The steps with the largest measured drop of the site's risk.
pub(crate) fn best(
    assets: &[AssetRisk],
    all: &[Asset],
    advice: &Advice,
    judge: &Judge<'_>,
    reach: &Reach<'_>,
) -> Vec<Step> {
    let risks: Vec<f64> = assets.iter().map(|asset| asset.risk).collect();
    let before = roll_up(&risks, judge.weights.tail_site);
    let trial = Trial { assets, risks, before, judge };
    let mut steps = trial.patches(all, advice);
    steps.extend(trial.blocks(reach));
    steps.extend(trial.isolations(reach));
    steps.sort_by(|a, b| {
        let drop = |step: &Step| step.before - step.after;
        let order = drop(b).total_cmp(&drop(a)).then_with(|| b.sum.total_cmp(&a.sum));
        order.then_with(|| (a.kind, &a.what).cmp(&(b.kind, &b.what)))
    });
    steps.truncate(SHOWN);
    steps
}

impl Trial<'_, '_> {
    /// The effect of new risks at some positions.
    fn measure(&self, kind: StepKind, what: Reason, changed: &[(usize, f64)]) -> Option<Step> {
        let mut risks = self.risks.clone();
        let (mut sum, mut ids, mut unpatchable) = (0.0, Vec::new(), 0);
        for (at, risk) in changed {
            let (Some(own), Some(asset)) = (risks.get_mut(*at), self.assets.get(*at)) else {
                continue;
            };
            if *own - *risk > DROP_MIN {
                sum += *own - *risk;
                ids.push(asset.id.clone());
                let worst = asset.worst().and_then(|worst| asset.known.get(worst.known));
                unpatchable += usize::from(worst.is_some_and(|known| known.fixed.is_none()));
            }
            *own = *risk;
        }
        let after = roll_up(&risks, self.judge.weights.tail_site);
        let step = Step { kind, what, assets: ids, before: self.before, after, sum, unpatchable };
        (sum > DROP_MIN).then_some(step)
    }

    /// Updates: one kind of device to one version, judged by asking again with that version.
    fn patches(&self, all: &[Asset], advice: &Advice) -> Vec<Step> {
        let mut kinds: BTreeMap<Device, (f64, Vec<usize>)> = BTreeMap::new();
        for (at, asset) in self.assets.iter().enumerate().filter(|(_, asset)| asset.risk > 0.0) {
            let Some(device) = all.get(asset.at).map(device_of) else { continue };
            if device.firmware.is_some() {
                // The serial number says which piece it is, not of which kind.
                let kind = kinds.entry(Device { serial: None, ..device }).or_default();
                kind.0 += asset.risk;
                kind.1.push(at);
            }
        }
        let mut kinds: Vec<_> = kinds.into_iter().collect();
        kinds.sort_by(|a, b| b.1.0.total_cmp(&a.1.0).then_with(|| a.0.cmp(&b.0)));
        kinds.truncate(TRIED_MAX);
        let steps = kinds.iter().filter_map(|(device, (_, own))| self.patch(device, own, advice));
        steps.collect()
    }

    fn patch(&self, device: &Device, own: &[usize], advice: &Advice) -> Option<Step> {
        let first = self.assets.get(*own.first()?)?;
        let versions = versions(first, device.firmware.as_deref().unwrap_or_default());
        let steps = versions.into_iter().filter_map(|version| {
            let updated = Device { firmware: Some(version.to_owned()), ..device.clone() };
            let known: Vec<Known> = advice.about(&updated).to_vec();
            let changed: Vec<(usize, f64)> = own
                .iter()
                .filter_map(|at| {
                    let asset = self.assets.get(*at)?;
                    // What the update leaves open was not made by it.
                    let risk = self.judge.risk_if_known(asset, &known).min(asset.risk);
                    Some((*at, risk))
                })
                .collect();
            let what = Reason::plain("patch")
                .with("product", product(device))
                .with("from", device.firmware.as_deref().unwrap_or("?"))
                .with("to", version)
                .with("count", own.len());
            self.measure(StepKind::Patch, what, &changed)
        });
        steps.min_by(|a, b| a.after.total_cmp(&b.after).then_with(|| b.sum.total_cmp(&a.sum)))
    }

    /// Blocks between zones: of one class, and of everything where that helps more.
    fn blocks(&self, reach: &Reach<'_>) -> Vec<Step> {
        let mut place: BTreeMap<usize, usize> = BTreeMap::new();
        for (at, asset) in self.assets.iter().enumerate().filter(|(_, asset)| asset.risk > 0.0) {
            place.insert(asset.at, at);
        }
        let mut tried: Vec<(f64, &str, &str, Vec<_>)> = Vec::new();
        for ((from, to), classes) in reach.crossings(|asset| place.contains_key(&asset)) {
            let inside = self.assets.iter().filter(|asset| asset.zone == to);
            tried.push((inside.map(|asset| asset.risk).sum(), from, to, Vec::from_iter(classes)));
        }
        tried.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
        tried.truncate(TRIED_MAX);
        let pairs = tried.into_iter();
        pairs
            .filter_map(|(_, from, to, classes)| {
                // The narrowest block of the same effect comes first and stays. Who may do anything
                // may observe: to block that is to block everything.
                let classes = classes.into_iter().filter(|class| *class != Access::Observe);
                let classes = classes.rev().map(Some).chain([None]);
                let steps = classes.filter_map(|class| {
                    let block = Block { from: from.to_owned(), to: to.to_owned(), class };
                    self.block(&block, reach)
                });
                steps.reduce(|best, next| if next.sum > best.sum + DROP_MIN { next } else { best })
            })
            .collect()
    }

    fn block(&self, block: &Block, reach: &Reach<'_>) -> Option<Step> {
        let mut changed = Vec::new();
        for (at, asset) in self.assets.iter().enumerate() {
            // One step through a device of the zone counts: all of both zones may change.
            if asset.risk <= 0.0 || (asset.zone != block.to && asset.zone != block.from) {
                continue;
            }
            let exposure = reach.exposure(asset.at, Some(block)).exposure;
            if exposure < asset.exposed.exposure {
                changed.push((at, self.judge.risk_if_exposed(asset, exposure)));
            }
        }
        let what = match block.class {
            Some(class) => Reason::plain("block_class").with("class", class.key()),
            None => Reason::plain("block_all"),
        };
        let what = what.with("from", &block.from).with("to", &block.to);
        self.measure(StepKind::Block, what, &changed)
    }

    fn isolations(&self, reach: &Reach<'_>) -> Vec<Step> {
        let worst = self.assets.iter().enumerate().take(TRIED_MAX);
        worst
            .filter_map(|(at, asset)| {
                let exposure = reach.isolated(asset.at).min(asset.exposed.exposure);
                let risk = self.judge.risk_if_exposed(asset, exposure);
                let what = Reason::plain("isolate").with("asset", &asset.name);
                self.measure(StepKind::Isolate, what, &[(at, risk)])
            })
            .collect()
    }
}

/// Versions that fix something on a device, those that fix most first; written as the device writes
/// its own where there are such ones: others may be of another system of the same family. Who writes
/// brackets has a system whose versions have them: what has none is never an aim.
fn versions<'a>(asset: &'a AssetRisk, own: &str) -> Vec<&'a str> {
    let mut fixes: BTreeMap<&str, f64> = BTreeMap::new();
    for weakness in asset.weaknesses.iter().filter(|weakness| weakness.state == State::Open) {
        let known = asset.known.get(weakness.known);
        if let Some(known) = known.filter(|known| known.verdict == Verdict::Affected)
            && let Some(fixed) = &known.fixed
            && is_version(fixed)
        {
            *fixes.entry(fixed).or_default() += weakness.risk;
        }
    }
    let mut fixes: Vec<(&str, f64)> = fixes.into_iter().collect();
    if own.contains('(') || fixes.iter().any(|(version, _)| is_alike(version, own)) {
        fixes.retain(|(version, _)| is_alike(version, own));
    }
    fixes.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    fixes.into_iter().take(VERSIONS_MAX).map(|(version, _)| version).collect()
}

/// `15.2(6)E1` and `16.12.01` are of two systems.
fn is_alike(version: &str, own: &str) -> bool {
    version.contains('(') == own.contains('(')
}

/// One version, and not many: some makers write `V3.X.17`.
fn is_version(text: &str) -> bool {
    !text.split(['.', '-', '_']).any(|part| matches!(part, "x" | "X" | "*"))
}

fn product(device: &Device) -> String {
    let name = format!("{} {}", device.vendor, device.product);
    match &device.order_number {
        Some(order) if !name.contains(order.as_str()) => format!("{} {order}", name.trim()),
        _ => name.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_another_system_are_told_apart() {
        assert!(is_alike("15.2(6)E1", "15.2(6)E0a") && is_alike("V4.5", "4.2"));
        assert!(!is_alike("16.12.01", "15.2(6)E0a"));
    }

    #[test]
    fn many_versions_are_no_aim() {
        assert!(is_version("V3.2.17") && is_version("SV4.10") && is_version("X1"));
        assert!(!is_version("V3.X.17") && !is_version("12.7.*"));
    }
}
