//! What people say of which addresses are one device, on disk.

use model::{Bond, Tie};
use store::{Store, StoreError};
use vocab::{Host, Mac, Ts};

fn ip(last: u8) -> Host {
    Host::Ip([10, 0, 0, last].into())
}

fn said(bond: Bond, at: i64) -> Tie {
    Tie { bond, holds: true, reason: "its \"plate\"".into(), who: "ada".into(), at: Ts(at) }
}

#[tokio::test]
async fn words_on_addresses_survive_and_are_never_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let mac = Host::Mac(Mac([2, 0, 0, 0, 0, 7]));
    let same = said(Bond::Same { one: mac, other: ip(5) }, 1);
    let own = said(Bond::Own { one: ip(6), apart: vec![mac, ip(5)] }, 2);
    let again = said(Bond::Own { one: ip(6), apart: vec![ip(5)] }, 3);
    let back = Tie { holds: false, at: Ts(4), ..same.clone() };
    {
        let store = Store::open(folder.path()).await.unwrap();
        for tie in [&same, &own, &again] {
            store.tie(tie).await.unwrap();
        }
        // No farewell: as after a kill.
    }
    let store = Store::open(folder.path()).await.unwrap();
    assert_eq!(store.ties().await.unwrap(), [same.clone(), again.clone()]);
    store.tie(&back).await.unwrap();
    assert_eq!(store.ties().await.unwrap(), std::slice::from_ref(&again));
    let of = |hosts: Vec<Host>| store.ties_of(hosts.into_iter());
    assert_eq!(of(vec![ip(9), mac]).await.unwrap(), [back, own.clone(), same]);
    assert_eq!(of(vec![ip(6)]).await.unwrap(), [again, own]);
    assert_eq!(of(vec![ip(9)]).await.unwrap(), []);
    assert_eq!(of(vec![]).await.unwrap(), []);
}

#[tokio::test]
async fn a_damaged_row_says_where() {
    let folder = tempfile::tempdir().unwrap();
    Store::open(folder.path()).await.unwrap().close().await;
    let path = format!("sqlite://{}", folder.path().join("ferrite.db").display());
    let pool = sqlx::SqlitePool::connect(&path).await.unwrap();
    sqlx::query(
        "INSERT INTO ties (kind, key, addresses, holds, reason, who, at_ns) \
         VALUES ('same', 'x', '[\"10.0.0.1\"]', 1, '', '', 0)",
    )
    .execute(&pool)
    .await
    .unwrap();
    pool.close().await;
    let store = Store::open(folder.path()).await.unwrap();
    let error = store.ties().await.unwrap_err();
    assert!(matches!(error, StoreError::Damaged { table: "ties", .. }), "{error}");
}
