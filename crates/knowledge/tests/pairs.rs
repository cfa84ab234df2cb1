//! Verdicts on devices against the built-in advisories, compared with what a person reads from
//! them: `pairs.tsv`.

#![expect(clippy::unwrap_used, reason = "the built-in facts are whole, or the test fails")]

use knowledge::advisory::{apply, read_csaf, read_readings};
use knowledge::matching::{Device, Grade, Matcher, Verdict};
use knowledge::pack::Pack;

static PAIRS: &str = include_str!("pairs.tsv");

/// Samples of advisories that nobody had looked at, with the verdicts that a person wrote down
/// before the matcher ran; and how many of these it still misses and may never again: decidable
/// ones not right, wrongly spared, wrongly accused.
static SAMPLES: [(&str, Rates); 38] = [
    (include_str!("blind1.tsv"), Rates { wrong: 5, spared: 1, accused: 0 }),
    (include_str!("blind2.tsv"), Rates { wrong: 1, spared: 0, accused: 0 }),
    (include_str!("blind3.tsv"), Rates { wrong: 2, spared: 2, accused: 0 }),
    (include_str!("blind4.tsv"), Rates { wrong: 0, spared: 0, accused: 0 }),
    (include_str!("blind5.tsv"), Rates { wrong: 0, spared: 0, accused: 0 }),
    (include_str!("blind6.tsv"), Rates { wrong: 5, spared: 2, accused: 0 }),
    (include_str!("blind7.tsv"), Rates { wrong: 0, spared: 0, accused: 0 }),
    (include_str!("blind8.tsv"), Rates { wrong: 1, spared: 0, accused: 1 }),
    (include_str!("blind9.tsv"), Rates { wrong: 3, spared: 1, accused: 0 }),
    (include_str!("blind10.tsv"), Rates { wrong: 4, spared: 1, accused: 0 }),
    (include_str!("blind11.tsv"), Rates { wrong: 1, spared: 0, accused: 0 }),
    (include_str!("blind12.tsv"), Rates { wrong: 2, spared: 0, accused: 0 }),
    (include_str!("blind13.tsv"), Rates { wrong: 2, spared: 1, accused: 0 }),
    (include_str!("blind14.tsv"), Rates { wrong: 3, spared: 0, accused: 0 }),
    (include_str!("blind15.tsv"), Rates { wrong: 2, spared: 2, accused: 1 }),
    (include_str!("blind16.tsv"), Rates { wrong: 2, spared: 1, accused: 0 }),
    (include_str!("blind17.tsv"), Rates { wrong: 2, spared: 2, accused: 0 }),
    (include_str!("blind18.tsv"), Rates { wrong: 3, spared: 2, accused: 2 }),
    (include_str!("blind19.tsv"), Rates { wrong: 2, spared: 1, accused: 0 }),
    (include_str!("blind20.tsv"), Rates { wrong: 5, spared: 0, accused: 3 }),
    (include_str!("blind21.tsv"), Rates { wrong: 1, spared: 2, accused: 0 }),
    (include_str!("blind22.tsv"), Rates { wrong: 1, spared: 0, accused: 1 }),
    (include_str!("blind23.tsv"), Rates { wrong: 2, spared: 1, accused: 0 }),
    (include_str!("blind24.tsv"), Rates { wrong: 1, spared: 1, accused: 0 }),
    (include_str!("blind25.tsv"), Rates { wrong: 8, spared: 2, accused: 1 }),
    (include_str!("blind26.tsv"), Rates { wrong: 7, spared: 0, accused: 4 }),
    (include_str!("blind27.tsv"), Rates { wrong: 5, spared: 0, accused: 1 }),
    (include_str!("blind28.tsv"), Rates { wrong: 4, spared: 0, accused: 1 }),
    (include_str!("blind29.tsv"), Rates { wrong: 7, spared: 4, accused: 0 }),
    (include_str!("blind30.tsv"), Rates { wrong: 4, spared: 2, accused: 2 }),
    (include_str!("blind31.tsv"), Rates { wrong: 6, spared: 1, accused: 3 }),
    (include_str!("blind33.tsv"), Rates { wrong: 3, spared: 2, accused: 1 }),
    (include_str!("blind32.tsv"), Rates { wrong: 7, spared: 2, accused: 6 }),
    (include_str!("blind34.tsv"), Rates { wrong: 0, spared: 3, accused: 2 }),
    (include_str!("blind35.tsv"), Rates { wrong: 11, spared: 1, accused: 0 }),
    (include_str!("blind36.tsv"), Rates { wrong: 5, spared: 1, accused: 1 }),
    (include_str!("blind37.tsv"), Rates { wrong: 8, spared: 4, accused: 3 }),
    (include_str!("blind38.tsv"), Rates { wrong: 8, spared: 1, accused: 3 }),
];

/// Samples drawn for mending, written before the matcher ran on them; the same of these.
static DRAWN: [(&str, Rates); 15] = [
    (include_str!("dev1.tsv"), Rates { wrong: 0, spared: 0, accused: 0 }),
    (include_str!("dev2.tsv"), Rates { wrong: 4, spared: 2, accused: 0 }),
    (include_str!("dev3.tsv"), Rates { wrong: 4, spared: 0, accused: 0 }),
    (include_str!("dev4.tsv"), Rates { wrong: 2, spared: 0, accused: 0 }),
    (include_str!("dev5.tsv"), Rates { wrong: 4, spared: 1, accused: 0 }),
    (include_str!("dev6.tsv"), Rates { wrong: 2, spared: 0, accused: 0 }),
    (include_str!("dev7.tsv"), Rates { wrong: 8, spared: 1, accused: 1 }),
    (include_str!("dev8.tsv"), Rates { wrong: 5, spared: 2, accused: 0 }),
    (include_str!("dev9.tsv"), Rates { wrong: 1, spared: 0, accused: 1 }),
    (include_str!("dev10.tsv"), Rates { wrong: 2, spared: 1, accused: 0 }),
    (include_str!("dev11.tsv"), Rates { wrong: 2, spared: 3, accused: 1 }),
    (include_str!("dev12.tsv"), Rates { wrong: 3, spared: 0, accused: 4 }),
    (include_str!("dev20.tsv"), Rates { wrong: 3, spared: 2, accused: 2 }),
    (include_str!("dev21.tsv"), Rates { wrong: 1, spared: 0, accused: 0 }),
    (include_str!("dev13.tsv"), Rates { wrong: 5, spared: 3, accused: 1 }),
];

/// How many verdicts are wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Rates {
    /// Of those that a person can decide.
    wrong: usize,
    /// Said not to be affected, or nothing said, against what a person reads.
    spared: usize,
    /// Said to be affected against what a person reads.
    accused: usize,
}

/// A folder of advisories to take instead of the built-in ones there.
const FOLDER: &str = "FERRITE_TEST_ADVISORIES";

/// A file of further pairs whose rates `rates_on_other_pairs` prints.
const OTHER: &str = "FERRITE_TEST_PAIRS";

struct Pair<'a> {
    line: &'a str,
    device: Device,
    advisory: &'a str,
    cve: &'a str,
    wanted: &'a str,
}

fn pairs() -> Vec<Pair<'static>> {
    read(PAIRS)
}

fn read(text: &str) -> Vec<Pair<'_>> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            assert_eq!(fields.len(), 10, "{line}");
            assert!(!fields[9].is_empty(), "{line} has no reason");
            let known = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            let device = Device {
                vendor: fields[0].to_owned(),
                product: fields[1].to_owned(),
                order_number: known(fields[2]),
                firmware: known(fields[3]),
                hardware: known(fields[4]),
                serial: known(fields[5]),
            };
            Pair { line, device, advisory: fields[6], cve: fields[7], wanted: fields[8] }
        })
        .collect()
}

fn matcher() -> Matcher {
    Matcher::new(Pack::built_in().unwrap().tables().unwrap().take_read()).unwrap()
}

/// Over the advisories of a folder, as they are read now; else over the built-in ones.
fn matcher_now() -> Matcher {
    let Some(folder) = std::env::var_os(FOLDER) else { return matcher() };
    let mut advisories = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "json")
                && let Ok((advisory, _)) = read_csaf(&std::fs::read(path).unwrap())
            {
                advisories.push(advisory);
            }
        }
    }
    let readings = std::fs::read_to_string("data/readings.tsv").unwrap_or_default();
    apply(&mut advisories, &read_readings(&readings).0);
    Matcher::new(advisories).unwrap()
}

/// The verdict's name, or `absent`.
fn verdict(matcher: &Matcher, pair: &Pair<'_>) -> &'static str {
    let named = |id: &str, cve: &str| {
        let advisory = matcher.advisories().iter().find(|advisory| advisory.id == id);
        advisory.is_some_and(|advisory| advisory.entries.iter().any(|entry| entry.cve == cve))
    };
    assert!(named(pair.advisory, pair.cve), "no such advisory or CVE: {}", pair.line);
    let found = matcher.matches(&pair.device).into_iter().find(|found| {
        let advisory = &matcher.advisories()[found.advisory];
        advisory.id == pair.advisory && advisory.entries[found.entry].cve == pair.cve
    });
    match found {
        Some(found) if found.grade > Grade::I1 || pair.wanted != "absent" => found.verdict.key(),
        _ => "absent",
    }
}

#[test]
fn verdicts_are_those_of_a_person() {
    let matcher = matcher();
    let pairs = pairs();
    assert!(pairs.len() >= 150, "{} pairs", pairs.len());
    let (mut wrong, mut spared, mut accused) = (Vec::new(), Vec::new(), Vec::new());
    for pair in &pairs {
        let given = verdict(&matcher, pair);
        if given == pair.wanted {
            continue;
        }
        wrong.push(format!("{given}: {}", pair.line));
        let is_spared = matches!(given, "not_affected" | "absent");
        if is_spared && matches!(pair.wanted, "affected" | "undetermined") {
            spared.push(pair.line);
        }
        if given == "affected" && pair.wanted != "affected" {
            accused.push(pair.line);
        }
    }
    assert!(spared.is_empty(), "wrongly spared: {spared:#?}");
    assert!(accused.is_empty(), "wrongly accused: {accused:#?}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Counts what is wrong, and calls `say` with each wrong verdict.
fn rate(matcher: &Matcher, pairs: &[Pair<'_>], mut say: impl FnMut(&str, &Pair<'_>)) -> Rates {
    let clear = |word: &str| matches!(word, "affected" | "not_affected" | "absent");
    let mut rates = Rates::default();
    for pair in pairs {
        let given = verdict(matcher, pair);
        let harmless = matches!(given, "not_affected" | "absent") && pair.wanted == "absent";
        if given == pair.wanted || harmless {
            continue;
        }
        let is_spared = matches!(given, "not_affected" | "absent");
        rates.wrong += usize::from(clear(pair.wanted));
        rates.spared += usize::from(is_spared && pair.wanted != "not_affected");
        rates.accused += usize::from(given == "affected");
        say(given, pair);
    }
    rates
}

#[test]
fn samples_stay_as_right_as_they_are() {
    let matcher = matcher();
    for (number, (text, most)) in SAMPLES.iter().chain(&DRAWN).enumerate() {
        let pairs = read(text);
        let mut wrong = Vec::new();
        let rates =
            rate(&matcher, &pairs, |given, pair| wrong.push(format!("{given}: {}", pair.line)));
        let fits = rates.wrong <= most.wrong
            && rates.spared <= most.spared
            && rates.accused <= most.accused;
        assert!(fits, "sample {}: {rates:?} of {}: {wrong:#?}", number + 1, pairs.len());
    }
}

/// Rates of the verdicts on other pairs, for a new sample.
#[test]
fn rates_on_other_pairs() {
    let Some(path) = std::env::var_os(OTHER) else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let (matcher, pairs) = (matcher_now(), read(&text));
    let rates = rate(&matcher, &pairs, |given, pair| {
        println!("{given}: {}", pair.line);
        let found = matcher.matches(&pair.device);
        let mut own = found.iter().filter(|m| matcher.advisories()[m.advisory].id == pair.advisory);
        if let Some(one) = own.next() {
            let leaf = matcher.advisories()[one.advisory].leaves[one.leaf].text();
            println!("    {} {leaf} {}", one.grade.key(), one.reason);
        }
    });
    let decidable = pairs.iter().filter(|pair| pair.wanted != "undetermined").count();
    println!("{} pairs, {decidable} decidable: {rates:?}", pairs.len());
}

#[test]
fn other_spellings_do_not_matter() {
    let matcher = matcher();
    let key = |device: &Device| {
        let found = matcher.matches(device);
        found.iter().map(|m| (m.advisory, m.entry, m.verdict)).collect::<Vec<_>>()
    };
    let device = |vendor: &str, product: &str, order: &str, firmware: &str| Device {
        vendor: vendor.to_owned(),
        product: product.to_owned(),
        order_number: (!order.is_empty()).then(|| order.to_owned()),
        firmware: Some(firmware.to_owned()),
        ..Device::default()
    };
    let one = key(&device("Siemens", "S7-1200 CPU 1214C", "6ES7214-1AG40-0XB0", "V4.4.0"));
    assert!(one.iter().any(|(_, _, verdict)| *verdict == Verdict::Affected));
    for (vendor, product, order, firmware) in [
        ("SIEMENS AG", "SIMATIC S7-1200 CPU 1214C", "6ES7 214-1AG40-0XB0", "4.4"),
        ("siemens", "simatic s7-1200 cpu 1214c", "6es7214-1ag40-0xb0", "v4.4.0"),
        ("Siemens", "SIMATIC S7-1200 CPU 1214C", "6ES72141AG400XB0", "FW 4.4.0"),
    ] {
        assert_eq!(one, key(&device(vendor, product, order, firmware)), "{vendor} {product}");
    }
    let one = key(&device("Rockwell Automation", "1756-L85E/B", "", "33.011"));
    assert!(one.iter().any(|(_, _, verdict)| *verdict == Verdict::Affected));
    for (vendor, product, order) in [
        ("Allen-Bradley", "1756-L85E/B", ""),
        ("Rockwell", "1756-L85E", "1756-L85E/B"),
        ("Rockwell Automation/Allen-Bradley", "1756-L85E ControlLogix 5580", "1756-L85E"),
    ] {
        assert_eq!(one, key(&device(vendor, product, order, "33.11")), "{vendor} {product}");
    }
}

#[test]
fn few_names_are_looked_at() {
    let matcher = matcher();
    for pair in pairs() {
        let (looked, all) = matcher.effort(&pair.device);
        assert!(looked * 20 < all, "{looked} of {all}: {}", pair.line);
    }
}

#[test]
fn one_changed_advisory_changes_its_own_verdicts_alone() {
    let mut matcher = matcher();
    for pair in pairs() {
        let all = matcher.matches(&pair.device);
        let at = matcher.advisories().iter().position(|a| a.id == pair.advisory).unwrap();
        let own: Vec<_> = all.into_iter().filter(|found| found.advisory == at).collect();
        assert_eq!(matcher.matches_of(&pair.device, at), own, "{}", pair.line);
    }
    let device = pairs().swap_remove(0).device;
    let before = matcher.matches(&device);
    let at = before.iter().find(|found| found.verdict == Verdict::Affected).unwrap().advisory;
    let mut changed = matcher.advisories()[at].clone();
    changed.entries.iter_mut().for_each(|entry| entry.affected.clear());
    assert_eq!(matcher.advisory_changed(changed), at);
    assert!(matcher.matches_of(&device, at).is_empty());
    let after = matcher.matches(&device);
    let others: Vec<_> = before.into_iter().filter(|found| found.advisory != at).collect();
    assert_eq!(after, others);
}
