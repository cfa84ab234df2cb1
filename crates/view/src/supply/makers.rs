//! Documents about suppliers.

use super::types::{OriginView, PooledView, StatementView, SupplyDocumentView, TieView};
use serde::Serialize;
use std::collections::BTreeMap;

/// A factor of a supplier's number.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct SupplierFactorView {
    /// `advisories`, `without_fix`, `time_to_fix`, `end_of_life`, `missing_sbom`, `missing_vex`,
    /// `single_source`.
    pub name: &'static str,
    /// 0 (good) to 1 (bad); left out where nothing is known, which never counts as good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// Its weight.
    pub weight: f64,
    /// What it is made from: a count, a share, days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<f64>,
    /// Why, in English.
    pub why: String,
    /// Why, as a code: its name, or `no_fix_known`.
    pub code: &'static str,
    /// The code's arguments: `part` and `whole`, or `days`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<&'static str, usize>,
}

/// Devices of one role in one zone that a supplier alone provides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SinglePlaceView {
    /// The role.
    pub role: String,
    /// The zone.
    pub zone: String,
    /// How many devices.
    pub devices: usize,
}

/// A supplier in a list.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct SupplierRow {
    /// Its key: the name under which makers are compared.
    pub key: String,
    /// Its name as devices give it most often.
    pub name: String,
    /// Devices.
    pub devices: usize,
    /// Zones with its devices.
    pub zones: usize,
    /// 0 to 100, for sorting.
    pub score: f64,
    /// Country of its seat, which says nothing of where devices were made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Advisories with open weaknesses on its devices.
    pub advisories: usize,
    /// Weaknesses without a version that fixes them.
    pub without_fix: usize,
    /// Devices of which support has ended.
    pub end_of_life: usize,
    /// Devices with a bill of materials.
    pub with_sbom: usize,
    /// Remote access to its devices that nobody attested.
    pub unattested_remote: usize,
}

/// Suppliers.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct SupplierPage {
    /// The picture it is made from.
    pub revision: u64,
    /// The largest number first.
    pub suppliers: Vec<SupplierRow>,
    /// Devices of which no maker is known.
    pub unknown: usize,
}

/// A device of a supplier.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct SupplierDevice {
    /// Identifier.
    pub asset: String,
    /// Name, else identifier.
    pub name: String,
    /// Zone.
    pub zone: String,
    /// Role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<&'static str>,
    /// Model, product or order number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Firmware.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub firmware: Option<String>,
    /// Open weaknesses.
    pub open: usize,
    /// `supported`, `ending`, `ended`, `unknown`: the worst of it and its software.
    pub life: &'static str,
    /// It has a bill of materials.
    pub sbom: bool,
}

/// A supplier with everything that is known.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct SupplierView {
    /// The picture it is made from.
    pub revision: u64,
    /// The same as in the list.
    pub supplier: SupplierRow,
    /// What makes its number.
    pub factors: Vec<SupplierFactorView>,
    /// Its devices.
    pub assets: Vec<SupplierDevice>,
    /// Countries.
    pub origins: Vec<OriginView>,
    /// Documents that were imported for it or for its devices.
    pub documents: Vec<SupplyDocumentView>,
    /// Statements on exploitability in documents that were imported for it.
    pub statements: Vec<StatementView>,
    /// Contracts and permissions.
    pub ties: Vec<TieView>,
    /// Only it provides these: `plc in cell-1 (4 devices)`.
    pub single_source: Vec<String>,
    /// The same as role, zone and count.
    pub single_places: Vec<SinglePlaceView>,
    /// What other plants decided about its models.
    pub pooled: Vec<PooledView>,
}
