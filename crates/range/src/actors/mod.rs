//! Who acts in the plant: pollers, stations, switches, people.

pub(crate) mod archive;
pub(crate) mod attacker;
pub(crate) mod drive;
pub(crate) mod engineer;
pub(crate) mod lan;
pub(crate) mod maintenance;
pub(crate) mod modbus;
pub(crate) mod office;
pub(crate) mod overflow;
pub(crate) mod programs;
pub(crate) mod s7;
pub(crate) mod stations;
pub(crate) mod takeover;

use crate::rng::Rng;

/// The next time of something cyclic: periods do not drift, each start is a little late or early.
#[derive(Clone, Debug)]
pub(crate) struct Cycle {
    due: i64,
    period: i64,
    jitter: i64,
}

impl Cycle {
    pub(crate) fn new(first: i64, period: i64, jitter: i64) -> Self {
        Self { due: first, period, jitter }
    }

    pub(crate) fn next(&mut self, rng: &mut Rng) -> i64 {
        self.due += self.period;
        self.due + rng.between(0, self.jitter)
    }
}
