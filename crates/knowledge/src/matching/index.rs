//! From a device to the leaves that may mean it, without looking at all of them.
//!
//! A leaf's name covers a device only if the device has all its words, so each name is entered
//! under its rarest word alone; a name that says more than the device has all the device's words,
//! so the device's rarest word finds it.

mod brands;
mod build;
mod find;

use super::near;
use super::parts;
use super::product::Named;
use super::vendor::{self, Vendors};
use super::words;
use super::{Asked, Grade};
use crate::advisory::{Advisory, Leaf};
use crate::version::{Range, Truth};
use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};
use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// A leaf in the form that compares.
#[derive(Clone, Debug)]
pub(super) struct Ready {
    pub(super) named: Arc<Named>,
    pub(super) range: Arc<Range>,
    /// The only CVEs that its range is meant for; empty for all.
    pub(super) only: Arc<[String]>,
    /// The advisory has no other product.
    pub(super) is_one: bool,
}

/// A leaf that names a device.
#[derive(Debug)]
pub(super) struct Found<'a> {
    pub(super) leaf: usize,
    pub(super) grade: Grade,
    /// How specific the name is within its grade.
    pub(super) weight: usize,
    pub(super) ready: &'a Ready,
    /// It is one of several parts of what the device says.
    pub(super) part: bool,
    /// Whether the device's version is in its range; the same for all CVEs.
    pub(super) holds: OnceCell<Truth>,
}

/// Longest beginning of a model that a series is named by, in bytes.
const START_MAX: usize = 12;

/// Most names that have a word by which a device may be found though its name is another.
const NEAR_MAX: usize = 48;

/// Most words of a maker's name in front of a product's.
const FRONT_MAX: usize = 4;

/// The shortest word that finds a maker, in letters.
const STRANGER_MIN: usize = 5;

/// The shortest whole name that finds a maker, in letters.
const WHOLE_MIN: usize = 5;

/// Most makers of products with one word that it finds: one with three names, or three.
const STRANGERS_MAX: usize = 3;

/// Most names that are looked at to tell whether one is the only one of its words.
const ALONE_MAX: usize = 96;

/// A leaf: position of its advisory, and its position there.
type Place = (u32, u32);

/// A name with all leaves that have it.
#[derive(Debug)]
struct Product {
    named: Arc<Named>,
    leaves: Vec<(Place, Ready)>,
    /// Words of the titles that speak of it.
    title: BTreeSet<String>,
    /// The capital letters of its words, as one: `tcsb` of `TeleControl Server Basic`; empty where
    /// they mean another too.
    short: String,
    /// Only analysts name it so: no publisher's name gives way to it.
    is_read: bool,
}

/// The leaves of one maker. Reading their names takes a moment, and a plant has few makers: it is
/// done when a device of this maker is asked about.
#[derive(Debug, Default)]
struct Maker {
    places: Vec<Place>,
    shelf: OnceLock<Shelf>,
}

/// The names of one maker, by what finds them.
#[derive(Debug, Default)]
struct Shelf {
    products: Vec<Product>,
    by_number: HashMap<String, Vec<u32>>,
    /// With patterns of order numbers, by what these begin with.
    patterns: HashMap<String, Vec<u32>>,
    /// The same by each word.
    patterned: HashMap<String, Vec<u32>>,
    /// With patterns that leave their beginning open.
    open: Vec<u32>,
    /// By a name's rarest word.
    rarest: HashMap<String, Vec<u32>>,
    /// By each word.
    words: HashMap<String, Vec<u32>>,
    /// By the beginning of a model that a series is named by.
    starts: HashMap<String, Vec<u32>>,
    /// By the name without anything between its words.
    compact: HashMap<String, Vec<u32>>,
    /// By the whole name as written.
    whole: HashMap<String, Vec<u32>>,
    /// By the capital letters of a name's words.
    short: HashMap<String, Vec<u32>>,
}

/// Leaves by maker; each maker's by order number and word.
#[derive(Debug, Default)]
pub(super) struct Index {
    makers: BTreeMap<String, Maker>,
    /// Their names by their letters alone.
    joined: BTreeMap<String, BTreeSet<String>>,
    /// Makers by the words of their products; read when a device's maker is none of them.
    strangers: OnceLock<Finders>,
    /// Makers by what the names of their products begin with: the name of another maker, or of a
    /// brand. Read when the first device is asked about.
    brands: OnceLock<Finders>,
}

/// Makers by words or names.
type Finders = HashMap<Box<str>, Vec<Box<str>>>;

/// What stands for the makers of products that many make.
const MANY: &str = "multiple";

/// `multiple open source` are many makers too.
fn one_of_many(maker: &str) -> &str {
    if maker.starts_with(MANY) { MANY } else { maker }
}

/// Enters a maker under a word or name, once.
fn find_by(finders: &mut Finders, word: String, maker: &str) {
    let makers = finders.entry(word.into_boxed_str()).or_default();
    if makers.last().is_none_or(|last| **last != *maker) {
        makers.push(maker.into());
    }
}

/// Keys found already, by a maker's name and by a product's.
#[derive(Default)]
struct Memo<'a> {
    makers: HashMap<&'a str, BTreeSet<String>>,
    fronts: HashMap<&'a str, BTreeSet<String>>,
}

/// What names are read with.
#[derive(Clone, Copy)]
pub(super) struct Sources<'a> {
    pub(super) advisories: &'a [Advisory],
    pub(super) vendors: &'a Vendors,
}

impl<'a> Sources<'a> {
    /// The leaf at a place, with its advisory.
    fn leaf(&self, (advisory, leaf): Place) -> Option<(&'a Advisory, &'a Leaf)> {
        let advisory = self.advisories.get(advisory as usize)?;
        Some((advisory, advisory.leaves.get(leaf as usize)?))
    }
}

impl Index {
    pub(super) fn new(sources: Sources<'_>) -> Self {
        let mut this = Self::default();
        let mut memo = Memo::default();
        for (at, advisory) in sources.advisories.iter().enumerate() {
            this.enter(at, advisory, sources.vendors, &mut memo);
        }
        this
    }

    /// Enters an advisory's leaves under their makers.
    fn enter<'a>(
        &mut self,
        at: usize,
        advisory: &'a Advisory,
        vendors: &Vendors,
        memo: &mut Memo<'a>,
    ) {
        for (number, leaf) in advisory.leaves.iter().enumerate() {
            let keys = memo.makers.entry(&leaf.vendor);
            let keys = keys.or_insert_with(|| vendors.keys(&leaf.vendor));
            let mut keys = vendor::followed(keys, name_of(leaf));
            // `Acme Box` that another maker's advisory is on.
            let front = memo.fronts.entry(name_of(leaf));
            let front = &*front.or_insert_with(|| vendors.in_front_of(name_of(leaf)));
            if !front.is_subset(&keys) {
                keys.to_mut().extend(front.iter().cloned());
            }
            for maker in keys.iter().map(|maker| one_of_many(maker)) {
                let place = (vocab::sat_u32(at), vocab::sat_u32(number));
                if !self.makers.contains_key(maker) {
                    let joined = parts::squeezed(maker);
                    self.joined.entry(joined).or_default().insert(maker.to_owned());
                    for short in vendor::initials(maker).into_iter().chain(vendor::surname(maker)) {
                        self.joined.entry(short).or_default().insert(maker.to_owned());
                    }
                    self.makers.insert(maker.to_owned(), Maker::default());
                }
                if let Some(maker) = self.makers.get_mut(maker) {
                    maker.places.push(place);
                    maker.shelf.take();
                }
            }
        }
    }

    /// An advisory was changed or added: only its makers' names are read anew, when they are
    /// asked for.
    pub(super) fn changed(&mut self, at: usize, sources: Sources<'_>) {
        let number = vocab::sat_u32(at);
        for maker in self.makers.values_mut() {
            let before = maker.places.len();
            maker.places.retain(|(advisory, _)| *advisory != number);
            if maker.places.len() != before {
                maker.shelf.take();
            }
        }
        self.strangers.take();
        self.brands.take();
        if let Some(advisory) = sources.advisories.get(at) {
            self.enter(at, advisory, sources.vendors, &mut Memo::default());
        }
    }

    /// The names of the makers that a device may be of.
    fn shelves<'a>(
        &'a self,
        asked: &'a Asked,
        sources: Sources<'a>,
    ) -> impl Iterator<Item = &'a Shelf> {
        let mut near = self.near(&asked.vendors, sources.vendors);
        near.extend(self.by_brand(asked, sources));
        if near.is_empty() {
            near = self.by_product(asked, sources);
        }
        self.read(near, sources)
    }

    /// The names of these makers, and those of products of many makers; they are read where they
    /// were not yet.
    fn read<'a>(
        &'a self,
        mut makers: BTreeSet<&'a str>,
        sources: Sources<'a>,
    ) -> impl Iterator<Item = &'a Shelf> {
        makers.extend(self.makers.get_key_value(MANY).map(|(maker, _)| maker.as_str()));
        let own = makers.into_iter().filter_map(|maker| self.makers.get(maker));
        own.map(move |maker| maker.shelf.get_or_init(|| Shelf::new(&maker.places, sources)))
    }

    /// Reads the names that a device of a maker under these keys will be compared with, and what
    /// every device is asked with.
    pub(super) fn read_ahead(&self, keys: &BTreeSet<String>, sources: Sources<'_>) {
        self.brands(sources);
        self.read(self.near(keys, sources.vendors), sources).for_each(drop);
    }

    /// The makers under these keys, and those whose names begin with one or are the beginning of
    /// one: `Franklin Fueling` and `Franklin Fueling Systems`. A device's product must fit anyway.
    fn near(&self, keys: &BTreeSet<String>, vendors: &Vendors) -> BTreeSet<&str> {
        let mut near: BTreeSet<&str> = BTreeSet::new();
        let own = |key: &str| self.makers.get_key_value(key).map(|(key, _)| key.as_str());
        for key in keys {
            near.extend(own(key));
            // `Video Insight` and `VideoInsight`.
            let same = self.joined.get(&parts::squeezed(key)).into_iter().flatten();
            near.extend(same.filter_map(|maker| own(maker)));
            near.extend(vendors.beginnings(key).iter().filter_map(|start| own(start)));
            if let Some(start) = vendor::start_of(key) {
                let longer = self.makers.range(start.clone()..).map(|(maker, _)| maker.as_str());
                near.extend(longer.take_while(|maker| maker.starts_with(&start)));
            }
        }
        near
    }

    /// How many leaves are on products of these makers.
    pub(super) fn leaves_of(&self, keys: &BTreeSet<String>, vendors: &Vendors) -> usize {
        let near = self.near(keys, vendors).into_iter();
        near.filter_map(|maker| self.makers.get(maker)).map(|maker| maker.places.len()).sum()
    }

    /// Some advisory is on products of a maker of this very name.
    pub(super) fn is_maker(&self, name: &str) -> bool {
        self.makers.contains_key(&vendor::plain(&name.to_lowercase()))
    }

    /// The makers of advisories whose names a product's text begins with.
    pub(super) fn in_front_of(&self, product: &str) -> impl Iterator<Item = &str> {
        let lower = product.to_lowercase();
        let ends: Vec<usize> = lower.match_indices([' ', ',', ':']).map(|(at, _)| at).collect();
        ends.into_iter().take(FRONT_MAX).filter_map(move |end| {
            let name = vendor::plain(lower.get(..end)?);
            self.makers.get_key_value(&name).map(|(maker, _)| maker.as_str())
        })
    }

    /// Of a device whose maker is not known: the one maker that has a word of its product.
    fn by_product(&self, asked: &Asked, sources: Sources<'_>) -> BTreeSet<&str> {
        let words = self.strangers.get_or_init(|| {
            let mut words = Finders::new();
            let mut seen: HashSet<(&str, &str)> = HashSet::new();
            for (maker, own) in &self.makers {
                for (_, leaf) in own.places.iter().filter_map(|place| sources.leaf(*place)) {
                    if seen.insert((maker, name_of(leaf))) {
                        let whole = parts::squeezed(name_of(leaf));
                        for word in words::words(name_of(leaf)).into_iter().chain([whole]) {
                            find_by(&mut words, word, maker);
                        }
                    }
                }
            }
            words
        });
        let telling =
            |word: &&String| word.chars().count() >= STRANGER_MIN && !near::is_of_no_weight(word);
        let found = asked.own.iter().filter(telling).filter_map(|word| words.get(word.as_str()));
        // A maker's own name may stand in the name of another's product.
        let by_maker =
            asked.named.maker.iter().filter(telling).filter_map(|word| words.get(word.as_str()));
        // Its whole name, whatever makers it says.
        let whole = words.get(asked.named.whole.as_str()).filter(|_| asked.named.is_telling());
        let whole = whole.filter(|_| asked.named.whole.len() >= WHOLE_MIN);
        let one = found
            .chain(by_maker)
            .chain(whole)
            .filter(|makers| makers.len() <= STRANGERS_MAX)
            .flatten();
        one.filter_map(|maker| self.makers.get_key_value(&**maker))
            .map(|(maker, _)| maker.as_str())
            .collect()
    }

    /// Makers by the brands of their products.
    fn brands(&self, sources: Sources<'_>) -> &Finders {
        self.brands.get_or_init(|| {
            let mut brands = Finders::new();
            let mut seen: HashSet<(&str, &str, &str)> = HashSet::new();
            for (maker, own) in &self.makers {
                for (advisory, leaf) in own.places.iter().filter_map(|place| sources.leaf(*place)) {
                    if !seen.insert((maker, &advisory.title, name_of(leaf))) {
                        continue;
                    }
                    let own = brands::brands_of(&advisory.title, name_of(leaf));
                    let own = own.chain(brands::brand_behind(&advisory.title, &leaf.vendor));
                    for brand in own.filter(|brand| brand != maker) {
                        find_by(&mut brands, brand, maker);
                    }
                }
            }
            brands
        })
    }

    /// The makers of products whose names begin with the name of the device's maker, or whose
    /// advisories' titles say it before a product.
    fn by_brand(&self, asked: &Asked, sources: Sources<'_>) -> BTreeSet<&str> {
        let brands = self.brands(sources);
        let first = |key: &String| vendor::start_of(key).map(|start| parts::squeezed(&start));
        let names = asked.vendors.iter().map(|key| parts::squeezed(key));
        let names = names.chain(asked.vendors.iter().filter_map(first));
        let names: BTreeSet<String> = names.collect();
        let found = names.iter().filter_map(|key| brands.get(key.as_str()));
        found
            .flatten()
            .filter_map(|maker| self.makers.get_key_value(&**maker))
            .map(|(maker, _)| maker.as_str())
            .collect()
    }

    /// How many leaves' names are looked at for a device, and how many leaves there are.
    pub(super) fn effort(&self, asked: &Asked, sources: Sources<'_>) -> (usize, usize) {
        let looked = self.shelves(asked, sources).map(|shelf| shelf.names(asked).len()).sum();
        (looked, self.makers.values().map(|maker| maker.places.len()).sum())
    }

    /// The leaves of one advisory that mean a device, without what finds names.
    pub(super) fn found_in<'a>(
        &'a self,
        asked: &'a Asked,
        advisory: usize,
        sources: Sources<'a>,
    ) -> Vec<Found<'a>> {
        let advisory = vocab::sat_u32(advisory);
        let mut found: Vec<Found<'_>> = Vec::new();
        for shelf in self.shelves(asked, sources) {
            for product in &shelf.products {
                let own = || {
                    let own = product.leaves.iter().filter(|((at, _), _)| *at == advisory);
                    own.filter(|(place, _)| !is_other_end(*place, asked, sources))
                };
                if own().next().is_some()
                    && let Some((grade, weight, part)) = shelf.grade(product, asked)
                {
                    let short = grade == Grade::I1 && shelf.is_short(product, asked);
                    let model = near::say_model(&product.named, &asked.named);
                    found.extend(own().map(|((_, leaf), ready)| Found {
                        leaf: *leaf as usize,
                        grade: if short && (ready.is_one || model) { Grade::I2 } else { grade },
                        weight,
                        ready,
                        part,
                        holds: OnceCell::new(),
                    }));
                }
            }
        }
        in_order(&mut found);
        found
    }

    /// The leaves that mean a device, by advisory.
    pub(super) fn found<'a>(
        &'a self,
        asked: &'a Asked,
        sources: Sources<'a>,
    ) -> BTreeMap<usize, Vec<Found<'a>>> {
        let mut found: BTreeMap<usize, Vec<Found<'_>>> = BTreeMap::new();
        for shelf in self.shelves(asked, sources) {
            for at in shelf.names(asked) {
                let Some(product) = shelf.products.get(at as usize) else { continue };
                let Some((grade, weight, part)) = shelf.grade(product, asked) else { continue };
                let short = grade == Grade::I1 && shelf.is_short(product, asked);
                for ((advisory, leaf), ready) in &product.leaves {
                    if is_other_end((*advisory, *leaf), asked, sources) {
                        continue;
                    }
                    let one = ready.is_one || near::say_model(&product.named, &asked.named);
                    let grade = if short && one { Grade::I2 } else { grade };
                    let holds = OnceCell::new();
                    let one = Found { leaf: *leaf as usize, grade, weight, ready, part, holds };
                    found.entry(*advisory as usize).or_default().push(one);
                }
            }
        }
        found.values_mut().for_each(in_order);
        found
    }
}

/// Keeps of two findings about one advisory the one that says more of a device.
pub(super) fn prefer<'a>(own: &mut Vec<Found<'a>>, other: Vec<Found<'a>>) {
    let best = |found: &[Found<'_>]| found.iter().map(|one| (one.grade, one.weight)).max();
    if best(&other) > best(own) {
        *own = other;
    }
}

/// In the advisory's order, each leaf once, under the name that says most: it may stand with
/// several makers and have several names.
fn in_order(found: &mut Vec<Found<'_>>) {
    found.sort_by_key(|one| (one.leaf, Reverse((one.grade, one.weight))));
    found.dedup_by_key(|one| one.leaf);
}

/// A leaf's own name says the other end of what a device is, whatever name found it.
fn is_other_end(place: Place, asked: &Asked, sources: Sources<'_>) -> bool {
    let leaf = || sources.leaf(place).map(|(_, leaf)| words::words(name_of(leaf)));
    let device = &asked.named;
    near::has_end(&device.words) && leaf().is_some_and(|leaf| near::are_two_ends(&leaf, device))
}

/// The text that names a leaf's product. Of a part installed on a product it is the product: that
/// is what a network shows.
fn name_of(leaf: &Leaf) -> &str {
    if leaf.on.is_empty() { &leaf.product } else { &leaf.on }
}
