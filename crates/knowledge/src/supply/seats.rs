//! Where makers have their seat. It says nothing of where a device was made.

use std::collections::BTreeMap;

static SEATS: &str = include_str!("../../data/vendor-seats.tsv");

/// A maker's seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// ISO 3166-1, two letters.
    pub country: &'static str,
    /// What it is taken from.
    pub source: &'static str,
}

/// Seats by the key under which makers are compared.
#[derive(Debug)]
pub struct Seats {
    by_key: BTreeMap<&'static str, Seat>,
}

impl Seats {
    /// The program's own table.
    pub fn load() -> Self {
        let lines = SEATS.lines().filter(|line| !line.starts_with('#'));
        let seat = |line: &'static str| {
            let mut parts = line.split('\t');
            let (key, country, source) = (parts.next()?, parts.next()?, parts.next()?);
            Some((key, Seat { country, source }))
        };
        Self { by_key: lines.filter_map(seat).collect() }
    }

    /// The seat of a maker.
    pub fn of(&self, key: &str) -> Option<Seat> {
        self.by_key.get(key).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let lines: Vec<&str> = SEATS.lines().filter(|line| !line.starts_with('#')).collect();
        let seats = Seats::load();
        assert_eq!(seats.by_key.len(), lines.len(), "each maker once, each line whole");
        for seat in seats.by_key.values() {
            assert!(
                seat.country.len() == 2 && seat.country.bytes().all(|b| b.is_ascii_uppercase())
            );
            assert!(!seat.source.is_empty());
        }
        assert_eq!(seats.of("siemens").map(|seat| seat.country), Some("DE"));
    }
}
