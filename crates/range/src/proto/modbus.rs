//! Modbus/TCP. MODBUS Messaging on TCP/IP v1.0b, MODBUS Application Protocol v1.1b3.

use crate::bytes::{Buf, len8, len16};
use crate::truth::Op;

pub(crate) const READ_COILS: Op = Op::new("modbus", 1, "read_coils", "read");
pub(crate) const READ_HOLDING: Op = Op::new("modbus", 3, "read_holding_registers", "read");
pub(crate) const WRITE_COIL: Op = Op::new("modbus", 5, "write_single_coil", "write");
pub(crate) const WRITE_REGISTER: Op = Op::new("modbus", 6, "write_single_register", "write");
pub(crate) const WRITE_REGISTERS: Op = Op::new("modbus", 16, "write_multiple_registers", "write");
pub(crate) const IDENTIFY: Op =
    Op::new("modbus", 43, "read_device_identification", "observe").sub(14);

/// Header and unit in front of a function. MODBUS TCP v1.0b §3.1.3.
fn adu(tx: u16, unit: u8, function: u8, data: &[u8]) -> Vec<u8> {
    let len = len16(data.len() + 2);
    Buf::new().be16(tx).be16(0).be16(len).raw(&[unit, function]).raw(data).done()
}

/// Functions 1 to 4: from where, how many; also 5 and 6: where, what; and the answers of 5, 6
/// and 16. §6.1 to §6.12.
pub(crate) fn pair(tx: u16, unit: u8, op: Op, first: u16, second: u16) -> Vec<u8> {
    adu(tx, unit, len8(op.code as usize), &Buf::new().be16(first).be16(second).done())
}

/// The answer of function 3. §6.3.
pub(crate) fn registers(tx: u16, unit: u8, values: &[u16]) -> Vec<u8> {
    let data = values.iter().fold(Buf::new().u8(len8(values.len() * 2)), |b, v| b.be16(*v));
    adu(tx, unit, 3, &data.done())
}

/// The answer of function 1. §6.1.
pub(crate) fn coils(tx: u16, unit: u8, values: &[bool]) -> Vec<u8> {
    let pack =
        |bits: &[bool]| (0..).zip(bits).fold(0, |byte, (at, bit)| byte | u8::from(*bit) << at);
    let bytes: Vec<u8> = values.chunks(8).map(pack).collect();
    adu(tx, unit, 1, &Buf::new().counted(&bytes).done())
}

/// Function 16. §6.12.
pub(crate) fn write_registers(tx: u16, unit: u8, start: u16, values: &[u16]) -> Vec<u8> {
    let head = Buf::new().be16(start).be16(len16(values.len())).u8(len8(values.len() * 2));
    adu(tx, unit, 16, &values.iter().fold(head, |data, value| data.be16(*value)).done())
}

/// Function 43/14: all regular objects. §6.21.
pub(crate) fn identify(tx: u16, unit: u8) -> Vec<u8> {
    adu(tx, unit, 43, &[14, 2, 0])
}

/// Its answer: objects from number 0 on, all in one message. §6.21.
pub(crate) fn identity(tx: u16, unit: u8, objects: &[(u8, &str)]) -> Vec<u8> {
    let head = Buf::new().raw(&[14, 2, 0x82, 0, 0, len8(objects.len())]);
    let all =
        objects.iter().fold(head, |data, (object, text)| data.u8(*object).counted(text.as_bytes()));
    adu(tx, unit, 43, &all.done())
}
