//! Models that a product text lists.

use crate::version::Version;
use std::collections::BTreeSet;

/// A year stands at the end.
pub(super) fn ends_in_year(text: &str) -> bool {
    let year = text.rsplit(' ').next().unwrap_or("");
    year.len() == 4 && year.parse::<u16>().is_ok_and(|year| (1990..2100).contains(&year))
}

/// `ES450, GX450`: models in a list.
pub(super) fn models(inside: &str) -> BTreeSet<String> {
    let parts: Vec<&str> = inside.split([',', '/']).flat_map(|part| part.split(" and ")).collect();
    let joined = |part: &&str| -> String {
        part.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
    };
    let all: BTreeSet<String> = parts.iter().map(joined).collect();
    let model = |name: &String| {
        (3..=12).contains(&name.len())
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.ends_with(|c: char| c.is_ascii_alphanumeric())
            && name.chars().any(|c| c.is_ascii_digit())
            && !name.starts_with("cve")
            && !name.starts_with("cp")
            && Version::read(name).is_none_or(|version| version.depth() != 1)
    };
    if parts.len() >= 2 && all.iter().all(model) { all } else { BTreeSet::new() }
}

/// `AFS660/AFS665`, `ADS/ADX/OAS`: models that begin alike, or three short names.
pub(super) fn are_models(parts: &[&str]) -> bool {
    let first = parts.first().and_then(|part| part.get(..2)).unwrap_or("");
    let model = |part: &&str| {
        part.len() >= 4
            && part.starts_with(first)
            && first.chars().all(|c| c.is_ascii_alphabetic())
            && part.chars().all(|c| c.is_ascii_alphanumeric())
            && part.chars().any(|c| c.is_ascii_digit())
    };
    let short =
        |part: &&str| (2..=5).contains(&part.len()) && part.chars().all(|c| c.is_ascii_uppercase());
    (first.len() == 2 && parts.iter().all(model)) || (parts.len() >= 3 && parts.iter().all(short))
}
