//! `ferrite intel pack`, `update` and `keygen`.

use super::{facts, fetch};
use crate::cli::{IntelKeygen, IntelPack, IntelUpdate};
use crate::clock;
use crate::output;
use crate::supply;
use anyhow::{Context, Result, bail};
use ed25519_dalek::{SigningKey, VerifyingKey};
use knowledge::pack::{Built, Files, Manifest, Pack, Source, Tables, build, write};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;
use store::StoreError;

/// Largest pack that is taken, in bytes.
const PACK_MAX: u64 = 64 << 20;
/// What stands for the pack of the program.
const BUILT_IN: &str = "built-in";
/// Most warnings that are printed.
const SAID_MAX: usize = 20;

/// Makes a pack from publishers' files.
pub(super) fn make(args: &IntelPack) -> Result<ExitCode> {
    let key = secret(&args.key)?;
    let base = args.onto.as_deref().map(base).transpose()?;
    let files = Files {
        named: base.as_ref().map(|base| named(&base.1)).unwrap_or_default(),
        csaf: args.csaf.clone(),
        readings: args.readings.clone(),
        kev: args.kev.clone(),
        epss: args.epss.clone(),
        cve: args.cve.clone(),
        nvd: args.nvd.clone(),
        cn: args.cn.clone(),
        attack: args.attack.clone(),
        recog: args.recog.clone(),
        lifecycle: args.lifecycle.clone(),
        profinet: args.profinet.clone(),
        decisions: args.decisions.clone(),
    };
    let mut built = build(&files)?;
    let mut notices = Vec::new();
    if let Some((manifest, tables)) = base {
        notices.extend(manifest.notices);
        put_onto(&mut built, tables, manifest.sources);
    }
    let left = built.tables.left_over();
    for complaint in built.complaints.iter().chain(&left) {
        output::complain(complaint);
    }
    for path in &args.notice {
        let notice = fs::read_to_string(path).with_context(|| path.display().to_string())?;
        if !notices.contains(&notice) {
            notices.push(notice);
        }
    }
    let manifest = Manifest {
        sequence: args.sequence,
        made: clock::date(),
        sources: built.sources.clone(),
        hash: String::new(),
        notices,
    };
    let bytes = write(manifest, &built.tables, &key)?;
    replace(&args.out, &bytes)?;
    output::say(&format!("{}: {} bytes", args.out.display(), bytes.len()))?;
    for source in &built.sources {
        output::say(&format!("  {:<12}{:>8}  {}", source.table, source.records, source.name))?;
    }
    if !built.classes.is_empty() {
        output::say("version expressions of advisories")?;
        for (class, count) in &built.classes {
            output::say(&format!("  {class:<12}{count:>8}"))?;
        }
        output::say(&format!("  understood  {:>7.2} %", built.understood() * 100.0))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The pack to start from: a file's, or that of the program.
fn base(path: &Path) -> Result<(Manifest, Tables)> {
    if path == Path::new(BUILT_IN) {
        let pack = Pack::built_in().context("the built-in facts")?;
        let tables = pack.tables().context("the built-in facts")?;
        return Ok((pack.manifest, tables));
    }
    let place = || path.display().to_string();
    let bytes = fs::read(path).with_context(place)?;
    let pack = Pack::read(&bytes).with_context(place)?;
    let tables = pack.tables().with_context(place)?;
    Ok((pack.manifest, tables))
}

/// The CVEs that advisories name.
fn named(tables: &Tables) -> BTreeSet<String> {
    let entries = tables.advisories.iter().flat_map(|advisory| &advisory.entries);
    entries.map(|entry| entry.cve.clone()).collect()
}

/// What files gave takes the place of the same tables of a base; its other tables stay, and its
/// readings.
fn put_onto(built: &mut Built, base: Tables, sources: Vec<Source>) {
    let given: BTreeSet<String> = built.sources.iter().map(|source| source.table.clone()).collect();
    // A site's readings come beside those that are there.
    let is_kept = |table: &str| !given.contains(table) || table == "readings";
    let own = &mut built.tables;
    macro_rules! keep {
        ($($name:literal: $($field:ident),+;)*) => {
            $(if is_kept($name) { $(own.$field = base.$field;)+ })*
        };
    }
    keep! {
        "advisories": advisories;
        "exploited": exploited;
        "likely": likely;
        "cves": cves;
        "aliases": aliases;
        "techniques": techniques, tactics, mitigations;
        "lifecycles": lifecycles;
        "banners": banners;
        "profinet": profinet;
        "decisions": decisions;
    }
    own.readings.splice(..0, base.readings);
    let mut kept: Vec<Source> =
        sources.into_iter().filter(|source| is_kept(&source.table)).collect();
    kept.append(&mut built.sources);
    built.sources = kept;
}

/// Takes a newer pack into a data folder.
pub(super) fn update(args: &IntelUpdate) -> Result<ExitCode> {
    let from = &args.from;
    let bytes = fetch::bytes(from, PACK_MAX).with_context(|| from.display().to_string())?;
    let pack = Pack::read(&bytes).with_context(|| from.display().to_string())?;
    pack.verify(&public(&args.key)?).with_context(|| from.display().to_string())?;
    // Read before anything is replaced: a pack that cannot be read never gets into use.
    let tables = pack.tables().with_context(|| from.display().to_string())?;
    let own = facts::load(Some(&args.folder.data))?;
    if !args.allow_rollback {
        pack.replaces(&own.manifest)?;
    }
    fs::create_dir_all(&args.folder.data)
        .with_context(|| args.folder.data.display().to_string())?;
    let place = facts::place(&args.folder.data);
    // Empty stands for the facts of the program.
    let previous =
        if own.path.is_some() { fs::read(&place).unwrap_or_default() } else { Vec::new() };
    replace(&place, &bytes)?;
    output::say(&format!("pack {} replaces {}", pack.manifest.sequence, own.manifest.sequence))?;
    warn(&args.folder.data, own.tables, tables, &previous);
    Ok(ExitCode::SUCCESS)
}

/// Says and keeps what the new facts mean for the folder's plant. The pack is in use already:
/// what goes wrong here is said and no failure.
fn warn(folder: &Path, before: Tables, after: Tables, previous: &[u8]) {
    let warnings = supply::pack_changed(folder, before, after);
    let is_open = |error: &anyhow::Error| {
        matches!(error.downcast_ref::<StoreError>(), Some(StoreError::InUse { .. }))
    };
    if warnings.as_ref().is_err_and(is_open) {
        let what = match supply::remember(folder, previous) {
            Ok(()) => String::from("said when the console over the folder starts again"),
            Err(error) => format!("not said: {error:#}"),
        };
        output::complain(&format!("ferrite: the folder is in use: what changes is {what}"));
        return;
    }
    let said = warnings.and_then(|warnings| {
        warnings.iter().take(SAID_MAX).try_for_each(|warning| output::say(&warning.text))?;
        match warnings.len().checked_sub(SAID_MAX) {
            Some(more @ 1..) => output::say(&format!("and {more} more: ferrite supply warnings")),
            _ => Ok(()),
        }
    });
    if let Err(error) = said {
        output::complain(&format!("ferrite: what changes for the plant cannot be said: {error:#}"));
    }
}

/// Makes a pair of keys.
pub(super) fn keygen(args: &IntelKeygen) -> Result<ExitCode> {
    let mut seed = [0u8; 32];
    File::open("/dev/urandom")
        .and_then(|mut random| random.read_exact(&mut seed))
        .context("random numbers")?;
    let key = SigningKey::from_bytes(&seed);
    let hex =
        |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>() + "\n";
    if args.out.exists() {
        bail!("{}: is there already; a key is never written over", args.out.display());
    }
    // Nobody else may read it at any time, nor put a file of their own in its place.
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let place = || args.out.display().to_string();
    let mut file = options.open(&args.out).with_context(place)?;
    file.write_all(hex(&seed).as_bytes()).with_context(place)?;
    file.sync_all().with_context(place)?;
    let mut beside = args.out.clone().into_os_string();
    beside.push(".pub");
    replace(Path::new(&beside), hex(key.verifying_key().as_bytes()).as_bytes())?;
    output::say(&format!(
        "{} (keep it secret), {}",
        args.out.display(),
        Path::new(&beside).display()
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a file as a whole or not at all.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut beside = path.to_owned().into_os_string();
    beside.push(".new");
    let place = || path.display().to_string();
    let mut file = File::create(&beside).with_context(place)?;
    file.write_all(bytes).with_context(place)?;
    file.sync_all().with_context(place)?;
    fs::rename(&beside, path).with_context(place)
}

fn key_bytes(path: &Path) -> Result<[u8; 32]> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let digits = text.trim();
    let wrong = || {
        format!(
            "{}: a key is 64 hexadecimal digits; `ferrite intel keygen` makes one",
            path.display()
        )
    };
    let mut bytes = [0u8; 32];
    if digits.len() != 64 {
        bail!(wrong());
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        let pair = digits.get(2 * at..2 * at + 2).with_context(wrong)?;
        *byte = u8::from_str_radix(pair, 16).with_context(wrong)?;
    }
    Ok(bytes)
}

pub(crate) fn secret(path: &Path) -> Result<SigningKey> {
    Ok(SigningKey::from_bytes(&key_bytes(path)?))
}

pub(crate) fn public(path: &Path) -> Result<VerifyingKey> {
    VerifyingKey::from_bytes(&key_bytes(path)?)
        .with_context(|| format!("{}: no key of Ed25519", path.display()))
}
