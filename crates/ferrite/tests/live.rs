//! A live sensor sees what a capture of the same frames gives, and sends nothing. Needs root and
//! `ip`: elsewhere these tests say that they are skipped.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "helpers of tests")]

mod common;
#[path = "common/wire.rs"]
mod wire;

use common::{Console, Folder, Timed, analysis, ferrite, modbus, pcap};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::Duration;
use wire::Cable;

/// Two connected interfaces, or a word that there are none.
fn cable(name: &str) -> Option<Cable> {
    let cable = Cable::lay(name);
    if cable.is_none() {
        println!("skipped: connecting network interfaces needs root and `ip`");
    }
    cable
}

/// Traffic of several networks, one of them in a VLAN: the card takes its tags off.
fn traffic() -> Vec<Timed> {
    let mut frames: Vec<Timed> = (1..4).flat_map(|net| modbus(net, 3, 4, 12)).collect();
    for (at, mut frame) in modbus(4, 2, 2, 5) {
        frame.splice(12..12, [0x81, 0x00, 0x00, 0x2a]);
        frames.push((at, frame));
    }
    frames.sort_by_key(|(at, _)| *at);
    frames
}

/// What is stored, without what depends on when it was seen.
fn stored(folder: &Folder, data: &Path) -> Value {
    let nothing = folder.file("nothing.pcap", &pcap(&[]));
    timeless(analysis(&[&nothing], &["--data", data.to_str().unwrap()]))
}

fn timeless(mut found: Value) -> Value {
    found["capture"]["files"].take();
    strip(&mut found);
    found
}

fn strip(value: &mut Value) {
    const TIMES: [&str; 3] = ["first", "last", "rate"];
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !TIMES.contains(&name.as_str()) && !name.contains("latency"));
            fields.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

fn watch(interfaces: &[&str], data: &Path, threads: &str) -> Console {
    let mut command = ferrite();
    command.arg("watch").args(interfaces).args(["--threads", threads, "--data"]).arg(data);
    let mut console = Console::start(&mut command);
    assert_eq!(console.enter_with_token(), 200);
    console
}

/// Waits until the console shows that many frames.
fn wait_for(console: &Console, packets: usize) {
    let shown = |news: Value| news["packets"].as_u64() >= Some(packets as u64);
    assert!(console.events().any(shown), "{packets} frames are shown");
}

#[test]
fn live_is_replay_and_nothing_is_sent() {
    let Some(cable) = cable("fl") else { return };
    let folder = Folder::new();
    let frames = traffic();
    let file = folder.file("replay.pcap", &pcap(&frames));
    let replay = timeless(analysis(&[&file], &[]));
    for threads in ["1", "3"] {
        let data = folder.path(&format!("data{threads}"));
        let console = watch(&[&cable.there], &data, threads);
        cable.send(frames.iter().map(|(_, frame)| frame));
        wait_for(&console, frames.len());
        let (code, said, complaints) = console.stop();
        assert_eq!((code, complaints.as_str()), (Some(0), ""), "{said}");
        assert_eq!(stored(&folder, &data), replay, "{threads} threads");
    }
    assert_eq!(Cable::sent(&cable.there), 0, "the watched interface sends nothing");
    assert_eq!(Cable::sent(&cable.here), 2 * frames.len() as u64);
}

#[test]
fn each_direction_on_its_own_interface() {
    let (Some(up), Some(down)) = (cable("fu"), cable("fd")) else { return };
    let folder = Folder::new();
    let frames = modbus(1, 2, 2, 5);
    let data = folder.path("data");
    let console = watch(&[&up.there, &down.there], &data, "1");
    for (_, frame) in &frames {
        // Clients are 10.1.1.x: their frames travel on one cable, the answers on the other.
        let cable = if frame[28] == 1 { &up } else { &down };
        cable.send([frame].into_iter());
    }
    wait_for(&console, frames.len());
    console.stop();
    let found = stored(&folder, &data);
    let file = folder.file("replay.pcap", &pcap(&frames));
    let replay = timeless(analysis(&[&file], &[]));
    assert_eq!(found["operations"], replay["operations"]);
    let clients = |found: &Value| found["conversations"].as_array().unwrap().len();
    assert_eq!(clients(&found), clients(&replay));
}

#[test]
fn an_interface_that_goes_down_is_waited_for() {
    let Some(cable) = cable("fw") else { return };
    let folder = Folder::new();
    let data = folder.path("data");
    let frames = modbus(1, 1, 2, 4);
    let (early, late) = frames.split_at(frames.len() / 2);
    let mut console = watch(&[&cable.there], &data, "1");
    let mut complaints = BufReader::new(console.child.stderr.take().unwrap());
    let mut next = || {
        let mut line = String::new();
        complaints.read_line(&mut line).unwrap();
        line
    };
    cable.send(early.iter().map(|(_, frame)| frame));
    wait_for(&console, early.len());
    cable.set_there("down");
    assert!(next().contains("the interface went down; waiting for it"));
    cable.set_there("up");
    assert!(next().contains("comes in again"));
    cable.send(late.iter().map(|(_, frame)| frame));
    wait_for(&console, frames.len());
    console.stop();
    let file = folder.file("replay.pcap", &pcap(&frames));
    assert_eq!(stored(&folder, &data), timeless(analysis(&[&file], &[])));
}

#[test]
fn what_a_killed_sensor_had_stored_is_there() {
    let Some(cable) = cable("fk") else { return };
    let folder = Folder::new();
    let data = folder.path("data");
    let frames = modbus(1, 2, 2, 4);
    let (early, late) = frames.split_at(frames.len() / 2);
    let mut console = watch(&[&cable.there], &data, "1");
    cable.send(early.iter().map(|(_, frame)| frame));
    wait_for(&console, early.len());
    // The sensor stores every five seconds.
    std::thread::sleep(Duration::from_secs(7));
    console.child.kill().unwrap();
    console.child.wait().unwrap();
    assert_eq!(stored(&folder, &data)["capture"]["packets"], early.len());
    let console = watch(&[&cable.there], &data, "1");
    cable.send(late.iter().map(|(_, frame)| frame));
    wait_for(&console, frames.len());
    console.stop();
    assert_eq!(stored(&folder, &data)["capture"]["packets"], frames.len(), "it goes on");
}

#[test]
fn an_interface_that_is_not_there_is_said_with_those_that_are() {
    let folder = Folder::new();
    let mut command = ferrite();
    command.args(["watch", "nonesuch0", "--data"]).arg(folder.path("data"));
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let complaint = common::text(&output.stderr);
    let said = complaint.contains("no such network interface; there are: lo")
        || complaint.contains("setcap cap_net_raw+ep");
    assert!(said, "{complaint}");
}
