//! DNP3 over TCP. IEEE 1815-2012.

use crate::bytes::{Buf, len8, len16};
use crate::truth::Op;

pub(crate) const CONFIRM: Op = Op::new("dnp3", 0, "confirm", "observe");
pub(crate) const READ: Op = Op::new("dnp3", 1, "read", "read");
pub(crate) const WRITE: Op = Op::new("dnp3", 2, "write", "write");
pub(crate) const SELECT: Op = Op::new("dnp3", 3, "select", "control");
pub(crate) const OPERATE: Op = Op::new("dnp3", 4, "operate", "control");
pub(crate) const DELAY: Op = Op::new("dnp3", 23, "delay_measurement", "observe");
pub(crate) const RESPONSE: Op = Op::new("dnp3", 129, "response", "read");

/// TCP port. §13.2.2.
pub(crate) const PORT: u16 = 20_000;
/// Addresses of the master and the outstation.
const STATIONS: [u16; 2] = [1, 14];
/// Most bytes of a transport segment. §8.2.
const SEGMENT: usize = 249;

/// The check of a block. §9.2.4.2: polynomial 0x3d65, least significant bit first, inverted.
fn crc(block: &[u8]) -> u16 {
    let step = |crc: u16, _| if crc & 1 == 1 { crc >> 1 ^ 0xa6bc } else { crc >> 1 };
    !block.iter().fold(0, |crc, byte| (0..8).fold(crc ^ u16::from(*byte), step))
}

/// A link frame: header with check, data in blocks of 16 with check. §9.2.
fn link(from_master: bool, data: &[u8]) -> Vec<u8> {
    let [master, outstation] = STATIONS;
    let (control, to, from) =
        if from_master { (0xc4, outstation, master) } else { (0x44, master, outstation) };
    let head = Buf::new().raw(&[5, 0x64, len8(data.len() + 5), control]).le16(to).le16(from);
    let sum = crc(&head.0);
    data.chunks(16).fold(head.le16(sum), |buf, block| buf.raw(block).le16(crc(block))).done()
}

/// Says how often each end spoke, as transport and application number their messages.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Numbers {
    /// Transport segments: of the master, of the outstation.
    transport: [u8; 2],
    /// The application's request.
    request: u8,
}

impl Numbers {
    /// An application message in as many link frames as it needs. §8.2.
    fn send(&mut self, from_master: bool, message: &[u8]) -> Vec<u8> {
        let number = &mut self.transport[usize::from(!from_master)];
        let mut frames = Vec::new();
        let count = message.chunks(SEGMENT).len();
        for (at, piece) in message.chunks(SEGMENT).enumerate() {
            let first = if at == 0 { 0x40 } else { 0 };
            let last = if at + 1 == count { 0x80 } else { 0 };
            let segment = Buf::new().u8(first | last | *number).raw(piece).done();
            frames.extend(link(from_master, &segment));
            *number = (*number + 1) & 63;
        }
        frames
    }

    /// A new request. §4.2.2.
    pub(crate) fn request(&mut self, op: Op, objects: &[u8]) -> Vec<u8> {
        self.request = (self.request + 1) & 15;
        self.repeat(op, objects)
    }

    /// A message under the number of the last request: a confirmation.
    pub(crate) fn repeat(&mut self, op: Op, objects: &[u8]) -> Vec<u8> {
        let head = [0xc0 | self.request, len8(op.code as usize)];
        self.send(true, &Buf::new().raw(&head).raw(objects).done())
    }

    /// The response; it wants a confirmation where it has events. `indications` §4.2.2.6.
    pub(crate) fn response(&mut self, confirm: bool, indications: u16, objects: &[u8]) -> Vec<u8> {
        let control = if confirm { 0xe0 } else { 0xc0 } | self.request;
        let message = Buf::new().raw(&[control, 129]).be16(indications).raw(objects).done();
        self.send(false, &message)
    }
}

/// Object headers that ask for all of a class each. A.23.
pub(crate) fn classes(wanted: &[u8]) -> Vec<u8> {
    wanted.iter().flat_map(|class| [60, class + 1, 6]).collect()
}

/// Asks for all device attributes. A.1.
pub(crate) const ALL_ATTRIBUTES: [u8; 5] = [0, 254, 0, 0, 0];

/// Attributes by variation. A.1.
pub(crate) fn attributes(all: &[(u8, &str)]) -> Vec<u8> {
    let one = |buf: Buf, (variation, text): &(u8, &str)| {
        buf.raw(&[0, *variation, 0, 0, 0, 1]).counted(text.as_bytes())
    };
    all.iter().fold(Buf::new(), one).done()
}

/// Binary inputs or outputs with flags, from index 0 on. A.2.2, A.6.2.
pub(crate) fn binaries(group: u8, states: &[bool]) -> Vec<u8> {
    let head = Buf::new().raw(&[group, 2, 0, 0, len8(states.len().saturating_sub(1))]);
    states.iter().fold(head, |buf, on| buf.u8(if *on { 0x81 } else { 0x01 })).done()
}

/// Analogue inputs of 32 bits with flags, from index 0 on. A.14.1.
pub(crate) fn analogues(values: &[i32]) -> Vec<u8> {
    let head = Buf::new().raw(&[30, 1, 0, 0, len8(values.len().saturating_sub(1))]);
    values.iter().fold(head, |buf, value| buf.u8(1).le32(value.cast_unsigned())).done()
}

/// Milliseconds since 1970 in 48 bits. A.24.1.
fn time(buf: Buf, ms: i64) -> Buf {
    buf.raw(&ms.to_le_bytes()[..6])
}

/// Events of analogue inputs with time. A.15.3.
pub(crate) fn events(changes: &[(u16, i32)], ms: i64) -> Vec<u8> {
    if changes.is_empty() {
        return Vec::new();
    }
    let head = Buf::new().raw(&[32, 3, 0x28]).le16(len16(changes.len()));
    let one = |buf: Buf, (index, value): &(u16, i32)| {
        time(buf.le16(*index).u8(1).le32(value.cast_unsigned()), ms)
    };
    changes.iter().fold(head, one).done()
}

/// A control relay output block: latch on or off. A.8.1.
pub(crate) fn relay(index: u16, on: bool) -> Vec<u8> {
    Buf::new()
        .raw(&[12, 1, 0x28])
        .le16(1)
        .le16(index)
        .raw(&[if on { 3 } else { 4 }, 1])
        .le32(1_000)
        .le32(0)
        .u8(0)
        .done()
}

/// The outstation's delay in milliseconds. A.26.2.
pub(crate) fn delay(ms: u16) -> Vec<u8> {
    Buf::new().raw(&[52, 2, 7, 1]).le16(ms).done()
}

/// Time and date to set. A.24.1.
pub(crate) fn set_time(ms: i64) -> Vec<u8> {
    time(Buf::new().raw(&[50, 1, 7, 1]), ms).done()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_is_that_of_the_standard() {
        // IEEE 1815-2012 §9.2.4.2 gives the check of "123456789" through its polynomial: the
        // catalogued value of CRC-16/DNP.
        assert_eq!(crc(b"123456789"), 0xea82);
    }

    #[test]
    fn long_messages_take_several_frames() {
        let mut numbers = Numbers::default();
        let bytes = numbers.response(false, 0, &[0; 300]);
        // Two frames: 249 bytes behind a transport byte, then the rest.
        assert_eq!(bytes[..3], [5, 0x64, 255]);
        assert_eq!(numbers.transport, [0, 2]);
    }
}
