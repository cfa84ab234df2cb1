//! What switches and stations say on each cable. IEEE 802.1AB-2016, IEEE 802.1D-2004 §9.

use crate::bytes::{Buf, len16};
use crate::frame;
use vocab::Mac;

const GROUP: Mac = Mac([0x01, 0x80, 0xc2, 0, 0, 0x0e]);

/// A station's announcement.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Announcement<'a> {
    pub(crate) mac: Mac,
    pub(crate) port: &'a str,
    pub(crate) name: &'a str,
    pub(crate) description: &'a str,
    /// Capabilities: 4 bridge, 16 router, 128 station only. §8.5.8.
    pub(crate) capabilities: u16,
    pub(crate) ip: [u8; 4],
}

/// Type in 7 bits, length in 9, content. §8.4.
fn tlv(buf: Buf, kind: u16, content: &[u8]) -> Buf {
    buf.be16(kind << 9 | len16(content.len())).raw(content)
}

impl Announcement<'_> {
    /// The frame.
    pub(crate) fn frame(&self) -> Vec<u8> {
        let chassis = Buf::new().u8(4).raw(&self.mac.0).done();
        let port = Buf::new().u8(7).raw(self.port.as_bytes()).done();
        let caps = Buf::new().be16(self.capabilities).be16(self.capabilities).done();
        let management = Buf::new().raw(&[5, 1]).raw(&self.ip).u8(2).be32(1).u8(0).done();
        let buf = tlv(tlv(tlv(Buf::new(), 1, &chassis), 2, &port), 3, &120u16.to_be_bytes());
        let buf = tlv(tlv(buf, 5, self.name.as_bytes()), 6, self.description.as_bytes());
        let buf = tlv(tlv(tlv(buf, 7, &caps), 8, &management), 0, &[]);
        frame::ethernet(GROUP, self.mac, 0, 0x88cc, &buf.done())
    }
}

/// A bridge's hello of the rapid spanning tree. IEEE 802.1D-2004 §9.3.3.
pub(crate) fn hello(root: Mac, bridge: Mac, cost: u32, port: u16) -> Vec<u8> {
    let body = Buf::new()
        .raw(&[0, 0, 2, 2, 0x3c])
        .be16(0x8000)
        .raw(&root.0)
        .be32(cost)
        .be16(0x8000)
        .raw(&bridge.0)
        .be16(0x8000 | port)
        .be16(if cost == 0 { 0 } else { 256 })
        .be16(20 << 8)
        .be16(2 << 8)
        .be16(15 << 8)
        .u8(0)
        .done();
    frame::llc(Mac([0x01, 0x80, 0xc2, 0, 0, 0]), bridge, 0x42, &body)
}
