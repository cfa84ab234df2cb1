//! ListIdentity. The CIP Networks Library Volume 2, §2-4.2.

use super::{Question, Script, byte};

pub(super) const PORT: u16 = 44_818;
/// Bytes of the encapsulation header. §2-3.1.
const HEADER: usize = 24;

/// Whether it was asked.
#[derive(Debug, Default)]
pub(super) struct Enip {
    asked: bool,
}

impl Script for Enip {
    fn next(&mut self, _answer: Option<&[u8]>) -> Option<Question> {
        if std::mem::replace(&mut self.asked, true) {
            return None;
        }
        let mut bytes = vec![0; HEADER];
        bytes[0] = 0x63;
        Some(Question::new("EtherNet/IP ListIdentity", bytes))
    }

    fn length(&self, received: &[u8]) -> Option<usize> {
        let length = u16::from_le_bytes([byte(received, 2), byte(received, 3)]);
        (received.len() >= HEADER).then(|| HEADER + usize::from(length))
    }
}
