//! Devices of the families of the built-in advisories whose models an advisory does not name: it must
//! not name them. Some it means all the same, because it names their family (`SCALANCE XC-200`).

use knowledge::advisory::{Advisory, Leaf};
use knowledge::matching::{Device, Grade, Matcher, Verdict};
use knowledge::pack::Pack;
use std::collections::{BTreeMap, BTreeSet};

/// Every how many-th pair is asked; `1` asks all.
const EVERY: &str = "FERRITE_TEST_EVERY";

/// Most siblings of one family that are asked of one advisory.
const SIBLINGS_MAX: usize = 3;

fn name(leaf: &Leaf) -> &str {
    if leaf.on.is_empty() { &leaf.product } else { &leaf.on }
}

/// Letters and numbers enough to be a model; no year, no version.
fn is_model(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    digits >= 2
        && !year
        && word.len() >= 3
        && !word.starts_with(['V', 'v'])
        && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// The family, as the name with a hole where its only model stands, and the model.
fn family(leaf: &Leaf) -> Option<(String, String)> {
    let plain = name(leaf).split('(').next()?.trim();
    let mut models = plain.split(' ').filter(|word| is_model(word));
    let model = models.next()?;
    if models.next().is_some() || plain.contains(['/', ',', '*']) || plain.contains(" and ") {
        return None;
    }
    Some((plain.replacen(model, "#", 1), model.to_owned()))
}

/// The advisory speaks of this model anywhere.
fn names(advisory: &Advisory, model: &str) -> bool {
    let plain = |text: &str| -> String {
        text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
    };
    let model = plain(model);
    let texts = |leaf: &Leaf| {
        format!("{} {} {} {}", name(leaf), leaf.full, leaf.range, leaf.orders.join(" "))
    };
    plain(&advisory.title).contains(&model)
        || advisory.leaves.iter().any(|leaf| plain(&texts(leaf)).contains(&model))
}

#[test]
fn siblings_are_not_accused() {
    let matcher = Matcher::new(Pack::built_in().unwrap().tables().unwrap().advisories).unwrap();
    let every = std::env::var_os(EVERY).and_then(|text| text.to_str()?.parse().ok()).unwrap_or(8);
    let mut families: BTreeMap<(&str, String), BTreeSet<String>> = BTreeMap::new();
    let mut leaves = Vec::new();
    for (at, advisory) in matcher.advisories().iter().enumerate() {
        for leaf in &advisory.leaves {
            let Some((family, model)) = family(leaf) else { continue };
            let key = (leaf.vendor.as_str(), family);
            families.entry(key.clone()).or_default().insert(model);
            leaves.push((at, key));
        }
    }
    leaves.sort();
    leaves.dedup();
    let (mut asked, mut accused) = (0_usize, Vec::new());
    for (at, key) in leaves.iter().step_by(every) {
        let Some(advisory) = matcher.advisories().get(*at) else { continue };
        let siblings = families.get(key).into_iter().flatten();
        let others = siblings.filter(|model| !names(advisory, model)).take(SIBLINGS_MAX);
        for model in others {
            let device = Device {
                vendor: key.0.to_owned(),
                product: key.1.replacen('#', model, 1),
                ..Device::default()
            };
            asked += 1;
            let found = matcher.matches_of(&device, *at);
            let hit =
                found.iter().find(|m| m.verdict != Verdict::NotAffected && m.grade >= Grade::I2);
            if let Some(hit) = hit {
                let leaf = advisory.leaves.get(hit.leaf).map(Leaf::text).unwrap_or_default();
                accused.push(format!("{} {}: {leaf} ({})", key.0, device.product, advisory.id));
            }
        }
    }
    for line in &accused {
        println!("{line}");
    }
    println!("# {} of {asked} accused", accused.len());
    assert!(asked >= 50, "{asked} asked");
    assert!(accused.len() * 100 <= asked * 7, "{} of {asked}: {accused:#?}", accused.len());
}
