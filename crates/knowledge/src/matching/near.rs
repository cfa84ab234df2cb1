//! Names that say other words than a device does, where the words that both say mean one product
//! alone: `PC Box Express` and a leaf `Automation Tin PC Box Express`.
//!
//! What tells products apart is told by the names of their maker: a word that both lack or say
//! counts for nothing where no other name has the rest.

use super::product::Named;
use super::words::{BRANDS, DESCRIBING, KINDS, NEUTRAL, SHELL, TAILS, TOOLS, VARIANTS};
use foldhash::HashSet;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The fewest letters of a word that may be misspelt.
const SPELT_MIN: usize = 7;

/// Words of a condition under which a product is meant.
const CONDITIONS: [&str; 9] = [
    "using",
    "optional",
    "manufactured",
    "when",
    "if",
    "only",
    "installed",
    "configured",
    "enabled",
];

/// The name says under which condition it is meant.
pub(super) fn has_condition(words: &BTreeSet<String>) -> bool {
    words.iter().any(|word| CONDITIONS.contains(&word.as_str()))
}

/// What both names say.
#[derive(Debug)]
pub(super) struct Shared {
    /// The leaf's words that the device says too.
    pub(super) words: BTreeSet<String>,
    /// The device's words that the leaf does not say, and that only say what kind of thing it is:
    /// unless they make it another product that is known.
    pub(super) more: BTreeSet<String>,
}

/// What a leaf's name and a device's have in common, where the title's words are the leaf's too and
/// what they do not is of no weight.
pub(super) fn shared(leaf: &Named, title: &BTreeSet<String>, device: &Named) -> Option<Shared> {
    let one_of = |set: &BTreeSet<String>| set.iter().any(|word| device.words.contains(word));
    if !leaf.any_of.iter().all(one_of)
        || !leaf.numbers.is_empty()
        || !device.words.iter().any(|word| is_telling(word))
        || are_two_ends(&leaf.words, device)
    {
        return None;
    }
    let (words, said) = common(leaf, device);
    let is_more = |word: &&String| !words.contains(*word) && !device.maker.contains(*word);
    let of_no_weight = |word: &&String| {
        let sets = [
            &said,
            &device.family,
            &device.small,
            &device.aside,
            &device.maker,
            &leaf.maker,
            title,
        ];
        sets.iter().any(|set| set.contains(*word)) || is_of_no_weight(word)
    };
    let more: BTreeSet<String> =
        device.words.iter().filter(|word| !of_no_weight(word)).cloned().collect();
    // Both say something that the other does not: two products of one line.
    let left_out =
        leaf.words.iter().filter(is_more).any(|word| !is_of_no_weight(word) && !is_kind(word));
    // The device says a name alone: `BoxEye` for `BoxEye P2P Cloud Server`.
    let is_bare = more.is_empty()
        && words.iter().any(|word| word.len() >= 5 && word.bytes().all(|b| b.is_ascii_lowercase()));
    let may_be_left_out = |word: &String| {
        may_be_left_out(word)
            || is_bare
                && word.len() <= 3
                && !VARIANTS.contains(&word.as_str())
                && !is_numbered(word)
    };
    let fits = words.iter().any(|word| is_telling(word))
        && (more.is_empty()
            || !left_out
            || leaf.is_series
            || words.iter().any(|word| is_model(word)))
        && leaf.words.iter().filter(is_more).all(may_be_left_out)
        && are_kinds(&more, leaf, &words, device);
    fits.then_some(Shared { words, more })
}

/// A word that may tell products apart.
fn is_telling(word: &str) -> bool {
    let numbered = word.bytes().any(|b| b.is_ascii_digit());
    word.chars().count() >= if numbered { 2 } else { 3 } && !is_of_no_weight(word)
}

/// Words that tell programs of one line apart.
const ENDS: [(&str, &str); 8] = [
    ("client", "server"),
    ("client", "service"),
    ("client", "manager"),
    ("client", "historian"),
    ("32bit", "64bit"),
    ("windows", "linux"),
    ("android", "ios"),
    ("machine", "control"),
];

/// Which of them words say: a bit for each pair that has its first, and for each that has its other.
fn ends(words: &BTreeSet<String>) -> (u32, u32) {
    let mut said = (0, 0);
    for word in words {
        for (at, (a, b)) in ENDS.iter().enumerate() {
            said.0 |= u32::from(word == a) << at;
            said.1 |= u32::from(word == b) << at;
        }
    }
    said
}

/// It says one of them.
pub(super) fn has_end(words: &BTreeSet<String>) -> bool {
    ends(words) != (0, 0)
}

/// A client is no server, and a program of 32 bits is not that of 64.
pub(super) fn are_two_ends(leaf: &BTreeSet<String>, named: &Named) -> bool {
    let device = &named.words;
    let own = ends(device);
    if own == (0, 0) {
        return false;
    }
    let its = ends(leaf);
    // `Box Historian Client` for a leaf `Box Historian`.
    let client = device.contains("client")
        && !leaf.contains("client")
        && leaf.contains("historian")
        && !named.family.contains("client");
    let differ = its.0 & !its.1 & own.1 & !own.0 | its.1 & !its.0 & own.0 & !own.1;
    client || differ != 0
}

/// A leaf is on a sibling of what the device is by an exact leaf: its model is only the beginning of
/// the device's, or it lacks what makes the device a variant.
pub(super) fn is_sibling(leaf: &Named, exact: &Named, device: &Named) -> bool {
    let of_family = leaf.words.iter().any(|word| device.family.contains(word));
    if leaf.is_series || of_family || !leaf.numbers.is_empty() || !leaf.patterns.is_empty() {
        return false;
    }
    let numbered = |word: &&String| word.bytes().any(|b| b.is_ascii_digit());
    let own = |word: &String| device.words.contains(word) && exact.words.contains(word);
    let begins = leaf.words.iter().filter(numbered).any(|word| {
        let longer = |other: &&String| other.len() > word.len() && other.starts_with(word.as_str());
        !device.words.contains(word)
            && exact.words.iter().filter(longer).any(|other| device.words.contains(other))
    });
    let more = exact.words.difference(&leaf.words);
    let variant = leaf.words.is_subset(&exact.words)
        && more.filter(|word| own(word)).any(|word| VARIANTS.contains(&word.as_str()));
    begins || variant
}

/// The leaf's words that a device says too, and the device's words that say them.
fn common(leaf: &Named, device: &Named) -> (BTreeSet<String>, BTreeSet<String>) {
    let alternatives = leaf.any_of.iter().flatten();
    let mut said: BTreeSet<String> =
        alternatives.filter(|word| device.words.contains(*word)).cloned().collect();
    let mut shared: BTreeSet<String> = BTreeSet::new();
    for word in &leaf.words {
        if device.words.contains(word) {
            shared.insert(word.clone());
            said.insert(word.clone());
        } else if let Some(parts) = device.written.get(word).filter(|parts| !parts.is_empty()) {
            shared.insert(word.clone());
            said.extend(parts.iter().cloned());
        } else if let Some(own) = device.words.iter().find(|own| is_misspelt(own, word)) {
            shared.insert(word.clone());
            said.insert(own.clone());
        }
    }
    // `WebServer` says `Web Server`.
    for own in device.words.difference(&said.clone()) {
        if let Some((a, b)) = two(own, &leaf.words) {
            shared.extend([a, b]);
            said.insert(own.clone());
        }
    }
    (shared, said)
}

/// A word of a leaf that a device need not say.
fn may_be_left_out(word: &str) -> bool {
    if is_of_no_weight(word) {
        return true;
    }
    // The file of a part.
    if word.ends_with("dll") || word.ends_with("exe") {
        return true;
    }
    let is_code = word.chars().count() < 4 && !is_kind(word);
    let is_tool = TOOLS.contains(&word) && !DESCRIBING.contains(&word);
    let numbered = word.bytes().any(|b| b.is_ascii_digit());
    !(is_code || is_tool || numbered || CONDITIONS.contains(&word) || VARIANTS.contains(&word))
}

/// What a device says more only says what kind of thing it is, or stands in front of the name.
fn are_kinds(
    more: &BTreeSet<String>,
    leaf: &Named,
    shared: &BTreeSet<String>,
    device: &Named,
) -> bool {
    let by_model = shared.iter().any(|word| is_model(word));
    let place = |word: &String| device.order.iter().position(|own| own == word);
    // `MELBOX EZBox` for a leaf `EZBox`: what stands in front names a line of products.
    let first = device.order.iter().position(|word| shared.contains(word));
    let long = shared.iter().any(|word| word.chars().count() >= 4 && !is_of_no_weight(word));
    let in_front = |word: &String| long && place(word).zip(first).is_some_and(|(at, f)| at < f);
    let of_family = leaf.words.iter().all(|word| {
        let known = shared.contains(word) || is_kind(word) || is_of_no_weight(word);
        known && !word.bytes().any(|b| b.is_ascii_digit())
    });
    more.iter().all(|word| {
        let alphabetic = word.chars().all(char::is_alphabetic);
        let variant = VARIANTS.contains(&word.as_str());
        (!variant && (is_kind(word) || (by_model && alphabetic)))
            || (alphabetic && in_front(word))
            || (!alphabetic && of_family && (is_model(word) || is_number(word)))
            || (alphabetic && leaf.is_series && word.len() >= 4 && !variant)
            || (EDITIONS.contains(&word.as_str()) && of_family && long)
    })
}

/// Words of sale: unless the maker has a product of this very name, it is the same one.
const EDITIONS: [&str; 7] =
    ["advanced", "professional", "enterprise", "standard", "lite", "developer", "node"];

/// Kinds that say nothing in most names, and tell products apart where one alone has them.
pub(super) const APART_KINDS: [&str; 4] = ["gateway", "workstation", "safety", "generator"];

/// `Box Corporate Edition`: what stands before that word.
fn is_edition(device: &Named, word: &str) -> bool {
    let pairs = device.order.windows(2);
    pairs.into_iter().any(|pair| matches!(pair, [a, b] if a == word && b == "edition"))
}

/// Both say a number or model by which the leaf is told apart.
pub(super) fn say_model(leaf: &Named, device: &Named) -> bool {
    let numbered = |word: &&String| word.bytes().filter(u8::is_ascii_digit).count() >= 3;
    let mut models = leaf.words.iter().filter(numbered).peekable();
    let kind =
        |word: &String| device.words.contains(word) || is_kind(word) || is_of_no_weight(word);
    models.peek().is_some()
        && models.all(|word| device.words.contains(word))
        && leaf.words.iter().all(kind)
}

/// A part, or a program for a product, that is not the product.
const APART: [&str; 12] = [
    "driver",
    "plugin",
    "dtm",
    "viewer",
    "editor",
    "tool",
    "tools",
    "loader",
    "explorer",
    "client",
    "management",
    "anywhere",
];

/// A device's name is short for the leaf's, where the advisory has no other product: it says
/// what tells the leaf's apart, and the leaf says beside it one word more, or none that may be a
/// part of it.
pub(super) fn is_short_for(leaf: &Named, title: &BTreeSet<String>, device: &Named) -> bool {
    if !leaf.numbers.is_empty() && !device.numbers.is_empty() || are_two_ends(&leaf.words, device) {
        return false;
    }
    let (shared, said) = common(leaf, device);
    let weighs = |word: &&String| !is_of_no_weight(word) && !is_kind(word);
    // `Box 205` is a `Box`.
    let is_numbered_name = leaf.words.iter().any(|word| word.bytes().any(|b| b.is_ascii_digit()));
    let known = |word: &&String| {
        let sets = [&said, &device.family, &device.aside, &device.maker, &leaf.maker, title];
        sets.iter().any(|set| set.contains(*word))
            || is_of_no_weight(word)
            || is_kind(word)
            || EDITIONS.contains(&word.as_str())
            || is_edition(device, word)
            || !is_numbered_name && matches!(word.as_str(), "pro" | "express" | "plus" | "basic")
            || !is_numbered_name && word.bytes().any(|b| b.is_ascii_digit())
    };
    let of_line = |word: &&String| leaf.maker.contains(*word) || leaf.family.contains(*word);
    let more = leaf.words.iter().filter(|word| !shared.contains(*word) && !of_line(word));
    let more: Vec<&String> = more.filter(|word| !is_of_no_weight(word)).collect();
    let tells = shared.iter().filter(|word| weighs(word) && !TOOLS.contains(&word.as_str()));
    let tells = tells.filter(|word| !VARIANTS.contains(&word.as_str()));
    let mut tells = tells.filter(|word| word.len() >= 3 && !device.maker.contains(*word));
    let other_kind =
        APART_KINDS.iter().any(|kind| device.whole.contains(kind) && !leaf.whole.contains(kind));
    let plain = |word: &&String| {
        word.bytes().all(|b| b.is_ascii_alphabetic())
            && !CONDITIONS.contains(&word.as_str())
            && !VARIANTS.contains(&word.as_str())
            && !APART.contains(&word.as_str())
    };
    let tools = more.iter().any(|word| TOOLS.contains(&word.as_str()));
    let names = more.iter().filter(|word| weighs(word)).count();
    !other_kind
        && leaf.any_of.is_empty()
        && tells.next().is_some()
        && device.words.iter().all(|word| known(&word))
        && more.iter().all(plain)
        && names <= 1
        && (more.len() <= 1 || !tools)
}

/// Two digits or more.
fn is_numbered(word: &str) -> bool {
    word.bytes().filter(u8::is_ascii_digit).count() >= 2
}

/// A number that may be a model's.
fn is_number(word: &str) -> bool {
    word.len() >= 3 && word.bytes().all(|b| b.is_ascii_digit())
}

/// Numbers and letters enough to be a model.
fn is_model(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    digits >= 2 && letters >= 1 && word.len() >= 4
}

/// What is left of a name without words that only describe it.
pub(super) fn core(named: &Named) -> BTreeSet<&String> {
    named.words.iter().filter(|word| !is_of_no_weight(word)).collect()
}

/// Words that say what a product is, and not which one.
static WEIGHTLESS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lists = [&NEUTRAL[..], &DESCRIBING, &BRANDS, &SHELL, &TAILS];
    lists.into_iter().flatten().copied().collect()
});

/// Words that say what kind of thing a product is.
static KIND: LazyLock<HashSet<&str>> = LazyLock::new(|| KINDS.into_iter().collect());

/// A word that says what a product is, and not which one.
pub(super) fn is_of_no_weight(word: &str) -> bool {
    WEIGHTLESS.contains(word)
}

/// A word that says what kind of thing it is.
pub(super) fn is_kind(word: &str) -> bool {
    KIND.contains(word)
}

/// One letter more, less, or another: `Cimplicitiy`.
fn is_misspelt(a: &str, b: &str) -> bool {
    let plain =
        |text: &str| text.len() >= SPELT_MIN && text.bytes().all(|b| b.is_ascii_lowercase());
    if !plain(a) || !plain(b) || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let start = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let rest = a.len().min(b.len()) - start;
    let ends = a.bytes().rev().zip(b.bytes().rev());
    let end = ends.take(rest).take_while(|(a, b)| a == b).count();
    start >= 3 && a.len().max(b.len()) - start - end <= 1
}

/// A word that is two of these, one behind the other.
pub(super) fn two(word: &str, words: &BTreeSet<String>) -> Option<(String, String)> {
    if word.len() < 6 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    words.iter().find_map(|head| {
        let rest = word.strip_prefix(head.as_str()).filter(|rest| rest.len() >= 3)?;
        words.get(rest).map(|rest| (head.clone(), rest.clone()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_words() {
        assert!(is_misspelt("cimplicity", "cimplicitiy"));
        assert!(is_misspelt("platform", "platfrm"));
        assert!(!is_misspelt("box", "bax") && !is_misspelt("rv50x", "rv55x"));
        assert!(!is_misspelt("controllogix", "compactlogix"));
    }

    #[test]
    fn two_words_in_one() {
        let words = ["web", "server"].map(str::to_owned).into();
        assert_eq!(two("webserver", &words), Some(("web".into(), "server".into())));
        assert_eq!(two("webservice", &words), None);
    }
}
