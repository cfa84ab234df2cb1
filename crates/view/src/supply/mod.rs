//! Where devices come from, and from whom: passports and suppliers as documents.

mod intel;
mod makers;
mod origin;
mod passport;
mod said;
mod suppliers;
mod types;
mod warning;

pub use intel::{intel, pack};
pub use makers::{
    SinglePlaceView, SupplierDevice, SupplierFactorView, SupplierPage, SupplierRow, SupplierView,
};
pub use said::document as supply_document;
pub use types::{
    ComponentView, ComponentWeaknessView, IntelPage, IntelSource, LifeView, OriginView,
    PassportView, PooledView, ProofView, RemoteView, ServedView, ServiceView, StatementView,
    SupplyDocumentView, TieView, WarningView,
};

use judge::risk::{Advice, Assessment};
use judge::supply::{Contacts, Supply};
use model::Resolution;

/// Everything that passports and suppliers are made from.
#[derive(Clone, Copy, Debug)]
pub struct Provenance<'a> {
    /// The picture's number.
    pub revision: u64,
    /// The devices.
    pub resolution: &'a Resolution,
    /// Who reaches devices from outside.
    pub contacts: &'a Contacts,
    /// What is known against kinds of devices.
    pub advice: &'a Advice,
    /// What is known against the plant's devices.
    pub assessment: Option<&'a Assessment>,
    /// Documents and facts.
    pub supply: &'a Supply,
    /// Today, `YYYY-MM-DD`.
    pub today: &'a str,
}
