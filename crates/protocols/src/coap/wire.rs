//! Messages and options as they stand on the wire. RFC 7252 §3, RFC 8323 §3.2.

use decode::Cursor;

/// An empty message. RFC 7252 §4.1.
pub(super) const EMPTY: u8 = 0;
/// Methods. RFC 7252 §12.1.1, RFC 8132 §6.
pub(super) const GET: u8 = 1;
pub(super) const POST: u8 = 2;
pub(super) const PUT: u8 = 3;
pub(super) const DELETE: u8 = 4;
pub(super) const FETCH: u8 = 5;
const IPATCH: u8 = 7;
/// Signals of CoAP over TCP. RFC 8323 §5.1.
pub(super) const SIGNALS: core::ops::RangeInclusive<u8> = 225..=229;
pub(super) const PING: u8 = 226;
pub(super) const PONG: u8 = 227;

/// Message types. RFC 7252 §3.
pub(super) const ACK: u8 = 2;
pub(super) const RST: u8 = 3;

/// Options. RFC 7252 §5.10, RFC 7641 §2, RFC 7959 §2.1.
pub(super) mod option {
    pub(in super::super) const URI_HOST: u32 = 3;
    pub(in super::super) const OBSERVE: u32 = 6;
    pub(in super::super) const LOCATION_PATH: u32 = 8;
    pub(in super::super) const URI_PATH: u32 = 11;
    pub(in super::super) const CONTENT_FORMAT: u32 = 12;
    pub(in super::super) const URI_QUERY: u32 = 15;
    pub(in super::super) const BLOCK2: u32 = 23;
    pub(in super::super) const BLOCK1: u32 = 27;
    pub(in super::super) const PROXY_URI: u32 = 35;
    pub(in super::super) const PROXY_SCHEME: u32 = 39;
}

/// What stands before the options.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header<'p> {
    /// Confirmable 0, non-confirmable 1, acknowledgement 2, reset 3; 0 over TCP.
    pub(super) kind: u8,
    pub(super) code: u8,
    /// 0 over TCP.
    pub(super) id: u16,
    pub(super) token: &'p [u8],
    /// Bytes of the header with the token.
    pub(super) len: usize,
    /// Bytes of the message; `None` in a datagram.
    pub(super) total: Option<usize>,
}

/// What reading a header came to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Read<'p> {
    Header(Header<'p>),
    /// This many bytes are needed.
    Short(usize),
    /// A token length that is reserved, or a version that is not 1.
    Bad,
}

/// Codes in use. RFC 7252 §12.1, and what was registered since.
pub(super) fn is_code(code: u8) -> bool {
    matches!(code, 0..=IPATCH | 65..=69 | 95 | 128..=134 | 136 | 137 | 140 | 141 | 143 | 150)
        || matches!(code, 157 | 160..=165 | 168)
}

/// A method. RFC 7252 §5.8.
pub(super) fn is_method(code: u8) -> bool {
    (GET..=IPATCH).contains(&code)
}

impl<'p> Header<'p> {
    /// RFC 7252 §3.
    pub(super) fn datagram(bytes: &'p [u8]) -> Read<'p> {
        let mut at = Cursor::new(bytes);
        let (Some(first), Some(code), Some(id)) = (at.u8(), at.u8(), at.be16()) else {
            return Read::Short(4);
        };
        let token_len = usize::from(first & 0x0f);
        if first >> 6 != 1 || token_len > 8 {
            return Read::Bad;
        }
        let Some(token) = at.take(token_len) else {
            return Read::Short(token_len.saturating_add(4));
        };
        Read::Header(Self {
            kind: first >> 4 & 3,
            code,
            id,
            token,
            len: at.position(),
            total: None,
        })
    }

    /// RFC 8323 §3.2: the length counts options and payload.
    pub(super) fn stream(bytes: &'p [u8]) -> Read<'p> {
        let mut at = Cursor::new(bytes);
        let Some(first) = at.u8() else { return Read::Short(1) };
        let token_len = usize::from(first & 0x0f);
        if token_len > 8 {
            return Read::Bad;
        }
        let (extra, len) = match first >> 4 {
            13 => (1, at.u8().map(|n| usize::from(n).saturating_add(13))),
            14 => (2, at.be16().map(|n| usize::from(n).saturating_add(269))),
            15 => (4, at.be32().map(|n| vocab::sat_usize(u64::from(n)).saturating_add(65_805))),
            n => (0, Some(usize::from(n))),
        };
        let short = Read::Short(token_len.saturating_add(extra).saturating_add(2));
        let (Some(content), Some(code)) = (len, at.u8()) else { return short };
        let Some(token) = at.take(token_len) else { return short };
        let len = at.position();
        let total = Some(len.saturating_add(content));
        Read::Header(Self { kind: 0, code, id: 0, token, len, total })
    }

    /// What pairs an answer with its request. RFC 7252 §5.3.1.
    pub(super) fn key(&self) -> u64 {
        let start = 0xcbf2_9ce4_8422_2325 ^ u64::from(vocab::sat_u32(self.token.len()));
        self.token
            .iter()
            .fold(start, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
    }
}

/// One option. RFC 7252 §3.1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Opt<'p> {
    pub(super) number: u32,
    pub(super) value: &'p [u8],
}

impl Opt<'_> {
    /// The value as a number without leading zeros. RFC 7252 §3.2.
    pub(super) fn uint(&self) -> u64 {
        self.value.iter().take(8).fold(0, |n, byte| n << 8 | u64::from(*byte))
    }
}

/// The options of a message in turn, then its payload.
#[derive(Debug)]
pub(super) struct Options<'p> {
    at: Cursor<'p>,
    number: u32,
    /// An option did not fit or has a reserved length.
    pub(super) broken: bool,
    /// A payload marker was read.
    pub(super) marker: bool,
}

impl<'p> Options<'p> {
    /// The options in `content`, which starts behind the token.
    pub(super) fn new(content: &'p [u8]) -> Self {
        Self { at: Cursor::new(content), number: 0, broken: false, marker: false }
    }

    /// What is not read yet: the payload when all options are.
    pub(super) fn rest(&self) -> &'p [u8] {
        self.at.rest()
    }

    fn read(&mut self) -> Option<Opt<'p>> {
        let first = self.at.u8()?;
        let mut extended = |nibble: u8| match nibble {
            13 => self.at.u8().map(|n| u32::from(n).saturating_add(13)),
            14 => self.at.be16().map(|n| u32::from(n).saturating_add(269)),
            15 => None,
            n => Some(u32::from(n)),
        };
        let delta = extended(first >> 4)?;
        let len = extended(first & 0x0f)?;
        self.number = self.number.saturating_add(delta);
        let value = self.at.take(vocab::sat_usize(u64::from(len)))?;
        Some(Opt { number: self.number, value })
    }
}

impl<'p> Iterator for Options<'p> {
    type Item = Opt<'p>;

    fn next(&mut self) -> Option<Opt<'p>> {
        if self.broken || self.marker {
            return None;
        }
        if self.at.peek()? == 0xff {
            self.at.skip(1)?;
            self.marker = true;
            return None;
        }
        let option = self.read();
        self.broken = option.is_none();
        option
    }
}
