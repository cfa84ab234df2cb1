//! TCP: segments into order, order into messages.
//!
//! ```text
//! segment ─ in order ──────────────► feed ─ whole message inside the segment ─► step(slice)
//!    │                                 └─ message in pieces ─► held buffer ─► step(buffer)
//!    ├─ old ─► ignored (retransmission, keep-alive)
//!    └─ early ─► waits ─ gap filled ─► feed
//!                   └─ other side acknowledged it, too many, too long ─► gap ─► feed
//! ```

use crate::buffers::Buffer;
use crate::context::FactCx;
use crate::flow::{Phase, distance, step};
use crate::identify::Verdict;
use crate::opens::NONE;
use crate::session::{Session, lost_bytes};
use crate::traits::{Hint, Input, Probe, Registry, Step};
use alloc::vec::Vec;
use decode::TcpHeader;
use vocab::{LossKind, Ts, sat_u32, sat_usize};

/// Segments of one direction that may wait.
const WAITING_MAX: u8 = 32;
/// How long a segment waits for an earlier one, in nanoseconds.
const WAIT_NS_MAX: i64 = 1_000_000_000;
/// Sequence numbers further away than this belong to another connection.
const WINDOW_MAX: i32 = 1 << 26;
/// Bytes of a stream's beginning that probes may ask for.
const HEAD_MAX: usize = 1_024;
/// Segments of a stream joined in the middle that may fail to be recognised.
const TRIES_MAX: u8 = 16;
/// Steps without a message after which a protocol is given up.
const STRIKES_MAX: u8 = 24;

#[derive(Clone, Copy)]
struct Segment {
    seq: u32,
    at: Ts,
    held: u32,
    next: u32,
}

/// Segments that wait for an earlier one: a pool, a list in sequence order per direction.
pub(crate) struct Waiting {
    slots: Vec<Segment>,
    free: Vec<u32>,
}

impl Waiting {
    pub(crate) fn new(count: u32) -> Self {
        let count = sat_usize(u64::from(count));
        Self { slots: Vec::with_capacity(count), free: Vec::with_capacity(count) }
    }

    fn get(&self, at: u32) -> Option<&Segment> {
        self.slots.get(sat_usize(u64::from(at)))
    }

    fn add(&mut self, segment: Segment) -> Option<u32> {
        if let Some(at) = self.free.pop() {
            *self.slots.get_mut(sat_usize(u64::from(at)))? = segment;
            return Some(at);
        }
        if self.slots.len() == self.slots.capacity() {
            return None;
        }
        self.slots.push(segment);
        Some(sat_u32(self.slots.len()).wrapping_sub(1))
    }

    /// Puts a segment into a list, in order.
    fn insert(&mut self, head: &mut u32, mut segment: Segment) -> bool {
        let (mut before, mut at) = (NONE, *head);
        while let Some(other) = self.get(at) {
            if distance(segment.seq, other.seq) > 0 {
                break;
            }
            (before, at) = (at, other.next);
        }
        segment.next = at;
        let Some(fresh) = self.add(segment) else { return false };
        match self.slots.get_mut(sat_usize(u64::from(before))) {
            Some(other) if before != NONE => other.next = fresh,
            _ => *head = fresh,
        }
        true
    }

    fn pop(&mut self, head: &mut u32) -> Option<Segment> {
        let segment = *self.get(*head)?;
        self.free.push(*head);
        *head = segment.next;
        Some(segment)
    }
}

impl<R: Registry> Session<'_, R> {
    /// Takes a TCP packet of the flow; `payload` was captured, `missing` bytes more were sent.
    pub(crate) fn tcp(&mut self, fact: &FactCx<'_>, tcp: &TcpHeader, payload: &[u8], missing: u32) {
        let dir = fact.dir;
        // A SYN that also ends the connection opens none: hosts drop it. RFC 9293 §3.10.7.
        if tcp.flags.syn() && !tcp.flags.fin() && !tcp.flags.rst() {
            self.begin(fact, tcp);
            self.handshake(fact, tcp);
        }
        if tcp.flags.ack() {
            let other = self.flow.half(dir.flip());
            if !other.has_acked || distance(other.acked, tcp.ack) > 0 {
                other.acked = tcp.ack;
                other.has_acked = true;
            }
            if other.waiting != NONE {
                self.acknowledged(fact);
            }
        }
        if !payload.is_empty() && self.flow.phase != Phase::Ignored {
            let seq = tcp.seq.wrapping_add(u32::from(tcp.flags.syn()));
            self.segment(fact, seq, payload, missing);
        }
        self.overdue(fact);
        if tcp.flags.rst() || tcp.flags.fin() {
            self.finish(fact, tcp.flags.rst());
        }
    }

    /// The other direction's bytes were acknowledged: what of them waits is read now, before this
    /// packet's own bytes, which may answer them.
    fn acknowledged(&mut self, fact: &FactCx<'_>) {
        let headers = fact.headers.reversed();
        self.drain(&FactCx { dir: fact.dir.flip(), headers: &headers, wire: &[], ..*fact });
    }

    /// A SYN: a direction starts here, and a new connection where one ran before.
    fn begin(&mut self, fact: &FactCx<'_>, tcp: &TcpHeader) {
        let dir = fact.dir;
        let next = tcp.seq.wrapping_add(1);
        let half = self.flow.half(dir);
        if half.started && half.next != next {
            self.restart(fact);
        }
        self.flow.closed = false;
        let half = self.flow.half(dir);
        half.started = true;
        half.next = next;
        half.whole = true;
        half.synced = true;
        let opener = if tcp.flags.ack() { dir.flip() } else { dir };
        self.flow.opener = Some(opener);
        if tcp.flags.ack()
            && let Some(listens) = self.flow.listens.get_mut(dir.index())
        {
            *listens = true;
        }
    }

    /// Forgets what the flow's earlier connection left behind.
    fn restart(&mut self, fact: &FactCx<'_>) {
        if self.flow.layer != NONE {
            // Its protocols go with it: what they carried is told now.
            self.share(fact.flow, false);
        }
        for dir in [vocab::Dir::Up, vocab::Dir::Down] {
            self.drop_waiting(dir);
            let mut held = self.flow.half(dir).held;
            self.core.release(&mut held);
            *self.flow.half(dir) = crate::flow::Half::default();
        }
        let layer = core::mem::replace(&mut self.flow.layer, NONE);
        self.core.free_layers(layer);
        self.flow.phase = Phase::Silent;
        self.flow.strikes = 0;
    }

    fn drop_waiting(&mut self, dir: vocab::Dir) {
        let half = self.flow.half(dir);
        while let Some(segment) = self.core.waiting.pop(&mut half.waiting) {
            let mut held = segment.held;
            self.core.release(&mut held);
        }
        self.flow.half(dir).waiting_count = 0;
    }

    /// Places a segment.
    fn segment(&mut self, fact: &FactCx<'_>, seq: u32, payload: &[u8], missing: u32) {
        let half = self.flow.half(fact.dir);
        if !half.started {
            half.started = true;
            half.next = seq;
        }
        let ahead = distance(half.next, seq);
        if ahead.unsigned_abs() > WINDOW_MAX.unsigned_abs() {
            // Another connection on the same ports, its SYN not captured.
            self.flow.half(fact.dir).skip = 0;
            self.gap(fact, 0);
            self.flow.half(fact.dir).next = seq;
            self.in_order(fact, payload, missing);
        } else if ahead > 0 {
            if self.was_acked(fact, seq) {
                self.feed_before(fact, seq);
                let half = self.flow.half(fact.dir);
                let ahead = distance(half.next, seq);
                if ahead > 0 {
                    self.gap(fact, ahead.unsigned_abs());
                }
                let old = sat_usize(u64::from(ahead.min(0).unsigned_abs()));
                let fresh = payload.get(old..).unwrap_or(&[]);
                if !fresh.is_empty() {
                    self.in_order(fact, fresh, missing);
                }
            } else {
                self.wait(fact, seq, payload);
            }
        } else {
            // Old bytes were seen; what is new goes on.
            let old = sat_usize(u64::from(ahead.unsigned_abs()));
            if let Some(fresh) = payload.get(old..).filter(|fresh| !fresh.is_empty()) {
                self.in_order(fact, fresh, missing);
            }
        }
    }

    /// The other side has everything before `seq`: what is missing was lost by the capture.
    fn was_acked(&mut self, fact: &FactCx<'_>, seq: u32) -> bool {
        let half = self.flow.half(fact.dir);
        half.has_acked && distance(seq, half.acked) >= 0
    }

    fn in_order(&mut self, fact: &FactCx<'_>, bytes: &[u8], missing: u32) {
        let half = self.flow.half(fact.dir);
        half.next = half.next.wrapping_add(step(bytes.len()));
        self.feed(fact, bytes);
        if missing != 0 {
            self.gap(fact, missing);
        }
        if self.flow.half(fact.dir).waiting != NONE {
            self.drain(fact);
        }
    }

    /// Feeds the waiting segments that are due.
    fn drain(&mut self, fact: &FactCx<'_>) {
        while let Some(first) = self.core.waiting.get(self.flow.half(fact.dir).waiting) {
            let ahead = distance(self.flow.half(fact.dir).next, first.seq);
            if ahead > 0 {
                if !self.was_acked(fact, first.seq) {
                    return;
                }
                self.gap(fact, ahead.unsigned_abs());
            }
            self.feed_waiting(fact);
        }
    }

    /// Feeds the waiting segments that start before `seq`: what they wait for was acknowledged
    /// and will not come.
    fn feed_before(&mut self, fact: &FactCx<'_>, seq: u32) {
        while let Some(first) = self.core.waiting.get(self.flow.half(fact.dir).waiting) {
            if distance(first.seq, seq) <= 0 {
                return;
            }
            let ahead = distance(self.flow.half(fact.dir).next, first.seq);
            if ahead > 0 {
                self.gap(fact, ahead.unsigned_abs());
            }
            self.feed_waiting(fact);
        }
    }

    /// Feeds what is new of the first waiting segment.
    fn feed_waiting(&mut self, fact: &FactCx<'_>) {
        let half = self.flow.half(fact.dir);
        let Some(segment) = self.core.waiting.pop(&mut half.waiting) else { return };
        half.waiting_count = half.waiting_count.saturating_sub(1);
        let old = sat_usize(u64::from(distance(segment.seq, half.next).unsigned_abs()));
        let Some(buffer) = self.core.held.take(segment.held) else { return };
        if let Some(fresh) = buffer.bytes().get(old..).filter(|fresh| !fresh.is_empty()) {
            let half = self.flow.half(fact.dir);
            half.next = half.next.wrapping_add(step(fresh.len()));
            self.feed(fact, fresh);
        }
        self.core.buffers.put(buffer);
    }

    /// Keeps an early segment; makes a gap when there is no room for it.
    fn wait(&mut self, fact: &FactCx<'_>, seq: u32, payload: &[u8]) {
        if self.flow.half(fact.dir).waiting_count >= WAITING_MAX {
            self.give_up(fact);
            self.segment(fact, seq, payload, 0);
            return;
        }
        let kept = self.core.buffers.take(payload.len()).and_then(|mut buffer| {
            buffer.append(payload);
            self.core.held.put(buffer).ok()
        });
        let Some(mut held) = kept else {
            self.core.lose(LossKind::ReorderBuffersFull, 1);
            return;
        };
        let half = self.flow.half(fact.dir);
        let segment = Segment { seq, at: fact.at, held, next: NONE };
        if self.core.waiting.insert(&mut half.waiting, segment) {
            half.waiting_count = half.waiting_count.saturating_add(1);
        } else {
            self.core.release(&mut held);
            self.core.lose(LossKind::ReorderBuffersFull, 1);
        }
    }

    /// Stops waiting for what comes before the first waiting segment.
    fn give_up(&mut self, fact: &FactCx<'_>) {
        let half = self.flow.half(fact.dir);
        if let Some(first) = self.core.waiting.get(half.waiting) {
            let ahead = distance(half.next, first.seq);
            if ahead > 0 {
                self.gap(fact, ahead.unsigned_abs());
            }
            self.feed_waiting(fact);
            self.drain(fact);
        }
    }

    /// Gives up waiting where it took too long.
    fn overdue(&mut self, fact: &FactCx<'_>) {
        let half = self.flow.half(fact.dir);
        if half.waiting == NONE {
            return;
        }
        if let Some(first) = self.core.waiting.get(half.waiting)
            && fact.at.since_ns(first.at) > WAIT_NS_MAX
        {
            self.give_up(fact);
        }
    }

    /// The stream of this direction misses `len` bytes here.
    fn gap(&mut self, fact: &FactCx<'_>, len: u32) {
        let half = self.flow.half(fact.dir);
        half.next = half.next.wrapping_add(len);
        self.core.lose(LossKind::StreamGapBytes, u64::from(len));
        let half = self.flow.half(fact.dir);
        // A gap inside bytes that are passed over anyway changes nothing.
        if half.skip > u64::from(len) {
            half.skip = half.skip.saturating_sub(u64::from(len));
            return;
        }
        half.skip = 0;
        half.whole = false;
        half.synced = false;
        self.cut_short(fact);
        if self.flow.layer != NONE {
            self.step(self.flow.layer, fact, Input::Gap { len }, 0);
        }
    }

    /// Lets the protocol read what there is of a message whose rest will not come.
    fn cut_short(&mut self, fact: &FactCx<'_>) {
        let mut held = core::mem::replace(&mut self.flow.half(fact.dir).held, NONE);
        let Some(buffer) = self.core.held.take(held) else { return };
        if self.flow.phase == Phase::Bound && self.flow.layer != NONE {
            let fact = FactCx { cut: true, ..*fact };
            self.step(self.flow.layer, &fact, Input::Stream(buffer.bytes()), 0);
        }
        self.core.buffers.put(buffer);
        self.core.release(&mut held);
    }

    /// FIN or RST: this direction, or both, end.
    fn finish(&mut self, fact: &FactCx<'_>, both: bool) {
        for dir in [fact.dir, fact.dir.flip()] {
            if dir != fact.dir && !both {
                break;
            }
            if !self.flow.half(dir).finished {
                self.flow.half(dir).finished = true;
                let headers = if dir == fact.dir { *fact.headers } else { fact.headers.reversed() };
                self.end(&FactCx { dir, headers: &headers, ..*fact });
            }
        }
        self.flow.closed = both || self.flow.halves.iter().all(|half| half.finished);
    }

    /// A direction ends: nothing waited for will come.
    pub(crate) fn end(&mut self, fact: &FactCx<'_>) {
        for _ in 0..=WAITING_MAX {
            self.give_up(fact);
        }
        self.cut_short(fact);
        if self.flow.layer != NONE {
            self.step(self.flow.layer, fact, Input::End, 0);
        }
    }

    /// Takes bytes that come next in the stream.
    fn feed(&mut self, fact: &FactCx<'_>, bytes: &[u8]) {
        let bytes = self.pass_over(fact, bytes);
        if bytes.is_empty() {
            return;
        }
        match self.flow.phase {
            Phase::Silent | Phase::Probing => self.recognise(fact, bytes),
            Phase::Bound => {
                self.count_packet(self.flow.layer, fact);
                self.messages(fact, bytes);
            }
            Phase::Ignored => {}
        }
    }

    /// What is left of `bytes` behind those that nobody wants to see.
    fn pass_over<'b>(&mut self, fact: &FactCx<'_>, bytes: &'b [u8]) -> &'b [u8] {
        let half = self.flow.half(fact.dir);
        let skip = sat_usize(half.skip).min(bytes.len());
        half.skip = half.skip.saturating_sub(lost_bytes(skip));
        bytes.get(skip..).unwrap_or(&[])
    }

    /// Looks for the stream's protocol.
    fn recognise(&mut self, fact: &FactCx<'_>, bytes: &[u8]) {
        self.flow.phase = Phase::Probing;
        let held = core::mem::replace(&mut self.flow.half(fact.dir).held, NONE);
        let Some(mut kept) = self.core.held.take(held) else {
            match self.identify_stream(fact, bytes) {
                Verdict::Is(proto) => self.recognised(fact, proto, bytes),
                Verdict::Wait(_) if bytes.len() < HEAD_MAX => self.keep(fact, bytes),
                Verdict::Wait(_) | Verdict::No => self.unrecognised(fact),
            }
            return;
        };
        let fits = kept.append(bytes);
        let rest = bytes.get(fits..).unwrap_or(&[]);
        match self.identify_stream(fact, kept.bytes()) {
            Verdict::Is(proto) => {
                self.recognised(fact, proto, kept.bytes());
                let rest = self.pass_over(fact, rest);
                self.messages(fact, rest);
            }
            Verdict::Wait(_) if kept.len() < HEAD_MAX => {
                if let Ok(at) = self.core.held.put(kept) {
                    self.flow.half(fact.dir).held = at;
                }
                return;
            }
            Verdict::Wait(_) | Verdict::No if self.flow.half(fact.dir).whole => {
                self.unrecognised(fact);
            }
            // Joined in the middle: what was kept may be the end of a message, or the byte of a
            // keep-alive. A message may start with this segment.
            Verdict::Wait(_) | Verdict::No => {
                self.core.buffers.put(kept);
                self.recognise(fact, bytes);
                return;
            }
        }
        self.core.buffers.put(kept);
    }

    fn recognised(&mut self, fact: &FactCx<'_>, proto: crate::traits::Place, bytes: &[u8]) {
        let Some(layer) = self.bind(proto) else { return };
        self.flow.half(fact.dir).synced = true;
        self.count_packet(layer, fact);
        // What the other direction said while nobody knew the protocol came earlier.
        let other = fact.dir.flip();
        let held = core::mem::replace(&mut self.flow.half(other).held, NONE);
        if let Some(buffer) = self.core.held.take(held) {
            let headers = fact.headers.reversed();
            let earlier = FactCx { dir: other, headers: &headers, wire: &[], ..*fact };
            self.messages(&earlier, buffer.bytes());
            self.core.buffers.put(buffer);
        }
        self.messages(fact, bytes);
    }

    fn unrecognised(&mut self, fact: &FactCx<'_>) {
        let half = self.flow.half(fact.dir);
        half.tries = half.tries.saturating_add(1);
        let enough = |half: &crate::flow::Half| half.whole || half.tries >= TRIES_MAX;
        let [up, down] = &self.flow.halves;
        let done = |half: &crate::flow::Half| half.tries > 0 && enough(half);
        if done(up) && (done(down) || !down.started) || done(down) && !up.started {
            self.flow.phase = Phase::Ignored;
            for dir in [vocab::Dir::Up, vocab::Dir::Down] {
                let mut held = core::mem::replace(&mut self.flow.half(dir).held, NONE);
                self.core.release(&mut held);
            }
        }
    }

    fn keep(&mut self, fact: &FactCx<'_>, bytes: &[u8]) {
        let buffer = self.core.buffers.take(bytes.len());
        let Some(mut buffer) = buffer else {
            self.core.lose(LossKind::StreamBuffersFull, 1);
            return;
        };
        buffer.append(bytes);
        match self.core.held.put(buffer) {
            Ok(at) => self.flow.half(fact.dir).held = at,
            Err(buffer) => self.core.buffers.put(buffer),
        }
    }

    /// Reads messages from bytes that come next, with those held before.
    fn messages(&mut self, fact: &FactCx<'_>, mut bytes: &[u8]) {
        while !bytes.is_empty() && self.flow.phase == Phase::Bound {
            let half = self.flow.half(fact.dir);
            let (want, held) = (sat_usize(u64::from(half.want)), half.held);
            let Some(mut buffer) = self.core.held.take(held) else {
                let read = self.read(fact, bytes);
                let rest = bytes.get(read.at..).unwrap_or(&[]);
                if rest.is_empty() || self.flow.phase != Phase::Bound {
                    return;
                }
                let room = read.want.max(rest.len());
                let Some(mut fresh) = self.core.buffers.take(room) else {
                    self.core.lose(LossKind::StreamBuffersFull, 1);
                    self.flow.half(fact.dir).synced = false;
                    return;
                };
                fresh.append(rest);
                self.hold(fact, fresh, read.want);
                return;
            };
            self.flow.half(fact.dir).held = NONE;
            let missing = want.saturating_sub(buffer.len());
            let (now, later) = bytes.split_at_checked(missing).unwrap_or((bytes, &[]));
            buffer.append(now);
            bytes = later;
            if buffer.len() < want {
                self.hold(fact, buffer, want);
                return;
            }
            let read = self.read(fact, buffer.bytes());
            buffer.consume(read.at);
            bytes = self.pass_over(fact, bytes);
            if buffer.len() == 0 || self.flow.phase != Phase::Bound {
                self.core.buffers.put(buffer);
            } else if self.core.buffers.grow(&mut buffer, read.want) {
                self.hold(fact, buffer, read.want);
            } else {
                self.core.lose(LossKind::StreamBuffersFull, 1);
                self.flow.half(fact.dir).synced = false;
                self.core.buffers.put(buffer);
            }
        }
    }

    fn hold(&mut self, fact: &FactCx<'_>, buffer: Buffer, want: usize) {
        match self.core.held.put(buffer) {
            Ok(at) => {
                let half = self.flow.half(fact.dir);
                half.held = at;
                half.want = sat_u32(want);
            }
            Err(buffer) => self.core.buffers.put(buffer),
        }
    }

    /// Steps over `bytes` until they are used up or more are needed.
    fn read(&mut self, fact: &FactCx<'_>, bytes: &[u8]) -> Read {
        let mut at = 0usize;
        let layer = self.flow.layer;
        loop {
            let rest = bytes.get(at..).unwrap_or(&[]);
            if rest.is_empty() {
                return Read { at: bytes.len(), want: 0 };
            }
            if !self.flow.half(fact.dir).synced && !self.resync(fact, layer, rest) {
                self.core.lose(LossKind::StreamSkippedBytes, lost_bytes(rest.len()));
                return Read { at: bytes.len(), want: 0 };
            }
            match self.step(layer, fact, Input::Stream(rest), 0) {
                Step::Took { bytes: taken } => {
                    self.flow.strikes = 0;
                    let taken = taken.max(1);
                    let beyond = taken.saturating_sub(rest.len());
                    self.flow.half(fact.dir).skip = lost_bytes(beyond);
                    at = at.saturating_add(taken.min(rest.len()));
                }
                Step::Need { took, more } => {
                    let took = took.min(rest.len());
                    let left = rest.len().saturating_sub(took);
                    let want = left.saturating_add(more.max(1));
                    if want <= self.pdu_max(layer) {
                        return Read { at: at.saturating_add(took), want };
                    }
                    self.core.lose(LossKind::OversizedMessages, 1);
                    self.flow.half(fact.dir).synced = false;
                    return Read { at: bytes.len(), want: 0 };
                }
                Step::Resync { took } => {
                    let took = took.clamp(1, rest.len());
                    self.core.lose(LossKind::StreamSkippedBytes, lost_bytes(took));
                    at = at.saturating_add(took);
                    self.strike();
                }
                Step::NotMine => {
                    self.flow.strikes = STRIKES_MAX;
                    self.strike();
                }
            }
            if self.flow.phase != Phase::Bound {
                return Read { at: bytes.len(), want: 0 };
            }
        }
    }

    /// After a gap: may a message start here?
    fn resync(&mut self, fact: &FactCx<'_>, layer: u32, rest: &[u8]) -> bool {
        let Some(slot) = self.core.layers.get(layer) else { return false };
        let (src, _) = fact.headers.ports();
        let from_server = self.flow.client().map_or(src < 1024, |client| client != fact.dir);
        let hint =
            Hint { headers: fact.headers, bound: true, from_server, datagram: false, tag: 0 };
        let may = R::probe(slot.place, &hint, rest) != Probe::No;
        self.flow.half(fact.dir).synced = may;
        may
    }

    fn pdu_max(&self, layer: u32) -> usize {
        let max = self.core.layers.get(layer).map_or(0, |slot| slot.pdu_max);
        sat_usize(u64::from(max))
    }

    /// Counts a step without a message; gives the protocol up after too many.
    pub(crate) fn strike(&mut self) {
        self.flow.strikes = self.flow.strikes.saturating_add(1);
        if self.flow.strikes >= STRIKES_MAX {
            self.flow.phase = Phase::Ignored;
        }
    }
}

/// How far reading came.
struct Read {
    at: usize,
    /// Bytes needed from there; 0 when all were read.
    want: usize,
}
