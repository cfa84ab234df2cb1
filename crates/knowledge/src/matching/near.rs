//! Names that say other words than a device does, where the words that both say mean one product
//! alone: `PC Box Express` and a leaf `Automation Tin PC Box Express`.
//!
//! What tells products apart is told by the names of their maker: a word that both lack or say
//! counts for nothing where no other name has the rest.

use super::product::Named;
use super::words::{BRANDS, DESCRIBING, KINDS, NEUTRAL, SHELL, TAILS, TOOLS, VARIANTS};
use std::collections::BTreeSet;

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
    let telling = |word: &&String| {
        let numbered = word.bytes().any(|b| b.is_ascii_digit());
        let shortest = if numbered { 2 } else { 3 };
        word.chars().count() >= shortest && !is_of_no_weight(word)
    };
    let one_of = |set: &BTreeSet<String>| set.iter().any(|word| device.words.contains(word));
    if !leaf.any_of.iter().all(one_of)
        || !leaf.numbers.is_empty()
        || !device.words.iter().any(|word| telling(&word))
    {
        return None;
    }
    let mut said: BTreeSet<String> =
        leaf.any_of.iter().flatten().filter(|word| device.words.contains(*word)).cloned().collect();
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
    let more = |word: &&String| !shared.contains(*word) && !device.maker.contains(*word);
    let by_model = shared.iter().any(|word| is_model(word));
    let leaves_out = |word: &String| {
        if is_of_no_weight(word) {
            return true;
        }
        let code = word.chars().count() < 4 && !is_of_no_weight(word) && !is_kind(word);
        !code
            && !CONDITIONS.contains(&word.as_str())
            && !word.bytes().any(|b| b.is_ascii_digit())
            && !VARIANTS.contains(&word.as_str())
            && !(TOOLS.contains(&word.as_str()) && !DESCRIBING.contains(&word.as_str()))
    };
    let of_no_weight = |word: &&String| {
        said.contains(*word)
            || device.family.contains(*word)
            || device.aside.contains(*word)
            || device.maker.contains(*word)
            || leaf.maker.contains(*word)
            || title.contains(*word)
            || is_of_no_weight(word)
    };
    // `MELBOX EZBox` for a leaf `EZBox`: what stands in front names a line of products.
    let first = device.order.iter().position(|word| shared.contains(word));
    let long = shared.iter().any(|word| word.chars().count() >= 4 && !is_of_no_weight(word));
    let in_front = |word: &String| {
        let at = device.order.iter().position(|own| own == word);
        long && at.zip(first).is_some_and(|(at, first)| at < first)
    };
    let of_family = leaf.words.iter().all(|word| {
        let known = shared.contains(word) || is_kind(word) || is_of_no_weight(word);
        known && !word.bytes().any(|b| b.is_ascii_digit())
    });
    let kind = |word: &String| {
        let alphabetic = word.chars().all(char::is_alphabetic);
        let variant = VARIANTS.contains(&word.as_str());
        (!variant && (KINDS.contains(&word.as_str()) || (by_model && alphabetic)))
            || (alphabetic && in_front(word))
            || (!alphabetic && of_family && is_model(word))
    };
    // A client is no server.
    let ends = [("client", "server"), ("server", "client")];
    let says = |named: &Named, word: &str| named.words.contains(word);
    if ends
        .iter()
        .any(|(a, b)| says(leaf, a) && !says(leaf, b) && says(device, b) && !says(device, a))
    {
        return None;
    }
    let extra: BTreeSet<String> =
        device.words.iter().filter(|word| !of_no_weight(word)).cloned().collect();
    let fits = shared.iter().any(|word| telling(&word))
        && leaf.words.iter().filter(more).all(leaves_out)
        && extra.iter().all(kind);
    fits.then_some(Shared { words: shared, more: extra })
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

/// A word that says what a product is, and not which one.
pub(super) fn is_of_no_weight(word: &str) -> bool {
    let lists = [&NEUTRAL[..], &DESCRIBING, &BRANDS, &SHELL, &TAILS];
    lists.iter().any(|list| list.contains(&word))
}

/// A word that says what kind of thing it is.
pub(super) fn is_kind(word: &str) -> bool {
    KINDS.contains(&word)
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
fn two(word: &str, words: &BTreeSet<String>) -> Option<(String, String)> {
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
