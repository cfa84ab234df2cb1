//! A data folder as its users meet it.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use model::{Model, ModelLimits};
use store::{Delta, Source, Store, StoreError};
use vocab::{
    Batch, BatchRoom, FrameId, Host, HostTraits, Mac, OpSum, ProtoId, Role, Talk, Transport, Ts,
};

const SPECS: &[&vocab::Spec] = &[];

fn talk(number: u8) -> Talk {
    let traits = |mac: u8| HostTraits {
        mac: Mac([2, 0, 0, 0, 0, mac]),
        packets: 3,
        bytes: 300,
        ttl: 64,
        listens: false,
        first: Ts(1_000),
        last: Ts(2_000),
        frame: FrameId { file: 0, number: 1 },
    };
    Talk {
        client: Host::Ip([10, 0, 0, 9].into()),
        server: Host::Ip([10, 0, 0, number].into()),
        certain: true,
        proto: Some(ProtoId(1)),
        main: true,
        transport: Transport::Tcp,
        port: 502,
        vlan: 7,
        from_client: traits(9),
        from_server: traits(number),
        first: Ts(1_000),
        last: Ts(2_000),
        frame: FrameId { file: 0, number: 1 },
    }
}

fn batch(number: u8) -> Batch {
    let mut batch = Batch::new(&BatchRoom::small());
    let talk = batch.talks.push(talk(number)).unwrap();
    batch.ops.push(OpSum {
        talk,
        proto: ProtoId(1),
        code: 3,
        sub: None,
        role: Role::Request,
        count: 5,
        errors: 1,
        paired: 4,
        latency_ns_sum: 40,
        latency_ns_max: 20,
        first: Ts(1_000),
        last: Ts(2_000),
        frame: FrameId { file: 0, number: 2 },
    });
    batch
}

fn source(id: u16, digest: &str) -> Source {
    Source {
        id,
        path: format!("{id}.pcap"),
        digest: Some(digest.to_owned()),
        packets: 6,
        bytes: 600,
        first: Some(Ts(1_000)),
        last: None,
        error: None,
    }
}

#[tokio::test]
async fn what_was_saved_is_loaded() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let mut model = store.load(ModelLimits::default(), SPECS).await.unwrap();
    model.apply(&batch(5));
    store.save(&Delta::take(&mut model), &[source(0, "aa")]).await.unwrap();
    // A second save with other rows leaves the first ones alone.
    model.apply(&batch(6));
    model.apply(&batch(5));
    store.save(&Delta::take(&mut model), &[source(1, "bb")]).await.unwrap();
    store.close().await;

    let store = Store::open(folder.path()).await.unwrap();
    let again = store.load(ModelLimits::default(), SPECS).await.unwrap();
    assert_eq!(again.paths, model.paths);
    assert_eq!(again.conversations, model.conversations);
    assert_eq!(again.operations, model.operations);
    assert_eq!(store.sources().await.unwrap(), [source(0, "aa"), source(1, "bb")]);
    assert_eq!(store.source_with("bb").await.unwrap(), Some(1));
    assert_eq!(store.source_with("cc").await.unwrap(), None);
}

#[tokio::test]
async fn a_loaded_model_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let mut model = store.load(ModelLimits::default(), SPECS).await.unwrap();
    model.apply(&batch(5));
    store.save(&Delta::take(&mut model), &[]).await.unwrap();
    let mut again = store.load(ModelLimits::default(), SPECS).await.unwrap();
    for number in [5, 7] {
        model.apply(&batch(number));
        again.apply(&batch(number));
    }
    assert_eq!(again.conversations, model.conversations);
    store.save(&Delta::take(&mut again), &[]).await.unwrap();
    let third = store.load(ModelLimits::default(), SPECS).await.unwrap();
    assert_eq!(third.conversations, model.conversations);
}

#[tokio::test]
async fn a_second_process_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let error = Store::open(folder.path()).await.unwrap_err();
    assert!(matches!(error, StoreError::InUse { .. }), "{error}");
    assert!(error.to_string().contains("--data"), "says the way out: {error}");
    store.close().await;
    assert!(Store::open(folder.path()).await.is_ok(), "the folder is free again");
}

#[tokio::test]
async fn a_newer_folder_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    Store::open(folder.path()).await.unwrap().close().await;
    let file = folder.path().join("ferrite.db");
    let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", file.display())).await.unwrap();
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'from the future', 1, x'00', 0)",
    )
    .execute(&pool)
    .await
    .unwrap();
    pool.close().await;
    let error = Store::open(folder.path()).await.unwrap_err();
    assert!(matches!(error, StoreError::Newer { schema: 9999, .. }), "{error}");
}

#[tokio::test]
async fn a_damaged_row_says_where() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let mut model = store.load(ModelLimits::default(), SPECS).await.unwrap();
    model.apply(&batch(5));
    store.save(&Delta::take(&mut model), &[]).await.unwrap();
    store.close().await;
    let file = folder.path().join("ferrite.db");
    let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", file.display())).await.unwrap();
    sqlx::query("UPDATE paths SET mac = 'nonsense' WHERE id = 0").execute(&pool).await.unwrap();
    pool.close().await;
    let store = Store::open(folder.path()).await.unwrap();
    let error = store.load(ModelLimits::default(), SPECS).await.unwrap_err();
    assert_eq!(error.to_string(), "damaged row in table paths: mac is \"nonsense\"");
}

#[tokio::test]
async fn what_could_not_be_written_is_written_the_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let mut model = store.load(ModelLimits::default(), SPECS).await.unwrap();
    model.apply(&batch(5));
    Delta::take(&mut model).put_back(&mut model);
    model.apply(&batch(6));
    store.save(&Delta::take(&mut model), &[]).await.unwrap();
    let again = store.load(ModelLimits::default(), SPECS).await.unwrap();
    assert_eq!(again.conversations, model.conversations);
    assert_eq!(again.paths, model.paths);
}

#[test]
fn an_empty_model_changes_nothing() {
    let mut model = Model::new(ModelLimits::default(), SPECS);
    model.track_changes();
    assert_eq!(model.take_changes(), model::Changes::default());
}
