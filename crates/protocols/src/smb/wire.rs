//! Headers: the session service's packet, SMB1's and SMB2's message.

use super::statuses::{MORE_PROCESSING, PENDING};
use decode::Cursor;
use vocab::{Status, low_u32};

/// Header of a session service packet. RFC 1002 §4.3.1; on port 445 the length has 24 bits,
/// MS-SMB2 §2.1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packet {
    /// 0 is a message.
    pub(super) kind: u8,
    /// Bytes that follow.
    pub(super) length: usize,
}

impl Packet {
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        let (kind, length) = (at.u8()?, at.be24()?);
        Some(Self { kind, length: vocab::sat_usize(u64::from(length)) })
    }

    /// Bytes of the whole packet.
    pub(super) fn total(&self) -> usize {
        self.length.saturating_add(4)
    }
}

/// An SMB message from its own header on, as far as it was worth waiting for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Message<'p> {
    /// The bytes that are there.
    pub(super) bytes: &'p [u8],
    /// Bytes that were sent.
    pub(super) length: usize,
}

impl<'p> Message<'p> {
    /// All that was sent is there.
    pub(super) fn is_whole(&self) -> bool {
        self.bytes.len() >= self.length
    }

    /// A part by offset and length, what is there of it.
    pub(super) fn part(&self, offset: u64, length: u64) -> &'p [u8] {
        let start = vocab::sat_usize(offset).min(self.bytes.len());
        let end = start.saturating_add(vocab::sat_usize(length)).min(self.bytes.len());
        self.bytes.get(start..end).unwrap_or(&[])
    }
}

/// SMB1's header. MS-CIFS §2.2.3.1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header1 {
    pub(super) command: u8,
    status: u32,
    flags: u8,
    flags2: u16,
    pub(super) tree: u16,
    process: u32,
    multiplex: u16,
}

impl Header1 {
    /// Bytes of the header.
    pub(super) const LEN: usize = 32;

    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        at.skip(4)?;
        let (command, status, flags, flags2) = (at.u8()?, at.le32()?, at.u8()?, at.le16()?);
        let high = at.le16()?;
        // The signature and a reserved field.
        at.skip(10)?;
        let (tree, low, _user, multiplex) = (at.le16()?, at.le16()?, at.le16()?, at.le16()?);
        let process = u32::from(high) << 16 | u32::from(low);
        Some(Self { command, status, flags, flags2, tree, process, multiplex })
    }

    /// SMB_FLAGS_REPLY.
    pub(super) fn is_response(&self) -> bool {
        self.flags & 0x80 != 0
    }

    /// SMB_FLAGS2_UNICODE.
    pub(super) fn is_unicode(&self) -> bool {
        self.flags2 & 0x8000 != 0
    }

    /// A request of the server: it takes a lock back. MS-CIFS §3.3.4.2.
    pub(super) fn is_oplock_break(&self) -> bool {
        self.command == 0x24 && self.multiplex == u16::MAX
    }

    /// What pairs an answer with its request; commands in one message share the rest.
    pub(super) fn tx(&self, command: u8) -> u64 {
        u64::from(command) << 48 | u64::from(self.process) << 16 | u64::from(self.multiplex)
    }

    /// How it ended: an NT status, or class and code of an older system. MS-CIFS §2.2.3.1.
    pub(super) fn ended(&self) -> Status {
        if self.flags2 & 0x4000 != 0 {
            return ended(self.status);
        }
        let [class, _, low, high] = self.status.to_le_bytes();
        match u32::from(class) << 16 | u32::from(u16::from_le_bytes([low, high])) {
            // Class 0 is success, whatever the code.
            code if code >> 16 == 0 => Status::Ok,
            code => Status::Error(code),
        }
    }
}

/// SMB2's header. MS-SMB2 §2.2.1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header2 {
    pub(super) status: u32,
    pub(super) command: u16,
    flags: u32,
    /// Where the next message of a compound starts; 0 in the last one.
    pub(super) next: u32,
    pub(super) id: u64,
    /// The share; `None` in asynchronous messages.
    pub(super) tree: Option<u32>,
}

impl Header2 {
    /// Bytes of the header.
    pub(super) const LEN: usize = 64;

    /// `None` when it is not all there or is not the standard's size.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        if at.take(4)? != b"\xfeSMB" || at.le16()? != 64 {
            return None;
        }
        at.skip(2)?;
        let (status, command) = (at.le32()?, at.le16()?);
        at.skip(2)?;
        let (flags, next, id, mixed) = (at.le32()?, at.le32()?, at.le64()?, at.le64()?);
        let tree = if flags & 2 == 0 { Some(low_u32(mixed >> 32)) } else { None };
        // Session and signature.
        at.skip(24)?;
        Some(Self { status, command, flags, next, id, tree })
    }

    /// SMB2_FLAGS_SERVER_TO_REDIR.
    pub(super) fn is_response(&self) -> bool {
        self.flags & 1 != 0
    }

    /// An interim answer: the final one comes later. MS-SMB2 §3.3.4.2.
    pub(super) fn is_interim(&self) -> bool {
        self.is_response() && self.status == PENDING
    }

    /// Sent by the server without being asked. MS-SMB2 §2.2.23.
    pub(super) fn is_unasked(&self) -> bool {
        self.id == u64::MAX
    }

    /// How it ended.
    pub(super) fn ended(&self) -> Status {
        ended(self.status)
    }
}

/// Severity 3 is an error; that a login goes on is none. MS-ERREF §2.3.
fn ended(status: u32) -> Status {
    if status >> 30 == 3 && status != MORE_PROCESSING { Status::Error(status) } else { Status::Ok }
}
