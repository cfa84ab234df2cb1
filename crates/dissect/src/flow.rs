//! What is remembered of a flow.

use crate::opens::NONE;
use crate::share::{FlowShare, Sent, ShareEnd, ShareProto};
use decode::{Addr, Frame, Headers, Net, Transport as Layer4};
use vocab::{Dir, FrameId, Host, HostTraits, Mac, Transport, Ts, low_u16, low_u32, sat_u32};

/// No VLAN seen yet in this direction.
pub(crate) const VLAN_UNSEEN: u16 = u16::MAX;

/// What frames of one flow have in common, ends ordered by number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Key {
    pub(crate) low: u128,
    pub(crate) high: u128,
    /// The lower end's port in the upper half.
    pub(crate) ports: u32,
    pub(crate) transport: Transport,
    /// EtherType, LLC addresses, or IP protocol.
    pub(crate) selector: u16,
    /// Addresses are MACs; else IP.
    pub(crate) macs: bool,
}

impl Key {
    /// The key of a packet and its direction.
    pub(crate) fn of(h: &Headers) -> (Self, Dir) {
        if h.ip_version == 0 {
            return Self::of_macs(h);
        }
        let (transport, selector) = match h.transport {
            Layer4::Tcp(_) => (Transport::Tcp, 6),
            Layer4::Udp { .. } => (Transport::Udp, 17),
            Layer4::None | Layer4::Other => (Transport::Ip, u16::from(h.ip_proto)),
        };
        let (from, to) = h.ports();
        Self::ordered(h.src.0, h.dst.0, from, to, transport, selector)
    }

    /// The key of the tunnel that carried a packet.
    pub(crate) fn of_outer(outer: &decode::Outer) -> (Self, Dir) {
        let (from, to) = outer.ports;
        let transport = if outer.proto == 17 { Transport::Udp } else { Transport::Ip };
        let (src, dst) = (outer.src.0, outer.dst.0);
        Self::ordered(src, dst, from, to, transport, u16::from(outer.proto))
    }

    fn of_macs(h: &Headers) -> (Self, Dir) {
        let selector = match h.net {
            Net::None => 0,
            Net::EtherType(kind) => kind,
            Net::Llc { dsap, ssap, .. } => u16::from_be_bytes([dsap, ssap & 0xfe]),
            Net::Snap(_, pid) => pid,
            Net::Link(link) => link.0,
        };
        let (src, dst) = (u128::from(h.src_mac.to_u64()), u128::from(h.dst_mac.to_u64()));
        let (mut key, dir) = Self::ordered(src, dst, 0, 0, Transport::Ethernet, selector);
        key.macs = true;
        (key, dir)
    }

    fn ordered(
        src: u128,
        dst: u128,
        from: u16,
        to: u16,
        transport: Transport,
        selector: u16,
    ) -> (Self, Dir) {
        let ports = |low: u16, high: u16| u32::from(low) << 16 | u32::from(high);
        if (src, from) <= (dst, to) {
            let ports = ports(from, to);
            (Self { low: src, high: dst, ports, transport, selector, macs: false }, Dir::Up)
        } else {
            let ports = ports(to, from);
            (Self { low: dst, high: src, ports, transport, selector, macs: false }, Dir::Down)
        }
    }

    /// A 64-bit hash that nobody without the seed can aim.
    pub(crate) fn hash(&self, seed: u64) -> u64 {
        let half = |n: u128| [low64(n), low64(n >> 64)];
        let [l0, l1] = half(self.low);
        let [h0, h1] = half(self.high);
        let kind = u64::from(self.ports)
            | u64::from(self.selector) << 32
            | u64::from(self.transport as u8) << 48
            | u64::from(self.macs) << 56;
        let a = fold(l0 ^ seed, h0 ^ 0xa076_1d64_78bd_642f);
        let b = fold(l1 ^ 0xe703_7ed1_a0b4_28db, h1 ^ seed.rotate_left(32));
        fold(a ^ kind, b ^ 0x8ebc_6af0_9c88_c6e3)
    }

    /// The port of the end that sends in direction `dir`.
    pub(crate) fn port(&self, dir: Dir) -> u16 {
        match dir {
            Dir::Up => low_u16(u64::from(self.ports >> 16)),
            Dir::Down => low_u16(u64::from(self.ports)),
        }
    }

    /// The end that sends in direction `dir`.
    pub(crate) fn host(&self, dir: Dir) -> Host {
        let address = match dir {
            Dir::Up => self.low,
            Dir::Down => self.high,
        };
        if self.macs {
            Host::Mac(Mac::from_u64(low64(address)))
        } else {
            Host::Ip(Addr(address).to_ip())
        }
    }
}

fn low64(n: u128) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = n.to_le_bytes();
    u64::from_le_bytes([a, b, c, d, e, f, g, h])
}

/// Multiplies to 128 bits and folds the halves together.
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a).wrapping_mul(u128::from(b));
    low64(product) ^ low64(product >> 64)
}

/// How far a flow's content is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// No payload yet.
    Silent,
    /// Payload came, the protocol is not known yet.
    Probing,
    /// The protocol is known.
    Bound,
    /// Given up.
    Ignored,
}

/// One direction of a TCP stream.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Half {
    /// Sequence number of the next byte.
    pub(crate) next: u32,
    /// Highest sequence number that the other side acknowledged.
    pub(crate) acked: u32,
    /// Bytes still to pass over.
    pub(crate) skip: u64,
    /// Bytes needed before the held ones are looked at again.
    pub(crate) want: u32,
    /// The held bytes' place, or `NONE`.
    pub(crate) held: u32,
    /// The first segment out of order, or `NONE`.
    pub(crate) waiting: u32,
    /// How many segments wait.
    pub(crate) waiting_count: u8,
    /// Segments that no probe recognised.
    pub(crate) tries: u8,
    /// `next` is valid.
    pub(crate) started: bool,
    /// `acked` is valid.
    pub(crate) has_acked: bool,
    /// Seen from its SYN on, nothing missing.
    pub(crate) whole: bool,
    /// The next byte starts a message.
    pub(crate) synced: bool,
    /// FIN seen.
    pub(crate) finished: bool,
}

impl Default for Half {
    fn default() -> Self {
        Self {
            next: 0,
            acked: 0,
            skip: 0,
            want: 0,
            held: NONE,
            waiting: NONE,
            waiting_count: 0,
            tries: 0,
            started: false,
            has_acked: false,
            whole: false,
            synced: false,
            finished: false,
        }
    }
}

/// A flow.
#[derive(Debug)]
pub(crate) struct Flow {
    pub(crate) key: Key,
    pub(crate) last: Ts,
    /// What was sent since the last report.
    pub(crate) sent: [Sent; 2],
    pub(crate) macs: [Mac; 2],
    pub(crate) vlans: [u16; 2],
    pub(crate) ttl: [u8; 2],
    pub(crate) halves: [Half; 2],
    pub(crate) layer: u32,
    pub(crate) phase: Phase,
    /// Who asks, from messages.
    pub(crate) voted: Option<Dir>,
    /// Who opened the connection.
    pub(crate) opener: Option<Dir>,
    /// Who answers, from exactly one of the ports being a known server port.
    pub(crate) port_server: Option<Dir>,
    /// Who was seen first.
    pub(crate) first_sender: Dir,
    /// A SYN with ACK was sent in this direction.
    pub(crate) listens: [bool; 2],
    /// The connection ended.
    pub(crate) closed: bool,
    /// Has something to report.
    pub(crate) dirty: bool,
    /// Messages that broke the protocol, since the last good one.
    pub(crate) strikes: u8,
    /// The latest frame.
    pub(crate) latest: FrameId,
    /// Its bytes.
    pub(crate) latest_bytes: u32,
}

impl Flow {
    pub(crate) fn new(key: Key, dir: Dir, at: Ts, frame: FrameId) -> Self {
        Self {
            key,
            last: at,
            sent: [Sent::default(); 2],
            macs: [Mac::ZERO; 2],
            vlans: [VLAN_UNSEEN; 2],
            ttl: [0; 2],
            halves: [Half::default(); 2],
            layer: NONE,
            phase: Phase::Silent,
            voted: None,
            opener: None,
            port_server: None,
            first_sender: dir,
            listens: [false; 2],
            closed: false,
            dirty: false,
            strikes: 0,
            latest: frame,
            latest_bytes: 0,
        }
    }

    pub(crate) fn half(&mut self, dir: Dir) -> &mut Half {
        let [up, down] = &mut self.halves;
        match dir {
            Dir::Up => up,
            Dir::Down => down,
        }
    }

    /// Who asks, where messages, set-up or port tell.
    pub(crate) fn client(&self) -> Option<Dir> {
        self.voted.or(self.opener).or(self.port_server.map(Dir::flip))
    }

    /// Who asks, with the weaker signs: the higher port, then the first sender.
    fn client_or_guess(&self) -> Dir {
        if let Some(dir) = self.client() {
            return dir;
        }
        let (up, down) = (self.key.port(Dir::Up), self.key.port(Dir::Down));
        match up.cmp(&down) {
            core::cmp::Ordering::Less => Dir::Down,
            core::cmp::Ordering::Greater => Dir::Up,
            core::cmp::Ordering::Equal => self.first_sender,
        }
    }

    /// Counts a frame.
    pub(crate) fn count(&mut self, dir: Dir, frame: &Frame<'_>, mac: Mac, ttl: u8) {
        let i = dir.index();
        if let Some(sent) = self.sent.get_mut(i) {
            sent.add(frame.at, frame.id, frame.wire_len);
        }
        if let Some(place) = self.macs.get_mut(i) {
            *place = mac;
        }
        if let Some(most) = self.ttl.get_mut(i) {
            *most = ttl.max(*most);
        }
        self.last = self.last.max(frame.at);
        self.latest = frame.id;
        self.latest_bytes = frame.wire_len;
    }

    /// The share so far; the caller resets the counts.
    pub(crate) fn share<'a>(
        &self,
        number: u32,
        protos: &'a [ShareProto],
        ended: bool,
    ) -> FlowShare<'a> {
        let end = |dir: Dir| ShareEnd {
            host: self.key.host(dir),
            port: self.key.port(dir),
            traits: HostTraits {
                mac: *self.macs.get(dir.index()).unwrap_or(&Mac::ZERO),
                ttl: *self.ttl.get(dir.index()).unwrap_or(&0),
                listens: *self.listens.get(dir.index()).unwrap_or(&false),
                ..self.sent.get(dir.index()).copied().unwrap_or_default().traits()
            },
        };
        let vlan = self.vlans.iter().copied().find(|v| *v != VLAN_UNSEEN).unwrap_or(0);
        let client = self.client_or_guess();
        let port = match self.key.transport {
            Transport::Tcp | Transport::Udp => self.key.port(client.flip()),
            Transport::Ip | Transport::Ethernet => self.key.selector,
        };
        let sent = self.sent.map(Sent::traits);
        let (first, last, frame) =
            HostTraits::times(&sent).unwrap_or((self.last, self.last, self.latest));
        FlowShare {
            flow: number,
            transport: self.key.transport,
            port,
            vlan,
            ends: [end(Dir::Up), end(Dir::Down)],
            client,
            certain: self.voted.is_some() || self.opener.is_some(),
            protos,
            first,
            last,
            frame,
            ended,
        }
    }

    /// Starts a new share.
    pub(crate) fn reset_share(&mut self) {
        self.sent = [Sent::default(); 2];
        self.listens = [false; 2];
        self.dirty = false;
    }
}

/// The low 32 bits of a difference between sequence numbers, as a signed distance. RFC 9293 §3.4.
pub(crate) fn distance(from: u32, to: u32) -> i32 {
    let difference = to.wrapping_sub(from);
    i32::from_ne_bytes(difference.to_ne_bytes())
}

/// A length as a sequence-number step.
pub(crate) fn step(len: usize) -> u32 {
    low_u32(u64::from(sat_u32(len)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_directions_have_one_key() {
        let mut h = Headers {
            ip_version: 4,
            src: Addr::v4([10, 0, 0, 9]),
            dst: Addr::v4([10, 0, 0, 5]),
            transport: Layer4::Udp { src: 1000, dst: 502 },
            ..Headers::default()
        };
        let (there, up) = Key::of(&h);
        core::mem::swap(&mut h.src, &mut h.dst);
        h.transport = Layer4::Udp { src: 502, dst: 1000 };
        let (back, down) = Key::of(&h);
        assert_eq!(there, back);
        assert_eq!((up, down), (Dir::Down, Dir::Up));
        assert_eq!(there.port(up), 1000);
        assert_eq!(there.host(down), Host::Ip(Addr::v4([10, 0, 0, 5]).to_ip()));
        assert_eq!(there.hash(1), back.hash(1));
        assert_ne!(there.hash(1), there.hash(2));
    }

    #[test]
    fn sequence_numbers_wrap() {
        assert_eq!(distance(0xffff_fff0, 0x10), 0x20);
        assert_eq!(distance(0x10, 0xffff_fff0), -0x20);
    }
}
