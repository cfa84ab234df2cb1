//! PROFINET: discovery and cyclic data. IEC 61158-6-10.

use crate::bytes::{Buf, len16};
use crate::plant::Device;
use crate::truth::Op;
use vocab::Mac;

pub(crate) const IDENTIFY: Op = Op::new("profinet-dcp", 5, "identify", "observe");
pub(crate) const CYCLIC: Op = Op::new("profinet-rt", 0x8000, "rt_class_1_data", "write");

pub(crate) const ETHERTYPE: u16 = 0x8892;
/// Where discovery goes to.
pub(crate) const GROUP: Mac = Mac([0x01, 0x0e, 0xcf, 0, 0, 0]);

/// Who is there? All answer within `10 ms × delay`. §4.3.
pub(crate) fn identify(tx: u32) -> Vec<u8> {
    let block = [0xff, 0xff, 0, 0];
    Buf::new().be16(0xfefe).raw(&[5, 0]).be32(tx).be16(1).be16(4).raw(&block).done()
}

/// One block: option, suboption, length with the two bytes of block info, content.
fn block(buf: Buf, kind: [u8; 2], content: &[u8]) -> Buf {
    let buf = buf.raw(&kind).be16(len16(content.len() + 2)).be16(0).raw(content);
    if content.len() % 2 == 1 { buf.u8(0) } else { buf }
}

/// I am: type and name of the station, device number, role, address.
pub(crate) fn identity(tx: u32, device: &Device, station: &str, number: u16, role: u8) -> Vec<u8> {
    let ip = device.homes.first().map_or([0; 4], |home| home.ip);
    let [a, b, c, _] = ip;
    let address = Buf::new().raw(&ip).raw(&[255, 255, 255, 0, a, b, c, 1]).done();
    let id = Buf::new().be16(0x002a).be16(number).done();
    let blocks = block(Buf::new(), [2, 1], station.as_bytes());
    let blocks = block(blocks, [2, 2], device.name.as_bytes());
    let blocks = block(blocks, [2, 3], &id);
    let blocks = block(blocks, [2, 4], &[role, 0]);
    let blocks = block(blocks, [1, 2], &address).done();
    Buf::new()
        .be16(0xfeff)
        .raw(&[5, 1])
        .be32(tx)
        .be16(0)
        .be16(len16(blocks.len()))
        .raw(&blocks)
        .done()
}

/// Cyclic data of class 1: 40 bytes, cycle counter, data status (run, valid, primary).
pub(crate) fn cyclic(frame: u16, data: &[u8], cycle: u16) -> Vec<u8> {
    let pad = 40usize.saturating_sub(data.len());
    Buf::new().be16(frame).raw(data).zeros(pad).be16(cycle).raw(&[0x35, 0]).done()
}
