//! What people said of devices over the console is kept in the data folder, and every later
//! analysis into it holds to that.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use common::{Console, Folder, START, Timed, analysis, ferrite, pcap};
use serde_json::{Value, json};
use std::path::Path;
use testkit::{Ends, Session};
use vocab::Mac;

/// Two controllers of one kind answer Modbus; they state order number and firmware, 10.0.2.2 its
/// own. The first has a second address. MODBUS AP v1.1b3 §6.21.
fn traffic(second: i64, firmware: &str) -> Vec<Timed> {
    let mut frames = Vec::new();
    for (port, address, mac) in [(40_001, 1, 1), (40_002, 11, 1), (40_003, 2, 2)] {
        let mut ends = Ends::new(port, 502);
        (ends.src, ends.dst) = ([10, 0, 1, 1], [10, 0, 2, address]);
        (ends.src_mac, ends.dst_mac) = (Mac([2, 0, 0, 0, 1, 1]), Mac([2, 0, 0, 0, 2, mac]));
        let mut session = Session::new(ends);
        frames.extend(session.open());
        frames.push(session.segment(true, &[0, 1, 0, 0, 0, 5, 1, 43, 14, 1, 0]));
        let texts = ["Schneider Electric", "BMX P34 2020", firmware];
        let mut answer = vec![1, 43, 14, 1, 1, 0, 0, 3];
        for (id, text) in (0u8..).zip(texts) {
            answer.extend([id, u8::try_from(text.len()).unwrap()]);
            answer.extend(text.as_bytes());
        }
        let mut message = vec![0, 1, 0, 0, 0, u8::try_from(answer.len()).unwrap()];
        message.append(&mut answer);
        frames.push(session.segment(false, &message));
    }
    let at = |n: usize| START + second * 1_000_000_000 + i64::try_from(n).unwrap() * 1_000_000;
    frames.into_iter().enumerate().map(|(n, frame)| (at(n), frame)).collect()
}

fn serve(data: &Path) -> Console {
    let mut console = Console::start(ferrite().arg("serve").arg("--data").arg(data));
    assert_eq!(console.enter_with_token(), 200);
    console
}

/// Asks until the facts from outside are read.
fn call(console: &Console, method: &str, path: &str, body: &Value) -> Value {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    for _ in 0..200 {
        let (status, _, answer) = console.call(method, path, &body);
        if status != 503 {
            assert_eq!(status, 200, "{method} {path}: {answer}");
            return answer;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    Value::Null
}

/// The device with an address.
fn device<'a>(found: &'a Value, ip: &str) -> &'a Value {
    let mut assets = found["assets"].as_array().unwrap().iter();
    assets.find(|asset| asset["ips"].as_array().unwrap().contains(&json!(ip))).unwrap()
}

fn row<'a>(device: &'a Value, cve: &str) -> &'a Value {
    let mut rows = device["vulnerabilities"].as_array().unwrap().iter();
    rows.find(|row| row["cve"] == cve).unwrap()
}

const ONE: &str = "/api/v1/assets/10.0.2.1";
const OTHER: &str = "/api/v1/assets/10.0.2.2";
const CVE: &str = "CVE-2021-22779";

/// The store of a folder is honoured by whoever reads it: the same capture again, another one, and
/// the console.
#[test]
fn later_analyses_hold_to_what_people_said() {
    let folder = Folder::new();
    let data = folder.path("data");
    let stored = ["--data", data.to_str().unwrap()];
    let first = folder.file("first.pcap", &pcap(&traffic(0, "V3.10")));
    let second = folder.file("second.pcap", &pcap(&traffic(3_600, "V3.10")));

    let found = analysis(&[&first], &stored);
    assert_eq!(device(&found, "10.0.2.1")["ips"], json!(["10.0.2.1", "10.0.2.11"]));
    assert_eq!(row(device(&found, "10.0.2.2"), CVE)["state"], "open");
    let assets = found["assets"].as_array().unwrap().len();

    let console = serve(&data);
    let said = |kind: &str, address: &str| json!({ "kind": kind, "address": address, "reason": "its plate" });
    call(&console, "PUT", &format!("{ONE}/bonds"), &said("own", "10.0.2.11"));
    let decision = json!({ "state": "mitigated", "reason": "rule 12" });
    call(&console, "PUT", &format!("{OTHER}/vulnerabilities/{CVE}"), &decision);
    call(&console, "PUT", &format!("{ONE}/bonds"), &said("same", "10.0.2.2"));
    let name = json!({ "attribute": "name", "value": "PUMP-1", "reason": "its plate" });
    call(&console, "PUT", &format!("{ONE}/corrections"), &name);
    console.stop();

    for file in [&first, &second] {
        let found = analysis(&[file], &stored);
        assert_eq!(found["assets"].as_array().unwrap().len(), assets, "one joined, one parted");
        let joined = device(&found, "10.0.2.1");
        assert_eq!(joined["ips"], json!(["10.0.2.1", "10.0.2.2"]));
        assert_eq!(joined["name"], "PUMP-1");
        let mut evidence = joined["evidence"].as_array().unwrap().iter();
        let named = evidence.find(|one| one["attribute"] == "name").unwrap();
        assert_eq!(named["protocol"], "user");
        assert_eq!(device(&found, "10.0.2.11")["ips"], json!(["10.0.2.11"]));
        assert_eq!(device(&found, "10.0.2.11")["firmware"], "V3.10", "what it stated goes with it");
        // The decision was on the device that is the lesser half now.
        assert_eq!(row(joined, CVE)["state"], "mitigated");
        assert_eq!(row(device(&found, "10.0.2.11"), CVE)["state"], "open");
    }
    // Without the folder nobody said anything.
    let plain = analysis(&[&first], &[]);
    assert_eq!(device(&plain, "10.0.2.1")["ips"], json!(["10.0.2.1", "10.0.2.11"]));

    let console = serve(&data);
    let page = call(&console, "GET", &format!("{ONE}/vulnerabilities/{CVE}/history"), &Value::Null);
    assert_eq!(
        (&page[0]["reason"], &page[0]["device"]),
        (&json!("rule 12"), &json!("02:00:00:00:02:02"))
    );
    let tie = "kind=same&one=02:00:00:00:02:01&other=02:00:00:00:02:02";
    call(&console, "DELETE", &format!("{ONE}/bonds?{tie}&reason=a%20slip"), &Value::Null);
    console.stop();
    let found = analysis(&[&second], &stored);
    assert_eq!(row(device(&found, "10.0.2.1"), CVE)["state"], "open", "its own again");
    assert_eq!(row(device(&found, "10.0.2.2"), CVE)["state"], "mitigated");
    assert_eq!(device(&found, "10.0.2.1")["name"], "PUMP-1");
}
