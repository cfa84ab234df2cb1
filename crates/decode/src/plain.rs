//! The frames that nearly all traffic consists of, read at once: Ethernet, at most one VLAN tag,
//! IPv4 without options, whole TCP or UDP. Everything else is left to the walk over the layers,
//! which says the same of these frames, only slower.

use crate::headers::{Addr, Headers, Net, Payload, Stop, TcpFlags, TcpHeader, Transport};
use vocab::Mac;

/// Bytes of an Ethernet header without tag. IEEE 802.3 §3.1.1.
const ETHERNET: usize = 14;
/// Bytes of a VLAN tag. IEEE 802.1Q §9.6.
const TAG: usize = 4;
/// Bytes of an IPv4 header without options. RFC 791 §3.1.
const IPV4: usize = 20;
/// UDP ports of tunnels: VXLAN, Geneve, GTP-U.
const TUNNELS: [u16; 4] = [4789, 8472, 6081, 2152];

/// Writes the headers of a plain frame; false, and nothing written, where it is not one, or not
/// all there.
#[inline]
pub(crate) fn read(bytes: &[u8], headers: &mut Headers) -> bool {
    read_all(bytes, headers).is_some()
}

#[inline]
fn read_all(bytes: &[u8], headers: &mut Headers) -> Option<()> {
    let (&[d0, d1, d2, d3, d4, d5, s0, s1, s2, s3, s4, s5, t0, t1], mut rest) =
        bytes.split_first_chunk::<ETHERNET>()?;
    let (mut kind, mut tag, mut begin) = (u16::from_be_bytes([t0, t1]), 0, ETHERNET);
    if kind == 0x8100 {
        let (&[c0, c1, t0, t1], inner) = rest.split_first_chunk::<TAG>()?;
        (kind, tag) = (u16::from_be_bytes([t0, t1]), u16::from_be_bytes([c0, c1]) & 0x0fff);
        (rest, begin) = (inner, begin.wrapping_add(TAG));
    }
    if kind != 0x0800 {
        return None;
    }
    let &[0x45, _, l0, l1, _, _, f0, f1, hops, proto, _, _, a0, a1, a2, a3, b0, b1, b2, b3] =
        rest.first_chunk::<IPV4>()?
    else {
        return None;
    };
    // The reserved and don't-fragment bits may be set; pieces are not plain.
    if u16::from_be_bytes([f0, f1]) & 0x3fff != 0 {
        return None;
    }
    let total = usize::from(u16::from_be_bytes([l0, l1]));
    let inner = rest.get(IPV4..total)?;
    let (layer4, header, len) = match proto {
        6 => tcp(inner)?,
        17 => udp(inner)?,
        _ => return None,
    };
    // In place, field by field: building and copying them would take as long as reading them.
    let Headers {
        src_mac,
        dst_mac,
        vlan,
        net,
        ip_version,
        src,
        dst,
        ttl,
        ip_proto,
        transport,
        fragment,
        payload,
        stop,
        outer,
        redundancy,
        fault,
    } = headers;
    *src_mac = Mac([s0, s1, s2, s3, s4, s5]);
    *dst_mac = Mac([d0, d1, d2, d3, d4, d5]);
    *vlan = tag;
    *net = Net::EtherType(kind);
    *ip_version = 4;
    *src = Addr::v4([a0, a1, a2, a3]);
    *dst = Addr::v4([b0, b1, b2, b3]);
    *ttl = hops;
    *ip_proto = proto;
    *transport = layer4;
    *fragment = None;
    let start = begin.wrapping_add(IPV4).wrapping_add(header);
    *payload = Payload { start, len, missing: 0 };
    *stop = Stop::Payload;
    *outer = None;
    *redundancy = None;
    *fault = None;
    Some(())
}

/// The header, its length, and how many bytes follow it. RFC 9293 §3.1.
#[inline]
fn tcp(bytes: &[u8]) -> Option<(Transport, usize, usize)> {
    let &[s0, s1, d0, d1, q0, q1, q2, q3, a0, a1, a2, a3, offset, flags, w0, w1, _, _, _, _] =
        bytes.first_chunk()?;
    let header = usize::from(offset >> 4).wrapping_mul(4);
    let len = bytes.len().checked_sub(header).filter(|_| header >= 20)?;
    let transport = Transport::Tcp(TcpHeader {
        src: u16::from_be_bytes([s0, s1]),
        dst: u16::from_be_bytes([d0, d1]),
        seq: u32::from_be_bytes([q0, q1, q2, q3]),
        ack: u32::from_be_bytes([a0, a1, a2, a3]),
        flags: TcpFlags(flags),
        window: u16::from_be_bytes([w0, w1]),
    });
    Some((transport, header, len))
}

/// The header, its length, and how many bytes follow it. RFC 768.
#[inline]
fn udp(bytes: &[u8]) -> Option<(Transport, usize, usize)> {
    let &[s0, s1, d0, d1, l0, l1, _, _] = bytes.first_chunk()?;
    let (src, dst) = (u16::from_be_bytes([s0, s1]), u16::from_be_bytes([d0, d1]));
    let len = usize::from(u16::from_be_bytes([l0, l1]));
    if len < 8 || len > bytes.len() || TUNNELS.contains(&dst) {
        return None;
    }
    Some((Transport::Udp { src, dst }, 8, len.wrapping_sub(8)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LinkType;
    use alloc::format;
    use alloc::vec::Vec;

    /// Ethernet, perhaps a tag, IPv4, and a transport header with `rest` behind it.
    fn frame(tagged: bool, proto: u8, transport: &[u8], padding: usize) -> Vec<u8> {
        let mut frame: Vec<u8> = (1..=12).collect();
        if tagged {
            frame.extend([0x81, 0x00, 0x60, 0x0a]);
        }
        let total = u8::try_from(20 + transport.len()).unwrap();
        frame.extend([0x08, 0x00, 0x45, 0, 0, total, 1, 2, 0x40, 0, 64, proto, 0, 0]);
        frame.extend([10, 0, 0, 9, 10, 0, 0, 5]);
        frame.extend(transport);
        frame.extend(core::iter::repeat_n(0, padding));
        frame
    }

    fn frames() -> Vec<Vec<u8>> {
        let tcp = [0x12, 0x34, 1, 0xf6, 0, 0, 0, 9, 0, 0, 0, 8, 0x50, 24, 1, 0, 0, 0, 0, 0, 7, 7];
        let options = [&tcp[..12], &[0x60], &tcp[13..], &[1, 1]].concat();
        let udp = [0x12, 0x34, 0xba, 0xc0, 0, 11, 0, 0, 1, 2, 3];
        let vxlan = [0x12, 0x34, 0x12, 0xb5, 0, 10, 0, 0, 1, 2];
        let all: [(u8, &[u8]); 5] =
            [(6, &tcp), (6, &options), (17, &udp), (17, &vxlan), (1, &[8, 0, 0, 0])];
        all.into_iter()
            .flat_map(|(proto, bytes)| {
                [false, true].map(|tagged| frame(tagged, proto, bytes, usize::from(tagged) * 6))
            })
            .collect()
    }

    /// What the walk says, where the quick way says anything.
    fn agrees(bytes: &[u8]) -> bool {
        let mut plain = Headers::default();
        if !read(bytes, &mut plain) {
            return false;
        }
        let mut walked = Headers::default();
        crate::walk::walk(LinkType::ETHERNET, bytes, bytes.len(), &mut walked);
        assert_eq!(format!("{plain:?}"), format!("{walked:?}"), "{bytes:02x?}");
        true
    }

    #[test]
    fn plain_frames_are_read_as_the_walk_reads_them() {
        let plain = frames().iter().filter(|bytes| agrees(bytes)).count();
        assert_eq!(plain, 6, "TCP, TCP with options and UDP, with and without a tag");
    }

    #[test]
    fn so_are_frames_cut_short_and_changed() {
        for whole in frames() {
            for len in 0..whole.len() {
                agrees(&whole[..len]);
            }
            for at in 12..whole.len() {
                for change in [1, 2, 4, 0x10, 0x20, 0x40, 0x80, 0xff] {
                    let mut changed = whole.clone();
                    changed[at] ^= change;
                    agrees(&changed);
                }
            }
        }
    }
}
