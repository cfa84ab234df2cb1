//! From a device to the leaves that may mean it, without looking at all of them.

use super::order::Number;
use super::product::{self, Cover, Named};
use super::vendor::Vendors;
use super::{Asked, Grade};
use crate::advisory::Advisory;
use crate::version::Range;
use std::collections::{BTreeMap, BTreeSet};

/// A leaf in the form that compares.
#[derive(Debug)]
pub(super) struct Ready {
    pub(super) named: Named,
    pub(super) range: Range,
}

/// A leaf that names a device.
#[derive(Debug)]
pub(super) struct Found<'a> {
    pub(super) leaf: usize,
    pub(super) grade: Grade,
    /// How many words it names: the more, the more specific.
    pub(super) words: usize,
    pub(super) ready: &'a Ready,
}

type Place = (u32, u32);

/// Places of leaves by maker, order number and word.
#[derive(Debug, Default)]
pub(super) struct Index {
    leaves: Vec<Vec<Ready>>,
    by_number: BTreeMap<Number, Vec<Place>>,
    /// Per maker, leaves with patterns of order numbers.
    patterns: BTreeMap<String, Vec<Place>>,
    /// Per maker and word, all leaves with that word.
    by_word: BTreeMap<String, BTreeMap<String, Vec<Place>>>,
    makers: Vec<Vec<BTreeSet<String>>>,
}

impl Index {
    pub(super) fn new(advisories: &[Advisory], vendors: &Vendors) -> Self {
        let mut this = Self::default();
        let mut keys: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for (at, advisory) in advisories.iter().enumerate() {
            let mut ready = Vec::with_capacity(advisory.leaves.len());
            let mut makers = Vec::with_capacity(advisory.leaves.len());
            for (number, leaf) in advisory.leaves.iter().enumerate() {
                let place = (vocab::sat_u32(at), vocab::sat_u32(number));
                let own = keys.entry(&leaf.vendor).or_insert_with(|| vendors.keys(&leaf.vendor));
                // A part installed on a product: the product is what a network shows.
                let text =
                    if leaf.on.is_empty() { leaf.product.as_str() } else { leaf.on.as_str() };
                let mut named = Named::of_leaf(text, &leaf.orders);
                for word in own.iter().flat_map(|key| key.split(' ')) {
                    named.words.remove(word);
                }
                this.enter(place, &named, own);
                ready.push(Ready { named, range: Range::read(&leaf.range) });
                makers.push(own.clone());
            }
            this.leaves.push(ready);
            this.makers.push(makers);
        }
        this
    }

    fn enter(&mut self, place: Place, named: &Named, makers: &BTreeSet<String>) {
        for number in &named.numbers {
            if !number.is_pattern() {
                self.by_number.entry(Number::of(number.base())).or_default().push(place);
            }
        }
        let has_pattern = named.numbers.iter().any(Number::is_pattern);
        for maker in makers {
            if has_pattern {
                self.patterns.entry(maker.clone()).or_default().push(place);
            }
            let words = self.by_word.entry(maker.clone()).or_default();
            for word in &named.words {
                words.entry(word.clone()).or_default().push(place);
            }
        }
    }

    /// The leaves that name a device, by advisory.
    pub(super) fn candidates(&self, asked: &Asked) -> BTreeMap<usize, Vec<Found<'_>>> {
        let mut places: BTreeSet<Place> = BTreeSet::new();
        for number in &asked.named.numbers {
            places.extend(self.by_number.get(&Number::of(number.base())).into_iter().flatten());
        }
        for maker in &asked.vendors {
            places.extend(self.patterns.get(maker).into_iter().flatten());
            let Some(words) = self.by_word.get(maker) else { continue };
            for word in &asked.named.words {
                places.extend(words.get(word).into_iter().flatten());
            }
            // Words that stand inside a longer text: `bmxp342020`.
            let inside = words.iter().filter(|(word, _)| {
                word.len() >= 4
                    && !asked.named.words.contains(*word)
                    && asked.named.compact.contains(word.as_str())
            });
            places.extend(inside.flat_map(|(_, places)| places));
        }
        let mut found: BTreeMap<usize, Vec<Found<'_>>> = BTreeMap::new();
        for (advisory, leaf) in places {
            let (advisory, leaf) = (advisory as usize, leaf as usize);
            let Some(ready) = self.leaves.get(advisory).and_then(|list| list.get(leaf)) else {
                continue;
            };
            let makers = self.makers.get(advisory).and_then(|list| list.get(leaf));
            if makers.is_none_or(|makers| makers.is_disjoint(&asked.vendors)) {
                continue;
            }
            if let Some(grade) = grade(&ready.named, asked) {
                let words = ready.named.words.len();
                found.entry(advisory).or_default().push(Found { leaf, grade, words, ready });
            }
        }
        found
    }
}

/// How well a leaf names a device; `None` where it means another.
fn grade(leaf: &Named, asked: &Asked) -> Option<Grade> {
    let device = &asked.named;
    let meant = |numbers: &[Number]| {
        device.numbers.iter().any(|own| numbers.iter().any(|number| own.is_meant_by(number)))
    };
    if meant(&leaf.except) {
        return None;
    }
    if meant(&leaf.numbers) {
        return Some(Grade::I4);
    }
    let plain = leaf.numbers.iter().filter(|number| !number.is_pattern()).count();
    if !device.numbers.is_empty()
        && (plain > 0 || !leaf.numbers.is_empty())
        && same_kind(leaf, device)
    {
        // The leaf lists order numbers, and the device's is none of them.
        return None;
    }
    if asked.is_et200 && !leaf.with_et200 && !leaf.words.iter().any(|word| word.contains("et200")) {
        let own = Named { words: asked.own.clone(), ..device.clone() };
        return product::cover(leaf, &own).map(of_cover);
    }
    let mut cover = product::cover(leaf, device)?;
    if plain > 0 && device.numbers.is_empty() && cover == Cover::Family {
        // The device's text may be shorter than the leaf's, which is one of several variants.
        cover = Cover::Family;
    }
    Some(of_cover(cover))
}

fn of_cover(cover: Cover) -> Grade {
    match cover {
        Cover::Narrower => Grade::I1,
        Cover::Family => Grade::I2,
        Cover::Model => Grade::I3,
    }
}

/// Both have order numbers of the same scheme: they begin with the same characters.
fn same_kind(leaf: &Named, device: &Named) -> bool {
    let start = |number: &Number| number.text().chars().take(2).collect::<String>();
    device.numbers.iter().any(|own| leaf.numbers.iter().any(|number| start(own) == start(number)))
}
