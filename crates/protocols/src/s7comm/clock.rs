//! Points in time: eight bytes of decimal digits.

use vocab::{Status, Ts, Value};

/// Two decimal digits.
fn digits(byte: u8) -> Option<i64> {
    let (tens, ones) = (byte >> 4, byte & 15);
    if tens > 9 || ones > 9 {
        return None;
    }
    Some(i64::from(tens).saturating_mul(10).saturating_add(i64::from(ones)))
}

/// `DATE_AND_TIME`: year (90 to 89 is 1990 to 2089), month, day, hour, minute, second,
/// milliseconds in three digits, day of the week. IEC 61131-3; SIMATIC S7-300/400 system
/// functions, data type DATE_AND_TIME.
pub(super) fn read(bytes: &[u8]) -> Option<Ts> {
    /// Days before each month of a year that is not a leap year.
    const BEFORE: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let [year, month, day, hour, minute, second, tenths, thousandths] =
        *bytes.first_chunk::<8>()?;
    let year = digits(year)?;
    let (month, day) = (digits(month)?, digits(day)?);
    let (hour, minute, second) = (digits(hour)?, digits(minute)?, digits(second)?);
    if !(1..=31).contains(&day) || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let before = BEFORE.get(usize::try_from(month.saturating_sub(1)).ok()?)?;
    // Years since 1970; from 1972 on every fourth year has a day more.
    let years = if year >= 90 { year.saturating_sub(70) } else { year.saturating_add(30) };
    let leap = years & 3 == 2 && month > 2;
    let days = years
        .saturating_mul(365)
        .saturating_add(years.saturating_add(1) >> 2)
        .saturating_add(*before)
        .saturating_add(i64::from(leap))
        .saturating_add(day)
        .saturating_sub(1);
    let seconds = days
        .saturating_mul(24)
        .saturating_add(hour)
        .saturating_mul(60)
        .saturating_add(minute)
        .saturating_mul(60)
        .saturating_add(second);
    let millis = digits(tenths)?.saturating_mul(10).saturating_add(i64::from(thousandths >> 4));
    Some(Ts::new(seconds, u32::try_from(millis.saturating_mul(1_000_000)).unwrap_or(0)))
}

/// The same as a value; nothing where the digits are none.
pub(super) fn value(bytes: &[u8]) -> Value<'_> {
    read(bytes).map_or(Value::None, Value::Time)
}

/// The content of the clock functions: two bytes before the time.
pub(super) fn content(content: &[u8]) -> Value<'_> {
    content.get(2..).map_or(Value::None, value)
}

/// What an error number means for an operation.
pub(super) fn status(error: u16) -> Status {
    if error == 0 { Status::Ok } else { Status::Error(u32::from(error)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_digits() {
        let at = |bytes: &[u8]| read(bytes).map(|ts| ts.0 / 1_000_000);
        // 2014-08-20 11:59:43.912
        assert_eq!(at(&[0x14, 0x08, 0x20, 0x11, 0x59, 0x43, 0x91, 0x24]), Some(1_408_535_983_912));
        // 1994-01-06 00:27:20.397, 2000-02-29, 2000-03-01
        assert_eq!(at(&[0x94, 1, 6, 0, 0x27, 0x20, 0x39, 0x75]), Some(757_816_040_397));
        assert_eq!(at(&[0, 2, 0x29, 0, 0, 0, 0, 0]), Some(951_782_400_000));
        assert_eq!(at(&[0, 3, 1, 0, 0, 0, 0, 0]), Some(951_868_800_000));
        assert_eq!(at(&[0x14, 0x13, 0x20, 0, 0, 0, 0, 0]), None);
        assert_eq!(at(&[0xff; 8]), None);
    }
}
