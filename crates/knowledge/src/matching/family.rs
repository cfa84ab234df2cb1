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

#[derive(Debug)]
struct Family {
    vendor: String,
    orders: Vec<Number>,
    texts: Vec<Regex>,
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
            let texts = text.texts.iter().map(|t| Regex::new(t)).collect::<Result<Vec<_>, _>>();
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
                }) || family.texts.iter().any(|text| text.is_match(&lower)))
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
