//! Protocol states of flows: one slot per protocol, slots of one flow form a tree.

use crate::opens::{NONE, OpenList};
use crate::share::Sent;
use crate::traits::Place;
use alloc::vec::Vec;
use vocab::{FrameId, ProtoId, Spec, sat_u32, sat_usize};

/// A protocol's state within one flow.
pub(crate) struct Layer<F> {
    pub(crate) state: F,
    /// The protocol, and its place in the registry.
    pub(crate) proto: ProtoId,
    pub(crate) place: Place,
    /// The selector that its carrier hands it payloads under.
    pub(crate) selector: u32,
    /// Largest message put together from pieces.
    pub(crate) pdu_max: u32,
    /// The first protocol inside it, or `NONE`.
    pub(crate) child: u32,
    /// The next protocol inside the same carrier, or `NONE`.
    pub(crate) sibling: u32,
    pub(crate) opens: OpenList,
    /// Most requests that wait at a time.
    pub(crate) open_max: u16,
    /// Places of kept bytes per direction, or `NONE`.
    pub(crate) stash: [u32; 2],
    /// Frames that brought it bytes since the last report.
    pub(crate) sent: [Sent; 2],
    /// The last of these frames.
    pub(crate) counted: FrameId,
    pub(crate) messages: u32,
}

/// All slots.
pub(crate) struct Layers<F> {
    slots: Vec<Layer<F>>,
    free: Vec<u32>,
}

impl<F: Default> Layers<F> {
    pub(crate) fn new(count: u32) -> Self {
        let count = sat_usize(u64::from(count));
        Self { slots: Vec::with_capacity(count), free: Vec::with_capacity(count) }
    }

    pub(crate) fn get(&self, at: u32) -> Option<&Layer<F>> {
        self.slots.get(sat_usize(u64::from(at)))
    }

    pub(crate) fn get_mut(&mut self, at: u32) -> Option<&mut Layer<F>> {
        self.slots.get_mut(sat_usize(u64::from(at)))
    }

    /// A fresh slot; `None` when there is none.
    pub(crate) fn add(&mut self, spec: &Spec, place: Place, state: F) -> Option<u32> {
        let layer = Layer {
            state,
            proto: spec.id,
            place,
            selector: 0,
            pdu_max: spec.pdu_bytes_max,
            child: NONE,
            sibling: NONE,
            opens: OpenList::default(),
            open_max: spec.open_max,
            stash: [NONE; 2],
            sent: [Sent::default(); 2],
            counted: FrameId::default(),
            messages: 0,
        };
        if let Some(at) = self.free.pop() {
            *self.get_mut(at)? = layer;
            return Some(at);
        }
        if self.slots.len() == self.slots.capacity() {
            return None;
        }
        self.slots.push(layer);
        Some(sat_u32(self.slots.len()).wrapping_sub(1))
    }

    /// Frees a slot. Its state is dropped when the slot is used again.
    pub(crate) fn free(&mut self, at: u32) {
        if let Some(layer) = self.get_mut(at) {
            layer.state = F::default();
            self.free.push(at);
        }
    }
}
