//! `ferrite supply bundle export` and `import`.

use super::Stock;
use crate::cli::{BundleExport, BundleImport};
use crate::clock;
use crate::intel::pack::{public, replace, secret};
use crate::output;
use anyhow::{Context, Result};
use judge::supply::{Sharing, share};
use knowledge::supply::{BUNDLE_BYTES_MAX, pseudonym, seal, unseal};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

/// Writes a bundle.
pub(super) fn export(args: &BundleExport) -> Result<ExitCode> {
    let key = secret(&args.key)?;
    let stock = Stock::open(&args.folder.data)?;
    let sharing = Sharing { made: &stock.today, reasons: args.with_reasons, decided: args.decided };
    let by = stock.assessment()?;
    let shared = share(&stock.resolution, &by, sharing, &|asset| pseudonym(&key, asset));
    let bytes = seal(&shared, &key)?;
    replace(&args.out, &bytes)?;
    output::say(&format!(
        "{}: {} records; withheld because they name something of the plant: {}",
        args.out.display(),
        shared.records.len(),
        shared.withheld
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// Takes bundles in.
pub(super) fn import(args: &BundleImport) -> Result<ExitCode> {
    let keys = args.key.iter().map(|path| public(path)).collect::<Result<Vec<_>>>()?;
    let stock = Stock::open(&args.folder.data)?;
    let now = view::rfc3339(clock::wall());
    let mut failed = false;
    for path in &args.files {
        let taken = read(path).and_then(|bytes| Ok(unseal(&bytes, &keys)?));
        match taken {
            Ok(opened) => {
                stock.data.keep_bundle(&opened, &now)?;
                let count = opened.shared.records.len();
                let (path, signer) = (path.display(), &opened.signer);
                output::say(&format!("{path}: {count} records of plant {signer}"))?;
            }
            Err(error) => {
                output::complain(&format!("ferrite: {}: {error:#}", path.display()));
                failed = true;
            }
        }
    }
    Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn read(path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let place = || path.display().to_string();
    let file = File::open(path).with_context(place)?;
    // One byte more than is taken: what is too long is told from what is cut off.
    file.take(BUNDLE_BYTES_MAX as u64 + 1).read_to_end(&mut bytes).with_context(place)?;
    Ok(bytes)
}
