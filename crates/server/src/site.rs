//! What the console shows: a model that grows, and the newest picture of it.

use model::{Knowledge, Model, Resolution, resolve};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tokio::sync::watch;
use view::{Capture, FileView, Vulnerabilities};
use vocab::Ts;

/// A picture of the model at one time.
#[derive(Debug)]
pub struct Snapshot {
    /// Counts up with every picture.
    pub revision: u64,
    /// What was read.
    pub capture: Capture,
    /// The devices.
    pub resolution: Resolution,
    /// Conversations.
    pub conversations: usize,
    /// Input still comes.
    pub live: bool,
}

/// What was read so far.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// Captures and interfaces.
    pub files: Vec<FileView>,
    /// First frame's time.
    pub first: Ts,
    /// Last frame's time.
    pub last: Ts,
}

/// The model with its pictures.
pub struct Site {
    model: Arc<Mutex<Model>>,
    knowledge: Arc<dyn Knowledge + Send + Sync>,
    newest: watch::Sender<Arc<Snapshot>>,
    vulnerabilities: OnceLock<Vulnerabilities>,
}

impl std::fmt::Debug for Site {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Site").field("revision", &self.newest.borrow().revision).finish()
    }
}

impl Site {
    /// A site over a model; the first picture is taken at once.
    pub fn new(
        model: Arc<Mutex<Model>>,
        knowledge: Arc<dyn Knowledge + Send + Sync>,
        inputs: &Inputs,
        live: bool,
    ) -> Self {
        let first = picture(&lock(&model), knowledge.as_ref(), inputs, live, 1);
        let (newest, _) = watch::channel(Arc::new(first));
        Self { model, knowledge, newest, vulnerabilities: OnceLock::new() }
    }

    /// Takes a new picture and tells everybody who looks.
    pub fn refresh(&self, inputs: &Inputs, live: bool) {
        let revision = self.newest.borrow().revision + 1;
        let next = picture(&lock(&self.model), self.knowledge.as_ref(), inputs, live, revision);
        self.newest.send_replace(Arc::new(next));
    }

    /// From now on devices are shown with what advisories say of them.
    pub fn know(&self, vulnerabilities: Vulnerabilities) {
        // The first stays: facts do not change while the program runs.
        self.vulnerabilities.get_or_init(|| vulnerabilities);
    }

    /// What advisories say, where it is known.
    pub fn vulnerabilities(&self) -> Option<&Vulnerabilities> {
        self.vulnerabilities.get()
    }

    /// The newest picture.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.newest.borrow().clone()
    }

    /// Tells of new pictures.
    pub fn watch(&self) -> watch::Receiver<Arc<Snapshot>> {
        self.newest.subscribe()
    }

    /// The model, for as long as the guard lives: keep it short.
    pub fn model(&self) -> MutexGuard<'_, Model> {
        lock(&self.model)
    }
}

fn lock(model: &Mutex<Model>) -> MutexGuard<'_, Model> {
    model.lock().unwrap_or_else(PoisonError::into_inner)
}

fn picture(
    model: &Model,
    knowledge: &dyn Knowledge,
    inputs: &Inputs,
    live: bool,
    revision: u64,
) -> Snapshot {
    Snapshot {
        revision,
        capture: Capture::new(inputs.files.clone(), inputs.first, inputs.last, model),
        resolution: resolve(model, knowledge),
        conversations: model.conversations.len(),
        live,
    }
}
