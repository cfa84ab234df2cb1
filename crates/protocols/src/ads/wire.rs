//! The AMS/TCP header and the AMS header. Numbers are little-endian.

use crate::common::text::Line;
use decode::Cursor;
use dissect::Probe;

/// Bytes of the AMS/TCP header: two reserved, four of length. ADS AMS/TCP header.
pub(super) const TCP_HEADER: usize = 6;
/// Bytes of the AMS header. ADS AMS header.
const AMS_HEADER: usize = 32;
/// Longest message: far above what TwinCAT sends at once.
const LENGTH_MAX: usize = 16 << 20;

/// An AMS header with the data behind it. ADS AMS header.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ams<'p> {
    /// All bytes of the message.
    pub(super) whole: &'p [u8],
    /// Port that the message goes to.
    pub(super) target_port: u16,
    /// NetId that sent it.
    pub(super) source: [u8; 6],
    /// Port that sent it.
    pub(super) source_port: u16,
    /// What is asked for, 1 to 9.
    pub(super) command: u16,
    /// Bit 0: an answer; bit 2: an ADS command.
    pub(super) flags: u16,
    /// Bytes of data.
    pub(super) length: u32,
    /// Error of the router.
    pub(super) error: u32,
    /// Pairs an answer with its request.
    pub(super) invoke: u32,
    /// What belongs to the command.
    pub(super) data: &'p [u8],
}

impl<'p> Ams<'p> {
    /// Reads a message from its AMS/TCP header on.
    pub(super) fn read(whole: &'p [u8]) -> Option<Self> {
        let mut at = Cursor::new(whole);
        at.skip(TCP_HEADER)?;
        Some(Self {
            whole,
            target_port: at.skip(6).and_then(|()| at.le16())?,
            source: *at.chunk()?,
            source_port: at.le16()?,
            command: at.le16()?,
            flags: at.le16()?,
            length: at.le32()?,
            error: at.le32()?,
            invoke: at.le32()?,
            data: at.rest(),
        })
    }

    /// It answers.
    pub(super) fn answers(&self) -> bool {
        self.flags & 1 != 0
    }

    /// The port of the side that serves; it is the one that sends notifications (8).
    pub(super) fn server_port(&self) -> u16 {
        if self.answers() || self.command == 8 { self.source_port } else { self.target_port }
    }

    /// Pairs requests and answers: both ports and the invoke id.
    pub(super) fn key(&self) -> u64 {
        let client = if self.answers() { self.target_port } else { self.source_port };
        u64::from(client) << 48 | u64::from(self.server_port()) << 32 | u64::from(self.invoke)
    }
}

/// Bytes of the message at the start; `None` when there is none or its header is not all there.
pub(super) fn total(bytes: &[u8]) -> Option<usize> {
    let mut at = Cursor::new(bytes);
    let (reserved, length) = (at.le16()?, at.le32()?);
    let length = vocab::sat_usize(u64::from(length));
    let fits = reserved == 0 && (AMS_HEADER..=LENGTH_MAX).contains(&length);
    fits.then(|| length.saturating_add(TCP_HEADER))
}

/// Both lengths agree, the command is one of nine, the flags are an ADS command's: that is proof
/// enough anywhere.
pub(super) fn probe(head: &[u8]) -> Probe {
    if head.iter().zip([0, 0]).any(|(byte, zero)| *byte != zero) {
        return Probe::No;
    }
    let Some(ams) = Ams::read(head) else {
        let late = head.len() >= TCP_HEADER && total(head).is_none();
        let need = TCP_HEADER.saturating_add(AMS_HEADER);
        return if late { Probe::No } else { Probe::Maybe { need } };
    };
    let length = vocab::sat_usize(u64::from(ams.length)).saturating_add(AMS_HEADER);
    let fits = total(head) == Some(length.saturating_add(TCP_HEADER))
        && matches!(ams.command, 1..=9)
        && ams.flags & !1 == 4
        && ams.target_port != 0
        && ams.source_port != 0;
    if fits { Probe::Sure } else { Probe::No }
}

/// A NetId as people write it.
pub(super) fn net_id(id: &[u8; 6]) -> Line<64> {
    let [a, b, c, d, e, f] = id;
    Line::of(format_args!("{a}.{b}.{c}.{d}.{e}.{f}"))
}
