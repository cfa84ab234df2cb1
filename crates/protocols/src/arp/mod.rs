//! ARP and RARP: who has which address on a segment. What a host says of itself here is the best
//! sign of which MAC address an IP address belongs to.
//!
//! A MAC address in the message that is not the frame's own is legal (proxy ARP, RFC 1027), and no
//! fault here.

mod spec;

use crate::common::address;
use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Mac, Op, Role, Spec, Value};

/// Hardware, protocol, two lengths, opcode.
const HEADER: usize = 8;

/// The ARP dissector.
#[derive(Debug)]
pub struct Arp;

impl Dissector for Arp {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(_hint: &Hint<'_>, head: &[u8]) -> Probe {
        if head.len() >= HEADER { Probe::Sure } else { Probe::No }
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let Some(packet) = Packet::read(bytes) else { return Step::NotMine };
        packet.say(cx, bytes);
        Step::Took { bytes: bytes.len() }
    }
}

/// A packet. RFC 826, packet format.
struct Packet<'p> {
    hardware: u16,
    protocol: u16,
    opcode: u16,
    /// The lengths of a hardware and of a protocol address.
    lengths: (u8, u8),
    sender_mac: &'p [u8],
    sender_ip: &'p [u8],
    target_mac: &'p [u8],
    target_ip: &'p [u8],
    whole: bool,
}

impl<'p> Packet<'p> {
    fn read(bytes: &'p [u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        let (hardware, protocol) = (at.be16()?, at.be16()?);
        let (mac_len, ip_len) = (at.u8()?, at.u8()?);
        let opcode = at.be16()?;
        let (macs, ips) = (usize::from(mac_len), usize::from(ip_len));
        let whole = at.len() >= macs.saturating_add(ips).saturating_mul(2);
        Some(Self {
            hardware,
            protocol,
            opcode,
            lengths: (mac_len, ip_len),
            sender_mac: at.take_up_to(macs),
            sender_ip: at.take_up_to(ips),
            target_mac: at.take_up_to(macs),
            target_ip: at.take_up_to(ips),
            whole,
        })
    }

    /// The addresses have the lengths that their kinds have, and all of them are there.
    fn is_sound(&self) -> bool {
        let (mac, ip) = self.lengths;
        // 6 is IEEE 802. IANA ARP parameters.
        let mac = !matches!(self.hardware, 1 | 6) || mac == 6;
        let ip = self.protocol != 0x0800 || ip == 4;
        mac && ip && self.whole
    }

    /// The sender tells everybody of itself, asked by nobody. RFC 5227 §3.
    fn is_announcement(&self) -> bool {
        matches!(self.opcode, 1 | 2) && self.sender_ip == self.target_ip
    }

    fn role(&self) -> Role {
        match self.opcode {
            _ if self.is_announcement() => Role::Event,
            1 | 3 | 5 | 8 => Role::Request,
            2 | 4 | 6 | 7 | 9 | 10 => Role::Response,
            _ => Role::Event,
        }
    }

    fn say(&self, cx: &mut Cx<'_>, bytes: &'p [u8]) {
        let mut op = Op::new(u32::from(self.opcode), self.role(), bytes);
        op.args = Some([u64::from(self.hardware), 0, 0, 0]);
        // A question to everybody is answered in another flow; only one to a single host waits.
        let asked = if op.role == Role::Request { self.target_ip } else { self.sender_ip };
        if matches!(self.opcode, 1 | 2) && cx.headers().dst_mac.is_unicast() {
            op.tx = asked.first_chunk().map(|ip| u64::from(u32::from_be_bytes(*ip)));
        }
        cx.op(&op);
        if !self.is_sound() {
            if !cx.cut() {
                cx.fault(spec::BAD_LENGTH, bytes);
            }
            return;
        }
        match self.opcode {
            1 if op.role == Role::Request => {
                cx.item(address::target(spec::HOST, self.target_ip), Value::None);
            }
            1 | 2 | 9 => say_host(cx, self.sender_ip, self.sender_mac),
            4 | 6 => say_host(cx, self.target_ip, self.target_mac),
            3 | 5 | 8 => cx.item(address::target(spec::HOST, self.target_mac), Value::None),
            _ => {}
        }
        self.bind(cx);
    }

    /// Says which MAC and IP address belong together. A probe has no sender address yet.
    fn bind(&self, cx: &mut Cx<'_>) {
        let pair = match self.opcode {
            4 | 6 => (self.target_mac, self.target_ip),
            1 | 2 | 8 | 9 => (self.sender_mac, self.sender_ip),
            _ => return,
        };
        let (Some(mac), Some(ip)) = (address::mac(pair.0), address::ip(pair.1)) else { return };
        if mac.is_unicast() || mac == Mac::ZERO {
            cx.bind(mac, ip);
        } else {
            cx.fault(spec::GROUP_SENDER, pair.0);
        }
    }
}

/// An IP address with its MAC address.
fn say_host(cx: &mut Cx<'_>, ip: &[u8], mac: &[u8]) {
    cx.item(address::target(spec::HOST, ip), Value::Bytes(mac));
}
