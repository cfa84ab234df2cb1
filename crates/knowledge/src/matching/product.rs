//! What a product text names: words, order numbers, conditions.

use super::order::{self, Number};
use crate::version::{Range, Version};
use regex_lite::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Longest product text that is looked at, in bytes.
const TEXT_MAX: usize = 400;

/// Words that do not tell products apart.
const NOISE: [&str; 78] = [
    "family",
    "families",
    "series",
    "firmware",
    "fw",
    "module",
    "modules",
    "controller",
    "controllers",
    "device",
    "devices",
    "all",
    "version",
    "versions",
    "and",
    "or",
    "the",
    "of",
    "for",
    "with",
    "incl",
    "including",
    "variants",
    "variant",
    "products",
    "product",
    "plc",
    "plcs",
    "switch",
    "switches",
    "line",
    "lines",
    "models",
    "model",
    "range",
    "types",
    "type",
    "programmable",
    "logic",
    "industrial",
    "managed",
    "allen",
    "bradley",
    "based",
    "ethernet",
    "processor",
    "processors",
    "part",
    "numbers",
    "number",
    "prior",
    "earlier",
    "later",
    "software",
    "system",
    "unit",
    "units",
    "cpus",
    "platform",
    "classic",
    "safety",
    "in",
    "ac",
    "drives",
    "embedded",
    "relay",
    "relays",
    "feeder",
    "protection",
    "generator",
    "motor",
    "adjustable",
    "frequency",
    "ethernetip",
    "firewall",
    "gateway",
    "router",
    "routers",
];

/// Names of whole catalogues: alone they name no product.
const BRANDS: [&str; 22] = [
    "simatic",
    "sinamics",
    "sinumerik",
    "simotion",
    "sirius",
    "scalance",
    "ruggedcom",
    "sentron",
    "desigo",
    "modicon",
    "melsec",
    "sysmac",
    "ecostruxure",
    "factorytalk",
    "proficy",
    "ability",
    "hirschmann",
    "siemens",
    "siplus",
    "cpu",
    "codesys",
    "control",
];

#[expect(clippy::unwrap_used, reason = "constant expressions that every test compiles")]
mod patterns {
    use super::{LazyLock, Regex};

    /// A version at the end of a product's name: `V4.X`, `V7.4 and earlier`, `V3`.
    pub(super) static TRAIN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)[ _](<=? ?|>=? ?)?(?:V|Version |R)(\d+(?:\.[\dx]+)*)( SP ?\d+)?(?: (?:and|or) (earlier|prior|older|below|later|newer))?(?: w\.? \w+)?(?: CPU family)?$").unwrap()
    });
    /// `Series A`, `Series A and B`, `Series B/C`, a letter behind a slash.
    pub(super) static SERIES: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\b[Ss]eries:? ?((?:[A-F]\b(?:, | and | or | ?/ ?|-)?)+)").unwrap()
    });
    /// A part in brackets.
    pub(super) static BRACKET: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\(([^()]*)\)").unwrap());
}

/// What a text names.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    /// Its words in the form that compares.
    pub(super) words: BTreeSet<String>,
    /// The same, one behind the other without anything between.
    pub(super) compact: String,
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
}

impl Named {
    /// Reads a product text of an advisory.
    pub(super) fn of_leaf(text: &str, orders: &[String]) -> Self {
        let text = cut(text);
        let mut named =
            Self { with_et200: text.to_lowercase().contains("et200 cpus"), ..Self::default() };
        let mut plain = text.to_owned();
        for groups in patterns::BRACKET.captures_iter(text) {
            let inside = groups.get(1).map_or("", |inside| inside.as_str());
            let lower = inside.to_lowercase();
            if lower.starts_with("except") || lower.starts_with("exclud") {
                named.except.extend(order::in_text(inside));
            } else {
                named.numbers.extend(order::in_text(inside));
            }
        }
        while let Some(found) = patterns::BRACKET.find(&plain).map(|found| found.range()) {
            plain.replace_range(found, " ");
        }
        named.numbers.extend(order::in_text(&plain));
        named.numbers.extend(orders.iter().map(|number| Number::of(number)));
        named.numbers.retain(|number| number.text().len() >= 4);
        named.numbers.sort();
        named.numbers.dedup();
        let plain = plain.trim().to_owned();
        let plain = named.take_train(&plain);
        let plain = named.take_series(&plain);
        named.read_words(&plain);
        named
    }

    /// Reads what is known of a device.
    pub(super) fn of_device(text: &str, order: Option<&str>) -> Self {
        let mut named = Self::default();
        let text = cut(text);
        named.read_words(text);
        match order.filter(|order| !order.trim().is_empty()) {
            Some(order) => {
                named.numbers.push(Number::of(order));
                named.words.extend(words(order));
            }
            None => {
                named.numbers.extend(order::in_text(text).into_iter().filter(|n| !n.is_pattern()));
            }
        }
        named.series.extend(named.numbers.iter().filter_map(Number::series));
        named
    }

    fn take_train(&mut self, text: &str) -> String {
        let Some(groups) = patterns::TRAIN.captures(text) else { return text.to_owned() };
        let (Some(all), Some(version)) = (groups.get(0), groups.get(2)) else {
            return text.to_owned();
        };
        let version = version.as_str();
        let open = if version.to_lowercase().ends_with('x') { "" } else { ".x" };
        let pack = groups.get(3).map_or("", |pack| pack.as_str());
        let sign = groups.get(1).map_or("", |sign| sign.as_str().trim());
        let range = match groups.get(4).map(|word| word.as_str().to_lowercase()).as_deref() {
            _ if !sign.is_empty() => format!("{sign} {version}{open}"),
            Some("later" | "newer") => format!(">= {version}"),
            Some(_) => format!("<= {version}{open}"),
            None if pack.is_empty() => format!("{version}{open}"),
            None => version.to_owned() + pack,
        };
        // A name with a service pack is a product of its own; its version is compared as a whole.
        if pack.is_empty() {
            self.train = Some(Range::read(&range));
        }
        let tail = if all.as_str().ends_with("CPU family") { " CPU family" } else { "" };
        format!("{}{tail}", text.get(..all.start()).unwrap_or(text))
    }

    fn take_series(&mut self, text: &str) -> String {
        let mut rest = text.to_owned();
        if let Some(groups) = patterns::SERIES.captures(text)
            && let (Some(all), Some(letters)) = (groups.get(0), groups.get(1))
        {
            let upper = letters.as_str().replace("and", "").replace("or", "");
            self.series.extend(upper.chars().filter(char::is_ascii_uppercase));
            rest.replace_range(all.range(), " ");
        }
        rest
    }

    fn read_words(&mut self, text: &str) {
        self.words = words(text);
        self.compact = text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    }

    /// Some word tells products apart: it is no catalogue's name, and holds a number or is long.
    pub(super) fn is_telling(&self) -> bool {
        self.words.iter().any(|word| {
            let numbered = word.chars().any(|c| c.is_ascii_digit());
            !BRANDS.contains(&word.as_str()) && (numbered || word.chars().count() >= 5)
        })
    }
}

fn cut(text: &str) -> &str {
    let end = text.char_indices().map(|(at, _)| at).find(|at| *at >= TEXT_MAX);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// Words in lower case, hyphens and slashes inside them left out, noise left out.
pub(super) fn words(text: &str) -> BTreeSet<String> {
    let text = text.to_lowercase().replace("logo!", "logo").replace(['™', '®'], "");
    let mut found = BTreeSet::new();
    for word in
        text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '/' | '+' | '.' | '*')))
    {
        let word = word.trim_matches(['-', '/', '.', '+']);
        let joined: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
        if !joined.is_empty() && !NOISE.contains(&joined.as_str()) {
            found.insert(joined);
        }
    }
    found
}

/// How a leaf's name stands to a device's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cover {
    /// The leaf may mean the device, but says more than is known of it.
    Narrower,
    /// The leaf names a family with the device in it.
    Family,
    /// The leaf names the device's model.
    Model,
}

/// Compares the names alone; order numbers are looked at before.
pub(super) fn cover(leaf: &Named, device: &Named) -> Option<Cover> {
    if !leaf.is_telling() {
        return None;
    }
    let known = |word: &String| device.words.contains(word) || inside(&device.compact, word);
    if leaf.words.iter().all(known)
        || (leaf.compact.len() >= 6 && inside(&device.compact, &leaf.compact))
    {
        // The words that hold numbers are the model; a family has fewer of them.
        let models = |named: &Named| {
            named
                .words
                .iter()
                .filter(|w| w.chars().any(|c| c.is_ascii_digit()))
                .cloned()
                .collect::<BTreeSet<_>>()
        };
        let (of_leaf, of_device) = (models(leaf), models(device));
        let same = !of_leaf.is_empty() && of_device.is_subset(&of_leaf);
        return Some(if same || leaf.words == device.words { Cover::Model } else { Cover::Family });
    }
    let wanted = |word: &String| leaf.words.contains(word);
    (device.is_telling() && device.words.iter().all(wanted)).then_some(Cover::Narrower)
}

/// `word` stands in `text` without cutting a number or a run of letters it begins or ends with.
fn inside(text: &str, word: &str) -> bool {
    if word.len() < 4 || !word.chars().any(|c| c.is_ascii_digit()) {
        return false;
    }
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|t| t.chars().next());
        let cuts_front = digit(before) && digit(word.chars().next());
        let cuts_back = after.is_some_and(char::is_alphanumeric)
            && digit(after) == digit(word.chars().next_back());
        !cuts_front && !cuts_back
    })
}

/// A version at the end of a product text, where nothing else gives one: `WinCC V7.4 SP1`.
pub(super) fn version_in(text: &str) -> Option<Version> {
    let at = text.to_lowercase().rfind(" v")?;
    let rest = text.get(at + 1..)?;
    let numbered = rest.get(1..)?.starts_with(|c: char| c.is_ascii_digit());
    numbered.then(|| Version::read(rest)).flatten().filter(Version::is_clear)
}
