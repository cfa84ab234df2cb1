//! Puts IP fragments together in memory that is allocated once.
//!
//! Where fragments overlap, what came first stands; differing content is reported, because only
//! an attack sends it.

use crate::headers::{Addr, Headers};
use alloc::boxed::Box;
use alloc::vec::Vec;
use vocab::{Ts, sat_usize};

/// Largest datagram payload. RFC 791 §3.1.
const DATAGRAM_MAX: usize = 65_536;
/// Fragments are placed in units of eight bytes.
const UNITS: usize = DATAGRAM_MAX / 8;
/// How long an incomplete datagram is kept, in nanoseconds. RFC 1122 §3.3.2 asks for 60 to 120 s
/// of hosts; a sensor needs no more than the capture's reordering.
const IDLE_NS_MAX: i64 = 30_000_000_000;

#[derive(Clone, Copy, PartialEq, Eq)]
struct Key {
    src: Addr,
    dst: Addr,
    id: u32,
    proto: u8,
    vlan: u16,
}

struct Slot {
    key: Option<Key>,
    first: Ts,
    /// Payload length, known once the last fragment came.
    len: Option<usize>,
    bytes: Box<[u8]>,
    have: Box<[u64]>,
}

/// What became of a fragment.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Kept; more must come.
    Held,
    /// The datagram is whole.
    Whole(&'a [u8]),
    /// Not kept: cut by the capture, beyond the largest datagram, or no room.
    Dropped,
}

/// The table of incomplete datagrams.
pub struct Fragments {
    slots: Vec<Slot>,
    evicted: u64,
    overlaps: u64,
}

impl core::fmt::Debug for Fragments {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Fragments")
            .field("slots", &self.slots.len())
            .field("evicted", &self.evicted)
            .finish_non_exhaustive()
    }
}

impl Fragments {
    /// Room for `datagrams_max` incomplete datagrams, 66 kB each.
    pub fn new(datagrams_max: usize) -> Self {
        let slot = || Slot {
            key: None,
            first: Ts::MIN,
            len: None,
            bytes: zeroed(DATAGRAM_MAX),
            have: zeroed(UNITS / 64),
        };
        Self { slots: (0..datagrams_max).map(|_| slot()).collect(), evicted: 0, overlaps: 0 }
    }

    /// Datagrams forgotten to make room, since the start.
    pub fn evicted(&self) -> u64 {
        self.evicted
    }

    /// Fragments whose overlap differed from what stood there, since the start.
    pub fn overlaps(&self) -> u64 {
        self.overlaps
    }

    /// Adds the fragment that `headers` describe; `piece` is its payload.
    pub fn add(&mut self, at: Ts, headers: &Headers, piece: &[u8]) -> Piece<'_> {
        let Some(fragment) = headers.fragment else { return Piece::Dropped };
        let start = sat_usize(u64::from(fragment.offset));
        let end = start.saturating_add(piece.len());
        if headers.payload.missing != 0 || end > DATAGRAM_MAX || piece.is_empty() {
            return Piece::Dropped;
        }
        let key = Key {
            src: headers.src,
            dst: headers.dst,
            id: fragment.id,
            proto: headers.ip_proto,
            vlan: headers.vlan,
        };
        let Some(at) = self.slot(key, at) else { return Piece::Dropped };
        let Some(slot) = self.slots.get_mut(at) else { return Piece::Dropped };
        if slot.write(start, piece) {
            self.overlaps = self.overlaps.saturating_add(1);
        }
        if !fragment.more {
            slot.len = Some(end);
        }
        match slot.len.filter(|len| slot.complete(*len)) {
            Some(len) => {
                slot.key = None;
                Piece::Whole(slot.bytes.get(..len).unwrap_or(&[]))
            }
            None => Piece::Held,
        }
    }

    /// The slot of this datagram, else a free one, else the oldest.
    fn slot(&mut self, key: Key, now: Ts) -> Option<usize> {
        if let Some(at) = self.slots.iter().position(|s| s.key == Some(key)) {
            let fresh = self.slots.get(at)?.first;
            if now.since_ns(fresh) <= IDLE_NS_MAX {
                return Some(at);
            }
            self.slots.get_mut(at)?.begin(key, now);
            return Some(at);
        }
        let at = if let Some(at) = self.slots.iter().position(|s| s.key.is_none()) {
            at
        } else {
            let (at, oldest) = self.slots.iter().enumerate().min_by_key(|(_, slot)| slot.first)?;
            if now.since_ns(oldest.first) <= IDLE_NS_MAX {
                self.evicted = self.evicted.saturating_add(1);
            }
            at
        };
        self.slots.get_mut(at)?.begin(key, now);
        Some(at)
    }
}

impl Slot {
    fn begin(&mut self, key: Key, now: Ts) {
        self.key = Some(key);
        self.first = now;
        self.len = None;
        self.have.fill(0);
    }

    /// Writes what is not there yet; true when something else was there already.
    fn write(&mut self, start: usize, piece: &[u8]) -> bool {
        let mut differs = false;
        let first_unit = start / 8;
        for (i, chunk) in piece.chunks(8).enumerate() {
            let unit = first_unit.saturating_add(i);
            let (word, bit) = (unit / 64, 1u64 << (unit % 64));
            let from = unit.saturating_mul(8);
            let Some(place) = self.bytes.get_mut(from..from.saturating_add(chunk.len())) else {
                return differs;
            };
            let Some(have) = self.have.get_mut(word) else { return differs };
            if *have & bit == 0 {
                place.copy_from_slice(chunk);
                *have |= bit;
            } else if place != chunk {
                differs = true;
            }
        }
        differs
    }

    fn complete(&self, len: usize) -> bool {
        let units = len.div_ceil(8);
        let full = self.have.iter().take(units / 64).all(|word| *word == u64::MAX);
        let rest = (1u64 << (units % 64)).wrapping_sub(1);
        full && self.have.get(units / 64).is_none_or(|word| word & rest == rest)
    }
}

fn zeroed<T: Clone + Default>(len: usize) -> Box<[T]> {
    alloc::vec![T::default(); len].into_boxed_slice()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::headers::{Fragment, Payload};

    fn piece(offset: u32, more: bool) -> Headers {
        Headers {
            fragment: Some(Fragment { id: 7, offset, more }),
            payload: Payload::default(),
            ..Headers::default()
        }
    }

    #[test]
    fn any_order_gives_the_datagram() {
        let data: Vec<u8> = (0..40u8).collect();
        for order in [[0usize, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1]] {
            let mut table = Fragments::new(2);
            let parts = [(0u32, &data[..16]), (16, &data[16..32]), (32, &data[32..])];
            let mut whole = None;
            for i in order {
                let (offset, bytes) = parts[i];
                if let Piece::Whole(b) = table.add(Ts(1), &piece(offset, i != 2), bytes) {
                    whole = Some(b.to_vec());
                }
            }
            assert_eq!(whole.as_deref(), Some(&data[..]), "order {order:?}");
        }
    }

    #[test]
    fn overlap_keeps_the_first_and_is_counted() {
        let mut table = Fragments::new(1);
        assert_eq!(table.add(Ts(1), &piece(0, true), &[1; 16]), Piece::Held);
        assert_eq!(table.add(Ts(1), &piece(8, true), &[2; 16]), Piece::Held);
        let Piece::Whole(bytes) = table.add(Ts(1), &piece(24, false), &[3; 4]) else {
            panic!("whole datagram expected")
        };
        assert_eq!(&bytes[8..16], &[1; 8]);
        assert_eq!(&bytes[16..24], &[2; 8]);
        assert_eq!(table.overlaps(), 1);
    }

    #[test]
    fn a_full_table_forgets_the_oldest_and_counts_it() {
        let mut table = Fragments::new(2);
        for id in 0..3 {
            let mut h = piece(0, true);
            h.fragment = Some(Fragment { id, offset: 0, more: true });
            assert_eq!(table.add(Ts(i64::from(id)), &h, &[0; 8]), Piece::Held);
        }
        assert_eq!(table.evicted(), 1);
    }

    #[test]
    fn beyond_the_largest_datagram_is_dropped() {
        let mut table = Fragments::new(1);
        assert_eq!(table.add(Ts(1), &piece(65_528, false), &[0; 9]), Piece::Dropped);
    }
}
