//! A port is only a hint: a protocol does not claim what others speak on its port.

#![allow(clippy::unwrap_used)]

use decode::LinkType;
use dissect::Registry;
use protocols::Protocols;
use std::collections::BTreeSet;
use testkit::{Carrier, Case, Ends, Session, facts_of, tcp};
use vocab::Binding;

/// The keys of the protocols that facts are about.
fn keys(facts: &str) -> BTreeSet<&str> {
    let known = |key: &&str| Protocols::SPECS.iter().any(|spec| spec.key == *key);
    facts.lines().filter_map(|line| line.split(' ').next()).filter(known).collect()
}

fn cases() -> Vec<Case> {
    let folders = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).unwrap();
    let mut files: Vec<_> = folders.map(|f| f.unwrap().path().join("cases.md")).collect();
    files.sort();
    let texts = files.iter().filter_map(|file| std::fs::read_to_string(file).ok());
    texts.flat_map(|text| testkit::read(&text)).collect()
}

/// The case with its servers at another port, or none when it is carried otherwise.
fn moved(case: &Case, to: Binding) -> Option<Case> {
    let mut moved = case.clone();
    for message in moved.steps.iter_mut().flat_map(|step| &mut step.messages) {
        message.carrier = match (message.carrier, to) {
            (Carrier::Tcp(client, _, open), Binding::Tcp(port)) => Carrier::Tcp(client, port, open),
            (Carrier::Udp(client, _, all), Binding::Udp(port)) => Carrier::Udp(client, port, all),
            _ => return None,
        };
    }
    Some(moved)
}

/// Spoken, and what its bytes also are on that other's port: whole messages that the other's
/// standard allows, or too few bytes to tell.
const ALIKE: &[(&str, &str)] = &[
    // A request of eight bytes whose checksum is that of a Modbus RTU request too.
    ("roc-plus", "modbus"),
    // The type of the transport, before whatever it carries.
    ("rdp", "cotp"),
    // Small numbers in little-endian order where both have their service and length.
    ("ge-srtp", "enip"),
    ("smb", "enip"),
    ("hart-ip", "pcworx"),
    ("roc-plus", "hart-ip"),
    ("modbus", "dlms"),
    ("postgresql", "melsoft"),
    ("s7comm-plus", "lontalk"),
    // A first segment of three that one of the services of meters begins like.
    ("tftp", "dlms"),
    // Two bytes are the whole header.
    ("ssdp", "coap"),
    ("c12.22", "coap"),
    ("ldap", "coap"),
    ("mqtt", "coap"),
    ("mssql", "coap"),
    ("opcua", "coap"),
    ("tls", "coap"),
    ("coap", "mqtt"),
    ("ldap", "mqtt"),
    ("melsec", "mqtt"),
];

#[test]
fn what_others_speak_on_a_port_is_not_claimed() {
    let ports: Vec<(Binding, &str)> = Protocols::SPECS
        .iter()
        .filter(|spec| spec.industrial)
        .flat_map(|spec| spec.bindings.iter().map(|binding| (*binding, spec.key)))
        .filter(|(binding, _)| matches!(binding, Binding::Tcp(_) | Binding::Udp(_)))
        .collect();
    assert!(ports.len() > 60, "{} ports", ports.len());
    let (mut tried, mut claimed) = (0u32, Vec::new());
    for case in cases() {
        let facts = case.facts::<Protocols>();
        let own = keys(&facts);
        // Bytes that nobody claims may be anybody's.
        if own.is_empty() {
            continue;
        }
        for &(port, key) in &ports {
            let Some(there) = moved(&case, port) else { continue };
            tried += 1;
            let facts = there.facts::<Protocols>();
            let alike = own.iter().any(|own| ALIKE.contains(&(*own, key)));
            if keys(&facts).contains(key) && !own.contains(key) && !alike {
                claimed.push(format!("{own:?} '{}' on {port:?} {key}: {facts}", case.title));
            }
        }
    }
    assert!(tried > 10_000, "{tried} cases moved");
    assert!(claimed.is_empty(), "{claimed:#?}");
}

/// The facts of one segment to a port, and of one back.
fn said(port: u16, bytes: &[u8]) -> String {
    let mut session = Session::new(Ends::new(50_000, port));
    let mut frames = session.open().to_vec();
    frames.push(session.segment(true, bytes));
    frames.push(session.segment(false, bytes));
    let frames: Vec<_> = frames.into_iter().map(|frame| (LinkType::ETHERNET, frame)).collect();
    facts_of::<Protocols>(&frames)
}

#[test]
fn other_bytes_on_modbus_port_are_not_modbus() {
    let texts: [&[u8]; 6] = [
        b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.9\r\n",
        b"\x16\x03\x01\x00\x2e\x01\x00\x00\x2a\x03\x03",
        b"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00",
        b"hello world, hello world\r\n",
        b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
    ];
    for text in texts {
        let facts = said(502, text);
        assert!(!keys(&facts).contains("modbus"), "{text:?}: {facts}");
    }
    // Bytes at random have the protocol number 0 once in 65,536 messages.
    let (mut state, mut claims) = (0x9e37_79b9_7f4a_7c15_u64, 0);
    for _ in 0..3_000 {
        let bytes: Vec<u8> = (0..64)
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                state.to_be_bytes()[0]
            })
            .collect();
        claims += u32::from(keys(&said(502, &bytes)).contains("modbus"));
    }
    assert!(claims <= 1, "{claims} of 3,000");
}

#[test]
fn a_forged_opening_does_not_turn_the_ends_around() {
    let (client, server) = (Ends::new(2_582, 502), Ends::new(2_582, 502).back());
    let exception = [0, 1, 0, 0, 0, 3, 1, 0x83, 1];
    let request = [0, 2, 0, 0, 0, 6, 1, 3, 0, 0, 0, 1];
    let frames = [
        tcp(&server, 100, 0, 3, &[]),
        tcp(&server, 101, 1, 24, &exception),
        tcp(&client, 1, 110, 24, &request),
    ];
    let frames: Vec<_> = frames.into_iter().map(|frame| (LinkType::ETHERNET, frame)).collect();
    let facts = facts_of::<Protocols>(&frames);
    assert!(facts.contains("modbus < read_holding_registers(3)"), "{facts}");
    assert!(facts.contains("modbus > read_holding_registers(3)"), "{facts}");
}
