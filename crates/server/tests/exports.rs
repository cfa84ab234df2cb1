//! What other programs get of weaknesses and of what people decided about them.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod plant;

use axum::http::{StatusCode, header};
use plant::Console;
use serde_json::{Value, json};

/// Every state once: what VEX documents are made of.
async fn decided() -> Console {
    let console = Console::knowing(None).await;
    let at = |last: u8, cve: u8| {
        format!("/api/v1/assets/10.0.0.{last}/vulnerabilities/CVE-2024-000{cve}")
    };
    for (path, given) in [
        (at(5, 1), json!({ "state": "accepted", "reason": "=1+1", "until": "2999-12-31" })),
        (at(5, 2), json!({ "state": "false_positive", "reason": "the service is off" })),
        (at(6, 1), json!({ "state": "fixed" })),
    ] {
        assert_eq!(console.put(&path, &given).await.0, 200, "{path}");
    }
    console
}

async fn export(console: &Console, format: &str) -> (header::HeaderMap, String) {
    let path = format!("/api/v1/vulnerabilities/export?format={format}");
    let (status, headers, text) = console.ask("GET", &path, "").await;
    assert_eq!(status, StatusCode::OK, "{text}");
    assert!(headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment"));
    (headers, text)
}

#[tokio::test]
async fn tables_and_documents_are_exported() {
    let console = decided().await;
    let (headers, text) = export(&console, "csv").await;
    assert_eq!(headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 1 + 4);
    let columns = lines[0].split(',').count();
    assert!(lines.iter().all(|line| line.split(',').count() == columns));
    let accepted = lines.iter().find(|line| line.contains(",accepted,")).unwrap();
    assert!(accepted.contains(",'=1+1,2999-12-31,one-time link,"), "no formula: {accepted}");
    let (_, text) = export(&console, "json").await;
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(document["schema"], "ferrite.vulnerabilities/1");
    let assets = document["assets"].as_array().unwrap();
    let rows: usize = assets.iter().map(|a| a["vulnerabilities"].as_array().unwrap().len()).sum();
    assert_eq!((assets.len(), rows), (2, 4));
    let path = "/api/v1/vulnerabilities/export?format=xml";
    let (status, _, text) = console.ask("GET", path, "").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("cyclonedx"), "{text}");
}

/// CSAF 2.0 §4.5: what the VEX profile requires, field by field, and the rules of §6.1 about
/// products and versions.
#[tokio::test]
async fn csaf_vex_has_what_the_profile_requires() {
    let console = decided().await;
    let (headers, text) = export(&console, "csaf").await;
    assert_eq!(headers[header::CONTENT_TYPE], "application/json");
    let vex: Value = serde_json::from_str(&text).unwrap();
    let document = &vex["document"];
    assert_eq!(
        (&document["category"], &document["csaf_version"]),
        (&json!("csaf_vex"), &json!("2.0"))
    );
    for field in ["/title", "/publisher/name", "/publisher/namespace", "/tracking/id"] {
        assert!(document.pointer(field).unwrap().as_str().unwrap().len() > 3, "{field}");
    }
    assert_eq!(document["publisher"]["category"], "user");
    let tracking = &document["tracking"];
    assert!(["draft", "interim", "final"].contains(&tracking["status"].as_str().unwrap()));
    let history = tracking["revision_history"].as_array().unwrap();
    // §6.1.16: the version is that of the newest revision.
    assert_eq!(history.last().unwrap()["number"], tracking["version"]);
    for date in ["initial_release_date", "current_release_date"] {
        assert!(tracking[date].as_str().unwrap().ends_with('Z'), "{date}");
    }
    let names = vex["product_tree"]["full_product_names"].as_array().unwrap();
    let products: Vec<&str> = names.iter().map(|n| n["product_id"].as_str().unwrap()).collect();
    assert_eq!(products, ["00:0e:8c:00:00:06", "00:0e:8c:00:00:05"]);
    for name in names {
        assert!(name["name"].as_str().unwrap().contains("SIMATIC S7-1200 CPU 1214C"));
        let helper = &name["product_identification_helper"];
        assert_eq!(helper["model_numbers"], json!(["6ES7 214-1AG40-0XB0"]));
    }
    let found = vex["vulnerabilities"].as_array().unwrap();
    assert_eq!(found.len(), 2);
    for one in found {
        assert!(one["cve"].as_str().unwrap().starts_with("CVE-2024-"));
        assert!(
            one["notes"].as_array().unwrap().iter().all(|n| n["text"] != "" && n["category"] != "")
        );
        let status = one["product_status"].as_object().unwrap();
        let ids = |key: &str| -> Vec<&str> {
            let list = status.get(key).and_then(Value::as_array);
            list.into_iter().flatten().map(|id| id.as_str().unwrap()).collect()
        };
        let mut all: Vec<&str> = status.keys().flat_map(|key| ids(key)).collect();
        all.sort_unstable();
        // §6.1.1 and §6.1.6: defined products, each in one status.
        assert_eq!(all, ["00:0e:8c:00:00:05", "00:0e:8c:00:00:06"]);
        // §4.5: an action for what is affected, an impact statement for what is not.
        for (key, list) in [("known_affected", "remediations"), ("known_not_affected", "threats")] {
            for id in ids(key) {
                let said = one[list].as_array().unwrap().iter();
                let mut said =
                    said.filter(|s| s["product_ids"].as_array().unwrap().contains(&json!(id)));
                assert!(said.any(|s| s["details"].as_str().unwrap().len() > 3), "{key} {id}");
            }
        }
    }
    let of = |cve: &str| found.iter().find(|one| one["cve"] == cve).unwrap();
    let (first, second) = (of("CVE-2024-0001"), of("CVE-2024-0002"));
    assert_eq!(first["product_status"]["fixed"], json!(["00:0e:8c:00:00:06"]));
    assert_eq!(first["product_status"]["known_affected"], json!(["00:0e:8c:00:00:05"]));
    assert_eq!(first["remediations"][0]["category"], "no_fix_planned");
    assert_eq!(second["product_status"]["known_not_affected"], json!(["00:0e:8c:00:00:05"]));
    assert_eq!(second["threats"][0]["category"], "impact");
    assert_eq!(second["threats"][0]["details"], "the service is off");
    assert_eq!(second["remediations"][0]["category"], "none_available");
}

/// CycloneDX 1.6: the fields that are required, references that resolve, and words of its lists.
#[tokio::test]
async fn cyclonedx_vex_is_whole() {
    let console = decided().await;
    let (_, text) = export(&console, "cyclonedx").await;
    let bom: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&bom["bomFormat"], &bom["specVersion"]), (&json!("CycloneDX"), &json!("1.6")));
    assert!(bom["version"].as_u64().unwrap() >= 1);
    let components = bom["components"].as_array().unwrap();
    let refs: Vec<&Value> = components.iter().map(|component| &component["bom-ref"]).collect();
    for component in components {
        assert_eq!(component["type"], "device");
        assert!(component["name"].as_str().unwrap().contains("SIMATIC S7-1200"));
        assert_eq!(component["version"], "V4.4.0");
        assert_eq!(component["manufacturer"]["name"], "Siemens");
    }
    let rows = bom["vulnerabilities"].as_array().unwrap();
    assert_eq!(rows.len(), 4);
    let mut own: Vec<&str> = rows.iter().map(|row| row["bom-ref"].as_str().unwrap()).collect();
    own.sort_unstable();
    own.dedup();
    assert_eq!(own.len(), 4, "references are unique");
    let state = |device: &str, cve: &str| {
        let row = rows.iter().find(|row| row["affects"][0]["ref"] == device && row["id"] == cve);
        let analysis = &row.unwrap()["analysis"];
        (analysis["state"].clone(), analysis["response"].clone())
    };
    for row in rows {
        assert!(refs.contains(&&row["affects"][0]["ref"]), "{row}");
        assert_eq!(row["ratings"][0]["score"], 8.1);
        assert!(row["analysis"]["detail"].is_string());
    }
    let (five, six) = ("00:0e:8c:00:00:05", "00:0e:8c:00:00:06");
    let (first, second) = ("CVE-2024-0001", "CVE-2024-0002");
    assert_eq!(state(five, first), (json!("exploitable"), json!(["will_not_fix"])));
    assert_eq!(state(five, second), (json!("false_positive"), Value::Null));
    assert_eq!(state(six, first), (json!("resolved"), json!(["update"])));
    assert_eq!(state(six, second), (json!("exploitable"), Value::Null));
}
