//! The calendar, for protocols that tell the time in its parts.

use crate::wire::{MS, S};

/// A moment in its parts, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Civil {
    pub(crate) year: u16,
    pub(crate) month: u8,
    pub(crate) day: u8,
    /// Monday is 1.
    pub(crate) weekday: u8,
    pub(crate) hour: u8,
    pub(crate) minute: u8,
    pub(crate) second: u16,
    pub(crate) millisecond: u16,
}

fn small(value: i64) -> u8 {
    vocab::low_u8(value.cast_unsigned())
}

impl Civil {
    /// Nanoseconds since 1970 in their parts.
    pub(crate) fn new(at: i64) -> Self {
        let days = at.div_euclid(86_400 * S);
        let rest = at.rem_euclid(86_400 * S);
        // Days since 1 March of year 0 in the Gregorian calendar; eras have 400 years.
        let shifted = days + 719_468;
        let of_era = shifted.rem_euclid(146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let from_march = (5 * of_year + 2) / 153;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = shifted.div_euclid(146_097) * 400 + year + i64::from(month <= 2);
        Self {
            year: vocab::low_u16(year.cast_unsigned()),
            month: small(month),
            day: small(of_year - (153 * from_march + 2) / 5 + 1),
            weekday: small((days + 3).rem_euclid(7) + 1),
            hour: small(rest / (3_600 * S)),
            minute: small(rest / (60 * S) % 60),
            second: u16::from(small(rest / S % 60)),
            millisecond: vocab::low_u16((rest / MS % 1_000).cast_unsigned()),
        }
    }
}

/// A moment as RFC 3339 writes it, with nanoseconds.
pub(crate) fn rfc3339(at: i64) -> String {
    let it = Civil::new(at);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:09}Z",
        it.year,
        it.month,
        it.day,
        it.hour,
        it.minute,
        it.second,
        at.rem_euclid(S)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days() {
        // 29 February 2024, 12:34:56.789, a Thursday.
        let at = Civil::new(1_709_210_096 * S + 789 * MS);
        assert_eq!((at.year, at.month, at.day, at.weekday), (2024, 2, 29, 4));
        assert_eq!((at.hour, at.minute, at.second, at.millisecond), (12, 34, 56, 789));
        assert_eq!(rfc3339(1_709_210_096 * S + 1), "2024-02-29T12:34:56.000000001Z");
        let first = Civil::new(0);
        assert_eq!((first.year, first.month, first.day, first.weekday), (1970, 1, 1, 4));
    }
}
