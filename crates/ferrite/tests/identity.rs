//! What devices are, by what they say: greetings, rules of users, and what changes over time.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use common::{Folder, START, Timed, analysis, analyze, announcement, pcap, text};
use serde_json::{Value, json};
use std::path::PathBuf;
use testkit::{Ends, Session};

const SECOND: i64 = 1_000_000_000;

/// A device greets whoever connects. RFC 959 §5.4.
fn greeting(says: &str) -> Vec<Timed> {
    let mut session = Session::new(Ends::new(40_000, 21));
    let mut frames = session.open().to_vec();
    frames.push(session.segment(false, format!("220 {says}\r\n").as_bytes()));
    frames.push(session.segment(true, b"QUIT\r\n"));
    let at = |n: usize| START + i64::try_from(n).unwrap() * 1_000_000;
    frames.into_iter().enumerate().map(|(n, frame)| (at(n), frame)).collect()
}

fn asset<'a>(found: &'a Value, key: &str, value: &str) -> &'a Value {
    let assets = found["assets"].as_array().unwrap();
    assets.iter().find(|asset| asset[key] == value || asset[key][0] == value).unwrap()
}

fn switch(folder: &Folder, name: &str, versions: &[(i64, &str)]) -> PathBuf {
    let says = |firmware: &str| {
        format!(
            "Siemens, SIMATIC NET, SCALANCE X208, 6GK5 208-0BA10-2AA3, HW: 7, FW: V{firmware}, SVPA1234567"
        )
    };
    let frames: Vec<Timed> = versions
        .iter()
        .map(|(second, firmware)| (START + second * SECOND, announcement(&says(firmware), None)))
        .collect();
    folder.file(name, &pcap(&frames))
}

#[test]
fn a_greeting_names_the_system_and_the_fingerprint() {
    let folder = Folder::new();
    let file = folder.file("ftp.pcap", &pcap(&greeting("VxWorks (5.4.2) FTP server ready")));
    let found = analysis(&[&file], &[]);
    let device = asset(&found, "ips", "10.0.0.5");
    assert_eq!(device["os"], "VxWorks 5.4.2");
    let evidence = device["evidence"].as_array().unwrap();
    let os = evidence.iter().find(|one| one["attribute"] == "os").unwrap();
    assert!(os["source"].as_str().unwrap().starts_with("FTP greeting, Recog ftp.banner "), "{os}");
    assert_eq!(os["frame"], 4);
}

/// A SYN, or the answer to one, as Linux puts its options. RFC 9293 §3.1, RFC 7323.
fn opening(ends: &Ends, answer: bool) -> Vec<u8> {
    let mut header = Vec::from(ends.src_port.to_be_bytes());
    header.extend(ends.dst_port.to_be_bytes());
    header.extend([0, 0, 0, 9, 0, 0, 0, 1]);
    header.extend([0xa0, if answer { 0x12 } else { 0x02 }, 0xfa, 0xf0, 0, 0, 0, 0]);
    header.extend([2, 4, 5, 0xb4, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7]);
    testkit::ipv4(ends, 6, &header)
}

#[test]
fn a_stack_names_the_system_until_something_says_more() {
    let folder = Folder::new();
    let ends = Ends::new(41_000, 21);
    let mut frames = vec![(START, opening(&ends, false)), (START, opening(&ends.back(), true))];
    frames.extend(greeting("VxWorks (5.4.2) FTP server ready"));
    let file = folder.file("stack.pcap", &pcap(&frames));
    let found = analysis(&[&file], &[]);
    let of = |address: &str, attribute: &str| {
        let device = asset(&found, "ips", address);
        let evidence = device["evidence"].as_array().unwrap();
        let tcp =
            evidence.iter().find(|one| one["protocol"] == "tcp" && one["attribute"] == attribute);
        let tcp = tcp.unwrap();
        (device["os"].clone(), tcp["value"].clone(), tcp["frame"].clone(), tcp["source"].clone())
    };
    let said = json!("TCP SYN, stack: Linux");
    assert_eq!(of("10.0.0.9", "os"), (json!("Linux"), json!("Linux"), json!(1), said));
    let text = json!("64:1460:mss*44,7:mss,sok,ts,nop,ws");
    let (os, value, frame, source) = of("10.0.0.5", "tcp_stack");
    assert_eq!(os, "VxWorks 5.4.2", "the greeting says more");
    assert_eq!((value, frame, source), (text, json!(2), json!("TCP SYN-ACK")));
}

#[test]
fn the_title_of_a_page_names_the_device_however_it_is_cut() {
    let page = "<html><head><title>1747-L551 Home Page</title></head>";
    let head = format!("Content-Type: text/html\r\nContent-Length: {}\r\n\r\n", page.len());
    let answer = format!("HTTP/1.1 200 OK\r\n{head}{page}");
    let folder = Folder::new();
    for size in [1_000, 7] {
        let mut session = Session::new(Ends::new(40_000, 80));
        let mut frames = session.open().to_vec();
        frames.push(session.segment(true, b"GET / HTTP/1.1\r\n\r\n"));
        frames.extend(answer.as_bytes().chunks(size).map(|part| session.segment(false, part)));
        let timed: Vec<Timed> = frames.into_iter().map(|frame| (START, frame)).collect();
        let file = folder.file(&format!("page-{size}.pcap"), &pcap(&timed));
        let found = analysis(&[&file], &[]);
        let device = asset(&found, "ips", "10.0.0.5");
        assert_eq!((&device["product"], &device["role"]), (&json!("1747-L551"), &json!("hmi")));
        assert_eq!(device["vendor"], "Rockwell Automation", "whose name it is");
    }
}

#[test]
fn rules_of_users_come_first_and_mistakes_are_said() {
    let folder = Folder::new();
    let file = folder.file("ftp.pcap", &pcap(&greeting("Oven T8 v1.4 ready")));
    let rule = |set: &str| {
        format!(
            "[[rule]]\nname = \"Acme oven\"\nprotocols = [\"ftp\"]\nword = \"oven\"\n\
             pattern = '^Oven (\\w+) v([\\d.]+)'\n\
             set = {{ vendor = \"Acme\", model = \"$1\", {set} = \"$2\" }}\n\
             weight = 60\nyes = [\"Oven T8 v1.4\"]\nno = [\"Kiln\"]\n"
        )
    };
    let rules = folder.file("own.toml", rule("firmware").as_bytes());
    let found = analysis(&[&file], &["--rules", rules.to_str().unwrap()]);
    let device = asset(&found, "ips", "10.0.0.5");
    let said = ["vendor", "model", "firmware"].map(|key| device[key].clone());
    assert_eq!(said, [json!("Acme"), json!("T8"), json!("1.4")]);
    let broken = folder.file("broken.toml", rule("colour").as_bytes());
    let output = analyze(&[&file], &["--rules", broken.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stderr);
    for part in ["broken.toml", "rule \"Acme oven\"", "no attribute \"colour\"; there are vendor,"]
    {
        assert!(told.contains(part), "{told}");
    }
}

#[test]
fn another_firmware_is_a_finding_with_both_frames() {
    let folder = Folder::new();
    let file = switch(
        &folder,
        "update.pcap",
        &[(0, "5.2.4"), (30, "5.2.4"), (60, "5.2.4"), (300, "5.2.6"), (330, "5.2.6")],
    );
    let found = analysis(&[&file], &[]);
    let device = asset(&found, "name", "sw-test");
    assert_eq!(device["firmware"], "V5.2.6");
    assert_eq!(device["serial"], "SVPA1234567");
    let choices = device["choices"].as_array().unwrap();
    let firmware = choices.iter().find(|one| one["attribute"] == "firmware").unwrap();
    let changes = firmware["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 1, "{firmware}");
    assert_eq!((&changes[0]["from"], &changes[0]["to"]), (&json!("V5.2.4"), &json!("V5.2.6")));
    let frame = |key: &str| {
        let at = usize::try_from(changes[0][key].as_u64().unwrap()).unwrap();
        device["evidence"][at]["frame"].clone()
    };
    assert_eq!((frame("from_evidence"), frame("to_evidence")), (json!(1), json!(4)));
    let findings = found["findings"].as_array().unwrap();
    let all: Vec<&Value> =
        findings.iter().filter(|finding| finding["rule"] == "firmware-changed").collect();
    assert_eq!(all.len(), 1);
    assert_eq!(all[0]["title"], "sw-test has firmware V5.2.6, it had V5.2.4");
    let frames: Vec<&Value> =
        all[0]["evidence"].as_array().unwrap().iter().map(|place| &place["frame"]).collect();
    assert_eq!(frames, [&json!(4), &json!(1)]);
}

#[test]
fn two_that_alternate_are_a_contradiction() {
    let folder = Folder::new();
    let file =
        switch(&folder, "two.pcap", &[(0, "5.2.4"), (60, "5.2.6"), (120, "5.2.4"), (180, "5.2.6")]);
    let found = analysis(&[&file], &[]);
    let device = asset(&found, "name", "sw-test");
    let choices = device["choices"].as_array().unwrap();
    let firmware = choices.iter().find(|one| one["attribute"] == "firmware").unwrap();
    assert!(firmware.get("changes").is_none());
    assert_eq!(firmware["others"].as_array().unwrap().len(), 1);
    let findings = found["findings"].as_array().unwrap();
    assert!(findings.iter().all(|finding| finding["rule"] != "firmware-changed"));
}
