//! Models that a product text lists.

use super::order::Number;
use super::words;
use crate::version::{Class, Range, Version};
use std::collections::{BTreeMap, BTreeSet};

/// A year stands at the end.
pub(super) fn ends_in_year(text: &str) -> bool {
    let year = text.rsplit(' ').next().unwrap_or("");
    year.len() == 4 && year.parse::<u16>().is_ok_and(|year| (1990..2100).contains(&year))
}

/// `Box 2020` with `R2 SP1`, `Box 2020 R2` with `SP1`: the name has the beginning of the version,
/// which is `2020 R2 SP1`.
pub(super) fn of_release(name: &str, range: &str) -> Option<String> {
    let bare = ["R1", "R2", "R3"].iter().find_map(|end| name.strip_suffix(end)?.strip_suffix(' '));
    let dated = bare.unwrap_or(name);
    if !ends_in_year(dated) {
        return None;
    }
    let head = dated.get(..dated.len().checked_sub(4)?)?;
    let year = name.get(head.len()..)?;
    // `< PI Box 2020`: the product's name before its year.
    if head.len() >= 4 && range.contains(head) {
        return Some(range.replace(head, ""));
    }
    let start = range.find(|c: char| c.is_ascii_alphanumeric())?;
    let (sign, rest) = range.split_at_checked(start)?;
    let release = ["R1", "R2", "R3", "SP", "Update"].iter().any(|word| rest.starts_with(word));
    let one = !rest.contains(['|', '<', '>', ',']);
    (release && one).then(|| format!("{sign}{year} {rest}"))
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
    // `S2020/S2020G`: the same number with a letter behind.
    let longer = |part: &&str| {
        part.len() >= 4
            && part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part.chars().filter(char::is_ascii_digit).count() >= 3
            && part.starts_with(parts.first().copied().unwrap_or(""))
    };
    (first.len() == 2 && parts.iter().all(model))
        || parts.iter().all(longer)
        || (parts.len() >= 3 && parts.iter().all(short))
}

/// The form of a model: letters and numbers alike, whatever they are. `None` where it is none.
fn shape(word: &str) -> Option<String> {
    let word = word.trim_matches([',', ';']);
    let mut shape = String::new();
    for c in word.chars() {
        let class = match c {
            '0'..='9' => '9',
            'A'..='Z' | 'a'..='z' => 'A',
            '-' | '/' => '-',
            _ => return None,
        };
        if !shape.ends_with(class) {
            shape.push(class);
        }
    }
    // `KTP700F` beside `KTP700`.
    if word.ends_with(|c: char| c.is_ascii_uppercase()) && shape == "A9A" {
        shape.pop();
    }
    // `5210 5230 and 5232`, but no years.
    if word.len() == 4 && shape == "9" && !word.starts_with("19") && !word.starts_with("20") {
        return Some(shape);
    }
    let model = word.len() >= 4 && shape.starts_with('A') && shape.contains('9');
    model.then_some(shape)
}

/// `NAE85 and NIE85`, `MiR100 MiR200 MiR250 in …`: models of one form one behind the other. Takes
/// them out of the text; `None` where there are none.
pub(super) fn listed(text: &str) -> Option<(String, BTreeSet<String>)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let joins = |word: &str| matches!(word, "and" | "or" | "&");
    for (start, word) in words.iter().enumerate() {
        let Some(form) = shape(word) else { continue };
        let mut end = start;
        let mut found = Vec::new();
        while let Some(word) = words.get(end) {
            if shape(word).as_ref() == Some(&form) {
                found.push(*word);
            } else if !joins(word) {
                break;
            }
            end += 1;
        }
        if found.len() < 2 {
            continue;
        }
        let joined = |word: &&str| -> String {
            word.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
        };
        let all: BTreeSet<String> = found.iter().map(joined).collect();
        let rest = words.iter().take(start).chain(words.iter().skip(end));
        let rest: Vec<&str> = rest.copied().collect();
        return (all.len() >= 2).then(|| (rest.join(" "), all));
    }
    None
}

/// What stands before each hyphen of a word, where it may be a model: it ends with a number, or
/// one letter behind it.
pub(super) fn heads(word: &str) -> Vec<String> {
    let first = word.find(['-', '.']).unwrap_or(word.len());
    let head = |(at, _): (usize, &str)| Some((at == first, alone(word.get(..at)?)));
    let heads = word.match_indices(['-', '.']).filter_map(head);
    let model = |(first, head): &(bool, String)| {
        let number = head.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let long = head.len() - number.len() <= 1
            && number.bytes().rev().take_while(u8::is_ascii_digit).count() >= 2;
        head.len() >= 3
            && (long || (*first && head.bytes().any(|b| b.is_ascii_digit())))
            && head.starts_with(|c: char| c.is_ascii_alphabetic())
    };
    let mut heads: Vec<String> = heads.filter(model).map(|(_, head)| head).collect();
    // `R00CPU` is `R00 CPU`.
    let whole = alone(word);
    if let Some(head) = whole.strip_suffix("cpu").filter(|head| {
        head.starts_with(|c: char| c.is_ascii_alphabetic())
            && head.ends_with(|c: char| c.is_ascii_digit())
    }) {
        heads.extend([head.to_owned(), "cpu".to_owned()]);
    }
    heads
}

/// `nova` and `430i` of `Nova-430i`: a name and its number, with the word that says both.
pub(super) fn halves(word: &str) -> Vec<(String, Vec<String>)> {
    let Some((name, number)) = word.split_once('-') else { return Vec::new() };
    let named = name.len() >= 3 && name.bytes().all(|b| b.is_ascii_alphabetic());
    let numbered = number.len() >= 3
        && number.starts_with(|c: char| c.is_ascii_digit())
        && number.bytes().all(|b| b.is_ascii_alphanumeric());
    // `FBs-CBEH`: a maker's line and a model of letters.
    let model = number.len() >= 4 && number.bytes().all(|b| b.is_ascii_uppercase());
    if named && model && name.bytes().any(|b| b.is_ascii_lowercase()) {
        return vec![(alone(number), vec![alone(word)])];
    }
    if !(named && numbered) {
        return Vec::new();
    }
    [name, number].map(|half| (alone(half), vec![alone(word)])).into()
}

/// The same with the word that they are of.
pub(super) fn heads_of(word: &str) -> impl Iterator<Item = (String, Vec<String>)> {
    let whole = alone(word);
    heads(word).into_iter().map(move |head| (head, vec![whole.clone()]))
}

/// `2080-L50E` of `2080-L50E-24QBB`: an order number's beginnings before a hyphen.
pub(super) fn beginnings(number: &str) -> Vec<Number> {
    let starts = number.match_indices('-').skip(1).filter_map(|(at, _)| number.get(..at));
    let digit = number.starts_with(|c: char| c.is_ascii_digit());
    let starts = starts.filter(|start| digit && start.contains(|c: char| c.is_ascii_alphabetic()));
    starts.map(Number::of).filter(|number| number.text().len() >= 6).collect()
}

/// Most words that are joined with their neighbours.
const JOINED_MAX: usize = 12;

/// Neighbouring words as one: `EDS 408A` is `EDS-408A`.
pub(super) fn joined(text: &str) -> BTreeMap<String, Vec<String>> {
    let words = text.split_whitespace().map(alone).filter(|word| !word.is_empty());
    let words: Vec<String> = words.take(JOINED_MAX).collect();
    let mut found = BTreeMap::new();
    for length in 2..=4 {
        for some in words.windows(length) {
            let one = some.concat();
            if one.len() >= 4 {
                found.insert(one, some.to_vec());
            }
        }
    }
    found
}

/// `sma` of `Systems Management Appliance`: the first letters of three to five words, with these.
pub(super) fn initials(text: &str) -> BTreeMap<String, Vec<String>> {
    let words: Vec<&str> = text.split([' ', '-']).take(JOINED_MAX).collect();
    let capital = |word: &&str| {
        word.len() >= 3
            && word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.chars().skip(1).all(|c| c.is_ascii_lowercase())
    };
    let mut found = BTreeMap::new();
    for length in 3..=5 {
        for some in words.windows(length).filter(|some| some.iter().all(&capital)) {
            let letters = some.iter().filter_map(|word| word.chars().next());
            let short: String = letters.flat_map(char::to_lowercase).collect();
            found.insert(short, some.iter().flat_map(|word| words::words(word)).collect());
        }
    }
    found
}

/// Letters and numbers in lower case.
fn alone(word: &str) -> String {
    word.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Most models that a version's place names.
const IN_RANGE_MAX: usize = 16;

/// Models, or products of a line, where versions stand: `HEW4PER2B`, `1766-L32BWA`,
/// `CP31 | CP33`, `Box Control for Linux`. Empty where the text is no such.
pub(super) fn in_range(range: &str, product: &str) -> Vec<String> {
    if range.contains(['<', '>', '*', '(', ';']) || !range.contains(char::is_alphabetic) {
        return Vec::new();
    }
    let text = range.trim_matches([',', '.', ' ']).replace('_', " ");
    let whole = text.strip_suffix(" and").unwrap_or(&text);
    let text = whole;
    // `RLC-4XX series`.
    let text = text.strip_suffix(" series").map(|own| own.replace("XX", "xx"));
    let text = text.as_deref().unwrap_or(whole);
    let parts = text.split(" | ").flat_map(|part| part.split(", ")).flat_map(|p| p.split(" / "));
    // `Box products - Box for Tin`.
    let parts = parts.map(|part| part.rsplit_once(" - ").map_or(part, |(_, own)| own).trim());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    if parts.iter().all(|part| is_hyphened(part)) && parts.len() <= IN_RANGE_MAX {
        return parts.into_iter().map(str::to_owned).collect();
    }
    let class = Range::read(range).class();
    let line = product.split(' ').next().filter(|word| word.len() >= 4);
    let of_line = |part: &&str| {
        line.is_some_and(|line| part.split(' ').nth(1).is_some() && part.starts_with(line))
    };
    let fits = match class {
        Class::Unread => {
            let short = parts.len() >= 3 && parts.iter().all(|part| is_short(part));
            short || parts.iter().all(|part| is_model(part) || is_variant(part) || of_line(part))
        }
        _ => parts.iter().all(|part| is_sure_model(part) || of_line(part)),
    };
    if fits && parts.len() <= IN_RANGE_MAX {
        parts.into_iter().map(str::to_owned).collect()
    } else {
        Vec::new()
    }
}

/// `750-852`, `750-831/xxx-xxx`, `750-82xx/xxx-xxx`: order numbers of digits and holes.
fn is_hyphened(part: &str) -> bool {
    let digits = |text: &str, least: usize| {
        (least..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit() || b == b'x')
    };
    let pair = |text: &str| text.split_once('-').is_some_and(|(a, b)| digits(a, 3) && digits(b, 3));
    let (own, variant) = part.split_once('/').map_or((part, None), |(a, b)| (a, Some(b)));
    let year = part.get(..2).is_some_and(|start| matches!(start, "19" | "20"));
    pair(own) && variant.is_none_or(pair) && !year && own.len() <= 8
}

/// It holds letters and numbers, and no word that announces a version.
fn is_model(part: &str) -> bool {
    const MARKS: [&str; 17] = [
        "build", "rev", "revision", "version", "versions", "update", "release", "fw", "sp",
        "firmware", "windows", "edition", "mlfb", "hardware", "based", "intel", "comcode",
    ];
    let letters = part.chars().filter(char::is_ascii_uppercase).count();
    let digits = part.chars().filter(char::is_ascii_digit).count();
    let lower = part.to_lowercase();
    part.len() >= 4
        && letters >= 1
        && digits >= 1
        && !part.contains('.')
        && !lower.split(|c: char| !c.is_alphabetic()).any(|word| MARKS.contains(&word))
}

/// `ES2` of a list of such.
fn is_short(part: &str) -> bool {
    let letters = part.chars().take_while(char::is_ascii_uppercase).count();
    let rest = part.get(letters..).unwrap_or("");
    letters == 2 && rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit())
}

/// `RaspberryPi`: one word with a capital inside, or two words.
fn is_variant(part: &str) -> bool {
    let word = |word: &str| word.len() >= 4 && word.chars().all(|c| c.is_ascii_alphabetic());
    let inner = part.chars().skip(1).any(|c| c.is_ascii_uppercase())
        && part.chars().any(|c| c.is_ascii_lowercase());
    word(part) && inner
}

/// A model that reads as a version too: `HEN32204`, `1763-L16DWD`.
fn is_sure_model(range: &str) -> bool {
    let digits = range.chars().filter(char::is_ascii_digit).count();
    let letters = range.chars().filter(char::is_ascii_uppercase).count();
    let hyphens = range.matches('-').count();
    (7..=16).contains(&range.len())
        && digits + letters + hyphens == range.len()
        && digits >= 2
        && letters >= 3
        && is_model(range)
        && !["BUILD", "REV", "VERSION", "UPDATE", "RELEASE", "FW", "SP", "FIRMWARE"]
            .iter()
            .any(|mark| range.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_in_texts() {
        let of = |text| listed(text).map(|(rest, all)| (rest, all.len()));
        assert_eq!(of("NAE85 and NIE85"), Some((String::new(), 2)));
        assert_eq!(
            of("Box100 Box200 Box1000 in Box Software"),
            Some(("in Box Software".into(), 3))
        );
        assert_eq!(of("Box100 with Tin20-A"), None);
        assert_eq!(in_range("HEW4PER2B", "Box"), ["HEW4PER2B"]);
        assert_eq!(in_range("750-852 | 750-831/xxx-xxx", "Box").len(), 2);
        assert!(in_range("2009-2010", "Box").is_empty());
        assert_eq!(in_range("CP31 | CP33", "Box").len(), 2);
        assert_eq!(in_range("DataHub_RaspberryPi", "Box").len(), 0);
        assert_eq!(in_range("CODESYS Box V3", "CODESYS products"), ["CODESYS Box V3"]);
        assert!(in_range("V1.2.3", "Box").is_empty() && in_range("BUILD2019", "Box").is_empty());
        assert_eq!(heads("EDR-810-2GSFP"), ["edr810"]);
        assert_eq!(beginnings("2080-L50E-24QBB"), [Number::of("2080-L50E")]);
        assert_eq!(heads("FX3U-ENET-ADP"), ["fx3u"]);
        assert!(joined("EDS 408A switch").contains_key("eds408a"));
        assert!(models("ES450, GX450").contains("gx450"));
        assert!(are_models(&["ADS", "ADX", "OAS"]) && !are_models(&["Web", "Box"]));
    }
}
