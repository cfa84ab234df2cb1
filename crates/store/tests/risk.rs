//! Decisions and risk over time on disk.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use judge::risk::{Advice, Assessment, Reach, Ruling, State, Triage, Weights, assess};
use knowledge::pack::{Pack, Tables};
use model::{Model, ModelLimits, Resolution};
use store::{Store, StoreError};

fn ruling(state: State, reason: &str) -> Ruling {
    Ruling {
        state,
        reason: reason.to_owned(),
        until: (state == State::Accepted).then(|| "2026-06-30".to_owned()),
        who: "administrator".to_owned(),
        when: "2026-05-01T08:00:00.000000000Z".to_owned(),
    }
}

/// A plant of nothing, with a risk of its own.
fn assessment(risk: f64) -> Assessment {
    let decisions = Pack::built_in().unwrap().tables().unwrap().decisions;
    let advice = Advice::new(Tables { decisions, ..Tables::default() }).unwrap();
    let (model, plant) = (Model::new(ModelLimits::default(), &[]), Resolution::default());
    let weights = Weights::default();
    let reach = Reach::new(&model, &plant, &weights);
    let mut own = assess(&reach, &plant, &advice, &weights, &Triage::new("2026-05-01"));
    (own.risk, own.inherent) = (risk, 0.9);
    own
}

#[tokio::test]
async fn the_latest_decision_holds_and_all_of_them_stay() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let accepted = ruling(State::Accepted, "spare");
    let fixed = ruling(State::Fixed, "updated");
    store.decide(&["a"], "CVE-1", &accepted).await.unwrap();
    store.decide(&["a", "b"], "CVE-2", &accepted).await.unwrap();
    store.decide(&["a"], "CVE-1", &fixed).await.unwrap();
    store.close().await;
    let store = Store::open(folder.path()).await.unwrap();
    let latest = store.rulings().await.unwrap();
    let of = |asset: &str, cve: &str, ruling: &Ruling| {
        (asset.to_owned(), cve.to_owned(), ruling.clone())
    };
    let (two, one) = ("CVE-2", "CVE-1");
    assert_eq!(latest, [of("a", two, &accepted), of("b", two, &accepted), of("a", one, &fixed)]);
    let of = |under: &str, ruling: &Ruling| (under.to_owned(), ruling.clone());
    let both = [of("a", &fixed), of("a", &accepted)];
    assert_eq!(store.history(&["a"], "CVE-1").await.unwrap(), both);
    assert!(store.history(&["b"], "CVE-1").await.unwrap().is_empty());
    let joined = store.history(&["b", "a"], "CVE-2").await.unwrap();
    assert_eq!(joined, [of("b", &accepted), of("a", &accepted)], "under every identifier");
}

#[tokio::test]
async fn a_day_has_one_number() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    for (day, risk) in [("2026-05-02", 0.5), ("2026-05-01", 0.7), ("2026-05-02", 0.25)] {
        store.keep_trend(day, &assessment(risk)).await.unwrap();
    }
    let trend = store.trend("").await.unwrap();
    let days: Vec<(&str, f64)> = trend.iter().map(|one| (one.day.as_str(), one.risk)).collect();
    assert_eq!(days, [("2026-05-01", 0.7), ("2026-05-02", 0.25)]);
    assert!(trend.iter().all(|one| (one.inherent - 0.9).abs() < 1e-12));
    assert!(store.trend("cell-1").await.unwrap().is_empty());
}

#[tokio::test]
async fn a_state_that_makes_no_sense_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    store.decide(&["a"], "CVE-1", &ruling(State::Open, "")).await.unwrap();
    store.close().await;
    let options =
        sqlx::sqlite::SqliteConnectOptions::new().filename(folder.path().join("ferrite.db"));
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    sqlx::query("UPDATE triage SET state = 'done'").execute(&pool).await.unwrap();
    pool.close().await;
    let store = Store::open(folder.path()).await.unwrap();
    let error = store.rulings().await.unwrap_err();
    assert!(matches!(error, StoreError::Damaged { table: "triage", .. }), "{error}");
}
