//! The flow table: open addressing over an array of flows, nothing allocated after the start.

use crate::flow::{Flow, Key, Phase, VLAN_UNSEEN};
use alloc::vec;
use alloc::vec::Vec;
use vocab::{Dir, Transport, Ts, low_u32, sat_u32, sat_usize};

/// Flows looked at when one must go.
const VICTIMS_MAX: usize = 32;
/// Idle time after which a flow is forgotten, in seconds.
const IDLE_TCP_S: i64 = 3_600;
const IDLE_OTHER_S: i64 = 300;
const IDLE_SILENT_S: i64 = 120;
const IDLE_CLOSED_S: i64 = 10;

pub(crate) struct Table {
    /// Hash in the upper half, flow number plus one in the lower; 0 is empty.
    index: Vec<u64>,
    slots: Vec<Option<Flow>>,
    free: Vec<u32>,
    /// Where the search for idle flows goes on.
    hand: usize,
    seed: u64,
}

impl Table {
    pub(crate) fn new(flows: u32, seed: u64) -> Self {
        let flows = sat_usize(u64::from(flows)).max(1);
        let index = flows.saturating_mul(2).next_power_of_two();
        Self {
            index: vec![0; index],
            slots: Vec::with_capacity(flows),
            free: Vec::with_capacity(flows),
            hand: 0,
            seed,
        }
    }

    pub(crate) fn get(&self, number: u32) -> Option<&Flow> {
        self.slots.get(sat_usize(u64::from(number)))?.as_ref()
    }

    pub(crate) fn get_mut(&mut self, number: u32) -> Option<&mut Flow> {
        self.slots.get_mut(sat_usize(u64::from(number)))?.as_mut()
    }

    /// How many flow numbers were ever given out.
    pub(crate) fn numbers(&self) -> u32 {
        sat_u32(self.slots.len())
    }

    pub(crate) fn is_full(&self) -> bool {
        self.free.is_empty() && self.slots.len() == self.slots.capacity()
    }

    fn mask(&self) -> usize {
        self.index.len().saturating_sub(1)
    }

    fn tag(&self, key: &Key) -> u32 {
        low_u32(key.hash(self.seed) >> 32)
    }

    /// The flow with this key. The VLAN must be the one seen in this direction before; where none
    /// was seen, a flow with the same VLAN the other way goes first, then any.
    pub(crate) fn find(&self, key: &Key, dir: Dir, vlan: u16) -> Option<u32> {
        let tag = self.tag(key);
        let mask = self.mask();
        let mut at = sat_usize(u64::from(tag)) & mask;
        let mut fallback = None;
        loop {
            let cell = *self.index.get(at)?;
            if cell == 0 {
                return fallback;
            }
            if low_u32(cell >> 32) == tag {
                let number = low_u32(cell).wrapping_sub(1);
                if let Some(flow) = self.get(number).filter(|flow| flow.key == *key) {
                    let seen = |dir: Dir| *flow.vlans.get(dir.index()).unwrap_or(&VLAN_UNSEEN);
                    if seen(dir) == vlan || (seen(dir) == VLAN_UNSEEN && seen(dir.flip()) == vlan) {
                        return Some(number);
                    }
                    if seen(dir) == VLAN_UNSEEN {
                        fallback = fallback.or(Some(number));
                    }
                }
            }
            at = at.wrapping_add(1) & mask;
        }
    }

    /// Adds a flow; `None` when the table is full.
    pub(crate) fn insert(&mut self, flow: Flow) -> Option<u32> {
        let tag = self.tag(&flow.key);
        let number = if let Some(number) = self.free.pop() {
            if let Some(slot) = self.slots.get_mut(sat_usize(u64::from(number))) {
                *slot = Some(flow);
            }
            number
        } else if self.slots.len() < self.slots.capacity() {
            self.slots.push(Some(flow));
            sat_u32(self.slots.len()).wrapping_sub(1)
        } else {
            return None;
        };
        let mask = self.mask();
        let mut at = sat_usize(u64::from(tag)) & mask;
        while self.index.get(at).is_some_and(|cell| *cell != 0) {
            at = at.wrapping_add(1) & mask;
        }
        if let Some(cell) = self.index.get_mut(at) {
            *cell = u64::from(tag) << 32 | u64::from(number.wrapping_add(1));
        }
        Some(number)
    }

    /// Takes a flow out.
    pub(crate) fn remove(&mut self, number: u32) -> Option<Flow> {
        let flow = self.slots.get_mut(sat_usize(u64::from(number)))?.take()?;
        self.free.push(number);
        let tag = self.tag(&flow.key);
        let mask = self.mask();
        let wanted = u64::from(tag) << 32 | u64::from(number.wrapping_add(1));
        let mut at = sat_usize(u64::from(tag)) & mask;
        while self.index.get(at).is_some_and(|cell| *cell != wanted && *cell != 0) {
            at = at.wrapping_add(1) & mask;
        }
        self.close_hole(at);
        Some(flow)
    }

    /// Moves later cells of the run back, so that no search stops early.
    fn close_hole(&mut self, mut hole: usize) {
        let mask = self.mask();
        let mut at = hole;
        loop {
            at = at.wrapping_add(1) & mask;
            let Some(cell) = self.index.get(at).copied().filter(|cell| *cell != 0) else { break };
            let home = sat_usize(cell >> 32) & mask;
            // The cell may move when its home is not between the hole and its place.
            let stays = at.wrapping_sub(home) & mask < at.wrapping_sub(hole) & mask;
            if !stays {
                if let Some(place) = self.index.get_mut(hole) {
                    *place = cell;
                }
                hole = at;
            }
        }
        if let Some(place) = self.index.get_mut(hole) {
            *place = 0;
        }
    }

    /// The flow that is missed least: closed, without payload, then longest idle, among the next
    /// few.
    pub(crate) fn victim(&mut self) -> Option<u32> {
        let mut best: Option<(u8, Ts, usize)> = None;
        for _ in 0..VICTIMS_MAX.min(self.slots.len()) {
            self.hand = if self.hand >= self.slots.len() { 0 } else { self.hand };
            if let Some(Some(flow)) = self.slots.get(self.hand) {
                let class = match (flow.closed, flow.phase) {
                    (true, _) => 0,
                    (false, Phase::Silent) => 1,
                    (false, Phase::Ignored | Phase::Probing) => 2,
                    (false, Phase::Bound) => 3,
                };
                let candidate = (class, flow.last, self.hand);
                best = Some(best.map_or(candidate, |b| b.min(candidate)));
            }
            self.hand = self.hand.wrapping_add(1);
        }
        best.map(|(_, _, at)| sat_u32(at))
    }

    /// The next flow, of `count` looked at, that is idle at `now`.
    pub(crate) fn next_idle(&mut self, now: Ts, count: &mut u32) -> Option<u32> {
        while *count > 0 && !self.slots.is_empty() {
            *count = count.saturating_sub(1);
            self.hand = if self.hand >= self.slots.len() { 0 } else { self.hand };
            let at = self.hand;
            self.hand = self.hand.wrapping_add(1);
            if let Some(Some(flow)) = self.slots.get(at)
                && is_idle(flow, now)
            {
                return Some(sat_u32(at));
            }
        }
        None
    }
}

/// Nothing came for so long that the next packet starts a new flow.
pub(crate) fn is_idle(flow: &Flow, now: Ts) -> bool {
    let limit_s = match (flow.closed, flow.phase, flow.key.transport) {
        (true, ..) => IDLE_CLOSED_S,
        (false, Phase::Silent, _) => IDLE_SILENT_S,
        (false, _, Transport::Tcp) => IDLE_TCP_S,
        (false, _, Transport::Udp | Transport::Ip | Transport::Ethernet) => IDLE_OTHER_S,
    };
    now.since_ns(flow.last) > limit_s.saturating_mul(1_000_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocab::FrameId;

    fn key(n: u32) -> Key {
        Key {
            low: u128::from(n),
            high: u128::from(n) + 1,
            ports: n,
            transport: Transport::Tcp,
            selector: 6,
            macs: false,
        }
    }

    fn flow(n: u32) -> Flow {
        let mut flow = Flow::new(key(n), Dir::Up, Ts(i64::from(n)), FrameId::default());
        flow.vlans = [0, 0];
        flow
    }

    #[test]
    fn finds_what_is_in_after_any_removals() {
        let mut table = Table::new(512, 3);
        let numbers: Vec<u32> = (0..512).map(|n| table.insert(flow(n)).unwrap()).collect();
        assert!(table.is_full() && table.insert(flow(9999)).is_none());
        for n in (0..512).step_by(3) {
            let number = numbers[usize::try_from(n).unwrap()];
            assert_eq!(table.remove(number).map(|f| f.key), Some(key(n)));
        }
        for n in 0..512u32 {
            let found = table.find(&key(n), Dir::Up, 0);
            assert_eq!(found.is_some(), n % 3 != 0, "flow {n}");
        }
        for n in (0..512).step_by(3) {
            assert!(table.insert(flow(n)).is_some());
        }
        assert!((0..512).all(|n| table.find(&key(n), Dir::Down, 0).is_some()));
    }

    #[test]
    fn equal_addresses_in_two_vlans_are_two_flows() {
        let mut table = Table::new(8, 3);
        let mut ten = flow(1);
        ten.vlans = [10, VLAN_UNSEEN];
        let ten = table.insert(ten).unwrap();
        assert_eq!(table.find(&key(1), Dir::Up, 20), None);
        assert_eq!(
            table.find(&key(1), Dir::Down, 20),
            Some(ten),
            "answers may be tagged otherwise"
        );
        let mut twenty = flow(1);
        twenty.vlans = [20, VLAN_UNSEEN];
        let twenty = table.insert(twenty).unwrap();
        assert_eq!(table.find(&key(1), Dir::Down, 20), Some(twenty), "the same VLAN goes first");
        assert_eq!(table.find(&key(1), Dir::Down, 10), Some(ten));
    }

    #[test]
    fn the_victim_is_silent_rather_than_bound() {
        let mut table = Table::new(4, 3);
        for n in 0..4 {
            let mut f = flow(n);
            f.phase = if n == 2 { Phase::Silent } else { Phase::Bound };
            table.insert(f).unwrap();
        }
        assert_eq!(table.victim(), Some(2));
    }
}
