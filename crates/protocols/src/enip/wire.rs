//! The encapsulation header and the items of the common packet format.

use decode::Cursor;

/// Bytes of the header. CIP Vol 2 §2-3.1.
pub(super) const HEADER: usize = 24;

/// The encapsulation header. CIP Vol 2 §2-3.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// What the message is. §2-3.2.
    pub(super) command: u16,
    /// Bytes that follow. §2-3.3.
    pub(super) length: u16,
    /// The session, given by the target. §2-3.4.
    pub(super) session: u32,
    /// 0 in requests. §2-3.5.
    pub(super) status: u32,
    /// The sender's own; answers repeat it.
    pub(super) context: u64,
    /// 0. §2-3.6.
    pub(super) options: u32,
}

impl Header {
    /// The header at the start of `bytes`; `None` when it is not all there.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        Some(Self {
            command: at.le16()?,
            length: at.le16()?,
            session: at.le32()?,
            status: at.le32()?,
            context: at.le64()?,
            options: at.le32()?,
        })
    }

    /// Bytes of the whole message.
    pub(super) fn total(&self) -> usize {
        usize::from(self.length).saturating_add(HEADER)
    }

    /// The fields have values that the standard allows.
    pub(super) fn is_plausible(&self) -> bool {
        is_command(self.command) && self.options == 0 && self.status <= 0xffff
    }

    /// The command belongs to all devices, or is one that old devices still answer.
    pub(super) fn is_known(&self) -> bool {
        is_command(self.command)
    }
}

/// A command of CIP Vol 2 §2-3.2.
pub(super) fn is_command(command: u16) -> bool {
    matches!(command, 0x00 | 0x01 | 0x04 | 0x63..=0x66 | 0x6f | 0x70 | 0x72 | 0x73 | 0xc8)
}

/// Kinds of items. CIP Vol 2 §2-6.
pub(super) mod kind {
    /// No address: unconnected messages.
    pub(crate) const NULL_ADDRESS: u16 = 0x0000;
    /// What legacy devices say of their targets.
    pub(crate) const LEGACY_TARGET: u16 = 0x0001;
    /// What a device is.
    pub(crate) const IDENTITY: u16 = 0x000c;
    /// Connection identifier.
    pub(crate) const CONNECTED_ADDRESS: u16 = 0x00a1;
    /// A message of a connection.
    pub(crate) const CONNECTED_DATA: u16 = 0x00b1;
    /// A message without connection.
    pub(crate) const UNCONNECTED_DATA: u16 = 0x00b2;
    /// A communication service.
    pub(crate) const SERVICE: u16 = 0x0100;
    /// A socket for data from originator to target.
    pub(crate) const SOCKET_TO_TARGET: u16 = 0x8000;
    /// A socket for data from target to originator.
    pub(crate) const SOCKET_TO_ORIGINATOR: u16 = 0x8001;
    /// Connection identifier and sequence number.
    pub(crate) const SEQUENCED_ADDRESS: u16 = 0x8002;
}

/// An item of the common packet format. CIP Vol 2 §2-6.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item<'p> {
    pub(super) kind: u16,
    /// The length that the item claims.
    pub(super) length: u16,
    pub(super) data: &'p [u8],
}

/// The items behind an item count.
#[derive(Clone, Debug)]
pub(super) struct Items<'p> {
    at: Cursor<'p>,
    left: u16,
}

impl<'p> Items<'p> {
    /// The items at the cursor, their count first.
    pub(super) fn read(mut at: Cursor<'p>) -> Option<Self> {
        let left = at.le16()?;
        Some(Self { at, left })
    }
}

impl<'p> Iterator for Items<'p> {
    type Item = Item<'p>;

    /// The next item; the last one may be cut short.
    fn next(&mut self) -> Option<Item<'p>> {
        self.left = self.left.checked_sub(1)?;
        let (kind, length) = (self.at.le16()?, self.at.le16()?);
        let data = self.at.take_up_to(usize::from(length));
        Some(Item { kind, length, data })
    }
}

impl Items<'_> {
    /// Items that were announced and not read.
    pub(super) fn left(&self) -> u16 {
        self.left
    }
}

/// A socket address in network byte order. CIP Vol 2 §2-6.3.3: family, port, address, zeros.
pub(super) fn socket(at: &mut Cursor<'_>) -> Option<(u32, u16)> {
    let family = at.be16()?;
    let (port, address) = (at.be16()?, at.be32()?);
    at.skip(8)?;
    (family == 2).then_some((address, port))
}
