//! Writing what changed.

use crate::delta::Delta;
use crate::{Store, StoreError};
use model::{
    Attested, AttributeKey, AttributeSeen, BindKey, Conversation, ConversationKey, Names,
    OperationKey, OperationSeen, PathKey, PathSeen, TargetKey, TargetTotal,
};
use sqlx::{Row, Sqlite, Transaction};
use vocab::Ts;

/// A capture or live sensor that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its number: frames name it.
    pub id: u16,
    /// Path, or the interface's name.
    pub path: String,
    /// SHA-256 of the file in hexadecimal; `None` for live sensors and standard input.
    pub digest: Option<String>,
    /// Frames read.
    pub packets: u64,
    /// Their bytes on the wire.
    pub bytes: u64,
    /// First frame's time.
    pub first: Option<Ts>,
    /// Last frame's time.
    pub last: Option<Ts>,
    /// Why it was not read to its end.
    pub error: Option<String>,
}

type Tx<'a> = Transaction<'a, Sqlite>;

/// Numbers as SQLite keeps them: counts stay far below the limit.
fn int(n: u64) -> i64 {
    vocab::sat_i64(n)
}

impl Store {
    /// Writes changed rows and the sources they came from in one transaction. When it returns,
    /// they are on disk.
    ///
    /// # Errors
    /// When the database cannot be written; then nothing of this call was.
    pub async fn save(&self, delta: &Delta, sources: &[Source]) -> Result<(), StoreError> {
        let mut tx = self.pool.begin().await?;
        for source in sources {
            save_source(&mut tx, source).await?;
        }
        for (at, key, seen) in &delta.paths {
            save_path(&mut tx, *at, key, seen).await?;
        }
        for (at, key, seen) in &delta.binds {
            save_bind(&mut tx, *at, key, seen).await?;
        }
        for (at, key, seen) in &delta.attributes {
            save_attribute(&mut tx, &delta.names, *at, key, seen).await?;
        }
        for (at, key, seen) in &delta.conversations {
            save_conversation(&mut tx, &delta.names, *at, key, seen).await?;
        }
        save_sums(&mut tx, delta).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The source with this digest, where it is stored.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn source_with(&self, digest: &str) -> Result<Option<u16>, StoreError> {
        let row = sqlx::query("SELECT id FROM sources WHERE digest = ?")
            .bind(digest)
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }
}

async fn save_source(tx: &mut Tx<'_>, source: &Source) -> Result<(), StoreError> {
    sqlx::query("INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(source.id)
        .bind(&source.path)
        .bind(&source.digest)
        .bind(int(source.packets))
        .bind(int(source.bytes))
        .bind(source.first.map(|at| at.0))
        .bind(source.last.map(|at| at.0))
        .bind(&source.error)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

async fn save_path(
    tx: &mut Tx<'_>,
    at: usize,
    key: &PathKey,
    path: &PathSeen,
) -> Result<(), StoreError> {
    sqlx::query("INSERT OR REPLACE INTO paths VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(int(at as u64))
        .bind(key.vlan)
        .bind(key.mac.to_string())
        .bind(key.host.to_string())
        .bind(int(path.seen.packets))
        .bind(int(path.seen.bytes))
        .bind(path.ttl)
        .bind(path.seen.first.0)
        .bind(path.seen.last.0)
        .bind(path.seen.frame.file)
        .bind(int(path.seen.frame.number))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

async fn save_bind(
    tx: &mut Tx<'_>,
    at: usize,
    key: &BindKey,
    seen: &Attested,
) -> Result<(), StoreError> {
    sqlx::query("INSERT OR REPLACE INTO binds VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(int(at as u64))
        .bind(key.vlan)
        .bind(key.mac.to_string())
        .bind(key.ip.to_string())
        .bind(key.proto.0)
        .bind(int(seen.count))
        .bind(seen.first.0)
        .bind(seen.last.0)
        .bind(seen.frame.file)
        .bind(int(seen.frame.number))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

async fn save_attribute(
    tx: &mut Tx<'_>,
    names: &Names,
    at: usize,
    key: &AttributeKey,
    seen: &AttributeSeen,
) -> Result<(), StoreError> {
    let part = key.part.map(|(kind, number)| (names.get(kind), number));
    sqlx::query(
        "INSERT OR REPLACE INTO attributes VALUES \
         (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(int(at as u64))
    .bind(key.vlan)
    .bind(key.host.to_string())
    .bind(part.map(|(kind, _)| kind))
    .bind(part.map(|(_, number)| number))
    .bind(key.attribute.key())
    .bind(key.proto.0)
    .bind(names.get(key.source))
    .bind(&*key.value)
    .bind(seen.weight)
    .bind(int(seen.at.count))
    .bind(seen.at.first.0)
    .bind(seen.at.last.0)
    .bind(seen.at.frame.file)
    .bind(int(seen.at.frame.number))
    .bind(seen.offset)
    .bind(seen.length)
    .bind(seen.mac.to_string())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn save_conversation(
    tx: &mut Tx<'_>,
    names: &Names,
    at: usize,
    key: &ConversationKey,
    seen: &Conversation,
) -> Result<(), StoreError> {
    let id = int(at as u64);
    sqlx::query(
        "INSERT OR REPLACE INTO conversations VALUES \
         (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(id)
    .bind(key.client.to_string())
    .bind(key.server.to_string())
    .bind(key.vlan)
    .bind(key.transport.key())
    .bind(key.port)
    .bind(key.proto.map(|proto| proto.0))
    .bind(int(seen.client_packets))
    .bind(int(seen.server_packets))
    .bind(int(seen.bytes))
    .bind(seen.first.0)
    .bind(seen.last.0)
    .bind(seen.frame.file)
    .bind(int(seen.frame.number))
    .bind(seen.certain)
    .bind(seen.main)
    .execute(&mut **tx)
    .await?;
    for (op, total) in seen.operations.iter() {
        save_operation(tx, id, op, total).await?;
    }
    // Ranges may have become one: the list is written anew.
    sqlx::query("DELETE FROM targets WHERE conversation = ?").bind(id).execute(&mut **tx).await?;
    for (target, total) in seen.targets.iter() {
        save_target(tx, names, id, target, total).await?;
    }
    Ok(())
}

async fn save_operation(
    tx: &mut Tx<'_>,
    conversation: i64,
    key: &OperationKey,
    seen: &OperationSeen,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT OR REPLACE INTO operations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(conversation)
    .bind(key.proto.0)
    .bind(key.code)
    .bind(key.sub.map_or(-1, i32::from))
    .bind(key.role.key())
    .bind(int(seen.at.count))
    .bind(int(seen.errors))
    .bind(int(seen.paired))
    .bind(int(seen.latency_ns_sum))
    .bind(int(seen.latency_ns_max))
    .bind(seen.at.first.0)
    .bind(seen.at.last.0)
    .bind(seen.at.frame.file)
    .bind(int(seen.at.frame.number))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn save_target(
    tx: &mut Tx<'_>,
    names: &Names,
    conversation: i64,
    key: &TargetKey,
    seen: &TargetTotal,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT OR REPLACE INTO targets VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(conversation)
    .bind(key.proto.0)
    .bind(key.code)
    .bind(key.role.key())
    .bind(key.unit.map_or(-1, i64::from))
    .bind(key.area)
    .bind(key.index.to_be_bytes().to_vec())
    .bind(key.quantity)
    .bind(int(seen.quantity))
    .bind(key.extra)
    .bind(names.get(key.name))
    .bind(int(seen.at.count))
    .bind(seen.at.first.0)
    .bind(seen.at.last.0)
    .bind(seen.at.frame.file)
    .bind(int(seen.at.frame.number))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The small tables, whole.
async fn save_sums(tx: &mut Tx<'_>, delta: &Delta) -> Result<(), StoreError> {
    for (key, seen) in &delta.operations {
        save_operation(tx, -1, key, seen).await?;
    }
    for (proto, seen) in &delta.protocols {
        sqlx::query("INSERT OR REPLACE INTO protocols VALUES (?, ?, ?)")
            .bind(proto.0)
            .bind(int(seen.packets))
            .bind(int(seen.messages))
            .execute(&mut **tx)
            .await?;
    }
    for ((layer, fault), seen) in &delta.faults {
        sqlx::query("INSERT OR REPLACE INTO faults VALUES (?, ?, ?, ?, ?)")
            .bind(&**layer)
            .bind(&**fault)
            .bind(int(seen.count))
            .bind(seen.frame.file)
            .bind(int(seen.frame.number))
            .execute(&mut **tx)
            .await?;
    }
    for (kind, count) in &delta.losses {
        sqlx::query("INSERT OR REPLACE INTO losses VALUES (?, ?)")
            .bind(kind.key())
            .bind(int(*count))
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}
