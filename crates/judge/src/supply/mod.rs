//! Where devices and their parts come from, judged: passports, suppliers, early warnings.
//!
//! ```text
//! documents + pack ─ Supply ─► of a device: origin, life, components with weaknesses, statements
//! ties + contacts           ─► remote access: as attested, from elsewhere, without a tie
//! devices by maker          ─► suppliers with the factors of their number
//! verdicts before and after ─► early warnings
//! ```

mod remote;
mod shelf;
mod warn;

pub use remote::{Contacts, Reached, contacts, lies_in};
pub use shelf::{Filed, Outside, Scope, Supply};
pub use warn::{ASSETS_MAX, Change, Run, Warning, differences};
