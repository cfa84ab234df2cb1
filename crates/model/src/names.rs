//! Strings that repeat, kept once.

use indexmap::IndexSet;
use std::sync::Arc;

/// Keeps each distinct string once and gives it a number.
#[derive(Debug, Default, Clone)]
pub struct Names {
    all: IndexSet<Arc<str>, foldhash::fast::RandomState>,
}

impl Names {
    /// The number of a string; new ones are kept.
    pub fn number(&mut self, text: &str) -> u32 {
        if let Some(at) = self.all.get_index_of(text) {
            return vocab::sat_u32(at);
        }
        let (at, _) = self.all.insert_full(Arc::from(text));
        vocab::sat_u32(at)
    }

    /// The number of a string that is kept already.
    pub fn find(&self, text: &str) -> Option<u32> {
        self.all.get_index_of(text).map(vocab::sat_u32)
    }

    /// A number by which names can be ordered, whatever their own numbers; 0 for none.
    pub fn order(text: &str) -> u32 {
        let mixed = |sum: u64, byte: u8| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        let sum = text.bytes().fold(if text.is_empty() { 0 } else { 0xcbf2_9ce4_8422_2325 }, mixed);
        vocab::low_u32(sum ^ sum >> 32)
    }

    /// How many are kept.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// None is kept.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The string with a number; empty for a number never given.
    pub fn get(&self, number: u32) -> &str {
        self.all.get_index(number as usize).map_or("", |text| text)
    }
}
