//! Which protocol a flow speaks: the content decides, ports order the questions.

use crate::bindings::Spot;
use crate::context::FactCx;
use crate::flow::Phase;
use crate::session::Session;
use crate::traits::{Hint, Place, Probe, Registry};

/// What the probes said together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Is(Place),
    /// Somebody needs this many bytes to say.
    Wait(usize),
    No,
}

impl<R: Registry> Session<'_, R> {
    /// Asks those bound to the places in order, the first that is not sure of a no decides.
    fn ask(
        &self,
        places: &[(Spot, bool, bool)],
        fact: &FactCx<'_>,
        head: &[u8],
        datagram: bool,
    ) -> Verdict {
        for (spot, bound, from_server) in places {
            let hint = Hint {
                headers: fact.headers,
                bound: *bound,
                from_server: *from_server,
                datagram,
                tag: 0,
            };
            for proto in self.bindings.at(*spot) {
                match R::probe(proto, &hint, head) {
                    Probe::Sure => return Verdict::Is(proto),
                    Probe::Maybe { need } if !datagram => return Verdict::Wait(need),
                    Probe::Maybe { .. } | Probe::No => {}
                }
            }
        }
        Verdict::No
    }

    /// What a TCP stream speaks, from the beginning of one direction.
    pub(crate) fn identify_stream(&self, fact: &FactCx<'_>, head: &[u8]) -> Verdict {
        let (src, dst) = fact.headers.ports();
        let places = [
            (Spot::Tcp(dst), true, false),
            (Spot::Tcp(src), true, true),
            (Spot::AnyTcp, false, false),
        ];
        self.ask(&places, fact, head, false)
    }

    /// What a UDP datagram speaks.
    pub(crate) fn identify_udp(&self, fact: &FactCx<'_>, datagram: &[u8]) -> Verdict {
        let (src, dst) = fact.headers.ports();
        let places = [
            (Spot::Udp(dst), true, false),
            (Spot::Udp(src), true, true),
            (Spot::AnyUdp, false, false),
        ];
        self.ask(&places, fact, datagram, true)
    }

    /// What a frame or IP payload without ports speaks.
    pub(crate) fn identify_at(&self, spot: Spot, fact: &FactCx<'_>, bytes: &[u8]) -> Verdict {
        self.ask(&[(spot, true, false)], fact, bytes, true)
    }

    /// Gives the flow its protocol.
    pub(crate) fn bind(&mut self, proto: Place) -> Option<u32> {
        let Some(layer) = self.core.add_layer(proto) else {
            self.flow.phase = Phase::Ignored;
            return None;
        };
        self.flow.layer = layer;
        self.flow.phase = Phase::Bound;
        self.flow.strikes = 0;
        Some(layer)
    }
}
