//! Implicit messages of CIP: the cyclic data of connections, over UDP without an encapsulation
//! header.
//!
//! A datagram is a list of items: the connection's identifier with a sequence number that counts
//! datagrams, then the data. What the data are was agreed upon when the connection was opened.

mod spec;

use decode::Cursor;
use dissect::{Cx, Dissector, Hint, Input, Probe, Step};
use vocab::{Op, Role, Spec, Target, Value};

/// The dissector of implicit messages.
#[derive(Debug)]
pub struct CipIo;

impl Dissector for CipIo {
    const SPEC: &'static Spec = &spec::SPEC;
    type Flow = ();

    fn probe(hint: &Hint<'_>, head: &[u8]) -> Probe {
        match Message::read(head) {
            // On another port the items must fill the datagram.
            Some(message) if hint.bound || message.is_exact => Probe::Sure,
            _ => Probe::No,
        }
    }

    fn step(_flow: &mut (), cx: &mut Cx<'_>, input: Input<'_>) -> Step {
        let bytes = input.bytes();
        let Some(message) = Message::read(bytes) else { return Step::NotMine };
        message.say(cx, bytes);
        Step::Took { bytes: bytes.len() }
    }
}

/// Items of a datagram. CIP Vol 2 §2-6.2.2, §2-6.3.1, §3-3.2.
struct Message<'p> {
    connection: u32,
    /// Counts datagrams.
    sequence: u32,
    /// The length that the data item claims.
    length: u16,
    data: &'p [u8],
    is_exact: bool,
}

impl<'p> Message<'p> {
    fn read(bytes: &'p [u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        // The address comes first, the data second; sockets may follow.
        let (2..=4, 0x8002, 8) = (at.le16()?, at.le16()?, at.le16()?) else { return None };
        let (connection, sequence) = (at.le32()?, at.le32()?);
        let (0x00b1, length) = (at.le16()?, at.le16()?) else { return None };
        let data = at.take_up_to(usize::from(length));
        let is_exact = at.is_empty() && data.len() == usize::from(length);
        Some(Self { connection, sequence, length, data, is_exact })
    }

    fn say(&self, cx: &mut Cx<'_>, whole: &[u8]) {
        // Transport class 1 begins with a count that changes with the data; class 0 has none.
        let count = Cursor::new(self.data).le16().map_or(0, u64::from);
        let length = u64::from(self.length);
        cx.op(&Op {
            args: Some([u64::from(self.connection), u64::from(self.sequence), length, count]),
            ..Op::new(0, Role::Event, whole)
        });
        let index = u64::from(self.connection);
        let area = spec::CONNECTION;
        let target = Target { area, index, count: 1, extra: 0, name: &[] };
        cx.item(target, Value::Bytes(self.data));
        if self.data.len() < usize::from(self.length) && !cx.cut() {
            cx.fault(spec::BAD_ITEMS, whole);
        }
    }
}
