//! Names and addresses: DNS, mDNS, NetBIOS names, DHCP.

use crate::bytes::{Buf, len8};

/// A name in labels. RFC 1035 §3.1.
fn labels(buf: Buf, name: &str) -> Buf {
    name.split('.').fold(buf, |buf, label| buf.counted(label.as_bytes())).u8(0)
}

/// A question for an address. RFC 1035 §4.1.
pub(crate) fn question(id: u16, name: &str) -> Vec<u8> {
    let buf = Buf::new().be16(id).be16(0x0100).be16(1).be16(0).be16(0).be16(0);
    labels(buf, name).be16(1).be16(1).done()
}

/// Its answer. RFC 1035 §4.1.
pub(crate) fn answer(id: u16, name: &str, ip: [u8; 4]) -> Vec<u8> {
    let buf = Buf::new().be16(id).be16(0x8580).be16(1).be16(1).be16(0).be16(0);
    let buf = labels(buf, name).be16(1).be16(1);
    buf.be16(0xc00c).be16(1).be16(1).be32(3_600).be16(4).raw(&ip).done()
}

/// A host announces its name on its segment. RFC 6762 §8.3.
pub(crate) fn announce(name: &str, ip: [u8; 4]) -> Vec<u8> {
    let buf = Buf::new().be16(0).be16(0x8400).be16(0).be16(1).be16(0).be16(0);
    let buf = labels(buf, &format!("{name}.local"));
    buf.be16(1).be16(0x8001).be32(120).be16(4).raw(&ip).done()
}

/// A NetBIOS name in its 32 letters. RFC 1001 §14.1.
fn netbios(buf: Buf, name: &str, suffix: u8) -> Buf {
    let mut bytes = Buf::new().field(name, 15, b' ').done();
    bytes.push(suffix);
    let letters: Vec<u8> =
        bytes.iter().flat_map(|byte| [b'A' + (byte >> 4), b'A' + (byte & 15)]).collect();
    buf.counted(&letters).u8(0)
}

/// Registers a name. RFC 1002 §4.2.2.
pub(crate) fn register(id: u16, name: &str, suffix: u8, ip: [u8; 4]) -> Vec<u8> {
    let buf = Buf::new().be16(id).be16(0x2910).be16(1).be16(0).be16(0).be16(1);
    let buf = netbios(buf, name, suffix).be16(0x20).be16(1);
    buf.be16(0xc00c).be16(0x20).be16(1).be32(300_000).be16(6).be16(0).raw(&ip).done()
}

/// A computer that has its address asks for the rest. RFC 2131 §3.4.
pub(crate) fn inform(tx: u32, mac: [u8; 6], ip: [u8; 4], name: &str) -> Vec<u8> {
    let buf = dhcp(1, tx, mac, ip)
        .raw(&[53, 1, 8, 61, 7, 1])
        .raw(&mac)
        .raw(&[12, len8(name.len())])
        .raw(name.as_bytes())
        .raw(&[60, 8])
        .raw(b"MSFT 5.0")
        .raw(&[55, 6, 1, 3, 6, 15, 44, 46, 255]);
    pad(buf)
}

/// The answer. RFC 2131 §4.3.5.
pub(crate) fn informed(tx: u32, mac: [u8; 6], ip: [u8; 4], server: [u8; 4]) -> Vec<u8> {
    let [a, b, c, _] = ip;
    let buf = dhcp(2, tx, mac, ip)
        .raw(&[53, 1, 5, 54, 4])
        .raw(&server)
        .raw(&[1, 4, 255, 255, 255, 0, 3, 4, a, b, c, 1, 6, 4])
        .raw(&server)
        .raw(&[15, 13])
        .raw(b"works.example")
        .u8(255);
    pad(buf)
}

/// The fixed part. RFC 2131 §2.
fn dhcp(op: u8, tx: u32, mac: [u8; 6], ip: [u8; 4]) -> Buf {
    Buf::new()
        .raw(&[op, 1, 6, 0])
        .be32(tx)
        .be32(0)
        .raw(&ip)
        .zeros(12)
        .raw(&mac)
        .zeros(10 + 64 + 128)
        .raw(&[0x63, 0x82, 0x53, 0x63])
}

fn pad(buf: Buf) -> Vec<u8> {
    let missing = 300usize.saturating_sub(buf.0.len());
    buf.zeros(missing).done()
}
