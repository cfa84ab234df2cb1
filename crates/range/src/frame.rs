//! Frames: Ethernet with VLAN tag, IPv4, UDP, TCP, ICMP, ARP, all checksums right.

use crate::bytes::{Buf, checksum, len16};
use vocab::Mac;

/// An address pair as the mirror port shows it: a host behind the router has the router's MAC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Nic {
    pub(crate) mac: Mac,
    pub(crate) ip: [u8; 4],
    pub(crate) vlan: u16,
    /// Time to live of its packets where they are seen.
    pub(crate) ttl: u8,
}

impl Nic {
    /// All hosts of the VLAN.
    pub(crate) fn everybody(self) -> Self {
        let [a, b, c, _] = self.ip;
        Self { mac: Mac([0xff; 6]), ip: [a, b, c, 255], ..self }
    }

    /// A multicast group. RFC 1112 §6.4.
    pub(crate) fn group(self, ip: [u8; 4]) -> Self {
        let [_, b, c, d] = ip;
        Self { mac: Mac([1, 0, 0x5e, b & 0x7f, c, d]), ip, ..self }
    }
}

/// An Ethernet frame, tagged where a VLAN is given; padded to the shortest length.
/// IEEE 802.3-2018 §3.2, IEEE 802.1Q-2018 §9.6.
pub(crate) fn ethernet(to: Mac, from: Mac, vlan: u16, kind: u16, payload: &[u8]) -> Vec<u8> {
    tagged(to, from, vlan, 0, kind, payload)
}

/// The same with a priority.
pub(crate) fn tagged(
    to: Mac,
    from: Mac,
    vlan: u16,
    priority: u16,
    kind: u16,
    payload: &[u8],
) -> Vec<u8> {
    let mut frame = Buf::new().raw(&to.0).raw(&from.0);
    if vlan != 0 {
        frame = frame.be16(0x8100).be16(priority << 13 | vlan);
    }
    frame.be16(kind).raw(payload).zeros(46usize.saturating_sub(payload.len())).done()
}

/// An 802.3 frame with an LLC header. IEEE 802.2-1998 §3.2.
pub(crate) fn llc(to: Mac, from: Mac, sap: u8, payload: &[u8]) -> Vec<u8> {
    let body = Buf::new().raw(&[sap, sap, 3]).raw(payload).done();
    ethernet(to, from, 0, len16(body.len()), &body)
}

/// An IPv4 packet in its frame. RFC 791 §3.1.
pub(crate) fn ipv4(from: Nic, to: Nic, proto: u8, id: u16, payload: &[u8]) -> Vec<u8> {
    let start = Buf::new()
        .raw(&[0x45, 0])
        .be16(len16(20 + payload.len()))
        .be16(id)
        .be16(0x4000)
        .u8(if to.ip[0] & 0xf0 == 0xe0 && proto == 2 { 1 } else { from.ttl })
        .u8(proto);
    let sum = checksum(&[&start.0, &from.ip, &to.ip]);
    let packet = start.be16(sum).raw(&from.ip).raw(&to.ip).raw(payload).done();
    ethernet(to.mac, from.mac, from.vlan, 0x0800, &packet)
}

/// The pseudo header under the checksum. RFC 768, RFC 9293 §3.1.
fn pseudo(from: Nic, to: Nic, proto: u8, len: usize) -> Vec<u8> {
    Buf::new().raw(&from.ip).raw(&to.ip).raw(&[0, proto]).be16(len16(len)).done()
}

/// A UDP datagram. RFC 768.
pub(crate) fn udp(from: Nic, to: Nic, ports: [u16; 2], id: u16, payload: &[u8]) -> Vec<u8> {
    let len = 8 + payload.len();
    let head = Buf::new().be16(ports[0]).be16(ports[1]).be16(len16(len));
    let sum = match checksum(&[&pseudo(from, to, 17, len), &head.0, payload]) {
        0 => 0xffff,
        sum => sum,
    };
    ipv4(from, to, 17, id, &head.be16(sum).raw(payload).done())
}

/// What a TCP segment says beside its payload.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Segment<'a> {
    pub(crate) ports: [u16; 2],
    pub(crate) seq: u32,
    pub(crate) ack: u32,
    pub(crate) flags: u8,
    pub(crate) window: u16,
    /// Options, a multiple of four bytes.
    pub(crate) options: &'a [u8],
}

/// TCP flags. RFC 9293 §3.1.
pub(crate) const FIN: u8 = 1;
pub(crate) const SYN: u8 = 2;
pub(crate) const RST: u8 = 4;
pub(crate) const PSH: u8 = 8;
pub(crate) const ACK: u8 = 16;

/// A TCP segment. RFC 9293 §3.1.
pub(crate) fn tcp(from: Nic, to: Nic, id: u16, segment: &Segment<'_>, payload: &[u8]) -> Vec<u8> {
    let head = 20 + segment.options.len();
    let words = crate::bytes::len8(head / 4);
    let start = Buf::new()
        .be16(segment.ports[0])
        .be16(segment.ports[1])
        .be32(segment.seq)
        .be32(segment.ack)
        .raw(&[words << 4, segment.flags])
        .be16(segment.window);
    let pseudo = pseudo(from, to, 6, head + payload.len());
    let sum = checksum(&[&pseudo, &start.0, segment.options, payload]);
    let packet = start.be16(sum).be16(0).raw(segment.options).raw(payload).done();
    ipv4(from, to, 6, id, &packet)
}

/// An ICMP echo or its reply. RFC 792.
pub(crate) fn echo(from: Nic, to: Nic, id: u16, reply: bool, number: u16) -> Vec<u8> {
    let body = Buf::new().be16(1).be16(number).raw(b"abcdefghijklmnopqrstuvwabcdefghi").done();
    let kind = [if reply { 0 } else { 8 }, 0];
    let sum = checksum(&[&kind, &body]);
    ipv4(from, to, 1, id, &Buf::new().raw(&kind).be16(sum).raw(&body).done())
}

/// An ARP question to all, or the answer to one. RFC 826.
pub(crate) fn arp(from: Nic, to: Nic, reply: bool) -> Vec<u8> {
    let (link, target) = if reply { (to.mac, to.mac) } else { (Mac([0xff; 6]), Mac::ZERO) };
    let body = Buf::new()
        .be16(1)
        .be16(0x0800)
        .raw(&[6, 4])
        .be16(if reply { 2 } else { 1 })
        .raw(&from.mac.0)
        .raw(&from.ip)
        .raw(&target.0)
        .raw(&to.ip)
        .done();
    ethernet(link, from.mac, from.vlan, 0x0806, &body)
}
