//! What people say of which addresses are one device.

use crate::{Store, StoreError};
use model::{Bond, Tie};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use vocab::{Host, Mac, Ts};

/// Most entries of a history.
const HISTORY_MAX: i64 = 1_000;

fn host(text: &str) -> Option<Host> {
    let mac = text.parse::<Mac>().ok().map(Host::Mac);
    mac.or_else(|| text.parse().ok().map(Host::Ip))
}

fn bond(kind: &str, addresses: &str) -> Option<Bond> {
    let texts: Vec<String> = serde_json::from_str(addresses).ok()?;
    let hosts: Vec<Host> = texts.iter().map(|text| host(text)).collect::<Option<_>>()?;
    match (kind, hosts.as_slice()) {
        ("same", [one, other]) => Some(Bond::Same { one: *one, other: *other }),
        ("own", [one, apart @ ..]) => Some(Bond::Own { one: *one, apart: apart.to_vec() }),
        _ => None,
    }
}

fn tie(row: &SqliteRow) -> Result<Tie, StoreError> {
    let (kind, addresses): (String, String) = (row.try_get("kind")?, row.try_get("addresses")?);
    let bond = bond(&kind, &addresses).ok_or_else(|| StoreError::Damaged {
        table: "ties",
        what: format!("kind is {kind:?}, addresses are {addresses:?}"),
    })?;
    Ok(Tie {
        bond,
        holds: row.try_get("holds")?,
        reason: row.try_get("reason")?,
        who: row.try_get("who")?,
        at: Ts(row.try_get("at_ns")?),
    })
}

fn json(hosts: impl Iterator<Item = Host>) -> String {
    // Addresses hold nothing that JSON would escape.
    let texts: Vec<String> = hosts.map(|host| format!("\"{host}\"")).collect();
    format!("[{}]", texts.join(","))
}

impl Store {
    /// Writes a word on addresses down. When it returns, it is on disk.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn tie(&self, tie: &Tie) -> Result<(), StoreError> {
        let (kind, key) = match &tie.bond {
            Bond::Same { one, other } => ("same", format!("{one} {other}")),
            Bond::Own { one, .. } => ("own", one.to_string()),
        };
        sqlx::query(
            "INSERT INTO ties (kind, key, addresses, holds, reason, who, at_ns) \
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(kind)
        .bind(key)
        .bind(json(tie.bond.hosts()))
        .bind(tie.holds)
        .bind(&tie.reason)
        .bind(&tie.who)
        .bind(tie.at.0)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// The words on addresses that hold, the earliest first.
    ///
    /// # Errors
    /// When the database cannot be read, or a row makes no sense.
    pub async fn ties(&self) -> Result<Vec<Tie>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM ties WHERE holds AND id IN \
             (SELECT MAX(id) FROM ties GROUP BY kind, key) ORDER BY id",
        )
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(tie).collect()
    }

    /// All that people said of any of these addresses, the latest first.
    ///
    /// # Errors
    /// When the database cannot be read, or a row makes no sense.
    pub async fn ties_of(&self, hosts: impl Iterator<Item = Host>) -> Result<Vec<Tie>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM ties WHERE EXISTS (SELECT 1 FROM json_each(ties.addresses) AS own \
             WHERE own.value IN (SELECT value FROM json_each(?))) ORDER BY id DESC LIMIT ?",
        )
        .bind(json(hosts))
        .bind(HISTORY_MAX)
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(tie).collect()
    }
}
