//! From a device to the leaves that may mean it, without looking at all of them.
//!
//! A leaf's name covers a device only if the device has all its words, so each name is entered
//! under its rarest word alone; a name that says more than the device has all the device's words,
//! so the device's rarest word finds it.

use super::full;
use super::grade::{Limits, grade, may_be_near, read};
use super::models;
use super::names;
use super::near::{self, Shared};
use super::order::Number;
use super::parts;
use super::product::Named;
use super::vendor::{self, Vendors};
use super::words;
use super::{Asked, Grade};
use crate::advisory::{Advisory, Leaf};
use crate::version::{Range, Version};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

/// A leaf in the form that compares.
#[derive(Clone, Debug)]
pub(super) struct Ready {
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
    /// It is one of several parts of what the device says.
    pub(super) part: bool,
}

/// Longest beginning of a model that a series is named by, in bytes.
const START_MAX: usize = 12;

/// Most names that have a word by which a device may be found though its name is another.
const NEAR_MAX: usize = 48;

/// Most words of a maker's name in front of a product's.
const FRONT_MAX: usize = 4;

/// The shortest word that finds a maker, in letters.
const STRANGER_MIN: usize = 5;

/// Most makers of products with one word that it finds: one with two names, or two.
const STRANGERS_MAX: usize = 2;

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
    /// With patterns of order numbers.
    patterns: Vec<u32>,
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
}

/// Leaves by maker; each maker's by order number and word.
#[derive(Debug, Default)]
pub(super) struct Index {
    makers: BTreeMap<String, Maker>,
    /// Their names by their letters alone.
    joined: BTreeMap<String, BTreeSet<String>>,
    /// Makers by the words of their products; read when a device's maker is none of them.
    strangers: OnceLock<HashMap<String, BTreeSet<String>>>,
}

/// What names are read with.
#[derive(Clone, Copy)]
pub(super) struct Sources<'a> {
    pub(super) advisories: &'a [Advisory],
    pub(super) vendors: &'a Vendors,
}

impl Index {
    pub(super) fn new(sources: Sources<'_>) -> Self {
        let mut this = Self::default();
        let mut memo = HashMap::new();
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
        memo: &mut HashMap<&'a str, BTreeSet<String>>,
    ) {
        for (number, leaf) in advisory.leaves.iter().enumerate() {
            let keys = memo.entry(&leaf.vendor).or_insert_with(|| vendors.keys(&leaf.vendor));
            for maker in vendor::followed(keys, name_of(leaf)).iter() {
                let place = (vocab::sat_u32(at), vocab::sat_u32(number));
                if !self.makers.contains_key(maker) {
                    let joined = parts::squeezed(maker);
                    self.joined.entry(joined).or_default().insert(maker.clone());
                    self.makers.insert(maker.clone(), Maker::default());
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
        if let Some(advisory) = sources.advisories.get(at) {
            self.enter(at, advisory, sources.vendors, &mut HashMap::new());
        }
    }

    /// The names of the makers that a device may be of.
    fn shelves<'a>(
        &'a self,
        asked: &'a Asked,
        sources: Sources<'a>,
    ) -> impl Iterator<Item = &'a Shelf> {
        let mut near = self.near(&asked.vendors, sources.vendors);
        if near.is_empty() {
            near = self.by_product(asked, sources);
        }
        near.into_iter()
            .filter_map(|maker| self.makers.get(maker))
            .map(move |maker| maker.shelf.get_or_init(|| Shelf::new(&maker.places, sources)))
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
            let mut words: HashMap<String, BTreeSet<String>> = HashMap::new();
            let mut seen: HashSet<(&str, &str)> = HashSet::new();
            for (maker, own) in &self.makers {
                for (advisory, leaf) in &own.places {
                    let advisory = sources.advisories.get(*advisory as usize);
                    let leaf = advisory.and_then(|advisory| advisory.leaves.get(*leaf as usize));
                    let Some(leaf) = leaf.filter(|leaf| seen.insert((maker, name_of(leaf)))) else {
                        continue;
                    };
                    for word in words::words(name_of(leaf)) {
                        words.entry(word).or_default().insert(maker.clone());
                    }
                }
            }
            words
        });
        let telling =
            |word: &&String| word.chars().count() >= STRANGER_MIN && !near::is_of_no_weight(word);
        let found = asked.own.iter().filter(telling).filter_map(|word| words.get(word));
        let one = found.filter(|makers| makers.len() <= STRANGERS_MAX).flatten();
        one.filter_map(|maker| self.makers.get_key_value(maker))
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
                let own = || product.leaves.iter().filter(|((at, _), _)| *at == advisory);
                if own().next().is_some()
                    && let Some((grade, weight, part)) = shelf.grade(product, asked)
                {
                    found.extend(own().map(|((_, leaf), ready)| Found {
                        leaf: *leaf as usize,
                        grade,
                        weight,
                        ready,
                        part,
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
                for ((advisory, leaf), ready) in &product.leaves {
                    let one = Found { leaf: *leaf as usize, grade, weight, ready, part };
                    found.entry(*advisory as usize).or_default().push(one);
                }
            }
        }
        found.values_mut().for_each(in_order);
        found
    }
}

/// The best that is said of a device.
pub(super) fn best(found: &[Found<'_>]) -> Option<(Grade, usize)> {
    found.iter().map(|one| (one.grade, one.weight)).max()
}

/// In the advisory's order, each leaf once, under the name that says most: it may stand with
/// several makers and have several names.
fn in_order(found: &mut Vec<Found<'_>>) {
    found.sort_by_key(|one| (one.leaf, Reverse((one.grade, one.weight))));
    found.dedup_by_key(|one| one.leaf);
}

/// The text that names a leaf's product. Of a part installed on a product it is the product: that
/// is what a network shows.
fn name_of(leaf: &Leaf) -> &str {
    if leaf.on.is_empty() { &leaf.product } else { &leaf.on }
}

/// The versions that the remedies for a leaf name.
fn remedies(advisory: Option<&Advisory>, leaf: u32) -> String {
    let entries = advisory.into_iter().flat_map(|advisory| &advisory.entries);
    let all = entries.flat_map(|entry| &entry.remedies);
    let own = all.filter(|remedy| remedy.leaves.is_empty() || remedy.leaves.contains(&leaf));
    own.flat_map(|remedy| &remedy.versions).map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// Another leaf of the advisory has a range for the same number: `Box 1400 Series B: <= 21.002`
/// beside `Box 1400: 1766-L32BXB` says which versions of that model.
fn is_ranged(advisory: &Advisory, leaf: &Leaf) -> bool {
    let numbers = |leaf: &Leaf| -> BTreeSet<String> {
        let all = words::words(name_of(leaf)).into_iter();
        all.filter(|word| word.chars().any(|c| c.is_ascii_digit())).collect()
    };
    let own = numbers(leaf);
    !own.is_empty()
        && advisory
            .leaves
            .iter()
            .filter(|other| other.range.contains(['<', '>']))
            .any(|other| !numbers(other).is_disjoint(&own))
}

impl Shelf {
    fn new(places: &[Place], sources: Sources<'_>) -> Self {
        let mut this = Self::default();
        // What is the same in many leaves is read once.
        let mut products: HashMap<(&str, &str, &[String]), Vec<u32>> = HashMap::new();
        let mut ranges: HashMap<(&str, bool), Limits> = HashMap::new();
        let mut seen: HashSet<(u32, u32)> = HashSet::new();
        for place in places {
            let advisory = sources.advisories.get(place.0 as usize);
            let leaf = advisory.and_then(|advisory| advisory.leaves.get(place.1 as usize));
            let Some(leaf) = leaf else { continue };
            let key = (leaf.vendor.as_str(), name_of(leaf), leaf.orders.as_slice());
            let all = products.entry(key).or_insert_with(|| this.add(leaf, sources.vendors));
            // A title names the product where there is but one.
            let one = advisory.filter(|a| a.leaves.iter().all(|l| l.product == leaf.product));
            let title = one.map_or("", |advisory| &advisory.title);
            let mut more = names::in_title(title, name_of(leaf));
            more.extend(names::short_title(title, name_of(leaf)));
            // `Performance cameras: HEW4PER2B`: a model where versions stand.
            let ranged = advisory.is_some_and(|advisory| is_ranged(advisory, leaf));
            let models =
                if ranged { Vec::new() } else { models::in_range(&leaf.range, name_of(leaf)) };
            let is_model = !models.is_empty();
            more.extend(models.iter().map(|model| format!("{} {model}", name_of(leaf))));
            more.extend(models.into_iter().filter(|model| model.len() >= 5));
            more.extend(names::in_full(&leaf.full, name_of(leaf), &leaf.vendor));
            let title = advisory.map_or("", |advisory| &advisory.title);
            let more = more.iter().map(|name| this.add_name(leaf, name, sources.vendors));
            let mut all: Vec<u32> = all.iter().copied().chain(more).collect();
            all.extend(this.add_shorter(leaf, advisory, sources.vendors));
            for at in all {
                let Some(product) = this.products.get_mut(at as usize) else { continue };
                let serial = product.named.counts_serials
                    || (leaf.vendor.to_lowercase().contains("mitsubishi electric")
                        && Range::looks_like_serials(&leaf.range));
                let text = if is_model { "*" } else { leaf.range.as_str() };
                let released = models::of_release(name_of(leaf), text)
                    .or_else(|| full::with_zeros(text, &leaf.full))
                    .or_else(|| full::with_zeros(text, &remedies(advisory, place.1)));
                let (mut range, only) = if let Some(text) = released {
                    read(&text, serial)
                } else {
                    let range = ranges.entry((text, serial));
                    range.or_insert_with(|| read(text, serial)).clone()
                };
                if let Some(other) = range.as_full_name_says(&leaf.full) {
                    range = Arc::new(other);
                }
                let ready = Ready { named: product.named.clone(), range, only };
                product.leaves.push((*place, ready));
                if seen.insert((at, place.0)) {
                    let own = names::of_title(title, &product.named.words);
                    product.title.extend(own);
                }
            }
        }
        this.take_trains();
        this.drop_names();
        this.enter();
        this
    }

    /// `CP 1242-7 V2` with `< V3.3.46`: the V2 is part of the name and no version, here and wherever
    /// the name stands.
    fn drop_names(&mut self) {
        let key = |named: &Named| {
            let major = named.train.as_ref().and_then(Range::any_major);
            major.map(|major| (named.words.clone(), major))
        };
        let mut names: HashSet<(BTreeSet<String>, u64)> = HashSet::new();
        for product in &self.products {
            let Some((words, major)) = key(&product.named) else { continue };
            let bounds = product.leaves.iter().filter_map(|(_, ready)| ready.range.upper());
            if bounds.filter_map(Version::major).any(|bound| bound > major) {
                names.insert((words, major));
            }
        }
        for product in &mut self.products {
            if key(&product.named).is_some_and(|key| names.contains(&key)) {
                Arc::make_mut(&mut product.named).train = None;
                for (_, ready) in &mut product.leaves {
                    ready.named = product.named.clone();
                }
            }
        }
    }

    /// `Box 8 Gateway` with `< 8.0.10`: the 8 is the version's beginning.
    fn take_trains(&mut self) {
        for product in &mut self.products {
            let Some(number) = product.named.inner_number() else { continue };
            let all = product.leaves.iter().all(|(_, r)| r.range.any_major() == Some(number));
            if all && !product.leaves.is_empty() {
                Arc::make_mut(&mut product.named).take_inner_number(number);
                for (_, ready) in &mut product.leaves {
                    ready.named = product.named.clone();
                }
            }
        }
    }

    /// Adds what people call it for short: without a number that its versions begin with, without
    /// a remark.
    fn add_shorter(
        &mut self,
        leaf: &Leaf,
        advisory: Option<&Advisory>,
        vendors: &Vendors,
    ) -> Vec<u32> {
        let name = name_of(leaf);
        let mut added = Vec::new();
        if name.ends_with(|c: char| c.is_ascii_digit() || matches!(c, 'x' | 'X' | ')'))
            && let Some((head, number)) =
                names::without_number(name, &leaf.range, Range::read(&leaf.range).any_major())
        {
            let at = self.add_name(leaf, &head, vendors);
            if let (Some(product), Some(number)) = (self.products.get_mut(at as usize), number) {
                Arc::make_mut(&mut product.named).take_number(number);
            }
            added.push(at);
        }
        let others = advisory.map_or(&[][..], |advisory| &advisory.leaves);
        let others: Vec<&str> =
            if name.contains('(') { others.iter().map(name_of).collect() } else { Vec::new() };
        let bare = names::bare(name, &others);
        added.extend(bare.map(|name| self.add_name(leaf, &name, vendors)));
        added
    }

    /// Adds a leaf's names.
    fn add(&mut self, leaf: &Leaf, vendors: &Vendors) -> Vec<u32> {
        let names = names::names(name_of(leaf));
        let all = names.iter().map(|text| self.add_name(leaf, text, vendors));
        let all: Vec<u32> = all.collect();
        let first = all.first().and_then(|at| self.products.get_mut(*at as usize));
        if let Some(first) = first {
            let keys = vendor::followed(&vendors.keys(&leaf.vendor), name_of(leaf)).into_owned();
            let mut whole = Named::of_leaf(name_of(leaf), &[]);
            whole.without_maker(&keys, name_of(leaf));
            Arc::make_mut(&mut first.named).whole = whole.whole;
        }
        all
    }

    fn add_name(&mut self, leaf: &Leaf, text: &str, vendors: &Vendors) -> u32 {
        let keys = vendors.keys(&leaf.vendor);
        let text = vendor::off(text, &leaf.vendor);
        let mut named = Named::of_leaf(text, &leaf.orders);
        named.without_maker(&vendor::followed(&keys, text), text);
        let at = vocab::sat_u32(self.products.len());
        self.products.push(Product {
            named: Arc::new(named),
            leaves: Vec::new(),
            title: BTreeSet::new(),
        });
        at
    }

    /// Enters all names under what finds them.
    fn enter(&mut self) {
        for (at, product) in self.products.iter().enumerate() {
            let at = vocab::sat_u32(at);
            for number in product.named.numbers.iter().filter(|number| !number.is_pattern()) {
                self.by_number.entry(number.base().to_owned()).or_default().push(at);
            }
            if product.named.numbers.iter().any(Number::is_pattern) {
                self.patterns.push(at);
            }
            for word in &product.named.words {
                self.words.entry(word.clone()).or_default().push(at);
            }
            for start in &product.named.starts {
                self.starts.entry(start.clone()).or_default().push(at);
            }
            self.compact.entry(product.named.compact.clone()).or_default().push(at);
            self.whole.entry(product.named.whole.clone()).or_default().push(at);
        }
        for (at, product) in self.products.iter().enumerate() {
            let count = |word: &&String| self.words.get(*word).map_or(0, Vec::len);
            let at = vocab::sat_u32(at);
            // Alternatives stand under each: they may be all that a device says.
            for word in product.named.any_of.iter().flatten() {
                self.rarest.entry(word.clone()).or_default().push(at);
            }
            // What a device may leave out does not find it.
            let named = &product.named;
            let said = named.words.iter().filter(|w| !words::TAILS.contains(&w.as_str()));
            let said = said.filter(|w| !named.starts.contains(*w));
            if let Some(word) = said.min_by_key(count).or(product.named.words.first()) {
                self.rarest.entry(word.clone()).or_default().push(at);
            }
        }
    }

    /// How a name means a device: by its words, or because no other name has what both say. Also
    /// whether it is one of several parts of what the device says.
    fn grade(&self, product: &Product, asked: &Asked) -> Option<(Grade, usize, bool)> {
        let own = grade(&product.named, asked);
        if let Some((grade, weight)) = own.filter(|(grade, _)| *grade > Grade::I1) {
            return Some((grade, weight, false));
        }
        let shared = near::shared(&product.named, &product.title, &asked.named)
            .filter(|_| may_be_near(&product.named, asked));
        match shared.and_then(|shared| self.is_alone(product, &shared)) {
            Some(part) => Some((Grade::I2, 0, part)),
            None => own.map(|(grade, weight)| (grade, weight, false)),
        }
    }

    /// No other product has all these words; or only others of the same advisory have them, and
    /// it is one of several parts.
    fn is_alone(&self, product: &Product, shared: &Shared) -> Option<bool> {
        let more = &shared.more;
        let shared = &shared.words;
        let telling = shared.iter().filter(|word| !near::is_of_no_weight(word));
        let rarest =
            telling.filter_map(|word| self.words.get(word)).min_by_key(|list| list.len())?;
        if rarest.len() > ALONE_MAX {
            return None;
        }
        let core = near::core(&product.named);
        let kinds_only = core.iter().all(|word| shared.contains(*word) || near::is_kind(word));
        let mut part = false;
        for other in rarest.iter().filter_map(|at| self.products.get(*at as usize)) {
            // The device says a word that another product has, and this one does not.
            if shared.is_subset(&other.named.words) && !more.is_disjoint(&other.named.words) {
                return None;
            }
            let its = near::core(&other.named);
            // What the leaf says more than another of the same words only says its kind.
            let same = its.iter().all(|word| shared.contains(*word)) && kinds_only;
            if !shared.is_subset(&other.named.words) || its == core || same {
                continue;
            }
            let places = |product: &Product| -> BTreeSet<u32> {
                product.leaves.iter().map(|((advisory, _), _)| *advisory).collect()
            };
            let same_leaves =
                other.leaves.iter().all(|(at, _)| product.leaves.iter().any(|(own, _)| own == at));
            if same_leaves {
                continue;
            }
            if places(other) != places(product) {
                return None;
            }
            part = true;
        }
        Some(part)
    }

    /// Names that have the rarest of the device's words.
    fn near<'a>(&'a self, asked: &'a Asked) -> impl Iterator<Item = &'a u32> {
        let words = asked.own.iter().chain(asked.named.written.keys());
        let mut lists: Vec<&Vec<u32>> = words
            .filter(|word| !near::is_of_no_weight(word))
            .filter_map(|word| self.words.get(word))
            .filter(|list| list.len() <= NEAR_MAX)
            .collect();
        lists.sort_by_key(|list| list.len());
        lists.into_iter().take(2).flatten()
    }

    /// Names that may mean a device, each once.
    fn names(&self, asked: &Asked) -> Vec<u32> {
        let mut names: Vec<u32> = Vec::new();
        for number in asked.named.numbers.iter().chain(&asked.named.tokens) {
            names.extend(self.by_number.get(number.base()).into_iter().flatten());
        }
        names.extend(&self.patterns);
        for whole in asked.named.wholes.iter().chain([&asked.named.whole]) {
            names.extend(self.whole.get(whole).into_iter().flatten());
        }
        for word in &asked.named.words {
            names.extend(self.rarest.get(word).into_iter().flatten());
        }
        for word in &asked.named.maker {
            names.extend(self.rarest.get(word).into_iter().flatten());
        }
        // Words that stand inside a longer text: `bmxp342020`.
        for run in &words::runs(&asked.named.compact) {
            names.extend(self.rarest.get(*run).into_iter().flatten());
            names.extend(self.compact.get(*run).into_iter().flatten());
        }
        for word in asked.named.written.keys() {
            names.extend(self.rarest.get(word).into_iter().flatten());
        }
        // Beginnings of words: `hmigto5310` is of the HMIGTO series.
        for word in &asked.named.words {
            let starts = (3..word.len().min(START_MAX)).filter_map(|end| word.get(..end));
            names.extend(starts.filter_map(|start| self.starts.get(start)).flatten());
        }
        // Names that say more than is known of the device.
        let count = |word: &&String| self.words.get(*word).map_or(0, Vec::len);
        let rarest = asked.own.iter().min_by_key(count);
        names.extend(rarest.and_then(|word| self.words.get(word)).into_iter().flatten());
        names.extend(self.near(asked));
        names.sort_unstable();
        names.dedup();
        names
    }
}
