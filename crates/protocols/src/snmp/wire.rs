//! Messages of all versions: RFC 1157 §4, RFC 1901 §3, RFC 3412 §6, RFC 3414 §2.4.

use crate::common::ber::{self, Tlv};
use decode::Cursor;

/// A sequence.
const SEQUENCE: u8 = 0x30;
/// An octet string.
const OCTETS: u8 = 0x04;

/// Reads elements one after the other and remembers when one reaches beyond its container.
#[derive(Clone, Copy)]
pub(super) struct Reader<'p> {
    pub(super) at: Cursor<'p>,
    pub(super) short: bool,
}

impl<'p> Reader<'p> {
    pub(super) fn new(bytes: &'p [u8]) -> Self {
        Self { at: Cursor::new(bytes), short: false }
    }

    /// The next element, cut off at the end of its container if need be.
    pub(super) fn next(&mut self) -> Option<Tlv<'p>> {
        if let Some(element) = ber::next(&mut self.at) {
            return Some(element);
        }
        self.short |= !self.at.is_empty();
        ber::next_lax(&mut self.at)
    }

    /// The next element, if it has this identifier.
    pub(super) fn expect(&mut self, first: u8) -> Option<Tlv<'p>> {
        self.next().filter(|element| element.first == first)
    }

    /// The next element as a small number.
    pub(super) fn number(&mut self) -> Option<i64> {
        self.expect(2)?.int()
    }
}

/// A message.
pub(super) struct Message<'p> {
    /// 0 is v1, 1 is v2c, 3 is v3.
    pub(super) version: u8,
    /// v3: pairs an answer with its request, encrypted or not.
    pub(super) exchange: Option<i64>,
    /// v3: who is in charge of the exchange.
    pub(super) engine: &'p [u8],
    /// v3: for whom the message is.
    pub(super) user: &'p [u8],
    /// The PDU with its identifier; `None` where it is encrypted.
    pub(super) pdu: Option<Tlv<'p>>,
    /// Something reaches beyond its container.
    pub(super) short: bool,
}

impl<'p> Message<'p> {
    /// `None` where the bytes are no message.
    pub(super) fn read(bytes: &'p [u8]) -> Option<Self> {
        let mut outer = Reader::new(bytes);
        let body = outer.expect(SEQUENCE)?;
        let mut at = Reader::new(body.content);
        let version = u8::try_from(at.number()?).ok()?;
        let mut message = match version {
            0 | 1 => {
                at.expect(OCTETS)?; // the community: a password, so it is not kept
                let mut message = Self::empty(version);
                message.pdu = at.next();
                message
            }
            3 => Self::v3(&mut at)?,
            _ => return None,
        };
        message.short |= outer.short || at.short;
        Some(message)
    }

    fn empty(version: u8) -> Self {
        let exchange = None;
        Self { version, exchange, engine: &[], user: &[], pdu: None, short: false }
    }

    fn v3(at: &mut Reader<'p>) -> Option<Self> {
        let mut message = Self::empty(3);
        let mut head = Reader::new(at.expect(SEQUENCE)?.content);
        message.exchange = head.number();
        let _largest = head.number();
        let flags = head.expect(OCTETS)?.content.first().copied().unwrap_or(0);
        let model = head.number();
        let parameters = at.expect(OCTETS)?;
        // 3 is the user-based model. RFC 3411 §5.
        if model == Some(3) {
            message.read_security(parameters.content);
        }
        let data = at.next()?;
        let encrypted = flags & 2 != 0;
        if !encrypted && data.first == SEQUENCE {
            let mut scoped = Reader::new(data.content);
            let (_engine, _context) = (scoped.next(), scoped.next());
            message.pdu = scoped.next();
            message.short |= scoped.short;
        }
        Some(message)
    }

    /// Engine, its boots and time, user, two secrets. RFC 3414 §2.4.
    fn read_security(&mut self, parameters: &'p [u8]) {
        let mut outer = Reader::new(parameters);
        let Some(body) = outer.expect(SEQUENCE) else { return };
        let mut at = Reader::new(body.content);
        self.engine = at.expect(OCTETS).map_or(&[], |engine| engine.content);
        let (_boots, _time) = (at.number(), at.number());
        self.user = at.expect(OCTETS).map_or(&[], |user| user.content);
    }
}

/// Certainly a message, whatever the port: every length fits, and a PDU of the standard is in it.
pub(super) fn is_certain(bytes: &[u8]) -> bool {
    let mut at = Cursor::new(bytes);
    let whole = ber::next(&mut at).is_some() && at.is_empty();
    let Some(message) = Message::read(bytes).filter(|message| whole && !message.short) else {
        return false;
    };
    match message.pdu {
        Some(pdu) => {
            matches!(pdu.first, 0xa0..=0xa8) && {
                let mut fields = Reader::new(pdu.content);
                let first = fields.next().map(|field| field.first);
                // A request id; of a v1 trap, the enterprise.
                first == Some(if pdu.first == 0xa4 { 6 } else { 2 })
            }
        }
        None => message.version == 3 && message.exchange.is_some() && !message.engine.is_empty(),
    }
}
