//! Makes the list of MAC prefixes from the IEEE's public listing.

use crate::say;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// `[FOLDER]`: where Debian's package `ieee-data` puts its files.
pub(crate) fn run(args: &[&str]) -> Result<()> {
    let folder = Path::new(args.first().copied().unwrap_or("/usr/share/ieee-data"));
    let mut makers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in ["oui.csv", "mam.csv", "oui36.csv", "iab.csv"] {
        let path = folder.join(file);
        let text = fs::read_to_string(&path)
            .with_context(|| format!("{}: install the package ieee-data", path.display()))?;
        for line in text.lines().skip(1) {
            let mut fields = fields(line).into_iter();
            let (Some(_), Some(prefix), Some(maker)) =
                (fields.next(), fields.next(), fields.next())
            else {
                continue;
            };
            let maker = maker.split_whitespace().collect::<Vec<_>>().join(" ");
            makers.entry(maker).or_default().push(prefix.to_lowercase());
        }
    }
    let mut text = String::from(
        "# MAC prefixes as the IEEE assigns them (MA-L, MA-M, MA-S, IAB), from Debian's ieee-data.\n",
    );
    for (maker, mut prefixes) in makers {
        prefixes.sort();
        prefixes.dedup();
        text += &format!("{maker}\t{}\n", prefixes.join(" "));
    }
    let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("../knowledge/data/oui.zst");
    let packed = zstd::encode_all(text.as_bytes(), 19)?;
    say(&format!("{} makers, {} bytes\n", text.lines().count() - 1, packed.len()));
    fs::write(&out, packed).with_context(|| out.display().to_string())
}

/// The fields of a line of comma-separated values with double quotes. RFC 4180.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            _ => {
                if let Some(field) = fields.last_mut() {
                    field.push(c);
                }
            }
        }
    }
    fields
}
