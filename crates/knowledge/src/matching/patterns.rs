//! Models that a name means by a pattern: numbers with holes (`AFS67X`, `ILC 1x1`), round numbers
//! of a series (`UC-8100A-ME-T System Image`), what the models of a series begin with (`GT27
//! model`), and a first and a last model (`MX400-MX850`).

use super::near::is_kind;
use super::words::{LEFT_OUT, NOISE, VARIANTS, words};
use std::collections::BTreeSet;

/// Most patterns of one name.
const PATTERNS_MAX: usize = 8;

/// Words that say that a name is of several models.
const SERIES: [&str; 10] = [
    "series",
    "family",
    "model",
    "models",
    "image",
    "imag",
    "switches",
    "routers",
    "cameras",
    "computers",
];

/// What may follow the beginning of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum After {
    /// No digit: the number ends here.
    NoDigit,
    /// A letter.
    Letter,
    /// A letter, or nothing.
    End,
    /// A digit.
    Digit,
    /// Whatever there is.
    Any,
}

/// A pattern of models.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    /// What a model begins with: `#` is a digit, `?` a digit or letter.
    start: String,
    /// A number that follows: first, last.
    span: Option<(u32, u32)>,
    after: After,
    /// What must stand behind it.
    rest: String,
    /// Words of the name that stand beside it.
    beside: BTreeSet<String>,
    /// A bare number needs all words that stand beside it.
    is_bare: bool,
    /// Its own number, which words mean: `GOT2000`.
    own: String,
}

impl Pattern {
    /// What every model of it begins with.
    pub(super) fn head(&self) -> &str {
        self.start.split(['#', '?']).next().unwrap_or("")
    }

    /// Words of which one finds it, where it has no beginning.
    pub(super) fn words(&self) -> Option<&BTreeSet<String>> {
        self.is_bare.then_some(&self.beside)
    }

    /// How much of a model it says.
    fn weight(&self) -> usize {
        let own = self.start.bytes().filter(|b| !matches!(b, b'#' | b'?')).count();
        own + self.rest.len() + usize::from(self.span.is_some())
    }

    /// A model is one of it; the word is in lower case, without hyphens.
    fn means(&self, word: &str) -> bool {
        let Some(rest) = behind(&self.start, word).filter(|_| word != self.own) else {
            return false;
        };
        let rest = match self.span {
            Some((first, last)) => {
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                let Some((number, rest)) = rest.split_at_checked(digits) else { return false };
                match number.parse::<u32>() {
                    Ok(number) if (first..=last).contains(&number) => rest,
                    _ => return false,
                }
            }
            None => rest,
        };
        let next = rest.chars().next();
        let letter = self.span.is_none() && self.start.ends_with(|c: char| c.is_ascii_alphabetic());
        let fits = match self.after {
            After::NoDigit => letter || next.is_none_or(|c| !c.is_ascii_digit()),
            After::Letter => next.is_some_and(|c| c.is_ascii_alphabetic()),
            After::End => next.is_none_or(|c| c.is_ascii_alphabetic()),
            After::Digit => next.is_some_and(|c| c.is_ascii_digit()),
            After::Any => true,
        };
        fits && (self.rest.is_empty() || rest.contains(&self.rest))
    }
}

/// What is left of a word behind its beginning.
fn behind<'a>(start: &str, word: &'a str) -> Option<&'a str> {
    let mut own = word.bytes();
    for wanted in start.bytes() {
        let byte = own.next()?;
        let fits = match wanted {
            b'#' => byte.is_ascii_digit() || byte == b'x',
            b'?' => byte.is_ascii_alphanumeric(),
            literal => literal == byte,
        };
        if !fits {
            return None;
        }
    }
    word.get(start.len()..)
}

/// What a device says that may be a model.
pub(super) struct Said<'a> {
    /// Its words, and these written otherwise.
    pub(super) models: Vec<&'a str>,
    /// All that it says.
    pub(super) words: &'a dyn Fn(&str) -> bool,
}

/// How specific the pattern is that means a device; `None` where none does.
pub(super) fn meant(patterns: &[Pattern], device: &Said<'_>) -> Option<usize> {
    let fits = |pattern: &&Pattern| {
        let beside = |word: &String| {
            (device.words)(word)
                || !pattern.is_bare && may_be_left_out(word)
                || NOISE.contains(&word.as_str())
        };
        pattern.beside.iter().all(beside) && device.models.iter().any(|own| pattern.means(own))
    };
    patterns.iter().filter(fits).map(Pattern::weight).max()
}

/// A word beside a pattern that a device need not say.
fn may_be_left_out(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    LEFT_OUT.contains(&word)
        || is_kind(word)
        || word.ends_with("00")
        || (digits == 0 && !VARIANTS.contains(&word))
}

/// The patterns in a product's name.
pub(super) fn read(text: &str) -> Vec<Pattern> {
    let lower = text.to_lowercase();
    if !text.bytes().any(|b| b.is_ascii_digit()) && !lower.contains("series") {
        return Vec::new();
    }
    let text = text.replace("-Series", " Series").replace("-series", " series");
    let text = text.replace("–", "-").replace("XX-XX", "XX");
    let tokens: Vec<&str> =
        text.split([' ', ',', ';', '(', ')']).filter(|token| !token.is_empty()).collect();
    let mut found: Vec<(Pattern, Vec<usize>)> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        found.extend(spans(&tokens, at));
        found.extend(holes(&tokens, at).map(|pattern| (pattern, vec![at])));
        found.extend(lettered(&tokens, at).map(|pattern| (pattern, vec![at])));
        let numbered = token.bytes().any(|b| b.is_ascii_digit());
        if numbered && is_of_series(&tokens, at) {
            // `Box 8000 switches` are of that number.
            let series = tokens.iter().skip(at + 1).take(4).map(|token| token.to_lowercase());
            if series.into_iter().any(|token| SERIES.iter().take(6).any(|word| *word == token)) {
                found.extend(rounds(&tokens, at).map(|pattern| (pattern, vec![at])));
            }
            found.extend(heads(&tokens, at).map(|pattern| (pattern, vec![at])));
        }
    }
    let own: BTreeSet<usize> = found.iter().flat_map(|(_, places)| places).copied().collect();
    let beside = tokens.iter().enumerate().filter(|(at, _)| !own.contains(at));
    let beside: BTreeSet<String> = beside.flat_map(|(_, token)| words(token)).collect();
    let mut patterns: Vec<Pattern> = found.into_iter().map(|(pattern, _)| pattern).collect();
    patterns.retain(|pattern| pattern.is_bare || pattern.head().len() >= 2);
    patterns.truncate(PATTERNS_MAX);
    for pattern in &mut patterns {
        pattern.beside.clone_from(&beside);
    }
    patterns
}

/// The name says that it is of a series.
fn is_of_series(tokens: &[&str], at: usize) -> bool {
    let says = |token: &&str| {
        let lower = token.to_lowercase();
        SERIES.contains(&lower.as_str())
    };
    // `Series A` says which hardware.
    let letter =
        |at: usize| tokens.get(at + 1).is_some_and(|next| next.len() == 1 || next.contains('/'));
    let behind = tokens.iter().enumerate().skip(at + 1).take(4);
    behind.clone().any(|(at, token)| says(token) && !letter(at))
        || tokens.iter().take(at).any(|token| token.eq_ignore_ascii_case("models"))
}

/// Letters and numbers alone, in lower case.
fn alone(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase()
}

/// The nearest word of letters before a place: a number's name.
fn name_before<'a>(tokens: &[&'a str], at: usize) -> Option<&'a str> {
    let letters = |token: &&&str| token.bytes().all(|b| b.is_ascii_alphabetic());
    let before = tokens.iter().take(at).rev().find(letters)?;
    let joins = matches!(before.to_lowercase().as_str(), "and" | "or" | "to");
    (!joins && before.len() >= 2).then_some(before)
}

fn plain(start: String, after: After) -> Pattern {
    Pattern {
        start,
        span: None,
        after,
        rest: String::new(),
        beside: BTreeSet::new(),
        is_bare: false,
        own: String::new(),
    }
}

/// `AFS67X`, `DS-2CD63xx`, `BOX7XXX`, `1x1` behind a name.
fn holes(tokens: &[&str], at: usize) -> Option<Pattern> {
    let token = *tokens.get(at)?;
    let bytes = token.as_bytes();
    let plain_form = bytes.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'/'));
    let digits = bytes.iter().filter(|b| b.is_ascii_digit()).count();
    if !plain_form || digits == 0 || bytes.len() < 3 || token.contains("/x") {
        return None;
    }
    let is_x = |at: usize, x: u8| bytes.get(at) == Some(&x);
    let mut start = String::new();
    let mut count = 0_usize;
    for (at, byte) in bytes.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at)).copied().unwrap_or(b' ');
        let behind = bytes.get(at + 1).copied().unwrap_or(b' ');
        let in_number = before.is_ascii_digit() || matches!(before, b'x' | b'X');
        let ends = matches!(behind, b' ' | b'-');
        let run = is_x(at + 1, *byte) || before == *byte;
        let last = behind.is_ascii_uppercase() && bytes.len() == at + 2;
        let hole = match *byte {
            b'x' => in_number && (run || !last || before == b'x'),
            b'X' if run && !before.is_ascii_lowercase() => at > 1,
            // One alone stands behind two digits: `AFS67X`.
            b'X' => {
                let digits = bytes.iter().take(at).rev().take_while(|b| b.is_ascii_digit());
                ends && digits.count() == 2 && bytes.first().is_some_and(u8::is_ascii_alphabetic)
            }
            _ => false,
        };
        if hole {
            count += 1;
            start.push(if *byte == b'X' && run { '?' } else { '#' });
        } else if byte.is_ascii_alphanumeric() {
            start.push(char::from(byte.to_ascii_lowercase()));
        }
    }
    if count == 0 {
        return None;
    }
    let goes_on = start.ends_with("???") || start.ends_with("???f");
    if start.starts_with(|c: char| c.is_ascii_digit()) {
        start = format!("{}{start}", alone(name_before(tokens, at)?));
    }
    Some(plain(start, if goes_on { After::Any } else { After::NoDigit }))
}

/// `UC-8100A-ME-T` of a series, `Box 2500 series`: zeros at the end of its number stand for others.
fn rounds(tokens: &[&str], at: usize) -> Option<Pattern> {
    let token = *tokens.get(at)?;
    let first = token.find(|c: char| c.is_ascii_digit())?;
    let (name, rest) = token.split_at_checked(first)?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = rest.split_at_checked(digits)?;
    let fixed = number.trim_end_matches('0');
    let zeros = number.len() - fixed.len();
    let letters = rest.bytes().take_while(u8::is_ascii_uppercase).count();
    let (letters, rest) = rest.split_at_checked(letters)?;
    let named = name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-');
    let fits = named
        && zeros >= 2
        && !fixed.is_empty()
        && letters.len() <= 2
        && (rest.is_empty() || rest.starts_with('-'))
        && !rest.bytes().any(|b| b.is_ascii_digit());
    if !fits {
        return None;
    }
    let name = if name.is_empty() { name_before(tokens, at)? } else { name };
    let name = alone(name);
    let start = format!("{name}{fixed}{}{}", "#".repeat(zeros), letters.to_lowercase());
    let fits = name.len() >= 2;
    let own = format!("{name}{number}");
    fits.then(|| Pattern { rest: alone(rest), own, ..plain(start, After::NoDigit) })
}

/// `IQ Series Controllers`: letters that its models begin with, where no model is named.
fn lettered(tokens: &[&str], at: usize) -> Option<Pattern> {
    let token = *tokens.get(at)?;
    let next = tokens.get(at + 1)?.to_lowercase();
    let upper = (2..=4).contains(&token.len()) && token.bytes().all(|b| b.is_ascii_uppercase());
    let numbered = tokens.iter().any(|token| token.bytes().any(|b| b.is_ascii_digit()));
    let letter = tokens.get(at + 2).is_some_and(|token| token.len() == 1);
    let fits = upper && next == "series" && !numbered && !letter;
    fits.then(|| plain(token.to_lowercase(), After::Digit))
}

/// `GT27 model`, `EA9 series`, `460 Series`: what its models begin with.
fn heads(tokens: &[&str], at: usize) -> Option<Pattern> {
    let token = *tokens.get(at)?;
    let own = alone(token);
    let letters = own.bytes().take_while(u8::is_ascii_lowercase).count();
    let digits = own.bytes().filter(u8::is_ascii_digit).count();
    let round = own.trim_end_matches(|c: char| c.is_ascii_alphabetic()).ends_with("00");
    let next = tokens.get(at + 1).map(|next| next.to_lowercase()).unwrap_or_default();
    let said = SERIES.contains(&next.as_str())
        || tokens.iter().take(at).any(|token| token.eq_ignore_ascii_case("models"));
    let plain_form = token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if !said || !plain_form || round || next.starts_with("image") {
        return None;
    }
    match (letters, digits) {
        (0, 3) if own.len() == 3 => Some(plain(own, After::Letter)),
        (2.., 1..) if own.len() >= 3 => Some(plain(own, After::Any)),
        (1, 1..) => Some(plain(own, After::End)),
        _ => None,
    }
}

/// `MX400-MX850`, `B63W000 to W036`, `Box 700-1500`: a first and a last one, and their places.
fn spans(tokens: &[&str], at: usize) -> Option<(Pattern, Vec<usize>)> {
    let token = *tokens.get(at)?;
    let joined = matches!(tokens.get(at + 1), Some(&("to" | "through" | "-")));
    let (first, last, places) = if joined {
        (token, *tokens.get(at + 2)?, vec![at, at + 1, at + 2])
    } else {
        let (first, last) = token.rsplit_once('-')?;
        (first, last, vec![at])
    };
    let parts = |text: &str| -> Option<(String, String)> {
        let number = text.len() - text.bytes().rev().take_while(u8::is_ascii_digit).count();
        let (name, number) = text.split_at_checked(number)?;
        (!number.is_empty() && number.len() <= 6).then(|| (name.to_owned(), number.to_owned()))
    };
    let ((name, low), (other, high)) = (parts(first)?, parts(last)?);
    let (from, to): (u32, u32) = (low.parse().ok()?, high.parse().ok()?);
    let letters = |text: &str| text.bytes().filter(u8::is_ascii_alphabetic).count();
    let plain_form = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if from >= to || !plain_form {
        return None;
    }
    if name.is_empty() && other.is_empty() {
        // Round numbers behind a name alone: `750-880` is a model.
        let round = from >= 100 && from % 50 == 0 && to % 50 == 0;
        let name = name_before(tokens, at)?;
        let named = words(name).into_iter().next()?;
        let bare = || Pattern {
            is_bare: true,
            span: Some((from, to)),
            ..plain(String::new(), After::NoDigit)
        };
        return (round && named.len() >= 4).then(|| (bare(), places));
    }
    let same = name.ends_with(other.as_str()) && letters(&other) >= 1;
    let fits = same && letters(&name) >= 2 && first.starts_with(|c: char| c.is_ascii_uppercase());
    let span = Pattern { span: Some((from, to)), ..plain(alone(&name), After::NoDigit) };
    fits.then_some((span, places))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn means(name: &str, device: &str) -> bool {
        let said = words(device);
        let tokens: Vec<String> = device.split(' ').map(alone).collect();
        let pairs: Vec<String> = tokens.windows(2).map(<[String]>::concat).collect();
        let models = tokens.iter().chain(&pairs).map(String::as_str).collect();
        let known = |word: &str| said.contains(word);
        meant(&read(name), &Said { models, words: &known }).is_some()
    }

    #[test]
    fn patterns_mean_models() {
        for (name, device) in [
            ("BOX67X", "BOX677"),
            ("BOX67x", "BOX677-TIN"),
            ("BX 1x1", "BX 171 ETH"),
            ("BX 3xx", "BX 390 TX"),
            ("TIN BOX7XXX", "BOX7213X-T1"),
            ("DS-2CD63xx Series", "DS-2CD6365-I"),
            ("UC-8100A-ME-T System Image", "UC-8112A-ME-T-LX"),
            ("Box IAW5000A-I/O Series", "Box IAW5150A-6I/O"),
            ("GT27 Model FTP server", "GT2712-STBA"),
            ("GOT2000 Series, GT21 model", "GT2104-RTBD"),
            ("Touch Panels EA9 series", "EA9-T10CL"),
            ("460 Series", "460ETCMM"),
            ("BQ Series Controllers that speak", "BQ422"),
            ("Box monitor MX400-MX850", "Box MX800"),
            ("EDM special system BRD-B63W000 to W036", "EDM BRD-B63W010"),
        ] {
            assert!(means(name, device), "{name}: {device}");
        }
        for (name, device) in [
            ("BQ Series BQ400", "BQ522"),
            ("BOX67X", "BOX687"),
            ("BX 1x1", "BX 170 ETH"),
            ("System 800xA", "System 8001A"),
            ("UC-8100A-ME-T System Image", "UC-8112-LX"),
            ("Box monitor MX400-MX850", "Box MX100"),
            ("750-880", "750-800"),
            ("BOX600", "BOX615"),
            ("EDM special system BRD-B63W000 to W036", "EDM BRD-B63W040"),
        ] {
            assert!(!means(name, device), "{name}: {device}");
        }
    }
}
