//! A device's passport.

use super::{PassportView, Provenance, SupplierPage, SupplierView};
use model::Asset;
use vocab::Attribute;

impl Provenance<'_> {
    /// A device's passport.
    pub fn passport(&self, asset: &Asset) -> PassportView {
        let value = |attribute| asset.value(attribute).map(str::to_owned);
        PassportView {
            revision: self.revision,
            asset: asset.id.clone(),
            name: value(Attribute::Name).unwrap_or_else(|| asset.id.clone()),
            vendor: value(Attribute::Vendor),
            supplier: None,
            product: value(Attribute::Product),
            model: value(Attribute::Model),
            order_number: value(Attribute::OrderNumber),
            firmware: value(Attribute::Firmware),
            hardware: value(Attribute::Hardware),
            serial: value(Attribute::Serial),
            role: asset.role(),
            zone: asset.zone.clone(),
            origins: Vec::new(),
            lives: Vec::new(),
            documents: Vec::new(),
            components: Vec::new(),
            components_total: 0,
            statements: Vec::new(),
            ties: Vec::new(),
            remote: Vec::new(),
            pooled: Vec::new(),
            missing: Vec::new(),
        }
    }

    /// Suppliers, the largest number first.
    pub fn suppliers(&self) -> SupplierPage {
        SupplierPage { revision: self.revision, suppliers: Vec::new(), unknown: 0 }
    }

    /// One supplier.
    pub fn supplier(&self, _key: &str) -> Option<SupplierView> {
        None
    }
}
