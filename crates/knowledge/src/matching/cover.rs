//! Whether a leaf's name means a device by its words.

use super::near;
use super::product::Named;
use super::product::lists::is_of_hundred;
use super::words::{BRANDS, LEFT_OUT, NEUTRAL, SHELL, TAILS, TOOLS, VARIANTS};
use std::collections::BTreeSet;

/// How a leaf's name stands to a device's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cover {
    /// The leaf may mean the device, but says more than is known of it.
    Narrower,
    /// The leaf names a family with the device in it.
    Family,
    /// The leaf names the device's model.
    Model,
    /// The leaf's name is the device's.
    Same,
}

/// Compares the names alone; order numbers are looked at before.
pub(super) fn cover(leaf: &Named, device: &Named) -> Option<Cover> {
    let of_family =
        || !leaf.words.is_empty() && leaf.words.iter().all(|word| device.family.contains(word));
    if is_same(leaf, device) {
        return Some(Cover::Same);
    }
    if near::are_two_ends(&leaf.words, device) {
        return None;
    }
    if !leaf.is_telling() && !of_family() {
        return None;
    }
    // The maker's name alone names no product.
    if !leaf.words.is_empty() && leaf.words.is_subset(&device.maker) {
        return None;
    }
    let known = |word: &String| is_known(device, word);
    let one_of = |set: &BTreeSet<String>| {
        set.iter()
            .any(|word| known(word) || device.parts.contains(word) || begins_in(leaf, device, word))
            || set.iter().any(|word| is_numbered(device, word))
    };
    if !leaf.any_of.iter().all(one_of) {
        return None;
    }
    let starts = |own: &String| {
        leaf.one_start.iter().any(|start| {
            own.strip_prefix(start.as_str()).is_some_and(|rest| {
                rest.starts_with(|c: char| c.is_ascii_digit()) && own.len() >= 3
            })
        })
    };
    if !leaf.one_start.is_empty() && !device.words.iter().any(starts) {
        return None;
    }
    let anchored = !leaf.any_of.is_empty() || !leaf.one_start.is_empty();
    let by_model = says_model(leaf, device);
    let known_or_left_out = |word: &String| {
        LEFT_OUT.contains(&word.as_str())
            || known(word)
            || leaf.starts.contains(word) && device.words.iter().any(|own| begins(own, word))
            || is_in_one(leaf, device, word)
            || leaf.hundreds.contains(word) && of_hundred(device, word)
            || by_model && describes(word)
            || anchored && TAILS.contains(&word.as_str())
    };
    if leaf.words.iter().all(known_or_left_out)
        || (leaf.compact.len() >= 5 && inside(&device.compact, &leaf.compact))
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
        if is_other(leaf, device) || has_other_letter(leaf, device) {
            return Some(Cover::Narrower);
        }
        let (of_leaf, of_device) = (models(leaf), models(device));
        let same = !of_leaf.is_empty() && of_device.is_subset(&of_leaf);
        return Some(if same || leaf.words == device.words { Cover::Model } else { Cover::Family });
    }
    says_more(leaf, device)
}

/// `GT2710` is one of the `models GT27 GT25`.
fn begins_in(leaf: &Named, device: &Named, word: &str) -> bool {
    leaf.is_series && device.words.iter().any(|own| begins(own, word))
}

/// `FCN-500` is an `FCN`: three letters of a list, and a number behind them.
fn is_numbered(device: &Named, word: &str) -> bool {
    let number = |own: &String| {
        own.strip_prefix(word)
            .is_some_and(|rest| rest.len() >= 2 && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    word.len() == 3
        && word.bytes().all(|b| b.is_ascii_lowercase())
        && device.words.iter().any(number)
}

/// The device says a word, alone or in a longer one.
fn is_known(device: &Named, word: &String) -> bool {
    // A bare number is a word of its own: `5150` is not in `IAW5150A`.
    let number_in =
        || device.words.iter().any(|own| own.ends_with(word.as_str()) && inside(own, word));
    device.words.contains(word)
        || device.written.contains_key(word)
        || device.maker.contains(word)
        || if word.bytes().all(|b| b.is_ascii_digit()) {
            number_in()
        } else {
            inside(&device.compact, word)
        }
}

/// `AutomationBox` says `Automation Box`.
fn is_in_one(leaf: &Named, device: &Named, word: &str) -> bool {
    let begins =
        |own: &String| own.len() > word.len() && (own.starts_with(word) || own.ends_with(word));
    word.len() >= 3
        && device.words.iter().any(|own| begins(own) && near::two(own, &leaf.words).is_some())
}

/// The device's model is of a family with a round number.
fn of_hundred(device: &Named, word: &str) -> bool {
    let mut own = device.words.iter().chain(device.written.keys());
    own.any(|own| is_of_hundred(own, word))
}

/// The same name, by its words, without anything between them, or as it is written.
fn is_same(leaf: &Named, device: &Named) -> bool {
    let own = device.words.iter().filter(|word| !device.family.contains(*word));
    let by_words = !leaf.words.is_empty() && leaf.any_of.is_empty() && own.eq(leaf.words.iter());
    let as_one =
        leaf.any_of.is_empty() && leaf.compact.len() >= 6 && leaf.compact == device.compact;
    // Written in the same way, whatever the words are worth.
    let as_written = leaf.whole.len() >= 3
        && (leaf.whole == device.whole
            || device.wholes.contains(&leaf.whole)
            // `AcmeBox Server` of Acme's `Box Server`.
            // `Box Server` of the brand Tin for a leaf `Tin Box Server`.
            || device.whole.len() >= 6
                && device.maker.iter().any(|maker| {
                    leaf.whole.strip_prefix(maker.as_str()) == Some(&device.whole)
                })
            || leaf.whole.len() >= 6
                && leaf.maker.iter().any(|maker| {
                    device.whole.strip_prefix(maker.as_str()) == Some(&leaf.whole)
                }));
    by_words || as_one || as_written
}

/// The leaf says all that the device does, and more.
fn says_more(leaf: &Named, device: &Named) -> Option<Cover> {
    let mut said = device.words.difference(&device.ordered);
    if device.words.is_subset(&device.ordered) || !said.all(|word| leaf.words.contains(word)) {
        return None;
    }
    let shell = |word: &&String| SHELL.contains(&word.as_str());
    let tail = |word: &&String| shell(word) || TAILS.contains(&word.as_str());
    let more = || leaf.words.difference(&device.words);
    let plain = device.is_telling() && leaf.any_of.is_empty();
    let alone = || is_model_alone(leaf, device) || is_last_alone(leaf, device);
    if plain && more().all(|word| shell(&word)) {
        return Some(Cover::Model);
    }
    // `WebBox` of a leaf `WebBox Server`.
    if plain && leaf.numbers.is_empty() && more().all(|word| tail(&word)) {
        return Some(Cover::Family);
    }
    if alone() {
        return Some(Cover::Model);
    }
    device.is_telling().then_some(Cover::Narrower)
}

/// A word that may describe a product that others name.
fn describes(word: &str) -> bool {
    word.chars().all(char::is_alphabetic) && !VARIANTS.contains(&word) && !TOOLS.contains(&word)
}

/// A model of a list that the device says makes the catalogue's name needless.
fn says_model(leaf: &Named, device: &Named) -> bool {
    // `Tin CIOC/EIOC/WIOC cards`.
    let named = |word: &String| {
        word.len() >= 4
            && word.bytes().all(|b| b.is_ascii_lowercase())
            && describes(word)
            && !near::is_kind(word)
            && device.words.contains(word)
    };
    leaf.any_of.iter().filter(|set| set.len() >= 3).flatten().any(named)
        || leaf.any_of.iter().flatten().any(|word| {
            word.len() >= 3
                && word.bytes().any(|b| b.is_ascii_digit())
                && word.bytes().any(|b| b.is_ascii_alphabetic())
                && (device.words.contains(word) || begins_in(leaf, device, word))
        })
}

/// `IP-HE950E` of a leaf `Video Transmission Gear IP-HE950E`: the device says its model, and what
/// the leaf says beside it only describes it.
fn is_model_alone(leaf: &Named, device: &Named) -> bool {
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).count();
    let letters = |word: &str| word.chars().filter(char::is_ascii_alphabetic).count();
    let model = |word: &&String| word.len() >= 4 && digits(word) >= 2 && letters(word) >= 1;
    // `OMNIKEY 5023`: a name with its number.
    let number = |word: &&String| word.len() >= 4 && letters(word) == 0 && digits(word) >= 4;
    let named = device.words.len() >= 2;
    let model = device.words.iter().find(model);
    let Some(model) = model.or_else(|| device.words.iter().find(number).filter(|_| named)) else {
        return false;
    };
    let other = |word: &&String| *word != model && !device.words.contains(*word);
    // A number alone is less of a name: what the leaf says beside it may be a part of it.
    let other_words = leaf.words.iter().filter(other).filter(|w| !BRANDS.contains(&w.as_str()));
    if letters(model) == 0 && other_words.count() > 1 {
        return false;
    }
    !device.family.contains(model)
        && leaf.numbers.is_empty()
        && leaf.any_of.is_empty()
        && leaf.words.iter().filter(other).all(|word| {
            let word = word.as_str();
            // `SIPROTEC 4 7SJ61`, `ET 200SP 1512SP`, `S7-1500 CPU 1515TF-2`: what stands before it.
            let line = digits(word) <= 1 || (word.len() <= 7 && letters(word) >= 1);
            // `Tracking Application APR-1TR3FH`: the model stands last, and is what is meant.
            let last = model.len() >= 5 && leaf.last.contains(model) && letters(model) >= 1;
            line && (last || !VARIANTS.contains(&word) && !TOOLS.contains(&word))
        })
}

/// `FCN-RTU` of a leaf `STARDOM FCN-RTU`: the device says the last word, the product's own name, and
/// what stands before it names a line of products.
fn is_last_alone(leaf: &Named, device: &Named) -> bool {
    let kind = [&VARIANTS[..], &TOOLS, &NEUTRAL, &TAILS, &SHELL];
    let says = |word: &String| kind.iter().any(|list| list.contains(&word.as_str()));
    let long = |word: &String| word.len() >= if device.words.len() >= 2 { 4 } else { 5 };
    let own = |word: &String| long(word) && device.words.contains(word) && !says(word);
    let more = |word: &&String| !device.words.contains(*word);
    leaf.train.is_none()
        && leaf.numbers.is_empty()
        && leaf.any_of.is_empty()
        && !leaf.last.is_empty()
        && leaf.last.iter().all(own)
        && leaf.words.iter().filter(more).all(|w| describes(w))
}

/// `NPort 5150A` and a leaf `NPort 5150`, `ArmorBox 57` and a leaf `Box 57`: letters before or behind
/// may make it another product.
fn has_other_letter(leaf: &Named, device: &Named) -> bool {
    let letters = |word: &str| word.bytes().all(|b| b.is_ascii_alphabetic());
    let named = leaf.words.iter().filter(|word| word.len() >= 4 && letters(word));
    let longer = named
        .filter(|word| !device.words.contains(*word))
        .any(|word| device.words.iter().any(|own| letters(own) && own.ends_with(word.as_str())));
    if longer {
        return true;
    }
    let number = |word: &&String| word.bytes().all(|b| b.is_ascii_digit()) && word.len() >= 3;
    leaf.words.iter().filter(number).any(|number| {
        !device.words.contains(number)
            && device.words.iter().any(|own| {
                own.strip_prefix(number.as_str())
                    .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
            })
    })
}

/// `hmigto5310` begins with `hmigto`, and a number goes on.
fn begins(own: &str, start: &str) -> bool {
    let digits = start.bytes().all(|b| b.is_ascii_digit());
    own.strip_prefix(start).is_some_and(|rest| {
        let letter = digits && rest.starts_with(|c: char| c.is_ascii_alphabetic());
        letter || rest.starts_with(|c: char| c.is_ascii_digit()) && (!digits || rest.len() <= 2)
    })
}

/// The device's name says something that the leaf's does not, and that may make it another
/// product: a variant, or any word behind a name without a number.
fn is_other(leaf: &Named, device: &Named) -> bool {
    let numbered = leaf.words.iter().any(|word| word.chars().any(|c| c.is_ascii_digit()));
    // `Box S-series SX Controller` is of the `Box S-series`.
    if leaf.is_series && leaf.whole.len() >= 8 && device.whole.starts_with(&leaf.whole) {
        return false;
    }
    // `Systems Management Appliance` is said by `SMA`.
    let written = leaf.words.iter().filter(|word| !device.words.contains(*word));
    let said: BTreeSet<&String> =
        written.filter_map(|word| device.written.get(word)).flatten().collect();
    let more = |word: &&String| {
        !said.contains(*word)
            && !leaf.words.contains(*word)
            && !device.family.contains(*word)
            && !device.aside.contains(*word)
            && !device.small.contains(*word)
            && !leaf.maker.contains(*word)
    };
    device.words.iter().filter(more).any(|word| {
        let word = word.as_str();
        let tells = !numbered
            && leaf.any_of.is_empty()
            && word.chars().count() >= 2
            && word.chars().all(char::is_alphabetic)
            && !BRANDS.contains(&word)
            && !NEUTRAL.contains(&word)
            && !matches!(word, "scada" | "hmi");
        (VARIANTS.contains(&word) && !stands_in_front(leaf, device, word)) || tells
    })
}

/// `MicroBox Pro SYS600` for a leaf `SYS600`: a word in front of the model is of the line's name.
fn stands_in_front(leaf: &Named, device: &Named, word: &str) -> bool {
    let numbered = |own: &String| {
        leaf.words.contains(own) && own.bytes().filter(u8::is_ascii_digit).count() >= 2
    };
    let model = device.order.iter().position(numbered);
    let at = device.order.iter().position(|own| own == word);
    at.zip(model).is_some_and(|(at, model)| at < model)
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
