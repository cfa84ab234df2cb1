//! EPSS: probabilities of exploitation, comma-separated values with a first line
//! `#model_version:…,score_date:…`.

use super::{ImportError, Imported};
use crate::pack::Likely;

/// Most complaints kept.
const COMPLAINTS_MAX: usize = 32;

/// Reads the values; `wanted` says which CVEs to keep.
///
/// # Errors
/// When the columns are not there.
pub fn read_epss(
    bytes: &[u8],
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Imported<Likely>, ImportError> {
    let mut version = String::new();
    let head = bytes.split(|byte| *byte == b'\n').next().unwrap_or(&[]);
    if let Some(date) = String::from_utf8_lossy(head).split("score_date:").nth(1) {
        version = date.trim().chars().take(10).collect();
    }
    let mut reader =
        csv::ReaderBuilder::new().comment(Some(b'#')).flexible(true).from_reader(bytes);
    let wrong = |error: csv::Error| ImportError::Csv(error.to_string());
    let columns = reader.headers().map_err(wrong)?.clone();
    let column = |name: &str| {
        let at = columns.iter().position(|column| column.trim() == name);
        at.ok_or_else(|| ImportError::Other(format!("there is no column {name}")))
    };
    let (cve, score, percentile) = (column("cve")?, column("epss")?, column("percentile")?);
    let (mut records, mut complaints) = (Vec::new(), Vec::new());
    for row in reader.records() {
        let row = row.map_err(wrong)?;
        let name = row.get(cve).unwrap_or_default().trim();
        if !wanted(name) {
            continue;
        }
        let number = |at: usize| row.get(at).and_then(|text| text.trim().parse::<f32>().ok());
        let share = |at: usize| number(at).filter(|number| (0.0..=1.0).contains(number));
        match (share(score), share(percentile)) {
            (Some(score), Some(percentile)) => {
                records.push(Likely { cve: name.to_owned(), score, percentile });
            }
            _ if complaints.len() < COMPLAINTS_MAX => {
                complaints.push(format!("{name}: no number from 0 to 1"));
            }
            _ => {}
        }
    }
    records.sort_by(|a, b| a.cve.cmp(&b.cve));
    Ok(Imported { records, complaints, version })
}
