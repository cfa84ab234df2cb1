//! A device states another firmware, serial or order number than before.

use super::{Finding, Findings, Party, Place, Plant, Rule, Severity};
use crate::risk::named;
use model::{Asset, Change, Reason};
use vocab::Attribute;

const FIRMWARE_T: &str = "T0857";
const PROGRAM_T: &str = "T0839";

/// Another firmware.
pub(crate) static FIRMWARE: Rule = Rule {
    id: "firmware-changed",
    title: "{device} has firmware {to}, it had {from}",
    explanation: "{source} gave firmware {from} and, after a while, {to} alone. \
                  Firmware changes only when somebody installs it; who can do that can make the \
                  device do anything.",
    advice: "Ask maintenance whether this was planned. If nobody knows of it, compare the firmware \
             with the maker's, look at who spoke with the device in between, and restore it.",
    techniques: &[FIRMWARE_T, PROGRAM_T],
};

/// Another serial or order number: other hardware.
pub(crate) static HARDWARE: Rule = Rule {
    id: "device-replaced",
    title: "Another device stands at {device}: {what} {to} instead of {from}",
    explanation: "{source} gave the {what} {from} and, after a while, {to} alone. The \
                  number belongs to the hardware: the device was exchanged, or another one took \
                  its address.",
    advice: "Ask maintenance whether the device was exchanged. If nobody knows of it, look for the \
             device with the new number and take it off the network.",
    techniques: &[],
};

/// Looks for other firmware.
pub(crate) fn firmware(plant: &Plant<'_>, found: &mut Findings) {
    look(plant, &FIRMWARE, &[(Attribute::Firmware, "firmware")], found);
}

/// Looks for other hardware.
pub(crate) fn hardware(plant: &Plant<'_>, found: &mut Findings) {
    let numbers = [(Attribute::Serial, "serial number"), (Attribute::OrderNumber, "order number")];
    look(plant, &HARDWARE, &numbers, found);
}

fn look(
    plant: &Plant<'_>,
    rule: &'static Rule,
    attributes: &[(Attribute, &'static str)],
    found: &mut Findings,
) {
    for asset in &plant.resolution.assets {
        for (attribute, what) in attributes {
            let Some(choice) = asset.choices.get(attribute) else { continue };
            for change in &choice.changes {
                found.extend(finding(asset, rule, *attribute, what, change));
            }
        }
    }
}

fn finding(
    asset: &Asset,
    rule: &'static Rule,
    attribute: Attribute,
    what: &str,
    change: &Change,
) -> Option<Finding> {
    let (old, new) = (asset.evidence.get(change.from)?, asset.evidence.get(change.to)?);
    Some(Finding {
        rule,
        key: format!("{}.{}.{}", attribute.key(), old.value, new.value),
        severity: severity(asset),
        rank: 0,
        techniques: rule.techniques.to_vec(),
        source: None,
        target: Some(Party::from(asset)),
        first: change.first,
        last: new.last,
        count: new.count,
        evidence: vec![Place::from(new), Place::from(old)],
        args: vec![
            ("device", named(asset)),
            ("what", what.to_owned()),
            ("from", old.value.clone()),
            ("to", new.value.clone()),
            ("source", format!("{} {}", new.protocol, new.source)),
        ],
        said: vec![("what", Reason::plain(attribute.key()))],
    })
}

/// What moves the process weighs most.
fn severity(asset: &Asset) -> Severity {
    match asset.purdue {
        Some((0 | 1, _)) => Severity::High,
        _ => Severity::Medium,
    }
}
