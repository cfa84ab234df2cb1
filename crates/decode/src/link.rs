//! Link layers and the tags between them and the network layer.

use crate::headers::{Layer, LinkType, Net, Stop};
use crate::walk::{Next, Walk, own_link};
use vocab::{Mac, low_u16};

/// Bytes of the PRP trailer. IEC 62439-3 §4.2.7.3.
const PRP_TRAILER: usize = 6;

/// The first header, by link type.
pub(crate) fn first(w: &mut Walk<'_, '_>, link: LinkType) -> Next {
    match link {
        LinkType::ETHERNET => Next::EthernetFrame,
        LinkType::NULL | LinkType::LOOP => loopback(w),
        LinkType::RAW
        | LinkType::RAW_BSD
        | LinkType::RAW_OPENBSD
        | LinkType::IPV4
        | LinkType::IPV6 => Next::AnyIp,
        LinkType::PPP | LinkType::PPP_HDLC => ppp(w),
        LinkType::PPP_ETHER => pppoe(w),
        LinkType::C_HDLC => cisco_hdlc(w),
        LinkType::LINUX_SLL => sll(w),
        LinkType::LINUX_SLL2 => sll2(w),
        LinkType::ARCNET => arcnet(w, 3),
        LinkType::ARCNET_LINUX => arcnet(w, 5),
        LinkType::BACNET_MS_TP => own_link(w, link),
        LinkType::UPPER_PDU => exported(w),
        LinkType::PPI => ppi(w),
        _ => Next::Stop(Stop::UnknownLink),
    }
}

/// Version, flags, header length and the real link layer, low byte first; fields are passed over.
/// PPI Packet Header Format 1.0.
fn ppi(w: &mut Walk<'_, '_>) -> Next {
    let (Some(_), Some(len), Some(link)) = (w.at.be16(), w.at.le16(), w.at.le32()) else {
        return w.short(Layer::Link);
    };
    if w.at.skip(usize::from(len).saturating_sub(8)).is_none() {
        return w.short(Layer::Link);
    }
    match LinkType(low_u16(u64::from(link))) {
        LinkType::PPI => Next::Stop(Stop::UnknownLink),
        link => first(w, link),
    }
}

/// Destination, source, EtherType or length. IEEE 802.3 §3.1.1.
pub(crate) fn ethernet(w: &mut Walk<'_, '_>) -> Next {
    let Some(&[d0, d1, d2, d3, d4, d5, s0, s1, s2, s3, s4, s5, t0, t1]) = w.at.chunk() else {
        return w.short(Layer::Link);
    };
    w.h.dst_mac = Mac([d0, d1, d2, d3, d4, d5]);
    w.h.src_mac = Mac([s0, s1, s2, s3, s4, s5]);
    Next::Ether(u16::from_be_bytes([t0, t1]))
}

/// What follows an EtherType, or a length below 0x0600.
pub(crate) fn ether_payload(w: &mut Walk<'_, '_>, kind: u16) -> Next {
    match kind {
        0x0800 | 0x86dd => {
            w.h.net = Net::EtherType(kind);
            Next::AnyIp
        }
        0x8100 | 0x88a8 | 0x9100 | 0x9200 | 0x9300 => vlan(w),
        0x8847 | 0x8848 => mpls(w),
        0x8864 => pppoe(w),
        0x892f => hsr(w),
        // VN-Tag (Cisco): four bytes before the EtherType.
        0x8926 => tag(w, 4),
        0x88e5 => Next::Stop(Stop::Encrypted(Layer::Link)),
        0x6558 => Next::EthernetFrame,
        0..=0x05dc => llc(w, usize::from(kind)),
        _ => {
            w.h.net = Net::EtherType(kind);
            prp(w);
            Next::Payload
        }
    }
}

/// VLAN tag: priority and VLAN number, then an EtherType. IEEE 802.1Q §9.6.
fn vlan(w: &mut Walk<'_, '_>) -> Next {
    let (Some(tci), Some(kind)) = (w.at.be16(), w.at.be16()) else { return w.short(Layer::Tag) };
    let number = tci & 0x0fff;
    if number != 0 {
        w.h.vlan = number;
    }
    Next::Ether(kind)
}

/// A tag of `len` bytes, then an EtherType.
fn tag(w: &mut Walk<'_, '_>, len: usize) -> Next {
    if w.at.skip(len).is_none() {
        return w.short(Layer::Tag);
    }
    w.at.be16().map_or_else(|| w.short(Layer::Tag), Next::Ether)
}

/// HSR tag: path and size, sequence number, EtherType. IEC 62439-3 §5.
fn hsr(w: &mut Walk<'_, '_>) -> Next {
    let (Some(_path), Some(sequence), Some(kind)) = (w.at.be16(), w.at.be16(), w.at.be16()) else {
        return w.short(Layer::Tag);
    };
    w.h.redundancy = Some(sequence);
    Next::Ether(kind)
}

/// PRP trailer: sequence, LAN and size, suffix 0x88fb; taken off. IEC 62439-3 §4.2.7.3.
fn prp(w: &mut Walk<'_, '_>) {
    let rest = w.at.rest();
    let Some(&[s0, s1, size0, size1, 0x88, 0xfb]) = rest.last_chunk::<PRP_TRAILER>() else {
        return;
    };
    let size = usize::from(u16::from_be_bytes([size0 & 0x0f, size1]));
    if matches!(size0 >> 4, 0xa | 0xb) && size <= rest.len() && w.lack == 0 {
        w.h.redundancy = Some(u16::from_be_bytes([s0, s1]));
        w.bound(rest.len().saturating_sub(PRP_TRAILER), Layer::Tag);
    }
}

/// MPLS label stack; what follows shows itself by its first nibble. RFC 3032, RFC 4928.
fn mpls(w: &mut Walk<'_, '_>) -> Next {
    loop {
        let Some(label) = w.at.be32() else { return w.short(Layer::Tag) };
        if label & 0x100 != 0 {
            break;
        }
    }
    match w.at.peek().map(|b| b >> 4) {
        Some(4 | 6) => Next::AnyIp,
        // Pseudowire control word. RFC 4385.
        Some(0) if w.at.skip(4).is_some() => Next::EthernetFrame,
        Some(_) => Next::EthernetFrame,
        None => w.short(Layer::Tag),
    }
}

/// PPPoE session header. RFC 2516 §4.
fn pppoe(w: &mut Walk<'_, '_>) -> Next {
    let Some(&[_version, _code, _s0, _s1, l0, l1]) = w.at.chunk() else {
        return w.short(Layer::Tag);
    };
    w.bound(usize::from(u16::from_be_bytes([l0, l1])), Layer::Tag);
    w.at.be16().map_or_else(|| w.short(Layer::Tag), Next::Ppp)
}

/// PPP with or without the address and control bytes of HDLC. RFC 1661 §2, RFC 1662 §3.1.
fn ppp(w: &mut Walk<'_, '_>) -> Next {
    if w.at.rest().starts_with(&[0xff, 0x03]) {
        w.at.take_up_to(2);
    }
    match w.at.u8() {
        // Compressed protocol field: odd first byte.
        Some(first) if first & 1 != 0 => Next::Ppp(u16::from(first)),
        Some(first) => match w.at.u8() {
            Some(second) => Next::Ppp(u16::from_be_bytes([first, second])),
            None => w.short(Layer::Link),
        },
        None => w.short(Layer::Link),
    }
}

/// What follows a PPP protocol number. IANA PPP DLL protocol numbers.
pub(crate) fn ppp_payload(w: &mut Walk<'_, '_>, proto: u16) -> Next {
    match proto {
        0x0021 | 0x0057 => Next::AnyIp,
        0x0281 => mpls(w),
        _ => {
            w.h.net = Net::None;
            Next::Payload
        }
    }
}

/// Cisco HDLC: address, control, EtherType.
fn cisco_hdlc(w: &mut Walk<'_, '_>) -> Next {
    tag(w, 2)
}

/// Address family in either byte order. LINKTYPE_NULL, LINKTYPE_LOOP.
fn loopback(w: &mut Walk<'_, '_>) -> Next {
    let Some(family) = w.at.le32() else { return w.short(Layer::Link) };
    match if family > 0xffff { family.swap_bytes() } else { family } {
        2 | 10 | 24 | 28 | 30 => Next::AnyIp,
        _ => Next::Stop(Stop::UnknownLink),
    }
}

/// Linux cooked capture v1: packet type, ARPHRD, address length, address, protocol.
fn sll(w: &mut Walk<'_, '_>) -> Next {
    let (Some(_kind), Some(_arphrd), Some(len)) = (w.at.be16(), w.at.be16(), w.at.be16()) else {
        return w.short(Layer::Link);
    };
    let (Some(address), Some(proto)) = (w.at.chunk::<8>(), w.at.be16()) else {
        return w.short(Layer::Link);
    };
    cooked(w, u64::from(len), *address, proto)
}

/// Linux cooked capture v2: protocol, reserved, interface, ARPHRD, type, length, address.
fn sll2(w: &mut Walk<'_, '_>) -> Next {
    let (Some(proto), Some(_reserved), Some(_interface)) = (w.at.be16(), w.at.be16(), w.at.be32())
    else {
        return w.short(Layer::Link);
    };
    let (Some(_arphrd), Some(_kind), Some(len)) = (w.at.be16(), w.at.u8(), w.at.u8()) else {
        return w.short(Layer::Link);
    };
    let Some(address) = w.at.chunk::<8>() else { return w.short(Layer::Link) };
    cooked(w, u64::from(len), *address, proto)
}

fn cooked(w: &mut Walk<'_, '_>, len: u64, address: [u8; 8], proto: u16) -> Next {
    if len == 6 {
        let [a, b, c, d, e, f, ..] = address;
        w.h.src_mac = Mac([a, b, c, d, e, f]);
    }
    match proto {
        // Novell raw 802.3 and 802.2 LLC, as Linux numbers them.
        0x0001 => Next::Payload,
        0x0004 => llc(w, usize::MAX),
        _ => Next::Ether(proto),
    }
}

/// IEEE 802.2 LLC and SNAP. `len` is the 802.3 length field.
fn llc(w: &mut Walk<'_, '_>, len: usize) -> Next {
    if len != usize::MAX {
        w.bound(len, Layer::Link);
    }
    let (Some(dsap), Some(ssap), Some(control)) = (w.at.u8(), w.at.u8(), w.at.u8()) else {
        return w.short(Layer::Link);
    };
    if (dsap, ssap, control) == (0xaa, 0xaa, 0x03) {
        let (Some(&oui), Some(pid)) = (w.at.chunk::<3>(), w.at.be16()) else {
            return w.short(Layer::Link);
        };
        // RFC 1042: organisation zero means that the number is an EtherType.
        if oui == [0; 3] && pid > 0x05dc {
            return Next::Ether(pid);
        }
        w.h.net = Net::Snap(oui, pid);
        return Next::Payload;
    }
    let mut control = u16::from(control);
    // Unnumbered frames have one control byte, the others two. IEEE 802.2 §5.2.
    if control & 3 != 3 && (dsap, ssap) != (0xff, 0xff) {
        let Some(second) = w.at.u8() else { return w.short(Layer::Link) };
        control = control << 8 | u16::from(second);
    }
    w.h.net = Net::Llc { dsap, ssap, control };
    Next::Payload
}

/// ARCNET: source, destination, (offset,) protocol byte. RFC 1201, ANSI/ATA 878.1. Destination 0
/// is everybody. Old captures hold the five bytes of Linux under the number of the three of BSD:
/// BACnet shows it, its protocol byte stands with its LLC header in the place of Linux.
fn arcnet(w: &mut Walk<'_, '_>, len: usize) -> Next {
    let len = if matches!(w.at.rest(), [_, _, _, _, BACNET, 0x82, 0x82, ..]) { 5 } else { len };
    let Some(header) = w.at.take(len) else { return w.short(Layer::Link) };
    let (source, destination, proto) = match *header {
        [source, destination, proto] | [source, destination, _, _, proto] => {
            (source, destination, proto)
        }
        _ => (0, 0, 0),
    };
    w.h.src_mac = Mac([0, 0, 0, 0, 0, source]);
    w.h.dst_mac = Mac([0, 0, 0, 0, 0, destination]);
    match proto {
        BACNET => llc(w, usize::MAX),
        _ => Next::Payload,
    }
}

/// The protocol byte of BACnet over ARCNET, with 802.2 LLC behind it. ASHRAE 135 clause 8.
const BACNET: u8 = 0xcd;

/// Upper-layer data with tags: type, length, value, until an end tag. LINKTYPE_WIRESHARK_UPPER_PDU.
fn exported(w: &mut Walk<'_, '_>) -> Next {
    use crate::headers::{Addr, Transport};
    let (mut kind, mut src, mut dst) = (0u32, 0u16, 0u16);
    loop {
        let (Some(tag), Some(len)) = (w.at.be16(), w.at.be16()) else {
            return w.short(Layer::Link);
        };
        let Some(value) = w.at.take(usize::from(len)) else { return w.short(Layer::Link) };
        let number = value.iter().fold(0u32, |n, b| n << 8 | u32::from(*b));
        match (tag, value.len()) {
            (0, _) => break,
            (20, 4) => w.h.src = Addr(0xffff_0000_0000 | u128::from(number)),
            (21, 4) => w.h.dst = Addr(0xffff_0000_0000 | u128::from(number)),
            (22, 16) => w.h.src = Addr::v6(*value.first_chunk().unwrap_or(&[0; 16])),
            (23, 16) => w.h.dst = Addr::v6(*value.first_chunk().unwrap_or(&[0; 16])),
            (24, 4) => kind = number,
            (25, 4) => src = low_u16(u64::from(number)),
            (26, 4) => dst = low_u16(u64::from(number)),
            _ => {}
        }
    }
    w.h.net = Net::Link(LinkType::UPPER_PDU);
    w.h.ip_version = if w.h.src.0 >> 32 == 0xffff { 4 } else { 6 };
    // Port types: 2 is TCP, 3 is UDP. The data is one message, so it goes on as a datagram.
    w.h.transport = match kind {
        2 | 3 => Transport::Udp { src, dst },
        _ => Transport::Other,
    };
    w.h.ip_proto = if kind == 2 { 6 } else { 17 };
    Next::Payload
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Headers, decode};

    fn headers(link: LinkType, frame: &[u8]) -> Headers {
        let mut headers = Headers::default();
        decode(link, frame, vocab::sat_u32(frame.len()), &mut headers);
        headers
    }

    #[test]
    fn arcnet_in_both_forms() {
        let bacnet = Net::Llc { dsap: 0x82, ssap: 0x82, control: 3 };
        let bsd = headers(LinkType::ARCNET, &[0xc0, 0x3d, 0xcd, 0x82, 0x82, 3, 1, 4]);
        let linux = [0xc0, 0x3d, 0xef, 0, 0xcd, 0x82, 0x82, 3, 1, 4];
        for h in [bsd, headers(LinkType::ARCNET_LINUX, &linux), headers(LinkType::ARCNET, &linux)] {
            assert_eq!((h.net, h.payload.len), (bacnet, 2));
            assert_eq!(h.src_mac, Mac([0, 0, 0, 0, 0, 0xc0]));
            assert_eq!(h.dst_mac, Mac([0, 0, 0, 0, 0, 0x3d]));
        }
    }
}
