//! The decision tables: SSVC for deployers, and the times of CISA BOD 26-04 beside it.

use knowledge::pack::Decision as Table;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$one:meta])* $variant:ident = $key:literal, $word:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$one])* $variant,)* }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its name in documents.
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }

            /// Its name in the published tables.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }
    };
}

words! {
    /// Whether a CVE is exploited. SSVC Exploitation 1.1.0.
    Exploitation {
        /// Nothing is known.
        None = "none", "none";
        /// An exploit is public, or likely.
        Poc = "poc", "public poc";
        /// It is exploited.
        Active = "active", "active";
    }
}

words! {
    /// How a device can be reached. SSVC System Exposure 1.0.1.
    Exposure {
        /// From its own zone.
        Small = "small", "small";
        /// From another zone.
        Controlled = "controlled", "controlled";
        /// From where nobody is trusted.
        Open = "open", "open";
    }
}

words! {
    /// What follows for people and process. SSVC Human Impact 2.0.2.
    Impact {
        /// Little.
        Low = "low", "low";
        /// Some.
        Medium = "medium", "medium";
        /// Much.
        High = "high", "high";
        /// People are in danger.
        VeryHigh = "very_high", "very high";
    }
}

words! {
    /// What to do. SSVC: Defer, Scheduled, Out-of-Cycle, Immediate 1.0.0.
    Decision {
        /// Nothing for now.
        Defer = "defer", "defer";
        /// With the next maintenance.
        Scheduled = "scheduled", "scheduled";
        /// Before the next maintenance.
        OutOfCycle = "out-of-cycle", "out-of-cycle";
        /// Now.
        Immediate = "immediate", "immediate";
    }
}

words! {
    /// How sure a verdict is.
    Confidence {
        /// It cannot be excluded.
        Possible = "possible", "possible";
        /// Model or family fit.
        Likely = "likely", "likely";
        /// Order or serial number fit, and the device stated what decided.
        Confirmed = "confirmed", "confirmed";
    }
}

/// A question to the table of due times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::struct_excessive_bools, reason = "the published table asks four yes-no questions")]
pub struct DueOf {
    /// CISA lists the CVE as exploited.
    pub kev: bool,
    /// The device can be reached from public addresses.
    pub public: bool,
    /// Attacks can be automated.
    pub automatable: bool,
    /// An attacker gets all of the device, not a part.
    pub total: bool,
}

/// Both tables, ready to be asked.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    deployer: BTreeMap<(Exploitation, Exposure, bool, Impact), Decision>,
    due: BTreeMap<DueOf, Arc<str>>,
}

fn of_word<T: Copy>(all: &[T], word: impl Fn(T) -> &'static str, text: &str) -> Option<T> {
    all.iter().copied().find(|one| word(*one) == text)
}

fn yes(text: &str) -> Option<bool> {
    match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

fn deployer_row(row: &[String]) -> Option<((Exploitation, Exposure, bool, Impact), Decision)> {
    let [exploitation, exposure, automatable, impact, outcome] = row else { return None };
    let key = (
        of_word(Exploitation::ALL, Exploitation::word, exploitation)?,
        of_word(Exposure::ALL, Exposure::word, exposure)?,
        yes(automatable)?,
        of_word(Impact::ALL, Impact::word, impact)?,
    );
    Some((key, of_word(Decision::ALL, Decision::word, outcome)?))
}

fn due_row(row: &[String]) -> Option<(DueOf, Arc<str>)> {
    let [kev, public, automatable, technical, outcome] = row else { return None };
    let total = match technical.as_str() {
        "total" => true,
        "partial" => false,
        _ => return None,
    };
    let automatable = yes(automatable)?;
    let of = DueOf { kev: yes(kev)?, public: yes(public)?, automatable, total };
    Some((of, outcome.as_str().into()))
}

impl Decisions {
    /// From the tables of a pack, found by their columns. `None` when one is missing or does not
    /// answer every question: no decision is better than a guessed one.
    pub fn new(tables: &[Table]) -> Option<Self> {
        let with = |columns: [&str; 2]| {
            let fits = |table: &&Table| {
                table.columns.len() == 5 && columns.iter().zip(&table.columns).all(|(a, b)| a == b)
            };
            tables.iter().find(fits)
        };
        let deployer = with(["exploitation", "system exposure"])?;
        let due = with(["in kev", "publicly exposed"])?;
        let own = Self {
            deployer: deployer.rows.iter().filter_map(|row| deployer_row(row)).collect(),
            due: due.rows.iter().filter_map(|row| due_row(row)).collect(),
        };
        let questions = Exploitation::ALL.len() * Exposure::ALL.len() * 2 * Impact::ALL.len();
        (own.deployer.len() == questions && own.due.len() == 16).then_some(own)
    }

    /// What to do.
    pub fn decide(
        &self,
        exploitation: Exploitation,
        exposure: Exposure,
        automatable: bool,
        impact: Impact,
    ) -> Decision {
        let found = self.deployer.get(&(exploitation, exposure, automatable, impact));
        // The table answers every question; without it nothing may be put off.
        found.copied().unwrap_or(Decision::Immediate)
    }

    /// Until when, by BOD 26-04.
    pub fn due(&self, of: DueOf) -> Arc<str> {
        self.due.get(&of).cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knowledge::pack::Pack;

    #[test]
    fn every_row_of_the_published_tables_is_answered_as_written() {
        let tables = Pack::built_in().unwrap().tables().unwrap().decisions;
        let decisions = Decisions::new(&tables).unwrap();
        let mut rows = 0;
        for table in &tables {
            let first = table.columns.first().map(String::as_str);
            let second = table.columns.get(1).map(String::as_str);
            for row in &table.rows {
                if (first, second) == (Some("exploitation"), Some("system exposure")) {
                    let of = |at: usize| row[at].as_str();
                    let decided = decisions.decide(
                        of_word(Exploitation::ALL, Exploitation::word, of(0)).unwrap(),
                        of_word(Exposure::ALL, Exposure::word, of(1)).unwrap(),
                        of(2) == "yes",
                        of_word(Impact::ALL, Impact::word, of(3)).unwrap(),
                    );
                    assert_eq!(decided.word(), of(4), "{row:?}");
                    rows += 1;
                } else if first == Some("in kev") {
                    let is = |at: usize| row[at] == "yes";
                    let due = decisions.due(DueOf {
                        kev: is(0),
                        public: is(1),
                        automatable: is(2),
                        total: row[3] == "total",
                    });
                    assert_eq!(&*due, row[4], "{row:?}");
                    rows += 1;
                }
            }
        }
        assert_eq!(rows, 72 + 16);
    }

    #[test]
    fn a_table_with_holes_is_not_used() {
        let mut tables = Pack::built_in().unwrap().tables().unwrap().decisions;
        for table in &mut tables {
            table.rows.pop();
        }
        assert!(Decisions::new(&tables).is_none());
        assert!(Decisions::new(&[]).is_none());
    }
}
