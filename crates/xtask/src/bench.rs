//! Side by side on one capture, in one run: the floor, this program, and the peers installed.

use crate::counts::target;
use crate::{complain, root, say};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Smallest capture that tells anything, in bytes.
const BYTES_MIN: u64 = 500_000_000;
/// The kernel counts processor time in such parts of a second.
const TICKS: f64 = 100.0;

/// What a run took.
struct Cost {
    name: &'static str,
    wall: f64,
    cpu: f64,
    peak_kib: u64,
}

/// Measures `capture`, or one of the virtual plant where none is given.
pub(crate) fn run(capture: Option<&str>) -> Result<()> {
    let build = ["build", "--release", "--locked", "--package", "ferrite", "--package", "trial"];
    if !Command::new("cargo").args(build).current_dir(root()).status()?.success() {
        bail!("the release build failed");
    }
    let release = target().join("release");
    let ferrite = release.join("ferrite");
    let capture = capture.map_or_else(|| plant(&ferrite), |path| Ok(PathBuf::from(path)))?;
    let bytes = fs::metadata(&capture).with_context(|| capture.display().to_string())?.len();
    if bytes < BYTES_MIN {
        complain(&format!("{} has {} MB: too few to tell much\n", capture.display(), bytes >> 20));
    }
    // Everybody finds the file in memory.
    std::io::copy(&mut fs::File::open(&capture)?, &mut std::io::sink())?;
    let packets = packets(&release.join("trial"), &capture)?;
    say(&format!("{}: {packets} packets, {} MB\n\n", capture.display(), bytes / 1_000_000));
    let logs = std::env::temp_dir().join(format!("ferrite-bench-{}", std::process::id()));
    fs::create_dir_all(&logs)?;
    let mut costs = Vec::new();
    let head = "tool              wall s    CPU s  packets/CPU-s  MB/CPU-s  peak MB   × floor\n";
    say(head);
    for (name, mut command) in commands(&release, &capture, &logs) {
        let Some(cost) = measured(name, &mut command)? else {
            say(&format!("{name:<16} not installed\n"));
            continue;
        };
        print(&cost, packets, bytes, costs.first());
        costs.push(cost);
    }
    fs::remove_dir_all(&logs)?;
    bars(&costs);
    Ok(())
}

fn commands(release: &Path, capture: &Path, logs: &Path) -> Vec<(&'static str, Command)> {
    let make = |program: &Path, before: &[&str], after: &[&str]| {
        let mut command = Command::new(program);
        command.args(before).arg(capture).args(after);
        command
    };
    let ferrite = release.join("ferrite");
    let mut suricata =
        make(Path::new("suricata"), &["--runmode", "single", "-k", "none", "-r"], &[]);
    suricata.arg("-l").arg(logs);
    vec![
        ("floor", make(&release.join("trial"), &["floor"], &[])),
        ("ferrite 1 thread", make(&ferrite, &["analyze", "--threads", "1"], &[])),
        ("ferrite 2 threads", make(&ferrite, &["analyze", "--threads", "2"], &[])),
        ("ndpiReader", make(Path::new("ndpiReader"), &["-q", "-i"], &[])),
        ("suricata", suricata),
        ("tshark", make(Path::new("tshark"), &["-q", "-n", "-z", "io,phs", "-r"], &[])),
    ]
}

/// Runs a command; `None` where its program is not there.
#[expect(clippy::disallowed_methods, reason = "measures time")]
fn measured(name: &'static str, command: &mut Command) -> Result<Option<Cost>> {
    let began = Instant::now();
    let spawned = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let Ok(mut child) = spawned else { return Ok(None) };
    let (cpu, peak_kib) = watched(&child);
    let wall = began.elapsed().as_secs_f64();
    if !child.wait()?.success() {
        bail!("{name} failed");
    }
    Ok(Some(Cost { name, wall, cpu, peak_kib }))
}

/// Waits for the end and reads what it took before the kernel forgets the process.
fn watched(child: &Child) -> (f64, u64) {
    let folder = PathBuf::from(format!("/proc/{}", child.id()));
    let (mut cpu, mut peak) = (0.0, 0);
    while let Ok(stat) = fs::read_to_string(folder.join("stat")) {
        // proc(5): behind the name in brackets come state, …, utime (14) and stime (15).
        let fields: Vec<&str> =
            stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace().collect();
        let ticks = |at: usize| fields.get(at).and_then(|f| f.parse::<f64>().ok()).unwrap_or(0.0);
        cpu = (ticks(11) + ticks(12)) / TICKS;
        let status = fs::read_to_string(folder.join("status")).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        peak = peak.max(now.unwrap_or(0));
        if fields.first() == Some(&"Z") {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    (cpu, peak)
}

#[expect(clippy::cast_precision_loss, reason = "shown with four digits")]
fn print(cost: &Cost, packets: u64, bytes: u64, floor: Option<&Cost>) {
    let cpu = cost.cpu.max(0.01);
    say(&format!(
        "{:<17} {:>6.2} {:>8.2} {:>14.0} {:>9.0} {:>8} {:>9.1}\n",
        cost.name,
        cost.wall,
        cpu,
        packets as f64 / cpu,
        bytes as f64 / 1e6 / cpu,
        cost.peak_kib / 1000,
        cpu / floor.map_or(cpu, |floor| floor.cpu.max(0.01)),
    ));
}

/// How this program stands to the others, and what is asked of it.
fn bars(costs: &[Cost]) {
    let find = |name: &str| costs.iter().find(|cost| cost.name == name);
    let (Some(one), Some(two)) = (find("ferrite 1 thread"), find("ferrite 2 threads")) else {
        return;
    };
    say("\none thread against  asked     seen\n");
    for (name, asked) in [("tshark", 50.0), ("suricata", 30.0), ("ndpiReader", 3.0)] {
        if let Some(peer) = find(name) {
            say(&format!("{name:<18} {asked:>5} × {:>7.1} ×\n", peer.cpu / one.cpu.max(0.01)));
        }
    }
    if let Some(floor) = find("floor") {
        let times = one.cpu / floor.cpu.max(0.01);
        say(&format!("{:<18} within 8 × {times:>4.1} ×\n", "floor"));
    }
    say(&format!("{:<18} < 85 MB {:>6} MB\n", "memory", one.peak_kib / 1000));
    let wall = one.wall / two.wall.max(0.01);
    say(&format!("{:<18}   1.7 × {wall:>7.2} × (wall clock)\n", "two threads"));
}

fn packets(trial: &Path, capture: &Path) -> Result<u64> {
    let output = Command::new(trial).arg("floor").arg(capture).output()?;
    let text = String::from_utf8(output.stdout)?;
    let count = text.split_whitespace().next().context("the floor said nothing: a pcap file?")?;
    Ok(count.parse()?)
}

/// A capture of the virtual plant, long enough; made once.
fn plant(ferrite: &Path) -> Result<PathBuf> {
    let path = target().join("bench-plant.pcap");
    let make = |minutes: u64| -> Result<u64> {
        let mut command = Command::new(ferrite);
        command.args(["range", "capture", "--seed", "1", "--minutes", &minutes.to_string()]);
        let status = command.arg("--out").arg(&path).status()?;
        if !status.success() {
            bail!("no virtual plant in this build: give a capture, BENCH_CAPTURE=FILE make bench");
        }
        Ok(fs::metadata(&path)?.len())
    };
    if fs::metadata(&path).is_ok_and(|meta| meta.len() >= BYTES_MIN) {
        return Ok(path);
    }
    let ten = make(10)?;
    make((BYTES_MIN * 11).div_ceil(ten.max(1)))?;
    Ok(path)
}
