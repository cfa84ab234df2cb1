//! Time as stations send it. IEC 60870-5-101:2003 §7.2.6.18, §7.2.6.19.

use vocab::Ts;

/// A time tag. Stations send the plant's time, with a bit for summer time; it is shown as if it
/// were UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    /// None.
    None,
    /// CP24Time2a: milliseconds since the full hour.
    InHour {
        /// The milliseconds.
        ms: u32,
        /// The station does not trust its clock.
        invalid: bool,
    },
    /// CP56Time2a.
    Full {
        /// The time, where it is one.
        at: Option<Ts>,
        /// The station does not trust its clock.
        invalid: bool,
    },
}

impl Tag {
    /// Milliseconds, minute with its validity.
    pub(crate) fn short([low, high, minute]: [u8; 3]) -> Self {
        let ms = u32::from(u16::from_le_bytes([low, high]));
        let minutes = u32::from(minute & 0x3f).saturating_mul(60_000);
        Self::InHour { ms: ms.saturating_add(minutes), invalid: minute & 0x80 != 0 }
    }

    /// Milliseconds, minute with its validity, hour, day, month, year of the century.
    pub(crate) fn full([low, high, minute, hour, day, month, year]: [u8; 7]) -> Self {
        let ms = u16::from_le_bytes([low, high]);
        let time = [hour & 0x1f, minute & 0x3f];
        let date = [year & 0x7f, month & 0x0f, day & 0x1f];
        Self::Full { at: instant(date, time, ms), invalid: minute & 0x80 != 0 }
    }
}

/// The instant of a date in the years 2000 to 2099; `None` where there is no such.
fn instant([year, month, day]: [u8; 3], [hour, minute]: [u8; 2], ms: u16) -> Option<Ts> {
    let valid = year <= 99
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour <= 23
        && minute <= 59
        && ms <= 59_999;
    if !valid {
        return None;
    }
    let minutes = i64::from(hour).saturating_mul(60).saturating_add(i64::from(minute));
    let seconds = days(year, month, day)
        .saturating_mul(86_400)
        .saturating_add(minutes.saturating_mul(60))
        .saturating_add(i64::from(ms / 1_000));
    Some(Ts::new(seconds, u32::from(ms % 1_000).saturating_mul(1_000_000)))
}

/// Days from 1970-01-01 to a day of the years 2000 to 2099, where every fourth year is a leap year.
fn days(year: u8, month: u8, day: u8) -> i64 {
    const BEFORE: [u16; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let before = BEFORE.get(usize::from(month).saturating_sub(1)).copied().unwrap_or(0);
    let leaps = i64::from(year).saturating_add(3) / 4;
    let this = i64::from(year.is_multiple_of(4) && month > 2);
    // 10,957 days lie between 1970 and 2000.
    i64::from(year)
        .saturating_mul(365)
        .saturating_add(leaps)
        .saturating_add(i64::from(before))
        .saturating_add(i64::from(day))
        .saturating_add(this)
        .saturating_add(10_956)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_become_instants() {
        let seconds = |date, time| instant(date, time, 0).map(|at| at.0 / 1_000_000_000);
        assert_eq!(seconds([0, 1, 1], [0, 0]), Some(946_684_800));
        assert_eq!(seconds([0, 3, 1], [0, 0]), Some(951_868_800));
        assert_eq!(seconds([23, 11, 14], [16, 15]), Some(1_699_978_500));
        assert_eq!(seconds([24, 2, 29], [0, 0]), Some(1_709_164_800));
        assert_eq!(seconds([24, 12, 31], [23, 59]), Some(1_735_689_540));
        assert_eq!(instant([24, 13, 1], [0, 0], 0), None);
        assert_eq!(instant([24, 1, 1], [0, 0], 60_000), None);
    }
}
