//! S7 communication over ISO transport on TCP. The protocol is unpublished; the layout follows
//! what Wireshark's dissector and snap7 agree on. Below it RFC 1006 and ITU-T X.224.

use crate::bytes::{Buf, len16};
use crate::truth::Op;

pub(crate) const SETUP: Op = Op::new("s7comm", 0xf0, "setup_communication", "observe");
pub(crate) const READ: Op = Op::new("s7comm", 4, "read_var", "read");
pub(crate) const WRITE: Op = Op::new("s7comm", 5, "write_var", "write");
pub(crate) const SZL: Op = Op::new("s7comm", 0x104, "read_szl", "observe").sub(1);

/// Kind of message.
pub(super) const JOB: u8 = 1;
pub(super) const ACK_DATA: u8 = 3;
const USER_DATA: u8 = 7;

/// A packet around a transport unit. RFC 1006 §6.
fn tpkt(unit: &[u8]) -> Vec<u8> {
    Buf::new().raw(&[3, 0]).be16(len16(unit.len() + 4)).raw(unit).done()
}

/// Connection request or confirm: references, class 0, size 1024, access points. X.224 §13.3.
pub(crate) fn connect(confirm: bool, reference: u16, rack_slot: u8) -> Vec<u8> {
    let (kind, to, from) = if confirm { (0xd0, reference, 0x0004) } else { (0xe0, 0, reference) };
    let unit = Buf::new()
        .raw(&[17, kind])
        .be16(to)
        .be16(from)
        .u8(0)
        .raw(&[0xc0, 1, 10, 0xc1, 2, 1, 0, 0xc2, 2, 1, rack_slot]);
    tpkt(&unit.done())
}

/// A message in a data unit. X.224 §13.7.
pub(super) fn message(kind: u8, reference: u16, parameters: &[u8], data: &[u8]) -> Vec<u8> {
    let head = Buf::new()
        .raw(&[2, 0xf0, 0x80, 0x32, kind, 0, 0])
        .be16(reference)
        .be16(len16(parameters.len()))
        .be16(len16(data.len()));
    // Acknowledgements have an error class and code.
    let head = if kind == ACK_DATA { head.be16(0) } else { head };
    tpkt(&head.raw(parameters).raw(data).done())
}

/// Setup communication: parallel jobs both ways, bytes of a message.
pub(crate) fn setup(reference: u16, answer: bool) -> Vec<u8> {
    let kind = if answer { ACK_DATA } else { JOB };
    message(kind, reference, &[0xf0, 0, 0, 1, 0, 1, 0x01, 0xe0], &[])
}

/// Where a variable is: data block (0 for the others), area, first byte, bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) block: u16,
    pub(crate) area: u8,
    pub(crate) start: u16,
    pub(crate) bytes: u16,
}

/// Bytes of a data block.
pub(crate) const fn db(block: u16, start: u16, bytes: u16) -> Place {
    Place { block, area: 0x84, start, bytes }
}

/// Outputs.
pub(crate) const fn outputs(start: u16, bytes: u16) -> Place {
    Place { block: 0, area: 0x82, start, bytes }
}

/// An item's address, any type: bytes. Address in bits.
fn item(buf: Buf, place: Place) -> Buf {
    let bit = u32::from(place.start) * 8;
    buf.raw(&[0x12, 10, 0x10, 2])
        .be16(place.bytes)
        .be16(place.block)
        .be32(u32::from(place.area) << 24 | bit)
}

/// Read variables.
pub(crate) fn read(reference: u16, places: &[Place]) -> Vec<u8> {
    let head = Buf::new().raw(&[4, crate::bytes::len8(places.len())]);
    message(JOB, reference, &places.iter().fold(head, |buf, place| item(buf, *place)).done(), &[])
}

/// Values with their lengths in bits, filled up to an even number of bytes between items.
fn values(status: u8, values: &[Vec<u8>]) -> Vec<u8> {
    let mut buf = Buf::new();
    for (at, value) in values.iter().enumerate() {
        buf = buf.raw(&[status, 4]).be16(len16(value.len() * 8)).raw(value);
        if value.len() % 2 == 1 && at + 1 < values.len() {
            buf = buf.u8(0);
        }
    }
    buf.done()
}

/// The answer to a read.
pub(crate) fn read_answer(reference: u16, content: &[Vec<u8>]) -> Vec<u8> {
    let parameters = [4, crate::bytes::len8(content.len())];
    message(ACK_DATA, reference, &parameters, &values(0xff, content))
}

/// Write one variable.
pub(crate) fn write(reference: u16, place: Place, value: &[u8]) -> Vec<u8> {
    let parameters = item(Buf::new().raw(&[5, 1]), place).done();
    message(JOB, reference, &parameters, &values(0, &[value.to_vec()]))
}

/// The answer to a write of one variable.
pub(crate) fn write_answer(reference: u16) -> Vec<u8> {
    message(ACK_DATA, reference, &[5, 1], &[0xff])
}

/// Read a system status list.
pub(crate) fn szl(reference: u16, list: u16) -> Vec<u8> {
    let data = Buf::new().raw(&[0xff, 9]).be16(4).be16(list).be16(0).done();
    message(USER_DATA, reference, &[0, 1, 0x12, 4, 0x11, 0x44, 1, 0], &data)
}

/// Its answer: records of one length.
pub(crate) fn szl_answer(reference: u16, list: u16, records: &[Vec<u8>]) -> Vec<u8> {
    let size = records.first().map_or(0, Vec::len);
    let content = Buf::new().be16(list).be16(0).be16(len16(size)).be16(len16(records.len()));
    let content = records.iter().fold(content, |buf, record| buf.raw(record)).done();
    let data = Buf::new().raw(&[0xff, 9]).be16(len16(content.len())).raw(&content).done();
    message(USER_DATA, reference, &[0, 1, 0x12, 8, 0x12, 0x84, 1, 1, 0, 0, 0, 0], &data)
}

/// Records of list 0x0011: module, basic hardware, basic firmware.
pub(crate) fn module_records(order: &str, firmware: [u8; 3]) -> Vec<Vec<u8>> {
    let record = |index: u16, version: [u8; 4]| {
        Buf::new().be16(index).field(order, 20, b' ').be16(0x00c0).raw(&version).done()
    };
    let [major, minor, patch] = firmware;
    let version = [b'V', major, minor, patch];
    vec![record(1, [0, 4, 0, 1]), record(6, [0, 4, 0, 1]), record(7, version)]
}

/// Records of list 0x001c: names, serial number, type.
pub(crate) fn component_records(device: &crate::plant::Device) -> Vec<Vec<u8>> {
    let record = |index: u16, text: &str| Buf::new().be16(index).field(text, 32, 0).done();
    vec![
        record(1, device.name),
        record(2, device.name),
        record(3, "Water works Lindau"),
        record(4, "Original Siemens Equipment"),
        record(5, device.serial),
        record(7, device.model),
    ]
}
