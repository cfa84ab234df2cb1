//! The one clock.

use std::time::{Instant, SystemTime, UNIX_EPOCH};
use vocab::Ts;

/// For durations.
#[expect(clippy::disallowed_methods, reason = "the binary owns the clock")]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// The time of day, as live frames carry it.
#[expect(clippy::disallowed_methods, reason = "the binary owns the clock")]
pub(crate) fn wall() -> Ts {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Ts::new(since.as_secs().cast_signed(), since.subsec_nanos())
}

/// Today, `YYYY-MM-DD`, UTC.
pub(crate) fn date() -> String {
    view::rfc3339(wall()).chars().take(10).collect()
}
