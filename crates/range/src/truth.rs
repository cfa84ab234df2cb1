//! What is in a capture: the devices, the messages, the attacks, and what became of them.

use crate::clock::rfc3339;
use crate::plant::{DEVICES, Device};
use crate::wire::TimedFrame;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use vocab::{Mac, Ts};

/// What a capture holds, in the words of an analysis.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Truth {
    /// Format.
    pub schema: String,
    /// The scenario.
    pub scenario: String,
    /// The seed.
    pub seed: u64,
    /// Frames in the capture.
    pub packets: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Every device that sent a frame.
    pub assets: Vec<Asset>,
    /// Messages of the industrial protocols.
    pub operations: Vec<Operation>,
    /// What attackers did, step by step.
    pub attacks: Vec<Attack>,
    /// What came of it.
    pub incidents: Vec<Incident>,
    /// What planned work changed.
    #[serde(default)]
    pub changes: Vec<Change>,
}

/// A device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Asset {
    /// Its first MAC, or its first address where it has none here.
    pub id: String,
    /// Its MACs; none where only a router's is seen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub macs: Vec<String>,
    /// Its addresses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ips: Vec<String>,
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Maker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor: Option<String>,
    /// Product family.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Order number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_number: Option<String>,
    /// Serial number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// Firmware version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub firmware: Option<String>,
    /// Role.
    pub role: String,
    /// Purdue level.
    pub purdue: u8,
    /// Zone by the plant's own plan.
    pub zone: String,
    /// The attributes above that the device's own frames state in this capture.
    pub stated: Vec<String>,
}

/// Messages of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    /// The protocol.
    pub protocol: String,
    /// `request`, `response` or `event`.
    pub direction: String,
    /// The number the standard gives it.
    pub code: u32,
    /// The number below it.
    pub subcode: Option<u16>,
    /// Name.
    pub name: String,
    /// What it does to a plant.
    pub class: String,
    /// How often.
    pub count: u64,
}

/// A step of an attack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attack {
    /// The scenario it belongs to.
    pub scenario: String,
    /// Technique of MITRE ATT&CK for ICS.
    pub technique: String,
    /// In words.
    pub description: String,
    /// Time of its first frame.
    pub first: String,
    /// Time of its last frame.
    pub last: String,
    /// Who.
    pub source: String,
    /// Against whom.
    pub targets: Vec<String>,
    /// Its frames, counted from 1.
    pub frames: Vec<u64>,
}

/// What an attack led to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// Where the attacker came in.
    pub entry: String,
    /// From there over whom.
    pub path: Vec<String>,
    /// What happened to the plant.
    pub effect: String,
    /// When it happened.
    pub at: String,
}

/// What planned work changed about a device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// `firmware` or `device`.
    pub kind: String,
    /// The device from then on.
    pub asset: String,
    /// The device until then; the same where only its firmware changed.
    pub before: String,
    /// Where it is.
    pub ip: String,
    /// The attribute that tells: `firmware` or `serial`.
    pub attribute: String,
    /// Its old value.
    pub from: String,
    /// Its new value.
    pub to: String,
    /// When the device fell silent.
    pub off: String,
    /// When it was back.
    pub on: String,
    /// Frames that state the old value, counted from 1.
    pub old_frames: Vec<u64>,
    /// Frames that state the new value.
    pub new_frames: Vec<u64>,
}

/// A kind of message.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Op {
    pub(crate) protocol: &'static str,
    pub(crate) code: u32,
    pub(crate) sub: Option<u16>,
    pub(crate) name: &'static str,
    pub(crate) class: &'static str,
}

impl Op {
    pub(crate) const fn new(
        protocol: &'static str,
        code: u32,
        name: &'static str,
        class: &'static str,
    ) -> Self {
        Self { protocol, code, sub: None, name, class }
    }

    pub(crate) const fn sub(mut self, sub: u16) -> Self {
        self.sub = Some(sub);
        self
    }
}

/// Counts messages as they are made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    counts: BTreeMap<Kind, (Words, u64)>,
}

/// Protocol, direction, code, subcode.
type Kind = (&'static str, &'static str, u32, Option<u16>);
/// Name and class.
type Words = (&'static str, &'static str);

impl Tally {
    fn add(&mut self, op: Op, direction: &'static str, count: u64) {
        let key = (op.protocol, direction, op.code, op.sub);
        self.counts.entry(key).or_insert(((op.name, op.class), 0)).1 += count;
    }

    pub(crate) fn request(&mut self, op: Op) {
        self.add(op, "request", 1);
    }

    pub(crate) fn response(&mut self, op: Op) {
        self.add(op, "response", 1);
    }

    /// A request and its response.
    pub(crate) fn both(&mut self, op: Op) {
        self.request(op);
        self.response(op);
    }

    pub(crate) fn event(&mut self, op: Op) {
        self.add(op, "event", 1);
    }

    pub(crate) fn operations(&self) -> Vec<Operation> {
        let row = |(key, (op, count)): (&Kind, &(Words, u64))| Operation {
            protocol: key.0.to_owned(),
            direction: key.1.to_owned(),
            code: key.2,
            subcode: key.3,
            name: op.0.to_owned(),
            class: op.1.to_owned(),
            count: *count,
        };
        self.counts.iter().map(row).collect()
    }
}

/// A step planned; its frames are found afterwards.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) technique: &'static str,
    pub(crate) description: &'static str,
    pub(crate) source: String,
    pub(crate) targets: Vec<String>,
}

/// The steps of a scenario with the frames that belong to each.
pub(crate) fn attacks(scenario: &str, steps: &[Step], frames: &[TimedFrame]) -> Vec<Attack> {
    let numbered = || (1u64..).zip(frames);
    let made = |(at, step): (usize, &Step)| {
        let own: Vec<(u64, Ts)> = numbered()
            .filter(|(_, frame)| frame.attack == Some(at))
            .map(|(number, frame)| (number, frame.at))
            .collect();
        let (first, last) = (own.first()?.1, own.last()?.1);
        Some(Attack {
            scenario: scenario.to_owned(),
            technique: step.technique.to_owned(),
            description: step.description.to_owned(),
            first: rfc3339(first.0),
            last: rfc3339(last.0),
            source: step.source.clone(),
            targets: step.targets.clone(),
            frames: own.into_iter().map(|(number, _)| number).collect(),
        })
    };
    steps.iter().enumerate().filter_map(made).collect()
}

/// An address as text.
pub(crate) fn dotted([a, b, c, d]: [u8; 4]) -> String {
    format!("{a}.{b}.{c}.{d}")
}

/// The devices of the plant that sent a frame: by MAC, or behind the router by IP address; each as
/// it was at the end.
pub(crate) fn assets(senders: &BTreeSet<([u8; 6], [u8; 4])>, changes: &[Change]) -> Vec<Asset> {
    let sent = |device: &Device, ip: [u8; 4]| {
        let is_own = |mac: [u8; 6]| device.mac.is_none_or(|own| own == mac);
        senders.iter().any(|(mac, sender)| *sender == ip && is_own(*mac))
    };
    let firmware = |device: &Device| {
        let id = device.mac.map(|mac| Mac(mac).to_string());
        let new = changes
            .iter()
            .find(|change| change.attribute == "firmware" && Some(&change.asset) == id.as_ref());
        new.map_or_else(|| device.firmware.to_owned(), |change| change.to.clone())
    };
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    DEVICES
        .iter()
        .filter(|device| device.homes.iter().any(|home| sent(device, home.ip)))
        .map(|device| Asset {
            id: match (device.mac, device.homes) {
                (Some(mac), _) => Mac(mac).to_string(),
                (None, [home, ..]) => dotted(home.ip),
                (None, []) => String::new(),
            },
            macs: device.mac.iter().map(|mac| Mac(*mac).to_string()).collect(),
            ips: device
                .homes
                .iter()
                .filter(|home| sent(device, home.ip))
                .map(|home| dotted(home.ip))
                .collect(),
            name: some(device.name),
            vendor: some(device.vendor),
            product: some(device.product),
            model: some(device.model),
            order_number: some(device.order_number),
            serial: some(device.serial),
            firmware: some(&firmware(device)),
            role: device.role.to_owned(),
            purdue: device.purdue,
            zone: device.zone.to_owned(),
            stated: device.stated.iter().map(|&name| name.to_owned()).collect(),
        })
        .collect()
}
