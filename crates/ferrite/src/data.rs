//! A data folder for threads that know nothing of async.

use crate::output;
use crate::plant::Plant;
use anyhow::Result;
use dissect::Registry;
use judge::risk::{Assessment, Ruling, Weights};
use judge::supply::{Filed, Pool, Warning};
use knowledge::supply::Opened;
use model::{Correction, Model, ModelLimits, Tie};
use protocols::Protocols;
use server::Access;
use std::path::Path;
use std::sync::Arc;
use store::{Delta, Source, Store};
use tokio::runtime::Handle;

const PASSWORD: &str = "admin_password";
const PASSWORD_INITIAL: &str = "admin_password_initial";
const POLICY: &str = "policy";

/// Decisions of people by asset and CVE.
pub(crate) type Rulings = Vec<(String, String, Ruling)>;

/// An open data folder.
#[derive(Debug)]
pub(crate) struct Data {
    runtime: Handle,
    store: Arc<Store>,
}

impl Data {
    /// Opens a folder, making it where it is missing.
    pub(crate) fn open(runtime: &Handle, folder: &Path) -> Result<Self> {
        let store = runtime.block_on(Store::open(folder))?;
        Ok(Self { runtime: runtime.clone(), store: Arc::new(store) })
    }

    /// The same folder for the server.
    pub(crate) fn store(&self) -> Arc<Store> {
        self.store.clone()
    }

    /// What was read in earlier runs.
    pub(crate) fn sources(&self) -> Result<Vec<Source>> {
        Ok(self.runtime.block_on(self.store.sources())?)
    }

    /// Everything that is stored.
    pub(crate) fn load(&self) -> Result<Model> {
        Ok(self.runtime.block_on(self.store.load(ModelLimits::default(), Protocols::SPECS))?)
    }

    /// Writes what changed. The model is free again before the disk is touched.
    pub(crate) fn save(&self, plant: &Plant, rows: &[Source]) -> Result<()> {
        let delta = Delta::take(&mut plant.model());
        let saved = self.runtime.block_on(self.store.save(&delta, rows));
        if saved.is_err() {
            delta.put_back(&mut plant.model());
        }
        Ok(saved?)
    }

    /// What people decided about weaknesses, and the weights they chose.
    pub(crate) fn decided(&self) -> Result<(Rulings, Weights)> {
        let rulings = self.runtime.block_on(self.store.rulings())?;
        Ok((rulings, self.runtime.block_on(self.store.weights())?))
    }

    /// The plant's own rules: what the file was called, and its text.
    pub(crate) fn policy(&self) -> Result<Option<(String, String)>> {
        let kept = self.runtime.block_on(self.store.setting(POLICY))?;
        Ok(kept.map(|kept| serde_json::from_str(&kept)).transpose()?)
    }

    /// Keeps the plant's own rules in place of those before.
    pub(crate) fn keep_policy(&self, file: &str, text: &str) -> Result<()> {
        let kept = serde_json::to_string(&(file, text))?;
        Ok(self.runtime.block_on(self.store.set_setting(POLICY, &kept))?)
    }

    /// What people said of devices.
    pub(crate) fn corrections(&self) -> Result<Vec<Correction>> {
        Ok(self.runtime.block_on(self.store.corrections())?)
    }

    /// What people said of which addresses are one device.
    pub(crate) fn ties(&self) -> Result<Vec<Tie>> {
        Ok(self.runtime.block_on(self.store.ties())?)
    }

    /// Documents of the supply chain.
    pub(crate) fn filed(&self) -> Result<Vec<Filed>> {
        Ok(self.runtime.block_on(self.store.filed())?)
    }

    /// What other plants shared. One that cannot be read is said and passed over.
    pub(crate) fn pool(&self) -> Result<Pool> {
        let mut shared = Vec::new();
        for (signer, _, payload) in self.runtime.block_on(self.store.bundles())? {
            match knowledge::supply::payload_of(&payload) {
                Ok(own) => shared.push(own),
                Err(error) => {
                    output::complain(&format!("ferrite: the bundle of {signer}: {error}"));
                }
            }
        }
        Ok(Pool::new(&shared))
    }

    /// Keeps a document of the supply chain.
    pub(crate) fn file(&self, new: &Filed) -> Result<i64> {
        Ok(self.runtime.block_on(self.store.file(new))?)
    }

    /// Takes a document away.
    pub(crate) fn unfile(&self, id: i64) -> Result<bool> {
        Ok(self.runtime.block_on(self.store.unfile(id))?)
    }

    /// Keeps what another plant shared.
    pub(crate) fn keep_bundle(&self, opened: &Opened, now: &str) -> Result<()> {
        let Opened { signer, payload, shared } = opened;
        Ok(self.runtime.block_on(self.store.keep_bundle(signer, &shared.made, now, payload))?)
    }

    /// Keeps warnings.
    pub(crate) fn warn(&self, warnings: &[Warning]) -> Result<()> {
        Ok(self.runtime.block_on(self.store.warn(warnings))?)
    }

    /// Warnings with their numbers, the latest first.
    pub(crate) fn warnings(&self) -> Result<Vec<(i64, Warning)>> {
        Ok(self.runtime.block_on(self.store.warnings())?)
    }

    /// Keeps the risk of today.
    pub(crate) fn keep_trend(&self, day: &str, risk: &Assessment) -> Result<()> {
        Ok(self.runtime.block_on(self.store.keep_trend(day, risk))?)
    }

    /// Who may look: by the stored password.
    pub(crate) fn access(&self) -> Result<Access> {
        let setting = |name| self.runtime.block_on(self.store.setting(name));
        let initial = setting(PASSWORD_INITIAL)?.is_some_and(|value| value == "yes");
        Ok(Access::new(setting(PASSWORD)?, initial))
    }

    /// Makes the first password where there is none; returns it to be shown once.
    pub(crate) fn first_password(&self, access: &Access) -> Result<Option<String>> {
        if access.has_password() {
            return Ok(None);
        }
        let (password, hash) = access.first_password()?;
        // First that it must be changed: a kill in between leaves no password, not a kept one.
        self.runtime.block_on(self.store.set_setting(PASSWORD_INITIAL, "yes"))?;
        self.runtime.block_on(self.store.set_setting(PASSWORD, &hash))?;
        Ok(Some(password))
    }
}
