//! Who talks to whom: the frame's own ends, and the devices behind routers and broadcast managers.

use core::net::IpAddr;
use dissect::Cx;
use vocab::{AttrSpec, Dir, Host, Op, Part, Role, Subject};

/// A network number with an address in that network. ASHRAE 135-2020 clause 6.2.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Address<'p> {
    /// Network number.
    pub(super) network: u16,
    /// Address as that network writes it; empty is everybody.
    pub(super) mac: &'p [u8],
}

impl Address<'_> {
    /// The device as a part of the router that stands before it. Addresses of one byte (MS/TP,
    /// ARCNET) show the network too: 2001003 is station 3 of network 2001.
    fn part(&self) -> Option<Part> {
        let network = u32::from(self.network).saturating_mul(1_000);
        let part = |kind: &'static str, number: u32| Some(Part { kind, number });
        match *self.mac {
            [] => None,
            [station] => part("network station", network.saturating_add(u32::from(station))),
            // LonTalk: subnet and node. Clause 11.
            [subnet, node] => part("lontalk station", u32::from_be_bytes([0, 0, subnet, node])),
            [a, b, c] => part("virtual mac", u32::from_be_bytes([0, a, b, c])),
            // BACnet/IP: an address with a port from 47808 on. Annex J.
            [a, b, c, d, 0xba, 0xc0..=0xcf] => {
                part("remote address", u32::from_be_bytes([a, b, c, d]))
            }
            [_, _, a, b, c, d] => part("remote mac", u32::from_be_bytes([a, b, c, d])),
            _ => part("network", u32::from(self.network)),
        }
    }
}

/// The ends of one message.
#[derive(Clone, Copy, Debug)]
pub(super) struct Route {
    /// The sender's number for pairing.
    from: u32,
    /// The receiver's number for pairing.
    to: u32,
    /// The device behind the frame's sender.
    source: Option<Part>,
    /// The device behind the frame's receiver.
    destination: Option<Part>,
    /// The sender's own address, told by the broadcast manager that passes the message on.
    origin: Option<IpAddr>,
}

impl Route {
    /// Between the frame's own ends.
    pub(super) fn direct(dir: Dir) -> Self {
        let number = |dir: Dir| vocab::sat_u32(dir.index());
        let (from, to) = (number(dir), number(dir.flip()));
        Self { from, to, source: None, destination: None, origin: None }
    }

    /// Between stations of an MS/TP line. Clause 9.3; 255 is everybody.
    pub(super) fn stations(from: u8, to: u8) -> Self {
        let station = |number: u8| Part { kind: "mstp station", number: u32::from(number) };
        Self {
            from: u32::from(from) | 0x100,
            to: u32::from(to) | 0x100,
            source: Some(station(from)),
            destination: Some(to).filter(|to| *to != 255).map(station),
            origin: None,
        }
    }

    /// The same, passed on for the device at `origin`. Clauses J.2.5, U.2.9.
    pub(super) fn forwarded(self, cx: &Cx<'_>, origin: IpAddr, part: Part) -> Self {
        if cx.headers().src.to_ip() == origin {
            return self;
        }
        Self { source: Some(part), origin: Some(origin), ..self }
    }

    /// The same between devices behind routers, as the network header tells. Clause 6.2.2.
    pub(super) fn routed(mut self, from: Option<Address<'_>>, to: Option<Address<'_>>) -> Self {
        if let Some(address) = from {
            self.from = mix(self.from, &address);
            self.source = address.part();
            self.origin = None;
        }
        if let Some(address) = to {
            self.to = mix(self.to, &address);
            self.destination = address.part();
        }
        self
    }

    /// What pairs an answer with its request: both ends and the invoke identifier. Clause 5.4.
    pub(super) fn key(&self, invoke: u8, role: Role) -> u64 {
        let (asker, asked) = match role {
            Role::Request | Role::Event => (self.from, self.to),
            Role::Response => (self.to, self.from),
        };
        let ends = u64::from(asker) << 32 | u64::from(asked);
        ends.wrapping_mul(0x9e37_79b9_7f4a_7c15) & !0xff | u64::from(invoke)
    }

    /// The number of the device that is asked or that speaks of itself, where it stands behind
    /// another.
    pub(super) fn unit(&self, role: Role) -> Option<u32> {
        let part = match role {
            Role::Request => self.destination,
            // A forwarded message's sender stands at an address of its own, not behind another.
            Role::Response | Role::Event => self.source.filter(|_| self.origin.is_none()),
        };
        part.map(|part| part.number)
    }

    /// An operation of this message with its ends.
    pub(super) fn op<'p>(&self, code: u32, role: Role, pdu: &'p [u8]) -> Op<'p> {
        Op { unit: self.unit(role), ..Op::new(code, role, pdu) }
    }

    /// Says an attribute of the device that sent the message.
    pub(super) fn attr(&self, cx: &mut Cx<'_>, spec: &'static AttrSpec, value: &[u8]) {
        let of = self.source.map_or(Subject::Sender, Subject::SenderPart);
        cx.attr_of(of, spec, value);
        if let Some(ip) = self.origin {
            cx.attr_of(Subject::Host(Host::Ip(ip)), spec, value);
        }
    }
}

/// Adds a network address to an end's number. FNV-1a.
fn mix(end: u32, address: &Address<'_>) -> u32 {
    let add = |hash: u32, byte: &u8| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    let seed = address.network.to_be_bytes().iter().fold(end ^ 0x811c_9dc5, add);
    address.mac.iter().fold(seed, add)
}
