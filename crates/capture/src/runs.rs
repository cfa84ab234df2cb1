//! Frames of one kind in a run.
//!
//! On a plant's network the protocol changes with every frame, and the code of all protocols does
//! not fit into a core's nearest memory: each frame would wait for its own. A block's frames are
//! worked on kind by kind instead. Frames between the same two hosts keep their order, which is
//! all that an engine needs: other threads take the frames of other hosts anyway.

use crate::block::{Block, Record};
use decode::{LATE_NS_MAX, Lane};

/// Kinds that are told apart.
const KINDS: usize = 256;
/// Places that remember a pair's kind; pairs that share one share the kind.
const PLACES: usize = 4_096;
/// Frames below which nothing is gained.
const FEW: usize = 16;

/// The order in which to work on a block's frames, and whose each is. Used again and again.
#[derive(Debug)]
pub struct Runs {
    /// Positions in the block.
    order: Vec<u32>,
    /// Of each frame of the block: its worker.
    owners: Vec<u8>,
    /// Of each frame of the block: its kind.
    kinds: Vec<u8>,
    /// The kind of each place, one more than it; 0 for none yet.
    places: Vec<u16>,
}

impl Default for Runs {
    fn default() -> Self {
        let (order, owners, kinds) = (Vec::new(), Vec::new(), Vec::new());
        Self { order, owners, kinds, places: vec![0; PLACES] }
    }
}

impl Runs {
    /// Arranges a block's frames for so many workers.
    pub fn arrange(&mut self, block: &Block, workers: u8) {
        self.order.clear();
        self.owners.clear();
        self.kinds.clear();
        let records = block.records();
        let mut start = 0;
        while let Some(first) = records.get(start) {
            let late = |record: &&Record| record.at.since_ns(first.at).abs() > LATE_NS_MAX;
            let rest = records.get(start..).unwrap_or(&[]);
            let len = rest.iter().take_while(|record| !late(record)).count();
            let stretch = rest.get(..len).unwrap_or(rest);
            self.stretch(block, stretch, start, workers);
            start += len.max(1);
        }
    }

    /// Arranges frames of which none is later than another by more than may be.
    fn stretch(&mut self, block: &Block, records: &[Record], start: usize, workers: u8) {
        self.places.fill(0);
        let mut counts = [0_u32; KINDS];
        for record in records {
            let Lane { pair, kind } = decode::lane(&block.frame(record));
            let own = u8::try_from(pair % u32::from(workers.max(1))).unwrap_or(0);
            self.owners.push(own);
            // The lower bits say whose it is.
            let place = vocab::sat_usize(u64::from(pair >> 16)) % PLACES;
            let kind = self.places.get_mut(place).map_or(kind, |known| {
                if *known == 0 {
                    *known = u16::from(kind) + 1;
                }
                vocab::low_u8(u64::from(*known - 1))
            });
            self.kinds.push(kind);
            counts[usize::from(kind)] += 1;
        }
        let first = vocab::sat_u32(start);
        let end = first.saturating_add(vocab::sat_u32(records.len()));
        if records.len() < FEW {
            self.order.extend(first..end);
            return;
        }
        let mut next = first;
        for count in &mut counts {
            next += std::mem::replace(count, next);
        }
        self.order.resize(start + records.len(), 0);
        for at in first..end {
            let kind = self.kinds.get(at as usize).copied().unwrap_or(0);
            let place = &mut counts[usize::from(kind)];
            if let Some(slot) = self.order.get_mut(*place as usize) {
                *slot = at;
            }
            *place += 1;
        }
    }

    /// Positions of one worker's frames, in the order in which to work on them.
    pub fn of(&self, worker: u8) -> impl Iterator<Item = usize> + '_ {
        let all = self.order.iter().map(|at| *at as usize);
        all.filter(move |at| self.owners.get(*at) == Some(&worker))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use decode::{Frame, LinkType};
    use vocab::{FrameId, Ts};

    /// A frame between two hosts, to or from a port of the second.
    fn bytes(client: u8, server: u8, port: u16, answer: bool) -> Vec<u8> {
        let mut bytes = vec![0; 60];
        bytes[12..16].copy_from_slice(&[8, 0, 0x45, 0]);
        bytes[23] = 6;
        let (mut hosts, mut ports) = ([client, server], [40_000, port]);
        if answer {
            hosts.reverse();
            ports.reverse();
        }
        bytes[26..30].copy_from_slice(&[10, 0, 0, hosts[0]]);
        bytes[30..34].copy_from_slice(&[10, 0, 0, hosts[1]]);
        bytes[34..36].copy_from_slice(&u16::to_be_bytes(ports[0]));
        bytes[36..38].copy_from_slice(&u16::to_be_bytes(ports[1]));
        bytes
    }

    /// Sixty frames: each of ten pairs speaks one of two protocols, in turns.
    fn block(step_ns: i64) -> Block {
        let mut block = Block::new();
        for number in 0..60_u8 {
            let pair = number % 10;
            let port = if pair % 2 == 0 { 502 } else { 102 };
            let bytes = bytes(pair, 100 + pair, port, number % 20 >= 10);
            let id = FrameId { file: 0, number: u64::from(number) };
            let at = Ts(i64::from(number) * step_ns);
            let link = LinkType::ETHERNET;
            block.push(&Frame { at, id, link, bytes: &bytes, wire_len: 60, vlan: 0 });
        }
        block
    }

    #[test]
    fn kinds_come_in_runs_and_pairs_keep_their_order() {
        let mut runs = Runs::default();
        for workers in [1, 3] {
            runs.arrange(&block(1_000), workers);
            let mut all = Vec::new();
            for worker in 0..workers {
                let own: Vec<usize> = runs.of(worker).collect();
                let changes = own.windows(2).filter(|two| two[0] % 2 != two[1] % 2).count();
                assert!(changes <= 1, "{own:?}");
                for pair in 0..10 {
                    let of: Vec<usize> = own.iter().copied().filter(|at| at % 10 == pair).collect();
                    assert!(of.is_sorted(), "{of:?}");
                    assert!(of.is_empty() || of.len() == 6, "a pair has one worker");
                }
                all.extend(own);
            }
            all.sort_unstable();
            assert_eq!(all, (0..60).collect::<Vec<_>>());
        }
    }

    #[test]
    fn no_frame_is_later_than_may_be() {
        let mut runs = Runs::default();
        let step = LATE_NS_MAX / 20;
        runs.arrange(&block(step), 1);
        let order: Vec<usize> = runs.of(0).collect();
        assert_ne!(order, (0..60).collect::<Vec<_>>());
        let mut latest = 0;
        for at in order {
            latest = latest.max(at);
            assert!(latest - at <= 20);
        }
        // Frames of seconds apart stay as they are.
        runs.arrange(&block(2 * LATE_NS_MAX), 1);
        assert_eq!(runs.of(0).collect::<Vec<_>>(), (0..60).collect::<Vec<_>>());
    }
}
