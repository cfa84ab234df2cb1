//! The loop over the layers: each step reads one header and says what comes next.

use crate::cursor::Cursor;
use crate::headers::{
    Headers, Layer, LayerFault, LinkType, Net, Outer, Payload, Stop, Transport, TunnelKind,
};
use crate::{ip, link, plain, transport};
use vocab::sat_u32;

/// Most headers read in one frame; real networks nest fewer.
const STEPS_MAX: usize = 24;

/// What the next bytes are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Next {
    /// What follows an EtherType.
    Ether(u16),
    /// An Ethernet frame from its destination address on.
    EthernetFrame,
    /// What follows a PPP protocol number.
    Ppp(u16),
    /// IP, version from the first nibble.
    AnyIp,
    /// What follows an IP protocol number.
    IpProto(u8),
    /// The payload: decoding is complete.
    Payload,
    /// Decoding ends early.
    Stop(Stop),
}

/// The state of one walk.
pub(crate) struct Walk<'h, 'p> {
    /// Reads the current layer; ends where the layer ends or the capture cut it.
    pub(crate) at: Cursor<'p>,
    /// Bytes of the current layer beyond what was captured.
    pub(crate) lack: usize,
    /// What is known so far.
    pub(crate) h: &'h mut Headers,
    /// All bytes, for positions.
    base: &'p [u8],
}

impl Walk<'_, '_> {
    /// Bounds the current layer to `len` bytes from here, as its header says.
    pub(crate) fn bound(&mut self, len: usize, layer: Layer) {
        let here = self.at.len();
        if len <= here {
            self.at = Cursor::new(self.at.rest().get(..len).unwrap_or(&[]));
            self.lack = 0;
            return;
        }
        let need = len.saturating_sub(here);
        if need > self.lack {
            self.fault(layer, "length_beyond_frame");
        }
        self.lack = need.min(self.lack);
    }

    /// Notes the first header fault.
    pub(crate) fn fault(&mut self, layer: Layer, fault: &'static str) {
        self.h.fault.get_or_insert(LayerFault { layer, fault });
    }

    /// The walk ends because a header is shorter than it must be.
    pub(crate) fn short(&mut self, layer: Layer) -> Next {
        if self.lack == 0 {
            self.fault(layer, "truncated_header");
        }
        Next::Stop(Stop::Truncated(layer))
    }

    /// The walk ends because a header contradicts itself.
    pub(crate) fn malformed(&mut self, layer: Layer, fault: &'static str) -> Next {
        self.fault(layer, fault);
        Next::Stop(Stop::Malformed(layer))
    }

    /// Keeps the outermost headers and starts afresh for the packet inside.
    pub(crate) fn enter_tunnel(&mut self, kind: TunnelKind) {
        self.enter_tunnel_at(kind, 0);
    }

    /// Where the walk is, from the first byte on.
    pub(crate) fn position(&self) -> usize {
        offset(self.base, self.at.rest())
    }

    /// The same, for a tunnel over UDP whose own header starts at `header`.
    pub(crate) fn enter_tunnel_at(&mut self, kind: TunnelKind, header: usize) {
        let h = &mut *self.h;
        let outer = h.outer.unwrap_or(Outer {
            kind,
            src_mac: h.src_mac,
            dst_mac: h.dst_mac,
            vlan: h.vlan,
            src: h.src,
            dst: h.dst,
            ttl: h.ttl,
            proto: h.ip_proto,
            ports: h.ports(),
            header,
        });
        *h = Headers {
            outer: Some(outer),
            redundancy: h.redundancy,
            fault: h.fault,
            ..Headers::default()
        };
    }

    fn step(&mut self, next: Next) -> Next {
        match next {
            Next::Ether(kind) => link::ether_payload(self, kind),
            Next::EthernetFrame => link::ethernet(self),
            Next::Ppp(proto) => link::ppp_payload(self, proto),
            Next::AnyIp => ip::any(self),
            Next::IpProto(proto) => transport::ip_payload(self, proto),
            Next::Payload | Next::Stop(_) => next,
        }
    }

    fn run(mut self, mut next: Next) {
        for _ in 0..STEPS_MAX {
            next = self.step(next);
            if let Next::Payload | Next::Stop(_) = next {
                break;
            }
        }
        self.h.stop = match next {
            Next::Payload => Stop::Payload,
            Next::Stop(stop) => stop,
            Next::Ether(_)
            | Next::EthernetFrame
            | Next::Ppp(_)
            | Next::AnyIp
            | Next::IpProto(_) => Stop::TooDeep,
        };
        let rest = self.at.rest();
        self.h.payload = Payload {
            start: offset(self.base, rest),
            len: rest.len(),
            missing: sat_u32(self.lack),
        };
    }
}

/// Where `part` starts within `whole`, by address: the cursor only ever hands out parts of it.
fn offset(whole: &[u8], part: &[u8]) -> usize {
    part.as_ptr().addr().saturating_sub(whole.as_ptr().addr()).min(whole.len())
}

/// Reads the headers of a frame of `wire_len` bytes of which `bytes` were captured. Never fails:
/// `headers.stop` says how far it came.
pub fn decode(link: LinkType, bytes: &[u8], wire_len: u32, headers: &mut Headers) {
    if link == LinkType::ETHERNET && plain::read(bytes, headers) {
        return;
    }
    walk(link, bytes, usize::try_from(wire_len).unwrap_or(usize::MAX), headers);
}

/// The same for any frame, layer by layer.
pub(crate) fn walk(link: LinkType, bytes: &[u8], wire_len: usize, headers: &mut Headers) {
    *headers = Headers::default();
    let lack = wire_len.saturating_sub(bytes.len());
    let mut walk = Walk { at: Cursor::new(bytes), lack, h: headers, base: bytes };
    let next = link::first(&mut walk, link);
    walk.run(next);
}

/// Goes on after fragments were put together: `datagram` is the IP payload of `headers`, which
/// came from the last fragment.
pub fn resume(datagram: &[u8], headers: &mut Headers) {
    headers.fragment = None;
    headers.transport = Transport::None;
    let next = Next::IpProto(headers.ip_proto);
    Walk { at: Cursor::new(datagram), lack: 0, h: headers, base: datagram }.run(next);
}

/// The link layer itself is the protocol.
pub(crate) fn own_link(walk: &mut Walk<'_, '_>, link: LinkType) -> Next {
    walk.h.net = Net::Link(link);
    Next::Payload
}
