//! The facts from outside with their age.

use super::{IntelPage, IntelSource};
use judge::supply::Outside;

/// Days since 1970-01-01 of a text that begins with `YYYY-MM-DD` or `YYYY.MM.DD`.
pub(super) fn day_number(text: &str) -> Option<i64> {
    let text = text.get(..10)?.replace('.', "-");
    let day: jiff::civil::Date = text.parse().ok()?;
    let since = jiff::civil::date(1970, 1, 1).until(day).ok()?;
    Some(i64::from(since.get_days()))
}

/// The facts that are in use.
pub fn intel(outside: &Outside, today: &str) -> IntelPage {
    let now = day_number(today);
    let age = |date: &str| Some(now? - day_number(date)?);
    let manifest = &outside.manifest;
    let sources = manifest.sources.iter().map(|source| IntelSource {
        table: source.table.clone(),
        name: source.name.clone(),
        version: source.version.clone(),
        age_days: age(&source.version),
        licence: source.licence.clone(),
        records: source.records,
        hash: source.hash.clone(),
    });
    IntelPage {
        sequence: manifest.sequence,
        made: manifest.made.clone(),
        age_days: age(&manifest.made),
        today: today.to_owned(),
        built_in: outside.built_in,
        sources: sources.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted() {
        assert_eq!(day_number("1970-01-01"), Some(0));
        assert_eq!(day_number("2000-03-01T00:00:00Z"), Some(11_017));
        assert_eq!(day_number("2025.08.25"), Some(20_325));
        assert_eq!(day_number("18.1"), None);
        assert_eq!(day_number("2025-13-45"), None);
    }
}
