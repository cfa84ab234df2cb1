//! What follows for people and process, from what a device does.

use crate::risk::config::Weights;
use crate::risk::decide::Impact;
use crate::risk::exposure::{bit, named};
use model::{Asset, Reason};
use vocab::Access;

/// By role: a safety controller stands above controllers, they above what people watch with,
/// that above what keeps records.
fn of_role(role: &str) -> Impact {
    match role {
        "safety-controller" => Impact::VeryHigh,
        "plc" | "rtu" | "ied" => Impact::High,
        "historian" | "pc" | "server" | "printer" | "phone" => Impact::Low,
        _ => Impact::Medium,
    }
}

/// Others write to it or control it, and it is no office device.
fn acts(asset: &Asset, asked: u8) -> bool {
    let changing = bit(Access::Write) | bit(Access::Control);
    asked & changing != 0 && asset.purdue.is_some_and(|(level, _)| level <= 1)
}

/// What follows when a controller behaves otherwise; `None` for what is no controller.
pub(crate) fn of_controller(asset: &Asset) -> Option<Impact> {
    let impact = of_role(asset.role()?);
    (impact >= Impact::High).then_some(impact)
}

/// The impact with its reason; what people set wins, for the asset before its zone. `guarded` is a
/// controller that other zones reach through it only: whoever has the gate has what is behind it.
pub(crate) fn impact(
    asset: &Asset,
    asked: u8,
    guarded: Option<&Asset>,
    weights: &Weights,
) -> (Impact, Reason) {
    let set = weights.set_impact.get(&asset.id).or_else(|| weights.set_impact.get(&asset.zone));
    if let Some(set) = set {
        return (*set, Reason::plain("set_by_user").with("impact", set.word()));
    }
    let Some(role) = asset.role() else {
        // Unknown is not harmless.
        return (Impact::Medium, Reason::plain("no_role").with("impact", Impact::Medium.word()));
    };
    let own = of_role(role);
    let (impact, code) = match own {
        Impact::Low | Impact::Medium if acts(asset, asked) => (Impact::High, "acts"),
        own => (own, "role"),
    };
    let behind = guarded.and_then(|own| Some((of_controller(own)?, named(own))));
    if let Some((more, peer)) = behind.filter(|(more, _)| *more > impact) {
        let why = Reason::plain("guards").with("role", role).with("peer", peer);
        return (more, why.with("impact", more.word()));
    }
    (impact, Reason::plain(code).with("role", role).with("impact", impact.word()))
}
