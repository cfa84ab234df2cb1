//! Messages in segments, put together in order. ASHRAE 135-2020 clause 5.2.

use dissect::Cx;

/// Most bytes of a message in segments; the standard allows 255 segments of 1,476 bytes, devices
/// announce 64 at most.
const BYTES_MAX: usize = 64 << 10;

/// One direction's message in segments: one at a time, the latest that began.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Segments {
    /// Which exchange it belongs to.
    key: u64,
    /// The sequence number expected next.
    next: u8,
    /// Some of it is kept.
    active: bool,
}

/// A segment as its header tells. Clauses 20.1.2, 20.1.5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    /// Which exchange it belongs to.
    pub(super) key: u64,
    /// Counts the segments from 0, modulo 256.
    pub(super) sequence: u8,
    /// Others follow.
    pub(super) more: bool,
}

impl Segments {
    /// Keeps a segment; true when the message is whole and waits in the context's stash.
    /// Segments sent again are passed over; one that is missing loses the message.
    pub(super) fn add(&mut self, cx: &mut Cx<'_>, segment: Segment, body: &[u8]) -> bool {
        if segment.sequence == 0 && !(self.active && self.next == 0 && self.key == segment.key) {
            cx.drop_stash();
            *self = Self { key: segment.key, next: 0, active: true };
        }
        if !self.active || self.key != segment.key {
            return false;
        }
        if segment.sequence != self.next {
            // Up to half of the numbers back is a repetition. Clause 5.3.
            let behind = self.next.wrapping_sub(segment.sequence);
            if behind > 128 {
                self.forget(cx);
            }
            return false;
        }
        if cx.cut() || !cx.stash(body, BYTES_MAX) {
            self.forget(cx);
            return false;
        }
        self.next = self.next.wrapping_add(1);
        self.active = segment.more;
        !segment.more
    }

    fn forget(&mut self, cx: &mut Cx<'_>) {
        self.active = false;
        cx.drop_stash();
    }
}
