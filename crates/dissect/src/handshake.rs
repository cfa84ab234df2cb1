//! The headers that open a TCP connection, for the protocol that reads them.

use crate::bindings::Spot;
use crate::context::{Cx, FactCx};
use crate::opens::NONE;
use crate::session::Session;
use crate::traits::{Input, Registry};
use decode::TcpHeader;

/// TCP among the protocols of IP. RFC 9293.
const TCP: u8 = 6;
/// Bytes of a header without options. RFC 9293 §3.1.
const HEADER: usize = 20;

impl<R: Registry> Session<'_, R> {
    /// Lets the protocol that reads TCP's own headers, where there is one, see this one.
    pub(crate) fn handshake(&mut self, fact: &FactCx<'_>, tcp: &TcpHeader) {
        let Some(header) = header_of(fact, tcp) else { return };
        // Without options all systems look alike.
        if header.len() <= HEADER {
            return;
        }
        let Some(place) = self.bindings.at(Spot::IpProto(TCP)).next() else { return };
        let Some(spec) = R::SPECS.get(usize::from(place)) else { return };
        let mut state = R::begin(place);
        let fact = FactCx { proto: spec.id, from_client: None, pair: None, ..*fact };
        let mut cx = Cx { fact, layer: NONE, tag: 0, hub: self };
        // It reads one header, and keeps nothing.
        let _read = R::step(&mut state, &mut cx, Input::Datagram(header));
    }
}

/// The bytes of a TCP header: those before the payload that say what was decoded. Decoding does not
/// keep where they begin, and only connections that open ask for it. Not there where the packet came
/// in fragments.
fn header_of<'e>(fact: &FactCx<'e>, tcp: &TcpHeader) -> Option<&'e [u8]> {
    let before = fact.wire.get(..fact.headers.payload.start)?;
    (5..=15u8).find_map(|words| {
        let len = usize::from(words).saturating_mul(4);
        let header = before.get(before.len().checked_sub(len)?..)?;
        let &[s0, s1, d0, d1, q0, q1, q2, q3, _, _, _, _, offset, ..] = header else { return None };
        let ports = ([s0, s1], [d0, d1]) == (tcp.src.to_be_bytes(), tcp.dst.to_be_bytes());
        let own = ports && [q0, q1, q2, q3] == tcp.seq.to_be_bytes() && offset >> 4 == words;
        own.then_some(header)
    })
}
