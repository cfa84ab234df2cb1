//! Frames and headers.

use decode::Cursor;

/// Asks for a function.
pub(super) const REQUEST: u8 = 0x31;
/// Answers.
pub(super) const RESPONSE: u8 = 0x32;
/// Announces the values of a subscription.
pub(super) const NOTIFICATION: u8 = 0x33;
/// Version of frames that keep sessions alive and report the end of one.
pub(super) const SYSTEM_EVENT: u8 = 0xfe;

/// A frame: `72`, version, length, content, and behind the last frame of a message `72`, version,
/// length 0.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame<'p> {
    pub(super) version: u8,
    /// Without the checksum that version 3 puts in front.
    pub(super) content: &'p [u8],
    /// Nothing of the message follows.
    pub(super) last: bool,
    /// The length promises more than there is.
    pub(super) short: bool,
}

impl<'p> Frame<'p> {
    pub(super) fn read(bytes: &'p [u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        at.u8().filter(|id| *id == super::PROTOCOL)?;
        let version = at.u8().filter(|version| matches!(*version, 1..=3 | SYSTEM_EVENT))?;
        let length = usize::from(at.be16()?);
        let short = at.len() < length;
        let mut content = at.take_up_to(length);
        if version == 3 {
            let digest = content.first().map_or(0, |length| usize::from(*length));
            content = content.get(digest.saturating_add(1)..).unwrap_or(&[]);
        }
        let last = version == SYSTEM_EVENT || matches!(*at.rest(), [super::PROTOCOL, _, 0, 0, ..]);
        Some(Self { version, content, last, short })
    }
}

/// Opcode, function and sequence of a request or an answer; a notification has its subscription
/// instead.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    pub(super) opcode: u8,
    pub(super) function: u16,
    pub(super) sequence: u16,
    /// Requests only.
    pub(super) session: u32,
}

impl Head {
    /// Reads the head at the cursor; `None` when it is not all there or no head.
    pub(super) fn read(at: &mut Cursor<'_>) -> Option<Self> {
        let mut probe = *at;
        let opcode = probe.u8()?;
        if opcode == NOTIFICATION {
            *at = probe;
            return Some(Self { opcode, function: 0, sequence: 0, session: 0 });
        }
        probe.be16().filter(|reserved| *reserved == 0)?;
        let function = probe.be16()?;
        probe.be16().filter(|reserved| *reserved == 0)?;
        let sequence = probe.be16()?;
        let session = match opcode {
            REQUEST => probe.be32()?,
            RESPONSE => 0,
            _ => return None,
        };
        // Transport flags.
        probe.u8()?;
        *at = probe;
        Some(Self { opcode, function, sequence, session })
    }
}
