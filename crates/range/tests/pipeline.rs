//! What the sensor sees in the captures is what the truth says.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use decode::{Frame, LinkType};
use dissect::{Engine, Limits, Registry};
use knowledge::Facts;
use model::{Model, ModelLimits, Resolution};
use observe::{Observer, Room};
use protocols::Protocols;
use range::{Capture, Options, Scenario, generate};
use std::collections::{BTreeMap, BTreeSet};
use vocab::{Attribute, FrameId};

/// The captures' frames through engine and observer into a model.
fn analysed(capture: &Capture) -> Model {
    let flows = 4_096;
    let mut engine: Engine<Protocols> = Engine::new(Limits { flows, seed: 1, ..Limits::default() });
    let mut observer = Observer::new(&Room::for_flows(flows), Protocols::SPECS);
    let mut model = Model::new(ModelLimits::default(), Protocols::SPECS);
    let mut hand_over = |engine: &mut Engine<Protocols>, observer: &mut Observer, reported| {
        observer.seal(engine.take_losses());
        model.apply(observer.batch());
        observer.clear(reported);
    };
    for (number, frame) in (1u64..).zip(&capture.frames) {
        let frame = Frame {
            at: frame.at,
            id: FrameId { file: 0, number },
            link: LinkType::ETHERNET,
            bytes: &frame.bytes,
            wire_len: vocab::sat_u32(frame.bytes.len()),
            vlan: 0,
        };
        engine.handle_frame(&frame, &mut observer);
        if observer.is_ripe() {
            while !engine.report(&mut observer) {
                hand_over(&mut engine, &mut observer, false);
            }
            hand_over(&mut engine, &mut observer, true);
        }
    }
    while !engine.finish(&mut observer) {
        hand_over(&mut engine, &mut observer, false);
    }
    hand_over(&mut engine, &mut observer, true);
    model
}

fn made(scenario: Scenario) -> Capture {
    generate(&Options { scenario, ..Options::default() })
}

/// Protocols whose messages the truth counts.
const COUNTED: [&str; 10] = [
    "opcua",
    "modbus",
    "s7comm",
    "enip",
    "cip",
    "cip-io",
    "dnp3",
    "iec104",
    "profinet-dcp",
    "profinet-rt",
];

type Counts = BTreeMap<(String, String, u32, Option<u16>, String, String), u64>;

fn counted(model: &Model) -> Counts {
    view::operations(model)
        .filter(|op| COUNTED.contains(&op.protocol))
        // What carries no message or service has codes above all types and services: the
        // transport of 104, hello and acknowledge of OPC UA.
        .filter(|op| op.protocol != "iec104" || op.code < 256)
        .filter(|op| op.protocol != "opcua" || op.code < 65_536)
        .map(|op| {
            let (name, class) = (op.name.to_owned(), op.class.to_owned());
            let key = (op.protocol.to_owned(), op.direction.to_owned(), op.code, op.subcode);
            ((key.0, key.1, key.2, key.3, name, class), op.count)
        })
        .collect()
}

fn compare(scenario: Scenario) {
    let capture = made(scenario);
    let model = analysed(&capture);
    let mut faults = Vec::new();
    for fault in
        view::Capture::new(Vec::new(), Options::default().start, Options::default().start, &model)
            .faults
    {
        faults.push(format!("{fault:?}"));
    }
    assert!(faults.is_empty(), "{faults:#?}");
    let told: Counts = capture
        .truth
        .operations
        .iter()
        .map(|op| {
            let key = (op.protocol.clone(), op.direction.clone(), op.code, op.subcode);
            ((key.0, key.1, key.2, key.3, op.name.clone(), op.class.clone()), op.count)
        })
        .collect();
    let seen = counted(&model);
    let differ = |a: &Counts, b: &Counts| -> Vec<String> {
        a.iter().filter(|(k, n)| b.get(*k) != Some(n)).map(|(k, n)| format!("{n} {k:?}")).collect()
    };
    let (more, less) = (differ(&seen, &told), differ(&told, &seen));
    assert!(more.is_empty() && less.is_empty(), "seen only: {more:#?}\ntold only: {less:#?}");
    devices(&capture, &model);
}

/// What each device does, for those that are seen themselves and not only a router before them.
fn roles(capture: &Capture, model: &Model) {
    let resolution = model::resolve(model, &Facts::load().unwrap());
    let mut wrong = Vec::new();
    for told in capture.truth.assets.iter().filter(|told| !told.macs.is_empty()) {
        let asset = resolution.assets.iter().find(|asset| asset.id == told.id);
        let found = asset.map(|asset| (asset.role(), asset.purdue.map(|(level, _)| level)));
        if found != Some((Some(&*told.role), Some(told.purdue))) {
            wrong.push(format!("{:?} {} {}: {found:?}", told.name, told.role, told.purdue));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Every device once, with its addresses and what it states of itself.
fn devices(capture: &Capture, model: &Model) {
    let knowledge = Facts::load().unwrap();
    let resolution = model::resolve(model, &knowledge);
    let mut wrong = Vec::new();
    for told in &capture.truth.assets {
        let set = |list: &[String]| list.iter().cloned().collect::<BTreeSet<_>>();
        let addresses = |asset: &model::Asset| {
            let macs: BTreeSet<String> = asset.macs.iter().map(ToString::to_string).collect();
            let ips: BTreeSet<String> = asset.ips.iter().map(ToString::to_string).collect();
            (macs, ips)
        };
        // An address is of the device that has it now.
        let lost = |change: &range::Change| change.before == told.id && change.asset != told.id;
        let ips = if capture.truth.changes.iter().any(lost) { &[] } else { &told.ips[..] };
        let want = (set(&told.macs), set(ips));
        let handed = |ip: &String| capture.truth.changes.iter().any(|change| change.ip == *ip);
        let touches = |asset: &&model::Asset| {
            let (macs, ips) = addresses(asset);
            let shared = ips.intersection(&want.1).any(|ip| !handed(ip));
            !macs.is_disjoint(&want.0) || shared
        };
        let found: Vec<&model::Asset> = resolution.assets.iter().filter(touches).collect();
        let [asset] = found[..] else {
            wrong.push(format!("{:?} is found {} times", told.name, found.len()));
            continue;
        };
        if addresses(asset) != want {
            wrong.push(format!("{:?} has {:?}", told.name, addresses(asset)));
        }
        wrong.extend(stated(told, asset, &capture.truth.changes));
    }
    wrong.extend(strangers(capture, &resolution));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Attributes that the device states, as the inventory has them.
fn stated(told: &range::Asset, asset: &model::Asset, changes: &[range::Change]) -> Vec<String> {
    let former: Vec<&str> = changes
        .iter()
        .filter(|change| change.asset == told.id && change.attribute == "firmware")
        .map(|change| change.from.trim_start_matches('V'))
        .collect();
    let mut wrong = Vec::new();
    for name in &told.stated {
        let (attribute, value) = match name.as_str() {
            "name" => (Attribute::Name, &told.name),
            "vendor" => (Attribute::Vendor, &told.vendor),
            "product" => (Attribute::Product, &told.product),
            "model" => (Attribute::Model, &told.model),
            "order_number" => (Attribute::OrderNumber, &told.order_number),
            "serial" => (Attribute::Serial, &told.serial),
            "firmware" => (Attribute::Firmware, &told.firmware),
            other => panic!("{other}"),
        };
        // Order numbers with or without blanks, versions with or without their letter.
        let plain = |value: &str| {
            let text = value.to_lowercase();
            match attribute {
                Attribute::OrderNumber => text.replace(' ', ""),
                Attribute::Firmware => text.trim_start_matches('v').to_owned(),
                _ => text.trim().to_owned(),
            }
        };
        let others = asset.choices.get(&attribute).map_or(&[][..], |choice| &choice.others);
        // A version that two protocols write differently is no contradiction. The revision of a
        // Stratix over EtherNet/IP counts its object model and is another number than its IOS.
        // What a device had before its update stays beside what it has.
        let was = |other: &String| former.contains(&other.trim_start_matches(['V', '.']));
        let known = others.is_empty() || others == ["11.1"] || others.iter().all(was);
        if attribute == Attribute::Firmware && !known {
            wrong.push(format!("{:?}: {name} is also {others:?}", told.name));
        }
        let found = asset.value(attribute);
        if found.map(plain) != value.as_deref().map(plain) {
            wrong.push(format!("{:?}: {name} is {found:?}, not {value:?}", told.name));
        }
    }
    wrong
}

/// Devices that nobody told of.
fn strangers(capture: &Capture, resolution: &Resolution) -> Vec<String> {
    let known: BTreeSet<&String> =
        capture.truth.assets.iter().flat_map(|told| told.macs.iter().chain(&told.ips)).collect();
    let strange = |asset: &&model::Asset| {
        !asset.macs.iter().any(|mac| known.contains(&mac.to_string()))
            && !asset.ips.iter().any(|ip| known.contains(&ip.to_string()))
    };
    resolution
        .assets
        .iter()
        .filter(strange)
        .map(|asset| format!("{} is made up", asset.id))
        .collect()
}

#[test]
fn a_normal_day() {
    compare(Scenario::Normal);
    let capture = made(Scenario::Normal);
    roles(&capture, &analysed(&capture));
}

#[test]
fn the_overflow() {
    compare(Scenario::Overflow);
}

/// Two drives had one address, one after the other: both are found, each with its own number.
#[test]
fn the_maintenance() {
    compare(Scenario::Maintenance);
    let capture = made(Scenario::Maintenance);
    let model = analysed(&capture);
    roles(&capture, &model);
    let [update, exchange] = &capture.truth.changes[..] else { panic!("two changes") };
    let resolution = model::resolve(&model, &Facts::load().unwrap());
    let [handover] = resolution.handovers[..] else { panic!("{:?}", resolution.handovers) };
    let ends = (handover.from.to_string(), handover.to.to_string(), handover.ip.to_string());
    assert_eq!(ends, (exchange.before.clone(), exchange.asset.clone(), exchange.ip.clone()));
    for (id, serial) in [(&exchange.before, &exchange.from), (&exchange.asset, &exchange.to)] {
        let drive = resolution.assets.iter().find(|asset| asset.id == *id).unwrap();
        assert_eq!(drive.value(Attribute::Serial), Some(serial.as_str()));
        assert!(drive.choices.get(&Attribute::Serial).unwrap().others.is_empty());
    }
    let controller = resolution.assets.iter().find(|asset| asset.id == update.asset).unwrap();
    let firmware = controller.choices.get(&Attribute::Firmware).unwrap();
    assert_eq!(firmware.value, update.to);
    let states = |at: usize| controller.evidence[at].frame.number;
    assert!(firmware.changes.iter().all(|change| {
        update.old_frames.contains(&states(change.from))
            && update.new_frames.contains(&states(change.to))
    }));
    assert!(!firmware.changes.is_empty());
}

#[test]
fn the_takeover() {
    compare(Scenario::Takeover);
}
