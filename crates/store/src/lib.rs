//! State on disk: one SQLite file per data folder, in write-ahead mode.
//!
//! A save is one transaction with the rows that changed: what was acknowledged survives a kill at
//! any instant, and nothing is stored twice, because a source is stored in the same transaction
//! as what it gave. One process owns a folder at a time. Older folders are migrated when opened,
//! newer ones refused.

mod corrections;
mod delta;
mod error;
mod load;
mod risk;
mod save;
mod supply;
mod ties;

pub use delta::Delta;
pub use error::StoreError;
pub use risk::TrendDay;
pub use save::Source;

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Row, SqlitePool};
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

static MIGRATIONS: Migrator = sqlx::migrate!();

/// An open data folder.
#[derive(Debug)]
pub struct Store {
    pub(crate) pool: SqlitePool,
    folder: PathBuf,
    /// Held while the folder is ours.
    _lock: File,
}

impl Store {
    /// Opens a folder, making it where it is missing.
    ///
    /// # Errors
    /// When another process has it, when it was written by a newer version, or when the system
    /// refuses.
    pub async fn open(folder: &Path) -> Result<Self, StoreError> {
        let io = |error| StoreError::Io { path: folder.to_owned(), error };
        fs::create_dir_all(folder).map_err(io)?;
        let lock = File::create(folder.join("lock")).map_err(io)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(StoreError::InUse { path: folder.to_owned() });
            }
            Err(TryLockError::Error(error)) => return Err(io(error)),
        }
        let options = SqliteConnectOptions::new()
            .filename(folder.join("ferrite.db"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true);
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
        MIGRATIONS.run(&pool).await.map_err(|error| StoreError::migration(folder, error))?;
        Ok(Self { pool, folder: folder.to_owned(), _lock: lock })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A setting's value.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        let row = sqlx::query("SELECT value FROM settings WHERE name = ?")
            .bind(name)
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }

    /// Sets a setting.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn set_setting(&self, name: &str, value: &str) -> Result<(), StoreError> {
        sqlx::query("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)")
            .bind(name)
            .bind(value)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Writes everything down and lets the folder go.
    pub async fn close(self) {
        self.pool.close().await;
    }
}
