//! Early warnings.

use super::WarningView;
use judge::supply::Warning;

impl From<(i64, Warning)> for WarningView {
    fn from((id, warning): (i64, Warning)) -> Self {
        Self {
            id,
            at: warning.at,
            cause: warning.cause,
            advisory: warning.advisory,
            change: warning.change.key().to_owned(),
            text: warning.text,
            devices: warning.devices,
            zones: warning.zones,
            assets: warning.assets,
        }
    }
}
