//! Parts of a product's text: brackets, remarks, what joins.

use crate::version::Version;

/// Longest product text that is looked at, in bytes.
const TEXT_MAX: usize = 400;

/// The first part in brackets without brackets inside, with its brackets.
pub(super) fn bracket(text: &str) -> Option<std::ops::Range<usize>> {
    let mut open = None;
    for (at, byte) in text.bytes().enumerate() {
        match (byte, open) {
            (b'(', _) => open = Some(at),
            (b')', Some(start)) => return Some(start..at + 1),
            _ => {}
        }
    }
    None
}

/// A version may follow a letter or word that announces one: looking closer takes longer.
pub(super) fn may_have_train(text: &str) -> bool {
    let digit = |byte: &u8| byte.is_ascii_digit();
    let bytes = text.as_bytes();
    let announces = |pair: &[u8]| matches!(pair, [b'V' | b'v' | b'R' | b'r', n] if digit(n));
    bytes.windows(2).any(announces)
        || bytes.windows(5).any(
            |word| matches!(word, [b'i' | b'I', b'o' | b'O', b'n' | b'N', b' ', n] if digit(n)),
        )
}

/// `WebAccess/SCADA` of a device: two words.
pub(super) fn without_slashes(text: &str) -> String {
    let word = |word: &str| {
        let mut parts = word.split('/');
        let letters = |part: &str| part.len() >= 4 && part.chars().all(|c| c.is_ascii_alphabetic());
        if parts.all(letters) && word.to_lowercase().contains("scada") {
            word.replace('/', " ")
        } else {
            word.to_owned()
        }
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// Letters and numbers alone, in lower case.
pub(super) fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

pub(super) fn cut(text: &str) -> &str {
    let end = text.char_indices().map(|(at, _)| at).find(|at| *at >= TEXT_MAX);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// What stands in brackets is part of the name: `(TIA Portal)`, `(Control Unit)`.
pub(super) fn is_telling_remark(lower: &str) -> bool {
    const REMARKS: [&str; 25] = [
        "module",
        "incl",
        "part",
        "order",
        "formerly",
        "also",
        "sold",
        "discontinued",
        "all",
        "version",
        "signed",
        "unsigned",
        "variant",
        "with",
        "ports",
        "coated",
        "software",
        "ethernet",
        "product",
        "legacy",
        "models",
        "firmware",
        "annex",
        "article",
        "item",
    ];
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    let is_remark = |word: &str| REMARKS.iter().any(|remark| word.starts_with(remark));
    !words.clone().any(is_remark)
        && words.any(|word| word.chars().count() >= 6 && word.chars().all(char::is_alphabetic))
}

/// Words of a remark that tell hardware apart: `cp100`, `unsigned`.
pub(super) fn variant_words(lower: &str) -> impl Iterator<Item = String> {
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let tells = |word: &&str| {
        let number = word.strip_prefix("cp").unwrap_or("");
        matches!(*word, "signed" | "unsigned")
            || (number.len() == 3 && number.bytes().all(|b| b.is_ascii_digit()))
    };
    words.filter(tells).map(str::to_owned)
}

/// Drops the explanation of a template's letters.
pub(super) fn without_template(text: &str) -> &str {
    let at = text.find(" x=").or_else(|| text.find(" x ="));
    at.and_then(|at| text.get(..at)).unwrap_or(text)
}

/// `Panels 4" - 22"`: without sizes in inches.
pub(super) fn without_sizes(text: &str) -> String {
    if !text.contains('"') {
        return text.to_owned();
    }
    let size = |word: &&str| {
        word.strip_suffix('"').is_some_and(|n| n.parse::<f32>().is_ok())
            || matches!(*word, "-" | "&")
    };
    text.split(' ').filter(|word| !size(word)).collect::<Vec<_>>().join(" ")
}

/// A version in a product text, where nothing else gives one: `WinCC V7.4 SP1`, `Box C1.2.5`.
pub(super) fn version_in(text: &str) -> Option<Version> {
    let word = |at: usize| text.get(at..).and_then(|rest| rest.split(' ').next()).unwrap_or("");
    let starts = text.match_indices(' ').map(|(at, _)| at + 1);
    let announced = |at: &usize| {
        let mut chars = word(*at).chars();
        matches!(chars.next(), Some('V' | 'v')) && chars.next().is_some_and(|c| c.is_ascii_digit())
    };
    let last = starts.clone().rfind(announced);
    let year = |at: &usize| {
        let word = word(*at);
        let number = word.get(..4).unwrap_or("");
        let rest = word.get(4..).unwrap_or("");
        matches!(number.get(..2), Some("19" | "20"))
            && number.bytes().all(|b| b.is_ascii_digit())
            && (rest.is_empty() || rest.starts_with('R'))
    };
    let at = last
        .or_else(|| starts.clone().rfind(|at| is_version(word(*at))))
        .or_else(|| starts.clone().rfind(year))?;
    Version::read(text.get(at..)?).filter(Version::is_clear)
}

/// `V2.3`, `1.2.5`, `C1.2.5`: numbers with points, and one letter before them at most.
pub(super) fn is_version(word: &str) -> bool {
    let number = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = word.len().saturating_sub(number.len());
    // `4.4u3`: an update.
    let number = number.split_once('u').map_or(number, |(number, _)| number);
    // `2.0-22165`: a build.
    let number = match number.split_once('-') {
        Some((number, build)) if build.bytes().all(|b| b.is_ascii_digit()) => number,
        _ => number,
    };
    letters <= 1
        && number.contains('.')
        && number.starts_with(|c: char| c.is_ascii_digit())
        && number
            .split('.')
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

/// `Box 2020R2` with `Update 11`: the year in the name is the beginning of the version.
pub(super) fn with_year(product: &str, firmware: &str) -> String {
    let marks = ["update", "upd", "sp", "hf", "hotfix", "r1", "r2", "r3", "service pack", "patch"];
    let lower = firmware.to_lowercase();
    let marked = marks.iter().any(|mark| lower.starts_with(mark));
    let last = product.split(' ').next_back().unwrap_or("");
    let year = matches!(last.get(..2), Some("19" | "20"))
        && last.get(..4).is_some_and(|year| year.bytes().all(|b| b.is_ascii_digit()))
        && last.get(4..).is_some_and(|rest| rest.is_empty() || rest.starts_with('R'));
    if marked && year { format!("{last} {firmware}") } else { firmware.to_owned() }
}

/// The words of a text that are versions.
pub(super) fn versions(text: &str) -> std::collections::BTreeSet<String> {
    text.split([' ', ',', '(', ')']).filter(|word| is_version(word)).map(squeezed).collect()
}
