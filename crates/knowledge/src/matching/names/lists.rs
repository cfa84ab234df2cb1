//! Several products in one name: by slashes, by "and", by commas, in brackets.

use super::super::near::{is_kind, is_of_no_weight};
use super::super::words::{NOISE, words};

/// Most names that one text is taken apart into.
const PARTS_MAX: usize = 12;

/// Each of several products that a name lists.
pub(super) fn listed(text: &str) -> Vec<String> {
    let mut names = slashed(text);
    names.extend(spaced(text));
    names.extend(two_words(text));
    names.extend(in_brackets(text));
    names.extend(by_commas(text));
    names.extend(joined(text));
    names.extend(behind_line(text));
    names.extend(with_bracket(text));
    names.extend(capitals_listed(text));
    names.extend(letters_listed(text));
    names.truncate(PARTS_MAX);
    names
}

/// A name of its own: a word of it says which product.
fn is_name(text: &str) -> bool {
    let says = |word: &String| word.len() >= 4 && !is_of_no_weight(word) && !is_kind(word);
    text.len() >= 4 && words(text).iter().any(says)
}

fn is_numbered(word: &str) -> bool {
    word.bytes().any(|b| b.is_ascii_digit())
}

fn is_word(word: &str) -> bool {
    word.len() >= 4
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.bytes().all(|b| b.is_ascii_alphabetic())
}

/// `Tin/Copper` whole, `Acme TIN 150c/BOX 150c/MLBOX 150c Cardiograph`: words that all share stand
/// before the first and behind the last.
fn slashed(text: &str) -> Vec<String> {
    let parts: Vec<&str> = text.split('/').collect();
    if parts.len() < 2 || text.contains('(') || text.contains(" / ") {
        return Vec::new();
    }
    let shell = |part: &&str| {
        let lower = part.to_lowercase();
        NOISE.contains(&lower.as_str()) || lower.contains("scada") || is_kind(&lower)
    };
    if parts.iter().all(|part| is_word(part) && !shell(part)) {
        return parts.into_iter().map(str::to_owned).collect();
    }
    // Each part has a number, and a name of two words or in one with it.
    let last = parts.len() - 1;
    let mut names = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let tokens: Vec<&str> = part.split_whitespace().collect();
        let own = match tokens.iter().position(|token| is_numbered(token)) {
            Some(number) => {
                let glued = tokens.get(number).is_some_and(|token| {
                    token.bytes().take_while(u8::is_ascii_alphabetic).count() >= 2
                });
                let first = if glued { number } else { number.saturating_sub(1) };
                let ends = at == last || number + 1 == tokens.len();
                let begins = at == 0 || first == 0;
                let named = glued || number > 0;
                (ends && begins && named).then(|| tokens.get(first..=number)).flatten()
            }
            None => None,
        };
        let Some(own) = own else { return Vec::new() };
        names.push(own.join(" "));
    }
    let is_long = |name: &String| name.len() >= 5 && name.bytes().any(|b| b.is_ascii_alphabetic());
    if names.iter().all(is_long) && text.contains(' ') { names } else { Vec::new() }
}

/// `Line Bus / BOX4TRUCKS / J2497`: each that is a name.
fn spaced(text: &str) -> Vec<String> {
    if !text.contains(" / ") {
        return Vec::new();
    }
    let parts = text.split(" / ").map(str::trim);
    parts.filter(|part| is_name(part) && !part.contains(['(', ')'])).map(str::to_owned).collect()
}

/// `Tinny and Copper`: two names of one word.
fn two_words(text: &str) -> Vec<String> {
    let Some((a, b)) = text.split_once(" and ") else { return Vec::new() };
    let fits = |part: &str| is_word(part) && is_name(part) && !part.ends_with('s');
    if fits(a) && fits(b) { vec![a.to_owned(), b.to_owned()] } else { Vec::new() }
}

/// `Managed Box (NZ2BX-T8F2 NZ2BX-T4)`, `Tin software (GT SoftTIN2000)`: what is called so.
fn in_brackets(text: &str) -> Vec<String> {
    let Some((head, rest)) = text.split_once('(') else { return Vec::new() };
    let inside = rest.split(')').next().unwrap_or("");
    if head.trim().is_empty() || inside.to_lowercase().contains("cve") {
        return Vec::new();
    }
    let model = |token: &&str| {
        let letters = token.bytes().filter(u8::is_ascii_uppercase).count();
        let digits = token.bytes().filter(u8::is_ascii_digit).count();
        let plain =
            token.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
        plain && letters >= 2 && digits >= 1 && token.len() >= 6 && token.contains('-')
    };
    let tokens: Vec<&str> = inside.split([' ', ',']).filter(|t| !t.is_empty()).collect();
    if tokens.len() >= 2 && tokens.iter().all(model) {
        return tokens.into_iter().map(str::to_owned).collect();
    }
    // `Intelligent Box Infrastructure (IB Infrastructure)`: both end alike.
    let end = head.trim().rsplit(' ').next();
    let first = tokens.first().copied().unwrap_or("");
    let capitals = first.len() >= 2 && first.bytes().all(|b| b.is_ascii_uppercase());
    if (2..=3).contains(&tokens.len()) && capitals && tokens.last().copied() == end {
        return vec![inside.to_owned()];
    }
    // A word with a capital and a number inside.
    let inner = |token: &&str| {
        token.len() >= 6
            && is_numbered(token)
            && token.bytes().any(|b| b.is_ascii_lowercase())
            && token.bytes().skip(1).filter(u8::is_ascii_uppercase).count() >= 1
            && token.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let short = (1..=3).contains(&tokens.len()) && tokens.iter().any(inner);
    if short { vec![inside.to_owned()] } else { Vec::new() }
}

/// `BX5-32MT/DS, BX5-32MR/DS`: models by commas.
fn by_commas(text: &str) -> Vec<String> {
    if text.contains('(') || text.contains('=') {
        return Vec::new();
    }
    let parts: Vec<&str> = text.split(", ").map(str::trim).collect();
    let model = |part: &&str| {
        !part.contains(' ')
            && part.len() >= 6
            && part.bytes().filter(u8::is_ascii_digit).count() >= 2
            && part.bytes().filter(u8::is_ascii_uppercase).count() >= 2
    };
    if parts.len() >= 2 && parts.iter().all(model) {
        parts.into_iter().map(str::to_owned).collect()
    } else {
        Vec::new()
    }
}

/// `Tin BX5-80 MT/ES*`: a blank inside a model, a mark of a footnote behind it.
fn joined(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split(' ').collect();
    let (last, before) = (words.last()?, words.get(words.len().checked_sub(2)?)?);
    let model = before.contains('-')
        && before.ends_with(|c: char| c.is_ascii_digit())
        && before.starts_with(|c: char| c.is_ascii_uppercase());
    let tail = last.trim_end_matches('*');
    let (a, b) = tail.split_once('/')?;
    let upper =
        |part: &str| (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_uppercase());
    (model && upper(a) && upper(b)).then(|| format!("{before}{tail}"))
}

/// `T-Box/EFX-2250`: the model behind its line.
fn behind_line(text: &str) -> Option<String> {
    let first = text.split(' ').next()?;
    let (line, model) = first.split_once('/')?;
    let letters = model.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = model.bytes().filter(u8::is_ascii_digit).count();
    let fits = !is_numbered(line) && letters >= 2 && digits >= 3 && !model.contains('/');
    fits.then(|| model.to_owned())
}

/// `BX5U(C) CPU`, `BX02CPU(-P)`: with what stands in the bracket and without it.
fn with_bracket(text: &str) -> Vec<String> {
    let Some((head, rest)) = text.split_once('(') else { return Vec::new() };
    let Some((inside, rest)) = rest.split_once(')') else { return Vec::new() };
    let letters = inside.trim_start_matches('-');
    let word = head.rsplit(' ').next().unwrap_or("");
    let fits = (1..=3).contains(&letters.len())
        && letters.bytes().all(|b| b.is_ascii_uppercase())
        && word.len() >= 3
        && is_numbered(word)
        && !rest.contains('(');
    if fits { vec![format!("{head}{rest}"), format!("{head}{inside}{rest}")] } else { Vec::new() }
}

/// `Tin ADS ADX OAS with MUI`: three short names or more, each with what stands before them.
fn capitals_listed(text: &str) -> Vec<String> {
    let tokens: Vec<&str> = text.split([' ', ',']).filter(|t| !t.is_empty()).collect();
    let short = |token: &&&str| token.len() == 3 && token.bytes().all(|b| b.is_ascii_uppercase());
    let Some(start) = tokens.iter().position(|token| short(&token)) else { return Vec::new() };
    let count = tokens.iter().skip(start).take_while(|token| short(token)).count();
    let (Some(head), Some(names)) = (tokens.get(..start), tokens.get(start..start + count)) else {
        return Vec::new();
    };
    let front = head.iter().rev().take(1).copied().collect::<String>();
    let named =
        |name: &&str| if front.is_empty() { String::new() } else { format!("{front} {name}") };
    if count >= 3 && is_word(&front) { names.iter().map(named).collect() } else { Vec::new() }
}

/// `BXK-CPUU/H/UD`: the last letter of a model is one of several.
fn letters_listed(text: &str) -> Vec<String> {
    let Some(word) = text.split(' ').find(|word| word.matches('/').count() >= 2) else {
        return Vec::new();
    };
    let mut parts = word.split('/');
    let first = parts.next().unwrap_or("");
    let letters =
        |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_uppercase());
    let model = first.len() >= 5 && first.ends_with(|c: char| c.is_ascii_uppercase());
    let Some(head) = first.get(..first.len().saturating_sub(1)) else { return Vec::new() };
    if !model || !first.contains('-') || !parts.clone().all(letters) {
        return Vec::new();
    }
    let named = |own: String| text.replacen(word, &own, 1);
    let others = parts.map(|part| named(format!("{head}{part}")));
    [named(first.to_owned())].into_iter().chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_taken_apart() {
        for (text, wanted) in [
            ("Tinny/Copper", vec!["Tinny", "Copper"]),
            ("Web/Box", vec![]),
            (
                "Acme Tin ELI 150c/BUR 150c/MLBUR 150c Resting Cardiograph",
                vec!["ELI 150c", "BUR 150c", "MLBUR 150c"],
            ),
            ("Acme ELI 280/BUR280/MLBUR 280 Cardiograph", vec!["ELI 280", "BUR280", "MLBUR 280"]),
            ("Line Bus / BOX4TRUCKS / J2497", vec!["BOX4TRUCKS", "J2497"]),
            ("Tinny and Copper", vec!["Tinny", "Copper"]),
            ("Box (NZ2BX-T8F2 NZ2BX-T4)", vec!["NZ2BX-T8F2", "NZ2BX-T4"]),
            ("Tin software (GT SoftTIN2000)", vec!["GT SoftTIN2000"]),
            ("Tin BX5-80 MT/ES*", vec!["BX5-80MT/ES"]),
            ("Tin 670/650 series", vec![]),
            ("T-Box/EFX-2250 (part 5)", vec!["EFX-2250"]),
            ("BXK-CPUU/H/UD", vec!["BXK-CPUU", "BXK-CPUH", "BXK-CPUUD"]),
            ("Tin BX5U(C) CPU", vec!["Tin BX5U CPU", "Tin BX5UC CPU"]),
            ("Metal ADS ADX OAS with MUI", vec!["Metal ADS", "Metal ADX", "Metal OAS"]),
        ] {
            assert_eq!(listed(text), wanted, "{text}");
        }
    }
}
