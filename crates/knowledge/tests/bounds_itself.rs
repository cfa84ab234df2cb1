//! Every range of the built-in advisories that has one bound, asked with versions below it, at it
//! and above it, in the maker's own notation.

use knowledge::advisory::{Advisory, Leaf};
use knowledge::matching::{Device, Matcher, Verdict};
use knowledge::pack::Pack;
use std::collections::BTreeMap;

/// Every how many-th range is asked; `1` asks all.
const EVERY: &str = "FERRITE_TEST_EVERY";

/// A bound as it is written: whether it is an upper one, whether it is included, the version.
struct Bound<'a> {
    upper: bool,
    inclusive: bool,
    version: &'a str,
}

/// The only bound of a range.
fn bound(range: &str) -> Option<Bound<'_>> {
    let range = range.trim().strip_prefix("vers:all/").unwrap_or(range.trim());
    let range = range.strip_prefix("All versions ").unwrap_or(range).trim();
    let upper = range.starts_with('<');
    let rest = range.strip_prefix(['<', '>'])?;
    let inclusive = rest.starts_with('=');
    let version = rest.trim_start_matches('=').trim();
    let words = version.split([' ', '_']).count();
    let plain = version.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ' ' | '_'));
    // `12.2.x`, `1.B`: no number of its own.
    let plain = plain
        && version.split(' ').next().is_some_and(|first| {
            first
                .trim_start_matches(['v', 'V', 'R'])
                .split('.')
                .all(|part| part.starts_with(|c: char| c.is_ascii_digit()))
        });
    let numbered =
        version.trim_start_matches(['v', 'V', 'R']).starts_with(|c: char| c.is_ascii_digit());
    // `v36.011_v35.013`: bounds of several branches.
    let one = version.matches(['v', 'V']).count() <= 1 && !version.contains("with");
    (plain && one && numbered && words <= 4 && version.split(' ').next()?.contains('.'))
        .then_some(Bound { upper, inclusive, version })
}

/// The version with its last number one more or one less; `None` where it has none.
fn moved(version: &str, up: bool) -> Option<String> {
    let end = version.rfind(|c: char| c.is_ascii_digit())? + 1;
    let head = version.get(..end)?.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = version.get(head.len()..end)?;
    let value: u64 = number.parse().ok()?;
    let value = if up { value + 1 } else { value.checked_sub(1)? };
    let width = number.len();
    Some(format!("{head}{value:0width$}{}", version.get(end..)?))
}

fn name(leaf: &Leaf) -> &str {
    if leaf.on.is_empty() { &leaf.product } else { &leaf.on }
}

/// The verdict on a version of a leaf's product, for the first CVE that names this leaf.
fn verdict(
    matcher: &Matcher,
    at: usize,
    entry: usize,
    leaf: &Leaf,
    version: &str,
) -> Option<Verdict> {
    let order = leaf.orders.first().filter(|order| !order.contains(['*', 'x', '?', '.']));
    let device = Device {
        vendor: leaf.vendor.clone(),
        product: name(leaf).to_owned(),
        order_number: order.cloned(),
        firmware: Some(version.to_owned()),
        ..Device::default()
    };
    let found = matcher.matches_of(&device, at);
    found.iter().find(|m| m.entry == entry).map(|m| m.verdict)
}

/// Leaves with one bound whose product the CVE names once: position of the CVE, leaf.
fn single(advisory: &Advisory) -> Vec<(usize, &Leaf)> {
    let mut found: BTreeMap<u32, (usize, &Leaf)> = BTreeMap::new();
    for (at, entry) in advisory.entries.iter().enumerate() {
        let of = |number: &u32| advisory.leaves.get(*number as usize);
        let all = [&entry.affected, &entry.not_affected, &entry.fixed];
        for number in &entry.affected {
            let Some(leaf) = of(number) else { continue };
            let same = |other: &&Leaf| name(other) == name(leaf) && other.orders == leaf.orders;
            let named = all.iter().flat_map(|list| list.iter()).filter_map(of).filter(same).count();
            if named == 1 {
                found.entry(*number).or_insert((at, leaf));
            }
        }
    }
    found.into_values().collect()
}

#[test]
fn versions_at_bounds() {
    let matcher = Matcher::new(Pack::built_in().unwrap().tables().unwrap().advisories).unwrap();
    let every = std::env::var_os(EVERY).and_then(|text| text.to_str()?.parse().ok()).unwrap_or(12);
    let mut ranges = Vec::new();
    for (at, advisory) in matcher.advisories().iter().enumerate() {
        ranges.extend(single(advisory).into_iter().map(|(entry, leaf)| (at, entry, leaf)));
    }
    let (mut all, mut right, mut wrong, mut spared) = (0_usize, 0_usize, Vec::new(), Vec::new());
    for (at, entry, leaf) in ranges.into_iter().step_by(every) {
        let Some(bound) = bound(&leaf.range) else { continue };
        // The whole name says the other way round: it decides.
        if !bound.upper && leaf.full.contains(" and older") {
            continue;
        }
        let inside = |yes: bool| if yes { Verdict::Affected } else { Verdict::NotAffected };
        let asked = [
            (moved(bound.version, false), inside(bound.upper)),
            (Some(bound.version.to_owned()), inside(bound.inclusive)),
            (moved(bound.version, true), inside(!bound.upper)),
        ];
        for (version, wanted) in asked {
            let Some(version) = version else { continue };
            let given = verdict(&matcher, at, entry, leaf, &version);
            all += 1;
            if given == Some(wanted) {
                right += 1;
                continue;
            }
            let id = &matcher.advisories()[at].id;
            let line = format!("{given:?} of {version}: {} {} ({id})", leaf.vendor, leaf.text());
            if given == Some(Verdict::NotAffected) {
                spared.push(line.clone());
            }
            wrong.push(line);
        }
    }
    for line in &wrong {
        println!("{line}");
    }
    println!("# {right} of {all}, {} wrongly spared", spared.len());
    assert!(all >= 300, "{all} asked");
    assert!(right * 100 >= all * 95, "{right} of {all}: {wrong:#?}");
    assert!(spared.is_empty(), "{spared:#?}");
}
