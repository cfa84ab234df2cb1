//! What can go wrong with a data folder, and the way out.

use sqlx::migrate::MigrateError;
use std::path::{Path, PathBuf};

/// A data folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process has it.
    #[error(
        "{}: another Ferrite uses this data folder; stop it, or give another with --data",
        path.display()
    )]
    InUse {
        /// The folder.
        path: PathBuf,
    },
    /// A newer version wrote it.
    #[error(
        "{}: a newer Ferrite wrote this data folder (schema {schema}); use that version, or give \
         another folder with --data",
        path.display()
    )]
    Newer {
        /// The folder.
        path: PathBuf,
        /// The newest schema number in it.
        schema: i64,
    },
    /// The system refuses.
    #[error("{}: {error}", path.display())]
    Io {
        /// The folder.
        path: PathBuf,
        /// What it said.
        error: std::io::Error,
    },
    /// The database refuses.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("{}: migration failed: {error}", path.display())]
    Migration {
        /// The folder.
        path: PathBuf,
        /// What went wrong.
        error: MigrateError,
    },
    /// A stored row does not make sense.
    #[error("damaged row in table {table}: {what}")]
    Damaged {
        /// The table.
        table: &'static str,
        /// What is wrong.
        what: String,
    },
}

impl StoreError {
    pub(crate) fn migration(path: &Path, error: MigrateError) -> Self {
        let path = path.to_owned();
        match error {
            MigrateError::VersionMissing(schema) | MigrateError::VersionTooNew(schema, _) => {
                Self::Newer { path, schema }
            }
            error => Self::Migration { path, error },
        }
    }
}
