//! An independent judge reads the captures: tshark, where it is installed.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "helpers of tests")]

use range::{Options, Scenario, write_pcap};
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::Command;

fn written(scenario: Scenario) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!(
        "{}-{}.pcap",
        scenario.name(),
        std::process::id()
    ));
    let mut file = BufWriter::new(File::create(&path).unwrap());
    write_pcap(&Options { scenario, ..Options::default() }, &mut file).unwrap();
    path
}

/// What tshark prints; `None` where it is not installed.
fn tshark(path: &Path, args: &[&str]) -> Option<String> {
    let checks = ["tcp.check_checksum:TRUE", "ip.check_checksum:TRUE", "udp.check_checksum:TRUE"];
    let mut command = Command::new("tshark");
    command.arg("-n").arg("-r").arg(path);
    for check in checks {
        command.args(["-o", check]);
    }
    let output = match command.args(args).output() {
        Ok(output) => output,
        Err(error) => {
            println!("skipped: tshark cannot be run: {error}");
            return None;
        }
    };
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Nothing is malformed, no checksum is wrong, nothing else is an error.
fn clean(scenario: Scenario) {
    let path = written(scenario);
    let filter = "_ws.malformed || _ws.expert.severity == error || ip.checksum.status == Bad \
                  || tcp.checksum.status == Bad || udp.checksum.status == Bad \
                  || icmp.checksum.status == Bad || cdp.checksum.status == Bad || dnp.hdr.CRC.status == Bad \
                  || dnp.data_chunk.CRC.status == Bad || dnp3.al.fragment.error \
                  || tcp.analysis.flags && !tcp.analysis.keep_alive \
                  && !tcp.analysis.keep_alive_ack";
    let fields = ["-T", "fields", "-e", "frame.number", "-e", "_ws.col.protocol", "-e"];
    let mut args = vec!["-Y", filter];
    args.extend(fields);
    args.extend(["_ws.expert.message", "-e", "_ws.col.info"]);
    let Some(found) = tshark(&path, &args) else { return };
    assert_eq!(found.lines().count(), 0, "{}", found.lines().take(20).collect::<String>());
}

#[test]
fn a_normal_day_is_clean() {
    clean(Scenario::Normal);
}

#[test]
fn the_overflow_is_clean() {
    clean(Scenario::Overflow);
}

#[test]
fn the_takeover_is_clean() {
    clean(Scenario::Takeover);
}

#[test]
fn the_maintenance_is_clean() {
    clean(Scenario::Maintenance);
}

#[test]
fn every_protocol_is_recognised() {
    let path = written(Scenario::Normal);
    let Some(tree) = tshark(&path, &["-q", "-z", "io,phs"]) else { return };
    for protocol in [
        "mbtcp",
        "s7comm",
        "cotp",
        "enip",
        "cip",
        "cipio",
        "dnp3",
        "iec60870_104",
        "pn_dcp",
        "pn_rt",
        "lldp",
        "cdp",
        "stp",
        "arp",
        "icmp",
        "dns",
        "mdns",
        "nbns",
        "dhcp",
        "ntp",
        "syslog",
        "snmp",
        "tls",
        "opcua",
    ] {
        let named = |line: &str| line.split_whitespace().next() == Some(protocol);
        assert!(tree.lines().any(named), "{protocol} is missing in\n{tree}");
    }
}
