//! Documents, statements and ties as they are shown.

use super::origin::{proof, some};
use super::{
    PooledView, Provenance, RemoteView, ServedView, ServiceView, StatementView, SupplyDocumentView,
    TieView,
};
use crate::time::seen;
use judge::supply::{
    Compared, ComparedService, Filed, PoolKey, Pooled, ServiceVerdict, TieVerdict, disagree,
    lies_in, makers, pooled_in_words, services, state_of,
};
use knowledge::supply::{Status, Tie, TieKind};
use model::Asset;
use std::collections::BTreeMap;
use vocab::Attribute;

/// Most statements of an answer.
pub(super) const STATEMENTS_MAX: usize = 2_000;

/// A document that was imported.
pub fn document(filed: &Filed) -> SupplyDocumentView {
    let own = &filed.document;
    SupplyDocumentView {
        id: filed.id,
        name: filed.name.clone(),
        format: own.format.key(),
        scope: filed.scope.key(),
        subject: filed.scope.subject().map(str::to_owned),
        author: some(&own.author),
        made: some(&own.made),
        imported: filed.imported.clone(),
        sha256: filed.sha256.clone(),
        components: own.components.len(),
        statements: own.statements.len(),
        complaints: own.complaints.clone(),
        dropped: own.dropped,
    }
}

/// What is said of each CVE: all statuses, whoever says them.
pub(super) fn statuses<'a>(documents: &[&'a Filed]) -> BTreeMap<&'a str, Vec<Status>> {
    let mut all: BTreeMap<&str, Vec<Status>> = BTreeMap::new();
    for said in documents.iter().flat_map(|filed| &filed.document.statements) {
        all.entry(&said.cve).or_default().push(said.status);
    }
    all
}

/// Statements with whom they come from; those that others dispute first.
pub(super) fn statements(documents: &[&Filed]) -> Vec<StatementView> {
    let all = statuses(documents);
    let mut views = Vec::new();
    for filed in documents {
        for said in &filed.document.statements {
            let author = [&said.author, &filed.document.author, &filed.name];
            let author = author.into_iter().find(|author| !author.is_empty());
            let at = if said.at.is_empty() { &filed.document.made } else { &said.at };
            views.push(StatementView {
                cve: said.cve.clone(),
                status: said.status.key(),
                justification: some(&said.justification),
                detail: some(&said.detail),
                action: some(&said.action),
                products: said.products.iter().take(50).cloned().collect(),
                author: author.cloned().unwrap_or_default(),
                at: some(at),
                document: filed.id,
                disputed: all.get(said.cve.as_str()).is_some_and(|statuses| disagree(statuses)),
            });
        }
    }
    views.sort_by(|a, b| b.disputed.cmp(&a.disputed).then_with(|| a.cve.cmp(&b.cve)));
    views.truncate(STATEMENTS_MAX);
    views
}

impl Provenance<'_> {
    /// A tie; `remote` is the access that was seen on the device, where it is about one.
    pub(super) fn tie(&self, filed: &Filed, tie: &Tie, remote: Option<&[Compared<'_>]>) -> TieView {
        let used = |own: &Compared<'_>| {
            tie.addresses.iter().any(|network| lies_in(own.reached.address, network))
        };
        let is_remote = tie.kind == TieKind::RemoteMaintenance;
        TieView {
            kind: tie.kind.key(),
            supplier: tie.supplier.clone(),
            what: tie.what.clone(),
            from: some(&tie.from),
            until: some(&tie.until),
            state: state_of(tie, self.today),
            addresses: tie.addresses.clone(),
            proof: proof(tie.evidence.as_ref()),
            by: some(&filed.document.attested.by),
            document: filed.id,
            observed: remote.filter(|_| is_remote).map(|remote| remote.iter().any(used)),
        }
    }

    /// Services that documents declare, compared with those that were seen.
    pub(super) fn services(
        &self,
        at: usize,
        asset: &Asset,
        documents: &[&Filed],
    ) -> Vec<ServiceView> {
        let found = services(asset, documents, self.contacts.served.of(at));
        found.iter().map(service).collect()
    }

    pub(super) fn remote_view(&self, own: &Compared<'_>) -> RemoteView {
        let peer = self.resolution.assets.get(own.reached.peer);
        let named = |what| peer.and_then(|peer| peer.value(what)).map(str::to_owned);
        let address = own.reached.address.to_string();
        let supplier = own.tie.map_or("", |tie| tie.supplier.as_str());
        let text = match own.verdict {
            TieVerdict::AsAttested => format!("{address}: remote maintenance by {supplier}"),
            TieVerdict::OutsidePeriod => format!(
                "{address}: remote maintenance by {supplier} is attested, but not for this time"
            ),
            TieVerdict::OtherAddress => format!(
                "{address}: remote maintenance by {supplier} is attested, but not from this address"
            ),
            TieVerdict::NoTie => format!("{address}: nobody attests remote maintenance"),
        };
        RemoteView {
            peer: address,
            peer_name: named(Attribute::Name).or_else(|| named(Attribute::Vendor)),
            zone: peer.map(|peer| peer.zone.clone()).unwrap_or_default(),
            protocols: own.reached.protocols.iter().copied().collect(),
            first: seen(own.reached.first),
            last: seen(own.reached.last),
            verdict: own.verdict.key(),
            text,
        }
    }

    /// What other plants decided about a device's model.
    pub(super) fn pooled(&self, asset: &Asset) -> Vec<PooledView> {
        let value = |what| asset.value(what).unwrap_or_default();
        let model = [Attribute::OrderNumber, Attribute::Model, Attribute::Product];
        let model = model.into_iter().map(value).find(|text| !text.is_empty());
        let Some(model) = model else { return Vec::new() };
        let makers = makers(asset, self.advice);
        let is_own = |key: &PoolKey| {
            key.model == model && !makers.is_disjoint(&self.advice.makers(&key.vendor))
        };
        let found = self.supply.pool().about(is_own);
        found.filter_map(|(key, pooled)| pooled_view(key, pooled)).collect()
    }
}

pub(super) fn pooled_view(key: &PoolKey, pooled: &Pooled) -> Option<PooledView> {
    Some(PooledView {
        cve: key.cve.clone(),
        model: key.model.clone(),
        firmware: some(&key.firmware),
        state: judge::risk::State::from_key(&key.state)?.key(),
        controls: pooled.controls.iter().map(|(control, _)| control.clone()).collect(),
        reasons: pooled.reasons.clone(),
        plants: pooled.plants,
        devices: pooled.devices,
        text: pooled_in_words(key, pooled),
    })
}

fn service(own: &ComparedService<'_>) -> ServiceView {
    let name = own.declared.map_or("", |(_, service)| service.name.as_str());
    let port = own
        .port
        .map_or_else(String::new, |(carrier, port)| format!(" at {} port {port}", carrier.key()));
    let text = match own.verdict {
        ServiceVerdict::Undeclared => {
            let protocols = own.seen.map(|seen| seen.protocols.iter().copied().collect::<Vec<_>>());
            let protocols = protocols.unwrap_or_default().join(", ");
            let what = if protocols.is_empty() { String::new() } else { format!(" ({protocols})") };
            format!("a service{port}{what} was seen, but no document declares it")
        }
        ServiceVerdict::Unseen => {
            format!("{name}{port} is declared, but nobody was seen to use it")
        }
        ServiceVerdict::AsDeclared => format!("{name}{port} is declared and was seen"),
        ServiceVerdict::Elsewhere => {
            format!("{name} is declared, but not at a port of this device")
        }
    };
    ServiceView {
        verdict: own.verdict.key(),
        severity: own.verdict.severity(),
        text,
        name: some(name),
        provider: own.declared.and_then(|(_, service)| some(&service.provider)),
        endpoint: own.endpoint.map(str::to_owned),
        transport: own.port.map(|(carrier, _)| carrier.key()),
        port: own.port.map(|(_, port)| port),
        crosses_trust: own.declared.is_some_and(|(_, service)| service.crosses_trust),
        document: own.declared.map(|(filed, _)| filed.id),
        seen: own.seen.map(|own| ServedView {
            protocols: own.protocols.iter().copied().collect(),
            clients: own.clients,
            first: seen(own.first),
            last: seen(own.last),
            file: own.frame.file,
            frame: own.frame.number,
        }),
    }
}
