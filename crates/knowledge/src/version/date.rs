//! Days that stand where versions do: `2023-11-15`, `May_1_2024`, `June 3, 2024`, `8/30/2024`.

/// Year, month and day; a day or month that is not said is zero.
pub(super) type Day = [u64; 3];

pub(super) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A text that is a day and nothing else, but for a word that announces it.
pub(super) fn read(text: &str) -> Option<Day> {
    let lower = text.trim().to_lowercase();
    let mut rest = lower.as_str();
    for word in ["released", "release", "build", "version", "dated", "date", "of", "v"] {
        rest = rest.strip_prefix(word).unwrap_or(rest).trim_start_matches([' ', ':', '_']);
    }
    let split = |c: char| matches!(c, ' ' | ',' | '/' | '-' | '_');
    let parts: Vec<&str> = rest.split(split).filter(|part| !part.is_empty()).collect();
    let numbers: Option<Vec<u64>> = parts.iter().map(|part| part.parse().ok()).collect();
    let signs = |sign: char| rest.matches(sign).count();
    match (numbers.as_deref(), parts.as_slice()) {
        (Some([year, month, day]), _) if signs('-') == 2 || signs('/') == 2 || signs('_') == 2 => {
            day_of(*year, *month, *day)
                .or_else(|| day_of(*day, *year, *month).filter(|_| signs('/') == 2))
        }
        (None, [a, b, c]) => match (month(a), month(b)) {
            (Some(month), _) => day_of(c.parse().ok()?, month, ordinal(b)?),
            (_, Some(month)) => day_of(c.parse().ok()?, month, ordinal(a)?),
            _ => None,
        },
        (None, [a, b]) => day_of(b.parse().ok()?, month(a)?, 0),
        _ => None,
    }
}

fn day_of(year: u64, month: u64, day: u64) -> Option<Day> {
    let fits = (1990..2100).contains(&year) && (1..=12).contains(&month) && day <= 31;
    fits.then_some([year, month, day])
}

/// `3rd`.
fn ordinal(text: &str) -> Option<u64> {
    text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()
}

/// A month's name, or its first letters.
fn month(text: &str) -> Option<u64> {
    let text = text.trim_end_matches('.');
    let at = MONTHS.iter().position(|name| {
        *name == text || (text.len() >= 3 && text.len() <= 4 && name.starts_with(text))
    })?;
    u64::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_all_notations() {
        for (text, day) in [
            ("2023-11-15", Some([2023, 11, 15])),
            ("Build 2019-09-21", Some([2019, 9, 21])),
            ("Release Build 2019-09-21", Some([2019, 9, 21])),
            ("May_1_2024", Some([2024, 5, 1])),
            ("June 3, 2024", Some([2024, 6, 3])),
            ("april/17/2023", Some([2023, 4, 17])),
            ("8/30/2024", Some([2024, 8, 30])),
            ("Feb 10 2021", Some([2021, 2, 10])),
            ("january 2020", Some([2020, 1, 0])),
            ("2019", None),
            ("2014-2016", None),
            ("12.2.8", None),
            ("7.00-20140128", None),
        ] {
            assert_eq!(read(text), day, "{text}");
        }
    }
}
