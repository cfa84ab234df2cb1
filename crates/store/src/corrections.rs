//! What people say of devices.

use crate::{Store, StoreError};
use model::Correction;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use vocab::{Attribute, Ts};

/// Most entries of a history.
const HISTORY_MAX: i64 = 1_000;

fn correction(row: &SqliteRow) -> Result<Correction, StoreError> {
    let key: String = row.try_get("attribute")?;
    let attribute = Attribute::from_key(&key).ok_or_else(|| StoreError::Damaged {
        table: "corrections",
        what: format!("attribute is {key:?}"),
    })?;
    Ok(Correction {
        asset: row.try_get("asset")?,
        attribute,
        value: row.try_get("value")?,
        reason: row.try_get("reason")?,
        who: row.try_get("who")?,
        at: Ts(row.try_get("at_ns")?),
    })
}

impl Store {
    /// Writes a correction down. When it returns, it is on disk.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn correct(&self, correction: &Correction) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO corrections (asset, attribute, value, reason, who, at_ns) \
             VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(&correction.asset)
        .bind(correction.attribute.key())
        .bind(&correction.value)
        .bind(&correction.reason)
        .bind(&correction.who)
        .bind(correction.at.0)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// The corrections that hold, the earliest first.
    ///
    /// # Errors
    /// When the database cannot be read, or a row makes no sense.
    pub async fn corrections(&self) -> Result<Vec<Correction>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM corrections WHERE value IS NOT NULL AND id IN \
             (SELECT MAX(id) FROM corrections GROUP BY asset, attribute) ORDER BY id",
        )
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(correction).collect()
    }

    /// All that people said of a device, the latest first.
    ///
    /// # Errors
    /// When the database cannot be read, or a row makes no sense.
    pub async fn corrections_of(&self, asset: &str) -> Result<Vec<Correction>, StoreError> {
        let rows =
            sqlx::query("SELECT * FROM corrections WHERE asset = ? ORDER BY id DESC LIMIT ?")
                .bind(asset)
                .bind(HISTORY_MAX)
                .fetch_all(&self.pool)
                .await?;
        rows.iter().map(correction).collect()
    }
}
