//! `ferrite query` against small servers made here, and what it refuses.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "helpers of tests")]

mod common;
#[path = "common/wire.rs"]
mod wire;

use common::{Folder, analysis, ferrite, text};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::{TcpListener, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use wire::Cable;

/// What a device answers to a message; `None` keeps silent.
type Device = fn(&[u8]) -> Option<Vec<u8>>;

/// A device on loopback: its port, and what it is sent.
struct Served {
    port: u16,
    got: Receiver<Vec<u8>>,
}

/// One connection, message by message.
fn tcp(device: Device) -> Served {
    let listener = TcpListener::bind("127.0.0.2:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (send, got) = channel();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut message = [0; 1024];
        while let Ok(count @ 1..) = stream.read(&mut message) {
            send.send(message[..count].to_vec()).unwrap();
            let Some(answer) = device(&message[..count]) else { continue };
            // In two pieces: streams do that.
            let (head, tail) = answer.split_at(answer.len() / 2);
            stream.write_all(head).unwrap();
            std::thread::sleep(Duration::from_millis(20));
            stream.write_all(tail).unwrap();
        }
    });
    Served { port, got }
}

fn udp(device: Device) -> Served {
    let socket = UdpSocket::bind("127.0.0.2:0").unwrap();
    let port = socket.local_addr().unwrap().port();
    let (send, got) = channel();
    std::thread::spawn(move || {
        let mut message = [0; 1024];
        while let Ok((count, from)) = socket.recv_from(&mut message) {
            send.send(message[..count].to_vec()).unwrap();
            if let Some(answer) = device(&message[..count]) {
                socket.send_to(&answer, from).unwrap();
            }
        }
    });
    Served { port, got }
}

fn query(folder: &Folder, port: u16, more: &[&str]) -> Output {
    let mut command = ferrite();
    command.env_remove("FERRITE_QUERY_ALLOW").env_remove("FERRITE_QUERY_COMMUNITY");
    command.args(["query", "127.0.0.2", "--port", &port.to_string(), "--rate", "10"]);
    command.args(["--timeout", "1", "--data", folder.path("data").to_str().unwrap()]);
    command.args(more).output().unwrap()
}

/// Asks, and gives the result.
fn asked(folder: &Folder, port: u16, protocol: &str) -> Value {
    let more = ["--protocol", protocol, "--allow", "127.0.0.0/8", "--yes", "--format", "json"];
    let output = query(folder, port, &more);
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn file(found: &Value, key: &str) -> PathBuf {
    Path::new(found[key].as_str().unwrap()).to_owned()
}

/// MODBUS Application Protocol V1.1b3 §6.21.
fn modbus(request: &[u8]) -> Option<Vec<u8>> {
    let level = *request.get(9)?;
    let objects: &[(u8, &str)] = match level {
        1 => &[(0, "Acme"), (1, "T8"), (2, "V1.4")],
        _ => &[(4, "Oven controller")],
    };
    let mut body = vec![request[6], 0x2b, 0x0e, level, 0x82, 0, 0];
    body.push(u8::try_from(objects.len()).unwrap());
    for (id, value) in objects {
        body.extend([*id, u8::try_from(value.len()).unwrap()]);
        body.extend(value.as_bytes());
    }
    let length = u16::try_from(body.len()).unwrap().to_be_bytes();
    Some([&request[..4], &length, &body].concat())
}

#[test]
fn modbus_is_asked_and_everything_is_logged() {
    let folder = Folder::new();
    let device = tcp(modbus);
    let found = asked(&folder, device.port, "modbus");
    let asset = &found["asset"];
    assert_eq!((&asset["vendor"], &asset["firmware"]), (&"Acme".into(), &"V1.4".into()));
    assert_eq!((&found["asked"], &found["answered"]), (&2.into(), &2.into()));
    // Nothing but the two reads.
    let got: Vec<Vec<u8>> = device.got.try_iter().collect();
    let reads: Vec<&[u8]> = got.iter().map(|message| &message[7..]).collect();
    assert_eq!(reads, [[0x2b, 0x0e, 1, 0], [0x2b, 0x0e, 2, 3]]);
    let log = std::fs::read_to_string(file(&found, "log")).unwrap();
    let hex: Vec<String> = got[0].iter().map(|b| format!("{b:02x}")).collect();
    assert!(log.contains("sent 11 bytes, Modbus 43/14"), "{log}");
    assert!(log.contains(&hex.join(" ")), "{log}");
    assert_eq!(log.matches(" received ").count(), 2);
    assert!(log.lines().all(|line| line.starts_with("20") && line.contains("Z ")), "{log}");
    // The capture is one that others read too.
    let again = analysis(&[&file(&found, "capture")], &[]);
    assert_eq!(again["capture"]["faults"], Value::Array(Vec::new()));
    assert_eq!(again["capture"]["packets"], 10);
}

#[test]
fn nothing_is_sent_without_permission() {
    let folder = Folder::new();
    let device = tcp(modbus);
    let refused = |more: &[&str], why: &str| {
        let output = query(&folder, device.port, &[&["--protocol", "modbus"], more].concat());
        assert_eq!(output.status.code(), Some(2));
        let told = text(&output.stderr) + &text(&output.stdout);
        assert!(told.contains(why), "{told}");
    };
    refused(&["--yes"], "--allow");
    refused(&["--yes", "--allow", "127.0.0.3"], "is not in the list of --allow");
    refused(&["--yes", "--allow", "nowhere.txt"], "neither an address");
    refused(&["--allow", "127.0.0.2"], "Nothing was sent. Add --yes");
    let plan = query(&folder, device.port, &["--protocol", "s7", "--allow", "127.0.0.2"]);
    assert!(text(&plan.stdout).contains("S7 read SZL 0x001c"));
    assert!(device.got.try_recv().is_err());
    assert!(!folder.path("data").exists());
}

#[test]
fn who_does_not_answer_is_asked_once() {
    let folder = Folder::new();
    let device = tcp(|_| None);
    let more = ["--protocol", "modbus", "--allow", "127.0.0.2", "--yes"];
    let output = query(&folder, device.port, &more);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("0 of 1 questions answered"));
    assert_eq!(device.got.try_iter().count(), 1);
    // Nobody listens at all.
    let free = TcpListener::bind("127.0.0.2:0").unwrap().local_addr().unwrap().port();
    let output = query(&folder, free, &more);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("no connection"));
}

#[test]
fn questions_keep_their_distance() {
    let folder = Folder::new();
    let device = tcp(modbus);
    let more = ["--protocol", "modbus", "--allow", "127.0.0.2", "--yes", "--rate", "2"];
    let mut command = ferrite();
    command.args(["query", "127.0.0.2", "--port", &device.port.to_string()]);
    command.args(["--data", folder.path("data").to_str().unwrap()]).args(more);
    let output = command.args(["--format", "json"]).output().unwrap();
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    // Connecting, and two messages, half a second apart.
    let log = std::fs::read_to_string(file(&found, "log")).unwrap();
    let at = |line: &str| -> f64 { line.get(17..29).unwrap().parse().unwrap() };
    let sent: Vec<f64> = log.lines().filter(|line| line.contains("Z sent ")).map(at).collect();
    let connecting = log.lines().find(|line| line.contains("Z connecting")).map(at).unwrap();
    // Modulo a minute.
    assert!((sent[0] - connecting).rem_euclid(60.0) > 0.49, "{log}");
    assert!((sent[1] - sent[0]).rem_euclid(60.0) > 0.49, "{log}");
}

#[expect(clippy::unnecessary_wraps, reason = "as the other devices")]
/// ListIdentity with one item. The CIP Networks Library Volume 2, §2-4.2.3.
fn enip(request: &[u8]) -> Option<Vec<u8>> {
    assert_eq!(request, [&[0x63][..], &[0; 23]].concat());
    let mut item = vec![1, 0];
    item.extend([0, 2, 0xaf, 0x12, 127, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0]);
    // Vendor 1, a controller, its product code, revision 20.11, status, serial number.
    item.extend([1, 0, 14, 0, 54, 0, 20, 11, 0x60, 0, 0x78, 0x56, 0x34, 0x12]);
    item.extend(b"\x0a1756-L63/A\x03");
    let size = u8::try_from(item.len()).unwrap();
    let mut answer = request.to_vec();
    answer[2] = size + 6;
    answer.extend([1, 0, 0x0c, 0, size, 0]);
    answer.extend(item);
    Some(answer)
}

#[test]
fn ethernet_ip_lists_its_identity() {
    let folder = Folder::new();
    let found = asked(&folder, tcp(enip).port, "enip");
    let asset = &found["asset"];
    assert_eq!(asset["vendor"], "Rockwell Automation");
    assert_eq!(asset["order_number"], "1756-L63");
    assert_eq!(asset["firmware"], "20.11");
    assert_eq!(asset["role"], "plc");
}

#[expect(clippy::unnecessary_wraps, reason = "as the other devices")]
/// Confirm, setup, and the lists; the second in two parts.
fn s7(request: &[u8]) -> Option<Vec<u8>> {
    let text = |text: &str, size: usize| {
        let mut bytes = text.as_bytes().to_vec();
        bytes.resize(size, b' ');
        bytes
    };
    let list = |reference: u8, sequence: [u8; 3], data: Vec<u8>| {
        let size = u8::try_from(data.len()).unwrap();
        let total = 7 + 10 + 12 + 4 + size;
        let head = [3, 0, 0, total, 2, 0xf0, 0x80, 0x32, 7, 0, 0, 0, reference, 0, 12, 0, size + 4];
        let parameter = [0, 1, 0x12, 8, 0x12, 0x84, 1];
        [&head[..], &parameter, &sequence, &[0, 0, 0xff, 9, 0, size], &data].concat()
    };
    if request[5] == 0xe0 {
        return Some(vec![3, 0, 0, 11, 6, 0xd0, 0, 1, 0, 2, 0]);
    }
    let reference = request[12];
    if request[8] == 1 {
        let mut answer = vec![3, 0, 0, 27, 2, 0xf0, 0x80, 0x32, 3, 0, 0, 0, reference, 0, 8, 0, 0];
        answer.extend([0, 0, 0xf0, 0, 0, 1, 0, 1, 0, 0xf0]);
        return Some(answer);
    }
    Some(match (request[21], request.get(29..31)) {
        (0x11, Some([0, 0x11])) => {
            let mut data = vec![0, 0x11, 0, 0, 0, 28, 0, 2];
            for (index, version) in [(1, [0, 6, 0, 1]), (7, [0x56, 3, 2, 6])] {
                data.extend([0, index]);
                data.extend(text("6ES7 315-2EH14-0AB0", 20));
                data.extend([0, 0xc0]);
                data.extend(version);
            }
            list(reference, [1, 0, 0], data)
        }
        (0x11, _) => {
            let mut data = vec![0, 0x1c, 0, 0, 0, 34, 0, 2, 0, 1];
            data.extend(text("PRESS LINE 4", 32));
            list(reference, [2, 5, 1], data)
        }
        _ => {
            let mut data = vec![0, 5];
            data.extend(text("S C-X4U421302009", 32));
            list(reference, [2, 5, 0], data)
        }
    })
}

#[test]
fn s7_reads_both_lists_to_their_end() {
    let folder = Folder::new();
    let device = tcp(s7);
    let found = asked(&folder, device.port, "s7");
    let asset = &found["asset"];
    let said = ["order_number", "firmware", "serial", "name"].map(|key| asset[key].clone());
    assert_eq!(said, ["6ES7 315-2EH14-0AB0", "V3.2.6", "S C-X4U421302009", "PRESS LINE 4"]);
    assert_eq!(device.got.try_iter().count(), 5);
}

/// RFC 3416 §3.
fn snmp(request: &[u8]) -> Option<Vec<u8>> {
    let tlv = |tag: u8, content: &[u8]| {
        [&[tag, 0x81, u8::try_from(content.len()).unwrap()], content].concat()
    };
    // The second question is not answered: many devices have no entities.
    if request[1] != 0x5e {
        return None;
    }
    let says = b"Westermo RFI-111-F4G-T7G, primary:v4.11.2, backup:v4.11.2, bootloader:v3.03";
    let binding = [tlv(6, &[0x2b, 6, 1, 2, 1, 1, 1, 0]), tlv(4, says)].concat();
    let bindings = tlv(0x30, &tlv(0x30, &binding));
    let pdu = [&[2, 1, 1, 2, 1, 0, 2, 1, 0][..], &bindings].concat();
    let message = [&[2, 1, 1, 4, 6][..], b"public", &tlv(0xa2, &pdu)].concat();
    Some(tlv(0x30, &message))
}

#[test]
fn snmp_reads_the_system_group() {
    let folder = Folder::new();
    let found = asked(&folder, udp(snmp).port, "snmp");
    let asset = &found["asset"];
    let said = ["vendor", "model", "firmware"].map(|key| asset[key].clone());
    assert_eq!(said, ["Westermo", "RFI-111-F4G-T7G", "4.11.2"]);
    assert_eq!((&found["asked"], &found["answered"]), (&2.into(), &1.into()));
}

/// I-Am; texts for two properties, an error for the others. ANSI/ASHRAE 135-2020 §15.5, §16.10.
fn bacnet(request: &[u8]) -> Option<Vec<u8>> {
    let message = |apdu: &[u8]| {
        let size = u8::try_from(apdu.len() + 6).unwrap();
        Some([&[0x81, 0x0a, 0, size, 1, 0], apdu].concat())
    };
    if request[6] == 0x10 {
        return message(&[0x10, 0, 0xc4, 2, 0, 0, 7, 0x22, 5, 0xc4, 0x91, 3, 0x21, 15]);
    }
    let (invoke, property) = (request[8], request[16]);
    assert_eq!(request[11..15], [2, 0, 0, 7], "the instance it said");
    let text = match property {
        121 => "Acme Controls",
        44 => "2.1.7",
        _ => return message(&[0x50, invoke, 12, 0x91, 2, 0x91, 32]),
    };
    let mut apdu = vec![0x30, invoke, 12, 0x0c, 2, 0, 0, 7, 0x19, property, 0x3e];
    apdu.extend([0x75, u8::try_from(text.len() + 1).unwrap(), 0]);
    apdu.extend(text.as_bytes());
    apdu.push(0x3f);
    message(&apdu)
}

#[test]
fn bacnet_is_asked_by_its_instance() {
    let folder = Folder::new();
    let device = udp(bacnet);
    let found = asked(&folder, device.port, "bacnet");
    assert_eq!(found["asset"]["vendor"], "Acme Controls");
    assert_eq!(found["asset"]["firmware"], "2.1.7");
    assert_eq!((&found["asked"], &found["answered"]), (&10.into(), &10.into()));
}

/// A station answers an Identify that names it. IEC 61158-6-10 §4.3.
fn station(request: &[u8]) -> Option<Vec<u8>> {
    let is_identify = request.get(12..18) == Some(&[0x88, 0x92, 0xfe, 0xfe, 5, 0]);
    if !is_identify || request.get(26..35) != Some(b"\x02\x02\x00\x05plc-3") {
        return None;
    }
    let mut frame = [&request[6..12], &[2, 0, 0, 0, 0, 5, 0x88, 0x92, 0xfe, 0xff, 5, 1]].concat();
    frame.extend(&request[18..22]);
    let mut blocks = b"\x02\x01\x00\x09\x00\x00S7-1200\x00".to_vec();
    blocks.extend(b"\x02\x02\x00\x07\x00\x00plc-3\x00");
    blocks.extend([2, 3, 0, 6, 0, 0, 0, 0x2a, 1, 0x0d]);
    frame.extend([0, 0, 0, u8::try_from(blocks.len()).unwrap()]);
    frame.extend(blocks);
    frame.resize(frame.len().max(60), 0);
    Some(frame)
}

/// Needs root and `ip`: elsewhere it says that it is skipped.
#[test]
fn a_profinet_station_is_asked_by_its_name() {
    let Some(cable) = Cable::lay("fq") else {
        println!("skipped: connecting network interfaces needs root and `ip`");
        return;
    };
    let folder = Folder::new();
    let allowed = folder.file("allowed.txt", b"plc-3\n");
    let mut far = cable.far();
    std::thread::spawn(move || {
        let mut frame = [0; 2048];
        while let Ok(count @ 1..) = far.read(&mut frame) {
            if let Some(answer) = station(&frame[..count]) {
                far.write_all(&answer).unwrap();
            }
        }
    });
    let mut command = ferrite();
    command.args(["query", "plc-3", "--protocol", "profinet-dcp", "--interface", &cable.here]);
    command.args(["--allow", allowed.to_str().unwrap(), "--yes", "--format", "json"]);
    command.args(["--data", folder.path("data").to_str().unwrap()]);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let asset = &found["asset"];
    let said = ["name", "vendor", "product"].map(|key| asset[key].clone());
    assert_eq!(said, ["plc-3", "Siemens", "S7-1200"]);
    assert_eq!(asset["macs"][0], "02:00:00:00:00:05");
    assert_eq!(analysis(&[&file(&found, "capture")], &[])["capture"]["packets"], 2);
}
