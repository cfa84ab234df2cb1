//! Names that stand inside a product's text: in brackets, before a part of it, as short forms.

use super::initials;

/// What a part of a product may be.
const PARTS: [&str; 5] = ["bios", "subsystem", "firmware", "component", "web server"];

/// The capital letters of three words or more, in lower case; empty where they are no short name.
pub(in super::super) fn capitals(text: &str) -> String {
    let bare = text.split(" (").next().unwrap_or(text);
    let word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.bytes().skip(1).any(|b| b.is_ascii_lowercase())
            && word.bytes().all(|b| b.is_ascii_alphabetic())
    };
    let words: Vec<&str> = bare.split([' ', '-']).collect();
    let letters = bare.chars().filter(char::is_ascii_uppercase).flat_map(char::to_lowercase);
    let short: String = letters.collect();
    let fits = words.len() >= 3 && words.iter().all(|w| word(w)) && (3..=6).contains(&short.len());
    if fits { short } else { String::new() }
}

/// `FL/BOX-T THU-6289`, `Plus CPU Type=TCC-6740`: without the order number behind.
pub(super) fn without_order(text: &str) -> Option<String> {
    let (head, last) = text.rsplit_once(' ')?;
    let (letters, number) = last.rsplit('=').next()?.split_once('-')?;
    // Two letters are a model: `Box A8000 CP-8000`.
    let order = (3..=4).contains(&letters.len())
        && letters.bytes().all(|b| b.is_ascii_uppercase())
        && number.len() >= 4
        && number.bytes().all(|b| b.is_ascii_digit());
    (order && head.len() >= 5).then(|| head.to_owned())
}

/// `Box 1 Part No. 3071/xx`: what stands before the number of a part.
pub(super) fn before_number(text: &str) -> Option<String> {
    let at = [" Part No", " part no", " P/N ", " Part Number"].iter().find_map(|m| text.find(m))?;
    text.get(..at).filter(|head| head.len() >= 5 && !head.contains('(')).map(str::to_owned)
}

/// `Box S7 TM - GNU/Linux subsystem`: what stands before a part of it.
pub(super) fn before_part(text: &str) -> Option<String> {
    let (head, part) = text.split_once(" - ")?;
    let part = part.to_lowercase();
    let is_part = PARTS.iter().any(|kind| part.ends_with(kind));
    (is_part && head.contains(' ') && !text.contains('(')).then(|| head.to_owned())
}

/// `BoxWorX Multimedia (BoxWorX64 MMX)`: another name that begins alike.
pub(super) fn other_in_brackets(text: &str) -> Option<String> {
    let (head, rest) = text.split_once(" (")?;
    let inside = rest.split(')').next()?;
    let start = head.get(..4)?;
    let alike = inside.len() > start.len() && inside.starts_with(start) && inside != head;
    (alike && inside.split(' ').count() <= 4).then(|| inside.to_owned())
}

/// `Box Applications using Box 10`: what they use, where it is the same maker's.
pub(in super::super) fn used(text: &str) -> Option<String> {
    let (head, rest) = text.split_once(" using ")?;
    let first = head.split(' ').next()?;
    (first.len() >= 4 && rest.split(' ').next() == Some(first)).then(|| rest.to_owned())
}

/// `Acme PCU Model 8015` of `Acme Point-of-Care Unit (PCU) Model 8015`: the short name with what
/// stands behind it.
pub(super) fn with_short(text: &str) -> Option<String> {
    let (short, bracket) = initials(text)?;
    let rest = text.get(bracket.end..)?;
    let short = text.get(short)?;
    rest.bytes().any(|b| b.is_ascii_digit()).then(|| format!("{short}{rest}"))
}

/// A model beside versions: `8.x model 35700BOX2`, `Box: C0-1x CPUs with all firmware`.
pub(in super::super) fn model_in(text: &str) -> Option<String> {
    let mut words = text.split([' ', ',', ';', ':']).skip(1).peekable();
    let model = |word: &str| {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        let letters = word.bytes().filter(u8::is_ascii_uppercase).count();
        word.len() >= 6 && digits >= 3 && letters >= 2 && digits + letters == word.len()
    };
    while let Some(word) = words.next() {
        let next = words.peek().copied().unwrap_or("");
        if (word == "model" && model(next))
            || (next == "CPUs" && super::super::order::is_open(word))
        {
            return Some(if word == "model" { next } else { word }.to_owned());
        }
    }
    None
}
