//! TCP, UDP, and the choice between them and tunnels.

use crate::headers::{Layer, Stop, TcpFlags, TcpHeader, Transport, TunnelKind};
use crate::tunnel;
use crate::walk::{Next, Walk};

/// What follows an IP protocol number. IANA protocol numbers.
pub(crate) fn ip_payload(w: &mut Walk<'_, '_>, proto: u8) -> Next {
    match proto {
        6 => tcp(w),
        17 => udp(w),
        4 | 41 => {
            w.h.transport = Transport::Other;
            w.enter_tunnel(TunnelKind::IpInIp);
            Next::AnyIp
        }
        47 => tunnel::gre(w),
        97 => tunnel::etherip(w),
        50 => {
            w.h.transport = Transport::Other;
            Next::Stop(Stop::Encrypted(Layer::Tunnel))
        }
        _ => {
            w.h.transport = Transport::Other;
            Next::Payload
        }
    }
}

/// RFC 9293 §3.1.
fn tcp(w: &mut Walk<'_, '_>) -> Next {
    let Some(&[s0, s1, d0, d1, q0, q1, q2, q3, a0, a1, a2, a3, offset, flags, w0, w1, _, _, _, _]) =
        w.at.chunk()
    else {
        return w.short(Layer::Tcp);
    };
    let header = usize::from(offset >> 4).saturating_mul(4);
    if header < 20 {
        return w.malformed(Layer::Tcp, "header_length_below_20");
    }
    w.h.transport = Transport::Tcp(TcpHeader {
        src: u16::from_be_bytes([s0, s1]),
        dst: u16::from_be_bytes([d0, d1]),
        seq: u32::from_be_bytes([q0, q1, q2, q3]),
        ack: u32::from_be_bytes([a0, a1, a2, a3]),
        flags: TcpFlags(flags),
        window: u16::from_be_bytes([w0, w1]),
    });
    if w.at.skip(header.saturating_sub(20)).is_none() {
        return w.short(Layer::Tcp);
    }
    Next::Payload
}

/// RFC 768.
fn udp(w: &mut Walk<'_, '_>) -> Next {
    let Some(&[s0, s1, d0, d1, l0, l1, _, _]) = w.at.chunk() else { return w.short(Layer::Udp) };
    let (src, dst) = (u16::from_be_bytes([s0, s1]), u16::from_be_bytes([d0, d1]));
    w.h.transport = Transport::Udp { src, dst };
    match usize::from(u16::from_be_bytes([l0, l1])) {
        // Zero is a jumbogram (RFC 2675 §4) or offload: IP bounds it.
        0 => {}
        1..=7 => return w.malformed(Layer::Udp, "length_below_8"),
        len => w.bound(len.saturating_sub(8), Layer::Udp),
    }
    match dst {
        4789 | 8472 => tunnel::vxlan(w),
        6081 => tunnel::geneve(w),
        2152 => tunnel::gtp_u(w),
        _ => Next::Payload,
    }
}
