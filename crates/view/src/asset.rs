//! A device as a document.

use crate::risk::{AssetRiskView, VulnerabilityView, vulnerabilities};
use crate::time::seen;
use judge::risk::Assessment;
use model::{Asset, Choice, Evidence, Model, Reason};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vocab::Attribute;

/// A reason as code and arguments, with its English words.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ReasonView {
    /// What kind of reason.
    pub code: &'static str,
    /// Its arguments.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<&'static str, String>,
    /// In English.
    pub text: String,
}

impl From<&Reason> for ReasonView {
    fn from(reason: &Reason) -> Self {
        Self { code: reason.code, args: args(reason), text: reason.to_string() }
    }
}

/// A reason's arguments by name.
pub(crate) fn args(reason: &Reason) -> BTreeMap<&'static str, String> {
    reason.args.iter().map(|(name, value)| (*name, value.to_string())).collect()
}

fn plain(code: &'static str) -> ReasonView {
    ReasonView::from(&Reason::plain(code))
}

/// A protocol that a device speaks.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ProtocolUse {
    /// The protocol.
    pub id: &'static str,
    /// `server` or `client`.
    #[serde(rename = "as")]
    pub side: &'static str,
}

/// A part of a device: a serial unit, a module in a rack.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct PartView {
    /// What the number counts.
    pub kind: String,
    /// The number.
    pub number: u32,
}

/// A stated or derived value and where it was seen.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct EvidenceView {
    /// What it says.
    pub attribute: &'static str,
    /// The value as the device sent it.
    pub value: String,
    /// The protocol that says it.
    pub protocol: String,
    /// Where in the protocol.
    pub source: String,
    /// The part it is about; left out for the device itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<PartView>,
    /// The address it was stated for.
    pub address: String,
    /// Number of the first frame that says it.
    pub frame: u64,
    /// The input that frame is in.
    pub file: u16,
    /// Byte offset in that frame; left out where the value came in several frames.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u32>,
    /// Bytes as sent.
    pub length: u32,
    /// How often it was stated.
    pub count: u64,
    /// First time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// Last time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    /// How sure, 0 to 1.
    pub confidence: f32,
}

/// How the best value of an attribute was chosen.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ChoiceView {
    /// The attribute.
    pub attribute: &'static str,
    /// The value.
    pub value: String,
    /// How sure, 0 to 1.
    pub confidence: f32,
    /// Position of the strongest evidence in the asset's list.
    pub evidence: usize,
    /// Why this value.
    pub why: Vec<ReasonView>,
    /// Other values stated for the same attribute, best first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<String>,
    /// Values that gave way to others, in order of time; left out where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ChangeView>,
}

/// A value that a device stated until it stated another one.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ChangeView {
    /// The old value.
    pub from: String,
    /// The new value.
    pub to: String,
    /// Position of what says the old value in the asset's list of evidence, with its frame.
    pub from_evidence: usize,
    /// Position of what says the new value.
    pub to_evidence: usize,
    /// When the old value was last stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    /// When the new value was first stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
}

/// What a person said of a device.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct CorrectionView {
    /// The attribute.
    pub attribute: &'static str,
    /// The value; left out where an earlier one was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Why.
    pub reason: String,
    /// Who.
    pub who: String,
    /// When.
    pub when: String,
}

impl From<&model::Correction> for CorrectionView {
    fn from(said: &model::Correction) -> Self {
        Self {
            attribute: said.attribute.key(),
            value: said.value.clone(),
            reason: said.reason.clone(),
            who: said.who.clone(),
            when: crate::time::rfc3339(said.at),
        }
    }
}

/// What a person says of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BondKind {
    /// Two addresses are of one device.
    Same,
    /// An address is a device of its own.
    Own,
}

impl From<&model::Bond> for BondKind {
    fn from(bond: &model::Bond) -> Self {
        match bond {
            model::Bond::Same { .. } => Self::Same,
            model::Bond::Own { .. } => Self::Own,
        }
    }
}

/// What a person said of which addresses are one device.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct BondView {
    /// What is said.
    pub kind: BondKind,
    /// The address that it is about.
    pub one: String,
    /// `same`: the other address. `own`: those that it was one device with.
    pub others: Vec<String>,
    /// It was said; else an earlier word was taken back.
    pub said: bool,
    /// Why.
    pub reason: String,
    /// Who.
    pub who: String,
    /// When.
    pub when: String,
}

impl From<&model::Tie> for BondView {
    fn from(tie: &model::Tie) -> Self {
        let mut hosts = tie.bond.hosts().map(|host| host.to_string());
        Self {
            kind: BondKind::from(&tie.bond),
            one: hosts.next().unwrap_or_default(),
            others: hosts.collect(),
            said: tie.holds,
            reason: tie.reason.clone(),
            who: tie.who.clone(),
            when: crate::time::rfc3339(tie.at),
        }
    }
}

/// A role and why.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct RoleView {
    /// The role.
    pub role: &'static str,
    /// How sure, 0 to 1.
    pub confidence: f32,
    /// Why, the strongest reason first.
    pub why: Vec<ReasonView>,
}

/// Why two addresses are one device.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct MergeView {
    /// One address.
    pub one: String,
    /// The other.
    pub other: String,
    /// Why.
    pub why: ReasonView,
}

/// A device.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct AssetView {
    /// Stable while its first address is.
    pub id: String,
    /// MACs, lower case with colons.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub macs: Vec<String>,
    /// IP addresses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ips: Vec<String>,
    /// VLANs it was seen in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vlans: Vec<u16>,
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Maker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor: Option<String>,
    /// Product family.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Order number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_number: Option<String>,
    /// Serial number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// Firmware version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub firmware: Option<String>,
    /// Hardware version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hardware: Option<String>,
    /// Operating system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub os: Option<String>,
    /// Location, as configured in the device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// Role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<&'static str>,
    /// Purdue level, 0 to 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purdue: Option<u8>,
    /// Why this level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purdue_why: Option<ReasonView>,
    /// Zone.
    pub zone: String,
    /// How sure the identification is, 0 to 1.
    pub confidence: f32,
    /// First frame's time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// Last frame's time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    /// Frames sent.
    pub packets: u64,
    /// Bytes sent.
    pub bytes: u64,
    /// It never sent a frame here; others address it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub silent: bool,
    /// Protocols.
    pub protocols: Vec<ProtocolUse>,
    /// All candidates for the role, the strongest first.
    pub roles: Vec<RoleView>,
    /// How each attribute's value was chosen.
    pub choices: Vec<ChoiceView>,
    /// All stated and derived values.
    pub evidence: Vec<EvidenceView>,
    /// Why its addresses are one device.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub merges: Vec<MergeView>,
    /// Addresses whose frames it passes on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub forwards: Vec<String>,
    /// MACs of the routers its frames came through.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub via: Vec<String>,
    /// What advisories say of it; left out where nothing is known against it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vulnerabilities: Vec<VulnerabilityView>,
    /// Its risk; left out where nothing is known against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risk: Option<AssetRiskView>,
}

/// Two decimals are all that confidence deserves.
fn rounded(confidence: f32) -> f32 {
    (confidence * 100.0).round() / 100.0
}

impl AssetView {
    /// A device of a model.
    pub fn new(asset: &Asset, model: &Model) -> Self {
        let value = |attribute| asset.value(attribute).map(str::to_owned);
        let strings = |list: &[vocab::Mac]| list.iter().map(ToString::to_string).collect();
        Self {
            id: asset.id.clone(),
            macs: strings(&asset.macs),
            ips: asset.ips.iter().map(ToString::to_string).collect(),
            vlans: asset.vlans.clone(),
            name: value(Attribute::Name),
            vendor: value(Attribute::Vendor),
            product: value(Attribute::Product),
            model: value(Attribute::Model),
            order_number: value(Attribute::OrderNumber),
            serial: value(Attribute::Serial),
            firmware: value(Attribute::Firmware),
            hardware: value(Attribute::Hardware),
            os: value(Attribute::Os),
            location: value(Attribute::Location),
            role: asset.role(),
            purdue: asset.purdue.map(|(level, _)| level),
            purdue_why: asset.purdue.map(|(_, why)| plain(why)),
            zone: asset.zone.clone(),
            confidence: rounded(asset.confidence),
            first: seen(asset.seen.first),
            last: seen(asset.seen.last),
            packets: asset.seen.packets,
            bytes: asset.seen.bytes,
            silent: asset.silent,
            protocols: protocols(asset, model),
            roles: asset.roles.iter().map(role).collect(),
            choices: asset.choices.iter().map(|(a, choice)| chosen(asset, *a, choice)).collect(),
            evidence: asset.evidence.iter().map(evidence).collect(),
            merges: asset.merges.iter().map(merge).collect(),
            forwards: asset.forwards.iter().map(ToString::to_string).collect(),
            via: strings(&asset.via),
            vulnerabilities: Vec::new(),
            risk: None,
        }
    }

    /// The same with what is known against it.
    pub fn with(self, by: Option<&Assessment>) -> Self {
        let found = by.and_then(|by| Some((by.asset(&self.id)?, by)));
        let Some((risk, by)) = found else { return self };
        let vulnerabilities = vulnerabilities(risk, by);
        Self { vulnerabilities, risk: Some(AssetRiskView::new(risk, by)), ..self }
    }
}

fn protocols(asset: &Asset, model: &Model) -> Vec<ProtocolUse> {
    let side = |server| if server { "server" } else { "client" };
    asset
        .protocols
        .iter()
        .filter_map(|p| Some(ProtocolUse { id: model.spec(p.proto)?.key, side: side(p.server) }))
        .collect()
}

fn role(reason: &model::RoleReason) -> RoleView {
    RoleView {
        role: reason.role,
        confidence: rounded(reason.confidence),
        why: reason.why.iter().map(ReasonView::from).collect(),
    }
}

fn chosen(asset: &Asset, attribute: Attribute, choice: &Choice) -> ChoiceView {
    let value = |at: usize| asset.evidence.get(at).map(|e| e.value.clone()).unwrap_or_default();
    let change = |change: &model::Change| ChangeView {
        from: value(change.from),
        to: value(change.to),
        from_evidence: change.from,
        to_evidence: change.to,
        last: seen(change.last),
        first: seen(change.first),
    };
    ChoiceView {
        attribute: attribute.key(),
        value: choice.value.clone(),
        confidence: rounded(choice.confidence),
        evidence: choice.evidence,
        why: choice.why.iter().map(ReasonView::from).collect(),
        others: choice.others.clone(),
        changes: choice.changes.iter().map(change).collect(),
    }
}

fn evidence(evidence: &Evidence) -> EvidenceView {
    EvidenceView {
        attribute: evidence.attribute.key(),
        value: evidence.value.clone(),
        protocol: evidence.protocol.to_owned(),
        source: evidence.source.clone(),
        part: evidence
            .part
            .as_ref()
            .map(|part| PartView { kind: part.kind.clone(), number: part.number }),
        address: evidence.host.to_string(),
        frame: evidence.frame.number,
        file: evidence.frame.file,
        offset: evidence.offset,
        length: evidence.length,
        count: evidence.count,
        first: seen(evidence.first),
        last: seen(evidence.last),
        confidence: f32::from(evidence.weight) / 100.0,
    }
}

fn merge(merge: &model::Merge) -> MergeView {
    MergeView { one: merge.one.to_string(), other: merge.other.to_string(), why: plain(merge.why) }
}
