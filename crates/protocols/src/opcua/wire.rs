//! Messages of OPC UA over TCP and the chunks of a secure channel. OPC 10000-6 §7.1.2, §6.7.2.

use super::encoding::string;
use decode::Cursor;
use dissect::Probe;

/// Bytes of the message header: type, final or not, size. §7.1.2.2.
pub(super) const HEADER_LEN: usize = 8;
/// Larger sizes are taken for no message.
const SIZE_MAX: u32 = 1 << 24;
/// The largest text in a message of the connection. §7.1.2.3.
const TEXT_MAX: u32 = 4_096;

/// What a message is. §7.1.2.2, §6.7.2.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The client's limits.
    Hello,
    /// The server's limits.
    Acknowledge,
    /// Why the connection is closed.
    Error,
    /// A server that calls a client.
    ReverseHello,
    /// A secure channel is opened or renewed.
    Open,
    /// A service.
    Message,
    /// The secure channel is closed.
    Close,
}

/// Where a message stands among its chunks. §6.7.2.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The last or only one.
    Final,
    /// More follow.
    More,
    /// What came so far is void.
    Abort,
}

/// A message header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) kind: Kind,
    pub(super) part: Part,
    /// Bytes of the whole message or chunk.
    pub(super) size: usize,
}

impl Header {
    /// The header at the start of `bytes`; `Err` says whether more bytes may make one.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, bool> {
        let Some(&[a, b, c, part, s0, s1, s2, s3]) = bytes.first_chunk::<HEADER_LEN>() else {
            return Err(may_begin(bytes));
        };
        let kind = kind([a, b, c]).ok_or(false)?;
        let part = match (part, kind) {
            (b'F', _) => Part::Final,
            (b'C', Kind::Message) => Part::More,
            (b'A', Kind::Message) => Part::Abort,
            _ => return Err(false),
        };
        let size = u32::from_le_bytes([s0, s1, s2, s3]);
        let fits = match kind {
            Kind::Hello => (32..=TEXT_MAX.saturating_add(32)).contains(&size),
            Kind::Acknowledge => size == 28,
            Kind::Error | Kind::ReverseHello => (16..=TEXT_MAX.saturating_mul(3)).contains(&size),
            Kind::Open | Kind::Message | Kind::Close => (24..=SIZE_MAX).contains(&size),
        };
        let size = vocab::sat_usize(u64::from(size));
        if fits { Ok(Self { kind, part, size }) } else { Err(false) }
    }
}

fn kind(letters: [u8; 3]) -> Option<Kind> {
    Some(match &letters {
        b"HEL" => Kind::Hello,
        b"ACK" => Kind::Acknowledge,
        b"ERR" => Kind::Error,
        b"RHE" => Kind::ReverseHello,
        b"OPN" => Kind::Open,
        b"MSG" => Kind::Message,
        b"CLO" => Kind::Close,
        _ => return None,
    })
}

/// May these few bytes become a header?
fn may_begin(bytes: &[u8]) -> bool {
    const STARTS: [&[u8]; 7] = [b"HELF", b"ACKF", b"ERRF", b"RHEF", b"OPNF", b"MSG", b"CLOF"];
    STARTS.iter().any(|start| bytes.iter().zip(*start).all(|(byte, letter)| byte == letter))
}

/// Type, part and a size that fits them are certain enough on any port.
pub(super) fn probe(head: &[u8]) -> Probe {
    match Header::read(head) {
        Ok(_) => Probe::Sure,
        Err(true) if head.len() < HEADER_LEN => Probe::Maybe { need: HEADER_LEN },
        Err(_) => Probe::No,
    }
}

/// Where the next header starts, as far as `bytes` tell: a position up to which there is none.
pub(super) fn next_header(bytes: &[u8]) -> usize {
    let starts = |at: &usize| match Header::read(bytes.get(*at..).unwrap_or(&[])) {
        Ok(_) | Err(true) => true,
        Err(false) => false,
    };
    (1..bytes.len()).find(starts).unwrap_or(bytes.len())
}

/// The security header of a chunk that opens a channel. §6.7.2.3.
#[derive(Clone, Copy, Debug)]
pub(super) struct Security<'p> {
    /// Which algorithms, as a URI.
    pub(super) policy: &'p [u8],
    /// The sender's certificate, DER.
    pub(super) certificate: &'p [u8],
}

impl<'p> Security<'p> {
    /// Reads the header.
    pub(super) fn read(at: &mut Cursor<'p>) -> Option<Self> {
        let security = Self { policy: string(at)?, certificate: string(at)? };
        // The receiver's certificate, by its hash.
        string(at)?;
        Some(security)
    }

    /// Nothing is encrypted or signed. OPC 10000-7 §6.6.161.
    pub(super) fn is_none(&self) -> bool {
        self.policy.is_empty() || self.policy.ends_with(b"#None")
    }

    /// Bytes of the signature behind each chunk that is signed: SHA-1 in the two oldest policies,
    /// else SHA-256. OPC 10000-7 §6.6.
    pub(super) fn signature_len(&self) -> u8 {
        if self.is_none() {
            0
        } else if self.policy.ends_with(b"#Basic256") || self.policy.ends_with(b"#Basic128Rsa15") {
            20
        } else {
            32
        }
    }
}
