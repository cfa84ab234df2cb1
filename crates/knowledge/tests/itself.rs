//! Every product of the built-in advisories under the names that a sensor or a catalogue would give
//! a device of it: the matcher must find it.

#![expect(clippy::unwrap_used, reason = "the built-in facts are whole, or the test fails")]

use knowledge::advisory::Leaf;
use knowledge::matching::{Device, Grade, Matcher};
use knowledge::pack::Pack;
use std::collections::{BTreeMap, BTreeSet};

/// Every how many-th product is asked; `1` asks all, which takes minutes.
const EVERY: &str = "FERRITE_TEST_EVERY";

/// Ways in which a device's text differs from the product's name in the advisory.
const WAYS: [(&str, fn(&Leaf) -> Option<Device>); 14] = [
    ("as it is", |leaf| Some(device(leaf, name(leaf)))),
    ("maker in front", |leaf| Some(device(leaf, &format!("{} {}", leaf.vendor, name(leaf))))),
    ("maker behind", |leaf| Some(device(leaf, &format!("{}, {}", name(leaf), leaf.vendor)))),
    ("no brackets", |leaf| other(leaf, &without_brackets(name(leaf)))),
    ("no maker", |leaf| other(leaf, &without_maker(leaf))),
    ("no hyphens", |leaf| other(leaf, &without_brackets(name(leaf)).replace('-', ""))),
    ("blanks for hyphens", |leaf| other(leaf, &without_brackets(name(leaf)).replace('-', " "))),
    ("hyphens for blanks", |leaf| other(leaf, &hyphens(&without_brackets(name(leaf))))),
    ("capitals", |leaf| other(leaf, &name(leaf).to_uppercase())),
    ("model alone", |leaf| other(leaf, &model(leaf)?)),
    ("no version", |leaf| other(leaf, &without_version(leaf)?)),
    ("maker's short name", |leaf| of_maker(leaf, &short(&leaf.vendor))),
    ("maker as one word", |leaf| of_maker(leaf, &short(&leaf.vendor).replace(' ', ""))),
    ("order number alone", |leaf| {
        let order = leaf.orders.first().filter(|order| !order.contains(['*', 'x', '?', '.']))?;
        let order_number = Some(order.clone());
        Some(Device { vendor: leaf.vendor.clone(), order_number, ..Device::default() })
    }),
];

fn name(leaf: &Leaf) -> &str {
    if leaf.on.is_empty() { &leaf.product } else { &leaf.on }
}

fn device(leaf: &Leaf, product: &str) -> Device {
    Device { vendor: leaf.vendor.clone(), product: product.to_owned(), ..Device::default() }
}

/// A device whose text is another than the leaf's.
fn other(leaf: &Leaf, product: &str) -> Option<Device> {
    let product = product.split_whitespace().collect::<Vec<_>>().join(" ");
    let tells = product.chars().filter(|c| c.is_alphanumeric()).count() >= 2;
    (tells && product != name(leaf)).then(|| device(leaf, &product))
}

fn without_brackets(text: &str) -> String {
    let (mut depth, mut out) = (0_usize, String::new());
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

fn without_maker(leaf: &Leaf) -> String {
    let makers: BTreeSet<String> =
        leaf.vendor.to_lowercase().split(' ').map(str::to_owned).collect();
    let words = name(leaf).split(' ').filter(|word| !makers.contains(&word.to_lowercase()));
    words.collect::<Vec<_>>().join(" ")
}

fn hyphens(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join("-")
}

/// The only word with letters and at least two digits.
///
/// Where there are order numbers it is open which of them a model is.
fn model(leaf: &Leaf) -> Option<String> {
    if !leaf.orders.is_empty() || name(leaf).contains("-0") {
        return None;
    }
    let text = without_brackets(name(leaf));
    let is_model = |word: &&str| {
        word.len() >= 5
            && word.chars().filter(char::is_ascii_digit).count() >= 2
            && word.chars().filter(char::is_ascii_uppercase).count() >= 2
            && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let mut models = text.split_whitespace().filter(is_model);
    let model = models.next()?;
    models.next().is_none().then(|| model.to_owned())
}

/// Without a number at its end that is the beginning of the range's versions too.
fn without_version(leaf: &Leaf) -> Option<String> {
    let text = without_brackets(name(leaf));
    let (head, last) = text.trim().rsplit_once(' ')?;
    let number = last.trim_start_matches(['V', 'v']);
    let major = number.split('.').next()?;
    let version = !major.is_empty() && major.bytes().all(|b| b.is_ascii_digit());
    let mut parts = leaf.range.split(|c: char| !c.is_ascii_digit());
    (version && parts.any(|part| part == major)).then(|| head.to_owned())
}

/// A maker's name up to a comma or bracket, without legal endings.
fn short(vendor: &str) -> String {
    let start = vendor.split([',', '(']).next().unwrap_or(vendor).trim();
    let legal = |word: &&str| {
        [
            "Inc",
            "Inc.",
            "LLC",
            "GmbH",
            "AG",
            "Ltd",
            "Corporation",
            "Software",
            "Software,",
            "Technology",
            "Technologies",
        ]
        .contains(word)
    };
    start.split(' ').filter(|word| !legal(word)).collect::<Vec<_>>().join(" ")
}

fn of_maker(leaf: &Leaf, maker: &str) -> Option<Device> {
    let device = Device { vendor: maker.to_owned(), ..device(leaf, name(leaf)) };
    (!maker.is_empty() && maker != leaf.vendor).then_some(device)
}

#[test]
fn products_find_themselves() {
    let matcher = Matcher::new(Pack::built_in().unwrap().tables().unwrap().advisories).unwrap();
    let every: usize = std::env::var(EVERY).ok().and_then(|text| text.parse().ok()).unwrap_or(40);
    let mut counts: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    let mut asked = BTreeSet::new();
    let mut missed = Vec::new();
    for (at, advisory) in matcher.advisories().iter().enumerate() {
        let mut own = BTreeSet::new();
        for entry in &advisory.entries {
            for list in [&entry.affected, &entry.not_affected, &entry.fixed] {
                own.extend(list.iter().map(|leaf| *leaf as usize));
            }
        }
        for leaf in own.iter().filter_map(|leaf| advisory.leaves.get(*leaf)) {
            if !asked.insert((leaf.vendor.clone(), name(leaf).to_owned(), leaf.orders.clone()))
                || asked.len() % every != 0
            {
                continue;
            }
            for (number, (way, device)) in WAYS.iter().enumerate() {
                let Some(device) = device(leaf) else { continue };
                let found = matcher.matches(&device);
                let found = found.iter().any(|m| m.advisory == at && m.grade >= Grade::I2);
                let count = counts.entry(number).or_default();
                count.0 += usize::from(found);
                count.1 += 1;
                if !found {
                    missed.push(format!(
                        "{way}\t{}\t{}\t{}\t{}",
                        device.product,
                        leaf.vendor,
                        leaf.text(),
                        advisory.id
                    ));
                }
            }
        }
    }
    for line in &missed {
        println!("{line}");
    }
    for (number, (found, all)) in &counts {
        println!("# {}: {found} of {all}", WAYS[*number].0);
    }
}
