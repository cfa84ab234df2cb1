//! From a device to the leaves that may mean it, without looking at all of them.
//!
//! A leaf's name covers a device only if the device has all its words, so each name is entered
//! under its rarest word alone; a name that says more than the device has all the device's words,
//! so the device's rarest word finds it.

use super::cover::{self, Cover};
use super::order::Number;
use super::product::Named;
use super::vendor::{self, Vendors};
use super::words;
use super::{Asked, Grade};
use crate::advisory::Advisory;
use crate::version::{Range, Version};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// A leaf in the form that compares.
#[derive(Clone, Debug)]
pub(super) struct Ready {
    makers: Arc<BTreeSet<String>>,
    pub(super) named: Arc<Named>,
    pub(super) range: Arc<Range>,
    /// The only CVEs that its range is meant for; empty for all.
    pub(super) only: Arc<[String]>,
}

/// A leaf that names a device.
#[derive(Debug)]
pub(super) struct Found<'a> {
    pub(super) leaf: usize,
    pub(super) grade: Grade,
    /// How specific the name is within its grade.
    pub(super) weight: usize,
    pub(super) ready: &'a Ready,
}

/// More than any name has words: a model number is more specific than words.
const WORDS_MAX: usize = 256;

/// How a name means a device: its grade, and how specific it is within it.
type Meant = (Grade, usize);

type Place = (u32, u32);

/// A name with all leaves that have it.
#[derive(Debug)]
struct Product {
    named: Arc<Named>,
    makers: Arc<BTreeSet<String>>,
    places: Vec<Place>,
}

/// The names of one maker, by what finds them.
#[derive(Debug, Default)]
struct Maker {
    /// With patterns of order numbers.
    patterns: Vec<u32>,
    /// By a name's rarest word.
    rarest: HashMap<String, Vec<u32>>,
    /// By each word.
    words: HashMap<String, Vec<u32>>,
    /// By the name without anything between its words.
    compact: HashMap<String, Vec<u32>>,
}

/// Names of leaves by maker, order number and word.
#[derive(Debug, Default)]
pub(super) struct Index {
    leaves: Vec<Vec<Ready>>,
    products: Vec<Product>,
    by_number: HashMap<String, Vec<u32>>,
    makers: BTreeMap<String, Maker>,
}

/// What is the same in many leaves is read once.
#[derive(Default)]
struct Memo<'a> {
    keys: HashMap<&'a str, Arc<BTreeSet<String>>>,
    products: HashMap<(&'a str, &'a str, &'a [String]), u32>,
    ranges: HashMap<(&'a str, bool), Limits>,
}

/// A range, and the only CVEs that it is meant for.
type Limits = (Arc<Range>, Arc<[String]>);

impl Index {
    pub(super) fn new(advisories: &[Advisory], vendors: &Vendors) -> Self {
        let mut this = Self::default();
        let mut memo = Memo::default();
        for (at, advisory) in advisories.iter().enumerate() {
            let mut ready = Vec::with_capacity(advisory.leaves.len());
            for (number, leaf) in advisory.leaves.iter().enumerate() {
                let place = (vocab::sat_u32(at), vocab::sat_u32(number));
                // A part installed on a product: the product is what a network shows.
                let text =
                    if leaf.on.is_empty() { leaf.product.as_str() } else { leaf.on.as_str() };
                let key = (leaf.vendor.as_str(), text, leaf.orders.as_slice());
                let product = if let Some(product) = memo.products.get(&key) {
                    *product
                } else {
                    let keys = memo.keys.entry(&leaf.vendor);
                    let makers = keys.or_insert_with(|| Arc::new(vendors.keys(&leaf.vendor)));
                    let product = this.add(text, &leaf.orders, makers.clone());
                    memo.products.insert(key, product);
                    product
                };
                let Some(product) = this.products.get_mut(product as usize) else { continue };
                product.places.push(place);
                let serial = product.named.counts_serials
                    || (product.makers.contains("mitsubishi electric")
                        && Range::looks_like_serials(&leaf.range));
                let (range, only) = memo
                    .ranges
                    .entry((&leaf.range, serial))
                    .or_insert_with(|| read(&leaf.range, serial))
                    .clone();
                let (named, makers) = (product.named.clone(), product.makers.clone());
                ready.push(Ready { makers, named, range, only });
            }
            this.leaves.push(ready);
        }
        this.drop_names();
        this.enter();
        this
    }

    /// `CP 1242-7 V2` with `< V3.3.46`: the V2 is part of the name and no version, here and wherever
    /// the name stands.
    fn drop_names(&mut self) {
        let mut names: BTreeSet<(BTreeSet<String>, u64)> = BTreeSet::new();
        let key = |named: &Named| {
            let major = named.train.as_ref().and_then(Range::any_major);
            major.map(|major| (named.words.clone(), major))
        };
        for ready in self.leaves.iter().flatten() {
            let Some((words, major)) = key(&ready.named) else { continue };
            let bound = ready.range.upper().and_then(Version::major);
            if bound.is_some_and(|bound| bound > major) {
                names.insert((words, major));
            }
        }
        let plain = |named: &mut Arc<Named>| {
            if key(named).is_some_and(|key| names.contains(&key)) {
                Arc::make_mut(named).train = None;
            }
        };
        self.products.iter_mut().for_each(|product| plain(&mut product.named));
        self.leaves.iter_mut().flatten().for_each(|ready| plain(&mut ready.named));
    }

    fn add(&mut self, text: &str, orders: &[String], makers: Arc<BTreeSet<String>>) -> u32 {
        let mut makers = makers;
        vendor::follow(Arc::make_mut(&mut makers), text);
        let mut named = Named::of_leaf(text, orders);
        named.without_maker(&makers, text);
        let at = vocab::sat_u32(self.products.len());
        self.products.push(Product { named: Arc::new(named), makers, places: Vec::new() });
        at
    }

    /// Enters all names under what finds them.
    fn enter(&mut self) {
        for (at, product) in self.products.iter().enumerate() {
            let at = vocab::sat_u32(at);
            for number in product.named.numbers.iter().filter(|number| !number.is_pattern()) {
                self.by_number.entry(number.base().to_owned()).or_default().push(at);
            }
            let has_pattern = product.named.numbers.iter().any(Number::is_pattern);
            for maker in product.makers.iter() {
                let maker = self.makers.entry(maker.clone()).or_default();
                if has_pattern {
                    maker.patterns.push(at);
                }
                for word in &product.named.words {
                    maker.words.entry(word.clone()).or_default().push(at);
                }
                maker.compact.entry(product.named.compact.clone()).or_default().push(at);
            }
        }
        for (at, product) in self.products.iter().enumerate() {
            for maker in product.makers.iter() {
                let Some(maker) = self.makers.get_mut(maker) else { continue };
                let count = |word: &&String| maker.words.get(*word).map_or(0, Vec::len);
                if let Some(word) = product.named.words.iter().min_by_key(count) {
                    maker.rarest.entry(word.clone()).or_default().push(vocab::sat_u32(at));
                }
            }
        }
    }

    /// Names that may mean a device, each once.
    fn names(&self, asked: &Asked) -> Vec<u32> {
        let mut names: Vec<u32> = Vec::new();
        for number in asked.named.numbers.iter().chain(&asked.named.tokens) {
            names.extend(self.by_number.get(number.base()).into_iter().flatten());
        }
        let runs = words::runs(&asked.named.compact);
        for maker in asked.vendors.iter().filter_map(|maker| self.makers.get(maker)) {
            names.extend(&maker.patterns);
            for word in &asked.named.words {
                names.extend(maker.rarest.get(word).into_iter().flatten());
            }
            // Words that stand inside a longer text: `bmxp342020`.
            for run in &runs {
                names.extend(maker.rarest.get(*run).into_iter().flatten());
                names.extend(maker.compact.get(*run).into_iter().flatten());
            }
            // Names that say more than is known of the device.
            let count = |word: &&String| maker.words.get(*word).map_or(0, Vec::len);
            let rarest = asked.own.iter().min_by_key(count);
            names.extend(rarest.and_then(|word| maker.words.get(word)).into_iter().flatten());
        }
        names.sort_unstable();
        names.dedup();
        names
    }

    /// How many leaves' names are looked at for a device, and how many leaves there are.
    pub(super) fn effort(&self, asked: &Asked) -> (usize, usize) {
        let looked = self.names(asked).len();
        (looked, self.products.len())
    }

    /// The names that mean a device, and how.
    pub(super) fn meant(&self, asked: &Asked) -> Vec<(u32, Meant)> {
        let mut meant = Vec::new();
        for at in self.names(asked) {
            let Some(product) = self.products.get(at as usize) else { continue };
            if product.makers.is_disjoint(&asked.vendors) {
                continue;
            }
            if let Some(how) = grade(&product.named, asked) {
                meant.push((at, how));
            }
        }
        meant
    }

    /// The leaves of one advisory that mean a device.
    pub(super) fn found_in(&self, asked: &Asked, advisory: usize) -> Vec<Found<'_>> {
        let leaves = self.leaves.get(advisory).into_iter().flatten().enumerate();
        leaves
            .filter(|(_, ready)| !ready.makers.is_disjoint(&asked.vendors))
            .filter_map(|(leaf, ready)| {
                let (grade, weight) = grade(&ready.named, asked)?;
                Some(Found { leaf, grade, weight, ready })
            })
            .collect()
    }

    /// The leaves with these names, by advisory.
    pub(super) fn found(&self, meant: &[(u32, Meant)]) -> BTreeMap<usize, Vec<Found<'_>>> {
        let mut found: BTreeMap<usize, Vec<Found<'_>>> = BTreeMap::new();
        for (at, (grade, weight)) in meant {
            let places = self.products.get(*at as usize).map(|product| product.places.as_slice());
            for (advisory, leaf) in places.unwrap_or_default() {
                let (advisory, leaf) = (*advisory as usize, *leaf as usize);
                let Some(ready) = self.leaves.get(advisory).and_then(|list| list.get(leaf)) else {
                    continue;
                };
                let one = Found { leaf, grade: *grade, weight: *weight, ready };
                found.entry(advisory).or_default().push(one);
            }
        }
        for list in found.values_mut() {
            list.sort_by_key(|one| one.leaf);
        }
        found
    }
}

/// A range, and the only CVEs that it is meant for: `>= 4.4.0 (only affected by CVE-…)`.
fn read(text: &str, serial: bool) -> Limits {
    if serial {
        return (Arc::new(Range::of_serials(text)), Arc::from([]));
    }
    if let Some((range, remark)) = text.split_once("(only affected by ") {
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
fn grade(leaf: &Named, asked: &Asked) -> Option<Meant> {
    let device = &asked.named;
    // The longer the number or pattern that means it, the more specific.
    let meant = |own: &[Number], numbers: &[Number]| {
        let by = numbers.iter().filter(|number| own.iter().any(|own| own.is_meant_by(number)));
        by.map(Number::weight).max()
    };
    if meant(&device.numbers, &leaf.except).or(meant(&device.tokens, &leaf.except)).is_some() {
        return None;
    }
    let words = leaf.words.len();
    if let Some(weight) = meant(&device.numbers, &leaf.numbers) {
        return Some((Grade::I4, weight));
    }
    if !device.numbers.is_empty() && !leaf.numbers.is_empty() && same_kind(leaf, device) {
        // The leaf lists order numbers, and the device's is none of them.
        return None;
    }
    if let Some(weight) = meant(&device.tokens, &leaf.numbers) {
        return Some((Grade::I3, WORDS_MAX + weight));
    }
    if asked.is_et200 && !leaf.with_et200 && !leaf.words.iter().any(|word| word.contains("et200")) {
        let own = Named { words: asked.own.clone(), ..device.clone() };
        return cover::cover(leaf, &own).map(|cover| (of_cover(cover), words));
    }
    Some((of_cover(cover::cover(leaf, device)?), words))
}

fn of_cover(cover: Cover) -> Grade {
    match cover {
        Cover::Narrower => Grade::I1,
        Cover::Family => Grade::I2,
        Cover::Model => Grade::I3,
    }
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
