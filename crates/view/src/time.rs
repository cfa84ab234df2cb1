//! Times as text.

use vocab::Ts;

/// RFC 3339 in UTC with nanoseconds; the nearest time that the format can say.
pub fn rfc3339(at: Ts) -> String {
    let time =
        jiff::Timestamp::from_nanosecond(i128::from(at.0)).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    format!("{time:.9}")
}

/// The same, or nothing for a time that was never seen.
pub(crate) fn seen(at: Ts) -> Option<String> {
    (at != Ts::MAX && at != Ts::MIN).then(|| rfc3339(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nanoseconds_are_always_written() {
        assert_eq!(rfc3339(Ts(1_767_225_600_000_000_000)), "2026-01-01T00:00:00.000000000Z");
        assert_eq!(rfc3339(Ts(-1)), "1969-12-31T23:59:59.999999999Z");
    }
}
