//! What the console shows: a model that grows, and the newest picture of it.

use judge::policy::Policy;
use judge::review::{Findings, Plant, review};
use judge::risk::{Advice, Assessment, Reach, Ruling, Triage, Weights, assess};
use judge::supply::{Contacts, Filed, Supply, contacts};
use model::{
    Asset, Correction, Corrections, Knowledge, Model, Resolution, Tie, TieRefused,
    resolve_corrected,
};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tokio::sync::watch;
use view::{Capture, FileView};
use vocab::{Attribute, Ts};

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

/// A judgement of one picture.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The picture's number.
    pub revision: u64,
    /// The judgement.
    pub assessment: Arc<Assessment>,
    /// What somebody should look at.
    pub findings: Arc<Findings>,
    /// The day on which it holds, `YYYY-MM-DD`.
    pub day: String,
    /// It was made for this call.
    pub fresh: bool,
    /// Which decisions it is made with.
    version: u64,
}

/// What people decided.
#[derive(Debug, Default)]
struct Decided {
    rulings: Vec<(String, String, Ruling)>,
    weights: Weights,
    version: u64,
}

impl Decided {
    fn triage(&self, today: &str) -> Triage {
        let mut triage = Triage::new(today);
        for (asset, cve, ruling) in &self.rulings {
            triage.add(asset, cve, ruling.clone());
        }
        triage
    }
}

/// The model with its pictures.
pub struct Site {
    model: Arc<Mutex<Model>>,
    knowledge: Arc<dyn Knowledge + Send + Sync>,
    newest: watch::Sender<Arc<Snapshot>>,
    advice: OnceLock<Advice>,
    policy: OnceLock<Policy>,
    supply: Mutex<Option<Arc<Supply>>>,
    contacts: Mutex<Option<(u64, Arc<Contacts>)>>,
    decided: Mutex<Decided>,
    judged: Mutex<Option<Judged>>,
    /// Held while a picture is made: pictures come one after the other.
    corrections: Mutex<Corrections>,
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
        let first =
            picture(&lock(&model), knowledge.as_ref(), &Corrections::default(), inputs, live, 1);
        let (newest, _) = watch::channel(Arc::new(first));
        Self {
            model,
            knowledge,
            newest,
            advice: OnceLock::new(),
            policy: OnceLock::new(),
            supply: Mutex::default(),
            contacts: Mutex::default(),
            decided: Mutex::default(),
            judged: Mutex::default(),
            corrections: Mutex::default(),
        }
    }

    /// Takes a new picture and tells everybody who looks.
    pub fn refresh(&self, inputs: &Inputs, live: bool) {
        let corrections = self.corrections();
        let revision = self.newest.borrow().revision + 1;
        let knowledge = self.knowledge.as_ref();
        let next = picture(&lock(&self.model), knowledge, &corrections, inputs, live, revision);
        self.newest.send_replace(Arc::new(next));
    }

    fn corrections(&self) -> MutexGuard<'_, Corrections> {
        self.corrections.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What people said of devices earlier.
    pub fn recall_corrections(&self, said: Vec<Correction>, ties: Vec<Tie>) {
        let mut corrections = self.corrections();
        if corrections.recall(said, ties) {
            self.resolve_again(&corrections);
        }
    }

    /// A person says something of a device, or takes it back; the devices are made anew. False
    /// where there is no room for more.
    pub fn correct(&self, correction: Correction) -> bool {
        let mut corrections = self.corrections();
        let kept = corrections.add(correction);
        if kept {
            self.resolve_again(&corrections);
        }
        kept
    }

    /// A person said something of this attribute of the device.
    pub fn is_corrected(&self, asset: &str, attribute: Attribute) -> bool {
        self.corrections().of(asset).any(|said| said.attribute == attribute)
    }

    /// What people say of a device.
    pub fn corrections_of(&self, asset: &str) -> Vec<Correction> {
        self.corrections().of(asset).cloned().collect()
    }

    /// A person says which addresses are one device, or takes it back; it shows in the next
    /// picture. Returns the word that held before.
    ///
    /// # Errors
    /// When it contradicts what holds, or there is no room.
    pub fn tie(&self, tie: Tie) -> Result<Option<Tie>, TieRefused> {
        let mut corrections = self.corrections();
        let before = corrections.ties().held(&tie.bond).cloned();
        corrections.tie(tie)?;
        Ok(before)
    }

    /// As if it had not been said.
    pub fn untie(&self, tie: &Tie, before: Option<Tie>) {
        let back = before.unwrap_or_else(|| Tie { holds: false, ..tie.clone() });
        // It held before; only a word said in this moment could be in its way, and that one stays.
        let _refused = self.corrections().tie(back).is_err();
    }

    /// What two devices as one would contradict.
    pub fn tie_between(&self, one: &Asset, other: &Asset) -> Option<Tie> {
        self.corrections().ties().between(one, other).cloned()
    }

    /// What people say of which addresses are this device.
    pub fn ties_of(&self, asset: &Asset) -> Vec<Tie> {
        let corrections = self.corrections();
        corrections.ties().iter().filter(|tie| tie.concerns(asset)).cloned().collect()
    }

    /// Takes a picture of the same input with what people said by now.
    pub fn look_again(&self) {
        self.resolve_again(&self.corrections());
    }

    /// A picture of the same input with other devices.
    fn resolve_again(&self, corrections: &Corrections) {
        let old = self.snapshot();
        let resolution =
            resolve_corrected(&lock(&self.model), self.knowledge.as_ref(), corrections, 1);
        self.newest.send_replace(Arc::new(Snapshot {
            revision: old.revision + 1,
            capture: old.capture.clone(),
            resolution,
            conversations: old.conversations,
            live: old.live,
        }));
    }

    /// From now on devices are judged with these facts.
    pub fn know(&self, advice: Advice) {
        // The first stays: facts do not change while the program runs.
        self.advice.get_or_init(|| advice);
    }

    /// From now on what is seen is judged by the plant's own rules too.
    pub fn govern(&self, policy: Policy) {
        // The first stays: rules do not change while the program runs.
        self.policy.get_or_init(|| policy);
    }

    /// What is known against devices; `None` while the facts are not there yet.
    pub fn advice(&self) -> Option<&Advice> {
        self.advice.get()
    }

    /// From now on passports are made with these documents and facts.
    pub fn supply(&self, supply: Supply) {
        let mut own = self.supply.lock().unwrap_or_else(PoisonError::into_inner);
        *own = Some(Arc::new(supply));
    }

    /// Takes one more document; a document with the same number goes. Returns what was before and
    /// what is now; `None` while the facts are not there yet.
    pub fn file(&self, new: Filed) -> Option<(Arc<Supply>, Arc<Supply>)> {
        let mut own = self.supply.lock().unwrap_or_else(PoisonError::into_inner);
        let before = own.clone()?;
        let mut filed = before.filed().to_vec();
        filed.retain(|filed| filed.id != new.id);
        filed.push(new);
        let after = Arc::new(before.with(filed));
        *own = Some(after.clone());
        Some((before, after))
    }

    /// Takes a document away.
    pub fn forget(&self, id: i64) {
        let mut own = self.supply.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = own.as_mut() {
            let filed = before.filed().iter().filter(|filed| filed.id != id).cloned().collect();
            *before = Arc::new(before.with(filed));
        }
    }

    /// Who reaches devices of a picture from outside; made once for each picture.
    pub fn contacts(&self, snapshot: &Snapshot) -> Arc<Contacts> {
        let mut kept = self.contacts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, own)) = kept.as_ref().filter(|(revision, _)| *revision == snapshot.revision)
        {
            return own.clone();
        }
        let own = Arc::new(contacts(&self.model(), &snapshot.resolution));
        *kept = Some((snapshot.revision, own.clone()));
        own
    }

    /// Documents and facts of the supply chain; `None` while they are not there yet.
    pub fn supplied(&self) -> Option<Arc<Supply>> {
        self.supply.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What people decided earlier, by asset and CVE; the latest decision wins.
    pub fn recall(&self, rulings: Vec<(String, String, Ruling)>, weights: Weights) {
        let mut decided = self.decided();
        decided.rulings.extend(rulings);
        decided.weights = weights;
        decided.version += 1;
    }

    /// A person decides about a CVE on assets.
    pub fn rule(&self, assets: &[&str], cve: &str, ruling: &Ruling) {
        let about: BTreeSet<&str> = assets.iter().copied().collect();
        let mut decided = self.decided();
        decided.rulings.retain(|(a, c, _)| c != cve || !about.contains(a.as_str()));
        let new = about.iter().map(|asset| ((*asset).to_owned(), cve.to_owned(), ruling.clone()));
        decided.rulings.extend(new);
        decided.version += 1;
    }

    /// The identifiers under which decisions about a CVE on a device were filed: that of the device
    /// and those of devices that are part of it now.
    pub fn filed_under(&self, asset: &str, cve: &str) -> Vec<String> {
        let snapshot = self.snapshot();
        let is_of = |under: &str| snapshot.resolution.id_now(under) == asset;
        let decided = self.decided();
        let of_cve = decided.rulings.iter().filter(|(_, own, _)| own == cve);
        of_cve.filter(|(under, ..)| is_of(under)).map(|(under, ..)| under.clone()).collect()
    }

    /// The weights in use.
    pub fn weights(&self) -> Weights {
        self.decided().weights.clone()
    }

    /// Takes other weights.
    pub fn weigh(&self, weights: Weights) {
        let mut decided = self.decided();
        decided.weights = weights;
        decided.version += 1;
    }

    fn decided(&self) -> MutexGuard<'_, Decided> {
        self.decided.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is known against the devices of the newest picture, and what follows; made once for
    /// each picture, day and set of decisions. `None` while the facts are not there yet. Takes a
    /// while for a large plant.
    pub fn judged(&self, today: &str) -> Option<Judged> {
        let advice = self.advice.get()?;
        let snapshot = self.snapshot();
        // Whoever comes meanwhile waits for the same answer instead of making it again.
        let mut judged = self.judged.lock().unwrap_or_else(PoisonError::into_inner);
        let (triage, weights, version) = {
            let decided = self.decided();
            let made = judged.as_ref().filter(|made| {
                made.revision == snapshot.revision
                    && made.version == decided.version
                    && made.day == today
            });
            if let Some(made) = made {
                return Some(Judged { fresh: false, ..made.clone() });
            }
            (decided.triage(today), decided.weights.clone(), decided.version)
        };
        let resolution = &snapshot.resolution;
        // The model is held shortly twice: judging in between takes longest.
        let reach = Reach::new(&self.model(), resolution, &weights);
        let assessment = assess(&reach, resolution, advice, &weights, &triage);
        let model = self.model();
        let policy = self.policy.get();
        let findings =
            review(&Plant { model: &model, resolution, risk: Some(&assessment), policy });
        drop(model);
        let made = Judged {
            revision: snapshot.revision,
            assessment: Arc::new(assessment),
            findings: Arc::new(findings),
            day: today.to_owned(),
            fresh: true,
            version,
        };
        *judged = Some(made.clone());
        Some(made)
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
    corrections: &Corrections,
    inputs: &Inputs,
    live: bool,
    revision: u64,
) -> Snapshot {
    Snapshot {
        revision,
        capture: Capture::new(inputs.files.clone(), inputs.first, inputs.last, model),
        resolution: resolve_corrected(model, knowledge, corrections, 1),
        conversations: model.conversations.len(),
        live,
    }
}
