//! Every product of the built-in advisories under the names that a sensor or a catalogue would give
//! a device of it: the matcher must find it.

use knowledge::advisory::Leaf;
use knowledge::matching::{Device, Grade, Matcher};
use knowledge::pack::Pack;
use std::collections::{BTreeMap, BTreeSet};

/// Every how many-th product is asked; `1` asks all, which takes minutes.
const EVERY: &str = "FERRITE_TEST_EVERY";

/// A name, how many of a thousand must be found, and the device of a product.
type Way = (&'static str, usize, fn(&Leaf) -> Option<Device>);

/// Ways in which a device's text differs from the product's name in the advisory, and how many of a
/// thousand must be found in each.
const WAYS: [Way; 14] = [
    ("as it is", 1000, |leaf| Some(device(leaf, name(leaf)))),
    ("maker in front", 1000, |leaf| Some(device(leaf, &format!("{} {}", leaf.vendor, name(leaf))))),
    ("maker behind", 1000, |leaf| Some(device(leaf, &format!("{}, {}", name(leaf), leaf.vendor)))),
    ("no brackets", 950, |leaf| other(leaf, &without_brackets(name(leaf)))),
    ("no maker", 960, |leaf| other(leaf, &without_maker(leaf))),
    ("no hyphens", 970, |leaf| other(leaf, &without_brackets(name(leaf)).replace('-', ""))),
    ("blanks for hyphens", 970, |leaf| {
        other(leaf, &without_brackets(name(leaf)).replace('-', " "))
    }),
    ("hyphens for blanks", 960, |leaf| other(leaf, &hyphens(&without_brackets(name(leaf))))),
    ("capitals", 1000, |leaf| other(leaf, &name(leaf).to_uppercase())),
    ("model alone", 930, |leaf| other(leaf, &model(leaf)?)),
    ("no version", 850, |leaf| other(leaf, &without_version(leaf)?)),
    ("maker's short name", 970, |leaf| of_maker(leaf, &short(&leaf.vendor))),
    ("maker as one word", 940, |leaf| of_maker(leaf, &short(&leaf.vendor).replace(' ', ""))),
    ("order number alone", 1000, |leaf| {
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

/// Each product of the advisories once, of which a CVE is told.
fn products(matcher: &Matcher) -> Vec<(usize, &Leaf)> {
    let mut seen = BTreeSet::new();
    let mut products = Vec::new();
    for (at, advisory) in matcher.advisories().iter().enumerate() {
        let mut own = BTreeSet::new();
        for entry in &advisory.entries {
            for list in [&entry.affected, &entry.not_affected, &entry.fixed] {
                own.extend(list.iter().map(|leaf| *leaf as usize));
            }
        }
        for leaf in own.iter().filter_map(|leaf| advisory.leaves.get(*leaf)) {
            if seen.insert((&leaf.vendor, name(leaf), &leaf.orders)) {
                products.push((at, leaf));
            }
        }
    }
    products
}

#[test]
fn products_find_themselves() {
    let matcher = Matcher::new(Pack::built_in().unwrap().tables().unwrap().advisories).unwrap();
    let every = std::env::var_os(EVERY).and_then(|text| text.to_str()?.parse().ok()).unwrap_or(16);
    let mut counts: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    let mut missed = Vec::new();
    for (at, leaf) in products(&matcher).into_iter().step_by(every) {
        for (number, (way, _, device)) in WAYS.iter().enumerate() {
            let Some(device) = device(leaf) else { continue };
            let found = matcher.matches(&device);
            let found = found.iter().any(|m| m.advisory == at && m.grade >= Grade::I2);
            let count = counts.entry(number).or_default();
            count.0 += usize::from(found);
            count.1 += 1;
            if !found {
                let id = &matcher.advisories()[at].id;
                missed.push(format!(
                    "{way}: {} ({}) {} {id}",
                    device.product,
                    leaf.vendor,
                    leaf.text()
                ));
            }
        }
    }
    assert_eq!(counts.len(), WAYS.len(), "a way was never asked");
    for line in &missed {
        println!("{line}");
    }
    for (number, (found, all)) in counts {
        let (way, least, _) = WAYS[number];
        println!("# {way}: {found} of {all}");
        assert!(found * 1000 >= all * least, "{way}: {found} of {all}: {missed:#?}");
    }
}
