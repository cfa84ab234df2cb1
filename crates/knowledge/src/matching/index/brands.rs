//! Names of makers and brands that stand before a product, or behind its maker.

use super::super::parts;

/// Most words of a brand's name in front of a product's.
const BRAND_WORDS_MAX: usize = 3;

/// The shortest name of a brand, in letters.
const BRAND_MIN: usize = 3;

/// What may be a maker's or a brand's name: the first words of a product's name with more behind
/// them, and the words before it in a title.
pub(super) fn brands_of(title: &str, name: &str) -> impl Iterator<Item = String> {
    let words: Vec<&str> = name.split([' ', '-']).filter(|word| !word.is_empty()).collect();
    let most = words.len().saturating_sub(1).min(BRAND_WORDS_MAX);
    let mut brands: Vec<String> =
        (1..=most).filter_map(|end| words.get(..end)).map(<[&str]>::concat).collect();
    let titled: Vec<&str> = title.split([' ', ',']).collect();
    let first = words.first().copied().unwrap_or("");
    let at = titled.iter().position(|word| word.len() >= 4 && *word == first).unwrap_or(0);
    let before = titled.get(..at).unwrap_or(&[]);
    for length in 1..=2_usize {
        let start = before.len().checked_sub(length);
        brands.extend(start.and_then(|start| before.get(start..)).map(<[&str]>::concat));
    }
    brands.into_iter().map(|own| parts::squeezed(&own)).filter(|brand| brand.len() >= BRAND_MIN)
}

/// `Copper` of a title `Acme Networks Copper` of Acme Networks: a word behind the maker, where
/// there is no other.
pub(super) fn brand_behind(title: &str, maker: &str) -> Option<String> {
    let title = title.split(" (Update").next().unwrap_or(title);
    let rest = title.get(maker.len()..).filter(|_| title.starts_with(maker))?.trim();
    let word = rest.len() >= 5 && rest.bytes().all(|b| b.is_ascii_alphabetic());
    word.then(|| rest.to_lowercase())
}
