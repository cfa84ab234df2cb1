//! What a switch or router with Cisco's system says on each cable: Cisco Discovery Protocol, version 2, as
//! published by Cisco.

use crate::bytes::{Buf, checksum, len16};
use crate::frame;
use vocab::Mac;

const GROUP: Mac = Mac([0x01, 0, 0x0c, 0xcc, 0xcc, 0xcc]);
/// Switch, and it follows multicast groups.
pub(crate) const SWITCH: u32 = 0x28;
/// Router, and it follows multicast groups.
pub(crate) const ROUTER: u32 = 0x21;

/// An advertisement.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Advertisement<'a> {
    pub(crate) mac: Mac,
    pub(crate) name: &'a str,
    pub(crate) port: &'a str,
    pub(crate) platform: &'a str,
    pub(crate) software: &'a str,
    pub(crate) capabilities: u32,
    pub(crate) ip: [u8; 4],
    /// The VLAN of untagged frames.
    pub(crate) vlan: u16,
}

/// Type, length with this header, value.
fn field(buf: Buf, kind: u16, value: &[u8]) -> Buf {
    buf.be16(kind).be16(len16(value.len() + 4)).raw(value)
}

impl Advertisement<'_> {
    /// The frame.
    pub(crate) fn frame(&self) -> Vec<u8> {
        // One address: NLPID, one byte long, IP, four bytes.
        let addresses = Buf::new().be32(1).raw(&[1, 1, 0xcc, 0, 4]).raw(&self.ip).done();
        let buf = field(Buf::new(), 0x01, self.name.as_bytes());
        let buf = field(buf, 0x05, self.software.as_bytes());
        let buf = field(buf, 0x06, self.platform.as_bytes());
        let buf = field(buf, 0x02, &addresses);
        let buf = field(buf, 0x03, self.port.as_bytes());
        let buf = field(buf, 0x04, &self.capabilities.to_be_bytes());
        let buf = field(buf, 0x0a, &self.vlan.to_be_bytes());
        // Full duplex, then where it is managed.
        let fields = field(field(buf, 0x0b, &[1]), 0x16, &addresses).done();
        let start = [2, 180];
        let sum = sum(&[&start, &[0, 0], &fields]);
        let message = Buf::new().raw(&start).be16(sum).raw(&fields).done();
        let snap = Buf::new().raw(&[0xaa, 0xaa, 3, 0, 0, 0x0c, 0x20, 0]).raw(&message).done();
        frame::ethernet(GROUP, self.mac, 0, len16(snap.len()), &snap)
    }
}

/// The checksum of IP, but for an odd last byte: it stands low in its word, as a signed number.
fn sum(parts: &[&[u8]]) -> u16 {
    let mut bytes = parts.concat();
    if !bytes.len().is_multiple_of(2) {
        let last = bytes.pop().unwrap_or_default();
        let word = if last & 0x80 == 0 { [0, last] } else { [0xff, last.wrapping_sub(1)] };
        bytes.extend(word);
    }
    checksum(&[&bytes])
}
