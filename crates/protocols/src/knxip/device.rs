//! What a device tells of itself: description blocks, and properties of its objects.

use super::spec;
use crate::common::text::{Line, is_text, until_nul};
use crate::line;
use decode::Cursor;
use dissect::Cx;
use vocab::{Mac, Op};

/// Description blocks: length, type, content. KNX 3/8/2 §7.5.4.
pub(super) fn say(cx: &mut Cx<'_>, op: &Op<'_>, mut at: Cursor<'_>) -> Option<()> {
    // The block with the device information comes first, and is looked at before the operation.
    let first = block(&mut at.clone()).filter(|(kind, _)| *kind == 1);
    let information = first.and_then(|(_, content)| Information::read(content));
    let args = information.as_ref().map(|i| [u64::from(i.medium), u64::from(i.status & 1), 0, 0]);
    cx.op(&Op { args, ..*op });
    while !at.is_empty() {
        let (kind, content) = block(&mut at)?;
        if kind == 1 {
            Information::read(content)?.say(cx);
        }
    }
    Some(())
}

fn block<'p>(at: &mut Cursor<'p>) -> Option<(u8, &'p [u8])> {
    let len = usize::from(at.peek()?);
    let (_len, rest) = at.take(len.max(2))?.split_first()?;
    rest.split_first().map(|(kind, content)| (*kind, content))
}

/// The block of device information. §7.5.4.2.
struct Information<'p> {
    medium: u8,
    /// Bit 0: programming mode.
    status: u8,
    address: u16,
    serial: [u8; 6],
    mac: [u8; 6],
    name: &'p [u8],
}

impl<'p> Information<'p> {
    fn read(content: &'p [u8]) -> Option<Self> {
        let mut at = Cursor::new(content);
        let (medium, status, address) = (at.u8()?, at.u8()?, at.be16()?);
        // Project and installation.
        at.skip(2)?;
        let serial = *at.chunk()?;
        // The multicast address.
        at.skip(4)?;
        Some(Self { medium, status, address, serial, mac: *at.chunk()?, name: at.take(30)? })
    }

    fn say(&self, cx: &mut Cx<'_>) {
        let name = Line::<64>::of_latin1(until_nul(self.name));
        cx.attr(spec::NAME, name.bytes());
        cx.attr(spec::SERIAL, serial(self.serial).bytes());
        let [high, low] = self.address.to_be_bytes();
        cx.attr(spec::ADDRESS, line!("{}.{}.{low}", high >> 4, high & 15).bytes());
        cx.bind(Mac(self.mac), cx.headers().src.to_ip());
    }
}

/// A serial number as tools write it: the maker's number, then the device's.
fn serial([a, b, c, d, e, f]: [u8; 6]) -> Line<64> {
    line!("{a:02X}{b:02X}:{c:02X}{d:02X}{e:02X}{f:02X}")
}

/// A property that was read of the interface device itself. KNX 3/5/1 §4.3, 3/8/3 §2.5.
pub(super) fn property(cx: &mut Cx<'_>, object: u16, property: u8, data: &[u8]) {
    match (object, property, data) {
        (0, 11, &[a, b, c, d, e, f]) => {
            cx.attr(spec::READ_SERIAL, serial([a, b, c, d, e, f]).bytes());
        }
        (0, 15, _) if is_text(until_nul(data)) => cx.attr(spec::READ_ORDER, until_nul(data)),
        (11, 76, _) if data.len() > 1 => {
            cx.attr(spec::READ_NAME, Line::<64>::of_latin1(data).bytes());
        }
        _ => {}
    }
}
