//! The fixed header and the options.

use decode::Cursor;
use vocab::Mac;

/// `99.130.83.99`: options follow. RFC 2131 §3.
pub(super) const COOKIE: [u8; 4] = [99, 130, 83, 99];

/// The fixed header. RFC 2131 §2.
pub(super) struct Header<'p> {
    /// 1 from a client, 2 from a server.
    pub(super) op: u8,
    pub(super) hardware: u8,
    pub(super) hardware_len: u8,
    pub(super) hops: u8,
    pub(super) transaction: u32,
    /// The client's address, where it has one already.
    pub(super) client: &'p [u8; 4],
    /// The address that the server assigns.
    pub(super) assigned: &'p [u8; 4],
    /// The relay that passed the message on, or zero.
    pub(super) relay: &'p [u8; 4],
    /// The client's hardware address, padded.
    pub(super) hardware_address: &'p [u8; 16],
    /// Host name of the server; options where the overload option says so.
    pub(super) server_name: &'p [u8],
    /// Boot file; options where the overload option says so.
    pub(super) file: &'p [u8],
    /// What follows the fixed header, from the cookie on.
    pub(super) rest: &'p [u8],
}

impl<'p> Header<'p> {
    pub(super) fn read(bytes: &'p [u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        let &[op, hardware, hardware_len, hops] = at.chunk()?;
        let transaction = at.be32()?;
        at.skip(4)?; // seconds, flags
        let client = at.chunk()?;
        let assigned = at.chunk()?;
        at.skip(4)?; // next server
        Some(Self {
            op,
            hardware,
            hardware_len,
            hops,
            transaction,
            client,
            assigned,
            relay: at.chunk()?,
            hardware_address: at.chunk()?,
            server_name: at.take(64)?,
            file: at.take(128)?,
            rest: at.rest(),
        })
    }

    /// The client's MAC address, where its hardware has such.
    pub(super) fn mac(&self) -> Option<Mac> {
        let [a, b, c, d, e, f, ..] = *self.hardware_address;
        let mac = Mac([a, b, c, d, e, f]);
        // 6 is IEEE 802. IANA ARP parameters.
        (matches!(self.hardware, 1 | 6) && self.hardware_len == 6 && mac.is_unicast())
            .then_some(mac)
    }

    /// The options, where the cookie announces them.
    pub(super) fn options(&self) -> Option<&'p [u8]> {
        self.rest.strip_prefix(&COOKIE)
    }
}

/// Walks options: a code, a length, a value. RFC 2132 §2.
#[derive(Clone, Copy)]
pub(super) struct Options<'p> {
    at: Cursor<'p>,
    pub(super) ended: bool,
    pub(super) broken: bool,
}

impl<'p> Options<'p> {
    pub(super) fn new(bytes: &'p [u8]) -> Self {
        Self { at: Cursor::new(bytes), ended: false, broken: false }
    }

    /// The next option.
    pub(super) fn read(&mut self) -> Option<(u8, &'p [u8])> {
        loop {
            match self.at.u8()? {
                0 => {}
                255 => {
                    self.ended = true;
                    return None;
                }
                code => {
                    let len = self.at.u8().map(usize::from);
                    let value = len.and_then(|len| self.at.take(len));
                    self.broken = value.is_none();
                    return value.map(|value| (code, value));
                }
            }
        }
    }
}
