//! How well a leaf's name means a device, and the limits that stand in its range.

use super::cover::{self, Cover};
use super::order::Number;
use super::product::Named;
use super::{Asked, Grade};
use crate::version::Range;
use std::sync::Arc;

/// More than any name has words: a model number is more specific than words.
const WORDS_MAX: usize = 256;

/// The same name is more specific than one that says more.
const SAME: usize = 2 * WORDS_MAX;

/// How a name means a device: its grade, and how specific it is within it.
type Meant = (Grade, usize);

/// A range, and the only CVEs that it is meant for.
pub(super) type Limits = (Arc<Range>, Arc<[String]>);

/// A range, and the only CVEs that it is meant for: `>= 4.4.0 (only affected by CVE-…)`,
/// `(CVE-… only)`.
pub(super) fn read(text: &str, serial: bool) -> Limits {
    if serial {
        return (Arc::new(Range::of_serials(text)), Arc::from([]));
    }
    let remark = text.split_once("(only affected by ");
    let only = || text.split_once('(').filter(|(_, remark)| remark.ends_with(" only)"));
    if let Some((range, remark)) = remark.or_else(only) {
        let cves = remark.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
        let cves: Vec<String> =
            cves.filter(|word| word.starts_with("CVE-")).map(str::to_owned).collect();
        if !cves.is_empty() {
            return (Arc::new(Range::read(range)), Arc::from(cves));
        }
    }
    (Arc::new(Range::read(text)), Arc::from([]))
}

/// How well a leaf names a device; `None` where it means another.
pub(super) fn grade(leaf: &Named, asked: &Asked) -> Option<Meant> {
    let device = &asked.named;
    let words = leaf.words.len() + leaf.any_of.len();
    match by_number(leaf, device) {
        ByNumber::Meant(grade, weight) => return Some((grade, weight)),
        ByNumber::Another => return None,
        ByNumber::Open => {}
    }
    if asked.is_et200 && !leaf.with_et200 && !leaf.words.iter().any(|word| word.contains("et200")) {
        let own = Named { words: asked.own.clone(), ..device.clone() };
        return cover::cover(leaf, &own).map(|cover| of_cover(cover, words));
    }
    Some(of_cover(cover::cover(leaf, device)?, words))
}

/// A name that is not as the device says it may mean it all the same.
pub(super) fn may_be_near(leaf: &Named, asked: &Asked) -> bool {
    !matches!(by_number(leaf, &asked.named), ByNumber::Another)
}

/// What numbers say of a leaf and a device.
enum ByNumber {
    /// The leaf means it.
    Meant(Grade, usize),
    /// The leaf means another.
    Another,
    /// Nothing: words decide.
    Open,
}

fn by_number(leaf: &Named, device: &Named) -> ByNumber {
    // The longer the number or pattern that means it, the more specific.
    let meant = |own: &[Number], numbers: &[Number]| {
        if own.is_empty() || numbers.is_empty() {
            return None;
        }
        let of = |number: &&Number| own.iter().any(|own| own.is_meant_by(number));
        let by = numbers.iter().filter(of).map(Number::weight).max();
        // `750-880/025-000` is a variant of `750-880`, where no leaf names it.
        by.or_else(|| {
            let variants = own.iter().filter_map(variant_of);
            let variants: Vec<Number> = variants.collect();
            let of = |number: &&Number| variants.iter().any(|own| own.is_meant_by(number));
            numbers.iter().filter(of).map(|number| number.weight().saturating_sub(1)).max()
        })
    };
    let excepted = meant(&device.numbers, &leaf.except).or(meant(&device.tokens, &leaf.except));
    if excepted.is_some() || leaf.is_of_other_number(device) {
        return ByNumber::Another;
    }
    if let Some(weight) = meant(&device.numbers, &leaf.numbers) {
        return ByNumber::Meant(Grade::I4, weight);
    }
    // `Plus CPU Type=TCC-6740`: the order number is a word of the name.
    let is_word = |number: &Number| {
        number.text().len() >= 6 && leaf.words.contains(&number.base().to_lowercase())
    };
    if device.numbers.iter().any(is_word) && !device.ordered.is_empty() {
        return ByNumber::Meant(Grade::I4, leaf.words.len());
    }
    if !device.numbers.is_empty() && !leaf.numbers.is_empty() && same_kind(leaf, device) {
        // The leaf lists order numbers, and the device's is none of them.
        return ByNumber::Another;
    }
    match meant(&device.tokens, &leaf.numbers) {
        Some(weight) => ByNumber::Meant(Grade::I3, WORDS_MAX + weight),
        None => ByNumber::Open,
    }
}

/// The number of which another is a variant: digits behind a slash.
fn variant_of(number: &Number) -> Option<Number> {
    let (own, variant) = number.text().split_once('/')?;
    let digits = variant.len() >= 6 && variant.bytes().all(|b| b.is_ascii_digit());
    (digits && own.len() >= 6).then(|| Number::of(own))
}

fn of_cover(cover: Cover, words: usize) -> Meant {
    let grade = match cover {
        Cover::Narrower => Grade::I1,
        Cover::Family => Grade::I2,
        Cover::Model | Cover::Same => Grade::I3,
    };
    (grade, if cover == Cover::Same { SAME + words } else { words })
}

/// Both have order numbers of the same scheme: they begin with the same characters. A number that
/// is the beginning of the device's names a family (`5069-L4`), and is no other number.
fn same_kind(leaf: &Named, device: &Named) -> bool {
    let start = |number: &Number| number.text().chars().take(2).collect::<String>();
    let is_start =
        |own: &Number| leaf.numbers.iter().any(|number| own.text().starts_with(number.text()));
    !device.numbers.iter().any(is_start)
        && device
            .numbers
            .iter()
            .any(|own| leaf.numbers.iter().any(|number| start(own) == start(number)))
}
