//! IEC 60870-5-104:2006 with the messages of IEC 60870-5-101:2003.

use crate::bytes::{Buf, len8};
use crate::truth::Op;

pub(crate) const PORT: u16 = 2_404;

const fn op(code: u32, cause: u16, name: &'static str, class: &'static str) -> Op {
    Op::new("iec104", code, name, class).sub(cause)
}

pub(crate) const SPONTANEOUS: Op = op(36, 3, "measured_float_cp56", "read");
pub(crate) const INTERROGATED: Op = op(13, 20, "measured_float", "read");
pub(crate) const STATES: Op = op(1, 20, "single_point", "read");
pub(crate) const INTERROGATE: Op = op(100, 6, "interrogation", "read");
pub(crate) const CONFIRMED: Op = op(100, 7, "interrogation", "read");
pub(crate) const FINISHED: Op = op(100, 10, "interrogation", "read");

/// Address of the station.
const STATION: u16 = 47;

/// Messages sent: by the controlling station, by the controlled one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Numbers(pub(crate) [u16; 2]);

impl Numbers {
    /// A message with its own number and that of the next one expected. §5.1.
    pub(crate) fn message(&mut self, from_outstation: bool, op: Op, objects: &[u8]) -> Vec<u8> {
        let own = usize::from(from_outstation);
        let count = count(op, objects);
        let asdu = Buf::new()
            .raw(&[len8(op.code as usize), count, vocab::low_u8(u64::from(op.sub.unwrap_or(0))), 0])
            .le16(STATION)
            .raw(objects);
        let head = Buf::new().raw(&[0x68, len8(asdu.0.len() + 4)]);
        let bytes = head.le16(self.0[own] << 1).le16(self.0[1 - own] << 1).raw(&asdu.0).done();
        self.0[own] = (self.0[own] + 1) & 0x7fff;
        bytes
    }

    /// A bare acknowledgement of the controlling station. §5.1.
    pub(crate) fn acknowledge(&self) -> Vec<u8> {
        Buf::new().raw(&[0x68, 4, 1, 0]).le16(self.0[1] << 1).done()
    }
}

/// Number of objects by the length of one.
fn count(op: Op, objects: &[u8]) -> u8 {
    let one = match op.code {
        36 => 15,
        13 => 8,
        _ => 4,
    };
    len8(objects.len() / one)
}

/// Test frame, or its confirmation. §5.2.
pub(crate) fn test(confirm: bool) -> Vec<u8> {
    vec![0x68, 4, if confirm { 0x83 } else { 0x43 }, 0, 0, 0]
}

fn address(buf: Buf, number: u16) -> Buf {
    buf.le16(number).u8(0)
}

/// A floating point value with quality. IEC 60870-5-101 §7.3.1.13.
pub(crate) fn float(number: u16, value: f32) -> Vec<u8> {
    address(Buf::new(), number).le32(value.to_bits()).u8(0).done()
}

/// A single point. §7.3.1.1.
pub(crate) fn point(number: u16, on: bool) -> Vec<u8> {
    address(Buf::new(), number).u8(u8::from(on)).done()
}

/// A station interrogation. §7.3.4.1.
pub(crate) fn interrogation() -> Vec<u8> {
    address(Buf::new(), 0).u8(20).done()
}

/// A moment in seven bytes. §7.2.6.18.
pub(crate) fn time(at: crate::clock::Civil) -> Vec<u8> {
    Buf::new()
        .le16(at.second * 1_000 + at.millisecond)
        .raw(&[
            at.minute,
            at.hour,
            at.weekday << 5 | at.day,
            at.month,
            vocab::low_u8(u64::from(at.year % 100)),
        ])
        .done()
}
