//! Serving commands end to end: stored data over HTTP, live updates, passwords, ports.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use common::{Console, Folder, analysis, ferrite, modbus, pcap, text};
use serde_json::Value;
use std::io::Write;
use std::process::Stdio;

/// Addresses of devices, sorted.
fn addresses(assets: &Value) -> Vec<String> {
    let of = |asset: &Value| asset["ips"][0].as_str().unwrap_or_default().to_owned();
    let mut all: Vec<String> = assets.as_array().unwrap().iter().map(of).collect();
    all.sort();
    all
}

#[test]
fn what_was_stored_is_served() {
    let folder = Folder::new();
    let file = folder.file("a.pcap", &pcap(&modbus(1, 2, 3, 4)));
    let data = folder.path("data");
    let found = analysis(&[&file], &["--data", data.to_str().unwrap()]);
    let mut console = Console::start(ferrite().arg("serve").arg("--data").arg(&data));
    assert_eq!(console.get("/api/v1/assets").0, 401, "nothing without a session");
    assert_eq!(console.enter("token", "wrong"), 401);
    assert_eq!(console.enter_with_token(), 200);
    let (status, page) = console.get("/api/v1/assets");
    assert_eq!(status, 200);
    assert_eq!(addresses(&page["rows"]), addresses(&found["assets"]));
    let id = found["assets"][0]["id"].as_str().unwrap();
    let (status, asset) = console.get(&format!("/api/v1/assets/{id}"));
    assert_eq!((status, &asset["macs"]), (200, &found["assets"][0]["macs"]));
    let (_, overview) = console.get("/api/v1/overview");
    assert_eq!(overview["capture"]["packets"], found["capture"]["packets"]);
    assert_eq!(console.enter_with_token(), 401, "the link opens one session");
    let (code, _, complaints) = console.stop();
    assert_eq!((code, complaints.as_str()), (Some(0), ""));
}

#[test]
fn the_first_password_is_shown_once_and_must_be_changed() {
    let folder = Folder::new();
    let data = folder.path("data");
    let serve = || Console::start(ferrite().arg("serve").arg("--data").arg(&data));
    let mut console = serve();
    let words: Vec<&str> = console.said.split_whitespace().collect();
    let at = words.iter().position(|word| *word == "password").unwrap();
    let first = words[at + 1].to_owned();
    assert_eq!(console.enter("password", &first), 200);
    assert_eq!(console.get("/api/v1/assets").0, 403, "first another password");
    let (_, session) = console.get("/api/v1/session");
    assert_eq!(session["must_change"], true);
    console.stop();

    let mut console = serve();
    assert!(!console.said.contains("password"), "shown once");
    assert_eq!(console.enter("password", &first), 200, "a restart keeps it");
    let change = serde_json::json!({ "password": "a better password" }).to_string();
    assert_eq!(console.call("POST", "/api/v1/session/password", &change).0, 204);
    assert_eq!(console.get("/api/v1/assets").0, 200);
    console.stop();

    let mut console = serve();
    assert_eq!(console.enter("password", &first), 401);
    assert_eq!(console.enter("password", "a better password"), 200);
    assert_eq!(console.get("/api/v1/assets").0, 200);
    console.stop();
    let raw = std::fs::read(data.join("ferrite.db")).unwrap();
    let holds = |secret: &str| raw.windows(secret.len()).any(|part| part == secret.as_bytes());
    assert!(!holds("a better password") && !holds(&first), "only hashes are stored");
}

#[test]
fn the_console_is_up_while_captures_are_read() {
    let frames = modbus(1, 2, 3, 6);
    let (early, late) = frames.split_at(frames.len() / 2);
    let mut command = ferrite();
    // The file's header must be there before the console comes up: a pipe says nothing earlier.
    let (reader, mut pipe) = std::io::pipe().unwrap();
    command.args(["open", "-"]).stdin(reader);
    pipe.write_all(&pcap(early)).unwrap();
    let mut console = Console::start(&mut command);
    drop(command);
    assert_eq!(console.enter_with_token(), 200);
    let mut events = console.events();
    // Devices are there while reading goes on.
    let has_devices = |news: &Value| news["assets"].as_u64() > Some(0);
    let shown = events.find(|news| news["packets"] == early.len() && has_devices(news)).unwrap();
    assert_eq!(shown["live"], true);
    let rest = pcap(late);
    pipe.write_all(&rest[24..]).unwrap();
    drop(pipe);
    let last = events.find(|news| news["live"] == false).unwrap();
    assert_eq!(last["packets"], frames.len());
    assert_eq!((&last["assets"], &last["conversations"]), (&5.into(), &6.into()));
    assert!(last["revision"].as_u64() > shown["revision"].as_u64());
    let (code, said, _) = console.stop();
    assert_eq!(code, Some(0));
    assert!(said.contains(&format!("{} packets, 5 assets, 6 conversations", frames.len())));
}

#[test]
fn an_input_that_never_ends_does_not_keep_the_program() {
    let mut command = ferrite();
    let (reader, mut pipe) = std::io::pipe().unwrap();
    command.args(["open", "-"]).stdin(reader);
    pipe.write_all(&pcap(&[])).unwrap();
    let console = Console::start(&mut command);
    assert_eq!(console.stop().0, Some(0));
}

#[test]
fn nothing_to_open_is_said_at_once() {
    let output = ferrite().args(["open", "missing.pcap"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("missing.pcap: cannot open"));
}

#[test]
fn a_taken_port_is_said_with_the_way_out() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let folder = Folder::new();
    let data = folder.path("data");
    let run = |listen: &str| {
        let mut command = ferrite();
        command.args(["serve", "--listen", listen, "--data"]).arg(&data).output().unwrap()
    };
    let output = run(&address);
    assert_eq!(output.status.code(), Some(1));
    let complaint = text(&output.stderr);
    assert!(complaint.contains(&format!("{address} is taken")), "{complaint}");
    assert!(complaint.contains("--listen 127.0.0.1:"), "{complaint}");
    assert!(!text(&output.stdout).contains("password"), "no password was lost with it");
}

#[test]
fn a_listener_that_others_reach_is_warned_of() {
    let folder = Folder::new();
    let data = folder.path("data");
    let mut command = ferrite();
    command.arg("serve").arg("--data").arg(&data).env("FERRITE_LISTEN", "127.0.0.1:1");
    // The flag goes before the environment.
    let console = Console::start(&mut command);
    let (_, _, complaints) = console.stop();
    assert!(!complaints.contains("TLS"), "{complaints}");
    let mut child = ferrite()
        .args(["serve", "--listen", "0.0.0.0:0", "--data"])
        .arg(folder.path("other"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    let mut errors = std::io::BufReader::new(child.stderr.take().unwrap());
    while !first.contains("warning") {
        assert!(std::io::BufRead::read_line(&mut errors, &mut first).unwrap() > 0);
    }
    assert!(first.contains("there is no TLS"), "{first}");
    child.kill().unwrap();
    child.wait().unwrap();
}
