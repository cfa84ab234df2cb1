//! One reader, several workers: every worker sees every block, and takes its own frames of it.

use crate::clock;
use crate::source::Source;
use capture::{Block, FileReport, Runs};
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Blocks read ahead of the slowest worker.
const AHEAD_MAX: usize = 8;
/// How old the reports may be that are shown while reading.
const REPORTS_AGE_MAX: Duration = Duration::from_millis(500);

/// A block with the order in which its frames are worked on, and by whom.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    pub(crate) block: Block,
    pub(crate) runs: Runs,
}

struct State {
    /// Taken out by whoever reads.
    source: Option<Box<dyn Source>>,
    /// Blocks that some worker has not taken yet; the first has number `first`.
    blocks: VecDeque<Arc<Shared>>,
    first: usize,
    /// The next block each worker takes.
    taken: Vec<usize>,
    /// Blocks to fill again.
    spare: Vec<Shared>,
    ended: bool,
    frames: u64,
    bytes: u64,
    reports: Vec<FileReport>,
    reported: Instant,
}

/// Hands blocks of captured frames to workers.
pub(crate) struct Feed {
    state: Mutex<State>,
    moved: Condvar,
    workers: u8,
    live: bool,
}

impl Feed {
    pub(crate) fn new(source: Box<dyn Source>, workers: u8) -> Self {
        let live = source.is_live();
        let state = State {
            reports: source.reports(),
            reported: clock::now(),
            source: Some(source),
            blocks: VecDeque::new(),
            first: 0,
            taken: vec![0; usize::from(workers)],
            spare: Vec::new(),
            ended: false,
            frames: 0,
            bytes: 0,
        };
        Self { state: Mutex::new(state), moved: Condvar::new(), workers, live }
    }

    /// How many workers take blocks.
    pub(crate) fn workers(&self) -> u8 {
        self.workers
    }

    /// Frames carry the time of day.
    pub(crate) fn is_live(&self) -> bool {
        self.live
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next block for a worker; `None` at the end. Whoever finds none reads the next one,
    /// while the others work on what there is.
    pub(crate) fn next(&self, worker: u8) -> Option<Arc<Shared>> {
        let mut state = self.lock();
        loop {
            let number = *state.taken.get(usize::from(worker))?;
            if let Some(block) = state.blocks.get(number - state.first).cloned() {
                if let Some(taken) = state.taken.get_mut(usize::from(worker)) {
                    *taken += 1;
                }
                state.forget();
                self.moved.notify_all();
                return Some(block);
            }
            if state.ended {
                return None;
            }
            let may_read = state.blocks.len() < AHEAD_MAX;
            if let Some(source) = state.source.take_if(|_| may_read) {
                let shared = state.spare.pop().unwrap_or_default();
                drop(state);
                state = self.read(source, shared);
                self.moved.notify_all();
            } else {
                state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    /// Reads a block, says whose each frame is, and puts it into the line.
    fn read(&self, mut source: Box<dyn Source>, mut shared: Shared) -> MutexGuard<'_, State> {
        let goes_on = source.fill(&mut shared.block);
        shared.runs.arrange(&shared.block, self.workers);
        let mut state = self.lock();
        let old = clock::now().duration_since(state.reported) > REPORTS_AGE_MAX;
        if old || !goes_on {
            state.reports = source.reports();
            state.reported = clock::now();
        }
        state.source = Some(source);
        state.ended = !goes_on;
        if goes_on {
            state.frames += shared.block.len() as u64;
            state.bytes += shared.block.byte_len() as u64;
            state.blocks.push_back(Arc::new(shared));
        }
        state
    }

    /// Gives a block back; whoever is last lets it be filled again.
    pub(crate) fn done(&self, block: Arc<Shared>) {
        if let Ok(block) = Arc::try_unwrap(block) {
            self.lock().spare.push(block);
        }
    }

    /// Frames and bytes read so far.
    pub(crate) fn progress(&self) -> (u64, u64) {
        let state = self.lock();
        (state.frames, state.bytes)
    }

    /// What became of each input so far; exact at the end.
    pub(crate) fn reports(&self) -> Vec<FileReport> {
        self.lock().reports.clone()
    }
}

impl State {
    /// Drops the blocks that every worker has taken.
    fn forget(&mut self) {
        let slowest = self.taken.iter().copied().min().unwrap_or(0);
        while self.first < slowest && self.blocks.pop_front().is_some() {
            self.first += 1;
        }
    }
}
