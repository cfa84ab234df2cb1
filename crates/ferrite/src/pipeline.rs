//! From captures to a model.

use crate::clock;
use crate::feed::{Feed, Shared};
use crate::plant::Plant;
use crate::progress::Progress;
use capture::FileReport;
use dissect::{Engine, Limits, Registry};
use observe::{Observer, Room};
use protocols::Protocols;
use std::time::{Duration, Instant};
use vocab::{Loss, LossKind};

/// Bytes of captures below which one thread is as fast as several.
const SMALL_BYTES: u64 = 8 << 20;
/// How often somebody who looks on is told what is new.
const PACE: Duration = Duration::from_secs(1);

/// How many workers read this many bytes of captures; `u64::MAX` where nobody knows.
pub(crate) fn workers(wanted: Option<u16>, total_bytes: u64) -> u8 {
    if let Some(wanted) = wanted {
        return u8::try_from(wanted).unwrap_or(64).max(1);
    }
    if total_bytes < SMALL_BYTES {
        return 1;
    }
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    u8::try_from(cores.min(4)).unwrap_or(1)
}

/// Bytes of the inputs on disk: for progress, and for the number of workers.
pub(crate) fn size_of(reports: &[FileReport]) -> u64 {
    reports.iter().map(|report| report.path.metadata().map_or(0, |meta| meta.len())).sum()
}

/// Reads a feed to its end. With `live` somebody looks on: the model gets what is new every
/// second, not only when enough has come together.
pub(crate) fn run(feed: &Feed, plant: &Plant, live: bool, progress: &Progress) {
    std::thread::scope(|scope| {
        for worker in 1..feed.workers() {
            scope.spawn(move || work(feed, worker, plant, live, None));
        }
        work(feed, 0, plant, live, Some(progress));
    });
    progress.finish();
}

/// An engine with its observer.
struct Worker<'a> {
    engine: Engine<Protocols>,
    observer: Observer,
    plant: &'a Plant,
    /// Something may be new since the last report.
    dirty: bool,
    /// Frames that the kernel dropped since then.
    dropped: u64,
}

impl<'a> Worker<'a> {
    /// A worker, one of `workers` that share the flows.
    fn new(workers: u8, plant: &'a Plant) -> Self {
        let flows = Limits::default().flows / u32::from(workers.max(1));
        let limits = Limits { flows, seed: seed(), ..Limits::default() };
        let observer = Observer::new(&Room::for_flows(flows), Protocols::SPECS);
        Self { engine: Engine::new(limits), observer, plant, dirty: false, dropped: 0 }
    }

    /// Takes a frame; gives the model what was observed when enough has come together.
    fn frame(&mut self, frame: &decode::Frame<'_>) {
        self.dirty = true;
        self.engine.handle_frame(frame, &mut self.observer);
        if self.observer.is_ripe() {
            self.report();
        }
    }

    /// Frames were lost before they came here.
    fn lose(&mut self, frames: u64) {
        self.dropped += frames;
        self.dirty |= frames > 0;
    }

    /// No frames come at the moment: flows end by time.
    fn idle(&mut self) {
        self.engine.handle_timeout(clock::wall(), &mut self.observer);
        self.dirty |= !self.observer.batch().talks.as_slice().is_empty();
    }

    /// Gives the model what was observed.
    fn report(&mut self) {
        while !self.engine.report(&mut self.observer) {
            self.hand_over(false);
        }
        self.hand_over(true);
        self.dirty = false;
    }

    /// The input ends.
    fn finish(&mut self) {
        while !self.engine.finish(&mut self.observer) {
            self.hand_over(false);
        }
        self.hand_over(true);
    }

    fn hand_over(&mut self, reported: bool) {
        let dropped = std::mem::take(&mut self.dropped);
        let dropped = Loss { kind: LossKind::KernelDrops, count: dropped };
        let dropped = Some(dropped).filter(|loss| loss.count > 0);
        self.observer.seal(self.engine.take_losses().chain(dropped));
        self.plant.apply(self.observer.batch());
        self.observer.clear(reported);
    }
}

/// A number that nobody outside knows; results do not depend on it.
fn seed() -> u64 {
    use std::hash::{BuildHasher, Hasher, RandomState};
    RandomState::new().build_hasher().finish()
}

/// Takes one worker's frames.
fn work(feed: &Feed, worker: u8, plant: &Plant, live: bool, progress: Option<&Progress>) {
    let mut this = Worker::new(feed.workers(), plant);
    let mut told = clock::now();
    while let Some(shared) = feed.next(worker) {
        let Shared { block, runs } = &*shared;
        for record in runs.of(worker).filter_map(|at| block.records().get(at)) {
            this.frame(&block.frame(record));
        }
        if worker == 0 {
            this.lose(block.lost());
        }
        let idle = block.is_empty();
        feed.done(shared);
        if let Some(progress) = progress {
            progress.at(feed.progress());
        }
        if live && is_due(&mut told) {
            if idle && feed.is_live() {
                this.idle();
            }
            if this.dirty {
                this.report();
            }
        }
    }
    this.finish();
}

/// A second has passed since the last time.
fn is_due(told: &mut Instant) -> bool {
    let now = clock::now();
    let due = now.duration_since(*told) >= PACE;
    if due {
        *told = now;
    }
    due
}
