//! What is known about makers and products from outside any capture: prefixes and vendor numbers,
//! and rules that read descriptions. Facts live in `data/`, each file with its source.

pub mod advisory;
mod fingerprint;
pub mod import;
pub mod matching;
mod oui;
pub mod pack;
pub mod supply;
mod tables;
pub mod version;

pub use fingerprint::{Banners, RuleError, Rules};
pub use oui::Oui;
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
    banners: Banners,
}

impl Facts {
    /// Reads the facts built into the program; takes some milliseconds.
    ///
    /// # Errors
    /// When a data file is damaged, which a test excludes.
    pub fn load() -> Result<Self, RuleError> {
        Ok(Self {
            oui: Oui::load(),
            numbers: Numbers::load(),
            rules: Rules::load()?,
            banners: Banners::default(),
        })
    }

    /// The same with a pack's fingerprints of banners.
    #[must_use]
    pub fn with_banners(self, banners: Banners) -> Self {
        Self { banners, ..self }
    }

    /// The same with a user's own rules, which come before those of the program.
    ///
    /// # Errors
    /// Names the rule, what is wrong with it and how to mend it.
    pub fn with_rules(mut self, text: &str) -> Result<Self, RuleError> {
        self.rules.add(Rules::parse(text)?);
        Ok(self)
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
        self.banners.derive(protocol, source, value, &mut derived);
        derived
    }

    fn role_of(&self, text: &str) -> Option<(&'static str, u8, String)> {
        self.rules.role_of(text)
    }

    fn short_vendor<'a>(&self, name: &'a str) -> Cow<'a, str> {
        self.rules.short_vendor(name)
    }
}
