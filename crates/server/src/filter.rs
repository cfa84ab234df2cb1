//! One filter language for the console, the interface and the command line.
//!
//! ```text
//! level:<=2 vendor:siemens -zone:dmz "pump house"
//! ```
//! Words and `field:value` pairs, all must hold; `-` in front turns one around; quotes keep blanks
//! together. A bare word looks in every text of a device. `field:=value` wants the whole value,
//! `field:?` devices of which the field is unknown; `is:identified` and `is:silent` ask for a state.

use model::{Asset, Model};
use vocab::Attribute;

/// Fields that a filter may name.
pub(crate) const FIELDS: [&str; 14] = [
    "id", "ip", "mac", "name", "vendor", "product", "model", "firmware", "role", "level", "zone",
    "protocol", "vlan", "is",
];

/// A filter cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilterError {
    /// No such field.
    #[error("there is no field \"{0}\": use one of {fields}", fields = FIELDS.join(", "))]
    Field(String),
    /// A quote is not closed.
    #[error("a quote is not closed")]
    Quote,
    /// A level is a number from 0 to 5.
    #[error("\"{0}\" is no level: use 0 to 5, with <, <=, > or >= before it, or ?")]
    Level(String),
    /// No such state.
    #[error("there is no state \"{0}\": use is:identified or is:silent")]
    State(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    Word(String),
    Text(&'static str, String),
    /// The whole value.
    Exact(&'static str, String),
    Unknown(&'static str),
    Identified,
    Silent,
    Level(std::cmp::Ordering, bool, u8),
    Vlan(u16),
}

/// A filter over devices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Tests and whether each is turned around.
    tests: Vec<(Test, bool)>,
}

impl Filter {
    /// Reads a filter.
    ///
    /// # Errors
    /// Says which word is wrong and what to write instead.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        let tests = words(text)?.into_iter().map(|word| {
            let (turned, word) = match word.strip_prefix('-') {
                Some(rest) if !rest.is_empty() => (true, rest.to_owned()),
                _ => (false, word),
            };
            Ok((test(&word)?, turned))
        });
        Ok(Self { tests: tests.collect::<Result<_, _>>()? })
    }

    /// The device passes.
    pub fn accepts(&self, asset: &Asset, model: &Model) -> bool {
        self.tests.iter().all(|(test, turned)| test.holds(asset, model) != *turned)
    }
}

/// Splits at blanks outside quotes.
fn words(text: &str) -> Result<Vec<String>, FilterError> {
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            c => word.push(c),
        }
    }
    if quoted {
        return Err(FilterError::Quote);
    }
    if !word.is_empty() {
        words.push(word);
    }
    Ok(words)
}

fn test(word: &str) -> Result<Test, FilterError> {
    let lower = word.to_lowercase();
    let Some((field, value)) = lower.split_once(':') else { return Ok(Test::Word(lower)) };
    // A MAC or IPv6 address has colons too, and no field in front.
    if field.len() <= 4 && field.chars().all(|c| c.is_ascii_hexdigit()) && field != "id" {
        return Ok(Test::Word(lower));
    }
    let name = FIELDS.into_iter().find(|name| *name == field);
    match name.ok_or_else(|| FilterError::Field(field.to_owned()))? {
        "is" => match value {
            "identified" => Ok(Test::Identified),
            "silent" => Ok(Test::Silent),
            other => Err(FilterError::State(other.to_owned())),
        },
        name if value == "?" => Ok(Test::Unknown(name)),
        "level" => level(value),
        "vlan" => value.parse().map(Test::Vlan).map_err(|_| FilterError::Field(lower.clone())),
        name => Ok(match value.strip_prefix('=') {
            Some(value) => Test::Exact(name, value.to_owned()),
            None => Test::Text(name, value.to_owned()),
        }),
    }
}

fn level(value: &str) -> Result<Test, FilterError> {
    use std::cmp::Ordering::{Equal, Greater, Less};
    let forms =
        [("<=", Less, true), (">=", Greater, true), ("<", Less, false), (">", Greater, false)];
    let (order, equal, number) = forms
        .into_iter()
        .find_map(|(sign, order, equal)| Some((order, equal, value.strip_prefix(sign)?)))
        .unwrap_or((Equal, true, value));
    match number.parse() {
        Ok(level @ 0..=5) => Ok(Test::Level(order, equal, level)),
        _ => Err(FilterError::Level(value.to_owned())),
    }
}

impl Test {
    fn holds(&self, asset: &Asset, model: &Model) -> bool {
        match self {
            Self::Word(word) => {
                let fields = FIELDS.iter().flat_map(|field| texts(asset, model, field));
                fields.into_iter().any(|text| text.to_lowercase().contains(word))
            }
            Self::Text(field, value) => {
                texts(asset, model, field).iter().any(|text| text.to_lowercase().contains(value))
            }
            Self::Exact(field, value) => {
                texts(asset, model, field).iter().any(|text| text.to_lowercase() == *value)
            }
            Self::Unknown("level") => asset.purdue.is_none(),
            Self::Unknown("vlan") => asset.vlans.is_empty(),
            Self::Unknown(field) => texts(asset, model, field).is_empty(),
            Self::Identified => is_identified(asset),
            Self::Silent => asset.silent,
            Self::Level(order, equal, level) => asset.purdue.is_some_and(|(own, _)| {
                let compared = own.cmp(level);
                compared == *order || (*equal && compared.is_eq())
            }),
            Self::Vlan(vlan) => asset.vlans.contains(vlan),
        }
    }
}

/// Maker and product are known.
pub(crate) fn is_identified(asset: &Asset) -> bool {
    let has = |attribute| asset.value(attribute).is_some();
    has(Attribute::Vendor)
        && (has(Attribute::Product) || has(Attribute::Model) || has(Attribute::OrderNumber))
}

/// The texts of a device's field.
fn texts(asset: &Asset, model: &Model, field: &str) -> Vec<String> {
    let value = |attribute| asset.value(attribute).map(str::to_owned).into_iter().collect();
    match field {
        "id" => vec![asset.id.clone()],
        "ip" => asset.ips.iter().map(ToString::to_string).collect(),
        "mac" => asset.macs.iter().map(ToString::to_string).collect(),
        "name" => value(Attribute::Name),
        "vendor" => value(Attribute::Vendor),
        "product" => [value(Attribute::Product), value(Attribute::OrderNumber)].concat(),
        "model" => value(Attribute::Model),
        "firmware" => value(Attribute::Firmware),
        "role" => asset.role().map(str::to_owned).into_iter().collect(),
        "zone" => vec![asset.zone.clone()],
        "protocol" => asset
            .protocols
            .iter()
            .filter_map(|p| model.spec(p.proto).map(|spec| spec.key.to_owned()))
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_read() {
        let filter = Filter::parse("level:<=2 vendor:Siemens -zone:dmz \"pump house\"").unwrap();
        assert_eq!(
            filter.tests,
            [
                (Test::Level(std::cmp::Ordering::Less, true, 2), false),
                (Test::Text("vendor", "siemens".into()), false),
                (Test::Text("zone", "dmz".into()), true),
                (Test::Word("pump house".into()), false),
            ]
        );
        let address = Filter::parse("00:0e:8c:01:02:03").unwrap();
        assert_eq!(address.tests, [(Test::Word("00:0e:8c:01:02:03".into()), false)]);
    }

    #[test]
    fn whole_values_unknown_ones_and_states_are_read() {
        let filter = Filter::parse("zone:=vlan-1 level:? -is:identified is:silent").unwrap();
        assert_eq!(
            filter.tests,
            [
                (Test::Exact("zone", "vlan-1".into()), false),
                (Test::Unknown("level"), false),
                (Test::Identified, true),
                (Test::Silent, false),
            ]
        );
    }

    #[test]
    fn a_wrong_filter_says_what_is_wrong() {
        let error = |text| Filter::parse(text).unwrap_err();
        assert_eq!(error("colour:red"), FilterError::Field("colour".into()));
        assert_eq!(error("\"open"), FilterError::Quote);
        assert_eq!(error("level:9"), FilterError::Level("9".into()));
        assert_eq!(error("is:blue"), FilterError::State("blue".into()));
    }
}
