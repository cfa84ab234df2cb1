//! Where blocks of frames come from.

use capture::{Block, FileReport, Inputs, Live};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

/// Gives blocks of frames.
pub(crate) trait Source: Send {
    /// Fills a block with the next frames; false at the end. It may be empty where none came for
    /// a while.
    fn fill(&mut self, block: &mut Block) -> bool;

    /// What became of each input so far.
    fn reports(&self) -> Vec<FileReport>;

    /// Frames carry the time of day.
    fn is_live(&self) -> bool {
        false
    }
}

impl Source for Inputs {
    fn fill(&mut self, block: &mut Block) -> bool {
        Self::fill(self, block);
        !block.is_empty()
    }

    fn reports(&self) -> Vec<FileReport> {
        Self::reports(self).to_vec()
    }
}

impl Source for Live {
    fn fill(&mut self, block: &mut Block) -> bool {
        Self::fill(self, block);
        !self.is_over()
    }

    fn reports(&self) -> Vec<FileReport> {
        Self::reports(self)
    }

    fn is_live(&self) -> bool {
        true
    }
}

/// How long to wait for frames before saying that there are none.
const WAIT: Duration = Duration::from_millis(100);
/// Blocks read ahead.
const AHEAD_MAX: usize = 2;

/// Files that a thread of their own reads: a pipe that nobody writes to keeps neither the picture
/// from being fresh nor the program from ending.
pub(crate) struct Background {
    blocks: Receiver<(Block, Vec<FileReport>)>,
    reports: Vec<FileReport>,
    stop: Arc<AtomicBool>,
}

impl Background {
    /// Reads until the end, or until `stop` is set.
    pub(crate) fn new(mut inputs: Inputs, stop: Arc<AtomicBool>) -> Self {
        let reports = inputs.reports().to_vec();
        let (give, blocks) = mpsc::sync_channel(AHEAD_MAX);
        // Nobody waits for this thread: it ends when nobody takes its blocks any more, or with
        // the process.
        std::thread::spawn(move || {
            loop {
                let mut block = Block::new();
                inputs.fill(&mut block);
                let ended = block.is_empty();
                if give.send((block, inputs.reports().to_vec())).is_err() || ended {
                    return;
                }
            }
        });
        Self { blocks, reports, stop }
    }
}

impl Source for Background {
    fn fill(&mut self, block: &mut Block) -> bool {
        block.clear();
        if self.stop.load(Ordering::Relaxed) {
            return false;
        }
        match self.blocks.recv_timeout(WAIT) {
            Ok((next, reports)) => {
                *block = next;
                self.reports = reports;
                true
            }
            Err(RecvTimeoutError::Timeout) => true,
            Err(RecvTimeoutError::Disconnected) => false,
        }
    }

    fn reports(&self) -> Vec<FileReport> {
        self.reports.clone()
    }
}
