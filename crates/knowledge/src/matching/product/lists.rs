//! Several models or series in one name: lists, beginnings, numbers with holes.

use super::super::models::are_models;
use super::super::words::{BRANDS, NEUTRAL, NOISE, SHELL, VARIANTS};
use super::Named;

/// Words that a family's name stands behind.
const FAMILIES: [&str; 9] = [
    "switches",
    "platform",
    "family",
    "devices",
    "routers",
    "cameras",
    "drives",
    "inverters",
    "controllers",
];

/// It says what a thing is, and is no family's name.
fn says_kind(word: &str) -> bool {
    [&NOISE[..], &SHELL, &BRANDS, &NEUTRAL].iter().any(|list| list.contains(&word))
}

/// Letters, and a number of hundreds: `uc2100`.
fn is_hundred(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_lowercase).count();
    let number = word.get(letters..).unwrap_or("");
    (2..=4).contains(&letters)
        && number.len() == 4
        && number.ends_with("00")
        && number.bytes().all(|b| b.is_ascii_digit())
}

/// `BOX104` is of the family `BOX100`.
pub(in super::super) fn is_of_hundred(own: &str, hundred: &str) -> bool {
    let start = hundred.trim_end_matches('0');
    own.len() == hundred.len()
        && own.strip_prefix(start).is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()))
}

impl Named {
    /// `Relion 670/650`, `NJ/NX-series`: one of the words.
    pub(super) fn take_alternatives(&mut self, text: &str) -> String {
        if !text.contains('/') && !text.contains(" and ") {
            return text.to_owned();
        }
        let taken = self.take_series_listed(text);
        let joined = without_blanks(&numbers_joined(taken.as_deref().unwrap_or(text)));
        let words: Vec<&str> = joined.split_whitespace().collect();
        let mut rest = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let bare = word.trim_end_matches("-series").trim_end_matches("-Series");
            let parts: Vec<&str> = bare.split('/').collect();
            let series = bare.len() < word.len()
                || words.get(at + 1).is_some_and(|next| next.to_lowercase().starts_with("series"));
            let digits =
                parts.iter().all(|p| !p.is_empty() && p.chars().all(|c| c.is_ascii_digit()));
            let digits = digits && {
                let lengths = || parts.iter().map(|part| part.len());
                lengths().max().unwrap_or(0) <= lengths().min().unwrap_or(0) + 1
            };
            let letters = series
                && parts.iter().all(|p| p.len() >= 2 && p.chars().all(|c| c.is_ascii_uppercase()));
            let mixed = series
                && parts.iter().all(|p| p.len() >= 3 && p.chars().any(|c| c.is_ascii_digit()));
            if parts.len() > 1
                && (digits || letters || mixed || are_models(&parts) || are_series(&parts))
            {
                let plain = |part: &&str| part.to_lowercase().replace('-', "");
                self.any_of.push(parts.iter().map(plain).collect());
            } else {
                rest.push(*word);
            }
        }
        rest.join(" ")
    }

    /// `Tin iQ-R iQ-F Q L and FX series CPU`: three series or more, of which a device is of one.
    fn take_series_listed(&mut self, text: &str) -> Option<String> {
        let (head, rest) = text.split_once(" and ")?;
        let (last, kind) = rest.split_once(' ')?;
        if !kind.to_lowercase().starts_with("series") {
            return None;
        }
        let short = |word: &&str| {
            let bare = word.trim_end_matches(',');
            (1..=4).contains(&bare.len())
                && bare.chars().any(|c| c.is_ascii_uppercase())
                && bare.chars().all(|c| c.is_ascii_alphabetic() || c == '-')
        };
        let words: Vec<&str> = head.split(' ').collect();
        let count = words.iter().rev().take_while(|word| short(word)).count();
        if count < 2 || !short(&last) {
            return None;
        }
        let (front, list) = words.split_at_checked(words.len() - count)?;
        let plain = |word: &&str| word.to_lowercase().replace(['-', ','], "");
        self.any_of.push(list.iter().chain([&last]).map(plain).collect());
        // A letter says little without its line.
        self.any_of.extend(front.first().map(|line| [plain(line)].into()));
        Some(format!("{} {kind}", front.join(" ")))
    }

    /// `HMIGTO series`, `GT27 model`: what its models begin with; also a number between words.
    pub(super) fn read_starts(&mut self, text: &str) {
        let text = text.replace("-series", " series").replace("-Series", " series");
        let words: Vec<&str> = text.split_whitespace().collect();
        for (at, pair) in words.windows(2).enumerate() {
            let [word, next] = pair else { continue };
            let next = next.to_lowercase();
            let series = matches!(next.as_str(), "series" | "model" | "models" | "family");
            let start: String =
                word.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
            let digit = start.chars().any(|c| c.is_ascii_digit());
            let upper = word.chars().all(|c| c.is_ascii_uppercase());
            let begins = start.starts_with(|c: char| c.is_ascii_alphabetic());
            if next == "series" && is_hundred(&start) && !upper {
                self.hundreds.insert(start.clone());
            }
            if series && start.len() == 3 && start.bytes().all(|b| b.is_ascii_digit()) {
                // `460 Series`: 460ABCD is one of them.
                self.starts.insert(start);
            } else if series && upper && start.len() == 2 && !says_kind(&start) {
                // `NJ series`.
                self.starts.insert(start);
            } else if series
                && begins
                && start.len() >= if digit { 3 } else { 4 }
                && (digit || upper)
            {
                self.starts.insert(start);
            } else if word.contains('-') && begins && !digit && start.len() >= 7 {
                // `iBoot-PDU FW`: `iBoot-PDU8` is one of them.
                self.starts.insert(start);
            } else if at > 0 && !series && word.len() <= 2 {
                self.inner = self.inner.or_else(|| word.parse().ok());
            }
        }
    }

    /// `Platform Switches RS`, `Platform Switches BOX100`: the family behind what it is of.
    pub(super) fn read_family(&mut self, text: &str) {
        let words: Vec<&str> = text.split_whitespace().collect();
        let [.., kind, word] = words.as_slice() else { return };
        if !FAMILIES.contains(&kind.to_lowercase().as_str()) {
            return;
        }
        let lower = word.to_lowercase();
        let letters = lower.bytes().take_while(u8::is_ascii_lowercase).count();
        let number = lower.get(letters..).unwrap_or("");
        let upper = word.bytes().take(letters).all(|b| b.is_ascii_uppercase());
        if upper && letters == lower.len() && (2..=3).contains(&letters) && !says_kind(&lower) {
            self.starts.insert(lower);
        } else if upper
            && letters >= 2
            && number.len() >= 3
            && number.ends_with("00")
            && number.bytes().all(|b| b.is_ascii_digit())
        {
            self.hundreds.insert(lower);
        }
    }

    /// `WLAN 110x`: numbers that begin so.
    pub(super) fn read_holes(&mut self, text: &str) {
        // `FL BOX 3xxx 4xxx and 48xx`, `TSW-X60`.
        for word in text.split([' ', '/', ',']) {
            let start = word.trim_end_matches('x');
            let holes = word.len() - start.len();
            if holes >= 2 && !start.is_empty() && start.bytes().all(|b| b.is_ascii_digit()) {
                self.one_start.insert(start.to_owned());
                self.words.remove(word);
            }
        }
        for word in text.split_whitespace() {
            let start = word.trim_end_matches('x');
            let is_hole = start.len() < word.len()
                && (2..=4).contains(&start.len())
                && start.bytes().all(|b| b.is_ascii_digit());
            if is_hole && self.words.remove(word) {
                self.words.insert(start.to_owned());
                self.starts.insert(start.to_owned());
            }
        }
    }
}

/// `Box 4260 and 9250`: two numbers of one length as alternatives.
fn numbers_joined(text: &str) -> String {
    let number = |word: &str| word.len() >= 3 && word.bytes().all(|b| b.is_ascii_digit());
    match text.split_once(" and ") {
        Some((head, tail)) => {
            let (a, b) = (head.rsplit(' ').next(), tail.split(' ').next());
            let both = a.zip(b).is_some_and(|(a, b)| number(a) && number(b) && a.len() == b.len());
            if both { format!("{head}/{tail}") } else { text.to_owned() }
        }
        None => text.to_owned(),
    }
}

/// `M-800 / S615`: models with blanks around the slash, as one word.
fn without_blanks(text: &str) -> String {
    let mut out = text.to_owned();
    let numbered = |word: Option<&str>| {
        word.is_some_and(|word| word.len() >= 3 && word.bytes().any(|b| b.is_ascii_digit()))
    };
    let mut from = 0;
    while let Some(at) = out.get(from..).and_then(|rest| rest.find(" / ")).map(|at| at + from) {
        let before = out.get(..at).and_then(|head| head.rsplit(' ').next());
        let behind = out.get(at + 3..).and_then(|rest| rest.split(' ').next());
        if numbered(before) && numbered(behind) {
            out.replace_range(at..at + 3, "/");
        }
        from = at + 1;
    }
    out
}

/// `M-800/S615`, `FCN/FCJ`, `Pro/Lite`: series with numbers, short names alike, kinds of one.
fn are_series(parts: &[&str]) -> bool {
    let upper = |part: &&str| part.starts_with(|c: char| c.is_ascii_uppercase());
    let numbered = |part: &&str| {
        part.len() >= 3 && upper(part) && part.bytes().filter(u8::is_ascii_digit).count() >= 3
    };
    let first = parts.first().copied().unwrap_or("");
    let alike = |part: &&str| {
        part.len() == 3
            && first.get(..1) == part.get(..1)
            && part.bytes().all(|b| b.is_ascii_uppercase())
    };
    // `50P/5000P`.
    let counted = |part: &&str| {
        let letter = part.trim_start_matches(|c: char| c.is_ascii_digit());
        let own = first.trim_start_matches(|c: char| c.is_ascii_digit());
        letter.len() == 1
            && letter == own
            && letter.bytes().all(|b| b.is_ascii_uppercase())
            && part.len() >= 3
    };
    let variant = |part: &&str| VARIANTS.contains(&part.to_lowercase().as_str());
    parts.iter().all(numbered)
        || parts.iter().all(alike)
        || parts.iter().all(variant)
        || parts.iter().all(counted)
}
