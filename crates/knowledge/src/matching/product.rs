//! What a product text names: words, order numbers, conditions.

pub(super) mod lists;
mod serials;

use super::models::{beginnings, ends_in_year, halves, heads_of, initials, joined, listed, models};
use super::names::without_initials;
use super::near::is_of_no_weight;
use super::order::{self, Number};
use super::parts::{
    bracket, cut, is_telling_remark, may_have_train, squeezed, variant_words, versions,
    without_sizes, without_slashes, without_template,
};
use super::patterns::{Pattern, read as read_patterns};
use super::words::{BRANDS, NOISE, TOOLS, VARIANTS, one_form, words};
use crate::version::Range;
use regex_lite::Regex;
use serials::Serials;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Most words of a device's text whose order is kept.
const ORDER_MAX: usize = 24;

/// Whole numbers from here on are no version trains.
const TRAIN_MAX: u32 = 40;

#[expect(clippy::unwrap_used, reason = "constant expressions that every test compiles")]
mod patterns {
    use super::{LazyLock, Regex};

    /// A version at the end of a product's name: `V4.X`, `V7.4 and earlier`, `V3`.
    pub(super) static TRAIN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(concat!(
            r"(?i)[ _](<=? ?|>=? ?)?(?:V|Version |R)(\d+(?:\.[\dx]+)*)( SP ?\d+)?",
            r"(?: (?:and|or) (earlier|prior|older|below|later|newer))?",
            r"(?: w\.? \w+)?(?: CPU family)?$"
        ))
        .unwrap()
    });
    /// `Series A`, `Series A and B`, `Series B/C`, a letter behind a slash.
    pub(super) static SERIES: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\b[Ss]eries:? ?((?:[A-F]\b(?:, | and | or | ?/ ?|-)?)+)").unwrap()
    });
}

/// What a text names.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    /// Its words in the form that compares.
    pub(super) words: BTreeSet<String>,
    /// The same, one behind the other without anything between.
    pub(super) compact: String,
    /// The whole text as written, without anything between its words; without the maker's name.
    pub(super) whole: String,
    /// Of a device with a bracket: what stands before it and in it, each as a whole.
    pub(super) wholes: BTreeSet<String>,
    /// Order numbers and patterns.
    pub(super) numbers: Vec<Number>,
    /// Order numbers that are excepted.
    pub(super) except: Vec<Number>,
    /// A version that is part of the name.
    pub(super) train: Option<Range>,
    /// Hardware series that are meant; empty for all.
    pub(super) series: BTreeSet<char>,
    /// The family includes related devices of the ET 200 line.
    pub(super) with_et200: bool,
    /// Of each of these sets one word must be there: `670/650`, `NJ/NX-series`.
    pub(super) any_of: Vec<BTreeSet<String>>,
    /// Words that a series' models begin with: `HMIGTO series`.
    pub(super) starts: BTreeSet<String>,
    /// Families whose models have other last digits: `BOX100`.
    pub(super) hundreds: BTreeSet<String>,
    /// A number between its words that may be the beginning of a version: `Box 8 Gateway`.
    pub(super) inner: Option<u64>,
    /// The number that was taken from its end as the beginning of a version.
    pub(super) number: Option<u64>,
    /// The last word of a leaf's name.
    pub(super) last: BTreeSet<String>,
    /// The words of the maker's own name.
    pub(super) maker: BTreeSet<String>,
    /// Other writings of a device's words, with the words that they are made of: `edr810` of
    /// `EDR-810-2GSFP`, `eds408a` of `EDS 408A`.
    pub(super) written: BTreeMap<String, Vec<String>>,
    /// Words of a device that may be model numbers; for patterns.
    pub(super) tokens: Vec<Number>,
    /// Parts of a device's words on both sides of a slash: `NJ/NX`.
    pub(super) parts: BTreeSet<String>,
    /// Words of a device that its families add.
    pub(super) family: BTreeSet<String>,
    /// The serial numbers that are meant.
    pub(super) serials: Option<Serials>,
    /// Remarks that tell variants of one name apart: `CP100`, `unsigned version`.
    pub(super) variant: BTreeSet<String>,
    /// Words of a device that are versions: no part of its name.
    pub(super) aside: BTreeSet<String>,
    /// Words of a device that are written small in a text that is not: they describe.
    pub(super) small: BTreeSet<String>,
    /// Words of a device's order number that its text does not say.
    pub(super) ordered: BTreeSet<String>,
    /// A device's words in the order of its text.
    pub(super) order: Vec<String>,
    /// Beginnings of numbers, of which a device's is one: `3xxx 4xxx and 48xx`.
    pub(super) one_start: BTreeSet<String>,
    /// Its versions are beginnings of serial numbers.
    pub(super) counts_serials: bool,
    /// It names a series or family.
    pub(super) is_series: bool,
    /// Words of which a device must say one: what it must be equipped with.
    pub(super) needs: BTreeSet<String>,
    /// A title says it, and what is affected are parts of it or kinds of it.
    pub(super) is_titled: bool,
    /// Models that it means by what they have in common.
    pub(super) patterns: Vec<Pattern>,
}

/// `1.23.xx feature level`: the versions that a name is of.
fn level(remark: &str) -> Option<Range> {
    let kind = ["feature level", "branch", "release", "series"];
    let (version, rest) = remark.split_once(' ')?;
    let start = version.trim_end_matches(['x', '.']);
    let numbers = start.split('.').all(|part| part.parse::<u32>().is_ok());
    (start.contains('.') && numbers && kind.iter().any(|word| rest.starts_with(word)))
        .then(|| Range::read(&format!("{start}.x")))
}

/// `relays equipped with N100`, `BOX8xxx with NMC2`: the name, and what a device must have.
fn what_it_needs(text: &str) -> (&str, &str) {
    if let Some(both) = text.split_once(" equipped with ") {
        return both;
    }
    let part = |with: &str| {
        (3..=6).contains(&with.len())
            && with.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
            && with.ends_with(|c: char| c.is_ascii_digit())
    };
    text.rsplit_once(" with ").filter(|(_, with)| part(with)).unwrap_or((text, ""))
}

/// `fuel control` of `Box fuel control`: small words that say no other kind of program.
fn small(text: &str) -> BTreeSet<String> {
    if !text.contains(|c: char| c.is_ascii_uppercase()) {
        return BTreeSet::new();
    }
    let is_small = |word: &&str| word.len() >= 3 && word.bytes().all(|b| b.is_ascii_lowercase());
    let all = text.split_whitespace().skip(1).filter(is_small).flat_map(words);
    all.filter(|word| {
        ![&TOOLS[..], &VARIANTS, &["client", "server"]]
            .iter()
            .any(|list| list.contains(&word.as_str()))
    })
    .collect()
}

impl Named {
    /// Reads a product text of an advisory.
    pub(super) fn of_leaf(text: &str, orders: &[String]) -> Self {
        let (text, needs) = what_it_needs(cut(text));
        let needs = words(needs);
        let lower = text.to_lowercase();
        let whole = squeezed(text);
        let mut named =
            Self { with_et200: lower.contains("et200 cpus"), whole, needs, ..Self::default() };
        let mut plain = named.take_serials(text, &lower);
        if text.contains('(') {
            plain = named.take_brackets(&plain);
        }
        named.numbers.extend(order::in_text(&plain));
        // `R08 (EN) CPU`: with and without what stands in the bracket.
        named.numbers.extend(order::alternatives(text));
        named.numbers.extend(orders.iter().map(|number| Number::of(number)));
        named.numbers.retain(|number| number.text().len() >= 4);
        named.numbers.sort();
        named.numbers.dedup();
        let plain = without_sizes(without_template(plain.trim()));
        let plain = named.take_train(&plain);
        let plain = named.take_series(&plain);
        named.series.extend(named.numbers.iter().filter_map(Number::series));
        let mut plain = named.take_alternatives(&plain);
        if named.numbers.is_empty()
            && let Some((rest, all)) = listed(&plain)
        {
            named.any_of.push(all);
            plain = rest;
            // `Panels V15 BOX400, BOX700`: the train stands before the list.
            if named.train.is_none() {
                plain = named.take_train(plain.trim_end_matches(" and"));
            }
        }
        named.read_words(&plain);
        named.last = plain.split_whitespace().next_back().map(words).unwrap_or_default();
        let words = plain.split_whitespace();
        let telling = words.filter(|word| !NOISE.contains(&word.to_lowercase().as_str()));
        let letters = telling.flat_map(str::chars).filter(|c| c.is_alphanumeric());
        named.compact = letters.flat_map(char::to_lowercase).collect();
        named.is_series = ["series", "family", "models"].iter().any(|word| lower.contains(word));
        named.read_starts(&plain);
        named.read_family(&plain);
        named.read_holes(&plain);
        named.patterns = read_patterns(text);
        named
    }

    /// A number between words, where the name says enough without it.
    pub(super) fn inner_number(&self) -> Option<u64> {
        let other =
            || self.words.iter().any(|w| w.len() >= 4 && w.chars().all(char::is_alphabetic));
        self.inner.filter(|_| self.train.is_none() && self.numbers.is_empty() && other())
    }

    /// A number behind a name without one was taken for the beginning of versions: of this branch
    /// only.
    pub(super) fn take_number(&mut self, number: u64) {
        self.number = Some(number);
        self.train = Some(Range::read(&format!("{number}.x")));
    }

    /// What was taken for a version is a part of the name: `Box V3` is not `Box V4`.
    pub(super) fn drop_train(&mut self) {
        self.number = self.train.take().and_then(|train| train.any_major());
    }

    /// The device's name has another number at the place of the one that was taken: `Box 5` for a
    /// leaf `Box 4`.
    pub(super) fn is_of_other_number(&self, device: &Self) -> bool {
        let number = |word: &String| {
            let bare = word.strip_prefix('v').unwrap_or(word);
            bare.parse::<u64>().ok().filter(|_| bare.len() <= 2)
        };
        let mut numbers = device.words.iter().filter_map(number);
        self.number.is_some_and(|own| numbers.any(|number| number != own))
    }

    /// Makes it the beginning of the versions that are meant.
    pub(super) fn take_inner_number(&mut self, number: u64) {
        self.words.remove(&number.to_string());
        self.train = Some(Range::read(&format!("{number}.x")));
    }

    /// `…, Serial number 17X**** or later`, `… The first 5 digits of serial No.`
    fn take_serials(&mut self, text: &str, lower: &str) -> String {
        let Some(at) = lower.find("serial n") else { return text.to_owned() };
        self.serials = Serials::read(text);
        self.counts_serials = self.serials.is_none() && lower.contains("digits of");
        let start = ["the first", " with", ","].iter().filter_map(|word| lower.find(word));
        let cut = start.filter(|start| *start < at).max().unwrap_or(at);
        text.get(..cut).unwrap_or(text).trim().to_owned()
    }

    /// Order numbers stand in brackets, and what is excepted; also names that tell products apart.
    fn take_brackets(&mut self, text: &str) -> String {
        let mut plain = text.to_owned();
        while let Some(range) = bracket(&plain) {
            let inside = plain.get(range.start + 1..range.end - 1).unwrap_or("").to_owned();
            let glued =
                plain.get(..range.start).is_some_and(|t| t.ends_with(char::is_alphanumeric));
            let mut numbers = order::in_text(&inside);
            let lower = inside.to_lowercase();
            if let Some(train) = level(&lower) {
                self.train = Some(train);
                plain.replace_range(range, " ");
                continue;
            }
            numbers.extend(order::announced(&lower));
            let except = lower.starts_with("except") || lower.starts_with("exclud");
            let tells = numbers.is_empty() && !except && !glued && is_telling_remark(&lower);
            let models = if numbers.is_empty() { models(&inside) } else { BTreeSet::new() };
            if !models.is_empty() && !except && !glued {
                self.any_of.push(models);
            } else if !tells && !except && numbers.is_empty() && !glued && !lower.contains("incl") {
                self.variant.extend(variant_words(&lower));
            }
            if except {
                self.except.extend(numbers);
            } else {
                self.numbers.extend(numbers);
            }
            if glued {
                self.numbers.extend(order::in_text(&plain));
            }
            plain.replace_range(range, &if tells { format!(" {inside} ") } else { " ".to_owned() });
        }
        plain
    }

    /// Reads what is known of a device.
    pub(super) fn of_device(text: &str, order: Option<&str>) -> Self {
        let mut named = Self { whole: squeezed(cut(text)), ..Self::default() };
        named.take_wholes(cut(text));
        named.aside = versions(cut(text));
        let text = &without_slashes(&without_initials(cut(text)));
        let text = if text.to_lowercase().contains("series") {
            named.take_series(text)
        } else {
            text.to_owned()
        };
        let text = named.take_letter(&text);
        let text = text.as_str();
        named.read_words(text);
        named.order = text.split_whitespace().take(ORDER_MAX).flat_map(words).collect();
        let models = text.split([' ', ',', ';', '(', ')']);
        let models = models.filter(|word| word.chars().any(|c| c.is_ascii_digit()));
        named.small = small(text);
        named.written = joined(text);
        named.written.extend(initials(text));
        named.written.extend(text.split_whitespace().flat_map(heads_of));
        named.written.extend(text.split_whitespace().flat_map(halves));
        let slashed = text.split_whitespace().filter(|word| word.contains('/'));
        let parts = slashed.flat_map(|word| word.split(['/', '-']));
        named.parts = parts.map(str::to_lowercase).filter(|part| !part.is_empty()).collect();
        named.tokens = models.map(Number::of).filter(|n| n.text().len() >= 4).collect();
        // `R04 CPU` is `R04CPU`.
        let run: Vec<&str> = text.split_whitespace().take(ORDER_MAX).collect();
        let pairs = run.windows(2).filter(|pair| pair.last() == Some(&"CPU"));
        named.tokens.extend(pairs.map(|pair| Number::of(&pair.concat())));
        let numbers = text.split_whitespace().chain(order);
        named.tokens.extend(numbers.flat_map(beginnings));
        match order.filter(|order| !order.trim().is_empty()) {
            Some(order) => {
                named.numbers.push(Number::of(order));
                named.ordered = words(order).difference(&named.words).cloned().collect();
                named.words.extend(named.ordered.iter().cloned());
            }
            None => {
                named.numbers.extend(order::in_text(text).into_iter().filter(|n| !n.is_pattern()));
            }
        }
        // Order numbers are told by themselves: they are no words of its name.
        let numbered = text.split_whitespace().filter(|word| !order::in_text(word).is_empty());
        named.aside.extend(numbered.chain(order).flat_map(words));
        named.series.extend(named.numbers.iter().filter_map(Number::series));
        if let Some(number) = order.map(Number::of).filter(|n| n.text().len() >= 4) {
            named.tokens.push(number);
        }
        named
    }

    /// `Collaborative Information Server (CI Server)`: both are its name.
    fn take_wholes(&mut self, text: &str) {
        let Some((head, rest)) = text.split_once('(') else { return };
        let inside = rest.split(')').next().unwrap_or("");
        let both = [squeezed(head), squeezed(inside)];
        let says = |text: &String| text.chars().filter(|c| c.is_alphabetic()).count() >= 4;
        self.wholes.extend(both.into_iter().filter(says));
    }

    /// `1766-L32BWA C/21.00`: the series, and the firmware, behind the number.
    fn take_letter(&mut self, text: &str) -> String {
        let is_letter = |word: &&str| {
            let mut chars = word.chars();
            matches!((chars.next(), chars.next()), (Some('A'..='F'), Some('/')))
                && chars.next().is_some_and(|c| c.is_ascii_digit())
        };
        let Some(word) = text.split(' ').find(is_letter) else { return text.to_owned() };
        self.series.extend(word.chars().next());
        text.replace(word, "")
    }

    fn take_train(&mut self, text: &str) -> String {
        // `Box Portal 8.0.x`.
        if let Some((head, last)) = text.rsplit_once(' ')
            && let Some(start) = last.strip_suffix(".x").or_else(|| last.strip_suffix(".X"))
            && start.split('.').all(|part| part.parse::<u32>().is_ok_and(|n| n < TRAIN_MAX))
        {
            self.train = Some(Range::read(&format!("{start}.x")));
            return head.to_owned();
        }
        if !may_have_train(text) {
            return text.to_owned();
        }
        let Some(groups) = patterns::TRAIN.captures(text) else { return text.to_owned() };
        // `VMS 2018 R2`: a release of a year is a name.
        if groups.get(0).is_some_and(|all| ends_in_year(text.get(..all.start()).unwrap_or(""))) {
            return text.to_owned();
        }
        let (Some(all), Some(version)) = (groups.get(0), groups.get(2)) else {
            return text.to_owned();
        };
        let version = version.as_str();
        // `SINAMICS V90` is a model.
        let whole = version.parse::<u32>();
        if groups.get(4).is_none() && whole.is_ok_and(|number| number >= TRAIN_MAX) {
            return text.to_owned();
        }
        let open = if version.to_lowercase().ends_with('x') { "" } else { ".x" };
        let pack = groups.get(3).map_or("", |pack| pack.as_str());
        let sign = groups.get(1).map_or("", |sign| sign.as_str().trim());
        // `Box prior to V4.7`.
        let head = text.get(..all.start()).unwrap_or(text);
        let (head, sign) = match head.strip_suffix(" prior to") {
            Some(head) if sign.is_empty() => (head, "<"),
            _ => (head, sign),
        };
        let next = |pack: &str| {
            let number = pack.trim_start_matches(|c: char| !c.is_ascii_digit());
            number.parse::<u32>().map_or(0, |number| number.saturating_add(1))
        };
        let range = match groups.get(4).map(|word| word.as_str().to_lowercase()).as_deref() {
            _ if sign == "<" => format!("< {version}"),
            _ if !sign.is_empty() => format!("{sign} {version}{open}"),
            Some("later" | "newer") => format!(">= {version}"),
            Some(_) => format!("<= {version}{open}"),
            None if pack.is_empty() => format!("{version}{open}"),
            None => format!(">= {version}{pack} < {version} SP{}", next(pack)),
        };
        self.train = Some(Range::read(&range));
        let tail = if all.as_str().ends_with("CPU family") { " CPU family" } else { "" };
        format!("{head}{tail}")
    }

    fn take_series(&mut self, text: &str) -> String {
        let mut rest = text.to_owned();
        if text.contains("eries")
            && let Some(groups) = patterns::SERIES.captures(text)
            && let (Some(all), Some(letters)) = (groups.get(0), groups.get(1))
        {
            let upper = letters.as_str();
            // `Tin Series C Controller Module`: the C is the module's.
            let is_name = text.get(all.end()..).is_some_and(|rest| rest.starts_with("Controller"));
            if !is_name {
                self.series.extend(upper.chars().filter(char::is_ascii_uppercase));
                rest.replace_range(all.range(), " ");
            }
        }
        // `Box 1400 B/C`: letters behind a number of four digits.
        if let Some((head, letters)) = text.rsplit_once(' ')
            && letters.split('/').all(|one| matches!(one, "A" | "B" | "C" | "D" | "E" | "F"))
            && head.rsplit(' ').next().is_some_and(|n| n.len() == 4 && n.parse::<u32>().is_ok())
        {
            self.series.extend(letters.chars().filter(char::is_ascii_uppercase));
            head.clone_into(&mut rest);
        }
        rest
    }

    fn read_words(&mut self, text: &str) {
        self.words = words(text);
        self.compact = text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    }

    /// Takes away the words of a maker's name, unless no word is left: `RoboDK`. Words that say
    /// nothing count where nothing else is there: `System Platform`.
    pub(super) fn without_maker(&mut self, makers: &BTreeSet<String>, text: &str) {
        let is_maker = |word: &str| {
            let mut all = makers.iter().flat_map(|key| key.split(' '));
            all.any(|own| own == word || one_form(own.to_owned()) == word)
        };
        // `RoboBox for Windows` of the maker RoboBox: its name is the product's.
        let left = self.words.iter().filter(|word| !is_maker(word));
        if left.clone().count() == 0 || !left.clone().all(|word| is_of_no_weight(word)) {
            self.words.retain(|word| !is_maker(word));
        }
        self.maker = makers.iter().flat_map(|key| words(key)).collect();
        for key in makers {
            let joined = key.replace(' ', "");
            if let Some(rest) = self.compact.strip_prefix(&joined).filter(|rest| rest.len() >= 4) {
                self.compact = rest.to_owned();
            }
            if let Some(rest) = self.whole.strip_prefix(&joined).filter(|rest| rest.len() >= 4) {
                self.whole = rest.to_owned();
            }
        }
        if self.words.is_empty() && self.any_of.is_empty() && self.numbers.is_empty() {
            let lower = text.to_lowercase();
            let plain = lower.split('(').next().unwrap_or(&lower);
            let all = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            self.words = all.clone().filter(|word| !is_maker(word)).map(str::to_owned).collect();
            if self.words.is_empty() {
                self.words = all.map(str::to_owned).collect();
            }
        }
    }

    /// Some word tells products apart: it is no catalogue's name, and holds a number or is long.
    pub(super) fn is_telling(&self) -> bool {
        let names = || self.words.iter().filter(|word| !BRANDS.contains(&word.as_str()));
        !self.any_of.is_empty()
            || !self.one_start.is_empty()
            || names().filter(|word| word.chars().count() >= 2).count() >= 2
            || self.words.iter().any(|word| {
                let numbered = word.chars().any(|c| c.is_ascii_digit());
                !BRANDS.contains(&word.as_str()) && (numbered || word.chars().count() >= 3)
            })
    }
}
