//! A message: header, station, pairs of address and data, checksum, end.
//!
//! Bytes from 0xF0 up are escaped between header and end. Some equipment does not escape the
//! checksum: both ways are read.

/// Ends every message.
pub(super) const END: u8 = 0xf6;
/// The next byte stands for itself plus this.
const ESCAPE: u8 = 0xf0;
/// Longest body: station, 256 pairs and checksum, all escaped.
const BODY_MAX: usize = 1_032;

/// A byte that may begin a message.
pub(super) fn is_header(byte: u8) -> bool {
    byte > ESCAPE && byte < 0xff && byte != END
}

/// A header that is in use.
pub(super) fn is_known(byte: u8) -> bool {
    matches!(byte, 0xf1..=0xf3 | 0xf9..=0xfe)
}

/// What stands at the start of some bytes that begin with a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found<'p> {
    /// A message of so many bytes.
    Message(Message<'p>, usize),
    /// Its end, or what proves it, is not there yet.
    Open,
    /// No message: another begins after so many bytes, or nothing does.
    Broken(usize),
}

/// Reads the message at the start. Its first end byte counts, unless the checksum is wrong there
/// and right with an end byte right behind: then the first belongs to the checksum.
pub(super) fn find(bytes: &[u8]) -> Found<'_> {
    let body = bytes.get(1..).unwrap_or(&[]);
    let at = match body.iter().take(BODY_MAX).position(|byte| *byte > ESCAPE) {
        Some(at) => at,
        None if body.len() >= BODY_MAX => return Found::Broken(BODY_MAX),
        None => return Found::Open,
    };
    // The byte found is the end, or the first or second byte of a bare checksum.
    let mut first = None;
    for end in at..=at.saturating_add(2) {
        match body.get(end) {
            Some(&END) => {}
            Some(_) => continue,
            None => return Found::Open,
        }
        let len = end.saturating_add(2);
        let message = Message::read(bytes.get(..len).unwrap_or(bytes));
        let before = body.get(..end).unwrap_or(body);
        if message.crc_right || end == at && !ends_in_checksum(message.header, before) {
            return Found::Message(message, len);
        }
        first = first.or(Some(Found::Message(message, len)));
    }
    first.unwrap_or(Found::Broken(at.saturating_add(1)))
}

/// The end byte behind these may be the first or the second byte of a bare checksum.
fn ends_in_checksum(header: u8, before: &[u8]) -> bool {
    let [low, _] = sum(header, before).to_le_bytes();
    let second = before
        .split_last()
        .is_some_and(|(last, payload)| sum(header, payload) == u16::from_le_bytes([*last, END]));
    low == END || second
}

/// A whole message, read once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Message<'p> {
    /// What it is.
    pub(super) header: u8,
    /// Station and pairs, still escaped.
    payload: &'p [u8],
    /// The same in bytes without escapes.
    len: usize,
    /// The field station asked or answering.
    pub(super) station: Option<u8>,
    /// There is a checksum.
    pub(super) has_crc: bool,
    /// Checksum over everything before it is right; true where there need be none.
    pub(super) crc_right: bool,
    /// An escape is followed by a byte that needs none, or by nothing.
    pub(super) bad_escape: bool,
}

impl<'p> Message<'p> {
    /// Reads a message from its header to its end.
    fn read(bytes: &'p [u8]) -> Self {
        let header = bytes.first().copied().unwrap_or(0);
        let body = bytes.get(1..bytes.len().saturating_sub(1)).unwrap_or(&[]);
        let len = unescape(body).count();
        // Acknowledgements and polls in non-secure mode have no checksum.
        let has_crc = !matches!((header, len), (0xf1 | 0xfb, 1));
        let bare = body.split_at_checked(body.len().saturating_sub(2));
        let (payload, crc_right) = match bare {
            _ if !has_crc => (body, true),
            // A message with its checksum behind it sums up to 0.
            _ if len > 2 && sum(header, body) == 0 => (escaped(body, len.saturating_sub(2)), true),
            Some((payload, &[low, high])) => (
                payload,
                !payload.is_empty() && sum(header, payload) == u16::from_le_bytes([low, high]),
            ),
            _ => (body, false),
        };
        Self {
            header,
            payload,
            len: unescape(payload).count(),
            station: unescape(payload).next(),
            has_crc,
            crc_right,
            bad_escape: is_badly_escaped(payload),
        }
    }

    /// No station, or half a pair.
    pub(super) fn has_bad_length(&self) -> bool {
        self.len.is_multiple_of(2)
    }

    /// How many pairs there are.
    pub(super) fn count(&self) -> usize {
        self.len.saturating_sub(1) / 2
    }

    /// Addresses with their data.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (u8, u8)> + use<'p> {
        let mut bytes = unescape(self.payload).skip(1);
        (0..self.count()).map_while(move |_| Some((bytes.next()?, bytes.next()?)))
    }
}

/// The bytes that escaped bytes stand for.
fn unescape(body: &[u8]) -> impl Iterator<Item = u8> + use<'_> {
    let mut rest = body.iter();
    core::iter::from_fn(move || match rest.next()? {
        &ESCAPE => rest.next().map(|low| ESCAPE | low),
        byte => Some(*byte),
    })
}

/// The escaped form of the first `count` bytes.
fn escaped(body: &[u8], count: usize) -> &[u8] {
    let mut rest = body;
    for _ in 0..count {
        rest = match rest {
            [ESCAPE, _, others @ ..] | [_, others @ ..] => others,
            [] => rest,
        };
    }
    body.get(..body.len().saturating_sub(rest.len())).unwrap_or(body)
}

fn is_badly_escaped(body: &[u8]) -> bool {
    let mut rest = body.iter();
    while let Some(byte) = rest.next() {
        if *byte == ESCAPE && rest.next().is_none_or(|low| *low > 0x0f) {
            return true;
        }
    }
    false
}

/// The checksum over a header and what follows it: CRC-16 with the reflected polynomial 0xA001,
/// from 0xFFFF, sent low byte first.
fn sum(header: u8, body: &[u8]) -> u16 {
    core::iter::once(header).chain(unescape(body)).fold(0xffff, |sum, byte| {
        (0..8).fold(
            sum ^ u16::from(byte),
            |crc, _| {
                if crc & 1 != 0 { crc >> 1 ^ 0xa001 } else { crc >> 1 }
            },
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(bytes: &[u8]) -> (Message<'_>, usize) {
        match find(bytes) {
            Found::Message(message, len) => (message, len),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn extents() {
        assert_eq!(message(&[0xf1, 1, 0xf6, 0xf1]).1, 3);
        assert_eq!(find(&[0xfb, 1, 0x83]), Found::Open);
        assert_eq!(find(&[0xfb, 1, 0xfd, 1, 0x80, 0xe0]), Found::Broken(2));
        assert_eq!(find(&[0xfb; 1_200][..1]), Found::Open);
        let mut long = [0; 1_200];
        long[0] = 0xfb;
        assert_eq!(find(&long), Found::Broken(BODY_MAX));
    }

    #[test]
    fn pairs_and_escapes() {
        // Station 0xf2 is escaped, and so are address and data.
        let bytes = [0xfc, 0xf0, 0x02, 0xf0, 0x06, 0xf0, 0x0f, 0x96, 0x67, 0xf6];
        let (message, len) = message(&bytes);
        assert_eq!((message.station, message.count(), len), (Some(0xf2), 1, 10));
        assert_eq!(message.pairs().next(), Some((0xf6, 0xff)));
        assert!(message.crc_right && !message.bad_escape && !message.has_bad_length());
    }

    #[test]
    fn bare_checksums() {
        // Any checksum, escaped or bare, is found where it is; an end byte within it too.
        for data in 0..=0xefu8 {
            for station in 0..=0xefu8 {
                let body = [station, 7, data];
                let [low, high] = sum(0xfc, &body).to_le_bytes();
                let bytes = [0xfc, station, 7, data, low, high, END, 0xf1, 1, END];
                let (message, len) = message(&bytes);
                assert!(message.crc_right, "{bytes:02x?}");
                assert_eq!((message.pairs().next(), len), (Some((7, data)), 7), "{bytes:02x?}");
            }
        }
    }
}
