//! BSAP over IP: a packet header, then messages with a length each.
//!
//! The packet header is not in the published reference; it is read as seen on the wire: length of
//! the header, number of messages, function, sequence numbers of the sender and of what it has
//! received.

use super::message::{self, Message, Origin};
use super::spec;
use decode::Cursor;
use dissect::Cx;
use vocab::{Op, Role};

/// Bytes of a message before its application part.
const MESSAGE_HEADER: u32 = 10;

/// The packet header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// Bytes of the header.
    length: u16,
    /// Messages in the packet.
    messages: u16,
    /// Requests, answers or none.
    function: u16,
}

impl Header {
    /// The header at the start; `None` where it is none.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        let header = Self { length: at.le16()?, messages: at.le16()?, function: at.le16()? };
        at.skip(8)?;
        let known = matches!(header.function, 0x00 | 0x01 | 0x05 | 0x06 | 0x84 | 0x86);
        (known && matches!(header.length, 14 | 22) && header.messages <= 64).then_some(header)
    }

    /// The messages' lengths add up to the packet's: certainly a packet.
    pub(super) fn is_exact(self, bytes: &[u8]) -> bool {
        let mut at = Cursor::new(bytes.get(usize::from(self.length)..).unwrap_or(&[]));
        for _ in 0..self.messages {
            let Some(len) = at.le32().filter(|len| *len > MESSAGE_HEADER) else { return false };
            // The length counts itself; the next byte is the same in every message.
            let rest = vocab::sat_usize(u64::from(len.saturating_sub(4)));
            if at.peek() != Some(0x0c) || at.skip(rest).is_none() {
                return false;
            }
        }
        self.messages > 0 && at.is_empty()
    }
}

/// One packet.
pub(super) fn packet(cx: &mut Cx<'_>, bytes: &[u8], header: Header) {
    if header.messages == 0 {
        // An acknowledgement: what was received last. Both sides send it.
        let code = spec::PACKET | u32::from(header.function);
        cx.op(&Op::new(code, Role::Event, bytes));
        return;
    }
    let origin = match header.function {
        0x00 | 0x01 | 0x05 => Origin::Field,
        _ => Origin::Office,
    };
    let mut at = Cursor::new(bytes.get(usize::from(header.length)..).unwrap_or(&[]));
    for _ in 0..header.messages {
        let start = at.rest();
        let len = at.le32().map_or(0, |len| vocab::sat_usize(u64::from(len)));
        let whole = start.get(..len);
        if whole.is_none() && !cx.cut() {
            cx.fault(spec::BAD_LENGTH, start);
        }
        let whole = whole.unwrap_or(start);
        let Some(message) = read(whole, origin) else {
            if !cx.cut() {
                cx.fault(spec::SHORT, whole);
            }
            return;
        };
        message::say(cx, &message);
        at = Cursor::new(start.get(whole.len()..).unwrap_or(&[]));
    }
    if !at.is_empty() {
        cx.fault(spec::BAD_LENGTH, at.rest());
    }
}

/// A message in a packet: length, header, sequence number; in requests application function and
/// node status.
fn read(whole: &[u8], origin: Origin) -> Option<Message<'_>> {
    let mut at = Cursor::new(whole);
    at.skip(5)?;
    let sequence = at.le32()?;
    let mut function = 0;
    if origin == Origin::Office {
        function = at.u8()?;
        at.skip(1)?;
    }
    Some(Message {
        whole,
        origin,
        function,
        tx: u64::from(sequence) | 1 << 40,
        unit: None,
        body: at.rest(),
    })
}
