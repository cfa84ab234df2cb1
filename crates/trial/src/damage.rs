//! Captures damaged on purpose: cut anywhere, bytes changed anywhere.

use anyhow::{Context, Result, bail};
use capture::{Block, FileReader};
use dissect::Limits;
use std::path::{Path, PathBuf};
use std::time::Duration;
use trial::chain::Chain;
use trial::random::Random;

/// Bytes read of one damaged file: what is compressed may become very long.
const BYTES_MAX: usize = 1 << 30;
/// One run that takes longer hangs.
const SLOW: Duration = Duration::from_mins(1);

/// Reads every capture of `folder` cut at `places` random places, and as often with random bytes
/// changed, through the whole packet side.
pub(crate) fn run(folder: &Path, places: usize) -> Result<()> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    files.sort();
    let mut random = Random::new(1);
    let (mut runs, mut captures) = (0u64, 0u64);
    for file in &files {
        let whole = std::fs::read(file).with_context(|| file.display().to_string())?;
        if FileReader::new(Box::new(std::io::Cursor::new(whole.clone())), 0).is_err() {
            continue;
        }
        captures += 1;
        // Large ones at fewer places: every run reads up to the whole file.
        let places = places.min((400 << 20) / whole.len().max(1)).max(4);
        for place in 0..places * 2 {
            let mut bytes = whole.clone();
            if place % 2 == 0 {
                bytes.truncate(random.below(whole.len()));
            } else {
                for _ in 0..=random.below(64) {
                    let at = random.below(bytes.len());
                    bytes[at] = random.number().to_le_bytes()[0];
                }
            }
            one(bytes, file, place)?;
            runs += 1;
        }
    }
    crate::say(&format!("{captures} captures, {runs} runs, nothing broke\n"));
    Ok(())
}

fn one(bytes: Vec<u8>, file: &Path, place: usize) -> Result<()> {
    let began = crate::now();
    let read = || {
        let Ok(mut reader) = FileReader::new(Box::new(std::io::Cursor::new(bytes)), 0) else {
            return;
        };
        let mut chain = Chain::new(Limits::tiny());
        let mut block = Block::new();
        let mut total = 0;
        loop {
            let stopped = reader.fill(&mut block).is_err();
            block.frames().for_each(|frame| chain.frame(&frame));
            total += block.byte_len();
            if (block.is_empty() && !stopped) || total > BYTES_MAX {
                break;
            }
        }
        chain.finish();
    };
    if std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).is_err() {
        bail!("{} at place {place}: a panic", file.display());
    }
    let took = began.elapsed();
    if took > SLOW {
        bail!("{} at place {place}: took {took:?}", file.display());
    }
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
