//! Documents of the supply chain, bundles of other plants, early warnings.

use crate::{Store, StoreError};
use judge::supply::{Change, Filed, Scope, Warning};
use knowledge::supply::Document;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// Most warnings that are kept; the oldest go.
const WARNINGS_MAX: i64 = 10_000;
/// Most warnings that are read.
const READ_MAX: i64 = 1_000;

fn damaged(table: &'static str, what: impl ToString) -> StoreError {
    StoreError::Damaged { table, what: what.to_string() }
}

fn filed(row: &SqliteRow) -> Result<Filed, StoreError> {
    let (scope, subject): (String, String) = (row.try_get("scope")?, row.try_get("subject")?);
    let records: String = row.try_get("records")?;
    let document: Document =
        serde_json::from_str(&records).map_err(|error| damaged("supply_documents", error))?;
    let scope = Scope::from_key(&scope, &subject)
        .ok_or_else(|| damaged("supply_documents", format!("scope is {scope:?}")))?;
    Ok(Filed {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        sha256: row.try_get("sha256")?,
        scope,
        imported: row.try_get("imported")?,
        document,
    })
}

fn list(row: &SqliteRow, column: &str) -> Result<Vec<String>, StoreError> {
    let text: String = row.try_get(column)?;
    serde_json::from_str(&text).map_err(|error| damaged("supply_warnings", error))
}

fn warning(row: &SqliteRow) -> Result<(i64, Warning), StoreError> {
    let change: String = row.try_get("change")?;
    let change = Change::from_key(&change)
        .ok_or_else(|| damaged("supply_warnings", format!("change is {change:?}")))?;
    let devices: i64 = row.try_get("devices")?;
    let warning = Warning {
        at: row.try_get("at")?,
        cause: row.try_get("cause")?,
        advisory: row.try_get("advisory")?,
        change,
        text: row.try_get("text")?,
        devices: usize::try_from(devices).map_err(|error| damaged("supply_warnings", error))?,
        zones: list(row, "zones")?,
        assets: list(row, "assets")?,
    };
    Ok((row.try_get("id")?, warning))
}

impl Store {
    /// Keeps a document; one that is there already for the same device or supplier is read anew
    /// and stays one. Returns its number.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn file(&self, new: &Filed) -> Result<i64, StoreError> {
        let records = serde_json::to_string(&new.document)
            .map_err(|error| damaged("supply_documents", error))?;
        let row = sqlx::query(
            "INSERT INTO supply_documents (name, sha256, scope, subject, imported, records) \
             VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (sha256, scope, subject) DO UPDATE SET \
             name = excluded.name, imported = excluded.imported, records = excluded.records \
             RETURNING id",
        )
        .bind(&new.name)
        .bind(&new.sha256)
        .bind(new.scope.key())
        .bind(new.scope.subject().unwrap_or_default())
        .bind(&new.imported)
        .bind(&records)
        .fetch_one(&self.pool)
        .await?;
        Ok(row.try_get("id")?)
    }

    /// All documents, in the order in which they came.
    ///
    /// # Errors
    /// When the database cannot be read, or a row makes no sense.
    pub async fn filed(&self) -> Result<Vec<Filed>, StoreError> {
        let rows =
            sqlx::query("SELECT * FROM supply_documents ORDER BY id").fetch_all(&self.pool).await?;
        rows.iter().map(filed).collect()
    }

    /// Takes a document away; whether it was there.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn unfile(&self, id: i64) -> Result<bool, StoreError> {
        let done = sqlx::query("DELETE FROM supply_documents WHERE id = ?")
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Keeps what another plant shared; takes the place of what it shared before.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn keep_bundle(
        &self,
        signer: &str,
        made: &str,
        imported: &str,
        payload: &str,
    ) -> Result<(), StoreError> {
        sqlx::query("INSERT OR REPLACE INTO supply_bundles VALUES (?, ?, ?, ?)")
            .bind(signer)
            .bind(made)
            .bind(imported)
            .bind(payload)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// What other plants shared: signer, when it was made, what was signed.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn bundles(&self) -> Result<Vec<(String, String, String)>, StoreError> {
        let rows = sqlx::query("SELECT signer, made, payload FROM supply_bundles ORDER BY signer")
            .fetch_all(&self.pool)
            .await?;
        let bundle = |row: &SqliteRow| {
            Ok((row.try_get("signer")?, row.try_get("made")?, row.try_get("payload")?))
        };
        rows.iter().map(bundle).collect()
    }

    /// Keeps warnings; the oldest go where there are too many.
    ///
    /// # Errors
    /// When the database cannot be written; then none of them was.
    pub async fn warn(&self, warnings: &[Warning]) -> Result<(), StoreError> {
        let text = |list: &[String]| {
            serde_json::to_string(list).map_err(|error| damaged("supply_warnings", error))
        };
        let mut tx = self.pool.begin().await?;
        for one in warnings {
            sqlx::query(
                "INSERT INTO supply_warnings \
                 (at, cause, advisory, change, text, devices, zones, assets) \
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            )
            .bind(&one.at)
            .bind(&one.cause)
            .bind(&one.advisory)
            .bind(one.change.key())
            .bind(&one.text)
            .bind(i64::try_from(one.devices).unwrap_or(i64::MAX))
            .bind(text(&one.zones)?)
            .bind(text(&one.assets)?)
            .execute(&mut *tx)
            .await?;
        }
        sqlx::query(
            "DELETE FROM supply_warnings WHERE id <= (SELECT MAX(id) FROM supply_warnings) - ?",
        )
        .bind(WARNINGS_MAX)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Warnings with their numbers, the latest first.
    ///
    /// # Errors
    /// When the database cannot be read, or a row makes no sense.
    pub async fn warnings(&self) -> Result<Vec<(i64, Warning)>, StoreError> {
        let rows = sqlx::query("SELECT * FROM supply_warnings ORDER BY id DESC LIMIT ?")
            .bind(READ_MAX)
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(warning).collect()
    }
}
