//! Requests that wait for their answer: one pool for all flows, a list per flow.

use crate::context::Pending;
use alloc::vec::Vec;
use vocab::{FrameId, Ts, sat_u32, sat_usize};

/// End of a list.
pub(crate) const NONE: u32 = u32::MAX;
/// How long an answer is waited for, in nanoseconds: what is forgotten later is no loss.
const ANSWER_NS_MAX: i64 = 60_000_000_000;
/// Bytes of a note.
pub(crate) const NOTE_BYTES: usize = 240;

struct Open {
    tx: u64,
    pending: Pending,
    note: u32,
    next: u32,
}

#[derive(Clone, Copy)]
struct Note {
    len: u8,
    bytes: [u8; NOTE_BYTES],
}

/// The pool of waiting requests.
pub(crate) struct Opens {
    slots: Vec<Open>,
    free: u32,
    notes: Vec<Note>,
    free_notes: Vec<u32>,
}

/// The waiting requests of one flow's protocol, newest first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OpenList {
    head: u32,
    count: u16,
}

impl Default for OpenList {
    fn default() -> Self {
        Self { head: NONE, count: 0 }
    }
}

/// What became of a new request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opened {
    Kept,
    /// An older request was forgotten for it, or it found no room.
    Lost,
}

impl Opens {
    pub(crate) fn new(slots: u32, notes: u32) -> Self {
        let size = |n: u32| sat_usize(u64::from(n));
        Self {
            slots: Vec::with_capacity(size(slots)),
            free: NONE,
            notes: Vec::with_capacity(size(notes)),
            free_notes: Vec::with_capacity(size(notes)),
        }
    }

    fn get(&self, at: u32) -> Option<&Open> {
        self.slots.get(sat_usize(u64::from(at)))
    }

    fn get_mut(&mut self, at: u32) -> Option<&mut Open> {
        self.slots.get_mut(sat_usize(u64::from(at)))
    }

    /// Adds a request; the same key again replaces the earlier one (a retry).
    pub(crate) fn open(
        &mut self,
        list: &mut OpenList,
        limit: u16,
        tx: u64,
        pending: Pending,
    ) -> Opened {
        self.close(list, tx);
        let mut outcome = Opened::Kept;
        if list.count >= limit
            && let Some(oldest) = self.drop_last(list)
            && pending.at.since_ns(oldest.at) <= ANSWER_NS_MAX
        {
            outcome = Opened::Lost;
        }
        let fresh = Open { tx, pending, note: NONE, next: list.head };
        let at = if self.free != NONE {
            let at = self.free;
            if let Some(slot) = self.get_mut(at) {
                let next_free = slot.next;
                *slot = fresh;
                self.free = next_free;
            }
            at
        } else if self.slots.len() < self.slots.capacity() {
            let at = sat_u32(self.slots.len());
            self.slots.push(fresh);
            at
        } else {
            return Opened::Lost;
        };
        list.head = at;
        list.count = list.count.saturating_add(1);
        outcome
    }

    /// The request with this key, without closing it.
    pub(crate) fn find(&self, list: &OpenList, tx: u64) -> Option<&Pending> {
        let mut at = list.head;
        while let Some(open) = self.get(at) {
            if open.tx == tx {
                return Some(&open.pending);
            }
            at = open.next;
        }
        None
    }

    /// Keeps bytes with the request with this key; false where there is no room.
    pub(crate) fn note(&mut self, list: &OpenList, tx: u64, bytes: &[u8]) -> bool {
        let Some(at) = self.position(list, tx) else { return false };
        let mut note = Note { len: vocab::sat_u8(bytes.len().min(NOTE_BYTES)), bytes: [0; 240] };
        if let (Some(to), Some(from)) =
            (note.bytes.get_mut(..usize::from(note.len)), bytes.get(..usize::from(note.len)))
        {
            to.copy_from_slice(from);
        }
        let index = if let Some(index) = self.free_notes.pop() {
            if let Some(slot) = self.notes.get_mut(sat_usize(u64::from(index))) {
                *slot = note;
            }
            index
        } else if self.notes.len() < self.notes.capacity() {
            let index = sat_u32(self.notes.len());
            self.notes.push(note);
            index
        } else {
            return false;
        };
        let old = self.get_mut(at).map(|open| core::mem::replace(&mut open.note, index));
        self.free_note(old.unwrap_or(NONE));
        bytes.len() <= NOTE_BYTES
    }

    /// The bytes kept with a request; empty where there are none.
    pub(crate) fn noted(&self, list: &OpenList, tx: u64, out: &mut [u8; NOTE_BYTES]) -> usize {
        let note = self.position(list, tx).and_then(|at| self.get(at)).map(|open| open.note);
        let Some(note) = note.and_then(|n| self.notes.get(sat_usize(u64::from(n)))) else {
            return 0;
        };
        *out = note.bytes;
        usize::from(note.len)
    }

    fn position(&self, list: &OpenList, tx: u64) -> Option<u32> {
        let mut at = list.head;
        while let Some(open) = self.get(at) {
            if open.tx == tx {
                return Some(at);
            }
            at = open.next;
        }
        None
    }

    /// Takes the request with this key off the list.
    pub(crate) fn close(&mut self, list: &mut OpenList, tx: u64) -> Option<Pending> {
        let (mut before, mut at) = (NONE, list.head);
        loop {
            let open = self.get(at)?;
            let next = open.next;
            if open.tx == tx {
                let pending = open.pending;
                self.unlink(list, before, at, next);
                return Some(pending);
            }
            (before, at) = (at, next);
        }
    }

    /// Forgets the oldest request of a list; says which.
    fn drop_last(&mut self, list: &mut OpenList) -> Option<Pending> {
        let (mut before, mut at) = (NONE, list.head);
        loop {
            let open = self.get(at)?;
            let next = open.next;
            if next == NONE {
                let pending = open.pending;
                self.unlink(list, before, at, NONE);
                return Some(pending);
            }
            (before, at) = (at, next);
        }
    }

    /// Forgets all requests of a list.
    pub(crate) fn clear(&mut self, list: &mut OpenList) {
        while list.head != NONE {
            let at = list.head;
            let next = self.get(at).map_or(NONE, |open| open.next);
            self.unlink(list, NONE, at, next);
        }
        list.count = 0;
    }

    fn unlink(&mut self, list: &mut OpenList, before: u32, at: u32, next: u32) {
        if before == NONE {
            list.head = next;
        } else if let Some(open) = self.get_mut(before) {
            open.next = next;
        }
        let free = self.free;
        let mut note = NONE;
        if let Some(open) = self.get_mut(at) {
            note = core::mem::replace(&mut open.note, NONE);
            open.next = free;
        }
        self.free = at;
        self.free_note(note);
        list.count = list.count.saturating_sub(1);
    }

    fn free_note(&mut self, note: u32) {
        if note != NONE && self.free_notes.len() < self.free_notes.capacity() {
            self.free_notes.push(note);
        }
    }
}

/// The time and place of a request, for its answer.
pub(crate) fn pending(at: Ts, frame: FrameId, op: &vocab::Op<'_>) -> Pending {
    Pending {
        at,
        frame,
        code: op.code,
        sub: op.sub,
        unit: op.unit,
        args: op.args.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(code: u32) -> Pending {
        Pending { at: Ts(1), frame: FrameId::default(), code, sub: None, unit: None, args: [0; 4] }
    }

    #[test]
    fn answers_find_their_request_in_any_order() {
        let mut opens = Opens::new(8, 2);
        let mut list = OpenList::default();
        for tx in 0..4u8 {
            let opened = opens.open(&mut list, 8, u64::from(tx), sample(u32::from(tx)));
            assert_eq!(opened, Opened::Kept);
        }
        for tx in [2u64, 0, 3, 1] {
            assert_eq!(opens.close(&mut list, tx).map(|p| u64::from(p.code)), Some(tx));
            assert_eq!(opens.close(&mut list, tx), None, "closed once");
        }
    }

    #[test]
    fn a_full_list_forgets_its_oldest() {
        let mut opens = Opens::new(8, 2);
        let mut list = OpenList::default();
        assert_eq!(opens.open(&mut list, 2, 1, sample(1)), Opened::Kept);
        assert_eq!(opens.open(&mut list, 2, 2, sample(2)), Opened::Kept);
        assert_eq!(opens.open(&mut list, 2, 3, sample(3)), Opened::Lost);
        assert_eq!(opens.find(&list, 1), None);
        assert!(opens.find(&list, 2).is_some() && opens.find(&list, 3).is_some());
    }

    #[test]
    fn a_request_that_nobody_answered_is_no_loss() {
        let mut opens = Opens::new(8, 2);
        let mut list = OpenList::default();
        let late = Pending { at: Ts(ANSWER_NS_MAX + 2), ..sample(2) };
        assert_eq!(opens.open(&mut list, 1, 1, sample(1)), Opened::Kept);
        assert_eq!(opens.open(&mut list, 1, 2, late), Opened::Kept);
        assert_eq!(opens.find(&list, 1), None);
    }

    #[test]
    fn a_full_pool_keeps_what_it_has() {
        let mut opens = Opens::new(1, 1);
        let (mut a, mut b) = (OpenList::default(), OpenList::default());
        assert_eq!(opens.open(&mut a, 4, 1, sample(1)), Opened::Kept);
        assert_eq!(opens.open(&mut b, 4, 1, sample(1)), Opened::Lost);
        assert!(opens.note(&a, 1, &[1, 2, 3]));
        let mut out = [0; NOTE_BYTES];
        assert_eq!(opens.noted(&a, 1, &mut out), 3);
        opens.clear(&mut a);
        assert_eq!(opens.open(&mut b, 4, 1, sample(1)), Opened::Kept);
        assert!(opens.note(&b, 1, &[9]), "the note's room came back");
    }
}
