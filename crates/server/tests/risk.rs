//! Risk and triage as a browser meets them.

mod plant;

use axum::http::StatusCode;
use judge::risk::{Ruling, State};
use plant::{Console, advice};
use serde_json::{Value, json};

const DECIDE: &str = "/api/v1/assets/10.0.0.5/vulnerabilities/CVE-2024-0001";

#[tokio::test]
async fn weaknesses_are_listed_filtered_and_sorted() {
    let console = Console::open(None).await;
    let (status, _, text) = console.ask("GET", "/api/v1/vulnerabilities", "").await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(text.contains("not_ready"), "{text}");
    assert_eq!(console.get("/api/v1/assets/10.0.0.5").await["vulnerabilities"], Value::Null);
    console.site.know(advice());

    let page = console.get("/api/v1/vulnerabilities").await;
    assert_eq!((&page["total"], &page["matched"]), (&json!(4), &json!(4)));
    // The exploited one from the internet comes first, on the other device it comes next.
    let row = &page["rows"][0];
    assert_eq!(row["vulnerability"]["cve"], "CVE-2024-0001");
    assert_eq!(row["vulnerability"]["decision"], "immediate", "{row}");
    assert_eq!(
        (&row["exposure"], &row["name"]),
        (&json!("open"), &json!("SIMATIC S7-1200 CPU 1214C (10.0.0.6)"))
    );
    assert_eq!(row["vulnerability"]["grade"], "I4");
    assert_eq!(row["vulnerability"]["confidence"], "confirmed");
    assert_eq!(row["vulnerability"]["fixed"], "V4.5.0");
    assert_eq!(row["vulnerability"]["kev"], true);
    let counted = page["decisions"].as_object().unwrap().values().map(|n| n.as_u64().unwrap());
    assert_eq!(counted.sum::<u64>(), 4);

    let of = |query: &str| format!("/api/v1/vulnerabilities?{query}");
    let page = console.get(&of("search=cve-2024-0002")).await;
    assert_eq!((&page["total"], &page["matched"]), (&json!(4), &json!(2)));
    let page = console.get(&of("decision=immediate")).await;
    assert_eq!(page["matched"], 1);
    let page = console.get(&of("filter=ip:10.0.0.5&sort=-cve&limit=1&offset=1")).await;
    assert_eq!((&page["matched"], page["rows"].as_array().unwrap().len()), (&json!(2), 1));
    assert_eq!(page["rows"][0]["vulnerability"]["cve"], "CVE-2024-0001");
    for (query, code) in [("sort=colour", "sort"), ("filter=colour:red", "filter")] {
        let (status, _, text) = console.ask("GET", &of(query), "").await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        let problem: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(problem["code"], code);
    }
}

#[tokio::test]
async fn factors_make_the_numbers_that_are_shown() {
    let console = Console::knowing(None).await;
    for address in ["10.0.0.5", "10.0.0.6"] {
        let page = console.get(&format!("/api/v1/assets/{address}/vulnerabilities")).await;
        let product = |factors: &Value| -> f64 {
            factors.as_array().unwrap().iter().map(|f| f["value"].as_f64().unwrap()).product()
        };
        for row in page["rows"].as_array().unwrap() {
            let score = row["score"].as_f64().unwrap();
            // Values have four decimals, the number one.
            assert!((100.0 * product(&row["factors"]) - score).abs() < 0.1, "{row}");
            assert!(row["factors"].as_array().unwrap().iter().all(|f| f["why"] != ""));
        }
        let score = page["risk"]["score"].as_f64().unwrap();
        assert!((100.0 * product(&page["risk"]["factors"]) - score).abs() < 0.6);
        // The device itself says the same.
        let asset = console.get(&format!("/api/v1/assets/{address}")).await;
        assert_eq!(asset["risk"], page["risk"]);
        assert_eq!(asset["vulnerabilities"][0]["score"], page["rows"][0]["score"]);
    }
    let none = console.get("/api/v1/assets/10.0.0.9/vulnerabilities").await;
    assert_eq!((&none["risk"], &none["rows"]), (&Value::Null, &json!([])));
    let (status, _, _) = console.ask("GET", "/api/v1/assets/10.9.9.9/vulnerabilities", "").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_site_has_zones_steps_and_a_trend() {
    let folder = tempfile::tempdir().unwrap();
    let console = Console::knowing(Some(folder.path())).await;
    let page = console.get("/api/v1/risk").await;
    let summary = &page["summary"];
    assert_eq!(summary["zones"][0]["zone"], "10.0.0.0/24");
    assert_eq!(summary["zones"][0]["assets"], 2);
    let states = summary["states"].as_object().unwrap();
    assert_eq!((&states["open"], &states["accepted"]), (&json!(4), &json!(0)));
    let steps = summary["steps"].as_array().unwrap();
    let kinds: Vec<&str> = steps.iter().map(|step| step["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"patch") && kinds.contains(&"block"), "{kinds:?}");
    for step in steps {
        assert!(step["after"].as_f64() < step["before"].as_f64(), "{step}");
        assert_eq!(step["before"], summary["score"]);
    }
    assert_eq!(page["trend"].as_array().unwrap().len(), 1, "one row for a day");
    assert_eq!(page["trend"][0]["score"], summary["score"]);
    let of_zone = console.get("/api/v1/risk?zone=10.0.0.0/24").await;
    assert_eq!(of_zone["trend"][0]["score"], summary["zones"][0]["score"]);
    assert_eq!(console.get("/api/v1/risk?zone=nowhere").await["trend"], json!([]));
    let decision = json!({ "state": "fixed" });
    assert_eq!(console.put(DECIDE, &decision).await.0, 200);
    let after = console.get("/api/v1/risk").await;
    assert!(after["summary"]["score"].as_f64() < summary["score"].as_f64());
    assert_eq!(after["summary"]["inherent"], summary["inherent"]);
    let trend = after["trend"].as_array().unwrap();
    assert_eq!((trend.len(), &trend[0]["score"]), (1, &after["summary"]["score"]));
}

#[tokio::test]
async fn decisions_are_checked_kept_and_change_the_risk() {
    let folder = tempfile::tempdir().unwrap();
    let console = Console::knowing(Some(folder.path())).await;
    let accept = json!({ "state": "accepted", "reason": "spare", "until": "2999-12-31" });
    for (path, given, status) in [
        (DECIDE, json!({ "state": "done" }), 422),
        (DECIDE, json!({ "state": "accepted", "reason": "spare" }), 422),
        (DECIDE, json!({ "state": "accepted", "reason": "spare", "until": "2001-01-01" }), 422),
        (DECIDE, json!({ "state": "false_positive", "reason": "  " }), 422),
        (DECIDE, json!({ "state": "open", "colour": "red" }), 422),
        ("/api/v1/assets/10.9.9.9/vulnerabilities/CVE-2024-0001", accept.clone(), 404),
        ("/api/v1/assets/10.0.0.5/vulnerabilities/CVE-1999-0001", accept.clone(), 404),
        ("/api/v1/assets/10.0.0.9/vulnerabilities/CVE-2024-0001", accept.clone(), 404),
    ] {
        assert_eq!(console.put(path, &given).await.0, status, "{path} {given}");
    }
    let mut stranger = Console::knowing(None).await;
    stranger.cookie.clear();
    assert_eq!(stranger.put(DECIDE, &accept).await.0, 401);
    let store = console.store.clone().unwrap();
    assert!(store.rulings().await.unwrap().is_empty(), "nothing wrong was kept");

    let before = console.get("/api/v1/assets/10.0.0.5/vulnerabilities").await;
    let (status, kept) = console.put(DECIDE, &accept).await;
    assert_eq!((status, &kept["who"]), (200, &json!("one-time link")));
    let after = console.get("/api/v1/assets/10.0.0.5/vulnerabilities").await;
    assert!(after["risk"]["score"].as_f64() < before["risk"]["score"].as_f64());
    assert_eq!(after["risk"]["inherent"], before["risk"]["score"]);
    let rows = after["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["cve"] == "CVE-2024-0001").unwrap();
    assert_eq!((&row["state"], &row["score"]), (&json!("accepted"), &json!(0.0)));
    assert_eq!(row["triage"]["reason"], "spare");
    let last = row["factors"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["name"], &last["code"]), (&json!("triage"), &json!("triage_accepted")));
    let other = console.get("/api/v1/assets/10.0.0.6/vulnerabilities").await;
    assert!(other["rows"].as_array().unwrap().iter().all(|row| row["state"] == "open"));

    let control = json!({ "state": "mitigated", "reason": "firewall rule 12" });
    assert_eq!(console.put(DECIDE, &control).await.0, 200);
    let history = console.get(&format!("{DECIDE}/history")).await;
    let states: Vec<&str> =
        history.as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["mitigated", "accepted"], "the latest first");
    let page = console.get("/api/v1/vulnerabilities?state=mitigated").await;
    assert_eq!(page["matched"], 1);

    // Another run over the same folder holds the same.
    drop((console, store));
    let again = Console::knowing(Some(folder.path())).await;
    assert_eq!(again.get(&format!("{DECIDE}/history")).await, history);
    assert_eq!(again.get("/api/v1/vulnerabilities?state=mitigated").await["matched"], 1);
}

#[tokio::test]
async fn one_decision_covers_many_devices() {
    let folder = tempfile::tempdir().unwrap();
    let console = Console::knowing(Some(folder.path())).await;
    let path = "/api/v1/vulnerabilities/CVE-2024-0002";
    let mut given = json!({ "state": "false_positive", "reason": "the service is off" });
    given["assets"] = json!(["10.0.0.5", "10.0.0.9"]);
    assert_eq!(console.put(path, &given).await.0, 404, "10.0.0.9 has no such CVE");
    given["assets"] = json!(["10.0.0.5", "10.9.9.9"]);
    assert_eq!(console.put(path, &given).await.0, 404);
    let nowhere = "/api/v1/vulnerabilities/CVE-1999-0001";
    assert_eq!(console.put(nowhere, &json!({ "state": "fixed" })).await.0, 404);
    let store = console.store.as_ref().unwrap();
    assert!(store.rulings().await.unwrap().is_empty(), "all or nothing");
    given["assets"] = json!(["10.0.0.5"]);
    let (status, answer) = console.put(path, &given).await;
    assert_eq!((status, &answer["assets"]), (200, &json!(["00:0e:8c:00:00:05"])));
    let (status, answer) = console.put(path, &json!({ "state": "fixed" })).await;
    assert_eq!((status, answer["assets"].as_array().unwrap().len()), (200, 2), "wherever it is");
    let page = console.get("/api/v1/vulnerabilities?state=fixed").await;
    assert_eq!(page["matched"], 2);
    let history = format!("{}/history", DECIDE.replace("0001", "0002"));
    assert_eq!(console.get(&history).await.as_array().unwrap().len(), 2);
    assert_eq!(store.rulings().await.unwrap().len(), 2);
}

#[tokio::test]
async fn an_acceptance_that_is_over_is_open_again_and_says_so() {
    let console = Console::knowing(None).await;
    let open = console.get("/api/v1/assets/10.0.0.5/vulnerabilities").await;
    let ruling = Ruling {
        state: State::Accepted,
        reason: "until the next stop".to_owned(),
        until: Some("2001-01-01".to_owned()),
        who: "administrator".to_owned(),
        when: "2000-12-01T00:00:00Z".to_owned(),
    };
    console.site.rule(&["00:0e:8c:00:00:05"], "CVE-2024-0001", &ruling);
    let page = console.get("/api/v1/assets/10.0.0.5/vulnerabilities").await;
    assert_eq!(page["risk"]["score"], open["risk"]["score"]);
    let row = page["rows"].as_array().unwrap();
    let row = row.iter().find(|row| row["cve"] == "CVE-2024-0001").unwrap();
    assert_eq!((&row["state"], &row["triage"]["state"]), (&json!("open"), &json!("accepted")));
    let last = row["factors"].as_array().unwrap().last().unwrap();
    assert_eq!(last["code"], "triage_expired");
    assert!(last["why"].as_str().unwrap().contains("2001-01-01"));
}

#[tokio::test]
async fn findings_are_listed_until_somebody_deals_with_them() {
    let console = Console::knowing(None).await;
    let page = console.get("/api/v1/findings").await;
    assert_eq!((&page["total"], &page["dropped"]), (&json!(2), &json!(0)));
    let rows = page["rows"].as_array().unwrap();
    // From the internet it is immediate; on the other device it is not.
    assert_eq!(rows[0]["id"], "known-exploited-vulnerability.00:0e:8c:00:00:06.CVE-2024-0001");
    assert_eq!(
        (&rows[0]["severity"], &rows[0]["target"]),
        (&json!("critical"), &json!("10.0.0.6"))
    );
    assert_eq!(rows[0]["techniques"], json!(["T0819", "T0866"]));
    assert_eq!(rows[0]["evidence"][0], json!({ "file": 0, "frame": 7, "offset": 60, "length": 6 }));
    assert_eq!(rows[1]["techniques"], json!(["T0866"]));
    assert_eq!(page["severities"]["critical"], 1);
    let page = console.get("/api/v1/findings?asset=00:0e:8c:00:00:05&severity=critical").await;
    assert_eq!(page["matched"], 0);
    let page = console.get("/api/v1/findings?rule=known-exploited-vulnerability&limit=1").await;
    assert_eq!((&page["matched"], page["rows"].as_array().unwrap().len()), (&json!(2), 1));
    assert_eq!(console.put(DECIDE, &json!({ "state": "fixed" })).await.0, 200);
    let page = console.get("/api/v1/findings").await;
    assert_eq!((&page["total"], &page["rows"][0]["target"]), (&json!(1), &json!("10.0.0.6")));
}

#[tokio::test]
async fn weights_can_be_set() {
    let folder = tempfile::tempdir().unwrap();
    let console = Console::knowing(Some(folder.path())).await;
    let score = |page: Value| page["summary"]["score"].as_f64().unwrap();
    let before = score(console.get("/api/v1/risk").await);
    for wrong in [json!({ "open": 2.0 }), json!({ "small": 0.9 }), json!({ "colour": 1.0 })] {
        let (status, problem) = console.put("/api/v1/risk/weights", &wrong).await;
        assert_eq!((status, &problem["code"]), (422, &json!("weights")), "{wrong}");
    }
    let set = json!({ "set_impact": { "10.0.0.0/24": "low" } });
    let (status, weights) = console.put("/api/v1/risk/weights", &set).await;
    assert_eq!((status, &weights["open"]), (200, &json!(1.0)), "the rest has its defaults");
    assert!(score(console.get("/api/v1/risk").await) < before);
    assert_eq!(console.get("/api/v1/risk/weights").await, weights);
    drop(console);
    let again = Console::knowing(Some(folder.path())).await;
    assert_eq!(again.get("/api/v1/risk/weights").await, weights, "they are kept");
}

#[test]
fn the_document_describes_every_address_of_risk() {
    let document: Value = serde_json::from_str(&server::openapi()).unwrap();
    let asset = "/api/v1/assets/{id}/vulnerabilities";
    for (path, method) in [
        ("/api/v1/vulnerabilities".to_owned(), "get"),
        ("/api/v1/vulnerabilities/export".to_owned(), "get"),
        (asset.to_owned(), "get"),
        (format!("{asset}/{{cve}}"), "put"),
        (format!("{asset}/{{cve}}/history"), "get"),
        ("/api/v1/findings".to_owned(), "get"),
        ("/api/v1/risk".to_owned(), "get"),
        ("/api/v1/risk/weights".to_owned(), "put"),
    ] {
        assert!(document["paths"][&path][method].is_object(), "{method} {path}");
    }
}
