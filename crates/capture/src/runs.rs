//! Frames of one kind in a run.
//!
//! On a plant's network the protocol changes with every frame, and the code of all protocols does
//! not fit into a core's nearest memory, nor do all flows: each frame would wait for its own. A
//! block's frames are worked on kind by kind, and pair of hosts by pair of hosts. Frames between
//! the same two hosts keep their order, which is all that an engine needs: other threads take the
//! frames of other hosts anyway.

use crate::block::Block;
use decode::{LATE_NS_MAX, Lane};
use vocab::Ts;

/// Kinds that are told apart.
const KINDS: usize = 256;
/// Places of pairs; pairs that share one are taken together.
const PLACES: usize = 4_096;
/// End of a list.
const NONE: u32 = u32::MAX;

/// A list: its first and its last entry.
#[derive(Clone, Copy, Debug)]
struct List {
    first: u32,
    last: u32,
}

const EMPTY: List = List { first: NONE, last: NONE };

impl List {
    /// Adds an entry behind the others; `next` holds for each entry the one behind it.
    fn push(&mut self, entry: u32, next: &mut [u32]) {
        if let Some(before) = next.get_mut(self.last as usize) {
            *before = entry;
        } else {
            self.first = entry;
        }
        self.last = entry;
    }
}

/// The order in which to work on a block's frames, and whose each is. Used again and again.
#[derive(Debug)]
pub struct Runs {
    /// Positions in the block.
    order: Vec<u32>,
    /// Of each frame of the block: its worker.
    owners: Vec<u8>,
    /// Of each frame of the block: the next one at its place.
    next: Vec<u32>,
    /// The frames of each place.
    places: Vec<List>,
    /// The places of each kind: that of the first frame there.
    kinds: Vec<List>,
    /// Of each place: the next one of its kind.
    behind: Vec<u32>,
}

impl Default for Runs {
    fn default() -> Self {
        Self {
            order: Vec::new(),
            owners: Vec::new(),
            next: Vec::new(),
            places: vec![EMPTY; PLACES],
            kinds: vec![EMPTY; KINDS],
            behind: vec![NONE; PLACES],
        }
    }
}

impl Runs {
    /// Arranges a block's frames for so many workers.
    pub fn arrange(&mut self, block: &Block, workers: u8) {
        self.order.clear();
        self.owners.clear();
        self.next.clear();
        self.next.resize(block.len(), NONE);
        let mut first: Option<Ts> = None;
        for (at, record) in block.records().iter().enumerate() {
            if first.is_some_and(|first| record.at.since_ns(first).abs() > LATE_NS_MAX) {
                self.take();
                first = None;
            }
            first = first.or(Some(record.at));
            let Lane { pair, kind } = decode::lane(&block.frame(record));
            self.owners.push(u8::try_from(pair % u32::from(workers.max(1))).unwrap_or(0));
            self.enter(vocab::sat_u32(at), pair, kind);
        }
        self.take();
    }

    /// Enters a frame at its pair's place.
    fn enter(&mut self, at: u32, pair: u32, kind: u8) {
        // The lower bits say whose it is.
        let place = (pair >> 16) as usize % PLACES;
        let Some(list) = self.places.get_mut(place) else { return };
        if list.first == NONE
            && let Some(kind) = self.kinds.get_mut(usize::from(kind))
        {
            kind.push(vocab::sat_u32(place), &mut self.behind);
        }
        list.push(at, &mut self.next);
    }

    /// Takes what was entered into the order, kind by kind and place by place.
    fn take(&mut self) {
        for kind in &mut self.kinds {
            let mut place = std::mem::replace(kind, EMPTY).first;
            while let Some(list) = self.places.get_mut(place as usize) {
                let mut at = std::mem::replace(list, EMPTY).first;
                while let Some(next) = self.next.get(at as usize) {
                    self.order.push(at);
                    at = *next;
                }
                let behind = self.behind.get_mut(place as usize);
                place = behind.map_or(NONE, |behind| std::mem::replace(behind, NONE));
            }
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
    use vocab::FrameId;

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
