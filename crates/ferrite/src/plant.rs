//! The model that workers fill while others look at it.

use model::Model;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use vocab::Batch;

/// A model that several threads share.
#[derive(Debug)]
pub(crate) struct Plant {
    model: Arc<Mutex<Model>>,
    /// Batches added so far.
    batches: AtomicU64,
}

impl Plant {
    pub(crate) fn new(model: Model) -> Self {
        Self { model: Arc::new(Mutex::new(model)), batches: AtomicU64::new(0) }
    }

    /// The model for as long as the guard lives: keep it short, workers wait for it.
    pub(crate) fn model(&self) -> MutexGuard<'_, Model> {
        self.model.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The same model for somebody who keeps it.
    pub(crate) fn shared(&self) -> Arc<Mutex<Model>> {
        self.model.clone()
    }

    /// Adds what was observed.
    pub(crate) fn apply(&self, batch: &Batch) {
        self.model().apply(batch);
        self.batches.fetch_add(1, Ordering::Relaxed);
    }

    /// Grows whenever the model may have changed.
    pub(crate) fn revision(&self) -> u64 {
        self.batches.load(Ordering::Relaxed)
    }

    /// The model, where nobody else has it any more; else a copy.
    pub(crate) fn into_model(self) -> Model {
        match Arc::try_unwrap(self.model) {
            Ok(model) => model.into_inner().unwrap_or_else(PoisonError::into_inner),
            Err(shared) => shared.lock().unwrap_or_else(PoisonError::into_inner).clone(),
        }
    }
}
