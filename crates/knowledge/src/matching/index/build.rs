//! Reads the names of one maker's leaves.

use super::super::order::Number;
use super::super::patterns::Pattern;
use super::super::product::Named;
use super::super::vendor;
use super::super::{
    full,
    grade::{Limits, read},
    models, names, titles, words,
};
use super::{Place, Product, Ready, Shelf, Sources, name_of};
use crate::advisory::{Advisory, Leaf};
use crate::version::{Range, Version};
use foldhash::{HashMap, HashSet, HashSetExt as _};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The versions that the remedies for a leaf name.
fn remedies(advisory: &Advisory, leaf: u32) -> String {
    let all = advisory.entries.iter().flat_map(|entry| &entry.remedies);
    let own = all.filter(|remedy| remedy.is_for(leaf));
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

/// Names that an advisory's text gives a leaf beside its own, and whether models stand in its range
/// instead of versions.
fn more_names(advisory: &Advisory, leaf: &Leaf) -> (Vec<String>, bool) {
    let name = name_of(leaf);
    // A title names the product where there is but one.
    let is_one = advisory.is_on_one_product();
    let title = if is_one { advisory.title.as_str() } else { "" };
    let mut more = titles::in_title(title, name);
    // `Performance cameras: HEW4PER2B`: a model where versions stand.
    let mut models = models::in_range(&leaf.range, name);
    // All other leaves of the advisory are looked at for few.
    if !models.is_empty() && is_ranged(advisory, leaf) {
        models.clear();
    }
    let is_model = !models.is_empty();
    more.extend(models.iter().map(|model| format!("{name} {model}")));
    more.extend(models.into_iter().filter(|model| model.len() >= 5));
    more.extend(names::in_full(&leaf.full, name, &leaf.vendor));
    more.extend(names::in_range(&leaf.range));
    more.extend(names::model_in(&leaf.range).into_iter().chain(names::model_in(&leaf.full)));
    more.extend(titles::with_initials(&advisory.title, name));
    more.extend(titles::long_form(&advisory.title, name));
    more.extend(titles::capitals(&advisory.title, name));
    (more, is_model)
}

/// A range's text as other texts of the advisory complete it; `None` where it stands as it is.
fn completed(text: &str, advisory: &Advisory, (leaf, number): (&Leaf, u32)) -> Option<String> {
    // `2.` where the whole name says `v2.*`.
    let open = text.strip_suffix('.').filter(|number| number.parse::<u32>().is_ok());
    open.map(|number| format!("{number}.*"))
        .or_else(|| models::of_release(name_of(leaf), text))
        .or_else(|| full::with_zeros(text, &leaf.full))
        .or_else(|| full::with_zeros(text, &remedies(advisory, number)))
}

/// `Advanced Edition V2.8`: which edition a range is of.
fn editions(range: &str) -> BTreeSet<String> {
    let at = range.find(" Edition").and_then(|at| range.get(..at));
    at.map(words::words).unwrap_or_default()
}

/// Words in brackets: `3.8u4 (JACE 3e JACE 6e)`: hardware that may stand in a device's text.
fn in_brackets(text: &str) -> BTreeSet<String> {
    let inside = text.split_once('(').and_then(|(_, rest)| rest.split(')').next());
    // `(incl. SIPLUS variants)`, `(6GK5205-3BB00-2AB2)` say no such thing.
    let tells = |text: &&str| {
        let long = |word: &str| word.len() >= 12 && word.bytes().any(|b| b.is_ascii_digit());
        !text.starts_with("incl") && !text.split(' ').any(long)
    };
    inside.filter(tells).map(words::words).unwrap_or_default()
}

/// The name, of versions that begin with this number.
fn of_branch(named: &Named, number: u64) -> Arc<Named> {
    let mut own = Named::clone(named);
    own.take_inner_number(number);
    Arc::new(own)
}

/// Names read already, by maker, text and order numbers: many advisories are on the same products.
type Known = HashMap<(String, String, Vec<String>), Arc<Named>>;

/// What a maker's names are read with.
struct Reading<'a> {
    /// The keys of the maker.
    keys: &'a BTreeSet<String>,
    known: &'a mut Known,
}

/// What is the same in the names of many leaves: it is read once.
#[derive(Default)]
struct NamesRead<'a> {
    makers: HashMap<&'a str, BTreeSet<String>>,
    known: Known,
    products: HashMap<(&'a str, &'a str, &'a [String]), Vec<u32>>,
    majors: HashMap<&'a str, Option<u64>>,
    forms: HashMap<u32, names::Forms<'a>>,
    wholes: HashMap<u32, Vec<u32>>,
}

/// The same of what stands beside names.
#[derive(Default)]
struct RangesRead<'a> {
    ranges: HashMap<(&'a str, bool), Limits>,
    titles: HashMap<u32, Vec<BTreeSet<String>>>,
    branches: HashMap<(u32, u64), Arc<Named>>,
    seen: HashSet<(u32, u32)>,
}

impl Shelf {
    pub(super) fn new(places: &[Place], sources: Sources<'_>) -> Self {
        let mut this = Self::default();
        let (mut names, mut ranges) = (NamesRead::default(), RangesRead::default());
        for place in places {
            let Some((advisory, leaf)) = sources.leaf(*place) else { continue };
            let (more, is_model) = more_names(advisory, leaf);
            let all = this.add_all(*place, (advisory, leaf), &more, sources, &mut names);
            let text = if is_model { "*" } else { leaf.range.as_str() };
            this.put(*place, (advisory, leaf), text, all, &mut ranges);
        }
        this.take_trains();
        this.drop_names();
        this.take_short();
        this.enter();
        this
    }

    /// Adds all names of a leaf, `more` among them.
    fn add_all<'a>(
        &mut self,
        place: Place,
        (advisory, leaf): (&'a Advisory, &'a Leaf),
        more: &[String],
        sources: Sources<'_>,
        read: &mut NamesRead<'a>,
    ) -> Vec<u32> {
        let keys = read.makers.entry(leaf.vendor.as_str());
        let keys = &*keys.or_insert_with(|| sources.vendors.keys(&leaf.vendor));
        let mut reading = Reading { keys, known: &mut read.known };
        let key = (leaf.vendor.as_str(), name_of(leaf), leaf.orders.as_slice());
        let own = read.products.entry(key).or_insert_with(|| self.add(leaf, &mut reading));
        let more = more.iter().map(|name| self.add_name(leaf, name, &mut reading));
        let mut all: Vec<u32> = own.iter().copied().chain(more).collect();
        all.extend(self.add_short(leaf, advisory, &all, &mut reading));
        let major = read.majors.entry(leaf.range.as_str());
        let major = || *major.or_insert_with(|| Range::read(&leaf.range).any_major());
        all.extend(self.add_numberless(leaf, &mut reading, major));
        if name_of(leaf).contains('(') {
            let forms = read.forms.entry(place.0);
            let forms = forms.or_insert_with(|| names::forms(advisory.leaves.iter().map(name_of)));
            let bare = names::bare(name_of(leaf), forms);
            all.extend(bare.map(|name| self.add_name(leaf, &name, &mut reading)));
        }
        let whole = read.wholes.entry(place.0);
        all.extend(whole.or_insert_with(|| self.add_titled(leaf, advisory, &mut reading)).iter());
        all
    }

    /// Puts a leaf with its range under its names.
    fn put<'a>(
        &mut self,
        place: Place,
        (advisory, leaf): (&'a Advisory, &'a Leaf),
        text: &'a str,
        all: Vec<u32>,
        read_before: &mut RangesRead<'a>,
    ) {
        let RangesRead { ranges, titles, branches, seen } = read_before;
        let completed = completed(text, advisory, (leaf, place.1));
        let are_serials = leaf.vendor.to_lowercase().contains("mitsubishi electric")
            && Range::looks_like_serials(&leaf.range);
        let is_one = advisory
            .leaves
            .iter()
            .all(|other| name_of(other) == name_of(leaf) || leaf.is_of_one_text(other));
        let title = titles.entry(place.0);
        let title = title.or_insert_with(|| titles::title_parts(&advisory.title));
        for at in all {
            let Some(product) = self.products.get_mut(at as usize) else { continue };
            let serial = product.named.counts_serials || are_serials;
            let (mut range, only) = if let Some(text) = &completed {
                read(text, serial)
            } else {
                let range = ranges.entry((text, serial));
                range.or_insert_with(|| read(text, serial)).clone()
            };
            if let Some(other) = range.as_full_name_says(&leaf.full) {
                range = Arc::new(other);
            }
            let branch = titles::branch_of(name_of(leaf)).filter(|_| product.named.is_titled);
            let named = match branch {
                Some(number) => {
                    let own = branches.entry((at, number));
                    own.or_insert_with(|| of_branch(&product.named, number)).clone()
                }
                None => product.named.clone(),
            };
            product.title.extend(in_brackets(&leaf.range));
            product.title.extend(editions(&leaf.range));
            let ready = Ready { named, range, only, is_one };
            product.leaves.push((place, ready));
            product.is_read &= !leaf.published.is_empty();
            if seen.insert((at, place.0)) {
                let own = titles::of_title(title, &product.named.words);
                product.title.extend(own);
                product.title.extend(in_brackets(name_of(leaf)));
            }
        }
    }

    /// Enters the short names that mean one name alone, and drops all others.
    fn take_short(&mut self) {
        let mut all: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (at, product) in self.products.iter_mut().enumerate() {
            let short = std::mem::take(&mut product.short);
            if !short.is_empty() && !product.named.is_titled {
                all.entry(short).or_default().push(vocab::sat_u32(at));
            }
        }
        for (short, list) in all {
            let words = |at: &u32| self.products.get(*at as usize).map(|own| &own.named.words);
            if list.windows(2).any(|pair| matches!(pair, [a, b] if words(a) != words(b))) {
                continue;
            }
            for at in &list {
                if let Some(product) = self.products.get_mut(*at as usize) {
                    product.short.clone_from(&short);
                }
            }
            self.short.insert(short, list);
        }
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
                Arc::make_mut(&mut product.named).drop_train();
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

    /// Adds what people call it for short: without a number that its versions begin with.
    fn add_numberless(
        &mut self,
        leaf: &Leaf,
        reading: &mut Reading<'_>,
        major: impl FnOnce() -> Option<u64>,
    ) -> Vec<u32> {
        let name = name_of(leaf);
        let mut added = Vec::new();
        let used = names::used(name);
        let numbered = |name: &&str| {
            name.ends_with(|c: char| c.is_ascii_digit() || matches!(c, 'x' | 'X' | ')'))
        };
        let mut numbered = used.as_deref().into_iter().chain([name]).filter(numbered).peekable();
        let major = if numbered.peek().is_some() { major() } else { None };
        for name in numbered {
            let Some((head, number)) = names::without_number(name, &leaf.range, major) else {
                continue;
            };
            let at = self.add_name(leaf, &head, reading);
            if let (Some(product), Some(number)) = (self.products.get_mut(at as usize), number) {
                Arc::make_mut(&mut product.named).take_number(number);
            }
            added.push(at);
        }
        added
    }

    /// Adds the title's name for the one product of an advisory. Where it says less than the
    /// product's own it means that alone: `Box` over `Box ADS/ADX Servers`.
    fn add_short(
        &mut self,
        leaf: &Leaf,
        advisory: &Advisory,
        own: &[u32],
        reading: &mut Reading<'_>,
    ) -> Option<u32> {
        let is_one = advisory.is_on_one_product();
        let title = titles::short_title(&advisory.title, name_of(leaf)).filter(|_| is_one)?;
        let at = self.add_name(leaf, &title, reading);
        let listed = own.iter().filter_map(|at| self.products.get(*at as usize));
        let is_listed = listed.clone().any(|product| !product.named.any_of.is_empty());
        if let Some(last) =
            self.products.last_mut().filter(|last| is_listed && last.named.any_of.is_empty())
        {
            Arc::make_mut(&mut last.named).is_titled = true;
        }
        Some(at)
    }

    /// Adds the product that an advisory's title says, and whose parts its leaves are.
    fn add_titled(
        &mut self,
        leaf: &Leaf,
        advisory: &Advisory,
        reading: &mut Reading<'_>,
    ) -> Vec<u32> {
        let mut all = Vec::new();
        let is_one = advisory.is_on_one_product();
        let own = words::words(name_of(leaf));
        for name in titles::of_parts(advisory) {
            let at = self.add_name(leaf, &name, reading);
            // The title of one product that says its name and no other needs no entry of its own.
            let known = |named: &Named, word: &String| {
                named.words.contains(word) || named.maker.contains(word)
            };
            let same = |named: &Named| {
                is_one && named.words.is_subset(&own) && own.iter().all(|word| known(named, word))
            };
            match self.products.last_mut() {
                Some(last) if same(&last.named) => drop(self.products.pop()),
                Some(last) => {
                    Arc::make_mut(&mut last.named).is_titled = true;
                    all.push(at);
                }
                None => {}
            }
        }
        all
    }

    /// Adds a leaf's names.
    fn add(&mut self, leaf: &Leaf, reading: &mut Reading<'_>) -> Vec<u32> {
        let names = names::names(name_of(leaf));
        let all = names.iter().map(|text| self.add_name(leaf, text, reading));
        let all: Vec<u32> = all.collect();
        let first = all.first().and_then(|at| self.products.get_mut(*at as usize));
        if let Some(first) = first {
            let keys = vendor::followed(reading.keys, name_of(leaf)).into_owned();
            let mut whole = Named::of_leaf(name_of(leaf), &[]);
            whole.without_maker(&keys, name_of(leaf));
            Arc::make_mut(&mut first.named).whole = whole.whole;
        }
        all
    }

    fn add_name(&mut self, leaf: &Leaf, text: &str, reading: &mut Reading<'_>) -> u32 {
        let text = vendor::off(text, &leaf.vendor);
        let key = (leaf.vendor.clone(), text.to_owned(), leaf.orders.clone());
        let named = reading.known.entry(key).or_insert_with(|| {
            let mut named = Named::of_leaf(text, &leaf.orders);
            named.without_maker(&vendor::followed(reading.keys, text), text);
            Arc::new(named)
        });
        let named = named.clone();
        let short = names::capitals(text);
        let at = vocab::sat_u32(self.products.len());
        self.products.push(Product {
            named,
            leaves: Vec::new(),
            title: BTreeSet::new(),
            short,
            is_read: true,
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
            for number in product.named.numbers.iter().filter(|number| number.is_pattern()) {
                match number.start() {
                    Some(start) => self.patterns.entry(start.to_owned()).or_default().push(at),
                    None => self.open.push(at),
                }
            }
            let has_pattern = product.named.numbers.iter().any(Number::is_pattern);
            for word in &product.named.words {
                self.words.entry(word.clone()).or_default().push(at);
                if has_pattern {
                    self.patterned.entry(word.clone()).or_default().push(at);
                }
            }
            let hundreds = product.named.hundreds.iter().map(|own| own.trim_end_matches('0'));
            let heads = product.named.patterns.iter().map(Pattern::head);
            let heads = heads.filter(|head| !head.is_empty());
            let starts = product.named.starts.iter().map(String::as_str);
            for start in starts.chain(hundreds).chain(heads) {
                self.starts.entry(start.to_owned()).or_default().push(at);
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
            for words in product.named.patterns.iter().filter_map(Pattern::words) {
                if let Some(word) = words.iter().min_by_key(count) {
                    self.rarest.entry(word.clone()).or_default().push(at);
                }
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
}
