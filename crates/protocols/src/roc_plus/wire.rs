//! A message: addresses, opcode, length, data, CRC.

use crate::common::crc::crc16;

/// Bytes before the data. ROC Plus §1.
pub(super) const HEADER_LEN: usize = 6;

/// What a message's length tells of its direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// A request.
    Asks,
    /// A response.
    Answers,
    /// Could be both.
    Unknown,
}

/// The header of a message.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header {
    /// Unit and group of the receiver.
    pub(super) to: [u8; 2],
    /// Unit and group of the sender.
    pub(super) from: [u8; 2],
    /// What is asked for or answered.
    pub(super) opcode: u8,
    /// Bytes of data.
    pub(super) length: u8,
}

impl Header {
    /// Reads a header. ROC Plus §1, table 1-1.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let &[a, b, c, d, opcode, length] = bytes.first_chunk()?;
        Some(Self { to: [a, b], from: [c, d], opcode, length })
    }

    /// Bytes of the whole message.
    pub(super) fn total(&self) -> usize {
        usize::from(self.length).saturating_add(HEADER_LEN + 2)
    }

    /// Which way the message goes, from opcode, length and the first bytes of its data: most
    /// requests have one fixed length that no response has. ROC Plus §2.
    pub(super) fn way(&self, data: &[u8]) -> Way {
        let length = self.length;
        let asks = |asks: bool| if asks { Way::Asks } else { Way::Answers };
        match (self.opcode, data.first()) {
            (6 | 7, _) => asks(length == 0),
            (8 | 11 | 24 | 165 | 166 | 224, _) => asks(length != 0),
            (10 | 100 | 118 | 119 | 137, _) => asks(length == 3),
            (17, _) => asks(!matches!(length, 0 | 24 | 30)),
            (50, _) => asks(length == 1),
            (105 | 225, _) | (139, Some(0)) => asks(length == 2),
            (135, _) => asks(length == 6),
            (136, _) => asks(length == 7),
            (138 | 167, _) | (206, Some(1)) => asks(length == 4),
            (203, Some(1)) => asks(length == 127),
            (203, Some(2)) => asks(length == 9),
            (203, Some(3)) => asks(length != 9),
            (203, Some(4)) => asks(length == 5),
            (203, Some(6)) => asks(matches!(length, 102 | 103 | 126)),
            (203, Some(64)) => asks(length == 103),
            (108, _) if length < 15 => Way::Asks,
            (139, Some(1)) if length < 10 => Way::Asks,
            (108, _) if length > 23 => Way::Answers,
            (139, Some(1)) if length > 67 => Way::Answers,
            (206, Some(2)) if length != 6 => Way::Answers,
            (181, _) if length == 0 => Way::Answers,
            (203, Some(5)) | (255, _) => Way::Answers,
            _ => Way::Unknown,
        }
    }
}

/// The manual names these opcodes.
pub(super) fn is_known(opcode: u8) -> bool {
    matches!(
        opcode,
        6..=8 | 10 | 11 | 17 | 24 | 50 | 100 | 103 | 105 | 107 | 108 | 118..=122 | 135..=139
            | 165..=167 | 180 | 181 | 203 | 205 | 206 | 224 | 225 | 255
    )
}

/// The CRC behind the data is right. ROC Plus §1: CRC-16, low byte first; devices begin it with 0,
/// some hosts with 0xFFFF.
pub(super) fn is_checked(whole: &[u8]) -> bool {
    whole.split_last_chunk().is_some_and(|(before, sum)| {
        let sum = u16::from_le_bytes(*sum);
        [0, 0xffff].iter().any(|start| crc16(*start, before.iter().copied()) == sum)
    })
}
