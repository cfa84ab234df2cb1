//! Documents, bundles and warnings on disk.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use judge::supply::{Change, Filed, Scope, Warning};
use knowledge::supply::read;
use store::{Store, StoreError};

const SBOM: &str = r#"{"bomFormat": "CycloneDX", "specVersion": "1.6", "components":
  [{"type": "library", "name": "tls", "version": "1.0", "purl": "pkg:npm/tls@1.0"}]}"#;

fn filed(name: &str, scope: Scope) -> Filed {
    Filed {
        id: 0,
        name: name.to_owned(),
        sha256: "00".repeat(32),
        scope,
        imported: "2026-01-01T00:00:00Z".to_owned(),
        document: read(SBOM.as_bytes()).unwrap(),
    }
}

fn warning(advisory: &str) -> Warning {
    Warning {
        at: "2026-01-01T00:00:00Z".to_owned(),
        cause: "pack".to_owned(),
        advisory: advisory.to_owned(),
        change: Change::Worse,
        text: String::new(),
        devices: 2,
        zones: vec!["a \"zone\"".to_owned()],
        assets: vec!["x".to_owned(), "y".to_owned()],
    }
}

#[tokio::test]
async fn what_was_taken_in_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let asset = Scope::Asset("00:01".to_owned());
    {
        let store = Store::open(folder.path()).await.unwrap();
        assert_eq!(store.file(&filed("a.json", asset.clone())).await.unwrap(), 1);
        // The same file for the same device stays one; for another it is another.
        assert_eq!(store.file(&filed("b.json", asset.clone())).await.unwrap(), 1);
        // Numbers are never used again, not even those of a second try.
        assert_eq!(store.file(&filed("b.json", Scope::Site)).await.unwrap(), 3);
        store.keep_bundle("ab", "2026-01-01", "2026-01-02", "{}").await.unwrap();
        store.keep_bundle("ab", "2026-02-01", "2026-02-02", "{\"a\":1}").await.unwrap();
        store.warn(&[warning("A"), warning("B")]).await.unwrap();
        // No farewell: as after a kill.
    }
    let store = Store::open(folder.path()).await.unwrap();
    let found = store.filed().await.unwrap();
    let wanted = [
        Filed { id: 1, ..filed("b.json", asset) },
        Filed { id: 3, ..filed("b.json", Scope::Site) },
    ];
    assert_eq!(found, wanted);
    let bundles = store.bundles().await.unwrap();
    assert_eq!(bundles, [("ab".to_owned(), "2026-02-01".to_owned(), "{\"a\":1}".to_owned())]);
    let warnings = store.warnings().await.unwrap();
    assert_eq!(warnings, [(2, warning("B")), (1, warning("A"))]);
    assert!(store.unfile(1).await.unwrap());
    assert!(!store.unfile(1).await.unwrap());
    assert_eq!(store.filed().await.unwrap().len(), 1);
}

#[tokio::test]
async fn old_warnings_make_room() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let many: Vec<Warning> = (0..10_500).map(|n| warning(&n.to_string())).collect();
    store.warn(&many).await.unwrap();
    let found = store.warnings().await.unwrap();
    assert_eq!((found.len(), found[0].1.advisory.as_str()), (1_000, "10499"));
}

#[tokio::test]
async fn a_damaged_document_says_where() {
    let folder = tempfile::tempdir().unwrap();
    {
        let store = Store::open(folder.path()).await.unwrap();
        let mut damaged = filed("a.json", Scope::Site);
        damaged.name = "a".to_owned();
        store.file(&damaged).await.unwrap();
        store.close().await;
    }
    let pool = sqlx::SqlitePool::connect(&format!(
        "sqlite://{}",
        folder.path().join("ferrite.db").display()
    ))
    .await
    .unwrap();
    sqlx::query("UPDATE supply_documents SET records = '{'").execute(&pool).await.unwrap();
    pool.close().await;
    let store = Store::open(folder.path()).await.unwrap();
    let error = store.filed().await.unwrap_err();
    assert!(matches!(error, StoreError::Damaged { table: "supply_documents", .. }), "{error}");
}
