//! Serial frames: DLE STX, content with every DLE doubled, DLE ETX, checksum. BSAP D4052, data
//! link layer. A serial device server or tap passes them on in datagrams or a stream.

use super::message::{Message, Origin};
use super::spec;
use decode::Cursor;

/// Data link escape.
const DLE: u8 = 0x10;
/// After a DLE: the frame starts.
const STX: u8 = 0x02;
/// After a DLE: the frame ends.
const ETX: u8 = 0x03;
/// Most bytes of content; messages of a node have up to 253.
pub(super) const CONTENT_MAX: usize = 512;

/// What stands at the start of some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A frame of so many bytes; its checksum is right or not.
    Frame(usize, bool),
    /// Its end is not there yet.
    Open,
    /// No frame; the next may start after so many bytes.
    Broken(usize),
}

/// Bytes that start as a frame does, as far as they are there.
pub(super) fn starts(bytes: &[u8]) -> bool {
    matches!(bytes, [DLE, STX, ..] | [DLE] | [])
}

/// Looks for the frame at the start and puts its content, DLEs single, into `content`; says how
/// much that is.
pub(super) fn read(bytes: &[u8], content: &mut [u8; CONTENT_MAX]) -> (Found, usize) {
    let mut at = Cursor::new(bytes);
    let (mut len, mut sum) = (0usize, 0xffff);
    if at.chunk::<2>().is_none() {
        return (Found::Open, 0);
    }
    loop {
        let before = at.position();
        let byte = match (at.u8(), at.peek()) {
            (Some(DLE), Some(ETX)) => break,
            (Some(DLE), Some(STX)) => return (Found::Broken(before), 0),
            (Some(DLE), None) | (None, _) => return (Found::Open, 0),
            (Some(DLE), Some(DLE)) => {
                at.u8();
                DLE
            }
            (Some(byte), _) => byte,
        };
        let Some(place) = content.get_mut(len) else { return (Found::Broken(before), 0) };
        *place = byte;
        len = len.saturating_add(1);
        sum = crc(sum, byte);
    }
    at.u8();
    match at.le16() {
        Some(sent) => (Found::Frame(at.position(), sent == crc(sum, ETX)), len),
        None => (Found::Open, 0),
    }
}

/// One more byte of the checksum: CRC-CCITT, reflected, from 0xFFFF, over content and ETX.
fn crc(sum: u16, byte: u8) -> u16 {
    (0..8).fold(
        sum ^ u16::from(byte),
        |crc, _| {
            if crc & 1 != 0 { crc >> 1 ^ 0x8408 } else { crc >> 1 }
        },
    )
}

/// Functions of the link itself. D4052, protocol function codes.
fn is_link_function(function: u8) -> bool {
    matches!(function, 0x81 | 0x83 | 0x85..=0x87 | 0x8a | 0x8b | 0x95)
}

/// What a frame's content says.
#[derive(Clone, Copy, Debug)]
pub(super) enum Content<'p> {
    /// A function of the link.
    Link {
        /// Which.
        function: u8,
        /// The node's local address; 0 is the master.
        address: u8,
    },
    /// A message of an application.
    Message(Message<'p>),
}

/// Reads a frame's content: local address, and for global messages the addresses in the whole
/// network, then functions, sequence number and status. D4052, message header.
pub(super) fn content<'p>(whole: &'p [u8], content: &'p [u8]) -> Option<Content<'p>> {
    let mut at = Cursor::new(content);
    let address = at.u8()?;
    // The frame's serial number: every link has its own.
    at.skip(1)?;
    let global = address & 0x80 != 0;
    let mut to_master = address == 0;
    let mut unit = u32::from(address & 0x7f);
    if global {
        let (destination, source) = (at.le16()?, at.le16()?);
        at.skip(1)?;
        to_master = destination == 0;
        unit = u32::from(if to_master { source } else { destination });
    }
    let function = at.u8()?;
    if !global && at.len() < 4 && is_link_function(function) {
        return Some(Content::Link { function, address });
    }
    let sequence = at.le16()?;
    let source_function = at.u8()?;
    // Node status byte.
    at.skip(1)?;
    // An answer goes to the function that asked and names the one that answers.
    let own = if to_master { source_function } else { function };
    Some(Content::Message(Message {
        whole,
        origin: if to_master { Origin::Field } else { Origin::Office },
        function: if own == 0 { function } else { own },
        tx: u64::from(sequence) | if global { 1 << 33 } else { 1 << 32 },
        unit: if to_master && !global { None } else { Some(unit) },
        body: at.rest(),
    }))
}

/// A link function is the master's: polls and acknowledgements upwards.
pub(super) fn is_masters(function: u8) -> bool {
    matches!(function, 0x85 | 0x8a | 0x8b)
}

/// The operation code of a link function.
pub(super) fn link_code(function: u8) -> u32 {
    spec::LINK | u32::from(function)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames() {
        let mut room = [0; CONTENT_MAX];
        assert_eq!(read(&[0x10, 0x02, 1], &mut room).0, Found::Open);
        assert_eq!(read(&[0x10, 0x02, 1, 0x10, 0x02], &mut room).0, Found::Broken(3));
        let (found, len) = read(&[0x10, 0x02, 1, 0x10, 0x10, 0x10, 0x03, 0, 0], &mut room);
        assert_eq!((found, len), (Found::Frame(9, false), 2));
        assert_eq!(room[..2], [1, 0x10]);
    }
}
