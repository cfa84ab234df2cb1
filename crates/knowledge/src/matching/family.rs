//! Which family a device belongs to: `data/families.toml`.

use super::order::{Number, glob};
use super::product::Named;
use super::words::words;
use regex_lite::Regex;
use serde::Deserialize;
use std::collections::BTreeSet;

static DATA: &str = include_str!("../../data/families.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    family: Vec<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    vendor: String,
    #[serde(default)]
    orders: Vec<String>,
    #[serde(default)]
    texts: Vec<String>,
    adds: String,
}

/// A form that texts have.
#[derive(Debug)]
struct Form {
    /// What stands in every text of this form: asked first, it takes less time.
    must: String,
    form: Regex,
}

impl Form {
    fn new(pattern: &str) -> Result<Self, regex_lite::Error> {
        Ok(Self { must: must_have(pattern), form: Regex::new(pattern)? })
    }

    fn fits(&self, text: &str) -> bool {
        text.contains(&self.must) && self.form.is_match(text)
    }
}

/// The longest run of letters and digits that an expression has outside of groups, classes and
/// repetitions; nothing where it has alternatives.
fn must_have(pattern: &str) -> String {
    let (mut best, mut run) = (String::new(), String::new());
    let mut depth = 0_u32;
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        let repeated = matches!(chars.peek(), Some('?' | '*' | '{'));
        match c {
            '|' if depth == 0 => return String::new(),
            '\\' => {
                chars.next();
            }
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ' ' | '0'..='9' | 'a'..='z' if depth == 0 && !repeated => {
                run.push(c);
                continue;
            }
            _ => {}
        }
        if run.len() > best.len() {
            best = std::mem::take(&mut run);
        }
        run.clear();
    }
    if run.len() > best.len() { run } else { best }
}

#[derive(Debug)]
struct Family {
    vendor: String,
    orders: Vec<Number>,
    texts: Vec<Form>,
    adds: BTreeSet<String>,
    /// Only advisories that say so mean it too.
    et200: bool,
}

/// The dictionary.
#[derive(Debug)]
pub(super) struct Families {
    list: Vec<Family>,
}

/// The dictionary cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("families: {0}")]
pub struct FamilyError(String);

impl Families {
    pub(super) fn load() -> Result<Self, FamilyError> {
        let file: File = toml::from_str(DATA).map_err(|error| FamilyError(error.to_string()))?;
        let family = |text: Text| {
            let texts = text.texts.iter().map(|t| Form::new(t)).collect::<Result<Vec<_>, _>>();
            Ok(Family {
                vendor: text.vendor,
                orders: text.orders.iter().map(|order| Number::of(order)).collect(),
                texts: texts.map_err(|error| FamilyError(format!("{}: {error}", text.adds)))?,
                adds: words(&text.adds),
                et200: text.adds.contains("ET200"),
            })
        };
        let list = file.family.into_iter().map(family).collect::<Result<_, _>>()?;
        Ok(Self { list })
    }

    /// Adds the words of the families that a device belongs to. Returns whether it is of the
    /// ET 200 line, which advisories on a CPU family include only where they say so.
    pub(super) fn extend(&self, vendors: &BTreeSet<String>, text: &str, named: &mut Named) -> bool {
        let lower = text.to_lowercase();
        let mut et200 = false;
        let fits = |family: &&Family| {
            vendors.contains(&family.vendor)
                && (named.numbers.iter().any(|number| {
                    let base = number.base().as_bytes();
                    family.orders.iter().any(|order| glob(order.text().as_bytes(), base))
                }) || family.texts.iter().any(|form| form.fits(&lower)))
        };
        let found: Vec<&Family> = self.list.iter().filter(fits).collect();
        for family in found {
            et200 |= family.et200;
            named.words.extend(family.adds.iter().cloned());
            named.family.extend(family.adds.iter().cloned());
        }
        et200
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_text_of_a_form_has() {
        for (pattern, must) in [
            (r"s7-?1200.*\bcpu", "1200"),
            (r"\bcpu[ -]?12\d\d", "cpu"),
            (r"^\s*(?:acme )?(?:box )?s7-?300 *$", "300"),
            (r"(?:^|[^t] )guardlogix 5560", "guardlogix 5560"),
            (r"\b1756-?l6\de?(?:k|p|xt)?(?:[^a-z0-9]|$)", "1756"),
            (r"logo!? ?8", "logo"),
            (r"comfort panels?\b", "comfort panel"),
            (r"one|two", ""),
            (r"a{2}bc", "bc"),
            (r"\b(?:tp|kp)\d{3,4}\b", ""),
        ] {
            assert_eq!(must_have(pattern), must, "{pattern}");
        }
    }
}
