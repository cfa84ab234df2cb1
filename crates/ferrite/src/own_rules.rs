//! Rules of users that read what devices say of themselves.

use crate::cli::OwnRules;
use anyhow::{Context, Result, bail};
use knowledge::Facts;
use std::io::Read;
use std::path::Path;

/// Largest file of rules, in bytes.
const FILE_MAX: u64 = 4 << 20;

/// The facts that come with the program, with the user's own rules before them.
pub(crate) fn facts(own: &OwnRules) -> Result<Facts> {
    let mut facts = Facts::load().context("the built-in knowledge")?;
    // What the last file says comes first, as with other options.
    for path in &own.rules {
        let text = read(path).with_context(|| path.display().to_string())?;
        facts = facts.with_rules(&text).with_context(|| path.display().to_string())?;
    }
    Ok(facts)
}

fn read(path: &Path) -> Result<String> {
    let mut text = String::new();
    std::fs::File::open(path)?.take(FILE_MAX + 1).read_to_string(&mut text)?;
    if text.len() as u64 > FILE_MAX {
        bail!("larger than the {} MiB that are read; split it", FILE_MAX >> 20);
    }
    Ok(text)
}
