//! A device states another firmware, serial or order number than before, or another device has its
//! address.

use super::{Finding, Findings, Party, Place, Plant, Rule, Severity};
use crate::risk::named;
use model::{Asset, Change, Handover, Reason};
use vocab::{Attribute, Host, Mac};

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

/// Another device at the address of one that fell silent.
pub(crate) static HANDOVER: Rule = Rule {
    id: "address-taken-over",
    title: "{new} took the place of {old} at {address}",
    explanation: "The device with {old_number} fell silent, and the one with {new_number} speaks at \
                  its address {address} since. The device was exchanged, or another one took its \
                  address.",
    advice: "Ask maintenance whether the device was exchanged. If nobody knows of it, look for the \
             device with the new number and take it off the network.",
    techniques: &[],
};

/// Highest level whose addresses are not expected to change hands.
const LEVEL_MAX: u8 = 2;

/// Looks for addresses that changed hands.
pub(crate) fn handover(plant: &Plant<'_>, found: &mut Findings) {
    let resolution = plant.resolution;
    let of = |mac, vlan| resolution.at(Host::Mac(mac), vlan);
    for one in &resolution.handovers {
        let (old, new) = (of(one.from, one.vlan), of(one.to, one.vlan));
        let (Some(old), Some(new)) = (old, new) else { continue };
        let level = [old, new].iter().filter_map(|own| Some(own.purdue?.0)).min();
        // Addresses of computers are lent now to one and now to another.
        if old.id != new.id && level.is_some_and(|level| level <= LEVEL_MAX) {
            found.push(taken_over(one, old, new));
        }
    }
}

fn taken_over(one: &Handover, old: &Asset, new: &Asset) -> Finding {
    let number = |asset: &Asset, mac: Mac| match asset.value(Attribute::Serial) {
        Some(serial) => format!("{serial}, {mac}"),
        None => mac.to_string(),
    };
    // What tells them apart, else their first frames.
    let place = |asset: &Asset, frame| {
        let serial = asset.choices.get(&Attribute::Serial);
        let stated = serial.and_then(|choice| asset.evidence.get(choice.evidence));
        stated.map_or(Place::from(frame), Place::from)
    };
    Finding {
        rule: &HANDOVER,
        key: format!("{}.{}", one.from, one.to),
        severity: severity(new).max(severity(old)),
        rank: 0,
        techniques: Vec::new(),
        source: Some(Party::from(new)),
        target: Some(Party::from(old)),
        first: one.first,
        last: new.seen.last,
        count: 1,
        evidence: vec![place(new, one.to_frame), place(old, one.from_frame)],
        args: vec![
            ("new", named(new)),
            ("old", named(old)),
            ("new_number", number(new, one.to)),
            ("old_number", number(old, one.from)),
            ("address", one.ip.to_string()),
        ],
        said: Vec::new(),
    }
}

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
