//! Time as the capture gives it.

use core::fmt;
use core::time::Duration;

/// Nanoseconds since 1970-01-01T00:00:00 UTC; negative before. Captures carry it, nobody on the
/// packet side reads a clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ts(pub i64);

impl Ts {
    /// The smallest time.
    pub const MIN: Self = Self(i64::MIN);
    /// The largest time.
    pub const MAX: Self = Self(i64::MAX);

    /// From whole seconds and nanoseconds; saturates.
    #[inline]
    pub const fn new(seconds: i64, nanos: u32) -> Self {
        Self(seconds.saturating_mul(1_000_000_000).saturating_add(nanos as i64))
    }

    /// Nanoseconds from `earlier` to `self`; negative when `self` is the earlier; saturates.
    #[inline]
    pub const fn since_ns(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// This time plus `duration`; saturates.
    #[inline]
    pub fn plus(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX)))
    }
}

impl fmt::Display for Ts {
    /// Seconds with nine decimals, for logs and tests; people get RFC 3339 from the edges.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.div_euclid(1_000_000_000);
        let nanos = self.0.rem_euclid(1_000_000_000);
        write!(f, "{seconds}.{nanos:09}")
    }
}
