//! One frame's passage: the flow at hand with the memory all flows share.

use crate::bindings::{Bindings, Spot};
use crate::buffers::{Buffer, Buffers};
use crate::context::{Cx, FactCx, Hub, Pair, Pending};
use crate::flow::Flow;
use crate::layers::Layers;
use crate::limits::Limits;
use crate::opens::{NONE, NOTE_BYTES, Opened, Opens, pending};
use crate::share::{ShareProto, ShareProtos};
use crate::stream::Waiting;
use crate::traits::{Hint, Input, Place, Probe, Registry, Sink, Step, client_of};
use alloc::vec::Vec;
use vocab::{Dir, Fact, LossKind, Op, Proof, Role, sat_u32, sat_usize};

/// Most carriers inside each other.
const DEPTH_MAX: u8 = 8;
/// Most protocols side by side inside one carrier.
const SIBLINGS_MAX: usize = 8;

/// Lent buffers under numbers.
pub(crate) struct Held {
    slots: Vec<Option<Buffer>>,
    free: Vec<u32>,
}

impl Held {
    fn new(count: u32) -> Self {
        let size = sat_usize(u64::from(count));
        Self {
            slots: (0..count).map(|_| None).collect(),
            free: {
                let mut free = Vec::with_capacity(size);
                free.extend((0..count).rev());
                free
            },
        }
    }

    pub(crate) fn put(&mut self, buffer: Buffer) -> Result<u32, Buffer> {
        let Some(at) = self.free.pop() else { return Err(buffer) };
        if let Some(slot) = self.slots.get_mut(sat_usize(u64::from(at))) {
            *slot = Some(buffer);
        }
        Ok(at)
    }

    pub(crate) fn get(&self, at: u32) -> Option<&Buffer> {
        self.slots.get(sat_usize(u64::from(at)))?.as_ref()
    }

    pub(crate) fn take(&mut self, at: u32) -> Option<Buffer> {
        let buffer = self.slots.get_mut(sat_usize(u64::from(at)))?.take()?;
        self.free.push(at);
        Some(buffer)
    }
}

/// The memory that all flows share.
pub(crate) struct Core<R: Registry> {
    pub(crate) layers: Layers<R::Flow>,
    pub(crate) opens: Opens,
    pub(crate) buffers: Buffers,
    pub(crate) held: Held,
    pub(crate) waiting: Waiting,
    pub(crate) losses: [u64; LossKind::ALL.len()],
}

impl<R: Registry> Core<R> {
    pub(crate) fn new(limits: &Limits) -> Self {
        let counts = [limits.small_buffers, limits.medium_buffers, limits.large_buffers];
        let all = counts.iter().fold(0u32, |sum, n| sum.saturating_add(*n));
        Self {
            layers: Layers::new(limits.layers),
            opens: Opens::new(limits.opens, limits.notes),
            buffers: Buffers::new(counts),
            held: Held::new(all),
            waiting: Waiting::new(limits.segments),
            losses: [0; LossKind::ALL.len()],
        }
    }

    /// A fresh state of a protocol; `None`, and counted, when there is no room.
    pub(crate) fn add_layer(&mut self, place: Place) -> Option<u32> {
        let spec = R::SPECS.get(usize::from(place))?;
        let layer = self.layers.add(spec, place, R::begin(place));
        if layer.is_none() {
            self.lose(LossKind::LayerTableFull, 1);
        }
        layer
    }

    pub(crate) fn lose(&mut self, kind: LossKind, count: u64) {
        if let Some(n) = self.losses.get_mut(kind as usize) {
            *n = n.saturating_add(count);
        }
    }

    /// Gives back the buffer under a number and forgets the number.
    pub(crate) fn release(&mut self, at: &mut u32) {
        if let Some(buffer) = self.held.take(core::mem::replace(at, NONE)) {
            self.buffers.put(buffer);
        }
    }

    /// Frees a flow's protocol states, from `at` down and to the side.
    pub(crate) fn free_layers(&mut self, at: u32) {
        let mut next = at;
        while next != NONE {
            let Some(layer) = self.layers.get_mut(next) else { return };
            let (child, sibling) = (layer.child, layer.sibling);
            let mut stash = core::mem::replace(&mut layer.stash, [NONE; 2]);
            let mut opens = core::mem::take(&mut layer.opens);
            for place in &mut stash {
                self.release(place);
            }
            self.opens.clear(&mut opens);
            self.layers.free(next);
            self.free_layers(child);
            next = sibling;
        }
    }

    /// What a flow's protocols carried since the last report; resets the counts.
    pub(crate) fn take_protos(&mut self, at: u32, depth: u8, out: &mut ShareProtos) {
        let mut next = at;
        while let Some(layer) = self.layers.get_mut(next) {
            let child = layer.child;
            next = layer.sibling;
            let sent = core::mem::take(&mut layer.sent);
            let messages = core::mem::take(&mut layer.messages);
            out.push(ShareProto { proto: Some(layer.proto), depth, sent, messages });
            self.take_protos(child, depth.saturating_add(1), out);
        }
    }
}

/// The flow at hand, the shared memory, and where facts go.
pub(crate) struct Session<'a, R: Registry> {
    pub(crate) core: &'a mut Core<R>,
    pub(crate) flow: &'a mut Flow,
    pub(crate) bindings: &'a Bindings,
    pub(crate) sink: &'a mut dyn Sink,
}

impl<R: Registry> Session<'_, R> {
    /// Steps a protocol over an input.
    pub(crate) fn step(
        &mut self,
        layer: u32,
        fact: &FactCx<'_>,
        input: Input<'_>,
        tag: u64,
    ) -> Step {
        let Some(slot) = self.core.layers.get_mut(layer) else { return Step::NotMine };
        let mut state = core::mem::take(&mut slot.state);
        let proto = slot.proto;
        let from_client = self.flow.client().map(|client| client == fact.dir);
        let fact = FactCx { proto, from_client, pair: None, ..*fact };
        let mut cx = Cx { fact, layer, tag, hub: self };
        let step = R::step(&mut state, &mut cx, input);
        if let Some(slot) = self.core.layers.get_mut(layer) {
            slot.state = state;
        }
        step
    }

    /// Reports the flow's share; its counts start again.
    pub(crate) fn share(&mut self, number: u32, ended: bool) {
        let mut protos = ShareProtos::default();
        self.core.take_protos(self.flow.layer, 0, &mut protos);
        self.sink.share(&self.flow.share(number, protos.as_slice(), ended));
        self.flow.reset_share();
    }

    /// Counts a frame that brought a protocol bytes.
    pub(crate) fn count_packet(&mut self, layer: u32, fact: &FactCx<'_>) {
        let Some(slot) = self.core.layers.get_mut(layer) else { return };
        // A frame may bring it several messages.
        if slot.counted == fact.frame {
            return;
        }
        slot.counted = fact.frame;
        if let Some(sent) = slot.sent.get_mut(fact.dir.index()) {
            sent.add(fact.at, fact.frame, self.flow.latest_bytes);
        }
    }

    /// The protocol inside `layer` that takes this payload: one that is there already, else a new
    /// one whose probe is sure.
    fn child_for(
        &mut self,
        layer: u32,
        fact: &FactCx<'_>,
        selector: u32,
        bytes: &[u8],
        tag: u64,
    ) -> Option<u32> {
        let hint =
            Hint { headers: fact.headers, bound: true, from_server: false, datagram: true, tag };
        let mut at = self.core.layers.get(layer)?.child;
        let mut last = NONE;
        let mut count = 0usize;
        while let Some(child) = self.core.layers.get(at) {
            // A protocol bound at several selectors is one protocol with one state.
            let bound = child.selector == selector
                || self.bindings.at(Spot::Inside(fact.proto, selector)).any(|p| p == child.place);
            if bound && R::probe(child.place, &hint, bytes) == Probe::Sure {
                return Some(at);
            }
            last = at;
            at = child.sibling;
            count = count.saturating_add(1);
        }
        if count >= SIBLINGS_MAX {
            return None;
        }
        let sure = |place: &Place| R::probe(*place, &hint, bytes) == Probe::Sure;
        let place = self.bindings.at(Spot::Inside(fact.proto, selector)).find(sure)?;
        let fresh = self.core.add_layer(place)?;
        self.core.layers.get_mut(fresh)?.selector = selector;
        // Behind the others: which one is the flow's first does not depend on when it is reported.
        match self.core.layers.get_mut(last) {
            Some(other) => other.sibling = fresh,
            None => self.core.layers.get_mut(layer)?.child = fresh,
        }
        Some(fresh)
    }
}

impl<R: Registry> Hub for Session<'_, R> {
    fn op(&mut self, layer: u32, cx: &FactCx<'_>, op: &Op<'_>) -> Option<bool> {
        let mut from_client = cx.from_client;
        if op.proof == Proof::Content && op.role != Role::Event && self.flow.voted.is_none() {
            from_client = self.vote(cx, op.role == Role::Request);
        }
        let Some(slot) = self.core.layers.get_mut(layer) else { return from_client };
        slot.messages = slot.messages.saturating_add(1);
        let mut pair = None;
        match (op.tx, op.role) {
            (Some(tx), Role::Request) if slot.open_max > 0 => {
                let waiting = pending(cx.at, cx.frame, op);
                let limit = slot.open_max;
                if self.core.opens.open(&mut slot.opens, limit, tx, waiting) == Opened::Lost {
                    self.core.lose(LossKind::OpenRequestsFull, 1);
                }
            }
            (Some(tx), Role::Response) => {
                pair = self.core.opens.close(&mut slot.opens, tx).map(|request| Pair {
                    latency_ns: u64::try_from(cx.at.since_ns(request.at)).unwrap_or(0),
                    request,
                });
            }
            _ => {}
        }
        self.sink.fact(&FactCx { from_client, pair: pair.as_ref(), ..*cx }, Fact::Op(op));
        from_client
    }

    fn vote(&mut self, cx: &FactCx<'_>, sender_is_client: bool) -> Option<bool> {
        let client = *self.flow.voted.get_or_insert(client_of(cx.dir, sender_is_client));
        Some(client == cx.dir)
    }

    fn fact(&mut self, cx: &FactCx<'_>, fact: Fact<'_>) {
        self.sink.fact(cx, fact);
    }

    fn pending(&self, layer: u32, tx: u64) -> Option<Pending> {
        let slot = self.core.layers.get(layer)?;
        self.core.opens.find(&slot.opens, tx).copied()
    }

    fn note(&mut self, layer: u32, tx: u64, bytes: &[u8]) {
        if let Some(slot) = self.core.layers.get(layer) {
            self.core.opens.note(&slot.opens, tx, bytes);
        }
    }

    fn noted(&self, layer: u32, tx: u64, out: &mut [u8; NOTE_BYTES]) -> usize {
        self.core.layers.get(layer).map_or(0, |slot| self.core.opens.noted(&slot.opens, tx, out))
    }

    fn hand_down(&mut self, layer: u32, cx: &FactCx<'_>, selector: u32, bytes: &[u8], tag: u64) {
        if cx.depth >= DEPTH_MAX || bytes.is_empty() {
            return;
        }
        let Some(child) = self.child_for(layer, cx, selector, bytes, tag) else { return };
        let fact = FactCx { depth: cx.depth.saturating_add(1), ..*cx };
        self.count_packet(child, &fact);
        self.step(child, &fact, Input::Datagram(bytes), tag);
    }

    fn stash(&mut self, layer: u32, dir: Dir, bytes: &[u8], max: usize) -> bool {
        let kept = self.unstash(layer, dir);
        let total = kept.as_ref().map_or(0, Buffer::len).saturating_add(bytes.len());
        let Some(mut buffer) = kept.or_else(|| self.core.buffers.take(total)) else {
            self.core.lose(LossKind::StreamBuffersFull, 1);
            return false;
        };
        if total > max || !self.core.buffers.grow(&mut buffer, total) {
            self.core.buffers.put(buffer);
            self.core.lose(LossKind::OversizedMessages, 1);
            return false;
        }
        buffer.append(bytes);
        let stash = self.core.layers.get_mut(layer).and_then(|l| l.stash.get_mut(dir.index()));
        match (stash, self.core.held.put(buffer)) {
            (Some(place), Ok(at)) => *place = at,
            (None, Ok(mut at)) => self.core.release(&mut at),
            (_, Err(buffer)) => self.core.buffers.put(buffer),
        }
        true
    }

    fn stashed(&self, layer: u32, dir: Dir) -> usize {
        let place = self.core.layers.get(layer).and_then(|slot| slot.stash.get(dir.index()));
        place.and_then(|at| self.core.held.get(*at)).map_or(0, Buffer::len)
    }

    fn unstash(&mut self, layer: u32, dir: Dir) -> Option<Buffer> {
        let place = self.core.layers.get_mut(layer)?.stash.get_mut(dir.index())?;
        self.core.held.take(core::mem::replace(place, NONE))
    }

    fn give_back(&mut self, buffer: Buffer) {
        self.core.buffers.put(buffer);
    }
}

/// How many bytes were lost, as a loss count.
pub(crate) fn lost_bytes(len: usize) -> u64 {
    u64::from(sat_u32(len))
}
