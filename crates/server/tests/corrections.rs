//! Corrections as a browser meets them.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod plant;

use plant::Console;
use serde_json::{Value, json};

const ASSET: &str = "/api/v1/assets/10.0.0.5";
const CORRECT: &str = "/api/v1/assets/10.0.0.5/corrections";

fn choice<'a>(asset: &'a Value, attribute: &str) -> &'a Value {
    let choices = asset["choices"].as_array().unwrap();
    choices.iter().find(|one| one["attribute"] == attribute).unwrap()
}

async fn take_back(console: &Console, attribute: &str) -> u16 {
    let path = format!("{CORRECT}?attribute={attribute}&reason=a%20slip");
    console.ask("DELETE", &path, "").await.0.as_u16()
}

#[tokio::test]
async fn the_word_of_a_person_holds_until_it_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let console = Console::open(Some(folder.path())).await;
    let before = console.get(ASSET).await;
    assert_eq!(before["firmware"], "V4.4.0");
    let given =
        json!({ "attribute": "firmware", "value": " V4.5.1 ", "reason": "read at its web page" });
    let (status, kept) = console.put(CORRECT, &given).await;
    assert_eq!(status, 200);
    assert_eq!((&kept["value"], &kept["who"]), (&json!("V4.5.1"), &json!("one-time link")));
    let role = json!({ "attribute": "role", "value": "gateway", "reason": "it only passes on" });
    assert_eq!(console.put(CORRECT, &role).await.0, 200);

    let after = console.get(ASSET).await;
    assert_eq!((&after["firmware"], &after["role"]), (&json!("V4.5.1"), &json!("gateway")));
    // What the device states stays beside it.
    let firmware = choice(&after, "firmware");
    assert_eq!(firmware["others"], json!(["V4.4.0"]));
    assert_eq!(firmware["why"][0]["code"], "corrected");
    let at = usize::try_from(firmware["evidence"].as_u64().unwrap()).unwrap();
    let evidence = &after["evidence"][at];
    assert_eq!(evidence["protocol"], "user");
    assert_eq!(evidence["source"], "one-time link: read at its web page");
    assert!(evidence["first"].as_str().is_some());
    let other = console.get("/api/v1/assets/10.0.0.6").await;
    assert_eq!(other["firmware"], "V4.4.0", "another device is not meant");

    // Another run over the same folder says the same.
    drop(console);
    let console = Console::open(Some(folder.path())).await;
    assert_eq!(console.get(ASSET).await["firmware"], "V4.5.1");
    assert_eq!(take_back(&console, "firmware").await, 200);
    assert_eq!(take_back(&console, "firmware").await, 404, "it is taken back already");
    let last = console.get(ASSET).await;
    assert_eq!((&last["firmware"], &last["role"]), (&json!("V4.4.0"), &json!("gateway")));
    let history = console.get(CORRECT).await;
    let said: Vec<_> = history
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["attribute"].as_str().unwrap(), one["value"].as_str()))
        .collect();
    let want = [("firmware", None), ("role", Some("gateway")), ("firmware", Some("V4.5.1"))];
    assert_eq!(said, want, "the latest first, nothing is forgotten");
    assert_eq!(history[0]["reason"], "a slip");
}

#[tokio::test]
async fn corrections_are_checked() {
    let console = Console::open(None).await;
    let given = |attribute: &str, value: &str, reason: &str| json!({ "attribute": attribute, "value": value, "reason": reason });
    let good = given("vendor", "Acme", "its plate");
    for (path, given, status) in [
        (CORRECT, given("colour", "red", "its plate"), 422),
        (CORRECT, given("address", "10.0.0.1", "its plate"), 422),
        (CORRECT, given("vendor", " ", "its plate"), 422),
        (CORRECT, given("vendor", &"x".repeat(201), "its plate"), 422),
        (CORRECT, given("vendor", "Acme", " "), 422),
        (CORRECT, given("role", "robot", "its plate"), 422),
        ("/api/v1/assets/10.9.9.9/corrections", good.clone(), 404),
    ] {
        assert_eq!(console.put(path, &given).await.0, status, "{path} {given}");
    }
    assert_eq!(take_back(&console, "vendor").await, 404);
    assert_eq!(take_back(&console, "colour").await, 422);
    assert_eq!(console.get(CORRECT).await, json!([]));
    let mut stranger = Console::open(None).await;
    stranger.cookie.clear();
    assert_eq!(stranger.put(CORRECT, &good).await.0, 401);
    // Without a data folder what holds is known for as long as the program runs.
    assert_eq!(console.put(CORRECT, &good).await.0, 200);
    assert_eq!(console.get(CORRECT).await[0]["value"], "Acme");
    assert_eq!(console.get(ASSET).await["vendor"], "Acme");
}
