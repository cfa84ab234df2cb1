//! A model as documents: what `analyze` writes and what the console's interface gives. One set of
//! types for both, so that a file and a page never disagree.
//!
//! Unknown values are left out, never written as empty strings.

mod analysis;
mod asset;
mod capture;
mod conversation;
pub mod export;
mod finding;
mod risk;
mod rows;
mod supply;
mod time;

pub use analysis::Analysis;
pub use asset::{
    AssetView, BondKind, BondView, ChoiceView, CorrectionView, EvidenceView, MergeView, PartView,
    ProtocolUse, ReasonView, RoleView,
};
pub use capture::{Capture, FaultView, FileView};
pub use conversation::{
    ConversationOperation, ConversationView, OperationView, ProtocolView, TargetView, conversation,
    operations, protocols,
};
pub use finding::{FindingView, PlaceView};
pub use risk::{
    AssetRiskView, FactorPartView, FactorView, RiskSummary, StepView, TriageView,
    VulnerabilityView, ZoneRiskView, score, vulnerabilities, vulnerability,
};
pub use supply::{
    ComponentView, ComponentWeaknessView, IntelPage, IntelSource, LifeView, OriginView,
    PassportView, PooledView, ProofView, Provenance, RemoteView, ServedView, ServiceView,
    SinglePlaceView, StatementView, SupplierDevice, SupplierFactorView, SupplierPage, SupplierRow,
    SupplierView, SupplyDocumentView, TieView, WarningView, intel, pack, supply_document,
};
pub use time::rfc3339;
