//! What a frame's headers say.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use vocab::Mac;

/// A link layer, by its number in capture files (LINKTYPE_ values).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkType(pub u16);

impl LinkType {
    /// BSD loopback: address family in the capturing machine's byte order.
    pub const NULL: Self = Self(0);
    /// Ethernet.
    pub const ETHERNET: Self = Self(1);
    /// ARCNET as BSD writes it.
    pub const ARCNET: Self = Self(7);
    /// PPP.
    pub const PPP: Self = Self(9);
    /// Raw IP as some systems number it.
    pub const RAW_BSD: Self = Self(12);
    /// Raw IP as OpenBSD numbers it.
    pub const RAW_OPENBSD: Self = Self(14);
    /// PPP in HDLC-like framing.
    pub const PPP_HDLC: Self = Self(50);
    /// PPPoE session frames.
    pub const PPP_ETHER: Self = Self(51);
    /// Raw IP: version from the first nibble.
    pub const RAW: Self = Self(101);
    /// Cisco HDLC.
    pub const C_HDLC: Self = Self(104);
    /// OpenBSD loopback: address family in network byte order.
    pub const LOOP: Self = Self(108);
    /// Linux cooked capture, version 1.
    pub const LINUX_SLL: Self = Self(113);
    /// ARCNET as Linux writes it.
    pub const ARCNET_LINUX: Self = Self(129);
    /// BACnet MS/TP frames.
    pub const BACNET_MS_TP: Self = Self(165);
    /// Per-packet information: a header that names the link layer behind it.
    pub const PPI: Self = Self(192);
    /// Raw IPv4.
    pub const IPV4: Self = Self(228);
    /// Raw IPv6.
    pub const IPV6: Self = Self(229);
    /// Upper-layer data exported by a protocol analyser, with tags that say what it is.
    pub const UPPER_PDU: Self = Self(252);
    /// Linux cooked capture, version 2.
    pub const LINUX_SLL2: Self = Self(276);
}

/// An IP address as 128 bits; IPv4 in the mapped form of RFC 4291 §2.5.5.2.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Addr(pub u128);

impl Addr {
    /// From IPv4 bytes.
    #[inline]
    pub const fn v4(bytes: [u8; 4]) -> Self {
        Self(0xffff_0000_0000 | u32::from_be_bytes(bytes) as u128)
    }

    /// From IPv6 bytes.
    #[inline]
    pub const fn v6(bytes: [u8; 16]) -> Self {
        Self(u128::from_be_bytes(bytes))
    }

    /// As the address type of the standard library.
    pub fn to_ip(self) -> IpAddr {
        let bytes = self.0.to_be_bytes();
        match bytes {
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, a, b, c, d] => {
                IpAddr::V4(Ipv4Addr::new(a, b, c, d))
            }
            _ => IpAddr::V6(Ipv6Addr::from(bytes)),
        }
    }
}

impl From<IpAddr> for Addr {
    fn from(ip: IpAddr) -> Self {
        match ip {
            IpAddr::V4(ip) => Self::v4(ip.octets()),
            IpAddr::V6(ip) => Self::v6(ip.octets()),
        }
    }
}

/// What the link layer carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Net {
    /// Nothing was told or read.
    None,
    /// An EtherType (also where another link layer uses its numbers).
    EtherType(u16),
    /// IEEE 802.2 LLC: destination and source service access points, control field.
    Llc {
        /// Destination service access point.
        dsap: u8,
        /// Source service access point.
        ssap: u8,
        /// Control field; two bytes for information and supervisory frames.
        control: u16,
    },
    /// SNAP with an organisation's own protocol number.
    Snap([u8; 3], u16),
    /// A link layer that is a protocol of its own.
    Link(LinkType),
}

/// TCP flags. RFC 9293 §3.1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TcpFlags(pub u8);

impl TcpFlags {
    /// No more data from the sender.
    pub const fn fin(self) -> bool {
        self.0 & 1 != 0
    }
    /// Synchronise sequence numbers.
    pub const fn syn(self) -> bool {
        self.0 & 2 != 0
    }
    /// Reset the connection.
    pub const fn rst(self) -> bool {
        self.0 & 4 != 0
    }
    /// The acknowledgement field is significant.
    pub const fn ack(self) -> bool {
        self.0 & 16 != 0
    }
}

/// The TCP header's fields that stream assembly needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TcpHeader {
    /// Source port.
    pub src: u16,
    /// Destination port.
    pub dst: u16,
    /// Sequence number of the first payload byte (of the SYN where one is set).
    pub seq: u32,
    /// Next sequence number expected from the other side.
    pub ack: u32,
    /// Flags.
    pub flags: TcpFlags,
    /// Window as sent, not scaled.
    pub window: u16,
}

/// The transport header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// No IP, or the header was not read.
    None,
    /// TCP.
    Tcp(TcpHeader),
    /// UDP: source and destination port.
    Udp {
        /// Source port.
        src: u16,
        /// Destination port.
        dst: u16,
    },
    /// Another IP protocol.
    Other,
}

/// Where in the decoded bytes something lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Payload {
    /// First byte.
    pub start: usize,
    /// How many bytes were captured.
    pub len: usize,
    /// How many more the headers say there were; cut off by the capture.
    pub missing: u32,
}

/// An IP fragment: its payload is a piece of a datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// Identification; 16 bits in IPv4, 32 in IPv6.
    pub id: u32,
    /// Byte offset of the piece in the datagram's payload.
    pub offset: u32,
    /// More pieces follow.
    pub more: bool,
}

/// What carried the inner packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TunnelKind {
    /// Generic routing encapsulation. RFC 2784.
    Gre,
    /// Mirrored traffic in GRE, types I to III.
    Erspan,
    /// Virtual extensible LAN. RFC 7348.
    Vxlan,
    /// Generic network virtualisation. RFC 8926.
    Geneve,
    /// GPRS user plane, 5G included. 3GPP TS 29.281.
    GtpU,
    /// IP in IP. RFC 2003, RFC 4213.
    IpInIp,
    /// Ethernet in IP. RFC 3378.
    EtherIp,
}

impl TunnelKind {
    /// Lower-case name as files write it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Gre => "gre",
            Self::Erspan => "erspan",
            Self::Vxlan => "vxlan",
            Self::Geneve => "geneve",
            Self::GtpU => "gtp-u",
            Self::IpInIp => "ip-in-ip",
            Self::EtherIp => "etherip",
        }
    }
}

/// The outermost headers of tunnelled traffic: who carried it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outer {
    /// The tunnel.
    pub kind: TunnelKind,
    /// Source MAC.
    pub src_mac: Mac,
    /// Destination MAC.
    pub dst_mac: Mac,
    /// VLAN, 0 without.
    pub vlan: u16,
    /// Tunnel source.
    pub src: Addr,
    /// Tunnel destination.
    pub dst: Addr,
    /// Time to live.
    pub ttl: u8,
    /// IP protocol number.
    pub proto: u8,
    /// Source and destination port, 0 without.
    pub ports: (u16, u16),
    /// Where the tunnel's own header starts, in a tunnel over UDP; else 0.
    pub header: usize,
}

/// Where decoding ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The payload is handed on.
    Payload,
    /// An IP fragment: the payload is a piece.
    Fragment,
    /// The bytes ended inside a header.
    Truncated(Layer),
    /// A header contradicts itself.
    Malformed(Layer),
    /// Nothing here reads this link layer.
    UnknownLink,
    /// Encrypted from here on.
    Encrypted(Layer),
    /// More layers than any real network nests.
    TooDeep,
}

/// A header layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// The link layer's own header.
    Link,
    /// VLAN, MPLS, PPPoE and other tags.
    Tag,
    /// IPv4.
    Ipv4,
    /// IPv6 and its extension headers.
    Ipv6,
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
    /// A tunnel header.
    Tunnel,
}

impl Layer {
    /// Lower-case name as files write it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Tag => "tag",
            Self::Ipv4 => "ipv4",
            Self::Ipv6 => "ipv6",
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::Tunnel => "tunnel",
        }
    }
}

/// A header that breaks its standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayerFault {
    /// The layer.
    pub layer: Layer,
    /// What is wrong: lower-case name with underscores.
    pub fault: &'static str,
}

/// What a frame's headers say, innermost packet first; the outermost tunnel beside it.
#[derive(Clone, Copy, Debug)]
pub struct Headers {
    /// Source MAC; zero where the link layer has none.
    pub src_mac: Mac,
    /// Destination MAC; zero where the link layer has none.
    pub dst_mac: Mac,
    /// Innermost VLAN number, 0 without.
    pub vlan: u16,
    /// What the link layer carries.
    pub net: Net,
    /// 4, 6, or 0 without IP.
    pub ip_version: u8,
    /// IP source.
    pub src: Addr,
    /// IP destination.
    pub dst: Addr,
    /// Time to live or hop limit.
    pub ttl: u8,
    /// IP protocol number of the payload.
    pub ip_proto: u8,
    /// The transport header.
    pub transport: Transport,
    /// Fragment fields, where the packet is one.
    pub fragment: Option<Fragment>,
    /// What the last header carries.
    pub payload: Payload,
    /// Where and why decoding ended.
    pub stop: Stop,
    /// The outermost tunnel.
    pub outer: Option<Outer>,
    /// The frame came twice by design: PRP trailer or HSR tag, with the sequence number.
    pub redundancy: Option<u16>,
    /// The first header fault.
    pub fault: Option<LayerFault>,
}

impl Default for Headers {
    fn default() -> Self {
        Self {
            src_mac: Mac::ZERO,
            dst_mac: Mac::ZERO,
            vlan: 0,
            net: Net::None,
            ip_version: 0,
            src: Addr(0),
            dst: Addr(0),
            ttl: 0,
            ip_proto: 0,
            transport: Transport::None,
            fragment: None,
            payload: Payload::default(),
            stop: Stop::Payload,
            outer: None,
            redundancy: None,
            fault: None,
        }
    }
}

impl Headers {
    /// The payload within the bytes that were decoded.
    #[inline]
    pub fn payload<'p>(&self, bytes: &'p [u8]) -> &'p [u8] {
        let end = self.payload.start.saturating_add(self.payload.len);
        bytes.get(self.payload.start..end).unwrap_or(&[])
    }

    /// The same with source and destination exchanged: a packet of the other direction.
    pub fn reversed(&self) -> Self {
        let transport = match self.transport {
            Transport::Tcp(tcp) => Transport::Tcp(TcpHeader { src: tcp.dst, dst: tcp.src, ..tcp }),
            Transport::Udp { src, dst } => Transport::Udp { src: dst, dst: src },
            other => other,
        };
        Self {
            src_mac: self.dst_mac,
            dst_mac: self.src_mac,
            src: self.dst,
            dst: self.src,
            transport,
            ..*self
        }
    }

    /// Source and destination port; 0 where there are none.
    #[inline]
    pub fn ports(&self) -> (u16, u16) {
        match self.transport {
            Transport::Tcp(tcp) => (tcp.src, tcp.dst),
            Transport::Udp { src, dst } => (src, dst),
            Transport::None | Transport::Other => (0, 0),
        }
    }
}
