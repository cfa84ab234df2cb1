//! Tunnels: how mirrored, overlay and mobile traffic reaches a sensor. A header that does not
//! look like the tunnel leaves the payload as it is: ports are hints.

use crate::cursor::Cursor;
use crate::headers::{Layer, Transport, TunnelKind};
use crate::walk::{Next, Walk};

/// GRE with its optional fields, and ERSPAN inside. RFC 2784 §2, RFC 2890, draft-foschiano-erspan.
pub(crate) fn gre(w: &mut Walk<'_, '_>) -> Next {
    w.h.transport = Transport::Other;
    let (Some(flags), Some(kind)) = (w.at.be16(), w.at.be16()) else {
        return w.short(Layer::Tunnel);
    };
    // Version 1 is PPTP's: its payload is PPP, often compressed or encrypted.
    if flags & 7 != 0 {
        return Next::Payload;
    }
    let sequence = flags & 0x1000 != 0;
    let fields = [flags & 0xc000 != 0, flags & 0x2000 != 0, sequence];
    let options = fields.iter().filter(|set| **set).count().saturating_mul(4);
    if w.at.skip(options).is_none() {
        return w.short(Layer::Tunnel);
    }
    match kind {
        // Type I has no header of its own, type II eight bytes.
        0x88be => erspan(w, if sequence { 8 } else { 0 }),
        0x22eb => erspan3(w),
        _ => {
            w.enter_tunnel(TunnelKind::Gre);
            Next::Ether(kind)
        }
    }
}

fn erspan(w: &mut Walk<'_, '_>, header: usize) -> Next {
    if w.at.skip(header).is_none() {
        return w.short(Layer::Tunnel);
    }
    w.enter_tunnel(TunnelKind::Erspan);
    Next::EthernetFrame
}

/// Twelve bytes, eight more when the last bit is set.
fn erspan3(w: &mut Walk<'_, '_>) -> Next {
    let Some(&[.., last]) = w.at.chunk::<12>() else { return w.short(Layer::Tunnel) };
    erspan(w, if last & 1 != 0 { 8 } else { 0 })
}

/// Flags with the I bit, reserved, network identifier, reserved. RFC 7348 §5.
pub(crate) fn vxlan(w: &mut Walk<'_, '_>) -> Next {
    let mut at = w.at;
    let Some(&[0x08, _, _, _, _, _, _, 0]) = at.chunk() else { return Next::Payload };
    if at.len() < 14 {
        return Next::Payload;
    }
    enter(w, at, TunnelKind::Vxlan);
    Next::EthernetFrame
}

/// Version 0, options in 4-byte units, EtherType. RFC 8926 §3.4.
pub(crate) fn geneve(w: &mut Walk<'_, '_>) -> Next {
    let mut at = w.at;
    let Some(&[options, _, k0, k1, _, _, _, _]) = at.chunk() else { return Next::Payload };
    let kind = u16::from_be_bytes([k0, k1]);
    let len = usize::from(options & 0x3f).saturating_mul(4);
    if options >> 6 != 0 || kind < 0x0600 || at.skip(len).is_none() {
        return Next::Payload;
    }
    enter(w, at, TunnelKind::Geneve);
    Next::Ether(kind)
}

/// G-PDU with optional fields and extension headers. 3GPP TS 29.281 §5.1.
pub(crate) fn gtp_u(w: &mut Walk<'_, '_>) -> Next {
    let mut at = w.at;
    let Some(&[flags, 255, _, _, _, _, _, _]) = at.chunk() else { return Next::Payload };
    if flags >> 4 != 3 {
        return Next::Payload;
    }
    if flags & 7 != 0 {
        let Some(&[_, _, _, mut extension]) = at.chunk() else { return Next::Payload };
        while flags & 4 != 0 && extension != 0 {
            let Some(units @ 1..) = at.u8() else { return Next::Payload };
            let content = usize::from(units).saturating_mul(4).saturating_sub(2);
            if at.skip(content).is_none() {
                return Next::Payload;
            }
            let Some(next) = at.u8() else { return Next::Payload };
            extension = next;
        }
    }
    match at.peek().map(|b| b >> 4) {
        Some(4 | 6) => {
            enter(w, at, TunnelKind::GtpU);
            Next::AnyIp
        }
        // 5G carries Ethernet sessions too. 3GPP TS 29.281 §4.
        Some(_) if at.len() >= 14 => {
            enter(w, at, TunnelKind::GtpU);
            Next::EthernetFrame
        }
        _ => Next::Payload,
    }
}

/// Version 3 and reserved, then an Ethernet frame. RFC 3378 §3.
pub(crate) fn etherip(w: &mut Walk<'_, '_>) -> Next {
    w.h.transport = Transport::Other;
    if w.at.be16().is_none() {
        return w.short(Layer::Tunnel);
    }
    w.enter_tunnel(TunnelKind::EtherIp);
    Next::EthernetFrame
}

fn enter<'p>(w: &mut Walk<'_, 'p>, at: Cursor<'p>, kind: TunnelKind) {
    let header = w.position();
    w.at = at;
    w.enter_tunnel_at(kind, header);
}
