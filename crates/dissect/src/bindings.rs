//! Where each protocol is looked for, as sorted lists made once from the specifications.

use crate::traits::{Place, Registry};
use alloc::vec::Vec;
use decode::Net;
use vocab::{Binding, ProtoId};

/// A spot to look at, in a form that sorts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Spot {
    Tcp(u16),
    Udp(u16),
    AnyTcp,
    AnyUdp,
    EtherType(u16),
    Llc(u8),
    Snap([u8; 3], u16),
    IpProto(u8),
    Link(u16),
    Inside(ProtoId, u32),
}

impl From<Binding> for Spot {
    fn from(binding: Binding) -> Self {
        match binding {
            Binding::Tcp(port) => Self::Tcp(port),
            Binding::Udp(port) => Self::Udp(port),
            Binding::AnyTcp => Self::AnyTcp,
            Binding::AnyUdp => Self::AnyUdp,
            Binding::EtherType(kind) => Self::EtherType(kind),
            Binding::Llc(sap) => Self::Llc(sap),
            Binding::Snap(oui, pid) => Self::Snap(oui, pid),
            Binding::IpProto(proto) => Self::IpProto(proto),
            Binding::Link(link) => Self::Link(link),
            Binding::Inside(proto, selector) => Self::Inside(proto, selector),
        }
    }
}

impl Spot {
    /// Where to look for what a link layer carries.
    pub(crate) fn of_net(net: Net) -> Option<Self> {
        match net {
            Net::None => None,
            Net::EtherType(kind) => Some(Self::EtherType(kind)),
            Net::Llc { dsap, .. } => Some(Self::Llc(dsap)),
            Net::Snap(oui, pid) => Some(Self::Snap(oui, pid)),
            Net::Link(link) => Some(Self::Link(link.0)),
        }
    }
}

/// All spots with their protocols.
pub(crate) struct Bindings(Vec<(Spot, Place)>);

impl Bindings {
    pub(crate) fn new<R: Registry>() -> Self {
        let mut all = Vec::new();
        for (at, spec) in R::SPECS.iter().enumerate() {
            let place = vocab::sat_u8(at);
            all.extend(spec.bindings.iter().map(|binding| (Spot::from(*binding), place)));
        }
        // Stable: within a spot the registry's order decides who is asked first.
        all.sort_by_key(|(spot, _)| *spot);
        Self(all)
    }

    /// The protocols looked for at a spot.
    pub(crate) fn at(&self, spot: Spot) -> impl Iterator<Item = Place> + '_ {
        let first = self.0.partition_point(|(other, _)| *other < spot);
        let rest = self.0.get(first..).unwrap_or(&[]);
        rest.iter().take_while(move |(other, _)| *other == spot).map(|(_, place)| *place)
    }

    /// Something is looked for at a spot.
    pub(crate) fn any_at(&self, spot: Spot) -> bool {
        self.at(spot).next().is_some()
    }
}
