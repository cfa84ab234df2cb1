//! A table of counted things: found by hash, in lists per flow, emptied at once.

use alloc::vec;
use alloc::vec::Vec;
use vocab::{sat_u32, sat_usize};

/// End of a list.
pub(crate) const NONE: u32 = u32::MAX;

struct Cell<T> {
    hash: u64,
    /// Next in the same bucket.
    bucket: u32,
    /// Next of the same flow.
    flow: u32,
    item: T,
}

/// The table.
pub(crate) struct Cells<T> {
    slots: Vec<Cell<T>>,
    buckets: Vec<u32>,
}

impl<T> Cells<T> {
    pub(crate) fn new(room: usize) -> Self {
        let buckets = room.next_power_of_two();
        Self { slots: Vec::with_capacity(room), buckets: vec![NONE; buckets] }
    }

    fn bucket(&self, hash: u64) -> usize {
        sat_usize(hash) & self.buckets.len().saturating_sub(1)
    }

    /// The item with this hash that `same` accepts.
    pub(crate) fn find(&mut self, hash: u64, same: impl Fn(&T) -> bool) -> Option<&mut T> {
        let mut at = *self.buckets.get(self.bucket(hash))?;
        while let Some(cell) = self.slots.get(sat_usize(u64::from(at))) {
            if cell.hash == hash && same(&cell.item) {
                return self.get_mut(at);
            }
            at = cell.bucket;
        }
        None
    }

    pub(crate) fn get_mut(&mut self, at: u32) -> Option<&mut T> {
        self.slots.get_mut(sat_usize(u64::from(at))).map(|cell| &mut cell.item)
    }

    /// The item at a place and the next of the same flow.
    pub(crate) fn entry(&self, at: u32) -> Option<(&T, u32)> {
        self.slots.get(sat_usize(u64::from(at))).map(|cell| (&cell.item, cell.flow))
    }

    /// Adds an item at the front of a flow's list; false when there is no room.
    pub(crate) fn add(&mut self, hash: u64, list: &mut u32, item: T) -> bool {
        if self.slots.len() == self.slots.capacity() {
            return false;
        }
        let fresh = sat_u32(self.slots.len());
        let bucket = self.bucket(hash);
        let Some(head) = self.buckets.get_mut(bucket) else { return false };
        self.slots.push(Cell { hash, bucket: *head, flow: *list, item });
        *head = fresh;
        *list = fresh;
        true
    }

    /// All items in the order they were added.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.slots.iter().map(|cell| &cell.item)
    }

    /// Fuller than three quarters.
    pub(crate) fn is_ripe(&self) -> bool {
        let room = self.slots.capacity();
        self.slots.len() > room.saturating_sub(room / 4)
    }

    pub(crate) fn len(&self) -> usize {
        self.slots.len()
    }

    pub(crate) fn clear(&mut self) {
        if !self.slots.is_empty() {
            self.slots.clear();
            self.buckets.fill(NONE);
        }
    }
}

/// Mixes words and bytes into 64 bits. Tables hold at most some ten thousand items and are
/// emptied often, so nothing is won by aiming at one bucket.
#[derive(Clone, Copy)]
pub(crate) struct Mix(u64);

impl Mix {
    pub(crate) fn new(seed: u32) -> Self {
        Self(0x9e37_79b9_7f4a_7c15 ^ u64::from(seed))
    }

    #[inline]
    pub(crate) fn word(self, word: u64) -> Self {
        // The middle of the product depends on all bits of both.
        let product = u128::from(self.0 ^ word).wrapping_mul(0xa076_1d64_78bd_642f);
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = product.to_le_bytes();
        let low = u64::from_le_bytes([a, b, c, d, e, f, g, h]);
        let high = u64::from_le_bytes([i, j, k, l, m, n, o, p]);
        Self((low ^ high).rotate_left(23))
    }

    pub(crate) fn bytes(self, bytes: &[u8]) -> Self {
        let (chunks, rest) = bytes.as_chunks::<8>();
        let mut mix = self.word(u64::from(sat_u32(bytes.len())));
        for chunk in chunks {
            mix = mix.word(u64::from_le_bytes(*chunk));
        }
        mix.word(rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)))
    }

    pub(crate) fn finish(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_added_and_empties() {
        let mut cells = Cells::new(4);
        let mut list = NONE;
        for n in 0..4u64 {
            assert!(cells.find(n % 2, |item| *item == n).is_none());
            assert!(cells.add(n % 2, &mut list, n), "equal hashes share a bucket");
        }
        assert!(!cells.add(9, &mut list, 9), "full");
        assert_eq!(cells.find(1, |item| *item == 3).copied(), Some(3));
        assert_eq!(cells.entry(list), Some((&3, 2)));
        cells.clear();
        assert!(cells.find(1, |_| true).is_none());
    }

    #[test]
    fn mixing_tells_lengths_apart() {
        let of = |bytes: &[u8]| Mix::new(1).bytes(bytes).finish();
        assert_ne!(of(b"abc\0"), of(b"abc"));
        assert_ne!(of(b"0123456789"), of(b"0123456798"));
    }
}
