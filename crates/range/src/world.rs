//! What all actors share, and who acts when.

use crate::process::Process;
use crate::truth::{Step, Tally};
use crate::wire::{S, Wire};
use crate::works::Works;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What all actors share.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) wire: Wire,
    pub(crate) tally: Tally,
    pub(crate) process: Process,
    /// Steps of attacks, in the order they began.
    pub(crate) steps: Vec<Step>,
    /// Planned work on devices.
    pub(crate) works: Works,
}

impl World {
    /// Frames from here on are part of an attack's step.
    pub(crate) fn attack(&mut self, step: Step) {
        self.wire.attack = Some(self.steps.len());
        self.steps.push(step);
    }

    /// Frames from here on are nobody's attack.
    pub(crate) fn peace(&mut self) {
        self.wire.attack = None;
    }
}

/// Somebody who acts now and then.
pub(crate) trait Actor {
    /// Acts; says when it wants to act again.
    fn step(&mut self, at: i64, world: &mut World) -> Option<i64>;
}

/// Lets all actors act in time order, those of one time in the order of the list.
pub(crate) fn run(world: &mut World, mut actors: Vec<(i64, Box<dyn Actor>)>, end: i64) {
    let mut due: BinaryHeap<Reverse<(i64, usize)>> =
        actors.iter().enumerate().map(|(at, (first, _))| Reverse((*first, at))).collect();
    while let Some(Reverse((at, who))) = due.pop() {
        // What begins is finished within the capture.
        if at + S > end {
            continue;
        }
        world.process.run_to(at);
        let next = actors.get_mut(who).and_then(|(_, actor)| actor.step(at, world));
        world.peace();
        if let Some(next) = next {
            due.push(Reverse((next.max(at + 1), who)));
        }
    }
}
