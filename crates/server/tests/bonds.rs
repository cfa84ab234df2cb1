//! Which addresses are one device, as a browser says it.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod plant;

use plant::Console;
use serde_json::{Value, json};

const FIVE: &str = "/api/v1/assets/10.0.0.5";
const SIX: &str = "/api/v1/assets/10.0.0.6";
const FIVE_MAC: &str = "00:0e:8c:00:00:05";
const SIX_MAC: &str = "00:0e:8c:00:00:06";

fn say(kind: &str, address: &str) -> Value {
    json!({ "kind": kind, "address": address, "reason": " seen in its cabinet " })
}

async fn put(console: &Console, asset: &str, said: &Value) -> (u16, Value) {
    console.put(&format!("{asset}/bonds"), said).await
}

async fn take_back(console: &Console, asset: &str, which: &str) -> u16 {
    let path = format!("{asset}/bonds?{which}&reason=a%20slip");
    console.ask("DELETE", &path, "").await.0.as_u16()
}

#[tokio::test]
async fn two_devices_are_one_until_it_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let console = Console::open(Some(folder.path())).await;
    let (status, kept) = put(&console, FIVE, &say("same", "10.0.0.6")).await;
    assert_eq!(status, 200, "{kept}");
    let wanted = (&json!(FIVE_MAC), &json!([SIX_MAC]), &json!("seen in its cabinet"));
    assert_eq!((&kept["one"], &kept["others"], &kept["reason"]), wanted);
    assert_eq!((&kept["said"], &kept["who"]), (&json!(true), &json!("one-time link")));
    let one = console.get(SIX).await;
    assert_eq!((&one["id"], &one["ips"]), (&json!(FIVE_MAC), &json!(["10.0.0.5", "10.0.0.6"])));
    let why = |merge: &Value| merge["why"]["code"] == "said";
    assert!(one["merges"].as_array().unwrap().iter().any(why));
    let (status, again) = put(&console, FIVE, &say("same", "10.0.0.6")).await;
    assert_eq!((status, &again["code"]), (422, &json!("one_already")));

    // Another run over the same folder says the same.
    drop(console);
    let console = Console::open(Some(folder.path())).await;
    assert_eq!(console.get(SIX).await["id"], FIVE_MAC);
    let which = format!("kind=same&one={FIVE_MAC}&other={SIX_MAC}");
    assert_eq!(take_back(&console, SIX, &which).await, 200);
    assert_eq!(take_back(&console, SIX, &which).await, 404, "it is taken back already");
    assert_eq!(console.get(SIX).await["id"], SIX_MAC);
    // Both devices show what was said of them.
    for asset in [FIVE, SIX] {
        let history = console.get(&format!("{asset}/bonds")).await;
        let said: Vec<_> = history.as_array().unwrap().iter().map(|one| &one["said"]).collect();
        assert_eq!(said, [&json!(false), &json!(true)], "the latest first");
        assert_eq!(history[0]["reason"], "a slip");
    }
    assert_eq!(console.get("/api/v1/assets/10.0.0.9/bonds").await, json!([]));
}

#[tokio::test]
async fn an_address_is_a_device_of_its_own_until_it_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let console = Console::open(Some(folder.path())).await;
    let (status, kept) = put(&console, FIVE, &say("own", "10.0.0.5")).await;
    assert_eq!((status, &kept["others"]), (200, &json!([FIVE_MAC])), "{kept}");
    let apart = console.get(FIVE).await;
    assert_eq!((&apart["id"], &apart["macs"]), (&json!("10.0.0.5"), &Value::Null));
    assert_eq!(apart["firmware"], "V4.4.0", "what the address stated goes with it");
    // Both said it: one must give way before the other can be.
    let mac = format!("/api/v1/assets/{FIVE_MAC}");
    let (status, refused) = put(&console, &mac, &say("same", "10.0.0.5")).await;
    assert_eq!((status, &refused["code"]), (409, &json!("contradicts")));
    let message = refused["message"].as_str().unwrap();
    assert!(message.contains("10.0.0.5 is a device of its own"), "{message}");
    assert_eq!(put(&console, FIVE, &say("same", "10.0.0.6")).await.0, 200);
    let (status, refused) = put(&console, SIX, &say("same", FIVE_MAC)).await;
    assert_eq!((status, &refused["code"]), (409, &json!("contradicts")), "nor over a third");

    drop(console);
    let console = Console::open(Some(folder.path())).await;
    assert_eq!(console.get(FIVE).await["id"], SIX_MAC);
    let other = format!("kind=same&one={SIX_MAC}&other=10.0.0.5");
    assert_eq!(take_back(&console, FIVE, &other).await, 200);
    assert_eq!(console.get(FIVE).await["id"], "10.0.0.5");
    assert_eq!(take_back(&console, FIVE, "kind=own&one=10.0.0.5").await, 200);
    assert_eq!(console.get(FIVE).await["id"], FIVE_MAC);
}

#[tokio::test]
async fn words_on_addresses_are_checked() {
    let console = Console::open(None).await;
    for (asset, said, status, code) in [
        (FIVE, say("same", "10.9.9.9"), 422, "other_device"),
        (FIVE, say("same", "10.0.0.5"), 422, "one_already"),
        (FIVE, say("own", "10.0.0.6"), 422, "not_apart"),
        (FIVE, say("own", FIVE_MAC), 422, "not_apart"),
        (FIVE, json!({ "kind": "own", "address": "10.0.0.5", "reason": " " }), 422, "reason"),
        ("/api/v1/assets/10.9.9.9", say("own", "10.0.0.5"), 404, "not_found"),
    ] {
        let (is, problem) = put(&console, asset, &said).await;
        assert_eq!((is, &problem["code"]), (status, &json!(code)), "{asset} {said}");
    }
    assert_eq!(put(&console, FIVE, &say("twin", "10.0.0.6")).await.0, 422);
    assert_eq!(take_back(&console, FIVE, "kind=own&one=10.0.0.5").await, 404);
    let mut stranger = Console::open(None).await;
    stranger.cookie.clear();
    assert_eq!(put(&stranger, FIVE, &say("same", "10.0.0.6")).await.0, 401);
    // Without a data folder what holds is known for as long as the program runs.
    assert_eq!(put(&console, FIVE, &say("own", "10.0.0.5")).await.0, 200);
    let history = console.get(&format!("{FIVE}/bonds")).await;
    assert_eq!((&history[0]["kind"], &history[0]["one"]), (&json!("own"), &json!("10.0.0.5")));
}

const CVE: &str = "CVE-2024-0001";

/// The row of the weakness on a device.
async fn weak(console: &Console, asset: &str) -> Value {
    let page = console.get(&format!("{asset}/vulnerabilities")).await;
    page["rows"].as_array().unwrap().iter().find(|row| row["cve"] == CVE).unwrap().clone()
}

async fn decide(console: &Console, asset: &str, state: &str, reason: &str) {
    let decision = json!({ "state": state, "reason": reason });
    let path = format!("{asset}/vulnerabilities/{CVE}");
    assert_eq!(console.put(&path, &decision).await.0, 200);
}

/// Reasons of all decisions, each with the device that it was about.
async fn history(console: &Console, asset: &str) -> Value {
    let told = console.get(&format!("{asset}/vulnerabilities/{CVE}/history")).await;
    told.as_array().unwrap().iter().map(|one| json!([one["reason"], one["device"]])).collect()
}

/// Decisions on two devices that are joined: the newest counts, both are told, and each device has
/// its own again when it is one of its own.
#[tokio::test]
async fn decisions_go_with_their_devices() {
    let folder = tempfile::tempdir().unwrap();
    let console = Console::knowing(Some(folder.path())).await;
    decide(&console, FIVE, "mitigated", "rule 12").await;
    decide(&console, SIX, "false_positive", "the service is off").await;
    assert_eq!(put(&console, FIVE, &say("same", "10.0.0.6")).await.0, 200);
    drop(console);
    let console = Console::knowing(Some(folder.path())).await;
    let row = weak(&console, FIVE).await;
    assert_eq!((&row["state"], &row["score"]), (&json!("false_positive"), &json!(0.0)));
    assert_eq!(row["triage"]["device"], SIX_MAC, "it was about that part");
    let triage = row["factors"].as_array().unwrap().last().unwrap();
    let part = &triage["parts"][0];
    assert_eq!((&part["code"], &part["value"]), (&json!("overruled"), &json!(0.2)));
    let said = "earlier, one-time link decided mitigated for 00:0e:8c:00:00:05; the newer \
                decision counts";
    assert_eq!(part["why"], said);
    let both = json!([["the service is off", SIX_MAC], ["rule 12", null]]);
    assert_eq!(history(&console, FIVE).await, both);
    let page = console.get("/api/v1/vulnerabilities?state=false_positive").await;
    assert_eq!(page["matched"], 1);

    decide(&console, SIX, "open", "").await;
    assert_eq!(weak(&console, SIX).await["state"], "open", "decided on both as one");
    let which = format!("kind=same&one={FIVE_MAC}&other={SIX_MAC}");
    assert_eq!(take_back(&console, FIVE, &which).await, 200);
    let (five, six) = (weak(&console, FIVE).await, weak(&console, SIX).await);
    assert_eq!((&five["state"], &five["triage"]["device"]), (&json!("open"), &Value::Null));
    assert_eq!((&six["state"], &six["triage"]["device"]), (&json!("false_positive"), &Value::Null));
    assert_eq!(history(&console, FIVE).await, json!([["", null], ["rule 12", null]]));
    assert_eq!(history(&console, SIX).await, json!([["the service is off", null]]));
}
