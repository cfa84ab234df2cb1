//! Buffers in three sizes, allocated once and lent out.

use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;

/// Room of each size in bytes: a segment, most messages, the largest messages with their header.
pub(crate) const SIZES: [usize; 3] = [2 << 10, 16 << 10, (64 << 10) + 512];

/// A lent buffer; holds bytes from its start.
#[derive(Debug)]
pub(crate) struct Buffer {
    room: Box<[u8]>,
    len: usize,
}

impl Buffer {
    /// The bytes put in so far.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.room.get(..self.len).unwrap_or(&[])
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Adds what fits; says how much did.
    pub(crate) fn append(&mut self, bytes: &[u8]) -> usize {
        let free = self.room.get_mut(self.len..).unwrap_or(&mut []);
        let fits = bytes.len().min(free.len());
        if let (Some(to), Some(from)) = (free.get_mut(..fits), bytes.get(..fits)) {
            to.copy_from_slice(from);
        }
        self.len = self.len.saturating_add(fits);
        fits
    }

    /// Drops bytes from the front.
    pub(crate) fn consume(&mut self, count: usize) {
        let count = count.min(self.len);
        self.room.copy_within(count..self.len, 0);
        self.len = self.len.saturating_sub(count);
    }
}

/// The free buffers by size.
pub(crate) struct Buffers {
    free: [Vec<Box<[u8]>>; 3],
}

impl Buffers {
    pub(crate) fn new(counts: [u32; 3]) -> Self {
        let pool = |size: usize, count: u32| {
            (0..count).map(|_| vec![0; size].into_boxed_slice()).collect()
        };
        let [small, medium, large] = counts;
        let [s, m, l] = SIZES;
        Self { free: [pool(s, small), pool(m, medium), pool(l, large)] }
    }

    /// An empty buffer with room for `len` bytes; `None` when there is none.
    pub(crate) fn take(&mut self, len: usize) -> Option<Buffer> {
        let fitting = SIZES.iter().zip(&mut self.free).filter(|(size, _)| **size >= len);
        let room = fitting.into_iter().find_map(|(_, free)| free.pop())?;
        Some(Buffer { room, len: 0 })
    }

    /// Takes a buffer back.
    pub(crate) fn put(&mut self, buffer: Buffer) {
        let size = buffer.room.len();
        if let Some((_, free)) = SIZES.iter().zip(&mut self.free).find(|(s, _)| **s == size) {
            free.push(buffer.room);
        }
    }

    /// Makes sure `buffer` has room for `len` bytes in all, moving it to a larger one.
    pub(crate) fn grow(&mut self, buffer: &mut Buffer, len: usize) -> bool {
        if buffer.room.len() >= len {
            return true;
        }
        let Some(mut larger) = self.take(len) else { return false };
        larger.append(buffer.bytes());
        self.put(core::mem::replace(buffer, larger));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buffers_come_back_and_run_out() {
        let mut pool = Buffers::new([1, 1, 0]);
        let mut a = pool.take(10).unwrap();
        assert_eq!(a.append(&[7; 3000]), 2048, "only what fits");
        assert!(pool.grow(&mut a, 3000));
        assert_eq!(a.append(&[8; 952]), 952);
        a.consume(2048);
        assert_eq!(a.bytes(), [8; 952]);
        assert!(pool.take(5000).is_none(), "the medium buffer is lent");
        assert!(pool.take(1).is_some(), "the small one came back when growing");
        pool.put(a);
        assert!(pool.take(5000).is_some());
    }
}
