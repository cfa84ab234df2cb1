//! Texts in the form that words are taken from.

use super::PHRASES;
use std::sync::LazyLock;

/// The pairs of bytes of a text, as bits: a text that lacks a bit of another does not have it inside.
const fn pairs(text: &str) -> u64 {
    let (mut bytes, mut bits) = (text.as_bytes(), 0);
    while let [a, rest @ ..] = bytes {
        if let [b, ..] = rest {
            bits |= 1 << ((a.wrapping_mul(7) ^ *b) % 64);
        }
        bytes = rest;
    }
    bits
}

/// Several words that mean one thing, with what tells at once that a text has them not.
static PAIRED: LazyLock<Vec<(u64, &str, &str)>> = LazyLock::new(|| {
    PHRASES.iter().map(|(phrase, word)| (pairs(phrase), *phrase, *word)).collect()
});

/// In lower case, without signs of owners; points inside names as hyphens; one word for several.
pub(super) fn plain(text: &str) -> String {
    let mut text = text.to_lowercase();
    if text.contains('!') {
        text = text.replace('!', "");
    }
    if !text.is_ascii() {
        text = text.replace(['™', '®'], "").replace("â„¢", "");
        // A point or ball inside a name joins: `C•CURE`.
        text = text.replace(['•', '●', '·'], "-");
    }
    // Names of two common words are one word; what is joined to "series" stands alone.
    let mut own = pairs(&text);
    for (bits, phrase, word) in PAIRED.iter() {
        if own & bits == *bits && text.contains(phrase) {
            text = text.replace(phrase, word);
            own = pairs(&text);
        }
    }
    text
}
