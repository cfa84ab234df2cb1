//! IPv4, IPv6 and the extension headers.

use crate::headers::{Addr, Fragment, Layer, Net, Stop};
use crate::walk::{Next, Walk};

/// Most IPv6 extension headers in a row; more is an attack.
const EXTENSIONS_MAX: usize = 10;

/// IP, version from the first nibble.
pub(crate) fn any(w: &mut Walk<'_, '_>) -> Next {
    match w.at.peek().map(|b| b >> 4) {
        Some(4) => v4(w),
        Some(6) => v6(w),
        Some(_) => w.malformed(Layer::Ipv4, "unknown_ip_version"),
        None => w.short(Layer::Ipv4),
    }
}

/// RFC 791 §3.1.
fn v4(w: &mut Walk<'_, '_>) -> Next {
    let whole = w.at;
    let Some(&[ver, _, l0, l1, i0, i1, f0, f1, ttl, proto, _, _, s0, s1, s2, s3, d0, d1, d2, d3]) =
        w.at.chunk()
    else {
        return w.short(Layer::Ipv4);
    };
    if w.h.net == Net::None {
        w.h.net = Net::EtherType(0x0800);
    }
    w.h.ip_version = 4;
    w.h.src = Addr::v4([s0, s1, s2, s3]);
    w.h.dst = Addr::v4([d0, d1, d2, d3]);
    w.h.ttl = ttl;
    w.h.ip_proto = proto;
    let header = usize::from(ver & 0x0f).saturating_mul(4);
    let total = usize::from(u16::from_be_bytes([l0, l1]));
    if header < 20 {
        return w.malformed(Layer::Ipv4, "header_length_below_20");
    }
    // A total length of zero is what segmentation offload leaves behind: the frame bounds it.
    if total != 0 {
        if total < header {
            return w.malformed(Layer::Ipv4, "total_length_below_header");
        }
        w.at = whole;
        w.bound(total, Layer::Ipv4);
        w.at.take_up_to(20);
    }
    if w.at.skip(header.saturating_sub(20)).is_none() {
        return w.short(Layer::Ipv4);
    }
    let flags = u16::from_be_bytes([f0, f1]);
    let offset = u32::from(flags & 0x1fff).saturating_mul(8);
    let more = flags & 0x2000 != 0;
    if offset != 0 || more {
        let id = u32::from(u16::from_be_bytes([i0, i1]));
        w.h.fragment = Some(Fragment { id, offset, more });
        return Next::Stop(Stop::Fragment);
    }
    Next::IpProto(proto)
}

/// RFC 8200 §3.
fn v6(w: &mut Walk<'_, '_>) -> Next {
    let Some(&[_, _, _, _, l0, l1, next, hops]) = w.at.chunk() else {
        return w.short(Layer::Ipv6);
    };
    let (Some(src), Some(dst)) = (w.at.chunk::<16>(), w.at.chunk::<16>()) else {
        return w.short(Layer::Ipv6);
    };
    if w.h.net == Net::None {
        w.h.net = Net::EtherType(0x86dd);
    }
    w.h.ip_version = 6;
    w.h.src = Addr::v6(*src);
    w.h.dst = Addr::v6(*dst);
    w.h.ttl = hops;
    let len = usize::from(u16::from_be_bytes([l0, l1]));
    // Zero is a jumbogram (RFC 2675) or segmentation offload: the frame bounds it.
    if len != 0 {
        w.bound(len, Layer::Ipv6);
    }
    extensions(w, next)
}

/// Extension headers up to the upper layer. RFC 8200 §4.
fn extensions(w: &mut Walk<'_, '_>, mut next: u8) -> Next {
    for _ in 0..EXTENSIONS_MAX {
        w.h.ip_proto = next;
        let (after, len) = match next {
            // Hop-by-hop, routing, destination options, mobility, HIP, Shim6.
            0 | 43 | 60 | 135 | 139 | 140 => {
                let (Some(after), Some(units)) = (w.at.u8(), w.at.u8()) else {
                    return w.short(Layer::Ipv6);
                };
                (after, usize::from(units).saturating_mul(8).saturating_add(6))
            }
            // Authentication header: length in 4-byte units minus two. RFC 4302 §2.2.
            51 => {
                let (Some(after), Some(units)) = (w.at.u8(), w.at.u8()) else {
                    return w.short(Layer::Ipv6);
                };
                (after, usize::from(units).saturating_mul(4).saturating_add(6))
            }
            // Fragment header. RFC 8200 §4.5.
            44 => {
                let Some(&[after, _, p0, p1, i0, i1, i2, i3]) = w.at.chunk() else {
                    return w.short(Layer::Ipv6);
                };
                let place = u16::from_be_bytes([p0, p1]);
                let (offset, more) = (u32::from(place & 0xfff8), place & 1 != 0);
                // An atomic fragment is a whole datagram. RFC 6946.
                if offset != 0 || more {
                    let id = u32::from_be_bytes([i0, i1, i2, i3]);
                    w.h.ip_proto = after;
                    w.h.fragment = Some(Fragment { id, offset, more });
                    return Next::Stop(Stop::Fragment);
                }
                (after, 0)
            }
            _ => return Next::IpProto(next),
        };
        next = after;
        if w.at.skip(len).is_none() {
            return w.short(Layer::Ipv6);
        }
    }
    w.malformed(Layer::Ipv6, "too_many_extension_headers")
}
