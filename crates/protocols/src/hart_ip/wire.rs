//! Views over bytes: the header of HART-IP and the frames of the link layer inside it.

use decode::Cursor;

/// Bytes of a header. HCF_SPEC-085 §10.3.1.
pub(super) const HEADER_LEN: usize = 8;

/// What a message is. HCF_SPEC-085 §10.3.1.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Asks.
    Request,
    /// Answers.
    Response,
    /// A burst message.
    Publish,
    /// Answers a message that cannot be.
    Error,
}

/// The header of a message. HCF_SPEC-085 §10.3.1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header {
    /// What the message is.
    pub(super) kind: Kind,
    /// What it is about: 0 session initiate, 1 session close, 2 keep alive, 3 token-passing PDU,
    /// 4 direct PDU, 5 read audit log.
    pub(super) id: u8,
    /// How it went; 0 is well.
    pub(super) status: u8,
    /// The same in a request and its answer.
    pub(super) sequence: u16,
    /// Bytes of the message, with the header.
    pub(super) length: u16,
}

impl Header {
    /// Reads a header; `None` where there is none.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        let version = at.u8()?;
        let kind = match at.u8()? {
            0 => Kind::Request,
            1 => Kind::Response,
            2 => Kind::Publish,
            3 | 15 => Kind::Error,
            _ => return None,
        };
        let header =
            Self { kind, id: at.u8()?, status: at.u8()?, sequence: at.be16()?, length: at.be16()? };
        let known = matches!(version, 1 | 2) && usize::from(header.length) >= HEADER_LEN;
        known.then_some(header)
    }
}

/// A frame of the token-passing link layer. HCF_SPEC-081 §5.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame<'p> {
    /// Low bits of the delimiter: 1 burst, 2 master to field device, 6 field device to master.
    pub(super) kind: u8,
    /// The device, without the bits for master and burst mode: 1 byte or 5.
    pub(super) address: &'p [u8],
    /// The command.
    pub(super) command: u8,
    /// The command's data; in frames from a device, response code and device status first.
    pub(super) data: &'p [u8],
    /// Behind the data: the check byte.
    pub(super) check: Option<u8>,
    /// All of the data is there.
    pub(super) whole: bool,
}

impl<'p> Frame<'p> {
    /// Reads a frame; without a check byte where `bare`, as in command 77.
    pub(super) fn read(bytes: &'p [u8], bare: bool) -> Option<Self> {
        let mut at = Cursor::new(bytes);
        let delimiter = at.u8()?;
        let address = at.take(if delimiter & 0x80 == 0 { 1 } else { 5 })?;
        at.skip(usize::from(delimiter >> 5 & 3))?;
        let command = at.u8()?;
        let count = usize::from(at.u8()?);
        let data = at.take_up_to(count);
        let check = if bare { None } else { at.u8() };
        let kind = delimiter & 7;
        Some(Self { kind, address, command, data, check, whole: data.len() == count })
    }

    /// The check byte is the exclusive or of all bytes before it. HCF_SPEC-081 §5.1.6.
    pub(super) fn is_checked(&self, bytes: &[u8]) -> bool {
        let all = bytes.split_last();
        self.whole
            && self.check.is_some()
            && all.is_some_and(|(last, body)| body.iter().fold(0, |sum, byte| sum ^ byte) == *last)
    }

    /// The sender is the field device.
    pub(super) fn is_from_device(&self) -> bool {
        self.kind != 2
    }

    /// The number of the device: its polling address, or the low 24 bits of its unique address.
    pub(super) fn unit(&self) -> u32 {
        match *self.address {
            [polling] => u32::from(polling & 0x3f),
            [_, _, a, b, c] => u32::from_be_bytes([0, a, b, c]),
            _ => 0,
        }
    }

    /// The whole address as one number, without the bits for master and burst mode.
    pub(super) fn key(&self) -> u64 {
        let bytes = self.address.iter().skip(1).fold(0, |sum, byte| sum << 8 | u64::from(*byte));
        let first = self.address.first().map_or(0, |first| u64::from(first & 0x3f));
        let shift = if self.address.len() == 1 { 0 } else { 32 };
        first << shift | bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames() {
        let bytes = [0x82, 0xa6, 0x4e, 0, 0, 0xd2, 0, 0, 0xb8];
        let frame = Frame::read(&bytes, false).unwrap();
        assert_eq!((frame.kind, frame.command, frame.unit()), (2, 0, 0xd2));
        assert_eq!(frame.key(), 0x26_4e00_00d2);
        assert!(frame.is_checked(&bytes) && !frame.is_from_device());
        assert!(Frame::read(&[0x82, 0xa6], false).is_none());
    }
}
