//! EtherNet/IP and CIP. The CIP Networks Library, volumes 1 and 2.

use crate::bytes::{Buf, len16};
use crate::truth::Op;

pub(crate) const LIST_IDENTITY: Op = Op::new("enip", 0x63, "list_identity", "observe");
pub(crate) const REGISTER: Op = Op::new("enip", 0x65, "register_session", "observe");
pub(crate) const RR_DATA: Op = Op::new("enip", 0x6f, "send_rr_data", "observe");
pub(crate) const FORWARD_OPEN: Op = Op::new("cip", 0x54, "forward_open", "observe").sub(6);
pub(crate) const FORWARD_CLOSE: Op = Op::new("cip", 0x4e, "forward_close", "observe").sub(6);
pub(crate) const GET_SINGLE: Op = Op::new("cip", 0x0e, "get_attribute_single", "read");
/// Of the Identity object: what a device is says nothing of the process.
pub(crate) const IDENTITY: Op =
    Op::new("cip", 0x01, "identity_get_attributes_all", "observe").sub(1);
pub(crate) const IO_DATA: Op = Op::new("cip-io", 0, "data", "write");

/// TCP and UDP port of messages.
pub(crate) const PORT: u16 = 44_818;
/// UDP port of cyclic data.
pub(crate) const IO_PORT: u16 = 2_222;

/// What a device says of itself. Volume 1 §5A-2, Identity Object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Identity {
    pub(crate) vendor: u16,
    pub(crate) kind: u16,
    pub(crate) product: u16,
    pub(crate) revision: [u8; 2],
    pub(crate) serial: u32,
    pub(crate) name: &'static str,
}

/// The drive.
pub(crate) const DRIVE: Identity = Identity {
    vendor: 1,
    kind: 0x96,
    product: 9,
    revision: [5, 1],
    serial: 0x4061_a2b3,
    name: "PowerFlex 525 3P 400V 5.0HP",
};
/// The drive that takes its place.
pub(crate) const NEW_DRIVE: Identity = Identity { serial: 0x40d4_17e9, ..DRIVE };
/// The controller that runs it.
pub(crate) const SCANNER: Identity = Identity {
    vendor: 243,
    kind: 14,
    product: 0x0a01,
    revision: [3, 10],
    serial: 0x2117_0304,
    name: "Modicon M580",
};
/// The switch of the drive's panel. Its revision counts the object model, not the system that runs
/// on it: that one stands in CDP and LLDP.
pub(crate) const SWITCH: Identity = Identity {
    vendor: 1,
    kind: 0x2c,
    product: 0x0119,
    revision: [11, 1],
    serial: 0x61c4_0e75,
    name: "1783-BMS10CGN Stratix 5700",
};

impl Identity {
    fn put(&self, buf: Buf) -> Buf {
        buf.le16(self.vendor)
            .le16(self.kind)
            .le16(self.product)
            .raw(&self.revision)
            .le16(0x0030)
            .le32(self.serial)
            .counted(self.name.as_bytes())
    }
}

/// An encapsulated message. Volume 2 §2-3.1.
fn encapsulated(command: u16, session: u32, context: u64, data: &[u8]) -> Vec<u8> {
    Buf::new()
        .le16(command)
        .le16(len16(data.len()))
        .le32(session)
        .le32(0)
        .raw(&context.to_le_bytes())
        .le32(0)
        .raw(data)
        .done()
}

/// Who is there? Volume 2 §2-4.2.
pub(crate) fn list_identity() -> Vec<u8> {
    encapsulated(0x63, 0, 0, &[])
}

/// I am. Volume 2 §2-4.2.3.
pub(crate) fn identity_item(identity: &Identity, ip: [u8; 4]) -> Vec<u8> {
    let item = Buf::new().le16(1).be16(2).be16(PORT).raw(&ip).zeros(8);
    let item = identity.put(item).u8(3).done();
    let data = Buf::new().le16(1).le16(0x000c).le16(len16(item.len())).raw(&item).done();
    encapsulated(0x63, 0, 0, &data)
}

/// Register session, and its answer with a session. Volume 2 §2-4.4.
pub(crate) fn register(session: u32) -> Vec<u8> {
    encapsulated(0x65, session, 0, &[1, 0, 0, 0])
}

/// A CIP message that needs no connection. Volume 2 §2-4.7.
pub(crate) fn unconnected(session: u32, context: u64, message: &[u8]) -> Vec<u8> {
    let data = Buf::new()
        .le32(0)
        .le16(if message.first().is_some_and(|service| service & 0x80 != 0) { 0 } else { 10 })
        .le16(2)
        .raw(&[0, 0, 0, 0])
        .le16(0x00b2)
        .le16(len16(message.len()))
        .raw(message)
        .done();
    encapsulated(0x6f, session, context, &data)
}

/// A request: service, path of class, instance and, if asked, attribute. Volume 1 §2-4.
pub(crate) fn request(op: Op, class: u8, instance: u8, attribute: Option<u8>) -> Vec<u8> {
    let mut path = vec![0x20, class, 0x24, instance];
    if let Some(attribute) = attribute {
        path.extend([0x30, attribute]);
    }
    let words = crate::bytes::len8(path.len() / 2);
    Buf::new().raw(&[crate::bytes::len8(op.code as usize), words]).raw(&path).done()
}

/// A good answer. Volume 1 §2-4.2.
pub(crate) fn answer(op: Op, data: &[u8]) -> Vec<u8> {
    Buf::new().raw(&[crate::bytes::len8(op.code as usize) | 0x80, 0, 0, 0]).raw(data).done()
}

/// The Identity object's attributes.
pub(crate) fn identity_attributes(identity: &Identity) -> Vec<u8> {
    identity.put(Buf::new()).done()
}

/// A pair of connections for cyclic data.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Connection {
    /// Identifiers: to the drive, from it.
    pub(crate) ids: [u32; 2],
    pub(crate) serial: u16,
    /// Packet interval in microseconds.
    pub(crate) interval: u32,
}

impl Connection {
    /// Serial number of the connection, vendor and serial number of the originator.
    fn triad(&self, buf: Buf) -> Buf {
        buf.le16(self.serial).le16(SCANNER.vendor).le32(SCANNER.serial)
    }

    /// Forward open for cyclic data, class 1. Volume 1 §3-5.5.2.
    pub(crate) fn open(&self) -> Vec<u8> {
        // Point to point, scheduled priority, fixed size of 10 bytes: to the drive the sequence
        // count, the run/idle header and 4 bytes, from it the sequence count and 8 bytes.
        let (out, back) = (0x480a, 0x480a);
        let buf = Buf::new().raw(&[0x54, 2, 0x20, 6, 0x24, 1, 0x0a, 0x0e]);
        let buf = self.triad(buf.le32(0).le32(self.ids[1])).raw(&[2, 0, 0, 0]);
        let key = Buf::new()
            .raw(&[0x34, 4])
            .le16(DRIVE.vendor)
            .le16(DRIVE.kind)
            .le16(DRIVE.product)
            .raw(&DRIVE.revision)
            .raw(&[0x20, 4, 0x24, 6, 0x2c, 2, 0x2c, 1]);
        buf.le32(self.interval)
            .le16(out)
            .le32(self.interval)
            .le16(back)
            .u8(0x01)
            .u8(crate::bytes::len8(key.0.len() / 2))
            .raw(&key.0)
            .done()
    }

    /// Its good answer: the drive chose the identifier of its end.
    pub(crate) fn opened(&self) -> Vec<u8> {
        let buf = self.triad(Buf::new().le32(self.ids[0]).le32(self.ids[1]));
        answer(FORWARD_OPEN, &buf.le32(self.interval).le32(self.interval).raw(&[0, 0]).done())
    }

    /// Forward close of the same connection. Volume 1 §3-5.5.3.
    pub(crate) fn close(&self) -> Vec<u8> {
        let buf = self.triad(Buf::new().raw(&[0x4e, 2, 0x20, 6, 0x24, 1, 0x0a, 0x0e]));
        // The path without the key: two points of connection below the assembly.
        let path = [0x20, 4, 0x24, 6, 0x2c, 2, 0x2c, 1];
        buf.u8(crate::bytes::len8(path.len() / 2)).u8(0).raw(&path).done()
    }

    /// Its good answer.
    pub(crate) fn closed(&self) -> Vec<u8> {
        answer(FORWARD_CLOSE, &self.triad(Buf::new()).raw(&[0, 0]).done())
    }

    /// A cyclic datagram: address with sequence, data with its own count. Volume 2 §2-6.
    pub(crate) fn datagram(&self, way: usize, count: u32, data: &[u8]) -> Vec<u8> {
        let content = Buf::new().le16(vocab::low_u16(u64::from(count))).raw(data).done();
        Buf::new()
            .le16(2)
            .le16(0x8002)
            .le16(8)
            .le32(self.ids[way])
            .le32(count)
            .le16(0x00b1)
            .le16(len16(content.len()))
            .raw(&content)
            .done()
    }
}
