//! What is known about makers and products from outside any capture: prefixes and vendor numbers,
//! and rules that read descriptions. Facts live in `data/`, each file with its source.

pub mod advisory;
pub mod import;
pub mod matching;
mod oui;
pub mod pack;
mod rules;
pub mod supply;
mod tables;
pub mod version;

pub use oui::Oui;
pub use rules::{RuleError, Rules};
pub use tables::Numbers;

use model::{Derived, Knowledge};
use std::borrow::Cow;
use vocab::{Attribute, Mac};

/// The facts that come with the program.
#[derive(Debug)]
pub struct Facts {
    oui: Oui,
    numbers: Numbers,
    rules: Rules,
}

impl Facts {
    /// Reads the facts built into the program; takes some milliseconds.
    ///
    /// # Errors
    /// When a data file is damaged, which a test excludes.
    pub fn load() -> Result<Self, RuleError> {
        Ok(Self { oui: Oui::load(), numbers: Numbers::load(), rules: Rules::load()? })
    }
}

impl Knowledge for Facts {
    fn maker_of(&self, mac: Mac) -> Option<&str> {
        self.oui.maker(mac)
    }

    fn derive(
        &self,
        attribute: Attribute,
        protocol: &str,
        source: &str,
        value: &str,
    ) -> Vec<Derived> {
        let mut derived = self.numbers.derive(protocol, source, value);
        self.rules.derive(attribute, protocol, value, &mut derived);
        derived
    }

    fn role_of(&self, text: &str) -> Option<(&'static str, u8, String)> {
        self.rules.role_of(text)
    }

    fn short_vendor<'a>(&self, name: &'a str) -> Cow<'a, str> {
        self.rules.short_vendor(name)
    }
}
