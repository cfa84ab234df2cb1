//! Traffic that is meant to hurt, made as it is read, through the real program in a process of its
//! own: how much memory it took, and whether it counted what it lost.

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use std::io::{BufWriter, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use testkit::{Ends, tcp};
use vocab::Mac;

/// Most memory that the program may take in any of these, in bytes. Full tables of hosts and
/// conversations take about 280 MB with two threads; every further thread has buffers of its own.
pub const MEMORY_MAX: u64 = 512 << 20;

/// A kind of hostile input.
#[derive(Clone, Copy, Debug)]
pub struct Scenario {
    /// Its name.
    pub name: &'static str,
    /// What its size counts.
    pub of: &'static str,
    /// Size in `make test`.
    pub small: u64,
    /// Size in `make hostile`.
    pub big: u64,
    write: fn(&mut dyn Write, u64) -> std::io::Result<u64>,
    check: fn(&Value, u64) -> Result<()>,
}

/// All of them.
pub const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "syn-flood",
        of: "connections, each from another address",
        small: 200_000,
        big: 1_000_000,
        write: flood,
        check: flooded,
    },
    Scenario {
        name: "macs",
        of: "MAC addresses",
        small: 10_000,
        big: 10_000,
        write: macs,
        check: many_macs,
    },
    Scenario {
        name: "gaps",
        of: "MiB of one connection, a hundredth of them missing",
        small: 32,
        big: 2_048,
        write: gaps,
        check: gaps_are_counted,
    },
    Scenario {
        name: "targets",
        of: "thousand writes, each to another register, from many clients",
        small: 700,
        big: 8_000,
        write: targets,
        check: many_targets,
    },
    Scenario {
        name: "gzip-bomb",
        of: "MiB, unpacked",
        small: 64,
        big: 4_096,
        write: gzip_bomb,
        check: unpacked,
    },
    Scenario {
        name: "zstd-bomb",
        of: "MiB, unpacked",
        small: 64,
        big: 4_096,
        write: zstd_bomb,
        check: unpacked,
    },
];

/// What a run took.
#[derive(Clone, Debug)]
pub struct Taken {
    /// Most memory resident at a time, in bytes.
    pub peak_bytes: u64,
    /// Packets sent.
    pub packets: u64,
    /// The program's account of what it lost.
    pub dropped: Value,
}

/// Runs a scenario through `ferrite analyze -`.
///
/// # Errors
/// When the program fails, takes more memory than it may, or does not account for all.
pub fn run(program: &Path, scenario: &Scenario, size: u64) -> Result<Taken> {
    let mut child = Command::new(program)
        .args(["analyze", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| program.display().to_string())?;
    let status = format!("/proc/{}/status", child.id());
    let watch = std::thread::spawn(move || peak(&status));
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let read = |from: Option<Box<dyn Read + Send>>| {
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            from.map(|mut from| from.read_to_end(&mut bytes)).transpose().map(|_| bytes)
        })
    };
    let out = read(out.map(|out| Box::new(out) as Box<dyn Read + Send>));
    let err = read(err.map(|err| Box::new(err) as Box<dyn Read + Send>));
    let mut to = BufWriter::with_capacity(1 << 20, child.stdin.take().context("no input")?);
    let written = (scenario.write)(&mut to, size).and_then(|packets| to.flush().map(|()| packets));
    drop(to);
    let code = child.wait()?;
    let join = |what: std::thread::JoinHandle<std::io::Result<Vec<u8>>>| match what.join() {
        Ok(bytes) => bytes.context("its output"),
        Err(_) => bail!("its output was not read"),
    };
    let (out, err) = (join(out)?, join(err)?);
    let name = scenario.name;
    ensure!(code.success(), "{name}: {code}: {}", String::from_utf8_lossy(&err));
    let packets = written.with_context(|| format!("{name}: the program stopped reading"))?;
    let found: Value = serde_json::from_slice(&out)?;
    ensure!(
        found["capture"]["packets"].as_u64() == Some(packets),
        "{name}: {packets} packets were sent, {} were seen",
        found["capture"]["packets"]
    );
    (scenario.check)(&found, size).context(name)?;
    let peak_bytes = watch.join().unwrap_or(0);
    ensure!(peak_bytes > 0, "{name}: its memory could not be watched");
    ensure!(peak_bytes <= MEMORY_MAX, "{name}: it took {peak_bytes} bytes of memory");
    Ok(Taken { peak_bytes, packets, dropped: found["capture"]["dropped"].clone() })
}

/// Most memory resident of a process until it ends, in bytes.
fn peak(status: &str) -> u64 {
    let mut peak = 0;
    // A process that has ended says nothing of memory any more.
    while let Some(kib) = std::fs::read_to_string(status).ok().and_then(|text| {
        text.lines().find_map(|l| {
            l.strip_prefix("VmHWM:")?.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()
        })
    }) {
        peak = peak.max(kib * 1024);
        std::thread::sleep(Duration::from_millis(2));
    }
    peak
}

/// The beginning of a pcap file. draft-ietf-opsawg-pcap §4.
fn head(to: &mut dyn Write) -> std::io::Result<()> {
    to.write_all(&0xa1b2_c3d4_u32.to_le_bytes())?;
    to.write_all(&[2, 0, 4, 0])?;
    to.write_all(&[0u32, 0, 65_535, 1].map(u32::to_le_bytes).concat())
}

/// A packet, `micros` after the first. §5.
fn record(to: &mut dyn Write, micros: u64, frame: &[u8]) -> std::io::Result<()> {
    let seconds = vocab::sat_u32(usize::try_from(1_700_000_000 + micros / 1_000_000).unwrap_or(0));
    let rest = vocab::sat_u32(usize::try_from(micros % 1_000_000).unwrap_or(0));
    let len = vocab::sat_u32(frame.len());
    to.write_all(&[seconds, rest, len, len].map(u32::to_le_bytes).concat())?;
    to.write_all(frame)
}

/// One SYN of each of `size` addresses to a controller.
fn flood(to: &mut dyn Write, size: u64) -> std::io::Result<u64> {
    head(to)?;
    for number in 0..size {
        let [.., a, b, c] = number.to_be_bytes();
        let mut ends = Ends::new(u16::from_be_bytes([b, c]) | 1024, 502);
        ends.src = [0x64 | (a >> 6), a, b, c];
        record(to, number, &tcp(&ends, 1, 0, 2, &[]))?;
    }
    Ok(size)
}

fn lost(found: &Value, what: &str) -> u64 {
    found["capture"]["dropped"][what].as_u64().unwrap_or(0)
}

fn flooded(found: &Value, size: u64) -> Result<()> {
    let flows = u64::from(dissect::Limits::default().flows);
    let hosts = model::ModelLimits::default().hosts as u64;
    // Every thread has a share of the table, and one may be full before the others.
    ensure!(
        lost(found, "flow_table_full") >= size.saturating_sub(flows),
        "flows not accounted for"
    );
    let shown = found["assets"].as_array().map_or(0, Vec::len) as u64;
    ensure!(shown <= hosts + 1, "more assets than the table holds");
    ensure!(size <= hosts || lost(found, "hosts_full") > 0, "lost hosts are not counted");
    Ok(())
}

/// Stations that say who they are, once each. RFC 826.
fn macs(to: &mut dyn Write, size: u64) -> std::io::Result<u64> {
    head(to)?;
    for number in 0..size {
        let [.., a, b, c] = number.to_be_bytes();
        let mac = [2, 0, 0, a, b, c];
        let ip = [10, a | 1, b, c];
        let mut ends = Ends::new(0, 0);
        ends.src_mac = Mac(mac);
        let arp = [&[0, 1, 8, 0, 6, 4, 0, 1][..], &mac, &ip, &[0; 6], &ip].concat();
        record(to, number, &testkit::ethernet(&ends.broadcast(), 0x0806, &arp))?;
    }
    Ok(size)
}

fn many_macs(found: &Value, size: u64) -> Result<()> {
    let assets = found["assets"].as_array().map_or(0, Vec::len) as u64;
    ensure!(assets == size, "{assets} assets of {size}");
    Ok(())
}

/// Bytes in one segment, a whole number of messages.
const SEGMENT: usize = 1_404;

fn segments(size: u64) -> u64 {
    (size << 20).div_ceil(SEGMENT as u64)
}

/// Every hundredth segment is missing, the first and the last ones are there.
fn is_missing(number: u64, all: u64) -> bool {
    number % 100 == 50 && number + 1 < all
}

/// One connection with questions to a Modbus server back to back, whose numbers pass zero.
fn gaps(to: &mut dyn Write, size: u64) -> std::io::Result<u64> {
    head(to)?;
    let ends = Ends::new(40_000, 502);
    let start = u32::MAX - (1 << 20);
    let opening = [
        tcp(&ends, start.wrapping_sub(1), 0, 2, &[]),
        tcp(&ends.back(), 0, start, 18, &[]),
        tcp(&ends, start, 1, 16, &[]),
    ];
    let mut packets = 0;
    for frame in &opening {
        record(to, packets, frame)?;
        packets += 1;
    }
    let message = [0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, 2];
    let payload = message.repeat(SEGMENT / message.len());
    let all = segments(size);
    let mut seq = start;
    for number in 0..all {
        if !is_missing(number, all) {
            record(to, packets * 10, &tcp(&ends, seq, 1, 24, &payload))?;
            packets += 1;
        }
        seq = seq.wrapping_add(vocab::sat_u32(payload.len()));
    }
    Ok(packets)
}

fn gaps_are_counted(found: &Value, size: u64) -> Result<()> {
    let all = segments(size);
    let missing = (0..all).filter(|number| is_missing(*number, all)).count() * SEGMENT;
    let counted = lost(found, "stream_gap_bytes");
    ensure!(counted == missing as u64, "{counted} missing bytes were counted, not {missing}");
    let messages = found["operations"][0]["count"].as_u64().unwrap_or(0);
    let sent = (all * SEGMENT as u64 - missing as u64) / 12;
    ensure!(messages == sent, "{messages} messages of {sent}");
    Ok(())
}

/// Writes of one register each by many clients, no two registers beside each other. MODBUS
/// AP v1.1b3 §6.6.
fn targets(to: &mut dyn Write, size: u64) -> std::io::Result<u64> {
    head(to)?;
    let mut packets = 0;
    // A conversation holds some hundreds: each is asked for more.
    for number in 0..size.div_ceil(TARGETS_EACH / 1_000) {
        let [.., a, b] = number.to_be_bytes();
        let mut ends = Ends::new(40_000, 502);
        ends.src = [10, 1, a, b];
        let mut seq = 1;
        for target in (0..TARGETS_EACH).step_by(100) {
            let message = |one: u64| {
                let [.., x, y] = (one * 2).to_be_bytes();
                [0, 1, 0, 0, 0, 6, 1, 6, x, y, 0, 7]
            };
            let payload: Vec<u8> = (target..target + 100).flat_map(message).collect();
            record(to, packets, &tcp(&ends, seq, 1, 24, &payload))?;
            seq += vocab::sat_u32(payload.len());
            packets += 1;
        }
    }
    Ok(packets)
}

/// Registers written by one client.
const TARGETS_EACH: u64 = 1_000;

fn many_targets(found: &Value, size: u64) -> Result<()> {
    let limits = model::ModelLimits::default();
    let asked = size * 1_000;
    let each = (size * limits.targets as u64).min(limits.targets_in_all as u64);
    ensure!(lost(found, "targets_full") >= asked - each, "targets not accounted for");
    ensure!(found["operations"][0]["count"].as_u64() == Some(asked), "messages were lost");
    Ok(())
}

/// Packets without a byte: their headers are all zero and pack very well.
fn empty_packets(to: &mut dyn Write, size: u64) -> std::io::Result<u64> {
    head(to)?;
    let zeros = vec![0; 1 << 20];
    for _ in 0..size {
        to.write_all(&zeros)?;
    }
    Ok((size << 20) / 16)
}

fn gzip_bomb(to: &mut dyn Write, size: u64) -> std::io::Result<u64> {
    let mut packer = flate2::write::GzEncoder::new(to, flate2::Compression::fast());
    let packets = empty_packets(&mut packer, size)?;
    packer.finish()?;
    Ok(packets)
}

fn zstd_bomb(to: &mut dyn Write, size: u64) -> std::io::Result<u64> {
    let mut packer = zstd::stream::write::Encoder::new(to, 1)?;
    let packets = empty_packets(&mut packer, size)?;
    packer.finish()?;
    Ok(packets)
}

fn unpacked(found: &Value, _: u64) -> Result<()> {
    ensure!(found["assets"].as_array().is_some_and(Vec::is_empty), "nobody sent these packets");
    Ok(())
}
