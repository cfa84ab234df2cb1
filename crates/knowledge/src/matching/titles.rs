//! Names that an advisory's title gives its products.

use super::names::without_brackets;
use super::near::is_of_no_weight;
use super::words::{NOISE, SHELL, VARIANTS};
use crate::advisory::Advisory;
use std::collections::BTreeSet;

/// Models in an advisory's title that mean a leaf whose own name it does not say:
/// `Security Gateway` under a title that says `SEL-3620 and SEL-3622`.
pub(super) fn in_title(title: &str, name: &str) -> Vec<String> {
    let lower = title.to_lowercase();
    // `Versions`: the title alone names the product.
    let says_nothing = |word: &str| NOISE.contains(&word.to_lowercase().as_str());
    if !title.is_empty() && name.split_whitespace().all(says_nothing) {
        return vec![title.to_owned()];
    }
    // `SCADA` under a title that says `Box SCADA`.
    if SHELL.contains(&name.to_lowercase().as_str()) {
        let words: Vec<&str> = title.split(' ').collect();
        let at = words.iter().position(|word| word.eq_ignore_ascii_case(name));
        let before = at.and_then(|at| at.checked_sub(1)).and_then(|at| words.get(at));
        return before.map(|before| format!("{before} {name}")).into_iter().collect();
    }
    // `Box Micro` under a title that says `Box Micro Process Controller`.
    if name.len() >= 5 && lower.contains(&name.to_lowercase()) && title.len() > name.len() {
        return vec![without_brackets(title)];
    }
    let own = || name.split(' ').filter(|word| word.len() >= 4);
    if name.contains(|c: char| c.is_ascii_digit())
        || own().next().is_none()
        || own().any(|word| lower.contains(&word.to_lowercase()))
    {
        return Vec::new();
    }
    let model = |word: &&str| {
        word.chars().filter(char::is_ascii_digit).count() >= 2
            && word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.len() >= 5
    };
    let words = title.split([' ', ',', '/', '(', ')']);
    words.filter(model).map(str::to_owned).collect()
}

/// Most products of an advisory whose title names what they are parts of.
const PARTS_MAX: usize = 32;

/// Words of titles that name no one product.
const OTHER: [&str; 6] = ["vulnerabilit", "multiple", "products", "third", "component", "several"];

/// Names of the product that a title says and whose parts, or kinds, are the advisory's leaves:
/// `Graphical Box System (GBS)` over `GBS Definition` and `GBS Update`.
pub(super) fn of_parts(advisory: &Advisory) -> Vec<String> {
    let products: BTreeSet<&str> =
        advisory.leaves.iter().map(|leaf| leaf.product.as_str()).take(PARTS_MAX + 1).collect();
    if let Some(head) = common_head(&products) {
        return vec![head];
    }
    let title = without_update(&advisory.title);
    let lower = title.to_lowercase();
    let conditional =
        products.iter().any(|name| super::near::has_condition(&super::words::words(name)));
    let listed = title.contains([',', ';', '/', '&']) || lower.contains(" and ");
    if !(1..=PARTS_MAX).contains(&products.len())
        || listed
        || conditional
        || products.iter().any(|name| name.to_lowercase().starts_with("third"))
        || title.split(' ').count() > 8
        || OTHER.iter().any(|word| lower.contains(word))
    {
        return Vec::new();
    }
    super::names::names(title)
}

/// `BOX35-HWC` of `BOX35-HWC-A` and `BOX35-HWC-E`: what all products begin with before their last
/// hyphen.
fn common_head(products: &BTreeSet<&str>) -> Option<String> {
    let heads: BTreeSet<&str> = products
        .iter()
        .map(|name| name.rsplit_once('-').filter(|(_, end)| end.len() <= 3).map_or("", |(h, _)| h))
        .collect();
    let head = heads.first().filter(|_| heads.len() == 1 && products.len() >= 2)?;
    let numbered = head.bytes().filter(u8::is_ascii_digit).count() >= 2;
    (numbered && head.len() >= 5 && !head.contains(' ')).then(|| (*head).to_owned())
}

/// `SIS Workstation` for `Safety Instrumented System Workstation`, where the title says it so.
pub(super) fn with_initials(title: &str, name: &str) -> Option<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let short =
        |word: &&str| (2..=6).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase());
    for short in title.split([' ', ',', '(', ')', '/']).filter(short) {
        let at = words.windows(short.len()).position(|some| {
            let first = some.iter().map(|word| word.bytes().next());
            some.iter().all(|word| word.len() >= 3) && first.eq(short.bytes().map(Some))
        });
        if let Some(at) = at {
            let (head, tail) = words.split_at_checked(at)?;
            let rest = tail.get(short.len()..)?;
            return Some([head, &[short], rest].concat().join(" "));
        }
    }
    None
}

/// `Tin Control Platform` of a title `Acme Tin Control Platform (TCP)` over `TCP`.
pub(super) fn long_form(title: &str, name: &str) -> Option<String> {
    let short = (2..=6).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase());
    let (head, _) = title.split_once(&format!(" ({name})")).filter(|_| short)?;
    let words: Vec<&str> = head.split(' ').collect();
    let start = words.len().checked_sub(name.len())?;
    let own = words.get(start..)?;
    let first = own.iter().map(|word| word.bytes().next());
    // `FACTS Control Platform (FCP)`: a word for a letter.
    let fits = first.eq(name.bytes().map(Some));
    fits.then(|| own.join(" "))
}

/// `TBP` of `TinBox Portal` where the title says it: the capital letters of a name.
pub(super) fn capitals(title: &str, name: &str) -> Option<String> {
    let letters: String = name.chars().filter(char::is_ascii_uppercase).collect();
    let lower = name.chars().filter(char::is_ascii_lowercase).count();
    let fits = (3..=6).contains(&letters.len()) && lower >= letters.len();
    let says = || title.split([' ', ',', '(', ')', '/']).any(|word| word == letters);
    (fits && says()).then_some(letters)
}

/// The number in a part's name that its versions begin with: `Box 12 Web Service`.
pub(super) fn branch_of(name: &str) -> Option<u64> {
    let number = |word: &str| word.parse::<u64>().ok().filter(|_| word.len() <= 2);
    name.split(' ').skip(1).find_map(number)
}

/// The title without what says that it was written anew, and without the advisory's number.
fn without_update(title: &str) -> &str {
    let title = title.split(" (Update").next().unwrap_or(title);
    match title.split_once('_') {
        Some((number, rest)) if number.starts_with("ICS") => rest,
        _ => title,
    }
}

/// The words of each part of a title.
pub(super) fn title_parts(title: &str) -> Vec<BTreeSet<String>> {
    let parts = without_update(title).split([',', ';']).flat_map(|part| part.split(" and "));
    parts.map(super::words::words).collect()
}

/// Words of the parts of a title that speak of a product, and of nothing else: `Box TCP/IP Stack` of
/// `Maker Box TCP/IP Stack, Tin`.
pub(super) fn of_title(
    parts: &[BTreeSet<String>],
    words: &BTreeSet<String>,
) -> impl Iterator<Item = String> {
    let own = |part: &&BTreeSet<String>| {
        words.iter().any(|word| part.contains(word) && !is_of_no_weight(word))
    };
    parts.iter().filter(own).flatten().cloned()
}

/// `Maker Box PCU` over the one product `Box PC Unit`: the title's name for it. What is the maker's
/// in it is taken away later.
pub(super) fn short_title(title: &str, name: &str) -> Option<String> {
    let title = without_brackets(without_update(title));
    let listed = title.contains([',', ';', '/']) || title.contains(" and ");
    let is_name = !title.is_empty()
        && !listed
        && title.split(' ').count() <= 5
        && !title.to_lowercase().contains("vulnerabilit");
    if !is_name {
        return None;
    }
    let (whole, own) = (super::words::words(&title), super::words::words(name));
    let says =
        |word: &&String| word.chars().count() >= 4 && own.contains(*word) && !is_of_no_weight(word);
    // `Solid Box` over `Solid Box SE2023`: the title leaves out which of them.
    let numbered = own.iter().filter(|word| word.bytes().any(|b| b.is_ascii_digit()));
    let numbered = numbered.filter(|word| !is_of_no_weight(word));
    // `S7 Box` over `S7 Box TM`: another one.
    let codes = own.iter().filter(|word| !whole.contains(*word));
    let mut codes =
        codes.filter(|w| w.len() < 4 && !VARIANTS.contains(&w.as_str()) && !is_of_no_weight(w));
    let fits = codes.next().is_none()
        && numbered.clone().all(|word| whole.contains(word))
        && whole != own
        && !super::near::has_condition(&own)
        && whole.iter().any(|word| says(&word));
    fits.then_some(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_titles() {
        assert_eq!(in_title("Box SEL-20 and SEL-21", "Security Gateway"), ["SEL-20", "SEL-21"]);
        assert_eq!(in_title("Maker Box SCADA Files", "SCADA"), ["Box SCADA"]);
        assert!(in_title("Box Gateway SEL-20", "Security Gateway").is_empty());
    }
}
