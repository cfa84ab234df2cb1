//! From captures to a model.

use crate::feed::{Feed, Shared};
use crate::progress::Progress;
use capture::Inputs;
use dissect::{Engine, Limits, Registry};
use model::{Model, ModelLimits};
use observe::{Observer, Room};
use protocols::Protocols;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use vocab::Ts;

/// Bytes of captures below which one thread is as fast as several.
const SMALL_BYTES: u64 = 8 << 20;

/// What captures gave.
#[derive(Debug)]
pub(crate) struct Analysed {
    /// Everything observed.
    pub(crate) model: Model,
    /// The inputs.
    pub(crate) files: Vec<view::FileView>,
    /// First frame's time.
    pub(crate) first: Ts,
    /// Last frame's time.
    pub(crate) last: Ts,
    /// Files found in folders that are no captures.
    pub(crate) skipped: usize,
}

impl Analysed {
    /// What was read, as a document.
    pub(crate) fn capture(&self) -> view::Capture {
        view::Capture::new(self.files.clone(), self.first, self.last, &self.model)
    }

    /// Some input could not be read at all. One that ends early counts as read: what is wrong
    /// with it is said, and all before it is analysed.
    pub(crate) fn has_errors(&self) -> bool {
        self.files.iter().any(|file| file.error.is_some() && file.packets == 0)
    }
}

/// Reads captures with `threads` workers.
pub(crate) fn analyse(paths: &[PathBuf], threads: Option<u16>, progress: &Progress) -> Analysed {
    let inputs = Inputs::open(paths);
    let skipped = inputs.skipped();
    let sizes = inputs.reports().iter().map(|report| report.path.metadata().map_or(0, |m| m.len()));
    let total: u64 = sizes.sum();
    progress.total(total);
    let workers = threads.map_or_else(|| default_threads(total), |n| u8::try_from(n).unwrap_or(64));
    let feed = Feed::new(inputs, workers);
    let model = Mutex::new(Model::new(ModelLimits::default(), Protocols::SPECS));
    let mut spans = Vec::new();
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..workers)
            .map(|worker| {
                scope.spawn({
                    let (feed, model) = (&feed, &model);
                    move || work(feed, worker, workers, model, None)
                })
            })
            .collect();
        spans.push(work(&feed, 0, workers, &model, Some(progress)));
        spans.extend(others.into_iter().filter_map(|other| other.join().ok()));
    });
    progress.finish();
    let files = feed.into_reports().into_iter().map(|report| view::FileView {
        path: report.path.display().to_string(),
        packets: report.packets,
        bytes: report.bytes,
        error: report.error,
    });
    Analysed {
        model: model.into_inner().unwrap_or_else(PoisonError::into_inner),
        files: files.collect(),
        first: spans.iter().map(|(first, _)| *first).min().unwrap_or(Ts::MAX),
        last: spans.iter().map(|(_, last)| *last).max().unwrap_or(Ts::MIN),
        skipped,
    }
}

fn default_threads(total_bytes: u64) -> u8 {
    if total_bytes < SMALL_BYTES {
        return 1;
    }
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    u8::try_from(cores.min(4)).unwrap_or(1)
}

/// An engine with its observer.
pub(crate) struct Worker {
    engine: Engine<Protocols>,
    observer: Observer,
}

impl Worker {
    /// A worker, one of `workers` that share the flows.
    pub(crate) fn new(workers: u8) -> Self {
        let flows = Limits::default().flows / u32::from(workers.max(1));
        let limits = Limits { flows, seed: seed(), ..Limits::default() };
        let observer = Observer::new(&Room::for_flows(flows), Protocols::SPECS);
        Self { engine: Engine::new(limits), observer }
    }

    /// Takes a frame; gives the model what was observed when enough has come together.
    pub(crate) fn frame(&mut self, frame: &decode::Frame<'_>, model: &Mutex<Model>) {
        self.engine.handle_frame(frame, &mut self.observer);
        if self.observer.is_ripe() {
            self.report(model);
        }
    }

    /// Gives the model what was observed.
    pub(crate) fn report(&mut self, model: &Mutex<Model>) {
        while !self.engine.report(&mut self.observer) {
            self.hand_over(model, false);
        }
        self.hand_over(model, true);
    }

    /// The input ends.
    pub(crate) fn finish(&mut self, model: &Mutex<Model>) {
        while !self.engine.finish(&mut self.observer) {
            self.hand_over(model, false);
        }
        self.hand_over(model, true);
    }

    fn hand_over(&mut self, model: &Mutex<Model>, reported: bool) {
        self.observer.seal(self.engine.take_losses());
        model.lock().unwrap_or_else(PoisonError::into_inner).apply(self.observer.batch());
        self.observer.clear(reported);
    }
}

/// A number that nobody outside knows; results do not depend on it.
fn seed() -> u64 {
    use std::hash::{BuildHasher, Hasher, RandomState};
    RandomState::new().build_hasher().finish()
}

/// Takes one worker's frames; returns the first and last time seen.
fn work(
    feed: &Feed,
    worker: u8,
    workers: u8,
    model: &Mutex<Model>,
    progress: Option<&Progress>,
) -> (Ts, Ts) {
    let mut this = Worker::new(workers);
    let (mut first, mut last) = (Ts::MAX, Ts::MIN);
    while let Some(shared) = feed.next(worker) {
        let Shared { block, owners } = &*shared;
        for (at, record) in block.records().iter().enumerate() {
            if owners.get(at).is_none_or(|owner| *owner == worker) {
                first = first.min(record.at);
                last = last.max(record.at);
                this.frame(&block.frame(record), model);
            }
        }
        feed.done(shared);
        if let Some(progress) = progress {
            progress.at(feed.progress());
        }
    }
    this.finish(model);
    (first, last)
}
