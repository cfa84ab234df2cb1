//! The packet side put together: from frames to a model, without threads and without a clock.

use decode::Frame;
use dissect::{Engine, Limits, Registry};
use model::{Model, ModelLimits};
use observe::{Observer, Room};
use protocols::Protocols;

/// Engine, observer and model.
pub struct Chain {
    engine: Engine<Protocols>,
    observer: Observer,
    /// What was learned.
    pub model: Model,
}

impl std::fmt::Debug for Chain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Chain").finish_non_exhaustive()
    }
}

impl Chain {
    /// With tables of this size.
    pub fn new(limits: Limits) -> Self {
        Self {
            observer: Observer::new(&Room::for_flows(limits.flows), Protocols::SPECS),
            engine: Engine::new(limits),
            model: Model::new(ModelLimits::default(), Protocols::SPECS),
        }
    }

    /// Takes a frame.
    pub fn frame(&mut self, frame: &Frame<'_>) {
        self.engine.handle_frame(frame, &mut self.observer);
        if self.observer.is_ripe() {
            while !self.engine.report(&mut self.observer) {
                self.hand_over(false);
            }
            self.hand_over(true);
        }
    }

    /// The input ends.
    pub fn finish(&mut self) {
        while !self.engine.finish(&mut self.observer) {
            self.hand_over(false);
        }
        self.hand_over(true);
    }

    fn hand_over(&mut self, reported: bool) {
        self.observer.seal(self.engine.take_losses());
        self.model.apply(self.observer.batch());
        self.observer.clear(reported);
    }
}
