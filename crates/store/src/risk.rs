//! Decisions of people about weaknesses, and risk over time.

use crate::{Store, StoreError};
use judge::risk::{Assessment, Ruling, State, Weights};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// The setting that holds the weights.
const WEIGHTS: &str = "risk_weights";
/// Most days of a trend.
const DAYS_MAX: i64 = 3_660;
/// Most entries of a history.
const HISTORY_MAX: i64 = 1_000;

/// The risk of a site or zone on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct TrendDay {
    /// The day, `YYYY-MM-DD`.
    pub day: String,
    /// The risk, 0 to 1.
    pub risk: f64,
    /// The risk without what people decided.
    pub inherent: f64,
}

fn ruling(row: &SqliteRow) -> Result<Ruling, StoreError> {
    let key: String = row.try_get("state")?;
    let state = State::from_key(&key).ok_or_else(|| StoreError::Damaged {
        table: "triage",
        what: format!("state is {key:?}"),
    })?;
    Ok(Ruling {
        state,
        reason: row.try_get("reason")?,
        until: row.try_get("until")?,
        who: row.try_get("who")?,
        when: row.try_get("at")?,
    })
}

impl Store {
    /// Writes a decision down, for all of these assets or for none. When it returns, it is on
    /// disk.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn decide(
        &self,
        assets: &[&str],
        cve: &str,
        ruling: &Ruling,
    ) -> Result<(), StoreError> {
        let mut tx = self.pool.begin().await?;
        for asset in assets {
            sqlx::query(
                "INSERT INTO triage (asset, cve, state, reason, until, who, at) \
                 VALUES (?, ?, ?, ?, ?, ?, ?)",
            )
            .bind(*asset)
            .bind(cve)
            .bind(ruling.state.key())
            .bind(&ruling.reason)
            .bind(&ruling.until)
            .bind(&ruling.who)
            .bind(&ruling.when)
            .execute(&mut *tx)
            .await?;
        }
        Ok(tx.commit().await?)
    }

    /// The latest decision for each asset and CVE.
    ///
    /// # Errors
    /// When the database cannot be read, or a row makes no sense.
    pub async fn rulings(&self) -> Result<Vec<(String, String, Ruling)>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM triage WHERE id IN (SELECT MAX(id) FROM triage GROUP BY asset, cve) \
             ORDER BY id",
        )
        .fetch_all(&self.pool)
        .await?;
        let found =
            rows.iter().map(|row| Ok((row.try_get("asset")?, row.try_get("cve")?, ruling(row)?)));
        found.collect()
    }

    /// All decisions about a CVE that were filed under any of these identifiers, the latest first,
    /// each with its identifier.
    ///
    /// # Errors
    /// When the database cannot be read, or a row makes no sense.
    pub async fn history(
        &self,
        assets: &[&str],
        cve: &str,
    ) -> Result<Vec<(String, Ruling)>, StoreError> {
        let names = serde_json::to_string(assets)
            .map_err(|error| StoreError::Damaged { table: "triage", what: error.to_string() })?;
        let rows = sqlx::query(
            "SELECT * FROM triage WHERE asset IN (SELECT value FROM json_each(?)) AND cve = ? \
             ORDER BY id DESC LIMIT ?",
        )
        .bind(names)
        .bind(cve)
        .bind(HISTORY_MAX)
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(|row| Ok((row.try_get("asset")?, ruling(row)?))).collect()
    }

    /// The weights that people chose. Those that this version does not understand give way to the
    /// defaults.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn weights(&self) -> Result<Weights, StoreError> {
        let text = self.setting(WEIGHTS).await?.unwrap_or_default();
        let kept = serde_json::from_str::<Weights>(&text).ok();
        Ok(kept.filter(|weights| weights.wrong().is_none()).unwrap_or_default())
    }

    /// Keeps the weights that people chose.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn keep_weights(&self, weights: &Weights) -> Result<(), StoreError> {
        let text = serde_json::to_string(weights)
            .map_err(|error| StoreError::Damaged { table: "settings", what: error.to_string() })?;
        self.set_setting(WEIGHTS, &text).await
    }

    /// Keeps the risk of site and zones for a day; a later one of the same day takes its place.
    ///
    /// # Errors
    /// When the database cannot be written; then nothing of this call was.
    pub async fn keep_trend(&self, day: &str, risk: &Assessment) -> Result<(), StoreError> {
        let mut tx = self.pool.begin().await?;
        let zones = risk.zones.iter().map(|zone| (zone.zone.as_str(), zone.risk, zone.inherent));
        for (scope, risk, inherent) in zones.chain([("", risk.risk, risk.inherent)]) {
            sqlx::query("INSERT OR REPLACE INTO trend VALUES (?, ?, ?, ?)")
                .bind(day)
                .bind(scope)
                .bind(risk)
                .bind(inherent)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// The risk of a zone over time, the earliest day first; of the site for an empty name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn trend(&self, scope: &str) -> Result<Vec<TrendDay>, StoreError> {
        let rows = sqlx::query(
            "SELECT day, score, inherent FROM trend WHERE scope = ? ORDER BY day DESC LIMIT ?",
        )
        .bind(scope)
        .bind(DAYS_MAX)
        .fetch_all(&self.pool)
        .await?;
        let day = |row: &SqliteRow| {
            Ok(TrendDay {
                day: row.try_get("day")?,
                risk: row.try_get("score")?,
                inherent: row.try_get("inherent")?,
            })
        };
        rows.iter().rev().map(day).collect()
    }
}
