//! Association control. ISO 8650-1 (ITU-T X.227) §9.

use crate::common::ber;
use decode::Cursor;

/// Application context of MMS: 1 0 9506 2 3. ISO 9506-2 §24.
const MMS_CONTEXT: &[u8] = &[0x28, 0xca, 0x22, 2, 3];
/// Authentication by password: 2 2 3 1. X.227 Annex B.
const PASSWORD: &[u8] = &[0x52, 3, 1];

/// A unit of association control.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Association<'p> {
    context: &'p [u8],
    /// Application process titles, encoded object identifiers. X.227 §9.1.
    pub(super) called: &'p [u8],
    pub(super) calling: &'p [u8],
    pub(super) responding: &'p [u8],
    /// 0 none, 1 password, 2 another.
    pub(super) authentication: u64,
    /// Why the association was refused: 0x200 and the result.
    pub(super) refused: Option<u32>,
    /// The presentation context of the user information.
    pub(super) user_context: Option<u64>,
    /// The user information.
    pub(super) user: &'p [u8],
}

impl<'p> Association<'p> {
    pub(super) fn read(content: &'p [u8]) -> Self {
        let mut it = Self::default();
        let Some(unit) = ber::next_lax(&mut Cursor::new(content)) else { return it };
        let asks = unit.first == 0x60;
        let mut at = Cursor::new(unit.content);
        while let Some(field) = ber::next_lax(&mut at) {
            match (field.first, asks) {
                (0xa1, _) => it.context = inner(field.content),
                (0xa2, true) => it.called = inner(field.content),
                (0xa2, false) if unit.first == 0x61 => {
                    it.refused = match inner(field.content) {
                        [0] | [] => None,
                        [result, ..] => Some(0x200 | u32::from(*result)),
                    };
                }
                (0xa6, true) => it.calling = inner(field.content),
                (0xa4, false) => it.responding = inner(field.content),
                (0x8b, true) | (0x89, false) => {
                    it.authentication = if field.content == PASSWORD { 1 } else { 2 };
                }
                (0xac, true) | (0xaa, false) if it.authentication == 0 => {
                    // A value without a mechanism: text is a password.
                    let text = field.content.first() == Some(&0x80);
                    it.authentication = if text { 1 } else { 2 };
                }
                (0xbe, _) => it.information(field.content),
                _ => {}
            }
        }
        it
    }

    /// User information: external values, each with its context. X.690 §8.18.
    fn information(&mut self, content: &'p [u8]) {
        let mut at = Cursor::new(inner(content));
        while let Some(field) = ber::next_lax(&mut at) {
            match field.first {
                0x02 => self.user_context = field.uint(),
                0xa0 | 0x81 => self.user = field.content,
                _ => {}
            }
        }
    }

    /// 1 where the association is for MMS, 2 for another application, 0 where it is not told.
    pub(super) fn context_kind(&self) -> u64 {
        match self.context {
            [] => 0,
            MMS_CONTEXT => 1,
            _ => 2,
        }
    }
}

/// The content of the element inside an explicit tag.
fn inner(content: &[u8]) -> &[u8] {
    ber::next_lax(&mut Cursor::new(content)).map_or(&[], |tlv| tlv.content)
}
