//! Where devices and their parts come from, judged: passports, suppliers, early warnings.
//!
//! ```text
//! documents + pack ─ Supply ─► of a device: origin, life, components with weaknesses, statements
//! ties + contacts           ─► remote access: as attested, from elsewhere, without a tie
//! services + served ports   ─► as declared, never seen, not declared
//! devices by maker          ─► suppliers with the factors of their number
//! verdicts before and after ─► early warnings
//! ```

mod graph;
mod parts;
mod pool;
mod remote;
mod services;
mod share;
mod shelf;
mod supplier;
mod ties;
mod warn;

pub use graph::{Graph, PATH_MAX};
pub use parts::{PartIndex, PartWeakness, disagree, means};
pub use pool::{Pool, PoolKey, Pooled, pooled_in_words};
pub use remote::{Contacts, Reached, contacts, lies_in};
pub use services::{ComparedService, Port, Served, Serves, ServiceVerdict, served, services};
pub use share::{Secrets, Sharing, share};
pub use shelf::{Filed, Outside, Scope, Supply, is_named, makers};
pub use supplier::{Measures, SupplierFactor, day_number, score};
pub use ties::{Compared, TieVerdict, concerns, remote, state_of};
pub use warn::{ASSETS_MAX, Change, Run, Warning, advisories_run, differences, parts_run};
