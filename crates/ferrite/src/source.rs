//! Where blocks of frames come from.

use capture::{Block, FileReport, Inputs, Live};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Gives blocks of frames.
pub(crate) trait Source: Send {
    /// Fills a block with the next frames; false at the end. A live source gives an empty block
    /// where none came for a while.
    fn fill(&mut self, block: &mut Block) -> bool;

    /// What became of each input so far.
    fn reports(&self) -> Vec<FileReport>;
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
}

/// Files that are read until somebody has had enough.
pub(crate) struct Stoppable {
    pub(crate) inputs: Inputs,
    pub(crate) stop: Arc<AtomicBool>,
}

impl Source for Stoppable {
    fn fill(&mut self, block: &mut Block) -> bool {
        block.clear();
        !self.stop.load(Ordering::Relaxed) && Source::fill(&mut self.inputs, block)
    }

    fn reports(&self) -> Vec<FileReport> {
        self.inputs.reports().to_vec()
    }
}
