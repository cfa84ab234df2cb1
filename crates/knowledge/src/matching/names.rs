//! The names under which an advisory's text means a product.

mod lists;
mod other;

pub(super) use other::{capitals, model_in, used};

use foldhash::{HashMap, HashMapExt as _};
use std::ops::Range;

/// Words behind which a text speaks of something else than the product.
const TAILS: [&str; 9] = [
    " running ",
    " redistributed with ",
    " as built upon ",
    " web interface as ",
    " bundled with ",
    " shipped with ",
    ", as used in ",
    " with the firmware variants ",
    ", not including ",
];

/// Words before the names that a product had.
const FORMER: [&str; 4] =
    ["formerly known as ", "previously known as ", "formerly ", "also known as "];

/// The name itself, then the names that it had.
pub(super) fn names(text: &str) -> Vec<String> {
    let mut own = text.replace("(R)", "").replace("(TM)", "");
    // A text that was cut inside a bracket.
    if own.matches('(').count() > own.matches(')').count() {
        own.push(')');
    }
    // `Box [Runtime v.4.01] firmware`.
    while let Some((at, length)) =
        own.find(" [").and_then(|at| Some((at, own.get(at..)?.find(']')? + 1)))
    {
        own.replace_range(at..at + length, "");
    }
    let lower = own.to_lowercase();
    let tails = TAILS.iter().filter_map(|tail| lower.find(tail));
    // `CPU (running on …)`: what stands in brackets is looked at elsewhere.
    let outside = tails.filter(|at| {
        let head = lower.get(..*at).unwrap_or("");
        head.matches('(').count() == head.matches(')').count()
    });
    if let Some(head) = outside.min().and_then(|at| own.get(..at)) {
        own = head.to_owned();
    }
    own = without_inner_version(&own);
    let mut names = vec![without_initials(&without_repeat(&own))];
    names.extend(initials(&own).and_then(|(short, _)| own.get(short)).map(str::to_owned));
    names.extend(two_products(&own));
    names.extend(several(&own));
    names.extend(lists::listed(&own));
    names.extend(before_article(&own));
    names.extend(without_prefix(&own));
    names.extend(without_suffix(&own));
    if let Some((_, with)) = own.split_once(" equipped with ") {
        let bare = names.iter_mut().filter(|name| !name.contains(" equipped with "));
        bare.for_each(|name| name.push_str(&format!(" equipped with {with}")));
    }
    names.extend(model_behind(&own));
    names.extend(other::other_in_brackets(&own));
    names.extend(other::with_short(&own));
    names.extend(other::without_order(&own));
    names.extend(other::before_number(&own));
    names.extend(other::before_part(&own));
    names.extend(used(&own));
    let former = FORMER.iter().filter_map(|word| Some((lower.find(word)?, word.len())));
    if let Some((at, length)) = former.min_by_key(|(at, length)| (*at, std::cmp::Reverse(*length)))
        && let Some(rest) = text.get(at + length..)
    {
        let end = rest.find([')', ';']).unwrap_or(rest.len());
        let list = rest.get(..end).unwrap_or(rest);
        let list = list.split(" and ").flat_map(|part| part.split(", "));
        names.extend(list.map(|name| name.trim().to_owned()).filter(|name| name.len() >= 4));
    }
    names
}

/// `CBox Web a Web Building System`: what stands before the description.
fn before_article(text: &str) -> Option<String> {
    let at = [" a ", " an "].iter().filter_map(|article| text.find(article)).min()?;
    let head = text.get(..at)?;
    let says = head.len() >= 6 && head.contains(' ') && !head.contains('(');
    says.then(|| head.to_owned())
}

/// `BB-BOX506-2TX`: the model without the two or three letters of a brand before it.
fn without_prefix(text: &str) -> Option<String> {
    let word = text.split(' ').find(|word| word.contains('-'))?;
    let (head, rest) = word.split_once('-')?;
    let brand = (2..=3).contains(&head.len()) && head.chars().all(|c| c.is_ascii_uppercase());
    let letters = rest.chars().take_while(char::is_ascii_uppercase).count();
    let digits = rest.chars().filter(char::is_ascii_digit).count();
    let model = letters >= 3 && digits >= 3 && rest.len() >= 8;
    (brand && model).then(|| text.replacen(word, rest, 1))
}

/// `BOX-1522-CE series`: the series without the letters behind its number.
fn without_suffix(text: &str) -> Option<String> {
    let word = text.strip_suffix(" series")?;
    let (head, letters) = word.rsplit_once('-')?;
    let (_, number) = head.rsplit_once('-')?;
    let fits = (1..=3).contains(&letters.len())
        && letters.chars().all(|c| c.is_ascii_uppercase())
        && number.len() >= 3
        && number.chars().all(|c| c.is_ascii_digit());
    fits.then(|| format!("{head} series"))
}

/// `Box Touch (eBOX-TCH)`: the model in the bracket.
fn model_behind(text: &str) -> Option<String> {
    let (_, rest) = text.split_once('(')?;
    let inside = rest.split(')').next()?;
    // `(EXC5000GX)`, and not `(CP300)`.
    let letters = inside.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = inside.bytes().filter(u8::is_ascii_digit).count();
    let plain = inside.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if plain && letters >= 2 && digits >= 2 && inside.len() >= 5 && !inside.starts_with("CP") {
        return Some(inside.to_owned());
    }
    let model = inside.len() >= 6
        && inside.contains('-')
        && inside.starts_with(|c: char| c.is_ascii_alphabetic())
        && inside.chars().any(|c| c.is_ascii_uppercase())
        && inside.split('-').all(|part| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_digit() || c.is_ascii_alphabetic())
        });
    let words = inside.split('-').all(|part| part.chars().skip(1).all(|c| c.is_ascii_lowercase()));
    (model && !words).then(|| inside.to_owned())
}

/// `Box Suite including BOX64, Hyper Box, and TinX`, `Box 2023, Box 2020R2`: each of a list of names.
fn several(text: &str) -> Vec<String> {
    if text.contains('(') || !text.contains(", ") && !text.contains(" including ") {
        return Vec::new();
    }
    let parts = text.split(" including ").flat_map(|part| part.split(", "));
    let parts: Vec<&str> =
        parts.map(|part| part.trim().trim_start_matches("and ").trim_end_matches(',')).collect();
    let own = parts.first().and_then(|part| part.split(' ').next()).unwrap_or("");
    let named = |part: &&str| {
        let letters = part.chars().filter(|c| c.is_alphabetic()).count();
        let capital = part.starts_with(|c: char| c.is_ascii_uppercase());
        let numbered = part.bytes().any(|b| b.is_ascii_digit());
        let inner = part.chars().skip(1).any(|c| c.is_ascii_uppercase());
        letters >= 4
            && capital
            && (text.contains(" including ") || part.starts_with(own))
            && (inner || part.starts_with(own) || numbered)
            && !part.contains('*')
    };
    if parts.len() >= 2 && parts.iter().all(named) {
        parts.into_iter().map(str::to_owned).collect()
    } else {
        Vec::new()
    }
}

/// `smartBOX and TIN ME-BOX`: each of two products, where both have a name in capitals.
fn two_products(text: &str) -> Vec<String> {
    let named = |part: &str| {
        let capitals =
            part.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_uppercase));
        capitals && part.len() >= 4
    };
    match text.split_once(" and ") {
        Some((a, b)) if !text.contains('(') && named(a) && named(b) => {
            vec![a.trim().to_owned(), b.trim().to_owned()]
        }
        // `BoxLine One and BoxLine Two`: both begin alike.
        Some((a, b)) if !text.contains('(') && begin_alike(a, b) => {
            vec![a.trim().to_owned(), b.trim().to_owned()]
        }
        // `Box 57 and TinBox 57 Switches`: the same number in both.
        Some((a, b)) if !text.contains('(') => {
            let number = a.rsplit(' ').next().filter(|n| n.parse::<u32>().is_ok());
            let both = number.is_some_and(|n| b.split(' ').any(|word| word == n));
            if both { vec![a.trim().to_owned(), b.trim().to_owned()] } else { Vec::new() }
        }
        _ => Vec::new(),
    }
}

/// Both have the same first word, a name, and others behind it.
fn begin_alike(a: &str, b: &str) -> bool {
    let first = |text: &str| text.split_once(' ').map(|(first, _)| first.to_owned());
    first(a).is_some_and(|word| word.len() >= 5 && Some(word) == first(b))
}

/// `Suite v1.0.0.4 Editor`: the suite's version is not the editor's.
fn without_inner_version(text: &str) -> String {
    let is_version = |word: &str| {
        let number = word.trim_start_matches(['v', 'V']);
        // `v18SP1`.
        let (number, pack) = number.split_once("SP").unwrap_or((number, "."));
        number.len() < word.len()
            && (number.contains('.') || pack != ".")
            && number.starts_with(|c: char| c.is_ascii_digit())
            && number.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    let words: Vec<&str> = text.split(' ').collect();
    let last = words.len().saturating_sub(1);
    // `V7.2 and earlier` says which versions.
    let pack = |word: &str| ["SP", "Upd", "HF"].iter().any(|mark| word.starts_with(mark));
    let named = |at: usize| {
        words.get(at + 1).is_some_and(|w| w.starts_with(char::is_uppercase) && !pack(w))
    };
    let kept = words
        .iter()
        .enumerate()
        .filter(|(at, word)| *at == last || !is_version(word) || !named(*at));
    kept.map(|(_, word)| *word).collect::<Vec<_>>().join(" ")
}

/// `Robot System Software (RSS)`: where the short name stands, and the bracket around it. Its
/// letters are the first ones of the words before it, small ones left out.
fn initials(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let open = text.find(" (")?;
    let close = open + text.get(open..)?.find(')')?;
    let short = text.get(open + 2..close)?;
    let letters = short.bytes().take_while(u8::is_ascii_uppercase).count();
    let number = short.get(letters..)?;
    let numbered = number.strip_prefix('-').is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()));
    let fits = (3..=6).contains(&letters) && (number.is_empty() || numbered);
    let words = text.get(..open)?.split([' ', '-']).filter_map(|word| word.chars().next());
    let words: Vec<char> = words.collect();
    let of = |small: bool| -> String {
        let kept = words.iter().filter(|first| small || first.is_ascii_uppercase());
        kept.flat_map(|first| first.to_uppercase()).collect()
    };
    let letters = short.get(..letters)?;
    let first = of(true).ends_with(letters) || of(false).ends_with(letters);
    (fits && first).then_some((open + 2..close, open..close + 1))
}

/// The text without a short name in brackets that only repeats it.
pub(super) fn without_initials(text: &str) -> String {
    let mut out = text.to_owned();
    if let Some((_, bracket)) = initials(text) {
        out.replace_range(bracket, "");
    }
    out
}

/// `<= R2 (formerly known as Box Pro)`: the former name in a version's text.
pub(super) fn in_range(range: &str) -> Option<String> {
    const WORDS: [&str; 4] = ["including former ", "formerly known as ", "formerly ", "former "];
    let rest = WORDS.iter().find_map(|word| range.split_once(word))?.1;
    let name = rest.split([')', ';', ',']).next()?.trim();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    (letters >= 4 && name.split(' ').count() <= 5).then(|| name.to_owned())
}

/// The name that stands before the version in a leaf's whole name, where it is another than the
/// product's: `NX7-series` of `NJ/NX-series Controllers - NX7-series (All Models): Versions 1.28`.
pub(super) fn in_full(full: &str, product: &str, vendor: &str) -> Option<String> {
    const PROSE: [&str; 9] = [
        "affect",
        "report",
        "version",
        "following",
        "operating",
        "cve",
        "firmware",
        "software",
        "devices",
    ];
    let (head, rest) = full.rsplit_once(": ")?;
    // `All versions including former Box Pro`.
    let former = [" including former ", "(formerly known as "];
    if let Some((_, former)) = former.iter().find_map(|word| rest.split_once(word)) {
        return former.split(')').next().map(|name| name.trim().to_owned());
    }
    let name = head.rsplit([':', ';']).next().unwrap_or(head);
    let name = name.rsplit(" - ").next().unwrap_or(name).trim();
    let name = without_brackets(&name.replace("(All Models)", ""));
    let plain = super::parts::squeezed;
    let (own, whole, named) = (plain(product), plain(head), plain(&name));
    let lower = name.to_lowercase();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let fits = named != own
        && whole != own
        && named != plain(vendor)
        && named != format!("{}{own}", plain(vendor))
        && !own.starts_with(&named)
        && !plain(rest).starts_with(&own)
        && letters >= 3
        && named.len() >= 4
        && (name.split(' ').count() <= 8 || super::models::listed(&name).is_some())
        && !PROSE.iter().any(|word| lower.contains(word));
    fits.then_some(name)
}

/// `Box 8`, `Box 3.2` with versions that begin so, `Box 2020`: the name without the number, and the
/// number where it is a whole one that tells branches apart.
pub(super) fn without_number(
    text: &str,
    range: &str,
    major: Option<u64>,
) -> Option<(String, Option<u64>)> {
    let plain = without_brackets(text);
    let (head, last) = release(plain.trim())?;
    // `Simulation V2302`: a number of a year and month.
    let long = last.strip_prefix('V').filter(|number| number.len() == 4);
    let mut parts = long.unwrap_or(last).split('.');
    let start = parts.next()?;
    let first: u64 = start.parse().ok()?;
    let rest: Vec<&str> = parts.collect();
    let version = |part: &&str| *part == "x" || part.starts_with(|c: char| c.is_ascii_digit());
    let letters = head.chars().filter(|c| c.is_alphabetic()).count();
    let named = range.split(|c: char| !c.is_ascii_digit()).any(|number| number == start);
    // `PI Box 2019` with `<= 1.12.0.6346`: a release that the version says in another way.
    let year = (1990..2100).contains(&first) && range.contains('.');
    // `Box Studio 4`, of which all versions are meant: those that begin so.
    let all = matches!(range, "*" | "vers:all/*") && rest.is_empty() && first < 40 && letters >= 8;
    if all && head.contains(' ') {
        return Some((head.trim().to_owned(), Some(first)));
    }
    let fits = rest.iter().all(version) && letters >= 3 && (named || year);
    let is_branch = rest.iter().all(|part| *part == "x") && first < 100;
    fits.then(|| (head.trim().to_owned(), (is_branch && major == Some(first)).then_some(first)))
}

/// What stands before the last word, and that; of `Box 2020 R2` the year.
fn release(text: &str) -> Option<(&str, &str)> {
    let (head, last) = text.rsplit_once(' ')?;
    let of_year = matches!(last, "R1" | "R2" | "R3") && super::models::ends_in_year(head);
    if of_year { head.rsplit_once(' ') } else { Some((head, last)) }
}

/// The text without what stands in brackets.
pub(super) fn without_brackets(text: &str) -> String {
    outside_brackets(text).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn outside_brackets(text: &str) -> impl Iterator<Item = char> {
    let mut depth = 0_usize;
    text.chars().filter(move |c| match c {
        '(' => {
            depth = depth.saturating_add(1);
            false
        }
        ')' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    })
}

/// Names without what stands in their brackets, each with the only one that is called so; `None`
/// where there are several.
pub(super) type Forms<'a> = HashMap<String, Option<&'a str>>;

/// The forms of an advisory's names.
pub(super) fn forms<'a>(names: impl Iterator<Item = &'a str>) -> Forms<'a> {
    let mut forms: Forms<'a> = HashMap::new();
    for name in names {
        let only = forms.entry(without_brackets(name)).or_insert(Some(name));
        *only = only.filter(|only| *only == name);
    }
    forms
}

/// `Box (Corporate View)`: the name alone, unless the advisory has the same with another remark, or
/// the remark is the name of another product that people leave out.
pub(super) fn bare(text: &str, forms: &Forms<'_>) -> Option<String> {
    // `STEP 7 (TIA Portal) V15`: the version says that it is the one of the portal.
    let portal = text.split(' ').any(|word| {
        let number = word.strip_prefix('V').and_then(|number| number.split('.').next());
        number.and_then(|number| number.parse::<u32>().ok()).is_some_and(|number| number >= 11)
    });
    if text.contains("(TIA Portal)") && portal {
        return Some(without_brackets(text));
    }
    if !text.contains('(') || text.contains("TIA Portal") {
        return None;
    }
    let own = without_brackets(text);
    // `Box V4.7 (Control Unit)`: the version is read with the whole name alone.
    let versioned = |word: &str| {
        word.strip_prefix('V')
            .is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
    };
    if own.split(' ').any(versioned) {
        return None;
    }
    let alone = forms.get(&own).is_none_or(|only| *only == Some(text));
    (alone && own.chars().filter(|c| c.is_alphabetic()).count() >= 3).then_some(own)
}

/// `Box/Box II series`: the shorter name means both.
fn without_repeat(text: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    let mut skip = false;
    for word in text.split(' ') {
        let number = word.len() <= 3 && word.chars().all(|c| "IVX".contains(c) || c.is_numeric());
        if std::mem::take(&mut skip) && number {
            continue;
        }
        match word.split_once('/') {
            Some((a, b)) if a.len() >= 3 && a.eq_ignore_ascii_case(b) => {
                out.push(a);
                skip = true;
            }
            _ => out.push(word),
        }
    }
    out.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_and_former_names() {
        for (text, wanted) in [
            ("D60 devices running firmware", vec!["D60 devices"]),
            ("CPU family (incl. related CPUs", vec!["CPU family (incl. related CPUs)"]),
            ("Box/Box II series", vec!["Box series"]),
            (
                "Box Anywhere (formerly known as Tin Anywhere and Can Anywhere)",
                vec![
                    "Box Anywhere (formerly known as Tin Anywhere and Can Anywhere)",
                    "Tin Anywhere",
                    "Can Anywhere",
                ],
            ),
            ("WebBox/SCADA", vec!["WebBox/SCADA"]),
            ("Robot System Software (RSS)", vec!["Robot System Software", "RSS"]),
            ("smartBOX and ME-BOX", vec!["smartBOX and ME-BOX", "smartBOX", "ME-BOX"]),
            ("Box Touch (eBOX-TCH)", vec!["Box Touch (eBOX-TCH)", "eBOX-TCH"]),
            ("Suite v1.0.4 Editor", vec!["Suite Editor"]),
        ] {
            assert_eq!(names(text), wanted, "{text}");
        }
    }
}
