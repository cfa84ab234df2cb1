//! Risk over plants made by hand.

use super::exposure::bit;
use super::*;
use knowledge::advisory::{Advisory, Entry, Leaf, Remedy, RemedyKind};
use knowledge::pack::{Exploited, Pack, Tables};
use model::{Asset, Resolution};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use vocab::{Access, Attribute};

mod laws;

const PLC_ORDER: &str = "6ES7 214-1AG40-0XB0";

/// Tables that come with the program: unpacked once.
static BUILT_IN: LazyLock<Tables> = LazyLock::new(|| Pack::built_in().unwrap().tables().unwrap());

fn device(id: &str, zone: &str, role: Option<&'static str>, level: Option<u8>) -> Asset {
    let mut asset = Asset::by_hand(id, zone);
    asset.purdue = level.map(|level| (level, "controls"));
    match role {
        Some(role) => asset.in_role(role),
        None => asset,
    }
}

fn plc(id: &str, zone: &str, firmware: &str) -> Asset {
    device(id, zone, Some("plc"), Some(1)).with(&[
        (Attribute::Vendor, "Siemens"),
        (Attribute::Product, "SIMATIC S7-1200 CPU 1214C"),
        (Attribute::OrderNumber, PLC_ORDER),
        (Attribute::Firmware, firmware),
    ])
}

fn contact(client: usize, server: usize, access: Access) -> Contact {
    Contact { client, server, classes: bit(access), certain: true, proto: None }
}

fn plant(assets: Vec<Asset>) -> Resolution {
    let mut resolution = Resolution::default();
    resolution.assets = assets;
    resolution
}

/// An advisory with one CVE over firmware below a version; over all versions where nothing fixes
/// it.
fn advisory(number: usize, below: &str, vector: &str, fixed: bool) -> Advisory {
    let fix = Remedy::new(RemedyKind::Fix, vec![below.to_owned()], vec![0]);
    Advisory {
        id: format!("TEST-{number}"),
        leaves: vec![Leaf {
            vendor: "Siemens".to_owned(),
            product: "SIMATIC S7-1200 CPU 1214C".to_owned(),
            range: if fixed { format!("< {below}") } else { "vers:all/*".to_owned() },
            orders: vec![PLC_ORDER.to_owned()],
            ..Leaf::default()
        }],
        entries: vec![Entry {
            cve: format!("CVE-2024-{number:04}"),
            vector: vector.to_owned(),
            score: Some(7.5),
            affected: vec![0],
            remedies: if fixed { vec![fix] } else { Vec::new() },
            ..Entry::default()
        }],
        ..Advisory::default()
    }
}

const EASY: &str = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
const HARD: &str = "CVSS:3.1/AV:N/AC:H/PR:L/UI:N/S:U/C:N/I:N/A:H";

fn advice(advisories: Vec<Advisory>, exploited: &[&str]) -> Advice {
    let exploited = exploited.iter().map(|cve| Exploited {
        cve: (*cve).to_owned(),
        added: "2025-01-01".to_owned(),
        due: String::new(),
        ransomware: false,
    });
    let tables = Tables {
        advisories,
        exploited: exploited.collect(),
        decisions: BUILT_IN.decisions.clone(),
        ..Tables::default()
    };
    Advice::new(tables).unwrap()
}

fn judged(
    plant: &Resolution,
    contacts: &[Contact],
    advice: &Advice,
    triage: &Triage,
) -> Assessment {
    let weights = Weights::default();
    let reach = Reach::of(&[], &plant.assets, contacts.to_vec(), &weights);
    assess(&reach, plant, advice, &weights, triage)
}

fn today() -> Triage {
    Triage::new("2026-05-01")
}

#[test]
fn exposure_is_what_was_seen() {
    let assets = vec![
        plc("plc", "cell", "V4.4.0"),
        device("hmi", "cell", Some("hmi"), Some(2)),
        device("scada", "supervision", Some("scada-server"), Some(3)),
        device("office", "it", Some("pc"), Some(4)),
        device("vendor", "internet", None, Some(5)),
    ];
    let weights = Weights::default();
    let of = |contacts: &[Contact]| {
        let reach = Reach::of(&[], &assets, contacts.to_vec(), &weights);
        let exposed = reach.exposure(0, None);
        (exposed.exposure, exposed.public, exposed.why.code)
    };
    let read = |client, server| contact(client, server, Access::Read);
    assert_eq!(of(&[]), (Exposure::Small, false, "no_contact"));
    assert_eq!(of(&[read(1, 0)]), (Exposure::Small, false, "own_zone"));
    assert_eq!(of(&[read(1, 0), read(2, 0)]), (Exposure::Controlled, false, "other_zone"));
    assert_eq!(of(&[read(2, 0), read(3, 0)]), (Exposure::Open, false, "it_peer"));
    assert_eq!(of(&[read(3, 0), read(4, 0)]), (Exposure::Open, true, "untrusted_peer"));
    assert_eq!(of(&[read(1, 0), read(3, 1)]), (Exposure::Controlled, false, "pivot"));
    assert_eq!(of(&[read(0, 4)]), (Exposure::Controlled, false, "calls_out"));
    let unsure = Contact { certain: false, ..read(0, 3) };
    assert_eq!(of(&[unsure]), (Exposure::Open, false, "it_peer"));
    // A zone that people do not trust.
    let named = Weights { untrusted: ["supervision".to_owned()].into(), ..Weights::default() };
    let reach = Reach::of(&[], &assets, vec![read(2, 0)], &named);
    assert_eq!(reach.exposure(0, None).exposure, Exposure::Open);
}

/// Devices behind a router count as another network as long as most of them do nothing
/// industrial; people may say that it is theirs.
#[test]
fn networks_behind_a_router_are_told_apart() {
    let remote = |id: &str, role| {
        let mut asset = device(id, "10.1.1.0/24", role, None);
        asset.via = vec![vocab::Mac([0, 0, 0, 0, 0, 1])];
        asset
    };
    let of = |others: Vec<Asset>, weights: &Weights| {
        let mut assets = vec![plc("plc", "cell", "V4.4.0")];
        assets.extend(others);
        let contacts = vec![contact(1, 0, Access::Write)];
        let reach = Reach::of(&[], &assets, contacts, weights);
        let exposed = reach.exposure(0, None);
        (exposed.exposure, exposed.why.code)
    };
    let plain = Weights::default();
    let intruder = || remote("intruder", Some("scada-server"));
    let office = || vec![intruder(), remote("dns", None), remote("mail", Some("server"))];
    assert_eq!(of(office(), &plain), (Exposure::Open, "foreign_peer"));
    let centre = vec![intruder(), remote("hmi", Some("hmi")), remote("dns", None)];
    assert_eq!(of(centre, &plain), (Exposure::Controlled, "other_zone"));
    let ours = Weights { trusted: ["10.1.1.0/24".to_owned()].into(), ..Weights::default() };
    assert_eq!(of(office(), &ours), (Exposure::Controlled, "other_zone"));
    let mut near = office();
    near[1].macs = vec![vocab::Mac([0, 0, 0, 0, 0, 2])];
    assert_eq!(of(near, &plain), (Exposure::Controlled, "other_zone"), "it is on this segment");
}

#[test]
fn blocks_take_contact_away() {
    let assets = vec![
        plc("plc", "cell", "V4.4.0"),
        device("hmi", "cell", Some("hmi"), Some(2)),
        device("office", "it", Some("pc"), Some(4)),
    ];
    let weights = Weights::default();
    let both = Contact {
        classes: bit(Access::Read) | bit(Access::Program),
        ..contact(2, 0, Access::Read)
    };
    let reach = Reach::of(&[], &assets, vec![both, contact(1, 0, Access::Read)], &weights);
    let exposure = |class| {
        let block = Block { from: "it".to_owned(), to: "cell".to_owned(), class };
        reach.exposure(0, Some(&block)).exposure
    };
    assert_eq!(exposure(None), Exposure::Small);
    assert_eq!(exposure(Some(Access::Program)), Exposure::Open, "it can still be read");
    let other = Block { from: "it".to_owned(), to: "elsewhere".to_owned(), class: None };
    assert_eq!(reach.exposure(0, Some(&other)).exposure, Exposure::Open);
    // The way through the cell's HMI closes with the zone's door.
    let way = vec![contact(2, 1, Access::Read), contact(1, 0, Access::Read)];
    let reach = Reach::of(&[], &assets, way, &weights);
    let block = Block { from: "it".to_owned(), to: "cell".to_owned(), class: None };
    assert_eq!(reach.exposure(0, None).exposure, Exposure::Controlled);
    assert_eq!(reach.exposure(0, Some(&block)).exposure, Exposure::Small);
}

#[test]
fn the_factors_make_the_number() {
    let advice = advice(
        vec![advisory(1, "V4.5.0", EASY, true), advisory(2, "V4.6.0", HARD, false)],
        &["CVE-2024-0001"],
    );
    let plant =
        plant(vec![plc("plc", "cell", "V4.4.0"), device("office", "it", Some("pc"), Some(4))]);
    let by = judged(&plant, &[contact(1, 0, Access::Read)], &advice, &today());
    let risk = by.asset("plc").unwrap();
    assert_eq!(risk.weaknesses.len(), 2);
    for weakness in &risk.weaknesses {
        let product: f64 = risk.factors(weakness, &by).iter().map(|f| f.value).product();
        assert!((product - weakness.risk).abs() < 1e-9);
    }
    let product: f64 = risk.sum_factors(&by).iter().map(|f| f.value).product();
    assert!((product - risk.risk).abs() < 1e-9);
    let worst = &risk.weaknesses[0];
    assert_eq!(risk.known[worst.known].cve, "CVE-2024-0001");
    assert_eq!(worst.exploitation, Exploitation::Active);
    assert_eq!(worst.confidence, Confidence::Confirmed);
    assert!(worst.automatable);
    // Active, open, automatable, high: SSVC says immediate.
    assert_eq!(worst.decision, Decision::Immediate);
    // In KEV, automatable, total, not public: BOD 26-04 says three days and forensics.
    assert_eq!(&*worst.due, "3 days & forensic investigation");
    // Exploited, open, confirmed, high: 1 × 1 × 1 × 0.8.
    assert!((worst.risk - 0.8).abs() < 1e-9);
}

#[test]
fn a_device_without_a_name_is_called_by_what_it_is() {
    let mut own = plc("00:80:f4:00:00:01", "cell", "V4.4.0");
    assert_eq!(named(&own), "SIMATIC S7-1200 CPU 1214C (00:80:f4:00:00:01)");
    own.ips = vec!["10.0.0.5".parse().unwrap()];
    assert_eq!(named(&own), "SIMATIC S7-1200 CPU 1214C (10.0.0.5)");
    own.choices.clear();
    assert_eq!(named(&own), "10.0.0.5");
    let own = own.with(&[(Attribute::Name, "pump")]);
    assert_eq!(named(&own), "pump");
}

#[test]
fn the_version_decides() {
    let advice = advice(vec![advisory(1, "V4.5.0", EASY, true)], &[]);
    let no_firmware = {
        let mut asset = plc("c", "cell", "");
        asset.choices.remove(&Attribute::Firmware);
        asset
    };
    let plant = plant(vec![plc("a", "cell", "V4.4.0"), plc("b", "cell", "V4.5.0"), no_firmware]);
    let by = judged(&plant, &[], &advice, &today());
    assert_eq!(by.asset("a").unwrap().weaknesses[0].confidence, Confidence::Confirmed);
    assert!(by.asset("b").is_none(), "it is fixed there");
    let open = by.asset("c").unwrap();
    assert_eq!(open.weaknesses[0].confidence, Confidence::Possible);
    let (known, why) = (&open.known[0], |own: &Known| (own.why.code, own.why.args.clone()));
    assert_eq!(why(known), ("no_version", vec![("range", "< V4.5.0".into())]));
    let factors = open.factors(&open.weaknesses[0], &by);
    let sure = &factors.iter().find(|factor| factor.name == "confidence").unwrap().why;
    let said: BTreeMap<_, _> = sure.args.iter().map(|(n, v)| (*n, v.to_string())).collect();
    assert_eq!((said["code"].as_str(), said["grade"].as_str()), ("no_version", "I4"));
    assert_eq!(said["reason"], known.reason);
}

#[test]
fn decisions_of_people_change_the_risk_and_say_so() {
    let advice = advice(vec![advisory(1, "V4.5.0", EASY, true)], &[]);
    let plant = plant(vec![plc("plc", "cell", "V4.4.0")]);
    let of = |state, until: Option<&str>| {
        let mut triage = today();
        let ruling = Ruling {
            state,
            reason: "because".to_owned(),
            until: until.map(str::to_owned),
            who: "administrator".to_owned(),
            when: String::new(),
        };
        triage.add("plc", "CVE-2024-0001", ruling);
        let by = judged(&plant, &[], &advice, &triage);
        let risk = by.asset("plc").unwrap();
        let why = risk.factors(&risk.weaknesses[0], &by).pop().unwrap().why;
        (risk.risk, risk.inherent, why.code)
    };
    let open = judged(&plant, &[], &advice, &today()).risk;
    assert!(open > 0.0);
    for (state, left, code) in [
        (State::Mitigated, 0.2, "triage_mitigated"),
        (State::Fixed, 0.0, "triage_fixed"),
        (State::FalsePositive, 0.0, "triage_false_positive"),
        (State::Open, 1.0, "untouched"),
    ] {
        let (risk, inherent, why) = of(state, None);
        assert!((risk - open * left).abs() < 1e-9, "{state:?}");
        assert!((inherent - open).abs() < 1e-9 && why == code);
    }
    assert_eq!(of(State::Accepted, Some("2026-05-01")), (0.0, open, "triage_accepted"));
    assert_eq!(of(State::Accepted, Some("2026-04-30")), (open, open, "triage_expired"));
}

#[test]
fn steps_are_measured() {
    let advice = advice(
        vec![advisory(1, "V4.5.0", EASY, true), advisory(2, "V9.0", HARD, false)],
        &["CVE-2024-0001"],
    );
    let plant = plant(vec![
        plc("one", "cell", "V4.4.0"),
        plc("two", "cell", "V4.4.0"),
        device("office", "it", Some("pc"), Some(4)),
    ]);
    let contacts = [contact(2, 0, Access::Program), contact(2, 1, Access::Program)];
    let by = judged(&plant, &contacts, &advice, &today());
    let patch = by.steps.iter().find(|step| step.kind == StepKind::Patch).unwrap();
    assert_eq!(
        in_words(&patch.what),
        format!(
            "update Siemens SIMATIC S7-1200 CPU 1214C {PLC_ORDER} from V4.4.0 to V4.5.0 (devices: 2)"
        )
    );
    assert_eq!(patch.assets, ["one", "two"]);
    // Done in fact, it has the effect that was measured.
    let mut patched = plant.clone();
    for asset in patched.assets.iter_mut().take(2) {
        asset.choices.get_mut(&Attribute::Firmware).unwrap().value = "V4.5.0".to_owned();
    }
    let after = judged(&patched, &contacts, &advice, &today());
    assert!((after.risk - patch.after).abs() < 1e-9);
    assert!((by.risk - patch.before).abs() < 1e-9 && patch.after < patch.before);
    let block = by.steps.iter().find(|step| step.kind == StepKind::Block).unwrap();
    assert_eq!(in_words(&block.what), "block program operations from it to cell");
    let after = judged(&plant, &[], &advice, &today());
    assert!((after.risk - block.after).abs() < 1e-9);
}

#[test]
fn something_helps_where_there_is_no_patch() {
    let advice = advice(vec![advisory(1, "V9.0", EASY, false)], &[]);
    let assets = vec![plc("plc", "cell", "V4.4.0"), device("office", "it", None, Some(4))];
    let contacts = [contact(1, 0, Access::Write)];
    let by = judged(&plant(assets), &contacts, &advice, &today());
    assert!(!by.steps.is_empty());
    assert!(by.steps.iter().all(|step| step.kind != StepKind::Patch && step.unpatchable == 1));
}

/// The office behind a router, a controller before it, a printer that nobody outside asks.
fn behind_a_router() -> Vec<Asset> {
    let mac = vocab::Mac([0, 0, 0, 0, 0, 1]);
    let mut router = device("router", "cell", Some("router"), Some(3));
    (router.macs, router.forwards) = (vec![mac], vec![[10, 1, 1, 7].into()]);
    let mut laptop = device("laptop", "office", Some("pc"), Some(4));
    laptop.via = vec![mac];
    let printer = device("printer", "cell", Some("printer"), Some(3));
    vec![router, laptop, plc("plc", "cell", "V4.4.0"), printer]
}

#[test]
fn a_router_is_reached_by_whom_it_serves_and_guards_what_is_behind_it() {
    let assets = behind_a_router();
    let weights = Weights::default();
    let judged = |contacts: Vec<Contact>| {
        let reach = Reach::of(&[], &assets, contacts, &weights);
        let guarded = reach.guarded_by(0);
        let impact = super::impact::impact(&assets[0], reach.asked_of(0), guarded, &weights);
        (reach.exposure(0, None), impact)
    };
    let (exposed, (impact, why)) = judged(vec![contact(1, 2, Access::Read)]);
    assert_eq!((exposed.exposure, exposed.why.code), (Exposure::Open, "passes_on"));
    assert_eq!((impact, why.code), (Impact::High, "guards"));
    let words = in_words(&why);
    assert!(words.starts_with("router through which other zones reach"), "{words}");
    let (exposed, (impact, why)) = judged(vec![contact(1, 3, Access::Read)]);
    assert_eq!(exposed.exposure, Exposure::Open, "it serves the office all the same");
    assert_eq!((impact, why.code), (Impact::Medium, "role"), "no controller is behind it");
    let (exposed, (impact, _)) = judged(vec![contact(2, 3, Access::Read)]);
    assert_eq!((exposed.exposure, impact), (Exposure::Small, Impact::Medium), "nothing crosses it");
    // What it lets pass changes nothing about who reaches it; its own filter does.
    let reach = Reach::of(&[], &assets, vec![contact(1, 2, Access::Read)], &weights);
    let block = Block { from: "office".to_owned(), to: "cell".to_owned(), class: None };
    assert_eq!(reach.exposure(0, Some(&block)).exposure, Exposure::Open);
    assert_eq!(reach.isolated(0), Exposure::Small);
    // What people say of it counts more.
    let mut set = Weights::default();
    set.set_impact.insert("router".to_owned(), Impact::Low);
    let reach = Reach::of(&[], &assets, vec![contact(1, 2, Access::Read)], &set);
    let (impact, why) = super::impact::impact(&assets[0], 0, reach.guarded_by(0), &set);
    assert_eq!((impact, why.code), (Impact::Low, "set_by_user"));
}

#[test]
fn people_set_the_impact() {
    let advice = advice(vec![advisory(1, "V4.5.0", EASY, true)], &[]);
    let plant = plant(vec![plc("plc", "cell", "V4.4.0")]);
    let set = [("cell".to_owned(), Impact::Low), ("plc".to_owned(), Impact::VeryHigh)];
    let weights = Weights { set_impact: set.into(), ..Weights::default() };
    let reach = Reach::of(&[], &plant.assets, Vec::new(), &weights);
    let by = assess(&reach, &plant, &advice, &weights, &today());
    let risk = by.asset("plc").unwrap();
    assert_eq!((risk.impact, risk.impact_why.code), (Impact::VeryHigh, "set_by_user"));
}

#[test]
#[cfg_attr(debug_assertions, ignore = "timed in release builds")]
#[expect(clippy::disallowed_methods, reason = "how long it takes is what is tested")]
fn a_large_plant_is_judged_in_time() {
    let advice = Advice::new(BUILT_IN.clone()).unwrap();
    let mut assets: Vec<Asset> = (0..5_000)
        .map(|at| {
            let firmware = format!("V{}.{}.{}", 2 + at % 3, at % 7, at % 5);
            plc(&format!("d{at}"), &format!("cell-{}", at % 40), &firmware)
        })
        .collect();
    assets.push(device("office", "it", Some("pc"), Some(4)));
    let mut contacts: Vec<Contact> =
        (1..5_000).map(|at| contact(at - 1, at, Access::Read)).collect();
    contacts.extend((0..500).map(|at| contact(5_000, at * 10, Access::Program)));
    let plant = plant(assets);
    let start = std::time::Instant::now();
    let by = judged(&plant, &contacts, &advice, &today());
    let took = start.elapsed();
    assert!(by.assets.len() > 4_000 && by.steps.len() == 3);
    assert!(took.as_secs_f64() < 3.0, "{took:?}");
}
