//! Instructions per frame for each protocol: counted by callgrind, kept in a file, compared.

use crate::{complain, root, say};
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How far a count may move before somebody must say that it is meant, in per cent.
const TOLERANCE: f64 = 2.0;

fn kept() -> PathBuf {
    root().join("crates/trial/instructions.tsv")
}

/// Writes the counts, or with `check` compares them with those kept.
pub(crate) fn run(check: bool) -> Result<()> {
    let compiler = compiler()?;
    if Command::new("valgrind").arg("--version").output().is_err() {
        complain("instruction counts: skipped, valgrind is not installed\n");
        return Ok(());
    }
    let old = fs::read_to_string(kept()).unwrap_or_default();
    if check && !old.contains(&compiler) {
        complain(&format!("instruction counts: skipped, those kept are not of {compiler}\n"));
        return Ok(());
    }
    let counts = measure()?;
    if check {
        return compare(&parse(&old), &counts);
    }
    let mut text = format!(
        "# Instructions per frame, engine and observer, each protocol's own cases. Written by\n\
         # `make counts` with {compiler}; `make test` allows {TOLERANCE} per cent.\n"
    );
    for (name, count) in &counts {
        text += &format!("{name}\t{count:.1}\n");
    }
    fs::write(kept(), text).context("crates/trial/instructions.tsv")
}

fn compiler() -> Result<String> {
    let output = Command::new("rustc").arg("--version").output().context("rustc")?;
    let text = String::from_utf8(output.stdout)?;
    Ok(text.split_whitespace().take(2).collect::<Vec<_>>().join(" "))
}

fn parse(text: &str) -> BTreeMap<String, f64> {
    let line = |line: &str| {
        let (name, count) = line.split_once('\t')?;
        Some((name.to_owned(), count.trim().parse().ok()?))
    };
    text.lines().filter_map(line).collect()
}

fn compare(old: &BTreeMap<String, f64>, new: &BTreeMap<String, f64>) -> Result<()> {
    let mut moved = String::new();
    for (name, count) in new {
        let Some(before) = old.get(name) else {
            moved += &format!("  {name}: {count:.1}, not counted before\n");
            continue;
        };
        let change = (count - before) / before * 100.0;
        if change.abs() > TOLERANCE {
            moved += &format!("  {name}: {before:.1} → {count:.1} ({change:+.1} %)\n");
        }
    }
    if moved.is_empty() {
        say(&format!("instruction counts: {} within {TOLERANCE} %\n", new.len()));
        return Ok(());
    }
    bail!("instructions per frame moved:\n{moved}If that is meant: `make counts`, and say why")
}

/// Runs all protocols under callgrind, which writes a file of sums for each.
fn measure() -> Result<BTreeMap<String, f64>> {
    let build = ["build", "--release", "--quiet", "--locked", "--package", "trial"];
    let built = Command::new("cargo").args(build).current_dir(root()).status()?;
    if !built.success() {
        bail!("the trial program does not build");
    }
    let folder = std::env::temp_dir().join(format!("ferrite-counts-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let result = counted(&folder);
    fs::remove_dir_all(&folder)?;
    result
}

fn counted(folder: &Path) -> Result<BTreeMap<String, f64>> {
    let out = folder.join("sums");
    // No environment: its size moves the stack, and with it what memcpy does.
    let output = Command::new("valgrind")
        .arg("--tool=callgrind")
        // Two functions: valgrind 3.19 forgets one of two options for the same.
        .arg("--dump-before=trial::counts::rounds_end*")
        .arg("--zero-before=trial::counts::count_rounds*")
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(target().join("release/trial"))
        .arg("counts")
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .output()?;
    if !output.status.success() {
        bail!("callgrind: {}", String::from_utf8_lossy(&output.stderr));
    }
    let mut counts = BTreeMap::new();
    for (at, line) in String::from_utf8(output.stdout)?.lines().enumerate() {
        let (name, frames) = line.split_once('\t').context("the trial program's output")?;
        let file = folder.join(format!("sums.{}", at + 1));
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let sum = text.lines().find_map(|line| line.strip_prefix("summary: "));
        let sum: f64 = sum.context("callgrind's file without a sum")?.trim().parse()?;
        counts.insert(name.to_owned(), sum / frames.parse::<f64>()?);
    }
    Ok(counts)
}

/// Where this program itself was built.
pub(crate) fn target() -> PathBuf {
    let built = std::env::current_exe().ok();
    let folder = built.as_deref().and_then(Path::parent).and_then(Path::parent);
    folder.map_or_else(|| root().join("target"), Path::to_path_buf)
}
