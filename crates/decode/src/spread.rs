//! Spreads frames over workers: all frames between two hosts go to one.

use crate::frame::Frame;
use crate::headers::{Addr, Headers, LinkType, Net, Transport};
use vocab::low_u8;

/// How much later than others that came after it a frame may be handed to an engine, in
/// nanoseconds, if the others run between other hosts.
pub const LATE_NS_MAX: i64 = 1_000_000_000;

/// Which frames belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lane {
    /// A number that is the same for both directions between two hosts: the inner ones where a
    /// tunnel carries them. Frames without IP go by their MACs.
    pub pair: u32,
    /// The same for frames of most likely one protocol.
    pub kind: u8,
}

/// Where a frame belongs.
pub fn lane(frame: &Frame<'_>) -> Lane {
    if let Some(lane) = plain(frame) {
        return lane;
    }
    let mut h = Headers::default();
    crate::decode(frame.link, frame.bytes, frame.wire_len, &mut h);
    let kind = match (&h.transport, h.net) {
        (Transport::Tcp(_) | Transport::Udp { .. }, _) => of_ports(h.ports()),
        (Transport::Other, _) => h.ip_proto,
        (Transport::None, Net::EtherType(number)) => of_ports((number, number)),
        (Transport::None, _) => 0,
    };
    if h.ip_version != 0 {
        return Lane { pair: both(fold(h.src), fold(h.dst)), kind };
    }
    let (src, dst) = (h.src_mac.to_u64(), h.dst_mac.to_u64());
    // A group address stands for many receivers: the sender alone decides.
    let pair = both(src, if h.dst_mac.is_unicast() { dst } else { 0 });
    Lane { pair, kind }
}

/// The lower port tells the protocol.
fn of_ports((src, dst): (u16, u16)) -> u8 {
    low_u8(u64::from(src.min(dst)))
}

fn fold(address: Addr) -> u64 {
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = address.0.to_le_bytes();
    u64::from_le_bytes([a, b, c, d, e, f, g, h]) ^ u64::from_le_bytes([i, j, k, l, m, n, o, p])
}

/// The same number for two hosts in either order. Each is scrambled by itself: addresses that are
/// counted up on both sides would else share their difference.
fn both(one: u64, other: u64) -> u32 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let scrambled = |host: u64| {
        let product = host.wrapping_mul(ODD);
        product ^ product >> 29
    };
    let sum = scrambled(one).wrapping_add(scrambled(other));
    vocab::low_u32(sum.wrapping_mul(ODD) >> 32)
}

/// IPv4 straight on Ethernet, TCP or UDP that is no tunnel: most frames.
fn plain(frame: &Frame<'_>) -> Option<Lane> {
    if frame.link != LinkType::ETHERNET {
        return None;
    }
    let (header, _) = frame.bytes.get(12..)?.split_first_chunk::<28>()?;
    let [
        0x08,
        0x00,
        0x45,
        _,
        _,
        _,
        _,
        _,
        flags,
        offset,
        _,
        proto,
        _,
        _,
        s0,
        s1,
        s2,
        s3,
        d0,
        d1,
        d2,
        d3,
        o0,
        o1,
        p0,
        p1,
        _,
        _,
    ] = *header
    else {
        return None;
    };
    let port = u16::from_be_bytes([p0, p1]);
    let whole = flags & 0x3f == 0 && offset == 0;
    let tunnel = proto == 17 && matches!(port, 4789 | 8472 | 6081 | 2152);
    if !whole || tunnel || !matches!(proto, 6 | 17) {
        return None;
    }
    let (src, dst) = (Addr::v4([s0, s1, s2, s3]), Addr::v4([d0, d1, d2, d3]));
    let kind = of_ports((u16::from_be_bytes([o0, o1]), port));
    Some(Lane { pair: both(fold(src), fold(dst)), kind })
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocab::{FrameId, Ts};

    fn frame(bytes: &[u8]) -> Frame<'_> {
        Frame {
            at: Ts(0),
            id: FrameId::default(),
            link: LinkType::ETHERNET,
            bytes,
            wire_len: 60,
            vlan: 0,
        }
    }

    fn packet(src: u8, dst: u8, vlan: bool) -> [u8; 60] {
        let mut bytes = [0u8; 60];
        let start = if vlan { 16 } else { 12 };
        if vlan {
            bytes[12..16].copy_from_slice(&[0x81, 0, 0, 5]);
        }
        bytes[start..start + 4].copy_from_slice(&[8, 0, 0x45, 0]);
        bytes[start + 5] = 44;
        bytes[start + 10] = 64;
        bytes[start + 11] = 6;
        bytes[start + 14..start + 18].copy_from_slice(&[10, 0, 0, src]);
        bytes[start + 18..start + 22].copy_from_slice(&[10, 0, 0, dst]);
        bytes[start + 34] = 0x50;
        bytes
    }

    #[test]
    fn both_directions_and_both_paths_agree() {
        let there = lane(&frame(&packet(1, 2, false)));
        assert_eq!(there, lane(&frame(&packet(2, 1, false))));
        assert_eq!(there, lane(&frame(&packet(2, 1, true))));
        assert_eq!(there, lane(&frame(&packet(1, 2, true))), "the tagged frame is fully decoded");
        assert_ne!(there.pair, lane(&frame(&packet(1, 3, false))).pair);
    }

    #[test]
    fn addresses_counted_up_on_both_sides_are_spread() {
        let mut shares = [0; 4];
        for host in 0..100 {
            let number = lane(&frame(&packet(host, 100 + host, false))).pair;
            shares[usize::try_from(number % 4).unwrap()] += 1;
        }
        assert!(shares.iter().all(|share| (15..=35).contains(share)), "{shares:?}");
    }
}
