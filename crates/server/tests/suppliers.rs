//! Suppliers, passports and the facts' age as a browser meets them.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod plant;

use axum::http::StatusCode;
use judge::supply::{Change, Filed, Outside, Pool, Scope, Supply, Warning};
use knowledge::pack::{Manifest, Source};
use knowledge::supply::{SharedRecord, read};
use plant::Console;
use serde_json::{Value, json};

const SBOM: &str = r#"{"bomFormat": "CycloneDX", "specVersion": "1.6",
  "components": [{"type": "library", "name": "tls", "version": "1.0", "purl": "pkg:npm/tls@1.0"},
    {"type": "application", "name": "SIMATIC S7-1200 CPU 1214C", "version": "V4.4.0",
     "supplier": {"name": "Siemens"}}],
  "vulnerabilities": [{"id": "CVE-2026-0001", "analysis": {"state": "exploitable"},
    "affects": [{"ref": "pkg:npm/tls@1.0"}]}]}"#;

const TIES: &str = r#"schema = "ferrite.attested/1"
by = "Purchasing"
[[tie]]
kind = "remote_maintenance"
supplier = "Siemens"
what = "programs"
addresses = ["198.51.100.0/24"]
until = "1969-12-31"
"#;

fn outside() -> Outside {
    let source = |name: &str, version: &str| Source {
        table: "advisories".to_owned(),
        name: name.to_owned(),
        version: version.to_owned(),
        licence: "CC0".to_owned(),
        records: 7,
        hash: "ab".to_owned(),
    };
    let manifest = Manifest {
        sequence: 3,
        made: "2026-01-01".to_owned(),
        sources: vec![source("dated", "2025-12-31"), source("undated", "18.1")],
        hash: String::new(),
        notices: Vec::new(),
    };
    Outside { manifest, built_in: true, lives: Vec::new() }
}

fn supply() -> Supply {
    let filed = |id, text: &str, scope| Filed {
        id,
        name: format!("{id}.json"),
        sha256: "00".to_owned(),
        scope,
        imported: String::new(),
        document: read(text.as_bytes()).unwrap(),
    };
    let record = |state: &str| SharedRecord {
        vendor: "SIEMENS AG".to_owned(),
        order_number: "6ES7 214-1AG40-0XB0".to_owned(),
        cve: "CVE-2024-0001".to_owned(),
        state: state.to_owned(),
        controls: vec!["vpn".to_owned()],
        ..SharedRecord::default()
    };
    let plant = |states: &[&str]| knowledge::supply::Shared {
        records: states.iter().map(|state| record(state)).collect(),
        ..knowledge::supply::Shared::default()
    };
    let pool = Pool::new(&[plant(&["mitigated", "mitigated"]), plant(&["mitigated", "fixed"])]);
    let documents =
        vec![filed(1, SBOM, Scope::Asset("10.0.0.5".to_owned())), filed(2, TIES, Scope::Site)];
    Supply::new(outside(), documents, pool)
}

#[tokio::test]
async fn facts_show_their_age() {
    let console = Console::open(None).await;
    let (status, _, text) = console.ask("GET", "/api/v1/intel", "").await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{text}");
    console.site.supply(supply());
    let page = console.get("/api/v1/intel").await;
    let (whole, first) = (&page["age_days"], &page["sources"][0]["age_days"]);
    assert_eq!(first.as_i64().unwrap(), whole.as_i64().unwrap() + 1);
    assert_eq!(page["sources"][1]["age_days"], Value::Null, "an age that is not known is left out");
    assert_eq!((&page["sequence"], &page["sources"][0]["licence"]), (&json!(3), &json!("CC0")));
}

const PARTS: &str = r#"{"bomFormat": "CycloneDX", "specVersion": "1.6",
  "metadata": {"component": {"type": "firmware", "bom-ref": "fw", "name": "CPU", "version": "4"}},
  "components": [{"type": "library", "bom-ref": "web", "name": "web"},
    {"type": "library", "bom-ref": "tls", "name": "tls", "version": "1.0"}],
  "dependencies": [{"ref": "fw", "dependsOn": ["web"]}, {"ref": "web", "dependsOn": ["tls"]}],
  "services": [{"bom-ref": "s", "name": "web page", "endpoints": ["https://0.0.0.0:8443/"]},
    {"bom-ref": "u", "name": "updates", "endpoints": ["https://updates.example.com/"]}],
  "vulnerabilities": [{"id": "CVE-2026-0001", "affects": [{"ref": "tls"}]}]}"#;

#[tokio::test]
async fn relations_and_services_are_judged() {
    let console = Console::knowing(None).await;
    let filed = |id, asset: &str, text: &str| Filed {
        id,
        name: format!("{id}.json"),
        sha256: "00".to_owned(),
        scope: Scope::Asset(asset.to_owned()),
        imported: String::new(),
        document: read(text.as_bytes()).unwrap(),
    };
    let declares = PARTS.replace("https://0.0.0.0:8443/", "502/tcp");
    let filed = vec![filed(1, "10.0.0.5", PARTS), filed(2, "10.0.0.6", &declares)];
    console.site.supply(Supply::new(outside(), filed, Pool::default()));
    let passport = console.get("/api/v1/assets/10.0.0.5/passport").await;
    let weak = &passport["components"][0];
    let path = json!(["CPU 4", "web", "tls 1.0"]);
    assert_eq!((&weak["name"], &weak["path"]), (&json!("tls"), &path));
    assert_eq!(passport["components"][1]["path"], Value::Null, "nothing is against it");
    let services = passport["services"].as_array().unwrap();
    let verdicts: Vec<_> = services.iter().map(|one| one["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["undeclared", "unseen", "elsewhere"]);
    let served = &services[0];
    assert_eq!((&served["severity"], &served["port"]), (&json!("warning"), &json!(502)));
    assert_eq!(
        served["text"],
        "a service at tcp port 502 (modbus) was seen, but no document declares it"
    );
    let seen = &served["seen"];
    assert_eq!((&seen["protocols"], &seen["frame"]), (&json!(["modbus"]), &json!(1)));
    assert_eq!((&services[1]["severity"], &services[1]["port"]), (&json!("info"), &json!(8443)));
    let other = console.get("/api/v1/assets/10.0.0.6/passport").await;
    let first = &other["services"][0];
    assert_eq!((&first["verdict"], &first["name"]), (&json!("as_declared"), &json!("web page")));
    assert_eq!(first["seen"]["clients"], 2);
}

#[tokio::test]
async fn passports_and_suppliers_are_shown() {
    let console = Console::knowing(None).await;
    console.site.supply(supply());
    let passport = console.get("/api/v1/assets/10.0.0.5/passport").await;
    assert_eq!(passport["supplier"], "siemens");
    let parts = passport["components"].as_array().unwrap();
    let part = |name: &str| parts.iter().find(|part| part["name"] == name).unwrap();
    assert_eq!(part("tls")["vulnerabilities"][0]["source"], "1.json", "its own list");
    // A component that advisories name is known by them.
    let weak = part("SIMATIC S7-1200 CPU 1214C")["vulnerabilities"].as_array().unwrap();
    assert!(
        weak.iter().any(|one| one["source"] == "TEST-1" && one["fixed"] == "V4.5.0"),
        "{weak:?}"
    );
    let pooled = &passport["pooled"][1];
    assert_eq!((&pooled["state"], &pooled["plants"]), (&json!("mitigated"), &json!(2)));
    assert_eq!(
        pooled["text"],
        "2 plants judged CVE-2024-0001 on 6ES7 214-1AG40-0XB0 as mitigated by vpn (2)"
    );
    // The public address writes to the other one; the tie was over long ago.
    let other = console.get("/api/v1/assets/10.0.0.6/passport").await;
    assert_eq!(other["remote"][0]["verdict"], "outside_period");
    assert_eq!(
        (&other["ties"][0]["state"], &other["ties"][0]["observed"]),
        (&json!("over"), &json!(true))
    );
    assert_eq!(other["components_total"], 0);

    let page = console.get("/api/v1/suppliers").await;
    let row = &page["suppliers"][0];
    assert_eq!(
        (&row["key"], &row["devices"], &row["country"]),
        (&json!("siemens"), &json!(2), &json!("DE"))
    );
    assert_eq!((&row["advisories"], &row["unattested_remote"]), (&json!(2), &json!(1)));
    for name in ["siemens", "Siemens%20AG"] {
        let supplier = console.get(&format!("/api/v1/suppliers/{name}")).await;
        assert_eq!(supplier["assets"].as_array().unwrap().len(), 2);
        let factors = supplier["factors"].as_array().unwrap();
        let sum: f64 = factors
            .iter()
            .map(|f| f["weight"].as_f64().unwrap() * f["value"].as_f64().unwrap_or(0.5))
            .sum();
        let score = supplier["supplier"]["score"].as_f64().unwrap();
        assert!((sum * 100.0 - score).abs() < 0.2, "the factors make the number: {sum} {score}");
    }
    for path in ["/api/v1/suppliers/nobody", "/api/v1/assets/10.9.9.9/passport"] {
        assert_eq!(console.ask("GET", path, "").await.0, StatusCode::NOT_FOUND, "{path}");
    }
    let (status, _, _) = console.ask("GET", "/api/v1/inventory/export?format=pdf", "").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let file = console.get("/api/v1/inventory/export?format=cyclonedx").await;
    assert_eq!(
        (&file["specVersion"], &file["components"][0]["type"]),
        (&json!("1.6"), &json!("device"))
    );
    assert_eq!(console.get("/api/v1/warnings").await, json!([]));
}

#[tokio::test]
async fn documents_are_taken_in_while_the_console_is_up() {
    let folder = tempfile::tempdir().unwrap();
    let console = Console::knowing(Some(folder.path())).await;
    let take = |query: &'static str, text: &'static str| {
        let console = &console;
        async move {
            let path = format!("/api/v1/documents?{query}");
            let (status, _, text) = console.ask("POST", &path, text).await;
            (status.as_u16(), serde_json::from_str::<Value>(&text).unwrap())
        }
    };
    assert_eq!(take("name=a", SBOM).await.0, 503, "the facts are still read");
    console.site.supply(Supply::new(outside(), Vec::new(), Pool::default()));
    assert_eq!(take("name=a", SBOM).await.1["code"], "scope");
    assert_eq!(take("name=a&asset=10.9.9.9", SBOM).await.1["code"], "asset");
    assert_eq!(take("name=a&asset=10.0.0.5", "nonsense").await.1["code"], "document");
    let (status, taken) = take("name=a.json&asset=10.0.0.5", SBOM).await;
    assert_eq!((status, &taken["document"]["components"]), (200, &json!(2)));
    let warned = taken["warnings"].as_array().unwrap();
    assert!(
        warned
            .contains(&json!("CVE-2026-0001 is new for this plant and touches 1 device in 1 zone")),
        "{warned:?}"
    );
    let (_, again) = take("name=a.json&asset=10.0.0.5", SBOM).await;
    assert_eq!(
        (&again["document"]["id"], &again["warnings"]),
        (&taken["document"]["id"], &json!([]))
    );
    let passport = console.get("/api/v1/assets/10.0.0.5/passport").await;
    assert_eq!(passport["components_total"], 2);
    assert_eq!(console.store.as_ref().unwrap().filed().await.unwrap().len(), 1);
    let number = taken["document"]["id"].as_i64().unwrap();
    let forget = format!("/api/v1/documents/{number}");
    assert_eq!(console.ask("DELETE", &forget, "").await.0, StatusCode::NO_CONTENT);
    assert_eq!(console.ask("DELETE", &forget, "").await.0, StatusCode::NOT_FOUND);
    assert_eq!(console.get("/api/v1/documents").await, json!([]));
    let large = " ".repeat(33 << 20);
    let path = "/api/v1/documents?name=a&asset=10.0.0.5";
    assert_eq!(console.ask("POST", path, &large).await.0, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn warnings_are_shown_the_latest_first() {
    let folder = tempfile::tempdir().unwrap();
    let console = Console::knowing(Some(folder.path())).await;
    let store = console.store.as_ref().unwrap();
    let warning = |advisory: &str| Warning {
        at: "2026-01-01T00:00:00Z".to_owned(),
        cause: "pack".to_owned(),
        advisory: advisory.to_owned(),
        change: Change::New,
        text: format!("{advisory} is new"),
        devices: 14,
        zones: vec!["cell-1".to_owned()],
        assets: vec!["a".to_owned()],
    };
    store.warn(&[warning("A"), warning("B")]).await.unwrap();
    let page = console.get("/api/v1/warnings").await;
    assert_eq!((&page[0]["advisory"], &page[0]["devices"]), (&json!("B"), &json!(14)));
    assert_eq!(page[1]["zones"], json!(["cell-1"]));
}
