//! One reader, several workers: every worker sees every block, and takes its own frames of it.

use capture::{Block, FileReport, Inputs};
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// Blocks read ahead of the slowest worker.
const AHEAD_MAX: usize = 8;

/// A block with the worker of each of its frames.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    pub(crate) block: Block,
    pub(crate) owners: Vec<u8>,
}

struct State {
    inputs: Inputs,
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
}

/// Hands blocks of captured frames to workers.
pub(crate) struct Feed {
    state: Mutex<State>,
    moved: Condvar,
    workers: u8,
}

impl Feed {
    pub(crate) fn new(inputs: Inputs, workers: u8) -> Self {
        let state = State {
            inputs,
            blocks: VecDeque::new(),
            first: 0,
            taken: vec![0; usize::from(workers)],
            spare: Vec::new(),
            ended: false,
            frames: 0,
            bytes: 0,
        };
        Self { state: Mutex::new(state), moved: Condvar::new(), workers }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next block for a worker; `None` at the end.
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
            if state.blocks.len() >= AHEAD_MAX {
                state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
            } else {
                state.read(self.workers);
                self.moved.notify_all();
            }
        }
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

    /// What became of each file.
    pub(crate) fn into_reports(self) -> Vec<FileReport> {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        state.inputs.reports().to_vec()
    }
}

impl State {
    /// Reads a block and says whose each frame is.
    fn read(&mut self, workers: u8) {
        let mut shared = self.spare.pop().unwrap_or_default();
        self.inputs.fill(&mut shared.block);
        if shared.block.is_empty() {
            self.ended = true;
            return;
        }
        shared.owners.clear();
        if workers > 1 {
            let owner = |frame| {
                let number = decode::spread(&frame) % u32::from(workers);
                u8::try_from(number).unwrap_or(0)
            };
            shared.owners.extend(shared.block.frames().map(owner));
        }
        self.frames += shared.block.len() as u64;
        self.bytes += shared.block.byte_len() as u64;
        self.blocks.push_back(Arc::new(shared));
    }

    /// Drops the blocks that every worker has taken.
    fn forget(&mut self) {
        let slowest = self.taken.iter().copied().min().unwrap_or(0);
        while self.first < slowest && self.blocks.pop_front().is_some() {
            self.first += 1;
        }
    }
}
